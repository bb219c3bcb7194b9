/* pins.c - issues in which articles begin on given pages, or pages are kept for local articles, so that the other pages
 * come out alike in all editions and are plated once.
 *
 * The pages are two flows: those kept for local articles, and all others; each takes its articles in order. A flow is
 * cut into stretches, one from each article that is pinned to a page. A stretch is composed by itself, as if it were an
 * issue, and knows nothing of the others. Common stretches are first to take fillers.
 */
#include "compose/compose_int.h"

enum { COMMON, LOCAL, N_FLOWS };
#define NO_PAGE UINT32_MAX

typedef struct stretch {
    BT_ARRAY(uint32_t) blocks;    /* of the galley */
    const bt_doc_article *first;  /* its first article; NULL: it has none */
    const bt_doc_article *pinned; /* the same, where it is pinned */
    uint32_t begin;               /* its first page, of its flow */
    const bt_composition *composition;
} stretch;

typedef struct flow {
    BT_ARRAY(stretch) v;
} flow;

typedef struct pinner {
    const bt_attempt *whole;
    const bt_doc *doc;
    flow flows[N_FLOWS];
    uint32_t fillers; /* placed so far */
    bool ends_local;  /* the issue's last page is kept for local articles, and the imprint stands there */
} pinner;

/* --- pages --- */

/* The page of the issue, from 1, that is a flow's page i. */
static uint32_t page_of(const bt_doc *doc, int kind, uint32_t i)
{
    if (kind == LOCAL) return i < doc->n_local_pages ? doc->local_pages[i] : NO_PAGE;
    uint32_t page = i + 1;
    for (uint32_t k = 0; k < doc->n_local_pages && doc->local_pages[k] <= page; k++) page++;
    return page;
}

/* Which of a flow's pages a page of the issue is; NO_PAGE: it is none. */
static uint32_t index_of(const bt_doc *doc, int kind, uint32_t page)
{
    uint32_t n_local = 0;
    while (n_local < doc->n_local_pages && doc->local_pages[n_local] < page) n_local++;
    bool is_local = n_local < doc->n_local_pages && doc->local_pages[n_local] == page;
    if (is_local != (kind == LOCAL)) return NO_PAGE;
    return kind == LOCAL ? n_local : page - 1 - n_local;
}

/* The local pages behind a page. */
static uint32_t n_local_behind(const bt_doc *doc, uint32_t page)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->n_local_pages; i++) n += doc->local_pages[i] > page;
    return n;
}

static uint32_t last_local_page(const bt_doc *doc)
{
    return doc->n_local_pages ? doc->local_pages[doc->n_local_pages - 1] : 0;
}

/* --- words --- */

static bt_str count(const pinner *p, uint32_t n) { return bt_str_format(p->whole->scratch, "%u", n); }

static bt_str name_of(const pinner *p, const bt_doc_article *article)
{
    if (!article) return BT_SAY(p->whole->diags, "the table of contents");
    return bt_str_format(p->whole->scratch, "\"%.*s\"", BT_STR_ARGS(article->headline));
}

/* "2, 3" */
static bt_str local_pages(const pinner *p)
{
    bt_buf buf = bt_buf_in(p->whole->scratch);
    for (uint32_t i = 0; i < p->doc->n_local_pages; i++) {
        if (i) bt_buf_add_z(&buf, ", ");
        bt_buf_add_int(&buf, p->doc->local_pages[i]);
    }
    return bt_buf_str(&buf);
}

/* --- stretches --- */

/* Whether an article may begin on its page, behind what stands before it in its flow. False: reported. */
static bool check_pin(const pinner *p, int kind, const bt_doc_article *article, const stretch *before)
{
    bt_diags *diags = p->whole->diags;
    uint32_t page = (uint32_t)article->source->page, begin = index_of(p->doc, kind, page);
    bt_str name = name_of(p, article);
    if (begin == NO_PAGE && kind == COMMON)
        bt_diag(diags, BT_E_PIN_COMMON, article->source->page_at, BT_ARGS(name, count(p, page), local_pages(p)));
    else if (begin == NO_PAGE)
        bt_diag(diags, BT_E_PIN_LOCAL, article->source->page_at, BT_ARGS(name, count(p, page), local_pages(p)));
    if (begin == NO_PAGE) return false;
    if (!before || begin > before->begin) return true;
    bt_diag(diags, BT_E_PIN_ORDER, article->source->page_at,
            BT_ARGS(name, count(p, page), name_of(p, before->first), count(p, page_of(p->doc, kind, before->begin))));
    return false;
}

static bool deal_block(pinner *p, uint32_t block_i, uint32_t *last_article, bool *is_right)
{
    uint32_t article_i = p->whole->galley->blocks[block_i].doc->article_i;
    const bt_doc_article *article = article_i == BT_NO_ARTICLE ? NULL : &p->doc->articles[article_i];
    int kind = article && article->is_local ? LOCAL : COMMON;
    flow *f = &p->flows[kind];
    stretch *s = f->v.n ? &f->v.v[f->v.n - 1] : NULL;
    bool is_pinned = article && last_article[kind] != article_i && article->source->page;
    last_article[kind] = article_i;
    if (is_pinned && !check_pin(p, kind, article, s)) {
        *is_right = false;
        is_pinned = false;
    }
    if (!s || is_pinned) {
        s = BT_PUSH(p->whole->arena, &f->v);
        if (!s) return false;
        s->first = article;
        if (is_pinned) s->pinned = article;
        if (is_pinned) s->begin = index_of(p->doc, kind, (uint32_t)article->source->page);
    }
    uint32_t *slot = BT_PUSH(p->whole->arena, &s->blocks);
    if (slot) *slot = block_i;
    return slot;
}

/* Deals the blocks to stretches, and reports all pins that contradict each other. */
static bt_status deal_blocks(pinner *p)
{
    uint32_t last_article[N_FLOWS] = {BT_NO_ARTICLE, BT_NO_ARTICLE};
    bool is_right = true;
    for (uint32_t b = 0; b < p->whole->galley->n_blocks; b++)
        if (!deal_block(p, b, last_article, &is_right)) return BT_NOMEM;
    return is_right ? BT_OK : BT_INPUT;
}

/* --- one stretch --- */

/* A galley of the stretch's blocks, and of all fillers. */
static bool cut_galley(const pinner *p, const stretch *s, bt_galley *galley)
{
    const bt_galley *whole = p->whole->galley;
    bt_galley_block *blocks =
        BT_NEW_ARRAY_UNSET(p->whole->arena, (size_t)s->blocks.n + 2 * (size_t)whole->n_fillers, bt_galley_block);
    if (!blocks) return false;
    for (uint32_t i = 0; i < s->blocks.n; i++) blocks[i] = whole->blocks[s->blocks.v[i]];
    for (uint32_t i = 0; i < 2 * whole->n_fillers; i++) blocks[s->blocks.n + i] = whole->blocks[whole->n_blocks + i];
    *galley = *whole;
    galley->blocks = blocks;
    galley->n_blocks = s->blocks.n;
    return true;
}

/* What a stretch is composed for. */
typedef struct task {
    int kind;
    uint32_t most_pages; /* 0: any number */
    bool ends_issue;     /* the imprint stands on its last page; its pages are as many as are wanted */
} task;

static bt_status compose_stretch(pinner *p, stretch *s, const task *t, bt_attempted *result)
{
    bt_galley galley;
    bt_compose_frame frame = {.n_pages = 0};
    uint32_t page = page_of(p->doc, t->kind, s->begin);
    *result = (bt_attempted){0};
    if (!cut_galley(p, s, &galley)) return BT_NOMEM;
    if (page == 1) {
        frame.first_row = p->whole->frame->first_row;
        frame.inset = p->whole->frame->inset;
    }
    if (t->ends_issue) {
        frame.imprint = p->whole->frame->imprint;
        if (t->kind == COMMON) frame.n_pages = p->whole->frame->n_pages;
        if (t->kind == COMMON) frame.pages_multiple = p->whole->frame->pages_multiple;
    }
    bt_attempt attempt = *p->whole;
    attempt.galley = &galley;
    attempt.frame = &frame;
    attempt.most_pages = t->most_pages;
    attempt.pages_before = page - 1 + n_local_behind(p->doc, page);
    attempt.least_pages = last_local_page(p->doc);
    attempt.fillers = p->fillers;
    bt_status status = bt_compose_stretch(&attempt, result);
    s->composition = result->composition;
    return status;
}

/* Where a stretch ends: at its flow's next pin. NO_PAGE: nowhere. */
static uint32_t end_of(const pinner *p, int kind, uint32_t stretch_i)
{
    const flow *f = &p->flows[kind];
    if (stretch_i + 1 < f->v.n) return f->v.v[stretch_i + 1].begin;
    return kind == LOCAL ? p->doc->n_local_pages : NO_PAGE;
}

/* --- the common pages --- */

/* What stands before a pin fills the pages up to it, and no more. */
static bt_status compose_before_pin(pinner *p, uint32_t stretch_i)
{
    const flow *f = &p->flows[COMMON];
    stretch *s = &f->v.v[stretch_i];
    const bt_doc_article *pinned = f->v.v[stretch_i + 1].pinned;
    uint32_t n_pages = f->v.v[stretch_i + 1].begin - s->begin;
    bt_attempted result;
    bt_status status = compose_stretch(p, s, &(task){.kind = COMMON, .most_pages = n_pages}, &result);
    p->fillers = result.fillers;
    bt_str page = count(p, (uint32_t)pinned->source->page), name = name_of(p, pinned);
    if (status == BT_INPUT)
        bt_diag(p->whole->diags, BT_E_PIN_OVERFULL, pinned->source->page_at,
                BT_ARGS(name, page, count(p, result.n_over)));
    if (status != BT_OK || s->composition->n_pages == n_pages) return status;
    uint32_t free_page = page_of(p->doc, COMMON, s->begin + s->composition->n_pages);
    bt_diag(p->whole->diags, BT_E_PIN_BLANK, pinned->source->page_at, BT_ARGS(name, page, count(p, free_page)));
    return BT_INPUT;
}

/* The last common stretch ends the issue, unless a local page lies behind it. */
static bt_status compose_last(pinner *p)
{
    const bt_compose_frame *frame = p->whole->frame;
    stretch *s = &p->flows[COMMON].v.v[p->flows[COMMON].v.n - 1];
    uint32_t last_local = last_local_page(p->doc), n_before = last_local - p->doc->n_local_pages;
    uint32_t first = page_of(p->doc, COMMON, s->begin), wanted = frame->n_pages ? frame->n_pages : first;
    bt_attempted result;
    if (wanted < first || (frame->n_pages && wanted < last_local)) {
        bool is_pin = wanted < first;
        bt_diag(p->whole->diags, BT_E_PINS_PAGES, is_pin ? s->pinned->source->page_at : p->doc->local_pages_at,
                BT_ARGS(count(p, wanted), count(p, is_pin ? first : last_local)));
        return BT_INPUT;
    }
    bool may_end_local = last_local > first && (!frame->n_pages || frame->n_pages == last_local) &&
                         (frame->pages_multiple < 2 || last_local % frame->pages_multiple == 0);
    if (may_end_local) {
        task t = {.kind = COMMON, .most_pages = n_before - s->begin};
        bt_status status = compose_stretch(p, s, &t, &result);
        p->ends_local = status == BT_OK;
        if (status != BT_INPUT) return status;
    }
    task t = {.kind = COMMON, .ends_issue = true};
    bt_status status = compose_stretch(p, s, &t, &result);
    p->fillers = result.fillers;
    return status;
}

/* No page stays blank between the last common page and one that is kept for local articles. */
static bt_status check_reach(const pinner *p)
{
    const flow *f = &p->flows[COMMON];
    const stretch *last = f->v.n ? &f->v.v[f->v.n - 1] : NULL;
    uint32_t n_pages = last ? last->begin + last->composition->n_pages : 0, last_local = last_local_page(p->doc);
    uint32_t blank = page_of(p->doc, COMMON, n_pages);
    if (blank > last_local) return BT_OK;
    bt_diag(p->whole->diags, BT_E_LOCAL_BEYOND, p->doc->local_pages_at, BT_ARGS(count(p, last_local), count(p, blank)));
    return BT_INPUT;
}

static bt_status compose_common(pinner *p)
{
    const flow *f = &p->flows[COMMON];
    bt_status status = BT_OK;
    if (f->v.n && f->v.v[0].begin) {
        const bt_doc_article *pinned = f->v.v[0].pinned;
        bt_diag(p->whole->diags, BT_E_PIN_BLANK, pinned->source->page_at,
                BT_ARGS(name_of(p, pinned), count(p, (uint32_t)pinned->source->page),
                        count(p, page_of(p->doc, COMMON, 0))));
        return BT_INPUT;
    }
    for (uint32_t i = 0; status == BT_OK && i + 1 < f->v.n; i++) status = compose_before_pin(p, i);
    if (status == BT_OK && f->v.n) status = compose_last(p);
    return status == BT_OK ? check_reach(p) : status;
}

/* --- the local pages --- */

static bt_status compose_local(pinner *p)
{
    const flow *f = &p->flows[LOCAL];
    for (uint32_t i = 0; i < f->v.n; i++) {
        stretch *s = &f->v.v[i];
        uint32_t n_pages = end_of(p, LOCAL, i) - s->begin;
        task t = {.kind = LOCAL, .most_pages = n_pages, .ends_issue = p->ends_local && i + 1 == f->v.n};
        bt_attempted result;
        bt_status status = compose_stretch(p, s, &t, &result);
        p->fillers = result.fillers;
        if (status == BT_INPUT)
            bt_diag(p->whole->diags, BT_E_LOCAL_OVERFULL, s->first->source->at,
                    BT_ARGS(name_of(p, s->first), count(p, page_of(p->doc, LOCAL, s->begin)), count(p, n_pages),
                            count(p, result.n_over), local_pages(p)));
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* Pages that were kept, and that nothing stands on. */
static void tell_blank(const pinner *p)
{
    const flow *f = &p->flows[LOCAL];
    const bt_place *edition_at = p->doc->bundle->edition_at;
    for (uint32_t page_i = 0, i = 0; page_i < p->doc->n_local_pages; page_i++) {
        while (i + 1 < f->v.n && f->v.v[i + 1].begin <= page_i) i++;
        const stretch *s = i < f->v.n ? &f->v.v[i] : NULL;
        if (s && s->begin <= page_i && page_i < s->begin + s->composition->n_pages) continue;
        bt_diag(p->whole->diags, edition_at ? BT_W_LOCAL_BLANK : BT_N_LOCAL_BLANK, p->doc->local_pages_at,
                BT_ARGS(count(p, p->doc->local_pages[page_i])));
    }
}

/* --- the issue --- */

/* The columns with the blocks of the whole galley. */
static const bt_column *whole_columns(const pinner *p, const stretch *s, const bt_band *band)
{
    bt_column *columns = BT_NEW_ARRAY_UNSET(p->whole->arena, band->n_columns, bt_column);
    for (uint32_t c = 0; columns && c < band->n_columns; c++) {
        columns[c] = band->columns[c];
        bt_placement *placements = BT_NEW_ARRAY_UNSET(p->whole->arena, columns[c].n_placements, bt_placement);
        if (!placements) return NULL;
        for (uint32_t i = 0; i < columns[c].n_placements; i++) {
            bt_placement *to = &placements[i];
            *to = band->columns[c].placements[i];
            bool is_filler = to->block_i >= s->blocks.n;
            to->block_i = is_filler ? to->block_i - s->blocks.n + p->whole->galley->n_blocks : s->blocks.v[to->block_i];
        }
        columns[c].placements = placements;
    }
    return columns;
}

/* Adds the bands of those pages of a stretch that are one page of the issue. */
static bool join_page(const pinner *p, int kind, const stretch *s, uint32_t page_i, bt_band *bands, uint32_t *n)
{
    for (uint32_t i = 0; i < s->composition->n_bands; i++) {
        const bt_band *from = &s->composition->bands[i];
        if (page_of(p->doc, kind, s->begin + from->page_i) != page_i + 1) continue;
        bt_band *to = &bands[(*n)++];
        *to = *from;
        to->page_i = page_i;
        to->columns = whole_columns(p, s, from);
        if (!to->columns) return false;
    }
    return true;
}

/* The stretch that a page of the issue belongs to; NULL: the page is blank. */
static const stretch *stretch_at(const pinner *p, uint32_t page_i, int *kind)
{
    for (*kind = COMMON; *kind < N_FLOWS; ++*kind) {
        uint32_t i = index_of(p->doc, *kind, page_i + 1);
        for (uint32_t k = 0; i != NO_PAGE && k < p->flows[*kind].v.n; k++) {
            const stretch *s = &p->flows[*kind].v.v[k];
            if (i >= s->begin && i < s->begin + s->composition->n_pages) return s;
        }
    }
    return NULL;
}

static bool join_pages(const pinner *p, bt_composition *out, bt_band *bands, uint32_t *next_pages)
{
    for (uint32_t page_i = 0; page_i < out->n_pages; page_i++) {
        int kind;
        const stretch *s = stretch_at(p, page_i, &kind);
        next_pages[page_i] = NO_PAGE;
        if (!s) continue;
        if (!join_page(p, kind, s, page_i, bands, &out->n_bands)) return false;
        uint32_t next = index_of(p->doc, kind, page_i + 1) + 1;
        if (next < s->begin + s->composition->n_pages) next_pages[page_i] = page_of(p->doc, kind, next) - 1;
    }
    return true;
}

/* All stretches in the order of their pages. */
static bt_status join(const pinner *p, const bt_composition **result)
{
    bt_arena *arena = p->whole->arena;
    uint32_t n_bands = 0, n_pages = last_local_page(p->doc);
    int64_t cost = 0;
    for (int kind = COMMON; kind < N_FLOWS; kind++)
        for (uint32_t i = 0; i < p->flows[kind].v.n; i++) {
            const stretch *s = &p->flows[kind].v.v[i];
            uint32_t last = page_of(p->doc, kind, s->begin + s->composition->n_pages - 1);
            n_bands += s->composition->n_bands;
            cost += s->composition->cost;
            if (last > n_pages) n_pages = last;
        }
    bt_composition *out = BT_NEW(arena, bt_composition);
    bt_band *bands = BT_NEW_ARRAY(arena, n_bands, bt_band);
    uint32_t *next_pages = BT_NEW_ARRAY(arena, n_pages, uint32_t), n_rows = bt_flow_page_rows(p->whole->layout);
    if (!out || !bands || !next_pages) return BT_NOMEM;
    *out = (bt_composition){.bands = bands,
                            .n_pages = n_pages,
                            .next_pages = next_pages,
                            .n_rows = n_rows,
                            .imprint_row = n_rows - p->whole->frame->imprint,
                            .cost = cost};
    if (!join_pages(p, out, bands, next_pages)) return BT_NOMEM;
    *result = out;
    return BT_OK;
}

bt_status bt_compose_pinned(const bt_attempt *attempt, const bt_composition **composition)
{
    pinner p = {.whole = attempt, .doc = attempt->frame->doc};
    *composition = NULL;
    bt_status status = deal_blocks(&p);
    p.ends_local = !p.flows[COMMON].v.n;
    if (status == BT_OK) status = compose_common(&p);
    if (status == BT_OK) status = compose_local(&p);
    if (status != BT_OK) return status;
    tell_blank(&p);
    return join(&p, composition);
}
