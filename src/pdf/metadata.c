/* metadata.c - the document's id and its Info dictionary. Info and XMP (xmp.c) are made from the same values, so they
 * agree.
 */
#include "pdf/pdf_int.h"

static void add_info(bt_buf *out, const char *key, bt_str text)
{
    if (!text.len) return;
    bt_buf_add_char(out, '/');
    bt_buf_add_z(out, key);
    bt_pdf_add_text(out, text);
}

/* --- the id --- */

static void add_number(bt_buf *out, uint64_t number)
{
    char bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++) bytes[i] = (char)(number >> (8 * i) & 255);
    bt_buf_add(out, (bt_str){bytes, sizeof bytes});
}

static void add_str(bt_buf *out, bt_str text)
{
    add_number(out, text.len);
    bt_buf_add(out, text);
}

static void add_facts(const bt_pdf *pdf, bt_buf *out)
{
    const bt_doc_facts *facts = &pdf->pages->facts;
    const bt_sheets *sheets = &pdf->pages->sheets;
    const bt_profile *profile = pdf->options->profile;
    add_str(out, facts->title);
    add_str(out, facts->author);
    add_str(out, facts->subject);
    add_str(out, facts->lang);
    add_str(out, bt_str_of(pdf->options->producer));
    add_str(out, pdf->dates.xmp);
    add_str(out, profile ? profile->condition : BT_STR(""));
    add_number(out, profile ? profile->hash : 0);
    add_str(out, pdf->spaces);
    add_number(out, pdf->options->rendition);
    const bt_sp sizes[] = {sheets->width, sheets->height, sheets->bleed, sheets->slug};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) add_number(out, (uint32_t)sizes[i]);
}

/* What the structure says beside the contents. */
static void add_tags(const bt_pdf *pdf, bt_buf *out)
{
    for (uint32_t i = 0; i < pdf->pages->n_tags; i++) {
        const bt_tag *tag = &pdf->pages->tags[i];
        add_number(out, (uint64_t)tag->kind << 32 | tag->parent_i);
        if (!tag->alt.len && !tag->lang.len) continue;
        add_str(out, tag->alt);
        add_str(out, tag->lang);
    }
}

/* Over all that makes the document what it is. What is large is known by its hash: a picture by that of its file, a
 * page by that of its contents. Of the form of a UUID made from names. */
static void make_id(bt_pdf *pdf)
{
    bt_buf out = bt_buf_in(pdf->arena);
    add_facts(pdf, &out);
    add_tags(pdf, &out);
    for (uint32_t i = 0; i < pdf->fonts.n; i++) {
        const bt_pdf_font_file *file = pdf->fonts.v[i].file;
        add_str(&out, file->name);
        add_number(&out, file->hash);
    }
    for (uint32_t i = 0; i < pdf->images.n; i++) {
        add_number(&out, pdf->images.v[i].image->hash);
        add_number(&out, pdf->images.v[i].drawing.hash);
        add_number(&out, pdf->images.v[i].body.len);
    }
    for (uint32_t i = 0; i < pdf->pages->sheets.n; i++) add_number(&out, pdf->made[i].hash);
    bt_haru_digest(bt_buf_str(&out), pdf->id);
    pdf->id[6] = (uint8_t)((pdf->id[6] & 0x0F) | 0x30);
    pdf->id[8] = (uint8_t)((pdf->id[8] & 0x3F) | 0x80);
}

void bt_pdf_make_metadata(bt_pdf *pdf)
{
    pdf->dates = bt_pdf_dates_of(pdf->arena, &pdf->pages->facts);
    make_id(pdf);
    pdf->xmp = bt_pdf_make_xmp(pdf);
}

void bt_pdf_put_info(bt_pdf *pdf)
{
    const bt_doc_facts *facts = &pdf->pages->facts;
    bt_str producer = bt_str_of(pdf->options->producer), date = pdf->dates.info;
    bt_buf out = bt_buf_in(pdf->arena);
    add_info(&out, "Title", bt_pdf_cut(facts->title));
    add_info(&out, "Author", bt_pdf_cut(facts->author));
    add_info(&out, "Subject", bt_pdf_cut(facts->subject));
    add_info(&out, "Creator", producer);
    add_info(&out, "Producer", producer);
    add_info(&out, "CreationDate", date);
    add_info(&out, "ModDate", date);
    if (pdf->options->rendition == BT_PRESS) add_info(&out, "GTS_PDFXVersion", BT_STR(BT_PDF_X_VERSION));
    bt_buf_add_z(&out, "/Trapped/False");
    bt_haru_put_syntax(bt_haru_info(pdf->haru), bt_buf_str(&out));
}
