/* test_bundle.c - bundles: what is read, the order of articles, computed totals, limits, and every message. */
#include "base/limits.h"
#include "bundle/bundle_int.h"
#include "unit/corpus.h"
#include "unit/short_memory.h"

static bt_status read_file(bt_arena *arena, bt_diags *diags, bt_str path)
{
    const bt_bundle *bundle;
    bt_str source = BT_STR("");
    int error;
    CHECK(bt_file_read(arena, path.ptr, 1 << 24, &source, &error) == BT_OK);
    bt_status status = bt_bundle_read(arena, diags, path, source, &bundle);
    CHECK((status == BT_OK) == (bundle != NULL));
    return status;
}

/* Reads a text as a bundle; the log keeps its messages. */
static bt_status read_text(bt_arena *arena, corpus_log *log, bt_str source, const bt_bundle **bundle)
{
    *log = (corpus_log){.text = bt_buf_in(arena), .file = "dir/b.json"};
    bt_diags diags = {.on_message = corpus_listen, .user = log, .arena = arena};
    return bt_bundle_read(arena, &diags, BT_STR("dir/b.json"), source, bundle);
}

/* said: what is remarked on in it. */
static const bt_bundle *read_good(bt_arena *arena, const char *path, const char *said)
{
    const bt_bundle *bundle = NULL;
    bt_str source = BT_STR("");
    int error;
    corpus_log log = {.text = bt_buf_in(arena), .file = path};
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = arena};
    CHECK(bt_file_read(arena, path, 1 << 24, &source, &error) == BT_OK);
    CHECK(bt_bundle_read(arena, &diags, bt_str_of(path), source, &bundle) == BT_OK);
    CHECK_STR(bt_buf_str(&log.text), said);
    return bundle;
}

static void test_front(const bt_bundle *b)
{
    CHECK_STR(b->dir, "tests/corpus/bundle/good");
    CHECK_STR(b->layout.s, "layouts/nha.json");
    CHECK_INT(b->layout.at->line, 3);
    CHECK_STR(b->layout.at->pointer, "/layout");
    CHECK_STR(b->masthead.number.s, "4");
    CHECK_STR(b->masthead.year.s, "2024");
    CHECK_STR(b->masthead.title.s, "Tin hoạt động\nHội LHPN tỉnh");
    CHECK_STR(b->masthead.logo_path, "tests/corpus/bundle/good/images/logo.svg");
    CHECK(b->masthead.has_iso_date);
    CHECK_INT(b->masthead.y, 2024);
    CHECK_INT(b->masthead.m, 2);
    CHECK_INT(b->masthead.d, 29);
    CHECK_INT(b->n_highlights, 3);
    CHECK_INT(b->highlights[0].article_i, UINT32_MAX);
    CHECK_INT(b->highlights[1].article_i, 0);
    CHECK_INT(b->highlights[2].article_i, 3);
    CHECK(b->imprint.at != NULL);
    CHECK_STR(b->imprint.quantity.s, "500");
    CHECK_INT(b->imprint.n_editors, 2);
    CHECK_STR(b->imprint.editors[1].s, "C");
    CHECK_INT(b->imprint.n_lines, 1);
}

static void test_articles(const bt_bundle *b)
{
    static const char *const headlines[] = {"Đầu", "Giữa", "Không có mã", "Cuối"};
    CHECK_INT(b->n_articles, 4);
    for (uint32_t i = 0; i < 4; i++) CHECK_STR(b->articles[i].headline.s, headlines[i]);
    CHECK_INT(b->articles[0].importance, 5);
    CHECK_INT(b->articles[1].importance, 2);
    CHECK_INT(b->articles[2].importance, 3);
    CHECK(b->articles[0].has_id);
    CHECK(!b->articles[2].has_id);
    CHECK_INT(b->articles[0].place, BT_PLACE_LEAD);
    CHECK_INT(b->articles[2].place, BT_PLACE_ANY);
    CHECK_INT(b->articles[0].n_notes, 1);
    CHECK(b->articles[1].lead.at == NULL);
    CHECK(b->articles[1].lead.s.ptr != NULL);
}

static void test_blocks(const bt_bundle *b)
{
    static const bt_block_kind kinds[] = {BT_BLOCK_PARAGRAPH, BT_BLOCK_PARAGRAPH, BT_BLOCK_SUBHEADING, BT_BLOCK_BULLETS,
                                          BT_BLOCK_FIGURE,    BT_BLOCK_QUOTE,     BT_BLOCK_RULE,       BT_BLOCK_TABLE,
                                          BT_BLOCK_BOX,       BT_BLOCK_QR,        BT_BLOCK_NUMBERS,    BT_BLOCK_GALLERY,
                                          BT_BLOCK_NUMBERED,  BT_BLOCK_VERSE,     BT_BLOCK_QA};
    const bt_block *body = b->articles[0].body;
    enum { N = sizeof kinds / sizeof *kinds };
    CHECK_INT(b->articles[0].n_body, N);
    for (uint32_t i = 0; i < N; i++) CHECK_INT(body[i].kind, kinds[i]);
    CHECK_STR(body[0].text.s, "Viết {{ten}} và \\* được.");
    CHECK_INT(body[2].level, 2);
    CHECK(body[2].spans_page && body[2].has_span);
    CHECK_INT(body[3].n_items, 2);
    CHECK_STR(body[3].items[1].items[0].text.s, "ba");
    const bt_figure *figure = body[4].figure;
    CHECK_STR(figure->image.s, "images/a.jpg");
    CHECK_STR(figure->path, "tests/corpus/bundle/good/images/a.jpg");
    CHECK_INT(figure->focus_x, 500);
    CHECK_INT(figure->focus_y, 333);
    CHECK_INT(figure->min_height, figure->max_height);
    CHECK_INT(bt_sp_to_mm100(figure->min_height), 4000);
    CHECK(b->has_contents);
    CHECK_INT(b->n_fillers, 2);
    CHECK_STR(b->fillers[0].id.s, "meo");
    CHECK_INT(b->fillers[0].n_body, 2);
    CHECK_INT(b->n_figures, 5);
    CHECK(b->figures[0] == figure);
    CHECK_STR(body[8].title.s, "Hộp");
    CHECK_INT(body[8].box_kind, BT_BOX_RULE);
    CHECK_INT(body[8].n_body, 3);
    CHECK(b->figures[1] == body[8].body[2].figure);
    CHECK_STR(body[9].url.s, "https://a.vn/?q=*");
    CHECK_STR(body[9].label.s, "Quét mã");
    CHECK_INT(body[10].n_key_figures, 2);
    CHECK_STR(body[10].key_figures[0].value.text.s, "487.50");
    CHECK(body[10].key_figures[0].value.is_number && !body[10].key_figures[1].value.is_number);
    const bt_gallery *gallery = body[11].gallery;
    CHECK_INT(gallery->n_figures, 3);
    CHECK_INT(gallery->per_row, 2);
    CHECK_INT(gallery->figures[0].focus_y, 1000);
    CHECK(b->figures[4] == &gallery->figures[2]);
    CHECK_STR(body[5].by.s, "Hồ Chí Minh");
    CHECK(body[5].has_span && !body[5].spans_page);
    CHECK(!body[6].has_span);
}

static void test_prose(const bt_bundle *b)
{
    const bt_block *body = b->articles[0].body;
    CHECK_INT(body[12].kind, BT_BLOCK_NUMBERED);
    CHECK_INT(body[12].start, 3);
    CHECK(body[12].is_document);
    CHECK(!body[12].items[1].numbers_items);
    CHECK(body[12].items[2].numbers_items && body[12].items[2].items[0].numbers_items);
    CHECK_INT(body[13].kind, BT_BLOCK_VERSE);
    CHECK_INT(body[13].verse->n_stanzas, 2);
    CHECK_STR(body[13].verse->stanzas[0].lines[0].s, "  Sáu chữ");
    CHECK_STR(body[13].verse->by.s, "Khuyết danh");
    CHECK_INT(body[14].kind, BT_BLOCK_QA);
    CHECK_STR(body[14].text.s, "Hỏi gì?");
    CHECK_INT(body[14].n_body, 2);
    CHECK_INT(body[14].body[1].kind, BT_BLOCK_BULLETS);
}

static void test_table(const bt_table *table)
{
    CHECK_INT(table->n_columns, 4);
    CHECK(table->columns[0].is_number && !table->columns[1].is_number);
    CHECK_INT(table->columns[2].decimals, -1);
    CHECK_INT(table->columns[3].decimals, 1);
    CHECK(table->columns[3].has_align && table->columns[3].align == BT_ALIGN_CENTER);
    CHECK_STR(table->columns[1].group.s, "");
    CHECK_STR(table->columns[2].group.s, "Năm 2023");
    CHECK_STR(table->columns[3].unit.s, "tỷ đồng");
    CHECK_INT(table->n_rows, 6);
    CHECK_INT(table->rows[0].kind, BT_ROW_SUBHEAD);
    CHECK_INT(table->rows[0].n_cells, 1);
    CHECK_STR(table->rows[1].cells[3].text.s, "487.50");
    CHECK(table->rows[1].cells[3].is_number);
    CHECK(!table->rows[2].cells[2].is_number);
    const bt_table_row *total = &table->rows[5];
    CHECK_INT(total->kind, BT_ROW_TOTAL);
    CHECK_INT(total->n_cells, 4);
    CHECK_STR(total->cells[0].text.s, "");
    CHECK_STR(total->cells[1].text.s, "Tổng cộng");
    CHECK_STR(total->cells[2].text.s, "1026");
    CHECK(total->cells[2].is_number);
    CHECK_STR(total->cells[3].text.s, "344.5"); /* 487.50 - 142.96 = 344.54 */
}

/* The total of one column's cells. */
static void check_sum(const char *cells, const char *column, const char *lang, const char *wanted)
{
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *bundle;
    bt_str source = bt_str_format(
        &arena,
        "{\"bantin\":1,\"lang\":\"%s\",\"masthead\":{\"title\":\"x\"},\"articles\":[{\"headline\":\"x\",\"body\":["
        "{\"type\":\"table\",\"columns\":[{\"title\":\"a\"},{\"title\":\"b\",\"type\":\"number\"%s}],"
        "\"rows\":[%s],\"total\":{\"label\":\"T\",\"columns\":[1]}}]}]}",
        lang, column, cells);
    bt_status status = read_text(&arena, &log, source, &bundle);
    CHECK_STR(bt_buf_str(&log.text), "");
    if (status == BT_OK) {
        const bt_table *table = bundle->articles[0].body[0].table;
        CHECK_STR(table->rows[table->n_rows - 1].cells[1].text.s, wanted);
    }
    bt_arena_drop(&arena);
}

static void test_sums(void)
{
    check_sum("[\"\",720],[\"\",300]", "", "vi", "1020");
    check_sum("[\"\",487.5],[\"\",0.05]", "", "vi", "487.55");
    check_sum("[\"\",487.25],[\"\",0.25]", "", "vi", "487.50");
    check_sum("[\"\",0.1],[\"\",0.2]", "", "vi", "0.3");
    check_sum("[\"\",-3],[\"\",\"+2\"],[\"\",\"−1,5\"]", "", "vi", "-2.5");
    check_sum("[\"\",-0.5]", ",\"decimals\":0", "vi", "-1");
    check_sum("[\"\",0.25],[\"\",0.10]", ",\"decimals\":1", "vi", "0.4");
    check_sum("[\"\",2],[\"\",3]", ",\"decimals\":2", "vi", "5");
    check_sum("[\"\",\"1.234.567,89\"],[\"\",\"1000000\"]", "", "vi", "2234567.89");
    check_sum("[\"\",\"1,234,567.89\"],[\"\",\"20,337\"]", "", "en", "1254904.89");
    check_sum("[\"\",\"-\"],[\"\",\" \"],[\"\",\"–\"]", "", "vi", "-");
    check_sum("[\"\",999999999999999999]", "", "vi", "999999999999999999");
    check_sum("[\"\",0.000000000001]", "", "vi", "0.000000000001");
    check_sum("{\"cells\":[\"\",5],\"kind\":\"total\"},[\"\",7]", "", "vi", "7");
    check_sum("[\"\",-0.5],[\"\",0.5]", "", "vi", "0.0");
}

/* n comma-separated copies of an item between head and tail. */
static bt_str repeated(bt_arena *arena, const char *head, const char *item, uint32_t n, const char *tail)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, head);
    for (uint32_t i = 0; i < n; i++) {
        if (i) bt_buf_add_char(&buf, ',');
        bt_buf_add_z(&buf, item);
    }
    bt_buf_add_z(&buf, tail);
    return bt_buf_str(&buf);
}

static void check_limit(const char *head, const char *item, uint32_t n, const char *tail, const char *code)
{
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *bundle;
    CHECK_INT(read_text(&arena, &log, repeated(&arena, head, item, n, tail), &bundle), BT_OK);
    CHECK_INT(log.n, 0);
    CHECK_INT(read_text(&arena, &log, repeated(&arena, head, item, n + 1, tail), &bundle), BT_LIMIT);
    CHECK_INT(log.n, 1);
    bt_str said = bt_buf_str(&log.text);
    CHECK_STR(bt_str_slice(said, 0, 11), code);
    bt_arena_drop(&arena);
}

#define HEAD "{\"bantin\":1,\"masthead\":{\"title\":\"x\"},\"articles\":["
#define BODY HEAD "{\"headline\":\"x\",\"body\":["

/* Beyond its limit nothing more is kept of a base's texts; what is read on it is the same. */
static void test_facts(void)
{
    bt_arena arena = {0};
    bt_diags diags = {.arena = &arena};
    bt_str path = BT_STR("b.json"), source = repeated(&arena, BODY, "\"M\u1ED9t  hai\"", BT_LIMIT_FACTS + 9, "]}]}");
    const bt_json_node *root;
    const bt_bundle *base, *edition;
    CHECK_INT(bt_json_parse(&arena, &diags, path, source, &root), BT_OK);
    bt_bundle_ways ways = {.keeps_facts = true};
    CHECK_INT(bt_bundle_read_tree(&arena, &diags, path, root, &ways, &base), BT_OK);
    CHECK_INT(base->facts->n, BT_LIMIT_FACTS);
    CHECK(base->facts->capacity <= 4 * BT_LIMIT_FACTS);
    bt_diags again = {.arena = &arena};
    ways = (bt_bundle_ways){.base = base};
    CHECK_INT(bt_bundle_read_tree(&arena, &again, path, root, &ways, &edition), BT_OK);
    CHECK_INT(edition->articles[0].n_body, BT_LIMIT_FACTS + 9);
    CHECK_INT(again.n[BT_NOTE], diags.n[BT_NOTE]);
    CHECK(again.n[BT_NOTE] > 0);
    bt_arena_drop(&arena);
}

static void test_limits(void)
{
    check_limit(HEAD, "{\"headline\":\"x\",\"body\":[\"x\"]}", BT_LIMIT_ARTICLES, "]}", "error E0233");
    check_limit(BODY, "\"x\"", BT_LIMIT_BLOCKS, "]}]}", "error E0234");
    check_limit(BODY "{\"type\":\"table\",\"columns\":[{}],\"rows\":[", "[\"x\"]", BT_LIMIT_TABLE_ROWS, "]}]}]}",
                "error E0252");
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *bundle;
    bt_buf buf = bt_buf_in(&arena);
    bt_buf_add_z(&buf, BODY "\"");
    for (int i = 0; i < BT_LIMIT_PARAGRAPH_BYTES; i++) bt_buf_add_char(&buf, 'x');
    bt_str most = bt_str_join(&arena, bt_buf_str(&buf), BT_STR("\"]}]}"));
    CHECK_INT(read_text(&arena, &log, most, &bundle), BT_OK);
    bt_str more = bt_str_join(&arena, bt_buf_str(&buf), BT_STR("x\"]}]}"));
    CHECK_INT(read_text(&arena, &log, more, &bundle), BT_LIMIT);
    CHECK_INT(log.n, 1);
    bt_arena_drop(&arena);
}

static void test_memory(void)
{
    bt_arena file = {0};
    bt_str source = BT_STR("");
    int error;
    const char *path = "tests/corpus/bundle/many.json";
    CHECK(bt_file_read(&file, path, 1 << 20, &source, &error) == BT_OK);
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.arena = &arena};
        const bt_bundle *bundle;
        status = bt_bundle_read(&arena, &diags, bt_str_of(path), source, &bundle);
        CHECK(bundle == NULL);
        bt_arena_drop(&arena);
    }
    CHECK_INT(status, BT_INPUT);
    CHECK(n > 2);
    bt_arena_drop(&file);
}

int main(void)
{
    CHECK(corpus_run("tests/corpus/bundle", read_file) >= 60);
    CHECK(corpus_run("tests/corpus/bundle/good", read_file) >= 2);
    bt_arena arena = {0};
    const bt_bundle *bundle = read_good(&arena, "tests/corpus/bundle/good/everything.json", "");
    if (bundle) {
        test_front(bundle);
        test_articles(bundle);
        test_blocks(bundle);
        test_prose(bundle);
        test_table(bundle->articles[0].body[7].table);
        CHECK(bundle->n_tables && bundle->tables[0] == bundle->articles[0].body[7].table);
    }
    bt_arena_drop(&arena);
    bundle =
        read_good(&arena, "samples/thanh-hoa-2024-04/bundle.json",
                  "note N0440 33:9 /articles/0/body/1 tones stand on either vowel of oa, oe and uy: 18 times as in "
                  "\"Hoá\" (first on line 7), 15 times as in \"Hóa\" (first here); they are set as typed, one way "
                  "through the issue reads better\n");
    if (bundle) CHECK_INT(bundle->n_articles, 4);
    bt_arena_drop(&arena);
    test_sums();
    test_limits();
    test_facts();
    test_memory();
    return check_report();
}
