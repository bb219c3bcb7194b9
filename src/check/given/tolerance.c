/* tolerance.c - how much may differ: the usual, and what the user says. */
#include "check/check.h"

#include "check/given/given.h"

#include <stddef.h>

/* What another producer's rounding, or another version of ours, moves is less; what a proofreader with a loupe would
 * mark is more. */
const tolerance tolerance_usual = {
    .box = 0.1,
    .position = 0.25,
    .size = 0.05,
    .thickness = 0.05,
    .length = 0.25,
    .color = 0.02,
    .ppi = 0.02,
    .pixel = 0.12,
    .block = 1.0,
    .margin = 1.0,
    .column = 1.0,
    .grid = 0.1,
};

enum { VERSION, BOX, POSITION, SIZE, THICKNESS, LENGTH, COLOR, PPI, PIXEL, BLOCK, MARGIN, COLUMN, GRID, N_KEYS };
#define A_LENGTH (BT_TAKES_NUMBER | BT_TAKES_LENGTH)
static const bt_field keys[N_KEYS] = {
    [VERSION] = {BT_STR_INIT("bantin_tolerance"), BT_TAKES_NUMBER, BT_REQUIRED},
    [BOX] = {BT_STR_INIT("box"), A_LENGTH, 0},
    [POSITION] = {BT_STR_INIT("position"), A_LENGTH, 0},
    [SIZE] = {BT_STR_INIT("size"), A_LENGTH, 0},
    [THICKNESS] = {BT_STR_INIT("thickness"), A_LENGTH, 0},
    [LENGTH] = {BT_STR_INIT("length"), A_LENGTH, 0},
    [COLOR] = {BT_STR_INIT("color"), BT_TAKES_NUMBER, 0},
    [PPI] = {BT_STR_INIT("ppi"), BT_TAKES_NUMBER, 0},
    [PIXEL] = {BT_STR_INIT("pixel"), BT_TAKES_NUMBER, 0},
    [BLOCK] = {BT_STR_INIT("block"), A_LENGTH, 0},
    [MARGIN] = {BT_STR_INIT("margin"), A_LENGTH, 0},
    [COLUMN] = {BT_STR_INIT("column"), A_LENGTH, 0},
    [GRID] = {BT_STR_INIT("grid"), A_LENGTH, 0},
};
static const bt_fields known = {"this list of tolerances", keys, N_KEYS};

static double *member_of(tolerance *t, uint32_t key)
{
    double *const members[N_KEYS] = {
        [BOX] = &t->box,       [POSITION] = &t->position, [SIZE] = &t->size, [THICKNESS] = &t->thickness,
        [LENGTH] = &t->length, [COLOR] = &t->color,       [PPI] = &t->ppi,   [PIXEL] = &t->pixel,
        [BLOCK] = &t->block,   [MARGIN] = &t->margin,     [GRID] = &t->grid, [COLUMN] = &t->column,
    };
    return members[key];
}

enum { MOST_POINTS = 14400, MOST_PERCENT = 100, DECIMALS = 4, UNITS = 10000 /* 10 to the DECIMALS */ };

static void read_member(bt_fields_reader *r, const bt_json_node *node, uint32_t key, tolerance *t)
{
    static const bt_length_range range = {.least = 0, .most = (bt_sp)BT_SP_LONGEST};
    bool is_share = key == COLOR || key == PPI || key == PIXEL;
    int32_t number;
    bt_sp length;
    if (!node) return;
    if (node->kind == BT_JSON_STRING) {
        if (bt_fields_length(r, node, &range, &length)) *member_of(t, key) = (double)length / BT_SP_PER_PT;
        return;
    }
    int32_t most = (is_share ? MOST_PERCENT : MOST_POINTS) * UNITS;
    if (!bt_fields_number(r, node, DECIMALS, 0, most, &number)) return;
    *member_of(t, key) = (double)number / UNITS / (is_share ? MOST_PERCENT : 1);
}

static bt_status read_file(bt_arena *arena, bt_diags *diags, const char *path, tolerance *t)
{
    const bt_json_node *root, *values[N_KEYS];
    bt_status status = given_read(arena, diags, path, &root);
    if (status != BT_OK) return status;
    bt_fields_reader r = bt_fields_begin(arena, diags);
    if (bt_fields_read(&r, root, &known, values)) {
        given_check_version(&r, values[VERSION]);
        for (uint32_t key = BOX; key < N_KEYS; key++) read_member(&r, values[key], key, t);
    }
    return bt_fields_end(&r);
}

int tolerance_read(bt_arena *arena, bt_diags *diags, const char *text, tolerance *t)
{
    bt_sp length;
    *t = tolerance_usual;
    if (bt_length_parse(bt_str_of(text), &length) && length >= 0) {
        t->position = t->length = t->box = t->margin = t->column = t->grid = (double)length / BT_SP_PER_PT;
        return EXIT_DONE;
    }
    bool is_number = text[0] == '-' || text[0] == '.' || (text[0] >= '0' && text[0] <= '9');
    if (is_number) {
        bt_diag(diags, BT_E_CHECK_TOLERANCE, NULL, BT_ARGS(bt_str_of(text)));
        return EXIT_USAGE;
    }
    return cli_exit_status(read_file(arena, diags, text, t));
}
