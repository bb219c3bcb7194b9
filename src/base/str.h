/* str.h - string views, a byte builder, UTF-8.
 *
 * A bt_str is a view: {ptr, len}, ptr never NULL in what the library makes (a zeroed one is empty), not NUL-terminated.
 */
#ifndef BT_BASE_STR_H
#define BT_BASE_STR_H

#include "base/array.h"

typedef struct bt_str {
    const char *ptr;
    size_t len; /* bytes */
} bt_str;

#define BT_STR(literal) ((bt_str){"" literal, sizeof(literal) - 1})
/* For static initialisers. */
#define BT_STR_INIT(literal)                                                                                           \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }
/* For "%.*s". */
#define BT_STR_ARGS(s) (int)(s).len, (s).ptr

bt_str bt_str_of(const char *z); /* NULL: empty */
bool bt_str_equal(bt_str a, bt_str b);
bool bt_str_is(bt_str a, const char *z);
int bt_str_compare(bt_str a, bt_str b); /* by bytes */
bt_str bt_str_slice(bt_str s, size_t begin, size_t end);
bool bt_str_starts(bt_str s, bt_str head);
bool bt_str_ends(bt_str s, bt_str tail);
bt_str bt_str_trim(bt_str s); /* without ASCII white space at both ends */
/* A quick hash, the same on all machines: documents are known by what it gives of their contents, so it stays. */
uint64_t bt_str_hash(bt_str s);

/* Letters of any language, digits, and after the first also - _ . : an id that names files as well. "" is true. */
bool bt_str_is_id(bt_str s);

/* Copies into the arena; bt_str_z ends the copy with NUL. Without memory: an empty string (the arena has failed). */
bt_str bt_str_copy(bt_arena *arena, bt_str s);
const char *bt_str_z(bt_arena *arena, bt_str s);
bt_str bt_str_join(bt_arena *arena, bt_str a, bt_str b);

/* printf for integers and strings (no floats: their decimal sign would follow the locale). */
bt_str bt_str_format(bt_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The nearest of n names by edit distance, for "did you mean"; empty when none is near. */
bt_str bt_str_nearest(bt_str word, const bt_str *names, size_t n);

/* Bytes that grow in an arena. Zeroed is empty; `failed` follows the arena. */
typedef struct bt_buf {
    bt_arena *arena;
    BT_ARRAY(char) bytes;
} bt_buf;

bt_buf bt_buf_in(bt_arena *arena);
/* Room for n bytes after those that are there, not counted in and not zeroed; NULL without memory. */
static inline char *bt_buf_room(bt_buf *buf, size_t n);
void bt_buf_add(bt_buf *buf, bt_str s);
void bt_buf_add_z(bt_buf *buf, const char *z);
enum { BT_LONGEST_NUMBER = 32 };
/* Writes value / 10^decimals, trailing zeros cut, where there is room for the longest number; gives what comes after.
 */
char *bt_put_fixed(char *at, int64_t value, int decimals);
void bt_buf_add_int(bt_buf *buf, int64_t n);
/* value / 10^decimals, trailing zeros cut: 12500 with 3 decimals is "12.5". */
void bt_buf_add_fixed(bt_buf *buf, int64_t value, int decimals);
void bt_buf_add_codepoint(bt_buf *buf, uint32_t codepoint);
/* A JSON string, quotes included; malformed UTF-8 becomes U+FFFD. */
void bt_buf_add_quoted(bt_buf *buf, bt_str text);
void bt_buf_format(bt_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
bt_str bt_buf_str(const bt_buf *buf);

char *bt_buf_grow(bt_buf *buf, size_t n); /* as bt_buf_room, where there is not enough */
static inline char *bt_buf_room(bt_buf *buf, size_t n)
{
    return buf->bytes.capacity - buf->bytes.n >= n ? buf->bytes.v + buf->bytes.n : bt_buf_grow(buf, n);
}

static inline void bt_buf_add_char(bt_buf *buf, char c)
{
    char *room = bt_buf_room(buf, 1);
    if (!room) return;
    *room = c;
    buf->bytes.n++;
}

size_t bt_utf8_decode_long(bt_str s, size_t at, uint32_t *codepoint); /* of a character beyond ASCII */
/* Decodes the character at `at` (< s.len) and gives its length in bytes; malformed: U+FFFD, length 1. Overlong forms,
 * surrogates and what lies above U+10FFFF are malformed. */
static inline size_t bt_utf8_decode(bt_str s, size_t at, uint32_t *codepoint)
{
    unsigned char lead = (unsigned char)s.ptr[at];
    if (lead >= 0x80) return bt_utf8_decode_long(s, at, codepoint);
    *codepoint = lead;
    return 1;
}
/* Writes 1 to 4 bytes and gives their number. */
size_t bt_utf8_encode(uint32_t codepoint, char out[4]);
/* The number of characters. */
size_t bt_utf8_count(bt_str s);

#endif
