/* strings.c - texts as PDF's strings: between parentheses, as they are where they are ASCII, else in UTF-16; or in
 * hexadecimal digits, for contents and for what CMaps want.
 */
#include "pdf/pdf_int.h"

/* No string of libharu's or of PDF/A's may be longer; a title is not. */
bt_str bt_pdf_cut(bt_str text)
{
    enum { LONGEST = 8000 };
    if (text.len <= LONGEST) return text;
    size_t end = LONGEST;
    while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    return bt_str_slice(text, 0, end);
}

/* The code units of a letter; gives their number. */
static int units_of(uint32_t letter, uint32_t units[2])
{
    units[0] = letter;
    if (letter < 0x10000) return 1;
    units[0] = 0xD800 + ((letter - 0x10000) >> 10);
    units[1] = 0xDC00 + ((letter - 0x10000) & 0x3FF);
    return 2;
}

/* --- between parentheses --- */

/* A return that is not escaped would be read as another end of line. */
static void add_byte(bt_buf *out, uint32_t byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r') bt_buf_add_char(out, '\\');
    bt_buf_add_char(out, byte == '\r' ? 'r' : (char)byte);
}

void bt_pdf_begin_string(bt_buf *out) { bt_buf_add(out, BT_STR("(\xFE\xFF")); }

void bt_pdf_add_letter(bt_buf *out, uint32_t letter)
{
    uint32_t units[2];
    int n = units_of(letter, units);
    for (int i = 0; i < n; i++) {
        add_byte(out, units[i] >> 8);
        add_byte(out, units[i] & 255);
    }
}

void bt_pdf_end_string(bt_buf *out) { bt_buf_add_char(out, ')'); }

static bool is_ascii(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > '~') return false;
    return true;
}

/* What is no character is a blank, as in XMP. */
static uint32_t or_blank(uint32_t letter) { return letter < ' ' ? ' ' : letter; }

void bt_pdf_add_text(bt_buf *out, bt_str text)
{
    if (is_ascii(text)) {
        bt_buf_add_char(out, '(');
        for (size_t i = 0; i < text.len; i++) add_byte(out, or_blank((unsigned char)text.ptr[i]));
    } else {
        bt_pdf_begin_string(out);
        for (size_t at = 0; at < text.len;) {
            uint32_t letter;
            at += bt_utf8_decode(text, at, &letter);
            bt_pdf_add_letter(out, or_blank(letter));
        }
    }
    bt_pdf_end_string(out);
}

/* --- in digits --- */

void bt_pdf_add_hex(bt_buf *out, uint32_t unit)
{
    enum { N_DIGITS = 4 };
    char *room = bt_buf_room(out, N_DIGITS);
    if (!room) return;
    for (int i = 0; i < N_DIGITS; i++) room[i] = "0123456789ABCDEF"[unit >> (4 * (N_DIGITS - 1 - i)) & 15];
    out->bytes.n += N_DIGITS;
}

void bt_pdf_add_utf16(bt_buf *out, bt_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t letter, units[2];
        at += bt_utf8_decode(text, at, &letter);
        int n = units_of(letter, units);
        for (int i = 0; i < n; i++) bt_pdf_add_hex(out, units[i]);
    }
}
