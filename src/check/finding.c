/* finding.c - the names of findings, and their rank. */
#include "check/finding.h"

#include <stdlib.h>
#include <string.h>

const char *finding_kind_name(finding_kind kind)
{
    static const char *const names[FINDING_N_KINDS] = {
        [FINDING_PAGES] = "pages",
        [FINDING_PAGE_ORDER] = "page-order",
        [FINDING_PAGE_BOX] = "page-box",
        [FINDING_TEXT_CHANGED] = "text-changed",
        [FINDING_TEXT_NEW] = "text-new",
        [FINDING_TEXT_GONE] = "text-gone",
        [FINDING_TEXT_MOVED] = "text-moved",
        [FINDING_TEXT_SIZE] = "text-size",
        [FINDING_TEXT_FACE] = "text-face",
        [FINDING_TEXT_COLOR] = "text-color",
        [FINDING_PICTURE_NEW] = "picture-new",
        [FINDING_PICTURE_GONE] = "picture-gone",
        [FINDING_PICTURE_MOVED] = "picture-moved",
        [FINDING_PICTURE_SIZE] = "picture-size",
        [FINDING_PICTURE_CROP] = "picture-crop",
        [FINDING_PICTURE_PPI] = "picture-ppi",
        [FINDING_PICTURE_CONTENT] = "picture-content",
        [FINDING_PICTURE_COLOR] = "picture-color",
        [FINDING_RULE_NEW] = "rule-new",
        [FINDING_RULE_GONE] = "rule-gone",
        [FINDING_RULE_MOVED] = "rule-moved",
        [FINDING_RULE_THICKNESS] = "rule-thickness",
        [FINDING_RULE_LENGTH] = "rule-length",
        [FINDING_RULE_COLOR] = "rule-color",
        [FINDING_AREA_NEW] = "area-new",
        [FINDING_AREA_GONE] = "area-gone",
        [FINDING_AREA_MOVED] = "area-moved",
        [FINDING_AREA_SIZE] = "area-size",
        [FINDING_AREA_COLOR] = "area-color",
        [FINDING_FONT_EMBEDDED] = "font-embedded",
        [FINDING_ANNOTATION] = "annotation",
        [FINDING_PIXELS] = "pixels",
        [FINDING_PLATE] = "plate",
        [FINDING_DESIGN] = "design",
        [FINDING_PREFLIGHT] = "preflight",
    };
    return names[kind];
}

static int compare_numbers(double a, double b) { return (a > b) - (a < b); }

static int compare_findings(const void *a, const void *b)
{
    const finding *one = a, *other = b;
    int order = compare_numbers(other->weight, one->weight);
    if (!order) order = compare_numbers(one->page, other->page);
    if (!order) order = compare_numbers(one->sample_page, other->sample_page);
    if (!order) order = compare_numbers(one->ours.y0, other->ours.y0);
    if (!order) order = compare_numbers(one->ours.x0, other->ours.x0);
    if (!order) order = compare_numbers(one->sample.y0, other->sample.y0);
    if (!order) order = compare_numbers(one->sample.x0, other->sample.x0);
    if (!order) order = (int)one->kind - (int)other->kind;
    return order ? order : bt_str_compare(one->message, other->message);
}

void findings_rank(report *r)
{
    if (r->findings.n) qsort(r->findings.v, r->findings.n, sizeof *r->findings.v, compare_findings);
}
