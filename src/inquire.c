/* inquire.c - what there is: layouts, fonts, which face draws what, libraries. Nothing is set and nothing written. */
#include "bantin_int.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "layout/layout.h"
#include "markdown/markdown.h"
#include "pdf/pdf.h"
#include "text/about.h"
#include "json/json.h"

/* The print values of layouts. */
typedef BT_ARRAY(const bt_print *) print_list;

/* One call: its memory and its messages. */
typedef struct inquiry {
    bt_ctx *ctx;
    bt_arena arena, scratch;
    bt_diags diags;
    bt_diags silent; /* for what is said by other means */
    void *user;      /* of the caller's function */
} inquiry;

static void inquiry_begin(inquiry *q, bt_ctx *ctx, void *user)
{
    *q = (inquiry){
        .ctx = ctx, .arena = bt_arena_over(ctx->allocator), .scratch = bt_arena_over(ctx->allocator), .user = user};
    q->diags = (bt_diags){.on_message = ctx->on_message, .user = ctx->user, .arena = &q->scratch, .lang = ctx->lang};
    q->silent = (bt_diags){.arena = &q->scratch, .lang = ctx->lang};
}

static bt_status inquiry_end(inquiry *q, bt_status status)
{
    if (q->arena.failed || q->scratch.failed) status = BT_NOMEM;
    if (status == BT_NOMEM) bt_diag(&q->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    bt_arena_drop(&q->arena);
    bt_arena_drop(&q->scratch);
    return status;
}

/* --- layouts --- */

/* Whether a folder before dirs[dir_i] has a layout of the name. */
static bool is_hidden(inquiry *q, const char *const *dirs, size_t dir_i, bt_str name)
{
    bt_str file = bt_str_join(&q->arena, name, BT_STR(".json"));
    for (size_t i = 0; i < dir_i; i++)
        if (bt_file_exists(bt_path_join(&q->arena, bt_str_of(dirs[i]), file).ptr)) return true;
    return false;
}

static const bt_palette_about *palettes_of(inquiry *q, const bt_layout *layout)
{
    bt_palette_about *palettes = BT_NEW_ARRAY(&q->arena, layout->n_palettes, bt_palette_about);
    for (uint32_t i = 0; palettes && i < layout->n_palettes; i++) {
        const bt_palette *palette = &layout->palettes[i];
        bt_buf plates = bt_buf_in(&q->arena);
        bt_palette_show(&q->diags, &plates, palette);
        palettes[i] = (bt_palette_about){.name = bt_str_z(&q->arena, palette->name),
                                         .plates = bt_str_z(&q->arena, bt_buf_str(&plates)),
                                         .is_default = palette == layout->palette};
    }
    return palettes;
}

static bt_status tell_layout(inquiry *q, const char *const *dirs, size_t dir_i, bt_str name, bt_layout_fn each)
{
    const bt_layout *layout;
    bt_layout_wanted wanted = {.name = name, .from_dir = BT_STR("."), .dirs = dirs};
    bt_status status = bt_layout_read(&q->arena, &q->diags, &wanted, &layout);
    if (status != BT_OK) return status;
    bool in_vietnamese = q->ctx->lang == BT_LANG_VI && layout->description_vi.len;
    bt_layout_about about = {
        .name = bt_str_z(&q->arena, name),
        .folder = dirs[dir_i],
        .description = bt_str_z(&q->arena, in_vietnamese ? layout->description_vi : layout->description),
        .width_mm100 = (int32_t)bt_sp_to_mm100(layout->width),
        .height_mm100 = (int32_t)bt_sp_to_mm100(layout->height),
        .n_columns = layout->n_columns,
        .palettes = palettes_of(q, layout),
        .n_palettes = layout->n_palettes,
    };
    if (!q->arena.failed) each(q->user, &about);
    return BT_OK;
}

bt_status bt_list_layouts(bt_ctx *ctx, const char *const *layout_dirs, bt_layout_fn each, void *user)
{
    inquiry q;
    inquiry_begin(&q, ctx, user);
    bt_status worst = BT_OK;
    for (size_t dir_i = 0; layout_dirs && layout_dirs[dir_i] && worst != BT_NOMEM; dir_i++) {
        const bt_str *names;
        uint32_t n;
        bt_status status = bt_layout_list(&q.arena, layout_dirs[dir_i], layout_dirs, &names, &n);
        if (status != BT_OK) worst = status;
        for (uint32_t i = 0; i < n && worst != BT_NOMEM; i++) {
            if (is_hidden(&q, layout_dirs, dir_i, names[i])) continue;
            status = tell_layout(&q, layout_dirs, dir_i, names[i], each);
            if (status != BT_OK) worst = status == BT_LIMIT ? BT_INPUT : status;
        }
    }
    return inquiry_end(&q, worst);
}

/* --- fonts --- */

/* Keeps the first error of a face that cannot be opened. */
typedef struct complaint {
    bt_arena *arena;
    const char *text;
} complaint;

static void keep_complaint(void *user, const bt_message *message)
{
    complaint *c = user;
    if (message->severity == BT_ERROR && !c->text[0]) c->text = bt_str_z(c->arena, bt_str_of(message->text));
}

/* Which letters of Vietnamese the face draws, and which it does not. */
static void look_at_letters(bt_arena *arena, const bt_face *face, bt_font_about *about)
{
    const uint32_t *letters = bt_vietnamese_letters();
    bt_buf lacks = bt_buf_in(arena);
    for (uint32_t i = 0; face && i < BT_N_VIETNAMESE; i++) {
        if (bt_face_draws(face, letters[i]))
            about->n_drawn++;
        else
            bt_buf_add_codepoint(&lacks, letters[i]);
    }
    about->lacks = bt_str_z(arena, bt_buf_str(&lacks));
}

static const char *text_of(bt_arena *arena, const bt_json_node *object, const char *key)
{
    const bt_json_node *member = bt_json_find(object, key);
    return member && member->kind == BT_JSON_STRING ? bt_str_z(arena, member->text) : "";
}

static const char *const style_names[BT_N_HOUSE_FACES] = {"regular", "bold", "italic", "bold_italic"};

/* style: bit 0 bold, bit 1 italic. about: what the face's family is. */
static bt_status tell_face(inquiry *q, bt_font_about about, uint32_t style, bt_font_fn each)
{
    complaint why = {&q->arena, ""};
    bt_diags diags = {.on_message = keep_complaint, .user = &why, .arena = &q->scratch, .lang = q->ctx->lang};
    const bt_face *face = NULL;
    bt_status status =
        bt_fonts_open(q->ctx->fonts, &diags, bt_str_of(about.family), (style & 1) != 0, (style & 2) != 0, NULL, &face);
    if (status == BT_NOMEM) return status;
    about.style = style_names[style];
    about.path = face ? bt_str_z(&q->arena, face->path) : "";
    about.trouble = why.text;
    about.n_letters = BT_N_VIETNAMESE;
    look_at_letters(&q->arena, face, &about);
    if (!q->arena.failed) each(q->user, &about);
    return BT_OK;
}

/* The families of the layout, before those of the list. */
static bt_status tell_house(inquiry *q, const bt_layout *layout, bt_font_fn each)
{
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < layout->n_families; i++) {
        const bt_layout_family *family = &layout->families[i];
        bt_font_about about = {.family = bt_str_z(&q->arena, family->name), .roles = "", .package = ""};
        for (uint32_t style = 0; style < BT_N_HOUSE_FACES && status == BT_OK; style++)
            if (family->files[style].s.len) status = tell_face(q, about, style, each);
    }
    return status;
}

static bt_status tell_listed(inquiry *q, const bt_json_node *family, bt_font_fn each)
{
    bt_status status = BT_OK;
    bool in_vietnamese = q->ctx->lang == BT_LANG_VI && bt_json_find(family, "roles_vi");
    bt_font_about about = {.family = text_of(&q->arena, family, "name"),
                           .roles = text_of(&q->arena, family, in_vietnamese ? "roles_vi" : "roles"),
                           .package = text_of(&q->arena, family, "package")};
    const bt_json_node *faces = bt_json_find(family, "faces");
    for (uint32_t style = 0; style < BT_N_HOUSE_FACES && status == BT_OK; style++)
        if (bt_json_find(faces, style_names[style])) status = tell_face(q, about, style, each);
    return status;
}

/* The list once more, for what bt_fonts keeps to itself: it has been checked when this is called. */
static bt_status read_list(inquiry *q, const char *path, const bt_json_node **families)
{
    bt_str source;
    int error;
    const bt_json_node *root;
    *families = NULL;
    bt_status status = bt_file_read(&q->arena, path, BT_LIMIT_JSON_BYTES, &source, &error);
    if (status == BT_OK) status = bt_json_parse(&q->arena, &q->diags, bt_str_of(path), source, &root);
    if (status == BT_OK) *families = bt_json_find(root, "families");
    return status;
}

bt_status bt_list_fonts(bt_ctx *ctx, const bt_render_options *options, bt_font_fn each, void *user)
{
    inquiry q;
    inquiry_begin(&q, ctx, user);
    const bt_json_node *families = NULL;
    const bt_layout *layout = NULL;
    bt_status status = BT_OK;
    if (options->layout) {
        bt_layout_wanted wanted = {
            .name = bt_str_of(options->layout), .from_dir = BT_STR("."), .dirs = options->layout_dirs};
        status = bt_layout_read(&q.arena, &q.diags, &wanted, &layout);
    }
    if (status == BT_OK) status = bt_house_load(ctx, &q.arena, &q.diags, options, layout);
    if (status == BT_OK) status = read_list(&q, bt_font_list_path(&q.arena, options), &families);
    if (status == BT_OK && layout) status = tell_house(&q, layout, each);
    for (const bt_json_node *family = families ? families->child : NULL; family && status == BT_OK;
         family = family->next)
        status = tell_listed(&q, family, each);
    return inquiry_end(&q, status);
}

/* --- which face draws what --- */

/* What a command line gives need not be UTF-8: stray bytes become U+FFFD. */
static bt_str clean(bt_arena *arena, const char *text)
{
    bt_str source = bt_str_of(text);
    bt_buf buf = bt_buf_in(arena);
    for (size_t at = 0; at < source.len;) {
        uint32_t c;
        at += bt_utf8_decode(source, at, &c);
        bt_buf_add_codepoint(&buf, c);
    }
    return bt_buf_str(&buf);
}

/* What a face needs no glyph for: spaces, joiners, and the hyphen that HarfBuzz sets as its twin. */
static bool is_set_without(const bt_face *face, uint32_t c)
{
    static const uint32_t free_ones[] = {' ', 0xA0, 0x202F, 0x200D, 0xFE0E, 0xFE0F};
    for (size_t i = 0; i < sizeof free_ones / sizeof *free_ones; i++)
        if (c == free_ones[i]) return true;
    return c == 0x2011 && bt_face_glyph(face, 0x2010);
}

typedef struct stretches {
    inquiry *q;
    const bt_font_role *role;
    bt_stretch_fn each;
    bt_str text;
    uint32_t begin, end;
    const bt_face *face; /* NULL: none draws it */
} stretches;

static void tell_stretch(stretches *s)
{
    bt_arena *arena = &s->q->arena;
    if (s->begin == s->end) return;
    bt_str family = s->face ? s->face->family : BT_STR("");
    bt_stretch stretch = {
        .role = bt_str_z(arena, s->role->name),
        .text = bt_str_z(arena, bt_str_slice(s->text, s->begin, s->end)),
        .family = bt_str_z(arena, family),
        .is_fallback = s->face && !bt_str_equal(family, s->role->family),
    };
    if (!arena->failed) s->each(s->q->user, &stretch);
}

/* Cuts a run where its face stands in for what no face has. */
static void cut_run(stretches *s, const bt_glyph_run *run)
{
    for (uint32_t at = run->begin; at < run->end;) {
        uint32_t c, next = at + (uint32_t)bt_utf8_decode(s->text, at, &c);
        const bt_face *face = bt_face_draws(run->face, c) ? run->face : NULL;
        if (is_set_without(run->face, c)) face = at == s->end && s->begin < at ? s->face : run->face;
        if (face != s->face || at != s->end) {
            tell_stretch(s);
            s->begin = at;
            s->face = face;
        }
        s->end = at = next;
    }
}

static bt_status tell_role(inquiry *q, const bt_font_role *role, bt_str text, bt_stretch_fn each)
{
    bt_chain chain;
    bt_chain_wish wish = {
        .family = role->family, .fallback = role->fallback, .n_fallback = role->n_fallback, .at = role->at};
    bt_status status = bt_chain_make(&q->arena, q->ctx->fonts, &q->diags, &wish, &chain);
    if (status != BT_OK) return status;
    bt_text_span span = {.end = (uint32_t)text.len, .chain = &chain};
    bt_shaped shaped;
    status = bt_text_shape(&q->arena, &q->scratch, &q->silent, text, &span, 1, role->at, &shaped);
    if (status != BT_OK) return status;
    stretches s = {.q = q, .role = role, .each = each, .text = shaped.text};
    for (uint32_t i = 0; i < shaped.n_runs; i++) cut_run(&s, &shaped.runs[i]);
    tell_stretch(&s);
    return BT_OK;
}

/* A font of the layout stands in its styles: each is told once, in their order. */
static bool is_first_use(const bt_layout *layout, uint32_t style_i)
{
    for (uint32_t i = 0; i < style_i; i++)
        if (layout->styles[i].font == layout->styles[style_i].font) return false;
    return layout->styles[style_i].font != NULL;
}

bt_status bt_list_stretches(bt_ctx *ctx, const bt_render_options *options, const char *text, bt_stretch_fn each,
                            void *user)
{
    inquiry q;
    inquiry_begin(&q, ctx, user);
    const bt_layout *layout = NULL;
    bt_str name = options->layout ? bt_str_of(options->layout) : bt_default_layout, source = clean(&q.arena, text);
    bt_status status = BT_OK;
    if (source.len > BT_LIMIT_PARAGRAPH_BYTES) {
        bt_str most = bt_str_format(&q.arena, "%d", BT_LIMIT_PARAGRAPH_BYTES);
        bt_diag(&q.diags, BT_E_BUNDLE_TEXT_LONG, NULL, BT_ARGS(most));
        status = BT_LIMIT;
    }
    bt_layout_wanted wanted = {.name = name, .from_dir = BT_STR("."), .dirs = options->layout_dirs};
    if (status == BT_OK) status = bt_layout_read(&q.arena, &q.diags, &wanted, &layout);
    if (status == BT_OK) status = bt_house_load(ctx, &q.arena, &q.diags, options, layout);
    bt_status worst = status;
    for (uint32_t i = 0; status == BT_OK && i < layout->n_styles && worst != BT_NOMEM; i++) {
        if (!is_first_use(layout, i)) continue;
        bt_status told = tell_role(&q, layout->styles[i].font, source, each);
        if (told != BT_OK) worst = told;
    }
    return inquiry_end(&q, worst);
}

/* --- profiles --- */

/* The first thing that is said, be it a warning. */
static void keep_first(void *user, const bt_message *message)
{
    complaint *c = user;
    if (!c->text[0]) c->text = bt_str_z(c->arena, bt_str_of(message->text));
}

static bt_status tell_profile(inquiry *q, const bt_render_options *options, const bt_layout *layout, bt_profile_fn each)
{
    complaint why = {&q->arena, ""};
    bt_diags diags = {.on_message = keep_first, .user = &why, .arena = &q->scratch, .lang = q->ctx->lang};
    const bt_profile *profile;
    bt_status status = bt_house_profile(q->ctx, &q->scratch, &diags, options, layout, &profile);
    if (status == BT_NOMEM) return status;
    const bt_print *print = &layout->print;
    bt_profile_about about = {
        .condition = bt_str_z(&q->arena, print->condition.len ? print->condition : print->profile.s),
        .package = print->names_file ? "" : bt_profile_package(print->profile.s),
        .path = profile ? bt_str_z(&q->arena, profile->path) : "",
        .trouble = why.text,
    };
    if (!q->arena.failed) each(q->user, &about);
    return BT_OK;
}

/* Whether layouts before this one have the same condition. */
static bool is_told(inquiry *q, print_list *told, const bt_print *print)
{
    for (uint32_t i = 0; i < told->n; i++)
        if (bt_str_equal(told->v[i]->profile.s, print->profile.s) &&
            bt_str_equal(told->v[i]->condition, print->condition))
            return true;
    const bt_print **one = BT_PUSH(&q->arena, told);
    if (one) *one = print;
    return false;
}

bt_status bt_list_profiles(bt_ctx *ctx, const bt_render_options *options, bt_profile_fn each, void *user)
{
    inquiry q;
    inquiry_begin(&q, ctx, user);
    print_list told = {0};
    const char *const *dirs = options->layout_dirs;
    bt_status status = BT_OK;
    for (size_t dir_i = 0; dirs && dirs[dir_i] && status != BT_NOMEM; dir_i++) {
        const bt_str *names;
        uint32_t n;
        status = bt_layout_list(&q.arena, dirs[dir_i], dirs, &names, &n);
        for (uint32_t i = 0; i < n && status != BT_NOMEM; i++) {
            const bt_layout *layout;
            bt_layout_wanted wanted = {.name = names[i], .from_dir = BT_STR("."), .dirs = dirs};
            status = bt_layout_read(&q.arena, &q.silent, &wanted, &layout);
            if (status == BT_OK && !is_told(&q, &told, &layout->print))
                status = tell_profile(&q, options, layout, each);
        }
    }
    return inquiry_end(&q, status == BT_NOMEM ? status : BT_OK);
}

/* --- libraries --- */

bt_status bt_list_libraries(bt_ctx *ctx, bt_library_fn each, void *user)
{
    bt_library libraries[BT_N_TEXT_LIBRARIES + BT_N_IMAGE_LIBRARIES + BT_N_PDF_LIBRARIES + 3];
    size_t n = 0;
    inquiry q;
    inquiry_begin(&q, ctx, user);
    bt_status status = bt_text_libraries(&q.arena, ctx->fonts, libraries);
    n += BT_N_TEXT_LIBRARIES;
    bt_pdf_libraries(&q.arena, &libraries[n]);
    n += BT_N_PDF_LIBRARIES;
    bt_image_libraries(&libraries[n]);
    n += BT_N_IMAGE_LIBRARIES;
    libraries[n++] = (bt_library){"cJSON", bt_json_library()};
    libraries[n++] = (bt_library){"cmark-gfm", bt_markdown_library()};
    libraries[n++] = (bt_library){"nettle", bt_digest_library(&q.arena)};
    for (size_t i = 0; i < n && status == BT_OK; i++) each(user, &libraries[i]);
    return inquiry_end(&q, status);
}
