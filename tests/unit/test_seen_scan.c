/* test_seen_scan.c - the tokens of content streams. */
#include "check.h"

#include "check/seen/scan.h"

#include <math.h>

static bt_arena texts;

static void tell_operand(bt_buf *out, const seen_scan *s, const seen_operand *operand)
{
    switch (operand->kind) {
    case SEEN_NUMBER:
        bt_buf_add_fixed(out, llround(operand->number * 1000), 3);
        break;
    case SEEN_NAME:
    case SEEN_STRING:
        bt_buf_add_char(out, operand->kind == SEEN_NAME ? '/' : '(');
        bt_buf_add(out, operand->text);
        if (operand->kind == SEEN_STRING) bt_buf_add_char(out, ')');
        break;
    case SEEN_WORD:
        bt_buf_add(out, operand->text);
        break;
    case SEEN_ARRAY:
    case SEEN_DICT:
        bt_buf_add_char(out, operand->kind == SEEN_ARRAY ? '[' : '{');
        for (uint32_t i = operand->begin; i < operand->end; i = seen_scan_after(s, i)) {
            if (i > operand->begin) bt_buf_add_char(out, ' ');
            tell_operand(out, s, &s->items.v[i]);
        }
        bt_buf_add_char(out, operand->kind == SEEN_ARRAY ? ']' : '}');
        break;
    }
}

typedef struct scan_case {
    const char *content, *seen;
} scan_case;

static void test_tokens(void)
{
    static const scan_case cases[] = {
        {"1 -2 +3 .5 -.5 5. 0.25 007 x", "1 -2 3 0.5 -0.5 5 0.25 7 x;"},
        {"--5 1-2 . - 1.5.25 x", "-5 12 0 0 1.5 0.25 x;"},
        {"1234567890 000000000000000000001 0.00000000000000001 x", "1234567890 1 0 x;"},
        {"1 0 0rg 0.5g[1]d", "1 0 0 rg;0.5 g;[1] d;"},
        {"(a) (a(b)c) (a\\)b) (\\101\\7\\n) (a\\\nb) (a\\\r\nb) (\\q) x", "(a) (a(b)c) (a)b) (A\7\n) (ab) (ab) (q) x;"},
        {"(a\rb) (a\r\nb) (\\0053) x", "(a\nb) (a\nb) (\0053) x;"},
        {"<41 4> <> <zz42> x", "(A@) () (B) x;"},
        {"/A#20B /# /#4 /#zz /A#42 / x", "/A B /# /#4 /#zz /AB / x;"},
        {"/a/b(c)/d<41>x", "/a /b (c) /d (A) x;"},
        {"[1 [2 (a)] /b] [[[]]] x", "[1 [2 (a)] /b] [[[]]] x;"},
        {"<< /A 1 /B << /C [2] >> /D true >> null x", "{/A 1 /B {/C [2]} /D true} null x;"},
        {"1 % 2 x\n3 x %", "1 3 x;"},
        {"] >> } ) 1 x", "1 x;"},
        {"[(a) 1 TJ 2 x", "[(a) 1] TJ;2 x;"},
        {"(never ends x", ""},
        {"<41", ""},
        {"1 2", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static seen_scan s;
        bt_buf out = bt_buf_in(&texts);
        bt_str name;
        memset(&s, 0, sizeof s);
        seen_scan_begin(&s, &texts, bt_str_of(cases[i].content));
        while (seen_scan_next(&s, &name)) {
            for (uint32_t k = 0; k < s.n_operands; k++) {
                tell_operand(&out, &s, &s.operands[k]);
                bt_buf_add_char(&out, ' ');
            }
            bt_buf_format(&out, "%.*s;", BT_STR_ARGS(name));
        }
        CHECK_STR(bt_buf_str(&out), cases[i].seen);
        bt_arena_reset(&texts);
    }
}

static void test_many_operands(void)
{
    static seen_scan s;
    bt_str name;
    bt_buf many = bt_buf_in(&texts);
    for (int i = 0; i < 100; i++) bt_buf_format(&many, "%d ", i);
    bt_buf_add_z(&many, "x");
    seen_scan_begin(&s, &texts, bt_buf_str(&many));
    CHECK(seen_scan_next(&s, &name) && s.n_operands == SEEN_MOST_OPERANDS && s.operands[0].number == 60);
    bt_arena_reset(&texts);
}

int main(void)
{
    test_tokens();
    test_many_operands();
    bt_arena_drop(&texts);
    return check_report();
}
