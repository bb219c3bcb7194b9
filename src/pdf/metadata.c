/* metadata.c - the document's id and its Info dictionary. Info and XMP (xmp.c) are made from the same values, so they
 * agree.
 */
#include "pdf/pdf_int.h"

/* --- texts --- */

/* No string of libharu's or of PDF/A's may be longer; a title is not. */
bt_str bt_pdf_cut(bt_str text)
{
    enum { LONGEST = 8000 };
    if (text.len <= LONGEST) return text;
    size_t end = LONGEST;
    while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    return bt_str_slice(text, 0, end);
}

static bool is_ascii(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~') return false;
    return true;
}

/* What is no character is a blank, as in XMP. */
static bt_str without_controls(bt_arena *arena, bt_str text)
{
    char *copy = bt_arena_alloc(arena, text.len);
    for (size_t i = 0; copy && i < text.len; i++) copy[i] = (unsigned char)text.ptr[i] < ' ' ? (char)' ' : text.ptr[i];
    return copy ? (bt_str){copy, text.len} : BT_STR("");
}

void bt_pdf_add_text(bt_buf *out, bt_str any)
{
    bt_str text = without_controls(out->arena, any);
    bool is_plain = is_ascii(text);
    bt_buf_add_z(out, is_plain ? "(" : "<FEFF");
    for (size_t i = 0; is_plain && i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '(' || c == ')' || c == '\\') bt_buf_add_char(out, '\\');
        bt_buf_add_char(out, c);
    }
    if (!is_plain) bt_pdf_add_utf16(out, text);
    bt_buf_add_char(out, is_plain ? ')' : '>');
}

static void add_info(bt_buf *out, const char *key, bt_str text)
{
    if (!text.len) return;
    bt_buf_add_char(out, '/');
    bt_buf_add_z(out, key);
    bt_pdf_add_text(out, text);
}

/* --- the id --- */

/* What the structure says beside the contents. */
static bt_str tags_of(const bt_pdf *pdf)
{
    bt_buf out = bt_buf_in(pdf->arena);
    for (uint32_t i = 0; i < pdf->pages->n_tags; i++) {
        const bt_tag *tag = &pdf->pages->tags[i];
        bt_buf_format(&out, "%d %u ", (int)tag->kind, tag->parent_i);
        bt_buf_add(&out, tag->alt);
        bt_buf_add(&out, tag->lang);
    }
    return bt_buf_str(&out);
}

/* Over all that makes the document what it is; a picture is known by its file's hash. Of the form of a UUID made from
 * names. */
static void make_id(bt_pdf *pdf)
{
    BT_ARRAY(bt_str) parts = {0};
    const bt_pages *pages = pdf->pages;
    const bt_doc_facts *facts = &pages->facts;
    const bt_profile *profile = pdf->options->profile;
    bt_str fixed[] = {facts->title,
                      facts->author,
                      facts->subject,
                      facts->lang,
                      bt_str_of(pdf->options->producer),
                      bt_pdf_dates_of(pdf->arena, facts).xmp,
                      profile ? profile->condition : BT_STR(""),
                      bt_str_format(pdf->arena, "%016llx", profile ? (unsigned long long)profile->hash : 0),
                      pdf->spaces,
                      tags_of(pdf),
                      bt_str_format(pdf->arena, "%d %d %d %d %d", (int)pdf->options->rendition, pages->sheets.width,
                                    pages->sheets.height, pages->sheets.bleed, pages->sheets.slug)};
    uint32_t n_fixed = sizeof fixed / sizeof *fixed;
    bt_str *next = BT_PUSH_N(pdf->arena, &parts, n_fixed + 2 * pdf->fonts.n + 2 * pdf->images.n + pages->sheets.n);
    if (!next) return;
    for (uint32_t i = 0; i < n_fixed; i++) *next++ = fixed[i];
    for (uint32_t i = 0; i < pdf->fonts.n; i++) {
        const bt_pdf_font_file *file = pdf->fonts.v[i].file;
        *next++ = bt_str_format(pdf->arena, "%.*s %016llx", BT_STR_ARGS(file->name), (unsigned long long)file->hash);
        *next++ = file->to_unicode;
    }
    for (uint32_t i = 0; i < pdf->images.n; i++) {
        const bt_pdf_image *made = &pdf->images.v[i];
        *next++ = bt_str_format(pdf->arena, "%016llx %zu", (unsigned long long)made->image->hash, made->body.len);
        *next++ = made->image->kind == BT_IMAGE_VECTOR ? made->body : BT_STR("");
    }
    for (uint32_t i = 0; i < pages->sheets.n; i++) *next++ = pdf->made[i].contents;
    bt_haru_digest(parts.v, parts.n, pdf->id);
    pdf->id[6] = (uint8_t)((pdf->id[6] & 0x0F) | 0x30);
    pdf->id[8] = (uint8_t)((pdf->id[8] & 0x3F) | 0x80);
}

void bt_pdf_make_metadata(bt_pdf *pdf)
{
    make_id(pdf);
    pdf->xmp = bt_pdf_make_xmp(pdf);
}

void bt_pdf_put_info(bt_pdf *pdf)
{
    const bt_doc_facts *facts = &pdf->pages->facts;
    bt_str producer = bt_str_of(pdf->options->producer), date = bt_pdf_dates_of(pdf->arena, facts).info;
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
