/* whole.c - whether the samples of a picture can be decoded, without decoding more than it takes to know.
 *
 * Samples are looked at only where two files differ in them, and what draws pages draws as much of a broken picture as
 * it can: so nobody would notice. What zlib has deflated is inflated, since its checksum tells; of a JPEG the segments
 * are followed up to its first scan, beyond which decoders make do with what there is.
 */
#include "check/seen/operators.h"

#include <libdeflate.h>

/* More than this is not inflated to be looked at. */
enum { MOST_INFLATED = 128 * 1024 * 1024 };

static bool inflates(bt_arena *scratch, bt_str bytes, size_t room)
{
    enum { SMALLEST = 6 };
    if (bytes.len < SMALLEST) return false;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    void *to = bt_arena_alloc_unset(scratch, room);
    struct libdeflate_decompressor *decompressor = to ? libdeflate_alloc_decompressor() : NULL;
    size_t n = 0;
    enum libdeflate_result result = LIBDEFLATE_SUCCESS;
    if (decompressor) {
        result = libdeflate_zlib_decompress(decompressor, bytes.ptr, bytes.len, to, room, &n);
        libdeflate_free_decompressor(decompressor);
    }
    bt_arena_rewind(scratch, mark);
    return result != LIBDEFLATE_BAD_DATA; /* more than there is room for: nobody will read it */
}

/* From its SOI by way of a frame's head to a scan. */
static bool is_jpeg(bt_str bytes)
{
    enum { SOI = 0xd8, EOI = 0xd9, SOS = 0xda, SOF = 0xc0, DHT = 0xc4, JPG = 0xc8, DAC = 0xcc, LAST_SOF = 0xcf };
    enum { RST = 0xd0, TEM = 0x01, FILL = 0xff, HEAD = 2 };
    const unsigned char *b = (const unsigned char *)bytes.ptr;
    bool has_frame = false;
    if (bytes.len < HEAD || b[0] != FILL || b[1] != SOI) return false;
    for (size_t at = HEAD; at + 4 <= bytes.len;) {
        if (b[at] != FILL) return false;
        unsigned marker = b[at + 1];
        if (marker == SOS) return has_frame;
        if (marker == EOI) return false;
        if (marker == FILL || marker == TEM || (marker >= RST && marker <= SOI)) {
            at += marker == FILL ? 1 : 2;
            continue;
        }
        has_frame |= marker >= SOF && marker <= LAST_SOF && marker != DHT && marker != JPG && marker != DAC;
        size_t length = (size_t)b[at + 2] << 8 | b[at + 3];
        if (length < 2) return false;
        at += 2 + length;
    }
    return false;
}

bool seen_stored_is_whole(seen_reader *r, seen_obj stream, bt_str bytes)
{
    enum { MOST_CHANNELS = 4, SLACK = 4096 };
    seen_obj filter = seen_obj_key(r->pdf, stream, "/Filter");
    uint32_t n = seen_obj_n_items(r->pdf, filter);
    if (n > 1) return true; /* the last of them is not the first that is undone */
    bt_str name = seen_obj_name(r->pdf, r->scratch, n ? seen_obj_item(r->pdf, filter, 0) : filter);
    double width = 0, height = 0, bits = 1;
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, stream, "/Width"), &width);
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, stream, "/Height"), &height);
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, stream, "/BitsPerComponent"), &bits);
    double room = (width * bits / 8 * MOST_CHANNELS + 2) * height + SLACK;
    if (bt_str_is(name, "DCTDecode")) return is_jpeg(bytes);
    if (bt_str_is(name, "FlateDecode"))
        return !(width > 0 && height > 0 && room < MOST_INFLATED) || inflates(r->scratch, bytes, (size_t)room);
    return true;
}
