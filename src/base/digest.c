/* digest.c - see digest.h. */
#include "base/digest.h"

#include <nettle/sha2.h>
#include <nettle/version.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(bt_digester), "room");
_Static_assert(SHA256_DIGEST_SIZE == sizeof(bt_digest), "SHA-256");

static struct sha256_ctx *state_of(bt_digester *digester) { return (struct sha256_ctx *)digester->state; }

void bt_digest_begin(bt_digester *digester) { sha256_init(state_of(digester)); }

void bt_digest_add(bt_digester *digester, const void *bytes, size_t size)
{
    if (size) sha256_update(state_of(digester), size, bytes);
}

void bt_digest_add_number(bt_digester *digester, int64_t number)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    bt_digest_add(digester, bytes, sizeof bytes);
}

void bt_digest_add_str(bt_digester *digester, bt_str text)
{
    bt_digest_add_number(digester, (int64_t)text.len);
    bt_digest_add(digester, text.ptr, text.len);
}

bt_digest bt_digest_end(bt_digester *digester)
{
    bt_digest digest;
    sha256_digest(state_of(digester), sizeof digest.bytes, digest.bytes);
    return digest;
}

bt_digest bt_digest_of(const void *bytes, size_t size)
{
    bt_digester digester;
    bt_digest_begin(&digester);
    bt_digest_add(&digester, bytes, size);
    return bt_digest_end(&digester);
}

static void make_digest(void *user)
{
    bt_digesting *d = user;
    d->made = bt_digest_of(d->bytes, d->size);
}

void bt_digesting_begin(bt_digesting *d, bt_beside *beside, const void *bytes, size_t size)
{
    if (d->piece.state != BT_PIECE_NONE) return;
    d->bytes = bytes;
    d->size = size;
    bt_piece_offer(&d->piece, beside, make_digest, d);
}

const bt_digest *bt_digesting_end(bt_digesting *d)
{
    bt_piece_wait(&d->piece);
    return &d->made;
}

bool bt_digest_equal(const bt_digest *a, const bt_digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void bt_digest_hex(const bt_digest *digest, char hex[BT_DIGEST_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        hex[2 * i] = digits[digest->bytes[i] >> 4];
        hex[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    hex[BT_DIGEST_HEX - 1] = '\0';
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool bt_digest_parse(bt_str hex, bt_digest *digest)
{
    if (hex.len != BT_DIGEST_HEX - 1) return false;
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        int high = digit_of(hex.ptr[2 * i]), low = digit_of(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        digest->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

const char *bt_digest_library(bt_arena *arena)
{
    return bt_str_z(arena, bt_str_format(arena, "%d.%d", nettle_version_major(), nettle_version_minor()));
}
