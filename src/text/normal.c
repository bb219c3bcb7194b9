/* normal.c - the text as it is set: NFC, one kind of space, no invisible characters, Đ for its look-alikes.
 *
 * One pass over the source; the ends of the spans are carried along. White space is held back until the next visible
 * character, so that what stands at the ends and around line breaks is dropped, and a space belongs to the span in
 * which it began. A composed letter belongs to the span of its base.
 */
#include "text/text_int.h"

#include <string.h>
#include <utf8proc.h>

enum {
    LONGEST_CLUSTER = 32, /* characters of a cluster; longer heaps of marks are cut (UAX #15 allows 30 marks) */
    CAPITAL_D_STROKE = 0x110,
};

/* What waits to be written, the weakest first. */
typedef enum blank { NO_BLANK, FIXED_BLANK, SPACE_BLANK, LINE_BLANK } blank;

typedef struct normaliser {
    bt_arena *arena;
    bt_str source;
    const bt_text_span *spans;
    uint32_t n_spans, span_i;
    uint32_t *ends;
    BT_ARRAY(char) out;
    blank pending;
    uint32_t fixed;              /* the no-break space that waits */
    uint32_t first_deferred;     /* ends from here to span_i were noted while a blank waited: they stand after it */
    size_t word_begin, word_end; /* the word looked at last for look-alikes */
    bool word_is_vietnamese;
    bt_normal *normal;
} normaliser;

bool bt_starts_cluster(uint32_t c)
{
    if (c < 0x300 || (c >= 0x1E00 && c < 0x200C)) return true;
    if ((c >= 0x1160 && c < 0x1200) || (c >= 0xD7B0 && c < 0xD7FC) || c == 0x200D) return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category != UTF8PROC_CATEGORY_MN && category != UTF8PROC_CATEGORY_MC && category != UTF8PROC_CATEGORY_ME &&
           !(c >= 0x1F3FB && c <= 0x1F3FF); /* skin tones belong to the emoji before them */
}

bool bt_is_space(uint32_t c) { return c == ' ' || c == 0xA0 || c == 0x202F; }

size_t bt_cluster_end(bt_str text, size_t at)
{
    uint32_t c = 0;
    size_t end = at + bt_utf8_decode(text, at, &c);
    for (int n = 1; end < text.len && n < LONGEST_CLUSTER; n++) {
        bool joins = c == 0x200D;
        size_t length = bt_utf8_decode(text, end, &c);
        if (bt_is_space(c) || c == '\n' || (!joins && bt_starts_cluster(c))) break;
        end += length;
    }
    return end;
}

void bt_char_list_add(bt_char_list *list, uint32_t codepoint)
{
    for (uint32_t i = 0; i < list->n; i++) {
        if (list->v[i] == codepoint) return;
    }
    if (list->n < BT_N_NAMED)
        list->v[list->n++] = codepoint;
    else
        list->is_cut = true;
}

bt_str bt_char_list_names(bt_arena *arena, const bt_char_list *list)
{
    bt_buf buf = bt_buf_in(arena);
    for (uint32_t i = 0; i < list->n; i++) bt_buf_format(&buf, "%sU+%04X", i ? ", " : "", (unsigned)list->v[i]);
    if (list->is_cut) bt_buf_add_z(&buf, " ...");
    return bt_buf_str(&buf);
}

/* --- classes --- */

static blank blank_of(uint32_t c)
{
    switch (c) {
    case ' ':
    case '\t':
    case 0x1680:
    case 0x205F:
    case 0x3000:
        return SPACE_BLANK;
    case 0xA0:
    case 0x2007: /* the figure space does not break either */
    case 0x202F:
        return FIXED_BLANK;
    case '\n':
    case 0x0B: /* Word's soft line break */
    case 0x0C:
    case '\r':
    case 0x85:
    case 0x2028:
    case 0x2029:
        return LINE_BLANK;
    default:
        return c >= 0x2000 && c <= 0x200A ? SPACE_BLANK : NO_BLANK;
    }
}

/* Characters that draw nothing and that print has no use for. */
static bool is_invisible(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
    return c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static bool is_emoji(uint32_t c) { return c >= 0x1F000 || c == 0xFE0F || (c >= 0x2600 && c < 0x27C0); }

static bool is_vietnamese(uint32_t c)
{
    if (c < 0x80) {
        uint32_t lower = c | 0x20;
        return lower >= 'a' && lower <= 'y' && lower != 'f' && lower != 'j' && lower != 'w';
    }
    if (c == 0xD0 || c == 0x189) return true;
    if (c >= 0x300 && c < 0x370) {
        return c <= 0x303 || c == 0x306 || c == 0x309 || c == 0x31B || c == 0x323 || c == 0x340 || c == 0x341;
    }
    return bt_vietnamese_find(c) >= 0;
}

static bool is_word_character(uint32_t c)
{
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

/* The word round `at`, kept for the next question: a long word of look-alikes is read once. */
static bool is_in_vietnamese_word(normaliser *n, size_t at)
{
    if (at >= n->word_begin && at < n->word_end) return n->word_is_vietnamese;
    uint32_t c;
    n->word_is_vietnamese = true;
    n->word_begin = at;
    while (n->word_begin > 0) {
        size_t before = n->word_begin - 1;
        while (before > 0 && ((unsigned char)n->source.ptr[before] & 0xC0) == 0x80) before--;
        bt_utf8_decode(n->source, before, &c);
        if (!is_word_character(c)) break;
        n->word_is_vietnamese &= is_vietnamese(c);
        n->word_begin = before;
    }
    for (n->word_end = at; n->word_end < n->source.len;) {
        size_t length = bt_utf8_decode(n->source, n->word_end, &c);
        if (!is_word_character(c)) break;
        n->word_is_vietnamese &= is_vietnamese(c);
        n->word_end += length;
    }
    return n->word_is_vietnamese;
}

/* --- writing --- */

static void write_character(normaliser *n, uint32_t c)
{
    char bytes[4];
    size_t length = bt_utf8_encode(c, bytes);
    char *room = BT_PUSH_N(n->arena, &n->out, (uint32_t)length);
    if (room) memcpy(room, bytes, length);
}

static void write_pending(normaliser *n)
{
    if (n->pending == NO_BLANK) return;
    uint32_t before = n->out.n;
    write_character(n, n->pending == LINE_BLANK ? '\n' : n->pending == SPACE_BLANK ? ' ' : n->fixed);
    for (uint32_t i = n->first_deferred; i < n->span_i; i++) n->ends[i] += n->out.n - before;
    n->pending = NO_BLANK;
}

static void hold_blank(normaliser *n, blank kind, uint32_t c)
{
    if (!n->out.n) return;
    if (n->pending == NO_BLANK) {
        n->first_deferred = n->span_i;
        n->fixed = c == 0x202F ? c : 0xA0;
    }
    if (kind > n->pending) n->pending = kind;
}

/* Notes the ends of the spans that end at or before `at` in the source. */
static void pass_span_ends(normaliser *n, size_t at)
{
    while (n->span_i < n->n_spans && n->spans[n->span_i].end <= at) n->ends[n->span_i++] = n->out.n;
}

static const bt_text_span *span_at(const normaliser *n)
{
    if (!n->n_spans) return NULL;
    return &n->spans[n->span_i < n->n_spans ? n->span_i : n->n_spans - 1];
}

static void write_visible(normaliser *n, uint32_t c, size_t at)
{
    const bt_text_span *span = span_at(n);
    bool is_verbatim = span && span->is_verbatim;
    if ((c == 0xD0 || c == 0x189) && !is_verbatim && is_in_vietnamese_word(n, at)) {
        if (!n->normal->look_alike.len) n->normal->look_alike = bt_str_slice(n->source, n->word_begin, n->word_end);
        c = CAPITAL_D_STROKE;
    } else if (c == 0xF0B7 || c == 0xF0A7) {
        n->normal->n_bullets++;
        c = 0x2022;
    }
    if (span && span->is_upper) c = (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
    write_pending(n);
    write_character(n, c);
}

/* --- reading --- */

/* True where NFC can change nothing about the character alone. */
static bool is_composed(uint32_t c)
{
    if (c < 0x300 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2010 && c < 0x2100)) return true;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    return property->decomp_seqindex == UINT16_MAX || property->decomp_type != 0;
}

/* A base and its marks, composed. Gives the source's length. */
static size_t read_cluster(normaliser *n, size_t at, uint32_t first, size_t length)
{
    uint32_t next = 0;
    size_t end = at + length;
    size_t next_length = end < n->source.len ? bt_utf8_decode(n->source, end, &next) : 0;
    bool is_alone = !next_length || bt_starts_cluster(next) || is_invisible(next);
    if (is_alone && is_composed(first)) {
        write_visible(n, first, at);
        return length;
    }
    utf8proc_int32_t letters[LONGEST_CLUSTER * 4]; /* a character decomposes into four at most */
    utf8proc_ssize_t n_letters = 0;
    int last_class = 0;
    uint32_t c = first;
    for (int i = 0;; i++) {
        n_letters += utf8proc_decompose_char((utf8proc_int32_t)c, letters + n_letters, LONGEST_CLUSTER * 4 - n_letters,
                                             UTF8PROC_DECOMPOSE, &last_class);
        if (i + 1 == LONGEST_CLUSTER || !next_length || bt_starts_cluster(next) || is_invisible(next)) break;
        c = next;
        end += next_length;
        next_length = end < n->source.len ? bt_utf8_decode(n->source, end, &next) : 0;
    }
    /* Canonical order: marks of different classes are sorted, stably, up to the next character of class 0. */
    for (utf8proc_ssize_t i = 1; i < n_letters; i++) {
        utf8proc_int32_t letter = letters[i];
        int class = utf8proc_get_property(letter)->combining_class;
        utf8proc_ssize_t j = i;
        for (; class && j && utf8proc_get_property(letters[j - 1])->combining_class > class; j--)
            letters[j] = letters[j - 1];
        letters[j] = letter;
    }
    n_letters = utf8proc_normalize_utf32(letters, n_letters, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n_letters; i++) write_visible(n, (uint32_t)letters[i], at);
    return end - at;
}

/* A joiner between emoji makes one picture of them; elsewhere it is only in the way. */
static bool joins_emoji(const normaliser *n, size_t end)
{
    if (!n->out.n || n->pending != NO_BLANK || end >= n->source.len) return false;
    size_t before = n->out.n - 1;
    while (before > 0 && ((unsigned char)n->out.v[before] & 0xC0) == 0x80) before--;
    uint32_t last, next;
    bt_utf8_decode((bt_str){n->out.v, n->out.n}, before, &last);
    bt_utf8_decode(n->source, end, &next);
    return is_emoji(last) && is_emoji(next);
}

static bool is_tail(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* The length of a character that is written as it stands, whatever is around it but marks: printable ASCII and the
 * composed letters of Latin (U+00C0 to U+023F, U+1E00 to U+1EFF), the look-alikes of Đ excepted. 0: it is none. */
static size_t plain_length(bt_str source, size_t at)
{
    const char *byte = source.ptr + at;
    unsigned char lead = (unsigned char)byte[0], next = at + 1 < source.len ? (unsigned char)byte[1] : 0;
    if (lead < 0x80) return lead > 0x20 && lead < 0x7F;
    if (lead >= 0xC3 && lead <= 0xC8) {
        bool is_look_alike = (lead == 0xC3 && next == 0x90) || (lead == 0xC6 && next == 0x89);
        return is_tail((char)next) && !is_look_alike ? 2 : 0;
    }
    bool is_latin = lead == 0xE1 && next >= 0xB8 && next <= 0xBB && at + 2 < source.len && is_tail(byte[2]);
    return is_latin ? 3 : 0;
}

/* Most of a text needs nothing: characters of one span that stand as they are, and single spaces between them, up to
 * the last that a mark follows. Gives their bytes; 0: there are none. */
static size_t write_plain(normaliser *n, size_t at)
{
    const bt_text_span *span = span_at(n);
    if (span && span->is_upper) return 0;
    bool ends_within = span && n->span_i < n->n_spans && span->end < n->source.len;
    size_t limit = ends_within ? span->end : n->source.len;
    size_t end = at, last = at, length;
    while (end < limit) {
        size_t begin = end > at && end + 1 < limit && n->source.ptr[end] == ' ' ? end + 1 : end;
        length = plain_length(n->source, begin);
        if (!length) break;
        last = begin;
        end = begin + length;
    }
    uint32_t next = 0;
    if (end < n->source.len) bt_utf8_decode(n->source, end, &next);
    if (!bt_starts_cluster(next) && !is_invisible(next)) end = last;
    if (end == at) return 0;
    write_pending(n);
    char *room = BT_PUSH_N(n->arena, &n->out, (uint32_t)(end - at));
    if (room) memcpy(room, n->source.ptr + at, end - at);
    return end - at;
}

static void normalise(normaliser *n)
{
    for (size_t at = 0; at < n->source.len && !n->arena->failed;) {
        uint32_t c;
        pass_span_ends(n, at);
        size_t length = write_plain(n, at);
        if (length) {
            at += length;
            continue;
        }
        length = bt_utf8_decode(n->source, at, &c);
        blank kind = blank_of(c);
        if (kind != NO_BLANK) {
            hold_blank(n, kind, c);
        } else if (c == 0xAD) {
            n->normal->n_soft_hyphens++;
        } else if (is_invisible(c) && !(c == 0x200D && joins_emoji(n, at + length))) {
            bt_char_list_add(&n->normal->removed, c);
        } else {
            length = read_cluster(n, at, c, length);
        }
        at += length;
    }
    n->pending = NO_BLANK;
    pass_span_ends(n, SIZE_MAX);
}

bt_status bt_normalise(bt_arena *arena, bt_str source, const bt_text_span *spans, uint32_t n_spans, bt_normal *normal)
{
    *normal = (bt_normal){.text = BT_STR(""), .look_alike = BT_STR("")};
    normaliser n = {.arena = arena, .source = source, .spans = spans, .n_spans = n_spans, .normal = normal};
    n.ends = BT_NEW_ARRAY(arena, n_spans, uint32_t);
    if (!n.ends || !bt_array_reserve(arena, (void *)&n.out.v, &n.out.capacity, 0, (uint32_t)source.len + 8, 1)) {
        return BT_NOMEM;
    }
    normalise(&n);
    if (arena->failed) return BT_NOMEM;
    normal->text = (bt_str){n.out.v, n.out.n};
    normal->ends = n.ends;
    return BT_OK;
}

bt_str bt_text_normal(bt_arena *arena, bt_str source)
{
    bt_normal normal;
    if (source.len > UINT32_MAX / 4 || bt_normalise(arena, source, NULL, 0, &normal) != BT_OK) {
        arena->failed = true;
        return BT_STR("");
    }
    char *bytes = bt_arena_alloc(arena, normal.text.len);
    if (!bytes) return BT_STR("");
    for (size_t i = 0; i < normal.text.len; i++) bytes[i] = normal.text.ptr[i] == '\n' ? ' ' : normal.text.ptr[i];
    return (bt_str){bytes, normal.text.len};
}

bt_str bt_text_slug(bt_arena *arena, bt_str source)
{
    bt_buf buf = bt_buf_in(arena);
    bool ends_word = false;
    for (size_t at = 0; at < source.len;) {
        uint32_t c;
        at += bt_utf8_decode(source, at, &c);
        if (c == 0xD0 || c == 0x110 || c == 0x111 || c == 0x189) c = 'd';
        utf8proc_int32_t letters[8] = {(utf8proc_int32_t)c};
        int last_class = 0;
        if (c >= 0x80) {
            utf8proc_decompose_char((utf8proc_int32_t)c, letters, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last_class);
        }
        c = (uint32_t)letters[0];
        if (c >= 'A' && c <= 'Z') c |= 0x20;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (ends_word && buf.bytes.n) bt_buf_add_char(&buf, '-');
            ends_word = false;
            bt_buf_add_char(&buf, (char)c);
        } else if (bt_starts_cluster(c) && c != 0xAD && (blank_of(c) != NO_BLANK || !is_invisible(c))) {
            ends_word = true;
        }
    }
    return bt_buf_str(&buf);
}
