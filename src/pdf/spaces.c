/* spaces.c - the colour spaces of spot colours: /S0, /S1 ... of a tint, /D0, /D1 ... of a tint beside black.
 *
 * A screen shows a tint of the ink as that tint of its equivalent: straight from paper to the full colour. One
 * dictionary for all pages and drawings, for readers take the same name with two definitions as two inks.
 */
#include "pdf/pdf_int.h"

static void add_separation(bt_buf *out, const bt_spot_ink *spot)
{
    bt_buf_add_z(out, "[/Separation/");
    bt_pdf_add_name(out, spot->name);
    bt_buf_add_z(out, "/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
    const bt_ink *ink = &spot->equivalent;
    bt_pdf_add_cmyk(out, (const uint16_t[4]){ink->c, ink->m, ink->y, ink->k});
    bt_buf_add_z(out, "]>>]");
}

/* What a tint and black look like together, between the four corners of both: a dot of black hides what lies below it.
 * 16 bits a sample, the tint changing first. */
static bt_haru_object *put_mixture(bt_pdf *pdf, const bt_ink *ink)
{
    const uint16_t tint[4] = {ink->c, ink->m, ink->y, ink->k};
    bt_buf samples = bt_buf_in(pdf->arena);
    for (int corner = 0; corner < 4; corner++)
        for (int i = 0; i < 4; i++) {
            uint16_t inks = corner & 1 ? tint[i] : 0;
            if (corner & 2 && i == 3) inks = BT_INK_WHOLE;
            int64_t sample = bt_mul_div(inks, 65535, BT_INK_WHOLE);
            bt_buf_add_char(&samples, (char)(sample >> 8));
            bt_buf_add_char(&samples, (char)(sample & 255));
        }
    bt_haru_object *function = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(function,
                       BT_STR("/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]/Size[2 2]/BitsPerSample 16"));
    bt_haru_set_stream(function, bt_buf_str(&samples), NULL);
    return function;
}

/* PDF/A wants the tint's own space told among the colorants. */
static void add_mixture(bt_pdf *pdf, bt_buf *out, const bt_spot_ink *spot)
{
    const bt_haru_object *function = put_mixture(pdf, &spot->equivalent);
    bt_buf_add_z(out, "[/DeviceN[/");
    bt_pdf_add_name(out, spot->name);
    bt_buf_format(out, "/Black]/DeviceCMYK %u 0 R<</Colorants<</", bt_haru_number(function));
    bt_pdf_add_name(out, spot->name);
    bt_buf_add_char(out, ' ');
    add_separation(out, spot);
    bt_buf_add_z(out, ">>>>]");
}

void bt_pdf_make_spaces(bt_pdf *pdf)
{
    bt_buf out = bt_buf_in(pdf->arena);
    for (uint32_t i = 0; i < pdf->pages->n_spots; i++) {
        if (!pdf->has_spot[i]) continue;
        bt_buf_format(&out, "%s/S%u", out.bytes.n ? "\n" : "", i);
        add_separation(&out, &pdf->pages->spots[i]);
    }
    pdf->spaces = bt_buf_str(&out);
}

void bt_pdf_put_spaces(bt_pdf *pdf)
{
    if (!pdf->spaces.len) return;
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add(&out, pdf->spaces);
    if (pdf->mixed_spot) {
        bt_buf_format(&out, "\n/D%u", pdf->mixed_spot - 1u);
        add_mixture(pdf, &out, &pdf->pages->spots[pdf->mixed_spot - 1]);
    }
    pdf->space_object = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(pdf->space_object, bt_buf_str(&out));
}
