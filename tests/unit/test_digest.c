/* test_digest.c - SHA-256 against the examples of FIPS 180-4, and its spelling. */
#include "base/digest.h"
#include "check.h"

static void check_known(const char *text, const char *hex)
{
    char made[BT_DIGEST_HEX];
    bt_digest digest = bt_digest_of(text, strlen(text)), parsed;
    bt_digest_hex(&digest, made);
    CHECK_STR(bt_str_of(made), hex);
    CHECK(bt_digest_parse(bt_str_of(hex), &parsed) && bt_digest_equal(&parsed, &digest));
}

static void test_known(void)
{
    check_known("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_known("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_known("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void test_spelling(void)
{
    bt_digest digest;
    CHECK(!bt_digest_parse(BT_STR(""), &digest));
    CHECK(!bt_digest_parse(BT_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"), &digest));
    CHECK(!bt_digest_parse(BT_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015aG"), &digest));
}

static void test_pieces(void)
{
    bt_digester a, b;
    bt_digest_begin(&a);
    bt_digest_begin(&b);
    bt_digest_add_str(&a, BT_STR("ab"));
    bt_digest_add_str(&a, BT_STR("c"));
    bt_digest_add_str(&b, BT_STR("a"));
    bt_digest_add_str(&b, BT_STR("bc"));
    bt_digest x = bt_digest_end(&a), y = bt_digest_end(&b);
    CHECK(!bt_digest_equal(&x, &y)); /* neighbours do not run into each other */
    bt_digest_begin(&a);
    bt_digest_add(&a, "a", 1);
    bt_digest_add(&a, "bc", 2);
    x = bt_digest_end(&a);
    y = bt_digest_of("abc", 3);
    CHECK(bt_digest_equal(&x, &y));
}

int main(void)
{
    test_known();
    test_spelling();
    test_pieces();
    return check_report();
}
