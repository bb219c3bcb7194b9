/* cli.c - what the subcommands share: where layouts and fonts are, messages, exit statuses. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static void add_folder(cli *c, int *n, const char *folder, const char *name)
{
    if (*n == 3) return;
    char path[sizeof c->dirs[0]];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path || !is_folder(path)) return;
    if (!realpath(path, c->dirs[*n])) return; /* messages name it: without the dots */
    for (int i = 0; i < *n; i++)
        if (strcmp(c->dirs[i], c->dirs[*n]) == 0) return;
    c->layout_dirs[*n] = c->dirs[*n];
    (*n)++;
}

/* Layouts stand beside the program: in share/bantin when it is installed, in the source tree for build/<preset>/bantin.
 */
void cli_find_folders(cli *c)
{
    char self[3072];
    int n = 0;
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) {
        self[length] = '\0';
        char *slash = strrchr(self, '/');
        if (slash) *slash = '\0';
        char folder[3200];
        snprintf(folder, sizeof folder, "%s/../share/bantin", self);
        add_folder(c, &n, folder, "layouts");
        snprintf(folder, sizeof folder, "%s/../..", self);
        if (!n) add_folder(c, &n, folder, "layouts");
    }
    add_folder(c, &n, BANTIN_DATA_DIR, "layouts");
    c->layout_dirs[n] = NULL;
    snprintf(c->font_list, sizeof c->font_list, "%s/../fonts/fonts.json",
             n ? c->layout_dirs[0] : BANTIN_DATA_DIR "/layouts");
}

int cli_take_rendition(const cli *c, const char *command, const char *name, bt_rendition *rendition)
{
    static const char *const names[] = {[BT_PRESS] = "press", [BT_SCREEN] = "screen", [BT_PROOF] = "proof"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *rendition = (bt_rendition)i;
        return EXIT_DONE;
    }
    return cli_usage_error(c, command, "--rendition takes press, screen or proof, not '%s'", name);
}

int cli_read_epoch(const cli *c, const char *command, bt_render_options *options)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text || !text[0]) return EXIT_DONE;
    enum { LONGEST = 12 };
    size_t length = strlen(text);
    long long value = length <= LONGEST ? strtoll(text, NULL, 10) : -1;
    if (strspn(text, "0123456789") != length || value < 0 || value > 253402300799)
        return cli_usage_error(c, command, "SOURCE_DATE_EPOCH is '%s'; it must be seconds since 1970", text);
    options->epoch = value;
    options->has_epoch = true;
    return EXIT_DONE;
}

int cli_take_value(cli *c, const char *command, char *text)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return cli_usage_error(c, command, "--value takes a name and a text, as in --value xa='Hoa Lộc', not '%s'",
                               text);
    if (c->n_values == BT_LIMIT_MANIFEST_COLUMNS) return cli_usage_error(c, command, "more than 256 --value");
    *equals = '\0';
    c->values[c->n_values++] = (bt_named_value){.name = text, .text = equals + 1, .file = ""};
    return EXIT_DONE;
}

bool cli_add_font_dir(cli *c, const char *folder)
{
    if ((size_t)c->n_font_dirs + 1 == sizeof c->font_dirs / sizeof *c->font_dirs) return false;
    c->font_dirs[c->n_font_dirs++] = folder;
    return true;
}

static const char *colour_of(bt_severity severity)
{
    return severity == BT_ERROR ? "\033[1;31m" : severity == BT_WARNING ? "\033[1;33m" : "\033[1;36m";
}

void cli_print_message(void *user, const bt_message *message)
{
    static const char *const names[] = {"note", "warning", "error"};
    const cli *c = user;
    if (c->is_quiet && message->severity != BT_ERROR) return;
    if (message->file[0]) {
        fprintf(stderr, "%s:", message->file);
        if (message->line) fprintf(stderr, "%u:", message->line);
        if (message->line && message->column) fprintf(stderr, "%u:", message->column);
        fputc(' ', stderr);
    }
    if (message->pointer[0]) fprintf(stderr, "%s: ", message->pointer);
    if (!message->file[0]) fputs("bantin: ", stderr);
    fprintf(stderr, "%s%s%s %s: %s\n", c->has_colour ? colour_of(message->severity) : "",
            cli_say(c, names[message->severity]), c->has_colour ? "\033[0m" : "", message->code, message->text);
}

int cli_exit_status(bt_status status)
{
    switch (status) {
    case BT_OK:
        return EXIT_DONE;
    case BT_INPUT:
    case BT_LIMIT:
        return EXIT_INPUT;
    default:
        return EXIT_SYSTEM;
    }
}

bt_ctx *cli_context(cli *c)
{
    bt_ctx *ctx = bt_ctx_new(NULL, cli_print_message, c);
    if (ctx) bt_ctx_speak(ctx, c->lang);
    return ctx;
}

int cli_flush(const cli *c)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return EXIT_DONE;
    cli_error(c, "cannot write to the standard output: %s", cli_reason(c, errno));
    return EXIT_SYSTEM;
}

char *cli_read_stdin(const cli *c, size_t *size)
{
    size_t capacity = 1 << 16, n = 0;
    char *bytes = malloc(capacity);
    while (bytes) {
        size_t got = fread(bytes + n, 1, capacity - n, stdin);
        n += got;
        if (n < capacity) break;
        char *more = realloc(bytes, capacity * 2);
        if (!more) {
            free(bytes);
            bytes = NULL;
            break;
        }
        bytes = more;
        capacity *= 2;
    }
    if (!bytes || ferror(stdin)) {
        cli_error(c, "cannot read the standard input: %s", cli_reason(c, bytes ? errno : ENOMEM));
        free(bytes);
        return NULL;
    }
    *size = n;
    return bytes;
}
