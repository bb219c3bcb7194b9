/* made_page.h - a PDF of one page, made of a content stream and objects as text, and what is seen of it. */
#ifndef BT_TEST_MADE_PAGE_H
#define BT_TEST_MADE_PAGE_H

#include "check.h"

#include "check/seen/seen.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { MADE_MOST_OBJECTS = 64 };

/* Objects from number 10 on, each as it stands between "obj" and "endobj". The page finds what it needs by resources:
 * "/Font << /F1 10 0 R >>". */
typedef struct made_page {
    const char *resources, *content;
    const char *page; /* more entries of the page; NULL: none */
    const char *const *objects;
    size_t n_objects;
} made_page;

static bt_arena made_arena;
static bt_diags made_diags;

static bt_str made_stream(const char *content)
{
    return bt_str_format(&made_arena, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(content), content);
}

static void made_write(const made_page *made, const char *path)
{
    enum { FIRST = 10 };
    bt_str objects[MADE_MOST_OBJECTS];
    size_t at[MADE_MOST_OBJECTS], n = FIRST - 1 + made->n_objects;
    if (n > MADE_MOST_OBJECTS) exit(2);
    for (size_t i = 0; i < n; i++) objects[i] = BT_STR("null");
    objects[0] = BT_STR("<< /Type /Catalog /Pages 2 0 R >>");
    objects[1] = BT_STR("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    objects[2] = bt_str_format(&made_arena,
                               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << %s >> "
                               "/Contents 4 0 R %s >>",
                               made->resources, made->page ? made->page : "");
    objects[3] = made_stream(made->content);
    for (size_t i = 0; i < made->n_objects; i++) objects[FIRST - 1 + i] = bt_str_of(made->objects[i]);
    bt_buf out = bt_buf_in(&made_arena);
    bt_buf_add_z(&out, "%PDF-1.5\n");
    for (size_t i = 0; i < n; i++) {
        at[i] = out.bytes.n;
        bt_buf_format(&out, "%zu 0 obj\n", i + 1);
        bt_buf_add(&out, objects[i]);
        bt_buf_add_z(&out, "\nendobj\n");
    }
    size_t table = out.bytes.n;
    bt_buf_format(&out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++) bt_buf_format(&out, "%010zu 00000 n \n", at[i]);
    bt_buf_format(&out, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", n + 1, table);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(out.bytes.v, 1, out.bytes.n, file) != out.bytes.n || fclose(file) != 0) exit(2);
}

static void made_say(void *user, const bt_message *message)
{
    (void)user;
    printf("%s %s\n", message->code, message->text);
}

/* The file lives until it is dropped, its memory until the arena is. */
static seen_file *made_open(const made_page *made)
{
    char path[] = "/tmp/bantin-made-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0) exit(2);
    close(fd);
    made_write(made, path);
    made_diags = (bt_diags){.on_message = made_say, .arena = &made_arena};
    seen_file *file = NULL;
    CHECK_INT(seen_open(&made_arena, &made_diags, path, &(seen_options){.content = true}, &file), BT_OK);
    unlink(path);
    if (!file) exit(2);
    return file;
}

/* "one two|three": the words of the lines. A hidden word stands in parentheses. */
static bt_str made_lines(const seen_page *page)
{
    bt_buf out = bt_buf_in(&made_arena);
    for (uint32_t i = 0; i < page->words.n; i++) {
        const seen_word *word = &page->words.v[i];
        if (i) bt_buf_add_char(&out, word->line_i == word[-1].line_i ? ' ' : '|');
        if (word->is_hidden) bt_buf_add_char(&out, '(');
        bt_buf_add(&out, word->text);
        if (word->is_hidden) bt_buf_add_char(&out, ')');
    }
    return bt_buf_str(&out);
}

#endif
