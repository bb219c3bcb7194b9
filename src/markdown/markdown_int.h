/* markdown_int.h - what the files of markdown/ share.
 *
 *     markdown.c          the steps
 *     markdown_source.c   what must be known of the bytes before cmark sees them: encoding, lines, escapes, definitions
 *     markdown_cmark.c    cmark with our memory
 *     markdown_node.c     places and nodes
 *     markdown_inline.c   a paragraph's inline nodes as one text in the bundle's markup
 *     markdown_block.c    paragraphs, headings, quotes, lists, code
 *     markdown_figure.c   paragraphs of pictures
 *     markdown_table.c    tables
 *
 * cmark forgets which characters had a backslash, but \{{ and {{ are different things in a bundle. So an escaped mark
 * is replaced by a character of the same two bytes before cmark reads the text, and put back afterwards. It must be a
 * sign of punctuation, as the mark is: emphasis depends on it. Those of Syriac serve, as far as the file has them not
 * itself.
 */
#ifndef BT_MARKDOWN_INT_H
#define BT_MARKDOWN_INT_H

#include "base/limits.h"
#include "markdown/markdown.h"

#include <cmark-gfm.h>

/* The escaped marks that are replaced. */
enum { BT_MD_BRACE, BT_MD_TILDE, BT_MD_BRACKET, BT_MD_N_MARKS };

/* An array or object while it grows. */
typedef struct bt_md_list {
    bt_json_node *parent; /* NULL without memory */
    bt_json_node *last;
} bt_md_list;

typedef struct bt_md {
    bt_fields_reader *r;
    bt_arena *arena;              /* of the nodes */
    bt_arena scratch;             /* everything else, cmark's memory included */
    bt_str file;                  /* in the arena */
    bt_str source;                /* without a byte order mark */
    char *marked;                 /* what cmark reads: as long as the source, its lines where they were */
    uint8_t marks[BT_MD_N_MARKS]; /* second bytes of what stands for each; 0: escapes are left as they are */
    bool is_english;              /* how numbers are written */
    BT_ARRAY(uint32_t) lines;     /* where each begins */
    bt_md_list blocks;            /* the result */
    uint32_t line_shift;          /* added to the lines of inline nodes, see bt_md_begin_text */
    uint8_t level_of[7];          /* by a heading's number of #: the subheading's level, 0 where it is not used */
    uint32_t counted_line, counted_bytes, counted; /* the characters that the last place had before it in its line */
    bool said_comment;                             /* the note on comments was given */
    bool said_html;
} bt_md;

/* markdown_source.c. False: reported, and there is nothing to parse. */
bool bt_md_read_source(bt_md *md);
bt_str bt_md_line(const bt_md *md, uint32_t line); /* from 1; without its end; empty beyond the last */
/* The mark that is replaced at i ('{', '~' or '['), 2 bytes long; '\0': none. */
char bt_md_escaped_at(const bt_md *md, bt_str text, size_t i);
/* A line that defines the address of [label], in one line. */
bool bt_md_is_definition(bt_str line, bt_str *label);

/* markdown_cmark.c: parses md->marked and calls read, in which cmark's functions may be called (many allocate); what is
 * lacking in memory ends it at once. False: that happened. */
bool bt_md_with_cmark(bt_md *md, void (*read)(bt_md *md, cmark_node *document));
bool bt_md_is_table(cmark_node *node);

/* markdown_node.c. Without memory NULL, which all of them take as well. */
const bt_place *bt_md_place(bt_md *md, uint32_t line, uint32_t column); /* column: in bytes, as cmark counts */
const bt_place *bt_md_block_place(bt_md *md, cmark_node *node);
/* Of an inline node that is written with `mark` ("![", "<") at its beginning: cmark's columns may be a little off. */
const bt_place *bt_md_inline_place(bt_md *md, cmark_node *node, const char *mark);
bt_json_node *bt_md_string(bt_md *md, bt_str text, const bt_place *at); /* copies */
bt_json_node *bt_md_integer(bt_md *md, int64_t n, const bt_place *at);
bt_md_list bt_md_array(bt_md *md, const bt_place *at);
bt_md_list bt_md_object(bt_md *md, const bt_place *at);
bt_md_list bt_md_block(bt_md *md, const char *type, const bt_place *at);  /* an object with its type */
void bt_md_add(bt_md_list *list, bt_json_node *child);                    /* to an array */
void bt_md_set(bt_md_list *object, const char *key, bt_json_node *value); /* a member; NULL: none */

/* markdown_inline.c */
void bt_md_begin_text(bt_md *md, cmark_node *block); /* before the inline nodes of a block are looked at */
/* The siblings from first up to end (NULL: all) as one text; in scratch. */
bt_str bt_md_inline(bt_md *md, cmark_node *first, const cmark_node *end);
/* A string without markup (alt, title of a link ...), escapes put back; is_literal: the bundle takes markup in it. */
bt_str bt_md_plain(bt_md *md, bt_str text, bool takes_markup);
bt_str bt_md_plain_children(bt_md *md, cmark_node *node); /* the text of all nodes below, without markup */
bt_str bt_md_unmarked(bt_md *md, bt_str text);            /* marks as what they escape: for addresses */
/* Comments are left out with a note; false: there is other HTML in it. */
bool bt_md_is_comment(bt_str html);
void bt_md_note_comment(bt_md *md, const bt_place *at);

/* markdown_figure.c */
bool bt_md_is_figures(cmark_node *paragraph);
void bt_md_figures(bt_md *md, cmark_node *paragraph);

/* markdown_table.c */
void bt_md_table(bt_md *md, cmark_node *table);
uint32_t bt_md_table_line(cmark_node *table); /* of the header row */
bool bt_md_is_title(cmark_node *paragraph);   /* of the table before or after it */

/* markdown_block.c */
void bt_md_blocks(bt_md *md, cmark_node *document);

/* Reports at a place. */
#define BT_MD_FAULT(md, code, at, ...) bt_fields_fault((md)->r, BT_##code, (at), __VA_ARGS__)

#endif
