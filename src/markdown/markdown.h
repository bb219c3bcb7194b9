/* markdown.h - an article's body from a Markdown file: CommonMark with GFM tables, read by cmark-gfm.
 *
 * What comes out is the very tree of nodes that an editor would have written in the bundle, in which every text stands
 * in the bundle's own markup; the bundle's reader validates it, so that there is one meaning of a block. A node's place
 * is a line and column of the Markdown file, and its pointer empty; a block that the file gives as JSON keeps its
 * pointers. samples/README.md says what becomes of what.
 */
#ifndef BT_MARKDOWN_H
#define BT_MARKDOWN_H

#include "json/fields.h"

/* The blocks of a file as an array node; NULL once an error or a lack of memory left none. Everything that is wrong is
 * reported to the reader. file: its name in places; source: its bytes, at most BT_LIMIT_MARKDOWN_BYTES; is_english: how
 * numbers are written, which decides what a column of numbers is. Nothing points into source afterwards. */
const bt_json_node *bt_markdown_blocks(bt_fields_reader *r, bt_str file, bt_str source, bool is_english);

/* The version of cmark-gfm that runs. */
const char *bt_markdown_library(void);

#endif
