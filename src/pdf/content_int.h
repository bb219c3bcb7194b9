/* content_int.h - a sheet's contents under way, for the files that write them: content.c (what is drawn, sheet by
 * sheet), content_marks.c (which element it belongs to), content_text.c (glyphs).
 */
#ifndef BT_PDF_CONTENT_INT_H
#define BT_PDF_CONTENT_INT_H

#include "pdf/pdf_int.h"

enum { BT_CONTENT_FULL_SCALE = 100000 }; /* Tz in thousandths of a percent */

/* The graphics state, as written so far. */
typedef struct bt_content_state {
    uint32_t font_i;             /* UINT32_MAX: none yet */
    int64_t size, spacing, rise; /* [milli] */
    int64_t scale;               /* [thousandths of a percent] */
    bt_color color;
    bool overprints;
} bt_content_state;

/* A marked-content sequence under way. */
typedef struct bt_content_sequence {
    bool is_open;
    bool is_in_text; /* it began in a text object, and so ends in it */
    bool has_actual; /* it says what is read in its place */
    uint32_t tag_i;  /* 0: an artifact */
    bt_artifact_kind artifact;
} bt_content_sequence;

typedef struct bt_content {
    bt_pdf *pdf;
    bt_pdf_sheet *sheet;
    uint32_t sheet_i, page_i;
    bool is_copy;  /* all is an artifact */
    bool is_marks; /* the printer's */
    bt_content_sequence now_in;
    bt_buf out;
    int64_t left, top; /* the corner that places count from, from the media box's left and, upwards, bottom [sp] */
    bool in_text;
    int64_t line_x, line_y; /* [milli] */
    bt_content_state now;
} bt_content;

#define BT_CONTENT_ADD(d, literal) bt_buf_add(&(d)->out, BT_STR(literal))

/* after: at most eight bytes. */
static inline void bt_content_add_milli(bt_content *d, int64_t milli, const char *after)
{
    char *room = bt_buf_room(&d->out, BT_LONGEST_NUMBER + 8), *at = room;
    if (!room) return;
    at = bt_put_fixed(at, milli, 3);
    while (*after) *at++ = *after++;
    d->out.bytes.n += (uint32_t)(at - room);
}

static inline int64_t bt_content_page_x(const bt_content *d, int64_t x) { return bt_pdf_milli(x + d->left); }
static inline int64_t bt_content_page_y(const bt_content *d, int64_t y) { return bt_pdf_milli(d->top - y); }

/* --- content_marks.c --- */

/* Text objects: begun where there is none, ended where there is one. */
void bt_content_begin_text(bt_content *d);
void bt_content_end_text(bt_content *d);

/* Before an item is drawn: goes on with the sequence of its element, or begins one. Text stands in a text object, and
 * sequences and text objects do not overlap. */
void bt_content_enter_sequence(bt_content *d, const bt_item *item, bool is_text);
/* Before text that begins with a sequence of its own. */
void bt_content_prepare_sequence(bt_content *d, const bt_item *item);
void bt_content_leave_sequence(bt_content *d);
/* Glyphs that are not read as what they stand for say what that is, between these. */
void bt_content_begin_actual(bt_content *d, bt_str text);
void bt_content_end_actual(bt_content *d);

/* A figure's element tells where it stands. */
void bt_content_note_box(bt_content *d, const bt_item *item, int64_t x, int64_t y, int64_t width, int64_t height);

/* --- content.c --- */

void bt_content_set_color(bt_content *d, bt_color color);
void bt_content_set_overprint(bt_content *d, bool overprints);

/* --- content_text.c --- */

void bt_content_draw_glyphs(bt_content *d, const bt_item *item);

#endif
