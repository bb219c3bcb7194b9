/* legacy.c - see legacy.h. Words are judged one by one, then runs of them.
 *
 * For each encoding a text is cut into words, and each word gets a verdict: what it would be in that encoding, against
 * what it is as it stands. A run begins at a word that only the encoding explains and goes on while the words are for
 * it more than against; a letter that is in Unicode only ends it. A run of three such words or more stands on its own.
 * A shorter one needs company: no stranger near, and a second such word or a document in which the encoding is at home.
 */
#include "text/legacy_int.h"

/* --- runs of words --- */

typedef struct segment {
    uint32_t begin, end; /* words */
    uint32_t n_good, n_against;
    uint32_t different[3]; /* hashes of the first good words that differ */
    uint32_t n_different;
    uint64_t codes; /* of its good words */
} segment;

/* The encoding is at home in the document. */
static bool has_home(const bt_legacy_habits *habits, bt_legacy_kind kind)
{
    enum { ENOUGH = 6 };
    return habits->n_good[kind] >= ENOUGH;
}

/* The document is written in it, and hardly in Unicode. */
static bool has_nothing_else(const bt_legacy_habits *habits, bt_legacy_kind kind)
{
    enum { MANY_TIMES = 8 };
    return has_home(habits, kind) && habits->n_good[kind] / MANY_TIMES > habits->n_unicode;
}

/* Nothing was seen that might be of the encoding. */
static bool is_ruled_out(const bt_legacy_habits *habits, bt_legacy_kind kind)
{
    return habits->n_texts && !habits->n_seen[kind];
}

static bool is_at_home(const bt_legacy_reader *r) { return r->habits && has_home(r->habits, r->kind); }

static bool is_alone(const bt_legacy_reader *r) { return r->habits && has_nothing_else(r->habits, r->kind); }

/* Words of this verdict speak for the encoding. */
static bool is_for(const bt_legacy_reader *r, bt_legacy_verdict found)
{
    return found == BT_WORD_GOOD || (found == BT_WORD_INITIALS && is_at_home(r)) ||
           (found == BT_WORD_BOTH && is_alone(r));
}

static void count_good(segment *seg, const bt_legacy_word *w)
{
    seg->n_good++;
    seg->codes |= w->codes;
    for (uint32_t i = 0; i < seg->n_different; i++)
        if (seg->different[i] == w->hash) return;
    if (seg->n_different < 3) seg->different[seg->n_different++] = w->hash;
}

static int score_of(const bt_legacy_reader *r, bt_legacy_verdict found)
{
    if (is_for(r, found)) return 2;
    return found == BT_WORD_BOTH ? 1 : found == BT_WORD_FOREIGN ? -1 : found == BT_WORD_BAD ? -2 : 0;
}

/* How much a word speaks for another language. */
static uint32_t strangeness(const bt_legacy_word *w)
{
    return w->verdict == BT_WORD_BAD ? 2 : w->verdict == BT_WORD_FOREIGN;
}

/* From a word that speaks for the encoding as far as the words do. */
static segment follow(const bt_legacy_reader *r, uint32_t begin)
{
    enum { DROP = 6 }; /* so far below its best a run does not recover */
    segment seg = {.begin = begin}, best = seg;
    int score = 0, best_score = 0;
    for (uint32_t i = begin; i < r->words.n; i++) {
        const bt_legacy_word *w = &r->words.v[i];
        if (w->verdict == BT_WORD_UNICODE) break;
        score += score_of(r, w->verdict);
        if (is_for(r, w->verdict)) count_good(&seg, w);
        seg.n_against += strangeness(w);
        seg.end = i + 1;
        if (score > best_score) {
            best_score = score;
            best = seg;
        }
        if (score <= 0 || score <= best_score - DROP) break;
    }
    return best;
}

/* How much of another language stands in the segment and within a few words of it. */
static uint32_t strangers_near(const bt_legacy_reader *r, const segment *seg)
{
    enum { NEAR = 4 };
    uint32_t n = seg->n_against;
    for (uint32_t i = seg->begin; i-- > 0 && seg->begin - i <= NEAR && r->words.v[i].verdict != BT_WORD_UNICODE;)
        n += strangeness(&r->words.v[i]);
    for (uint32_t i = seg->end; i < r->words.n && i < seg->end + NEAR && r->words.v[i].verdict != BT_WORD_UNICODE; i++)
        n += strangeness(&r->words.v[i]);
    return n;
}

static uint32_t n_codes(const segment *seg)
{
    uint32_t n = 0;
    for (uint64_t left = seg->codes; left; left &= left - 1) n++;
    return n;
}

/* Other languages have words of one accented letter that could be ours ("på må gå"); Vietnamese has many such letters,
 * and a run with enough of them may stand amid French. */
static bool stands_alone(const bt_legacy_reader *r, const segment *seg)
{
    enum { FEW = 3, MANY = 5 };
    uint32_t n = n_codes(seg);
    if (seg->n_different < FEW || n < FEW || seg->n_good <= seg->n_against) return false;
    return (n >= MANY && seg->n_good >= MANY) || seg->n_good > strangers_near(r, seg);
}

static bool is_accepted(const bt_legacy_reader *r, const segment *seg)
{
    if (stands_alone(r, seg)) return true;
    uint32_t n_strangers = strangers_near(r, seg);
    if (is_alone(r)) return n_strangers <= seg->n_good;
    return ((seg->n_different >= 2 && n_codes(seg) >= 2) || is_at_home(r)) && !n_strangers;
}

/* Little between the two speaks against the encoding. */
static bool may_join(const bt_legacy_reader *r, const segment *a, const segment *b)
{
    enum { FEW = 3 };
    uint32_t n_strangers = 0;
    for (uint32_t i = a->end; i < b->begin; i++) {
        if (r->words.v[i].verdict == BT_WORD_UNICODE) return false;
        n_strangers += strangeness(&r->words.v[i]);
    }
    return n_strangers <= FEW;
}

typedef struct segments {
    BT_ARRAY(segment) list;
} segments;

static void find_segments(bt_legacy_reader *r, segments *found)
{
    for (uint32_t i = 0; i < r->words.n;) {
        if (!is_for(r, r->words.v[i].verdict)) {
            i++;
            continue;
        }
        segment seg = follow(r, i);
        segment *last = found->list.n ? &found->list.v[found->list.n - 1] : NULL;
        i = seg.end;
        if (!is_accepted(r, &seg)) continue;
        if (last && may_join(r, last, &seg)) {
            last->end = seg.end;
            last->n_good += seg.n_good;
            continue;
        }
        segment *fresh = BT_PUSH(r->scratch, &found->list);
        if (fresh) *fresh = seg;
    }
}

/* --- converting --- */

static bool is_in_capitals(const bt_legacy_reader *r, const segment *seg, uint32_t word_i)
{
    const bt_legacy_word *w = &r->words.v[word_i];
    bool has_before = word_i > seg->begin, has_after = word_i + 1 < seg->end;
    bool before = has_before && w[-1].capitals == BT_SURE_CAPITALS,
         after = has_after && w[1].capitals == BT_SURE_CAPITALS;
    switch (w->capitals) {
    case BT_SURE_CAPITALS:
        return true;
    case BT_MAYBE_CAPITALS:
        return before || after;
    case BT_BARE_CAPITALS:
        return (before || !has_before) && (after || !has_after) && (before || after);
    default:
        return false;
    }
}

static void write_word(bt_buf *out, const bt_legacy_reader *r, const bt_legacy_word *w, bool is_upper)
{
    bt_decoded d;
    if (!bt_legacy_word_decode(r, w, &d)) return;
    for (uint32_t i = 0; i < d.n; i++) {
        bt_letter letter = d.letters[i];
        letter.is_upper = letter.is_upper || is_upper;
        bt_buf_add_codepoint(out, bt_letter_join(letter));
    }
}

static bt_legacy_run convert(bt_arena *arena, const bt_legacy_reader *r, const segment *seg)
{
    bt_buf out = bt_buf_in(arena);
    uint32_t begin = r->words.v[seg->begin].begin, at = begin;
    for (uint32_t i = seg->begin; i < seg->end; i++) {
        const bt_legacy_word *w = &r->words.v[i];
        if (!bt_legacy_is_converted(r, w)) continue;
        bt_buf_add(&out, bt_str_slice(r->text, at, w->begin));
        write_word(&out, r, w, is_in_capitals(r, seg, i));
        at = w->end;
    }
    uint32_t end = r->words.v[seg->end - 1].end;
    bt_buf_add(&out, bt_str_slice(r->text, at, end));
    return (bt_legacy_run){begin, end, r->kind, bt_buf_str(&out)};
}

/* --- reading --- */

/* Most texts have no character of the range that these encodings fill. */
static bool may_have_any(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] == 0xC2 || (unsigned char)text.ptr[i] == 0xC3) return true;
    return false;
}

/* habits NULL: they are being learnt. */
static bt_legacy_reader read_text(bt_arena *scratch, bt_str text, bt_legacy_kind kind, const bt_legacy_habits *habits)
{
    bt_legacy_reader r = {.scratch = scratch, .text = text, .kind = kind, .habits = habits};
    r.counts_unicode = !habits && kind == BT_TCVN3; /* once is enough */
    bt_legacy_read_words(&r);
    bool is_sought = false;
    for (uint32_t i = 0; i < r.words.n && !is_sought; i++) is_sought = is_for(&r, r.words.v[i].verdict);
    if (is_sought) bt_legacy_judge_ascii(&r);
    return r;
}

/* --- runs of all encodings --- */

typedef struct candidates {
    const bt_legacy_reader *readers;
    const segments *found;
    uint32_t next[BT_N_LEGACY];
} candidates;

/* The next segment of an encoding, as bytes; false: there is none. */
static bool next_of(const candidates *c, int kind, uint32_t *begin, uint32_t *end)
{
    if (c->next[kind] == c->found[kind].list.n) return false;
    const segment *seg = &c->found[kind].list.v[c->next[kind]];
    *begin = c->readers[kind].words.v[seg->begin].begin;
    *end = c->readers[kind].words.v[seg->end - 1].end;
    return true;
}

/* The encoding whose next segment begins first, -1: there is none; and where it begins. */
static int first_of(const candidates *c, uint32_t *begin)
{
    int first = -1;
    uint32_t at, end;
    *begin = UINT32_MAX;
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        if (!next_of(c, kind, &at, &end) || at >= *begin) continue;
        *begin = at;
        first = kind;
    }
    return first;
}

/* The encoding of the next run. Where segments of two overlap, the one with fewer good words is passed over. */
static int choose(candidates *c)
{
    for (;;) {
        uint32_t begin, end, at, other_end;
        int first = first_of(c, &begin), other = -1;
        if (first < 0) return -1;
        next_of(c, first, &begin, &end);
        for (int kind = 0; kind < BT_N_LEGACY; kind++)
            if (kind != first && next_of(c, kind, &at, &other_end) && at < end) other = kind;
        if (other < 0) return first;
        bool other_is_better =
            c->found[other].list.v[c->next[other]].n_good > c->found[first].list.v[c->next[first]].n_good;
        c->next[other_is_better ? first : other]++;
    }
}

/* Takes in the words beside a run, between two bytes of the text, that are the encoding's if they are anything: they
 * may be a few words away. */
static void widen(const bt_legacy_reader *r, uint32_t from, uint32_t to, segment *seg)
{
    enum { APART = 3 };
    for (uint32_t i = seg->begin, n_plain = 0; i-- > 0 && n_plain < APART;) {
        const bt_legacy_word *w = &r->words.v[i];
        if (w->begin < from || w->verdict == BT_WORD_UNICODE || strangeness(w)) break;
        n_plain = bt_legacy_is_converted(r, w) ? 0 : n_plain + 1;
        if (!n_plain) seg->begin = i;
    }
    for (uint32_t i = seg->end, n_plain = 0; i < r->words.n && n_plain < APART; i++) {
        const bt_legacy_word *w = &r->words.v[i];
        if (w->end > to || w->verdict == BT_WORD_UNICODE || strangeness(w)) break;
        n_plain = bt_legacy_is_converted(r, w) ? 0 : n_plain + 1;
        if (!n_plain) seg->end = i + 1;
    }
}

static void convert_all(bt_arena *arena, candidates *c, bt_legacy_runs *runs)
{
    BT_ARRAY(bt_legacy_run) chosen = {0};
    uint32_t from = 0, to;
    for (int kind; (kind = choose(c)) >= 0;) {
        segment seg = c->found[kind].list.v[c->next[kind]++];
        first_of(c, &to);
        widen(&c->readers[kind], from, to, &seg);
        bt_legacy_run *run = BT_PUSH(arena, &chosen);
        if (!run) break;
        *run = convert(arena, &c->readers[kind], &seg);
        from = run->end;
    }
    *runs = (bt_legacy_runs){chosen.v, chosen.n};
}

/* --- a text --- */

/* Nothing in it needs another explanation. Where the document has nothing but an encoding, words that are good either
 * way are taken to be of it. */
static bool is_good(bt_str text, const bt_legacy_habits *habits)
{
    uint32_t n_unicode;
    bool are_ruled_out = habits != NULL;
    for (int kind = 0; habits && kind < BT_N_LEGACY; kind++) {
        if (has_nothing_else(habits, (bt_legacy_kind)kind)) return false;
        are_ruled_out = are_ruled_out && is_ruled_out(habits, (bt_legacy_kind)kind);
    }
    return are_ruled_out || !may_have_any(text) || bt_legacy_is_clear(text, &n_unicode);
}

bt_status bt_legacy_find(bt_arena *arena, bt_arena *scratch, bt_str text, const bt_legacy_habits *habits,
                         bt_legacy_runs *runs)
{
    *runs = (bt_legacy_runs){NULL, 0};
    if (is_good(text, habits)) return BT_OK;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    bt_legacy_reader readers[BT_N_LEGACY];
    segments found[BT_N_LEGACY] = {0};
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        readers[kind] = (bt_legacy_reader){.scratch = scratch};
        if (habits && is_ruled_out(habits, (bt_legacy_kind)kind)) continue;
        readers[kind] = read_text(scratch, text, (bt_legacy_kind)kind, habits);
        find_segments(&readers[kind], &found[kind]);
    }
    bool has_failed = scratch->failed;
    candidates all = {.readers = readers, .found = found};
    if (!has_failed) convert_all(arena, &all, runs);
    bt_arena_rewind(scratch, mark);
    return has_failed || arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_legacy_learn(bt_arena *scratch, bt_str text, bt_legacy_habits *habits)
{
    uint32_t n_unicode;
    habits->n_texts++;
    if (!may_have_any(text)) return BT_OK;
    if (bt_legacy_is_clear(text, &n_unicode)) {
        habits->n_unicode += n_unicode;
        return BT_OK;
    }
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        bt_arena_mark mark = bt_arena_set_mark(scratch);
        bt_legacy_reader r = read_text(scratch, text, (bt_legacy_kind)kind, NULL);
        for (uint32_t i = 0; i < r.words.n;) {
            if (r.words.v[i].verdict != BT_WORD_GOOD) {
                i++;
                continue;
            }
            segment seg = follow(&r, i);
            habits->n_seen[kind] += seg.n_good;
            if (stands_alone(&r, &seg)) habits->n_good[kind] += seg.n_good;
            i = seg.end;
        }
        habits->n_unicode += r.n_unicode;
        bool has_failed = scratch->failed;
        bt_arena_rewind(scratch, mark);
        if (has_failed) return BT_NOMEM;
    }
    return BT_OK;
}

void bt_legacy_add(bt_legacy_habits *habits, const bt_legacy_habits *others)
{
    habits->n_texts += others->n_texts;
    habits->n_unicode += others->n_unicode;
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        habits->n_seen[kind] += others->n_seen[kind];
        habits->n_good[kind] += others->n_good[kind];
    }
}

uint32_t bt_legacy_stance(const bt_legacy_habits *habits)
{
    uint32_t stance = 0;
    for (int i = 0; i < BT_N_LEGACY; i++) {
        bt_legacy_kind kind = (bt_legacy_kind)i;
        bool answers[] = {is_ruled_out(habits, kind), has_home(habits, kind), has_nothing_else(habits, kind)};
        for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) stance = stance << 1 | answers[k];
    }
    return stance;
}

bt_str bt_legacy_convert(bt_arena *arena, bt_str text, const bt_legacy_runs *runs)
{
    bt_buf out = bt_buf_in(arena);
    size_t at = 0;
    for (uint32_t i = 0; i < runs->n; i++) {
        bt_buf_add(&out, bt_str_slice(text, at, runs->v[i].begin));
        bt_buf_add(&out, runs->v[i].text);
        at = runs->v[i].end;
    }
    bt_buf_add(&out, bt_str_slice(text, at, text.len));
    return bt_buf_str(&out);
}
