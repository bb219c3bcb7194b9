/* json.c - a design for programs: lengths of the page in mm, those of type in pt, as their names say. */
#include "check/design/design.h"
#include "check/shown.h"

#include <math.h>

#define MM SHOWN_PT_PER_MM

static void key(bt_buf *out, const char *name)
{
    bt_buf_add_quoted(out, bt_str_of(name));
    bt_buf_add_z(out, ": ");
}

static void number(bt_buf *out, double value, int decimals)
{
    bt_buf_add_fixed(out, llround(value * pow(10, decimals)), decimals);
}

static void mm(bt_buf *out, const char *name, double length)
{
    key(out, name);
    number(out, length / MM, 3);
}

static void pt(bt_buf *out, const char *name, double length)
{
    key(out, name);
    number(out, length, 3);
}

static void count(bt_buf *out, const char *name, uint32_t n)
{
    key(out, name);
    bt_buf_add_int(out, n);
}

static void truth(bt_buf *out, const char *name, bool is)
{
    key(out, name);
    bt_buf_add_z(out, is ? "true" : "false");
}

static void text(bt_buf *out, const char *name, bt_str value)
{
    key(out, name);
    bt_buf_add_quoted(out, value);
}

static void next(bt_buf *out) { bt_buf_add_z(out, ", "); }

static void add_page(bt_buf *out, const design *d)
{
    bt_buf_add_z(out, "{");
    mm(out, "width_mm", d->width);
    next(out), mm(out, "height_mm", d->height);
    next(out), pt(out, "width_pt", d->width);
    next(out), pt(out, "height_pt", d->height);
    next(out), count(out, "pages", d->file->pages.n);
    next(out), count(out, "pages_of_this_size", d->n_pages_size);
    next(out), mm(out, "bleed_mm", d->bleed);
    next(out), truth(out, "facing", d->is_facing);
    bt_buf_add_z(out, "}");
}

static void add_margins(bt_buf *out, const design *d)
{
    bt_buf_add_z(out, "{");
    mm(out, "top_mm", d->top);
    next(out), mm(out, "bottom_mm", d->bottom);
    next(out), mm(out, d->is_facing ? "inside_mm" : "left_mm", d->left[0]);
    next(out), mm(out, d->is_facing ? "outside_mm" : "right_mm", d->right[0]);
    if (!d->is_facing && d->has_side[1]) {
        next(out), mm(out, "left_of_even_pages_mm", d->left[1]);
        next(out), mm(out, "right_of_even_pages_mm", d->right[1]);
    }
    bt_buf_add_z(out, "}");
}

static void add_columns(bt_buf *out, const design *d)
{
    bt_buf_add_z(out, "{");
    count(out, "count", d->columns.count);
    next(out), mm(out, "width_mm", d->columns.width);
    next(out), mm(out, "gutter_mm", d->columns.gutter);
    next(out), truth(out, "justified", d->columns.is_justified);
    next(out), count(out, "lines", d->columns.n_lines);
    next(out), count(out, "lines_percent", (uint32_t)lround(100 * d->columns.share));
    next(out), key(out, "bands");
    bt_buf_add_z(out, "[");
    for (uint32_t i = 0; i < d->bands.n; i++) {
        bt_buf_add_z(out, i ? ", {" : "{");
        count(out, "count", d->bands.v[i].count);
        next(out), mm(out, "width_mm", d->bands.v[i].width);
        next(out), count(out, "lines", d->bands.v[i].n_lines);
        bt_buf_add_z(out, "}");
    }
    bt_buf_add_z(out, "]}");
}

static void add_grid(bt_buf *out, const design *d)
{
    bt_buf_add_z(out, "{");
    pt(out, "step_pt", d->grid.step);
    next(out), mm(out, "first_mm", d->grid.first);
    next(out), mm(out, "last_mm", d->grid.last);
    next(out), truth(out, "common", d->grid.is_common);
    next(out), count(out, "lines_percent", (uint32_t)lround(100 * d->grid.share));
    bt_buf_add_z(out, "}");
}

static void add_style(bt_arena *arena, bt_buf *out, const design *d, const design_style *style)
{
    bt_buf_add_z(out, "{");
    text(out, "role", design_role_key(arena, style));
    next(out), count(out, "confidence_percent", style->confidence);
    next(out), text(out, "face", style->face->name);
    next(out), text(out, "family", style->family);
    next(out), truth(out, "bold", style->face->is_bold);
    next(out), truth(out, "italic", style->face->is_italic);
    next(out), pt(out, "size_pt", style->size);
    next(out), pt(out, "leading_pt", style->leading);
    next(out), text(out, "color", seen_color_shown(arena, BT_LANG_EN, &style->color));
    next(out), text(out, "align", bt_str_of(design_align_key(style->align)));
    if (style->role == DESIGN_BODY) next(out), pt(out, "first_indent_pt", d->first_indent);
    next(out), truth(out, "capitals", style->is_upper);
    next(out), truth(out, "across_columns", style->spans);
    next(out), count(out, "letters", style->n_letters);
    next(out), count(out, "lines", style->n_lines);
    next(out), count(out, "pages", style->n_pages);
    next(out), text(out, "because", style->evidence);
    bt_buf_add_z(out, "}");
}

static void add_furniture(bt_buf *out, const design_furniture *f)
{
    if (!f->is_there) {
        bt_buf_add_z(out, "null");
        return;
    }
    bt_buf_add_z(out, "{");
    mm(out, "baseline_mm", f->baseline);
    next(out), count(out, "pages", f->n_pages);
    next(out), truth(out, "on_first_page", f->is_on_first_page);
    next(out), key(out, "texts");
    bt_buf_add_z(out, "[");
    for (int i = 0; i < 2 && f->slots[i].is_there; i++) {
        const design_slot *slot = &f->slots[i];
        bt_buf_add_z(out, i ? ", {" : "{");
        text(out, "align", bt_str_of(design_align_key(slot->align)));
        if (slot->has_side[0]) next(out), mm(out, "x_odd_mm", slot->x[0]);
        if (slot->has_side[1]) next(out), mm(out, "x_even_mm", slot->x[1]);
        bt_buf_add_z(out, "}");
    }
    bt_buf_add_z(out, "]}");
}

static void add_masthead(bt_arena *arena, bt_buf *out, const design *d)
{
    const design_masthead *m = &d->masthead;
    if (!m->is_there) {
        bt_buf_add_z(out, "null");
        return;
    }
    bt_buf_add_z(out, "{");
    text(out, "title", design_line_text(arena, d, &d->lines.v[m->title_line_i]));
    next(out), mm(out, "title_baseline_mm", m->title_baseline);
    next(out), text(out, "align", bt_str_of(design_align_key(m->align)));
    next(out), mm(out, "top_mm", m->top);
    next(out), mm(out, "bottom_mm", m->bottom);
    next(out), count(out, "confidence_percent", m->confidence);
    bt_buf_add_z(out, "}");
}

static void add_inks(bt_arena *arena, bt_buf *out, const design *d)
{
    bt_buf_add_z(out, "[");
    for (uint32_t i = 0; i < d->inks.n; i++) {
        const design_ink *ink = &d->inks.v[i];
        bt_buf_add_z(out, i ? ",\n    {" : "\n    {");
        text(out, "color", seen_color_shown(arena, BT_LANG_EN, &ink->color));
        next(out), truth(out, "accent", i == d->accent);
        next(out), count(out, "letters", ink->n_letters);
        next(out), count(out, "rules", ink->n_rules);
        next(out), key(out, "area_mm2");
        number(out, ink->area / (MM * MM), 1);
        bt_buf_add_z(out, "}");
    }
    bt_buf_add_z(out, "]");
}

static void add_drawn(bt_arena *arena, bt_buf *out, const design *d)
{
    key(out, "rules");
    bt_buf_add_z(out, "[");
    for (uint32_t i = 0; i < d->rules.n; i++) {
        bt_buf_add_z(out, i ? ",\n    {" : "\n    {");
        pt(out, "weight_pt", d->rules.v[i].thickness);
        next(out), text(out, "color", seen_color_shown(arena, BT_LANG_EN, &d->rules.v[i].color));
        next(out), count(out, "n", d->rules.v[i].n);
        bt_buf_add_z(out, "}");
    }
    bt_buf_add_z(out, "],\n  ");
    key(out, "pictures");
    bt_buf_add_z(out, "{");
    count(out, "n", d->pictures.n);
    next(out), count(out, "as_wide_as_a_column", d->pictures.n_column);
    next(out), count(out, "as_wide_as_the_text", d->pictures.n_page);
    next(out), count(out, "bleed", d->pictures.n_bleed);
    bt_buf_add_z(out, "}");
}

bt_status design_tell_json(bt_arena *arena, const design *d, bt_buf *out)
{
    bt_buf_add_z(out, "{\n  \"bantin_measure\": 1,\n  ");
    text(out, "file", d->file->path);
    bt_buf_add_z(out, ",\n  \"page\": ");
    add_page(out, d);
    bt_buf_add_z(out, ",\n  \"margins\": ");
    add_margins(out, d);
    bt_buf_add_z(out, ",\n  \"columns\": ");
    add_columns(out, d);
    bt_buf_add_z(out, ",\n  \"grid\": ");
    add_grid(out, d);
    bt_buf_add_z(out, ",\n  \"styles\": [");
    for (uint32_t i = 0; i < d->styles.n; i++) {
        bt_buf_add_z(out, i ? ",\n    " : "\n    ");
        add_style(arena, out, d, &d->styles.v[i]);
    }
    bt_buf_add_z(out, "],\n  \"masthead\": ");
    add_masthead(arena, out, d);
    bt_buf_add_z(out, ",\n  \"running_head\": ");
    add_furniture(out, &d->running_head);
    bt_buf_add_z(out, ",\n  \"folio\": ");
    add_furniture(out, &d->folio);
    bt_buf_add_z(out, ",\n  \"colors\": ");
    add_inks(arena, out, d);
    bt_buf_add_z(out, ",\n  ");
    add_drawn(arena, out, d);
    bt_buf_add_z(out, "\n}\n");
    return arena->failed ? BT_NOMEM : BT_OK;
}
