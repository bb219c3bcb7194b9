/* set.c - check --all: many files against their samples. */
#include "check/check.h"

int check_set(cli *c, bt_arena *arena, bt_diags *diags, const check_options *usual, const char *path, uint32_t n_jobs)
{
    (void)arena;
    (void)diags;
    (void)usual;
    (void)path;
    (void)n_jobs;
    return cli_usage_error(c, "check", "not there yet");
}
