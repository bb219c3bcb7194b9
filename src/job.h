/* job.h - one bundle, or one edition, on its way from its files to its PDF. bantin.c runs it: it reads (job_read.c),
 * makes the pages (bantin.c), and writes (job_write.c).
 */
#ifndef BT_JOB_H
#define BT_JOB_H

#include "bantin_int.h"
#include "base/inputs.h"
#include "bundle/bundle.h"
#include "compose/compose.h"
#include "doc/doc.h"
#include "dump/dump.h"
#include "flow/flow.h"
#include "page/compare.h"
#include "page/page.h"
#include "json/json.h"

typedef struct bt_job {
    bt_ctx *ctx;
    const bt_render_options *options;
    bool is_base; /* editions will be laid on it */
    bt_arena arena, scratch;
    bt_diags diags;
    bt_inputs inputs;
    BT_ARRAY(bt_dump_message) messages; /* for the report */
    bt_str bundle_path;
    const bt_json_node *tree; /* of the bundle's file, without any edition */
    const bt_bundle *bundle;
    bt_layout_wanted layout_wanted;
    const bt_layout *layout;
    bool layout_has_messages; /* finding it said something */
    const bt_profile *profile;
    bool house_has_messages; /* finding that, or the layout's own fonts */
    const bt_doc *doc;
    bt_flow flow;
    bt_fills *fills; /* of a base, for its editions; else NULL */
    bt_pages pages;
    bt_page_digests digests;     /* of what is drawn on them; none where nobody asks */
    const bt_compare_side *side; /* of a base, or of an edition of one; else NULL */
    bt_comparison comparison;    /* with the base; zeroed: there is none */
} bt_job;

/* A bundle that was read and set, for the editions that are laid on it. */
struct bt_base {
    bt_render_options options; /* the strings are the caller's */
    bt_job job;
};

/* job_read.c. What the options ask for, apart from what they name: BT_INPUT, reported. */
bt_status bt_job_check_options(bt_job *j);
/* The bundle alone, with its edition. calls: NULL, or told which values its texts call for; those that are not there
 * are no errors then. */
bt_status bt_job_read_bundle(bt_job *j, bt_value_calls *calls);
/* Everything that can be wrong with what the user wrote. The worst of all is the result; each error is reported. */
bt_status bt_job_read(bt_job *j);

/* job_compare.c. To be called when the pages are made: what is drawn, as digests, for the report and the witness; and
 * what differs from the base. */
bt_status bt_job_compare(bt_job *j);
/* Makes the pages of a base ready to be compared with. */
bt_status bt_job_compare_base(bt_job *j);

/* Whether anybody is to have the layout report. */
static inline bool bt_job_has_report(const bt_job *j)
{
    return j->options->report_path || (j->options->witness && j->options->witness->on_report);
}

/* job_write.c. The PDF, the dump and the report, as wanted: all of them or none. */
bt_status bt_job_write(bt_job *j);

#endif
