/* remark.c - see remark.h. */
#include "text/remark.h"

#include "text/syllable.h"
#include "text/text.h"

#include <string.h>

/* --- spaces and quotation marks --- */

static bool is_newline(uint32_t c) { return c == '\n' || c == '\r'; }

static bool is_blank(uint32_t c) { return c == ' ' || c == '\t' || c == 0xA0; }

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static bool is_ascii_letter(uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

static bool is_letter(uint32_t c) { return is_ascii_letter(c) || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7); }

static uint32_t char_at(bt_str text, size_t at)
{
    uint32_t c = '\n';
    if (at < text.len) bt_utf8_decode(text, at, &c);
    return c;
}

static void add(bt_remarks *remarks, bt_remark_kind kind, size_t at)
{
    if (!remarks->n[kind]++) remarks->first[kind] = at;
}

/* A mark that no space goes before. What follows tells a full stop from the point of ".5" and from "...". */
static bool is_tight(uint32_t c, uint32_t next)
{
    switch (c) {
    case ',':
    case '.':
        return !is_digit(next) && !is_letter(next) && next != c;
    case ';':
    case ')':
        return true;
    case ':':
    case '!':
    case '?':
        return !is_letter(next) && !is_digit(next);
    default:
        return false;
    }
}

/* A blank: where it stands, and between what. `before` is the last character that is none, `end` the byte after it. */
static void remark_blank(bt_remarks *remarks, bt_str text, size_t at, size_t end, uint32_t before)
{
    uint32_t after = char_at(text, end);
    bool is_inside = !is_newline(before) && !is_newline(after);
    if (!is_inside) return;
    uint32_t c;
    size_t length = bt_utf8_decode(text, at, &c);
    if (at + length < end) add(remarks, BT_REMARK_SPACES, at);
    uint32_t next = char_at(text, end + 1); /* all tight marks are ASCII */
    bool is_ratio = after == ':' && is_digit(before) && is_blank(next);
    if (before == '(' && after != ')')
        add(remarks, BT_REMARK_OPENING, at);
    else if (before != '(' && !is_ratio && is_tight(after, next))
        add(remarks, BT_REMARK_BEFORE, at);
}

/* 12" are inches; ' within a word is an apostrophe (H'Mông). */
static bool is_straight_quote(uint32_t c, uint32_t before, uint32_t next)
{
    if (c == '"') return !is_digit(before);
    return c == '\'' && !is_letter(before) && !is_digit(before) && is_letter(next);
}

/* The end of a link's address that begins with the bracket here, as in "](https://...)"; `at` itself: none does. */
static size_t link_end(bt_str text, size_t at)
{
    if (char_at(text, at + 1) != '(') return at;
    const char *end = memchr(text.ptr + at, ')', text.len - at);
    return end ? (size_t)(end - text.ptr) + 1 : at;
}

/* --- look-alikes --- */

enum { LONGEST = 7 }; /* letters of a syllable */

uint32_t bt_remark_meant(uint32_t codepoint)
{
    /* eth, dotless i, caron for breve, alpha, hooked d, script g; then Greek and Cyrillic letters of the same shape;
     * ascending */
    static const uint16_t pairs[][2] = {
        {0xF0, 0x111}, {0x131, 'i'}, {0x1CD, 0x102}, {0x1CE, 0x103}, {0x251, 'a'}, {0x257, 0x111}, {0x261, 'g'},
        {0x391, 'A'},  {0x392, 'B'}, {0x395, 'E'},   {0x397, 'H'},   {0x399, 'I'}, {0x39A, 'K'},   {0x39C, 'M'},
        {0x39D, 'N'},  {0x39F, 'O'}, {0x3A1, 'P'},   {0x3A4, 'T'},   {0x3A5, 'Y'}, {0x3A7, 'X'},   {0x3BD, 'v'},
        {0x3BF, 'o'},  {0x406, 'I'}, {0x410, 'A'},   {0x412, 'B'},   {0x415, 'E'}, {0x41A, 'K'},   {0x41C, 'M'},
        {0x41D, 'H'},  {0x41E, 'O'}, {0x420, 'P'},   {0x421, 'C'},   {0x422, 'T'}, {0x423, 'Y'},   {0x425, 'X'},
        {0x430, 'a'},  {0x435, 'e'}, {0x43E, 'o'},   {0x440, 'p'},   {0x441, 'c'}, {0x443, 'y'},   {0x445, 'x'},
        {0x456, 'i'},
    };
    enum { N = sizeof pairs / sizeof *pairs };
    if (codepoint > pairs[N - 1][0]) return 0; /* nearly every letter is asked about */
    size_t i = 0;
    while (pairs[i][0] < codepoint) i++;
    return pairs[i][0] == codepoint ? pairs[i][1] : 0;
}

/* One word, from `begin`: a syllable, were it not for the look-alikes among its own letters. */
static void remark_word(bt_remarks *remarks, bt_str text, size_t begin, size_t end)
{
    bt_letter letters[LONGEST];
    size_t n = 0, n_own = 0, first = text.len;
    for (size_t at = begin; at < end;) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        bool is_own = n < LONGEST && bt_letter_of(c, &letters[n]);
        if (!is_own && (n == LONGEST || !bt_letter_of(bt_remark_meant(c), &letters[n]))) return;
        if (!is_own && first == text.len) first = at;
        n_own += is_own;
        n++;
        at += length;
    }
    if (n_own && first < text.len && bt_is_syllable(letters, n, false)) add(remarks, BT_REMARK_ALIKE, first);
}

/* Words of ASCII, which are most, have no look-alike. */
static void remark_words(bt_remarks *remarks, bt_str text)
{
    size_t begin = 0;
    bool may_have = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        if (is_ascii_letter(c)) {
            at++;
            continue;
        }
        if (!is_letter(c)) {
            if (may_have) remark_word(remarks, text, begin, at);
            may_have = false;
            begin = at + length;
        }
        may_have = may_have || (c >= 0xF0 && is_letter(c) && bt_remark_meant(c));
        at += length;
    }
    if (may_have) remark_word(remarks, text, begin, text.len);
}

bt_remarks bt_remark(bt_str text)
{
    bt_remarks remarks = {{0}, {0}};
    uint32_t before = '\n';
    remark_words(&remarks, text);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = (unsigned char)text.ptr[at];
        if (is_ascii_letter(c)) { /* most are, and nothing is said of them */
            before = c;
            at++;
            continue;
        }
        size_t end = at + bt_utf8_decode(text, at, &c), after_link = c == ']' ? link_end(text, at) : at;
        if (after_link > at) {
            at = after_link;
            before = ')';
            continue;
        }
        if (is_blank(c)) {
            uint32_t next;
            while (end < text.len && is_blank(char_at(text, end))) end += bt_utf8_decode(text, end, &next);
            remark_blank(&remarks, text, at, end, before);
            if (!is_newline(before)) before = ' ';
        } else {
            bool is_quote = c == '"' || c == '\'';
            if (is_quote && is_straight_quote(c, before, char_at(text, end))) add(&remarks, BT_REMARK_QUOTES, at);
            before = c;
        }
        at = end;
    }
    return remarks;
}

/* --- tones --- */

/* Which of the last two vowels of an open oa, oe, uy has the tone: 1, 2, or 0 where that is no question. */
static int tone_place(const bt_letter *letters, size_t n)
{
    if (n < 2 || n > LONGEST) return 0;
    const bt_letter *first = &letters[n - 2], *second = &letters[n - 1];
    bool is_pair = (first->base == 'o' && (second->base == 'a' || second->base == 'e')) ||
                   (first->base == 'u' && second->base == 'y');
    if (!is_pair || (n > 2 && first[-1].base == 'q') || !bt_is_syllable(letters, n, false)) return 0;
    return first->tone != BT_LEVEL ? 1 : second->tone != BT_LEVEL ? 2 : 0;
}

static void count_word(bt_tone_places *places, bt_str word, const bt_letter *letters, size_t n)
{
    int place = tone_place(letters, n);
    if (place == 1 && !places->n_first++) places->first = word;
    if (place == 2 && !places->n_second++) places->second = word;
}

/* Marks of their own (U+0300 ...) are composed first: letters are. */
static bt_str composed(bt_arena *scratch, bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.ptr[i] & 0xFE) == 0xCC) return bt_text_normal(scratch, text);
    return text;
}

bt_tone_places bt_remark_tones(bt_arena *scratch, bt_str source)
{
    bt_str text = composed(scratch, source);
    bt_tone_places places = {0, 0, BT_STR(""), BT_STR("")};
    bt_letter letters[LONGEST];
    size_t n = 0, begin = 0; /* n: LONGEST + 1 for a word that is no syllable */
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        bt_letter letter;
        if (!is_letter(c)) {
            if (n) count_word(&places, bt_str_slice(text, begin, at), letters, n);
            n = 0;
        } else {
            if (!n) begin = at;
            bool is_ours = n < LONGEST && bt_letter_of(c, &letter);
            if (is_ours) letters[n++] = letter;
            if (!is_ours) n = LONGEST + 1;
        }
        at += length;
    }
    if (n) count_word(&places, bt_str_slice(text, begin, text.len), letters, n);
    return places;
}

/* --- showing --- */

bt_str bt_remark_excerpt(bt_arena *arena, bt_str text, size_t at)
{
    enum { BEFORE = 16, AFTER = 16 }; /* characters */
    size_t begin = at, end = at;
    uint32_t c;
    for (int i = 0; i < BEFORE && begin > 0 && !is_newline((unsigned char)text.ptr[begin - 1]); i++) {
        begin--;
        while (begin > 0 && ((unsigned char)text.ptr[begin] & 0xC0) == 0x80) begin--;
    }
    for (int i = 0; i < AFTER && end < text.len && !is_newline((unsigned char)text.ptr[end]); i++)
        end += bt_utf8_decode(text, end, &c);
    bool is_begin = begin == 0 || is_newline((unsigned char)text.ptr[begin - 1]);
    bool is_end = end == text.len || is_newline((unsigned char)text.ptr[end]);
    return bt_str_format(arena, "\"%s%.*s%s\"", is_begin ? "" : "…", (int)(end - begin), text.ptr + begin,
                         is_end ? "" : "…");
}
