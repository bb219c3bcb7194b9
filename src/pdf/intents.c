/* intents.c - output intents: what the colours of the file are meant for, and that profile. PDF/X and PDF/A each want
 * one of their own; both state the same condition and share the profile's stream.
 */
#include "pdf/pdf_int.h"

/* Only names of the registry are said to stand in it; of another the file says what the profile calls itself. */
static void add_intent(bt_buf *out, const char *subtype, const bt_profile *profile, uint32_t stream)
{
    bt_buf_format(out, "<</Type/OutputIntent/S/%s/OutputConditionIdentifier", subtype);
    bt_pdf_add_text(out, profile->condition);
    if (profile->words.len) {
        bt_buf_add_z(out, "/RegistryName(http://www.color.org)/OutputCondition");
        bt_pdf_add_text(out, profile->words);
    }
    bt_buf_add_z(out, "/Info");
    bt_pdf_add_text(out, profile->info);
    bt_buf_format(out, "/DestOutputProfile %lu 0 R>>", (unsigned long)stream);
}

void bt_pdf_put_intents(bt_pdf *pdf)
{
    const bt_profile *profile = pdf->options->profile;
    if (!profile) return;
    bt_haru_object *stream = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(stream, BT_STR("/N 4"));
    if (profile->lean.pixel)
        bt_haru_put_syntax(
            stream, bt_str_format(pdf->arena, "/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent 16/Columns %u>>",
                                  profile->lean.pixel / 2, profile->lean.columns));
    bt_haru_set_stream(stream, pdf->profile, "FlateDecode");
    bt_haru_share_stream(stream, profile->hash);
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add_z(&out, "/OutputIntents[");
    if (pdf->options->rendition == BT_PRESS) add_intent(&out, "GTS_PDFX", profile, bt_haru_number(stream));
    add_intent(&out, "GTS_PDFA1", profile, bt_haru_number(stream));
    bt_buf_add_char(&out, ']');
    bt_haru_put_syntax(bt_haru_catalog(pdf->haru), bt_buf_str(&out));
}
