/* markdown_source.c - what must be known of the bytes before cmark sees them. cmark takes anything for text, and drops
 * some of it without a word; what an editor would miss on paper is found here. */
#include "markdown/markdown_int.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bt_str without_head(bt_str s, size_t n) { return bt_str_slice(s, n, s.len); }

/* --- whole files --- */

/* A bundle or layout named by mistake; a text may begin with {{name}}. */
static bool is_json(bt_str text)
{
    bt_str s = bt_str_trim(text);
    return bt_str_starts(s, BT_STR("{")) && bt_str_starts(bt_str_trim(without_head(s, 1)), BT_STR("\""));
}

static const char *kind_of_file(bt_str text)
{
    static const struct {
        bt_str head;
        const char *kind;
    } kinds[] = {
        {BT_STR_INIT("PK\003\004"), "a Word, Excel or zip file"},
        {BT_STR_INIT("\xD0\xCF\x11\xE0"), "an old Word or Excel file"},
        {BT_STR_INIT("{\\rtf"), "a rich text (RTF) file"},
        {BT_STR_INIT("%PDF"), "a PDF file"},
        {BT_STR_INIT("<!DOCTYPE"), "a web page or XML file"},
        {BT_STR_INIT("<html"), "a web page or XML file"},
        {BT_STR_INIT("<?xml"), "a web page or XML file"},
        {BT_STR_INIT("\x89PNG"), "a picture (PNG)"},
        {BT_STR_INIT("\xFF\xD8\xFF"), "a picture (JPEG)"},
        {BT_STR_INIT("\x1F\x8B"), "a compressed (gzip) file"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (bt_str_starts(text, kinds[i].head)) return kinds[i].kind;
    return is_json(text) ? "a JSON file" : NULL;
}

/* A text has no zero bytes; UTF-16 has one in every second character of ours. */
static const char *wide_encoding_of(bt_str s)
{
    enum { LOOKED_AT = 64 };
    size_t n = s.len < LOOKED_AT ? s.len : LOOKED_AT, n_zero = 0;
    if (bt_str_starts(s, BT_STR("\xFF\xFE\0\0")) || bt_str_starts(s, BT_STR("\0\0\xFE\xFF"))) return "UTF-32";
    if (bt_str_starts(s, BT_STR("\xFF\xFE")) || bt_str_starts(s, BT_STR("\xFE\xFF"))) return "UTF-16 ('Unicode')";
    for (size_t i = 0; i < n; i++) n_zero += s.ptr[i] == 0;
    if (n_zero * 2 > n) return n_zero == n ? NULL : "UTF-32";
    return n_zero * 4 > n ? "UTF-16 ('Unicode')" : NULL;
}

static bool check_file(bt_md *md)
{
    bt_place whole_file = {.file = md->file, .pointer = BT_STR("")};
    const char *kind = kind_of_file(md->source);
    const char *encoding = wide_encoding_of(md->source);
    if (kind)
        BT_MD_FAULT(md, E_MD_OTHER_FILE, &whole_file, BT_ARGS(bt_say(md->r->diags, bt_str_of(kind))));
    else if (encoding)
        BT_MD_FAULT(md, E_MD_ENCODING, &whole_file, BT_ARGS(bt_str_of(encoding)));
    return !kind && !encoding;
}

/* --- lines --- */

static bool find_lines(bt_md *md)
{
    uint32_t *line = BT_PUSH(&md->scratch, &md->lines);
    bt_str s = md->source;
    for (size_t i = 0; line && i < s.len; i++) {
        if (s.ptr[i] != '\n' && s.ptr[i] != '\r') continue;
        if (s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n') i++;
        line = BT_PUSH(&md->scratch, &md->lines);
        if (line) *line = (uint32_t)i + 1;
    }
    return line != NULL;
}

bt_str bt_md_line(const bt_md *md, uint32_t line)
{
    if (line < 1 || line > md->lines.n) return BT_STR("");
    size_t begin = md->lines.v[line - 1], end = line < md->lines.n ? md->lines.v[line] : md->source.len;
    while (end > begin && (md->source.ptr[end - 1] == '\n' || md->source.ptr[end - 1] == '\r')) end--;
    return bt_str_slice(md->source, begin, end);
}

static const bt_place *place_of(bt_md *md, size_t at)
{
    uint32_t low = 0, high = md->lines.n; /* the line begins at or before `at`, the one at `high` after it */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (md->lines.v[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return bt_md_place(md, low + 1, (uint32_t)(at - md->lines.v[low]) + 1);
}

/* --- characters --- */

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
}

static bool fault_control(bt_md *md, size_t at, uint32_t c)
{
    bt_str shown = bt_str_format(&md->r->words, "U+%04X", (unsigned)c);
    BT_MD_FAULT(md, E_MD_CONTROL, place_of(md, at), BT_ARGS(shown));
    return false;
}

/* "&#145;" stands for a control character too. */
static uint32_t numeric_entity(bt_str s)
{
    enum { LONGEST = 10, BEYOND = 0x110000 };
    if (!bt_str_starts(s, BT_STR("&#"))) return 'x';
    size_t i = 2;
    uint32_t base = 10, value = 0;
    if (i < s.len && (s.ptr[i] == 'x' || s.ptr[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t begin = i;
    for (; i < s.len && i < begin + LONGEST; i++) {
        char c = s.ptr[i];
        uint32_t digit = is_digit(c) ? (uint32_t)(c - '0') : is_letter(c) ? (uint32_t)((c | 0x20) - 'a') + 10 : 99;
        if (digit >= base) break;
        value = value < BEYOND ? value * base + digit : value;
    }
    return i > begin && i < s.len && s.ptr[i] == ';' ? value : 'x';
}

static bool check_characters(bt_md *md)
{
    bt_str s = md->source;
    for (size_t i = 0; i < s.len;) {
        uint32_t c;
        size_t n = bt_utf8_decode(s, i, &c);
        if (c == 0xFFFD && n == 1) {
            bt_str shown = bt_str_format(&md->r->words, "0x%02X", (unsigned)(unsigned char)s.ptr[i]);
            BT_MD_FAULT(md, E_MD_UTF8, place_of(md, i), BT_ARGS(shown));
            return false;
        }
        if (c == '&') {
            uint32_t entity = numeric_entity(without_head(s, i));
            if (is_control(entity)) return fault_control(md, i, entity);
        }
        if (is_control(c)) return fault_control(md, i, c);
        i += n;
    }
    return true;
}

/* --- escapes --- */

enum { LEAD = 0xDC, FIRST_CANDIDATE = 0x80, LAST_CANDIDATE = 0x8D }; /* U+0700 ... U+070D */
static const char escaped[BT_MD_N_MARKS] = {[BT_MD_BRACE] = '{', [BT_MD_TILDE] = '~', [BT_MD_BRACKET] = '['};

/* Three characters that the file has not. Where there are not as many, escapes stay: braces are then reported. */
static void choose_marks(bt_md *md)
{
    bool is_used[LAST_CANDIDATE + 1] = {false};
    uint32_t n = 0;
    bt_str s = md->source;
    for (size_t i = 0; i + 1 < s.len; i++) {
        uint32_t entity = s.ptr[i] == '&' ? numeric_entity(without_head(s, i)) : 0;
        unsigned char second = (unsigned char)s.ptr[i + 1];
        if ((unsigned char)s.ptr[i] == LEAD && second <= LAST_CANDIDATE) is_used[second] = true;
        if (entity >> 6 == (LEAD & 0x1F) && (entity & 0x3F) <= (LAST_CANDIDATE & 0x3F))
            is_used[FIRST_CANDIDATE | (entity & 0x3F)] = true;
    }
    uint8_t marks[BT_MD_N_MARKS];
    for (uint32_t c = FIRST_CANDIDATE; c <= LAST_CANDIDATE && n < BT_MD_N_MARKS; c++)
        if (!is_used[c]) marks[n++] = (uint8_t)c;
    if (n == BT_MD_N_MARKS) memcpy(md->marks, marks, sizeof marks);
}

char bt_md_escaped_at(const bt_md *md, bt_str text, size_t i)
{
    if (i + 1 >= text.len || (unsigned char)text.ptr[i] != LEAD) return '\0';
    for (int k = 0; k < BT_MD_N_MARKS; k++)
        if (md->marks[k] && (unsigned char)text.ptr[i + 1] == md->marks[k]) return escaped[k];
    return '\0';
}

/* Puts a mark of the same length in place of each escape that matters to us. */
static bool mark_escapes(bt_md *md)
{
    bt_str s = md->source;
    md->marked = bt_arena_alloc(&md->scratch, s.len + 1);
    if (!md->marked) return false;
    if (s.len) memcpy(md->marked, s.ptr, s.len);
    choose_marks(md);
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (s.ptr[i] != '\\' || !is_punctuation(s.ptr[i + 1])) continue;
        for (int k = 0; k < BT_MD_N_MARKS; k++) {
            if (s.ptr[i + 1] != escaped[k] || !md->marks[k]) continue;
            md->marked[i] = (char)LEAD;
            md->marked[i + 1] = (char)md->marks[k];
        }
        i++;
    }
    return true;
}

/* --- front matter --- */

static bool is_key_line(bt_str line)
{
    size_t i = 0;
    while (i < line.len &&
           (is_letter(line.ptr[i]) || is_digit(line.ptr[i]) || line.ptr[i] == '_' || line.ptr[i] == '-'))
        i++;
    return i && i < line.len && line.ptr[i] == ':' && (i + 1 == line.len || is_blank(line.ptr[i + 1]));
}

static bool continues_yaml(bt_str line)
{
    return !bt_str_trim(line).len || is_blank(line.ptr[0]) || line.ptr[0] == '-' || line.ptr[0] == '#' ||
           is_key_line(line);
}

/* "---", lines of "key: value", "---": reported, and blank for cmark, which would take it for a heading. */
static void find_front_matter(bt_md *md)
{
    bool has_key = false;
    uint32_t line = 2;
    if (!bt_str_is(bt_str_trim(bt_md_line(md, 1)), "---") || !bt_str_starts(bt_md_line(md, 1), BT_STR("---"))) return;
    for (; line <= md->lines.n; line++) {
        bt_str text = bt_md_line(md, line), trimmed = bt_str_trim(text);
        if (bt_str_is(trimmed, "---") || bt_str_is(trimmed, "...")) break;
        if (!continues_yaml(text)) return;
        has_key = has_key || is_key_line(text);
    }
    if (!has_key || line > md->lines.n) return;
    BT_MD_FAULT(md, E_MD_FRONT_MATTER, bt_md_place(md, 1, 1), BT_NO_ARGS);
    size_t end = line < md->lines.n ? md->lines.v[line] : md->source.len;
    for (size_t i = 0; i < end; i++)
        if (md->marked[i] != '\n' && md->marked[i] != '\r') md->marked[i] = ' ';
}

/* --- definitions --- */

/* The line behind up to three blanks and the > of quotes. */
static bt_str inner_line(bt_str line)
{
    size_t i = 0, n_blanks = 0;
    for (; i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '>'); i++) {
        n_blanks = line.ptr[i] == ' ' ? n_blanks + 1 : 0;
        if (n_blanks > 3) break;
    }
    return without_head(line, i);
}

/* "[label]:" at the line's beginning: its length, 0 where there is none. */
static size_t label_length(bt_str line)
{
    size_t i = 1;
    if (!line.len || line.ptr[0] != '[') return 0;
    for (; i < line.len && line.ptr[i] != ']' && line.ptr[i] != '['; i++)
        if (line.ptr[i] == '\\') i++;
    bool is_label = i > 1 && i + 1 < line.len && line.ptr[i] == ']' && line.ptr[i + 1] == ':';
    return is_label ? i + 2 : 0;
}

/* Where an address or a quoted title ends, SIZE_MAX: it does not. */
static size_t token_end(bt_str s, size_t i, char close)
{
    for (i++; i < s.len && s.ptr[i] != close; i++)
        if (s.ptr[i] == '\\') i++;
    return i < s.len ? i + 1 : SIZE_MAX;
}

/* Where an address without < > ends; SIZE_MAX: its parentheses do not match. */
static size_t address_end(bt_str s)
{
    size_t i = 0;
    int depth = 0;
    for (; i < s.len && !is_blank(s.ptr[i]) && depth >= 0; i++) {
        if (s.ptr[i] == '\\' && i + 1 < s.len && is_punctuation(s.ptr[i + 1]))
            i++;
        else
            depth += s.ptr[i] == '(' ? 1 : s.ptr[i] == ')' ? -1 : 0;
    }
    return depth ? SIZE_MAX : i;
}

bool bt_md_is_definition(bt_str line, bt_str *label)
{
    bt_str s = inner_line(line);
    size_t n = label_length(s);
    if (!n || s.ptr[1] == '^') return false;
    *label = bt_str_slice(s, 0, n - 1);
    if (!bt_str_trim(bt_str_slice(s, 1, n - 2)).len) return false;
    bt_str rest = bt_str_trim(without_head(s, n));
    if (!rest.len) return false;
    size_t end = rest.ptr[0] == '<' ? token_end(rest, 0, '>') : address_end(rest);
    if (end == SIZE_MAX) return false;
    bt_str title = bt_str_trim(without_head(rest, end));
    if (!title.len) return true;
    char open = title.ptr[0];
    return (open == '"' || open == '\'' || open == '(') && token_end(title, 0, open == '(' ? ')' : open) == title.len;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

static bool stands_at(bt_str s, size_t at, bt_str what)
{
    if (s.len - at < what.len) return false;
    for (size_t i = 0; i < what.len; i++)
        if (lower(s.ptr[at + i]) != lower(what.ptr[i])) return false;
    return true;
}

/* Whether some link names the label. Letters beyond ASCII count as they are written. */
static bool is_used(const bt_md *md, bt_str label)
{
    const char *end = md->source.ptr + md->source.len;
    for (const char *p = md->source.ptr; p < end; p++) {
        p = memchr(p, '[', (size_t)(end - p));
        if (!p) return false;
        size_t at = (size_t)(p - md->source.ptr), after = at + label.len;
        if (!stands_at(md->source, at, label)) continue;
        if (after >= md->source.len || md->source.ptr[after] != ':') return true;
    }
    return false;
}

/* Definitions that nothing uses would be lost, and with them what only looks like one: "[Ảnh]: TTXVN". */
static void find_definitions(bt_md *md)
{
    enum { MOST_LOOKED_FOR = 200 }; /* each is a search through the file */
    bool may_begin = true;
    uint32_t n = 0;
    for (uint32_t i = 1; i <= md->lines.n; i++) {
        bt_str line = bt_md_line(md, i), label, inner = inner_line(line);
        size_t length = label_length(inner);
        if (length > 4 && inner.ptr[1] == '^') {
            const bt_place *at = bt_md_place(md, i, (uint32_t)(inner.ptr - line.ptr) + 1);
            BT_MD_FAULT(md, E_MD_FOOTNOTE, at, BT_ARGS(bt_str_slice(inner, 0, length - 1)));
            memset(md->marked + (line.ptr - md->source.ptr), ' ', line.len);
        }
        bool is_definition = may_begin && bt_md_is_definition(line, &label);
        if (is_definition && n++ < MOST_LOOKED_FOR && !is_used(md, label))
            BT_MD_FAULT(md, W_MD_DEFINITION, bt_md_place(md, i, (uint32_t)(label.ptr - line.ptr) + 1), BT_ARGS(label));
        may_begin = is_definition || !bt_str_trim(inner).len || inner.ptr[0] == '#';
    }
}

/* --- limits --- */

/* cmark takes quadratic time for some texts of many openings without an end to the paragraph. */
static bool check_openings(bt_md *md)
{
    uint32_t n = 0;
    for (uint32_t i = 1; i <= md->lines.n; i++) {
        bt_str line = bt_md_line(md, i);
        if (!bt_str_trim(line).len) n = 0;
        for (size_t k = 0; k < line.len; k++) {
            char next = k + 1 < line.len ? line.ptr[k + 1] : '\0';
            n += line.ptr[k] == '[' || (line.ptr[k] == '<' && (next == '!' || next == '?'));
        }
        if (n <= BT_LIMIT_MARKDOWN_OPENINGS) continue;
        bt_fields_limit(md->r, BT_E_MD_OPENINGS, bt_md_place(md, i, 1),
                        BT_ARGS(bt_fields_count(md->r, BT_LIMIT_MARKDOWN_OPENINGS)));
        return false;
    }
    return true;
}

bool bt_md_read_source(bt_md *md)
{
    if (bt_str_starts(md->source, BT_STR("\xEF\xBB\xBF"))) md->source = without_head(md->source, 3);
    if (!check_file(md) || !find_lines(md) || !check_characters(md) || !check_openings(md) || !mark_escapes(md))
        return false;
    find_front_matter(md);
    find_definitions(md);
    return true;
}
