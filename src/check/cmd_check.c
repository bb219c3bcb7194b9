/* cmd_check.c - bantin check: one PDF against its sample. */
#include "check/check.h"

#include <stdio.h>

int cmd_check(cli *c, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return cli_usage_error(c, "check", "not there yet");
}
