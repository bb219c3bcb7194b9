/* draft_style.c - the styles of a draft: what was measured of each role; what was not is base.json's, in the proportion
 * of the body's size.
 */
#include "check/design/draft.h"

#include <math.h>

#define BASE_SIZE 9.5     /* of the body in base.json [pt] */
#define USUAL_LEADING 1.3 /* [em] of what has a single line */
#define TITLE_LEADING 1.16
#define CAPITALS 0.7 /* [em] as high as they are */
enum { N_HEADLINES = 3 };

/* Sizes and leadings of base.json that follow the body's. */
static const struct {
    const char *name;
    double size, leading; /* leading 0: none of its own */
} small[] = {
    {"sans-base", 8, 10.4},
    {"caption", 7.5, 10},
    {"credit", 6.2, 8},
    {"note", 7.4, 9.6},
    {"jump", 7.8, 10},
    {"table-title", 9, 11.6},
    {"table-unit", 7.4, 11},
    {"table-cell", 8, 10},
    {"table-head", 7.2, 9.4},
    {"table-note", 6.8, 9},
    {"chart-label", 8, 10},
    {"highlights-title", 8, 0},
    {"highlights-item", 8.8, 12.2},
    {"highlights-page", 10, 12.2},
    {"box-title", 9.6, 13},
    {"quote", 13, 18.5},
    {"lead", 11, 15.5},
    {"subheading-1", 9.6, 13},
    {"kicker", 8, 10},
    {"numbers-value", 20, 24},
    {"numbers-unit", 8.6, 13},
    {"contents-item", 8.8, 11.4},
    {"imprint", 6.9, 9.4},
    {"imprint-title", 6.9, 9.4},
    {"running-head", 7.2, 0},
    {"folio", 8.6, 0},
    {"masthead-info", 7.6, 0},
    {"masthead-small", 8, 0},
};

/* The style of base.json for a role; of a role with ranks, of the first. */
static const char *name_of(design_role role)
{
    static const char *const names[DESIGN_N_ROLES] = {
        [DESIGN_TITLE] = "masthead-title",
        [DESIGN_SUBTITLE] = "masthead-subtitle",
        [DESIGN_SUBHEADING] = "subheading-1",
        [DESIGN_KICKER] = "kicker",
        [DESIGN_STANDFIRST] = "lead",
        [DESIGN_BYLINE] = "byline",
        [DESIGN_QUOTE] = "quote",
        [DESIGN_CAPTION] = "caption",
        [DESIGN_CREDIT] = "credit",
        [DESIGN_TABLE] = "table-cell",
        [DESIGN_DROP_CAP] = "drop-cap",
        [DESIGN_RUNNING_HEAD] = "running-head",
        [DESIGN_FOLIO] = "folio",
    };
    return names[role];
}

void draft_write_type(draft *w, const design_style *style, double leading)
{
    if (style->is_upper) draft_word(w, "case", "upper");
    if (style->is_upper) draft_em(w, "tracking", style->tracking);
    draft_text(w, "font", draft_font_of(w, style->face, style->family));
    draft_word(w, "weight", style->face->is_bold ? "bold" : "regular");
    draft_truth(w, "italic", style->face->is_italic);
    draft_pt(w, "size", style->size);
    if (leading > 0) draft_pt(w, "leading", fmax(leading, style->size));
    draft_text(w, "color", draft_color_of(w, &style->color));
}

/* The style with most letters that has the role and rank; NULL: none. */
static const design_style *style_with(const design *d, design_role role, uint32_t rank)
{
    for (uint32_t i = 0; i < d->styles.n; i++)
        if (d->styles.v[i].role == role && d->styles.v[i].rank == rank) return &d->styles.v[i];
    return NULL;
}

/* Of a single line, in the proportion that base.json has. Rows of a table stand apart by more than their leading. */
static double leading_of(const design_style *style)
{
    if (style->leading > 0 && style->role != DESIGN_TABLE) return style->leading;
    const char *name = name_of(style->role);
    double times = style->role == DESIGN_TITLE ? TITLE_LEADING : USUAL_LEADING;
    for (size_t i = 0; name && i < sizeof small / sizeof *small; i++)
        if (bt_str_is(bt_str_of(name), small[i].name) && small[i].leading > 0) times = small[i].leading / small[i].size;
    return style->size * times;
}

static void write_body(draft *w)
{
    const design *d = w->d;
    const design_style *body = &d->styles.v[d->body];
    draft_open(w, "text-base", '{');
    draft_pt(w, "size", body->size);
    draft_text(w, "color", draft_color_of(w, &body->color));
    draft_close(w, '}');
    draft_open(w, "body", '{');
    draft_word(w, "align", d->columns.is_justified ? "justify" : "left");
    draft_pt(w, "first_indent", d->first_indent);
    draft_close(w, '}');
}

static const char *heading_align(const design_style *style)
{
    return style->align == DESIGN_CENTER ? "center" : style->align == DESIGN_RIGHT ? "right" : "left";
}

/* Three headlines, whether the sample has one or five: those in between are what lies between. */
static void write_headlines(draft *w)
{
    const design *d = w->d;
    const design_style *found[N_HEADLINES] = {0}, *body = &d->styles.v[d->body];
    uint32_t n = 0;
    for (uint32_t rank = 1; n < N_HEADLINES && rank <= d->styles.n; rank++) {
        const design_style *style = style_with(d, DESIGN_HEADLINE, rank);
        if (style) found[n++] = style;
    }
    for (uint32_t i = 0; n && i < N_HEADLINES; i++) {
        const design_style *style = found[i < n ? i : n - 1];
        double size = style->size;
        for (uint32_t k = n; k <= i; k++) size = fmax(size * 0.8, fmin(size, 1.15 * body->size));
        draft_open(w, bt_str_z(w->arena, draft_numbered(w, "headline-", i + 1)), '{');
        draft_text(w, "font", draft_font_of(w, style->face, style->family));
        draft_word(w, "weight", style->face->is_bold ? "bold" : "regular");
        draft_truth(w, "italic", style->face->is_italic);
        draft_pt(w, "size", size);
        draft_pt(w, "leading", fmax(size, leading_of(style) * size / style->size));
        draft_text(w, "color", draft_color_of(w, &style->color));
        draft_word(w, "align", heading_align(style));
        draft_word(w, "span", i < n && style->spans ? "page" : "column");
        draft_close(w, '}');
    }
}

/* White letters stand on a colour; which one the accent is the best guess for. */
static void write_kicker(draft *w, const design_style *style)
{
    bool is_white = bt_str_is(draft_color_of(w, &style->color), "paper");
    if (!is_white) draft_word(w, "background", "none");
}

/* Its size follows from its lines, which are a block's matter. */
static void write_drop_cap(draft *w, const design_style *style)
{
    draft_open(w, "drop-cap", '{');
    draft_text(w, "font", draft_font_of(w, style->face, style->family));
    draft_word(w, "weight", style->face->is_bold ? "bold" : "regular");
    draft_truth(w, "italic", style->face->is_italic);
    draft_text(w, "color", draft_color_of(w, &style->color));
    draft_close(w, '}');
}

static void write_roles(draft *w)
{
    const design *d = w->d;
    for (int role = DESIGN_TITLE; role < DESIGN_N_ROLES; role++) {
        const design_style *style = style_with(d, (design_role)role, role == DESIGN_SUBHEADING);
        if (!style || !name_of((design_role)role)) continue;
        if (role == DESIGN_DROP_CAP) {
            write_drop_cap(w, style);
            continue;
        }
        double leading = leading_of(style);
        draft_open(w, name_of((design_role)role), '{');
        if (role == DESIGN_BYLINE && fabs(style->size - d->styles.v[d->body].size) < 1) leading = d->grid.step;
        draft_write_type(w, style, leading);
        if (role == DESIGN_TITLE || role == DESIGN_SUBTITLE) {
            const char *align = d->masthead.align == DESIGN_CENTER  ? "center"
                                : d->masthead.align == DESIGN_RIGHT ? "right"
                                                                    : "left";
            draft_word(w, "align", align);
        }
        if (role == DESIGN_BYLINE || role == DESIGN_SUBHEADING) draft_word(w, "align", heading_align(style));
        if (role == DESIGN_KICKER) write_kicker(w, style);
        draft_close(w, '}');
    }
}

static bool is_measured(const draft *w, const char *name)
{
    for (int role = 0; role < DESIGN_N_ROLES; role++)
        if (name_of((design_role)role) && bt_str_is(bt_str_of(name), name_of((design_role)role)) &&
            style_with(w->d, (design_role)role, role == DESIGN_SUBHEADING))
            return true;
    return false;
}

static void write_small(draft *w)
{
    double times = w->d->styles.v[w->d->body].size / BASE_SIZE;
    if (fabs(times - 1) < 0.03) return;
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (is_measured(w, small[i].name)) continue;
        draft_open(w, small[i].name, '{');
        draft_pt(w, "size", fmax(3, round(small[i].size * times * 10) / 10));
        if (small[i].leading > 0) draft_pt(w, "leading", fmax(3, round(small[i].leading * times * 10) / 10));
        draft_close(w, '}');
    }
}

void draft_write_blocks(draft *w)
{
    enum { FEWEST = 2, MOST = 5 };
    const design *d = w->d;
    const design_style *drop = style_with(d, DESIGN_DROP_CAP, 0);
    if (!drop) return;
    double lines = 1 + round(CAPITALS * (drop->size - d->styles.v[d->body].size) / d->grid.step);
    draft_open(w, "blocks", '{');
    draft_open(w, "drop_cap", '{');
    draft_word(w, "for", drop->n_letters > 1 ? "all" : "lead");
    draft_number(w, "lines", (int64_t)fmin(MOST, fmax(FEWEST, lines)));
    draft_close(w, '}');
    draft_close(w, '}');
}

void draft_write_styles(draft *w)
{
    draft_open(w, "styles", '{');
    write_body(w);
    write_headlines(w);
    write_roles(w);
    write_small(w);
    for (uint32_t i = 0; i < w->n_masthead; i++) {
        const design_style *style = &w->d->styles.v[w->masthead[i]];
        draft_open(w, bt_str_z(w->arena, draft_numbered(w, "masthead-line-", i + 1)), '{');
        draft_write_type(w, style, leading_of(style));
        draft_close(w, '}');
    }
    draft_close(w, '}');
}
