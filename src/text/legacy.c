/* legacy.c - see legacy.h. Words are judged one by one, then runs of them.
 *
 * For each encoding a text is cut into words, and each word gets a verdict: what it would be in that encoding, against
 * what it is as it stands. A run begins at a word that only the encoding explains and goes on while the words are for
 * it more than against; a letter that is in Unicode only ends it. A run of three such words or more stands on its own.
 * A shorter one needs company: no stranger near, and a second such word or a document in which the encoding is at home.
 */
#include "text/legacy_int.h"

/* What a word is for an encoding. */
typedef enum verdict {
    PLAIN,    /* says nothing: ASCII that may be Vietnamese, initials, letters that are the same in both */
    FOREIGN,  /* ASCII that is no syllable */
    GOOD,     /* a syllable of the encoding, and none as it stands */
    BOTH,     /* a syllable either way */
    INITIALS, /* "Q§": capitals, one of them the encoding's */
    JOINED,   /* syllables without the space between them */
    SYMBOL,   /* a syllable, but all of it signs: « is ô */
    BAD,      /* nothing in the encoding, and nothing in Vietnamese */
    UNICODE,  /* Vietnamese as it stands, or letters that no byte stands for: ends a run */
} verdict;

/* How far a word is written in capitals. TCVN3 has no toned ones, so their fonts are typed with small codes: "HéI". */
typedef enum capitals { NOT_CAPITALS, MAYBE_CAPITALS, BARE_CAPITALS, SURE_CAPITALS } capitals;

typedef struct word {
    uint32_t begin, end; /* bytes */
    verdict verdict;
    capitals capitals;
    uint32_t hash;  /* tells GOOD words apart */
    uint64_t codes; /* the characters beyond ASCII that it has: U+00C0 to U+00FF, those below folded into them */
} word;

typedef struct reader {
    bt_arena *scratch;
    bt_str text;
    bt_legacy_kind kind;
    const bt_legacy_habits *habits;
    BT_ARRAY(word) words;
    bool has_guillemets; /* « and » are quotation marks in this text */
    uint32_t n_unicode;
} reader;

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

static verdict judge_ascii(const spelling *s)
{
    bool is_ours = s->n == 1 || may_be_initials(s) || is_latin_syllable(s->characters, s->n, true);
    return is_ours ? PLAIN : FOREIGN;
}

static capitals capitals_of(bt_legacy_kind kind, const bt_decoded *d)
{
    uint32_t n_upper = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const bt_letter *letter = &d->letters[i];
        n_upper += letter->is_upper;
        bool lacks_capital = kind == BT_TCVN3 && d->is_changed[i] && letter->tone != BT_LEVEL;
        if (!letter->is_upper && !lacks_capital) return NOT_CAPITALS;
    }
    if (!n_upper) return BARE_CAPITALS;
    if (n_upper == 1 && d->n == 1) return NOT_CAPITALS;
    return n_upper == 1 && d->letters[0].is_upper ? MAYBE_CAPITALS : SURE_CAPITALS;
}

/* Small letters, one capital and small letters, or capitals. */
static bool has_usual_case(const bt_decoded *d, capitals how)
{
    if (how != NOT_CAPITALS) return true;
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

static verdict judge_decoded(const spelling *s, const bt_decoded *d, bool has_letters, bool is_syllable)
{
    bool is_vietnamese = is_latin_syllable(s->characters, s->n, false);
    if (!d->n_changed) return is_vietnamese ? PLAIN : BAD;
    if (is_syllable && (is_vietnamese || ((s->n == 1 || d->n == 1) && has_letters)))
        return BOTH; /* one letter proves nothing */
    if (is_syllable) return has_letters ? GOOD : SYMBOL;
    if (is_vietnamese) return UNICODE;
    if (is_initials(d)) return INITIALS;
    if (is_joined(d)) return JOINED;
    return has_letters ? BAD : PLAIN;
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

static void judge(reader *r, const spelling *s, word *w)
{
    bool is_ascii = true, is_wide = false;
    for (uint32_t i = 0; i < s->n; i++) {
        is_ascii = is_ascii && s->characters[i] < 0x80;
        is_wide = is_wide || s->characters[i] > 0xFF;
    }
    if (is_wide) {
        w->verdict = UNICODE;
        r->n_unicode += !s->is_long && is_latin_syllable(s->characters, s->n, false);
        return;
    }
    if (s->is_long) {
        w->verdict = is_ascii ? FOREIGN : BAD;
        return;
    }
    if (is_ascii) {
        bool is_capital = s->n > 1 && s->characters[0] < 'a' && s->characters[1] < 'a';
        w->verdict = judge_ascii(s);
        if (w->verdict == PLAIN && is_capital && is_latin_syllable(s->characters, s->n, true))
            w->capitals = SURE_CAPITALS;
        return;
    }
    bt_decoded d;
    if (!bt_legacy_decode(r->kind, s->characters, s->n, &d)) {
        bool is_vietnamese = is_latin_syllable(s->characters, s->n, false);
        w->verdict = is_vietnamese ? UNICODE : has_letter(s) ? BAD : PLAIN;
        return;
    }
    w->capitals = capitals_of(r->kind, &d);
    bool is_syllable = bt_is_syllable(d.letters, d.n, false) && has_usual_case(&d, w->capitals);
    w->verdict = judge_decoded(s, &d, has_letter(s), is_syllable);
    w->hash = hash_of(&d);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->characters[i] >= 0x80) w->codes |= (uint64_t)1 << (s->characters[i] & 63);
}

/* Where the text itself shows what a lone letter is: "5.000®" is đồng, "§/c" is đồng chí. */
static void judge_lone_letter(const reader *r, const spelling *s, word *w)
{
    bt_decoded d;
    if (s->n != 1 || s->characters[0] < 0x80 || !bt_legacy_decode(r->kind, s->characters, 1, &d)) return;
    if (d.letters[0].base != 'D') return;
    bool is_money = w->begin && is_digit((unsigned char)r->text.ptr[w->begin - 1]);
    if (is_money || char_at(r->text, w->end) == '/') w->verdict = INITIALS;
}

static void cut(spelling *s, uint32_t from_begin, uint32_t from_end)
{
    s->n -= from_begin + from_end;
    for (uint32_t i = 0; i < s->n; i++) s->characters[i] = s->characters[i + from_begin];
    for (uint32_t i = 0; i <= s->n; i++) s->at[i] = s->at[i + from_begin];
}

/* Guillemets round a word are no letters of it, unless only they make a syllable. False: nothing else is there. */
static bool cut_guillemets(reader *r, spelling *s)
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
static size_t read_spelling(const reader *r, size_t at, spelling *s)
{
    s->n = 0;
    s->is_long = false;
    s->at[0] = (uint32_t)at;
    while (at < r->text.len) {
        uint32_t c;
        size_t length = bt_utf8_decode(r->text, at, &c);
        if (!is_in_word(r->kind, c)) break;
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

static void push_word(reader *r, spelling *s, size_t end)
{
    if (!cut_guillemets(r, s)) return;
    word *w = BT_PUSH(r->scratch, &r->words);
    if (!w) return;
    *w = (word){.begin = s->at[0], .end = s->is_long ? (uint32_t)end : s->at[s->n]};
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

static void read_words(reader *r)
{
    bool is_new = true; /* a piece between blanks begins */
    spelling s;
    for (size_t at = 0; at < r->text.len && !r->scratch->failed;) {
        if (is_blank(r->text.ptr[at])) {
            is_new = true;
            at++;
            continue;
        }
        size_t end = is_new ? name_end(r->text, at) : at;
        is_new = false;
        if (end == at && is_ascii_letter((unsigned char)r->text.ptr[at])) end = address_end(r->text, at);
        if (end == at) {
            end = read_spelling(r, at, &s);
            if (s.n) push_word(r, &s, end);
        }
        uint32_t c;
        at = end > at ? end : at + bt_utf8_decode(r->text, at, &c);
    }
}

/* --- runs of words --- */

typedef struct segment {
    uint32_t begin, end; /* words */
    uint32_t n_good, n_against;
    uint32_t different[3]; /* hashes of the first good words that differ */
    uint32_t n_different;
    uint64_t codes; /* of its good words */
} segment;

/* The encoding is at home in the document. */
static bool is_at_home(const reader *r)
{
    enum { ENOUGH = 6 };
    return r->habits && r->habits->n_good[r->kind] >= ENOUGH;
}

/* The document is written in it, and hardly in Unicode. */
static bool is_alone(const reader *r)
{
    enum { MANY_TIMES = 8 };
    return is_at_home(r) && r->habits->n_good[r->kind] / MANY_TIMES > r->habits->n_unicode;
}

/* Words of this verdict speak for the encoding. */
static bool is_for(const reader *r, verdict found)
{
    return found == GOOD || (found == INITIALS && is_at_home(r)) || (found == BOTH && is_alone(r));
}

static void count_good(segment *seg, const word *w)
{
    seg->n_good++;
    seg->codes |= w->codes;
    for (uint32_t i = 0; i < seg->n_different; i++)
        if (seg->different[i] == w->hash) return;
    if (seg->n_different < 3) seg->different[seg->n_different++] = w->hash;
}

static int score_of(const reader *r, verdict found)
{
    if (is_for(r, found)) return 2;
    return found == BOTH ? 1 : found == FOREIGN ? -1 : found == BAD ? -2 : 0;
}

/* How much a word speaks for another language. */
static uint32_t strangeness(const word *w) { return w->verdict == BAD ? 2 : w->verdict == FOREIGN; }

/* From a word that speaks for the encoding as far as the words do. */
static segment follow(const reader *r, uint32_t begin)
{
    enum { DROP = 6 }; /* so far below its best a run does not recover */
    segment seg = {.begin = begin}, best = seg;
    int score = 0, best_score = 0;
    for (uint32_t i = begin; i < r->words.n; i++) {
        const word *w = &r->words.v[i];
        if (w->verdict == UNICODE) break;
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
static uint32_t strangers_near(const reader *r, const segment *seg)
{
    enum { NEAR = 4 };
    uint32_t n = seg->n_against;
    for (uint32_t i = seg->begin; i-- > 0 && seg->begin - i <= NEAR && r->words.v[i].verdict != UNICODE;)
        n += strangeness(&r->words.v[i]);
    for (uint32_t i = seg->end; i < r->words.n && i < seg->end + NEAR && r->words.v[i].verdict != UNICODE; i++)
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
static bool stands_alone(const reader *r, const segment *seg)
{
    enum { FEW = 3, MANY = 5 };
    uint32_t n = n_codes(seg);
    if (seg->n_different < FEW || n < FEW || seg->n_good <= seg->n_against) return false;
    return (n >= MANY && seg->n_good >= MANY) || seg->n_good > strangers_near(r, seg);
}

static bool is_accepted(const reader *r, const segment *seg)
{
    if (stands_alone(r, seg)) return true;
    uint32_t n_strangers = strangers_near(r, seg);
    if (is_alone(r)) return n_strangers <= seg->n_good;
    return ((seg->n_different >= 2 && n_codes(seg) >= 2) || is_at_home(r)) && !n_strangers;
}

static bool is_converted(const reader *r, const word *w)
{
    switch (w->verdict) {
    case GOOD:
    case BOTH:
    case INITIALS:
    case JOINED:
        return true;
    case SYMBOL:
        return !r->has_guillemets || char_at(r->text, w->begin) != LEFT_GUILLEMET;
    default:
        return false;
    }
}

/* Takes in the words beside a run that are the encoding's if they are anything: they may be a few words away. */
static void widen(const reader *r, uint32_t least, segment *seg)
{
    enum { APART = 3 };
    for (uint32_t i = seg->begin, n_plain = 0; i-- > least && n_plain < APART;) {
        const word *w = &r->words.v[i];
        if (w->verdict == UNICODE || w->verdict == FOREIGN || w->verdict == BAD) break;
        n_plain = is_converted(r, w) ? 0 : n_plain + 1;
        if (!n_plain) seg->begin = i;
    }
    for (uint32_t i = seg->end, n_plain = 0; i < r->words.n && n_plain < APART; i++) {
        const word *w = &r->words.v[i];
        if (w->verdict == UNICODE || w->verdict == FOREIGN || w->verdict == BAD) break;
        n_plain = is_converted(r, w) ? 0 : n_plain + 1;
        if (!n_plain) seg->end = i + 1;
    }
}

/* Nothing between the two shows that the text is in Unicode. */
static bool may_join(const reader *r, const segment *a, const segment *b)
{
    for (uint32_t i = a->end; i < b->begin; i++)
        if (r->words.v[i].verdict == UNICODE) return false;
    return true;
}

typedef struct segments {
    BT_ARRAY(segment) list;
} segments;

static void find_segments(reader *r, segments *found)
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
        widen(r, last ? last->end : 0, &seg);
        if (seg.end > i) i = seg.end;
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

static bool is_in_capitals(const reader *r, const segment *seg, uint32_t word_i)
{
    const word *w = &r->words.v[word_i];
    bool has_before = word_i > seg->begin, has_after = word_i + 1 < seg->end;
    bool before = has_before && w[-1].capitals == SURE_CAPITALS, after = has_after && w[1].capitals == SURE_CAPITALS;
    switch (w->capitals) {
    case SURE_CAPITALS:
        return true;
    case MAYBE_CAPITALS:
        return before || after;
    case BARE_CAPITALS:
        return (before || !has_before) && (after || !has_after) && (before || after);
    default:
        return false;
    }
}

static void write_word(bt_buf *out, const reader *r, const word *w, bool is_upper)
{
    spelling s;
    bt_decoded d;
    reader one = *r;
    one.text.len = w->end;
    read_spelling(&one, w->begin, &s);
    if (!bt_legacy_decode(r->kind, s.characters, s.n, &d)) return;
    for (uint32_t i = 0; i < d.n; i++) {
        bt_letter letter = d.letters[i];
        letter.is_upper = letter.is_upper || is_upper;
        bt_buf_add_codepoint(out, bt_letter_join(letter));
    }
}

static bt_legacy_run convert(bt_arena *arena, const reader *r, const segment *seg)
{
    bt_buf out = bt_buf_in(arena);
    uint32_t begin = r->words.v[seg->begin].begin, at = begin;
    for (uint32_t i = seg->begin; i < seg->end; i++) {
        const word *w = &r->words.v[i];
        if (!is_converted(r, w)) continue;
        bt_buf_add(&out, bt_str_slice(r->text, at, w->begin));
        write_word(&out, r, w, is_in_capitals(r, seg, i));
        at = w->end;
    }
    uint32_t end = r->words.v[seg->end - 1].end;
    bt_buf_add(&out, bt_str_slice(r->text, at, end));
    return (bt_legacy_run){begin, end, r->kind, bt_buf_str(&out)};
}

/* --- a text --- */

/* Most texts have no character of the range that these encodings fill. */
static bool may_have_any(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] == 0xC2 || (unsigned char)text.ptr[i] == 0xC3) return true;
    return false;
}

static reader read_text(bt_arena *scratch, bt_str text, bt_legacy_kind kind, const bt_legacy_habits *habits)
{
    reader r = {.scratch = scratch, .text = text, .kind = kind, .habits = habits};
    read_words(&r);
    return r;
}

/* Where runs of two encodings overlap, the one with more good words stays. */
static void choose(bt_arena *arena, const reader readers[BT_N_LEGACY], const segments found[BT_N_LEGACY],
                   bt_legacy_runs *runs)
{
    BT_ARRAY(bt_legacy_run) chosen = {0};
    uint32_t next[BT_N_LEGACY] = {0};
    for (;;) {
        int first = -1, other = -1;
        uint32_t begin[BT_N_LEGACY], end[BT_N_LEGACY];
        for (int kind = 0; kind < BT_N_LEGACY; kind++) {
            begin[kind] = UINT32_MAX;
            if (next[kind] == found[kind].list.n) continue;
            const segment *seg = &found[kind].list.v[next[kind]];
            begin[kind] = readers[kind].words.v[seg->begin].begin;
            end[kind] = readers[kind].words.v[seg->end - 1].end;
            if (first < 0 || begin[kind] < begin[first]) first = kind;
        }
        if (first < 0) break;
        for (int kind = 0; kind < BT_N_LEGACY; kind++)
            if (kind != first && begin[kind] < end[first]) other = kind;
        const segment *seg = &found[first].list.v[next[first]];
        if (other >= 0 && found[other].list.v[next[other]].n_good > seg->n_good) {
            next[first]++;
        } else if (other >= 0) {
            next[other]++;
        } else {
            bt_legacy_run *run = BT_PUSH(arena, &chosen);
            if (!run) break;
            *run = convert(arena, &readers[first], seg);
            next[first]++;
        }
    }
    *runs = (bt_legacy_runs){chosen.v, chosen.n};
}

bt_status bt_legacy_find(bt_arena *arena, bt_arena *scratch, bt_str text, const bt_legacy_habits *habits,
                         bt_legacy_runs *runs)
{
    *runs = (bt_legacy_runs){NULL, 0};
    if (!may_have_any(text)) return BT_OK;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    reader readers[BT_N_LEGACY];
    segments found[BT_N_LEGACY] = {0};
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        readers[kind] = read_text(scratch, text, (bt_legacy_kind)kind, habits);
        find_segments(&readers[kind], &found[kind]);
    }
    bool has_failed = scratch->failed;
    if (!has_failed) choose(arena, readers, found, runs);
    bt_arena_rewind(scratch, mark);
    return has_failed || arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_legacy_learn(bt_arena *scratch, bt_str text, bt_legacy_habits *habits)
{
    if (!may_have_any(text)) return BT_OK;
    for (int kind = 0; kind < BT_N_LEGACY; kind++) {
        bt_arena_mark mark = bt_arena_set_mark(scratch);
        reader r = read_text(scratch, text, (bt_legacy_kind)kind, NULL);
        for (uint32_t i = 0; i < r.words.n;) {
            if (r.words.v[i].verdict != GOOD) {
                i++;
                continue;
            }
            segment seg = follow(&r, i);
            if (stands_alone(&r, &seg)) habits->n_good[kind] += seg.n_good;
            i = seg.end;
        }
        if (kind == 0) habits->n_unicode += r.n_unicode;
        bool has_failed = scratch->failed;
        bt_arena_rewind(scratch, mark);
        if (has_failed) return BT_NOMEM;
    }
    return BT_OK;
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
