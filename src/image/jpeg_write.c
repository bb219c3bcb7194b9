/* jpeg_write.c - rows become a JPEG file, by libjpeg: baseline, every component at full resolution. */
#include "image/image_int.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

enum { PIECE = 64 * 1024 };

struct bt_jpeg_writer {
    struct jpeg_error_mgr errors; /* first: libjpeg knows the writer by it */
    jmp_buf jump;
    struct jpeg_compress_struct jpeg;
    struct jpeg_destination_mgr sink;
    bt_arena *arena;
    bt_buf file;
    uint8_t *piece;
    bt_image_space space;
    uint32_t width, height;
    int quality;
    uint8_t *row;
    bool is_over;
};

/* As in jpeg_decode.c. */
static bool attempt(bt_jpeg_writer *writer, void (*step)(bt_jpeg_writer *writer))
{
    if (writer->is_over) return false;
    if (setjmp(writer->jump)) {
        writer->is_over = true;
        return false;
    }
    step(writer);
    return true;
}

static void on_error(j_common_ptr jpeg) { longjmp(((bt_jpeg_writer *)(void *)jpeg->err)->jump, 1); }

static void on_message(j_common_ptr jpeg) { (void)jpeg; }

static void on_warning(j_common_ptr jpeg, int level)
{
    (void)jpeg;
    (void)level;
}

static void start_piece(j_compress_ptr jpeg)
{
    bt_jpeg_writer *writer = (bt_jpeg_writer *)(void *)jpeg->err;
    writer->sink.next_output_byte = writer->piece;
    writer->sink.free_in_buffer = PIECE;
}

static boolean end_piece(j_compress_ptr jpeg)
{
    bt_jpeg_writer *writer = (bt_jpeg_writer *)(void *)jpeg->err;
    bt_buf_add(&writer->file, (bt_str){(const char *)writer->piece, PIECE});
    start_piece(jpeg);
    return TRUE;
}

static void end_file(j_compress_ptr jpeg)
{
    bt_jpeg_writer *writer = (bt_jpeg_writer *)(void *)jpeg->err;
    bt_buf_add(&writer->file, (bt_str){(const char *)writer->piece, PIECE - writer->sink.free_in_buffer});
}

/* YCCK deflates colour's likeness to gray; libjpeg takes CMYK for it as Adobe has it, 255 for no ink. */
static void start(bt_jpeg_writer *writer)
{
    struct jpeg_compress_struct *jpeg = &writer->jpeg;
    jpeg_create_compress(jpeg);
    jpeg->dest = &writer->sink;
    jpeg->image_width = writer->width;
    jpeg->image_height = writer->height;
    jpeg->input_components = (int)writer->space;
    jpeg->in_color_space = writer->space == BT_SPACE_GRAY  ? JCS_GRAYSCALE
                           : writer->space == BT_SPACE_RGB ? JCS_RGB
                                                           : JCS_CMYK;
    jpeg_set_defaults(jpeg);
    if (writer->space == BT_SPACE_CMYK) jpeg_set_colorspace(jpeg, JCS_YCCK);
    jpeg_set_quality(jpeg, writer->quality, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    for (int i = 0; i < jpeg->num_components; i++)
        jpeg->comp_info[i].h_samp_factor = jpeg->comp_info[i].v_samp_factor = 1;
    jpeg_start_compress(jpeg, TRUE);
}

static void write_row(bt_jpeg_writer *writer)
{
    JSAMPROW row = writer->row;
    jpeg_write_scanlines(&writer->jpeg, &row, 1);
}

static void finish(bt_jpeg_writer *writer) { jpeg_finish_compress(&writer->jpeg); }

bt_jpeg_writer *bt_jpeg_begin(bt_arena *arena, uint32_t width, uint32_t height, bt_image_space space, int quality)
{
    bt_jpeg_writer *writer = BT_NEW(arena, bt_jpeg_writer);
    if (!writer) return NULL;
    *writer = (bt_jpeg_writer){
        .arena = arena, .file = bt_buf_in(arena), .space = space, .width = width, .height = height, .quality = quality};
    writer->piece = bt_arena_alloc(arena, PIECE);
    writer->row = bt_arena_array(arena, width, space);
    writer->jpeg.err = jpeg_std_error(&writer->errors);
    writer->errors.error_exit = on_error;
    writer->errors.emit_message = on_warning;
    writer->errors.output_message = on_message;
    writer->sink.init_destination = start_piece;
    writer->sink.empty_output_buffer = end_piece;
    writer->sink.term_destination = end_file;
    writer->is_over = !writer->piece || !writer->row;
    attempt(writer, start);
    return writer;
}

void bt_jpeg_add(bt_jpeg_writer *writer, const uint8_t *row)
{
    if (writer->is_over) return;
    size_t n = (size_t)writer->width * writer->space;
    bool is_ink = writer->space == BT_SPACE_CMYK;
    for (size_t i = 0; i < n; i++) writer->row[i] = is_ink ? (uint8_t)(255 - row[i]) : row[i];
    attempt(writer, write_row);
}

bool bt_jpeg_end(bt_jpeg_writer *writer, bt_str *file)
{
    bool is_done = attempt(writer, finish) && !writer->arena->failed;
    jpeg_destroy_compress(&writer->jpeg);
    *file = is_done ? bt_buf_str(&writer->file) : BT_STR("");
    return is_done;
}
