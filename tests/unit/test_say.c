/* test_say.c - messages in English and Vietnamese: filling in, phrases, and that the two have the same parts. */
#include "base/diag.h"
#include "base/file.h"
#include "unit/check.h"

#include <errno.h>
#include <expat.h>
#include <stdlib.h>

typedef struct heard {
    char code[8], text[512];
    bt_severity severity;
} heard;

static void hear(void *user, const bt_message *message)
{
    heard *h = user;
    h->severity = message->severity;
    snprintf(h->code, sizeof h->code, "%s", message->code);
    snprintf(h->text, sizeof h->text, "%s", message->text);
}

static void test_diag(void)
{
    heard h = {.code = ""};
    bt_diags diags = {.on_message = hear, .user = &h, .lang = BT_LANG_VI};
    bt_diag(&diags, BT_E_READ, NULL, BT_ARGS(BT_STR("a\nb.json"), BT_STR("{1}")));
    CHECK_STR(bt_str_of(h.text),
              "không đọc được 'a?b.json': {1}; hãy khắc phục điều đó, hoặc nêu tệp khác"); /* what is filled in is not
                                                                                              filled in again */
    CHECK_STR(bt_str_of(h.code), "E0802");
    CHECK_INT(h.severity, BT_ERROR);
    diags.lang = BT_LANG_EN;
    bt_diag(&diags, BT_E_READ, NULL, BT_ARGS(BT_STR("b.json"), BT_STR("lost")));
    CHECK_STR(bt_str_of(h.text), "cannot read 'b.json': lost; put that right, or name another file");
    /* An order of its own, and braces that are no placeholders. */
    diags.lang = BT_LANG_VI;
    bt_diag(&diags, BT_E_KEY_MISSPELT, NULL, BT_ARGS(BT_STR("\"txt\""), BT_STR("bài này"), BT_STR("text")));
    CHECK_STR(bt_str_of(h.text), "bài này không có khóa \"txt\"; có phải bạn định viết \"text\" không?");
    bt_diag(&diags, BT_E_LAYOUT_FIELD, NULL, BT_ARGS(BT_STR("pgae"), BT_STR("{page}")));
    CHECK_STR(bt_str_of(h.text), "không có trường {pgae}; hãy dùng một trong {page}");
    CHECK_INT(diags.n[BT_ERROR], 4);
}

/* What is met twice is told once; an error still counts, for whoever looks whether there was one. */
static void test_told_once(void)
{
    heard h = {.code = ""};
    bt_diags diags = {.on_message = hear, .user = &h};
    const bt_place at = {.pointer = BT_STR("/a"), .line = 3, .column = 1},
                   elsewhere = {.pointer = BT_STR("/b"), .line = 3};
    for (int i = 0; i < 2; i++) {
        bt_diag(&diags, BT_W_BLANK, &at, BT_ARGS(BT_STR("this")));
        CHECK_STR(bt_str_of(h.code), i ? "" : "W0225");
        h.code[0] = '\0';
        bt_diag(&diags, BT_E_BLANK, &at, BT_ARGS(BT_STR("text")));
        CHECK_STR(bt_str_of(h.code), i ? "" : "E0224");
        h.code[0] = '\0';
    }
    CHECK_INT(diags.n[BT_WARNING], 1);
    CHECK_INT(diags.n[BT_ERROR], 2);
    bt_diag(&diags, BT_W_BLANK, &elsewhere, BT_ARGS(BT_STR("this")));
    bt_diag(&diags, BT_W_BLANK, &at, BT_ARGS(BT_STR("that")));
    CHECK_INT(diags.n[BT_WARNING], 3);
}

static void test_phrases(void)
{
    bt_arena arena = {0};
    bt_diags diags = {.lang = BT_LANG_EN};
    CHECK_STR(BT_SAY(&diags, "this cell"), "this cell");
    CHECK_STR(BT_SAY(&diags, "this cellar"), "this cellar");
    CHECK_INT(diags.lacking.len, 0);
    diags.lang = BT_LANG_VI;
    CHECK_STR(BT_SAY(&diags, "this cell"), "ô này");
    CHECK_STR(bt_say_with(&diags, &arena, BT_STR("line {1} of {2}"), BT_ARGS(BT_STR("3"), BT_STR("a.json"))),
              "dòng 3 của tệp a.json");
    CHECK_STR(bt_say(&diags, BT_STR("")), "");
    CHECK_STR(bt_say_foreign(&diags, BT_STR("a word of libpng's")), "a word of libpng's");
    CHECK_INT(diags.lacking.len, 0);
    CHECK_STR(BT_SAY(&diags, "this cellar"), "this cellar");
    CHECK_STR(diags.lacking, "this cellar");
    CHECK_STR(bt_file_error(&diags, &arena, ENOENT), "không có tệp hoặc thư mục ấy");
    CHECK_STR(bt_file_error(&diags, &arena, 100000), "lỗi 100000");
    bt_arena_drop(&arena);
}

/* One bit for each placeholder. */
static unsigned placeholders(const char *text)
{
    unsigned found = 0;
    for (const char *c = text; *c; c++)
        if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') found |= 1u << (c[1] - '0');
    return found;
}

static void test_same_parts(void)
{
    for (int code = 0; code < BT_N_DIAGS; code++) {
        const char *english = bt_diag_text((bt_diag_code)code, BT_LANG_EN);
        const char *vietnamese = bt_diag_text((bt_diag_code)code, BT_LANG_VI);
        bool has_same = vietnamese[0] && placeholders(english) == placeholders(vietnamese);
        CHECK(has_same);
        if (!has_same) printf("    %s\n    %s\n", english, vietnamese);
        CHECK(strcmp(english, vietnamese) != 0);
    }
    size_t n;
    const bt_phrase *phrases = bt_phrases(&n);
    for (size_t i = 0; i < n; i++) {
        CHECK(phrases[i].vietnamese.len > 0);
        CHECK_INT(placeholders(phrases[i].english.ptr), placeholders(phrases[i].vietnamese.ptr));
        for (size_t k = 0; k < i; k++) CHECK(!bt_str_equal(phrases[i].english, phrases[k].english));
    }
}

static bool is_error_of_system(bt_str english)
{
    for (int error = 1; error < 200; error++) {
        const char *name = strerrordesc_np(error);
        if (name && bt_str_is(english, name)) return true;
    }
    return false;
}

static bool is_error_of_expat(bt_str english)
{
    for (int error = 1; error < 60; error++) {
        const char *name = XML_ErrorString((enum XML_Error)error);
        if (name && bt_str_is(english, name)) return true;
    }
    return false;
}

/* Those of the system and of expat are what these say, letter for letter; libpng's and libjpeg's are few. */
static void test_foreign(void)
{
    size_t n, n_others = 0;
    const bt_phrase *phrases = bt_phrases(&n);
    for (size_t i = 0; i < n; i++)
        if (phrases[i].is_foreign)
            n_others += !is_error_of_system(phrases[i].english) && !is_error_of_expat(phrases[i].english);
    CHECK(n_others <= 10);
}

int main(void)
{
    test_diag();
    test_told_once();
    test_phrases();
    test_same_parts();
    test_foreign();
    return check_report();
}
