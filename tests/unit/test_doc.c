/* test_doc.c - inline markup, numbers as the language writes them, templates. */
#include "doc/doc_int.h"
#include "unit/check.h"

typedef struct inline_case {
    const char *source;
    const char *shown; /* <b>, <i>, <bi>, <url>, <a:...> before each run */
} inline_case;

static const inline_case inline_cases[] = {
    {"không có gì", "<>không có gì"},
    {"một **đậm** chữ", "<>một <b>đậm<> chữ"},
    {"*nghiêng*", "<i>nghiêng"},
    {"***cả hai***", "<bi>cả hai"},
    {"**đậm *và nghiêng* nữa**", "<b>đậm <bi>và nghiêng<b> nữa"},
    {"5 * 3 * 2", "<>5 * 3 * 2"},
    {"một * không đóng", "<>một * không đóng"},
    {"**không đóng", "<>**không đóng"},
    {"\\*thật\\*", "<>*thật*"},
    {"a\\b", "<>a\\b"},
    {"xem [trang này](https://example.org/a?b=c) nhé", "<>xem <a:https://example.org/a?b=c>trang này<> nhé"},
    {"[**đậm**](mailto:a@b.vn)", "<ba:mailto:a@b.vn>đậm"},
    {"[không phải liên kết]", "<>[không phải liên kết]"},
    {"xem https://example.org/a.", "<>xem <urla:https://example.org/a>https://example.org/a<>."},
    {"(www.example.org)", "<>(<urla:http://www.example.org>www.example.org<>)"},
    {"\\[x](https://a.vn)", "<>[x](<urla:https://a.vn>https://a.vn<>)"},
    {"một[^1] hai.[^2]", "<>một<^a:#0.1>1<> hai.<^a:#0.2>2"},
    {"**đậm[^2]**", "<b>đậm<b^a:#0.2>2"},
    {"[liên kết[^1]](https://a.vn)", "<>[liên kết<^a:#0.1>1<>](<urla:https://a.vn>https://a.vn<>)"},
    {"https://a.vn/b[^1]", "<urla:https://a.vn/b>https://a.vn/b<^a:#0.1>1"},
    {"\\[^1] và [^một] và [^] và [^1", "<>[^1] và [^một] và [^] và [^1"},
    {"[xem https://b.vn](https://a.vn)", "<a:https://a.vn>xem <urla:https://a.vn>https://b.vn"},
    {"[x](https://a.vn/b_(c)) [y](https://a.vn/(d)", "<a:https://a.vn/b_(c)>x<> <a:https://a.vn/(d>y"},
    {"[x](https://a.vn b)", "<>[x](<urla:https://a.vn>https://a.vn<> b)"},
    {"“https://a.vn/b”!", "<>“<urla:https://a.vn/b>https://a.vn/b<>”!"},
    {"https:// và www.", "<>https:// và www."},
    {"hỏi: a.b-c+d@thon.com.vn.", "<>hỏi: <a:mailto:a.b-c+d@thon.com.vn>a.b-c+d@thon.com.vn<>."},
    {"(a@b.vn), **c@d.vn**", "<>(<a:mailto:a@b.vn>a@b.vn<>), <ba:mailto:c@d.vn>c@d.vn"},
    {"a@b a@b. @b.vn a.@b.vn a@.vn a@b..vn a@b.v a@b.1x2 a@b.vn@c xa@b.vn_c",
     "<>a@b a@b. @b.vn a.@b.vn a@.vn a@b..vn a@b.v a@b.1x2 a@b.vn@c xa@b.vn_c"},
    {"", ""},
    {"**", "<>**"},
    {"** **", "<>** **"},
};

static bt_str shown(bt_arena *arena, const bt_rich *rich)
{
    bt_buf out = bt_buf_in(arena);
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        const bt_run *run = &rich->runs[i];
        bt_buf_add_char(&out, '<');
        if (run->is_bold) bt_buf_add_char(&out, 'b');
        if (run->is_italic) bt_buf_add_char(&out, 'i');
        if (run->is_verbatim) bt_buf_add_z(&out, "url");
        if (run->is_superior) bt_buf_add_z(&out, "^");
        if (run->link) {
            bt_buf_add_z(&out, "a:");
            bt_buf_add(&out, run->link->uri);
            if (!run->link->uri.len)
                bt_buf_format(&out, "%s%u.%u", run->link->is_back ? "^" : "#", run->link->article_i,
                              run->link->note_no);
        }
        bt_buf_add_char(&out, '>');
        bt_buf_add(&out, bt_str_slice(rich->text, run->begin, run->end));
    }
    return bt_buf_str(&out);
}

static void test_inlines(bt_arena *arena)
{
    bt_style style = {.size = BT_PT(10)};
    for (size_t i = 0; i < sizeof inline_cases / sizeof *inline_cases; i++) {
        bt_diags diags = {0};
        uint32_t n_references[2] = {0};
        bt_doc_notes notes = {.n = 2, .n_references = n_references};
        bt_doc_maker maker = {.arena = arena, .diags = &diags, .notes = &notes};
        bt_rich rich;
        CHECK(bt_doc_rich(&maker, (bt_text){bt_str_of(inline_cases[i].source), NULL}, &style, &rich));
        CHECK_STR(shown(arena, &rich), inline_cases[i].shown);
        uint32_t end = 0;
        for (uint32_t r = 0; r < rich.n_runs; r++) {
            CHECK_INT(rich.runs[r].begin, end);
            end = rich.runs[r].end;
        }
        CHECK_INT(end, rich.text.len);
    }
    static const char *const wrong[] = {"[x](javascript:alert(1))", "một[^3]", "không[^0]", "bảy[^999999]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bt_diags diags = {0};
        uint32_t n_references[2] = {0};
        bt_doc_notes notes = {.n = 2, .n_references = n_references};
        bt_doc_maker maker = {.arena = arena, .diags = &diags, .notes = i % 2 ? &notes : NULL};
        bt_rich rich;
        CHECK(!bt_doc_rich(&maker, (bt_text){bt_str_of(wrong[i]), NULL}, &style, &rich));
        CHECK_INT(diags.n[BT_ERROR], 1);
    }
}

static void test_numbers(bt_arena *arena)
{
    static const struct {
        const char *digits;
        int32_t decimals;
        const char *lang, *shown;
    } cases[] = {
        {"20337", -1, "vi-VN", "20.337"},
        {"487.5", -1, "vi-VN", "487,5"},
        {"487.50", -1, "vi-VN", "487,50"},
        {"18680000000", -1, "vi", "18.680.000.000"},
        {"-1234.5", -1, "vi", "-1.234,5"},
        {"0", -1, "vi", "0"},
        {"999", -1, "vi", "999"},
        {"1000", -1, "vi", "1.000"},
        {"487.5", 0, "vi", "488"},
        {"487.45", 1, "vi", "487,5"},
        {"-0.05", 1, "vi", "-0,1"},
        {"999.95", 1, "vi", "1.000,0"},
        {"-0.04", 1, "vi", "0,0"}, /* what rounds to nothing has no sign */
        {"-0.4", 0, "vi", "0"},
        {"-0.5", 0, "vi", "-1"},
        {"7", 2, "vi", "7,00"},
        {"9.999", 2, "vi", "10,00"},
        {"20337.25", -1, "en", "20,337.25"},
        {"1e9", -1, "vi", "1e9"},
        {"123456789012345678901234567890", -1, "vi", "123.456.789.012.345.678.901.234.567.890"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(bt_doc_number(arena, bt_str_of(cases[i].digits), cases[i].decimals, bt_str_of(cases[i].lang)),
                  cases[i].shown);
}

static void test_templates(bt_arena *arena)
{
    bt_doc_fields fields = {.kind = BT_STR("BẢN TIN"),
                            .title = BT_STR("Tin"),
                            .number = BT_STR("4"),
                            .issuer = BT_STR(""),
                            .edition = BT_STR(""),
                            .motto = BT_STR("")};
    bool is_empty;
    CHECK_STR(bt_doc_fill(arena, BT_STR("{kind}: {title}"), bt_doc_field, &fields, &is_empty), "BẢN TIN: Tin");
    CHECK(!is_empty);
    bt_doc_fill(arena, BT_STR("{edition} – {motto}"), bt_doc_field, &fields, &is_empty);
    CHECK(is_empty);
    CHECK_STR(bt_doc_fill(arena, BT_STR("chữ thường"), bt_doc_field, &fields, &is_empty), "chữ thường");
    CHECK(!is_empty);
    CHECK_STR(bt_doc_fill(arena, BT_STR("mở { mãi"), bt_doc_field, &fields, &is_empty), "mở { mãi");
}

static void test_markers(bt_arena *arena)
{
    static const struct {
        const char *template;
        uint32_t n;
        const char *lang, *shown;
    } cases[] = {
        {"{1}.", 7, "vi-VN", "7."},
        {"{a})", 1, "vi-VN", "a)"},
        {"{a})", 5, "vi-VN", "đ)"},
        {"{a})", 5, "en", "e)"},
        {"{a})", 23, "vi-VN", "y)"},
        {"{a})", 24, "vi-VN", "aa)"},
        {"{a})", 46, "vi-VN", "ay)"},
        {"{a})", 26, "en", "z)"},
        {"{a})", 27, "en", "aa)"},
        {"{A}.", 5, "vi", "Đ."},
        {"{I}.", 4, "vi", "IV."},
        {"{i}", 1999, "vi", "mcmxcix"},
        {"{I}", 3999, "vi", "MMMCMXCIX"},
        {"{I}", 4000, "vi", "4000"},
        {"–", 3, "vi", "–"},
        {"Điều {1}.", 12, "vi", "Điều 12."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(bt_doc_marker(arena, bt_str_of(cases[i].template), cases[i].n, bt_str_of(cases[i].lang)),
                  cases[i].shown);
}

static void test_drop_caps(bt_arena *arena)
{
    static const struct {
        const char *source, *cap, *rest;
    } cases[] = {
        {"Thực hiện", "T", "hực hiện"},
        {"“Đây là", "“Đ", "ây là"},
        {"(“Ấp” này", "(“Ấ", "p” này"},
        {"A\xCC\x81o dài", "A\xCC\x81", "o dài"},
        {"Ở xã", "Ở", " xã"},
        {"**Th**ực", "T", "hực"},
        {"**T**hực", "T", "hực"},
        {"24 lớp", "", ""},
        {"((( ba", "", ""},
        {"Ðây là", "", ""},
        {"T", "", ""},
        {"“", "", ""},
        {"https://a.vn là", "", ""},
        {"[Thực](https://a.vn)", "", ""},
    };
    bt_layout layout = {0};
    bt_style style = {.size = BT_PT(10)};
    for (size_t i = 0; i < BT_N_STYLE_ROLES; i++) layout.role[i] = &style;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_diags diags = {0};
        bt_doc_maker maker = {.arena = arena, .diags = &diags, .layout = &layout};
        bt_doc_block block = {0};
        CHECK(bt_doc_rich(&maker, (bt_text){bt_str_of(cases[i].source), NULL}, &style, &block.text));
        CHECK(bt_doc_add_drop_cap(&maker, &block));
        CHECK_STR(block.drop_cap.text, cases[i].cap);
        CHECK_STR(block.after_cap.text, cases[i].rest);
        uint32_t end = 0;
        for (uint32_t r = 0; r < block.after_cap.n_runs; r++) {
            CHECK_INT(block.after_cap.runs[r].begin, end);
            end = block.after_cap.runs[r].end;
        }
        CHECK_INT(end, block.after_cap.text.len);
    }
}

int main(void)
{
    bt_arena arena = {0};
    test_markers(&arena);
    test_drop_caps(&arena);
    test_inlines(&arena);
    test_numbers(&arena);
    test_templates(&arena);
    bt_arena_drop(&arena);
    return check_report();
}
