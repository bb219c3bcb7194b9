/* progress.c - see progress.h. */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { BAR_EACH_MS = 100, LINE_EACH_MS = 10000, WIDEST = 160, WIDTH = 80 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_begin(cli_progress *progress, const cli *c)
{
    const char *terminal = getenv("TERM");
    bool can_go_back = terminal && terminal[0] && strcmp(terminal, "dumb") != 0;
    *progress = (cli_progress){.c = c, .is_bar = can_go_back && isatty(STDERR_FILENO), .begun = now_ms()};
    progress->last = progress->begun;
}

int64_t cli_progress_ms(const cli_progress *progress) { return now_ms() - progress->begun; }

void cli_progress_clear(cli_progress *progress)
{
    if (progress->is_drawn) fputs("\r\033[K", stderr);
    progress->is_drawn = false;
}

static int terminal_width(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col) return WIDTH;
    return size.ws_col > WIDEST ? WIDEST : size.ws_col;
}

/* "3.5/s", "1:20": what is known after the first editions. */
static void add_pace(const cli_progress *progress, const bt_batch_totals *t, char *text, size_t size)
{
    int64_t ms = cli_progress_ms(progress);
    uint32_t n = t->n_made + t->n_failed, n_left = t->n_editions - t->n_kept - n;
    text[0] = '\0';
    if (!n || ms <= 0) return;
    int64_t tenths = (int64_t)n * 10000 / ms, left = (int64_t)n_left * ms / n / 1000;
    snprintf(text, size, cli_say(progress->c, "%lld.%lld/s, %lld:%02lld left"), (long long)(tenths / 10),
             (long long)(tenths % 10), (long long)(left / 60), (long long)(left % 60));
}

/* What the columns hold, but for the bar; a letter and its accents are one character here. */
static int count_columns(const char *text)
{
    int n = 0;
    for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static void draw_bar(cli_progress *progress, const bt_batch_totals *t, uint32_t n_done)
{
    enum { LEAST = 10 };
    char pace[64], text[160], failed[48] = "";
    add_pace(progress, t, pace, sizeof pace);
    if (t->n_failed) snprintf(failed, sizeof failed, cli_say(progress->c, ", %u failed"), t->n_failed);
    snprintf(text, sizeof text, " %u/%u%s  %s", n_done, t->n_editions, failed, pace);
    int width = terminal_width() - count_columns(text) - 3;
    cli_progress_clear(progress);
    if (width >= LEAST) {
        int n_filled = (int)((int64_t)width * n_done / (t->n_editions ? t->n_editions : 1));
        fputc('[', stderr);
        for (int i = 0; i < width; i++) fputc(i < n_filled ? '=' : ' ', stderr);
        fputc(']', stderr);
    }
    fputs(text, stderr);
    fflush(stderr);
    progress->is_drawn = true;
}

void cli_progress_show(cli_progress *progress, const bt_batch_totals *totals)
{
    int64_t now = now_ms();
    if (progress->c->is_quiet || now - progress->last < (progress->is_bar ? BAR_EACH_MS : LINE_EACH_MS)) return;
    progress->last = now;
    uint32_t n_done = totals->n_made + totals->n_kept + totals->n_failed;
    if (progress->is_bar) {
        draw_bar(progress, totals, n_done);
        return;
    }
    char pace[64];
    add_pace(progress, totals, pace, sizeof pace);
    fprintf(stderr, cli_say(progress->c, "bantin: %u of %u editions, %u failed%s%s\n"), n_done, totals->n_editions,
            totals->n_failed, pace[0] ? "; " : "", pace);
}
