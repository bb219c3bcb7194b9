/* draft.c - a design as a layout that extends base.json: page, grid, columns, and all that its other files write. */
#include "check/design/draft.h"
#include "check/shown.h"

#include <math.h>

#define MM SHOWN_PT_PER_MM
#define LEAST_COLUMN 57.0 /* [pt] a layout has no narrower ones */
enum { INDENT = 2 };

/* --- JSON --- */

static void begin_value(draft *w, const char *key)
{
    if (w->is_after) bt_buf_add_char(w->out, ',');
    if (w->depth) bt_buf_add_char(w->out, '\n');
    for (uint32_t i = 0; i < w->depth * INDENT; i++) bt_buf_add_char(w->out, ' ');
    if (key) {
        bt_buf_add_quoted(w->out, bt_str_of(key));
        bt_buf_add_z(w->out, ": ");
    }
    w->is_after = true;
}

void draft_open(draft *w, const char *key, char bracket)
{
    begin_value(w, key);
    bt_buf_add_char(w->out, bracket);
    w->depth++;
    w->is_after = false;
}

void draft_close(draft *w, char bracket)
{
    w->depth--;
    if (w->is_after) {
        bt_buf_add_char(w->out, '\n');
        for (uint32_t i = 0; i < w->depth * INDENT; i++) bt_buf_add_char(w->out, ' ');
    }
    bt_buf_add_char(w->out, bracket);
    w->is_after = true;
}

void draft_text(draft *w, const char *key, bt_str text)
{
    begin_value(w, key);
    bt_buf_add_quoted(w->out, text);
}

void draft_word(draft *w, const char *key, const char *word) { draft_text(w, key, bt_str_of(word)); }

void draft_number(draft *w, const char *key, int64_t n)
{
    begin_value(w, key);
    bt_buf_add_int(w->out, n);
}

void draft_truth(draft *w, const char *key, bool is)
{
    begin_value(w, key);
    bt_buf_add_z(w->out, is ? "true" : "false");
}

static void add_length(draft *w, const char *key, double length, int decimals, const char *unit)
{
    begin_value(w, key);
    bt_buf_add_char(w->out, '"');
    bt_buf_add_fixed(w->out, llround(length * pow(10, decimals)), decimals);
    bt_buf_add_z(w->out, unit);
    bt_buf_add_char(w->out, '"');
}

/* Lengths that are nearly whole tenths of a millimetre were meant so. */
void draft_mm(draft *w, const char *key, double length)
{
    double mm = length / MM, tenths = round(mm * 10) / 10;
    add_length(w, key, fabs(mm - tenths) < 0.015 ? tenths : mm, 2, "mm");
}

void draft_pt(draft *w, const char *key, double length)
{
    double tenths = round(length * 10) / 10;
    add_length(w, key, fabs(length - tenths) < 0.015 ? tenths : length, 2, "pt");
}

void draft_em(draft *w, const char *key, double part) { add_length(w, key, part, 2, "em"); }

bt_str draft_numbered(const draft *w, const char *head, uint32_t n)
{
    return bt_str_join(w->arena, bt_str_of(head), bt_str_format(w->arena, "%u", n));
}

/* --- the parts --- */

static bool touches_trim(const design *d)
{
    if (d->pictures.n_bleed) return true;
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->paths.n; j++) {
            const seen_box *box = &page->paths.v[j].box;
            bool is_white_page = seen_width(box) > 0.98 * page->width && seen_height(box) > 0.98 * page->height;
            if (page->paths.v[j].kind == SEEN_AREA && !is_white_page && (box->x0 < 1 || box->x1 > page->width - 1))
                return true;
        }
    }
    return false;
}

static void write_page(draft *w)
{
    const design *d = w->d;
    draft_open(w, "page", '{');
    draft_mm(w, "width", d->width);
    draft_mm(w, "height", d->height);
    draft_truth(w, "facing", d->is_facing);
    draft_mm(w, "bleed", d->bleed > 0 ? d->bleed : touches_trim(d) ? 3 * MM : 0);
    draft_open(w, "margins", '{');
    draft_mm(w, "top", fmax(0, fmin(d->top, d->grid.first)));
    draft_mm(w, "bottom", fmax(0, d->bottom));
    draft_mm(w, "inside", d->left[0]);
    draft_mm(w, "outside", d->right[0]);
    draft_close(w, '}');
    draft_close(w, '}');
    draft_open(w, "grid", '{');
    draft_mm(w, "first", d->grid.first);
    draft_pt(w, "step", d->grid.step);
    draft_close(w, '}');
}

/* Upright rules amid the gutters. */
static const seen_path *column_rule(const design *d)
{
    const seen_path *found = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->paths.n; j++) {
            const seen_path *path = &page->paths.v[j];
            if (path->kind != SEEN_RULE || seen_height(&path->box) < 5 * d->grid.step || !path->paint) continue;
            for (uint32_t k = 1; k < d->columns.count; k++) {
                double middle = design_column_left(d, i, k) - d->columns.gutter / 2;
                if (fabs((path->box.x0 + path->box.x1) / 2 - middle) > 2) continue;
                found = found ? found : path;
                n++;
            }
        }
    }
    return n >= 2 || d->file->pages.n == 1 ? found : NULL;
}

static void write_columns(draft *w)
{
    const design *d = w->d;
    const seen_path *rule = column_rule(d);
    draft_open(w, "columns", '{');
    draft_number(w, "count", d->columns.count);
    draft_mm(w, "gutter", d->columns.count > 1 ? d->columns.gutter : 5 * MM);
    if (rule) {
        const seen_color *color = rule->paint->fill ? rule->paint->fill : rule->paint->stroke;
        draft_open(w, "rule", '{');
        draft_pt(w, "weight", rule->thickness);
        if (color) draft_text(w, "color", draft_color_of(w, color));
        draft_close(w, '}');
    }
    draft_close(w, '}');
}

static bt_str description_of(const draft *w)
{
    bt_buf text = bt_buf_in(w->arena);
    bt_buf_add(&text, bt_say_with(w->diags, w->arena, BT_STR("Measured from {1}"), BT_ARGS(w->d->file->path)));
    for (uint32_t i = 0, n = 0; i < w->n_fonts; i++) {
        const draft_font *font = &w->fonts[i];
        if (!font->seen.len || bt_str_equal(font->seen, font->family)) continue;
        bt_str words =
            bt_say_with(w->diags, w->arena, BT_STR("{1} stands in for {2}"), BT_ARGS(font->family, font->seen));
        bt_buf_add_z(&text, n++ ? ", " : "; ");
        bt_buf_add(&text, words);
    }
    return bt_buf_str(&text);
}

static bool is_fit(const draft *w)
{
    const design *d = w->d;
    bt_str lacks = BT_STR("");
    if (d->body == DESIGN_NONE || d->grid.step <= 0)
        lacks = BT_SAY(w->diags, "it has no running text");
    else if (d->columns.width < LEAST_COLUMN)
        lacks = BT_SAY(w->diags, "its columns are narrower than 20 mm");
    else if (d->grid.last - d->grid.first < 5 * d->grid.step)
        lacks = BT_SAY(w->diags, "its pages have fewer than six lines");
    if (!lacks.len) return true;
    const bt_place at = {.file = d->file->path};
    bt_diag(w->diags, BT_E_DESIGN_NO_LAYOUT, &at, BT_ARGS(lacks));
    return false;
}

bt_status draft_layout(bt_arena *arena, bt_diags *diags, const design *d, const draft_options *options, bt_buf *out)
{
    draft *w = BT_NEW(arena, draft);
    if (!w) return BT_NOMEM;
    *w = (draft){.arena = arena, .diags = diags, .d = d, .options = options, .out = out};
    if (!is_fit(w)) return BT_INPUT;
    draft_find_fonts(w);
    draft_find_colors(w);
    draft_find_masthead_styles(w);
    draft_open(w, NULL, '{');
    draft_number(w, "bantin_layout", 1);
    draft_text(w, "name", options->name);
    draft_text(w, "description", description_of(w));
    draft_word(w, "extends", "base");
    write_page(w);
    write_columns(w);
    draft_write_fonts(w);
    draft_write_styles(w);
    draft_write_furniture(w);
    draft_write_blocks(w);
    draft_write_colors(w); /* last: by now all that are needed have their names */
    draft_close(w, '}');
    bt_buf_add_char(out, '\n');
    return arena->failed ? BT_NOMEM : BT_OK;
}
