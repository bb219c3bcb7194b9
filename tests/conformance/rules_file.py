"""X4-01 to X4-49: the file, its identity, its boxes, its fonts and what it must not hold."""
import datetime, re, struct, subprocess
import xml.etree.ElementTree as ElementTree

import reader
from rules import WARNING, rule

RDF, XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}"
DC, XMP, MM = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/xap/1.0/mm/}"
PDF, XID = "{http://ns.adobe.com/pdf/1.3/}", "{http://www.npes.org/pdfx/ns/id/}"
MM_PER_PT = 25.4 / 72
NEAR = 0.01  # boxes are written in thousandths of a point
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode"}


# --- the file ---

@rule("X4-01", "PDF/X-4: file structure", "header %PDF-1.n, n at most 6, and a comment of bytes above 127")
def header(pdf):
    if not re.match(rb"%PDF-1\.[0-6][\r\n]+%[\x80-\xff]{4}", pdf.raw):
        yield f"the file begins with {pdf.raw[:16]!r}"


@rule("X4-02", "PDF/X-4: file structure", "not encrypted")
def encryption(pdf):
    if "/Encrypt" in pdf.trailer or pdf.whole.get("encrypt", {}).get("encrypted"):
        yield "the file is encrypted"


@rule("X4-03", "PDF/X-4: file structure", "the trailer has an ID of two strings that say something")
def file_id(pdf):
    held = pdf.value(pdf.trailer.get("/ID"))
    if not isinstance(held, list) or len(held) != 2 or not all(re.fullmatch(r"b:([0-9a-f]{2}){16,}|u:.{8,}", str(part)) for part in held):
        yield f"/ID is {held}"
    elif set(held[0][2:]) == {"0"}:
        yield "/ID is nothing but zeros"


@rule("X4-04", "PDF: syntax", "qpdf finds nothing to mend")
def syntax(pdf):
    done = subprocess.run(["qpdf", "--check", pdf.path], capture_output=True)
    if done.returncode or done.stderr or b"No syntax or stream encoding errors" not in done.stdout:
        yield (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-300:]


# --- metadata ---

def xmp_of(pdf):
    """{property: text, or the texts of its list} of the packet; None where it cannot be read."""
    try:
        tree = ElementTree.fromstring(pdf.stream_bytes(pdf.root.get("/Metadata")))
    except ElementTree.ParseError:
        return None
    found = {}
    for about in tree.iter(RDF + "Description"):
        found.update({key: value for key, value in about.attrib.items() if not key.startswith((RDF, XML))})
        for held in about:
            items = [item.text or "" for item in held.iter(RDF + "li")]
            found[held.tag] = items[0] if len(items) == 1 else items or (held.text or "").strip()
    return found


@rule("X4-05", "PDF/X-4: metadata", "the catalog holds XMP, uncompressed and well-formed")
def xmp_is_there(pdf):
    held = pdf.stream(pdf.root.get("/Metadata"))
    if not held:
        yield "the catalog has no Metadata"
    elif xmp_of(pdf) is None:
        yield "the XMP is not well-formed"
    elif reader.filters_of(held):
        yield "the XMP is compressed"


@rule("X4-06", "PDF/X-4: identification", "XMP and Info say PDF/X-4")
def identification(pdf):
    held = (xmp_of(pdf) or {}).get(XID + "GTS_PDFXVersion")
    if held != "PDF/X-4":
        yield f"pdfxid:GTS_PDFXVersion is {held!r}"
    if reader.text_of(pdf.info.get("/GTS_PDFXVersion")) != "PDF/X-4":
        yield f"Info GTS_PDFXVersion is {pdf.info.get('/GTS_PDFXVersion')!r}"


@rule("X4-07", "PDF/X-4: metadata", "XMP has a title, dates, and the document's ids, version and class")
def xmp_is_whole(pdf):
    held = xmp_of(pdf) or {}
    for name, key in (("dc:title", DC + "title"), ("xmp:CreateDate", XMP + "CreateDate"), ("xmp:ModifyDate", XMP + "ModifyDate"),
                      ("xmp:MetadataDate", XMP + "MetadataDate"), ("xmpMM:DocumentID", MM + "DocumentID"),
                      ("xmpMM:VersionID", MM + "VersionID"), ("xmpMM:RenditionClass", MM + "RenditionClass")):
        if not held.get(key):
            yield f"no {name}"


def moment(text):
    """Of a date as Info or XMP writes it."""
    text = str(text).removeprefix("D:").replace("'", "")
    match = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(Z|([+-]\d\d):?(\d\d))", text)
    if not match:
        return None
    zone = "+0000" if match[7] == "Z" else match[8] + match[9]
    return datetime.datetime.strptime("".join(match.groups()[:6]) + zone, "%Y%m%d%H%M%S%z")


@rule("X4-08", "PDF/X-4: metadata", "Info and XMP agree, and Info has a title and dates")
def agreement(pdf):
    xmp, info = xmp_of(pdf) or {}, {key: reader.text_of(value) for key, value in pdf.info.items()}
    for key, other in (("/Title", DC + "title"), ("/Author", DC + "creator"), ("/Subject", DC + "description"),
                       ("/Producer", PDF + "Producer"), ("/Creator", XMP + "CreatorTool"), ("/Keywords", PDF + "Keywords")):
        if info.get(key) != xmp.get(other) or (key == "/Title" and not info.get(key)):
            yield f"Info {key} is {info.get(key)!r}, in XMP {xmp.get(other)!r}"
    for key, other in (("/CreationDate", XMP + "CreateDate"), ("/ModDate", XMP + "ModifyDate")):
        if not moment(info.get(key)) or moment(info.get(key)) != moment(xmp.get(other)):
            yield f"Info {key} is {info.get(key)!r}, in XMP {xmp.get(other)!r}"


@rule("X4-09", "PDF/X-4: trapping", "Trapped is True or False, and the same in XMP")
def trapped(pdf):
    held = pdf.info.get("/Trapped")
    if held not in ("/True", "/False"):
        yield f"Info Trapped is {held!r}"
    if (xmp_of(pdf) or {}).get(PDF + "Trapped") != str(held)[1:]:
        yield f"Info Trapped is {held!r}, in XMP {(xmp_of(pdf) or {}).get(PDF + 'Trapped')!r}"


# --- output intents ---

def intents(pdf, kind):
    return [held for held in map(pdf.value, pdf.get(pdf.root, "/OutputIntents") or []) if pdf.get(held, "/S") == kind]


@rule("X4-10", "PDF/X-4: output intents", "one GTS_PDFX intent, its printing condition named")
def press_intent(pdf):
    held = intents(pdf, "/GTS_PDFX")
    if len(held) != 1:
        yield f"{len(held)} GTS_PDFX intents"
    for intent in held:
        if not reader.text_of(pdf.get(intent, "/OutputConditionIdentifier")):
            yield "no OutputConditionIdentifier"
        if not (reader.text_of(pdf.get(intent, "/RegistryName")) or reader.text_of(pdf.get(intent, "/Info"))):
            yield "neither RegistryName nor Info tells what the condition is"


@rule("X4-11", "PDF/X-4: output intents", "the intent's profile is a whole ICC profile of a CMYK printer")
def press_profile(pdf):
    for intent in intents(pdf, "/GTS_PDFX"):
        stream = pdf.stream(intent.get("/DestOutputProfile"))
        if not stream:
            yield "no DestOutputProfile"
            continue
        data = reader.stream_data(stream)
        if len(data) < 132 or data[36:40] != b"acsp" or struct.unpack(">I", data[:4])[0] != len(data):
            yield f"{len(data)} bytes are no ICC profile"
        elif data[12:16] != b"prtr" or data[16:20] != b"CMYK" or data[8] not in (2, 4):
            yield f"class {data[12:16]!r}, space {data[16:20]!r}, version {data[8]}"
        if pdf.value(stream["dict"].get("/N")) != 4:
            yield f"/N is {stream['dict'].get('/N')}"


@rule("X4-12", "ours: PDF/A in the same file", "the GTS_PDFA1 intent shares the GTS_PDFX intent's profile object")
def archive_intent(pdf):
    press, archive = ([intent.get("/DestOutputProfile") for intent in intents(pdf, kind)] for kind in ("/GTS_PDFX", "/GTS_PDFA1"))
    if len(archive) != 1 or press != archive:
        yield f"the profiles are {press} for PDF/X and {archive} for PDF/A"


# --- what is not for paper ---

@rule("X4-13", "PDF/X-4: actions", "no actions, scripts or forms")
def actions(pdf):
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in pdf.root:
            yield f"the catalog has {key}"
    if "/JavaScript" in (pdf.get(pdf.root, "/Names") or {}):
        yield "there are named scripts"
    for number, page in enumerate(pdf.pages, 1):
        if "/AA" in page:
            yield f"page {number} has /AA"
    for held in pdf.dictionaries():
        if held.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Sound", "/Movie"):
            yield f"there is an action {held['/S']}"


@rule("X4-14", "ours: PDF/A", "no files within, no layers, no collection")
def inclusions(pdf):
    for key in ("/OCProperties", "/Collection", "/AF"):
        if key in pdf.root:
            yield f"the catalog has {key}"
    if "/EmbeddedFiles" in (pdf.get(pdf.root, "/Names") or {}):
        yield "there are files within"
    for held in pdf.dictionaries():
        if held.get("/Type") in ("/OCG", "/OCMD") or "/EF" in held:
            yield f"there is a {held.get('/Type', '/EF')}"


@rule("X4-15", "ours", "no outline in press")
def outline(pdf):
    if "/Outlines" in pdf.root:
        yield "the catalog has /Outlines"


@rule("X4-16", "PDF/X-4: annotations; ours: none at all", "no annotations")
def annotations(pdf):
    for number, page in enumerate(pdf.pages, 1):
        if pdf.get(page, "/Annots"):
            yield f"page {number} has {len(pdf.get(page, '/Annots'))} annotations"


# --- boxes ---

@rule("X4-20", "PDF/X-4: boxes", "each page has MediaBox, BleedBox and TrimBox, and no ArtBox")
def boxes_are_there(pdf):
    for number, page in enumerate(pdf.pages, 1):
        for name in ("MediaBox", "BleedBox", "TrimBox"):
            if not pdf.box(page, name):
                yield f"page {number}: {name} is {page.get('/' + name)}"
        if "/ArtBox" in page:
            yield f"page {number}: there is an ArtBox beside the TrimBox"


def is_within(inner, outer):
    return inner[0] >= outer[0] - NEAR and inner[1] >= outer[1] - NEAR and inner[2] <= outer[2] + NEAR and inner[3] <= outer[3] + NEAR


@rule("X4-21", "PDF/X-4: boxes", "the trim is within the bleed, the bleed within the media, and none is empty")
def boxes_are_nested(pdf):
    for number, page in enumerate(pdf.pages, 1):
        trim, bleed, media = (pdf.box(page, name) for name in ("TrimBox", "BleedBox", "MediaBox"))
        for inner, outer, what in ((trim, bleed, "TrimBox within BleedBox"), (bleed, media, "BleedBox within MediaBox")):
            if inner and outer and not is_within(inner, outer):
                yield f"page {number}: not {what}: {inner}, {outer}"
        if trim and (trim[2] - trim[0] < 1 or trim[3] - trim[1] < 1):
            yield f"page {number}: the TrimBox is {trim}"


@rule("X4-22", "shops", "the CropBox is the MediaBox")
def crop_box(pdf):
    for number, page in enumerate(pdf.pages, 1):
        crop = pdf.box(page, "CropBox")
        if crop and crop != pdf.box(page, "MediaBox"):
            yield f"page {number}: CropBox {crop}, MediaBox {pdf.box(page, 'MediaBox')}"


@rule("X4-23", "shops", "all pages have the same boxes, upright, in points")
def boxes_are_the_same(pdf):
    for name in ("TrimBox", "BleedBox", "MediaBox"):
        found = {pdf.box(page, name) for page in pdf.pages}
        if len(found) > 1:
            yield f"the pages have {len(found)} different {name}es"
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Rotate", 0):
            yield f"page {number}: /Rotate is {page['/Rotate']}"
        if "/UserUnit" in page:
            yield f"page {number}: /UserUnit is {page['/UserUnit']}"


@rule("X4-24", "shops", "3 mm of bleed on each side", WARNING)
def bleed(pdf):
    found = set()
    for page in pdf.pages:
        trim, outer = pdf.box(page, "TrimBox"), pdf.box(page, "BleedBox")
        if trim and outer:
            found.add(round(min(trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3]) * MM_PER_PT, 2))
    if found and min(found) < 3:
        yield f"the bleed is {min(found)} mm"


# --- fonts ---

def name(font):
    return f"font {font.name}"


@rule("X4-30", "PDF/X-4: fonts", "every font that shows text is embedded, and its program opens")
def embedding(pdf):
    for font in pdf.fonts:
        if not font.has_program:
            yield f"{name(font)} is not embedded"
        elif not font.program:
            yield f"{name(font)}: its program is not one"


@rule("X4-31", "ours", "fonts are subsets, their codes are their glyphs")
def font_kinds(pdf):
    for font in pdf.fonts:
        if not font.is_wide or font.inner.get("/Subtype") not in ("/CIDFontType2", "/CIDFontType0"):
            yield f"{name(font)} is a {font.kind} with {font.encoding}"
        elif font.inner["/Subtype"] == "/CIDFontType2" and font.inner.get("/CIDToGIDMap") != "/Identity":
            yield f"{name(font)}: CIDToGIDMap is {font.inner.get('/CIDToGIDMap')}"
        if not re.match(r"[A-Z]{6}\+.", font.name):
            yield f"{name(font)} is not named as a subset"


def shown(pdf):
    """{font: its codes that are shown}."""
    found = {}
    for reading in pdf.readings:
        for mark in reading.marks:
            if mark.kind == "text":
                found.setdefault(mark.font, set()).update(mark.codes)
    return found


@rule("X4-32", "PDF/A", "every glyph that is shown has its text")
def texts(pdf):
    for font, codes in shown(pdf).items():
        wrong = [code for code in sorted(codes) if not font.texts.get(code) or set(font.texts[code]) & set("\0\ufeff\ufffe\ufffd")]
        if wrong:
            yield f"{name(font)}: no Unicode for {wrong[:10]}"


@rule("X4-33", "PDF/X-4: fonts", "every glyph that is shown is in the font, is not .notdef, and has the width that /W says")
def glyphs(pdf):
    for font, codes in shown(pdf).items():
        if not font.program or not font.is_wide:
            continue
        if 0 in codes:
            yield f"{name(font)}: .notdef is shown"
        absent = [code for code in sorted(codes) if not font.has(code)]
        if absent:
            yield f"{name(font)}: no glyphs {absent[:10]}"
        wrong = [code for code in sorted(codes) if font.has(code) and abs(font.width(code) - font.program_width(code)) > 0.001]
        if wrong:
            yield f"{name(font)}: glyph {wrong[0]} is {font.program_width(wrong[0]):.4f} em wide, {font.width(wrong[0])} in /W"


# --- streams ---

@rule("X4-40", "PDF/X-4: compression", "no LZW, JPEG 2000 or encryption in streams")
def filters(pdf):
    for stream in pdf.streams():
        for filter_name in reader.filters_of(stream):
            if filter_name not in FILTERS:
                yield f"a stream with {filter_name}"


@rule("X4-41", "PDF/X-4: XObjects", "nothing outside the file, no PostScript, no proxies, no alternates")
def foreign_parts(pdf):
    for held in (stream["dict"] for stream in pdf.streams()):
        if "/F" in held:
            yield "a stream is in another file"
        if "/PS" in (held.get("/Subtype"), held.get("/Subtype2")):
            yield "there is PostScript"
        for key in ("/Ref", "/OPI", "/Alternates"):
            if key in held:
                yield f"an XObject with {key}"


@rule("X4-42", "PDF/X-4: graphics states", "no transfer curves, no halftones, rendering intents that are known")
def states(pdf):
    for held in pdf.dictionaries():
        for key in ("/TR", "/HTP"):
            if key in held and held.get("/Type", "/ExtGState") == "/ExtGState":
                yield f"a graphics state with {key}"
        for key in ("/TR2", "/HT"):
            if held.get(key, "/Default") != "/Default":
                yield f"a graphics state with {key} {held[key]}"
    known = {"/Perceptual", "/RelativeColorimetric", "/AbsoluteColorimetric", "/Saturation"}
    given = {held.get("/Intent") for held in pdf.dictionaries() if held.get("/Subtype") == "/Image"} - {None}
    for intent in given.union(*(reading.intents for reading in pdf.readings)) - known:
        yield f"the rendering intent {intent}"
