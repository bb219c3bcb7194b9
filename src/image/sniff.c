/* sniff.c - what a file seems to be by its first bytes, whatever its name says.
 *
 * For the message to someone who put a scan, a Word file or a phone's HEIC where a picture belongs.
 */
#include "image/image_int.h"

#include <string.h>

static bool has_at(bt_str bytes, size_t at, bt_str magic)
{
    return bytes.len >= at && bt_str_starts(bt_str_slice(bytes, at, bytes.len), magic);
}

static bool contains(bt_str bytes, bt_str part) { return memmem(bytes.ptr, bytes.len, part.ptr, part.len) != NULL; }

/* Office files are ZIP archives; the names of their parts stand in them uncompressed. */
static bt_str zip_kind(bt_str bytes)
{
    if (contains(bytes, BT_STR("word/document.xml"))) return BT_STR("a Word document");
    if (contains(bytes, BT_STR("ppt/presentation.xml"))) return BT_STR("a PowerPoint file");
    if (contains(bytes, BT_STR("xl/workbook.xml"))) return BT_STR("an Excel file");
    if (contains(bytes, BT_STR("application/vnd.oasis.opendocument"))) return BT_STR("a LibreOffice document");
    return BT_STR("a ZIP archive");
}

/* The family of MP4: the brand tells pictures from films. */
static bt_str brand_kind(bt_str bytes)
{
    static const bt_str heic[] = {BT_STR_INIT("heic"), BT_STR_INIT("heix"), BT_STR_INIT("heim"), BT_STR_INIT("heis"),
                                  BT_STR_INIT("hevc"), BT_STR_INIT("mif1"), BT_STR_INIT("msf1")};
    if (has_at(bytes, 8, BT_STR("avif")) || has_at(bytes, 8, BT_STR("avis"))) return BT_STR("an AVIF picture");
    for (size_t i = 0; i < sizeof heic / sizeof *heic; i++) {
        if (has_at(bytes, 8, heic[i])) return BT_STR("a HEIC picture (from an iPhone)");
    }
    return BT_STR("a video");
}

static bt_str riff_kind(bt_str bytes)
{
    if (has_at(bytes, 8, BT_STR("WEBP"))) return BT_STR("a WebP picture");
    if (has_at(bytes, 8, BT_STR("CDR"))) return BT_STR("a CorelDRAW file");
    return BT_STR("a sound or video file");
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static bt_str after_blanks(bt_str bytes)
{
    static const bt_str mark = BT_STR_INIT("\xEF\xBB\xBF");
    enum { MOST_BLANKS = 4096 };
    size_t at = bt_str_starts(bytes, mark) ? mark.len : 0;
    while (at < bytes.len && at < MOST_BLANKS && is_blank(bytes.ptr[at])) at++;
    return bt_str_slice(bytes, at, bytes.len);
}

static bool starts_in_any_case(bt_str text, const char *small)
{
    size_t n = strlen(small);
    if (text.len < n) return false;
    for (size_t i = 0; i < n; i++) {
        char c = text.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != small[i]) return false;
    }
    return true;
}

/* Whether XML is SVG is known only when its root is read. */
static bt_str text_kind(bt_str bytes)
{
    bt_str text = after_blanks(bytes);
    if (starts_in_any_case(text, "<!doctype html") || starts_in_any_case(text, "<html")) return BT_STR("a web page");
    if (bt_str_starts(text, BT_STR("{\\rtf"))) return BT_STR("an RTF document");
    if (bt_str_starts(text, BT_STR("<"))) return BT_STR("SVG");
    if (has_at(bytes, 0, BT_STR("\xFF\xFE<\0")) || has_at(bytes, 0, BT_STR("\xFE\xFF\0<"))) return BT_STR("SVG");
    return BT_STR("");
}

bt_str bt_image_sniff(bt_str bytes)
{
    static const struct {
        bt_str magic, kind;
        uint32_t at;
    } kinds[] = {
        {BT_STR_INIT("\x89PNG"), BT_STR_INIT("PNG"), 0},
        {BT_STR_INIT("\xFF\xD8\xFF"), BT_STR_INIT("JPEG"), 0},
        {BT_STR_INIT("GIF8"), BT_STR_INIT("a GIF picture"), 0},
        {BT_STR_INIT("II*\0"), BT_STR_INIT("a TIFF picture"), 0},
        {BT_STR_INIT("MM\0*"), BT_STR_INIT("a TIFF picture"), 0},
        {BT_STR_INIT("II+\0"), BT_STR_INIT("a TIFF picture"), 0},
        {BT_STR_INIT("MM\0+"), BT_STR_INIT("a TIFF picture"), 0},
        {BT_STR_INIT("%PDF-"), BT_STR_INIT("a PDF file"), 0},
        {BT_STR_INIT("%!PS"), BT_STR_INIT("a PostScript or EPS file"), 0},
        {BT_STR_INIT("\xC5\xD0\xD3\xC6"), BT_STR_INIT("an EPS file"), 0},
        {BT_STR_INIT("8BPS"), BT_STR_INIT("a Photoshop file"), 0},
        {BT_STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), BT_STR_INIT("an old Word, Excel or PowerPoint file"), 0},
        {BT_STR_INIT("\0\0\0\x0CjP  "), BT_STR_INIT("a JPEG 2000 picture"), 0},
        {BT_STR_INIT("\xFF\x4F\xFF\x51"), BT_STR_INIT("a JPEG 2000 picture"), 0},
        {BT_STR_INIT("\0\0\0\x0CJXL "), BT_STR_INIT("a JPEG XL picture"), 0},
        {BT_STR_INIT("\xFF\x0A"), BT_STR_INIT("a JPEG XL picture"), 0},
        {BT_STR_INIT("\0\0\1\0"), BT_STR_INIT("an icon (ICO)"), 0},
        {BT_STR_INIT(" EMF"), BT_STR_INIT("a Windows metafile (EMF)"), 40},
        {BT_STR_INIT("\xD7\xCD\xC6\x9A"), BT_STR_INIT("a Windows metafile (WMF)"), 0},
        {BT_STR_INIT("\x1F\x8B"), BT_STR_INIT("a compressed file (.svgz or .gz)"), 0},
        {BT_STR_INIT("Rar!"), BT_STR_INIT("a RAR archive"), 0},
        {BT_STR_INIT("BM"), BT_STR_INIT("a BMP picture"), 0},
    };
    if (has_at(bytes, 0, BT_STR("PK\3\4"))) return zip_kind(bytes);
    if (has_at(bytes, 0, BT_STR("RIFF"))) return riff_kind(bytes);
    if (has_at(bytes, 4, BT_STR("ftyp"))) return brand_kind(bytes);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (has_at(bytes, kinds[i].at, kinds[i].magic)) return kinds[i].kind;
    }
    return text_kind(bytes);
}
