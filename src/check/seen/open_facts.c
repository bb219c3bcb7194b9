/* open_facts.c - what a file says of itself and of its pages, beside what stands on them. */
#include "check/seen/open_int.h"

#include <string.h>

/* --- pages --- */

/* The space in which a group is blended; the page's, where the group names none. */
static seen_space group_space(seen_pdf *pdf, bt_arena *scratch, seen_obj space)
{
    bt_str name = seen_obj_name(pdf, scratch, seen_obj_is_array(pdf, space) ? seen_obj_item(pdf, space, 0) : space);
    double n = 0;
    if (bt_str_is(name, "ICCBased")) {
        seen_obj_number(pdf, seen_obj_key(pdf, seen_obj_item(pdf, space, 1), "/N"), &n);
        return n == 1 ? SEEN_ICC_GRAY : n == 3 ? SEEN_ICC_RGB : SEEN_ICC_CMYK;
    }
    if (bt_str_is(name, "DeviceRGB")) return SEEN_RGB;
    if (bt_str_is(name, "DeviceGray")) return SEEN_GRAY;
    if (bt_str_is(name, "CalRGB")) return SEEN_CAL_RGB;
    if (bt_str_is(name, "CalGray")) return SEEN_CAL_GRAY;
    return SEEN_CMYK;
}

void seen_read_group(seen_reader *r, seen_obj dict)
{
    seen_obj group = seen_obj_key(r->pdf, dict, "/Group");
    if (!bt_str_is(seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, group, "/S")), "Transparency")) return;
    r->page->has_group = true;
    r->page->group_space = group_space(r->pdf, r->scratch, seen_obj_key(r->pdf, group, "/CS"));
}

static bool is_script(seen_reader *r, seen_obj action)
{
    return bt_str_is(seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, action, "/S")), "JavaScript") ||
           seen_obj_key(r->pdf, action, "/JS");
}

void seen_read_annotations(seen_reader *r, seen_obj dict)
{
    enum { HIDDEN = 2, PRINTS = 4 };
    if (seen_obj_key(r->pdf, dict, "/AA")) r->file->has_scripts = true;
    seen_obj all = seen_obj_key(r->pdf, dict, "/Annots");
    uint32_t n = seen_obj_n_items(r->pdf, all);
    for (uint32_t i = 0; i < n; i++) {
        seen_obj item = seen_obj_item(r->pdf, all, i);
        seen_box box;
        if (is_script(r, seen_obj_key(r->pdf, item, "/A")) || seen_obj_key(r->pdf, item, "/AA"))
            r->file->has_scripts = true;
        if (!seen_read_rectangle(r->pdf, seen_obj_key(r->pdf, item, "/Rect"), &r->page->to_trim, &box)) continue;
        double flags = 0;
        seen_obj_number(r->pdf, seen_obj_key(r->pdf, item, "/F"), &flags);
        unsigned bits = flags >= 0 && flags <= UINT16_MAX ? (unsigned)flags : 0;
        seen_annotation *annotation = BT_PUSH(r->arena, &r->page->annotations);
        if (!annotation) return;
        bt_str subtype = seen_obj_name(r->pdf, r->arena, seen_obj_key(r->pdf, item, "/Subtype"));
        if (bt_str_is(subtype, "FileAttachment")) r->file->has_attachments = true;
        *annotation = (seen_annotation){.subtype = subtype,
                                        .box = box,
                                        .is_hidden = bits & HIDDEN,
                                        .prints = bits & PRINTS && !(bits & HIDDEN) && !bt_str_is(subtype, "Popup")};
    }
}

/* --- labels --- */

static void add_roman(bt_buf *label, uint64_t number, bool is_capital)
{
    enum { MOST = 4999 };
    static const struct {
        uint32_t value;
        const char *small, *capital;
    } digits[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"},  {400, "cd", "CD"}, {100, "c", "C"},
                  {90, "xc", "XC"}, {50, "l", "L"},    {40, "xl", "XL"}, {10, "x", "X"},    {9, "ix", "IX"},
                  {5, "v", "V"},    {4, "iv", "IV"},   {1, "i", "I"}};
    if (number > MOST) bt_buf_add_int(label, (int64_t)number);
    for (size_t i = 0; number <= MOST && i < sizeof digits / sizeof *digits; i++)
        for (; number >= digits[i].value; number -= digits[i].value)
            bt_buf_add_z(label, is_capital ? digits[i].capital : digits[i].small);
}

/* a to z, then aa to zz, then aaa. */
static void add_letters(bt_buf *label, uint64_t number, char first)
{
    enum { LETTERS = 26, MOST = 8 };
    for (uint64_t i = 0; i <= (number - 1) / LETTERS && i < MOST; i++)
        bt_buf_add_char(label, (char)(first + (char)((number - 1) % LETTERS)));
}

/* The label of a page by the range that it lies in: "iv", "A-3". */
static bt_str label_of(seen_reader *r, seen_obj range, uint32_t nth)
{
    double first = 1;
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, range, "/St"), &first);
    uint64_t number = (first >= 1 && first <= INT32_MAX ? (uint64_t)first : 1) + nth;
    bt_str style = seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, range, "/S"));
    bt_buf label = bt_buf_in(r->arena);
    bt_buf_add(&label, seen_obj_text(r->pdf, r->scratch, seen_obj_key(r->pdf, range, "/P")));
    if (bt_str_is(style, "D"))
        bt_buf_add_int(&label, (int64_t)number);
    else if (bt_str_is(style, "r") || bt_str_is(style, "R"))
        add_roman(&label, number, bt_str_is(style, "R"));
    else if (bt_str_is(style, "a") || bt_str_is(style, "A"))
        add_letters(&label, number, style.ptr[0]);
    return bt_buf_str(&label);
}

typedef struct label_range {
    uint32_t page_i;
    seen_obj range;
} label_range;
typedef struct label_ranges {
    BT_ARRAY(label_range) v;
    uint32_t n_nodes;
} label_ranges;

/* A node of the tree of numbers; in a whole file its ranges ascend. */
static void gather_labels(seen_reader *r, seen_obj node, uint32_t depth, label_ranges *all)
{
    enum { DEEPEST = 16, MOST_NODES = 10000 };
    if (depth > DEEPEST || all->n_nodes++ > MOST_NODES) return;
    seen_obj nums = seen_obj_key(r->pdf, node, "/Nums"), kids = seen_obj_key(r->pdf, node, "/Kids");
    uint32_t n = seen_obj_n_items(r->pdf, nums);
    for (uint32_t i = 0; i + 1 < n; i += 2) {
        double at = 0;
        if (!seen_obj_number(r->pdf, seen_obj_item(r->pdf, nums, i), &at) || !(at >= 0 && at < r->file->pages.n))
            continue;
        label_range *range = BT_PUSH(r->scratch, &all->v);
        if (range) *range = (label_range){(uint32_t)at, seen_obj_item(r->pdf, nums, i + 1)};
    }
    n = seen_obj_n_items(r->pdf, kids);
    for (uint32_t i = 0; i < n && i < MOST_NODES; i++) gather_labels(r, seen_obj_item(r->pdf, kids, i), depth + 1, all);
}

static void read_labels(seen_reader *r)
{
    label_ranges all = {0};
    gather_labels(r, seen_obj_key(r->pdf, seen_pdf_catalog(r->pdf), "/PageLabels"), 0, &all);
    for (uint32_t i = 0; i < all.v.n; i++) {
        uint32_t end = i + 1 < all.v.n ? all.v.v[i + 1].page_i : r->file->pages.n;
        for (uint32_t page_i = all.v.v[i].page_i; page_i < end; page_i++)
            r->file->pages.v[page_i].label = label_of(r, all.v.v[i].range, page_i - all.v.v[i].page_i);
    }
}

/* --- what it says of itself --- */

/* The catalog may say more than the first line, which was written first. */
static void read_version(seen_reader *r, seen_obj catalog)
{
    bt_str name = seen_obj_name(r->pdf, r->arena, seen_obj_key(r->pdf, catalog, "/Version"));
    if (name.len) {
        r->file->version = name;
        return;
    }
    static const char head[] = "%PDF-";
    const char *at = memmem(r->file->bytes.ptr, r->file->bytes.len, head, sizeof head - 1);
    if (!at) return;
    size_t begin = (size_t)(at - r->file->bytes.ptr) + sizeof head - 1, end = begin;
    while (end < r->file->bytes.len &&
           ((r->file->bytes.ptr[end] >= '0' && r->file->bytes.ptr[end] <= '9') || r->file->bytes.ptr[end] == '.'))
        end++;
    r->file->version = bt_str_slice(r->file->bytes, begin, end);
}

static bt_str info_text(seen_reader *r, seen_obj info, const char *key)
{
    return seen_obj_text(r->pdf, r->arena, seen_obj_key(r->pdf, info, key));
}

/* What one says and the other does not is no quarrel. */
static bool agree(bt_str info, bt_str xmp) { return !info.len || !xmp.len || bt_str_equal(bt_str_trim(info), xmp); }

static void read_info(seen_reader *r, seen_obj info, const seen_xmp *xmp)
{
    seen_file *file = r->file;
    const bt_str *x = xmp->values;
    file->title = info_text(r, info, "/Title");
    file->author = info_text(r, info, "/Author");
    file->creator = info_text(r, info, "/Creator");
    file->producer = info_text(r, info, "/Producer");
    file->trapped = seen_obj_name(r->pdf, r->arena, seen_obj_key(r->pdf, info, "/Trapped"));
    bt_str created = info_text(r, info, "/CreationDate"), modified = info_text(r, info, "/ModDate");
    file->has_creation_date = created.len || x[SEEN_XMP_CREATED].len;
    file->has_modification_date = modified.len || x[SEEN_XMP_MODIFIED].len;
    file->info_and_xmp_agree =
        agree(file->title, x[SEEN_XMP_TITLE]) && agree(file->author, x[SEEN_XMP_AUTHOR]) &&
        agree(file->creator, x[SEEN_XMP_CREATOR]) && agree(file->producer, x[SEEN_XMP_PRODUCER]) &&
        agree(file->trapped, x[SEEN_XMP_TRAPPED]) && seen_dates_agree(created, x[SEEN_XMP_CREATED]) &&
        seen_dates_agree(modified, x[SEEN_XMP_MODIFIED]);
    if (!file->title.len) file->title = x[SEEN_XMP_TITLE];
    if (!file->author.len) file->author = x[SEEN_XMP_AUTHOR];
    if (!file->creator.len) file->creator = x[SEEN_XMP_CREATOR];
    if (!file->producer.len) file->producer = x[SEEN_XMP_PRODUCER];
    if (!file->trapped.len) file->trapped = x[SEEN_XMP_TRAPPED];
}

static bt_str in_small_letters(bt_arena *arena, bt_str text)
{
    bt_buf small = bt_buf_in(arena);
    for (size_t i = 0; i < text.len; i++)
        bt_buf_add_char(&small,
                        (char)(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? text.ptr[i] + ('a' - 'A') : text.ptr[i]));
    return bt_buf_str(&small);
}

/* The standards that it says to keep. */
static void read_standards(seen_reader *r, seen_obj info, const seen_xmp *xmp)
{
    const bt_str *x = xmp->values;
    seen_file *file = r->file;
    file->pdfx = x[SEEN_XMP_PDFX].len ? x[SEEN_XMP_PDFX] : x[SEEN_XMP_PDFX_OLD];
    bt_str version = info_text(r, info, "/GTS_PDFXVersion"), level = info_text(r, info, "/GTS_PDFXConformance");
    if (!file->pdfx.len) file->pdfx = level.len ? level : version;
    if (x[SEEN_XMP_PDFA_PART].len)
        file->pdfa = bt_str_join(r->arena, x[SEEN_XMP_PDFA_PART], in_small_letters(r->arena, x[SEEN_XMP_PDFA_LEVEL]));
    file->pdfua = x[SEEN_XMP_PDFUA_PART];
}

/* How many inks or lights a profile is for: as its head says, for the dictionary may err. */
static uint32_t profile_components(seen_reader *r, seen_obj stream)
{
    enum { SPACE_AT = 16, SPACE_END = 20 };
    double n = 0;
    bt_str bytes;
    bt_arena_mark mark = bt_arena_set_mark(r->scratch);
    if (seen_obj_stream(r->pdf, r->scratch, stream, SEEN_UNFILTERED, &bytes) == BT_OK && bytes.len >= SPACE_END) {
        bt_str space = bt_str_slice(bytes, SPACE_AT, SPACE_END);
        n = bt_str_is(space, "CMYK") ? 4 : bt_str_is(space, "RGB ") || bt_str_is(space, "Lab ") ? 3 : 0;
        if (bt_str_is(space, "GRAY")) n = 1;
    }
    bt_arena_rewind(r->scratch, mark);
    if (n == 0) seen_obj_number(r->pdf, seen_obj_key(r->pdf, stream, "/N"), &n);
    return n >= 1 && n <= SEEN_MOST_INKS ? (uint32_t)n : 0;
}

static void read_intents(seen_reader *r, seen_obj catalog)
{
    enum { MOST_INTENTS = 16 };
    seen_obj all = seen_obj_key(r->pdf, catalog, "/OutputIntents");
    uint32_t n = seen_obj_n_items(r->pdf, all);
    for (uint32_t i = 0; i < n && i < MOST_INTENTS; i++) {
        seen_obj item = seen_obj_item(r->pdf, all, i), profile = seen_obj_key(r->pdf, item, "/DestOutputProfile");
        seen_intent *intent = seen_obj_is_dict(r->pdf, item) ? BT_PUSH(r->arena, &r->file->intents) : NULL;
        if (!intent) continue;
        intent->subtype = seen_obj_name(r->pdf, r->arena, seen_obj_key(r->pdf, item, "/S"));
        intent->condition = info_text(r, item, "/OutputConditionIdentifier");
        if (!intent->condition.len) intent->condition = info_text(r, item, "/OutputCondition");
        intent->has_profile = seen_obj_is_stream(r->pdf, profile);
        if (intent->has_profile) intent->n_components = profile_components(r, profile);
    }
}

/* What acts, or lies in the file beside its pages. Actions of pages and annotations are told while those are read. */
static void read_extras(seen_reader *r, seen_obj catalog)
{
    seen_file *file = r->file;
    seen_obj names = seen_obj_key(r->pdf, catalog, "/Names"), form = seen_obj_key(r->pdf, catalog, "/AcroForm");
    file->has_layers =
        seen_obj_n_items(r->pdf, seen_obj_key(r->pdf, seen_obj_key(r->pdf, catalog, "/OCProperties"), "/OCGs")) > 0;
    if (seen_obj_key(r->pdf, names, "/JavaScript") || is_script(r, seen_obj_key(r->pdf, catalog, "/OpenAction")) ||
        seen_obj_key(r->pdf, catalog, "/AA"))
        file->has_scripts = true;
    if (seen_obj_key(r->pdf, names, "/EmbeddedFiles") || seen_obj_n_items(r->pdf, seen_obj_key(r->pdf, catalog, "/AF")))
        file->has_attachments = true;
    file->has_form =
        seen_obj_n_items(r->pdf, seen_obj_key(r->pdf, form, "/Fields")) > 0 || seen_obj_key(r->pdf, form, "/XFA");
    bool is_marked = false;
    seen_obj_bool(r->pdf, seen_obj_key(r->pdf, seen_obj_key(r->pdf, catalog, "/MarkInfo"), "/Marked"), &is_marked);
    file->is_tagged = is_marked && seen_obj_is_dict(r->pdf, seen_obj_key(r->pdf, catalog, "/StructTreeRoot"));
    file->lang = info_text(r, catalog, "/Lang");
}

void seen_read_facts(seen_reader *r)
{
    seen_obj catalog = seen_pdf_catalog(r->pdf), trailer = seen_pdf_trailer(r->pdf);
    seen_obj info = seen_obj_key(r->pdf, trailer, "/Info"), packet = seen_obj_key(r->pdf, catalog, "/Metadata");
    seen_xmp xmp = {0};
    bt_str bytes;
    bt_arena_mark mark = bt_arena_set_mark(r->scratch);
    if (seen_obj_stream(r->pdf, r->scratch, packet, SEEN_UNFILTERED, &bytes) == BT_OK)
        r->file->has_xmp = seen_read_xmp(r->arena, bytes, &xmp);
    bt_arena_rewind(r->scratch, mark);
    r->file->has_id = seen_obj_n_items(r->pdf, seen_obj_key(r->pdf, trailer, "/ID")) == 2;
    read_version(r, catalog);
    read_info(r, info, &xmp);
    read_standards(r, info, &xmp);
    read_intents(r, catalog);
    read_extras(r, catalog);
    read_labels(r);
}
