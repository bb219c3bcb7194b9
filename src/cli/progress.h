/* progress.h - how far a batch is, on the standard error: on a terminal a line that is drawn again and again, elsewhere
 * a line each ten seconds.
 */
#ifndef BT_CLI_PROGRESS_H
#define BT_CLI_PROGRESS_H

#include "batch/batch.h"
#include "cli/cli.h"

typedef struct cli_progress {
    const cli *c;
    bool is_bar;   /* a terminal that can go back to the line's head */
    bool is_drawn; /* the line is on the terminal */
    int64_t begun; /* [ms] */
    int64_t last;  /* when it was said [ms] */
} cli_progress;

void cli_progress_begin(cli_progress *progress, const cli *c);
/* Says it, when it is time to. */
void cli_progress_show(cli_progress *progress, const bt_batch_totals *totals);
/* Takes the line away, so that another can be printed. */
void cli_progress_clear(cli_progress *progress);
/* Milliseconds since the beginning. */
int64_t cli_progress_ms(const cli_progress *progress);

#endif
