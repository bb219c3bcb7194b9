/* pdf_int.h - what the files of pdf/ share.
 *
 * A document is made in two steps. First everything that goes into streams is gathered and deflated: fonts (font.c),
 * pictures (image.c, vector.c), contents (content.c), metadata (metadata.c, xmp.c). Then, all sizes being known,
 * pdf.c assembles the objects through haru.h. Nothing fails silently: the arena's `failed` is looked at after each
 * step.
 */
#ifndef BT_PDF_INT_H
#define BT_PDF_INT_H

#include "pdf/cache.h"
#include "pdf/haru.h"
#include "pdf/paint.h"
#include "pdf/pdf.h"
#include "pdf/samples.h"

/* What documents have in common. */
struct bt_pdf_kept {
    const bt_allocator *allocator;
    bt_pictures *pictures;
    bt_pdf_cache *cache;
    bt_deflater *deflater, *quick_deflater;
};

/* Glyphs of a face as a font of the file. It lives as long as the job, or longer. */
typedef struct bt_pdf_font_file {
    bt_str name;             /* "ABCDEF+NotoSerif-Regular", as PDF name syntax without the slash */
    bt_str body, to_unicode; /* deflated */
    size_t n_body;           /* before deflating */
    bt_str width_entries;    /* "/DW 600/W[...]" */
    const int32_t *widths;   /* by code, n_codes of them [hundredths of a thousandth of the em] */
    const uint16_t *codes;   /* by index of the glyph; 0: .notdef */
    uint32_t n_codes;
    uint64_t hash; /* of all that */
} bt_pdf_font_file;

typedef struct bt_pdf_font {
    const bt_face *face;
    uint32_t n_known;   /* glyph ids of the face below this may be used */
    uint16_t *index_of; /* by the face's glyph id: 1 + index into ids; 0: not in the file */
    uint16_t *ids;      /* the face's ids of the glyphs: those of its core, then the others, ascending */
    bt_str *texts;      /* what each stands for; empty: nothing */
    uint32_t n, n_core; /* n_core 0: without the core */
    uint16_t space;     /* the id of the word space's glyph; 0: the face has none */
    const bt_pdf_font_file *file;
    struct bt_pdf_font_making *making; /* font_file.c only */
    bt_haru_object *object;
} bt_pdf_font;

/* A vector picture as the contents of a form. */
typedef struct bt_pdf_drawing {
    bt_str body;              /* deflated */
    uint64_t hash;            /* of it before that */
    bt_str states;            /* entries of its /ExtGState; empty: none */
    int32_t most_ink;         /* that any paint of it asks for [hundredths of a percent] */
    bool has_spots, is_mixed; /* it has tints of a spot colour; and some of them beside black */
} bt_pdf_drawing;

typedef struct bt_pdf_image {
    const bt_image *image;
    bt_str body;               /* the stream */
    bt_str alpha;              /* the mask's stream, deflated; empty: opaque */
    const bt_picture *picture; /* not VECTOR */
    uint32_t profile_i;        /* of a picture in RGB */
    bt_pdf_drawing drawing;    /* VECTOR */
    bool is_own;               /* the overlay of an edition has brought it: other editions have it not */
    bt_haru_object *object;
} bt_pdf_image;

/* The colour profile of pictures in RGB. */
typedef struct bt_pdf_profile {
    bt_str bytes, deflated;
    uint64_t hash; /* of bytes */
    bt_haru_object *object;
} bt_pdf_profile;

/* A sheet ready to be assembled: a page of the file. */
typedef struct bt_pdf_sheet {
    bt_str contents;            /* deflated */
    uint64_t hash;              /* of the contents before that */
    bool *has_font, *has_image; /* by index */
    bool has_states;            /* the two overprint states */
    bool has_spots;             /* something is of a spot colour */
    bool is_blended;            /* something is transparent */
    uint32_t n_sequences;       /* of marked content that elements have */
    bt_haru_object *page;
} bt_pdf_sheet;

/* When the document was made, for Info and for XMP. Both empty: it is not known. */
typedef struct bt_pdf_dates {
    bt_str info, xmp;
} bt_pdf_dates;

/* Items that are drawn together. */
typedef struct bt_pdf_items {
    const bt_item *v;
    uint32_t n;
} bt_pdf_items;

typedef struct bt_pdf {
    bt_arena *arena;
    bt_diags *diags;
    const bt_pages *pages;
    const bt_pdf_options *options;
    bt_deflater *deflater, *quick_deflater;
    bt_pictures *pictures;
    bt_pdf_cache *cache;
    BT_ARRAY(bt_pdf_font) fonts;
    BT_ARRAY(bt_pdf_image) images;
    BT_ARRAY(bt_pdf_profile) profiles;
    bt_pdf_sheet *made;  /* by sheet */
    bool *has_spot;      /* by spot: something is of it */
    uint16_t mixed_spot; /* 1 + the spot that drawings mix with black; 0: none does */
    bt_str spaces;       /* /S0, /S1 ... as entries of the pages' /ColorSpace: one for each spot in use */
    bt_haru_object *space_object;
    bt_buf contents; /* of the sheet at hand */
    bt_buf line_key; /* of the line at hand, for the cache */
    bt_paints *paints;
    bt_pdf_dates dates;
    bt_str xmp;
    bt_str profile; /* of the printing condition, deflated */
    uint8_t id[16];
    struct bt_pdf_tags *tags; /* tags.c only */
    bt_haru *haru;
} bt_pdf;

/* All items of the document, list by list: the pages', what lies over them, the sheets' marks. False: no such list. */
bool bt_pdf_list(const bt_pages *pages, uint32_t list_i, bt_pdf_items *items);

/* Lengths are written in thousandths of a point. */
static inline int64_t bt_pdf_milli(int64_t length)
{
    int64_t product = length * 1000, half = BT_SP_PER_PT / 2; /* short for bt_mul_div */
    return (product < 0 ? product - half : product + half) / BT_SP_PER_PT;
}
static inline void bt_pdf_add_milli(bt_buf *out, int64_t milli) { bt_buf_add_fixed(out, milli, 3); }

/* Right after the cache was asked in vain: whether what is made now should go there. All of a base and of a document by
 * itself does; of an edition, whose pages are mostly its own, what is wanted for the second time. */
bool bt_pdf_is_worth_keeping(const bt_pdf *pdf);

/* Deflated bytes, zlib's format. Without memory: an empty string, and the arena has failed. */
bt_str bt_pdf_deflate(bt_pdf *pdf, bt_str bytes);
/* The same for what each document has of its own: pages, structure. */
bt_str bt_pdf_deflate_quickly(bt_pdf *pdf, bt_str bytes);
/* Both for what may come again, byte for byte: a colour profile; the pages of a base, its fonts' dictionaries. */
bt_str bt_pdf_deflate_once(bt_pdf *pdf, bt_str bytes);
bt_str bt_pdf_deflate_again(bt_pdf *pdf, bt_str bytes);

/* "c m y k" in PDF's 0..1 from hundredths of a percent. */
void bt_pdf_add_cmyk(bt_buf *out, const uint16_t cmyk[4]);
/* The spots in use as colour spaces, once all is drawn; then their object, before whatever refers to it. */
void bt_pdf_make_spaces(bt_pdf *pdf);
void bt_pdf_put_spaces(bt_pdf *pdf);

/* #xx for what a name may not hold. */
void bt_pdf_add_name(bt_buf *out, bt_str name);

/* --- strings.c --- */

/* A text string with its parentheses: as it is where it is ASCII, else in UTF-16. */
void bt_pdf_add_text(bt_buf *out, bt_str text);
/* At most as long as such a string may be. */
bt_str bt_pdf_cut(bt_str text);
/* One in UTF-16, letter by letter. */
void bt_pdf_begin_string(bt_buf *out);
void bt_pdf_add_letter(bt_buf *out, uint32_t letter);
void bt_pdf_end_string(bt_buf *out);
/* A text in UTF-16, and 16 bits, in hexadecimal digits. */
void bt_pdf_add_utf16(bt_buf *out, bt_str text);
void bt_pdf_add_hex(bt_buf *out, uint32_t unit);

/* --- fonts --- */

/* Finds the faces and glyphs of the whole list and makes one font of each face. */
bt_status bt_pdf_gather_fonts(bt_pdf *pdf);
uint32_t bt_pdf_find_font(const bt_pdf *pdf, const bt_face *face); /* index; fonts.n: not in the list */
/* Of one whose glyphs are known: makes it, while a helper deflates what was made of the one before. Each that was begun
 * has to be ended, also if it failed. BT_NOMEM; reported: BT_INPUT. */
bt_status bt_pdf_begin_font(bt_pdf *pdf, bt_pdf_font *font);
bt_status bt_pdf_end_font(bt_pdf *pdf, bt_pdf_font *font);
static inline uint16_t bt_pdf_code_of(const bt_pdf_font *font, uint16_t id)
{
    uint16_t index = id < font->n_known ? font->index_of[id] : 0;
    return index ? font->file->codes[index - 1] : 0;
}
/* Glyphs of an item that are read together: a cluster; all of them, where the item says what is read in their place, or
 * where they are set so far apart that readers would take each for a word. */
typedef struct bt_pdf_stretch {
    uint32_t end;
    bool is_mended; /* the font does not say of them what they stand for */
    bt_str text;    /* that */
} bt_pdf_stretch;
/* Set so far apart, and yet not further than their size, where they are no word. */
bool bt_pdf_is_wide(const bt_item *item);
/* What the font says of the glyphs: first what stands alone for a text (the first one wins: hyphen and soft hyphen),
 * then of those that are only seen together, each its letter. Every glyph has a text then. */
void bt_pdf_note_texts(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font);
void bt_pdf_deal_texts(const bt_item *item, bt_pdf_font *font);
bt_pdf_stretch bt_pdf_stretch_at(const bt_pdf_font *font, const bt_item *item, uint32_t begin);
void bt_pdf_put_font(bt_pdf *pdf, bt_pdf_font *font);

bt_status bt_pdf_gather_images(bt_pdf *pdf);
uint32_t bt_pdf_find_image(const bt_pdf *pdf, const bt_image *image);
bool bt_pdf_image_blends(const bt_image *image);
void bt_pdf_put_profiles(bt_pdf *pdf); /* before the pictures */
/* First those that editions share. */
void bt_pdf_put_images(bt_pdf *pdf);
/* The six numbers that put a picture's stored rows upright into a rectangle [milli]; orientation as in bt_image. */
void bt_pdf_add_upright(bt_buf *out, uint8_t orientation, int64_t width, int64_t height, int64_t left, int64_t bottom);

/* A vector picture as the contents of a form, and then as an object. */
void bt_pdf_make_vector(bt_pdf *pdf, bt_pdf_image *made, const bt_place *at);
void bt_pdf_put_vector(bt_pdf *pdf, bt_pdf_image *made);

/* A path's operations, its places from left and, downwards, from top [sp from the media box's left bottom corner]. */
void bt_pdf_add_outline(bt_buf *out, const bt_outline *outline, int64_t left, int64_t top);
/* The operator that paints it. */
void bt_pdf_add_paint(bt_buf *out, bool is_filled, bool is_stroked, bool is_even_odd);

void bt_pdf_draw_sheet(bt_pdf *pdf, uint32_t sheet_i);

/* --- tags.c: the structure tree --- */

/* Before anything is drawn. Without memory the arena has failed. */
void bt_pdf_begin_tags(bt_pdf *pdf);
/* The type of a tag's element: "P". */
const char *bt_pdf_tag_name(const bt_pdf *pdf, uint32_t tag_i);
/* A marked-content sequence of the tag's element begins; gives its MCID. */
uint32_t bt_pdf_tag_sequence(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, uint32_t page_i);
/* Something of a tag is drawn there: a figure's element tells its box. */
void bt_pdf_tag_box(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, const bt_haru_box *box);
/* The glyph of the word space that stands between the item's line and the next text of its element, on whatever page;
 * 0: there is none, or the face has none. */
uint16_t bt_pdf_space_after(const bt_pdf *pdf, const bt_item *item, const bt_pdf_font *font);
/* While the document is assembled, before bt_pdf_put_tags: the annotation, an indirect object, becomes one of the tag's
 * element, which stands among its parent's contents where the tag's own text does. Gives the annotation's
 * /StructParent. */
uint32_t bt_pdf_tag_object(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, const bt_haru_object *annotation);
void bt_pdf_put_page_tags(bt_pdf *pdf, uint32_t sheet_i);
void bt_pdf_put_tags(bt_pdf *pdf);
/* links.c: links, outline and page labels, once the pages are made; nothing in press. */
void bt_pdf_put_links(bt_pdf *pdf);

/* --- what the document says of itself: metadata.c, xmp.c, dates.c, intents.c --- */

#define BT_PDF_X_VERSION "PDF/X-4"

/* After contents, fonts and pictures: the document's id, its XMP packet, later its Info dictionary. */
void bt_pdf_make_metadata(bt_pdf *pdf);
bt_str bt_pdf_make_xmp(const bt_pdf *pdf);
void bt_pdf_put_info(bt_pdf *pdf);
/* The output intents and their profile: one object, the first of all. */
void bt_pdf_put_intents(bt_pdf *pdf);

bt_pdf_dates bt_pdf_dates_of(bt_arena *arena, const bt_doc_facts *facts);

#endif
