/* cmd_measure.c - bantin measure: what the design of a PDF is. */
#include "check/check.h"

int cmd_measure(cli *c, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return cli_usage_error(c, "measure", "not there yet");
}
