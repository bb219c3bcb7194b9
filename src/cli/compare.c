/* compare.c - render --compare: the base is set beside its edition, and what the overlay changed is told. */
#include "cli/cli.h"

#include <stdio.h>

int cli_compare_begin(cli *c, bt_ctx *ctx, bt_render_options *options, bt_base **base)
{
    /* Set alone, the base has nothing to put into its {{id}} and {{name}}. */
    static const bt_named_value stand_ins[] = {{.name = "id", .text = "{{id}}", .file = ""},
                                               {.name = "name", .text = "{{name}}", .file = ""}};
    bt_render_options of_base = *options;
    of_base.edition_path = of_base.edition_text = NULL;
    of_base.pdf_path = of_base.dump_path = of_base.report_path = NULL;
    of_base.values = stand_ins;
    of_base.n_values = sizeof stand_ins / sizeof *stand_ins;
    bool was_quiet = c->is_quiet;
    c->is_quiet = true; /* its warnings are those of the edition */
    bt_status status = bt_base_open(ctx, &of_base, base, NULL);
    c->is_quiet = was_quiet;
    options->base = *base;
    options->bundle_path = options->bundle_text = NULL;
    return cli_exit_status(status);
}

static void tell_count(uint32_t n, const char *words)
{
    if (n) printf("  %u %s\n", n, words);
}

void cli_compare_tell(const cli *c, const bt_render_result *result)
{
    const bt_differences *d = &result->differences;
    uint32_t n_differ = result->n_pages - d->n_pages_same;
    printf(cli_say(c, "%u of %u pages differ from the base; of articles and frames:\n"), n_differ, result->n_pages);
    tell_count(d->n_new, cli_say(c, "are new"));
    tell_count(d->n_gone, cli_say(c, "are gone"));
    tell_count(d->n_changed - d->n_reset, cli_say(c, "are changed"));
    tell_count(d->n_reset, cli_say(c, "have the same words in other lines or looks"));
    tell_count(d->n_jumped, cli_say(c, "are on another page"));
    tell_count(d->n_moved, cli_say(c, "are moved on their page"));
    tell_count(d->n_same, cli_say(c, "are the same"));
}
