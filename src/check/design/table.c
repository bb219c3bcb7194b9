/* table.c - a design for people: a few sentences on the page, then a row for each style. */
#include "check/design/design.h"
#include "check/shown.h"

#include <math.h>

#define MM SHOWN_PT_PER_MM
enum { MOST_ROWS = 40, MOST_DRAWN = 8, LABEL = 20 };

typedef struct teller {
    bt_arena *arena;
    bt_diags *diags;
    const design *d;
    bt_buf *out;
} teller;

static bt_str shown(const teller *t, double value, int decimals)
{
    return shown_number(t->arena, t->diags->lang, value, decimals);
}

static bt_str mm(const teller *t, double length) { return shown(t, length / MM, 1); }
static bt_str whole(const teller *t, uint32_t n) { return bt_str_format(t->arena, "%u", n); }
static bt_str percent(const teller *t, double share)
{
    return bt_str_format(t->arena, "%u %%", (unsigned)lround(100 * share));
}

static void pad(const teller *t, bt_str text, size_t width, bool is_right)
{
    size_t n = bt_utf8_count(text);
    for (size_t i = n; is_right && i < width; i++) bt_buf_add_char(t->out, ' ');
    bt_buf_add(t->out, text);
    for (size_t i = n; !is_right && i < width; i++) bt_buf_add_char(t->out, ' ');
}

/* A row: what it is about, and the sentence. */
static void row(const teller *t, bt_str label, bt_str said)
{
    pad(t, bt_say(t->diags, label), LABEL, false);
    bt_buf_add(t->out, said);
    bt_buf_add_char(t->out, '\n');
}

static bt_str say(const teller *t, bt_str english, const bt_str *args, size_t n)
{
    return bt_say_with(t->diags, t->arena, english, args, n);
}

static void tell_page(const teller *t)
{
    const design *d = t->d;
    bt_str said = say(t, BT_STR("{1} × {2} mm ({3} × {4} pt), {5} of {6} pages"),
                      BT_ARGS(mm(t, d->width), mm(t, d->height), shown(t, d->width, 2), shown(t, d->height, 2),
                              whole(t, d->n_pages_size), whole(t, d->file->pages.n)));
    if (d->bleed > 0) said = bt_str_join(t->arena, said, say(t, BT_STR("; bleed {1} mm"), BT_ARGS(mm(t, d->bleed))));
    row(t, BT_STR("page"), said);
    if (!d->lines.n) return;
    const bt_str sides[4] = {mm(t, d->left[0]), mm(t, d->right[0]), mm(t, d->top), mm(t, d->bottom)};
    row(t, BT_STR("margins"),
        say(t,
            d->is_facing ? BT_STR("inside {1} mm, outside {2} mm, head {3} mm, foot {4} mm")
                         : BT_STR("left {1} mm, right {2} mm, head {3} mm, foot {4} mm"),
            sides, 4));
}

static void tell_columns(const teller *t)
{
    const design *d = t->d;
    const bt_str args[] = {whole(t, d->columns.count), mm(t, d->columns.width), mm(t, d->columns.gutter),
                           percent(t, d->columns.share), whole(t, d->columns.n_lines)};
    bt_str kind = d->columns.is_justified ? BT_SAY(t->diags, "justified") : BT_SAY(t->diags, "ragged");
    row(t, BT_STR("columns"),
        say(t, BT_STR("{1} of {2} mm, gutter {3} mm, {6}; {4} of {5} lines keep to them"),
            BT_ARGS(args[0], args[1], args[2], args[3], args[4], kind)));
    for (uint32_t i = 0; i < d->bands.n; i++)
        row(t, BT_STR(""),
            say(t, BT_STR("also {1} of {2} mm, {3} lines"),
                BT_ARGS(whole(t, d->bands.v[i].count), mm(t, d->bands.v[i].width), whole(t, d->bands.v[i].n_lines))));
    if (d->grid.step <= 0) return;
    const bt_str step = shown(t, d->grid.step, 2), first = mm(t, d->grid.first), last = mm(t, d->grid.last);
    const bt_str share = percent(t, d->grid.share);
    row(t, BT_STR("grid"),
        d->grid.is_common
            ? say(t, BT_STR("{1} pt, from {2} mm to {3} mm; {4} of the lines stand on it"),
                  BT_ARGS(step, first, last, share))
            : say(t, BT_STR("none that pages share; leading {1} pt, first line at {2} mm, last at {3} mm"),
                  BT_ARGS(step, first, last)));
}

static void tell_furniture(const teller *t, bt_str label, const design_furniture *f)
{
    if (!f->is_there) return;
    bt_str at = design_align_shown(t->diags, f->slots[0].align);
    if (f->slots[1].is_there)
        at = say(t, BT_STR("{1} and {2}"), BT_ARGS(at, design_align_shown(t->diags, f->slots[1].align)));
    row(t, label,
        say(t, BT_STR("at {1} mm from the top, {2}, on {3} pages"),
            BT_ARGS(mm(t, f->baseline), at, whole(t, f->n_pages))));
}

static void tell_places(const teller *t)
{
    const design *d = t->d;
    const design_masthead *m = &d->masthead;
    if (m->is_there)
        row(t, BT_STR("masthead"),
            say(t, BT_STR("“{1}” at {2} mm from the top, {3}; it ends at {4} mm"),
                BT_ARGS(design_line_text(t->arena, d, &d->lines.v[m->title_line_i]), mm(t, m->title_baseline),
                        design_align_shown(t->diags, m->align), mm(t, m->bottom))));
    tell_furniture(t, BT_STR("running head"), &d->running_head);
    tell_furniture(t, BT_STR("folio"), &d->folio);
}

static void tell_drawn(const teller *t)
{
    const design *d = t->d;
    for (uint32_t i = 0; i < d->inks.n && i < MOST_DRAWN; i++) {
        const design_ink *ink = &d->inks.v[i];
        row(t, i ? BT_STR("") : BT_STR("colours"),
            say(t, BT_STR("{1}: {2} letters, {3} rules, {4} cm² of areas"),
                BT_ARGS(seen_color_shown(t->arena, t->diags->lang, &ink->color), whole(t, ink->n_letters),
                        whole(t, ink->n_rules), shown(t, ink->area / (MM * MM) / 100, 1))));
    }
    for (uint32_t i = 0; i < d->rules.n && i < MOST_DRAWN; i++)
        row(t, i ? BT_STR("") : BT_STR("rules"),
            say(t, BT_STR("{1} of {2} pt, {3}"),
                BT_ARGS(whole(t, d->rules.v[i].n), shown(t, d->rules.v[i].thickness, 2),
                        seen_color_shown(t->arena, t->diags->lang, &d->rules.v[i].color))));
    if (!d->pictures.n) return;
    row(t, BT_STR("pictures"),
        say(t, BT_STR("{1}: {2} as wide as a column, {3} as wide as the text, {4} at the trim"),
            BT_ARGS(whole(t, d->pictures.n), whole(t, d->pictures.n_column), whole(t, d->pictures.n_page),
                    whole(t, d->pictures.n_bleed))));
}

/* The cells of a style's row. */
enum { CELL_ROLE, CELL_FACE, CELL_SIZE, CELL_LEADING, CELL_COLOR, CELL_LETTERS, CELL_SURE, CELL_WHY, N_CELLS };

static void fill_cells(const teller *t, const design_style *style, bt_str cells[N_CELLS])
{
    cells[CELL_ROLE] = design_role_shown(t->arena, t->diags, style->role, style->rank);
    cells[CELL_FACE] = style->face->name;
    cells[CELL_SIZE] = shown(t, style->size, 2);
    cells[CELL_LEADING] = style->leading > 0 ? shown(t, style->leading, 2) : BT_STR("–");
    cells[CELL_COLOR] = seen_color_shown(t->arena, t->diags->lang, &style->color);
    cells[CELL_LETTERS] = whole(t, style->n_letters);
    cells[CELL_SURE] = style->confidence ? bt_str_format(t->arena, "%u %%", style->confidence) : BT_STR("–");
    cells[CELL_WHY] = style->evidence;
}

static void tell_styles(const teller *t)
{
    bt_str cells[MOST_ROWS + 1][N_CELLS] = {{BT_SAY(t->diags, "role"), BT_SAY(t->diags, "face"),
                                             BT_SAY(t->diags, "size"), BT_SAY(t->diags, "leading"),
                                             BT_SAY(t->diags, "colour"), BT_SAY(t->diags, "letters"),
                                             BT_SAY(t->diags, "sure"), BT_SAY(t->diags, "because")}};
    size_t widths[N_CELLS] = {0};
    uint32_t n = 1;
    for (uint32_t i = 0; i < t->d->styles.n && n <= MOST_ROWS; i++) fill_cells(t, &t->d->styles.v[i], cells[n++]);
    for (uint32_t i = 0; i < n; i++)
        for (int k = 0; k < N_CELLS; k++) {
            size_t width = bt_utf8_count(cells[i][k]);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    for (uint32_t i = 0; i < n; i++) {
        for (int k = 0; k < N_CELLS; k++) {
            bool is_number = k == CELL_SIZE || k == CELL_LEADING || k == CELL_LETTERS || k == CELL_SURE;
            if (k) bt_buf_add_z(t->out, "  ");
            if (k < CELL_WHY) pad(t, cells[i][k], widths[k], is_number);
        }
        bt_buf_add(t->out, cells[i][CELL_WHY]);
        while (t->out->bytes.n && t->out->bytes.v[t->out->bytes.n - 1] == ' ') t->out->bytes.n--;
        bt_buf_add_char(t->out, '\n');
    }
}

bt_status design_tell_table(bt_arena *arena, bt_diags *diags, const design *d, bt_buf *out)
{
    const teller t = {arena, diags, d, out};
    bt_buf_add(out, d->file->path);
    bt_buf_add_char(out, '\n');
    tell_page(&t);
    if (d->lines.n) {
        tell_columns(&t);
        tell_places(&t);
    } else {
        row(&t, BT_STR("text"),
            BT_SAY(diags, "none that can be read: the pages are pictures, or their letters are drawn"));
    }
    tell_drawn(&t);
    bt_buf_add_char(out, '\n');
    if (d->styles.n) tell_styles(&t);
    return arena->failed ? BT_NOMEM : BT_OK;
}
