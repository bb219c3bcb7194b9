/* font.c - the families of fonts.json, and the faces opened from them.
 *
 * fonts.json says what there is and where it comes from; nothing here asks the system (no fontconfig): the same list
 * and the same packages give the same pages on any machine. fonts/README.md describes the file.
 */
#include "text/text_int.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/inputs.h"
#include "base/limits.h"
#include "json/json.h"

#include <string.h>

static const char *const style_keys[BT_N_STYLES] = {"regular", "bold", "italic", "bold_italic"};
static const char *const style_names[BT_N_STYLES] = {"regular", "bold", "italic", "bold italic"};

/* --- life --- */

/* FreeType frees without telling a size, our allocator wants it: it stands before each block. */
typedef union header {
    size_t size;
    max_align_t alignment;
} header;

static void ft_free(FT_Memory memory, void *block)
{
    if (!block) return;
    header *head = (header *)block - 1;
    bt_alloc_drop(memory->user, head, head->size);
}

static void *ft_resize(FT_Memory memory, long old_size, long new_size, void *block)
{
    (void)old_size;
    if (new_size < 0 || (size_t)new_size > SIZE_MAX - sizeof(header)) return NULL;
    size_t size = (size_t)new_size + sizeof(header);
    header *head = block ? (header *)block - 1 : NULL;
    head = bt_alloc_resize(memory->user, head, head ? head->size : 0, size);
    if (!head) return NULL;
    head->size = size;
    return head + 1;
}

static void *ft_alloc(FT_Memory memory, long size) { return ft_resize(memory, 0, size, NULL); }

/* Modules that found no memory are left out silently. */
static bool has_modules(FT_Library library)
{
    static const char *const needed[] = {"truetype", "cff", "sfnt", "psnames"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!FT_Get_Module(library, needed[i])) return false;
    }
    return true;
}

bt_fonts *bt_fonts_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_fonts *fonts = bt_alloc_new(allocator, sizeof *fonts);
    if (!fonts) return NULL;
    *fonts = (bt_fonts){.allocator = allocator,
                        .arena = bt_arena_over(allocator),
                        .list_arena = bt_arena_over(allocator),
                        .house_arena = bt_arena_over(allocator),
                        .list_path = BT_STR("")};
    fonts->ft_memory = (struct FT_MemoryRec_){(void *)(uintptr_t)allocator, ft_alloc, ft_free, ft_resize};
    bool is_good = bt_words_init(&fonts->words, allocator) && !FT_New_Library(&fonts->ft_memory, &fonts->ft_library);
    if (is_good) FT_Add_Default_Modules(fonts->ft_library); /* FT_Init_FreeType would read the environment */
    if (is_good && has_modules(fonts->ft_library)) return fonts;
    bt_fonts_drop(fonts);
    return NULL;
}

void bt_fonts_work_beside(bt_fonts *fonts, bt_beside *beside) { fonts->beside = beside; }

void bt_fonts_drop(bt_fonts *fonts)
{
    if (!fonts) return;
    const bt_allocator *allocator = fonts->allocator;
    for (bt_face *face = fonts->faces, *next; face; face = next) {
        next = face->engine->next;
        bt_face_close(face);
    }
    if (fonts->ft_library) FT_Done_Library(fonts->ft_library);
    bt_words_drop(&fonts->words, allocator);
    bt_arena_drop(&fonts->house_arena);
    bt_arena_drop(&fonts->list_arena);
    bt_arena_drop(&fonts->arena);
    bt_alloc_drop(allocator, fonts, sizeof *fonts);
}

/* --- reading fonts.json --- */

typedef struct reader {
    bt_fonts *fonts;
    bt_arena *arena;
    bt_diags *diags;
    bool has_failed;
} reader;

static void complain(reader *r, const bt_json_node *node, const char *wanted)
{
    bt_str name = node->key.len           ? bt_str_format(r->arena, "\"%.*s\"", BT_STR_ARGS(node->key))
                  : node->at->pointer.len ? BT_SAY(r->diags, "this item of the list")
                                          : BT_SAY(r->diags, "the whole file");
    bt_str words = bt_say(r->diags, bt_str_of(wanted)), kind = bt_say(r->diags, bt_json_kind_name(node->kind));
    bt_diag(r->diags, BT_E_FONTS_VALUE, node->at, BT_ARGS(name, words, kind));
    r->has_failed = true;
}

static bool is_kind(reader *r, const bt_json_node *node, bt_json_kind kind, const char *wanted)
{
    if (node->kind == kind) return true;
    complain(r, node, wanted);
    return false;
}

/* Every member must be one of the keys (a NULL ends them). */
static void check_keys(reader *r, const bt_json_node *object, const char *const *keys)
{
    for (const bt_json_node *member = object->child; member; member = member->next) {
        bool is_known = false;
        for (const char *const *key = keys; *key; key++) is_known |= bt_str_is(member->key, *key);
        if (is_known) continue;
        bt_diag(r->diags, BT_E_FONTS_KEY, member->key_at, BT_ARGS(member->key));
        r->has_failed = true;
    }
}

/* A member that must be there. */
static const bt_json_node *need(reader *r, const bt_json_node *object, const char *key, bt_json_kind kind,
                                const char *wanted)
{
    const bt_json_node *member = bt_json_find(object, key);
    if (!member) {
        bt_diag(r->diags, BT_E_FONTS_LACKS, object->at, BT_ARGS(bt_str_of(key), bt_say(r->diags, bt_str_of(wanted))));
        r->has_failed = true;
        return NULL;
    }
    return is_kind(r, member, kind, wanted) ? member : NULL;
}

static bt_str need_text(reader *r, const bt_json_node *object, const char *key)
{
    const bt_json_node *member = need(r, object, key, BT_JSON_STRING, "a string");
    if (member && !member->text.len) complain(r, member, "a string that is not empty");
    return member ? bt_str_copy(r->arena, member->text) : BT_STR("");
}

static void read_face(reader *r, const bt_json_node *node, bt_family *family, int style)
{
    static const char *const keys[] = {"file", "sha256", NULL};
    enum { SHA256_DIGITS = 64 };
    if (!is_kind(r, node, BT_JSON_OBJECT, "an object with \"file\" and \"sha256\"")) return;
    check_keys(r, node, keys);
    family->files[style] = need_text(r, node, "file");
    if (family->files[style].len && !bt_path_stays_inside(family->files[style])) {
        complain(r, bt_json_find(node, "file"), "a file name, relative to the folders");
    }
    const bt_json_node *hash = need(r, node, "sha256", BT_JSON_STRING, "64 hexadecimal digits");
    if (!hash) return;
    bool is_hash = hash->text.len == SHA256_DIGITS;
    for (size_t i = 0; i < hash->text.len; i++)
        is_hash &= hash->text.ptr[i] && strchr("0123456789abcdef", hash->text.ptr[i]);
    if (!is_hash) complain(r, hash, "64 hexadecimal digits");
}

static void read_faces(reader *r, const bt_json_node *node, bt_family *family)
{
    static const char *const keys[] = {"regular", "bold", "italic", "bold_italic", NULL};
    check_keys(r, node, keys);
    if (!node->n_children) complain(r, node, "an object with at least one face");
    for (int style = 0; style < BT_N_STYLES; style++) {
        const bt_json_node *face = bt_json_find(node, style_keys[style]);
        if (face) read_face(r, face, family, style);
    }
}

static void read_fallbacks(reader *r, const bt_json_node *list, bt_family *family)
{
    if (!list || !is_kind(r, list, BT_JSON_ARRAY, "an array of families")) return;
    bt_str *names = BT_NEW_ARRAY(r->arena, list->n_children, bt_str);
    if (!names) return;
    for (const bt_json_node *node = list->child; node; node = node->next)
        if (is_kind(r, node, BT_JSON_STRING, "a family's name"))
            names[family->n_fallbacks++] = bt_str_copy(r->arena, node->text);
    family->fallbacks = names;
}

/* A fallback that the list has not would never be found. */
static void check_fallbacks(reader *r, const bt_json_node *list)
{
    for (const bt_json_node *node = list->child; node; node = node->next) {
        const bt_json_node *fallbacks = bt_json_find(node, "fallbacks");
        for (const bt_json_node *f = fallbacks ? fallbacks->child : NULL; f; f = f->next) {
            if (f->kind != BT_JSON_STRING || bt_fonts_has_family(r->fonts, f->text, NULL)) continue;
            bt_family_report(r->fonts, r->diags, f->text, f->at);
            r->has_failed = true;
        }
    }
}

static void read_family(reader *r, const bt_json_node *node, bt_family *family)
{
    static const char *const keys[] = {"name", "package",   "version", "roles", "roles_vi",
                                       "note", "fallbacks", "faces",   NULL};
    static const char *const notes[] = {"version", "roles", "roles_vi",
                                        "note"}; /* for people; their kind alone is checked */
    if (!is_kind(r, node, BT_JSON_OBJECT, "an object")) return;
    check_keys(r, node, keys);
    family->name = need_text(r, node, "name");
    family->package = need_text(r, node, "package");
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        const bt_json_node *note = bt_json_find(node, notes[i]);
        if (note) is_kind(r, note, BT_JSON_STRING, "a string");
    }
    read_fallbacks(r, bt_json_find(node, "fallbacks"), family);
    const bt_json_node *faces = need(r, node, "faces", BT_JSON_OBJECT, "an object with at least one face");
    if (faces) read_faces(r, faces, family);
}

static void read_families(reader *r, const bt_json_node *list)
{
    bt_fonts *fonts = r->fonts;
    bt_family *families = BT_NEW_ARRAY(r->arena, list->n_children, bt_family);
    bt_str *names = BT_NEW_ARRAY(r->arena, list->n_children, bt_str);
    if (!families || !names) return;
    uint32_t n = 0;
    for (const bt_json_node *node = list->child; node; node = node->next, n++) {
        read_family(r, node, &families[n]);
        names[n] = families[n].name;
        for (uint32_t i = 0; i < n; i++) {
            if (!names[n].len || !bt_str_equal(names[i], names[n])) continue;
            bt_diag(r->diags, BT_E_FONTS_TWICE, node->at, BT_ARGS(names[n]));
            r->has_failed = true;
        }
    }
    fonts->families = families;
    fonts->list_names = fonts->family_names = names;
    fonts->n_families = n;
    check_fallbacks(r, list);
}

static void read_folders(reader *r, const bt_json_node *list, const char *const *font_dirs)
{
    bt_fonts *fonts = r->fonts;
    uint32_t n_given = 0;
    while (font_dirs && font_dirs[n_given]) n_given++;
    bt_str *dirs = BT_NEW_ARRAY(r->arena, n_given + list->n_children, bt_str);
    if (!dirs) return;
    uint32_t n = 0;
    for (; n < n_given; n++) dirs[n] = bt_str_copy(r->arena, bt_str_of(font_dirs[n]));
    for (const bt_json_node *node = list->child; node; node = node->next) {
        if (is_kind(r, node, BT_JSON_STRING, "a string")) dirs[n++] = bt_str_copy(r->arena, node->text);
    }
    fonts->dirs = dirs;
    fonts->n_dirs = n;
    fonts->n_given_dirs = n_given;
}

static void read_root(reader *r, const bt_json_node *root, const char *const *font_dirs)
{
    static const char *const keys[] = {"bantin_fonts", "folders", "families", NULL};
    if (!is_kind(r, root, BT_JSON_OBJECT, "an object")) return;
    check_keys(r, root, keys);
    const bt_json_node *version = need(r, root, "bantin_fonts", BT_JSON_NUMBER, "1");
    if (version && !bt_str_is(version->text, "1")) complain(r, version, "1");
    const bt_json_node *folders = need(r, root, "folders", BT_JSON_ARRAY, "a list of folders");
    if (folders) read_folders(r, folders, font_dirs);
    const bt_json_node *families = need(r, root, "families", BT_JSON_ARRAY, "a list of families");
    if (families) read_families(r, families);
}

static void forget_list(bt_fonts *fonts)
{
    bt_arena_drop(&fonts->list_arena);
    fonts->list_path = BT_STR("");
    fonts->has_list_digest = false;
    fonts->n_dirs = fonts->n_given_dirs = fonts->n_families = 0;
    fonts->list_names = fonts->family_names = NULL;
}

static bt_status read_file(bt_fonts *fonts, bt_diags *diags, const char *path, const char *const *font_dirs,
                           bt_arena *json)
{
    bt_str source;
    int error;
    bt_status status = bt_file_read(json, path, BT_LIMIT_JSON_BYTES, &source, &error);
    if (status == BT_IO) bt_diag(diags, BT_E_READ, NULL, BT_ARGS(bt_str_of(path), bt_file_error(diags, json, error)));
    if (status == BT_LIMIT) {
        bt_str limit = bt_str_format(json, "%d", BT_LIMIT_JSON_BYTES / (1024 * 1024));
        bt_diag(diags, BT_E_TOO_LARGE, NULL, BT_ARGS(bt_str_of(path), limit));
    }
    const bt_json_node *root = NULL;
    fonts->has_list_digest = status == BT_OK && bt_inputs_are_heard(diags);
    if (fonts->has_list_digest) fonts->list_digest = bt_digest_of(source.ptr, source.len);
    if (status == BT_OK) status = bt_json_parse(json, diags, bt_str_of(path), source, &root);
    if (status != BT_OK) return status;
    reader r = {fonts, &fonts->list_arena, diags, false};
    read_root(&r, root, font_dirs);
    fonts->list_path = bt_str_copy(&fonts->list_arena, bt_str_of(path));
    if (fonts->list_arena.failed) return BT_NOMEM;
    return r.has_failed ? BT_INPUT : BT_OK;
}

static bool is_loaded(const bt_fonts *fonts, const char *path, const char *const *font_dirs)
{
    if (!fonts->list_path.len || !bt_str_is(fonts->list_path, path)) return false;
    uint32_t n = 0;
    for (; font_dirs && font_dirs[n]; n++) {
        if (n >= fonts->n_given_dirs || !bt_str_is(fonts->dirs[n], font_dirs[n])) return false;
    }
    return n == fonts->n_given_dirs;
}

/* Nothing is left to be noted. */
static void forget_notes(bt_fonts *fonts)
{
    for (const bt_face *face = fonts->first_noted; face; face = face->engine->next_noted) face->engine->noted_as = NULL;
    fonts->first_noted = fonts->last_noted = NULL;
}

bt_status bt_fonts_load(bt_fonts *fonts, bt_diags *diags, const char *list_path, const char *const *font_dirs)
{
    for (const bt_face *face = fonts->faces; face; face = face->engine->next) face->engine->has_told_letters = false;
    forget_notes(fonts); /* of a job that did not come to it: the families may go */
    for (uint32_t i = 0; i < fonts->n_families; i++) {
        memset(fonts->families[i].has_told_nearest, 0, sizeof fonts->families[i].has_told_nearest);
    }
    bt_arena_drop(&fonts->house_arena);
    fonts->n_house = 0;
    fonts->family_names = fonts->list_names;
    bt_status status = BT_OK;
    if (!is_loaded(fonts, list_path, font_dirs) || (!fonts->has_list_digest && bt_inputs_are_heard(diags))) {
        forget_list(fonts);
        bt_arena json = bt_arena_over(fonts->allocator);
        status = read_file(fonts, diags, list_path, font_dirs, &json);
        bt_arena_drop(&json);
    }
    if (fonts->has_list_digest) bt_inputs_note_digest(diags, bt_str_of(list_path), &fonts->list_digest);
    if (status != BT_OK) forget_list(fonts);
    return status;
}

/* --- families and faces --- */

static bt_family *find_family(const bt_fonts *fonts, bt_str name)
{
    for (uint32_t i = 0; i < fonts->n_families; i++) {
        if (bt_str_equal(fonts->families[i].name, name)) return &fonts->families[i];
    }
    for (uint32_t i = 0; i < fonts->n_house; i++) {
        if (bt_str_equal(fonts->house[i].name, name)) return &fonts->house[i];
    }
    return NULL;
}

bt_status bt_fonts_add_house(bt_fonts *fonts, bt_diags *diags, const bt_house_family *families, uint32_t n)
{
    bt_arena *arena = &fonts->house_arena;
    bt_family *house = BT_NEW_ARRAY(arena, n, bt_family);
    bt_status status = BT_OK;
    fonts->n_house = 0;
    bt_str *names = BT_NEW_ARRAY(arena, (size_t)fonts->n_families + n, bt_str);
    for (uint32_t i = 0; names && i < fonts->n_families; i++) names[i] = fonts->families[i].name;
    for (uint32_t i = 0; house && names && i < n; i++) {
        house[i] = (bt_family){.name = bt_str_copy(arena, families[i].name), .package = BT_STR(""), .is_house = true};
        for (int style = 0; style < BT_N_STYLES; style++) {
            const bt_house_face *face = &families[i].faces[style];
            house[i].files[style] = bt_str_copy(arena, face->file);
            house[i].house[style] = (bt_house_face){house[i].files[style], bt_str_copy(arena, face->dir), face->at};
        }
        names[fonts->n_families + i] = house[i].name;
        if (!find_family(fonts, families[i].name)) continue;
        bt_diag(diags, BT_E_HOUSE_NAME, families[i].at, BT_ARGS(families[i].name));
        status = BT_INPUT;
    }
    if (arena->failed) return BT_NOMEM;
    fonts->house = house;
    fonts->n_house = n;
    fonts->family_names = names;
    return status;
}

const bt_str *bt_fonts_fallbacks(const bt_fonts *fonts, bt_str family, uint32_t *n)
{
    *n = 0;
    for (uint32_t i = 0; i < fonts->n_families; i++) {
        if (!bt_str_equal(fonts->families[i].name, family)) continue;
        *n = fonts->families[i].n_fallbacks;
        return fonts->families[i].fallbacks;
    }
    return NULL;
}

bool bt_fonts_has_family(const bt_fonts *fonts, bt_str family, bt_str *nearest)
{
    if (nearest) *nearest = bt_str_nearest(family, fonts->family_names, fonts->n_families + fonts->n_house);
    return find_family(fonts, family) != NULL;
}

void bt_family_report(const bt_fonts *fonts, bt_diags *diags, bt_str family, const bt_place *at)
{
    bt_str nearest;
    bt_fonts_has_family(fonts, family, &nearest);
    if (nearest.len)
        bt_diag(diags, BT_E_FAMILY_NEAR, at, BT_ARGS(family, nearest));
    else
        bt_diag(diags, BT_E_FAMILY_UNKNOWN, at, BT_ARGS(family));
}

/* The style itself where the family has it, else the nearest: weight counts more than slant. */
static int nearest_style(const bt_family *family, int style)
{
    static const uint8_t orders[BT_N_STYLES][BT_N_STYLES] = {
        {BT_REGULAR, BT_ITALIC, BT_BOLD, BT_BOLD_ITALIC},
        {BT_BOLD, BT_BOLD_ITALIC, BT_REGULAR, BT_ITALIC},
        {BT_ITALIC, BT_REGULAR, BT_BOLD_ITALIC, BT_BOLD},
        {BT_BOLD_ITALIC, BT_BOLD, BT_ITALIC, BT_REGULAR},
    };
    for (int i = 0; i < BT_N_STYLES; i++) {
        if (family->files[orders[style][i]].len) return orders[style][i];
    }
    return style;
}

/* A list read again, or another one, may name a file that is open. */
static const bt_face *find_open(const bt_fonts *fonts, const bt_family *family, int style, bt_str path)
{
    for (const bt_face *face = fonts->faces; face; face = face->engine->next) {
        if (bt_str_equal(face->path, path) && bt_str_equal(face->family, family->name) &&
            face->is_bold == (bool)(style & BT_BOLD) && face->is_italic == (bool)(style & BT_ITALIC) &&
            bt_face_is_current(face)) {
            return face;
        }
    }
    return NULL;
}

/* The folder i in which a face is looked for, the layout's own first. False: there are no more. */
static bool folder_of(const bt_fonts *fonts, const bt_family *family, int style, uint32_t i, bt_str *dir)
{
    uint32_t n_own = family->is_house;
    if (i >= fonts->n_dirs + n_own) return false;
    *dir = i < n_own ? family->house[style].dir : fonts->dirs[i - n_own];
    return true;
}

/* The path of a face's file; empty: it is nowhere. */
static bt_str find_file(const bt_fonts *fonts, bt_arena *paths, const bt_family *family, int style)
{
    bt_str dir;
    for (uint32_t i = 0; folder_of(fonts, family, style, i, &dir); i++) {
        bt_str path = bt_path_join(paths, dir, family->files[style]);
        if (paths->failed || bt_file_exists(path.ptr)) return path;
    }
    return BT_STR("");
}

/* The file is noted at the end of the job, once. */
static void begin_note(bt_fonts *fonts, const bt_diags *diags, const bt_family *family, int style, const bt_face *face)
{
    bt_face_engine *engine = face->engine;
    if (engine->noted_as || !bt_inputs_are_heard(diags)) return;
    bt_digesting_begin(&engine->digesting, fonts->beside, face->bytes, face->n_bytes);
    engine->noted_as = family;
    engine->noted_style = style;
    engine->next_noted = NULL;
    if (fonts->last_noted)
        fonts->last_noted->engine->next_noted = face;
    else
        fonts->first_noted = face;
    fonts->last_noted = face;
}

/* Notes the file of a face, and where it was looked for before: a file there would have been taken. */
static void note_face(const bt_fonts *fonts, bt_diags *diags, const bt_face *face)
{
    const bt_family *family = face->engine->noted_as;
    int style = face->engine->noted_style;
    bt_arena paths = bt_arena_over(fonts->allocator);
    bt_str dir;
    for (uint32_t i = 0; folder_of(fonts, family, style, i, &dir); i++) {
        bt_str path = bt_path_join(&paths, dir, family->files[style]);
        if (paths.failed || bt_str_equal(path, face->path)) break;
        bt_inputs_note_absent(diags, path);
    }
    bt_inputs_note_digest(diags, face->path, bt_digesting_end(&face->engine->digesting));
    if (paths.failed) diags->inputs->arena.failed = true;
    bt_arena_drop(&paths);
}

void bt_fonts_note(bt_fonts *fonts, bt_diags *diags)
{
    for (const bt_face *face = fonts->first_noted; face; face = face->engine->next_noted) note_face(fonts, diags, face);
    forget_notes(fonts);
}

static bt_status report_missing(const bt_fonts *fonts, bt_diags *diags, bt_arena *words, const bt_family *family,
                                int style, const bt_place *at)
{
    bt_str file = family->files[style], dir;
    if (!family->is_house) {
        bt_diag(diags, BT_E_FONT_MISSING, at, BT_ARGS(family->name, file, family->package));
        return BT_IO;
    }
    bt_buf folders = bt_buf_in(words);
    for (uint32_t i = 0; folder_of(fonts, family, style, i, &dir); i++) {
        if (i) bt_buf_add_z(&folders, ", ");
        bt_buf_add(&folders, dir);
    }
    bt_diag(diags, BT_E_HOUSE_MISSING, at, BT_ARGS(file, family->name, bt_buf_str(&folders)));
    return BT_INPUT;
}

static bt_status open_style(bt_fonts *fonts, bt_diags *diags, bt_family *family, int style, const bt_place *at,
                            const bt_face **face)
{
    bt_arena paths = bt_arena_over(fonts->allocator);
    bt_status status = BT_OK;
    if (family->is_house) at = family->house[style].at;
    bt_str path = find_file(fonts, &paths, family, style);
    if (path.len && !paths.failed) {
        *face = find_open(fonts, family, style, path);
        bt_face *opened = NULL;
        if (!*face) status = bt_face_open(fonts, diags, path.ptr, family, style, at, &opened);
        if (opened) *face = opened;
    } else if (!paths.failed) {
        status = report_missing(fonts, diags, &paths, family, style, at);
    }
    if (paths.failed) status = BT_NOMEM;
    bt_arena_drop(&paths);
    return status;
}

bt_status bt_fonts_open(bt_fonts *fonts, bt_diags *diags, bt_str family_name, bool is_bold, bool is_italic,
                        const bt_place *at, const bt_face **face)
{
    *face = NULL;
    bt_family *family = find_family(fonts, family_name);
    if (!family) {
        bt_family_report(fonts, diags, family_name, at);
        return BT_INPUT;
    }
    int wanted = (is_bold ? BT_BOLD : 0) | (is_italic ? BT_ITALIC : 0);
    int style = nearest_style(family, wanted);
    if (style != wanted && !family->has_told_nearest[wanted]) {
        family->has_told_nearest[wanted] = true;
        bt_diag(diags, BT_W_FACE_NEAREST, at,
                BT_ARGS(family->name, bt_say(diags, bt_str_of(style_names[wanted])),
                        bt_say(diags, bt_str_of(style_names[style]))));
    }
    if (!family->open[style]) {
        bt_status status = open_style(fonts, diags, family, style, at, &family->open[style]);
        if (status != BT_OK) return status;
    }
    *face = family->open[style];
    begin_note(fonts, diags, family, style, *face);
    return BT_OK;
}
