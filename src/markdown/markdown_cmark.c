/* markdown_cmark.c - cmark with our memory.
 *
 * cmark's functions cannot say that there is no memory: the allocator must not return then. Ours leaves by longjmp. It
 * is told nothing by cmark but sizes, so the run that it works for stands in a variable of the thread. All memory is in
 * an arena, so that a jump leaks nothing; freeing waits for the arena's end. */
#include "markdown/markdown_int.h"

#include <cmark-gfm-core-extensions.h>
#include <setjmp.h>
#include <string.h>
#include <threads.h>

typedef struct run {
    bt_arena *arena;
    jmp_buf out;
} run;

static _Thread_local run *current;

/* What stands before each block: realloc must know how much to copy. */
typedef struct block_head {
    _Alignas(max_align_t) size_t size;
} block_head;

static void *take(size_t n, size_t size)
{
    size_t bytes;
    block_head *head = NULL;
    if (!__builtin_mul_overflow(n, size, &bytes) && bytes <= SIZE_MAX - sizeof *head)
        head = bt_arena_alloc(current->arena, sizeof *head + bytes);
    if (!head) longjmp(current->out, 1);
    head->size = bytes;
    return head + 1;
}

static void *take_more(void *block, size_t size)
{
    void *more = take(1, size);
    if (!block) return more;
    size_t old_size = ((const block_head *)block - 1)->size;
    memcpy(more, block, old_size < size ? old_size : size);
    return more;
}

static void give_back(void *block) { (void)block; }

static void parse_and_read(bt_md *md, void (*read)(bt_md *md, cmark_node *document))
{
    static cmark_mem memory = {take, take_more, give_back};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, md->marked, md->source.len);
    read(md, cmark_parser_finish(parser));
}

bool bt_md_with_cmark(bt_md *md, void (*read)(bt_md *md, cmark_node *document))
{
    /* cmark keeps its extensions in variables of its own, written once. */
    static once_flag registered = ONCE_FLAG_INIT;
    call_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    run here = {.arena = &md->scratch};
    current = &here;
    if (setjmp(here.out)) {
        current = NULL;
        return false;
    }
    parse_and_read(md, read);
    current = NULL;
    return true;
}

bool bt_md_is_table(cmark_node *node) { return node && strcmp(cmark_node_get_type_string(node), "table") == 0; }

const char *bt_markdown_library(void) { return cmark_version_string(); }
