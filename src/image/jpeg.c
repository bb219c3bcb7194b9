/* jpeg.c - JPEG files are checked and passed through; only one that a camera laid on its side is decoded, and turned.
 *
 * The markers are walked here, from the first to the end of the picture, without decoding: that finds the size, what
 * kind of JPEG it is, Adobe's and the camera's notes, and whether the file is whole. libjpeg then reads the header, as
 * a PDF reader will. A file without its end marker is kept with one added and reported; what follows the end (a second
 * picture, a short film) is left out.
 */
#include "base/limits.h"
#include "image/image_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

enum {
    M_TEM = 0x01,
    M_SOF0 = 0xC0,
    M_SOF2 = 0xC2,
    M_DHT = 0xC4,
    M_JPG = 0xC8,
    M_DAC = 0xCC,
    M_RST0 = 0xD0,
    M_RST7 = 0xD7,
    M_SOI = 0xD8,
    M_EOI = 0xD9,
    M_SOS = 0xDA,
    M_SOF15 = 0xCF,
    M_APP1 = 0xE1,
    M_APP14 = 0xEE,
    N_ORIENTATIONS = 8,
    /* A block of 64 pixels takes at least a bit, and a sampling factor of 4 x 4 spreads it over 1024. */
    MOST_PIXELS_A_BYTE = 8 * 64 * 16,
    MOST_SCANS = 200, /* of a progressive file that must be decoded; real ones have about ten */
};

typedef struct jpeg_facts {
    uint32_t width, height;
    uint8_t frame; /* the SOF marker, 0: none seen */
    uint8_t depth, n_components;
    uint8_t orientation; /* EXIF's, 1: upright */
    bool has_adobe;      /* Adobe's marker: then CMYK is inverted */
    bool has_scan;
    bool is_cut_short; /* no end marker */
    size_t end;        /* of the picture in the file */
} jpeg_facts;

static uint8_t byte_at(bt_str bytes, size_t at) { return (uint8_t)bytes.ptr[at]; }

static uint32_t big16(bt_str bytes, size_t at) { return (uint32_t)byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }

/* EXIF's numbers come in either order of bytes. */
static uint32_t tiff_number(bt_str tiff, size_t at, size_t n)
{
    bool is_little = tiff.ptr[0] == 'I';
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++) number = number << 8 | byte_at(tiff, at + (is_little ? n - 1 - i : i));
    return number;
}

/* The orientation of an EXIF segment; 1 where it tells none. Only its first directory is looked at. */
static uint8_t exif_orientation(bt_str segment)
{
    enum { TIFF_HEADER = 8, ENTRY = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, TYPE_LONG = 4 };
    if (!bt_str_starts(segment, BT_STR("Exif\0\0"))) return 1;
    bt_str tiff = bt_str_slice(segment, 6, segment.len);
    if (tiff.len < TIFF_HEADER) return 1;
    if (!bt_str_starts(tiff, BT_STR("II*\0")) && !bt_str_starts(tiff, BT_STR("MM\0*"))) return 1;
    size_t at = tiff_number(tiff, 4, 4);
    if (at > tiff.len - 2) return 1;
    size_t n_entries = tiff_number(tiff, at, 2);
    at += 2;
    for (size_t i = 0; i < n_entries && tiff.len - at >= ENTRY; i++, at += ENTRY) {
        if (tiff_number(tiff, at, 2) != TAG_ORIENTATION) continue;
        uint32_t type = tiff_number(tiff, at + 2, 2);
        uint32_t value = type == TYPE_SHORT  ? tiff_number(tiff, at + 8, 2)
                         : type == TYPE_LONG ? tiff_number(tiff, at + 8, 4)
                                             : 1;
        return value >= 1 && value <= N_ORIENTATIONS ? (uint8_t)value : 1;
    }
    return 1;
}

static bool is_frame(uint8_t marker)
{
    return marker >= M_SOF0 && marker <= M_SOF15 && marker != M_DHT && marker != M_JPG && marker != M_DAC;
}

/* One segment's payload. Of several notes the first counts. */
static void note_segment(jpeg_facts *facts, uint8_t marker, bt_str payload)
{
    enum { SMALLEST_FRAME = 6, SMALLEST_ADOBE = 12 };
    if (is_frame(marker) && !facts->frame && payload.len >= SMALLEST_FRAME) {
        facts->frame = marker;
        facts->depth = byte_at(payload, 0);
        facts->height = big16(payload, 1);
        facts->width = big16(payload, 3);
        facts->n_components = byte_at(payload, 5);
    } else if (marker == M_APP1 && !facts->orientation && bt_str_starts(payload, BT_STR("Exif"))) {
        facts->orientation = exif_orientation(payload);
    } else if (marker == M_APP14 && payload.len >= SMALLEST_ADOBE && bt_str_starts(payload, BT_STR("Adobe"))) {
        facts->has_adobe = true;
    } else if (marker == M_SOS) {
        facts->has_scan = true;
    }
}

static bool stands_alone(uint8_t marker)
{
    return marker == M_TEM || marker == M_SOI || (marker >= M_RST0 && marker <= M_RST7);
}

/* The next marker's place after coded data: FF followed by neither 00 (a coded FF) nor a restart nor another FF. */
static size_t skip_coded(bt_str bytes, size_t at)
{
    while (at + 1 < bytes.len) {
        const char *found = memchr(bytes.ptr + at, 0xFF, bytes.len - at - 1);
        if (!found) return bytes.len;
        at = (size_t)(found - bytes.ptr);
        uint8_t next = byte_at(bytes, at + 1);
        if (next != 0 && next != 0xFF && !(next >= M_RST0 && next <= M_RST7)) return at;
        at += next == 0xFF ? 1 : 2;
    }
    return bytes.len;
}

/* Walks the markers to the end of the picture. Returns what is wrong, empty when nothing is. */
static bt_str walk_markers(bt_str bytes, jpeg_facts *facts)
{
    size_t at = 2; /* after SOI */
    for (;;) {
        at = skip_coded(bytes, at); /* some cameras pad between segments; libjpeg skips it too */
        if (bytes.len - at < 2) break;
        uint8_t marker = byte_at(bytes, at + 1);
        at += 2;
        if (marker == M_EOI) {
            facts->end = at;
            return facts->has_scan ? BT_STR("") : BT_STR("it holds no picture");
        }
        if (stands_alone(marker)) continue;
        if (bytes.len - at < 2) break;
        size_t length = big16(bytes, at);
        if (length < 2) return BT_STR("a part of it has no length");
        if (bytes.len - at < length) break;
        note_segment(facts, marker, bt_str_slice(bytes, at + 2, at + length));
        at += length;
    }
    facts->is_cut_short = true;
    facts->end = bytes.len;
    return BT_STR("");
}

/* What PDF readers cannot show, by name; empty: they can. */
static bt_str unusable_kind(const jpeg_facts *facts)
{
    switch (facts->frame) {
    case 0xC3:
        return BT_STR("lossless");
    case 0xC5:
    case 0xC6:
    case 0xC7:
        return BT_STR("hierarchical");
    case 0xC9:
    case 0xCA:
    case 0xCB:
    case 0xCD:
    case 0xCE:
    case 0xCF:
        return BT_STR("arithmetic-coded");
    default:
        break;
    }
    if (facts->depth == 12) return BT_STR("of 12 bits a sample");
    if (facts->depth != 8) return BT_STR("not of 8 bits a sample");
    if (facts->n_components != 1 && facts->n_components != 3 && facts->n_components != 4) {
        return BT_STR("neither gray nor RGB nor CMYK");
    }
    return BT_STR("");
}

typedef struct jpeg_reader {
    struct jpeg_error_mgr errors; /* first: libjpeg knows the reader by it */
    jmp_buf jump;
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    const bt_image_source *source;
    const jpeg_facts *facts;
    bt_image *out;
    uint8_t *samples, *row;
    int trouble_code;
    char trouble[JMSG_LENGTH_MAX];
} jpeg_reader;

/* libjpeg's error_exit may not return; this is the one place with a setjmp, for the same reason and under the same
 * rules as in png.c: no state here, a step's state in the reader, memory in arenas or libjpeg's own pools. */
static bool attempt(jpeg_reader *reader, void (*step)(jpeg_reader *reader))
{
    if (setjmp(reader->jump)) return false;
    step(reader);
    return true;
}

static void on_error(j_common_ptr jpeg)
{
    jpeg_reader *reader = (jpeg_reader *)(void *)jpeg->err;
    reader->trouble_code = jpeg->err->msg_code;
    jpeg->err->format_message(jpeg, reader->trouble);
    longjmp(reader->jump, 1);
}

static void on_warning(j_common_ptr jpeg, int level)
{
    if (level < 0) jpeg->err->num_warnings++;
}

static void on_message(j_common_ptr jpeg) { (void)jpeg; }

/* A small file can hold thousands of scans, each of which costs a pass over the whole picture. */
static void on_progress(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)(void *)jpeg)->input_scan_number > MOST_SCANS) ERREXIT(jpeg, JERR_BAD_PROGRESSION);
}

static void read_header(jpeg_reader *reader)
{
    bt_str bytes = reader->source->bytes;
    jpeg_create_decompress(&reader->jpeg);
    jpeg_mem_src(&reader->jpeg, (const unsigned char *)bytes.ptr, (unsigned long)bytes.len);
    jpeg_read_header(&reader->jpeg, TRUE);
    reader->progress.progress_monitor = on_progress;
    reader->jpeg.progress = &reader->progress;
}

static void start_decoding(jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    bt_image_space space = reader->out->space;
    jpeg->out_color_space = space == BT_SPACE_GRAY ? JCS_GRAYSCALE : space == BT_SPACE_RGB ? JCS_RGB : JCS_CMYK;
    jpeg->dct_method = JDCT_ISLOW;
    jpeg_start_decompress(jpeg);
}

/* Where a pixel of the stored picture goes in the upright one: EXIF's eight orientations. */
static size_t upright_place(const bt_image *out, uint8_t orientation, size_t x, size_t y)
{
    size_t right = out->width - 1, bottom = out->height - 1, to_x = x, to_y = y;
    if (orientation >= 5) {
        to_x = y;
        to_y = x;
    }
    if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7) to_x = right - to_x;
    if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8) to_y = bottom - to_y;
    return to_y * out->width + to_x;
}

static void decode_rows(jpeg_reader *reader)
{
    const bt_image *out = reader->out;
    size_t space = out->space;
    while (reader->jpeg.output_scanline < reader->jpeg.output_height) {
        size_t y = reader->jpeg.output_scanline;
        JSAMPROW row = reader->row;
        if (!jpeg_read_scanlines(&reader->jpeg, &row, 1)) ERREXIT(&reader->jpeg, JERR_INPUT_EMPTY);
        for (size_t x = 0; x < reader->jpeg.output_width; x++) {
            uint8_t *to = reader->samples + upright_place(out, reader->facts->orientation, x, y) * space;
            const uint8_t *from = row + x * space;
            for (size_t i = 0; i < space; i++) to[i] = out->is_inverted ? (uint8_t)(255 - from[i]) : from[i];
        }
    }
}

static bt_status why(const jpeg_reader *reader)
{
    if (reader->trouble_code == JERR_OUT_OF_MEMORY) return BT_NOMEM;
    return bt_image_damaged(reader->source, bt_say_foreign(reader->source->diags, bt_str_of(reader->trouble)));
}

/* Decodes into the upright picture. Its CMYK is plain, whatever the file's was. */
static bt_status turn(jpeg_reader *reader)
{
    const bt_image_source *source = reader->source;
    bt_image *out = reader->out;
    uint32_t width = reader->facts->width, height = reader->facts->height;
    bool is_on_side = reader->facts->orientation >= 5;
    bt_status status = bt_image_set_size(source, is_on_side ? height : width, is_on_side ? width : height, out);
    if (status != BT_OK) return status;
    reader->samples = bt_arena_array(source->arena, (size_t)width * height, out->space);
    reader->row = bt_arena_array(source->scratch, width, out->space);
    if (!reader->samples || !reader->row) return BT_NOMEM;
    if (!attempt(reader, start_decoding) || !attempt(reader, decode_rows)) return why(reader);
    out->kind = BT_IMAGE_SAMPLES;
    out->samples = reader->samples;
    out->is_inverted = false;
    return BT_OK;
}

/* The file's bytes up to its end marker, which is added where it lacks. */
static bt_status keep_file(const bt_image_source *source, const jpeg_facts *facts, bt_image *out)
{
    bt_str file = bt_str_slice(source->bytes, 0, facts->end);
    out->kind = BT_IMAGE_JPEG;
    out->encoded = bt_str_join(source->arena, file, facts->is_cut_short ? BT_STR("\xFF\xD9") : BT_STR(""));
    return source->arena->failed ? BT_NOMEM : BT_OK;
}

static bt_status check_facts(const bt_image_source *source, const jpeg_facts *facts, bt_image *out)
{
    if (!facts->has_scan || !facts->frame) {
        return facts->is_cut_short ? bt_image_cut_short(source)
                                   : bt_image_damaged(source, BT_SAY(source->diags, "it holds no picture"));
    }
    bt_str kind = unusable_kind(facts);
    if (kind.len) {
        bt_diag(source->diags, BT_E_JPEG_KIND, source->at, BT_ARGS(source->name, bt_say(source->diags, kind)));
        return BT_INPUT;
    }
    bt_status status = bt_image_set_size(source, facts->width, facts->height, out);
    if (status != BT_OK) return status;
    if ((uint64_t)facts->width * facts->height > (uint64_t)source->bytes.len * MOST_PIXELS_A_BYTE) {
        return bt_image_cut_short(source);
    }
    out->space = facts->n_components == 1 ? BT_SPACE_GRAY : facts->n_components == 3 ? BT_SPACE_RGB : BT_SPACE_CMYK;
    out->is_inverted = facts->n_components == 4 && facts->has_adobe;
    return BT_OK;
}

bt_status bt_image_read_jpeg(const bt_image_source *source, bt_image *out)
{
    jpeg_facts facts = {0};
    bt_str wrong = walk_markers(source->bytes, &facts);
    if (wrong.len) return bt_image_damaged(source, bt_say(source->diags, wrong));
    if (!facts.orientation) facts.orientation = 1;
    bt_status status = check_facts(source, &facts, out);
    if (status != BT_OK) return status;
    jpeg_reader *reader = BT_NEW(source->scratch, jpeg_reader);
    if (!reader) return BT_NOMEM;
    reader->source = source;
    reader->facts = &facts;
    reader->out = out;
    reader->jpeg.err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = on_error;
    reader->errors.emit_message = on_warning;
    reader->errors.output_message = on_message;
    if (!attempt(reader, read_header))
        status = why(reader);
    else
        status = facts.orientation == 1 ? keep_file(source, &facts, out) : turn(reader);
    jpeg_destroy_decompress(&reader->jpeg);
    if (status == BT_OK && facts.is_cut_short) {
        bt_diag(source->diags, BT_W_PICTURE_NO_END, source->at, BT_ARGS(source->name));
    }
    return status;
}
