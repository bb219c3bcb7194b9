/* inline.c - the inline subset of CommonMark: **bold**, *italic*, [text](link), \-escapes, and [^1], the number of a
 * note; everything else is literal, and so is a value of an edition, whatever its characters are.
 */
#include "doc/doc_int.h"

#include <string.h>

typedef struct reader {
    bt_arena *arena;
    bt_diags *diags;
    const bt_doc_notes *notes;
    const bt_place *at;
    bt_str source;
    bool may_have_addresses;
    bt_buf text;
    BT_ARRAY(bt_run) runs;
    bool is_bold, is_italic;
    const bt_link *link;
    bool is_wrong;
} reader;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* Closes the run that was being written, where it holds anything. */
static void end_run(reader *r, bool is_verbatim)
{
    uint32_t begin = r->runs.n ? r->runs.v[r->runs.n - 1].end : 0;
    if (begin == r->text.bytes.n) return;
    bt_run *run = BT_PUSH(r->arena, &r->runs);
    if (!run) return;
    *run = (bt_run){.begin = begin,
                    .end = r->text.bytes.n,
                    .is_bold = r->is_bold,
                    .is_italic = r->is_italic,
                    .is_verbatim = is_verbatim,
                    .link = r->link};
}

static char at(const reader *r, size_t i) { return i < r->source.len ? r->source.ptr[i] : '\0'; }

static bool is_mark(const reader *r, size_t i, const char *mark)
{
    return i < r->source.len && bt_str_starts(bt_str_slice(r->source, i, r->source.len), bt_str_of(mark));
}

/* The length of the literal at i, with its marks; 0: none begins there. */
static size_t literal_length(const reader *r, size_t i)
{
    enum { MARK = sizeof BT_LITERAL_BEGIN - 1 };
    if (at(r, i) != BT_LITERAL_BEGIN[0] || !is_mark(r, i, BT_LITERAL_BEGIN)) return 0;
    size_t end = i + MARK;
    while (end < r->source.len && !is_mark(r, end, BT_LITERAL_END)) end++;
    return end < r->source.len ? end + MARK - i : end - i;
}

/* A text without the marks of its literals. */
static bt_str without_marks(const reader *r, bt_str text)
{
    bt_buf out = bt_buf_in(r->arena);
    for (size_t i = 0; i < text.len;) {
        bt_str rest = bt_str_slice(text, i, text.len);
        bool is_begin = bt_str_starts(rest, BT_STR(BT_LITERAL_BEGIN));
        if (is_begin || bt_str_starts(rest, BT_STR(BT_LITERAL_END)))
            i += sizeof BT_LITERAL_BEGIN - 1;
        else
            bt_buf_add_char(&out, text.ptr[i++]);
    }
    return bt_buf_str(&out);
}

/* Where the run of n stars that closes one opened before `from` begins; SIZE_MAX: nowhere. */
static size_t closing_star(const reader *r, size_t from, size_t n)
{
    for (size_t i = from; i < r->source.len; i++) {
        size_t n_literal = literal_length(r, i);
        if (n_literal || at(r, i) == '\\') {
            i += n_literal ? n_literal - 1 : 1;
            continue;
        }
        if (at(r, i) != '*') continue;
        size_t length = 0;
        while (at(r, i + length) == '*') length++;
        if (!is_blank(at(r, i - 1)) && i > from && (length == n || length == 3)) return i;
        i += length - 1;
    }
    return SIZE_MAX;
}

/* Reads stars at i; gives their number when they are markup, 0 when they are text. */
static size_t read_stars(reader *r, size_t i)
{
    size_t n = 0;
    while (at(r, i + n) == '*') n++;
    if (n > 2) {
        /* *** opens or closes both; it is taken as ** and then *, or the reverse when closing. */
        n = r->is_italic && r->is_bold ? 1 : 2;
    }
    bool *state = n == 2 ? &r->is_bold : &r->is_italic;
    bool may_close = *state && i > 0 && !is_blank(at(r, i - 1));
    bool may_open = !*state && !is_blank(at(r, i + n)) && at(r, i + n) && closing_star(r, i + n, n) != SIZE_MAX;
    if (!may_close && !may_open) return 0;
    end_run(r, false);
    *state = !*state;
    return n;
}

/* Without memory the arena has failed. */
static const bt_link *new_link(reader *r, bt_link link)
{
    bt_link *room = BT_NEW(r->arena, bt_link);
    if (room) *room = link;
    return room;
}

static bool is_allowed_link(bt_str link)
{
    return bt_str_starts(link, BT_STR("http://")) || bt_str_starts(link, BT_STR("https://")) ||
           bt_str_starts(link, BT_STR("mailto:")) || bt_str_starts(link, BT_STR("tel:"));
}

static void read_inlines(reader *r, size_t begin, size_t end);

/* Where the ")" stands that ends a link's address: the first that no "(" of the address owns, else the first. SIZE_MAX:
 * nowhere before a blank, which no address has. */
static size_t address_end(const reader *r, size_t begin)
{
    size_t first = SIZE_MAX, depth = 0;
    for (size_t i = begin; i < r->source.len && !is_blank(at(r, i)); i++) {
        size_t n_literal = literal_length(r, i);
        if (n_literal) i += n_literal;
        if (at(r, i) == '(') depth++;
        if (at(r, i) != ')') continue;
        if (!depth--) return i;
        if (first == SIZE_MAX) first = i;
    }
    return first;
}

/* Words that look like a link and are none are printed, which is hardly meant. */
static void warn_of_blank(const reader *r, size_t begin)
{
    bt_str rest = bt_str_slice(r->source, begin, r->source.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != ')' && rest.ptr[end] != '\n') end++;
    if (end < rest.len && rest.ptr[end] == ')' && is_allowed_link(rest))
        bt_diag(r->diags, BT_W_LINK_BLANK, r->at, BT_ARGS(bt_str_slice(rest, 0, end)));
}

/* Reads [text](link) at i; gives the bytes read, 0 when it is no link. */
static size_t read_link(reader *r, size_t i)
{
    size_t close = i + 1;
    while (close < r->source.len && at(r, close) != ']' && at(r, close) != '[') {
        size_t n_literal = literal_length(r, close);
        close += n_literal ? n_literal : at(r, close) == '\\' ? 2 : 1;
    }
    if (at(r, close) != ']' || at(r, close + 1) != '(' || close == i + 1) return 0;
    size_t end = address_end(r, close + 2);
    if (end == SIZE_MAX) {
        warn_of_blank(r, close + 2);
        return 0;
    }
    bt_str link = without_marks(r, bt_str_slice(r->source, close + 2, end));
    if (!is_allowed_link(link)) {
        bt_diag(r->diags, BT_E_LINK, r->at, BT_ARGS(link));
        r->is_wrong = true;
        return end + 1 - i;
    }
    end_run(r, false);
    bool was_bold = r->is_bold, was_italic = r->is_italic;
    r->link = new_link(r, (bt_link){.uri = link});
    read_inlines(r, i + 1, close);
    end_run(r, false);
    r->link = NULL;
    r->is_bold = was_bold;
    r->is_italic = was_italic;
    return end + 1 - i;
}

/* Counts a reference to a note; reports one that there is not. Gives the link that it is: to the note, or, as the
 * number that the note begins with, back to where it is referred to. */
static const bt_link *refer(reader *r, bt_str number)
{
    uint32_t n = 0;
    for (size_t i = 0; i < number.len; i++) n = n * 10 + (uint32_t)(number.ptr[i] - '0');
    if (r->notes && n && n <= r->notes->n) {
        bool is_own = r->notes->own_no == n && !r->text.bytes.n;
        bool is_referred_to = r->notes->n_references[n - 1]++ > 0;
        if (r->link || (is_own && !is_referred_to)) return r->link;
        return new_link(r, (bt_link){.article_i = r->notes->article_i, .note_no = n, .is_back = is_own});
    }
    r->is_wrong = true;
    if (!r->notes) {
        bt_diag(r->diags, BT_E_NOTE_NONE, r->at, BT_ARGS(number));
        return NULL;
    }
    bt_str count = bt_str_format(r->arena, "%u", r->notes->n);
    bt_str words = !r->notes->n ? BT_STR("none") : r->notes->n == 1 ? BT_STR("1 note") : BT_STR("{1} notes");
    bt_str has = bt_say_with(r->diags, r->arena, words, BT_ARGS(count));
    bool is_json = !r->at || r->at->pointer.len; /* which doubles a backslash */
    bt_diag(r->diags, is_json ? BT_E_NOTE_UNKNOWN : BT_E_MD_NOTE_UNKNOWN, r->at, BT_ARGS(number, has));
    return NULL;
}

/* Reads [^1] at i; gives the bytes read, 0 when it is none. */
static size_t read_reference(reader *r, size_t i)
{
    enum { MOST_DIGITS = 6 };
    size_t end = i + 2;
    while (at(r, end) >= '0' && at(r, end) <= '9') end++;
    if (at(r, i + 1) != '^' || at(r, end) != ']' || end == i + 2 || end > i + 2 + MOST_DIGITS) return 0;
    bt_str number = bt_str_slice(r->source, i + 2, end);
    end_run(r, false);
    const bt_link *outer = r->link;
    r->link = refer(r, number);
    bt_buf_add(&r->text, number);
    end_run(r, false);
    r->link = outer;
    if (r->runs.n) r->runs.v[r->runs.n - 1].is_superior = true;
    return end + 1 - i;
}

static bool ends_address(char c) { return c == '*' || c == ')' || c == '[' || c == '\\'; }

/* The length of the mark that ends a sentence or a quotation at the end of an address, and is no part of it; 0: none.
 */
static size_t closing_length(bt_str address)
{
    static const bt_str marks[] = {BT_STR_INIT("."),      BT_STR_INIT(","),      BT_STR_INIT(";"),
                                   BT_STR_INIT(":"),      BT_STR_INIT("!"),      BT_STR_INIT("?"),
                                   BT_STR_INIT("\""),     BT_STR_INIT("'"),      BT_STR_INIT("\u201D"),
                                   BT_STR_INIT("\u2019"), BT_STR_INIT("\u00BB"), BT_STR_INIT("\u2026")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bt_str_ends(address, marks[i])) return marks[i].len;
    return 0;
}

/* The length of a bare URL at i, 0 when there is none: it breaks by other rules than words. */
static size_t url_length(const reader *r, size_t i, size_t end)
{
    static const bt_str heads[] = {BT_STR_INIT("http://"), BT_STR_INIT("https://"), BT_STR_INIT("www.")};
    bt_str rest = bt_str_slice(r->source, i, end);
    size_t n_head = 0;
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        if (bt_str_starts(rest, heads[k])) n_head = heads[k].len;
    if (!n_head) return 0;
    size_t n = 0;
    while (n < rest.len && !is_blank(rest.ptr[n]) && !ends_address(rest.ptr[n])) n++;
    for (size_t tail; (tail = closing_length(bt_str_slice(rest, 0, n)));) n -= tail;
    return n > n_head ? n : 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_of_mail(char c) { return is_latin(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '+'; }

/* The length of a bare mail address at i, where a word begins; 0: there is none. */
static size_t mail_length(const reader *r, size_t i, size_t end)
{
    size_t at_sign = i, n_last = 0, n_dots = 0;
    while (at_sign < end && is_of_mail(at(r, at_sign))) at_sign++;
    if (at_sign == i || at_sign == end || at(r, at_sign) != '@' || at(r, at_sign - 1) == '.') return 0;
    size_t stop = at_sign + 1;
    while (stop < end && (is_latin(at(r, stop)) || is_digit(at(r, stop)) || at(r, stop) == '.' || at(r, stop) == '-'))
        stop++;
    while (stop > at_sign && (at(r, stop - 1) == '.' || at(r, stop - 1) == '-')) stop--;
    if (stop < end && (at(r, stop) == '@' || at(r, stop) == '_')) return 0;
    for (size_t k = at_sign + 1; k < stop; k++) {
        if (at(r, k) == '.' && at(r, k - 1) != '.' && at(r, k - 1) != '@')
            n_dots++;
        else if (at(r, k) == '.')
            return 0;
        n_last = at(r, k) == '.' ? 0 : n_last + 1;
    }
    return n_dots && n_last > 1 && is_latin(at(r, stop - 1)) ? stop - i : 0;
}

static const bt_link *link_to_mail(reader *r, bt_str address)
{
    return new_link(r, (bt_link){.uri = bt_str_join(r->arena, BT_STR("mailto:"), address), .is_bare = true});
}

/* An address without its scheme has the one that every server takes. */
static const bt_link *link_to_url(reader *r, bt_str url)
{
    bool has_scheme = bt_str_starts(url, BT_STR("http"));
    bt_str uri = has_scheme ? url : bt_str_join(r->arena, BT_STR("http://"), url);
    return new_link(r, (bt_link){.uri = uri, .is_bare = true});
}

static bool begins_word(const reader *r, size_t begin, size_t i)
{
    static const bt_str before[] = {BT_STR_INIT(" "),      BT_STR_INIT("\n"),     BT_STR_INIT("\t"),
                                    BT_STR_INIT("("),      BT_STR_INIT(":"),      BT_STR_INIT("<"),
                                    BT_STR_INIT("\""),     BT_STR_INIT("*"),      BT_STR_INIT("/"),
                                    BT_STR_INIT("\u201C"), BT_STR_INIT("\u00AB"), BT_STR_INIT("\u00A0")};
    if (i > begin && (is_latin(at(r, i - 1)) || is_digit(at(r, i - 1)))) return false; /* which is most often so */
    for (size_t k = 0; k < sizeof before / sizeof *before; k++)
        if (bt_str_ends(bt_str_slice(r->source, begin, i), before[k])) return true;
    return i == begin;
}

/* Reads an address that is no markup at i; gives its bytes, 0 when there is none. A web address breaks by other rules
 * than words. */
static size_t read_address(reader *r, size_t begin, size_t i, size_t end)
{
    char c = at(r, i);
    bool may_be_url = (c == 'h' || c == 'w') && (i == begin || !is_punctuation(at(r, i - 1)) || at(r, i - 1) == '(');
    size_t n_url = may_be_url ? url_length(r, i, end) : 0;
    size_t n = n_url ? n_url : is_of_mail(c) && begins_word(r, begin, i) ? mail_length(r, i, end) : 0;
    if (!n) return 0;
    bt_str address = bt_str_slice(r->source, i, i + n);
    const bt_link *outer = r->link;
    end_run(r, false);
    if (!outer) r->link = n_url ? link_to_url(r, address) : link_to_mail(r, address);
    bt_buf_add(&r->text, address);
    end_run(r, n_url > 0);
    r->link = outer;
    return n;
}

/* Writes what no markup is in; an address is one all the same. */
static void read_literal(reader *r, size_t begin, size_t end)
{
    for (size_t i = begin; i < end;) {
        size_t n = read_address(r, begin, i, end);
        if (!n) bt_buf_add_char(&r->text, at(r, i));
        i += n ? n : 1;
    }
}

/* Each address has one of these. */
static bool may_have_addresses(bt_str text)
{
    static const bt_str signs[] = {BT_STR_INIT("@"), BT_STR_INIT("://"), BT_STR_INIT("www.")};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        const char *next = text.ptr, *end = text.ptr + text.len;
        for (; (next = memchr(next, signs[k].ptr[0], (size_t)(end - next))); next++)
            if (bt_str_starts((bt_str){next, (size_t)(end - next)}, signs[k])) return true;
    }
    return false;
}

/* What any markup begins with; the last is BT_LITERAL_BEGIN. */
static const char markup[] = {'\\', '*', '[', '\xEF'};

/* Most texts have none, and that is found in no time. */
static bool has_markup(bt_str text)
{
    for (size_t i = 0; i < sizeof markup; i++)
        if (memchr(text.ptr, markup[i], text.len)) return true;
    return false;
}

/* How much of the text from i on is printed as it stands, addresses aside. */
static size_t plain_length(const reader *r, size_t i, size_t end)
{
    size_t stop = i;
    while (stop < end && !memchr(markup, r->source.ptr[stop], sizeof markup)) stop++;
    return stop - i;
}

static void read_inlines(reader *r, size_t begin, size_t end)
{
    enum { MARK = sizeof BT_LITERAL_BEGIN - 1 };
    for (size_t i = begin; i < end;) {
        size_t n = r->may_have_addresses ? 0 : plain_length(r, i, end);
        bt_buf_add(&r->text, bt_str_slice(r->source, i, i + n));
        i += n;
        if (i == end) return;
        char c = at(r, i);
        n = literal_length(r, i);
        if (n) {
            bool is_closed = is_mark(r, i + n - MARK, BT_LITERAL_END);
            read_literal(r, i + MARK, is_closed ? i + n - MARK : i + n);
            i += n;
            continue;
        }
        if (c == '\\' && i + 1 < end && is_punctuation(at(r, i + 1))) {
            bt_buf_add_char(&r->text, at(r, i + 1));
            i += 2;
            continue;
        }
        if (c == '*') n = read_stars(r, i);
        if (c == '[') n = read_reference(r, i);
        if (c == '[' && !n && !r->link) n = read_link(r, i);
        if (!n) n = read_address(r, begin, i, end);
        if (!n) {
            bt_buf_add_char(&r->text, c);
            n = 1;
        }
        i += n;
    }
}

bool bt_doc_rich(const bt_doc_maker *m, bt_text text, const bt_style *style, bt_rich *rich)
{
    reader r = {.arena = m->arena,
                .diags = m->diags,
                .notes = m->notes,
                .at = text.at,
                .source = text.s,
                .may_have_addresses = may_have_addresses(text.s),
                .text = bt_buf_in(m->arena)};
    if (!r.may_have_addresses && !has_markup(text.s)) {
        *rich = bt_doc_plain(m->arena, text.s, style, text.at);
        return !m->arena->failed;
    }
    read_inlines(&r, 0, text.s.len);
    end_run(&r, false);
    *rich = (bt_rich){bt_buf_str(&r.text), r.runs.v, r.runs.n, style, text.at};
    return !m->arena->failed && !r.is_wrong;
}

const bt_link *bt_doc_link_to(bt_arena *arena, uint32_t article_i)
{
    bt_link *link = BT_NEW(arena, bt_link);
    if (link) *link = (bt_link){.uri = BT_STR(""), .article_i = article_i};
    return link;
}

bt_rich bt_doc_unlinked(bt_arena *arena, const bt_rich *rich)
{
    bt_run *runs = BT_NEW_ARRAY(arena, rich->n_runs, bt_run);
    bt_rich out = *rich;
    for (uint32_t i = 0; runs && i < rich->n_runs; i++) {
        runs[i] = rich->runs[i];
        runs[i].link = NULL;
    }
    out.runs = runs;
    if (!runs) out.n_runs = 0;
    return out;
}

bt_str bt_doc_without_notes(bt_arena *arena, const bt_rich *rich)
{
    bt_buf out = bt_buf_in(arena);
    for (uint32_t i = 0; i < rich->n_runs; i++)
        if (!rich->runs[i].is_superior)
            bt_buf_add(&out, bt_str_slice(rich->text, rich->runs[i].begin, rich->runs[i].end));
    return bt_buf_str(&out);
}

bt_rich bt_doc_plain(bt_arena *arena, bt_str text, const bt_style *style, const bt_place *place)
{
    bt_run *run = BT_NEW(arena, bt_run);
    if (!run || !text.len) return (bt_rich){BT_STR(""), NULL, 0, style, place};
    *run = (bt_run){.end = (uint32_t)text.len};
    return (bt_rich){text, run, 1, style, place};
}
