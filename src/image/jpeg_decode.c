/* jpeg_decode.c - libjpeg behind a reader of rows. Whatever libjpeg finds wrong ends the reading, once and for all.
 *
 * What libjpeg calls a warning and goes on with (it fills the rest of a picture cut short with gray) is kept apart:
 * the rows are given, and bt_jpeg_flaw tells.
 */
#include "image/image_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

/* Of a progressive file; real ones have about ten. A small file can hold thousands, each of which costs a pass over the
 * whole picture. */
enum { MOST_SCANS = 200 };

struct bt_jpeg {
    struct jpeg_error_mgr errors; /* first: libjpeg knows the reader by it */
    jmp_buf jump;
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    bt_str bytes;
    bt_image_space space;
    uint32_t shrink;
    uint8_t *row;
    bool is_over; /* something failed */
    int trouble_code;
    char trouble[JMSG_LENGTH_MAX];
    bt_jpeg_flaw flaw;
};

/* libjpeg's error_exit may not return; this is the one place with a setjmp, for the same reason and under the same
 * rules as in png.c: no state here, a step's state in the reader, memory in arenas or libjpeg's own pools. */
static bool attempt(bt_jpeg *reader, void (*step)(bt_jpeg *reader))
{
    if (reader->is_over) return false;
    if (setjmp(reader->jump)) {
        reader->is_over = true;
        return false;
    }
    step(reader);
    return true;
}

static void on_error(j_common_ptr jpeg)
{
    bt_jpeg *reader = (bt_jpeg *)(void *)jpeg->err;
    reader->trouble_code = jpeg->err->msg_code;
    jpeg->err->format_message(jpeg, reader->trouble);
    longjmp(reader->jump, 1);
}

/* Of libjpeg's warnings those tell of pixels that are not the picture's. */
static void on_warning(j_common_ptr jpeg, int level)
{
    bt_jpeg *reader = (bt_jpeg *)(void *)jpeg->err;
    if (level >= 0) return;
    switch (jpeg->err->msg_code) {
    case JWRN_JPEG_EOF:
        reader->flaw = BT_JPEG_CUT_SHORT;
        break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
        if (!reader->flaw) reader->flaw = BT_JPEG_DAMAGED;
        break;
    default:
        break;
    }
}

static void on_message(j_common_ptr jpeg) { (void)jpeg; }

static void on_progress(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)(void *)jpeg)->input_scan_number > MOST_SCANS) ERREXIT(jpeg, JERR_BAD_PROGRESSION);
}

static void read_header(bt_jpeg *reader)
{
    jpeg_create_decompress(&reader->jpeg);
    jpeg_mem_src(&reader->jpeg, (const unsigned char *)reader->bytes.ptr, (unsigned long)reader->bytes.len);
    jpeg_read_header(&reader->jpeg, TRUE);
    reader->progress.progress_monitor = on_progress;
    reader->jpeg.progress = &reader->progress;
}

static void start(bt_jpeg *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    jpeg->out_color_space = reader->space == BT_SPACE_GRAY  ? JCS_GRAYSCALE
                            : reader->space == BT_SPACE_RGB ? JCS_RGB
                                                            : JCS_CMYK;
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->scale_num = 1;
    jpeg->scale_denom = reader->shrink;
    jpeg_start_decompress(jpeg);
}

static void read_row(bt_jpeg *reader)
{
    JSAMPROW row = reader->row;
    if (!jpeg_read_scanlines(&reader->jpeg, &row, 1)) ERREXIT(&reader->jpeg, JERR_INPUT_EMPTY);
}

bt_jpeg *bt_jpeg_open(bt_arena *arena, bt_str bytes)
{
    bt_jpeg *reader = BT_NEW(arena, bt_jpeg);
    if (!reader) return NULL;
    reader->bytes = bytes;
    reader->jpeg.err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = on_error;
    reader->errors.emit_message = on_warning;
    reader->errors.output_message = on_message;
    attempt(reader, read_header);
    return reader;
}

bool bt_jpeg_start(bt_jpeg *reader, bt_image_space space, uint32_t shrink)
{
    reader->space = space;
    reader->shrink = shrink;
    return attempt(reader, start);
}

uint32_t bt_jpeg_width(const bt_jpeg *reader) { return reader->jpeg.output_width; }
uint32_t bt_jpeg_height(const bt_jpeg *reader) { return reader->jpeg.output_height; }

bool bt_jpeg_row(bt_jpeg *reader, uint8_t *row)
{
    reader->row = row;
    return attempt(reader, read_row);
}

bt_jpeg_flaw bt_jpeg_flaw_of(const bt_jpeg *reader) { return reader->flaw; }

bool bt_jpeg_is_well(const bt_jpeg *reader) { return !reader->is_over; }

bt_status bt_jpeg_why(const bt_jpeg *reader, const bt_image_source *source)
{
    if (reader->trouble_code == JERR_OUT_OF_MEMORY) return BT_NOMEM;
    return bt_image_damaged(source, bt_say_foreign(source->diags, bt_str_of(reader->trouble)));
}

void bt_jpeg_close(bt_jpeg *reader)
{
    if (reader) jpeg_destroy_decompress(&reader->jpeg);
}
