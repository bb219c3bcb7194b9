/* json_token.c - the scanner's strings, numbers and bare words. */
#include "json/json_int.h"

/* cJSON reads at most so many characters of a number. */
enum { LONGEST_NUMBER = 63 };

static bool is_digit(int c) { return c >= '0' && c <= '9'; }

static int hex_value(int c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The four digits after "\u" at `at` (of the backslash); -1 where there are not four. */
static int32_t read_hex(bt_str s, size_t at)
{
    if (s.len - at < 6 || s.ptr[at] != '\\' || s.ptr[at + 1] != 'u') return -1;
    int32_t code = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_value((unsigned char)s.ptr[i]);
        if (digit < 0) return -1;
        code = code << 4 | digit;
    }
    return code;
}

static bool is_high_surrogate(int32_t code) { return code >= 0xD800 && code < 0xDC00; }
static bool is_low_surrogate(int32_t code) { return code >= 0xDC00 && code < 0xE000; }

static void pass(bt_json_scanner *s, uint32_t n)
{
    s->here.at += n;
    s->here.column += n;
}

static bool scan_hex_escape(bt_json_scanner *s)
{
    bt_str shown = bt_str_slice(s->source, s->here.at, s->here.at + 6);
    int32_t code = read_hex(s->source, s->here.at);
    if (code < 0) return bt_json_fault(s, BT_E_JSON_ESCAPE_HEX, s->here, BT_NO_ARGS);
    if (code == 0) return bt_json_fault(s, BT_E_JSON_NUL, s->here, BT_NO_ARGS);
    if (is_low_surrogate(code)) return bt_json_fault(s, BT_E_JSON_SURROGATE, s->here, BT_ARGS(shown));
    if (is_high_surrogate(code)) {
        int32_t low = s->source.len - s->here.at >= 12 ? read_hex(s->source, s->here.at + 6) : -1;
        if (!is_low_surrogate(low)) return bt_json_fault(s, BT_E_JSON_SURROGATE, s->here, BT_ARGS(shown));
        pass(s, 6);
    }
    pass(s, 6);
    return true;
}

/* At a backslash. */
static bool scan_escape(bt_json_scanner *s, bt_json_spot begin)
{
    if (s->source.len - s->here.at < 2) return bt_json_fault(s, BT_E_JSON_TEXT_OPEN, begin, BT_NO_ARGS);
    switch (s->source.ptr[s->here.at + 1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        pass(s, 2);
        return true;
    case 'u':
        return scan_hex_escape(s);
    default:
        break;
    }
    uint32_t codepoint;
    size_t length = bt_utf8_decode(s->source, s->here.at + 1, &codepoint);
    if (codepoint < 0x20 || codepoint == 0xFFFD) { /* of no use in a message */
        return bt_json_fault(s, BT_E_JSON_BACKSLASH, s->here, BT_NO_ARGS);
    }
    bt_str shown = bt_str_slice(s->source, s->here.at + 1, s->here.at + 1 + length);
    return bt_json_fault(s, BT_E_JSON_ESCAPE, s->here, BT_ARGS(shown));
}

/* At a byte below U+0020. */
static bool fault_control(bt_json_scanner *s, int c)
{
    if (c == '\n' || c == '\r') return bt_json_fault_newline(s);
    if (c == '\t') return bt_json_fault(s, BT_E_JSON_TAB, s->here, BT_NO_ARGS);
    return bt_json_fault(s, BT_E_JSON_CONTROL, s->here, BT_ARGS(bt_json_shown_codepoint(s, (uint32_t)c)));
}

/* At a byte from 0x80. */
static bool scan_beyond_ascii(bt_json_scanner *s)
{
    uint32_t codepoint;
    size_t length = bt_utf8_decode(s->source, s->here.at, &codepoint);
    if (length == 1) return bt_json_fault_utf8(s);
    if (bt_json_is_curly(codepoint)) s->curly = s->here;
    s->here.at += (uint32_t)length;
    s->here.column++;
    return true;
}

bool bt_json_scan_string(bt_json_scanner *s, bt_str *raw)
{
    bt_json_spot begin = s->here;
    s->curly = (bt_json_spot){0};
    bt_json_step(s);
    for (;;) {
        int c = bt_json_peek(s);
        if (c == '"') break;
        if (c < 0) return bt_json_fault(s, BT_E_JSON_TEXT_OPEN, begin, BT_NO_ARGS);
        if (c < 0x20) return fault_control(s, c);
        if (c == '\\') {
            if (!scan_escape(s, begin)) return false;
        } else if (c >= 0x80) {
            if (!scan_beyond_ascii(s)) return false;
        } else {
            bt_json_step(s);
        }
    }
    *raw = bt_str_slice(s->source, begin.at + 1, s->here.at);
    bt_json_step(s);
    return true;
}

/* The character that an escape at `at` stands for; *length: what it takes in the source. */
static uint32_t unescape(bt_str raw, size_t at, size_t *length)
{
    *length = 2;
    switch (raw.ptr[at + 1]) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'u':
        break;
    default:
        return (unsigned char)raw.ptr[at + 1];
    }
    int32_t code = read_hex(raw, at);
    *length = 6;
    if (!is_high_surrogate(code)) return (uint32_t)code;
    int32_t low = read_hex(raw, at + 6);
    *length = 12;
    return 0x10000u + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
}

bt_str bt_json_decode(bt_arena *arena, bt_str raw)
{
    bool has_escape = false;
    for (size_t i = 0; i < raw.len && !has_escape; i++) has_escape = raw.ptr[i] == '\\';
    if (!has_escape) return raw;
    char *text = bt_arena_alloc(arena, raw.len); /* an escape is never shorter than its character */
    if (!text) return BT_STR("");
    size_t n = 0;
    for (size_t at = 0; at < raw.len;) {
        if (raw.ptr[at] != '\\') {
            text[n++] = raw.ptr[at++];
            continue;
        }
        size_t length;
        char bytes[4];
        size_t n_bytes = bt_utf8_encode(unescape(raw, at, &length), bytes);
        for (size_t i = 0; i < n_bytes; i++) text[n++] = bytes[i];
        at += length;
    }
    return (bt_str){text, n};
}

static bool scan_digits(bt_json_scanner *s)
{
    if (!is_digit(bt_json_peek(s))) return false;
    while (is_digit(bt_json_peek(s))) bt_json_step(s);
    return true;
}

/* Reads as much as the grammar allows. */
static bool scan_number_grammar(bt_json_scanner *s)
{
    if (bt_json_peek(s) == '-') bt_json_step(s);
    if (bt_json_peek(s) == '0') {
        bt_json_step(s);
    } else if (!scan_digits(s)) {
        return false;
    }
    if (bt_json_peek(s) == '.') {
        bt_json_step(s);
        if (!scan_digits(s)) return false;
    }
    if (bt_json_peek(s) == 'e' || bt_json_peek(s) == 'E') {
        bt_json_step(s);
        if (bt_json_peek(s) == '+' || bt_json_peek(s) == '-') bt_json_step(s);
        if (!scan_digits(s)) return false;
    }
    return true;
}

/* Whether a character right after a number or word makes it something else: 12mm, 1.2.3, 2024-04-09, 50%. */
static bool goes_on(int c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '+' ||
           c == '%' || c == '_' || c >= 0x80;
}

bool bt_json_scan_number(bt_json_scanner *s)
{
    bt_json_spot begin = s->here;
    bool is_number = scan_number_grammar(s);
    if (!is_number || goes_on(bt_json_peek(s))) return bt_json_fault_number(s, begin);
    if (s->here.at - begin.at > LONGEST_NUMBER) {
        bt_str most = bt_str_format(s->scratch, "%d", LONGEST_NUMBER);
        return bt_json_fault(s, BT_E_JSON_NUMBER_LONG, begin, BT_ARGS(most));
    }
    return true;
}

bt_str bt_json_loose_token(const bt_json_scanner *s, size_t at)
{
    size_t end = at;
    while (end < s->source.len) {
        uint32_t c;
        size_t length = bt_utf8_decode(s->source, end, &c);
        bool is_end = c <= ' ' || c == '"' || c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}';
        if (is_end || (c >= 0x80 && length == 1)) break;
        end += length;
    }
    return bt_str_slice(s->source, at, end);
}

/* Nothing is reported here: what is none of the three words is looked at by bt_json_fault_value. */
bool bt_json_scan_word(bt_json_scanner *s, bt_json_kind *kind)
{
    static const struct {
        bt_str word;
        bt_json_kind kind;
    } words[] = {
        {BT_STR_INIT("true"), BT_JSON_BOOL}, {BT_STR_INIT("false"), BT_JSON_BOOL}, {BT_STR_INIT("null"), BT_JSON_NULL}};
    bt_str rest = bt_str_slice(s->source, s->here.at, s->source.len);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = words[i].word.len;
        if (!bt_str_starts(rest, words[i].word)) continue;
        if (rest.len > length && goes_on((unsigned char)rest.ptr[length])) return false;
        *kind = words[i].kind;
        pass(s, (uint32_t)length);
        return true;
    }
    return false;
}
