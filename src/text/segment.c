/* segment.c - where a line of Vietnamese may end.
 *
 * Lines break at spaces, and within a word after a dash, a slash or between ideographs; never by hyphenation. What must
 * not part is listed here: a number and its unit, an abbreviation and its name, "số" and its number, a dash and what is
 * before it, punctuation and what it closes or opens, numbers, dates and codes. URLs have rules of their own.
 *
 * Glossary
 *   token   what stands between two spaces (U+0020; the no-break spaces are within a token) or line breaks
 *   core    a token without the opening punctuation before it
 *   part    the letters next to a dash or a slash
 */
#include "text/text_int.h"

#include <string.h>
#include <utf8proc.h>

typedef struct token {
    uint32_t begin, end;
    bool is_plain;  /* nothing but letters of Latin */
    bool has_digit; /* ASCII */
    bool has_point; /* or a colon */
    bool has_joint; /* a dash, a slash or an ideograph, or what may be one by its first byte */
} token;

typedef struct segmenter {
    bt_str text;
    uint8_t *breaks;
    const bt_range *verbatim;
    uint32_t n_verbatim, verbatim_i;
    token last[2];      /* the tokens before, of the same line; [0] the nearest; begin == end: none */
    bool is_quote_open; /* an odd number of straight quotes stands before */
    bool line_is_new;   /* no token of this line is finished */
} segmenter;

/* --- characters --- */

static uint32_t char_at(bt_str text, size_t at)
{
    uint32_t c = 0;
    if (at < text.len) bt_utf8_decode(text, at, &c);
    return c;
}

static size_t before(bt_str text, size_t at, size_t begin)
{
    if (at <= begin) return begin;
    at--;
    while (at > begin && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at--;
    return at;
}

static uint32_t char_before(bt_str text, size_t at, size_t begin)
{
    return at > begin ? char_at(text, before(text, at, begin)) : 0;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_capital(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

/* The letters of Vietnamese and its neighbours: most of what is asked about. */
static bool is_latin_letter(uint32_t c) { return (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00); }

static bool is_opening(uint32_t c)
{
    if (c < 0x80) return c && strchr("([{", (int)c);
    if (is_latin_letter(c)) return false;
    if (c == 0xAB || c == 0x2018 || c == 0x201A || c == 0x201C || c == 0x201E || c == 0x2039 || c == 0xBF) return true;
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_PS;
}

/* What may not begin a line. */
static bool is_closing(uint32_t c)
{
    if (c < 0x80) return c && strchr(")]}%,.;:!?", (int)c);
    if (is_latin_letter(c)) return false;
    if (c == 0xBB || c == 0x2019 || c == 0x201D || c == 0x2026 || c == 0x203A || c == 0x2030 || c == 0xB0) return true;
    if (c == 0x3001 || c == 0x3002 || c == 0x30FC || (c >= 0xFF01 && c <= 0xFF1F && c != 0xFF08)) return true;
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_PE;
}

static bool is_long_dash(uint32_t c) { return c >= 0x2012 && c <= 0x2015; }
static bool is_hyphen(uint32_t c) { return c == '-' || c == 0x2010; }

static bool is_ideograph(uint32_t c)
{
    return c >= 0x2E80 && ((c < 0xA000 && c != 0x3000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF01 && c < 0xFFA0) ||
                           (c >= 0x20000 && c < 0x40000));
}

/* Kana that continue the one before, and what closes. */
static bool may_not_begin_line(uint32_t c)
{
    static const uint32_t small_kana[] = {0x3041, 0x3043, 0x3045, 0x3047, 0x3049,
                                          0x3063, 0x3083, 0x3085, 0x3087, 0x308E};
    if (is_closing(c) || c == 0x3005 || c == 0x30FB) return true;
    for (size_t i = 0; i < sizeof small_kana / sizeof *small_kana; i++) {
        if (c == small_kana[i] || c == small_kana[i] + 0x60) return true; /* hiragana, katakana */
    }
    return false;
}

/* --- tokens --- */

static bt_str text_of(const segmenter *s, token t) { return bt_str_slice(s->text, t.begin, t.end); }

static bt_str core_of(const segmenter *s, token t)
{
    bt_str core = text_of(s, t);
    for (;;) {
        uint32_t c = char_at(core, 0);
        if (!c || (!is_opening(c) && c != '"' && c != '\'')) return core;
        core = bt_str_slice(core, bt_utf8_decode(core, 0, &c), core.len);
    }
}

/* "487,5", "+12", "≥3": begins like a number and ends in a digit. */
static bool is_number(bt_str core)
{
    if (!core.len || !is_digit((unsigned char)core.ptr[core.len - 1])) return false;
    uint32_t first = char_at(core, 0);
    bool is_sign = first == '+' || first == '-' || first == '<' || first == '>' || first == '~' || first == 0x2212 ||
                   first == 0x2248 || first == 0x2264 || first == 0x2265 || first == 0xB1;
    if (!is_digit(first) && !is_sign) return false;
    for (size_t at = 0; at < core.len;) {
        uint32_t c;
        at += bt_utf8_decode(core, at, &c);
        if (is_letter(c)) return false;
    }
    return true;
}

enum { LONGEST_UNIT = 16 };

/* The letters and digits at the token's begin, in lower case; empty where they are too many to be a unit. */
static bt_str unit_word(bt_str core, char buffer[LONGEST_UNIT + 4])
{
    size_t length = 0;
    for (size_t at = 0; at < core.len;) {
        uint32_t c;
        at += bt_utf8_decode(core, at, &c);
        if (!is_letter(c) && !is_digit(c) && c != 0xB2 && c != 0xB3 && c != 0xB0) break;
        if (length > LONGEST_UNIT) return BT_STR("");
        length += bt_utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), buffer + length);
    }
    return (bt_str){buffer, length};
}

/* Most words differ from most in their first byte. */
static bool is_one_of(bt_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; word.len && i < n; i++) {
        if (words[i][0] == word.ptr[0] && bt_str_is(word, words[i])) return true;
    }
    return false;
}
#define IS_ONE_OF(word, words) is_one_of((word), (words), sizeof(words) / sizeof *(words))

static const char *const multiples[] = {"tỷ", "tỉ", "triệu", "nghìn", "ngàn", "trăm", "vạn", "chục"};
static const char *const currencies[] = {"đồng", "đ", "vnđ", "vnd", "usd", "eur", "euro"};
static const char *const measures[] = {
    "ha", "kg",  "g",   "mg",  "tấn", "tạ", "yến", "km",  "m",   "dm",  "cm", "mm", "km2",
    "m2", "km²", "m²",  "cm²", "cm2", "m3", "m³",  "cm³", "cm3", "lít", "l",  "ml", "kw",
    "mw", "kwh", "mwh", "kv",  "w",   "v",  "hz",  "mb",  "gb",  "tb",  "°c", "°",
};

static bool is_measure(bt_str word) { return IS_ONE_OF(word, measures); }

/* "Đ/c Hoa", "TP. Thanh Hóa", "PGS.TS. An": the title or kind stays with the name. */
static bool is_abbreviation(bt_str core)
{
    static const char *const endings[] = {
        "TP.",  "Tp.",   "TX.",   "TT.",   "PGS.",  "TS.",   "GS.", "ThS.", "THS.", "Ths.", "BS.", "CN.", "KS.", "NCS.",
        "CKI.", "CKII.", "NSƯT.", "NSND.", "NGƯT.", "NGND.", "Mr.", "Mrs.", "Ms.",  "Dr.",  "P.",  "Q.",  "H.",  "X."};
    static const char *const whole[] = {"Đ/c",  "đ/c",  "Đ/C", "đ/C", "Đc",    "đc",     "Đc.",   "đc.",
                                        "Đ/c.", "đ/c.", "PGS", "ThS", "GS.TS", "PGS.TS", "GS,TS", "PGS,TS"};
    if (!core.len || !strchr(".cCS", core.ptr[core.len - 1])) return false; /* what follows is slow */
    if (IS_ONE_OF(core, whole)) return true;
    if (core.ptr[core.len - 1] != '.') return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        bt_str ending = bt_str_of(endings[i]);
        if (!bt_str_ends(core, ending)) continue;
        if (core.len == ending.len || core.ptr[core.len - ending.len - 1] == '.') return true;
    }
    return false;
}

static bool is_number_sign(bt_str core)
{
    static const char *const signs[] = {"số", "Số", "SỐ", "No.", "№"};
    return IS_ONE_OF(core, signs);
}

static bool is_dash(bt_str word)
{
    uint32_t c = char_at(word, 0);
    return word.len && (is_hyphen(c) || is_long_dash(c)) && bt_utf8_decode(word, 0, &c) == word.len;
}

/* --- breaks at spaces --- */

/* A token that may not begin a line: closing punctuation, a lone closing quote, a dash and what clings to it. */
static bool clings_to_left(const segmenter *s, bt_str next)
{
    uint32_t first = char_at(next, 0);
    uint32_t c;
    uint32_t second = char_at(next, bt_utf8_decode(next, 0, &c));
    if (is_closing(first)) return !(first == '.' && (is_letter(second) || is_digit(second)));
    if (first == '"' && (!second || is_closing(second))) return s->is_quote_open;
    if (is_hyphen(first) && is_digit(second))
        return is_number(core_of(s, s->last[0])); /* 2022 -2023, but a negative -5 */
    return is_long_dash(first) || is_hyphen(first);
}

static bool clings_to_right(const segmenter *s, bt_str last)
{
    uint32_t c = char_before(last, last.len, 0);
    if (is_opening(c)) return true;
    if (bt_str_is(last, "\"")) return s->is_quote_open;
    return s->line_is_new && is_dash(last); /* a dash that heads a line is its bullet */
}

/* `after`: the token after `next`, for "3 đồng chí", three comrades, no money. */
static bool is_unit_of(const segmenter *s, bt_str number, bt_str next, bt_str after)
{
    bool is_amount = is_number(number), is_multiple_of = !is_amount && is_number(core_of(s, s->last[1]));
    if (!is_amount && !is_multiple_of) return false;
    char buffer[LONGEST_UNIT + 4];
    bt_str unit = unit_word(next, buffer);
    if (IS_ONE_OF(unit, currencies)) {
        if (bt_str_is(unit, "đồng") && (bt_str_starts(after, BT_STR("chí")) || bt_str_starts(after, BT_STR("CHÍ")))) {
            return false;
        }
        char multiple[LONGEST_UNIT + 4]; /* "487,5 tỷ đồng" */
        return is_amount || IS_ONE_OF(unit_word(number, multiple), multiples);
    }
    return is_amount && (is_measure(unit) || IS_ONE_OF(unit, multiples));
}

/* "1 000 000" */
static bool is_group_of_digits(bt_str last, bt_str next)
{
    if (!last.len || last.len > 3 || next.len < 3 || (next.len > 3 && is_digit((unsigned char)next.ptr[3])))
        return false;
    for (size_t i = 0; i < last.len; i++) {
        if (!is_digit((unsigned char)last.ptr[i])) return false;
    }
    return is_digit((unsigned char)next.ptr[0]) && is_digit((unsigned char)next.ptr[1]) &&
           is_digit((unsigned char)next.ptr[2]);
}

/* Two words of letters part: the first neither ends as an abbreviation does nor follows a number ("487,5 tỷ đồng"). */
static bool are_words(const segmenter *s, token next)
{
    token last = s->last[0];
    if (!next.is_plain || !last.is_plain || s->last[1].has_digit) return false;
    char c = s->text.ptr[last.end - 1];
    return c != 'c' && c != 'C' && c != 'S';
}

static bool may_part(const segmenter *s, token next_token, bt_str after)
{
    bt_str last = text_of(s, s->last[0]), next = text_of(s, next_token);
    bt_str last_core = core_of(s, s->last[0]);
    if (clings_to_left(s, next) || clings_to_right(s, last)) return false;
    if (is_unit_of(s, last_core, next, after) || is_group_of_digits(last_core, next)) return false;
    if (is_abbreviation(last_core)) return false;
    return !(is_digit(char_at(next, 0)) && is_number_sign(last_core));
}

/* --- breaks within a token --- */

typedef struct part {
    uint32_t n_letters;
    bool is_capital; /* every letter */
    size_t end;      /* of a part that goes to the right */
} part;

static part part_before(bt_str text, size_t at, size_t begin)
{
    part p = {.is_capital = true};
    while (at > begin) {
        size_t previous = before(text, at, begin);
        uint32_t c = char_at(text, previous);
        if (!is_letter(c)) break;
        p.n_letters++;
        p.is_capital &= is_capital(c);
        at = previous;
    }
    return p;
}

static part part_after(bt_str text, size_t at, size_t end)
{
    part p = {.is_capital = true};
    while (at < end) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        if (!is_letter(c)) break;
        p.n_letters++;
        p.is_capital &= is_capital(c);
        at += length;
    }
    p.end = at;
    return p;
}

/* After a hyphen or slash at `at`, of `length` bytes: between words, not in codes ("NQ/TW"), rates ("km/h", "đồng/kg").
 */
static bool parts_words(const segmenter *s, token t, size_t at, size_t length)
{
    part left = part_before(s->text, at, t.begin);
    part right = part_after(s->text, at + length, t.end);
    if (left.n_letters < 2 || right.n_letters < 2 || (left.is_capital && right.is_capital)) return false;
    if (s->text.ptr[at] != '/') return true;
    char buffer[LONGEST_UNIT + 4];
    return !is_measure(unit_word(bt_str_slice(s->text, at + length, right.end), buffer));
}

static bool parts_after_dash(const segmenter *s, token t, size_t at, size_t length)
{
    uint32_t left = char_before(s->text, at, t.begin);
    uint32_t right = at + length < t.end ? char_at(s->text, at + length) : 0;
    if (!right || is_closing(right) || is_long_dash(right) || right == '"') return false;
    if (!left && s->line_is_new) return false;
    return !(is_digit(left) && is_digit(right));
}

static void break_words(segmenter *s, token t, bool has_digit)
{
    uint32_t c = 0;
    for (size_t at = t.begin, length; at < t.end; at += length) {
        uint32_t previous = c;
        length = bt_utf8_decode(s->text, at, &c);
        bool may_break = false;
        if (is_hyphen(c) || c == '/')
            may_break = !has_digit && parts_words(s, t, at, length);
        else if (is_long_dash(c))
            may_break = parts_after_dash(s, t, at, length);
        if (may_break) s->breaks[at + length] = BT_BREAK_ALLOWED;
        bool is_between = at > t.begin && (is_ideograph(previous) || is_ideograph(c)) && !bt_is_space(c) &&
                          !bt_is_space(previous) && bt_starts_cluster(c);
        if (is_between && !is_opening(previous) && !may_not_begin_line(c)) s->breaks[at] = BT_BREAK_ALLOWED;
    }
}

/* --- URLs --- */

static bool contains(bt_str text, bt_str sought)
{
    return text.len && memmem(text.ptr, text.len, sought.ptr, sought.len) != NULL;
}

/* "…hoilhpn.thanhhoa.gov.vn/tin": a host's last label, and nothing but the address after it. */
static bool has_host(bt_str core)
{
    static const char *const domains[] = {".vn", ".com", ".org", ".net"};
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        bt_str domain = bt_str_of(domains[i]);
        const char *found = memmem(core.ptr, core.len, domain.ptr, domain.len);
        if (!found || found == core.ptr) continue;
        size_t end = (size_t)(found - core.ptr) + domain.len;
        uint32_t next = char_at(core, end);
        if (!is_letter(next) && !is_digit(next)) return true;
    }
    return false;
}

static bool is_url(bt_str core)
{
    return contains(core, BT_STR("://")) || bt_str_starts(core, BT_STR("www.")) || has_host(core);
}

/* After / ? & - . = and not within "://"; a few characters stay on either line. */
static void break_url(segmenter *s, size_t begin, size_t end)
{
    enum { LEAST_BEFORE = 3, LEAST_AFTER = 4 };
    for (size_t at = begin; at + 1 < end; at++) {
        char c = s->text.ptr[at], next = s->text.ptr[at + 1];
        if (!strchr("/?&-.=", c) || !c || strchr("/?&-.=", next) || is_closing((unsigned char)next)) continue;
        if (at + 1 - begin < LEAST_BEFORE || end - (at + 1) < LEAST_AFTER) continue;
        uint32_t after = char_at(s->text, at + 1);
        if (after < 0x80 || !is_closing(after)) s->breaks[at + 1] = BT_BREAK_ALLOWED;
    }
}

/* The token's begin and end within the verbatim range that it meets; false: none. */
static bool verbatim_part(segmenter *s, token t, size_t *begin, size_t *end)
{
    while (s->verbatim_i < s->n_verbatim && s->verbatim[s->verbatim_i].end <= t.begin) s->verbatim_i++;
    if (s->verbatim_i == s->n_verbatim || s->verbatim[s->verbatim_i].begin >= t.end) return false;
    const bt_range *range = &s->verbatim[s->verbatim_i];
    *begin = range->begin > t.begin ? range->begin : t.begin;
    *end = range->end < t.end ? range->end : t.end;
    return true;
}

/* --- the walk --- */

/* The token that begins at `at`, and what its bytes tell of it. Dashes and ideographs begin with E2 or more, the
 * letters of Vietnamese with C3 to C8 or E1 B8 to E1 BB. */
static token token_at(bt_str text, uint32_t at)
{
    token t = {.begin = at, .is_plain = true};
    for (; at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\n'; at++) {
        unsigned char c = (unsigned char)text.ptr[at], lower = c | 0x20;
        if (lower >= 'a' && lower <= 'z' && c < 0x80) continue;
        if (c >= 0x80 && c < 0xC0) continue; /* a letter's later byte: its first has decided */
        bool is_latin =
            (c >= 0xC3 && c <= 0xC8) || (c == 0xE1 && at + 1 < text.len && (unsigned char)text.ptr[at + 1] >= 0xB8 &&
                                         (unsigned char)text.ptr[at + 1] <= 0xBB);
        t.is_plain = t.is_plain && is_latin;
        t.has_digit = t.has_digit || is_digit(c);
        t.has_point = t.has_point || c == '.' || c == ':';
        t.has_joint = t.has_joint || c == '-' || c == '/' || c >= 0xE2;
    }
    t.end = at;
    return t;
}

static uint32_t token_end(bt_str text, uint32_t at)
{
    while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\n') at++;
    return at;
}

/* Most tokens are a syllable and have no break inside. */
static void finish_token(segmenter *s, token t)
{
    size_t begin, end;
    if (s->n_verbatim && verbatim_part(s, t, &begin, &end))
        break_url(s, begin, end);
    else if (t.has_point && is_url(core_of(s, t)))
        break_url(s, t.begin, t.end);
    else if (t.has_joint)
        break_words(s, t, t.has_digit);
}

static void pass_quotes(segmenter *s, token t)
{
    if (t.is_plain) return;
    for (uint32_t at = t.begin; at < t.end; at++) s->is_quote_open ^= s->text.ptr[at] == '"';
}

void bt_segment(bt_str text, const bt_range *verbatim, uint32_t n_verbatim, uint8_t *breaks)
{
    segmenter s = {.text = text, .breaks = breaks, .verbatim = verbatim, .n_verbatim = n_verbatim, .line_is_new = true};
    for (uint32_t at = 0; at < text.len;) {
        token t = token_at(text, at);
        if (s.last[0].end > s.last[0].begin) {
            uint32_t after = t.end < text.len && text.ptr[t.end] == ' ' ? t.end + 1 : t.end;
            if (are_words(&s, t) || may_part(&s, t, bt_str_slice(text, after, token_end(text, after))))
                breaks[t.begin] = BT_BREAK_ALLOWED;
            s.line_is_new = false;
        }
        finish_token(&s, t);
        pass_quotes(&s, t);
        s.last[1] = s.last[0];
        s.last[0] = t;
        at = t.end + 1;
        if (t.end < text.len && text.ptr[t.end] == '\n') {
            s.last[0] = s.last[1] = (token){0};
            s.line_is_new = true;
            if (at < text.len) breaks[at] = BT_BREAK_FORCED;
        }
    }
}
