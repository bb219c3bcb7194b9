/* digest.h - SHA-256, by nettle: what tells that a file, or a drawing, is the same as before. */
#ifndef BT_BASE_DIGEST_H
#define BT_BASE_DIGEST_H

#include "base/beside.h"
#include "base/str.h"

/* Of all bytes at once. */
bt_digest bt_digest_of(const void *bytes, size_t size);

/* The same, maybe by a helper. Zeroed, it is not begun. */
typedef struct bt_digesting {
    bt_piece piece;
    const void *bytes;
    size_t size;
    bt_digest made;
} bt_digesting;

/* beside may be NULL. Nothing, where it was begun before. */
void bt_digesting_begin(bt_digesting *digesting, bt_beside *beside, const void *bytes, size_t size);
const bt_digest *bt_digesting_end(bt_digesting *digesting);

/* The same in pieces. */
typedef struct bt_digester {
    uint64_t state[16]; /* digest.c only */
} bt_digester;

void bt_digest_begin(bt_digester *digester);
void bt_digest_add(bt_digester *digester, const void *bytes, size_t size);
/* A number, the same on every machine. */
void bt_digest_add_number(bt_digester *digester, int64_t number);
/* A string and its length, so that neighbours cannot run into each other. */
void bt_digest_add_str(bt_digester *digester, bt_str text);
bt_digest bt_digest_end(bt_digester *digester);

bool bt_digest_equal(const bt_digest *a, const bt_digest *b);

/* 64 lower-case hexadecimal digits and a NUL. */
enum { BT_DIGEST_HEX = 65 };
void bt_digest_hex(const bt_digest *digest, char hex[BT_DIGEST_HEX]);
/* False: these are no 64 hexadecimal digits. */
bool bt_digest_parse(bt_str hex, bt_digest *digest);

/* Of the library that makes them: "3.8". Lives in the arena. */
const char *bt_digest_library(bt_arena *arena);

#endif
