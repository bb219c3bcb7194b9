/* picture.c - see picture.h. */
#include "pdf/picture.h"

#include "base/limits.h"
#include "pdf/cache.h"
#include "pdf/samples.h"

enum { JPEG_QUALITY = 95 };

typedef enum way { AS_IT_IS, MEASURED, TO_CMYK, TO_BLACK } way;

typedef struct entry entry;
struct entry {
    entry *next;
    bt_arena arena; /* holds this struct too */
    bt_picture picture;
    uint64_t image_hash, output_hash;
    uint32_t width, height;
    way way;
    int32_t ink_limit;
    uint64_t job; /* the last that used it */
    size_t n_bytes;
};

struct bt_pictures {
    const bt_allocator *allocator;
    bt_colors *colors;
    bt_deflater *deflater;
    entry *first;
    uint64_t job;
    size_t n_bytes, most_bytes;
};

/* --- the set --- */

bt_pictures *bt_pictures_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_pictures *pictures = bt_alloc_new(allocator, sizeof *pictures);
    if (!pictures) return NULL;
    *pictures = (bt_pictures){.allocator = allocator, .most_bytes = BT_LIMIT_PICTURE_CACHE_BYTES};
    pictures->colors = bt_colors_new(allocator);
    pictures->deflater = bt_deflater_new(false);
    if (pictures->colors && pictures->deflater) return pictures;
    bt_pictures_drop(pictures);
    return NULL;
}

static void drop_entry(bt_pictures *pictures, entry **link)
{
    entry *one = *link;
    *link = one->next;
    pictures->n_bytes -= one->n_bytes;
    bt_arena arena = one->arena;
    bt_arena_drop(&arena);
}

void bt_pictures_drop(bt_pictures *pictures)
{
    if (!pictures) return;
    while (pictures->first) drop_entry(pictures, &pictures->first);
    bt_colors_drop(pictures->colors);
    bt_deflater_drop(pictures->deflater);
    bt_alloc_drop(pictures->allocator, pictures, sizeof *pictures);
}

bt_colors *bt_pictures_colors(bt_pictures *pictures) { return pictures->colors; }

void bt_pictures_keep(bt_pictures *pictures, size_t most_bytes) { pictures->most_bytes = most_bytes; }

size_t bt_pictures_bytes(const bt_pictures *pictures) { return pictures->n_bytes; }

void bt_pictures_begin(bt_pictures *pictures)
{
    pictures->job++;
    bt_colors_trim(pictures->colors);
    while (pictures->first && pictures->n_bytes > pictures->most_bytes) {
        entry **oldest = &pictures->first;
        for (entry **link = &pictures->first; *link; link = &(*link)->next)
            if ((*link)->job <= (*oldest)->job) oldest = link;
        drop_entry(pictures, oldest);
    }
}

static entry *find(bt_pictures *pictures, const entry *like)
{
    for (entry *one = pictures->first; one; one = one->next)
        if (one->image_hash == like->image_hash && one->output_hash == like->output_hash && one->way == like->way &&
            one->ink_limit == like->ink_limit && one->width == like->width && one->height == like->height)
            return one;
    return NULL;
}

/* --- making one --- */

typedef struct making {
    bt_pictures *pictures;
    const bt_picture_wanted *wanted;
    const bt_image *image;
    const bt_conversion *conversion; /* NULL: none */
    bt_arena scratch;
    bt_arena *arena; /* of what is kept */
    bt_picture *out;
    uint32_t width, height; /* as stored */
} making;

/* Looks at all rows until one of them ends it. Reads them in an arena of its own, for looking may add to the others.
 * BT_INPUT: a row cannot be read. */
static bt_status each_row(making *m, bool (*look)(making *m, const uint8_t *row, void *user), void *user)
{
    bt_arena arena = bt_arena_over(m->pictures->allocator);
    bt_image_rows *rows = bt_image_rows_open(&arena, m->image);
    bt_status status = rows ? BT_OK : BT_NOMEM;
    for (uint32_t y = 0; status == BT_OK && y < m->height; y++) {
        const uint8_t *row = bt_image_rows_next(rows);
        if (!row) status = BT_INPUT;
        if (row && !look(m, row, user)) break;
    }
    bt_image_rows_close(rows);
    bt_arena_drop(&arena);
    return status;
}

/* Differences that JPEG makes of gray, and that nobody sees. */
static bool is_row_gray(making *m, const uint8_t *row, void *user)
{
    enum { UNSEEN = 2 };
    for (uint32_t x = 0; x < m->width; x++, row += 3) {
        int least = row[0], most = row[0];
        for (int i = 1; i < 3; i++) {
            if (row[i] < least) least = row[i];
            if (row[i] > most) most = row[i];
        }
        if (most - least > UNSEEN) return *(bool *)user = false;
    }
    return true;
}

static bool is_row_black(making *m, const uint8_t *row, void *user)
{
    for (uint32_t x = 0; x < m->width; x++, row += 4)
        if (row[0] || row[1] || row[2]) return *(bool *)user = false;
    return true;
}

/* --- how much ink --- */

enum { MOST_INK = 400 };
typedef struct ink_count {
    uint64_t n[MOST_INK + 1]; /* pixels by percent of ink, rounded down */
} ink_count;

static bool count_row(making *m, const uint8_t *row, void *user)
{
    ink_count *count = user;
    for (uint32_t x = 0; x < m->width; x++, row += 4)
        count->n[((uint32_t)row[0] + row[1] + row[2] + row[3]) * 100 / 255]++;
    return true;
}

/* Presses do not mind a few percent, nor specks: 5 percent and a thousandth of the area. */
static bt_ink_use use_of(const ink_count *count, uint64_t n_pixels, int32_t limit)
{
    enum { TOLERANCE = 5 };
    bt_ink_use use = {0};
    uint64_t n = 0, n_over = 0;
    for (int32_t percent = MOST_INK; percent >= 0; percent--) {
        n += count->n[percent];
        if (percent > limit + TOLERANCE) n_over = n;
        if (!use.most && n * 1000 >= n_pixels) use.most = (uint32_t)percent;
    }
    use.per_mille = (uint32_t)(n_over * 1000 / n_pixels);
    return use;
}

static bt_status measure(making *m)
{
    ink_count *count = BT_NEW(&m->scratch, ink_count);
    if (!count) return BT_NOMEM;
    bt_status status = each_row(m, count_row, count);
    if (status == BT_OK) m->out->ink = use_of(count, (uint64_t)m->width * m->height, m->wanted->ink_limit);
    return status;
}

/* --- converting --- */

typedef struct sink {
    bt_jpeg_writer *jpeg;
    uint8_t *row;     /* for the JPEG */
    uint8_t *samples; /* else where the next row goes */
    bool keeps_black; /* the black of CMYK alone */
} sink;

static void convert_row(const making *m, const sink *to, const uint8_t *row, uint8_t *out)
{
    if (to->keeps_black)
        for (uint32_t x = 0; x < m->width; x++) out[x] = row[4 * x + 3];
    else
        bt_color_row(m->conversion, row, out, m->width);
    if (m->out->space != BT_SPACE_GRAY) return;
    for (uint32_t x = 0; x < m->width; x++) out[x] = (uint8_t)(255 - out[x]);
}

static bool put_row(making *m, const uint8_t *row, void *user)
{
    sink *to = user;
    uint8_t *out = to->jpeg ? to->row : to->samples;
    convert_row(m, to, row, out);
    if (to->jpeg)
        bt_jpeg_add(to->jpeg, out);
    else
        to->samples += (size_t)m->width * m->out->space;
    return true;
}

/* The file grows in an arena of its own, which goes as soon as it is whole. */
static bt_status convert_jpeg(making *m, sink *to)
{
    bt_arena arena = bt_arena_over(m->pictures->allocator);
    to->row = bt_arena_array(&arena, m->width, m->out->space);
    to->jpeg = bt_jpeg_begin(&arena, m->width, m->height, m->out->space, JPEG_QUALITY);
    bt_status status = to->row && to->jpeg ? each_row(m, put_row, to) : BT_NOMEM;
    bt_str file = BT_STR("");
    bool is_written = to->jpeg && bt_jpeg_end(to->jpeg, &file);
    if (status == BT_OK && !is_written) status = BT_NOMEM;
    m->out->is_jpeg = true;
    m->out->is_inverted = true;
    if (status == BT_OK) m->out->body = bt_str_copy(m->arena, file);
    bt_arena_drop(&arena);
    return status;
}

static bt_str deflate(making *m, const uint8_t *samples, size_t pixel)
{
    return bt_samples_deflate(m->pictures->deflater, &m->scratch, m->arena, samples, m->width, m->height, pixel);
}

static bt_status convert_samples(making *m, sink *to)
{
    uint8_t *samples = bt_arena_array(&m->scratch, (size_t)m->width * m->height, m->out->space);
    if (!samples) return BT_NOMEM;
    to->samples = samples;
    bt_status status = each_row(m, put_row, to);
    m->out->is_inverted = m->out->space == BT_SPACE_GRAY;
    if (status == BT_OK) m->out->body = deflate(m, samples, m->out->space);
    return status;
}

static bt_status find_conversion(making *m, bt_conversion_kind kind)
{
    bt_conversion_wanted wanted = {.from = m->image->space,
                                   .source = m->image->space == BT_SPACE_RGB ? m->image->profile : BT_STR(""),
                                   .output = m->wanted->output,
                                   .kind = kind,
                                   .ink_limit = m->wanted->ink_limit};
    bt_status status = bt_colors_find(m->pictures->colors, &wanted, &m->conversion);
    if (status != BT_INPUT || !wanted.source.len) return status;
    m->out->has_odd_profile = true;
    wanted.source = BT_STR("");
    return bt_colors_find(m->pictures->colors, &wanted, &m->conversion);
}

static bt_status convert(making *m, way how)
{
    bool is_gray = how == TO_CMYK, keeps_black = m->image->space == BT_SPACE_CMYK;
    bt_status status = BT_OK;
    if (is_gray) status = each_row(m, is_row_gray, &is_gray);
    if (status == BT_OK && keeps_black) status = each_row(m, is_row_black, &keeps_black);
    bt_conversion_kind kind = how == TO_BLACK || is_gray ? BT_TO_BLACK : BT_TO_CMYK;
    if (status == BT_OK) status = find_conversion(m, kind);
    if (status != BT_OK) return status;
    m->out->space = kind == BT_TO_BLACK ? BT_SPACE_GRAY : BT_SPACE_CMYK;
    sink to = {.keeps_black = keeps_black};
    return m->image->kind == BT_IMAGE_JPEG ? convert_jpeg(m, &to) : convert_samples(m, &to);
}

static bt_status keep(making *m)
{
    const bt_image *image = m->image;
    bt_picture *out = m->out;
    out->space = image->space;
    out->is_jpeg = image->kind == BT_IMAGE_JPEG;
    out->is_inverted = image->space == BT_SPACE_GRAY || image->is_inverted;
    out->body = out->is_jpeg ? image->encoded : deflate(m, image->samples, image->space);
    if (image->space != BT_SPACE_RGB) return BT_OK;
    bool has_profile = image->profile.len;
    out->has_odd_profile = has_profile && !bt_colors_can_embed(m->pictures->colors, image->profile);
    out->profile = has_profile && !out->has_odd_profile ? image->profile : bt_colors_srgb(m->pictures->colors);
    return BT_OK;
}

static way way_of(const bt_picture_wanted *wanted)
{
    bt_image_space space = wanted->image->space;
    if (!wanted->output || space == BT_SPACE_GRAY) return AS_IT_IS;
    if (wanted->is_black_alone) return TO_BLACK;
    if (!wanted->is_press) return AS_IT_IS;
    return space == BT_SPACE_RGB ? TO_CMYK : MEASURED;
}

static bt_status make(making *m, way how)
{
    bt_status status = how == TO_CMYK || how == TO_BLACK ? convert(m, how) : keep(m);
    if (status == BT_OK && how == MEASURED) status = measure(m);
    if (status == BT_OK && m->image->alpha) m->out->alpha = deflate(m, m->image->alpha, 1);
    if (status == BT_OK && (m->arena->failed || m->scratch.failed)) status = BT_NOMEM;
    return status;
}

static uint64_t hash_of(const entry *one)
{
    const uint64_t from[] = {one->image_hash, one->output_hash, (uint64_t)one->width << 32 | one->height,
                             (uint64_t)one->way << 32 | (uint32_t)one->ink_limit};
    return bt_str_hash((bt_str){(const char *)from, sizeof from});
}

bt_status bt_picture_make(bt_pictures *pictures, const bt_picture_wanted *wanted, const bt_picture **picture)
{
    const bt_image *image = wanted->image;
    way how = way_of(wanted);
    entry like = {.image_hash = image->hash,
                  .output_hash = how == AS_IT_IS ? 0 : wanted->output->hash,
                  .width = image->width,
                  .height = image->height,
                  .way = how,
                  .ink_limit = how == AS_IT_IS || how == TO_BLACK ? 0 : wanted->ink_limit,
                  .job = pictures->job};
    entry *known = find(pictures, &like);
    if (!known) {
        like.arena = bt_arena_over(pictures->allocator);
        like.picture = (bt_picture){.body = BT_STR(""), .alpha = BT_STR(""), .profile = BT_STR("")};
        making m = {.pictures = pictures,
                    .wanted = wanted,
                    .image = image,
                    .scratch = bt_arena_over(pictures->allocator),
                    .arena = &like.arena,
                    .out = &like.picture,
                    .width = bt_image_stored_width(image),
                    .height = bt_image_stored_height(image)};
        known = BT_NEW(&like.arena, entry);
        bt_status status = known ? make(&m, how) : BT_NOMEM;
        bt_arena_drop(&m.scratch);
        if (status != BT_OK) {
            bt_arena_drop(&like.arena);
            return status;
        }
        bool is_borrowed = like.picture.is_jpeg && (how == AS_IT_IS || how == MEASURED);
        like.n_bytes = sizeof like + (is_borrowed ? 0 : like.picture.body.len) + like.picture.alpha.len;
        like.picture.hash = hash_of(&like);
        like.next = pictures->first;
        *known = like;
        pictures->first = known;
        pictures->n_bytes += like.n_bytes;
    }
    known->job = pictures->job;
    *picture = &known->picture;
    return BT_OK;
}
