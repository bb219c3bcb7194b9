/* test_dump.c - the display list as text, and the report as JSON that Python reads. */
#include "dump/dump.h"

#include "check.h"

#include <stdlib.h>

static bt_arena arena;

static const bt_place headline_at = {BT_STR_INIT("b.json"), BT_STR_INIT("/articles/0/headline"), 3, 7};
static const bt_place figure_at = {BT_STR_INIT("b.json"), BT_STR_INIT("/articles/0/body/1"), 9, 1};

static const bt_tag tags[] = {
    {.kind = BT_TAG_DOCUMENT},
    {.kind = BT_TAG_ARTICLE, .parent_i = 0},
    {.kind = BT_TAG_H2, .parent_i = 1, .at = &headline_at},
    {.kind = BT_TAG_FIGURE, .parent_i = 1, .alt = BT_STR_INIT("Ảnh \"đẹp\""), .at = &figure_at},
    {.kind = BT_TAG_HEAD_CELL, .parent_i = 9, .column_span = 2, .is_row_head = true, .lang = BT_STR_INIT("en")},
};

static const bt_frame_fact frames[] = {
    {.kind = BT_FRAME_COLUMN,
     .x = BT_PT(72),
     .y = BT_PT(36),
     .width = BT_PT(200),
     .height = BT_PT(500),
     .n_steps = 44,
     .n_filled = 41},
    {.kind = BT_FRAME_FIGURE,
     .x = -BT_PT(1),
     .width = BT_PT(10),
     .height = BT_PT(10),
     .id = BT_STR_INIT("a"),
     .at = &figure_at},
};
static const bt_paragraph_fact paragraphs[] = {
    {.at = &figure_at,
     .style = BT_STR_INIT("body"),
     .page = 1,
     .n_lines = 5,
     .best_lines = 4,
     .word_space_mean = 1040,
     .word_space_max = 1802,
     .n_over_1500 = 2,
     .n_over_1800 = 1,
     .overfull = BT_PT(3)},
    {.style = BT_STR_INIT("caption"), .page = 1, .n_lines = 1, .best_lines = 1},
};
static const bt_article_fact articles[] = {{.id = BT_STR_INIT("a"),
                                            .headline = BT_STR_INIT("Tin\tmới\n\"\\\x01"),
                                            .first_page = 1,
                                            .last_page = 1,
                                            .at = &headline_at}};

static bt_pages make_pages(void)
{
    static const bt_face face = {.postscript_name = BT_STR_INIT("NotoSerif-Bold")};
    static const bt_placed_glyph glyphs[] = {{3, 0, 0, 0}, {44, 300000, -5, 1}};
    static const bt_image image = {
        .kind = BT_IMAGE_JPEG, .path = BT_STR_INIT("/home/x/images/a.jpg"), .width = 20, .height = 10};
    static bt_item items[8];
    static bt_page pages[2];
    items[0] =
        (bt_item){.kind = BT_ITEM_GLYPHS, .tag_i = 2, .x = 10, .y = 20, .color = {.k = 10000}, .at = &headline_at};
    items[0].as.glyphs.face = &face;
    items[0].as.glyphs.size = 655360;
    items[0].as.glyphs.tracking = 7;
    items[0].as.glyphs.scale_ppm = 990000;
    items[0].as.glyphs.glyphs = glyphs;
    items[0].as.glyphs.n_glyphs = 2;
    items[0].as.glyphs.width = 600000;
    items[0].as.glyphs.text = BT_STR("Hộ");
    items[1] = (bt_item){.kind = BT_ITEM_FILL, .x = -1, .y = 2};
    items[1].color = (bt_color){.m = 40, .spot = 1, .tint = 850};
    items[1].as.fill.width = 5;
    items[1].as.fill.height = 6;
    items[2] = (bt_item){.kind = BT_ITEM_IMAGE, .tag_i = 3, .x = 1, .y = 2, .at = &figure_at};
    items[2].as.image.image = &image;
    items[2].as.image.width = items[2].as.image.draw_width = 8;
    items[2].as.image.height = items[2].as.image.draw_height = 9;
    items[3] = (bt_item){.kind = BT_ITEM_LINK, .tag_i = 99};
    items[3].as.link.uri = BT_STR("https://a/");
    items[4] = (bt_item){.kind = BT_ITEM_LINK};
    items[4].as.link.target_page = 2;
    items[5] = (bt_item){.kind = BT_ITEM_GLYPHS};
    static const uint8_t ops[] = {BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_CURVE, BT_PATH_CLOSE};
    static const bt_sp points[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, -9};
    items[6] = (bt_item){.kind = BT_ITEM_PATH, .tag_i = 3, .x = 4, .y = 5, .color = {.k = 1200}, .at = &figure_at};
    items[6].as.path.outline = (bt_outline){ops, 4, points, 5};
    items[6].as.path.width = 10;
    items[6].as.path.height = 20;
    items[6].as.path.is_filled = items[6].as.path.is_even_odd = items[6].as.path.is_clipped = true;
    items[7] = (bt_item){.kind = BT_ITEM_PATH};
    items[7].as.path.outline = (bt_outline){ops, 4, points, 4}; /* one point short of its curve */
    items[7].as.path.stroke_width = 32768;
    items[7].as.path.stroke_color = (bt_color){.m = 10000};
    items[7].as.path.dash = 65536;
    items[7].as.path.dash_gap = 131072;
    items[7].as.path.cap = 1;
    pages[0] = (bt_page){.items = items, .n_items = 8, .facts = {.frames = frames, .n_frames = 2}};
    bt_pages list = {
        .width = BT_PT(100), .height = BT_PT(200), .bleed = 5, .pages = pages, .n_pages = 2, .tags = tags, .n_tags = 5};
    static const bt_spot_ink spots[] = {{BT_STR_INIT("HKS \"43\" K"), {.m = 470, .k = 25}}};
    list.spots = spots;
    list.n_spots = 1;
    list.facts.title = BT_STR("Bản tin");
    list.facts.palette = BT_STR("two");
    list.facts.first_baseline = 11;
    list.facts.step = 12;
    list.facts.has_date = true;
    list.facts.year = 2024;
    list.facts.month = 4;
    list.facts.day = 9;
    list.facts.paragraphs = paragraphs;
    list.facts.n_paragraphs = 2;
    list.facts.articles = articles;
    list.facts.n_articles = 1;
    return list;
}

static void test_dump(void)
{
    static const char expected[] =
        "bantin-dump 1\n"
        "page-size 6553600 13107200 bleed 5\n"
        "grid 11 12\n"
        "spot 1 \"HKS \\\"43\\\" K\" 0/4.7/0/0.25\n"
        "pages 2\n"
        "\n"
        "page 1\n"
        "glyphs 10 20 NotoSerif-Bold 655360 0/0/0/100 tracking 7 scale 990000 width 600000 tag 2:H2"
        " at \"/articles/0/headline\" \"Hộ\" [3@0 44@300000,-5]\n"
        "fill -1 2 5 6 0/0.4/0/0 spot 1 tint 8.5 tag -\n"
        "image 1 2 8 9 draw 0 0 8 9 jpeg 20x10 \"a.jpg\" tag 3:Figure at \"/articles/0/body/1\"\n"
        "link 0 0 0 0 to \"https://a/\" about \"\" tag 99:missing\n"
        "link 0 0 0 0 to page 2 0 0 about \"\" tag -\n"
        "glyphs 0 0 none 0 0/0/0/0 width 0 tag - \"\" []\n"
        "path 4 5 10 20 fill 0/0/0/12 even-odd clipped tag 3:Figure at \"/articles/0/body/1\""
        " [M 0 1 L 2 3 C 4 5 6 7 8 -9 Z]\n"
        "path 0 0 0 0 stroke 32768 0/100/0/0 dash 65536/131072 ends 1/0 tag - [M 0 1 L 2 3]\n"
        "\n"
        "page 2\n"
        "\n"
        "tags 5\n"
        "tag 0 /Document\n"
        "tag 1 /Document/Article\n"
        "tag 2 /Document/Article/H2 at \"/articles/0/headline\"\n"
        "tag 3 /Document/Article/Figure alt \"Ảnh \\\"đẹp\\\"\" at \"/articles/0/body/1\"\n"
        "tag 4 /Head columns 2 row-head lang en\n";
    bt_pages list = make_pages();
    bt_buf out = bt_buf_in(&arena);
    bt_dump_pages(&out, &list);
    CHECK_STR(bt_buf_str(&out), expected);
}

/* Python must read it as strict JSON and find the values. */
static const char reader[] =
    "import json,sys\n"
    "r=json.load(sys.stdin)\n"
    "f=r['pages'][0]['frames']\n"
    "assert len(r['pages'])==2 and r['pages'][1]['frames']==[]\n"
    "assert f[0]=={'kind':'column','x':25.4,'y':12.7,'width':70.56,'height':176.39,'n_steps':44,'n_filled':41}\n"
    "assert f[1]['x']==-0.35 and f[1]['article']=='a'\n"
    "assert [g['page'] for g in r['figures']]==[1] and r['figures'][0]['at']=='/articles/0/body/1'\n"
    "assert r['articles'][0]['headline']=='Tin\\tmới\\n\\\"\\\\\\x01'\n"
    "p=r['paragraphs']\n"
    "assert (p[0]['lines'],p[0]['best_lines'],p[0]['word_space_mean'],p[0]['word_space_max'])==(5,4,1.04,1.802)\n"
    "assert p[0]['overfull']==1.06 and 'word_space_mean' not in p[1] and p[1]['at']==''\n"
    "assert r['diagnostics']==[{'severity':'warning','code':'W0302','file':'b.json','line':3,'column':7,"
    "'pointer':'/a','text':'quoted \\\"x\\\" \\ufffd'}]\n"
    "assert r['palette']=='two' and r['process_inks']==['magenta','black']\n"
    "assert r['spots']==[{'name':'HKS \\\"43\\\" K','cyan':0,'magenta':4.7,'yellow':0,'black':0.25}]\n"
    "assert r['date']=='2024-04-09' and r['page']['width']==35.28 and r['title']=='Bản tin'\n";

static void test_report(void)
{
    bt_pages list = make_pages();
    bt_dump_message message = {
        BT_WARNING, BT_STR("W0302"), BT_STR("b.json"), BT_STR("/a"), BT_STR("quoted \"x\" \xFF"), 3, 7};
    bt_buf out = bt_buf_in(&arena);
    bt_dump_report(&out, &list, &(bt_dump_about){.messages = &message, .n_messages = 1});
    setenv("BANTIN_READER", reader, 1);
    FILE *python = popen("PYTHONUTF8=1 python3 -c \"$BANTIN_READER\"", "w");
    CHECK(python != NULL);
    if (!python) return;
    CHECK(fwrite(out.bytes.v, 1, out.bytes.n, python) == out.bytes.n);
    CHECK_INT(pclose(python), 0);
}

static void test_empty_report(void)
{
    bt_pages list = {0};
    bt_buf out = bt_buf_in(&arena);
    bt_dump_report(&out, &list, &(bt_dump_about){.messages = NULL});
    FILE *python = popen("python3 -c 'import json,sys; assert json.load(sys.stdin)[\"pages\"]==[]'", "w");
    CHECK(python && fwrite(out.bytes.v, 1, out.bytes.n, python) == out.bytes.n && pclose(python) == 0);
}

int main(void)
{
    test_dump();
    test_report();
    test_empty_report();
    bt_arena_drop(&arena);
    return check_report();
}
