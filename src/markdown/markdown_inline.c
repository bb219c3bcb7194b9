/* markdown_inline.c - a paragraph's inline nodes as one text in the bundle's own markup.
 *
 * The tree is flattened into letters that each know how they are set, and these are written out again with as few marks
 * as they need: emphasis in emphasis, emphasis that ends in the middle of a link, two that touch, are all the same
 * then. A blank between two letters has what both have in common, so that marks never stand on the wrong side of a
 * blank, where the bundle's markup does not take them for marks.
 */
#include "markdown/markdown_int.h"

#include <string.h>

enum { BOLD = 1, ITALIC = 2 };
enum { MOST_REFERENCE = 9 }; /* bytes of "[^123456]" */

typedef struct letter {
    uint32_t link; /* index + 1; 0: none */
    uint8_t format;
    bool is_escaped; /* meant literally */
    char c;
} letter;

typedef struct writer {
    bt_md *md;
    BT_ARRAY(letter) letters;
    BT_ARRAY(bt_str) links;
    uint32_t n_bold, n_italic; /* open nodes */
    uint32_t link;
    cmark_node *strike; /* where the first ~~ stands */
} writer;

/* --- flattening --- */

static void put_letter(writer *w, char c, bool is_escaped)
{
    uint8_t format = (uint8_t)((w->n_bold ? BOLD : 0) | (w->n_italic ? ITALIC : 0));
    letter *at = BT_PUSH(&w->md->scratch, &w->letters);
    if (at) *at = (letter){w->link, format, is_escaped, c == '\t' ? ' ' : c};
}

static void put(writer *w, bt_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char mark = bt_md_escaped_at(w->md, text, i);
        put_letter(w, mark ? mark : text.ptr[i], mark != '\0');
        i += mark != '\0';
    }
}

/* Code is plain text, of which everything is meant literally, backslashes too. */
static void put_code(writer *w, bt_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char mark = bt_md_escaped_at(w->md, text, i);
        if (mark) put_letter(w, '\\', true);
        put_letter(w, mark ? mark : text.ptr[i], true);
        i += mark != '\0';
    }
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/* "[^1]": its length, 0 where it is none. */
static size_t footnote_length(bt_str s, size_t at)
{
    size_t i = at + 2;
    if (s.len - at < 4 || s.ptr[at] != '[' || s.ptr[at + 1] != '^') return 0;
    while (i < s.len && s.ptr[i] != ']' && s.ptr[i] != '[' && !is_blank(s.ptr[i])) i++;
    return i < s.len && s.ptr[i] == ']' && i > at + 2 ? i + 1 - at : 0;
}

/* "[^1]" refers to one of the article's notes, but not within a link. */
static bool is_reference(const writer *w, bt_str text)
{
    bool has_digits = !w->link && text.len <= MOST_REFERENCE;
    for (size_t i = 2; i + 1 < text.len; i++) has_digits = has_digits && text.ptr[i] >= '0' && text.ptr[i] <= '9';
    return has_digits;
}

/* Marks of other Markdowns, which this one would print. */
static void look_for_marks(writer *w, cmark_node *node, bt_str text)
{
    bt_md *md = w->md;
    for (size_t i = 0; i + 1 < text.len; i++) {
        size_t n = footnote_length(text, i);
        if (n && !is_reference(w, bt_str_slice(text, i, i + n)))
            BT_MD_FAULT(md, E_MD_FOOTNOTE,
                        bt_md_inline_place(md, node, bt_str_z(&md->scratch, bt_str_slice(text, i, i + n))),
                        BT_ARGS(bt_str_slice(text, i, i + n)));
        if (text.ptr[i] != '~' || text.ptr[i + 1] != '~') continue;
        if (w->strike) {
            BT_MD_FAULT(md, E_MD_STRIKE, bt_md_inline_place(md, w->strike, "~~"), BT_NO_ARGS);
            w->strike = NULL;
        } else
            w->strike = node;
        while (i + 1 < text.len && text.ptr[i + 1] == '~') i++;
    }
}

bool bt_md_is_comment(bt_str html)
{
    bt_str rest = bt_str_trim(html), end = BT_STR("-->");
    while (bt_str_starts(rest, BT_STR("<!--"))) {
        const char *close = rest.len > 6 ? memmem(rest.ptr + 4, rest.len - 4, end.ptr, end.len) : NULL;
        if (!close) return false;
        rest = bt_str_trim(bt_str_slice(rest, (size_t)(close - rest.ptr) + end.len, rest.len));
        if (!rest.len) return true;
    }
    return false;
}

void bt_md_note_comment(bt_md *md, const bt_place *at)
{
    if (!md->said_comment) BT_MD_FAULT(md, N_MD_COMMENT, at, BT_NO_ARGS);
    md->said_comment = true;
}

static bool is_line_break(bt_str html)
{
    return bt_str_is(html, "<br>") || bt_str_is(html, "<br/>") || bt_str_is(html, "<br />") || bt_str_is(html, "<BR>");
}

static void read_html(writer *w, cmark_node *node)
{
    bt_md *md = w->md;
    bt_str html = bt_str_of(cmark_node_get_literal(node));
    if (is_line_break(html))
        put(w, BT_STR("\n"));
    else if (bt_md_is_comment(html))
        bt_md_note_comment(md, bt_md_inline_place(md, node, "<!--"));
    else if (!md->said_html || !bt_str_starts(html, BT_STR("</"))) {
        BT_MD_FAULT(md, E_MD_HTML, bt_md_inline_place(md, node, "<"), BT_ARGS(html));
        md->said_html = true;
    }
}

/* What the bundle's markup does not take within the ( ) of a link is written as an address writes it. */
static bt_str link_address(bt_md *md, bt_str url)
{
    bt_buf out = bt_buf_in(&md->scratch);
    bt_str plain = bt_md_unmarked(md, url);
    for (size_t i = 0; i < plain.len; i++) {
        unsigned char c = (unsigned char)plain.ptr[i];
        if (c <= 0x20 || c == ')' || c == '\\' || c == 0x7F)
            bt_buf_format(&out, "%%%02X", c);
        else
            bt_buf_add_char(&out, (char)c);
    }
    return bt_buf_str(&out);
}

static void begin_link(writer *w, cmark_node *node)
{
    bt_md *md = w->md;
    bt_str url = bt_str_of(cmark_node_get_url(node)), title = bt_str_of(cmark_node_get_title(node));
    bt_str text = bt_md_plain_children(md, node);
    bt_str *link = BT_PUSH(&md->scratch, &w->links);
    if (bt_str_starts(text, BT_STR("^")))
        BT_MD_FAULT(md, E_MD_FOOTNOTE, bt_md_inline_place(md, node, "[^"),
                    BT_ARGS(bt_str_format(&md->r->words, "[%.*s]", BT_STR_ARGS(text))));
    else if (!url.len)
        BT_MD_FAULT(md, E_MD_LINK_ADDRESS, bt_md_inline_place(md, node, "["), BT_NO_ARGS);
    else if (!bt_str_trim(text).len)
        BT_MD_FAULT(md, E_MD_LINK_EMPTY, bt_md_inline_place(md, node, "["), BT_NO_ARGS);
    if (title.len)
        BT_MD_FAULT(md, W_MD_LINK_TITLE, bt_md_inline_place(md, node, "["), BT_ARGS(bt_fields_quoted(md->r, title)));
    if (!link) return;
    *link = link_address(md, url);
    w->link = w->links.n;
}

/* False: what is below the node is not looked at. */
static bool enter(writer *w, cmark_node *node)
{
    bt_md *md = w->md;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: {
        bt_str text = bt_str_of(cmark_node_get_literal(node));
        look_for_marks(w, node, text);
        put(w, text);
        return false;
    }
    case CMARK_NODE_SOFTBREAK:
        put(w, BT_STR(" "));
        return false;
    case CMARK_NODE_LINEBREAK:
        put(w, BT_STR("\n"));
        return false;
    case CMARK_NODE_CODE:
        put_code(w, bt_str_of(cmark_node_get_literal(node)));
        return false;
    case CMARK_NODE_HTML_INLINE:
        read_html(w, node);
        return false;
    case CMARK_NODE_IMAGE:
        BT_MD_FAULT(md, E_MD_IMAGE_IN_TEXT, bt_md_inline_place(md, node, "!["), BT_NO_ARGS);
        return false;
    case CMARK_NODE_STRONG:
        w->n_bold++;
        return true;
    case CMARK_NODE_EMPH:
        w->n_italic++;
        return true;
    case CMARK_NODE_LINK:
        begin_link(w, node);
        return true;
    default:
        return true;
    }
}

static void leave(writer *w, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_STRONG) w->n_bold--;
    if (type == CMARK_NODE_EMPH) w->n_italic--;
    if (type == CMARK_NODE_LINK) w->link = 0;
}

/* Without recursion: emphasis may be nested as deep as the file is long. */
static void flatten(writer *w, cmark_node *first, const cmark_node *end)
{
    uint32_t depth = 0;
    for (cmark_node *node = first; node && node != end;) {
        bool descends = enter(w, node);
        cmark_node *child = descends ? cmark_node_first_child(node) : NULL;
        if (child) {
            node = child;
            depth++;
            continue;
        }
        if (descends) leave(w, node);
        for (; depth && !cmark_node_next(node); depth--) {
            node = cmark_node_parent(node);
            leave(w, node);
        }
        node = cmark_node_next(node);
    }
}

/* --- writing --- */

/* Blanks at the ends go; a blank has what its neighbours have in common, and after a link no more than was on at the
 * link's beginning, for that is on again at its end. */
static void settle_blanks(writer *w)
{
    letter *v = w->letters.v;
    uint32_t n = w->letters.n, begin = 0;
    while (n && is_blank(v[n - 1].c)) n--;
    while (begin < n && is_blank(v[begin].c)) begin++;
    for (uint32_t i = begin, out = 0; i < n; i++) v[out++] = v[i];
    w->letters.n = n - begin;
    uint8_t at_link = 0;
    for (uint32_t i = 0; i < w->letters.n;) {
        uint32_t after = i;
        while (is_blank(v[after].c)) after++; /* the last letter is none */
        bool is_after_link = i && v[i - 1].link && v[i - 1].link != v[after].link;
        for (uint32_t k = i; k < after; k++) {
            v[k].format = v[i - 1].format & v[after].format & (is_after_link ? at_link : UINT8_MAX);
            if (v[i - 1].link != v[after].link) v[k].link = 0;
        }
        if (v[after].link && (!after || v[after].link != v[after - 1].link)) at_link = v[after].format;
        i = after + 1;
    }
}

static void turn(bt_buf *out, uint8_t from, uint8_t to)
{
    static const char *const marks[] = {"", "**", "*", "***"};
    bt_buf_add_z(out, marks[(from ^ to) & (BOLD | ITALIC)]);
}

/* One brace, or two that belong together: "{{" calls for a value, and "\{{" is printed. */
static uint32_t write_braces(bt_buf *out, const letter *v, uint32_t n, uint32_t i)
{
    bool is_pair = i + 1 < n && v[i + 1].c == '{' && v[i].format == v[i + 1].format && v[i].link == v[i + 1].link;
    if (is_pair && (v[i].is_escaped || v[i + 1].is_escaped)) bt_buf_add_char(out, '\\');
    bt_buf_add_z(out, is_pair ? "{{" : "{");
    return is_pair ? 2 : 1;
}

/* The length of "[^1]" at i, 0 where there is none. */
static uint32_t reference_length(const letter *v, uint32_t n, uint32_t i)
{
    uint32_t end = i + 2;
    if (n - i < 4 || v[i].c != '[' || v[i].is_escaped || v[i + 1].c != '^' || v[i].link) return 0;
    while (end < n && v[end].c >= '0' && v[end].c <= '9' && v[end].format == v[i].format) end++;
    bool is_closed = end < n && v[end].c == ']' && end > i + 2 && end < i + MOST_REFERENCE;
    return is_closed ? end + 1 - i : 0;
}

/* Writes the character at i, with what belongs to it, and gives its bytes. */
static uint32_t write_letter(bt_buf *out, const letter *v, uint32_t n, uint32_t i, bool takes_markup)
{
    char c = v[i].c;
    if (c == '{') return write_braces(out, v, n, i);
    bool is_mark = c == '\\' || c == '*' || (c == '[' && !reference_length(v, n, i)) || (c == ']' && v[i].link);
    if (takes_markup && is_mark) bt_buf_add_char(out, '\\');
    bt_buf_add_char(out, c);
    return 1;
}

/* A link restores at its end what was on at its beginning: so what its first letter has is turned on before it, and
 * what is turned on within it is turned off within it. */
static bt_str write_out(writer *w)
{
    bt_buf out = bt_buf_in(&w->md->scratch);
    const letter *v = w->letters.v;
    uint8_t now = 0, at_link = 0;
    uint32_t n = w->letters.n, link = 0;
    for (uint32_t i = 0; i < n;) {
        if (link && v[i].link != link) {
            turn(&out, now, now & at_link);
            bt_buf_add_z(&out, "](");
            bt_buf_add(&out, w->links.v[link - 1]);
            bt_buf_add_z(&out, ")");
            now = at_link;
            link = 0;
        }
        if (v[i].link && !link) {
            at_link = v[i].format;
            turn(&out, now, at_link);
            bt_buf_add_z(&out, "[");
            now = at_link;
            link = v[i].link;
        }
        turn(&out, now, v[i].format);
        now = v[i].format;
        i += write_letter(&out, v, n, i, true);
    }
    if (link) {
        turn(&out, now, now & at_link);
        bt_buf_format(&out, "](%.*s)", BT_STR_ARGS(w->links.v[link - 1]));
        now = at_link;
    }
    turn(&out, now, 0);
    return bt_buf_str(&out);
}

bt_str bt_md_inline(bt_md *md, cmark_node *first, const cmark_node *end)
{
    writer w = {.md = md};
    flatten(&w, first, end);
    settle_blanks(&w);
    return write_out(&w);
}

bt_str bt_md_plain(bt_md *md, bt_str text, bool takes_markup)
{
    writer w = {.md = md};
    bt_buf out = bt_buf_in(&md->scratch);
    put(&w, text);
    settle_blanks(&w);
    for (uint32_t i = 0; i < w.letters.n;) i += write_letter(&out, w.letters.v, w.letters.n, i, takes_markup);
    return bt_buf_str(&out);
}

bt_str bt_md_plain_children(bt_md *md, cmark_node *node)
{
    bt_buf out = bt_buf_in(&md->scratch);
    uint32_t depth = 0;
    for (cmark_node *at = cmark_node_first_child(node); at;) {
        cmark_node_type type = cmark_node_get_type(at);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) bt_buf_add_z(&out, cmark_node_get_literal(at));
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) bt_buf_add_char(&out, ' ');
        cmark_node *child = cmark_node_first_child(at);
        if (child) {
            at = child;
            depth++;
            continue;
        }
        for (; depth && !cmark_node_next(at); depth--) at = cmark_node_parent(at);
        at = cmark_node_next(at);
    }
    return bt_buf_str(&out);
}

bt_str bt_md_unmarked(bt_md *md, bt_str text)
{
    bt_buf out = bt_buf_in(&md->scratch);
    for (size_t i = 0; i < text.len; i++) {
        char mark = bt_md_escaped_at(md, text, i);
        bt_buf_add_char(&out, mark ? mark : text.ptr[i]);
        i += mark != '\0';
    }
    return bt_buf_str(&out);
}
