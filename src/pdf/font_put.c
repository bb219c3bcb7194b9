/* font_put.c - fonts as objects: a Type 0 font over the file, whose codes are the file's glyph ids. */
#include "pdf/pdf_int.h"

static int64_t in_thousandths(const bt_face *face, int64_t units)
{
    return bt_mul_div(units, 1000, face->upem > 0 ? face->upem : 1000);
}

static void add_metric(bt_buf *out, const char *key, int64_t value)
{
    bt_buf_add_char(out, '/');
    bt_buf_add_z(out, key);
    bt_buf_add_char(out, ' ');
    bt_buf_add_int(out, value);
}

static bt_str descriptor_of(bt_arena *arena, const bt_pdf_font *font)
{
    enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    const bt_face *face = font->face;
    bt_buf out = bt_buf_in(arena);
    bt_buf_add_z(&out, "/Type/FontDescriptor/FontName/");
    bt_buf_add(&out, font->file->name);
    int flags = SYMBOLIC | (face->is_fixed ? FIXED : 0) | (face->is_serif ? SERIF : 0) | (face->is_italic ? ITALIC : 0);
    add_metric(&out, "Flags", flags);
    bt_buf_add_z(&out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        if (i) bt_buf_add_char(&out, ' ');
        bt_buf_add_int(&out, in_thousandths(face, face->box[i]));
    }
    bt_buf_add_z(&out, "]/ItalicAngle ");
    bt_buf_add_fixed(&out, face->italic_angle, 2);
    add_metric(&out, "Ascent", in_thousandths(face, face->ascender));
    add_metric(&out, "Descent", in_thousandths(face, face->descender));
    add_metric(&out, "CapHeight", in_thousandths(face, face->cap_height));
    add_metric(&out, "XHeight", in_thousandths(face, face->x_height));
    add_metric(&out, "StemV", in_thousandths(face, face->stem_v));
    return bt_buf_str(&out);
}

static bt_str descendant_of(bt_arena *arena, const bt_pdf_font *font)
{
    bt_buf out = bt_buf_in(arena);
    bt_buf_add_z(&out, "/Type/Font/Subtype/");
    bt_buf_add_z(&out, font->face->is_cff ? "CIDFontType0" : "CIDFontType2");
    bt_buf_add_z(&out, "/BaseFont/");
    bt_buf_add(&out, font->file->name);
    bt_buf_add_z(&out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    if (!font->face->is_cff) bt_buf_add_z(&out, "/CIDToGIDMap/Identity");
    bt_buf_add(&out, font->file->width_entries);
    return bt_buf_str(&out);
}

static bt_haru_object *put_file(bt_pdf *pdf, const bt_pdf_font *font)
{
    bt_haru_object *file = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(file, font->face->is_cff ? BT_STR("/Subtype/CIDFontType0C")
                                                : bt_str_format(pdf->arena, "/Length1 %zu", font->file->n_body));
    bt_haru_set_stream(file, font->file->body, "FlateDecode");
    bt_haru_share_stream(file, font->file->hash);
    return file;
}

void bt_pdf_put_font(bt_pdf *pdf, bt_pdf_font *font)
{
    bool is_cff = font->face->is_cff;
    bt_haru_object *descriptor = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(descriptor, descriptor_of(pdf->arena, font));
    bt_haru_put_reference(descriptor, is_cff ? "/FontFile3" : "/FontFile2", put_file(pdf, font));
    bt_haru_object *descendant = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(descendant, descendant_of(pdf->arena, font));
    bt_haru_put_reference(descendant, "/FontDescriptor", descriptor);
    bt_haru_object *to_unicode = bt_haru_add(pdf->haru);
    bt_haru_set_stream(to_unicode, font->file->to_unicode, "FlateDecode");
    bt_haru_share_stream(to_unicode, font->file->hash);
    font->object = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(
        font->object,
        bt_str_format(pdf->arena,
                      "/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/%.*s%s/DescendantFonts[%u 0 R]",
                      BT_STR_ARGS(font->file->name), is_cff ? "-Identity-H" : "", bt_haru_number(descendant)));
    bt_haru_put_reference(font->object, "/ToUnicode", to_unicode);
}
