/* legacy.h - Vietnamese text in the encodings before Unicode, found inside strings and put right.
 *
 * Such text reached the file as characters of Latin-1 or CP1252, one for each byte: "Héi Liªn hiÖp" (TCVN3), "Hoäi
 * Lieân hieäp" (VNI-Windows), "Hôòi Liên hiêòp" (Windows-1258). A string may mix it with good text, other languages,
 * numbers and markup, so it is found a run of words at a time: a run is accepted when its words become syllables of
 * Vietnamese that they were not before, and what stands round them is not the prose of another language. Nothing may
 * have removed soft hyphens beforehand: ư of TCVN3 is U+00AD.
 */
#ifndef BT_LEGACY_H
#define BT_LEGACY_H

#include "base/str.h"

typedef enum bt_legacy_kind { BT_TCVN3, BT_VNI, BT_CP1258, BT_N_LEGACY } bt_legacy_kind;

/* What a document's texts have shown so far: where an encoding is at home, a single word of it is believed. Zeroed:
 * nothing is known. */
typedef struct bt_legacy_habits {
    uint32_t n_texts;             /* learnt from */
    uint32_t n_seen[BT_N_LEGACY]; /* words that only the encoding explains; none: it need not be looked for again */
    uint32_t n_good[BT_N_LEGACY]; /* of them, those in runs that need no belief */
    uint32_t n_unicode;           /* words with letters that are Vietnamese and nothing else */
} bt_legacy_habits;

typedef struct bt_legacy_run {
    uint32_t begin, end; /* bytes of the text */
    bt_legacy_kind kind;
    bt_str text; /* what it is in Unicode, NFC */
} bt_legacy_run;

typedef struct bt_legacy_runs {
    const bt_legacy_run *v; /* ascending; they do not overlap */
    uint32_t n;
} bt_legacy_runs;

/* Adds what the text shows. `scratch` is rewound. BT_NOMEM. */
bt_status bt_legacy_learn(bt_arena *scratch, bt_str text, bt_legacy_habits *habits);

/* Adds what other texts have shown. */
void bt_legacy_add(bt_legacy_habits *habits, const bt_legacy_habits *others);

/* All that bt_legacy_find goes by: where it is the same, the same runs are found. */
uint32_t bt_legacy_stance(const bt_legacy_habits *habits);

/* The runs of the text (shorter than 4 GB), in the arena; `scratch` is rewound. Where anything was learnt, this text
 * was among it. BT_NOMEM. */
bt_status bt_legacy_find(bt_arena *arena, bt_arena *scratch, bt_str text, const bt_legacy_habits *habits,
                         bt_legacy_runs *runs);

/* The text with its runs put right. Without memory: empty (the arena has failed). */
bt_str bt_legacy_convert(bt_arena *arena, bt_str text, const bt_legacy_runs *runs);

/* "VNI-Windows" */
bt_str bt_legacy_name(bt_legacy_kind kind);

#endif
