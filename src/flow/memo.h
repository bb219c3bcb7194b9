/* memo.h - texts that were set before, by content: what they were shaped into, how they break, how a line is drawn.
 *
 * A job remembers what it sets, in its own arena. An edition's job looks into that of its base first, and adds nothing
 * to it but how lines of the base's texts are drawn, each once: an edition's columns want them set otherwise than the
 * base's did, and the next edition's want the same. Only what produced no message is remembered: whatever there is to
 * be told is found again each time. What is kept knows no places, links or colours: those belong to the text at hand.
 */
#ifndef BT_FLOW_MEMO_H
#define BT_FLOW_MEMO_H

#include "flow/flow.h"

/* A font role's chain in one emphasis; made when first asked for. There are a few: a layout has two or three roles. */
typedef struct bt_role_chain bt_role_chain;
struct bt_role_chain {
    bt_chain chain;
    const bt_font_role *role;
    const bt_role_chain *twin; /* the first of those that have the same faces, the base's first of all */
    bt_role_chain *next;
};

/* The glyphs of a line that come from one run, placed from where the line begins. */
typedef struct bt_drawn_stretch {
    uint32_t run_i;
    int64_t x;
    bt_sp width;
    bt_placed placed;
    uint32_t begin, end; /* bytes of the shaped text */
} bt_drawn_stretch;

/* A line as it is drawn, wherever that is. */
typedef struct bt_drawn_line {
    bt_sp measure;  /* that it was drawn for */
    bt_align align; /* likewise */
    bool fills;     /* what rounding left over went into its spaces */
    bt_sp start;    /* from the measure's left */
    int64_t width;
    bt_sp tracking; /* of all its glyphs */
    int32_t scale_ppm;
    const bt_drawn_stretch *stretches;
    uint32_t n_stretches;
} bt_drawn_line;

/* What breaking a text depends on, beside the text. */
typedef struct bt_memo_way {
    bt_par_mode mode;
    bt_sp measure, first_indent, shortest_last;
    uint32_t n_first, n_fewer, n_more;
} bt_memo_way;

/* A text broken in one way. */
typedef struct bt_memo_break bt_memo_break;
struct bt_memo_break {
    const struct bt_flow_memo *owner;
    bt_memo_way way;
    bt_par_result result;
    const int64_t *costs;        /* to the composer, of each setting; NULL until they are found (paragraph.c) */
    const bt_drawn_line **drawn; /* of all lines of all settings, in their order; each NULL until it is drawn */
    bt_memo_break *next;
};

typedef struct bt_memo_text bt_memo_text;
struct bt_para;

struct bt_flow_memo *bt_memo_new(bt_arena *arena); /* NULL without memory */
void bt_memo_drop(struct bt_flow_memo *memo);      /* what editions have added; the rest is the arena's */
uint32_t bt_memo_count(const bt_flow *flow);       /* the texts that it has kept */

/* Finds the text of para->rich, whose chains stand in para, and gives para what came of it. False: it is not known.
 * Fallbacks that it was set from are opened as shaping would; status: as bt_fonts_open. */
bool bt_memo_find_text(bt_flow *flow, struct bt_para *para, bt_status *status);
/* Keeps what para was shaped into, if there is room; the arena may fail. */
void bt_memo_keep_text(bt_flow *flow, struct bt_para *para);

/* The same for the breaks of a text that is known. */
bool bt_memo_find_break(struct bt_para *para, const bt_memo_way *way);
void bt_memo_keep_break(bt_flow *flow, struct bt_para *para, const bt_memo_way *way);

/* A line of para as it was drawn before for such a measure, align and fills; NULL: it was not. */
const bt_drawn_line *bt_memo_find_line(const struct bt_para *para, const bt_par_line *line,
                                       const bt_drawn_line *wanted);
void bt_memo_keep_line(bt_flow *flow, const struct bt_para *para, const bt_par_line *line, const bt_drawn_line *drawn);

#endif
