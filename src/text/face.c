/* face.c - one font file: mapped, checked, measured. */
#include "text/text_int.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include FT_CID_H
#include FT_TRUETYPE_TABLES_H

enum { SMALLEST_UPEM = 16, LARGEST_UPEM = 16384 };

/* OS/2 fsType */
enum { IS_RESTRICTED = 0x0002, MAY_PREVIEW = 0x0004, MAY_EDIT = 0x0008, NO_SUBSET = 0x0100, BITMAPS_ONLY = 0x0200 };

bt_str bt_face_name(bt_arena *arena, const bt_face *face)
{
    return bt_str_format(arena, "%.*s%s%s", BT_STR_ARGS(face->family), face->is_bold ? " Bold" : "",
                         face->is_italic ? " Italic" : "");
}

/* --- the file --- */

/* Maps the whole file. The pages are read when they are needed: of a font of 600 KB, a newsletter reads a third. */
static bt_status map_file(bt_face *face, const char *path, int *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat *about = &face->engine->about;
    bt_status status = BT_OK;
    *error = EINVAL;
    if (fd < 0 || fstat(fd, about) != 0) {
        *error = errno;
        status = BT_IO;
    } else if (!S_ISREG(about->st_mode) || about->st_size <= 0) {
        status = BT_IO;
    } else if ((uint64_t)about->st_size > BT_LIMIT_FONT_BYTES) {
        status = BT_LIMIT;
    } else {
        void *memory = mmap(NULL, (size_t)about->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        *error = errno;
        face->engine->is_mapped = memory != MAP_FAILED;
        if (memory == MAP_FAILED)
            status = *error == ENOMEM ? BT_NOMEM : BT_IO;
        else
            face->bytes = memory;
        face->n_bytes = (size_t)about->st_size;
    }
    if (fd >= 0) close(fd);
    return status;
}

/* Reads the file: one in a layout's folder may be written anew while a program that embeds bantin has it open, and what
 * is mapped would change or vanish under it. */
static bt_status read_file(bt_fonts *fonts, bt_face *face, const char *path, int *error)
{
    bt_str contents;
    *error = 0;
    if (stat(path, &face->engine->about) != 0) {
        *error = errno;
        return BT_IO;
    }
    bt_status status = bt_file_read(&fonts->arena, path, BT_LIMIT_FONT_BYTES, &contents, error);
    if (status != BT_OK) return status;
    face->bytes = (const uint8_t *)contents.ptr;
    face->n_bytes = contents.len;
    return BT_OK;
}

bool bt_face_is_current(const bt_face *face)
{
    const struct stat *then = &face->engine->about;
    struct stat now;
    return stat(face->path.ptr, &now) == 0 && now.st_dev == then->st_dev && now.st_ino == then->st_ino &&
           now.st_size == then->st_size && now.st_mtim.tv_sec == then->st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == then->st_mtim.tv_nsec;
}

static void report_unmapped(bt_fonts *fonts, bt_diags *diags, const char *path, const bt_place *at, bt_status status,
                            int error)
{
    bt_arena words = bt_arena_over(fonts->allocator);
    if (status == BT_LIMIT) {
        bt_str limit = bt_str_format(&words, "%d", BT_LIMIT_FONT_BYTES / (1024 * 1024));
        bt_diag(diags, BT_E_TOO_LARGE, at, BT_ARGS(bt_str_of(path), limit));
    } else if (status == BT_IO) {
        bt_diag(diags, BT_E_READ, at, BT_ARGS(bt_str_of(path), bt_file_error(diags, &words, error)));
    }
    bt_arena_drop(&words);
}

/* --- metrics --- */

static int32_t glyph_top(const bt_face *face, uint32_t letter)
{
    int32_t box[4];
    bt_face_glyph_box(face, bt_face_glyph(face, letter), box);
    return box[3];
}

/* In thousandths of an em, from the weight class: 400 gives 85, 700 about 158. */
static int32_t stem_of(int32_t weight) { return 50 + weight * weight / 4500; }

/* PANOSE first (2: Latin text; serif styles 2 to 10, sans 11 to 15), then the family class, then the name. */
static bool has_serifs(const TT_OS2 *os2, bt_str family)
{
    if (os2 && os2->panose[0] == 2 && os2->panose[1] >= 2) return os2->panose[1] <= 10;
    int class = os2 ? os2->sFamilyClass >> 8 : 0;
    if (class) return (class >= 1 && class <= 5) || class == 7;
    return memmem(family.ptr, family.len, "Serif", 5) != NULL;
}

/* Letters, digits, "-", "+", "_" and "." of the font's own name: what needs no escape in PDF. */
static bt_str postscript_name(bt_arena *arena, FT_Face ft_face, bt_str family)
{
    enum { LONGEST = 63 };
    const char *own = FT_Get_Postscript_Name(ft_face);
    bt_str source = own && *own ? bt_str_of(own) : family;
    bt_buf buf = bt_buf_in(arena);
    for (size_t i = 0; i < source.len && buf.bytes.n < LONGEST; i++) {
        char c = source.ptr[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '+' ||
                        c == '_' || c == '.';
        if (is_plain) bt_buf_add_char(&buf, c);
    }
    return buf.bytes.n ? bt_buf_str(&buf) : BT_STR("Font");
}

static void measure(bt_face *face)
{
    FT_Face ft_face = face->engine->ft_face;
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(ft_face, FT_SFNT_OS2);
    const TT_Postscript *post = FT_Get_Sfnt_Table(ft_face, FT_SFNT_POST);
    if (os2 && os2->version == 0xFFFF) os2 = NULL; /* FreeType's sign for none */
    face->upem = ft_face->units_per_EM;
    face->ascender = ft_face->ascender;
    face->descender = ft_face->descender;
    face->box[0] = (int32_t)ft_face->bbox.xMin;
    face->box[1] = (int32_t)ft_face->bbox.yMin;
    face->box[2] = (int32_t)ft_face->bbox.xMax;
    face->box[3] = (int32_t)ft_face->bbox.yMax;
    face->cap_height = os2 && os2->version >= 2 && os2->sCapHeight > 0 ? os2->sCapHeight : glyph_top(face, 'H');
    face->x_height = os2 && os2->version >= 2 && os2->sxHeight > 0 ? os2->sxHeight : glyph_top(face, 'x');
    face->italic_angle = post ? (int32_t)bt_mul_div(post->italicAngle, 100, 65536) : 0;
    face->is_fixed = post && post->isFixedPitch;
    int32_t weight = os2 && os2->usWeightClass >= 100 && os2->usWeightClass <= 1000 ? os2->usWeightClass
                     : face->is_bold                                                ? 700
                                                                                    : 400;
    face->stem_v = (int32_t)bt_mul_div(stem_of(weight), face->upem, 1000);
    face->is_serif = has_serifs(os2, face->family);
}

/* --- opening --- */

static bool has_table(hb_face_t *hb_face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(hb_face, tag);
    bool is_there = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return is_there;
}

/* What keeps a file from being used. */
typedef struct fault {
    bt_status status; /* BT_OK: nothing does */
    bt_diag_code code;
    const char *what;
} fault;

static const fault no_fault = {BT_OK, BT_E_FONT_BROKEN, ""}, no_memory = {BT_NOMEM, BT_E_FONT_BROKEN, ""};

static fault refuse(bt_diag_code code, const char *what) { return (fault){BT_INPUT, code, what}; }

/* Kinds of files that are told by how they begin. */
static fault sniff(const bt_face *face)
{
    static const struct {
        const char *begin;
        size_t n;
        bt_diag_code code;
        const char *what;
    } kinds[] = {
        {"wOFF", 4, BT_E_FONT_WEB, "WOFF"},          {"wOF2", 4, BT_E_FONT_WEB, "WOFF2"},
        {"ttcf", 4, BT_E_FONT_COLLECTION, ""},       {"\x80\x01%!", 2, BT_E_FONT_TYPE1, ""},
        {"%!PS-AdobeFont", 14, BT_E_FONT_TYPE1, ""}, {"%!FontType1", 11, BT_E_FONT_TYPE1, ""},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (face->n_bytes >= kinds[i].n && memcmp(face->bytes, kinds[i].begin, kinds[i].n) == 0)
            return refuse(kinds[i].code, kinds[i].what);
    }
    return no_fault;
}

static uint32_t number_at(const uint8_t *bytes, size_t n)
{
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++) number = number << 8 | bytes[i];
    return number;
}

/* True when a table ends behind the file: what a broken copy leaves. FreeType and HarfBuzz would go without it. */
static bool is_cut_short(const bt_face *face)
{
    enum { HEAD = 12, ENTRY = 16, N_TABLES = 4, OFFSET = 8, LENGTH = 12 };
    size_t n_tables = number_at(face->bytes + N_TABLES, 2);
    for (size_t i = 0; i < n_tables; i++) {
        if (face->n_bytes < HEAD + ENTRY * (i + 1)) return true;
        const uint8_t *entry = face->bytes + HEAD + ENTRY * i;
        if (number_at(entry + OFFSET, 4) + (uint64_t)number_at(entry + LENGTH, 4) > face->n_bytes) return true;
    }
    return false;
}

static bool is_sfnt(const bt_face *face)
{
    static const char begins[][5] = {"\0\1\0\0", "OTTO", "true"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (face->n_bytes >= 12 && memcmp(face->bytes, begins[i], 4) == 0) return true;
    }
    return false;
}

static fault check_tables(bt_face *face)
{
    hb_face_t *hb_face = face->engine->hb_face;
    if (has_table(hb_face, HB_TAG('f', 'v', 'a', 'r')) || has_table(hb_face, HB_TAG('C', 'F', 'F', '2')))
        return refuse(BT_E_FONT_VARIABLE, "");
    if (!is_sfnt(face)) return refuse(BT_E_FONT_BROKEN, "it is no TrueType or OpenType font");
    if (is_cut_short(face)) return refuse(BT_E_FONT_BROKEN, "its end is missing");
    if (!hb_face_get_glyph_count(hb_face)) return refuse(BT_E_FONT_BROKEN, "it has no glyphs");
    if (!has_table(hb_face, HB_TAG('c', 'm', 'a', 'p'))) return refuse(BT_E_FONT_BROKEN, "it has no character map");
    if (!has_table(hb_face, HB_TAG('h', 'm', 't', 'x'))) return refuse(BT_E_FONT_BROKEN, "it has no widths");
    face->is_cff = has_table(hb_face, HB_TAG('C', 'F', 'F', ' '));
    if (!face->is_cff && !has_table(hb_face, HB_TAG('g', 'l', 'y', 'f')))
        return refuse(BT_E_FONT_BROKEN, "it has no outlines for print");
    return no_fault;
}

static fault check_outlines(bt_face *face)
{
    bt_face_engine *engine = face->engine;
    FT_Library library = engine->fonts->ft_library;
    FT_Error error =
        FT_New_Memory_Face(library, face->bytes, (FT_Long)face->n_bytes, (FT_Long)face->index, &engine->ft_face);
    if (error == FT_Err_Out_Of_Memory) return no_memory;
    if (error || !FT_IS_SCALABLE(engine->ft_face)) return refuse(BT_E_FONT_BROKEN, "its tables are damaged");
    FT_Bool is_cid_keyed = 0;
    if (!FT_Get_CID_Is_Internally_CID_Keyed(engine->ft_face, &is_cid_keyed) && is_cid_keyed)
        return refuse(BT_E_FONT_CID, "");
    int upem = engine->ft_face->units_per_EM;
    if (upem < SMALLEST_UPEM || upem > LARGEST_UPEM) return refuse(BT_E_FONT_BROKEN, "its em is out of bounds");
    return no_fault;
}

/* What OS/2 allows. Where it gives several rights, as old fonts do, the least restrictive holds. Preview and print, and
 * editing, allow what bantin does. */
static fault check_licence(const bt_face *face)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face->engine->ft_face, FT_SFNT_OS2);
    if (!os2 || os2->version == 0xFFFF) return no_fault;
    if ((os2->fsType & IS_RESTRICTED) && !(os2->fsType & (MAY_PREVIEW | MAY_EDIT)))
        return refuse(BT_E_FONT_LICENCE, "");
    if (os2->fsType & NO_SUBSET) return refuse(BT_E_FONT_WHOLE_ONLY, "");
    if (os2->fsType & BITMAPS_ONLY) return refuse(BT_E_FONT_BITMAPS_ONLY, "");
    return no_fault;
}

static bool make_hb(bt_face *face)
{
    bt_face_engine *engine = face->engine;
    hb_blob_t *blob =
        hb_blob_create((const char *)face->bytes, (unsigned)face->n_bytes, HB_MEMORY_MODE_READONLY, NULL, NULL);
    engine->hb_face = hb_face_create(blob, face->index);
    engine->hb_font = hb_font_create(engine->hb_face);
    hb_blob_destroy(blob);
    return engine->hb_face != hb_face_get_empty() && engine->hb_font != hb_font_get_empty();
}

static fault find_fault(bt_face *face)
{
    fault found = sniff(face);
    if (found.status == BT_OK && !make_hb(face)) found = no_memory;
    if (found.status == BT_OK) found = check_tables(face);
    if (found.status == BT_OK) found = check_outlines(face);
    if (found.status == BT_OK) found = check_licence(face);
    return found;
}

/* A font file begins with the table of its tables, whose checksums tell one version of a font from another. */
static uint64_t identity_of(const bt_face *face)
{
    enum { HEAD = 1024 };
    bt_str head = {(const char *)face->bytes, face->n_bytes < HEAD ? face->n_bytes : HEAD};
    const uint64_t facts[] = {face->n_bytes, face->index, bt_str_hash(face->postscript_name), bt_str_hash(head)};
    bt_sum sum = {0, 0};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) sum = bt_sum_add(sum, facts[i]);
    return sum.a;
}

static bt_status check(bt_fonts *fonts, bt_diags *diags, bt_face *face, const bt_family *family, const bt_place *at)
{
    fault found = find_fault(face);
    if (found.status == BT_INPUT) {
        bool is_own = family->is_house && found.code == BT_E_FONT_BROKEN;
        bt_diag(diags, is_own ? BT_E_HOUSE_BROKEN : found.code, at,
                BT_ARGS(face->path, bt_say(diags, bt_str_of(found.what)), family->package));
    }
    if (found.status != BT_OK) return found.status;
    measure(face);
    face->postscript_name = postscript_name(&fonts->arena, face->engine->ft_face, face->family);
    face->identity = identity_of(face);
    return BT_OK;
}

bt_status bt_face_open(bt_fonts *fonts, bt_diags *diags, const char *path, const bt_family *family, int style,
                       const bt_place *at, bt_face **opened)
{
    bt_face *face = BT_NEW(&fonts->arena, bt_face);
    bt_face_engine *engine = BT_NEW(&fonts->arena, bt_face_engine);
    if (!face || !engine) return BT_NOMEM;
    engine->fonts = fonts;
    *face = (bt_face){.id = fonts->n_faces,
                      .is_bold = style & BT_BOLD,
                      .is_italic = style & BT_ITALIC,
                      .family = bt_str_copy(&fonts->arena, family->name),
                      .path = bt_str_of(bt_str_z(&fonts->arena, bt_str_of(path))),
                      .engine = engine};
    int error;
    bt_status status = family->is_house ? read_file(fonts, face, path, &error) : map_file(face, path, &error);
    if (status != BT_OK)
        report_unmapped(fonts, diags, path, at, status, error);
    else
        status = check(fonts, diags, face, family, at);
    if (status == BT_OK && fonts->arena.failed) status = BT_NOMEM;
    if (status != BT_OK) {
        bt_face_close(face);
        return status;
    }
    engine->next = fonts->faces;
    fonts->faces = face;
    fonts->n_faces++;
    *opened = face;
    return BT_OK;
}

void bt_face_close(bt_face *face)
{
    bt_face_engine *engine = face->engine;
    for (int i = 0; i < BT_N_PLANS; i++) hb_shape_plan_destroy(engine->plans[i]);
    hb_font_destroy(engine->hb_font);
    hb_face_destroy(engine->lean_face);
    bt_arena_drop(&engine->core_arena);
    hb_face_destroy(engine->hb_face);
    if (engine->ft_face) FT_Done_Face(engine->ft_face);
    if (engine->is_mapped) munmap((void *)(uintptr_t)face->bytes, face->n_bytes);
    *engine = (bt_face_engine){0};
}

/* --- questions --- */

uint16_t bt_face_glyph(const bt_face *face, uint32_t codepoint)
{
    hb_codepoint_t glyph_id = 0;
    if (!hb_font_get_nominal_glyph(face->engine->hb_font, codepoint, &glyph_id) || glyph_id > UINT16_MAX) return 0;
    return (uint16_t)glyph_id;
}

int32_t bt_face_advance(const bt_face *face, uint16_t glyph_id)
{
    return hb_font_get_glyph_h_advance(face->engine->hb_font, glyph_id);
}

void bt_face_glyph_box(const bt_face *face, uint16_t glyph_id, int32_t box[4])
{
    hb_glyph_extents_t extents = {0};
    memset(box, 0, 4 * sizeof *box);
    if (!hb_font_get_glyph_extents(face->engine->hb_font, glyph_id, &extents)) return;
    if (!extents.width && !extents.height) return;
    box[0] = extents.x_bearing;
    box[1] = extents.y_bearing + extents.height;
    box[2] = extents.x_bearing + extents.width;
    box[3] = extents.y_bearing;
}
