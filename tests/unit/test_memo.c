/* test_memo.c - editions of a base that is open: what they take from what it set before changes nothing. Each edition
 * comes out as it does alone, to the byte, with the same messages in the same order; whatever would be told is told,
 * though the same text was set before.
 */
#include "unit/check.h"

#include "base/file.h"
#include "base/limits.h"
#include "flow/flow_int.h"
#include "job.h"

#include <stdlib.h>
#include <unistd.h>

/* Texts with something to tell: a zero-width space, a word that is torn, a letter that no face has; and one from a
 * fallback, which has nothing. */
#define INVISIBLE "Chữ có\\u200Bdấu ẩn ở giữa, và một câu đủ dài để chiếm hai dòng trong một cột của bản tin này."
#define TORN "Mã hồ sơ: ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOP"
#define MISSING "Ký tự lạ \\uD80C\\uDC00 không có trong bộ chữ nào."
#define FALLBACK "Mũi tên → lấy từ bộ chữ khác, vì bộ chữ của bài không có."
#define PLAIN                                                                                                                                          \
    "Hội LHPN huyện tổ chức lớp tập huấn cho **120 chi hội trưởng** về quản lý nguồn vốn vay, công tác nắm bắt và " \
    "phản ánh tình hình tư tưởng cán bộ, hội viên phụ nữ; xem [trang](https://a.vn/b)."

static const char base_text[] =
    "{\"bantin\": 1, \"layout\": \"a4-two-column\", \"contents\": true, \"masthead\": {\"title\": \"Bản tin thử\", "
    "\"issuer\": \"Hội phụ nữ\", \"number\": \"1\", \"year\": 2024, \"date\": \"2024-04-09\"}, "
    "\"highlights\": {\"title\": \"Trong số này\", \"items\": [{\"text\": \"Một tin\", \"article\": \"a\"}]}, "
    "\"articles\": ["
    "{\"id\": \"a\", \"kicker\": \"Tin\", \"headline\": \"Một tin ngắn\", \"lead\": \"Lời dẫn.\", \"body\": [\"" PLAIN
    "\", \"" INVISIBLE "\", \"" PLAIN "\", \"" TORN "\", \"" FALLBACK "\", {\"type\": \"bullets\", \"items\": "
    "[\"Một\", \"" INVISIBLE "\"]}, {\"type\": \"numbered\", \"items\": [\"Một[^1]\", \"Hai\"]}], \"notes\": [\"Chú "
    "thích.\"], \"byline\": \"Người viết\"},"
    "{\"id\": \"b\", \"headline\": \"Bảng\", \"body\": [\"" MISSING "\", {\"type\": \"table\", \"title\": \"Số lớp\", "
    "\"columns\": [{\"title\": \"Lớp\"}, {\"title\": \"Số người\", \"type\": \"number\"}], \"rows\": [[\"Nghiệp vụ\", "
    "720], [\"Kỹ năng\", 300.5], [\"" INVISIBLE "\", 4]]}, {\"type\": \"quote\", \"text\": \"Tạo việc làm\", \"by\": "
    "\"Một hội viên\"}, {\"type\": \"verse\", \"stanzas\": [[\"  Sáu chữ\", \"Tám chữ\"]]}, {\"type\": \"box\", "
    "\"title\": \"Điều kiện\", \"body\": [\"" PLAIN "\"]}, {\"type\": \"chart\", \"kind\": \"share\", \"table\": "
    "{\"columns\": [{\"title\": \"Nhóm\"}, {\"title\": \"Số\", \"type\": \"number\"}], \"rows\": [[\"A\", 1], [\"B\", "
    "3]]}}]}], \"fillers\": [{\"id\": \"f\", \"title\": \"Mẹo nhỏ\", \"body\": [\"Tắt đèn khi ra khỏi phòng.\"]}]}";

#define EDITION(rest) "{\"bantin_edition\": 1, \"base\": \"-\", \"id\": \"e\", \"name\": \"Hậu Lộc\", " rest "}"
#define INSERT(at, body)                                                                                               \
    "{\"op\": \"insert\", " at ", \"article\": {\"headline\": \"Tin {{name}}\", \"body\": [" body "]}}"

static const char *const editions[] = {
    EDITION("\"set\": {\"/masthead/edition\": \"Ấn bản {{name}}\"}"),
    EDITION("\"articles\": [" INSERT("\"at\": \"start\"", "\"" PLAIN "\", \"" PLAIN " Thêm.\"") "]"),
    /* The same faulty texts at other places, where they are told as well. */
    EDITION("\"articles\": [" INSERT("\"at\": \"start\"",
                                     "\"" INVISIBLE "\", \"" TORN "\", \"" MISSING "\", \"" FALLBACK "\", \"" TORN
                                     "\", \"" INVISIBLE "\"") ", " INSERT("\"after\": \"a\"", "\"" INVISIBLE "\"") "]"),
    /* The first that needs a fallback, or that is told, goes: so the next is the first. */
    EDITION("\"articles\": [{\"op\": \"remove\", \"id\": \"a\"}, " INSERT(
        "\"at\": \"end\"", "\"" FALLBACK "\", \"" TORN "\"") "], "
                                                             "\"set\": {\"/highlights/items\": [\"Không còn\"]}"),
    /* Other measures, styles and faces. */
    EDITION("\"set\": {\"/layout\": \"bulletin-19x27\"}"),
    EDITION("\"set\": {\"/layout\": \"leaflet-a4\"}, \"articles\": [" INSERT("\"after\": \"a\"", "\"" PLAIN "\"") "]"),
    EDITION("\"set\": {\"/articles/1/headline\": \"Bảng số liệu dài hơn\"}"),
};
enum { N_EDITIONS = sizeof editions / sizeof *editions };

static char folder[] = "/tmp/bantin-test-memo-XXXXXX";

/* What one job gave. */
typedef struct outcome {
    bt_status status;
    bt_str pdf, dump, said;
} outcome;

static void note(void *user, const bt_message *message)
{
    bt_buf *said = user;
    bt_buf_format(said, "%s:%u:%u: %s %s\n", message->file, message->line, message->column, message->code,
                  message->text);
}

static bt_str take(bt_arena *arena, const char *path)
{
    bt_str bytes = BT_STR("");
    int error;
    if (access(path, F_OK) != 0) return bytes;
    CHECK_INT(bt_file_read(arena, path, 1 << 26, &bytes, &error), BT_OK);
    CHECK_INT(unlink(path), 0);
    return bytes;
}

static const char *const dirs[] = {"layouts", NULL};

static bt_render_options base_options(bt_rendition rendition)
{
    return (bt_render_options){.bundle_text = base_text,
                               .bundle_size = sizeof base_text - 1,
                               .layout_dirs = dirs,
                               .rendition = rendition,
                               .has_epoch = true};
}

/* base NULL: alone. */
static outcome render(bt_arena *arena, bt_ctx *ctx, bt_buf *said, const char *edition, bt_rendition rendition,
                      const bt_base *base)
{
    bt_str pdf = bt_str_format(arena, "%s/out.pdf", folder), dump = bt_str_format(arena, "%s/out.dump", folder);
    bt_render_options options = base_options(rendition);
    options.edition_text = edition;
    options.edition_size = strlen(edition);
    options.pdf_path = pdf.ptr;
    options.dump_path = dump.ptr;
    if (base) {
        options.base = base;
        options.bundle_text = NULL;
        options.bundle_size = 0;
    }
    *said = bt_buf_in(arena);
    bt_status status = bt_render(ctx, &options, NULL);
    return (outcome){status, take(arena, pdf.ptr), take(arena, dump.ptr), bt_buf_str(said)};
}

static void check_same(const outcome *a, const outcome *b, const char *edition)
{
    check_that(a->status == b->status, edition, 1, "the same status");
    check_that(bt_str_equal(a->pdf, b->pdf), edition, 1, "the same PDF");
    check_that(bt_str_equal(a->dump, b->dump), edition, 1, "the same drawing");
    check_that(bt_str_equal(a->said, b->said), edition, 1, "the same messages");
    if (!bt_str_equal(a->said, b->said))
        printf("    %.*s    is not\n    %.*s", BT_STR_ARGS(a->said), BT_STR_ARGS(b->said));
}

/* Forwards and backwards over one base, in two languages. */
static void check_editions(bt_rendition rendition)
{
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    for (int lang = BT_LANG_EN; lang <= BT_LANG_VI; lang++) {
        outcome alone[N_EDITIONS];
        for (size_t i = 0; i < N_EDITIONS; i++) {
            bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
            bt_ctx_speak(ctx, (bt_lang)lang);
            alone[i] = render(&arena, ctx, &said, editions[i], rendition, NULL);
            CHECK_INT(alone[i].status, BT_OK);
            CHECK(alone[i].pdf.len > 1000 && alone[i].dump.len > 1000);
            bt_ctx_drop(ctx);
        }
        bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
        bt_base *base;
        bt_render_options options = base_options(rendition);
        CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
        for (size_t i = 0; i < (size_t)2 * N_EDITIONS; i++) {
            size_t edition_i = i < N_EDITIONS ? i : (size_t)2 * N_EDITIONS - 1 - i;
            bt_ctx_speak(ctx, (bt_lang)(i % 3 ? lang : !lang)); /* a job in the other language comes between */
            outcome again = render(&arena, ctx, &said, editions[edition_i], rendition, base);
            if (i % 3) check_same(&again, &alone[edition_i], editions[edition_i]);
            CHECK(bt_str_equal(again.pdf, alone[edition_i].pdf));
        }
        bt_base_drop(base);
        bt_ctx_drop(ctx);
    }
    bt_arena_drop(&arena);
}

/* For the screen; what it says goes to said. */
static bt_base *open_base(bt_buf *said, bt_ctx **ctx)
{
    bt_render_options options = base_options(BT_SCREEN);
    bt_base *base;
    *ctx = bt_ctx_new(NULL, note, said);
    CHECK_INT(bt_base_open(*ctx, &options, &base, NULL), BT_OK);
    return base;
}

/* The texts of the third edition are told at each of their places. */
static void check_told(void)
{
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    bt_ctx *ctx;
    bt_base *base = open_base(&said, &ctx);
    outcome o = render(&arena, ctx, &said, editions[2], BT_SCREEN, base);
    static const struct {
        const char *code;
        int n;
    } told[] = {{"W0423", 6}, {"W0612", 3}, {"W0422", 2}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        int n = 0;
        for (const char *at = bt_str_z(&arena, o.said); (at = strstr(at, told[i].code)); at++) n++;
        CHECK_INT(n, told[i].n);
    }
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&arena);
}

typedef struct counting {
    long n, last; /* allocations so far, and the one that fails; 0: none */
} counting;

static void *count_and_fail(void *user, void *block, size_t old_size, size_t new_size)
{
    counting *c = user;
    const bt_allocator *system = bt_alloc_system();
    if (new_size && ++c->n == c->last) return NULL;
    return system->resize(system->user, block, old_size, new_size);
}

/* An edition without memory: it fails or comes out whole, and the base serves the next one as before. */
static void check_memory(void)
{
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    counting c = {0};
    bt_allocator allocator = {count_and_fail, &c};
    bt_ctx *ctx = bt_ctx_new(&allocator, note, &said);
    bt_base *base;
    bt_render_options options = base_options(BT_SCREEN);
    CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
    outcome whole = render(&arena, ctx, &said, editions[2], BT_SCREEN, base);
    CHECK_INT(whole.status, BT_OK);
    long n_failed = 0;
    for (long last = 1;; last++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_arena_drop(&ctx->arena); /* what the last edition left would do for this one */
        bt_arena_drop(&ctx->scratch);
        c = (counting){.last = last};
        outcome o = render(&arena, ctx, &said, editions[2], BT_SCREEN, base);
        bool has_failed = c.n >= last;
        c.last = 0;
        CHECK(o.status == BT_NOMEM ? !o.pdf.len : o.status == BT_OK && bt_str_equal(o.pdf, whole.pdf));
        n_failed += o.status == BT_NOMEM;
        outcome next = render(&arena, ctx, &said, editions[2], BT_SCREEN, base);
        check_same(&next, &whole, "after one without memory");
        bt_arena_rewind(&arena, mark);
        if (!has_failed) break;
    }
    CHECK(n_failed > 10);
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&arena);
}

/* --- what is remembered --- */

/* The base's doc once more, leaning on it. */
static void set_again(const bt_base *base, bt_arena *arena, bt_arena *scratch, bt_flow *flow, bt_galley *galley)
{
    bt_diags *diags = BT_NEW(arena, bt_diags);
    diags->arena = scratch;
    const bt_ctx *ctx = base->job.ctx;
    CHECK_INT(bt_flow_begin(flow, arena, scratch, diags, base->job.doc, ctx->fonts, ctx->images), BT_OK);
    bt_flow_lean_on(flow, &base->job.flow);
    CHECK_INT(bt_flow_galley(flow, galley), BT_OK);
}

static uint32_t find_block(const bt_galley *galley, const char *text)
{
    uint32_t i = 0;
    while (i < galley->n_blocks && !bt_str_starts(galley->blocks[i].doc->text.text, bt_str_of(text))) i++;
    CHECK(i < galley->n_blocks);
    return i;
}

/* A text without a message is the base's own, one with is not. */
static void check_use(void)
{
    bt_arena arena = {0}, scratch = {0};
    bt_buf said = bt_buf_in(&arena);
    bt_ctx *ctx;
    bt_base *base = open_base(&said, &ctx);
    bt_flow first, second;
    bt_galley one, two;
    uint32_t n = bt_memo_count(&base->job.flow);
    CHECK(n > 30);
    set_again(base, &arena, &scratch, &first, &one);
    set_again(base, &arena, &scratch, &second, &two);
    CHECK_INT(bt_memo_count(&first), 0);
    CHECK_INT(bt_memo_count(&base->job.flow), n);
    static const struct {
        const char *text;
        bool is_known;
    } texts[] = {{"Hội LHPN huyện", true}, {"Mũi tên", true}, {"Chữ có", false}, {"Ký tự lạ", false}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint32_t block_i = find_block(&one, texts[i].text);
        const bt_para *a = &one.blocks[block_i].body->para, *b = &two.blocks[block_i].body->para;
        CHECK_INT(a->items == b->items && a->result.settings == b->result.settings, texts[i].is_known);
        CHECK(a->rich.at == one.blocks[block_i].doc->text.at);
    }
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&scratch);
    bt_arena_drop(&arena);
}

/* The marks of a block's lines in one of its settings. */
static bt_marks draw_lines(bt_flow *flow, const bt_galley_block *block, uint32_t setting_i)
{
    bt_marks marks = {0};
    for (uint32_t i = 0; i < block->settings[setting_i].n_units; i++) {
        bt_unit_place place = {.setting_i = setting_i, .unit_i = i, .steps = 1};
        CHECK_INT(bt_flow_draw(flow, block, &place, &marks), BT_OK);
    }
    return marks;
}

/* Lines of the base's texts that it has not drawn: the first edition's drawing serves the next, whose own is gone. */
static void check_drawn(void)
{
    bt_arena arena = {0}, scratch = {0}, gone = {0};
    bt_buf said = bt_buf_in(&arena);
    bt_ctx *ctx;
    bt_base *base = open_base(&said, &ctx);
    bt_flow first, second;
    bt_galley one, two;
    set_again(base, &gone, &scratch, &first, &one);
    uint32_t block_i = find_block(&one, "Hội LHPN huyện"), n_settings = one.blocks[block_i].n_settings;
    CHECK(n_settings > 1);
    for (uint32_t s = 0; s < n_settings; s++) draw_lines(&first, &one.blocks[block_i], s);
    bt_flow_end(&first);
    bt_arena_drop(&gone);
    set_again(base, &arena, &scratch, &second, &two);
    for (uint32_t s = 0; s < n_settings; s++) {
        bt_marks known = draw_lines(&second, &two.blocks[block_i], s),
                 again = draw_lines(&second, &two.blocks[block_i], s);
        bt_flow alone = second;
        bt_galley_block block = two.blocks[block_i];
        bt_flow_body body = *block.body;
        body.para.broken = NULL; /* as if nothing knew it */
        block.body = &body;
        bt_marks anew = draw_lines(&alone, &block, s);
        CHECK(known.n && known.n == anew.n);
        for (uint32_t i = 0; i < known.n && i < anew.n; i++) {
            const bt_mark *a = &known.v[i], *b = &anew.v[i];
            CHECK(a->x == b->x && a->y == b->y && a->width == b->width && a->tracking == b->tracking);
            CHECK(a->scale_ppm == b->scale_ppm && a->n_glyphs == b->n_glyphs && bt_str_equal(a->text, b->text));
            if (a->kind != BT_MARK_GLYPHS) continue;
            CHECK(a->glyphs == again.v[i].glyphs && a->glyphs != b->glyphs);
            for (uint32_t g = 0; g < a->n_glyphs; g++) {
                const bt_placed_glyph *p = &a->glyphs[g], *q = &b->glyphs[g];
                CHECK(p->id == q->id && p->x == q->x && p->y == q->y && p->cluster == q->cluster);
            }
        }
    }
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&scratch);
    bt_arena_drop(&arena);
}

/* The same text in the same lines, at the left of its measure, in its middle and at its right. */
static void check_aligned(void)
{
    static const bt_align aligns[] = {BT_ALIGN_LEFT, BT_ALIGN_CENTER, BT_ALIGN_RIGHT, BT_ALIGN_LEFT};
    bt_arena arena = {0}, scratch = {0};
    bt_buf said = bt_buf_in(&arena);
    bt_ctx *ctx;
    bt_base *base = open_base(&said, &ctx);
    bt_flow flow;
    bt_galley galley;
    set_again(base, &arena, &scratch, &flow, &galley);
    bt_sp x[4], width = 0, measure = BT_PT(100);
    for (size_t i = 0; i < 4; i++) {
        bt_style style = *base->job.layout->role[BT_STYLE_BODY];
        style.align = aligns[i];
        style.first_indent = 0;
        bt_run run = {.end = 4};
        bt_rich rich = {.text = BT_STR("Thôn"), .runs = &run, .n_runs = 1, .style = &style};
        run.end = (uint32_t)rich.text.len;
        bt_para para;
        bt_marks marks = {0};
        CHECK_INT(bt_para_make(&flow, &rich, &(bt_para_options){.measure = measure}, &para), BT_OK);
        CHECK_INT(bt_para_draw(&flow, &para, para.result.settings[0].lines, 0, 0, 0, 0, &marks), BT_OK);
        CHECK(marks.n > 0);
        x[i] = marks.v[0].x;
        width = marks.v[0].width;
    }
    CHECK_INT(x[1], (measure - width) / 2);
    CHECK_INT(x[2], measure - width);
    CHECK_INT(x[0], x[3]);
    CHECK(x[0] <= 0);
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&scratch);
    bt_arena_drop(&arena);
}

/* More texts than are remembered: the rest is set all the same. */
static void check_limit(void)
{
    enum { N_ROWS = BT_LIMIT_MEMO_TEXTS + 100 };
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena), text = bt_buf_in(&arena);
    bt_buf_add_z(&text,
                 "{\"bantin\": 1, \"layout\": \"a4-two-column\", \"masthead\": {\"title\": \"Bản tin\", \"date\": "
                 "\"2024-04-09\"}, \"articles\": [{\"headline\": \"Bảng\", \"body\": [{\"type\": \"table\", "
                 "\"columns\": [{\"title\": \"Số\"}], \"rows\": [[\"0\"]");
    for (int i = 1; i < N_ROWS; i++) bt_buf_format(&text, ",[\"%d\"]", i);
    bt_buf_add_z(&text, "]}]}]}");
    bt_str bundle = bt_buf_str(&text), dump = bt_str_format(&arena, "%s/out.dump", folder);
    bt_render_options options = {.bundle_text = bundle.ptr,
                                 .bundle_size = bundle.len,
                                 .layout_dirs = dirs,
                                 .dump_path = dump.ptr,
                                 .rendition = BT_SCREEN};
    bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
    bt_base *base;
    CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
    CHECK_INT(bt_memo_count(&base->job.flow), BT_LIMIT_MEMO_TEXTS);
    const char *drawn = bt_str_z(&arena, take(&arena, dump.ptr));
    for (int i = 0; i < N_ROWS; i += i < N_ROWS - 200 ? 997 : 1)
        CHECK(strstr(drawn, bt_str_format(&arena, "\"%d\"", i).ptr) != NULL);
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    bt_arena_drop(&arena);
}

int main(void)
{
    CHECK(mkdtemp(folder) != NULL);
    check_editions(BT_PRESS);
    check_editions(BT_SCREEN);
    check_editions(BT_PROOF);
    check_told();
    check_memory();
    check_use();
    check_drawn();
    check_aligned();
    check_limit();
    rmdir(folder);
    return check_report();
}
