#!/usr/bin/env python3
"""Reads a written PDF with programs that are not ours and tells what is wrong with it.

    check_pdf.py FILE.pdf [--expect FILE.json] [--words FILE.txt] [--max-bytes N]

Always: qpdf and Ghostscript read it without a word, header 1.6, /ID, boxes on each page, every font embedded, subset and with
Unicode, only CMYK and spot colours in page contents, black text overprints, Info and XMP agree. --expect: title, page count, boxes,
words and their places, as tests/pdf/test_pdf writes them. --words: words that the text must give in this order; the file
is plain text. Exit status 1 when anything is wrong. Needs qpdf, poppler-utils, ghostscript.
"""
import argparse
import base64
import datetime
import html
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

SP_PER_PT = 65536
PT_PER_MM = 72 / 25.4
PLACE_TOLERANCE = 0.007 + 2e-6  # pt; pdftotext prints six decimals
BOX_TOLERANCE = 0.002
FOREIGN_COLOURS = {"g", "G", "rg", "RG", "sc", "SC", "sh", "ri"}
NAMESPACES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
              "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
              "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
              "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "pdfxid": "http://www.npes.org/pdfx/ns/id/"}

faults = []
spots = {}  # name -> tint transform


def fault(text):
    faults.append(text)


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def output(*command):
    status, out, err = run(*command)
    if status or err:
        fault(f"{command[0]}: exit status {status}: {err.strip()[:300]}")
    return out.decode("utf-8", "replace")


class Objects:
    """The file's objects, out of qpdf's JSON."""

    def __init__(self, path):
        self.objects = {}
        self.trailer = {}
        self.page_refs = []
        _, out, _ = run("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path)
        if not out:
            return
        found = json.loads(out)
        self.objects = found["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.page_refs = [page["object"] for page in found["pages"]]

    def entry(self, ref):
        return self.objects.get("obj:" + ref, {})

    def value(self, thing):
        """What a value or a reference to it stands for; a stream gives its dictionary."""
        if isinstance(thing, str) and re.fullmatch(r"\d+ \d+ R", thing):
            entry = self.entry(thing)
            return entry["stream"]["dict"] if "stream" in entry else self.value(entry.get("value"))
        return thing

    def data(self, ref):
        return base64.b64decode(self.entry(ref).get("stream", {}).get("data", ""))


def operators(data):
    """(operator, operands) of a content stream; strings are operands of type bytes."""
    token = re.compile(rb"\s+|%[^\n]*|(\((?:\\.|[^\\()])*\))|(<[0-9A-Fa-f\s]*>)|(<<|>>|[\[\]])|(/[^\s/\[\]()<>]*)|([^\s/\[\]()<>]+)", re.S)
    operands, at = [], 0
    while at < len(data):
        match = token.match(data, at)
        if not match:
            fault(f"contents: cannot read at byte {at}: {data[at:at + 20]!r}")
            return
        at = match.end()
        string, hexa, bracket, name, word = match.groups()
        if string or hexa:
            operands.append(string or hexa)
        elif bracket:
            operands.append(bracket.decode())
        elif name:
            operands.append(name.decode())
        elif word:
            text = word.decode("latin-1")
            if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", text):
                operands.append(float(text))
            else:
                yield text, operands
                operands = []


def check_syntax(path, data):
    if not re.match(rb"%PDF-1\.6\n%[\x80-\xff]{4}", data):
        fault(f"header is {data[:16]!r}, not PDF 1.6 with a binary comment")
    status, out, err = run("qpdf", "--check", path)
    if status or err or b"No syntax or stream encoding errors" not in out:
        fault(f"qpdf --check: exit status {status}: {(out.decode('utf-8', 'replace') + err)[-300:]}")
    status, out, err = run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-sDEVICE=nullpage", path)
    if status or out.strip() or err.strip():
        fault(f"gs: exit status {status}: {(out.decode('utf-8', 'replace') + err).strip()[:300]}")


def check_trailer(objects):
    ids = objects.trailer.get("/ID")
    if not isinstance(ids, list) or len(ids) != 2 or not all(re.fullmatch(r"b:[0-9a-f]{32}", i) for i in ids):
        fault(f"trailer /ID is {ids}")
    elif set(ids[0][2:]) == {"0"}:
        fault("trailer /ID is all zeros")


def check_boxes(objects, expected):
    trims = set()
    for number, ref in enumerate(objects.page_refs, 1):
        page = objects.value(ref)
        boxes = {name: objects.value(page.get("/" + name)) for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox")}
        missing = [name for name, box in boxes.items() if not box]
        if missing:
            fault(f"page {number}: no {', '.join(missing)}")
            continue
        if boxes["CropBox"] != boxes["MediaBox"]:
            fault(f"page {number}: CropBox differs from MediaBox")
        for inner, outer in (("TrimBox", "BleedBox"), ("BleedBox", "MediaBox")):
            i, o = boxes[inner], boxes[outer]
            if i[0] < o[0] or i[1] < o[1] or i[2] > o[2] or i[3] > o[3]:
                fault(f"page {number}: {inner} {i} is not within {outer} {o}")
        trims.add(tuple(boxes["TrimBox"]))
        if expected:
            bleed = expected["bleed_mm"] * PT_PER_MM
            width, height = (side * PT_PER_MM for side in expected["trim_mm"])
            wanted = [bleed, bleed, bleed + width, bleed + height]
            if any(abs(a - b) > BOX_TOLERANCE for a, b in zip(boxes["TrimBox"], wanted)):
                fault(f"page {number}: TrimBox {boxes['TrimBox']}, expected {wanted}")
    if len(trims) > 1:
        fault("pages have different TrimBoxes")


def check_fonts(path):
    lines = output("pdffonts", path).splitlines()[2:]
    for line in lines:
        fields = line.split()
        emb, sub, uni = fields[-5:-2]
        if (emb, sub, uni) != ("yes", "yes", "yes"):
            fault(f"font {fields[0]}: embedded {emb}, subset {sub}, Unicode {uni}")
        if not re.match(r"[A-Z]{6}\+.", fields[0]):
            fault(f"font {fields[0]}: no subset tag")
    return len(lines)


def overprints(objects, page, name):
    states = objects.value(objects.value(page.get("/Resources"))["/ExtGState"])
    state = objects.value(states[name])
    return bool(state.get("/op") and state.get("/OPM") == 1)


def check_spot(objects, page, number, name):
    """A spot colour: its name, shown on screens by CMYK, straight from paper to the full ink."""
    spaces = objects.value(objects.value(page.get("/Resources")).get("/ColorSpace")) or {}
    space = objects.value(spaces.get(name))
    if not isinstance(space, list) or len(space) != 4 or space[0] != "/Separation" or space[2] != "/DeviceCMYK":
        fault(f"page {number}: colour space {name} is {space}, no spot colour over CMYK")
        return None
    transform = objects.value(space[3])
    if (transform.get("/FunctionType"), transform.get("/N"), transform.get("/C0"), len(transform.get("/C1", []))) != (2, 1, [0, 0, 0, 0], 4):
        fault(f"page {number}: the tint transform of {space[1]} is {transform}")
    if spots.setdefault(space[1], transform) != transform:
        fault(f"page {number}: {space[1]} has another equivalent than on an earlier page")
    return space[1]


def check_contents(objects):
    for number, ref in enumerate(objects.page_refs, 1):
        page = objects.value(ref)
        contents = page.get("/Contents")
        data = b"\n".join(objects.data(r) for r in (contents if isinstance(contents, list) else [contents]))
        is_black = is_overprinting = False
        space = stroke_space = None  # the spot colour that is set
        depth = n_shown = n_marked = 0
        for operator, operands in operators(data):
            if operator in FOREIGN_COLOURS:
                fault(f"page {number}: operator {operator} in the contents")
            if operator == "k":
                is_black, space = operands == [0, 0, 0, 1], None
            elif operator == "cs":
                before, space = space, check_spot(objects, page, number, operands[0])
                is_black = False
                if before == space:
                    fault(f"page {number}: {space} is set once more")
            elif operator == "CS":
                stroke_space = check_spot(objects, page, number, operands[0])
            elif operator in ("scn", "SCN"):
                if not (space if operator == "scn" else stroke_space) or len(operands) != 1 or not 0 <= operands[0] <= 1:
                    fault(f"page {number}: {operator} with {operands}, spot colour {space}, of strokes {stroke_space}")
            elif operator == "gs":
                is_overprinting = overprints(objects, page, operands[0])
            elif operator in ("q", "Q"):
                depth += 1 if operator == "q" else -1
            elif operator in ("BMC", "BDC", "EMC"):
                n_marked += -1 if operator == "EMC" else 1
                if n_marked < 0:
                    fault(f"page {number}: EMC without BMC")
                    n_marked = 0
            elif operator in ("Tj", "TJ"):
                n_shown += 1
                if not n_marked:
                    fault(f"page {number}: text {n_shown} is neither tagged nor an artifact")
                if is_black != is_overprinting:
                    fault(f"page {number}: text {n_shown}: black {is_black}, overprints {is_overprinting}")
        if depth or n_marked:
            fault(f"page {number}: q and Q, or BMC and EMC, do not match")


def info_text(value):
    return value[2:] if isinstance(value, str) and value.startswith("u:") else None


def info_date(value):
    match = re.fullmatch(r"D:(\d{14})(Z|([+-]\d\d)'(\d\d)'?)", info_text(value) or "")
    if not match:
        return None
    zone = "+0000" if match.group(2) == "Z" else match.group(3) + match.group(4)
    return datetime.datetime.strptime(match.group(1) + zone, "%Y%m%d%H%M%S%z")


def check_intents(objects, root, version, text_at):
    """A press file states PDF/X-4, in three places, and nothing else does; there is one printing condition."""
    is_press = text_at("xmpMM:RenditionClass") == "default"
    if {version, text_at("pdfxid:GTS_PDFXVersion")} != {"PDF/X-4" if is_press else None}:
        fault(f"Info says {version!r} and XMP {text_at('pdfxid:GTS_PDFXVersion')!r} of PDF/X")
    intents = [objects.value(intent) for intent in objects.value(root.get("/OutputIntents")) or []]
    if not intents:
        return  # test_pdf writes such files
    if [i.get("/S") for i in intents] != ["/GTS_PDFX"] * is_press + ["/GTS_PDFA1"]:
        fault(f"output intents are {[i.get('/S') for i in intents]}")
    if len({json.dumps({k: v for k, v in i.items() if k != "/S"}) for i in intents}) > 1:
        fault("the output intents differ, or do not share one profile")
    profile = intents[0].get("/DestOutputProfile")
    data = objects.data(profile)
    if objects.value(profile).get("/N") != 4 or data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
        fault("the output profile is not that of a press with four inks")
    if not info_text(intents[0].get("/OutputConditionIdentifier")) or not info_text(intents[0].get("/Info")):
        fault("the output intents do not say what they are")


def check_metadata(objects, expected):
    info = objects.value(objects.trailer.get("/Info")) or {}
    root = objects.value(objects.trailer.get("/Root")) or {}
    if info.get("/Trapped") != "/False":
        fault("Info: Trapped is not False")
    if not (objects.value(root.get("/ViewerPreferences")) or {}).get("/DisplayDocTitle"):
        fault("catalog: no DisplayDocTitle")
    reference = root.get("/Metadata")
    if not reference:
        fault("catalog: no Metadata")
        return
    if objects.value(reference).get("/Filter"):
        fault("XMP is compressed")
    xmp = ElementTree.fromstring(objects.data(reference))

    def text_at(path):
        found = xmp.find(".//" + path, NAMESPACES)
        return found.text if found is not None else None

    for key, place in (("/Title", "dc:title/rdf:Alt/rdf:li"), ("/Author", "dc:creator/rdf:Seq/rdf:li"),
                       ("/Subject", "dc:description/rdf:Alt/rdf:li"), ("/Producer", "pdf:Producer"),
                       ("/Creator", "xmp:CreatorTool")):
        if info_text(info.get(key)) != text_at(place):
            fault(f"Info {key} {info.get(key)!r} and XMP {place} {text_at(place)!r} differ")
    for key, place in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        stated = text_at(place)
        in_xmp = datetime.datetime.fromisoformat(stated.replace("Z", "+00:00")) if stated else None
        if info_date(info.get(key)) != in_xmp:
            fault(f"Info {key} {info.get(key)!r} and XMP {place} {stated!r} differ")
        if expected and expected.get("date") != stated:
            fault(f"XMP {place} is {stated!r}, expected {expected.get('date')!r}")
    ids = {"".join(c for c in (text_at(place) or "").removeprefix("uuid:") if c != "-")
           for place in ("xmpMM:DocumentID", "xmpMM:InstanceID")}
    if {f"b:{i}" for i in ids} != set(objects.trailer.get("/ID") or []):
        fault(f"XMP says the ids are {ids}, the trailer says {objects.trailer.get('/ID')}")
    for place, wanted in (("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1"), ("pdf:Trapped", "False")):
        if text_at(place) != wanted:
            fault(f"XMP {place} is {text_at(place)!r}, not {wanted!r}")
    check_intents(objects, root, info_text(info.get("/GTS_PDFXVersion")), text_at)
    lang = info_text(root.get("/Lang"))
    if lang != text_at("dc:language/rdf:Bag/rdf:li"):
        fault(f"catalog Lang {lang!r} and XMP dc:language differ")
    if expected and (info_text(info.get("/Title")), lang) != (expected["title"], expected["lang"]):
        fault(f"title {info.get('/Title')!r} or language {lang!r} is not as expected")


def words_of(text):
    return unicodedata.normalize("NFC", text).split()


def check_words(path, wanted):
    got = words_of(output("pdftotext", "-raw", "-enc", "UTF-8", path, "-"))
    for i, (a, b) in enumerate(zip(got, wanted)):
        if a != b:
            fault(f"word {i + 1} is {a!r}, expected {b!r} (after {' '.join(wanted[max(0, i - 4):i])!r})")
            return
    if len(got) != len(wanted):
        fault(f"{len(got)} words, expected {len(wanted)}")


def check_places(path, expected):
    pages, page = {}, 0
    pattern = re.compile(r'<page |<word xMin="([-\d.]+)"[^>]*>(.*?)</word>')
    for match in pattern.finditer(output("pdftotext", "-bbox", path, "-")):
        if match.group(1) is None:
            page += 1
            continue
        word = unicodedata.normalize("NFC", html.unescape(match.group(2)))
        pages.setdefault((page, word), []).append(float(match.group(1)))
    bleed = expected["bleed_mm"] * PT_PER_MM
    worst, n_off = 0, 0
    for word in expected["words"]:
        x = word["x"] / SP_PER_PT + bleed
        found = pages.get((word["page"], word["word"]))
        if not found:
            fault(f"page {word['page']}: no word {word['word']!r}")
            continue
        off = min(abs(f - x) for f in found)
        worst = max(worst, off)
        n_off += off > PLACE_TOLERANCE
    if n_off:
        fault(f"{n_off} words stand more than 0.007 pt off, the worst {worst:.4f} pt")
    return worst


def check_ink(path, expected):
    """Looks at single places of the drawing: [page, x, y, whether there is ink], in hundredths of a mm of the trim."""
    ppi, rasters = 72, {}
    for page, x, y, is_inked in expected.get("ink", []):
        if page not in rasters:
            rasters[page] = subprocess.run(["pdftoppm", "-gray", "-r", str(ppi), "-f", str(page), "-l", str(page), path],
                                           check=True, capture_output=True).stdout
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", rasters[page])
        at = [int((v / 100 + expected["bleed_mm"]) * ppi / 25.4) for v in (x, y)]
        grey = rasters[page][head.end() + at[1] * int(head.group(1)) + at[0]]
        if is_inked != (grey < 200):
            fault(f"page {page}: the place {x / 100}, {y / 100} mm is {grey}, expected {'ink' if is_inked else 'paper'}")


def main():
    parser = argparse.ArgumentParser(description="Checks a PDF that bantin wrote.")
    parser.add_argument("pdf")
    parser.add_argument("--expect", metavar="FILE.json")
    parser.add_argument("--words", metavar="FILE.txt")
    parser.add_argument("--max-bytes", type=int)
    options = parser.parse_args()
    with open(options.pdf, "rb") as file:
        data = file.read()
    expected = None
    if options.expect:
        with open(options.expect, encoding="utf-8") as file:
            expected = json.load(file)
    check_syntax(options.pdf, data)
    objects = Objects(options.pdf)
    check_trailer(objects)
    check_boxes(objects, expected)
    n_fonts = check_fonts(options.pdf)
    check_contents(objects)
    check_metadata(objects, expected)
    about = f"{len(objects.page_refs)} pages, {n_fonts} fonts, {len(data)} bytes"
    wanted = expected.get("spots", []) if expected else []
    if expected and sorted(spots) != sorted("/" + name for name in wanted):
        fault(f"spot colours {list(spots)}, expected {wanted}")
    if expected:
        if len(objects.page_refs) != expected["pages"]:
            fault(f"{len(objects.page_refs)} pages, expected {expected['pages']}")
        check_words(options.pdf, words_of(" ".join(word["word"] for word in expected["words"])))
        check_ink(options.pdf, expected)
        about += f", words at most {check_places(options.pdf, expected):.4f} pt off"
    if options.words:
        with open(options.words, encoding="utf-8") as file:
            check_words(options.pdf, words_of(file.read()))
    if options.max_bytes and len(data) > options.max_bytes:
        fault(f"{len(data)} bytes, at most {options.max_bytes} are allowed")
    for text in faults:
        print(f"{options.pdf}: {text}")
    print(f"{options.pdf}: {about}: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
