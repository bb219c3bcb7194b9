/* bundle_text.c - the texts of a bundle: what is printed passes through bt_bundle_text, and what was typed in an old
 * encoding, or would strike a proofreader, is told here.
 */
#include "bundle/bundle_int.h"

/* --- old encodings --- */

/* What a node is known by: a string by its text, a list by where its first value lies, as an edition shares with its
 * base the lists that it leaves alone. Empty: nothing is learnt from it. */
static bt_str name_of(const bt_json_node *node)
{
    if (node->child) return (bt_str){(const char *)node->child, sizeof *node->child};
    bool is_read = node->kind == BT_JSON_STRING && node->text.len <= BT_LIMIT_PARAGRAPH_BYTES;
    return is_read ? node->text : BT_STR("");
}

/* Adds what all the strings show: a single word is believed where its encoding is at home. */
static bool learn(bt_bundle_reader *b, const bt_json_node *node, bt_legacy_habits *habits)
{
    bt_str name = name_of(node);
    if (!name.len) return true;
    const bt_text_facts *known = bt_bundle_facts_find(b->known, name);
    if (known) {
        bt_legacy_add(habits, &known->habits);
        return true;
    }
    bt_legacy_habits shown = {0};
    for (const bt_json_node *child = node->child; child; child = child->next)
        if (!learn(b, child, &shown)) return false; /* no deeper than BT_LIMIT_JSON_DEPTH */
    if (!node->child && bt_legacy_learn(&b->scratch, node->text, &shown) != BT_OK) return false;
    bt_legacy_add(habits, &shown);
    bt_text_facts *kept = b->facts ? bt_bundle_facts_add(b->fields.arena, b->facts, name) : NULL;
    if (kept) kept->habits = shown;
    return true;
}

void bt_bundle_learn(bt_bundle_reader *b, const bt_json_node *node)
{
    if (!learn(b, node, &b->habits)) b->fields.arena->failed = true;
}

void bt_bundle_texts_begin(bt_bundle_reader *b, const bt_json_node *root)
{
    b->at = root->at;
    b->scratch = bt_arena_over(b->fields.arena->allocator);
    bt_bundle_learn(b, root);
    bt_bundle_values(b);
}

/* Tells of each run, and converts them where that is wished. */
bt_str bt_bundle_rescue(bt_bundle_reader *b, bt_str text, const bt_place *at)
{
    bt_fields_reader *r = &b->fields;
    bt_legacy_runs runs;
    if (bt_legacy_find(r->arena, &b->scratch, text, &b->habits, &runs) != BT_OK) r->arena->failed = true;
    for (uint32_t i = 0; i < runs.n; i++) {
        const bt_legacy_run *run = &runs.v[i];
        bt_diag_code code = b->ways.converts_legacy ? BT_N_LEGACY_CONVERTED : BT_W_LEGACY;
        bt_str before = bt_fields_quoted(r, bt_str_slice(text, run->begin, run->end));
        bt_fields_fault(r, code, at, BT_ARGS(bt_legacy_name(run->kind), before, bt_fields_quoted(r, run->text)));
    }
    return runs.n && b->ways.converts_legacy ? bt_legacy_convert(r->arena, text, &runs) : text;
}

/* --- remarks --- */

enum { MOST_TOLD = 3 }; /* remarks of a kind; the others are counted */

static const struct remark_words {
    bt_diag_code one, rest;
} remark_words[BT_N_REMARKS] = {
    [BT_REMARK_QUOTES] = {BT_N_STRAIGHT_QUOTE, BT_N_STRAIGHT_QUOTES},
    [BT_REMARK_SPACES] = {BT_N_DOUBLED_SPACE, BT_N_DOUBLED_SPACES},
    [BT_REMARK_BEFORE] = {BT_N_SPACE_BEFORE, BT_N_SPACES_BEFORE},
    [BT_REMARK_OPENING] = {BT_N_SPACE_OPENING, BT_N_SPACES_OPENING},
    [BT_REMARK_ALIKE] = {BT_N_ALIKE, BT_N_ALIKES},
};

/* A text as readers see it, without what guards values from being read as markup. */
static bt_str unguarded(bt_arena *arena, bt_str text)
{
    enum { MARK = sizeof BT_LITERAL_BEGIN - 1 };
    bt_buf seen = bt_buf_in(arena);
    for (size_t i = 0; i < text.len;) {
        bt_str rest = bt_str_slice(text, i, text.len);
        bool is_mark = bt_str_starts(rest, BT_STR(BT_LITERAL_BEGIN)) || bt_str_starts(rest, BT_STR(BT_LITERAL_END));
        if (!is_mark) bt_buf_add_char(&seen, text.ptr[i]);
        i += is_mark ? MARK : 1;
    }
    return bt_buf_str(&seen);
}

/* A few of a kind are told where they are; bt_bundle_texts_end counts the others. False: there is nothing to tell. */
static bool remark(bt_bundle_reader *b, bt_str text, const bt_place *at)
{
    bt_remarks remarks = bt_remark(text);
    bool has_any = false;
    for (int kind = 0; kind < BT_N_REMARKS; kind++) {
        has_any = has_any || remarks.n[kind];
        if (!remarks.n[kind] || b->n_remarked[kind]++ >= MOST_TOLD) continue;
        bt_arena *words = &b->fields.words;
        bt_str excerpt = unguarded(words, bt_remark_excerpt(words, text, remarks.first[kind]));
        uint32_t c;
        bt_utf8_decode(text, remarks.first[kind], &c);
        bt_buf meant = bt_buf_in(words);
        if (kind == BT_REMARK_ALIKE) bt_buf_add_codepoint(&meant, bt_remark_meant(c));
        bt_fields_fault(&b->fields, remark_words[kind].one, at,
                        BT_ARGS(excerpt, bt_buf_str(&meant), bt_str_format(words, "U+%04X", (unsigned)c)));
    }
    return has_any;
}

/* What they show lives as long as the bundle. */
static bt_tone_places find_tones(bt_bundle_reader *b, bt_str text)
{
    bt_arena_mark mark = bt_arena_set_mark(&b->scratch);
    bt_tone_places places = bt_remark_tones(&b->scratch, text);
    if (places.n_first) places.first = bt_str_copy(b->fields.arena, places.first);
    if (places.n_second) places.second = bt_str_copy(b->fields.arena, places.second);
    if (b->scratch.failed) b->fields.arena->failed = true;
    bt_arena_rewind(&b->scratch, mark);
    return places;
}

static void count_tones(bt_bundle_reader *b, const bt_tone_places *places, const bt_place *at)
{
    if (places->n_first && !b->tones.n_first) {
        b->tones.first = places->first;
        b->first_tone_at = at;
    }
    if (places->n_second && !b->tones.n_second) {
        b->tones.second = places->second;
        b->second_tone_at = at;
    }
    b->tones.n_first += places->n_first;
    b->tones.n_second += places->n_second;
}

/* The rarer way is where the note points to. */
static void remark_tones(bt_bundle_reader *b)
{
    bt_fields_reader *r = &b->fields;
    const bt_tone_places *t = &b->tones;
    if (!t->n_first || !t->n_second) return;
    bool first_is_rare = t->n_first < t->n_second;
    const bt_place *rare_at = first_is_rare ? b->first_tone_at : b->second_tone_at;
    const bt_place *usual_at = first_is_rare ? b->second_tone_at : b->first_tone_at;
    bt_fields_fault(r, BT_N_TONE_PLACES, rare_at,
                    BT_ARGS(bt_fields_count(r, first_is_rare ? t->n_second : t->n_first),
                            first_is_rare ? t->second : t->first, bt_fields_place(r, usual_at, rare_at),
                            bt_fields_count(r, first_is_rare ? t->n_first : t->n_second),
                            first_is_rare ? t->first : t->second));
}

void bt_bundle_texts_end(bt_bundle_reader *b)
{
    for (int kind = 0; kind < BT_N_REMARKS; kind++) {
        if (b->n_remarked[kind] <= MOST_TOLD) continue;
        bt_fields_fault(&b->fields, remark_words[kind].rest, b->at,
                        BT_ARGS(bt_fields_count(&b->fields, b->n_remarked[kind] - MOST_TOLD)));
    }
    remark_tones(b);
    bt_arena_drop(&b->scratch);
}

/* --- texts --- */

bool bt_bundle_within_limit(bt_bundle_reader *b, size_t n_bytes, const bt_place *at)
{
    if (n_bytes <= BT_LIMIT_PARAGRAPH_BYTES) return true;
    bt_fields_limit(&b->fields, BT_E_BUNDLE_TEXT_LONG, at,
                    BT_ARGS(bt_fields_count(&b->fields, BT_LIMIT_PARAGRAPH_BYTES)));
    return false;
}

/* Looks at a text for the first time; fills what is found. Gives the text that is printed. */
static bt_str look_at(bt_bundle_reader *b, const bt_json_node *node, bool is_plain, bt_text_facts *facts)
{
    uint32_t n_before = b->fields.diags->n_calls;
    bt_str text = bt_bundle_braces(b, bt_bundle_rescue(b, node->text, node->at), node->at, is_plain);
    bool has_remarks = remark(b, text, node->at);
    facts->is_good = text.ptr == node->text.ptr && !has_remarks && b->fields.diags->n_calls == n_before;
    facts->tones = find_tones(b, text);
    return text;
}

static bt_text read_text(bt_bundle_reader *b, const bt_json_node *node, bool is_plain)
{
    if (!node) return (bt_text){BT_STR(""), NULL};
    if (!bt_bundle_within_limit(b, node->text.len, node->at)) return (bt_text){BT_STR(""), node->at};
    uint32_t stance = bt_legacy_stance(&b->habits);
    const bt_text_facts *known = bt_bundle_facts_find(b->known, node->text);
    bool is_known = known && known->is_good && known->stance == stance;
    bt_text_facts now = {.stance = stance};
    bt_str text = is_known ? node->text : look_at(b, node, is_plain, &now);
    count_tones(b, is_known ? &known->tones : &now.tones, node->at);
    bt_text_facts *kept = bt_bundle_facts_find(b->facts, node->text);
    if (kept) {
        kept->is_good = now.is_good;
        kept->stance = stance;
        kept->tones = now.tones;
    }
    return (bt_text){text, node->at};
}

bt_text bt_bundle_text(bt_bundle_reader *b, const bt_json_node *node) { return read_text(b, node, false); }

bt_text bt_bundle_plain(bt_bundle_reader *b, const bt_json_node *node) { return read_text(b, node, true); }

bt_text bt_bundle_name(bt_bundle_reader *b, const bt_json_node *node)
{
    if (!node) return (bt_text){BT_STR(""), NULL};
    if (!bt_bundle_within_limit(b, node->text.len, node->at)) return (bt_text){BT_STR(""), node->at};
    return (bt_text){bt_bundle_braces(b, node->text, node->at, true), node->at};
}

bool bt_bundle_reference(bt_bundle_reader *b, const bt_json_node *node, bt_str *id)
{
    uint32_t n_errors = b->fields.diags->n[BT_ERROR];
    *id = bt_bundle_name(b, node).s;
    return b->fields.diags->n[BT_ERROR] == n_errors;
}

bt_text bt_bundle_text_or_integer(bt_bundle_reader *b, const bt_json_node *node)
{
    if (!node || node->kind == BT_JSON_STRING) return bt_bundle_text(b, node);
    for (size_t i = 0; i < node->text.len; i++) {
        char c = node->text.ptr[i];
        if ((c >= '0' && c <= '9') || (i == 0 && c == '-')) continue;
        bt_fields_fault(&b->fields, BT_E_WHOLE_NUMBER, node->at,
                        BT_ARGS(bt_fields_label(&b->fields, node), node->text));
        break;
    }
    return (bt_text){node->text, node->at};
}

bt_bundle_texts bt_bundle_text_list(bt_bundle_reader *b, const bt_json_node *array)
{
    bt_bundle_texts list = {0};
    bt_text *texts = array ? BT_NEW_ARRAY(b->fields.arena, array->n_children, bt_text) : NULL;
    if (!texts) return list;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        if (!bt_fields_expect(&b->fields, node, BT_TAKES_STRING, NULL)) continue;
        bt_text text = bt_bundle_text(b, node);
        if (bt_bundle_is_blank(text.s))
            bt_bundle_left_out(b, node, "this item of the list");
        else
            texts[list.n++] = text;
    }
    list.v = texts;
    return list;
}

bool bt_bundle_is_blank(bt_str text)
{
    enum { MARK = sizeof BT_LITERAL_BEGIN - 1 };
    for (text = bt_str_trim(text); text.len; text = bt_str_trim(bt_str_slice(text, MARK, text.len)))
        if (!bt_str_starts(text, BT_STR(BT_LITERAL_BEGIN)) && !bt_str_starts(text, BT_STR(BT_LITERAL_END)))
            return false;
    return true;
}

void bt_bundle_left_out(bt_bundle_reader *b, const bt_json_node *node, const char *what)
{
    if (b->fields.status != BT_LIMIT)
        bt_fields_fault(&b->fields, BT_W_BLANK, node->at, BT_ARGS(bt_say(b->fields.diags, bt_str_of(what))));
}

bool bt_bundle_need_text(bt_bundle_reader *b, bt_text text, const char *key, bool is_required)
{
    if (!text.at) return false;
    if (!bt_bundle_is_blank(text.s)) return true;
    if (b->fields.status != BT_LIMIT)
        bt_fields_fault(&b->fields, is_required ? BT_E_BLANK : BT_E_BLANK_OPTIONAL, text.at, BT_ARGS(bt_str_of(key)));
    return false;
}

bt_str bt_bundle_home(const bt_bundle_reader *b, const bt_place *at)
{
    const bt_edition *edition = b->ways.edition;
    bool is_overlay = edition && at && bt_str_equal(at->file, edition->path);
    return b->file_dir.len ? b->file_home : is_overlay ? edition->dir : b->dir;
}

bt_str bt_bundle_path(bt_bundle_reader *b, bt_text path)
{
    bt_fields_reader *r = &b->fields;
    for (size_t i = 0; i < path.s.len; i++) {
        if (path.s.ptr[i] != '\\') continue;
        bt_fields_fault(r, BT_E_PATH_BACKSLASH, path.at, BT_ARGS(bt_fields_quoted(r, path.s)));
        return BT_STR("");
    }
    bt_str from_home = b->file_dir.len ? bt_path_join(r->arena, b->file_dir, path.s) : path.s;
    if (bt_path_stays_inside(from_home))
        return bt_path_join(r->arena, bt_bundle_home(b, path.at),
                            b->file_dir.len ? bt_path_normal(r->arena, from_home) : from_home);
    bt_fields_fault(r, b->file_dir.len ? BT_E_MD_PATH_OUTSIDE : BT_E_PATH_OUTSIDE, path.at,
                    BT_ARGS(bt_fields_quoted(r, path.s)));
    return BT_STR("");
}
