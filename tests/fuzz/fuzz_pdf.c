/* fuzz_pdf.c - PDFs of any bytes, as bantin-check reads them, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_pdf pdf_seeds
 *     mkdir -p /tmp/pdf && build/fuzz/tests/fuzz_pdf -dict=tests/fuzz/pdf.dict -max_len=16384 -timeout=60 \
 *         -rss_limit_mb=2048 -malloc_limit_mb=1024 /tmp/pdf build/fuzz/tests/pdf_seeds
 *
 * What must hold: a file is read or refused, and what is refused is told; what is read is in order: boxes, words within
 * their lines, runs within their words, text in UTF-8, numbers that are finite. libqpdf is not instrumented.
 */
#include "check/seen/seen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static void demand_box(const seen_box *box)
{
    demand(isfinite(box->x0) && isfinite(box->y0) && isfinite(box->x1) && isfinite(box->y1));
    demand(box->x0 <= box->x1 && box->y0 <= box->y1);
}

static void demand_text(bt_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        size_t length = bt_utf8_decode(text, at, &c);
        demand(length > 1 || (unsigned char)text.ptr[at] < 0x80); /* U+FFFD as it is written has three bytes */
        at += length;
    }
}

static void demand_words(const seen_page *page)
{
    uint32_t word = 0, run = 0;
    for (uint32_t i = 0; i < page->lines.n; i++) {
        demand(page->lines.v[i].word_begin == word && page->lines.v[i].word_end > word);
        word = page->lines.v[i].word_end;
        demand_box(&page->lines.v[i].box);
    }
    demand(word == page->words.n);
    for (uint32_t i = 0; i < page->words.n; i++) {
        const seen_word *w = &page->words.v[i];
        demand(w->run_begin >= run && w->run_end > w->run_begin && w->run_end <= page->runs.n);
        run = w->run_end;
        demand(w->line_i < page->lines.n);
        demand_box(&w->box);
        demand_text(w->text);
        demand(isfinite(w->baseline) && isfinite(w->x0) && isfinite(w->x1));
    }
    for (uint32_t i = 0; i < page->runs.n; i++) {
        const seen_run *r = &page->runs.v[i];
        demand(r->face && r->paint && isfinite(r->size));
        demand_text(r->text);
    }
}

static void demand_page(const seen_file *file, const seen_page *page, bt_arena *arena)
{
    for (int i = 0; i < SEEN_N_BOXES; i++) demand_box(&page->boxes[i]);
    demand_words(page);
    for (uint32_t i = 0; i < page->paths.n; i++) {
        demand_box(&page->paths.v[i].box);
        demand(page->paths.v[i].paint && isfinite(page->paths.v[i].thickness));
    }
    for (uint32_t i = 0; i < page->pictures.n; i++) {
        const seen_picture *picture = &page->pictures.v[i];
        bt_str samples;
        demand_box(&picture->box);
        bt_arena_mark mark = bt_arena_set_mark(arena);
        if ((uint64_t)picture->n_columns * picture->n_rows < 1 << 20 &&
            seen_samples(file, page, picture, arena, &samples) == BT_OK)
            demand(samples.len == (size_t)picture->n_columns * picture->n_rows * picture->n_components);
        bt_arena_rewind(arena, mark);
    }
    for (uint32_t i = 0; i < page->annotations.n; i++) demand_box(&page->annotations.v[i].box);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static int fd = -1;
    static char path[64];
    if (fd < 0) fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, size, 0) != (ssize_t)size) return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    bt_arena arena = {0}, words = {0};
    bt_diags diags = {.arena = &words};
    seen_file *file = NULL;
    bt_status status = seen_open(&arena, &diags, path, &(seen_options){.content = true}, &file);
    demand((status == BT_OK) == (file != NULL));
    demand((status == BT_OK) == (diags.n[BT_ERROR] == 0));
    if (file) {
        demand(file->pages.n > 0);
        for (uint32_t i = 0; i < file->pages.n; i++) demand_page(file, &file->pages.v[i], &arena);
        demand_text(file->title);
        demand_text(file->author);
    }
    seen_drop(file);
    bt_arena_drop(&arena);
    bt_arena_drop(&words);
    return 0;
}
