/* mask.c - what is left out of a check: the file that says it. */
#include "check/check.h"

#include "check/given/given.h"

#include <regex.h>

enum { VERSION, REGIONS, PATTERNS, N_KEYS };
static const bt_field keys[N_KEYS] = {
    [VERSION] = {BT_STR_INIT("bantin_mask"), BT_TAKES_NUMBER, BT_REQUIRED},
    [REGIONS] = {BT_STR_INIT("regions"), BT_TAKES_ARRAY, 0},
    [PATTERNS] = {BT_STR_INIT("patterns"), BT_TAKES_ARRAY, 0},
};
static const bt_fields known = {"this mask", keys, N_KEYS};

enum { PAGES, BOX, N_REGION_KEYS };
static const bt_field region_keys[N_REGION_KEYS] = {
    [PAGES] = {BT_STR_INIT("pages"), BT_TAKES_STRING, 0},
    [BOX] = {BT_STR_INIT("box"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields known_region = {"this region", region_keys, N_REGION_KEYS};

enum { N_SIDES = 4 }; /* x, y, width, height */

static bool read_box(bt_fields_reader *r, const bt_json_node *node, seen_box *box)
{
    if (!node) return false;
    double sides[N_SIDES];
    uint32_t n = 0;
    if (node->n_children != N_SIDES) {
        bt_fields_fault(r, BT_E_CHECK_MASK_BOX, node->at, BT_NO_ARGS);
        return false;
    }
    for (const bt_json_node *side = node->child; side; side = side->next) {
        bool is_place = side == node->child || side == node->child->next;
        bt_length_range range = {.least = is_place ? (bt_sp)-BT_SP_LONGEST : 1, .most = (bt_sp)BT_SP_LONGEST};
        bt_sp length;
        if (!bt_fields_expect(r, side, BT_TAKES_LENGTH, NULL) || !bt_fields_length(r, side, &range, &length)) continue;
        sides[n++] = (double)length / BT_SP_PER_PT;
    }
    if (n != N_SIDES) return false;
    *box = (seen_box){sides[0], sides[1], sides[0] + sides[2], sides[1] + sides[3]};
    return true;
}

static void read_region(bt_fields_reader *r, const bt_json_node *node, mask *m)
{
    const bt_json_node *values[N_REGION_KEYS];
    mask_region region = {0};
    if (!bt_fields_read(r, node, &known_region, values)) return;
    const bt_json_node *pages = values[PAGES];
    if (pages && !given_pages(pages->text, &region.first_page, &region.last_page))
        bt_fields_fault(r, BT_E_CHECK_PAGE_LIST, pages->at, BT_ARGS(pages->text));
    if (!read_box(r, values[BOX], &region.box)) return;
    mask_region *kept = BT_PUSH(r->arena, &m->regions);
    if (kept) *kept = region;
}

static void read_pattern(bt_fields_reader *r, const bt_json_node *node, mask *m)
{
    regex_t compiled;
    if (!bt_fields_expect(r, node, BT_TAKES_STRING, NULL)) return;
    const char *pattern = bt_str_z(r->arena, node->text);
    bool is_good = node->text.len && regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0;
    if (!is_good) {
        bt_fields_fault(r, BT_E_CHECK_PATTERN, node->at, BT_ARGS(bt_fields_quoted(r, node->text)));
        return;
    }
    regfree(&compiled);
    bt_str *kept = BT_PUSH(r->arena, &m->patterns);
    if (kept) *kept = bt_str_of(pattern);
}

int mask_read(bt_arena *arena, bt_diags *diags, const char *path, mask *m)
{
    const bt_json_node *root, *values[N_KEYS];
    bt_status status = given_read(arena, diags, path, &root);
    if (status != BT_OK) return cli_exit_status(status);
    bt_fields_reader r = bt_fields_begin(arena, diags);
    if (bt_fields_read(&r, root, &known, values)) {
        given_check_version(&r, values[VERSION]);
        const bt_json_node *regions = values[REGIONS], *patterns = values[PATTERNS];
        for (const bt_json_node *node = regions ? regions->child : NULL; node; node = node->next)
            read_region(&r, node, m);
        for (const bt_json_node *node = patterns ? patterns->child : NULL; node; node = node->next)
            read_pattern(&r, node, m);
    }
    return cli_exit_status(bt_fields_end(&r));
}

bool mask_covers(const mask *m, uint32_t page, const seen_box *box)
{
    double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    for (uint32_t i = 0; i < m->regions.n; i++) {
        const mask_region *region = &m->regions.v[i];
        bool is_there = !region->first_page || (page >= region->first_page && page <= region->last_page);
        const seen_box *b = &region->box;
        if (is_there && x >= b->x0 && x <= b->x1 && y >= b->y0 && y <= b->y1) return true;
    }
    return false;
}
