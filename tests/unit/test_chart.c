/* test_chart.c - charts: the arithmetic of ticks and bars; and, over random tables, that no two of their texts meet,
 * that nothing leaves its column, and that nothing is drawn outside of its unit. */
#include "flow/chart_int.h"
#include "unit/check.h"

#include <stdlib.h>

static bt_arena arena, scratch;
static uint64_t seed = 1;
static uint32_t n_texts; /* that were looked at */

static uint32_t chance(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

/* --- arithmetic --- */

static void check_ticks(int64_t low, int64_t high, uint32_t most, int64_t first, int64_t step, uint32_t n)
{
    bt_chart_ticks ticks = bt_chart_find_ticks(low, high, most);
    CHECK_INT(ticks.first, first);
    CHECK_INT(ticks.step, step);
    CHECK_INT(ticks.n, n);
}

static void test_ticks(void)
{
    check_ticks(0, 4, 4, 0, 1, 5);
    check_ticks(0, 5, 4, 0, 2, 4);
    check_ticks(0, 214, 4, 0, 100, 4);
    check_ticks(4012, 4114, 4, 4000, 50, 4);
    check_ticks(-320, 620, 4, -500, 500, 4);
    check_ticks(0, 0, 4, 0, 1, 2);
    check_ticks(7, 7, 4, 7, 1, 2);
    check_ticks(-10, -10, 1, -10, 1, 2);
    for (uint32_t i = 0; i < 20000; i++) {
        int64_t size = (int64_t)1 << chance(30);
        int64_t a = (int64_t)chance(UINT32_MAX >> 1) * size / 1000 - size, b = a + (int64_t)chance(10000) * size / 99;
        uint32_t most = 1 + chance(8);
        bt_chart_ticks ticks = bt_chart_find_ticks(a, b, most);
        int64_t last = ticks.first + (int64_t)(ticks.n - 1) * ticks.step, power = ticks.step;
        CHECK(ticks.n >= 2 && ticks.n <= most + 1 + (most == 1));
        CHECK(ticks.first <= a && last >= b && ticks.first % ticks.step == 0);
        while (power % 10 == 0) power /= 10;
        CHECK(power == 1 || power == 2 || power == 5);
    }
}

static void test_fit(void)
{
    for (uint32_t i = 0; i < 3000; i++) {
        bt_chart_end ends[12];
        uint32_t n = 1 + chance(12);
        bt_sp width = BT_PT(20) + (bt_sp)chance((uint32_t)BT_PT(400));
        for (uint32_t k = 0; k < n; k++)
            ends[k] = (bt_chart_end){(int64_t)chance(100000) - (int64_t)chance(2) * 50000,
                                     (bt_sp)chance((uint32_t)BT_PT(30))};
        bt_chart_scale scale;
        if (!bt_chart_fit(ends, n, width, &scale)) continue;
        bool is_tight = false;
        bt_chart_scale larger = scale;
        larger.reach += BT_PT(1);
        int64_t before = 0, after = 0;
        for (uint32_t k = 0; k < n; k++) {
            bt_sp length = bt_chart_length(&scale, ends[k].value) + ends[k].room;
            CHECK(ends[k].value < 0 ? length <= scale.zero : scale.zero + length <= width);
            int64_t need = (int64_t)bt_chart_length(&larger, ends[k].value) + ends[k].room;
            int64_t *side = ends[k].value < 0 ? &before : &after;
            if (need > *side) *side = need;
        }
        is_tight = before + after > width;
        bool has_any = scale.most > 1;
        CHECK(is_tight || !has_any);
    }
}

static void test_meeting(void)
{
    const bt_chart_box box = {10, 10, 20, 10};
    CHECK(bt_chart_boxes_meet(&box, &(bt_chart_box){29, 19, 5, 5}));
    CHECK(!bt_chart_boxes_meet(&box, &(bt_chart_box){30, 10, 5, 5}));
    CHECK(bt_chart_line_meets(0, 0, 40, 30, &box));
    CHECK(bt_chart_line_meets(15, 12, 16, 13, &box));
    CHECK(!bt_chart_line_meets(0, 9, 9, 0, &box));
    CHECK(!bt_chart_line_meets(0, 20, 25, 40, &box));
    CHECK(bt_chart_line_meets(20, 0, 20, 40, &box));
    CHECK(!bt_chart_line_meets(40, 0, 40, 40, &box));
}

/* --- random charts --- */

static void add_words(bt_buf *out, uint32_t n)
{
    static const char *const words[] = {"Hội", "Phụ nữ", "tỉnh",      "Thanh Hoá", "hộ nghèo",   "nước sạch", "và",
                                        "vay", "ưu đãi", "nông thôn", "Ngọc Lặc",  "giải quyết", "việc làm",  "năm"};
    for (uint32_t i = 0; i < n; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_buf_add_z(out, words[chance(sizeof words / sizeof *words)]);
    }
}

static void add_value(bt_buf *out, uint32_t size, bool may_be_negative)
{
    if (chance(12) == 0) {
        bt_buf_add_z(out, "\"-\"");
        return;
    }
    if (may_be_negative && chance(3) == 0) bt_buf_add_char(out, '-');
    bt_buf_add_int(out, 1 + chance(size));
    if (chance(3) == 0) bt_buf_format(out, ".%u", chance(100));
}

typedef struct shape {
    const char *kind;
    uint32_t n_series, n_points, n_words, size;
    bool is_stacked, is_negative, is_year;
} shape;

static void add_chart(bt_buf *out, const shape *s)
{
    bt_buf_format(out, ",{\"type\":\"chart\",\"kind\":\"%s\"", s->kind);
    if (s->is_stacked) bt_buf_add_z(out, ",\"stacked\":true");
    if (s->kind[0] == 'b' && chance(3) == 0) bt_buf_add_z(out, ",\"direction\":\"vertical\"");
    if (chance(3) == 0) bt_buf_add_z(out, ",\"span\":\"page\"");
    if (chance(2))
        bt_buf_add_z(out, ",\"unit\":\"tỷ đồng, cuối kỳ\",\"note\":\"Số liệu sơ bộ.\",\"source\":\"Quỹ TCVM\"");
    bt_buf_add_z(out, ",\"title\":\"");
    add_words(out, 1 + chance(14));
    bt_buf_add_z(out, "\",\"table\":{\"columns\":[{\"title\":\"Tên\"}");
    for (uint32_t i = 0; i < s->n_series; i++) {
        bt_buf_add_z(out, ",{\"type\":\"number\",\"title\":\"");
        add_words(out, 1 + chance(s->n_words));
        bt_buf_add_z(out, "\"}");
    }
    bt_buf_add_z(out, "],\"rows\":[");
    uint32_t year = 1990;
    for (uint32_t p = 0; p < s->n_points; p++) {
        bt_buf_add_z(out, p ? ",[\"" : "[\"");
        if (s->is_year)
            bt_buf_add_int(out, year += chance(6) ? 1u : 2u);
        else
            add_words(out, 1 + chance(s->n_words));
        bt_buf_add_char(out, '"');
        for (uint32_t i = 0; i < s->n_series; i++) {
            bt_buf_add_char(out, ',');
            if (p < 2)
                bt_buf_add_int(out, 1 + chance(s->size)); /* two values at least, and one that is not 0 */
            else
                add_value(out, s->size, s->is_negative);
        }
        bt_buf_add_char(out, ']');
    }
    bt_buf_add_z(out, "]}}");
}

static void add_random(bt_buf *out)
{
    static const char *const kinds[] = {"bar", "bar", "line", "share"};
    static const uint32_t sizes[] = {9, 100, 25000, 100000000};
    shape s = {
        .kind = kinds[chance(4)], .n_series = 1 + chance(3), .n_words = 1 + chance(12), .size = sizes[chance(4)]};
    bool is_line = s.kind[0] == 'l', is_share = s.kind[0] == 's';
    if (chance(4) == 0) s.n_series = 1 + chance(6);
    if (is_share) s.n_series = 1;
    s.n_points = is_share ? 2 + chance(5) : is_line ? 2 + chance(chance(3) ? 14 : 150) : 2 + chance(chance(3) ? 8 : 14);
    s.is_stacked = !is_line && !is_share && chance(3) == 0;
    s.is_negative = !is_share && !s.is_stacked && chance(3) == 0;
    s.is_year = chance(2);
    add_chart(out, &s);
}

typedef struct message_log {
    uint32_t n_errors;
} message_log;

static void listen(void *user, const bt_message *message)
{
    message_log *log = user;
    /* A chart may be too tall or too narrow for its place, and says so. */
    bool is_expected = strcmp(message->code, "E0613") == 0 || strcmp(message->code, "E0633") == 0;
    if (message->severity != BT_ERROR || is_expected) return;
    log->n_errors++;
    printf("%u: %s %s\n", message->line, message->code, message->text);
}

static bt_chart_box text_box(const bt_mark *mark)
{
    bt_sp up = mark->size * 7 / 10, down = mark->size / 8;
    return (bt_chart_box){mark->x, mark->y - up, mark->width, up + down};
}

static void check_marks(const bt_galley_block *block, const bt_marks *marks, bt_sp height, uint64_t of_seed)
{
    bt_sp slack = BT_PT(1) / 2;
    for (uint32_t i = 0; i < marks->n; i++) {
        const bt_mark *mark = &marks->v[i];
        bool is_text = mark->kind == BT_MARK_GLYPHS;
        bt_chart_box box = is_text ? text_box(mark) : (bt_chart_box){mark->x, mark->y, mark->width, mark->height};
        bool is_within = box.x >= -slack && box.x + box.width <= block->measure + slack && box.y >= -height - slack &&
                         box.y + box.height <= slack;
        if (!is_within)
            printf("seed %llu: mark %u \"%.*s\" at %d %d, %d by %d, leaves its place\n", (unsigned long long)of_seed, i,
                   BT_STR_ARGS(mark->text), box.x, box.y, box.width, box.height);
        CHECK(is_within);
        n_texts += is_text;
        for (uint32_t k = i + 1; is_text && k < marks->n; k++) {
            if (marks->v[k].kind != BT_MARK_GLYPHS) continue;
            bt_chart_box other = text_box(&marks->v[k]);
            bool meets = bt_chart_boxes_meet(&box, &other);
            if (meets)
                printf("seed %llu: \"%.*s\" meets \"%.*s\"\n", (unsigned long long)of_seed, BT_STR_ARGS(mark->text),
                       BT_STR_ARGS(marks->v[k].text));
            CHECK(!meets);
        }
    }
}

static void check_chart(bt_flow *flow, const bt_galley_block *block, uint64_t of_seed)
{
    const bt_unit *unit = &block->settings[0].units[0];
    for (uint32_t extra = 0; extra <= unit->extra; extra += 1 + unit->extra / 3) {
        for (uint32_t is_top = 0; is_top < 2; is_top++) {
            bt_marks marks = {0};
            bt_unit_place place = {.steps = (is_top ? unit->top_steps : unit->steps) + extra, .is_top = is_top};
            CHECK_INT(bt_flow_draw(flow, block, &place, &marks), BT_OK);
            check_marks(block, &marks, (bt_sp)place.steps * flow->layout->step, of_seed);
        }
    }
}

static void test_random(bt_fonts *fonts, bt_images *images, const bt_layout *layout)
{
    for (uint64_t round = 1; round <= 150; round++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        message_log log = {0};
        bt_diags diags = {.on_message = listen, .user = &log, .arena = &scratch};
        const bt_bundle *bundle;
        const bt_doc *doc;
        bt_flow flow;
        bt_galley galley;
        seed = round * 977;
        bt_buf text = bt_buf_in(&arena);
        bt_buf_add_z(&text,
                     "{\"bantin\":1,\"masthead\":{\"title\":\"T\"},\"articles\":[{\"headline\":\"A\",\"body\":[\"x\"");
        add_random(&text);
        bt_buf_add_z(&text, "]}]}");
        bt_status status = bt_bundle_read(&arena, &diags, BT_STR("random"), bt_buf_str(&text), &bundle);
        if (status == BT_OK) status = bt_doc_make(&arena, &diags, bundle, layout, &doc);
        if (status == BT_OK) status = bt_flow_begin(&flow, &arena, &scratch, &diags, doc, fonts, images);
        if (status == BT_OK) status = bt_flow_galley(&flow, &galley);
        CHECK_INT(log.n_errors, 0);
        for (uint32_t i = 0; status == BT_OK && i < galley.n_blocks; i++)
            if (galley.blocks[i].doc->kind == BT_DOC_CHART && galley.blocks[i].n_settings)
                check_chart(&flow, &galley.blocks[i], round);
        bt_arena_rewind(&arena, mark);
    }
}

int main(void)
{
    test_ticks();
    test_fit();
    test_meeting();
    bt_diags diags = {.arena = &scratch};
    bt_fonts *fonts = bt_fonts_new(NULL);
    bt_images *images = bt_images_new(NULL);
    const bt_layout *layout = NULL;
    const char *const dirs[] = {"layouts", NULL};
    static const bt_str names[] = {BT_STR_INIT("bulletin-19x27"), BT_STR_INIT("a4-two-column"),
                                   BT_STR_INIT("a4-three-column")};
    CHECK_INT(bt_fonts_load(fonts, &diags, "fonts/fonts.json", NULL), BT_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bt_layout_wanted wanted = {.name = names[i], .from_dir = BT_STR("."), .dirs = dirs};
        CHECK_INT(bt_layout_read(&arena, &diags, &wanted, &layout), BT_OK);
        if (layout) test_random(fonts, images, layout);
    }
    CHECK(n_texts > 40000);
    bt_fonts_drop(fonts);
    bt_images_drop(images);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
    return check_report();
}
