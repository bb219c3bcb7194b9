/* json_fault.c - finds the words for what is wrong, for people who write JSON by hand and are not programmers.
 *
 * The scanner knows only that its next character does not fit. Here that place is looked at again: what did the user do
 * to bring it about, and where must the file be mended? Speed does not matter: a file has one fault at most.
 */
#include "json/json_int.h"

bool bt_json_no_memory(bt_json_scanner *s)
{
    s->status = BT_NOMEM;
    return false;
}

static bt_str pointer_of(bt_json_scanner *s)
{
    bt_json_pointer pointer = {BT_STR(""), false};
    for (uint32_t i = 0; i < s->depth && s->frames[i].is_inside; i++) {
        const bt_json_frame *frame = &s->frames[i];
        if (frame->close == '}') {
            pointer = bt_json_pointer_name(s->scratch, pointer, frame->name);
        } else {
            pointer = bt_json_pointer_index(s->scratch, pointer, s->marks.v[frame->mark_i].n_children);
        }
    }
    return pointer.text;
}

bool bt_json_fault(bt_json_scanner *s, bt_diag_code code, bt_json_spot spot, const bt_str *args, size_t n_args)
{
    bt_place place = {.file = s->file, .pointer = pointer_of(s), .line = spot.line, .column = spot.column};
    if (s->scratch->failed) return bt_json_no_memory(s);
    bool is_limit = code == BT_E_JSON_DEPTH || code == BT_E_JSON_NODES || code == BT_E_JSON_NUMBER_LONG;
    s->status = is_limit ? BT_LIMIT : BT_INPUT;
    bt_diag(s->diags, code, &place, args, n_args);
    return false;
}

bt_str bt_json_shown(bt_json_scanner *s, bt_str text)
{
    enum { LONGEST = 40 }; /* characters */
    size_t at = 0;
    for (int n = 0; at < text.len && n < LONGEST; n++) {
        uint32_t codepoint;
        at += bt_utf8_decode(text, at, &codepoint);
    }
    return at == text.len ? text : bt_str_join(s->scratch, bt_str_slice(text, 0, at), BT_STR("…"));
}

bt_str bt_json_shown_codepoint(bt_json_scanner *s, uint32_t codepoint)
{
    return bt_str_format(s->scratch, "U+%04X", (unsigned)codepoint);
}

bool bt_json_is_curly(uint32_t c)
{
    return (c >= 0x2018 && c <= 0x201F) || c == 0x2032 || c == 0x2033 || c == 0x2039 || c == 0x203A || c == 0xAB ||
           c == 0xBB || c == 0xB4 || (c >= 0x300C && c <= 0x300F) || (c >= 0x301D && c <= 0x301F) || c == 0xFF02 ||
           c == 0xFF07;
}

static bool is_special_blank(uint32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || (c >= 0x205F && c <= 0x2064) || c == 0x3000;
}

/* The character at the scanner's place, which is not the end. */
static bt_str character_at(const bt_json_scanner *s, size_t at)
{
    uint32_t codepoint;
    size_t length = bt_utf8_decode(s->source, at, &codepoint);
    return bt_str_slice(s->source, at, at + length);
}

/* What is found at the scanner's place, for a message: a whole word or one sign. */
static bt_str found(bt_json_scanner *s)
{
    bt_str token = bt_json_loose_token(s, s->here.at);
    return bt_json_shown(s, token.len ? token : character_at(s, s->here.at));
}

static bt_str number_shown(bt_json_scanner *s, uint32_t n) { return bt_str_format(s->scratch, "%u", (unsigned)n); }

static char opening_of(const bt_json_frame *frame) { return frame->close == '}' ? '{' : '['; }

/* Whole files */

static bool fault_kind_of_file(bt_json_scanner *s)
{
    static const struct {
        bt_str head, kind;
    } kinds[] = {
        {BT_STR_INIT("PK\003\004"), BT_STR_INIT("a Word, Excel or zip file")},
        {BT_STR_INIT("\xD0\xCF\x11\xE0"), BT_STR_INIT("an old Word or Excel file")},
        {BT_STR_INIT("{\\rtf"), BT_STR_INIT("a rich text (RTF) file")},
        {BT_STR_INIT("%PDF"), BT_STR_INIT("a PDF file")},
        {BT_STR_INIT("<"), BT_STR_INIT("a web page or XML file")},
        {BT_STR_INIT("\x89PNG"), BT_STR_INIT("a picture (PNG)")},
        {BT_STR_INIT("\xFF\xD8\xFF"), BT_STR_INIT("a picture (JPEG)")},
        {BT_STR_INIT("\x1F\x8B"), BT_STR_INIT("a compressed (gzip) file")},
    };
    bt_json_spot whole_file = {0};
    bt_str text = bt_str_trim(s->source);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!bt_str_starts(text, kinds[i].head)) continue;
        bt_json_fault(s, BT_E_JSON_OTHER_FILE, whole_file, BT_ARGS(bt_say(s->diags, kinds[i].kind)));
        return true;
    }
    return false;
}

/* A JSON text begins with an ASCII character: where the zero bytes stand around it tells the encoding. */
static const char *wide_encoding_of(bt_str s)
{
    bool is_zero[4] = {0};
    for (size_t i = 0; i < 4; i++) is_zero[i] = i < s.len && s.ptr[i] == 0;
    if (bt_str_starts(s, BT_STR("\xFF\xFE\0\0")) || bt_str_starts(s, BT_STR("\0\0\xFE\xFF"))) return "UTF-32";
    if (bt_str_starts(s, BT_STR("\xFF\xFE")) || bt_str_starts(s, BT_STR("\xFE\xFF"))) return "UTF-16 ('Unicode')";
    if (s.len < 2) return NULL;
    if ((is_zero[0] && is_zero[1] && is_zero[2]) || (is_zero[1] && is_zero[2] && is_zero[3])) return "UTF-32";
    return is_zero[0] != is_zero[1] ? "UTF-16 ('Unicode')" : NULL;
}

/* What a crash or a failed download leaves. */
static bool is_zero_bytes(bt_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i]) return false;
    }
    return true;
}

bool bt_json_fault_file(bt_json_scanner *s)
{
    bt_json_spot whole_file = {0};
    if (is_zero_bytes(s->source)) {
        bt_json_fault(s, BT_E_JSON_EMPTY, whole_file, BT_NO_ARGS);
        return true;
    }
    if (fault_kind_of_file(s)) return true;
    const char *encoding = wide_encoding_of(s->source);
    if (encoding) bt_json_fault(s, BT_E_JSON_ENCODING, whole_file, BT_ARGS(bt_str_of(encoding)));
    return encoding != NULL;
}

/* What is wrong anywhere */

bool bt_json_fault_utf8(bt_json_scanner *s)
{
    unsigned byte = (unsigned char)s->source.ptr[s->here.at];
    return bt_json_fault(s, BT_E_JSON_UTF8, s->here, BT_ARGS(bt_str_format(s->scratch, "0x%02X", byte)));
}

static bool fault_end(bt_json_scanner *s)
{
    bt_json_frame *frame = bt_json_top(s);
    char open = opening_of(frame);
    return bt_json_fault(s, s->is_part ? BT_E_MD_BLOCK_ENDS : BT_E_JSON_ENDS, s->token_end,
                         BT_ARGS(((bt_str){&open, 1}), number_shown(s, frame->line), ((bt_str){&frame->close, 1})));
}

static bool is_comment(bt_str rest)
{
    return bt_str_starts(rest, BT_STR("//")) || bt_str_starts(rest, BT_STR("/*")) || bt_str_starts(rest, BT_STR("#"));
}

/* Reports what may stand nowhere outside quotes; true when it did. */
static bool fault_stray(bt_json_scanner *s)
{
    uint32_t c;
    if (bt_json_peek(s) < 0) {
        fault_end(s);
        return true;
    }
    bt_str rest = bt_str_slice(s->source, s->here.at, s->source.len);
    size_t length = bt_utf8_decode(s->source, s->here.at, &c);
    if (c == 0xFFFD && length == 1) {
        bt_json_fault_utf8(s);
    } else if (c == 0xFEFF) {
        bt_json_fault(s, BT_E_JSON_BOM, s->here, BT_NO_ARGS);
    } else if (is_special_blank(c)) {
        bt_json_fault(s, BT_E_JSON_BLANK, s->here, BT_ARGS(bt_json_shown_codepoint(s, c)));
    } else if (c < 0x20 || c == 0x7F) {
        bt_json_fault(s, BT_E_JSON_CONTROL, s->here, BT_ARGS(bt_json_shown_codepoint(s, c)));
    } else if (is_comment(rest)) {
        bt_json_fault(s, BT_E_JSON_COMMENT, s->here, BT_ARGS(bt_str_slice(rest, 0, c == '#' ? 1 : 2)));
    } else {
        return false;
    }
    return true;
}

/* A name or text that begins with the wrong mark; true when it reported that. */
static bool fault_quote(bt_json_scanner *s)
{
    bt_str mark = character_at(s, s->here.at);
    uint32_t c;
    bt_utf8_decode(mark, 0, &c);
    if (c == '\'' || c == '`') {
        bt_json_fault(s, BT_E_JSON_SINGLE_QUOTE, s->here, BT_ARGS(mark));
        return true;
    }
    if (!bt_json_is_curly(c)) return false;
    bt_json_fault(s, BT_E_JSON_CURLY_QUOTE, s->here, BT_ARGS(mark));
    return true;
}

/* A bracket of the wrong kind; true when it reported that. */
static bool fault_bracket(bt_json_scanner *s)
{
    bt_json_frame *frame = bt_json_top(s);
    int c = bt_json_peek(s);
    if (!frame || (c != ']' && c != '}') || c == frame->close) return false;
    char here = (char)c, open = opening_of(frame);
    bt_json_fault(s, BT_E_JSON_BRACKET, s->here,
                  BT_ARGS(((bt_str){&here, 1}), ((bt_str){&open, 1}), number_shown(s, frame->line),
                          ((bt_str){&frame->close, 1})));
    return true;
}

/* A text opened straight and closed with a typographic mark runs on to the end of its line. */
static bool is_curly_the_last(const bt_json_scanner *s)
{
    if (!s->curly.line) return false;
    size_t at = s->curly.at + character_at(s, s->curly.at).len;
    for (; at < s->here.at; at++) {
        char c = s->source.ptr[at];
        if (c != ' ' && c != '\t' && c != ',' && c != ':' && c != ']' && c != '}') return false;
    }
    return true;
}

static bool fault_curly_inside(bt_json_scanner *s)
{
    return bt_json_fault(s, BT_E_JSON_CURLY_QUOTE, s->curly, BT_ARGS(character_at(s, s->curly.at)));
}

bool bt_json_fault_newline(bt_json_scanner *s)
{
    if (is_curly_the_last(s)) return fault_curly_inside(s);
    return bt_json_fault(s, BT_E_JSON_NEWLINE, s->here, BT_NO_ARGS);
}

/* Where a value should begin */

static bool equal_but_case(bt_str a, bt_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        char c = a.ptr[i] >= 'A' && a.ptr[i] <= 'Z' ? (char)(a.ptr[i] - 'A' + 'a') : a.ptr[i];
        if (c != b.ptr[i]) return false;
    }
    return true;
}

/* Words of other languages; true when it reported one. */
static bool fault_known_word(bt_json_scanner *s, bt_json_spot begin, bt_str word)
{
    static const struct {
        bt_str word, instead; /* instead empty: a number that is none */
    } words[] = {
        {BT_STR_INIT("true"), BT_STR_INIT("true")},      {BT_STR_INIT("false"), BT_STR_INIT("false")},
        {BT_STR_INIT("null"), BT_STR_INIT("null")},      {BT_STR_INIT("none"), BT_STR_INIT("null")},
        {BT_STR_INIT("undefined"), BT_STR_INIT("null")}, {BT_STR_INIT("nil"), BT_STR_INIT("null")},
        {BT_STR_INIT("nan"), BT_STR_INIT("")},           {BT_STR_INIT("-nan"), BT_STR_INIT("")},
        {BT_STR_INIT("infinity"), BT_STR_INIT("")},      {BT_STR_INIT("-infinity"), BT_STR_INIT("")},
        {BT_STR_INIT("inf"), BT_STR_INIT("")},           {BT_STR_INIT("-inf"), BT_STR_INIT("")},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!equal_but_case(word, words[i].word)) continue;
        if (words[i].instead.len) {
            bt_json_fault(s, BT_E_JSON_WORD_FORM, begin, BT_ARGS(word, words[i].instead));
        } else {
            bt_json_fault(s, BT_E_JSON_NAN, begin, BT_ARGS(word));
        }
        return true;
    }
    return false;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits, or digits with one point somewhere among them. */
static bool is_plain_number(bt_str text)
{
    size_t n_points = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') {
            n_points++;
        } else if (!is_digit(text.ptr[i])) {
            return false;
        }
    }
    return n_points <= 1 && text.len > n_points;
}

static bool fault_signs_and_words(bt_json_scanner *s)
{
    bt_str token = bt_json_loose_token(s, s->here.at);
    bt_str shown = found(s);
    bt_str after_first = bt_str_slice(token, 1, token.len);
    char first = token.len ? token.ptr[0] : 0;
    if (first == '+' && is_plain_number(after_first)) {
        return bt_json_fault(s, BT_E_JSON_PLUS, s->here, BT_ARGS(bt_json_shown(s, after_first)));
    }
    if (first == '.' && is_plain_number(token)) return bt_json_fault(s, BT_E_JSON_POINT, s->here, BT_ARGS(shown));
    if (fault_known_word(s, s->here, token)) return false;
    bool is_word = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || (first & 0x80);
    if (is_word && !s->depth) {
        bt_json_spot whole_file = {0};
        return bt_json_fault(s, BT_E_JSON_OTHER_FILE, whole_file, BT_ARGS(BT_SAY(s->diags, "ordinary text")));
    }
    return bt_json_fault(s, is_word ? BT_E_JSON_WORD : BT_E_JSON_VALUE, s->here, BT_ARGS(shown));
}

bool bt_json_fault_value(bt_json_scanner *s)
{
    const bt_json_frame *frame = bt_json_top(s);
    if (fault_stray(s) || fault_quote(s)) return false;
    int c = bt_json_peek(s);
    if (frame && frame->close == '}' && (c == ',' || c == '}' || c == ']')) {
        return bt_json_fault(s, BT_E_JSON_NO_VALUE, s->token_end, BT_ARGS(bt_json_shown(s, frame->name)));
    }
    if (frame && c == ',') return bt_json_fault(s, BT_E_JSON_EXTRA_COMMA, s->here, BT_NO_ARGS);
    if (fault_bracket(s)) return false;
    return fault_signs_and_words(s);
}

static bt_str without_zeros(bt_str digits)
{
    size_t at = 0;
    while (at + 1 < digits.len && digits.ptr[at] == '0' && is_digit(digits.ptr[at + 1])) at++;
    return bt_str_slice(digits, at, digits.len);
}

bool bt_json_fault_number(bt_json_scanner *s, bt_json_spot begin)
{
    bt_str token = bt_json_loose_token(s, begin.at);
    bt_str shown = bt_json_shown(s, token);
    bool is_negative = token.ptr[0] == '-';
    bt_str size = bt_str_slice(token, is_negative, token.len);
    if (bt_json_peek(s) >= 0x80 && fault_stray(s)) return false;
    if (fault_known_word(s, begin, token)) return false;
    if (is_plain_number(size) && size.len > 1 && size.ptr[0] == '0' && is_digit(size.ptr[1])) {
        bt_str mended = bt_str_join(s->scratch, BT_STR("-"), without_zeros(size));
        mended = bt_str_slice(mended, !is_negative, mended.len);
        return bt_json_fault(s, BT_E_JSON_LEADING_ZERO, begin, BT_ARGS(shown, bt_json_shown(s, mended)));
    }
    if (is_plain_number(size)) return bt_json_fault(s, BT_E_JSON_POINT, begin, BT_ARGS(shown));
    return bt_json_fault(s, BT_E_JSON_NUMBER, begin, BT_ARGS(shown));
}

/* Where a name should begin */

/* "share": 48,5 reads as a number, a comma and something that is no name; true when it reported that. */
static bool fault_decimal_comma(bt_json_scanner *s)
{
    uint32_t at = s->here.at;
    if (!s->marks.n || !is_digit(s->source.ptr[at])) return false;
    const bt_json_mark *before = &s->marks.v[s->marks.n - 1];
    if (before->kind != BT_JSON_NUMBER || before->end + 1 != at) return false;
    bt_str whole = bt_str_slice(s->source, before->begin, before->end);
    bt_str decimals = bt_json_loose_token(s, at);
    bt_str head = bt_str_join(s->scratch, whole, BT_STR(","));
    bt_str as_written = bt_str_join(s->scratch, head, decimals);
    bt_str mended = bt_str_join(s->scratch, bt_str_join(s->scratch, whole, BT_STR(".")), decimals);
    bt_json_top(s)->is_inside = true; /* the member before is the one meant */
    bt_json_spot comma = {at - 1, s->here.line, s->here.column - 1};
    bt_json_fault(s, BT_E_JSON_DECIMAL_COMMA, comma, BT_ARGS(bt_json_shown(s, as_written), bt_json_shown(s, mended)));
    return true;
}

bool bt_json_fault_name(bt_json_scanner *s)
{
    if (fault_stray(s) || fault_quote(s) || fault_bracket(s) || fault_decimal_comma(s)) return false;
    if (bt_json_peek(s) == ',') return bt_json_fault(s, BT_E_JSON_EXTRA_COMMA, s->here, BT_NO_ARGS);
    bool is_bare = bt_json_loose_token(s, s->here.at).len > 0;
    return bt_json_fault(s, is_bare ? BT_E_JSON_NAME_BARE : BT_E_JSON_NAME, s->here, BT_ARGS(found(s)));
}

/* After a name or value */

/* A mark that was meant as part of the text ended it, and the text goes on; true when it reported that. */
static bool fault_quote_inside(bt_json_scanner *s)
{
    bool is_adjacent = s->token_end.at == s->here.at && s->source.ptr[s->here.at - 1] == '"';
    if (!is_adjacent || bt_json_loose_token(s, s->here.at).len == 0) return false;
    bt_json_spot mark = {s->here.at - 1, s->here.line, s->here.column - 1};
    bt_json_fault(s, BT_E_JSON_QUOTE_INSIDE, mark, BT_ARGS(found(s)));
    return true;
}

bool bt_json_fault_colon(bt_json_scanner *s)
{
    bt_json_frame *frame = bt_json_top(s);
    if (fault_stray(s)) return false;
    frame->is_inside = false; /* the name read is not the one meant */
    if (s->curly.line) return fault_curly_inside(s);
    if (fault_quote_inside(s)) return false;
    frame->is_inside = true;
    bt_str name = bt_json_shown(s, frame->name);
    return bt_json_fault(s, BT_E_JSON_COLON, s->token_end, BT_ARGS(name));
}

bool bt_json_fault_after_value(bt_json_scanner *s)
{
    bt_json_frame *frame = bt_json_top(s);
    frame->is_inside = false;
    if (fault_stray(s) || fault_bracket(s)) return false;
    if (frame->close == ']' && bt_json_peek(s) == ':') {
        return bt_json_fault(s, BT_E_JSON_COLON_IN_LIST, s->here, BT_NO_ARGS);
    }
    frame->is_inside = true; /* the rest concerns the value before */
    if (fault_quote_inside(s)) return false;
    bt_str where = s->token_end.line == s->here.line ? BT_STR("") : BT_SAY(s->diags, ", at the end of the line");
    if (frame->close == '}') {
        return bt_json_fault(s, BT_E_JSON_COMMA_MEMBER, s->token_end, BT_ARGS(bt_json_shown(s, frame->name), where));
    }
    bt_str item = number_shown(s, s->marks.v[frame->mark_i].n_children + 1);
    return bt_json_fault(s, BT_E_JSON_COMMA_ITEM, s->token_end, BT_ARGS(item, where));
}

bool bt_json_fault_after_end(bt_json_scanner *s)
{
    if (fault_stray(s)) return false;
    return bt_json_fault(s, BT_E_JSON_AFTER_END, s->here, BT_ARGS(number_shown(s, s->token_end.line), found(s)));
}
