/* memo.c - finds and keeps texts that were set; see memo.h.
 *
 * A text is the same when its bytes, its runs and what of its style has a say in shaping are the same, and its chains
 * have the same faces. That is compared in full: the hash only says where to look.
 */
#include "flow/flow_int.h"

#include "base/limits.h"

#include <string.h>

/* What of a style shaping depends on, beside the chains. */
typedef struct look {
    bt_sp size;
    int32_t tracking;
    bool hangs, is_tabular, is_upper;
} look;

struct bt_memo_text {
    uint64_t hash;
    bt_memo_text *next; /* in the same slot */
    const struct bt_flow_memo *owner;
    bt_str source;
    const bt_run *runs;
    const bt_role_chain *const *chains; /* of each run: twins */
    uint32_t n_runs;
    look look;
    bool has_fallback; /* a run of glyphs is not of its chain's first face */
    bt_para para;      /* what came of it, unbroken */
    bt_memo_break *breaks;
};

/* An open table: slots are chains. */
struct bt_flow_memo {
    bt_memo_text **slots;
    uint32_t capacity; /* a power of two */
    uint32_t n;
    bt_arena drawn; /* of a base: lines that its editions have drawn. Their own, so that a failure is not the base's */
};

struct bt_flow_memo *bt_memo_new(bt_arena *arena)
{
    enum { FIRST_CAPACITY = 128 };
    struct bt_flow_memo *memo = BT_NEW(arena, struct bt_flow_memo);
    bt_memo_text **slots = BT_NEW_ARRAY(arena, FIRST_CAPACITY, bt_memo_text *);
    if (!memo || !slots) return NULL;
    *memo = (struct bt_flow_memo){.slots = slots, .capacity = FIRST_CAPACITY, .drawn = bt_arena_over(arena->allocator)};
    return memo;
}

void bt_memo_drop(struct bt_flow_memo *memo)
{
    if (memo) bt_arena_drop(&memo->drawn);
}

uint32_t bt_memo_count(const bt_flow *flow) { return flow->memo->n; }

/* --- keys --- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_bytes(uint64_t hash, bt_str s)
{
    uint64_t word = 0;
    size_t at = 0;
    for (; at + sizeof word <= s.len; at += sizeof word) {
        memcpy(&word, s.ptr + at, sizeof word);
        hash = mix(hash, word);
    }
    word = s.len;
    for (; at < s.len; at++) word = word << 8 | (unsigned char)s.ptr[at];
    return mix(hash, word);
}

static look look_of(const bt_style *style)
{
    return (look){.size = style->size,
                  .tracking = style->tracking,
                  .hangs = style->hangs,
                  .is_tabular = style->is_tabular,
                  .is_upper = style->is_upper};
}

static bool is_same_look(const look *a, const look *b)
{
    return a->size == b->size && a->tracking == b->tracking && a->hangs == b->hangs && a->is_tabular == b->is_tabular &&
           a->is_upper == b->is_upper;
}

static bool is_same_run(const bt_run *a, const bt_run *b)
{
    return a->begin == b->begin && a->end == b->end && a->is_verbatim == b->is_verbatim &&
           a->is_superior == b->is_superior; /* what is bold or italic, the chain says */
}

static uint64_t hash_of(const bt_para *para)
{
    const bt_rich *rich = &para->rich;
    uint64_t hash = hash_bytes((uint64_t)rich->style->size, rich->text);
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        const bt_run *run = &rich->runs[i];
        hash = mix(hash, (uint64_t)run->end << 2 | (unsigned)run->is_verbatim << 1 | run->is_superior);
        hash = mix(hash, (uint64_t)(uintptr_t)para->chains[i]->twin);
    }
    return hash;
}

static bool is_same(const bt_memo_text *text, const bt_para *para)
{
    const bt_rich *rich = &para->rich;
    look own = look_of(rich->style);
    if (text->n_runs != rich->n_runs || !is_same_look(&text->look, &own) || !bt_str_equal(text->source, rich->text))
        return false;
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        if (text->chains[i] != para->chains[i]->twin) return false;
        if (!is_same_run(&text->runs[i], &rich->runs[i])) return false;
    }
    return true;
}

/* --- texts --- */

static bt_memo_text *find(const struct bt_flow_memo *memo, const bt_para *para, uint64_t hash)
{
    bt_memo_text *text = memo->slots[hash & (memo->capacity - 1)];
    while (text && (text->hash != hash || !is_same(text, para))) text = text->next;
    return text;
}

/* Runs of glyphs that are not of their chain's first face were chosen among the fallbacks. False: the chain at hand
 * would choose another. */
static bool has_same_fallbacks(const bt_memo_text *text, const bt_para *para, bt_status *status)
{
    const bt_shaped *shaped = &text->para.shaped;
    for (uint32_t i = 0; i < shaped->n_runs; i++) {
        const bt_glyph_run *run = &shaped->runs[i];
        const bt_chain *then = &text->chains[run->span_i]->chain;
        if (run->face == then->faces[0]) continue;
        bool is_same;
        *status = bt_chain_agrees(&para->chains[run->span_i]->chain, then, run->face, &is_same);
        if (*status != BT_OK || !is_same) return false;
    }
    return true;
}

bool bt_memo_find_text(bt_flow *flow, bt_para *para, bt_status *status)
{
    uint64_t hash = hash_of(para);
    bt_memo_text *text = flow->base ? find(flow->base->memo, para, hash) : NULL;
    if (!text) text = find(flow->memo, para, hash);
    *status = BT_OK;
    if (!text || (text->has_fallback && !has_same_fallbacks(text, para, status))) return false;
    bt_para known = text->para;
    known.rich = para->rich;
    known.chains = para->chains;
    known.memo = text;
    *para = known;
    return true;
}

static bool grow(bt_arena *arena, struct bt_flow_memo *memo)
{
    uint32_t capacity = memo->capacity * 2;
    bt_memo_text **slots = BT_NEW_ARRAY(arena, capacity, bt_memo_text *);
    if (!slots) return false;
    for (uint32_t i = 0; i < memo->capacity; i++) {
        for (bt_memo_text *text = memo->slots[i], *next; text; text = next) {
            next = text->next;
            bt_memo_text **slot = &slots[text->hash & (capacity - 1)];
            text->next = *slot;
            *slot = text;
        }
    }
    memo->slots = slots;
    memo->capacity = capacity;
    return true;
}

static bool has_fallback(const bt_para *para)
{
    for (uint32_t i = 0; i < para->shaped.n_runs; i++) {
        const bt_glyph_run *run = &para->shaped.runs[i];
        if (run->face != para->chains[run->span_i]->chain.faces[0]) return true;
    }
    return false;
}

void bt_memo_keep_text(bt_flow *flow, bt_para *para)
{
    struct bt_flow_memo *memo = flow->memo;
    const bt_rich *rich = &para->rich;
    if (memo->n == BT_LIMIT_MEMO_TEXTS || (memo->n == memo->capacity && !grow(flow->arena, memo))) return;
    bt_memo_text *text = BT_NEW(flow->arena, bt_memo_text);
    bt_run *runs = BT_NEW_ARRAY_UNSET(flow->arena, rich->n_runs, bt_run);
    const bt_role_chain **chains = BT_NEW_ARRAY_UNSET(flow->arena, rich->n_runs, const bt_role_chain *);
    if (!text || !runs || !chains) return;
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        runs[i] = rich->runs[i];
        chains[i] = para->chains[i]->twin;
    }
    *text = (bt_memo_text){.hash = hash_of(para),
                           .owner = memo,
                           .source = bt_str_copy(flow->arena, rich->text),
                           .runs = runs,
                           .chains = chains,
                           .n_runs = rich->n_runs,
                           .look = look_of(rich->style),
                           .has_fallback = has_fallback(para),
                           .para = *para};
    bt_memo_text **slot = &memo->slots[text->hash & (memo->capacity - 1)];
    text->next = *slot;
    *slot = text;
    memo->n++;
    para->memo = text;
}

/* --- breaks --- */

static bool is_same_way(const bt_memo_way *a, const bt_memo_way *b)
{
    return a->mode == b->mode && a->measure == b->measure && a->first_indent == b->first_indent &&
           a->shortest_last == b->shortest_last && a->n_first == b->n_first && a->n_fewer == b->n_fewer &&
           a->n_more == b->n_more;
}

bool bt_memo_find_break(bt_para *para, const bt_memo_way *way)
{
    para->broken = NULL;
    bt_memo_break *known = para->memo ? para->memo->breaks : NULL;
    while (known && !is_same_way(&known->way, way)) known = known->next;
    if (!known) return false;
    para->result = known->result;
    para->broken = known;
    return true;
}

void bt_memo_keep_break(bt_flow *flow, bt_para *para, const bt_memo_way *way)
{
    bt_memo_text *text = para->memo;
    if (!text || text->owner != flow->memo) return;
    bt_memo_break *kept = BT_NEW(flow->arena, bt_memo_break);
    if (!kept) return;
    *kept = (bt_memo_break){.owner = flow->memo, .way = *way, .result = para->result, .next = text->breaks};
    text->breaks = para->broken = kept;
}

/* --- lines --- */

/* Where a line stands among those of all settings, which par/ lays one behind the other; UINT32_MAX: it is none. */
static uint32_t index_of(const bt_memo_break *broken, const bt_par_line *line)
{
    const bt_par_result *result = &broken->result;
    if (!result->n_settings) return UINT32_MAX;
    const bt_par_setting *last = &result->settings[result->n_settings - 1];
    const bt_par_line *first = result->settings[0].lines, *end = last->lines + last->n_lines;
    return line >= first && line < end ? (uint32_t)(line - first) : UINT32_MAX;
}

static uint32_t count_lines(const bt_memo_break *broken)
{
    const bt_par_result *result = &broken->result;
    const bt_par_setting *last = &result->settings[result->n_settings - 1];
    return (uint32_t)(last->lines + last->n_lines - result->settings[0].lines);
}

const bt_drawn_line *bt_memo_find_line(const bt_para *para, const bt_par_line *line, const bt_drawn_line *wanted)
{
    const bt_memo_break *broken = para->broken;
    if (!broken || !broken->drawn) return NULL;
    uint32_t line_i = index_of(broken, line);
    const bt_drawn_line *drawn = line_i == UINT32_MAX ? NULL : broken->drawn[line_i];
    bool is_it =
        drawn && drawn->measure == wanted->measure && drawn->align == wanted->align && drawn->fills == wanted->fills;
    return is_it ? drawn : NULL;
}

/* A line that an edition has drawn, for its base to keep. NULL: no memory. */
static const bt_drawn_line *copy_line(bt_arena *arena, const bt_drawn_line *drawn)
{
    bt_drawn_line *copy = BT_NEW_ARRAY_UNSET(arena, 1, bt_drawn_line);
    bt_drawn_stretch *stretches = BT_NEW_ARRAY_UNSET(arena, drawn->n_stretches, bt_drawn_stretch);
    if (!copy || !stretches) return NULL;
    for (uint32_t i = 0; i < drawn->n_stretches; i++) {
        stretches[i] = drawn->stretches[i];
        uint32_t n = stretches[i].placed.n;
        bt_placed_glyph *glyphs = BT_NEW_ARRAY_UNSET(arena, n, bt_placed_glyph);
        if (!glyphs) return NULL;
        memcpy(glyphs, stretches[i].placed.glyphs, n * sizeof *glyphs);
        stretches[i].placed.glyphs = glyphs;
    }
    *copy = *drawn;
    copy->stretches = stretches;
    return copy;
}

void bt_memo_keep_line(bt_flow *flow, const bt_para *para, const bt_par_line *line, const bt_drawn_line *drawn)
{
    bt_memo_break *broken = para->broken;
    uint32_t line_i = broken ? index_of(broken, line) : UINT32_MAX;
    if (line_i == UINT32_MAX) return;
    bool is_own = broken->owner == flow->memo;
    /* Drawn twice, for two measures: the editions leave the base's slot as it is, so that it does not grow. */
    if (!is_own && broken->drawn && broken->drawn[line_i]) return;
    bt_arena *arena = is_own ? flow->arena : &flow->base->memo->drawn;
    if (!broken->drawn) broken->drawn = BT_NEW_ARRAY(arena, count_lines(broken), const bt_drawn_line *);
    if (!is_own) drawn = copy_line(arena, drawn);
    if (broken->drawn && drawn) broken->drawn[line_i] = drawn;
}
