/* qr.c - a QR code as one path in black alone, with its quiet zone, and its label beside it or below.
 *
 * The side of a module is the layout's; the code grows with its address. Its dark modules stand flush with the text
 * where the white of gutter and margins gives the quiet zone, else further in. In a box the code stands on paper of its
 * own.
 */
#include "flow/flow_int.h"

#include <qrencode.h>

#include <errno.h>

enum {
    QUIET = 4,       /* modules of white that a reader needs around the code (ISO/IEC 18004) */
    LEAST_LABEL = 8, /* of the label's size: a narrower label stands below */
};

struct bt_flow_qr {
    const uint8_t *modules; /* n * n; 1 is dark */
    uint32_t n;
    bt_text_frame label;
    bt_sp quiet, side; /* of the quiet zone; of the dark modules' square */
    bt_sp x;           /* of the dark modules */
    bt_sp label_x, label_y, label_width;
    bt_sp height;
};

/* An address in ASCII: readers differ in what they take other bytes for (RFC 3987, 3.1). NUL-terminated. */
static const char *in_ascii(bt_arena *arena, bt_str url)
{
    bt_buf ascii = bt_buf_in(arena);
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c < 0x80)
            bt_buf_add_char(&ascii, (char)c);
        else
            bt_buf_format(&ascii, "%%%02X", (unsigned)c);
    }
    return bt_str_z(arena, bt_buf_str(&ascii));
}

/* Encodes with 15 % of redundancy; the library's own memory is given back at once. */
static bt_status encode(bt_flow *flow, const bt_text *url, bt_flow_qr *qr)
{
    const char *text = in_ascii(flow->scratch, url->s);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code && errno != ERANGE) return BT_NOMEM;
    if (!code) {
        bt_diag(flow->diags, BT_E_QR_LONG, url->at,
                BT_ARGS(bt_str_format(flow->scratch, "%zu", bt_utf8_count(url->s))));
        return BT_INPUT;
    }
    qr->n = (uint32_t)code->width;
    uint8_t *modules = BT_NEW_ARRAY(flow->arena, (size_t)qr->n * qr->n, uint8_t);
    for (uint32_t i = 0; modules && i < qr->n * qr->n; i++) modules[i] = code->data[i] & 1;
    QRcode_free(code);
    qr->modules = modules;
    return modules ? BT_OK : BT_NOMEM;
}

static bt_status report_wide(bt_flow *flow, const bt_galley_block *block, const bt_flow_qr *qr)
{
    bt_buf side = bt_buf_in(flow->scratch), room = bt_buf_in(flow->scratch);
    bt_buf_add_mm(&side, qr->side + 2 * (int64_t)qr->quiet);
    bt_buf_add_mm(&room, block->measure);
    bt_diag(flow->diags, BT_E_QR_WIDE, block->doc->url.at,
            BT_ARGS(bt_str_format(flow->scratch, "%zu", bt_utf8_count(block->doc->url.s)), bt_buf_str(&side),
                    bt_buf_str(&room)));
    return BT_INPUT;
}

/* True when the white beside a column is as wide as the quiet zone. */
static bool has_white_beside(const bt_flow *flow, const bt_galley_block *block, bt_sp quiet)
{
    const bt_layout *layout = flow->layout;
    return !block->is_in_box && layout->gutter >= quiet && layout->margin_inside >= quiet &&
           layout->margin_outside >= quiet;
}

/* The label to the right, amid the code's height, where it has room; else below. */
static bt_status place_label(bt_flow *flow, const bt_galley_block *block, bt_flow_qr *qr)
{
    const bt_qr_style *style = &flow->layout->qr;
    bt_sp size = block->doc->text.style->size;
    qr->label_x = qr->x + qr->side + qr->quiet + style->label_gap;
    qr->label_width = block->measure - qr->label_x;
    qr->height = qr->side;
    bool is_beside = qr->label_width >= LEAST_LABEL * size;
    if (!is_beside) {
        qr->label_x = 0;
        qr->label_width = block->measure;
    }
    bt_status status = bt_text_frame_make(flow, &block->doc->text, qr->label_width, &qr->label);
    if (status != BT_OK || !qr->label.height) return status;
    if (!is_beside) {
        qr->label_y = qr->side + qr->quiet + style->label_gap;
        qr->height = qr->label_y + qr->label.height;
    } else if (qr->label.height > qr->side) {
        qr->height = qr->label.height;
    } else {
        qr->label_y = (qr->side - qr->label.height) / 2;
    }
    return BT_OK;
}

bt_status bt_flow_qr_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_qr_style *style = &flow->layout->qr;
    bt_flow_qr *qr = BT_NEW(flow->arena, bt_flow_qr);
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 2, BT_FLOW_TAG_FIGURE);
    if (!qr || !tags) return BT_NOMEM;
    tags[1].kind = BT_FLOW_TAG_CAPTION;
    body->qr = qr;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_status status = encode(flow, &block->doc->url, qr);
    if (status == BT_OK) {
        qr->side = (bt_sp)qr->n * style->module;
        qr->quiet = QUIET * style->module;
        qr->x = has_white_beside(flow, block, qr->quiet) ? 0 : qr->quiet;
        if (qr->x + qr->side + qr->quiet > block->measure) status = report_wide(flow, block, qr);
    }
    bt_arena_rewind(flow->scratch, mark);
    if (status == BT_OK) status = place_label(flow, block, qr);
    if (status != BT_OK) return status;
    /* The quiet zone is part of the white above and below. */
    bt_sp before = style->space_before > qr->quiet ? style->space_before : qr->quiet;
    body->after = style->space_after > qr->quiet ? style->space_after : qr->quiet;
    return bt_flow_one_unit(flow, block, qr->height, before, before, body->after, block->doc->at);
}

/* --- drawing --- */

/* The dark modules, a rectangle for each run of them in a row. */
static bool draw_modules(bt_flow *flow, const bt_galley_block *block, bt_sp x, bt_sp y, bt_marks *marks)
{
    enum { OPS = 5, POINTS = 4 };
    static const uint8_t rectangle[OPS] = {BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_CLOSE};
    const bt_flow_qr *qr = block->body->qr;
    uint32_t n = qr->n, n_runs = 0;
    bt_sp module = flow->layout->qr.module;
    for (uint32_t i = 0; i < n * n; i++) n_runs += qr->modules[i] && (i % n == 0 || !qr->modules[i - 1]);
    uint8_t *ops = BT_NEW_ARRAY(flow->marks_arena, (size_t)n_runs * OPS, uint8_t);
    bt_sp *points = BT_NEW_ARRAY(flow->marks_arena, (size_t)n_runs * POINTS * 2, bt_sp);
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!ops || !points || !mark) return false;
    uint32_t run_i = 0;
    for (uint32_t i = 0; i < n * n; i++) {
        if (!qr->modules[i] || (i % n && qr->modules[i - 1])) continue;
        uint32_t end = i + 1;
        while (end % n && qr->modules[end]) end++;
        bt_sp left = (bt_sp)(i % n) * module, right = left + (bt_sp)(end - i) * module;
        bt_sp top = (bt_sp)(i / n) * module, bottom = top + module;
        const bt_sp corners[POINTS * 2] = {left, top, right, top, right, bottom, left, bottom};
        memcpy(ops + (size_t)run_i * OPS, rectangle, OPS);
        memcpy(points + (size_t)run_i * POINTS * 2, corners, sizeof corners);
        run_i++;
    }
    *mark = (bt_mark){.kind = BT_MARK_PATH,
                      .x = x,
                      .y = y,
                      .width = qr->side,
                      .height = qr->side,
                      .color = {.k = 10000}, /* black alone, whatever the palette: it must be read by a machine */
                      .at = block->doc->at,
                      .outline = {ops, n_runs * OPS, points, n_runs * POINTS},
                      .is_filled = true};
    return true;
}

bt_status bt_flow_qr_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_qr *qr = block->body->qr;
    bt_sp top = -bt_flow_fall(flow->layout) - block->body->after - qr->height;
    if (block->is_in_box && !bt_mark_fill(flow, marks, qr->x - qr->quiet, top - qr->quiet, qr->side + 2 * qr->quiet,
                                          qr->side + 2 * qr->quiet, (bt_ink){0}))
        return BT_NOMEM;
    /* On a screen, code and label are clicked. */
    const bt_link *link = block->doc->link;
    uint32_t first = marks->n;
    if (!bt_mark_link(flow, marks, link, (const bt_sp[]){qr->x, top, qr->side, qr->side}, 0) ||
        !draw_modules(flow, block, qr->x, top, marks))
        return BT_NOMEM;
    bt_sp y = top + qr->label_y;
    if (!bt_text_frame_link(flow, &qr->label, link, qr->label_width, qr->label_x, y, 1, marks)) return BT_NOMEM;
    bt_status status = bt_text_frame_draw(flow, &qr->label, qr->label_width, qr->label_x, y, 1, marks);
    bt_marks_join_link(marks, first, link);
    return status;
}
