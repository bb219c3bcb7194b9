/* escape.c - whoever wrote a PDF may have written anything into its texts. */
#include "check/tell/tell_int.h"

/* Neither HTML nor XML has a way to write these; and what turns the direction of text around could make a report read
 * otherwise than it is. */
static bool is_barred(uint32_t c)
{
    if (c < 0x20) return c != '\t' && c != '\n';
    if (c >= 0x7F && c < 0xA0) return true;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static const char *entity_of(uint32_t c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
    case '\n':
    case 0x2028:
    case 0x2029:
        return " ";
    default:
        return NULL;
    }
}

void tell_add_escaped(bt_buf *out, bt_str text)
{
    uint32_t c = 0;
    for (size_t i = 0, n; i < text.len; i += n) {
        n = bt_utf8_decode(text, i, &c);
        const char *entity = entity_of(c);
        if (entity)
            bt_buf_add_z(out, entity);
        else if (is_barred(c))
            bt_buf_add_codepoint(out, 0xFFFD);
        else
            bt_buf_add_codepoint(out, c);
    }
}

bt_str tell_plain(bt_arena *arena, bt_str text)
{
    bt_buf out = bt_buf_in(arena);
    uint32_t c = 0;
    for (size_t i = 0, n; i < text.len; i += n) {
        n = bt_utf8_decode(text, i, &c);
        if (c == '\t' || c == '\n' || c == 0x2028 || c == 0x2029) c = ' ';
        bt_buf_add_codepoint(&out, is_barred(c) ? 0xFFFD : c);
    }
    return bt_buf_str(&out);
}

bt_str tell_name_of(bt_str path)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    return begin == path.len ? path : bt_str_slice(path, begin, path.len);
}

void tell_add_base64(bt_buf *out, bt_str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *room = bt_buf_room(out, (bytes.len + 2) / 3 * 4);
    if (!room) return;
    uint32_t n_written = 0;
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++) group = group << 8 | (k < n ? (unsigned char)bytes.ptr[i + k] : 0U);
        for (size_t k = 0; k < 4; k++) room[n_written++] = (char)(k <= n ? digits[group >> (18 - 6 * k) & 63] : '=');
    }
    out->bytes.n += n_written;
}
