/* cli.h - the command's parts. One cmd_*.c a subcommand. */
#ifndef BT_CLI_H
#define BT_CLI_H

#include "bantin.h"
#include "base/limits.h"

#include <getopt.h>

enum { EXIT_DONE = 0, EXIT_NOT_CLEAN = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_SYSTEM = 4 };

/* What all subcommands share. */
typedef struct cli {
    bt_lang lang;           /* of all that is said, by the library too */
    const char *options_of; /* the command whose options cli_option is reading */
    bool is_quiet;
    bool has_colour;
    const char *layout_dirs[4]; /* NULL-terminated */
    char dirs[3][4096];
    char font_list[4096];
    const char *font_dirs[17]; /* --font-dir, NULL-terminated */
    int n_font_dirs;
    bt_named_value values[BT_LIMIT_MANIFEST_COLUMNS]; /* --value */
    uint32_t n_values;
} cli;

void cli_find_folders(cli *c);
/* The language of LC_ALL, else LC_MESSAGES, else LANG: Vietnamese when it begins with "vi". */
void cli_find_lang(cli *c);

/* A text of the command's own, by its English, in the language in use: cli_vi.def. */
const char *cli_say(const cli *c, const char *english) __attribute__((format_arg(2)));

/* A help text in both languages. */
typedef struct cli_help {
    const char *en, *vi;
} cli_help;
const char *cli_help_text(const cli *c, const cli_help *help);

/* Options that each command has; they end its table. */
enum { CLI_OPT_LANG = 512, CLI_OPT_HELP };
#define CLI_SHARED_OPTIONS                                                                                             \
    {"lang", required_argument, NULL, CLI_OPT_LANG}, {"help", no_argument, NULL, CLI_OPT_HELP}, { NULL, 0, NULL, 0 }
/* getopt_long, which says what is wrong in the language that the same options ask for: the next option; -1 at the end;
 * '?' when it has reported an error. shorts begins with ':' and has h, for --help. --lang is dealt with here. */
int cli_option(cli *c, const char *command, int argc, char **argv, const char *shorts, const struct option *longs);

/* A context that speaks the language in use and prints its messages; NULL without memory. */
bt_ctx *cli_context(cli *c);
/* A bt_message_fn; user is the cli. */
void cli_print_message(void *user, const bt_message *message);
int cli_exit_status(bt_status status);
/* One usage error on stderr, said in the language in use; returns EXIT_USAGE. */
int cli_usage_error(const cli *c, const char *command, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Another error of the command's own, likewise. */
void cli_error(const cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Why a call of the system failed, in the language in use. */
const char *cli_reason(const cli *c, int error);
/* EXIT_DONE when all that was printed has gone out; else says why not and returns EXIT_SYSTEM. */
int cli_flush(const cli *c);
/* Reads stdin whole into memory that the caller frees; NULL on failure (reported). */
char *cli_read_stdin(const cli *c, size_t *size);

/* validate_manifest.c: all editions of a manifest on the bundle that options name. text: its bytes, when they do not
 * come from path; else NULL. The exit status. */
int cli_validate_manifest(cli *c, const bt_render_options *options, const char *path, const char *text, size_t size,
                          bool is_strict);

/* One of the files of a job may go to the standard output ("-"): it is made in a folder of its own first, so that a
 * job that fails prints nothing. */
typedef struct cli_output {
    char folder[4096]; /* "": all go to files */
    char path[4128];
} cli_output;
/* Refuses outputs that would overwrite the bundle, one another, or with a PDF what is none; then sends "-" to a file of
 * output. EXIT_DONE, or else it has reported. */
int cli_output_begin(const cli *c, bt_render_options *options, cli_output *output);
/* Prints what was meant for the standard output where the job went well, and takes the folder away. status: the job's;
 * returns it, or EXIT_SYSTEM when printing failed. */
int cli_output_end(const cli *c, const cli_output *output, int status);

/* compare.c: sets the base that options name, quietly but for errors, and has the edition laid on it. *base is to be
 * dropped. EXIT_DONE, or it has reported. */
int cli_compare_begin(cli *c, bt_ctx *ctx, bt_render_options *options, bt_base **base);
/* Prints how many pages and articles differ. */
void cli_compare_tell(const cli *c, const bt_render_result *result);

/* --rendition's value. EXIT_DONE, or it has reported a usage error of the command. */
int cli_take_rendition(const cli *c, const char *command, const char *name, bt_rendition *rendition);

/* SOURCE_DATE_EPOCH: seconds since 1970, digits only; not set: no date. EXIT_DONE, or it has reported. */
int cli_read_epoch(const cli *c, const char *command, bt_render_options *options);

/* --value NAME=TEXT. EXIT_DONE, or it has reported a usage error of the command. text is cut at its '='. */
int cli_take_value(cli *c, const char *command, char *text);

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

/* cmd_check.c: the path of bantin-check, which stands beside bantin; false: it is longer than size. */
bool cli_checker(char *path, size_t size);

int cmd_batch(cli *c, int argc, char **argv);
int cmd_check(cli *c, int argc, char **argv); /* measure and preflight too; does not return when it could start */
int cmd_doctor(cli *c, int argc, char **argv);
int cmd_fonts(cli *c, int argc, char **argv);
int cmd_layouts(cli *c, int argc, char **argv);
int cmd_new(cli *c, int argc, char **argv);
int cmd_render(cli *c, int argc, char **argv);
int cmd_schema(cli *c, int argc, char **argv);
int cmd_validate(cli *c, int argc, char **argv);

#endif
