/* xmp.c - the properties of a packet of XMP that a check or a preflight asks for, by expat.
 *
 * A property is an attribute of an rdf:Description below rdf:RDF or an element in it; a list's items are joined, and of
 * the languages of one text it is the first, which is the default. A packet with a DOCTYPE is none: nothing of a
 * document's own may grow while it is read.
 */
#include "check/seen/open_int.h"

#include <expat.h>
#include <string.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DC "http://purl.org/dc/elements/1.1/"
#define XMP "http://ns.adobe.com/xap/1.0/"
#define PDF "http://ns.adobe.com/pdf/1.3/"
#define PDFX "http://ns.adobe.com/pdfx/1.3/"

/* expat gives the namespace, this, and the name. */
#define IN(space, name) space " " name
enum { SPACE_ENDS = ' ' };

static const char *const names[SEEN_XMP_N] = {
    [SEEN_XMP_TITLE] = IN(DC, "title"),
    [SEEN_XMP_AUTHOR] = IN(DC, "creator"),
    [SEEN_XMP_CREATOR] = IN(XMP, "CreatorTool"),
    [SEEN_XMP_PRODUCER] = IN(PDF, "Producer"),
    [SEEN_XMP_TRAPPED] = IN(PDF, "Trapped"),
    [SEEN_XMP_CREATED] = IN(XMP, "CreateDate"),
    [SEEN_XMP_MODIFIED] = IN(XMP, "ModifyDate"),
    [SEEN_XMP_PDFX] = IN("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion"),
    [SEEN_XMP_PDFX_OLD] = IN(PDFX, "GTS_PDFXVersion"),
    [SEEN_XMP_PDFA_PART] = IN("http://www.aiim.org/pdfa/ns/id/", "part"),
    [SEEN_XMP_PDFA_LEVEL] = IN("http://www.aiim.org/pdfa/ns/id/", "conformance"),
    [SEEN_XMP_PDFUA_PART] = IN("http://www.aiim.org/pdfua/ns/id/", "part"),
};

typedef struct xmp_reader {
    bt_arena *arena;
    seen_xmp *xmp;
    XML_Parser parser;
    uint32_t depth;    /* of the element at hand */
    uint32_t rdf;      /* depth of rdf:RDF; 0: not within */
    int property;      /* whose element is being read; -1: none */
    uint32_t n_items;  /* of its list, so far */
    bool is_in_item;   /* within one of them */
    bool is_one_of_it; /* the property has languages, of which one is taken */
    bt_buf text;
} xmp_reader;

static int property_of(const char *name)
{
    for (int i = 0; i < SEEN_XMP_N; i++)
        if (strcmp(names[i], name) == 0) return i;
    return -1;
}

static void keep(xmp_reader *x, int property, bt_str value)
{
    bt_str *kept = &x->xmp->values[property];
    if (!kept->len) *kept = bt_str_copy(x->arena, bt_str_trim(value));
}

static void take_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    xmp_reader *x = user;
    x->depth++;
    if (!x->rdf && strcmp(name, IN(RDF, "RDF")) == 0) x->rdf = x->depth;
    if (!x->rdf) return;
    if (x->depth == x->rdf + 1 && strcmp(name, IN(RDF, "Description")) == 0)
        for (; *attributes; attributes += 2) {
            int property = property_of(attributes[0]);
            if (property >= 0) keep(x, property, bt_str_of(attributes[1]));
        }
    else if (x->depth == x->rdf + 2) {
        x->property = property_of(name);
        x->n_items = 0;
        x->is_one_of_it = false;
        x->text.bytes.n = 0;
    } else if (strcmp(name, IN(RDF, "Alt")) == 0) {
        x->is_one_of_it = true;
        x->text.bytes.n = 0;
    } else if (strcmp(name, IN(RDF, "li")) == 0) {
        if (!x->n_items++)
            x->text.bytes.n = 0;
        else if (!x->is_one_of_it)
            bt_buf_add_z(&x->text, "; ");
        x->is_in_item = true;
    }
}

static void take_end(void *user, const XML_Char *name)
{
    xmp_reader *x = user;
    if (strcmp(name, IN(RDF, "li")) == 0) x->is_in_item = false;
    if (x->rdf && x->depth == x->rdf + 2 && x->property >= 0) {
        keep(x, x->property, bt_buf_str(&x->text));
        x->property = -1;
    }
    if (x->depth == x->rdf) x->rdf = 0;
    x->depth--;
}

static void take_text(void *user, const XML_Char *text, int length)
{
    xmp_reader *x = user;
    if (x->property < 0 || length <= 0) return;
    bool counts = !x->n_items || (x->is_in_item && (!x->is_one_of_it || x->n_items == 1));
    if (counts) bt_buf_add(&x->text, (bt_str){text, (size_t)length});
}

static void refuse_doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public_id,
                           int has_internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)has_internal;
    XML_StopParser(((xmp_reader *)user)->parser, XML_FALSE);
}

bool seen_read_xmp(bt_arena *arena, bt_str packet, seen_xmp *xmp)
{
    *xmp = (seen_xmp){0};
    XML_Parser parser = XML_ParserCreateNS(NULL, SPACE_ENDS);
    if (!parser) return false;
    xmp_reader x = {.arena = arena, .xmp = xmp, .parser = parser, .property = -1, .text = bt_buf_in(arena)};
    XML_SetUserData(parser, &x);
    XML_SetElementHandler(parser, take_start, take_end);
    XML_SetCharacterDataHandler(parser, take_text);
    XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
    bool is_read = packet.len <= INT32_MAX && XML_Parse(parser, packet.ptr, (int)packet.len, 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return is_read;
}
