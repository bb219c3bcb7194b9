/* content_marks.c - marked content: what belongs to which element of the structure, and what is read in its place. */
#include "pdf/content_int.h"

void bt_content_end_text(bt_content *d)
{
    if (d->in_text) BT_CONTENT_ADD(d, "ET\n");
    d->in_text = false;
}

void bt_content_begin_text(bt_content *d)
{
    if (d->in_text) return;
    BT_CONTENT_ADD(d, "BT\n");
    d->in_text = true;
    d->line_x = d->line_y = 0;
}

void bt_content_leave_sequence(bt_content *d)
{
    if (!d->now_in.is_open) return;
    if (!d->now_in.is_in_text) bt_content_end_text(d);
    BT_CONTENT_ADD(d, "EMC\n");
    d->now_in.is_open = false;
}

static void begin_artifact(bt_content *d, bt_artifact_kind kind)
{
    static const char *const begins[] = {
        [BT_ARTIFACT_LAYOUT] = "/Artifact BMC\n",
        [BT_ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        [BT_ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        [BT_ARTIFACT_PAGE] = "/Artifact<</Type/Page>>BDC\n",
    };
    bt_buf_add_z(&d->out, begins[kind]);
}

static void add_actual(bt_content *d, bt_str actual)
{
    BT_CONTENT_ADD(d, "/ActualText<FEFF");
    bt_pdf_add_utf16(&d->out, actual);
    bt_buf_add_char(&d->out, '>');
}

/* actual: what is read in its place; NULL: what it says. */
static void begin_sequence(bt_content *d, uint32_t tag_i, const bt_str *actual)
{
    uint32_t mcid = bt_pdf_tag_sequence(d->pdf, tag_i, d->sheet_i, d->page_i);
    /* Some readers look for texts at spans only, whatever the element is. */
    bt_buf_add_char(&d->out, '/');
    bt_buf_add_z(&d->out, actual ? "Span" : bt_pdf_tag_name(d->pdf, tag_i));
    BT_CONTENT_ADD(d, "<</MCID ");
    bt_buf_add_int(&d->out, mcid);
    if (actual) add_actual(d, *actual);
    BT_CONTENT_ADD(d, ">>BDC\n");
    d->now_in.is_open = true;
    d->now_in.has_actual = actual != NULL;
}

void bt_content_enter_sequence(bt_content *d, const bt_item *item, bool is_text)
{
    uint32_t tag_i = d->is_copy ? 0 : item->tag_i;
    bt_artifact_kind artifact = tag_i ? BT_ARTIFACT_LAYOUT : d->is_marks ? BT_ARTIFACT_PAGE : item->artifact;
    bt_content_sequence *s = &d->now_in;
    bool is_same = s->tag_i == tag_i && s->artifact == artifact && !s->has_actual;
    bool goes_on = s->is_open && is_same && (is_text || !s->is_in_text);
    if (!goes_on) bt_content_leave_sequence(d);
    if (is_text)
        bt_content_begin_text(d);
    else
        bt_content_end_text(d);
    if (goes_on) return;
    *s = (bt_content_sequence){.is_open = true, .is_in_text = is_text, .tag_i = tag_i, .artifact = artifact};
    if (tag_i)
        begin_sequence(d, tag_i, NULL);
    else
        begin_artifact(d, artifact);
}

void bt_content_prepare_sequence(bt_content *d, const bt_item *item)
{
    if (d->is_copy || !item->tag_i) {
        bt_content_enter_sequence(d, item, true);
        return;
    }
    bt_content_leave_sequence(d);
    bt_content_begin_text(d);
    d->now_in = (bt_content_sequence){.is_in_text = true, .tag_i = item->tag_i};
}

void bt_content_note_box(bt_content *d, const bt_item *item, int64_t x, int64_t y, int64_t width, int64_t height)
{
    if (d->is_copy || !item->tag_i) return;
    bt_haru_box box = {bt_content_page_x(d, x), bt_content_page_y(d, y + height), bt_content_page_x(d, x + width),
                       bt_content_page_y(d, y)};
    bt_pdf_tag_box(d->pdf, item->tag_i, d->sheet_i, &box);
}

/* In a sequence of its own: readers of the structure lose what comes after one that is nested. In an artifact, and amid
 * a drawing, there is no other way. */
void bt_content_begin_actual(bt_content *d, bt_str text)
{
    const bt_content_sequence *now = &d->now_in;
    if (now->tag_i && now->is_in_text) {
        if (now->is_open) BT_CONTENT_ADD(d, "EMC\n");
        begin_sequence(d, now->tag_i, &text);
        return;
    }
    BT_CONTENT_ADD(d, "/Span<<");
    add_actual(d, text);
    BT_CONTENT_ADD(d, ">>BDC\n");
}

void bt_content_end_actual(bt_content *d)
{
    BT_CONTENT_ADD(d, "EMC\n");
    if (d->now_in.has_actual) d->now_in.is_open = d->now_in.has_actual = false;
}
