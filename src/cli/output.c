/* output.c - where the files of a job go: what they may not overwrite, and the standard output. */
#include "cli/cli.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_OUTPUTS = 3 };

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    if (strcmp(a, b) == 0) return true;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int check_paths(const cli *c, const bt_render_options *options, const char *const *paths)
{
    for (int i = 0; i < N_OUTPUTS; i++) {
        if (!paths[i] || strcmp(paths[i], "-") == 0) continue;
        if (!options->bundle_text && is_same_file(paths[i], options->bundle_path))
            return cli_usage_error(c, "render", "'%s' is the bundle itself and would be lost; name another file",
                                   paths[i]);
        if (options->edition_path && !options->edition_text && is_same_file(paths[i], options->edition_path))
            return cli_usage_error(c, "render", "'%s' is the edition itself and would be lost; name another file",
                                   paths[i]);
        for (int k = 0; k < i; k++)
            if (paths[k] && is_same_file(paths[i], paths[k]))
                return cli_usage_error(c, "render", "'%s' is named for two of the files; give each a name of its own",
                                       paths[i]);
    }
    if (paths[0] && strcmp(paths[0], "-") != 0 && bt_file_is_other(paths[0], "%PDF-"))
        return cli_usage_error(c, "render",
                               "'%s' is there already and is no PDF; name another file with -o, or delete this one",
                               paths[0]);
    return EXIT_DONE;
}

/* A folder of our own among the system's temporary files. */
static int make_folder(const cli *c, cli_output *output)
{
    const char *place = getenv("TMPDIR");
    if (!place || !place[0]) place = "/tmp";
    int length = snprintf(output->folder, sizeof output->folder, "%s/bantin-XXXXXX", place);
    if (length > 0 && (size_t)length < sizeof output->folder && mkdtemp(output->folder)) return EXIT_DONE;
    cli_error(c, "cannot %s %s: %s", cli_say(c, "write into"), place, cli_reason(c, errno));
    output->folder[0] = '\0';
    return EXIT_SYSTEM;
}

int cli_output_begin(const cli *c, bt_render_options *options, cli_output *output)
{
    const char **const places[N_OUTPUTS] = {&options->pdf_path, &options->dump_path, &options->report_path};
    const char *paths[N_OUTPUTS], **printed = NULL;
    *output = (cli_output){.folder = ""};
    for (int i = 0; i < N_OUTPUTS; i++) {
        paths[i] = *places[i];
        if (!paths[i] || strcmp(paths[i], "-") != 0) continue;
        if (printed) return cli_usage_error(c, "render", "only one file can go to the standard output");
        printed = places[i];
    }
    int status = check_paths(c, options, paths);
    if (status != EXIT_DONE || !printed) return status;
    if (printed == places[0] && isatty(STDOUT_FILENO))
        return cli_usage_error(c, "render", "a PDF is not printed on a terminal; name a file with -o");
    status = make_folder(c, output);
    if (status != EXIT_DONE) return status;
    snprintf(output->path, sizeof output->path, "%s/out", output->folder);
    *printed = output->path;
    return EXIT_DONE;
}

static int print_file(const cli *c, const char *path)
{
    char bytes[1 << 16];
    FILE *file = fopen(path, "rbe");
    size_t n = 0;
    if (!file) {
        cli_error(c, "cannot write to the standard output: %s", cli_reason(c, errno));
        return EXIT_SYSTEM;
    }
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0 && fwrite(bytes, 1, n, stdout) == n) continue;
    fclose(file);
    return cli_flush(c);
}

int cli_output_end(const cli *c, const cli_output *output, int status)
{
    if (!output->folder[0]) return status;
    if (status == EXIT_DONE) status = print_file(c, output->path);
    unlink(output->path);
    rmdir(output->folder);
    return status;
}
