/* image.c - the set of pictures: found, told apart, read once, kept until the set is dropped.
 *
 * Every picture has an arena of its own, so that one that could not be read leaves nothing behind. A file that changed
 * is read again; what was read before stays valid, since pages may point at it.
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/inputs.h"
#include "base/limits.h"
#include "image/image_int.h"

#include <errno.h>
#include <sys/stat.h>

enum { N_CHAINS = 1024 };

typedef struct picture picture;
struct picture {
    picture *next;
    bt_arena arena; /* holds this struct too */
    bt_image image;
    uint64_t path_hash;
    int64_t size, seconds, nanoseconds; /* of the file when it was read */
    uint64_t turn;                      /* when it was seen to be as it was then */
    bool has_digest;                    /* somebody listened then */
    bt_digest digest;                   /* of the file */
};

struct bt_images {
    const bt_allocator *allocator;
    uint64_t turn;
    picture *chains[N_CHAINS]; /* by path_hash; the newest first */
};

bt_images *bt_images_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_images *images = bt_alloc_new(allocator, sizeof *images);
    if (!images) return NULL;
    *images = (bt_images){.allocator = allocator};
    return images;
}

void bt_images_drop(bt_images *images)
{
    if (!images) return;
    for (size_t i = 0; i < N_CHAINS; i++) {
        for (picture *next, *one = images->chains[i]; one; one = next) {
            next = one->next;
            bt_arena arena = one->arena;
            bt_arena_drop(&arena);
        }
    }
    bt_alloc_drop(images->allocator, images, sizeof *images);
}

bt_status bt_image_damaged(const bt_image_source *source, bt_str what)
{
    bt_diag(source->diags, BT_E_PICTURE_DAMAGED, source->at, BT_ARGS(source->name, what));
    return BT_INPUT;
}

bt_status bt_image_cut_short(const bt_image_source *source)
{
    bt_diag(source->diags, BT_E_PICTURE_CUT_SHORT, source->at, BT_ARGS(source->name));
    return BT_INPUT;
}

void bt_image_no_profile(const bt_image_source *source, bt_str what)
{
    bt_diag(source->diags, BT_W_PICTURE_PROFILE, source->at, BT_ARGS(source->name, what));
}

bt_status bt_image_set_size(const bt_image_source *source, uint32_t width, uint32_t height, bt_image *out)
{
    if (!width || !height) return bt_image_damaged(source, BT_SAY(source->diags, "its width or height is zero"));
    if ((uint64_t)width * height > BT_LIMIT_IMAGE_PIXELS) {
        bt_str size = bt_str_format(source->scratch, "%u x %u", width, height);
        bt_str most = bt_str_format(source->scratch, "%d", BT_LIMIT_IMAGE_PIXELS / 1000000);
        if (source->scratch->failed) return BT_NOMEM;
        bt_diag(source->diags, BT_E_PICTURE_PIXELS, source->at, BT_ARGS(source->name, size, most));
        return BT_LIMIT;
    }
    /* At 72 ppi a pixel is a point; a strip longer than lengths reach is scaled down as a whole. */
    enum { LONGEST_PT = INT32_MAX / BT_SP_PER_PT };
    uint32_t longest = width > height ? width : height;
    int64_t scale = longest > LONGEST_PT ? longest : LONGEST_PT;
    out->width = width;
    out->height = height;
    out->natural_width = (bt_sp)bt_mul_div((int64_t)width * LONGEST_PT, BT_SP_PER_PT, scale);
    out->natural_height = (bt_sp)bt_mul_div((int64_t)height * LONGEST_PT, BT_SP_PER_PT, scale);
    return BT_OK;
}

static bt_status refuse_kind(const bt_image_source *source, bt_str kind)
{
    if (kind.len)
        bt_diag(source->diags, BT_E_PICTURE_KIND, source->at, BT_ARGS(source->name, bt_say(source->diags, kind)));
    else
        bt_diag(source->diags, BT_E_PICTURE_UNKNOWN, source->at, BT_ARGS(source->name));
    return BT_INPUT;
}

static bt_status refuse_length(const bt_image_source *source)
{
    bt_str most = bt_str_format(source->scratch, "%d", BT_LIMIT_IMAGE_BYTES / (1024 * 1024));
    if (source->scratch->failed) return BT_NOMEM;
    bt_diag(source->diags, BT_E_TOO_LARGE, source->at, BT_ARGS(source->name, most));
    return BT_LIMIT;
}

static bt_status read_by_kind(const bt_image_source *source, bt_image *out)
{
    if (source->bytes.len > BT_LIMIT_IMAGE_BYTES) return refuse_length(source);
    if (!source->bytes.len) {
        bt_diag(source->diags, BT_E_PICTURE_EMPTY, source->at, BT_ARGS(source->name));
        return BT_INPUT;
    }
    bt_str kind = bt_image_sniff(source->bytes);
    if (bt_str_is(kind, "PNG")) return bt_image_read_png(source, out);
    if (bt_str_is(kind, "JPEG")) return bt_image_read_jpeg(source, out);
    if (bt_str_is(kind, "SVG")) return bt_image_read_svg(source, out);
    return refuse_kind(source, kind);
}

bt_status bt_image_read(bt_arena *arena, bt_diags *diags, bt_str name, bt_str bytes, const bt_place *at, bt_image *out)
{
    bt_arena scratch = bt_arena_over(arena->allocator);
    bt_image_source source = {
        .arena = arena, .scratch = &scratch, .diags = diags, .at = at, .name = name, .bytes = bytes};
    bt_image image = {.path = name, .hash = bt_str_hash(bytes), .encoded = BT_STR(""), .profile = BT_STR("")};
    bt_status status = read_by_kind(&source, &image);
    if (status == BT_OK && arena->failed) status = BT_NOMEM;
    *out = status == BT_OK ? image : (bt_image){.path = BT_STR(""), .encoded = BT_STR(""), .profile = BT_STR("")};
    bt_arena_drop(&scratch);
    return status;
}

/* In an article's Markdown file, a path as the bundle would write it: as it must be written there; else empty. */
static bt_str from_article(const bt_image_source *source)
{
    if (!source->at || bt_str_ends(source->at->file, BT_STR(".json"))) return BT_STR("");
    bt_str here = bt_path_dir(source->scratch, source->at->file);
    bt_str begin = bt_str_join(source->scratch, here, BT_STR("/"));
    if (!bt_str_starts(source->name, begin)) return BT_STR("");
    bt_str rest = bt_str_slice(source->name, begin.len, source->name.len);
    bt_str beside = bt_path_join(source->scratch, bt_path_dir(source->scratch, here), rest);
    return beside.len && bt_file_exists(beside.ptr) ? bt_str_join(source->scratch, BT_STR("../"), rest) : BT_STR("");
}

static bt_status missing(const bt_image_source *source)
{
    static const bt_str extensions[] = {BT_STR_INIT(".png"), BT_STR_INIT(".jpg"), BT_STR_INIT(".jpeg"),
                                        BT_STR_INIT(".svg")};
    bt_str meant = bt_path_meant(source->scratch, source->name, extensions, sizeof extensions / sizeof *extensions);
    if (!meant.len) meant = from_article(source);
    bool reads_same = meant.len && bt_path_reads_same(source->scratch, source->name, meant);
    if (source->scratch->failed) return BT_NOMEM;
    if (reads_same)
        bt_diag(source->diags, BT_E_NAME_APART, source->at, BT_ARGS(source->name));
    else if (meant.len)
        bt_diag(source->diags, BT_E_PICTURE_MISNAMED, source->at, BT_ARGS(source->name, meant));
    else
        bt_diag(source->diags, BT_E_PICTURE_MISSING, source->at, BT_ARGS(source->name));
    return BT_INPUT;
}

/* Why a file could not be read. */
static bt_status unread(const bt_image_source *source, bt_status status, int error)
{
    if (status == BT_LIMIT) return refuse_length(source);
    bt_inputs_note_absent(source->diags, source->name);
    if (error == ENOENT || error == ENOTDIR) return missing(source);
    bt_str words = bt_file_error(source->diags, source->scratch, error);
    if (source->scratch->failed) return BT_NOMEM;
    bt_diag(source->diags, BT_E_READ, source->at, BT_ARGS(source->name, words));
    return status;
}

/* Reads path into a picture that holds its own arena. about: the file as it was before it was read. */
static bt_status read_picture(bt_images *images, bt_diags *diags, const char *path, const bt_place *at,
                              const struct stat *about, picture **fresh)
{
    bt_arena file = bt_arena_over(images->allocator), arena = bt_arena_over(images->allocator);
    picture *one = BT_NEW(&arena, picture);
    bt_str name = bt_str_copy(&arena, bt_str_of(path)), bytes;
    int error;
    bt_status status = arena.failed ? BT_NOMEM : bt_file_read(&file, path, BT_LIMIT_IMAGE_BYTES, &bytes, &error);
    if (status == BT_OK) {
        one->has_digest = bt_inputs_are_heard(diags);
        if (one->has_digest) one->digest = bt_digest_of(bytes.ptr, bytes.len);
        if (one->has_digest) bt_inputs_note_digest(diags, name, &one->digest);
        status = bt_image_read(&arena, diags, name, bytes, at, &one->image);
    } else if (status != BT_NOMEM) {
        bt_image_source source = {.scratch = &file, .diags = diags, .at = at, .name = name};
        status = unread(&source, status, error);
    }
    bt_arena_drop(&file);
    if (status != BT_OK) {
        bt_arena_drop(&arena);
        return status;
    }
    one->path_hash = bt_str_hash(name);
    one->size = about->st_size;
    one->seconds = about->st_mtim.tv_sec;
    one->nanoseconds = about->st_mtim.tv_nsec;
    one->turn = images->turn;
    one->arena = arena;
    *fresh = one;
    return BT_OK;
}

void bt_images_look_again(bt_images *images) { images->turn++; }

/* The picture that was found in this turn already. */
static const picture *find_seen(const bt_images *images, const picture *one, bt_str path, uint64_t path_hash)
{
    for (; one; one = one->next)
        if (one->turn == images->turn && one->path_hash == path_hash && bt_str_equal(one->image.path, path)) return one;
    return NULL;
}

static picture *find(picture *one, bt_str path, uint64_t path_hash, const struct stat *about)
{
    for (; one; one = one->next) {
        if (one->path_hash == path_hash && one->size == about->st_size && one->seconds == about->st_mtim.tv_sec &&
            one->nanoseconds == about->st_mtim.tv_nsec && bt_str_equal(one->image.path, path)) {
            return one;
        }
    }
    return NULL;
}

bt_status bt_image_load(bt_images *images, bt_diags *diags, const char *path, const bt_place *at,
                        const bt_image **image)
{
    *image = NULL;
    if (!path[0]) return BT_NOMEM;
    struct stat about = {0}; /* a file that cannot be looked at cannot be read either, which is reported then */
    uint64_t path_hash = bt_str_hash(bt_str_of(path));
    picture **chain = &images->chains[path_hash % N_CHAINS];
    const picture *seen = find_seen(images, *chain, bt_str_of(path), path_hash);
    if (seen) {
        *image = &seen->image;
        return BT_OK;
    }
    if (stat(path, &about) == 0) {
        picture *known = find(*chain, bt_str_of(path), path_hash, &about);
        if (known && (known->has_digest || !bt_inputs_are_heard(diags))) {
            if (known->has_digest) bt_inputs_note_digest(diags, known->image.path, &known->digest);
            known->turn = images->turn;
            *image = &known->image;
            return BT_OK;
        }
    }
    picture *fresh;
    bt_status status = read_picture(images, diags, path, at, &about, &fresh);
    if (status != BT_OK) return status;
    fresh->next = *chain;
    *chain = fresh;
    *image = &fresh->image;
    return BT_OK;
}
