/* overview_page.c - a page as an SVG drawing, from the sketch and the boxes of its report. What is drawn and marked
 * like a page before it refers to that one. */
#include "batch/overview_int.h"

#include "base/unit.h"

/* --- seen before --- */

static uint64_t key_of(bt_str drawing, bt_str boxes)
{
    uint64_t key = (bt_str_hash(drawing) * 0x9e3779b97f4a7c15U) ^ bt_str_hash(boxes);
    return key ^ key >> 29;
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

/* The digits at *p, which then stands behind them and a blank. */
static bt_str take_number(const char **p, const char *end)
{
    enum { MOST_DIGITS = 6 };
    const char *begin = *p, *digit = begin;
    while (digit < end && digit - begin < MOST_DIGITS && *digit >= '0' && *digit <= '9') digit++;
    *p = digit + (digit < end && *digit == ' ');
    return (bt_str){begin, (size_t)(digit - begin)};
}

static char *put(char *p, char command, bt_str number)
{
    *p++ = command;
    for (size_t i = 0; i < number.len; i++) *p++ = number.ptr[i];
    return p;
}

/* One bar, and its copies: "b0b 180 140 1570 14", and how often, and the step. */
static void add_bar(bt_overview_writer *w, bt_str bar)
{
    enum { MOST_BYTES = 96 };
    bt_str numbers[BAR_NUMBERS];
    const char *p = bar.ptr + COLOR + 1, *bar_end = bar.ptr + bar.len;
    for (int i = 0; i < BAR_NUMBERS; i++) numbers[i] = take_number(&p, bar_end);
    if (!numbers[3].len || p != bar_end) return;
    char bytes[MOST_BYTES], *shape = put(put(bytes, 'M', numbers[0]), ' ', numbers[1]);
    char *end = put(put(shape, 'h', numbers[2]), 'v', numbers[3]);
    *end++ = 'h';
    end = put(end, '-', numbers[2]);
    *end++ = 'z';
    bt_buf_add(&w->out, (bt_str){bytes, (size_t)(end - bytes)});
    int64_t n_copies = 1;
    if (!numbers[5].len || !bt_fixed_parse(numbers[4], 0, &n_copies)) return;
    char copy[MOST_BYTES], *copy_end = put(put(copy, 'm', BT_STR("0")), ' ', numbers[5]);
    for (const char *from = shape; from < end;) *copy_end++ = *from++;
    for (int64_t i = 1; i < n_copies && i < MOST_COPIES; i++)
        bt_buf_add(&w->out, (bt_str){copy, (size_t)(copy_end - copy)});
}

/* One path for those of a colour that follow one another. */
static void add_bars(bt_overview_writer *w, const bt_json_node *bars, const char *class_name, bool has_color)
{
    bt_str last = {0}, all = bars ? bars->text : BT_STR("");
    for (size_t begin = 0, end; begin + COLOR < all.len; begin = end + 1) {
        const char *found = memchr(all.ptr + begin, ';', all.len - begin);
        end = found ? (size_t)(found - all.ptr) : all.len;
        bt_str bar = {all.ptr + begin, end - begin}, color = {bar.ptr, COLOR};
        if (bar.len <= COLOR) continue;
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

static void add_number(bt_overview_writer *w, const char *before, int64_t number)
{
    bt_html(w, before);
    bt_buf_add_int(&w->out, number);
}

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

static void add_drawing(bt_overview_writer *w, bt_str sketch_source, bt_str boxes_source)
{
    const bt_json_node *sketch = bt_json_read_own(&w->words, sketch_source);
    const bt_json_node *boxes = bt_json_read_own(&w->words, boxes_source);
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

void bt_overview_add_page(bt_overview_writer *w, uint32_t row_i, const bt_json_node *report, bt_str source)
{
    const bt_json_node *page = bt_json_read_own_top(&w->words, source, 0);
    const bt_json_node *no = bt_json_find(page, "page"), *drawing = bt_json_find(page, "drawing"),
                       *sketch = bt_json_find(page, "sketch"), *boxes = bt_json_find(page, "boxes");
    int64_t page_no = 0;
    if (!no || !drawing || !sketch || !boxes || !bt_fixed_parse(no->text, 0, &page_no)) return;
    uint64_t key = key_of(drawing->text, boxes->text);
    const bt_overview_seen *seen = find_seen(w, key, row_i, (uint32_t)page_no);
    bt_html(w, seen ? "<figure class=again>" : "<figure>");
    add_size(w, report);
    if (seen) {
        w->n_repeated++;
        bt_buf_format(&w->out, "<use href=\"#d%016llx\"/>", (unsigned long long)key);
    } else {
        bt_buf_format(&w->out, "<g id=d%016llx>", (unsigned long long)key);
        add_drawing(w, sketch->text, boxes->text);
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
