/* shown.h - numbers for people: with the decimal sign of their language, and its units. */
#ifndef BT_CHECK_SHOWN_H
#define BT_CHECK_SHOWN_H

#include "base/diag.h"

/* With at most so many decimals, rounded half away from zero; trailing zeros are cut. In the arena. */
bt_str shown_number(bt_arena *arena, bt_lang lang, double value, int decimals);
/* The same with exactly so many: for columns, and for what is small. */
bt_str shown_fixed(bt_arena *arena, bt_lang lang, double value, int decimals);
/* Lengths given in pt: "0.35 mm", "9.4 pt". */
bt_str shown_mm(bt_arena *arena, bt_lang lang, double pt);
bt_str shown_pt(bt_arena *arena, bt_lang lang, double pt);
/* A share, 0 to 1: "12.5 %". */
bt_str shown_percent(bt_arena *arena, bt_lang lang, double share);
bt_str shown_count(bt_arena *arena, uint32_t n);

#define SHOWN_PT_PER_MM (72.0 / 25.4)

#endif
