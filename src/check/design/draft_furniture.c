/* draft_furniture.c - masthead, running head and folio of a draft: each line of the sample at its height, with the
 * field that its text looks like.
 */
#include "check/design/draft.h"

#include <math.h>

enum { MOST_CELLS = 3, MOST_ITEMS = 24, LEAST_PATHS = 3 /* of a drawing */ };
#define SAME_LINE 1.0    /* [pt] */
#define WIDE 0.6         /* of the text: rules and bands of the masthead are so wide */
#define TALLEST_RULE 8.0 /* [pt] what is taller is a band */
#define CAPITALS 0.714   /* [em] a line of a masthead reaches from their height to its baseline */
#define LEAST_LOGO 14.0  /* [pt] high */
#define AFTER 7.0        /* [pt] white below the masthead */

/* What stands in the masthead, by its height. */
typedef struct item {
    double y;
    const design_line *line; /* one of these three */
    const seen_path *path;
    const seen_box *logo;
} item;

typedef struct item_list {
    uint32_t n;
    item v[MOST_ITEMS];
} item_list;

static void add_item(item_list *items, const item *one)
{
    if (items->n == MOST_ITEMS) return;
    uint32_t i = items->n++;
    for (; i && items->v[i - 1].y > one->y; i--) items->v[i] = items->v[i - 1];
    items->v[i] = *one;
}

void draft_find_masthead_styles(draft *w)
{
    const design *d = w->d;
    for (uint32_t i = 0; d->masthead.is_there && i < d->lines.n && !d->lines.v[i].page_i; i++) {
        if (d->lines.v[i].role != DESIGN_MASTHEAD || w->n_masthead == DRAFT_MOST_FONTS) continue;
        bool is_known = false;
        for (uint32_t k = 0; k < w->n_masthead; k++) is_known = is_known || w->masthead[k] == d->lines.v[i].style_i;
        if (!is_known) w->masthead[w->n_masthead++] = d->lines.v[i].style_i;
    }
}

/* --- fields --- */

static bool holds(bt_str text, const char *part)
{
    bt_str find = bt_str_of(part);
    for (size_t i = 0; i + find.len <= text.len; i++)
        if (bt_str_equal(bt_str_slice(text, i, i + find.len), find)) return true;
    return false;
}

static uint32_t n_digits(bt_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] >= '0' && text.ptr[i] <= '9';
    return n;
}

/* A date names its month, or has two strokes; a number of an issue has digits. */
static const char *field_of(bt_str text, bool is_above_title, bool is_right)
{
    static const char *const months[] = {"tháng",  "Tháng",     "THÁNG",   "January",  "February",
                                         "March",  "April",     "May ",    "June",     "July",
                                         "August", "September", "October", "November", "December"};
    uint32_t digits = n_digits(text), strokes = 0;
    for (size_t i = 0; i < text.len; i++) strokes += text.ptr[i] == '/';
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (digits && holds(text, months[i]) && !bt_str_starts(text, BT_STR("Số"))) return "{date}";
    if (digits && strokes >= 2) return "{date}";
    if (digits) return "{issue}";
    if (is_above_title) return is_right ? "{kind}" : "{issuer}";
    return is_right ? "{edition}" : "{motto}";
}

static const char *side_of(const design *d, const design_line *line)
{
    double left = design_column_left(d, line->page_i, 0), right = design_text_right(d, line->page_i);
    if (fabs(line->x0 - left) < 6) return "left";
    if (fabs(line->x1 - right) < 6) return "right";
    double middle = (line->x0 + line->x1) / 2;
    if (fabs(middle - (left + right) / 2) < (right - left) / 8) return "center";
    return middle < (left + right) / 2 ? "left" : "right";
}

/* --- the masthead --- */

static bool is_over_text(const design *d, const seen_box *box)
{
    for (uint32_t i = 0; i < d->lines.n && !d->lines.v[i].page_i; i++)
        if (seen_meets(box, &d->lines.v[i].line->box)) return true;
    return false;
}

/* A picture beside the title, or what is drawn there. */
static bool find_logo(const design *d, double widest, seen_box *logo)
{
    const seen_page *page = &d->file->pages.v[0];
    double bottom = d->masthead.bottom + 3;
    for (uint32_t i = 0; i < page->pictures.n; i++) {
        const seen_picture *picture = &page->pictures.v[i];
        *logo = picture->box;
        if (!picture->is_hidden && logo->y1 < bottom && seen_width(logo) < widest) return true;
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *path = &page->paths.v[i];
        if (path->is_hidden || path->box.y1 > bottom || seen_width(&path->box) > widest) continue;
        if (!design_is_on_page(page, &path->box) || path->kind == SEEN_RULE || is_over_text(d, &path->box)) continue;
        *logo = n++ ? seen_joined(logo, &path->box) : path->box;
    }
    return n >= LEAST_PATHS && seen_width(logo) < widest && seen_height(logo) > LEAST_LOGO && !is_over_text(d, logo);
}

static void collect(const design *d, item_list *items, seen_box *logo)
{
    const design_masthead *m = &d->masthead;
    const seen_page *page = &d->file->pages.v[0];
    double wide = WIDE * (design_text_right(d, 0) - design_column_left(d, 0, 0));
    for (uint32_t i = 0; i < d->lines.n && !d->lines.v[i].page_i; i++) {
        const design_line *line = &d->lines.v[i];
        bool is_its = line->role == DESIGN_TITLE || line->role == DESIGN_SUBTITLE || line->role == DESIGN_MASTHEAD;
        if (is_its) add_item(items, &(item){.y = line->baseline, .line = line});
    }
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *path = &page->paths.v[i];
        bool is_flat = path->kind == SEEN_RULE || path->kind == SEEN_AREA;
        if (!is_flat || path->is_hidden || !path->paint || path->box.y1 > m->bottom + 1) continue;
        if (!path->paint->fill && !path->paint->stroke) continue;
        if (path->kind == SEEN_AREA && (!path->paint->fill || path->box.y0 > m->title_baseline)) continue;
        bool is_level = seen_width(&path->box) >= wide && design_is_on_page(page, &path->box);
        if (is_level) add_item(items, &(item){.y = path->box.y0, .path = path});
    }
    if (find_logo(d, wide / 2, logo)) add_item(items, &(item){.y = logo->y0, .logo = logo});
}

static bt_str style_name(draft *w, const design_line *line)
{
    if (line->role == DESIGN_TITLE) return BT_STR("masthead-title");
    if (line->role == DESIGN_SUBTITLE) return BT_STR("masthead-subtitle");
    for (uint32_t i = 0; i < w->n_masthead; i++)
        if (w->masthead[i] == line->style_i) return draft_numbered(w, "masthead-line-", i + 1);
    return BT_STR("masthead-info");
}

static const char *masthead_field(draft *w, const design_line *line, bool has_subtitle)
{
    const design *d = w->d;
    if (line->role == DESIGN_TITLE) return has_subtitle ? "{title_first}" : "{title}";
    if (line->role == DESIGN_SUBTITLE) return "{title_rest}";
    bool is_right = bt_str_is(BT_STR("right"), side_of(d, line));
    return field_of(design_line_text(w->arena, d, line), line->baseline < d->masthead.title_baseline, is_right);
}

/* How far the masthead is written. A title that may break over lines lets what is below it go down. */
typedef struct progress {
    bool has_title, has_subtitle;
    bool flows;
    double foot; /* in the sample, of what was written last */
} progress;

/* Where something stands: at the sample's height, or by the same white below what is above it. */
static void write_gap(draft *w, progress *p, double top, double foot)
{
    if (p->flows && top > p->foot) {
        draft_open(w, NULL, '{');
        draft_pt(w, "space", top - p->foot);
        draft_close(w, '}');
    }
    p->foot = fmax(p->foot, foot);
}

/* Lines of one height are cells of a row; a second line of the same field is the first one's that breaks. */
static uint32_t write_lines(draft *w, const item_list *items, uint32_t begin, progress *p)
{
    const design *d = w->d;
    uint32_t end = begin + 1, n = 1;
    const design_line *cells[MOST_CELLS] = {items->v[begin].line};
    for (; end < items->n && items->v[end].line && items->v[end].y < items->v[begin].y + SAME_LINE; end++)
        if (n < MOST_CELLS) cells[n++] = items->v[end].line;
    double size = d->styles.v[cells[0]->style_i].size, baseline = cells[0]->baseline;
    bool is_title = cells[0]->role == DESIGN_TITLE, is_large = is_title || cells[0]->role == DESIGN_SUBTITLE;
    if (is_large && (is_title ? p->has_title : p->has_subtitle)) {
        p->foot = baseline;
        return end;
    }
    write_gap(w, p, baseline - CAPITALS * size, baseline);
    draft_open(w, NULL, '{');
    if (is_large) {
        draft_word(w, "text", masthead_field(w, cells[0], d->masthead.subtitle_style_i != DESIGN_NONE));
    } else {
        draft_open(w, "row", '[');
        for (uint32_t i = 0; i < n; i++) {
            draft_open(w, NULL, '{');
            draft_word(w, "text", masthead_field(w, cells[i], false));
            draft_word(w, "align", side_of(d, cells[i]));
            draft_text(w, "style", style_name(w, cells[i]));
            draft_close(w, '}');
        }
        draft_close(w, ']');
    }
    draft_text(w, "style", style_name(w, cells[0]));
    if (!p->flows) draft_mm(w, "y", baseline);
    draft_close(w, '}');
    p->has_title = p->has_title || is_title;
    p->has_subtitle = p->has_subtitle || (is_large && !is_title);
    if (is_title) p->flows = p->flows || d->masthead.subtitle_style_i == DESIGN_NONE;
    return end;
}

static void write_rule(draft *w, const seen_path *path, bool has_y, const char *pages)
{
    const seen_color *color = path->paint->fill ? path->paint->fill : path->paint->stroke;
    draft_open(w, NULL, '{');
    draft_open(w, "rule", '{');
    draft_pt(w, "weight", seen_height(&path->box));
    draft_text(w, "color", draft_color_of(w, color));
    draft_close(w, '}');
    if (has_y) draft_mm(w, "y", path->box.y0);
    if (pages) draft_word(w, "pages", pages);
    draft_close(w, '}');
}

/* A band holds the lines that stand on it. */
static uint32_t write_band(draft *w, const item_list *items, uint32_t begin, progress *p)
{
    const seen_path *path = items->v[begin].path;
    const seen_page *page = &w->d->file->pages.v[0];
    bool flows = p->flows;
    write_gap(w, p, path->box.y0, path->box.y0);
    p->flows = true; /* a band's own items stand below one another */
    p->foot = path->box.y0;
    bool is_to_trim = path->box.x0 < 1 && path->box.x1 > page->width - 1;
    draft_open(w, NULL, '{');
    draft_open(w, "band", '{');
    draft_text(w, "color", draft_color_of(w, path->paint->fill));
    draft_word(w, "extent", is_to_trim ? "trim" : "measure");
    draft_open(w, "items", '[');
    uint32_t i = begin + 1;
    double last = path->box.y0;
    while (i < items->n && items->v[i].y < path->box.y1) {
        if (!items->v[i].line) {
            i++;
            continue;
        }
        last = items->v[i].y;
        i = write_lines(w, items, i, p);
    }
    if (path->box.y1 > last) {
        draft_open(w, NULL, '{');
        draft_pt(w, "space", path->box.y1 - last);
        draft_close(w, '}');
    }
    draft_close(w, ']');
    draft_close(w, '}');
    if (!flows) draft_mm(w, "y", fmax(0, path->box.y0));
    draft_close(w, '}');
    p->foot = path->box.y1;
    p->flows = flows;
    return i;
}

static void write_logo(draft *w, const seen_box *logo)
{
    const design *d = w->d;
    double middle = (logo->x0 + logo->x1) / 2, left = design_column_left(d, 0, 0), right = design_text_right(d, 0);
    const char *align = middle < left + (right - left) / 3    ? "left"
                        : middle > right - (right - left) / 3 ? "right"
                                                              : "center";
    draft_open(w, NULL, '{');
    draft_open(w, "logo", '{');
    draft_mm(w, "height", seen_height(logo));
    draft_word(w, "align", align);
    draft_close(w, '}');
    draft_mm(w, "y", logo->y0);
    draft_close(w, '}');
}

static void write_masthead(draft *w)
{
    item_list items = {0};
    progress p = {0};
    seen_box logo;
    collect(w->d, &items, &logo);
    draft_open(w, "masthead", '[');
    for (uint32_t i = 0; i < items.n;) {
        const item *one = &items.v[i];
        if (one->line)
            i = write_lines(w, &items, i, &p);
        else if (one->logo)
            write_logo(w, items.v[i++].logo);
        else if (seen_height(&one->path->box) > TALLEST_RULE)
            i = write_band(w, &items, i, &p);
        else {
            write_gap(w, &p, one->y, one->path->box.y1);
            write_rule(w, items.v[i++].path, !p.flows, NULL);
        }
    }
    draft_open(w, NULL, '{');
    draft_pt(w, "space", AFTER);
    draft_close(w, '}');
    draft_close(w, ']');
}

/* --- running head and folio --- */

/* A level rule just below the running head, or above it, on most pages. */
static const seen_path *head_rule(const design *d)
{
    double wide = WIDE * (design_text_right(d, 0) - design_column_left(d, 0, 0));
    const seen_path *found = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->paths.n; j++) {
            const seen_path *path = &page->paths.v[j];
            bool is_near = fabs(path->box.y0 - d->running_head.baseline) < 20 && path->kind == SEEN_RULE && path->paint;
            if (!is_near || path->is_hidden || seen_width(&path->box) < wide) continue;
            if (!found) found = path;
            n += fabs(found->box.y0 - path->box.y0) < 0.5;
        }
    }
    return 2 * n >= d->running_head.n_pages && found && (found->paint->fill || found->paint->stroke) ? found : NULL;
}

static void write_slots(draft *w, const design_furniture *f, const char *style, bool is_folio)
{
    const design *d = w->d;
    draft_open(w, NULL, '{');
    draft_open(w, "row", '[');
    for (int i = 0; i < 2 && f->slots[i].is_there; i++) {
        bt_str text = design_line_text(w->arena, d, &d->lines.v[f->slots[i].line_i[0]]);
        bool is_number = n_digits(text) * 2 >= text.len;
        const char *field = is_folio && (is_number || !f->slots[1].is_there) ? "{page}"
                            : n_digits(text)                                 ? "{issue}"
                                                                             : "{title}";
        draft_open(w, NULL, '{');
        draft_word(w, "text", field);
        draft_word(w, "align", design_align_key(f->slots[i].align));
        draft_close(w, '}');
    }
    draft_close(w, ']');
    draft_word(w, "style", style);
    draft_mm(w, "y", f->baseline);
    if (!f->is_on_first_page) draft_word(w, "pages", "later");
    draft_close(w, '}');
}

void draft_write_furniture(draft *w)
{
    const design *d = w->d;
    draft_open(w, "furniture", '{');
    if (d->masthead.is_there) write_masthead(w);
    if (d->running_head.is_there) {
        const seen_path *rule = head_rule(d);
        draft_open(w, "running_head", '[');
        write_slots(w, &d->running_head, "running-head", false);
        if (rule) write_rule(w, rule, true, d->running_head.is_on_first_page ? "all" : "later");
        draft_close(w, ']');
    }
    if (d->folio.is_there) {
        draft_open(w, "folio", '[');
        write_slots(w, &d->folio, "folio", true);
        draft_close(w, ']');
    }
    draft_close(w, '}');
}
