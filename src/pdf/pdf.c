/* pdf.c - gathers, draws, assembles and saves; see pdf_int.h for the steps. */
#include "pdf/pdf_int.h"

#include <libdeflate.h>

/* The cross reference table of libharu counts in 32 bits. */
static const uint64_t largest_file = 2000u * 1000 * 1000;

bt_str bt_pdf_deflate(bt_pdf *pdf, bt_str bytes) { return bt_deflate(pdf->deflater, pdf->arena, bytes); }

bt_str bt_pdf_deflate_quickly(bt_pdf *pdf, bt_str bytes) { return bt_deflate(pdf->quick_deflater, pdf->arena, bytes); }

bool bt_pdf_is_worth_keeping(const bt_pdf *pdf)
{
    return !pdf->pages->facts.edition_at || bt_pdf_cache_came_before(pdf->cache);
}

static bt_str deflate_kept(bt_pdf *pdf, bt_deflater *deflater, bt_pdf_cache_kind kind, bt_str bytes)
{
    const bt_str *known = bt_pdf_cache_find(pdf->cache, kind, bytes);
    if (known) return *known;
    bool is_kept = bt_pdf_is_worth_keeping(pdf);
    bt_str made = bt_deflate(deflater, pdf->arena, bytes), *kept = NULL;
    if (is_kept && !pdf->arena->failed) kept = bt_pdf_cache_put(pdf->cache, kind, bytes, sizeof *kept + made.len);
    if (!kept) return made;
    char *room = (char *)(kept + 1);
    return *kept = bt_pdf_cache_move(&room, made);
}

bt_str bt_pdf_deflate_once(bt_pdf *pdf, bt_str bytes)
{
    return deflate_kept(pdf, pdf->deflater, BT_PDF_CACHE_DEFLATED_WELL, bytes);
}

bt_str bt_pdf_deflate_again(bt_pdf *pdf, bt_str bytes)
{
    return deflate_kept(pdf, pdf->quick_deflater, BT_PDF_CACHE_DEFLATED, bytes);
}

void bt_pdf_add_cmyk(bt_buf *out, const uint16_t cmyk[4])
{
    for (int i = 0; i < 4; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_buf_add_fixed(out, cmyk[i], 4);
    }
}

void bt_pdf_add_name(bt_buf *out, bt_str name)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                        c == '+' || c == '_' || c == '.';
        if (is_plain) {
            bt_buf_add_char(out, (char)c);
        } else {
            bt_buf_add_char(out, '#');
            bt_buf_add_char(out, hex[c >> 4]);
            bt_buf_add_char(out, hex[c & 15]);
        }
    }
}

bool bt_pdf_list(const bt_pages *pages, uint32_t list_i, bt_pdf_items *items)
{
    uint32_t n = pages->n_pages;
    const bt_page *page = n ? &pages->pages[list_i % n] : NULL;
    if (list_i >= 3 * n + pages->sheets.n) return false;
    if (list_i < n)
        *items = (bt_pdf_items){page->items, page->n_items};
    else if (list_i < 2 * n)
        *items = (bt_pdf_items){page->underlay, page->n_underlay};
    else if (list_i < 3 * n)
        *items = (bt_pdf_items){page->overlay, page->n_overlay};
    else
        *items = (bt_pdf_items){pages->sheets.v[list_i - 3 * n].marks, pages->sheets.v[list_i - 3 * n].n_marks};
    return true;
}

static bt_status check_size(const bt_pdf *pdf)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < pdf->pages->sheets.n; i++) total += pdf->made[i].contents.len;
    for (uint32_t i = 0; i < pdf->fonts.n; i++) total += pdf->fonts.v[i].file->body.len;
    for (uint32_t i = 0; i < pdf->images.n; i++) total += pdf->images.v[i].body.len + pdf->images.v[i].alpha.len;
    if (total <= largest_file) return BT_OK;
    bt_diag(pdf->diags, BT_E_PDF_TOO_LARGE, NULL, BT_NO_ARGS);
    return BT_LIMIT;
}

/* What pages share. */
typedef struct shared {
    bt_haru_object *states[2];
} shared;

/* A box that the trim box grows to on each side. */
static bt_haru_box box_of(const bt_sheets *sheets, bt_sp grows)
{
    int64_t least = bt_pdf_milli(sheets->bleed + sheets->slug - grows);
    return (bt_haru_box){least, least, least + bt_pdf_milli(sheets->width + 2 * grows),
                         least + bt_pdf_milli(sheets->height + 2 * grows)};
}

/* "/F3 12 0 R" */
static void add_resource(bt_buf *out, char letter, uint32_t index, const bt_haru_object *object)
{
    bt_buf_add_char(out, '/');
    bt_buf_add_char(out, letter);
    bt_buf_add_int(out, index);
    bt_buf_add_char(out, ' ');
    bt_buf_add_int(out, bt_haru_number(object));
    bt_buf_add(out, BT_STR(" 0 R"));
}

static void add_resources(const bt_pdf *pdf, bt_buf *out, const bt_pdf_sheet *page, const shared *all)
{
    bt_buf_add(out, BT_STR("/Resources<</Font<<"));
    for (uint32_t i = 0; i < pdf->fonts.n; i++)
        if (page->has_font[i]) add_resource(out, 'F', i, pdf->fonts.v[i].object);
    bt_buf_add(out, BT_STR(">>/XObject<<"));
    for (uint32_t i = 0; i < pdf->images.n; i++)
        if (page->has_image[i]) add_resource(out, 'X', i, pdf->images.v[i].object);
    bt_buf_add(out, BT_STR(">>"));
    if (page->has_states) {
        bt_buf_add(out, BT_STR("/ExtGState<<"));
        for (uint32_t i = 0; i < 2; i++) add_resource(out, 'G', i, all->states[i]);
        bt_buf_add(out, BT_STR(">>"));
    }
    if (page->has_spots) bt_buf_format(out, "/ColorSpace %u 0 R", bt_haru_number(pdf->space_object));
    bt_buf_add(out, BT_STR(">>"));
    /* It blends in the inks. */
    if (page->is_blended) bt_buf_add(out, BT_STR("/Group<</S/Transparency/CS/DeviceCMYK>>"));
}

static void put_page(bt_pdf *pdf, bt_pdf_sheet *page, const shared *all)
{
    const bt_sheets *sheets = &pdf->pages->sheets;
    bt_haru_boxes boxes = {.media = box_of(sheets, sheets->bleed + sheets->slug),
                           .bleed = box_of(sheets, sheets->bleed),
                           .trim = box_of(sheets, 0)};
    bt_haru_object *contents = bt_haru_add(pdf->haru);
    bt_haru_set_stream(contents, page->contents, "FlateDecode");
    page->page = bt_haru_add_page(pdf->haru, &boxes);
    bt_haru_put_reference(page->page, "/Contents", contents);
    bt_buf out = bt_buf_in(pdf->arena);
    add_resources(pdf, &out, page, all);
    bt_haru_put_syntax(page->page, bt_buf_str(&out));
}

static bt_haru_object *put_state(bt_pdf *pdf, bt_str entries)
{
    bt_haru_object *state = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(state, entries);
    return state;
}

static void put_pages(bt_pdf *pdf)
{
    bool has_states = false;
    for (uint32_t i = 0; i < pdf->pages->sheets.n; i++) has_states |= pdf->made[i].has_states;
    shared all = {.states = {NULL}};
    if (has_states) {
        all.states[0] = put_state(pdf, BT_STR("/Type/ExtGState/OP false/op false/OPM 0"));
        all.states[1] = put_state(pdf, BT_STR("/Type/ExtGState/OP true/op true/OPM 1"));
    }
    for (uint32_t i = 0; i < pdf->pages->sheets.n; i++) {
        put_page(pdf, &pdf->made[i], &all);
        bt_pdf_put_page_tags(pdf, i);
    }
}

static bt_str deflate(void *pdf, bt_str bytes, bool is_common)
{
    return is_common ? bt_pdf_deflate_again(pdf, bytes) : bt_pdf_deflate_quickly(pdf, bytes);
}

static bt_status assemble(bt_pdf *pdf, bt_file *file)
{
    bt_status status = check_size(pdf);
    if (status != BT_OK) return status;
    pdf->haru = bt_haru_new(pdf->arena);
    if (!pdf->haru) return BT_NOMEM;
    bt_pdf_put_info(pdf);
    bt_pdf_put_intents(pdf);
    for (uint32_t i = 0; i < pdf->fonts.n; i++) bt_pdf_put_font(pdf, &pdf->fonts.v[i]);
    bt_haru_end_common(pdf->haru);
    bt_pdf_put_profiles(pdf);
    bt_pdf_put_spaces(pdf);
    bt_pdf_put_images(pdf);
    put_pages(pdf);
    bt_pdf_put_links(pdf);
    bt_pdf_put_tags(pdf);
    bt_haru_object *metadata = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(metadata, BT_STR("/Type/Metadata/Subtype/XML"));
    bt_haru_set_stream(metadata, pdf->xmp, NULL);
    bt_haru_root root = {
        .metadata = metadata, .lang = pdf->pages->facts.lang, .deflate = deflate, .user = pdf, .cache = pdf->cache};
    for (int i = 0; i < 16; i++) root.id[i] = pdf->id[i];
    status = bt_haru_save(pdf->haru, &root, pdf->diags, file);
    bt_haru_drop(pdf->haru);
    return status;
}

static bt_status make_streams(bt_pdf *pdf)
{
    pdf->has_spot = BT_NEW_ARRAY(pdf->arena, pdf->pages->n_spots, bool);
    pdf->paints = bt_paints_new(pdf->arena, pdf->options->profile, pdf->pages, pdf->options->ink_limit);
    bt_pdf_begin_tags(pdf);
    if (pdf->arena->failed) return BT_NOMEM;
    bt_status status = bt_pdf_gather_fonts(pdf);
    if (status == BT_OK) status = bt_pdf_gather_images(pdf);
    if (status != BT_OK) return status;
    pdf->made = BT_NEW_ARRAY(pdf->arena, pdf->pages->sheets.n, bt_pdf_sheet);
    pdf->contents = bt_buf_in(pdf->arena);
    pdf->line_key = bt_buf_in(pdf->arena);
    for (uint32_t i = 0; i < pdf->pages->sheets.n && !pdf->arena->failed; i++) bt_pdf_draw_sheet(pdf, i);
    const bt_profile *profile = pdf->options->profile;
    if (profile && !bt_profile_deflated(profile, &pdf->profile)) return BT_NOMEM;
    if (!pdf->arena->failed) bt_pdf_make_spaces(pdf);
    if (!pdf->arena->failed) bt_pdf_make_metadata(pdf);
    return pdf->arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_pdf_write(bt_arena *scratch, bt_diags *diags, const bt_pages *pages, const bt_pdf_options *options,
                       bt_file *file)
{
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    bt_pdf pdf = {.arena = scratch, .diags = diags, .pages = pages, .options = options};
    bt_pdf_kept *kept = options->kept ? options->kept : bt_pdf_kept_new(scratch->allocator);
    if (!kept) return BT_NOMEM;
    bt_pictures_begin(kept->pictures);
    bt_pdf_cache_begin(kept->cache);
    pdf.deflater = kept->deflater;
    pdf.quick_deflater = kept->quick_deflater;
    pdf.pictures = kept->pictures;
    pdf.cache = kept->cache;
    bt_status status = make_streams(&pdf);
    if (status == BT_OK) status = assemble(&pdf, file);
    if (status == BT_OK && bt_pdf_cache_ran_out(kept->cache)) status = BT_NOMEM;
    bt_paints_drop(pdf.paints);
    if (!options->kept) bt_pdf_kept_drop(kept);
    bt_arena_rewind(scratch, mark);
    return status;
}

/* --- what is kept over jobs --- */

bt_pdf_kept *bt_pdf_kept_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_pdf_kept *kept = bt_alloc_new(allocator, sizeof *kept);
    if (!kept) return NULL;
    *kept = (bt_pdf_kept){.allocator = allocator,
                          .pictures = bt_pictures_new(allocator),
                          .cache = bt_pdf_cache_new(allocator),
                          .deflater = bt_deflater_new(false),
                          .quick_deflater = bt_deflater_new(true)};
    if (kept->pictures && kept->cache && kept->deflater && kept->quick_deflater) return kept;
    bt_pdf_kept_drop(kept);
    return NULL;
}

void bt_pdf_kept_drop(bt_pdf_kept *kept)
{
    if (!kept) return;
    bt_pictures_drop(kept->pictures);
    bt_pdf_cache_drop(kept->cache);
    bt_deflater_drop(kept->deflater);
    bt_deflater_drop(kept->quick_deflater);
    bt_alloc_drop(kept->allocator, kept, sizeof *kept);
}

void bt_pdf_libraries(bt_arena *arena, bt_library libraries[BT_N_PDF_LIBRARIES])
{
    libraries[0] = (bt_library){"libharu", bt_haru_version()};
    libraries[1] = (bt_library){"lcms2", bt_profile_library(arena)};
    libraries[2] = (bt_library){"libdeflate", LIBDEFLATE_VERSION_STRING};
}
