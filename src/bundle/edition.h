/* edition.h - an edition: a small overlay that names a bundle, its base, and says what is different in it.
 *
 * The overlay is laid on the base's JSON before anything is validated, so that what comes out is read as one bundle.
 * Every value keeps the place that it came from, in the base's file or the overlay's; messages, the report and paths of
 * pictures follow it. {{name}} in a text of that bundle is one of the edition's values: those of the overlay, and those
 * of its row in a batch's manifest. An edition may have a row alone, and no overlay.
 */
#ifndef BT_EDITION_H
#define BT_EDITION_H

#include "bundle/bundle.h"
#include "json/json.h"

typedef struct bt_edition {
    const bt_place *at;
    bt_str path, dir; /* of the overlay's file; where there is none, of the one that its values come from */
    bt_text base;     /* as written; empty: it names none */
    bt_str base_path; /* as seen from the working folder */
    bt_text id, name;
    const bt_value *values; /* id and name, where it has them, and those that the caller gives */
    uint32_t n_values;
    const bt_json_node *set, *articles; /* its changes, as in the file; NULL: none */
} bt_edition;

/* Whether a file's tree says that it is an edition. */
bool bt_edition_is(const bt_json_node *root);

/* Reads the overlay by itself. Every error is reported; BT_INPUT and BT_LIMIT come with what could be read, so that its
 * changes are checked as well; *edition is NULL when the file is none. path: as the user gave it. */
bt_status bt_edition_read(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root,
                          const bt_edition **edition);

/* Values that the caller gives besides. */
typedef struct bt_edition_given {
    const bt_named_value *v;
    uint32_t n;
    bool stands_in; /* for what editions to come will have: an id need not be one */
} bt_edition_given;
/* The same with these; root NULL: there is no overlay. One that the overlay has as well must be the same text there. */
bt_status bt_edition_read_with(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root,
                               const bt_edition_given *given, const bt_edition **edition);

/* Lays the overlay on the base: a tree of its own; neither is changed. Every change that hits nothing, or hits what
 * another one has hit, is reported. A base that is no bundle comes back as it is, for its reader to report. */
bt_status bt_edition_lay(bt_arena *arena, bt_diags *diags, const bt_edition *edition, const bt_json_node *base,
                         const bt_json_node **merged);

/* What the overlay changed in an article of the base first, as it is in the merged tree; NULL: nothing, or the article
 * is the overlay's own. */
const bt_place *bt_edition_change(const bt_edition *edition, const bt_json_node *article);

/* Where the overlay takes the article away that has this id; NULL: nowhere. */
const bt_place *bt_edition_removal(const bt_edition *edition, bt_str id);

#endif
