/* syllable.c - see syllable.h. A syllable is at most onset, nucleus and final, each out of a short list. */
#include "text/syllable.h"

#include <string.h>

/* --- letters --- */

enum { N_VOWELS = 12, N_TONES = 6 };

static const char vowel_bases[N_VOWELS + 1] = "aWAeEioOFuUy";

/* Base, then the letter without a tone, with grave, hook, tilde, acute, dot. */
#define VOWELS(VOWEL)                                                                                                  \
    VOWEL('a', 'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1)                                                                  \
    VOWEL('W', 0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7)                                                          \
    VOWEL('A', 0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD)                                                           \
    VOWEL('e', 'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9)                                                                \
    VOWEL('E', 0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7)                                                           \
    VOWEL('i', 'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB)                                                                 \
    VOWEL('o', 'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD)                                                                  \
    VOWEL('O', 0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9)                                                           \
    VOWEL('F', 0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3)                                                          \
    VOWEL('u', 'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5)                                                                 \
    VOWEL('U', 0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1)                                                          \
    VOWEL('y', 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5)

static const uint16_t vowels[N_VOWELS][N_TONES] = {
#define VOWEL(base, level, grave, hook, tilde, acute, dot) {level, grave, hook, tilde, acute, dot},
    VOWELS(VOWEL)
#undef VOWEL
};

/* The small letters beyond ASCII, by character: up to U+01B0, then from U+1EA0 on. */
#define SLOT(c) ((c) <= 0x1B0 ? (c) : (c)-0x1EA0 + 0x1B1)
enum { N_SLOTS = SLOT(0x1EF9) + 1 };

static const struct small_letter {
    char base; /* 0: none of ours */
    uint8_t tone;
} small_letters[N_SLOTS] = {[0x111] = {'D', BT_LEVEL},
#define VOWEL(base, level, grave, hook, tilde, acute, dot)                                                             \
    [SLOT(level)] = {base, BT_LEVEL}, [SLOT(grave)] = {base, BT_GRAVE}, [SLOT(hook)] = {base, BT_HOOK},                \
    [SLOT(tilde)] = {base, BT_TILDE}, [SLOT(acute)] = {base, BT_ACUTE}, [SLOT(dot)] = {base, BT_DOT},
                            VOWELS(VOWEL)
#undef VOWEL
};

bool bt_letter_is_vowel(char base) { return base && strchr(vowel_bases, base) != NULL; }

/* The small letter of those that Vietnamese has; any other character as it is. */
static uint32_t to_lower(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    if (c < 0x100) return c >= 0xC0 && c < 0xDF && c != 0xD7 ? c + 0x20 : c;
    if (c == 0x1A0 || c == 0x1AF) return c + 1;
    bool is_even_capital = c == 0x102 || c == 0x110 || c == 0x128 || c == 0x168 || (c >= 0x1EA0 && c < 0x1EFA);
    return is_even_capital && c % 2 == 0 ? c + 1 : c;
}

bool bt_letter_of(uint32_t codepoint, bt_letter *letter)
{
    uint32_t lower = to_lower(codepoint);
    *letter = (bt_letter){.is_upper = lower != codepoint};
    if (lower < 0x80) {
        bool is_ours = lower >= 'a' && lower <= 'y' && lower != 'f' && lower != 'j' && lower != 'w';
        letter->base = (char)lower;
        return is_ours;
    }
    if (lower > 0x1B0 && (lower < 0x1EA0 || lower > 0x1EF9)) return false;
    const struct small_letter *found = &small_letters[SLOT(lower)];
    letter->base = found->base;
    letter->tone = found->tone;
    return found->base != 0;
}

uint32_t bt_letter_join(bt_letter letter)
{
    if (letter.base == 'D') return letter.is_upper ? 0x110 : 0x111;
    const char *vowel = letter.base ? strchr(vowel_bases, letter.base) : NULL;
    uint32_t lower = vowel ? vowels[vowel - vowel_bases][letter.tone] : (unsigned char)letter.base;
    if (!letter.is_upper) return lower;
    return lower < 0x100 ? lower - 0x20 : lower - 1;
}

/* --- syllables --- */

enum {
    BARE = 1,
    C = 2,
    CH = 4,
    I = 8,
    K = 16,
    M = 32,
    N = 64,
    NG = 128,
    NH = 256,
    O = 512,
    P = 1024,
    T = 2048,
    U = 4096,
    Y = 8192
};

static const struct final {
    char text[3];
    uint16_t bit;
} finals[] = {{"", BARE}, {"c", C},   {"ch", CH}, {"i", I}, {"k", K}, {"m", M}, {"n", N},
              {"ng", NG}, {"nh", NH}, {"o", O},   {"p", P}, {"t", T}, {"u", U}, {"y", Y}};

/* Finals after which only acute and dot are spoken. */
enum { STOPS = C | CH | K | P | T };

/* Nuclei, what may follow each, and which of their letters may have the tone's mark (bit 0: the first). */
static const struct nucleus {
    char text[4];
    uint16_t finals;
    uint8_t toned;
} nuclei[] = {
    {"a", BARE | C | CH | I | K | M | N | NG | NH | O | P | T | U | Y, 1},
    {"W", C | K | M | N | NG | P | T, 1},
    {"A", C | M | N | NG | P | T | U | Y, 1},
    {"e", BARE | C | M | N | NG | O | P | T, 1},
    {"E", BARE | CH | M | N | NH | P | T | U, 1},
    {"i", BARE | C | CH | M | N | NH | P | T | U, 1},
    {"ia", BARE, 1},
    {"iE", C | M | N | NG | P | T | U, 2},
    {"yE", M | N | NG | T | U, 2},
    {"o", BARE | C | I | M | N | NG | P | T, 1},
    {"oo", C | N | NG, 3},
    {"oa", BARE | C | CH | I | M | N | NG | NH | O | P | T | Y, 3},
    {"oW", C | M | N | NG | P | T, 2},
    {"oe", BARE | M | N | O | T, 3},
    {"O", BARE | C | I | M | N | NG | P | T, 1},
    {"F", BARE | I | M | N | P | T, 1},
    {"u", BARE | C | I | M | N | NG | P | T, 1},
    {"ua", BARE, 1},
    {"uA", N | NG | T | Y, 2},
    {"uE", BARE | CH | N | NH, 2},
    {"uO", C | I | M | N | NG | P | T, 2},
    {"uF", BARE, 2},
    {"uy", BARE | CH | N | NH | P | T | U, 3},
    {"uya", BARE, 2},
    {"uyE", N | T, 4},
    {"U", BARE | C | I | M | NG | T | U, 1},
    {"Ua", BARE, 1},
    {"UF", C | I | M | N | NG | P | T | U, 2},
    {"y", BARE, 1},
    {"y", CH | N | NH | P | T, 1}, /* "quỳnh" */
};

/* Which nuclei an onset takes. */
typedef enum onset_kind { ANY, FRONT, BACK, AFTER_K, AFTER_G, AFTER_GI, AFTER_QU } onset_kind;

static const struct onset {
    char text[4];
    onset_kind kind;
    bool takes_y; /* "y" alone after it, as in "kỹ" */
} onsets[] = {
    {"", ANY, true},        {"b", ANY, false},     {"c", BACK, false},   {"ch", ANY, false},      {"d", ANY, false},
    {"D", ANY, false},      {"g", AFTER_G, false}, {"gh", FRONT, false}, {"gi", AFTER_GI, false}, {"h", ANY, true},
    {"k", AFTER_K, true},   {"kh", ANY, false},    {"l", ANY, true},     {"m", ANY, true},        {"n", ANY, false},
    {"ng", BACK, false},    {"ngh", FRONT, false}, {"nh", ANY, false},   {"p", ANY, false},       {"ph", ANY, false},
    {"qu", AFTER_QU, true}, {"r", ANY, false},     {"s", ANY, true},     {"t", ANY, true},        {"th", ANY, true},
    {"tr", ANY, false},     {"v", ANY, true},      {"x", ANY, false},
};

static bool takes_nucleus(const struct onset *onset, const struct nucleus *nucleus)
{
    char first = nucleus->text[0];
    bool is_front = first == 'e' || first == 'E' || first == 'i' || first == 'y';
    bool is_y = first == 'y' && !nucleus->text[1];
    if (first == 'y' && !is_y && onset->text[0] && onset->kind != AFTER_QU) return false; /* "yê" */
    if (is_y && !(nucleus->finals & BARE ? onset->takes_y : onset->kind == AFTER_QU)) return false;
    if (first == 'i' && nucleus->text[1] == 'E' && !onset->text[0]) return false; /* "yê" is written */
    switch (onset->kind) {
    case FRONT:
        return is_front && first != 'y';
    case BACK:
        return !is_front;
    case AFTER_K:
        return is_front || first == 'a';
    case AFTER_G:
        return !is_front || first == 'i';
    case AFTER_GI:
        return first != 'i' && first != 'y';
    case AFTER_QU:
        return first != 'o' && first != 'u' && first != 'U';
    default:
        return true;
    }
}

static char without_marks(char base)
{
    switch (base) {
    case 'A':
    case 'W':
        return 'a';
    case 'D':
        return 'd';
    case 'E':
        return 'e';
    case 'F':
    case 'O':
        return 'o';
    case 'U':
        return 'u';
    default:
        return base;
    }
}

static bool is_base(bt_letter letter, char base, bool is_bare)
{
    return letter.base == (is_bare ? without_marks(base) : base);
}

/* Whether the letters begin with `text`, and how long that is. */
static bool begins_with(const bt_letter *letters, size_t n, const char *text, bool is_bare, size_t *length)
{
    size_t i = 0;
    for (; text[i]; i++)
        if (i == n || !is_base(letters[i], text[i], is_bare)) return false;
    *length = i;
    return true;
}

static bool has_right_tone(const bt_letter *letters, size_t n, size_t begin, size_t end, uint8_t toned, bool is_stop)
{
    uint8_t tone = BT_LEVEL;
    for (size_t i = 0; i < n; i++) {
        if (letters[i].tone == BT_LEVEL) continue;
        bool may_stand = i >= begin && i < end && toned >> (i - begin) & 1;
        if (tone != BT_LEVEL || !may_stand) return false;
        tone = letters[i].tone;
    }
    return !is_stop || tone == BT_ACUTE || tone == BT_DOT;
}

/* Whether nucleus and final fill the letters from `begin` on. */
static bool closes(const bt_letter *letters, size_t n, size_t begin, const struct nucleus *nucleus, bool is_bare)
{
    size_t length, end;
    if (!begins_with(letters + begin, n - begin, nucleus->text, is_bare, &length)) return false;
    end = begin + length;
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++) {
        if (!(nucleus->finals & finals[i].bit)) continue;
        if (!begins_with(letters + end, n - end, finals[i].text, is_bare, &length) || end + length < n) continue;
        return is_bare || has_right_tone(letters, n, begin, end, nucleus->toned, finals[i].bit & STOPS);
    }
    return false;
}

bool bt_is_syllable(const bt_letter *letters, size_t n, bool is_bare)
{
    enum { LONGEST = 7 }; /* "nghiêng" */
    if (!n || n > LONGEST) return false;
    for (size_t onset_i = 0; onset_i < sizeof onsets / sizeof *onsets; onset_i++) {
        const struct onset *onset = &onsets[onset_i];
        size_t at;
        bool may_begin = !onset->text[0] || is_base(letters[0], onset->text[0], is_bare); /* most do not */
        if (!may_begin || !begins_with(letters, n, onset->text, is_bare, &at)) continue;
        if (at == n || !bt_letter_is_vowel(letters[at].base)) continue;
        for (size_t i = 0; i < sizeof nuclei / sizeof *nuclei; i++) {
            if (!is_base(letters[at], nuclei[i].text[0], is_bare)) continue;
            if (closes(letters, n, at, &nuclei[i], is_bare) && takes_nucleus(onset, &nuclei[i])) return true;
        }
    }
    return false;
}
