/* legacy_codes.c - the three encodings, character by character.
 *
 * TCVN3 is the part of TCVN 5712:1993 that fonts such as .VnTime draw: each byte is a letter, and capitals have no
 * tone. VNI-Windows writes most toned letters as a vowel and a mark, in two bytes. Windows-1258 has some letters
 * composed and five combining tones, which are common to both cases.
 */
#include "text/legacy_int.h"

bt_str bt_legacy_name(bt_legacy_kind kind)
{
    static const bt_str names[BT_N_LEGACY] = {
        [BT_TCVN3] = BT_STR_INIT("TCVN3 (ABC, .VnTime)"),
        [BT_VNI] = BT_STR_INIT("VNI-Windows"),
        [BT_CP1258] = BT_STR_INIT("Windows-1258"),
    };
    return names[kind];
}

static void push(bt_decoded *decoded, bt_letter letter, bool is_changed)
{
    decoded->letters[decoded->n] = letter;
    decoded->is_changed[decoded->n++] = is_changed;
    decoded->n_changed += is_changed;
}

/* A character that is what it looks like. False: no letter of Vietnamese. */
static bool push_same(bt_decoded *decoded, uint32_t c)
{
    bt_letter letter;
    if (!bt_letter_of(c, &letter)) return false;
    push(decoded, letter, false);
    return true;
}

static bool push_as(bt_decoded *decoded, uint32_t c)
{
    bt_letter letter;
    if (!bt_letter_of(c, &letter)) return false;
    push(decoded, letter, true);
    return true;
}

/* --- TCVN3 --- */

enum { TCVN3_FIRST = 0xA1, TCVN3_LAST = 0xFE };

/* 0: the fonts have no letter there. */
static const uint16_t tcvn3[TCVN3_LAST - TCVN3_FIRST + 1] = {
    0x102,  0xC2,   0xCA,   0xD4,   0x1A0,  0x1AF,  0x110,  0x103,  0xE2,   0xEA,   0xF4,   0x1A1,  0x1B0,  0x111,
    0,      0,      0,      0,      0,      0,      0xE0,   0x1EA3, 0xE3,   0xE1,   0x1EA1, 0,      0x1EB1, 0x1EB3,
    0x1EB5, 0x1EAF, 0,      0,      0,      0,      0,      0,      0,      0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5,
    0x1EAD, 0xE8,   0,      0x1EBB, 0x1EBD, 0xE9,   0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xEC,   0x1EC9,
    0,      0,      0,      0x129,  0xED,   0x1ECB, 0xF2,   0,      0x1ECF, 0xF5,   0xF3,   0x1ECD, 0x1ED3, 0x1ED5,
    0x1ED7, 0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,   0,      0x1EE7, 0x169,  0xFA,   0x1EE5,
    0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD,   0x1EF5,
};

/* ý is the one code that is the same letter in Latin-1; it counts as no change, but lacks a capital like the others. */
static bool decode_tcvn3(const uint32_t *characters, uint32_t n, bt_decoded *decoded)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = characters[i];
        bool is_code = c >= TCVN3_FIRST && c <= TCVN3_LAST;
        if (is_code ? !push_as(decoded, tcvn3[c - TCVN3_FIRST]) : c >= 0x80 || !push_same(decoded, c)) return false;
        if (is_code && tcvn3[c - TCVN3_FIRST] == c) decoded->n_changed--;
    }
    return true;
}

/* --- VNI-Windows --- */

static uint32_t lower_latin(uint32_t c) { return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 0x20 : c; }

/* What a mark makes of the vowel before it; false: no mark for that vowel. */
static bool add_vni_mark(bt_letter *vowel, uint32_t c)
{
    /* by tone, from grave to dot: on the plain vowel, with the circumflex, with the breve */
    static const uint8_t plain[] = {0xE2, 0xF8, 0xFB, 0xF5, 0xF9, 0xEF},
                         circumflex[] = {0xE2, 0xE0, 0xE5, 0xE3, 0xE1, 0xE4},
                         breve[] = {0xEA, 0xE8, 0xFA, 0xFC, 0xE9, 0xEB};
    uint32_t mark = lower_latin(c);
    char base = vowel->base;
    bool is_round = base == 'a' || base == 'e' || base == 'o';
    for (unsigned tone = BT_LEVEL; tone <= BT_DOT; tone++) {
        bool takes_tone = is_round || base == 'u' || base == 'F' || base == 'U' || (base == 'y' && tone != BT_DOT);
        if (tone != BT_LEVEL && mark == plain[tone] && takes_tone) {
            vowel->tone = (uint8_t)tone;
            return true;
        }
        bool is_breve = base == 'a' && mark == breve[tone];
        if (!is_breve && !(is_round && mark == circumflex[tone])) continue;
        vowel->base = is_breve ? 'W' : base == 'a' ? 'A' : base == 'e' ? 'E' : 'O';
        vowel->tone = (uint8_t)tone;
        return true;
    }
    return false;
}

/* A character that is a letter by itself; 0: none. */
static uint32_t vni_letter(uint32_t c)
{
    switch (lower_latin(c)) {
    case 0xE6:
        return 0x1EC9; /* ỉ */
    case 0xEC:
    case 0xED:
        return lower_latin(c); /* ì í */
    case 0xEE:
        return 0x1EF5; /* ỵ */
    case 0xF1:
        return 0x111; /* đ */
    case 0xF2:
        return 0x1ECB; /* ị */
    case 0xF3:
        return 0x129; /* ĩ */
    case 0xF4:
        return 0x1A1; /* ơ */
    case 0xF6:
        return 0x1B0; /* ư */
    default:
        return 0;
    }
}

static bool decode_vni(const uint32_t *characters, uint32_t n, bt_decoded *decoded)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = characters[i];
        bt_letter letter;
        bool is_changed = c >= 0x80;
        if (!bt_letter_of(is_changed ? vni_letter(c) : c, &letter)) return false;
        if (is_changed) letter.is_upper = lower_latin(c) != c;
        if (c >= 0x80 && (lower_latin(c) | 1) == 0xED) is_changed = false;
        if (i + 1 < n && add_vni_mark(&letter, characters[i + 1])) {
            is_changed = true;
            i++;
        }
        push(decoded, letter, is_changed);
    }
    return true;
}

/* --- Windows-1258 --- */

/* BT_LEVEL: no combining tone. */
static bt_tone cp1258_tone(uint32_t c)
{
    switch (c) {
    case 0xCC:
        return BT_GRAVE;
    case 0xD2:
        return BT_HOOK;
    case 0xDE:
        return BT_TILDE;
    case 0xEC:
        return BT_ACUTE;
    case 0xF2:
        return BT_DOT;
    default:
        return BT_LEVEL;
    }
}

static uint32_t cp1258_letter(uint32_t c)
{
    switch (c) {
    case 0xC3: /* Ă ă Đ đ Ơ ơ Ư ư */
        return 0x102;
    case 0xE3:
        return 0x103;
    case 0xD0:
        return 0x110;
    case 0xF0:
        return 0x111;
    case 0xD5:
        return 0x1A0;
    case 0xF5:
        return 0x1A1;
    case 0xDD:
        return 0x1AF;
    case 0xFD:
        return 0x1B0;
    default:
        return c;
    }
}

static bool decode_cp1258(const uint32_t *characters, uint32_t n, bt_decoded *decoded)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = characters[i];
        bt_tone tone = cp1258_tone(c);
        bt_letter *last = decoded->n ? &decoded->letters[decoded->n - 1] : NULL;
        if (tone != BT_LEVEL) {
            if (!last || !bt_letter_is_vowel(last->base) || last->tone != BT_LEVEL) return false;
            last->tone = (uint8_t)tone;
            if (!decoded->is_changed[decoded->n - 1]) decoded->n_changed++;
            decoded->is_changed[decoded->n - 1] = true;
            continue;
        }
        uint32_t letter = cp1258_letter(c);
        if (letter != c ? !push_as(decoded, letter) : !push_same(decoded, c)) return false;
    }
    return true;
}

/* --- any of them --- */

bool bt_legacy_decode(bt_legacy_kind kind, const uint32_t *characters, uint32_t n, bt_decoded *decoded)
{
    decoded->n = decoded->n_changed = 0;
    switch (kind) {
    case BT_TCVN3:
        return decode_tcvn3(characters, n, decoded);
    case BT_VNI:
        return decode_vni(characters, n, decoded);
    default:
        return decode_cp1258(characters, n, decoded);
    }
}

bool bt_legacy_has(bt_legacy_kind kind, uint32_t c)
{
    if (kind == BT_TCVN3 && c >= TCVN3_FIRST && c <= TCVN3_LAST && tcvn3[c - TCVN3_FIRST]) return true;
    return c >= 0xC0 && c != 0xD7 && c != 0xF7;
}
