/* xmp.c - the XMP packet: what the document is, by its standards' own names, and what Info says as well. PDF/A wants
 * each property described that XMP's specification of 2004 does not have: the extension schemas.
 */
#include "pdf/pdf_int.h"

static void add_xml(bt_buf *out, bt_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += bt_utf8_decode(text, at, &c);
        if (c == '&')
            bt_buf_add_z(out, "&amp;");
        else if (c == '<')
            bt_buf_add_z(out, "&lt;");
        else if (c == '>')
            bt_buf_add_z(out, "&gt;");
        else if (c < 0x20 || c == 0xFFFE || c == 0xFFFF)
            bt_buf_add_char(out, ' ');
        else
            bt_buf_add_codepoint(out, c);
    }
}

static void add_element(bt_buf *out, const char *name, const char *before, bt_str text, const char *after)
{
    if (!text.len) return;
    bt_buf_add_char(out, '<');
    bt_buf_add_z(out, name);
    bt_buf_add_char(out, '>');
    bt_buf_add_z(out, before);
    add_xml(out, text);
    bt_buf_add_z(out, after);
    bt_buf_add(out, BT_STR("</"));
    bt_buf_add_z(out, name);
    bt_buf_add(out, BT_STR(">\n"));
}

/* --- what is no part of XMP itself --- */

#define PROPERTY(schema, uri, prefix, name, type, description)                                                         \
    BT_STR_INIT("<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>" schema "</pdfaSchema:schema>"                 \
                "<pdfaSchema:namespaceURI>" uri "</pdfaSchema:namespaceURI>"                                           \
                "<pdfaSchema:prefix>" prefix "</pdfaSchema:prefix>"                                                    \
                "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"                                    \
                "<pdfaProperty:name>" name "</pdfaProperty:name>"                                                      \
                "<pdfaProperty:valueType>" type "</pdfaProperty:valueType>"                                            \
                "<pdfaProperty:category>internal</pdfaProperty:category>"                                              \
                "<pdfaProperty:description>" description "</pdfaProperty:description>"                                 \
                "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>\n")

static const bt_str ua_part = PROPERTY("PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid",
                                       "part", "Integer", "Part of ISO 14289 that the document conforms to");
static const bt_str x_version = PROPERTY("PDF/X identification schema", "http://www.npes.org/pdfx/ns/id/", "pdfxid",
                                         "GTS_PDFXVersion", "Text", "Part of ISO 15930 that the document conforms to");
static const bt_str trapped = PROPERTY("Adobe PDF schema", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text",
                                       "Whether the document has been trapped");

static void add_extensions(bt_buf *out, bool is_press)
{
    bt_buf_add(out, BT_STR("<rdf:Description rdf:about=\"\""
                           " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                           " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                           " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                           "<pdfaExtension:schemas><rdf:Bag>\n"));
    bt_buf_add(out, ua_part);
    if (is_press) bt_buf_add(out, x_version);
    bt_buf_add(out, trapped);
    bt_buf_add(out, BT_STR("</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n"));
}

static void add_standards(bt_buf *out, bool is_press)
{
    bt_buf_add_z(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                      " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
    if (is_press) bt_buf_add_z(out, " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"");
    bt_buf_add_z(out, ">\n<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
                      "<pdfuaid:part>1</pdfuaid:part>\n");
    if (is_press) add_element(out, "pdfxid:GTS_PDFXVersion", "", BT_STR(BT_PDF_X_VERSION), "");
    bt_buf_add_z(out, "</rdf:Description>\n");
}

/* --- what is --- */

static void add_uuid(bt_buf *out, const char *name, const uint8_t id[16])
{
    static const char digits[] = "0123456789abcdef";
    char text[40], *at = text;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
        *at++ = digits[id[i] >> 4];
        *at++ = digits[id[i] & 15];
    }
    add_element(out, name, "uuid:", (bt_str){text, (size_t)(at - text)}, "");
}

/* As XMP's media management calls them. */
static bt_str rendition_class(bt_rendition rendition)
{
    return rendition == BT_PRESS ? BT_STR("default") : rendition == BT_SCREEN ? BT_STR("screen") : BT_STR("proof");
}

static void add_document(const bt_pdf *pdf, bt_buf *out)
{
    static const char alternative[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
                      alternative_end[] = "</rdf:li></rdf:Alt>";
    const bt_doc_facts *facts = &pdf->pages->facts;
    bt_str date = pdf->dates.xmp, producer = bt_str_of(pdf->options->producer);
    bt_buf_add_z(out, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                      " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                      "<dc:format>application/pdf</dc:format>\n");
    add_element(out, "dc:title", alternative, bt_pdf_cut(facts->title), alternative_end);
    add_element(out, "dc:creator", "<rdf:Seq><rdf:li>", bt_pdf_cut(facts->author), "</rdf:li></rdf:Seq>");
    add_element(out, "dc:description", alternative, bt_pdf_cut(facts->subject), alternative_end);
    add_element(out, "dc:language", "<rdf:Bag><rdf:li>", facts->lang, "</rdf:li></rdf:Bag>");
    add_element(out, "xmp:CreateDate", "", date, "");
    add_element(out, "xmp:ModifyDate", "", date, "");
    add_element(out, "xmp:MetadataDate", "", date, "");
    add_element(out, "xmp:CreatorTool", "", producer, "");
    add_element(out, "pdf:Producer", "", producer, "");
    add_element(out, "pdf:Trapped", "", BT_STR("False"), "");
    add_uuid(out, "xmpMM:DocumentID", pdf->id);
    add_uuid(out, "xmpMM:InstanceID", pdf->id);
    add_element(out, "xmpMM:RenditionClass", "", rendition_class(pdf->options->rendition), "");
    add_element(out, "xmpMM:VersionID", "", BT_STR("1"), "");
    bt_buf_add_z(out, "</rdf:Description>\n");
}

bt_str bt_pdf_make_xmp(const bt_pdf *pdf)
{
    bool is_press = pdf->options->rendition == BT_PRESS;
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add_z(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    add_document(pdf, &out);
    add_standards(&out, is_press);
    add_extensions(&out, is_press);
    bt_buf_add_z(&out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return bt_buf_str(&out);
}
