/* cli.h - the command's parts. One cmd_*.c a subcommand. */
#ifndef BT_CLI_H
#define BT_CLI_H

#include "bantin.h"

enum { EXIT_DONE = 0, EXIT_NOT_CLEAN = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_SYSTEM = 4 };

/* What all subcommands share. */
typedef struct cli {
    bool is_quiet;
    bool has_colour;
    const char *layout_dirs[4]; /* NULL-terminated */
    char dirs[3][4096];
    char font_list[4096];
    const char *font_dirs[17]; /* --font-dir, NULL-terminated */
    int n_font_dirs;
} cli;

void cli_find_folders(cli *c);
/* A bt_message_fn; user is the cli. */
void cli_print_message(void *user, const bt_message *message);
int cli_exit_status(bt_status status);
/* One usage error on stderr; returns EXIT_USAGE. */
int cli_usage_error(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* EXIT_DONE when all that was printed has gone out; else says why not and returns EXIT_SYSTEM. */
int cli_flush(void);
/* Reads stdin whole into memory that the caller frees; NULL on failure (reported). */
char *cli_read_stdin(size_t *size);

/* Adds a --font-dir; false: there are too many. */
bool cli_add_font_dir(cli *c, const char *folder);

/* A file that the command carries with it: made from the files of CMakeLists.txt when it is built. */
typedef struct cli_file {
    const char *name; /* "bundle.schema.json", "starter/bundle.json" */
    const unsigned char *bytes;
    size_t size;
} cli_file;
extern const cli_file cli_files[];
extern const size_t cli_n_files;

int cmd_doctor(cli *c, int argc, char **argv);
int cmd_fonts(cli *c, int argc, char **argv);
int cmd_layouts(cli *c, int argc, char **argv);
int cmd_new(cli *c, int argc, char **argv);
int cmd_render(cli *c, int argc, char **argv);
int cmd_schema(cli *c, int argc, char **argv);
int cmd_validate(cli *c, int argc, char **argv);

#endif
