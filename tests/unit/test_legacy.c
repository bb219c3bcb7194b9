/* test_legacy.c - letters, the grammar of syllables, remarks, and old encodings where memory runs out. What the
 * encodings are, and what is none of them, is in tests/legacy.
 */
#include "check.h"

#include <stdlib.h>

#include "text/legacy.h"
#include "text/remark.h"
#include "text/syllable.h"
#include "text/text.h"

/* --- letters and syllables --- */

static void test_letters(void)
{
    const uint32_t *letters = bt_vietnamese_letters();
    uint32_t n_upper = 0;
    for (int i = 0; i < BT_N_VIETNAMESE; i++) {
        bt_letter letter;
        CHECK(bt_letter_of(letters[i], &letter));
        CHECK_INT(bt_letter_join(letter), letters[i]);
        n_upper += letter.is_upper;
    }
    CHECK_INT(n_upper, BT_N_VIETNAMESE / 2);
    static const uint32_t others[] = {'f',  'j',  'w',   'z',   '1',   ' ',    0xD0,   0xD7,  0xF0,   0xF7,   0xE4,
                                      0xE7, 0xFC, 0x104, 0x10F, 0x300, 0x1E9E, 0x1EFA, 0x430, 0xFFFD, 0x1F600};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        bt_letter letter;
        CHECK(!bt_letter_of(others[i], &letter));
    }
}

static bool is_syllable(const char *word, size_t length, bool is_bare)
{
    bt_letter letters[32];
    bt_str text = {word, length};
    size_t n = 0;
    for (size_t at = 0; at < length && n < 32; n++) {
        uint32_t c;
        at += bt_utf8_decode(text, at, &c);
        if (!bt_letter_of(c, &letters[n])) return false;
    }
    return bt_is_syllable(letters, n, is_bare);
}

static void check_words(const char *words, bool is_bare, bool wanted)
{
    for (const char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        check_that(is_syllable(word, length, is_bare) == wanted, __FILE__, __LINE__, wanted ? "a syllable" : "none");
        if (is_syllable(word, length, is_bare) != wanted) printf("    %.*s\n", (int)length, word);
        word += length + (word[length] == ' ');
    }
}

static void test_syllables(void)
{
    check_words(
        "a ơ ở ý y ừ ạ ổ ba bà hoà hòa hoè hòe thuý thúy uỷ ủy quý quá quà quê quốc quỳnh quyên quýt quạu quờ quẻ "
        "gì gìn giá già giữ giếng giêng giết gieo giường giặt ghế ghi nghe nghiêng nghĩa ngay người ngoằng ngoẻo "
        "khuya khuỷu huỳnh huých huơ thuở tuyết tuyển chuyện khuếch huênh loắt xoong soóc oan oản uyên yêu yến yểng ỉa "
        "iu lưu hươu rượu bươu mía múa mưa khuâng quầng quật xuất toét xoèn đoái ngoáy oách hoạch xoạch đặc Đắk Lắk "
        "Kạn "
        "xích lịch lệch kênh ếch ông ốc óc úp ớt uống ướt ươn in ít ích kỹ kỳ lý mỹ sỹ tỷ thy vy hy",
        false, true);
    check_words(
        "cê ce ci ghà ngè nge ghu gê qa qu qo trương2 bơng đơng tôt viet mat hoc sach thuỳên hoàǹ hóá toàń aa ee "
        "tưn bă hă tâ yê iêu iên bya byê cyu kă kuy dyt vyn ngy gy quu quo1 nghơ strong and été trốs Müller mm ng "
        "th tr b đ bách1 hoaò hoanh\u0301 uóng ưóng mía\u0301 chuyên\u0309 nghiêngg",
        false, false);
    check_words("viet nam hoc sach tot duoc nguoi phuong dong thuy huynh khuyu hop dac lak xuat the on in to me co so",
                true, true);
    check_words("microsoft women report prince text start google street nous allons est dans ware workshop", true,
                false);
}

/* --- remarks --- */

typedef struct remark_case {
    const char *text;
    uint32_t n[BT_N_REMARKS]; /* quotes, spaces, before, opening, alike */
} remark_case;

static const remark_case remark_cases[] = {
    {"", {0}},
    {"Hội Liên hiệp Phụ nữ, tỉnh Thanh Hoá: “một” (hai); ba! Bốn? ‘năm’…", {0}},
    {"nói \"một\" và \"hai\"", {4}},
    {"nói 'một' và 'hai'", {2}},
    {"màn hình 24\", H'Mông, Côte d'Ivoire, 5' 30\"", {0}},
    {"một  hai   ba", {0, 2}},
    {"một \xC2\xA0hai", {0, 1}},
    {"  một\n  hai  \n  ", {0}},
    {"một , hai ; ba . bốn : năm ! sáu ? bảy )", {0, 0, 7}},
    {"một  , hai", {0, 1, 1}},
    {"1 : 2, hai ... .5 ,5 .NET ?x :a", {0}},
    {"Lê Thị ... (Thanh Hoá )", {0, 0, 1}},
    {"( một ) ( )", {0, 0, 1, 1}},
    {"\n, một\n) hai", {0}},
    {"[trang](https://x.vn/a \"b\"  c ) tiếp", {0}},
    {"[trang] ( một)", {0, 0, 0, 1}},
    {"н\xD0\xBE H\xD0\xBE\xE1\xBA\xA1t đ\xD1\x81ng n\xC7\x8Em", {0, 0, 0, 0, 2}},
    {"то же самое; ειναι; ða", {0, 0, 0, 0, 1}},
};

static void test_remarks(void)
{
    for (size_t i = 0; i < sizeof remark_cases / sizeof *remark_cases; i++) {
        bt_remarks remarks = bt_remark(bt_str_of(remark_cases[i].text));
        bool is_same = memcmp(remarks.n, remark_cases[i].n, sizeof remarks.n) == 0;
        check_that(is_same, __FILE__, __LINE__, remark_cases[i].text);
        for (int kind = 0; !is_same && kind < BT_N_REMARKS; kind++) printf("    %u\n", remarks.n[kind]);
    }
    bt_arena arena = {0};
    bt_str text = BT_STR("Chị em phụ nữ xã Quảng Lưu nói \"một\" rồi cùng về nhà nghỉ ngơi\nDòng hai");
    CHECK_STR(bt_remark_excerpt(&arena, text, bt_remark(text).first[BT_REMARK_QUOTES]),
              "\"…ã Quảng Lưu nói \"một\" rồi cùng v…\"");
    CHECK_STR(bt_remark_excerpt(&arena, text, text.len - 1), "\"Dòng hai\"");
    CHECK_INT(bt_remark_meant(0x1CE), 0x103);
    CHECK_INT(bt_remark_meant('a'), 0);
    bt_arena_drop(&arena);
}

static void test_tones(void)
{
    bt_arena arena = {0};
    bt_tone_places places = bt_remark_tones(&arena, BT_STR("Hoà, hòa; HOÀ quý quà hoàn khoẻ thủy uỷ hoa José hoành"));
    CHECK_INT(places.n_first, 2);
    CHECK_INT(places.n_second, 4);
    CHECK_STR(places.first, "hòa");
    CHECK_STR(places.second, "Hoà");
    places = bt_remark_tones(&arena, BT_STR("thu\xCC\x89y hoa\xCC\x80"));
    CHECK_STR(places.first, "thủy");
    CHECK_STR(places.second, "hoà");
    places = bt_remark_tones(&arena, BT_STR("không có gì"));
    CHECK_INT(places.n_first + places.n_second, 0);
    bt_arena_drop(&arena);
}

/* --- without memory --- */

typedef struct failing {
    long left; /* allocations until one fails */
} failing;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    failing *f = user;
    (void)old_size;
    if (!new_size) {
        free(block);
        return NULL;
    }
    return f->left-- > 0 ? realloc(block, new_size) : NULL;
}

/* False: memory ran out, and that was told. */
static bool rescue(const bt_allocator *allocator, bt_str text, bt_str wanted)
{
    bt_arena arena = bt_arena_over(allocator), scratch = bt_arena_over(allocator);
    bt_legacy_habits habits = {0};
    bt_legacy_runs runs = {NULL, 0};
    bt_status status = bt_legacy_learn(&scratch, text, &habits);
    if (status == BT_OK) status = bt_legacy_find(&arena, &scratch, text, &habits, &runs);
    bt_str converted = status == BT_OK ? bt_legacy_convert(&arena, text, &runs) : BT_STR("");
    bool is_done = status == BT_OK && !arena.failed;
    CHECK(status == BT_OK || status == BT_NOMEM);
    if (is_done) CHECK(bt_str_equal(converted, wanted));
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
    return is_done;
}

static void test_memory(void)
{
    enum { MOST = 1000, TIMES = 400 };
    bt_arena arena = {0};
    bt_buf old = bt_buf_in(&arena), new = bt_buf_in(&arena);
    for (int i = 0; i < TIMES; i++) {
        bt_buf_add_z(&old, "Hoäi Lieân hieäp Phuï nöõ, Hội, Héi Liªn hiÖp Phô n÷, Hội. ");
        bt_buf_add_z(&new, "Hội Liên hiệp Phụ nữ, Hội, Hội Liên hiệp Phụ nữ, Hội. ");
    }
    long n = 0;
    for (bool is_done = false; !is_done && n < MOST; n++) {
        failing f = {n};
        bt_allocator allocator = {resize, &f};
        is_done = rescue(&allocator, bt_buf_str(&old), bt_buf_str(&new));
    }
    CHECK(n > 5 && n < MOST);
    bt_arena_drop(&arena);
}

int main(void)
{
    test_letters();
    test_syllables();
    test_remarks();
    test_tones();
    test_memory();
    return check_report();
}
