/* scan.c - see scan.h. What is malformed is read as viewers read it: a number ends where its digits end, further signs
 * in it are left out, what is not closed ends with the next operator.
 */
#include "check/seen/scan.h"

#define NOT_AN_ITEM UINT32_MAX

/* --- characters --- */

enum { REGULAR, WHITE, DELIMITER };

static const unsigned char kinds[256] = {
    [0] = WHITE,       ['\t'] = WHITE,    ['\n'] = WHITE,    ['\f'] = WHITE,    ['\r'] = WHITE,    [' '] = WHITE,
    ['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

static unsigned char kind_at(const seen_scan *s, size_t at)
{
    return at < s->bytes.len ? kinds[(unsigned char)s->bytes.ptr[at]] : WHITE;
}

static int char_at(const seen_scan *s, size_t at) { return at < s->bytes.len ? (unsigned char)s->bytes.ptr[at] : -1; }

static int hex_value(int c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* White space and comments. */
static void skip_white(seen_scan *s)
{
    while (s->at < s->bytes.len) {
        char c = s->bytes.ptr[s->at];
        if (c == '%')
            while (s->at < s->bytes.len && s->bytes.ptr[s->at] != '\n' && s->bytes.ptr[s->at] != '\r') s->at++;
        else if (kinds[(unsigned char)c] == WHITE)
            s->at++;
        else
            break;
    }
}

/* --- where operands go --- */

static seen_operand *new_operand(seen_scan *s, seen_operand_kind kind)
{
    seen_operand *operand = NULL;
    if (s->n_open) {
        if (s->items.n < SEEN_MOST_ITEMS) operand = BT_PUSH(s->made.arena, &s->items);
        if (!operand) return NULL;
    } else {
        if (s->n_operands == SEEN_MOST_OPERANDS)
            memmove(s->operands, s->operands + 1, --s->n_operands * sizeof *s->operands);
        operand = &s->operands[s->n_operands++];
    }
    *operand = (seen_operand){.kind = kind, .text = {"", 0}};
    return operand;
}

/* The text of a name or string that was added to `made` since then. Where that grew, what was there stays as well. */
static bt_str made_since(const seen_scan *s, uint32_t begin)
{
    return s->made.bytes.n > begin ? (bt_str){s->made.bytes.v + begin, s->made.bytes.n - begin} : BT_STR("");
}

/* --- numbers --- */

static bool begins_number(int c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.'; }

static void read_number(seen_scan *s)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
    enum { MOST_DECIMALS = 10, FULL = 100000000 }; /* 17 digits are more than a double has */
    uint64_t digits = 0;
    double beyond = 1;
    int n_decimals = 0;
    bool is_negative = false, has_point = false;
    for (int c = char_at(s, s->at); begins_number(c); c = char_at(s, ++s->at)) {
        if (c == '.') {
            if (has_point) break;
            has_point = true;
        } else if (c == '-' || c == '+') {
            if (!digits && !has_point && c == '-') is_negative = true;
        } else if (digits < (uint64_t)FULL * FULL && n_decimals < MOST_DECIMALS) {
            digits = digits * 10 + (uint64_t)(c - '0');
            n_decimals += has_point;
        } else if (!has_point && beyond < 1e30)
            beyond *= 10;
    }
    double value = (double)digits / powers[n_decimals] * beyond;
    seen_operand *operand = new_operand(s, SEEN_NUMBER);
    if (operand) operand->number = is_negative ? -value : value;
}

/* --- names and strings --- */

static void read_name(seen_scan *s)
{
    size_t begin = ++s->at;
    bool has_escapes = false;
    for (; kind_at(s, s->at) == REGULAR; s->at++) has_escapes |= s->bytes.ptr[s->at] == '#';
    bt_str text = bt_str_slice(s->bytes, begin, s->at);
    if (has_escapes) {
        uint32_t made_begin = s->made.bytes.n;
        for (size_t i = 0; i < text.len; i++) {
            int high = text.ptr[i] == '#' && i + 2 < text.len ? hex_value((unsigned char)text.ptr[i + 1]) : -1;
            int low = high >= 0 ? hex_value((unsigned char)text.ptr[i + 2]) : -1;
            bt_buf_add_char(&s->made, low >= 0 ? (char)(high * 16 + low) : text.ptr[i]);
            if (low >= 0) i += 2;
        }
        text = made_since(s, made_begin);
    }
    seen_operand *operand = new_operand(s, SEEN_NAME);
    if (operand) operand->text = text;
}

static void read_hex_string(seen_scan *s)
{
    uint32_t begin = s->made.bytes.n;
    int high = -1;
    for (s->at++; s->at < s->bytes.len && s->bytes.ptr[s->at] != '>'; s->at++) {
        int digit = hex_value((unsigned char)s->bytes.ptr[s->at]);
        if (digit < 0 && kind_at(s, s->at) != WHITE) s->is_malformed = true;
        if (digit < 0) continue;
        if (high >= 0) bt_buf_add_char(&s->made, (char)(high * 16 + digit));
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0) bt_buf_add_char(&s->made, (char)(high * 16));
    if (s->at >= s->bytes.len) s->is_malformed = true;
    s->at++;
    seen_operand *operand = new_operand(s, SEEN_STRING);
    if (operand) operand->text = made_since(s, begin);
}

/* What stands after a backslash at s->at - 1; it is passed. */
static void read_escape(seen_scan *s)
{
    static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";
    int c = char_at(s, s->at++);
    const char *letter = c > 0 ? strchr(letters, c) : NULL;
    if (letter) {
        bt_buf_add_char(&s->made, meant[letter - letters]);
    } else if (c >= '0' && c <= '7') {
        int value = c - '0';
        for (int i = 0; i < 2 && char_at(s, s->at) >= '0' && char_at(s, s->at) <= '7'; i++)
            value = value * 8 + (s->bytes.ptr[s->at++] - '0');
        bt_buf_add_char(&s->made, (char)(value & 0xff));
    } else if (c == '\r') { /* the line goes on */
        if (char_at(s, s->at) == '\n') s->at++;
    } else if (c >= 0 && c != '\n')
        bt_buf_add_char(&s->made, (char)c);
}

static bool is_special(char c) { return c == '(' || c == ')' || c == '\\' || c == '\r'; }

/* Most strings are as they stand. */
static bool read_plain_string(seen_scan *s)
{
    size_t begin = s->at + 1, end = begin;
    while (end < s->bytes.len && !is_special(s->bytes.ptr[end])) end++;
    if (char_at(s, end) != ')') return false;
    s->at = end + 1;
    seen_operand *operand = new_operand(s, SEEN_STRING);
    if (operand) operand->text = bt_str_slice(s->bytes, begin, end);
    return true;
}

static void read_string(seen_scan *s)
{
    if (read_plain_string(s)) return;
    uint32_t begin = s->made.bytes.n;
    int depth = 1;
    s->at++;
    while (s->at < s->bytes.len) {
        char c = s->bytes.ptr[s->at++];
        if (c == '\\') {
            read_escape(s);
            continue;
        }
        depth += (c == '(') - (c == ')');
        if (!depth) break;
        if (c == '\r' && char_at(s, s->at) == '\n') s->at++;
        bt_buf_add_char(&s->made, c == '\r' ? '\n' : c);
    }
    if (depth) s->is_malformed = true;
    seen_operand *operand = new_operand(s, SEEN_STRING);
    if (operand) operand->text = made_since(s, begin);
}

/* --- arrays and dictionaries --- */

static void open_array(seen_scan *s, seen_operand_kind kind)
{
    if (s->n_open == SEEN_MOST_NESTED) s->is_malformed = true;
    if (s->n_open == SEEN_MOST_NESTED) return;
    bool is_item = s->n_open > 0;
    seen_operand *operand = new_operand(s, kind);
    if (!operand) return;
    operand->begin = operand->end = s->items.n;
    s->open[s->n_open++] = is_item ? s->items.n - 1 : NOT_AN_ITEM;
}

static seen_operand *innermost(seen_scan *s)
{
    uint32_t item = s->open[s->n_open - 1];
    return item == NOT_AN_ITEM ? &s->operands[s->n_operands - 1] : &s->items.v[item];
}

static void close_array(seen_scan *s)
{
    innermost(s)->end = s->items.n;
    s->n_open--;
}

/* What closes nothing, or something else than what is open, is passed over. */
static void close_kind(seen_scan *s, seen_operand_kind kind)
{
    if (!s->n_open || innermost(s)->kind != kind) s->is_malformed = true;
    if (s->n_open) close_array(s);
}

uint32_t seen_scan_after(const seen_scan *s, uint32_t i)
{
    const seen_operand *item = &s->items.v[i];
    return item->kind == SEEN_ARRAY || item->kind == SEEN_DICT ? item->end : i + 1;
}

const seen_operand *seen_scan_key(const seen_scan *s, const seen_operand *dict, const char *key)
{
    if (dict->kind != SEEN_DICT) return NULL;
    for (uint32_t i = dict->begin; i + 1 < dict->end;) {
        uint32_t value = seen_scan_after(s, i);
        if (value >= dict->end) return NULL;
        if (s->items.v[i].kind == SEEN_NAME && bt_str_is(s->items.v[i].text, key)) return &s->items.v[value];
        i = seen_scan_after(s, value);
    }
    return NULL;
}

/* --- operators --- */

void seen_scan_begin(seen_scan *s, bt_arena *arena, bt_str bytes)
{
    s->bytes = bytes;
    s->at = 0;
    s->made.arena = arena;
}

static void read_delimited(seen_scan *s, char c)
{
    bool is_double = char_at(s, s->at + 1) == c;
    if (c == '/')
        read_name(s);
    else if (c == '(')
        read_string(s);
    else if (c == '<' && !is_double)
        read_hex_string(s);
    else {
        if (c == '[') open_array(s, SEEN_ARRAY);
        if (c == '<') open_array(s, SEEN_DICT);
        if (c == ']') close_kind(s, SEEN_ARRAY);
        if (c == '>' && is_double) close_kind(s, SEEN_DICT);
        if (c == ')' || c == '{' || c == '}' || (c == '>' && !is_double)) s->is_malformed = true;
        s->at += (c == '<' || c == '>') && is_double ? 2 : 1;
    }
}

static bool is_value(bt_str word)
{
    if (word.len != 4 && word.len != 5) return false;
    return bt_str_is(word, "true") || bt_str_is(word, "false") || bt_str_is(word, "null");
}

bool seen_scan_next(seen_scan *s, bt_str *name)
{
    s->n_operands = s->n_open = s->items.n = s->made.bytes.n = 0;
    for (skip_white(s); s->at < s->bytes.len; skip_white(s)) {
        char c = s->bytes.ptr[s->at];
        if (begins_number((unsigned char)c)) {
            read_number(s);
            continue;
        }
        if (kinds[(unsigned char)c] == DELIMITER) {
            read_delimited(s, c);
            continue;
        }
        size_t begin = s->at;
        while (kind_at(s, s->at) == REGULAR) s->at++;
        *name = bt_str_slice(s->bytes, begin, s->at);
        if (!is_value(*name)) {
            if (s->n_open) s->is_malformed = true;
            while (s->n_open) close_array(s);
            return true;
        }
        seen_operand *operand = new_operand(s, SEEN_WORD);
        if (operand) operand->text = *name;
    }
    if (s->n_open) s->is_malformed = true;
    return false;
}

/* --- inline pictures --- */

/* Whether an EI stands at `at`, with white space or an end around it, and what follows looks like operators. */
static bool is_end(const seen_scan *s, size_t at)
{
    enum { LOOKED_AT = 24 };
    if (char_at(s, at) != 'E' || char_at(s, at + 1) != 'I' || kind_at(s, at + 2) == REGULAR) return false;
    for (size_t i = at + 2; i < at + 2 + LOOKED_AT && i < s->bytes.len; i++) {
        int c = char_at(s, i);
        if (c >= 0x7f || (c < ' ' && kinds[c] != WHITE)) return false;
    }
    return true;
}

bt_str seen_scan_picture(seen_scan *s, size_t n_known)
{
    if (kind_at(s, s->at) == WHITE && s->at < s->bytes.len) s->at++; /* the one after ID */
    size_t begin = s->at, rest = s->bytes.len - begin;
    if (n_known && n_known <= rest) {
        size_t end = begin + n_known;
        while (end < s->bytes.len && kind_at(s, end) == WHITE) end++;
        if (char_at(s, end) == 'E' && char_at(s, end + 1) == 'I' && kind_at(s, end + 2) != REGULAR) {
            s->at = end + 2;
            return bt_str_slice(s->bytes, begin, begin + n_known);
        }
    }
    size_t end = begin;
    while (end < s->bytes.len && !(is_end(s, end) && (end == begin || kind_at(s, end - 1) == WHITE))) end++;
    if (end >= s->bytes.len) s->is_malformed = true;
    s->at = end < s->bytes.len ? end + 2 : end;
    return bt_str_slice(s->bytes, begin, end > begin && end < s->bytes.len ? end - 1 : end);
}
