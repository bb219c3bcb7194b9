/* metadata.c - the document's id, and its title, people and dates: once in the Info dictionary, once in XMP. Both are
 * made from the same values, so they agree. No clock: dates come from the facts, or are left out.
 */
#include "pdf/pdf_int.h"

/* --- dates --- */

typedef struct moment {
    bool is_known, is_utc; /* else Vietnam's time, seven hours ahead */
    int64_t year;
    int month, day, hour, minute, second;
} moment;

/* The civil date of a day counted from 1970-01-01, by eras of 400 years that begin on 1 March. */
static void civil_from_days(int64_t days, moment *out)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    out->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    out->month = (int)(month < 10 ? month + 3 : month - 9);
    out->year = year_of_era + era * 400 + (out->month <= 2);
}

static moment moment_of(const bt_doc_facts *facts)
{
    moment made = {0};
    if (facts->has_epoch) {
        int64_t second = facts->epoch % 86400;
        if (second < 0) second += 86400;
        civil_from_days((facts->epoch - second) / 86400, &made);
        made.hour = (int)(second / 3600);
        made.minute = (int)(second / 60 % 60);
        made.second = (int)(second % 60);
        made.is_utc = true;
    } else if (facts->has_date) {
        made.year = facts->year;
        made.month = facts->month;
        made.day = facts->day;
    }
    made.is_known = made.year >= 1 && made.year <= 9999 && made.month >= 1;
    return made;
}

static bt_str info_date(bt_arena *arena, const moment *m)
{
    return bt_str_format(arena, "(D:%04d%02d%02d%02d%02d%02d%s)", (int)m->year, m->month, m->day, m->hour, m->minute,
                         m->second, m->is_utc ? "Z" : "+07'00'");
}

static bt_str xmp_date(bt_arena *arena, const moment *m)
{
    return bt_str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", (int)m->year, m->month, m->day, m->hour, m->minute,
                         m->second, m->is_utc ? "Z" : "+07:00");
}

/* --- texts --- */

/* No string of libharu's or of PDF/A's may be longer; a title is not. */
static bt_str cut(bt_str text)
{
    enum { LONGEST = 8000 };
    if (text.len <= LONGEST) return text;
    size_t end = LONGEST;
    while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    return bt_str_slice(text, 0, end);
}

static void add_hex_unit(bt_buf *out, uint32_t unit)
{
    for (int shift = 12; shift >= 0; shift -= 4) bt_buf_add_char(out, "0123456789ABCDEF"[unit >> shift & 15]);
}

/* UTF-16 with its mark, as a hexadecimal string. */
static void add_info(bt_buf *out, const char *key, bt_str text)
{
    if (!text.len) return;
    bt_buf_add_char(out, '/');
    bt_buf_add_z(out, key);
    bt_buf_add_z(out, "<FEFF");
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += bt_utf8_decode(text, at, &c);
        if (c < 0x20) c = ' ';
        if (c >= 0x10000) {
            add_hex_unit(out, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        add_hex_unit(out, c);
    }
    bt_buf_add_char(out, '>');
}

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
    bt_buf_format(out, "<%s>%s", name, before);
    add_xml(out, text);
    bt_buf_format(out, "%s</%s>\n", after, name);
}

/* --- the packet --- */

static void add_uuid(bt_buf *out, const char *name, const uint8_t id[16])
{
    bt_buf_format(out, "<%s>uuid:", name);
    for (int i = 0; i < 16; i++) bt_buf_format(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", id[i]);
    bt_buf_format(out, "</%s>\n", name);
}

static bt_str xmp_of(const bt_pdf *pdf, bt_str producer)
{
    static const char alternative[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
                      alternative_end[] = "</rdf:li></rdf:Alt>";
    const bt_doc_facts *facts = &pdf->pages->facts;
    moment when = moment_of(facts);
    bt_str date = when.is_known ? xmp_date(pdf->arena, &when) : BT_STR("");
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add_z(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                       "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                       " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                       " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                       "<dc:format>application/pdf</dc:format>\n");
    add_element(&out, "dc:title", alternative, cut(facts->title), alternative_end);
    add_element(&out, "dc:creator", "<rdf:Seq><rdf:li>", cut(facts->author), "</rdf:li></rdf:Seq>");
    add_element(&out, "dc:description", alternative, cut(facts->subject), alternative_end);
    add_element(&out, "dc:language", "<rdf:Bag><rdf:li>", facts->lang, "</rdf:li></rdf:Bag>");
    add_element(&out, "xmp:CreateDate", "", date, "");
    add_element(&out, "xmp:ModifyDate", "", date, "");
    add_element(&out, "xmp:MetadataDate", "", date, "");
    add_element(&out, "xmp:CreatorTool", "", producer, "");
    add_element(&out, "pdf:Producer", "", producer, "");
    add_element(&out, "pdf:Trapped", "", BT_STR("False"), "");
    add_uuid(&out, "xmpMM:DocumentID", pdf->id);
    add_uuid(&out, "xmpMM:InstanceID", pdf->id);
    bt_buf_add_z(&out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return bt_buf_str(&out);
}

/* Over all that makes the document what it is; a picture is known by its file's hash. */
static void make_id(bt_pdf *pdf, bt_str producer)
{
    BT_ARRAY(bt_str) parts = {0};
    const bt_pages *pages = pdf->pages;
    const bt_doc_facts *facts = &pages->facts;
    moment when = moment_of(facts);
    bt_str fixed[] = {facts->title,
                      facts->author,
                      facts->subject,
                      facts->lang,
                      producer,
                      xmp_date(pdf->arena, &when),
                      pdf->spaces,
                      bt_str_format(pdf->arena, "%d %d %d %d", pages->sheets.width, pages->sheets.height,
                                    pages->sheets.bleed, pages->sheets.slug)};
    uint32_t n_fixed = sizeof fixed / sizeof *fixed;
    bt_str *next = BT_PUSH_N(pdf->arena, &parts, n_fixed + 2 * pdf->fonts.n + 2 * pdf->images.n + pages->sheets.n);
    if (!next) return;
    for (uint32_t i = 0; i < n_fixed; i++) *next++ = fixed[i];
    for (uint32_t i = 0; i < pdf->fonts.n; i++) {
        *next++ = pdf->fonts.v[i].file;
        *next++ = pdf->fonts.v[i].to_unicode;
    }
    for (uint32_t i = 0; i < pdf->images.n; i++) {
        const bt_pdf_image *made = &pdf->images.v[i];
        *next++ = bt_str_format(pdf->arena, "%016llx %zu", (unsigned long long)made->image->hash, made->body.len);
        *next++ = made->image->kind == BT_IMAGE_VECTOR ? made->body : BT_STR("");
    }
    for (uint32_t i = 0; i < pages->sheets.n; i++) *next++ = pdf->made[i].contents;
    bt_haru_digest(parts.v, parts.n, pdf->id);
}

void bt_pdf_make_metadata(bt_pdf *pdf)
{
    bt_str producer = bt_str_of(pdf->options->producer);
    make_id(pdf, producer);
    pdf->xmp = xmp_of(pdf, producer);
}

void bt_pdf_put_info(bt_pdf *pdf)
{
    const bt_doc_facts *facts = &pdf->pages->facts;
    bt_str producer = bt_str_of(pdf->options->producer);
    moment when = moment_of(facts);
    bt_buf out = bt_buf_in(pdf->arena);
    add_info(&out, "Title", cut(facts->title));
    add_info(&out, "Author", cut(facts->author));
    add_info(&out, "Subject", cut(facts->subject));
    add_info(&out, "Creator", producer);
    add_info(&out, "Producer", producer);
    if (when.is_known) {
        bt_str date = info_date(pdf->arena, &when);
        bt_buf_format(&out, "/CreationDate%.*s/ModDate%.*s", BT_STR_ARGS(date), BT_STR_ARGS(date));
    }
    bt_buf_add_z(&out, "/Trapped/False");
    bt_haru_put_syntax(bt_haru_info(pdf->haru), bt_buf_str(&out));
}
