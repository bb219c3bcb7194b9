/* fuzz_font.c - font files of any bytes, as a layout's own: opened, looked at, shaped, subset, and put into a PDF, for
 * libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_font font_seeds
 *     mkdir -p /tmp/font && build/fuzz/tests/fuzz_font -dict=tests/fuzz/font.dict -max_len=8192 -timeout=10 \
 *         -rss_limit_mb=2048 /tmp/font build/fuzz/tests/font_seeds
 *
 * Runs in the repository's root. What must hold: as in fuzz_render.c; and what a subset says of itself.
 */
#include "bantin.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);

static const char bundle[] =
    "{\"bantin\": 1, \"masthead\": {\"title\": \"Aoa\", \"issuer\": \"Vxi\"}, \"articles\": [{\"headline\": \"AO va\", "
    "\"body\": [\"Aox vai, **OOxi** a1 11. Aox aoi via vax oxo ixi aia Avo Oxa.\", {\"type\": \"bullets\", \"items\": "
    "[\"ox\"]}]}]}";
static const char layout[] =
    "{\"bantin_layout\": 1, \"name\": \"fuzz\", \"extends\": \"a4-two-column\", \"families\": {\"Any\": {\"regular\": "
    "\"any.font\"}}, \"fonts\": {\"text\": {\"family\": \"Any\", \"fallback\": [\"Noto Sans\"]}, \"sans\": "
    "{\"family\": "
    "\"Any\", \"fallback\": [\"Noto Sans\"]}}}";

static char folder[64];

static void demand(bool holds)
{
    if (!holds) abort();
}

static void hear(void *user, const bt_message *message)
{
    (void)user;
    demand(strlen(message->code) == 5 && message->text[0] && !strchr(message->text, '\n'));
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    demand(file);
    demand(!size || fwrite(bytes, size, 1, file) == 1);
    demand(fclose(file) == 0);
}

static void clean_up(void)
{
    static const char *const names[] = {"layout.json", "any.font", "out.pdf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) unlink(path_of(names[i]));
    rmdir(folder);
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/fuzz_font.%d", (int)getpid());
    demand(mkdir(folder, 0700) == 0);
    atexit(clean_up);
    write_file("layout.json", layout, sizeof layout - 1);
}

/* --- the face itself --- */

static void check_subset(bt_arena *arena, const bt_face *face, const bt_shaped *shaped)
{
    enum { MOST = 64 };
    uint16_t ids[MOST];
    uint32_t n = 0;
    for (uint32_t id = 0; id < UINT16_MAX && n < MOST; id++) {
        bool is_used = false;
        for (uint32_t i = 0; i < shaped->n_runs; i++)
            for (uint32_t k = 0; k < shaped->runs[i].n_glyphs; k++)
                is_used |= shaped->runs[i].face == face && shaped->runs[i].glyphs[k].id == id;
        if (is_used) ids[n++] = (uint16_t)id;
    }
    bt_subset subset;
    bt_status status = bt_face_subset(arena, face, ids, n, false, &subset);
    demand(status == BT_OK || status == BT_INPUT);
    if (status != BT_OK) return;
    demand(subset.n_bytes > 0 && subset.bytes);
    for (uint32_t i = 0; i < n; i++) demand(subset.new_ids[i] < subset.n_glyphs || subset.n_glyphs == 0);
}

static void check_shaped(const bt_shaped *shaped)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < shaped->n_runs; i++) {
        const bt_glyph_run *run = &shaped->runs[i];
        demand(run->begin >= at && run->end > run->begin && run->end <= shaped->text.len);
        for (uint32_t k = 0; k < run->n_glyphs; k++)
            demand(run->glyphs[k].cluster >= run->begin && run->glyphs[k].cluster < run->end);
        at = run->end;
    }
}

static void look_at_face(void)
{
    bt_arena arena = {0}, scratch = {0};
    bt_diags diags = {.on_message = hear, .arena = &scratch};
    bt_fonts *fonts = bt_fonts_new(NULL);
    demand(fonts != NULL);
    demand(bt_fonts_load(fonts, &diags, "fonts/fonts.json", NULL) == BT_OK);
    bt_house_family house = {.name = BT_STR("Any"), .faces = {{BT_STR("any.font"), bt_str_of(folder), NULL}}};
    demand(bt_fonts_add_house(fonts, &diags, &house, 1) == BT_OK);
    static const bt_str fallback[] = {BT_STR_INIT("Noto Sans")};
    bt_chain_wish wish = {.family = house.name, .fallback = fallback, .n_fallback = 1};
    bt_chain chain;
    bt_status status = bt_chain_make(&arena, fonts, &diags, &wish, &chain);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    if (status == BT_OK) {
        bt_str text = BT_STR("Hội Ộ đƠ AVA fi 11 \xC2\xA0– → a\xCC\x82\xCC\x81");
        bt_text_span span = {.end = (uint32_t)text.len, .chain = &chain, .is_tabular = true};
        bt_shaped shaped;
        status = bt_text_shape(&arena, &scratch, &diags, text, &span, 1, NULL, &shaped);
        demand(status == BT_OK || status == BT_INPUT);
        if (status == BT_OK) {
            check_shaped(&shaped);
            check_subset(&arena, chain.faces[0], &shaped);
        }
    }
    bt_fonts_drop(fonts);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

/* --- all the way --- */

static void render(void)
{
    static const char *const layout_dirs[] = {"layouts", NULL};
    bt_ctx *ctx = bt_ctx_new(NULL, hear, NULL);
    demand(ctx != NULL);
    char layout_path[128], pdf_path[128];
    snprintf(layout_path, sizeof layout_path, "%s", path_of("layout.json"));
    snprintf(pdf_path, sizeof pdf_path, "%s", path_of("out.pdf"));
    bt_render_options options = {.bundle_text = bundle,
                                 .bundle_size = sizeof bundle - 1,
                                 .layout = layout_path,
                                 .layout_dirs = layout_dirs,
                                 .font_list = "fonts/fonts.json",
                                 .pdf_path = pdf_path};
    bt_render_result result;
    bt_status status = bt_render(ctx, &options, &result);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    demand((status == BT_OK) == (result.n_errors == 0));
    bt_ctx_drop(ctx);
}

/* --- what to try --- */

static size_t number_at(const uint8_t *bytes, size_t n)
{
    size_t number = 0;
    for (size_t i = 0; i < n; i++) number = number << 8 | bytes[i];
    return number;
}

/* Mostly changes one table and leaves the list of tables alone: with that broken, a file is refused at once. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    enum { HEAD = 12, ENTRY = 16 };
    size_t n_tables = size >= HEAD ? number_at(bytes + 4, 2) : 0;
    if (!n_tables || size < HEAD + ENTRY * n_tables || seed % 8 == 0) return LLVMFuzzerMutate(bytes, size, most);
    const uint8_t *entry = bytes + HEAD + ENTRY * (seed / 8 % n_tables);
    size_t offset = number_at(entry + 8, 4), length = number_at(entry + 12, 4);
    if (!length || offset > size || length > size - offset) return LLVMFuzzerMutate(bytes, size, most);
    size_t left = LLVMFuzzerMutate(bytes + offset, length, length);
    memset(bytes + offset + left, 0, length - left);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!folder[0]) begin();
    write_file("any.font", bytes, size);
    look_at_face();
    render();
    return 0;
}
