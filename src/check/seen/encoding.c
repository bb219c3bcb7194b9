/* encoding.c - the text that a simple font's codes and the names of its glyphs stand for. */
#include "check/seen/font_int.h"

#include <stdlib.h>
#include <utf8proc.h>

/* --- encodings: characters of the codes from 128; those below are ASCII --- */

static const uint16_t mac_roman[128] = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3, 0x00E5,
    0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00F2, 0x00F4,
    0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6,
    0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1, 0x2264, 0x2265,
    0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA, 0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF,
    0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB, 0x00BB, 0x2026, 0x0020, 0x00C0, 0x00C3, 0x00D5,
    0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044,
    0x00A4, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1,
    0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9,
    0x0131, 0x02C6, 0x02DC, 0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7,
};

/* The first quarter; the rest is Latin 1. Codes without a character are bullets, as the standard has it. */
static const uint16_t win_ansi[32] = {
    0x20AC, 0x2022, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x2022, 0x017D, 0x2022, 0x2022, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x2022, 0x017E, 0x0178,
};

/* From 160. */
static const uint16_t standard[96] = {
    0,      0x00A1, 0x00A2, 0x00A3, 0x2044, 0x00A5, 0x0192, 0x00A7, 0x00A4, 0x0027, 0x201C, 0x00AB, 0x2039, 0x203A,
    0xFB01, 0xFB02, 0,      0x2013, 0x2020, 0x2021, 0x00B7, 0,      0x00B6, 0x2022, 0x201A, 0x201E, 0x201D, 0x00BB,
    0x2026, 0x2030, 0,      0x00BF, 0,      0x0060, 0x00B4, 0x02C6, 0x02DC, 0x00AF, 0x02D8, 0x02D9, 0x00A8, 0,
    0x02DA, 0x00B8, 0,      0x02DD, 0x02DB, 0x02C7, 0x2014, 0,      0,      0,      0,      0,      0,      0,
    0,      0,      0,      0,      0,      0,      0,      0,      0,      0x00C6, 0,      0x00AA, 0,      0,
    0,      0,      0x0141, 0x00D8, 0x0152, 0x00BA, 0,      0,      0,      0,      0,      0x00E6, 0,      0,
    0,      0x0131, 0,      0,      0x0142, 0x00F8, 0x0153, 0x00DF, 0,      0,      0,      0,
};

uint32_t seen_encoding_character(seen_encoding encoding, uint8_t code)
{
    if (encoding == SEEN_ENCODING_UNKNOWN || code < 32) return 0;
    if (encoding == SEEN_ENCODING_STANDARD) {
        if (code == '\'') return 0x2019;
        if (code == '`') return 0x2018;
        return code < 127 ? code : code < 160 ? 0 : standard[code - 160];
    }
    if (code < 127) return code;
    if (encoding == SEEN_ENCODING_MAC_ROMAN) return code < 128 ? 0 : mac_roman[code - 128];
    return code < 128 ? 0x2022 : code < 160 ? win_ansi[code - 128] : code;
}

/* --- texts --- */

static bt_str plain_character(uint32_t c)
{
    static const char all[] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                              "abcdefghijklmnopqrstuvwxyz{|}~";
    return (bt_str){all + (c - 32), 1};
}

static bool is_space(uint32_t c)
{
    return c == 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
           (c >= 0x09 && c <= 0x0D);
}

/* Joiners, marks of direction and the like: nothing of them is seen. */
static bool is_nothing(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

static const char *ligature(uint32_t c)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? letters[c - 0xFB00] : NULL;
}

static size_t clean_one(uint32_t c, uint32_t out[3])
{
    const char *letters = ligature(c);
    if (letters) {
        size_t n = 0;
        for (; letters[n]; n++) out[n] = (uint32_t)letters[n];
        return n;
    }
    if (is_nothing(c)) return 0;
    bool is_wrong = c < 0x20 || (c >= 0x7F && c < 0xA0) || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000);
    out[0] = is_space(c) ? ' ' : c == 0xAD ? '-' : is_wrong ? 0xFFFD : c;
    return 1;
}

/* Below U+0300 there is nothing that would not be in NFC. */
static bool is_surely_normal(bt_str text)
{
    enum { LEAD_OF_MARKS = 0xCC };
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= LEAD_OF_MARKS) return false;
    return true;
}

bt_str seen_normal_text(bt_arena *arena, bt_str text)
{
    if (is_surely_normal(text)) return text;
    utf8proc_uint8_t *normal = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &normal,
                                           UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length < 0) return text;
    bt_str copy = (size_t)length == text.len && !memcmp(normal, text.ptr, text.len)
                      ? text
                      : bt_str_copy(arena, (bt_str){(const char *)normal, (size_t)length});
    free(normal);
    return copy;
}

bool seen_begins_with_mark(bt_str text)
{
    uint32_t c = 0;
    if (!text.len || (unsigned char)text.ptr[0] < 0x80) return false;
    bt_utf8_decode(text, 0, &c);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

bt_str seen_clean_text(bt_arena *arena, const uint32_t *characters, size_t n)
{
    if (n == 1 && characters[0] >= 32 && characters[0] < 127) return plain_character(characters[0]);
    enum { MOST_LETTERS = 3, MOST_BYTES = 4 };
    char bytes[SEEN_MOST_CHARACTERS * MOST_LETTERS * MOST_BYTES];
    bt_str text = {bytes, 0};
    for (size_t i = 0; i < n && i < SEEN_MOST_CHARACTERS; i++) {
        uint32_t clean[MOST_LETTERS];
        size_t n_clean = clean_one(characters[i], clean);
        for (size_t k = 0; k < n_clean; k++) text.len += bt_utf8_encode(clean[k], bytes + text.len);
    }
    bt_str normal = seen_normal_text(arena, text);
    return normal.ptr == bytes ? bt_str_copy(arena, text) : normal;
}

/* --- names of glyphs --- */

typedef struct named_character {
    const char *name;
    uint16_t character;
} named_character;

/* What is neither a letter alone nor one with accents; in the order of bytes. */
static const named_character named[] = {
    {"AE", 0x00C6},
    {"Alpha", 0x0391},
    {"Beta", 0x0392},
    {"Chi", 0x03A7},
    {"Dcroat", 0x0110},
    {"Delta", 0x2206},
    {"Epsilon", 0x0395},
    {"Eta", 0x0397},
    {"Eth", 0x00D0},
    {"Euro", 0x20AC},
    {"Gamma", 0x0393},
    {"Iota", 0x0399},
    {"Kappa", 0x039A},
    {"Lambda", 0x039B},
    {"Lslash", 0x0141},
    {"Mu", 0x039C},
    {"Nu", 0x039D},
    {"OE", 0x0152},
    {"Omega", 0x2126},
    {"Omicron", 0x039F},
    {"Oslash", 0x00D8},
    {"Phi", 0x03A6},
    {"Pi", 0x03A0},
    {"Psi", 0x03A8},
    {"Rho", 0x03A1},
    {"Sigma", 0x03A3},
    {"Tau", 0x03A4},
    {"Theta", 0x0398},
    {"Thorn", 0x00DE},
    {"Upsilon", 0x03A5},
    {"Xi", 0x039E},
    {"Zeta", 0x0396},
    {"acute", 0x00B4},
    {"ae", 0x00E6},
    {"alpha", 0x03B1},
    {"ampersand", 0x0026},
    {"approxequal", 0x2248},
    {"arrowdown", 0x2193},
    {"arrowleft", 0x2190},
    {"arrowright", 0x2192},
    {"arrowup", 0x2191},
    {"asciicircum", 0x005E},
    {"asciitilde", 0x007E},
    {"asterisk", 0x002A},
    {"at", 0x0040},
    {"backslash", 0x005C},
    {"bar", 0x007C},
    {"beta", 0x03B2},
    {"braceleft", 0x007B},
    {"braceright", 0x007D},
    {"bracketleft", 0x005B},
    {"bracketright", 0x005D},
    {"breve", 0x02D8},
    {"brokenbar", 0x00A6},
    {"bullet", 0x2022},
    {"caron", 0x02C7},
    {"cedilla", 0x00B8},
    {"cent", 0x00A2},
    {"chi", 0x03C7},
    {"circle", 0x25CB},
    {"circumflex", 0x02C6},
    {"colon", 0x003A},
    {"comma", 0x002C},
    {"copyright", 0x00A9},
    {"currency", 0x00A4},
    {"dagger", 0x2020},
    {"daggerdbl", 0x2021},
    {"dcroat", 0x0111},
    {"degree", 0x00B0},
    {"delta", 0x03B4},
    {"dieresis", 0x00A8},
    {"divide", 0x00F7},
    {"dollar", 0x0024},
    {"dong", 0x20AB},
    {"dotaccent", 0x02D9},
    {"dotlessi", 0x0131},
    {"eight", 0x0038},
    {"ellipsis", 0x2026},
    {"emdash", 0x2014},
    {"endash", 0x2013},
    {"epsilon", 0x03B5},
    {"equal", 0x003D},
    {"eta", 0x03B7},
    {"eth", 0x00F0},
    {"exclam", 0x0021},
    {"exclamdbl", 0x203C},
    {"exclamdown", 0x00A1},
    {"ff", 0xFB00},
    {"ffi", 0xFB03},
    {"ffl", 0xFB04},
    {"fi", 0xFB01},
    {"figuredash", 0x2012},
    {"filledbox", 0x25A0},
    {"five", 0x0035},
    {"fl", 0xFB02},
    {"florin", 0x0192},
    {"four", 0x0034},
    {"fraction", 0x2044},
    {"gamma", 0x03B3},
    {"germandbls", 0x00DF},
    {"grave", 0x0060},
    {"greater", 0x003E},
    {"greaterequal", 0x2265},
    {"guillemotleft", 0x00AB},
    {"guillemotright", 0x00BB},
    {"guilsinglleft", 0x2039},
    {"guilsinglright", 0x203A},
    {"hungarumlaut", 0x02DD},
    {"hyphen", 0x002D},
    {"infinity", 0x221E},
    {"integral", 0x222B},
    {"iota", 0x03B9},
    {"kappa", 0x03BA},
    {"lambda", 0x03BB},
    {"less", 0x003C},
    {"lessequal", 0x2264},
    {"logicalnot", 0x00AC},
    {"lozenge", 0x25CA},
    {"lslash", 0x0142},
    {"macron", 0x00AF},
    {"minus", 0x2212},
    {"minute", 0x2032},
    {"mu", 0x00B5},
    {"multiply", 0x00D7},
    {"nbspace", 0x00A0},
    {"nine", 0x0039},
    {"nu", 0x03BD},
    {"numbersign", 0x0023},
    {"oe", 0x0153},
    {"ogonek", 0x02DB},
    {"omega", 0x03C9},
    {"omicron", 0x03BF},
    {"one", 0x0031},
    {"onedotenleader", 0x2024},
    {"onehalf", 0x00BD},
    {"onequarter", 0x00BC},
    {"ordfeminine", 0x00AA},
    {"ordmasculine", 0x00BA},
    {"oslash", 0x00F8},
    {"paragraph", 0x00B6},
    {"parenleft", 0x0028},
    {"parenright", 0x0029},
    {"partialdiff", 0x2202},
    {"percent", 0x0025},
    {"period", 0x002E},
    {"periodcentered", 0x00B7},
    {"perthousand", 0x2030},
    {"phi", 0x03C6},
    {"pi", 0x03C0},
    {"plus", 0x002B},
    {"plusminus", 0x00B1},
    {"product", 0x220F},
    {"psi", 0x03C8},
    {"question", 0x003F},
    {"questiondown", 0x00BF},
    {"quotedbl", 0x0022},
    {"quotedblbase", 0x201E},
    {"quotedblleft", 0x201C},
    {"quotedblright", 0x201D},
    {"quoteleft", 0x2018},
    {"quotereversed", 0x201B},
    {"quoteright", 0x2019},
    {"quotesinglbase", 0x201A},
    {"quotesingle", 0x0027},
    {"radical", 0x221A},
    {"registered", 0x00AE},
    {"rho", 0x03C1},
    {"ring", 0x02DA},
    {"second", 0x2033},
    {"section", 0x00A7},
    {"semicolon", 0x003B},
    {"seven", 0x0037},
    {"sigma", 0x03C3},
    {"sigma1", 0x03C2},
    {"six", 0x0036},
    {"slash", 0x002F},
    {"softhyphen", 0x00AD},
    {"space", 0x0020},
    {"sterling", 0x00A3},
    {"summation", 0x2211},
    {"tau", 0x03C4},
    {"theta", 0x03B8},
    {"thorn", 0x00FE},
    {"three", 0x0033},
    {"threequarters", 0x00BE},
    {"tilde", 0x02DC},
    {"trademark", 0x2122},
    {"triagup", 0x25B2},
    {"two", 0x0032},
    {"twodotenleader", 0x2025},
    {"underscore", 0x005F},
    {"underscoredbl", 0x2017},
    {"upsilon", 0x03C5},
    {"xi", 0x03BE},
    {"yen", 0x00A5},
    {"zero", 0x0030},
    {"zeta", 0x03B6},
};

/* Accents as names have them after their letter; longer names before those that they begin with. */
static const named_character accents[] = {
    {"acute", 0x301},       {"breve", 0x306},    {"caron", 0x30C},        {"cedilla", 0x327},  {"circumflex", 0x302},
    {"commaaccent", 0x327}, {"dieresis", 0x308}, {"dotaccent", 0x307},    {"dotbelow", 0x323}, {"grave", 0x300},
    {"hookabove", 0x309},   {"horn", 0x31B},     {"hungarumlaut", 0x30B}, {"macron", 0x304},   {"ogonek", 0x328},
    {"ring", 0x30A},        {"tilde", 0x303},
};

static int compare_names(const void *key, const void *entry)
{
    const bt_str *name = key;
    const named_character *named_one = entry;
    return bt_str_compare(*name, bt_str_of(named_one->name));
}

/* "Acircumflexacute": a letter, then accents. The number of characters; 0: it is none. */
static size_t letter_with_accents(bt_str name, uint32_t *out, size_t most)
{
    bool is_letter = name.len && ((name.ptr[0] | 0x20) >= 'a' && (name.ptr[0] | 0x20) <= 'z');
    if (!is_letter || !most) return 0;
    size_t n = 0, at = 1;
    out[n++] = (uint32_t)(unsigned char)name.ptr[0];
    if (bt_str_starts(name, BT_STR("dotlessi"))) {
        out[0] = 0x131;
        at = sizeof "dotlessi" - 1;
    } else if (bt_str_starts(name, BT_STR("ae")) || bt_str_starts(name, BT_STR("AE"))) {
        out[0] = name.ptr[0] == 'a' ? 0xE6 : 0xC6;
        at = 2;
    }
    while (at < name.len) {
        bt_str rest = bt_str_slice(name, at, name.len);
        size_t i = 0;
        while (i < sizeof accents / sizeof *accents && !bt_str_starts(rest, bt_str_of(accents[i].name))) i++;
        if (i == sizeof accents / sizeof *accents || n == most) return 0;
        out[n++] = accents[i].character;
        at += strlen(accents[i].name);
    }
    return n;
}

static bool read_hex(bt_str digits, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit > 15) return false;
        *value = *value * 16 + digit;
    }
    return digits.len > 0;
}

/* "uni20AC20AB", "u1F600". */
static size_t numbered_characters(bt_str name, uint32_t *out, size_t most)
{
    enum { UNIT = 4, LONGEST = 6 };
    size_t n = 0;
    if (bt_str_starts(name, BT_STR("uni")) && name.len > 3 && (name.len - 3) % UNIT == 0) {
        for (size_t at = 3; at < name.len && n < most; at += UNIT)
            if (!read_hex(bt_str_slice(name, at, at + UNIT), &out[n++])) return 0;
        return n;
    }
    if (name.ptr[0] == 'u' && name.len > UNIT && name.len <= 1 + LONGEST && most)
        return read_hex(bt_str_slice(name, 1, name.len), out) ? 1 : 0;
    return 0;
}

static size_t characters_of_part(bt_str name, uint32_t *out, size_t most)
{
    if (!name.len || !most) return 0;
    const named_character *found = bsearch(&name, named, sizeof named / sizeof *named, sizeof *named, compare_names);
    if (found) {
        out[0] = found->character;
        return 1;
    }
    size_t n = numbered_characters(name, out, most);
    return n ? n : letter_with_accents(name, out, most);
}

bt_str seen_name_text(bt_arena *arena, bt_str name)
{
    uint32_t characters[SEEN_MOST_CHARACTERS];
    size_t n = 0;
    for (size_t i = 1; i < name.len; i++) /* ".notdef" begins with the point that ends others */
        if (name.ptr[i] == '.') name.len = i;
    for (size_t begin = 0, end; begin < name.len; begin = end + 1) {
        for (end = begin; end < name.len && name.ptr[end] != '_';) end++;
        size_t more = characters_of_part(bt_str_slice(name, begin, end), characters + n, SEEN_MOST_CHARACTERS - n);
        if (!more) return BT_STR("");
        n += more;
    }
    return n ? seen_clean_text(arena, characters, n) : BT_STR("");
}
