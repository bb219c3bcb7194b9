/* cmap.c - maps of codes: what text a font's codes stand for, how long they are, which glyph they name.
 *
 * A map is a small PostScript program, of which only the tables are read. `usecmap` is passed over.
 */
#include "check/seen/font_int.h"

#include <stdlib.h>

enum {
    MOST_SPACES = 256,
    MOST_TEXTS = 128 * 1024,
    MOST_GLYPHS = 128 * 1024,
    MOST_BYTES = 2 * SEEN_MOST_CHARACTERS, /* of a string: the rest is left out */
};

typedef enum token_kind {
    TOKEN_END,
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_WORD
} token_kind;

typedef struct token {
    token_kind kind;
    uint32_t n_bytes;                /* STRING */
    unsigned char bytes[MOST_BYTES]; /* STRING */
    uint32_t number;                 /* NUMBER, and a STRING of up to four bytes */
    bt_str text;                     /* NAME, WORD */
} token;

typedef struct reader {
    bt_str bytes;
    size_t at;
    bt_arena *arena;
    seen_cmap *map;
    bool wants_mode; /* the last name was /WMode */
} reader;

/* --- tokens --- */

static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
static bool is_delimiter(char c)
{
    return c == '<' || c == '>' || c == '[' || c == ']' || c == '/' || c == '(' || c == '%';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void skip_white(reader *in)
{
    for (; in->at < in->bytes.len; in->at++) {
        char c = in->bytes.ptr[in->at];
        if (c == '%')
            while (in->at + 1 < in->bytes.len && in->bytes.ptr[in->at + 1] != '\n' && in->bytes.ptr[in->at + 1] != '\r')
                in->at++;
        else if (!is_white(c))
            return;
    }
}

static void read_string(reader *in, token *t)
{
    uint32_t n_digits = 0;
    unsigned value = 0;
    t->kind = TOKEN_STRING;
    t->n_bytes = t->number = 0;
    for (in->at++; in->at < in->bytes.len; in->at++) {
        char c = in->bytes.ptr[in->at];
        int digit = hex_digit(c);
        if (c == '>') break;
        if (digit < 0) continue;
        value = value * 16 + (unsigned)digit;
        if (++n_digits % 2) continue;
        if (t->n_bytes < MOST_BYTES) t->bytes[t->n_bytes++] = (unsigned char)value;
        value = 0;
    }
    if (in->at < in->bytes.len) in->at++;
    if (n_digits % 2 && t->n_bytes < MOST_BYTES) t->bytes[t->n_bytes++] = (unsigned char)(value * 16);
    for (uint32_t i = 0; i < t->n_bytes && i < 4; i++) t->number = t->number << 8 | t->bytes[i];
}

/* A string in parentheses says nothing to us. */
static void skip_literal(reader *in)
{
    int depth = 0;
    for (; in->at < in->bytes.len; in->at++) {
        char c = in->bytes.ptr[in->at];
        if (c == '\\')
            in->at++;
        else
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (!depth) break;
    }
    in->at = in->at < in->bytes.len ? in->at + 1 : in->bytes.len;
}

static void read_word(reader *in, token *t)
{
    size_t begin = in->at++;
    while (in->at < in->bytes.len && !is_white(in->bytes.ptr[in->at]) && !is_delimiter(in->bytes.ptr[in->at])) in->at++;
    t->text = bt_str_slice(in->bytes, begin, in->at);
    t->kind = t->text.ptr[0] == '/' ? TOKEN_NAME : TOKEN_WORD;
    if (t->text.ptr[0] < '0' || t->text.ptr[0] > '9') return;
    t->kind = TOKEN_NUMBER;
    t->number = 0;
    for (size_t i = 0; i < t->text.len && t->text.ptr[i] >= '0' && t->text.ptr[i] <= '9'; i++)
        t->number = t->number * 10 + (uint32_t)(t->text.ptr[i] - '0');
}

static token_kind next(reader *in, token *t)
{
    for (;;) {
        skip_white(in);
        if (in->at >= in->bytes.len) return t->kind = TOKEN_END;
        char c = in->bytes.ptr[in->at];
        bool is_double = in->at + 1 < in->bytes.len && in->bytes.ptr[in->at + 1] == c;
        if (c == '(')
            skip_literal(in);
        else if ((c == '<' || c == '>') && is_double) /* a dictionary */
            in->at += 2;
        else if (c == '>' || c == ')')
            in->at++;
        else
            break;
    }
    char c = in->bytes.ptr[in->at];
    if (c == '<')
        read_string(in, t);
    else if (c == '[' || c == ']') {
        t->kind = c == '[' ? TOKEN_OPEN : TOKEN_CLOSE;
        in->at++;
    } else
        read_word(in, t);
    return t->kind;
}

/* --- tables --- */

/* UTF-16 as it stands, plus `more` in its last unit. */
static bt_str text_of(bt_arena *arena, const token *t, uint32_t more)
{
    uint32_t characters[SEEN_MOST_CHARACTERS];
    size_t n = 0;
    if (t->n_bytes == 1) {
        characters[0] = t->bytes[0] + more;
        return seen_clean_text(arena, characters, 1);
    }
    for (uint32_t i = 0; i + 1 < t->n_bytes && n < SEEN_MOST_CHARACTERS; i += 2) {
        uint32_t unit = (uint32_t)t->bytes[i] << 8 | t->bytes[i + 1];
        if (i + 3 >= t->n_bytes) unit += more;
        bool is_pair =
            n && unit >= 0xDC00 && unit < 0xE000 && characters[n - 1] >= 0xD800 && characters[n - 1] < 0xDC00;
        if (is_pair)
            characters[n - 1] = 0x10000 + ((characters[n - 1] - 0xD800) << 10) + (unit - 0xDC00);
        else
            characters[n++] = unit;
    }
    return seen_clean_text(arena, characters, n);
}

static void add_text(reader *in, uint32_t code, const token *t, uint32_t more)
{
    if (in->map->texts.n >= MOST_TEXTS) return;
    seen_code_text *entry = BT_PUSH(in->arena, &in->map->texts);
    if (entry) *entry = (seen_code_text){code, in->map->texts.n, text_of(in->arena, t, more)};
}

/* Each reads one row of its table; false: the table has ended. */
static bool read_space(reader *in, token *t)
{
    if (next(in, t) != TOKEN_STRING) return false;
    seen_code_space space = {.first = t->number, .n_bytes = t->n_bytes};
    if (next(in, t) != TOKEN_STRING) return false;
    space.last = t->number;
    if (!space.n_bytes || space.n_bytes > 4 || in->map->spaces.n >= MOST_SPACES) return true;
    seen_code_space *entry = BT_PUSH(in->arena, &in->map->spaces);
    if (entry) *entry = space;
    return true;
}

static bool read_text(reader *in, token *t)
{
    if (next(in, t) != TOKEN_STRING) return false;
    uint32_t code = t->number;
    if (next(in, t) == TOKEN_STRING) add_text(in, code, t, 0);
    return t->kind == TOKEN_STRING || t->kind == TOKEN_NAME; /* a glyph's name is allowed, and not met */
}

static bool read_text_range(reader *in, token *t)
{
    if (next(in, t) != TOKEN_STRING) return false;
    uint32_t first = t->number;
    if (next(in, t) != TOKEN_STRING) return false;
    uint32_t n = t->number >= first ? t->number - first + 1 : 0;
    if (next(in, t) == TOKEN_OPEN) {
        for (uint32_t i = 0; next(in, t) == TOKEN_STRING; i++)
            if (i < n) add_text(in, first + i, t, 0);
        return t->kind == TOKEN_CLOSE;
    }
    if (t->kind != TOKEN_STRING) return false;
    for (uint32_t i = 0; i < n && in->map->texts.n < MOST_TEXTS; i++) add_text(in, first + i, t, i);
    return true;
}

static bool read_glyphs(reader *in, token *t, bool is_range)
{
    if (next(in, t) != TOKEN_STRING) return false;
    seen_code_glyph glyphs = {.first = t->number, .last = t->number, .order = in->map->glyphs.n};
    if (is_range) {
        if (next(in, t) != TOKEN_STRING) return false;
        glyphs.last = t->number;
    }
    if (next(in, t) != TOKEN_NUMBER) return false;
    glyphs.cid = t->number;
    if (in->map->glyphs.n >= MOST_GLYPHS) return true;
    seen_code_glyph *entry = BT_PUSH(in->arena, &in->map->glyphs);
    if (entry) *entry = glyphs;
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    const seen_code_text *one = a, *other = b;
    if (one->code != other->code) return one->code < other->code ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

static int compare_glyphs(const void *a, const void *b)
{
    const seen_code_glyph *one = a, *other = b;
    if (one->first != other->first) return one->first < other->first ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

seen_cmap *seen_cmap_read(bt_arena *arena, bt_str bytes)
{
    seen_cmap *map = BT_NEW(arena, seen_cmap);
    if (!map) return NULL;
    reader in = {.bytes = bytes, .arena = arena, .map = map};
    token t = {0};
    while (next(&in, &t) != TOKEN_END) {
        if (t.kind == TOKEN_NUMBER && in.wants_mode) map->is_vertical = t.number == 1;
        in.wants_mode = t.kind == TOKEN_NAME && bt_str_is(t.text, "/WMode");
        if (t.kind != TOKEN_WORD) continue;
        bt_str word = t.text;
        if (bt_str_is(word, "begincodespacerange"))
            while (read_space(&in, &t)) continue;
        else if (bt_str_is(word, "beginbfchar"))
            while (read_text(&in, &t)) continue;
        else if (bt_str_is(word, "beginbfrange"))
            while (read_text_range(&in, &t)) continue;
        else if (bt_str_is(word, "begincidchar") || bt_str_is(word, "begincidrange"))
            while (read_glyphs(&in, &t, bt_str_is(word, "begincidrange"))) continue;
    }
    if (map->texts.n) qsort(map->texts.v, map->texts.n, sizeof *map->texts.v, compare_texts);
    if (map->glyphs.n) qsort(map->glyphs.v, map->glyphs.n, sizeof *map->glyphs.v, compare_glyphs);
    return map;
}

/* --- asking --- */

const bt_str *seen_cmap_text(const seen_cmap *map, uint32_t code)
{
    uint32_t begin = 0, end = map->texts.n;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (map->texts.v[middle].code < code)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < map->texts.n && map->texts.v[begin].code == code ? &map->texts.v[begin].text : NULL;
}

bool seen_cmap_cid(const seen_cmap *map, uint32_t code, uint32_t *cid)
{
    uint32_t begin = 0, end = map->glyphs.n; /* ranges do not overlap in maps that mean anything */
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (map->glyphs.v[middle].last < code)
            begin = middle + 1;
        else
            end = middle;
    }
    if (begin == map->glyphs.n || map->glyphs.v[begin].first > code) return false;
    *cid = map->glyphs.v[begin].cid + (code - map->glyphs.v[begin].first);
    return true;
}

/* Each byte of the code lies between those of the range's ends. */
static bool is_in_space(const seen_code_space *space, bt_str bytes)
{
    if (bytes.len < space->n_bytes) return false;
    for (uint32_t i = 0; i < space->n_bytes; i++) {
        uint32_t shift = 8 * (space->n_bytes - 1 - i), byte = (unsigned char)bytes.ptr[i];
        if (byte < (space->first >> shift & 0xFF) || byte > (space->last >> shift & 0xFF)) return false;
    }
    return true;
}

uint32_t seen_cmap_n_bytes(const seen_cmap *map, bt_str bytes)
{
    uint32_t shortest = 0;
    for (uint32_t i = 0; i < map->spaces.n; i++) {
        const seen_code_space *space = &map->spaces.v[i];
        if (is_in_space(space, bytes)) return space->n_bytes;
        if (!shortest || space->n_bytes < shortest) shortest = space->n_bytes;
    }
    return shortest;
}
