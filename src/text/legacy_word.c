/* legacy_word.c - a text cut into words, and what each would be in an encoding.
 *
 * Signs such as © are letters in TCVN3, so what a word is depends on the encoding. Addresses are no words.
 */
#include "text/legacy_int.h"

#include <string.h>

enum { LEFT_GUILLEMET = 0xAB, RIGHT_GUILLEMET = 0xBB };

/* A word taken out of the text, with where each character begins. */
typedef struct spelling {
    uint32_t characters[BT_LEGACY_LETTERS];
    uint32_t at[BT_LEGACY_LETTERS + 1];
    uint32_t n;
    bool is_long;
} spelling;

/* --- characters --- */

static bool is_ascii_letter(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static bool is_in_word(bt_legacy_kind kind, uint32_t c)
{
    if (c < 0x80) return is_ascii_letter(c);
    if (c < 0x100) return bt_legacy_has(kind, c);
    bool is_sign = (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || (c >= 0xE000 && c < 0xF900);
    return !is_sign && c != 0xFFFD && c < 0x1F000;
}

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* The text's first character from `begin` on; 0 at its end. */
static uint32_t char_at(bt_str text, size_t at)
{
    uint32_t c = 0;
    if (at < text.len) bt_utf8_decode(text, at, &c);
    return c;
}

/* --- one word --- */

static bool is_latin_syllable(const uint32_t *characters, uint32_t n, bool is_bare)
{
    bt_letter letters[BT_LEGACY_LETTERS];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = characters[i] == 0xD0 ? 0x110 : characters[i]; /* Ð is typed for Đ */
        if (!bt_letter_of(c, &letters[i])) return false;
    }
    return bt_is_syllable(letters, n, is_bare);
}

/* Initials are said letter by letter, and mostly lack vowels. */
static bool may_be_initials(const spelling *s)
{
    uint32_t n_vowels = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->characters[i] >= 'a') return false;
        n_vowels += bt_letter_is_vowel((char)(s->characters[i] | 0x20));
    }
    return n_vowels < 2;
}

static void judge_ascii(const spelling *s, bt_legacy_word *w)
{
    bool is_syllable = is_latin_syllable(s->characters, s->n, true);
    w->verdict = s->n == 1 || is_syllable || may_be_initials(s) ? BT_WORD_PLAIN : BT_WORD_FOREIGN;
    bool is_capital = s->n > 1 && s->characters[0] < 'a' && s->characters[1] < 'a';
    if (is_syllable && is_capital) w->capitals = BT_SURE_CAPITALS;
}

static bt_legacy_capitals capitals_of(bt_legacy_kind kind, const bt_decoded *d)
{
    uint32_t n_upper = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const bt_letter *letter = &d->letters[i];
        n_upper += letter->is_upper;
        bool lacks_capital = kind == BT_TCVN3 && d->is_changed[i] && letter->tone != BT_LEVEL;
        if (!letter->is_upper && !lacks_capital) return BT_NOT_CAPITALS;
    }
    if (!n_upper) return BT_BARE_CAPITALS;
    if (n_upper == 1 && d->n == 1) return BT_NOT_CAPITALS;
    return n_upper == 1 && d->letters[0].is_upper ? BT_MAYBE_CAPITALS : BT_SURE_CAPITALS;
}

/* Small letters, one capital and small letters, or capitals. */
static bool has_usual_case(const bt_decoded *d, bt_legacy_capitals how)
{
    if (how != BT_NOT_CAPITALS) return true;
    for (uint32_t i = 1; i < d->n; i++)
        if (d->letters[i].is_upper) return false;
    return true;
}

static bool is_initials(const bt_decoded *d)
{
    bool is_changed = false, is_plain = false;
    for (uint32_t i = 0; i < d->n; i++) {
        if (!d->letters[i].is_upper || d->letters[i].tone != BT_LEVEL) return false;
        is_changed = is_changed || d->is_changed[i];
        is_plain = is_plain || !d->is_changed[i];
    }
    return is_changed && is_plain;
}

/* Two to four syllables in a row, at least two of them the encoding's. */
static bool is_joined(const bt_decoded *d)
{
    enum { MOST_PARTS = 4 };
    uint32_t at = 0, n_parts = 0, n_changed = 0;
    while (at < d->n && n_parts < MOST_PARTS) {
        uint32_t n = d->n - at < 7 ? d->n - at : 7;
        while (n && !bt_is_syllable(d->letters + at, n, false)) n--;
        if (!n) return false;
        bool is_changed = false;
        for (uint32_t i = at; i < at + n; i++) is_changed = is_changed || d->is_changed[i];
        n_changed += is_changed;
        n_parts++;
        at += n;
    }
    return at == d->n && n_changed >= 2;
}

/* FNV-1a over bases and tones. */
static uint32_t hash_of(const bt_decoded *d)
{
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < d->n; i++) {
        hash = (hash ^ (unsigned char)d->letters[i].base) * 16777619u;
        hash = (hash ^ d->letters[i].tone) * 16777619u;
    }
    return hash;
}

static bt_legacy_verdict judge_decoded(const spelling *s, const bt_decoded *d, bool has_letters, bool is_syllable)
{
    bool is_vietnamese = is_latin_syllable(s->characters, s->n, false);
    if (!d->n_changed) return is_vietnamese ? BT_WORD_PLAIN : BT_WORD_BAD;
    if (is_syllable && (is_vietnamese || ((s->n == 1 || d->n == 1) && has_letters)))
        return BT_WORD_BOTH; /* one letter proves nothing */
    if (is_syllable) return has_letters ? BT_WORD_GOOD : BT_WORD_SYMBOL;
    if (is_vietnamese) return BT_WORD_UNICODE;
    if (is_initials(d)) return BT_WORD_INITIALS;
    if (is_joined(d)) return BT_WORD_JOINED;
    return has_letters ? BT_WORD_BAD : BT_WORD_PLAIN;
}

/* Whether some character is a letter by itself, and not a sign such as © that the encoding reads as one. */
static bool has_letter(const spelling *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t c = s->characters[i];
        if (is_ascii_letter(c) || (c >= 0xC0 && c != 0xD7 && c != 0xF7)) return true;
    }
    return false;
}

/* ạ to ỹ, ơ, ư: no other language has them. */
static bool has_our_letter(const spelling *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t c = s->characters[i];
        if ((c >= 0x1EA0 && c < 0x1EFA) || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0) return true;
    }
    return false;
}

static void judge(bt_legacy_reader *r, const spelling *s, bt_legacy_word *w)
{
    bool is_ascii = true, is_wide = false;
    for (uint32_t i = 0; i < s->n; i++) {
        is_ascii = is_ascii && s->characters[i] < 0x80;
        is_wide = is_wide || s->characters[i] > 0xFF;
    }
    if (is_wide) {
        w->verdict = BT_WORD_UNICODE;
        r->n_unicode += r->counts_unicode && has_our_letter(s);
        return;
    }
    if (s->is_long) {
        w->verdict = is_ascii ? BT_WORD_FOREIGN : BT_WORD_BAD;
        return;
    }
    w->is_ascii = is_ascii;
    if (is_ascii) return;
    bt_decoded d;
    if (!bt_legacy_decode(r->kind, s->characters, s->n, &d)) {
        bool is_vietnamese = is_latin_syllable(s->characters, s->n, false);
        w->verdict = is_vietnamese ? BT_WORD_UNICODE : has_letter(s) ? BT_WORD_BAD : BT_WORD_PLAIN;
        return;
    }
    w->capitals = capitals_of(r->kind, &d);
    bool is_syllable = bt_is_syllable(d.letters, d.n, false) && has_usual_case(&d, w->capitals);
    w->verdict = judge_decoded(s, &d, has_letter(s), is_syllable);
    if (w->verdict == BT_WORD_PLAIN && d.n_changed) w->capitals = BT_NOT_CAPITALS; /* a sign: ½ */
    w->hash = hash_of(&d);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->characters[i] >= 0x80) w->codes |= (uint64_t)1 << (s->characters[i] & 63);
}

/* Where the text itself shows what a lone letter is: "5.000®" is đồng, "§/c" is đồng chí. */
static void judge_lone_letter(const bt_legacy_reader *r, const spelling *s, bt_legacy_word *w)
{
    bt_decoded d;
    if (s->n != 1 || s->characters[0] < 0x80 || !bt_legacy_decode(r->kind, s->characters, 1, &d)) return;
    if (!d.n_changed || d.letters[0].base != 'D') return;
    bool is_money = w->begin && is_digit((unsigned char)r->text.ptr[w->begin - 1]);
    if (is_money || char_at(r->text, w->end) == '/') w->verdict = BT_WORD_INITIALS;
}

static void cut(spelling *s, uint32_t from_begin, uint32_t from_end)
{
    s->n -= from_begin + from_end;
    for (uint32_t i = 0; i < s->n; i++) s->characters[i] = s->characters[i + from_begin];
    for (uint32_t i = 0; i <= s->n; i++) s->at[i] = s->at[i + from_begin];
}

/* Guillemets round a word are no letters of it, unless only they make a syllable. False: nothing else is there. */
static bool cut_guillemets(bt_legacy_reader *r, spelling *s)
{
    bt_decoded d;
    bool begins = s->characters[0] == LEFT_GUILLEMET;
    bool ends = s->characters[s->n - 1] == RIGHT_GUILLEMET;
    if (r->kind != BT_TCVN3 || s->is_long || (!begins && !ends)) return true;
    if (bt_legacy_decode(r->kind, s->characters, s->n, &d) && bt_is_syllable(d.letters, d.n, false)) return true;
    r->has_guillemets = r->has_guillemets || ends;
    if (s->n == (uint32_t)begins + ends) return false;
    if (ends) cut(s, 0, 1);
    if (begins && !(bt_legacy_decode(r->kind, s->characters, s->n, &d) && bt_is_syllable(d.letters, d.n, false)))
        cut(s, 1, 0);
    return s->n > 0;
}

/* --- the words of a text --- */

/* Reads the word at `at`; gives its end. A word of more letters than BT_LEGACY_LETTERS keeps the first ones. */
static size_t read_spelling(bt_legacy_kind kind, bt_str text, size_t at, spelling *s)
{
    s->n = 0;
    s->is_long = false;
    s->at[0] = (uint32_t)at;
    while (at < text.len) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        if (!is_in_word(kind, c)) break;
        at += length;
        if (s->n == BT_LEGACY_LETTERS) {
            s->is_long = true;
            if (c > 0xFF) s->characters[0] = c;
            continue;
        }
        s->characters[s->n++] = c;
        s->at[s->n] = (uint32_t)at;
    }
    return at;
}

static void push_word(bt_legacy_reader *r, spelling *s, size_t end)
{
    if (!cut_guillemets(r, s)) return;
    bt_legacy_word *w = BT_PUSH(r->scratch, &r->words);
    if (!w) return;
    *w = (bt_legacy_word){.begin = s->at[0], .end = s->is_long ? (uint32_t)end : s->at[s->n]};
    judge(r, s, w);
    judge_lone_letter(r, s, w);
}

/* Whether the text goes on with these small ASCII letters, or with capitals for them. */
static bool goes_on_with(bt_str text, size_t at, bt_str head)
{
    if (text.len - at < head.len) return false;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)text.ptr[at + i];
        if ((is_ascii_letter(c) ? c | 0x20 : c) != (unsigned char)head.ptr[i]) return false;
    }
    return true;
}

/* The end of an address that begins here: nothing in it is prose. `at` itself: none does. */
static size_t address_end(bt_str text, size_t at)
{
    static const bt_str heads[] = {BT_STR_INIT("http://"), BT_STR_INIT("https://"), BT_STR_INIT("mailto:"),
                                   BT_STR_INIT("tel:"), BT_STR_INIT("www.")};
    bool is_address = false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        is_address = is_address || goes_on_with(text, at, heads[i]);
    if (!is_address) return at;
    while (at < text.len && !is_blank(text.ptr[at]) && text.ptr[at] != ')') at++;
    return at;
}

/* The end of a piece without blanks that is a mail address or a path of Windows; `at` itself: it is neither. */
static size_t name_end(bt_str text, size_t at)
{
    size_t end = at;
    bool is_name = false;
    for (; end < text.len && !is_blank(text.ptr[end]); end++) {
        bool is_drive = text.ptr[end] == ':' && end + 1 < text.len && text.ptr[end + 1] == '\\';
        is_name = is_name || is_drive || text.ptr[end] == '@';
    }
    return is_name ? end : at;
}

/* Each address has one of these; w is no letter of Vietnamese, so most texts have none. */
static bool may_have_addresses(bt_str text)
{
    static const char signs[] = "@:\\wW";
    bool has_any = false;
    for (const char *sign = signs; *sign && text.len; sign++)
        has_any = has_any || memchr(text.ptr, *sign, text.len) != NULL;
    return has_any;
}

/* Walks over a text. */
typedef struct walk {
    bt_str text;
    size_t at;
    bool is_new; /* a piece between blanks begins */
    bool has_addresses;
} walk;

static walk walk_begin(bt_str text)
{
    return (walk){.text = text, .is_new = true, .has_addresses = may_have_addresses(text)};
}

/* Passes blanks and addresses. False: the text ends. */
static bool walk_on(walk *w)
{
    while (w->at < w->text.len) {
        size_t at = w->at;
        if (is_blank(w->text.ptr[at])) {
            w->is_new = true;
            w->at++;
            continue;
        }
        if (w->has_addresses && w->is_new) w->at = name_end(w->text, at);
        w->is_new = false;
        if (w->has_addresses && w->at == at && is_ascii_letter((unsigned char)w->text.ptr[at]))
            w->at = address_end(w->text, at);
        if (w->at == at) return true;
    }
    return false;
}

/* Goes to `end`, behind a word; where there was none, behind the character. */
static void walk_to(walk *w, size_t end)
{
    uint32_t c;
    w->at = end > w->at ? end : w->at + bt_utf8_decode(w->text, w->at, &c);
}

void bt_legacy_read_words(bt_legacy_reader *r)
{
    walk w = walk_begin(r->text);
    spelling s;
    while (!r->scratch->failed && walk_on(&w)) {
        size_t end = read_spelling(r->kind, r->text, w.at, &s);
        if (s.n) push_word(r, &s, end);
        walk_to(&w, end);
    }
}

/* A sign that is a letter in one encoding and ends a word in another: what is round it would have to be read in each.
 */
static bool is_doubtful(uint32_t c) { return c >= 0x80 && c < 0x100 && !bt_legacy_has(BT_CP1258, c); }

static bool is_clear(const spelling *s)
{
    bool is_ascii = true, is_wide = false;
    for (uint32_t i = 0; i < s->n; i++) {
        if (is_doubtful(s->characters[i])) return false;
        is_ascii = is_ascii && s->characters[i] < 0x80;
        is_wide = is_wide || s->characters[i] > 0xFF;
    }
    return !s->is_long && (is_ascii || is_wide || is_latin_syllable(s->characters, s->n, false));
}

bool bt_legacy_is_clear(bt_str text, uint32_t *n_unicode)
{
    walk w = walk_begin(text);
    spelling s;
    *n_unicode = 0;
    while (walk_on(&w)) {
        size_t end = read_spelling(BT_TCVN3, text, w.at, &s); /* which has the others' letters and such signs */
        if (!is_clear(&s)) return false;
        *n_unicode += has_our_letter(&s);
        walk_to(&w, end);
    }
    return true;
}

bool bt_legacy_is_converted(const bt_legacy_reader *r, const bt_legacy_word *w)
{
    switch (w->verdict) {
    case BT_WORD_GOOD:
    case BT_WORD_BOTH:
    case BT_WORD_INITIALS:
    case BT_WORD_JOINED:
        return true;
    case BT_WORD_SYMBOL:
        return !r->has_guillemets || char_at(r->text, w->begin) != LEFT_GUILLEMET;
    case BT_WORD_PLAIN: /* "ý" among capitals */
        return !w->is_ascii && w->capitals != BT_NOT_CAPITALS;
    default:
        return false;
    }
}

static void spell(const bt_legacy_reader *r, const bt_legacy_word *w, spelling *s)
{
    read_spelling(r->kind, bt_str_slice(r->text, 0, w->end), w->begin, s);
}

void bt_legacy_judge_ascii(bt_legacy_reader *r)
{
    spelling s;
    for (uint32_t i = 0; i < r->words.n; i++) {
        if (!r->words.v[i].is_ascii) continue;
        spell(r, &r->words.v[i], &s);
        judge_ascii(&s, &r->words.v[i]);
    }
}

bool bt_legacy_word_decode(const bt_legacy_reader *r, const bt_legacy_word *w, bt_decoded *decoded)
{
    spelling s;
    spell(r, w, &s);
    return bt_legacy_decode(r->kind, s.characters, s.n, decoded);
}
