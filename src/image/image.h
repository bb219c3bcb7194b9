/* image.h - pictures: PNG, JPEG and a static subset of SVG, read under limits.
 *
 * A bt_image is what the page places and the PDF writes; it is immutable and lives as long as its set. Nothing here is
 * scaled or cropped: that is the page's.
 *
 * JPEG: the file is checked and its own bytes are kept (`encoded`), APP14 tells whether CMYK is inverted, EXIF how it
 * is to be turned. PNG: decoded to 8-bit gray or RGB samples, with alpha apart; 16-bit, palette, interlaced and tRNS
 * files included. A colour profile in the file is kept as bytes. SVG: see svg.c for the subset.
 */
#ifndef BT_IMAGE_H
#define BT_IMAGE_H

#include "base/diag.h"
#include "base/unit.h"

typedef enum bt_image_kind {
    BT_IMAGE_SAMPLES, /* 8-bit samples, rows from the top, no padding */
    BT_IMAGE_JPEG,    /* a JPEG file, passed through */
    BT_IMAGE_VECTOR,  /* SVG */
} bt_image_kind;

typedef enum bt_image_space {
    BT_SPACE_GRAY = 1,
    BT_SPACE_RGB = 3,
    BT_SPACE_CMYK = 4
} bt_image_space; /* value: samples a pixel */

typedef enum bt_path_op { BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_CURVE, BT_PATH_CLOSE } bt_path_op; /* 1, 1, 3, 0 points */

/* A path's shape: which points its operations take is said above. What is short of points or operations ends there. */
typedef struct bt_outline {
    const uint8_t *ops; /* bt_path_op */
    uint32_t n_ops;
    const bt_sp *points; /* x, y pairs */
    uint32_t n_points;   /* pairs */
} bt_outline;

/* 8-bit sRGB as SVG gives it, or CMYK in hundredths of a percent by device-cmyk(). */
typedef struct bt_paint {
    enum { BT_PAINT_NONE, BT_PAINT_RGB, BT_PAINT_CMYK } kind;
    uint16_t v[4];
    uint16_t opacity; /* 0..10000 */
} bt_paint;

/* One filled and/or stroked path. Coordinates: sp in the picture's own space, origin top left, y down; transforms
 * applied. */
typedef struct bt_vector_path {
    const uint8_t *ops; /* bt_path_op */
    uint32_t n_ops;
    const bt_sp *points; /* x, y pairs */
    uint32_t n_points;   /* pairs */
    bt_paint fill, stroke;
    bt_sp stroke_width;
    bool is_even_odd;
    uint8_t cap, join;    /* as PDF numbers them: 0 butt/miter, 1 round, 2 square/bevel */
    uint16_t miter_limit; /* hundredths */
} bt_vector_path;

typedef struct bt_image {
    bt_image_kind kind;
    bt_str path;                         /* as found */
    uint32_t width, height;              /* pixels, upright; VECTOR: 0 */
    bt_sp natural_width, natural_height; /* VECTOR: viewport size; else pixels at 72 ppi, both
                                            scaled down alike where a side has more than 32767 */
    bt_image_space space;                /* SAMPLES, JPEG */
    bool is_inverted;                    /* JPEG CMYK as Adobe writes it */
    uint8_t orientation;                 /* JPEG: how the file's rows lie in the upright picture, as EXIF numbers it:
                                            1 upright, 3 upside down, 6 its top at the right, 8 at the left; 2, 4, 5 and
                                            7 are those mirrored. Others: 0 */
    const uint8_t *samples;              /* SAMPLES: width * height * space bytes */
    const uint8_t *alpha;                /* SAMPLES: width * height bytes; NULL: opaque */
    bt_str encoded;                      /* JPEG: the file */
    bt_str profile;                      /* RGB: the ICC profile in the file, not yet looked at; empty: it is sRGB */
    const bt_vector_path *paths;         /* VECTOR, in drawing order */
    uint32_t n_paths;
    uint64_t hash;    /* of the file's bytes */
    bool is_stand_in; /* there is no such picture: this one stands in its place in a proof */
} bt_image;

/* Pictures by path, each read once. Lives across jobs; a zeroed one over an allocator is ready. */
typedef struct bt_images bt_images;
bt_images *bt_images_new(const bt_allocator *allocator); /* NULL without memory */
void bt_images_drop(bt_images *images);
/* Begins a job: the files may have changed. Until the next one each is looked at once. */
void bt_images_look_again(bt_images *images);

/* Reads a picture, or finds it where it was read before (path, size and modification time unchanged). at: the value
 * that names it, for messages. Status: BT_INPUT (missing, broken, unknown kind, SVG beyond the subset), BT_LIMIT, BT_IO
 * (no permission, a folder), BT_NOMEM (also for a path of no length: there was no memory for it); all but BT_NOMEM are
 * reported. */
bt_status bt_image_load(bt_images *images, bt_diags *diags, const char *path, const bt_place *at,
                        const bt_image **image);

/* The same; but what cannot be read is told as a warning (once, where diags takes notes), and a gray ground of 3 to 2
 * stands in its place: it lives in arena, and the set does not know of it. BT_NOMEM, or BT_INTERNAL. */
bt_status bt_image_load_or_stand_in(bt_images *images, bt_arena *arena, bt_diags *diags, const char *path,
                                    const bt_place *at, const bt_image **image);

/* Pixels as they are stored: of a JPEG on its side width and height are exchanged. */
enum { BT_FIRST_ON_SIDE = 5 }; /* orientation */
uint32_t bt_image_stored_width(const bt_image *image);
uint32_t bt_image_stored_height(const bt_image *image);

/* Reads a JPEG's or SAMPLES' rows as they are stored, from the first: gray, RGB, or CMYK with 255 for all of an ink.
 * Lives in arena; close it at the end. NULL: no memory. */
typedef struct bt_image_rows bt_image_rows;
bt_image_rows *bt_image_rows_open(bt_arena *arena, const bt_image *image);
/* The next row, valid until the next call; NULL: it cannot be read. */
const uint8_t *bt_image_rows_next(bt_image_rows *rows);
void bt_image_rows_close(bt_image_rows *rows);

/* Writes a JPEG row by row: without chroma subsampling, CMYK inverted and marked as Adobe does. Lives in arena. */
typedef struct bt_jpeg_writer bt_jpeg_writer;
bt_jpeg_writer *bt_jpeg_begin(bt_arena *arena, uint32_t width, uint32_t height, bt_image_space space, int quality);
void bt_jpeg_add(bt_jpeg_writer *writer, const uint8_t *row); /* CMYK: 255 is all of an ink */
bool bt_jpeg_end(bt_jpeg_writer *writer, bt_str *file);       /* false: no memory */

/* libpng, libjpeg and expat; libjpeg tells only with which version it was compiled. */
enum { BT_N_IMAGE_LIBRARIES = 3 };
void bt_image_libraries(bt_library libraries[BT_N_IMAGE_LIBRARIES]);

#endif
