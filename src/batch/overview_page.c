/* overview_page.c - a page as an SVG drawing, from the sketch and the boxes of its report. What is drawn and marked
 * like a page before it refers to that one. */
#include "batch/overview_int.h"

#include "base/unit.h"

/* --- seen before --- */

static uint64_t hash_node(uint64_t hash, const bt_json_node *node)
{
    hash = (hash ^ bt_str_hash(node->text)) * 0x9e3779b97f4a7c15U;
    for (const bt_json_node *child = node->child; child; child = child->next) hash = hash_node(hash, child);
    return (hash ^ hash >> 29) + node->n_children;
}

/* The page like it; NULL: there is none, and this one is noted. */
static const bt_overview_seen *find_seen(bt_overview_writer *w, uint64_t key, uint32_t row_i, uint32_t page)
{
    uint32_t *bucket = &w->buckets[key % BT_OVERVIEW_BUCKETS];
    for (uint32_t i = *bucket; i; i = w->seen.v[i - 1].next)
        if (w->seen.v[i - 1].key == key) return &w->seen.v[i - 1];
    bt_overview_seen *seen = BT_PUSH(&w->kept, &w->seen);
    if (!seen) return NULL;
    *seen = (bt_overview_seen){key, row_i, page, *bucket};
    *bucket = w->seen.n;
    return NULL;
}

/* --- the sketch --- */

enum { MOST_COPIES = 400, BAR_NUMBERS = 6, COLOR = 3 };

static void add_number(bt_overview_writer *w, const char *before, int64_t number)
{
    bt_html(w, before);
    bt_buf_add_int(&w->out, number);
}

/* One bar, and its copies: "b0b 180 140 1570 14", and how often, and the step. */
static void add_bar(bt_overview_writer *w, bt_str bar)
{
    int32_t numbers[BAR_NUMBERS] = {0};
    size_t at = COLOR;
    for (int i = 0; i < BAR_NUMBERS && at < bar.len; i++)
        for (at++; at < bar.len && bar.ptr[at] != ' '; at++)
            if (bar.ptr[at] >= '0' && bar.ptr[at] <= '9' && numbers[i] < 100000)
                numbers[i] = numbers[i] * 10 + (bar.ptr[at] - '0');
    add_number(w, "M", numbers[0]);
    add_number(w, " ", numbers[1]);
    uint32_t begin = w->out.bytes.n;
    add_number(w, "h", numbers[2]);
    add_number(w, "v", numbers[3]);
    add_number(w, "h-", numbers[2]);
    bt_buf_add_char(&w->out, 'z');
    bt_str shape = bt_str_slice(bt_buf_str(&w->out), begin, w->out.bytes.n); /* stays where it is, though `out` grows */
    for (int32_t i = 1; i < numbers[4] && i < MOST_COPIES; i++) {
        add_number(w, "M", numbers[0]);
        add_number(w, " ", numbers[1] + (int64_t)i * numbers[5]);
        bt_buf_add(&w->out, shape);
    }
}

/* One path for those of a colour that follow one another. */
static void add_bars(bt_overview_writer *w, const bt_json_node *bars, const char *class_name, bool has_color)
{
    bt_str last = {0}, all = bars ? bars->text : BT_STR("");
    for (size_t begin = 0, end; begin + COLOR < all.len; begin = end + 1) {
        for (end = begin; end < all.len && all.ptr[end] != ';';) end++;
        bt_str bar = bt_str_slice(all, begin, end), color = bt_str_slice(bar, 0, bar.len < COLOR ? bar.len : COLOR);
        if (!last.len || (has_color && !bt_str_equal(last, color))) {
            bt_html(w, last.len ? "\"/><path class=" : "<path class=");
            bt_html(w, class_name);
            bt_html(w, has_color ? " fill=\"#" : " d=\"");
            if (has_color) bt_html_text(w, color);
            if (has_color) bt_html(w, "\" d=\"");
        }
        add_bar(w, bar);
        last = color;
    }
    if (last.len) bt_html(w, "\"/>");
}

static bt_str item(const bt_json_node *list, uint32_t i)
{
    const bt_json_node *child = list->child;
    while (child && i--) child = child->next;
    return child ? child->text : BT_STR("");
}

static int64_t number(const bt_json_node *list, uint32_t i)
{
    int64_t value = 0;
    return bt_fixed_parse(item(list, i), 0, &value) ? value : 0;
}

/* --- the boxes --- */

static bool is_zero(bt_str number) { return bt_str_is(number, "0"); }

/* Which way, and how far. */
static void add_way(bt_overview_writer *w, bt_str length, const char *onward, const char *back)
{
    bool is_back = bt_str_starts(length, BT_STR("-"));
    if (is_zero(length)) return;
    bt_html(w, is_back ? back : onward);
    bt_html_number(w, bt_str_slice(length, is_back, length.len));
}

static void add_label(bt_overview_writer *w, const bt_json_node *box, const char *class_name)
{
    bt_str a = item(box, 5), b = item(box, 6);
    if (bt_str_is(item(box, 0), "moved")) {
        if (is_zero(a) && is_zero(b)) bt_html_text(w, BT_SAY(w->diags, "cut elsewhere"));
        add_way(w, b, "▼", "▲");
        add_way(w, a, "►", "◄");
    } else if (bt_str_is(item(box, 0), "jumped")) {
        bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("from page {1}"), BT_ARGS(a)));
    } else {
        bt_html_text(w, bt_overview_fate(w, class_name));
        bool is_more = !is_zero(a) && !bt_str_starts(a, BT_STR("-"));
        if (is_zero(a) || bt_str_is(item(box, 0), "new")) return;
        bt_html(w, is_more ? " +" : " ");
        bt_html_number(w, a);
    }
}

/* Its label stands in it where it has room, else above. */
static void add_box(bt_overview_writer *w, const bt_json_node *box)
{
    bool is_reset = bt_str_is(item(box, 0), "changed") && bt_str_is(item(box, 6), "1");
    const char *class_name = is_reset ? "reset" : bt_str_z(&w->words, item(box, 0));
    int64_t x = number(box, 1), y = number(box, 2), width = number(box, 3), height = number(box, 4);
    bt_html(w, "<g class=");
    bt_html(w, class_name);
    bt_html(w, ">");
    add_number(w, "<rect class=b x=\"", (int)x);
    add_number(w, "\" y=\"", (int)y);
    add_number(w, "\" width=\"", (int)width);
    add_number(w, "\" height=\"", (int)height);
    add_number(w, "\"/><text class=l x=\"", (int)x + 18);
    add_number(w, "\" y=\"", (int)(height > 90 ? y + 76 : y + height));
    bt_html(w, "\">");
    add_label(w, box, class_name);
    bt_html(w, "</text></g>");
}

/* --- the figure --- */

static void add_drawing(bt_overview_writer *w, const bt_json_node *page)
{
    const bt_json_node *sketch = bt_json_find(page, "sketch"), *boxes = bt_json_find(page, "boxes");
    add_bars(w, bt_json_find(sketch, "fills"), "f", true);
    add_bars(w, bt_json_find(sketch, "pictures"), "p", false);
    add_bars(w, bt_json_find(sketch, "text"), "t", true);
    for (const bt_json_node *box = boxes ? boxes->child : NULL; box; box = box->next) add_box(w, box);
}

static void add_size(bt_overview_writer *w, const bt_json_node *report)
{
    static const char *const sides[2] = {"width", "height"};
    const bt_json_node *size = bt_json_find(report, "page");
    bt_html(w, "<svg viewBox=\"0 0");
    for (int i = 0; i < 2; i++) {
        const bt_json_node *side = bt_json_find(size, sides[i]);
        int64_t tenths = 0;
        if (side) bt_fixed_parse(side->text, 1, &tenths);
        bt_buf_format(&w->out, " %d", (int)tenths);
    }
    bt_html(w, "\">");
}

/* "page 4", which leads there in the PDF. */
static void add_caption(bt_overview_writer *w, uint32_t row_i, bt_str page)
{
    bt_html(w, "<a href=\"../");
    bt_html_url(w, w->about->rows[row_i].out);
    bt_html(w, "#page=");
    bt_html_text(w, page);
    bt_html(w, "\">");
    bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("page {1}"), BT_ARGS(page)));
    bt_html(w, "</a>");
}

void bt_overview_add_page(bt_overview_writer *w, uint32_t row_i, const bt_json_node *report, const bt_json_node *page)
{
    const bt_json_node *no = bt_json_find(page, "page"), *drawing = bt_json_find(page, "drawing"),
                       *boxes = bt_json_find(page, "boxes");
    int64_t page_no = 0;
    if (!no || !drawing || !boxes || !bt_fixed_parse(no->text, 0, &page_no)) return;
    uint64_t key = hash_node(bt_str_hash(drawing->text), boxes);
    const bt_overview_seen *seen = find_seen(w, key, row_i, (uint32_t)page_no);
    bt_html(w, seen ? "<figure class=again>" : "<figure>");
    add_size(w, report);
    if (seen) {
        w->n_repeated++;
        bt_buf_format(&w->out, "<use href=\"#d%016llx\"/>", (unsigned long long)key);
    } else {
        bt_buf_format(&w->out, "<g id=d%016llx>", (unsigned long long)key);
        add_drawing(w, page);
        bt_html(w, "</g>");
    }
    bt_html(w, "</svg><figcaption>");
    add_caption(w, row_i, no->text);
    if (seen) {
        bt_str words[] = {bt_str_format(&w->words, "%u", seen->page), w->about->rows[seen->row_i].id};
        bt_html(w, " = ");
        bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("page {1} of {2}"), words, 2));
    }
    bt_html(w, "</figcaption></figure>\n");
}
