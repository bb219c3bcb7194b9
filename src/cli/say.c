/* say.c - the command speaks English or Vietnamese: which of the two, its own texts, its options and errors. */
#include "cli/cli.h"

#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *english, *vietnamese;
} texts[] = {
#define CLI_TEXT(english, text) {english, text},
#include "cli/cli_vi.def"
#undef CLI_TEXT
};

const char *cli_say(const cli *c, const char *english)
{
    if (c->lang == BT_LANG_EN) return english;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].english, english) == 0) return texts[i].vietnamese;
    return english;
}

const char *cli_help_text(const cli *c, const cli_help *help) { return c->lang == BT_LANG_VI ? help->vi : help->en; }

const char *cli_reason(const cli *c, int error)
{
    const bt_diags diags = {.lang = c->lang};
    return bt_say_foreign(&diags, bt_str_of(strerror(error))).ptr; /* either is NUL-terminated */
}

/* --- the language --- */

void cli_find_lang(cli *c)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *name = NULL;
    for (size_t i = 0; i < sizeof variables / sizeof *variables && !(name && name[0]); i++) name = getenv(variables[i]);
    if (name && strncmp(name, "vi", 2) == 0) c->lang = BT_LANG_VI;
}

static bool read_lang(const char *name, bt_lang *lang)
{
    if (strcmp(name, "en") != 0 && strcmp(name, "vi") != 0) return false;
    *lang = name[0] == 'v' ? BT_LANG_VI : BT_LANG_EN;
    return true;
}

/* --- errors --- */

static void print_error(const cli *c, const char *format, va_list list)
{
    fputs("bantin: ", stderr);
    vfprintf(stderr, cli_say(c, format), list);
    fputc('\n', stderr);
}

int cli_usage_error(const cli *c, const char *command, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    print_error(c, format, list);
    va_end(list);
    fprintf(stderr, cli_say(c, "Try 'bantin%s%s --help'.\n"), command[0] ? " " : "", command);
    return EXIT_USAGE;
}

void cli_error(const cli *c, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "bantin: %s: ", cli_say(c, "error"));
    vfprintf(stderr, cli_say(c, format), list);
    fputc('\n', stderr);
    va_end(list);
}

/* --- options --- */

/* Looks for --lang among the options, so that whatever is wrong with them is said in the language that they ask for. In
 * a copy: getopt_long moves what is no option to the end, where an option before it that lacks its value would find it.
 */
static void look_for_lang(cli *c, int argc, char **argv, const char *shorts, const struct option *longs)
{
    char **copy = calloc((size_t)argc + 1, sizeof *copy);
    if (copy) {
        memcpy(copy, argv, (size_t)argc * sizeof *copy);
        optind = 0;
        for (int option; (option = getopt_long(argc, copy, shorts, longs, NULL)) != -1;)
            if (option == CLI_OPT_LANG) read_lang(optarg, &c->lang);
        free(copy);
    }
    optind = 0;
}

static int report_unknown(const cli *c, const char *command, const char *given, const struct option *longs)
{
    enum { MOST = 32 };
    bt_str names[MOST], name = bt_str_of(given + strspn(given, "-"));
    const char *end = memchr(name.ptr, '=', name.len);
    if (end) name.len = (size_t)(end - name.ptr);
    size_t n = 0, n_begun = 0;
    for (const struct option *one = longs; one->name && n < MOST; one++) {
        names[n++] = bt_str_of(one->name);
        n_begun += name.len && bt_str_starts(names[n - 1], name);
    }
    bool is_long = given[0] == '-' && given[1] == '-';
    if (is_long && n_begun > 1)
        return cli_usage_error(c, command, "'%s' is short for more than one option; write it in full", given);
    bt_str near = is_long ? bt_str_nearest(name, names, n) : BT_STR("");
    if (near.len) return cli_usage_error(c, command, "there is no option '%s'; did you mean '--%s'?", given, near.ptr);
    return cli_usage_error(c, command, "there is no option '%s'", given);
}

/* What getopt_long refused: option is what it returned. */
static void report_option(const cli *c, const char *command, int option, char **argv, const struct option *longs)
{
    const char *given = argv[optind - 1];
    const char letter[] = {'-', (char)(optopt > ' ' && optopt < 0x7F ? optopt : '?'), '\0'};
    if (option == ':')
        cli_usage_error(c, command, "the option '%s' needs a value", given);
    else if (optopt > UINT8_MAX)
        cli_usage_error(c, command, "'%s': this option takes no value", given);
    else
        report_unknown(c, command, optopt ? letter : given, longs);
}

int cli_option(cli *c, const char *command, int argc, char **argv, const char *shorts, const struct option *longs)
{
    if (c->options_of != command) look_for_lang(c, argc, argv, shorts, longs);
    c->options_of = command;
    int option;
    while ((option = getopt_long(argc, argv, shorts, longs, NULL)) == CLI_OPT_LANG) {
        if (read_lang(optarg, &c->lang)) continue;
        cli_usage_error(c, command, "there is no language '%s' for messages; there are en and vi", optarg);
        return '?';
    }
    if (option == 'h') return CLI_OPT_HELP;
    if (option != '?' && option != ':') return option;
    report_option(c, command, option, argv, longs);
    return '?';
}
