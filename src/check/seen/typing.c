/* typing.c - the text state, and the operators that place strings; show.c has their glyphs. */
#include "check/seen/operators.h"

static const seen_matrix level = {1, 0, 0, 1, 0, 0};

void seen_op_BT(seen_reader *r) { r->tm = r->tlm = level; }

void seen_op_Tc(seen_reader *r) { r->state.text.char_space = seen_arg(r, 0); }

void seen_op_Tw(seen_reader *r) { r->state.text.word_space = seen_arg(r, 0); }

void seen_op_Tz(seen_reader *r) { r->state.text.scale = seen_arg(r, 0) / 100; }

void seen_op_TL(seen_reader *r) { r->state.text.leading = seen_arg(r, 0); }

void seen_op_Ts(seen_reader *r) { r->state.text.rise = seen_arg(r, 0); }

void seen_op_Tr(seen_reader *r)
{
    double mode = seen_arg(r, 0);
    if (mode < 0 || mode > 7) return;
    r->state.text.mode = (uint8_t)mode;
    r->state.paint = NULL;
}

void seen_op_Tf(seen_reader *r)
{
    seen_resource *found = seen_find(r, "/Font", r->work->args[0].text);
    if (found && !found->made) {
        const seen_font *font = seen_font_open(r, found->object);
        const seen_font **kept = BT_NEW(r->scratch, const seen_font *);
        if (kept) *kept = font;
        found->made = kept;
    }
    r->state.text.font = found && found->made ? *(const seen_font **)found->made : NULL;
    r->state.text.size = seen_arg(r, 1);
}

static void move_line(seen_reader *r, double x, double y)
{
    const seen_matrix by = {1, 0, 0, 1, x, y};
    r->tm = r->tlm = seen_times(&by, &r->tlm);
}

void seen_op_Td(seen_reader *r) { move_line(r, seen_arg(r, 0), seen_arg(r, 1)); }

void seen_op_TD(seen_reader *r)
{
    r->state.text.leading = -seen_arg(r, 1);
    seen_op_Td(r);
}

void seen_op_Tm(seen_reader *r)
{
    r->tm = r->tlm =
        (seen_matrix){seen_arg(r, 0), seen_arg(r, 1), seen_arg(r, 2), seen_arg(r, 3), seen_arg(r, 4), seen_arg(r, 5)};
}

void seen_op_next_line(seen_reader *r) { move_line(r, 0, -r->state.text.leading); }

static void show(seen_reader *r, bt_str bytes)
{
    if (r->state.text.font) seen_show(r, bytes);
}

void seen_op_Tj(seen_reader *r) { show(r, r->work->args[0].text); }

void seen_op_TJ(seen_reader *r)
{
    const seen_scan *scan = r->work->scan;
    const seen_operand *array = &r->work->args[0];
    for (uint32_t i = array->begin; i < array->end; i = seen_scan_after(scan, i)) {
        const seen_operand *item = &scan->items.v[i];
        if (item->kind == SEEN_STRING) show(r, item->text);
        if (item->kind == SEEN_NUMBER) seen_show_adjust(r, item->number);
    }
}

void seen_op_quote(seen_reader *r)
{
    seen_op_next_line(r);
    show(r, r->work->args[0].text);
}

void seen_op_double_quote(seen_reader *r)
{
    r->state.text.word_space = seen_arg(r, 0);
    r->state.text.char_space = seen_arg(r, 1);
    seen_op_next_line(r);
    show(r, r->work->args[2].text);
}
