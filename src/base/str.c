#include "base/str.h"

#include <endian.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bt_str bt_str_of(const char *z) { return z ? (bt_str){z, strlen(z)} : BT_STR(""); }

bool bt_str_equal(bt_str a, bt_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }

bool bt_str_is(bt_str a, const char *z) { return bt_str_equal(a, bt_str_of(z)); }

int bt_str_compare(bt_str a, bt_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (order) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bt_str bt_str_slice(bt_str s, size_t begin, size_t end)
{
    if (end > s.len) end = s.len;
    if (begin > end) begin = end;
    return s.ptr ? (bt_str){s.ptr + begin, end - begin} : BT_STR("");
}

bool bt_str_starts(bt_str s, bt_str head)
{
    return s.len >= head.len && bt_str_equal(bt_str_slice(s, 0, head.len), head);
}

bool bt_str_ends(bt_str s, bt_str tail)
{
    return s.len >= tail.len && bt_str_equal(bt_str_slice(s, s.len - tail.len, s.len), tail);
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bt_str bt_str_trim(bt_str s)
{
    size_t begin = 0, end = s.len;
    while (begin < end && is_blank(s.ptr[begin])) begin++;
    while (end > begin && is_blank(s.ptr[end - 1])) end--;
    return bt_str_slice(s, begin, end);
}

/* --- hashing --- */

enum { WORD = sizeof(uint64_t), LANES = 4 };
static const uint64_t odd = 0x9E3779B97F4A7C15u;

static uint64_t mixed(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * odd;
    return hash ^ hash >> 29;
}

/* The first byte lowest, on all machines. */
static uint64_t word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

static uint64_t half_at(const char *bytes)
{
    uint32_t half;
    memcpy(&half, bytes, sizeof half);
    return le32toh(half);
}

/* Less than a word; bytes may be read twice, so that none is read alone. */
static uint64_t rest_at(const char *bytes, size_t n)
{
    if (n >= sizeof(uint32_t)) return half_at(bytes) << 32 | half_at(bytes + n - sizeof(uint32_t));
    const unsigned char *b = (const unsigned char *)bytes;
    return n ? (uint64_t)b[0] << 16 | (uint64_t)b[n / 2] << 8 | b[n - 1] : 0;
}

/* Whole pages and files: in lanes, of which none waits for another. Moves on behind what it has read. */
static uint64_t hash_long(const char **bytes, size_t *n)
{
    uint64_t lanes[LANES] = {*n, 1, 2, 3};
    const char *at = *bytes;
    for (; *n >= LANES * WORD; *n -= LANES * WORD, at += LANES * WORD)
        for (size_t i = 0; i < LANES; i++) lanes[i] = mixed(lanes[i], word_at(at + i * WORD));
    *bytes = at;
    uint64_t hash = lanes[0];
    for (size_t i = 1; i < LANES; i++) hash = mixed(hash, lanes[i]);
    return hash;
}

uint64_t bt_str_hash(bt_str s)
{
    const char *at = s.ptr;
    size_t n = s.len;
    uint64_t hash = n >= LANES * WORD ? hash_long(&at, &n) : n * odd;
    for (; n >= WORD; n -= WORD, at += WORD) hash = mixed(hash, word_at(at));
    hash = mixed(hash, rest_at(at, n));
    return hash ^ hash >> 32;
}

bool bt_str_is_id(bt_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool is_letter = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_letter && (!i || (c != '-' && c != '_' && c != '.'))) return false;
    }
    return true;
}

bt_str bt_str_copy(bt_arena *arena, bt_str s) { return bt_str_join(arena, s, BT_STR("")); }

const char *bt_str_z(bt_arena *arena, bt_str s)
{
    char *z = bt_arena_alloc(arena, s.len + 1);
    if (!z) return "";
    if (s.len) memcpy(z, s.ptr, s.len);
    return z;
}

bt_str bt_str_join(bt_arena *arena, bt_str a, bt_str b)
{
    char *bytes = bt_arena_alloc_unset(arena, a.len + b.len);
    if (!bytes) return BT_STR("");
    if (a.len) memcpy(bytes, a.ptr, a.len);
    if (b.len) memcpy(bytes + a.len, b.ptr, b.len);
    return (bt_str){bytes, a.len + b.len};
}

enum { LIKELY = 256 }; /* bytes: what is formatted rarely takes more, and is formatted once then */

bt_str bt_str_format(bt_arena *arena, const char *format, ...)
{
    va_list list;
    char likely[LIKELY];
    va_start(list, format);
    int length = vsnprintf(likely, sizeof likely, format, list);
    va_end(list);
    char *bytes = length < 0 ? NULL : bt_arena_alloc_unset(arena, (size_t)length + 1);
    if (!bytes) return BT_STR("");
    if (length < LIKELY) {
        memcpy(bytes, likely, (size_t)length + 1);
    } else {
        va_start(list, format);
        vsnprintf(bytes, (size_t)length + 1, format, list);
        va_end(list);
    }
    return (bt_str){bytes, (size_t)length};
}

/* Levenshtein's distance over bytes, cut off at the table's width. */
static size_t edit_distance(bt_str a, bt_str b)
{
    enum { WIDEST = 64 };
    size_t row[WIDEST + 1];
    if (a.len > WIDEST || b.len > WIDEST) return WIDEST;
    for (size_t j = 0; j <= b.len; j++) row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (above + 1 < best) best = above + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[b.len];
}

bt_str bt_str_nearest(bt_str word, const bt_str *names, size_t n)
{
    size_t near = word.len < 4 ? 1 : word.len < 8 ? 2 : 3;
    bt_str best = BT_STR("");
    for (size_t i = 0; i < n; i++) {
        size_t distance = edit_distance(word, names[i]);
        if (distance <= near && distance < names[i].len) {
            near = distance ? distance - 1 : 0;
            best = names[i];
            if (distance == 0) break;
        }
    }
    return best;
}

bt_buf bt_buf_in(bt_arena *arena) { return (bt_buf){.arena = arena}; }

/* Not zeroed, as an array would be. */
char *bt_buf_grow(bt_buf *buf, size_t n)
{
    enum { FIRST = 64 };
    uint32_t wanted = buf->bytes.capacity < UINT32_MAX / 2 ? buf->bytes.capacity * 2 : UINT32_MAX;
    if (n > UINT32_MAX - buf->bytes.n) buf->arena->failed = true;
    if (wanted < FIRST) wanted = FIRST;
    if (wanted < buf->bytes.n + n) wanted = buf->bytes.n + (uint32_t)n;
    char *fresh = BT_NEW_ARRAY_UNSET(buf->arena, wanted, char); /* NULL where it has failed */
    if (!fresh) return NULL;
    if (buf->bytes.n) memcpy(fresh, buf->bytes.v, buf->bytes.n);
    buf->bytes.v = fresh;
    buf->bytes.capacity = wanted;
    return fresh + buf->bytes.n;
}

void bt_buf_add(bt_buf *buf, bt_str s)
{
    char *room = s.len ? bt_buf_room(buf, s.len) : NULL;
    if (!room) return;
    memcpy(room, s.ptr, s.len);
    buf->bytes.n += (uint32_t)s.len;
}

void bt_buf_add_z(bt_buf *buf, const char *z)
{
    if (z) bt_buf_add(buf, (bt_str){z, strlen(z)});
}

static int count_digits(uint64_t n)
{
    enum { MOST = 20 };
    int n_digits = 1;
    for (uint64_t limit = 10; n >= limit && n_digits < MOST; limit *= 10) n_digits++;
    return n_digits;
}

/* That many, two at a time. */
static char *put_digits(char *at, uint64_t n, int n_digits)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char *end = at + n_digits;
    for (; n_digits >= 2; n_digits -= 2, n /= 100) memcpy(at + n_digits - 2, &pairs[n % 100 * 2], 2);
    if (n_digits) *at = (char)('0' + n);
    return end;
}

char *bt_put_fixed(char *at, int64_t value, int decimals)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (value < 0) *at++ = '-';
    for (; decimals && rest % 10 == 0; decimals--) rest /= 10;
    int n = count_digits(rest);
    if (!decimals) return put_digits(at, rest, n);
    if (n <= decimals) n = decimals + 1; /* "0.05" */
    char *end = put_digits(at + 1, rest, n), *point = end - decimals - 1;
    for (; at < point; at++) *at = at[1];
    *point = '.';
    return end;
}

void bt_buf_add_int(bt_buf *buf, int64_t n) { bt_buf_add_fixed(buf, n, 0); }

void bt_buf_add_fixed(bt_buf *buf, int64_t value, int decimals)
{
    char *room = bt_buf_room(buf, BT_LONGEST_NUMBER);
    if (room) buf->bytes.n += (uint32_t)(bt_put_fixed(room, value, decimals) - room);
}

void bt_buf_add_codepoint(bt_buf *buf, uint32_t codepoint)
{
    char bytes[4];
    bt_buf_add(buf, (bt_str){bytes, bt_utf8_encode(codepoint, bytes)});
}

/* What stands for a character that cannot stand in a JSON string as it is. */
static void add_escaped(bt_buf *buf, uint32_t c)
{
    static const char digits[] = "0123456789abcdef";
    const char named[] = {'\\', c == '\n' ? 'n' : (char)c};
    const char numbered[] = {'\\', 'u', '0', '0', digits[c >> 4 & 15], digits[c & 15]};
    bool has_name = c == '"' || c == '\\' || c == '\n';
    bt_buf_add(buf, has_name ? (bt_str){named, sizeof named} : (bt_str){numbered, sizeof numbered});
}

/* The next byte of ASCII that cannot stand as it is, or that begins a longer character. */
static size_t plain_end(bt_str text, size_t at)
{
    for (; at < text.len; at++) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c - 0x20U >= 0x7F - 0x20U || c == '"' || c == '\\') break;
    }
    return at;
}

void bt_buf_add_quoted(bt_buf *buf, bt_str text)
{
    size_t begin = 0; /* of what stands as it is */
    bt_buf_add_char(buf, '"');
    for (size_t at = plain_end(text, 0), next; at < text.len; at = plain_end(text, next)) {
        uint32_t c;
        next = at + bt_utf8_decode(text, at, &c);
        if (next > at + 1) continue; /* well-formed */
        bt_buf_add(buf, bt_str_slice(text, begin, at));
        if (c == 0xFFFD)
            bt_buf_add_codepoint(buf, c);
        else
            add_escaped(buf, c);
        begin = next;
    }
    bt_buf_add(buf, bt_str_slice(text, begin, text.len));
    bt_buf_add_char(buf, '"');
}

void bt_buf_format(bt_buf *buf, const char *format, ...)
{
    va_list list;
    char *room = bt_buf_room(buf, LIKELY);
    va_start(list, format);
    int length = room ? vsnprintf(room, LIKELY, format, list) : -1;
    va_end(list);
    if (length >= LIKELY && (room = bt_buf_room(buf, (size_t)length + 1))) {
        va_start(list, format);
        vsnprintf(room, (size_t)length + 1, format, list);
        va_end(list);
    }
    if (room && length > 0) buf->bytes.n += (uint32_t)length;
}

bt_str bt_buf_str(const bt_buf *buf) { return buf->bytes.n ? (bt_str){buf->bytes.v, buf->bytes.n} : BT_STR(""); }

/* What is left when the usual two are not there. */
static size_t decode_rest(bt_str s, size_t at, uint32_t *codepoint)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)s.ptr[at];
    *codepoint = 0xFFFD;
    size_t length = lead >= 0xF0 && lead < 0xF8   ? 4
                    : lead >= 0xE0 && lead < 0xF0 ? 3
                    : lead >= 0xC2 && lead < 0xE0 ? 2
                                                  : 0;
    if (!length || s.len - at < length) return 1;
    uint32_t value = lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)s.ptr[at + i];
        if ((next & 0xC0) != 0x80) return 1;
        value = value << 6 | (next & 0x3Fu);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return 1;
    *codepoint = value;
    return length;
}

static bool is_trail(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/* The letters of Vietnamese have two bytes, or three of which the first is neither the least nor a surrogate's. */
size_t bt_utf8_decode_long(bt_str s, size_t at, uint32_t *codepoint)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t n = s.len - at;
    if (p[0] >= 0xC2 && p[0] < 0xE0 && n >= 2 && is_trail(p[1])) {
        *codepoint = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (p[0] > 0xE0 && p[0] < 0xED && n >= 3 && is_trail(p[1]) && is_trail(p[2])) {
        *codepoint = (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        return 3;
    }
    return decode_rest(s, at, codepoint);
}

size_t bt_utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t bt_utf8_count(bt_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}
