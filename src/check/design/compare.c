/* compare.c - how two designs differ: check --layout-only.
 *
 * The files are two issues: what they say differs, and one may lack what the other shows, as a headline of the second
 * rank. So a property is compared only where both have it, type is held against all the type of the other file, and
 * baselines are compared on the grid. Each property is a line of the report; one that differs beyond its tolerance is
 * also a finding.
 */
#include "check/design/design.h"

#include <math.h>

#include "check/shown.h"

#define INDENT_TOLERANCE 0.5  /* [pt] */
#define PLACE_TOLERANCE 0.5   /* [pt] of furniture, at least */
#define LEADING_TOLERANCE 0.2 /* [pt] */
#define RAGGED 2.5            /* [pt] the longest of ragged lines tells a measure so well */
#define RELATED 0.15          /* of the size: type that differs by more is other type */
enum { FEW_LETTERS = 20, MANY_LETTERS_PER_MILLE = 10, MOST_RANK = 4 };

/* How much a reader would notice each. */
enum {
    WEIGHS_PAGE = 1000,
    WEIGHS_COLUMNS = 900,
    WEIGHS_MARGIN = 800,
    WEIGHS_BODY = 700,
    WEIGHS_GRID = 600,
    WEIGHS_MASTHEAD = 500,
    WEIGHS_TYPE = 400,
    WEIGHS_COLOR = 350,
    WEIGHS_FURNITURE = 300,
};

typedef struct comparison {
    bt_arena *arena;
    bt_diags *diags;
    const design *ours, *sample;
    const check_options *options;
    report *r;
} comparison;

/* A property of both. */
typedef struct property {
    bt_str subject, was, is, difference;
    double amount; /* of the difference; 0: it is no number */
    double weight;
    bool differs;
    uint32_t page, sample_page; /* where it shows; 0: everywhere */
    const seen_box *box, *sample_box;
} property;

static bt_str say(const comparison *c, bt_str phrase) { return bt_say(c->diags, phrase); }

static void add_line(const comparison *c, const report_line *line)
{
    report_line *place = BT_PUSH(c->arena, &c->r->lines);
    if (place) *place = *line;
}

static bool is_masked(const comparison *c, const property *p)
{
    return p->box && mask_covers(&c->options->mask, p->page, p->box);
}

static void add_property(const comparison *c, const property *p)
{
    bool differs = p->differs && !is_masked(c, p);
    c->r->n_left_out += p->differs && !differs;
    add_line(c, &(report_line){.subject = p->subject,
                               .sample = p->was,
                               .ours = p->is,
                               .difference = p->difference,
                               .state = differs ? LINE_DIFFERS : LINE_GOOD});
    if (!differs) return;
    finding *f = BT_PUSH(c->arena, &c->r->findings);
    if (!f) return;
    *f = (finding){.kind = FINDING_DESIGN,
                   .severity = FINDING_ERROR,
                   .number = "",
                   .page = p->page,
                   .sample_page = p->sample_page,
                   .has_ours = p->box != NULL,
                   .has_sample = p->sample_box != NULL,
                   .subject = p->subject,
                   .was = p->was,
                   .is = p->is,
                   .amount = fabs(p->amount),
                   .n = 1,
                   .weight = p->weight};
    if (p->box) f->ours = *p->box;
    if (p->sample_box) f->sample = *p->sample_box;
    const bt_str args[] = {p->subject, p->was, p->is, p->difference};
    f->message = bt_say_with(c->diags, c->arena,
                             p->difference.len ? BT_STR("{1}: {2} in the sample, {3} here ({4})")
                                               : BT_STR("{1}: {2} in the sample, {3} here"),
                             args, 4);
}

static void not_compared(const comparison *c, bt_str subject, bt_str why)
{
    add_line(c, &(report_line){.subject = subject, .state = LINE_NOT_RUN, .why = why});
}

/* --- kinds of properties --- */

typedef struct length_pair {
    double sample, ours, tolerance, weight;
    bool in_pt; /* else in mm */
    const seen_box *box, *sample_box;
    uint32_t page_i, sample_page_i; /* where the boxes are */
} length_pair;

static bt_str length_shown(const comparison *c, double length, bool in_pt)
{
    return in_pt ? shown_pt(c->arena, c->diags->lang, length) : shown_mm(c->arena, c->diags->lang, length);
}

static void compare_length(const comparison *c, bt_str subject, const length_pair *l)
{
    double amount = l->ours - l->sample;
    bt_str difference = length_shown(c, amount, l->in_pt);
    if (amount > 0.005) difference = bt_str_join(c->arena, BT_STR("+"), difference);
    add_property(c, &(property){.subject = subject,
                                .was = length_shown(c, l->sample, l->in_pt),
                                .is = length_shown(c, l->ours, l->in_pt),
                                .difference = difference,
                                .amount = amount,
                                .weight = l->weight + fmin(99, fabs(amount)),
                                .differs = fabs(amount) > l->tolerance,
                                .page = l->box ? l->page_i + 1 : 0,
                                .sample_page = l->sample_box ? l->sample_page_i + 1 : 0,
                                .box = l->box,
                                .sample_box = l->sample_box});
}

static void compare_words(const comparison *c, bt_str subject, bt_str was, bt_str is, double weight)
{
    add_property(
        c, &(property){.subject = subject, .was = was, .is = is, .weight = weight, .differs = !bt_str_equal(was, is)});
}

static bt_str yes_or_no(const comparison *c, bool is) { return is ? say(c, BT_STR("yes")) : say(c, BT_STR("no")); }

/* --- the page --- */

static void compare_page(const comparison *c)
{
    const design *ours = c->ours, *sample = c->sample;
    double most = c->options->tolerance.box;
    compare_length(c, say(c, BT_STR("page width")),
                   &(length_pair){sample->width, ours->width, most, WEIGHS_PAGE, false, NULL, NULL, 0, 0});
    compare_length(c, say(c, BT_STR("page height")),
                   &(length_pair){sample->height, ours->height, most, WEIGHS_PAGE, false, NULL, NULL, 0, 0});
    if (ours->bleed > 0 && sample->bleed > 0)
        compare_length(c, say(c, BT_STR("bleed")),
                       &(length_pair){sample->bleed, ours->bleed, most, WEIGHS_PAGE, false, NULL, NULL, 0, 0});
    else if (ours->bleed > 0 || sample->bleed > 0)
        not_compared(c, say(c, BT_STR("bleed")), say(c, BT_STR("only one of the files has a bleed")));
    bool show_both = ours->has_side[0] && ours->has_side[1] && sample->has_side[0] && sample->has_side[1];
    if (show_both)
        compare_words(c, say(c, BT_STR("left and right pages mirror each other")), yes_or_no(c, sample->is_facing),
                      yes_or_no(c, ours->is_facing), WEIGHS_MARGIN);
}

static seen_box strip(const design *d, bool is_left)
{
    return is_left ? (seen_box){0, 0, d->left[0], d->height}
                   : (seen_box){d->width - d->right[0], 0, d->width, d->height};
}

static void compare_side(const comparison *c, bt_str subject, bool is_left, uint32_t side)
{
    const design *ours = c->ours, *sample = c->sample;
    bool is_ragged = !is_left && !ours->columns.is_justified && !sample->columns.is_justified;
    const seen_box box = strip(ours, is_left), sample_box = strip(sample, is_left);
    compare_length(c, subject,
                   &(length_pair){.sample = is_left ? sample->left[side] : sample->right[side],
                                  .ours = is_left ? ours->left[side] : ours->right[side],
                                  .tolerance = fmax(c->options->tolerance.margin, is_ragged ? RAGGED : 0),
                                  .weight = WEIGHS_MARGIN,
                                  .box = side ? NULL : &box,
                                  .sample_box = side ? NULL : &sample_box});
}

/* Odd pages for both where they have them, else even ones. */
static void compare_margins(const comparison *c)
{
    const design *ours = c->ours, *sample = c->sample;
    bool faces = ours->is_facing && sample->is_facing;
    if (ours->has_side[0] && sample->has_side[0]) {
        compare_side(c, faces ? say(c, BT_STR("inside margin")) : say(c, BT_STR("left margin")), true, 0);
        compare_side(c, faces ? say(c, BT_STR("outside margin")) : say(c, BT_STR("right margin")), false, 0);
    }
    if (faces || !ours->has_side[1] || !sample->has_side[1]) return;
    bool differ = fabs(ours->left[0] - ours->left[1]) > 1 || fabs(sample->left[0] - sample->left[1]) > 1;
    if (!differ) return;
    compare_side(c, say(c, BT_STR("left margin of even pages")), true, 1);
    compare_side(c, say(c, BT_STR("right margin of even pages")), false, 1);
}

static void compare_columns(const comparison *c)
{
    const design_columns *ours = &c->ours->columns, *sample = &c->sample->columns;
    double most = c->options->tolerance.column;
    compare_words(c, say(c, BT_STR("columns")), shown_count(c->arena, sample->count),
                  shown_count(c->arena, ours->count), WEIGHS_COLUMNS);
    if (ours->count != sample->count) return;
    bool is_ragged = !ours->is_justified && !sample->is_justified; /* then the longest line tells, nearly */
    compare_length(c, say(c, BT_STR("column width")),
                   &(length_pair){sample->width, ours->width, is_ragged ? fmax(most, RAGGED) : most, WEIGHS_COLUMNS,
                                  false, NULL, NULL, 0, 0});
    if (ours->count > 1)
        compare_length(c, say(c, BT_STR("gutter")),
                       &(length_pair){sample->gutter, ours->gutter, is_ragged ? fmax(most, RAGGED) : most,
                                      WEIGHS_COLUMNS, false, NULL, NULL, 0, 0});
    compare_words(c, say(c, BT_STR("setting of the text")),
                  sample->is_justified ? say(c, BT_STR("justified")) : say(c, BT_STR("ragged")),
                  ours->is_justified ? say(c, BT_STR("justified")) : say(c, BT_STR("ragged")), WEIGHS_COLUMNS);
}

/* --- the grid --- */

static void compare_first_line(const comparison *c)
{
    const design_grid *ours = &c->ours->grid, *sample = &c->sample->grid;
    double first = ours->first, step = sample->step;
    bool is_common = ours->is_common && sample->is_common && fabs(ours->step - sample->step) < 0.01;
    if (is_common) /* by whole steps it may stand lower, where something else begins the pages */
        first -= round((first - sample->first) / step) * step;
    else if (ours->n_first < 2 || sample->n_first < 2) {
        not_compared(c, say(c, BT_STR("first line")), say(c, BT_STR("too few columns begin with text")));
        return;
    }
    const seen_box box = {0, 0, c->ours->width, ours->first}, sample_box = {0, 0, c->sample->width, sample->first};
    compare_length(c, say(c, BT_STR("first line")),
                   &(length_pair){sample->first, first, c->options->tolerance.margin, WEIGHS_MARGIN, false, &box,
                                  &sample_box, 0, 0});
}

/* Text may end where a picture or a table fills the page. So a foot differs where one file's text goes on below all
 * that the other has, and enough columns are full.
 */
static void compare_last_line(const comparison *c)
{
    enum { FULL_COLUMNS = 4 }; /* one in so many is full */
    const design_grid *ours = &c->ours->grid, *sample = &c->sample->grid;
    double excess = ours->last - sample->last, most = c->options->tolerance.margin;
    bool is_full = ours->n_last >= 2 && FULL_COLUMNS * ours->n_last >= ours->n_columns && sample->n_last >= 2 &&
                   FULL_COLUMNS * sample->n_last >= sample->n_columns;
    bool is_beyond = ours->last > sample->foot + most || sample->last > ours->foot + most;
    if (fabs(excess) > most && !(is_full && is_beyond)) {
        not_compared(c, say(c, BT_STR("last line")), say(c, BT_STR("too few columns are full")));
        return;
    }
    const seen_box box = {0, ours->last, c->ours->width, c->ours->height},
                   sample_box = {0, sample->last, c->sample->width, c->sample->height};
    compare_length(c, say(c, BT_STR("last line")),
                   &(length_pair){sample->last, ours->last, most, WEIGHS_MARGIN, false, &box, &sample_box, 0, 0});
}

static void compare_grid(const comparison *c)
{
    const design_grid *ours = &c->ours->grid, *sample = &c->sample->grid;
    if (ours->step <= 0 || sample->step <= 0) {
        not_compared(c, say(c, BT_STR("baseline grid")), say(c, BT_STR("there is no running text")));
        return;
    }
    compare_length(
        c, say(c, BT_STR("step of the baseline grid")),
        &(length_pair){sample->step, ours->step, c->options->tolerance.grid, WEIGHS_GRID, true, NULL, NULL, 0, 0});
    bool many = c->ours->columns.n_lines > 60 && c->sample->columns.n_lines > 60;
    if (many)
        compare_words(c, say(c, BT_STR("lines stand on one grid")), yes_or_no(c, sample->is_common),
                      yes_or_no(c, ours->is_common), WEIGHS_GRID);
    if (fabs(ours->step - sample->step) > c->options->tolerance.grid) return;
    compare_first_line(c);
    compare_last_line(c);
}

/* --- type --- */

static bool is_face(const design_style *one, const design_style *other)
{
    return bt_str_equal(one->face->name, other->face->name);
}

static const design_style *style_with(const design *d, design_role role, uint32_t rank)
{
    for (uint32_t i = 0; i < d->styles.n; i++)
        if (d->styles.v[i].role == role && d->styles.v[i].rank == rank) return &d->styles.v[i];
    return NULL;
}

/* The same face, size and colour anywhere in a design. */
static const design_style *known(const comparison *c, const design *d, const design_style *style)
{
    for (uint32_t i = 0; i < d->styles.n; i++) {
        const design_style *other = &d->styles.v[i];
        bool is_same = is_face(style, other) && fabs(style->size - other->size) <= c->options->tolerance.size &&
                       seen_color_equal(&style->color, &other->color, c->options->tolerance.color);
        if (is_same) return other;
    }
    return NULL;
}

/* The style that is most like another's: of its role, or in all but its size, for a role may be mistaken. */
static const design_style *likest(const comparison *c, const design *d, const design_style *style)
{
    const design_style *best = NULL;
    double least = 0;
    for (uint32_t i = 0; i < d->styles.n; i++) {
        const design_style *other = &d->styles.v[i];
        double apart = fabs(other->size - style->size) / style->size;
        bool is_color = seen_color_equal(&style->color, &other->color, c->options->tolerance.color);
        bool is_role = other->role == style->role && other->rank == style->rank;
        if (!is_role && !(is_face(style, other) && is_color && apart < RELATED)) continue;
        bool is_size = fabs(other->size - style->size) <= c->options->tolerance.size;
        double differs = (is_face(style, other) ? 0 : 1) + (is_color ? 0 : 1) + (is_size ? 0 : 1) + 0.1 * apart;
        if (best && differs >= least) continue;
        best = other;
        least = differs;
    }
    return best;
}

static bt_str of_role(const comparison *c, bt_str role, bt_str what)
{
    return bt_say_with(c->diags, c->arena, BT_STR("{1}: {2}"), BT_ARGS(role, what));
}

static void compare_types(const comparison *c, bt_str role, const design_style *ours, const design_style *sample,
                          double weight)
{
    double more = 10 * fmin(4, ours->size / 10);
    compare_words(c, of_role(c, role, say(c, BT_STR("face"))), sample->face->name, ours->face->name, weight + more);
    compare_length(
        c, of_role(c, role, say(c, BT_STR("size"))),
        &(length_pair){sample->size, ours->size, c->options->tolerance.size, weight + more, true, NULL, NULL, 0, 0});
    bool is_color = seen_color_equal(&ours->color, &sample->color, c->options->tolerance.color);
    add_property(c, &(property){.subject = of_role(c, role, say(c, BT_STR("colour"))),
                                .was = seen_color_shown(c->arena, c->diags->lang, &sample->color),
                                .is = seen_color_shown(c->arena, c->diags->lang, &ours->color),
                                .weight = weight + more,
                                .differs = !is_color});
    bool has_leading =
        ours->leading > 0 && sample->leading > 0 && ours->role != DESIGN_BODY && ours->role != DESIGN_TABLE;
    if (has_leading)
        compare_length(
            c, of_role(c, role, say(c, BT_STR("leading"))),
            &(length_pair){sample->leading, ours->leading, LEADING_TOLERANCE, weight, true, NULL, NULL, 0, 0});
}

/* Type of a role that only one file has, or that is other type altogether, is content. */
static void compare_role(const comparison *c, design_role role, uint32_t rank)
{
    const design_style *ours = style_with(c->ours, role, rank), *sample = style_with(c->sample, role, rank);
    if (!ours && !sample) return;
    bt_str name = design_role_shown(c->arena, c->diags, role, rank);
    if (!ours || !sample) {
        not_compared(c, name, ours ? say(c, BT_STR("the sample has none")) : say(c, BT_STR("the new file has none")));
        return;
    }
    const design_style *same = known(c, c->sample, ours), *back = known(c, c->ours, sample);
    if (same && role != DESIGN_TITLE && role != DESIGN_FOLIO)
        sample = same;
    else if (back && role != DESIGN_TITLE && role != DESIGN_FOLIO)
        ours = back; /* ours is new type, but the sample's is still there */
    else
        sample = likest(c, c->sample, ours);
    bool is_size = fabs(ours->size - sample->size) <= RELATED * sample->size;
    bool is_kin = is_size && (is_face(ours, sample) || fabs(ours->size - sample->size) < c->options->tolerance.size);
    if (!is_kin && role != DESIGN_TITLE && role != DESIGN_FOLIO) {
        not_compared(c, name, say(c, BT_STR("the files show different type in this role")));
        return;
    }
    compare_types(c, name, ours, sample, role == DESIGN_TITLE ? WEIGHS_MASTHEAD : WEIGHS_TYPE);
}

static void compare_styles(const comparison *c)
{
    const design *ours = c->ours, *sample = c->sample;
    if (ours->body != DESIGN_NONE && sample->body != DESIGN_NONE) {
        compare_types(c, design_role_shown(c->arena, c->diags, DESIGN_BODY, 0), &ours->styles.v[ours->body],
                      &sample->styles.v[sample->body], WEIGHS_BODY);
        if (ours->first_indent > 0 && sample->first_indent > 0)
            compare_length(c, say(c, BT_STR("first-line indent")),
                           &(length_pair){sample->first_indent, ours->first_indent, INDENT_TOLERANCE, WEIGHS_BODY, true,
                                          NULL, NULL, 0, 0});
    }
    for (int role = DESIGN_TITLE; role < DESIGN_N_ROLES; role++) {
        if (role == DESIGN_DROP_CAP || role == DESIGN_MASTHEAD) continue;
        bool is_ranked = role == DESIGN_HEADLINE || role == DESIGN_SUBHEADING;
        for (uint32_t rank = is_ranked; rank <= (is_ranked ? MOST_RANK : 0); rank++)
            compare_role(c, (design_role)role, rank);
    }
}

/* --- masthead, running head, folio --- */

static void compare_masthead(const comparison *c)
{
    const design_masthead *ours = &c->ours->masthead, *sample = &c->sample->masthead;
    if (!ours->is_there && !sample->is_there) return;
    if (!ours->is_there || !sample->is_there) {
        compare_words(c, say(c, BT_STR("masthead")), yes_or_no(c, sample->is_there), yes_or_no(c, ours->is_there),
                      WEIGHS_MASTHEAD);
        return;
    }
    const seen_box box = c->ours->lines.v[ours->title_line_i].line->box;
    const seen_box sample_box = c->sample->lines.v[sample->title_line_i].line->box;
    double most = fmax(c->options->tolerance.margin, PLACE_TOLERANCE);
    compare_length(c, say(c, BT_STR("height of the title")),
                   &(length_pair){sample->title_baseline, ours->title_baseline, most, WEIGHS_MASTHEAD, false, &box,
                                  &sample_box, 0, 0});
    compare_words(c, say(c, BT_STR("place of the title")), design_align_shown(c->diags, sample->align),
                  design_align_shown(c->diags, ours->align), WEIGHS_MASTHEAD);
    if (ours->align != sample->align) return;
    const double middle = (ours->title_x0 + ours->title_x1) / 2,
                 sample_middle = (sample->title_x0 + sample->title_x1) / 2;
    length_pair x = {sample->title_x0, ours->title_x0, most, WEIGHS_MASTHEAD, false, &box, &sample_box, 0, 0};
    if (ours->align == DESIGN_RIGHT) x.sample = sample->title_x1, x.ours = ours->title_x1;
    if (ours->align == DESIGN_CENTER) x.sample = sample_middle, x.ours = middle;
    compare_length(c, say(c, BT_STR("title from the left")), &x);
}

static const design_slot *slot_of(const design_furniture *f, design_align align)
{
    for (int i = 0; i < 2; i++)
        if (f->slots[i].is_there && f->slots[i].align == align) return &f->slots[i];
    return NULL;
}

/* Each text of the sample's furniture should stand at the same place. */
static void compare_slots(const comparison *c, bt_str name, const design_furniture *ours,
                          const design_furniture *sample)
{
    double most = fmax(c->options->tolerance.margin, PLACE_TOLERANCE);
    for (int i = 0; i < 2 && sample->slots[i].is_there; i++) {
        const design_slot *was = &sample->slots[i], *is = slot_of(ours, was->align);
        bt_str at = design_align_shown(c->diags, was->align);
        if (!is) {
            compare_words(c, of_role(c, name, say(c, BT_STR("place"))), at,
                          design_align_shown(c->diags, ours->slots[0].align), WEIGHS_FURNITURE);
            return;
        }
        for (int side = 0; side < 2; side++) {
            if (!is->has_side[side] || !was->has_side[side]) continue;
            const design_line *line = &c->ours->lines.v[is->line_i[side]];
            const design_line *sample_line = &c->sample->lines.v[was->line_i[side]];
            bt_str place = side ? say(c, BT_STR("place on even pages")) : say(c, BT_STR("place on odd pages"));
            compare_length(c, bt_say_with(c->diags, c->arena, BT_STR("{1}: {2}, {3}"), BT_ARGS(name, place, at)),
                           &(length_pair){was->x[side], is->x[side], most, WEIGHS_FURNITURE, false, &line->line->box,
                                          &sample_line->line->box, line->page_i, sample_line->page_i});
        }
    }
}

static void compare_furniture(const comparison *c, design_role role, const design_furniture *ours,
                              const design_furniture *sample)
{
    bt_str name = design_role_shown(c->arena, c->diags, role, 0);
    if (!ours->is_there && !sample->is_there) return;
    if (!ours->is_there || !sample->is_there) {
        bool is_short = c->ours->file->pages.n < 3 || c->sample->file->pages.n < 3;
        if (is_short)
            not_compared(c, name, say(c, BT_STR("one of the files has too few pages to tell")));
        else
            compare_words(c, name, yes_or_no(c, sample->is_there), yes_or_no(c, ours->is_there), WEIGHS_FURNITURE);
        return;
    }
    const design_line *line = &c->ours->lines.v[ours->slots[0].line_i[0]];
    const design_line *sample_line = &c->sample->lines.v[sample->slots[0].line_i[0]];
    compare_length(c, of_role(c, name, say(c, BT_STR("height"))),
                   &(length_pair){sample->baseline, ours->baseline, fmax(c->options->tolerance.margin, PLACE_TOLERANCE),
                                  WEIGHS_FURNITURE, false, &line->line->box, &sample_line->line->box, line->page_i,
                                  sample_line->page_i});
    compare_slots(c, name, ours, sample);
}

/* --- colours --- */

static bool has_ink(const comparison *c, const design *d, const seen_color *color)
{
    for (uint32_t i = 0; i < d->inks.n; i++)
        if (seen_color_equal(&d->inks.v[i].color, color, c->options->tolerance.color)) return true;
    return false;
}

static void compare_colors(const comparison *c)
{
    const design *ours = c->ours, *sample = c->sample;
    if (ours->accent != DESIGN_NONE && sample->accent != DESIGN_NONE) {
        const seen_color *is = &ours->inks.v[ours->accent].color, *was = &sample->inks.v[sample->accent].color;
        bool is_there = has_ink(c, sample, is) && has_ink(c, ours, was);
        add_property(c, &(property){.subject = say(c, BT_STR("accent colour")),
                                    .was = seen_color_shown(c->arena, c->diags->lang, was),
                                    .is = is_there ? seen_color_shown(c->arena, c->diags->lang, was)
                                                   : seen_color_shown(c->arena, c->diags->lang, is),
                                    .weight = WEIGHS_COLOR,
                                    .differs = !is_there});
    }
    uint32_t n_letters = 0;
    for (uint32_t i = 0; i < ours->inks.n; i++) n_letters += ours->inks.v[i].n_letters;
    for (uint32_t i = 0; i < ours->inks.n; i++) {
        const design_ink *ink = &ours->inks.v[i];
        bool is_much =
            ink->n_letters >= FEW_LETTERS && ink->n_letters * 1000.0 >= (double)n_letters * MANY_LETTERS_PER_MILLE;
        if (i == ours->accent || !is_much || has_ink(c, sample, &ink->color)) continue;
        compare_words(c, say(c, BT_STR("colour of letters")), say(c, BT_STR("none like it")),
                      seen_color_shown(c->arena, c->diags->lang, &ink->color), WEIGHS_COLOR);
    }
}

bt_status design_compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                         const check_options *options, report *r)
{
    design *designs = BT_NEW_ARRAY(arena, 2, design);
    if (!designs) return BT_NOMEM;
    bt_status status = design_measure(arena, diags, ours, &designs[0]);
    if (status == BT_OK) status = design_measure(arena, diags, sample, &designs[1]);
    if (status != BT_OK) return status;
    const comparison c = {arena, diags, &designs[0], &designs[1], options, r};
    compare_page(&c);
    if (designs[0].body == DESIGN_NONE || designs[1].body == DESIGN_NONE) {
        not_compared(&c, say(&c, BT_STR("type")),
                     say(&c, BT_STR("there is no text that can be read in one of the files")));
        return arena->failed ? BT_NOMEM : BT_OK;
    }
    compare_margins(&c);
    compare_columns(&c);
    compare_grid(&c);
    compare_styles(&c);
    compare_masthead(&c);
    compare_furniture(&c, DESIGN_RUNNING_HEAD, &designs[0].running_head, &designs[1].running_head);
    compare_furniture(&c, DESIGN_FOLIO, &designs[0].folio, &designs[1].folio);
    compare_colors(&c);
    return arena->failed ? BT_NOMEM : BT_OK;
}
