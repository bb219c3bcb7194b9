/* jpeg.c - JPEG files are checked and kept as they are.
 *
 * The markers are walked here, from the first to the end of the picture, without decoding: that finds the size, what
 * kind of JPEG it is, Adobe's and the camera's notes, the colour profile, and whether the file is whole. libjpeg then
 * reads it, as a PDF reader will, in eighths of its size: all of the coded data are looked at, which takes half the
 * time of decoding. A file that lacks its end marker and nothing else is kept with one added and reported; what follows
 * the end (a second picture, a short film) is left out.
 */
#include "base/limits.h"
#include "image/image_int.h"

#include <string.h>

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
    M_APP2 = 0xE2,
    M_APP14 = 0xEE,
    N_ORIENTATIONS = 8,
    /* A block of 64 pixels takes at least a bit, and a sampling factor of 4 x 4 spreads it over 1024. */
    MOST_PIXELS_A_BYTE = 8 * 64 * 16,
    MOST_PIECES = 255, /* of a colour profile */
};

typedef struct jpeg_facts {
    uint32_t width, height;
    uint8_t frame; /* the SOF marker, 0: none seen */
    uint8_t depth, n_components;
    uint8_t orientation; /* EXIF's, 1: upright */
    bool has_adobe;      /* Adobe's marker: then CMYK is inverted */
    bool has_scan;
    bool is_cut_short;          /* no end marker */
    size_t end;                 /* of the picture in the file */
    bt_str pieces[MOST_PIECES]; /* of the colour profile */
    uint32_t n_pieces;          /* as they say themselves */
    bool is_profile_odd;        /* they contradict each other */
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

/* A piece of the colour profile: which one of how many, then its bytes. */
static void note_piece(jpeg_facts *facts, bt_str payload)
{
    enum { NAME = 12, HEAD = NAME + 2 };
    if (payload.len < HEAD) {
        facts->is_profile_odd = true;
        return;
    }
    uint32_t piece = byte_at(payload, NAME), n = byte_at(payload, NAME + 1);
    if (!piece || piece > n || (facts->n_pieces && n != facts->n_pieces) || facts->pieces[piece - 1].ptr) {
        facts->is_profile_odd = true;
        return;
    }
    facts->n_pieces = n;
    facts->pieces[piece - 1] = bt_str_slice(payload, HEAD, payload.len);
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
    } else if (marker == M_APP2 && bt_str_starts(payload, BT_STR("ICC_PROFILE\0"))) {
        note_piece(facts, payload);
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
    bool is_on_side = facts->orientation >= BT_FIRST_ON_SIDE;
    bt_status status = bt_image_set_size(source, is_on_side ? facts->height : facts->width,
                                         is_on_side ? facts->width : facts->height, out);
    if (status != BT_OK) return status;
    out->orientation = facts->orientation ? facts->orientation : 1;
    if ((uint64_t)facts->width * facts->height > (uint64_t)source->bytes.len * MOST_PIXELS_A_BYTE) {
        return bt_image_cut_short(source);
    }
    out->space = facts->n_components == 1 ? BT_SPACE_GRAY : facts->n_components == 3 ? BT_SPACE_RGB : BT_SPACE_CMYK;
    out->is_inverted = facts->n_components == 4 && facts->has_adobe;
    return BT_OK;
}

/* Puts the profile together; where a piece is missing or there twice, there is none. */
static bt_status keep_profile(const bt_image_source *source, const jpeg_facts *facts, bt_image *out)
{
    bt_buf profile = bt_buf_in(source->arena);
    bool is_odd = facts->is_profile_odd;
    for (uint32_t i = 0; i < facts->n_pieces && !is_odd; i++) {
        is_odd = !facts->pieces[i].ptr || facts->pieces[i].len + profile.bytes.n > BT_LIMIT_PICTURE_PROFILE_BYTES;
        if (!is_odd) bt_buf_add(&profile, facts->pieces[i]);
    }
    if (source->arena->failed) return BT_NOMEM;
    if (is_odd)
        bt_image_no_profile(source, BT_SAY(source->diags, "a part of it is missing"));
    else
        out->profile = bt_buf_str(&profile);
    return BT_OK;
}

/* Looks at all of the coded data. Gray where the end should be, or smeared blocks, would be printed as they are. */
static bt_status check_data(const bt_image_source *source, const jpeg_facts *facts, const bt_image *image)
{
    enum { SHRINK = 8 };
    bt_jpeg *reader = bt_jpeg_open(source->scratch, image->encoded);
    if (!reader) return BT_NOMEM;
    bool goes_on = bt_jpeg_start(reader, image->space, SHRINK);
    uint8_t *row = goes_on ? bt_arena_array(source->scratch, bt_jpeg_width(reader), image->space) : NULL;
    for (uint32_t y = 0; row && goes_on && y < bt_jpeg_height(reader); y++) goes_on = bt_jpeg_row(reader, row);
    bt_status status = BT_OK;
    if (!bt_jpeg_is_well(reader))
        status = bt_jpeg_why(reader, source);
    else if (source->scratch->failed)
        status = BT_NOMEM;
    else if (bt_jpeg_flaw_of(reader))
        status = facts->is_cut_short || bt_jpeg_flaw_of(reader) == BT_JPEG_CUT_SHORT
                     ? bt_image_cut_short(source)
                     : bt_image_damaged(source, BT_SAY(source->diags, "a part of it cannot be read"));
    bt_jpeg_close(reader);
    return status;
}

bt_status bt_image_read_jpeg(const bt_image_source *source, bt_image *out)
{
    jpeg_facts *facts = BT_NEW(source->scratch, jpeg_facts);
    if (!facts) return BT_NOMEM;
    bt_str wrong = walk_markers(source->bytes, facts);
    if (wrong.len) return bt_image_damaged(source, bt_say(source->diags, wrong));
    bt_status status = check_facts(source, facts, out);
    if (status == BT_OK) status = keep_file(source, facts, out);
    if (status == BT_OK) status = check_data(source, facts, out);
    if (status == BT_OK && out->space == BT_SPACE_RGB) status = keep_profile(source, facts, out);
    if (status == BT_OK && facts->is_cut_short) {
        bt_diag(source->diags, BT_W_PICTURE_NO_END, source->at, BT_ARGS(source->name));
    }
    return status;
}
