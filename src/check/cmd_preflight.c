/* cmd_preflight.c - bantin preflight: is a PDF fit for the press? */
#include "check/check.h"

int cmd_preflight(cli *c, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return cli_usage_error(c, "preflight", "not there yet");
}
