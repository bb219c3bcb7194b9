/* proof.h - what proof.c and proof_label.c share: what is shown beside a page in an editor's proof. */
#ifndef BT_PAGE_PROOF_H
#define BT_PAGE_PROOF_H

#include "flow/mark.h"
#include "page/page_int.h"

/* What the colours mean; the legend tells of those that its page shows. */
typedef enum bt_proof_sign {
    BT_PROOF_GRID,
    BT_PROOF_AREA,
    BT_PROOF_FRAME,
    BT_PROOF_MISSING,
    BT_PROOF_COARSE,
    BT_PROOF_REFUSED,
    BT_PROOF_TROUBLE, /* and those after it: bt_trouble */
    BT_N_PROOF_SIGNS = BT_PROOF_TROUBLE + BT_N_TROUBLES
} bt_proof_sign;

/* A warning's number, in the margin beside what it warns of. */
typedef struct bt_proof_flag {
    uint32_t page_i;
    bool is_right; /* in the right margin */
    bt_sp y;       /* its baseline */
    bt_diag_code code;
} bt_proof_flag;

typedef struct bt_proof {
    bt_page_maker *m;
    uint32_t page_i; /* the page under way */
    bt_marks marks;  /* of what is under way: what lies under the page, then what lies over it */
    bool is_shown[BT_N_PROOF_SIGNS];
    bt_style *label, *legend;
    bt_diags words; /* what is said, in the bundle's language */
    BT_ARRAY(bt_proof_flag) flags;
} bt_proof;

/* The colour of a sign, and what it is called. Notes that the page shows it. */
bt_ink bt_proof_ink(bt_proof *p, uint32_t sign);
bt_str bt_proof_name(bt_proof *p, uint32_t sign);

/* A rectangle's lines, within it. False: no memory. */
bool bt_proof_outline(bt_proof *p, const bt_sp box[4], bt_sp weight, bt_ink ink);

/* A sign in small for the legend, with its left foot at the origin. False: no memory. */
bool bt_proof_sample(bt_proof *p, uint32_t sign, bt_sp side);

/* --- proof_label.c --- */

bool bt_proof_styles(bt_proof *p);
/* A text whose baseline begins at x, y; in an ink; or on a ground of its ink, in white. width: that it takes. BT_NOMEM,
 * or reported. */
bt_status bt_proof_text(bt_proof *p, bt_str text, const bt_style *style, bt_ink ink, bt_sp x, bt_sp y, bt_sp measure,
                        bt_sp *width);
/* The same on a ground, whose left top corner, right foot, or middle, is at x, y. */
typedef enum bt_proof_hold { BT_PROOF_HEAD, BT_PROOF_FOOT, BT_PROOF_MIDDLE } bt_proof_hold;
bt_status bt_proof_chip(bt_proof *p, bt_str text, bt_ink ink, bt_ink ground, const bt_sp at[2], bt_proof_hold hold);

/* Finds where the warnings of this job belong, and later writes those of the page. */
bool bt_proof_find_flags(bt_proof *p);
bt_status bt_proof_flags(bt_proof *p);

/* At the page's foot: that this is a proof, and what its colours mean. */
bt_status bt_proof_legend(bt_proof *p);

#endif
