/* bundle_int.h - shared by the files of bundle/. */
#ifndef BT_BUNDLE_INT_H
#define BT_BUNDLE_INT_H

#include "base/file.h"
#include "base/limits.h"
#include "bundle/bundle.h"
#include "bundle/edition.h"
#include "text/legacy.h"
#include "text/remark.h"
#include "json/fields.h"

/* A chart that is checked once all tables are read. */
typedef struct bt_bundle_pending_chart {
    bt_chart *chart;
    const bt_json_node *node, *id, *x, *y; /* of its block; the values of its keys, NULL where absent */
} bt_bundle_pending_chart;

/* What looking at a text shows, whatever else stands in the bundle. */
typedef struct bt_text_facts {
    bt_str text;                /* as in the file; len 0: a free slot */
    bt_legacy_habits habits;    /* its own part of them */
    bool is_good;               /* it was read, is printed as it stands, and nothing was said of it, */
    uint32_t stance;            /* where the habits of all texts came to this; */
    bt_tone_places tones;       /* and these are in it */
    const bt_json_node *blocks; /* of the Markdown file that it names, where nothing was said of them; else NULL */
    bool is_english;            /* how their numbers were read */
} bt_text_facts;

typedef struct bt_bundle_facts {
    bt_text_facts *slots; /* hash table by address */
    uint32_t n, capacity; /* capacity: a power of two, or 0 */
} bt_bundle_facts;

typedef struct bt_bundle_reader {
    bt_fields_reader fields;
    const bt_place *at; /* the whole file */
    bt_str dir;         /* of the bundle */
    bt_str file_dir;  /* while the blocks of a Markdown file are read: its folder as seen from the file that names it */
    bt_str file_home; /* and the folder of that file; else empty */
    bool is_english;  /* how numbers in strings are written */
    uint32_t n_blocks; /* of all articles so far */
    bool is_in_box;    /* the blocks being read stand in a box */
    BT_ARRAY(const bt_figure *) figures;
    BT_ARRAY(const bt_table *) tables;
    bt_bundle_ways ways;
    bt_bundle_facts *facts;       /* that are kept; NULL: none are */
    const bt_bundle_facts *known; /* of the base; NULL: none */
    const bt_value *values;       /* of the edition, in Unicode */
    bool *is_called;              /* by value */
    uint32_t n_values;
    size_t n_value_bytes;              /* that they have put into texts so far */
    bt_arena scratch;                  /* for looking at texts */
    bt_legacy_habits habits;           /* of all its strings */
    uint32_t n_remarked[BT_N_REMARKS]; /* texts so far */
    bt_tone_places tones;              /* of all texts so far, and where each way stands first */
    const bt_place *first_tone_at, *second_tone_at;
    BT_ARRAY(bt_bundle_pending_chart) charts;
} bt_bundle_reader;

/* Texts of one list. */
typedef struct bt_bundle_texts {
    const bt_text *v;
    uint32_t n;
} bt_bundle_texts;

/* Before and after all texts: what the whole file shows about them, and what is told of it as a whole. */
void bt_bundle_texts_begin(bt_bundle_reader *b, const bt_json_node *root);
void bt_bundle_texts_end(bt_bundle_reader *b);
/* The strings below a node of another file show something about them, too. */
void bt_bundle_learn(bt_bundle_reader *b, const bt_json_node *node);

/* The text of a string that is printed; empty for NULL. \{{ is {{ in it, and {{name}} a value of the edition; a {{ of
 * another kind and a text beyond the limit are reported, and so are text in an old encoding and what a proofreader
 * would remark on. Inline markup is read in it later: a value that looks like markup stands between BT_LITERAL_BEGIN
 * and BT_LITERAL_END. */
bt_text bt_bundle_text(bt_bundle_reader *b, const bt_json_node *node);
/* The same for texts without markup. */
bt_text bt_bundle_plain(bt_bundle_reader *b, const bt_json_node *node);
/* A text as it is in Unicode: what was typed in an old encoding is told, and converted where that is wished. */
bt_str bt_bundle_rescue(bt_bundle_reader *b, bt_str text, const bt_place *at);
/* The id that refers to something elsewhere in the bundle; false: reported. */
bool bt_bundle_reference(bt_bundle_reader *b, const bt_json_node *node, bt_str *id);
/* A string that is not printed: an id, a path, an address. */
bt_text bt_bundle_name(bt_bundle_reader *b, const bt_json_node *node);
/* As bt_bundle_text, where a number may stand; it keeps its digits. A fraction is reported. */
bt_text bt_bundle_text_or_integer(bt_bundle_reader *b, const bt_json_node *node);
/* An array's strings; blank ones are left out with a warning. */
bt_bundle_texts bt_bundle_text_list(bt_bundle_reader *b, const bt_json_node *array);
/* Whether a text has no characters but white space. */
bool bt_bundle_is_blank(bt_str text);
/* Warns that a blank text is left out. */
void bt_bundle_left_out(bt_bundle_reader *b, const bt_json_node *node, const char *what);
/* Reports a text that may not be blank. False: blank, or absent. */
bool bt_bundle_need_text(bt_bundle_reader *b, bt_text text, const char *key, bool is_required);
/* The folder of the file that a value stands in: the bundle's, or the overlay's. */
bt_str bt_bundle_home(const bt_bundle_reader *b, const bt_place *at);
/* A path, resolved against the folder of the file that names it; empty when it is reported as leaving it. */
bt_str bt_bundle_path(bt_bundle_reader *b, bt_text path);

/* False: a text of so many bytes is too long, which is reported. */
bool bt_bundle_within_limit(bt_bundle_reader *b, size_t n_bytes, const bt_place *at);

/* bundle_values.c: the edition's values, read before all texts. */
void bt_bundle_values(bt_bundle_reader *b);
/* {{ and \{{ in a text that is as in the file. is_plain: no markup is read in it. */
bt_str bt_bundle_braces(bt_bundle_reader *b, bt_str text, const bt_place *at, bool is_plain);

/* bundle_facts.c. A text is known by where it lies: a base's tree outlives its editions, and does not change. NULL: it
 * is not known; facts may be NULL. */
bt_text_facts *bt_bundle_facts_find(const bt_bundle_facts *facts, bt_str text);
/* The facts of a text, new ones where it was not known. NULL: of an empty text, beyond BT_LIMIT_FACTS, or without
 * memory. */
bt_text_facts *bt_bundle_facts_add(bt_arena *arena, bt_bundle_facts *facts, bt_str text);

/* bundle_file.c: the blocks of {"file": ...}. Where there are none, that is reported. */
const bt_block *bt_bundle_body_file(bt_bundle_reader *b, const bt_json_node *node, uint32_t *n);

/* bundle_block.c: the blocks of a body. */
const bt_block *bt_bundle_blocks(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n);
/* The least and most height of what is drawn. */
void bt_bundle_heights(bt_bundle_reader *b, const bt_json_node *least, const bt_json_node *most, bt_sp *min_height,
                       bt_sp *max_height);
bool bt_bundle_span(bt_bundle_reader *b, const bt_json_node *node, bool *spans_page);
/* Reads the block's text. False: it is blank, and the block is left out. */
bool bt_bundle_keeps_text(bt_bundle_reader *b, const bt_json_node *node, const char *what, bt_block *block);

/* bundle_list.c. Each reads a block of its type; false: it holds nothing, and is left out. */
bool bt_bundle_bullets(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_numbered(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);

/* bundle_verse.c: the same for poems, and for question and answer. */
bool bt_bundle_verse(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_qa(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);

/* bundle_box.c: the bundle's fillers. */
const bt_filler *bt_bundle_fillers(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n);

/* Readers of one block each; false: nothing to set, the block is left out. */
bool bt_bundle_figure(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_gallery(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_box(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_numbers(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
bool bt_bundle_qr(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);

/* bundle_table.c: a string or a number, with its digits. */
void bt_bundle_cell(bt_bundle_reader *b, const bt_json_node *node, bt_cell *cell);
/* A table block, with its span. */
const bt_table *bt_bundle_table(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);

/* bundle_sum.c: the total of a column (digits, or "-" where there is nothing to add). False: reported. */
bool bt_bundle_sum(bt_bundle_reader *b, const bt_table *table, uint32_t column_i, bt_cell *total);
/* Warns of stated totals that are not the sum of their rows. columns: those to check; NULL: every column of numbers all
 * of whose cells can be added up. at: "expect_sum". */
void bt_bundle_check_sums(bt_bundle_reader *b, const bt_table *table, const bool *columns, const bt_place *at);
/* "-", a dash or nothing: a cell without a value. */
bool bt_bundle_is_none(bt_str text);
/* "+2.392" and "487,5" as 2392 and 487.5; "20,337" and "487.5" in English. False: no number. */
bool bt_bundle_plain_number(bt_bundle_reader *b, bt_str written, bt_str *plain);

/* bundle_chart.c: a chart block, with its span; when all blocks are read, its table, columns and values. */
void bt_bundle_chart(bt_bundle_reader *b, const bt_json_node *node, bt_block *block);
void bt_bundle_finish_charts(bt_bundle_reader *b);

/* bundle_time.c: when the points of a line are; those that go back in time are reported. */
void bt_bundle_chart_times(bt_bundle_reader *b, bt_chart *chart);

#endif
