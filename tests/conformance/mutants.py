"""One-defect mutants of a press file: what each rule of x4.py must catch, and no other rule may."""
import collections, re, subprocess, tempfile, zlib

from reader import filters_of, set_stream_data, stream_data

# rule: that must catch it. also: rules that may, where one defect is two. change: of a rules.Document, or of the file's bytes.
Mutant = collections.namedtuple("Mutant", "rule what also change of_bytes")
MUTANTS = []
BLACK, OVER, KNOCK = "0 0 0 1 k", {"/OP": True, "/op": True, "/OPM": 1}, {"/OP": False, "/op": False, "/OPM": 0}
MM = 72 / 25.4


def mutant(rule, what, also=(), of_bytes=False):
    def keep(change):
        MUTANTS.append(Mutant(rule, what, set(also), change, of_bytes))
        return change
    return keep


def make(mutant, good, path):
    """Writes the mutant of a Document's file."""
    if mutant.of_bytes:
        data = mutant.change(good.raw)
        assert data != good.raw, mutant.what
        path.write_bytes(data)
        return
    pdf = type(good)(good.path)
    mutant.change(pdf)
    pdf.write(path)


# --- parts ---

def replaced(data, pattern, by):
    changed, n = re.subn(pattern, by, data, count=1, flags=re.S)
    assert n == 1, pattern
    return changed


def change_xmp(pdf, pattern, by):
    stream = pdf.stream(pdf.root["/Metadata"])
    set_stream_data(stream, replaced(stream_data(stream), pattern, by))


def add_operators(pdf, text, page=0, where="end"):
    """At the end of a page's contents, as an artifact in a graphics state of its own."""
    stream = pdf.contents(pdf.pages[page])[-1 if where == "end" else 0]
    data, text = stream_data(stream), text.encode()
    set_stream_data(stream, data + b"\n" + text + b"\n" if where == "end" else text + b"\n" + data)


def draw(pdf, text, page=0):
    """At the end, where the state is anything: nothing overprints unless the text says so."""
    add_resource(pdf, "/ExtGState", "/Plain", KNOCK, page)
    add_operators(pdf, f"/Artifact BMC q /Plain gs {text} Q EMC", page)


def add_resource(pdf, kind, name, value, page=0):
    held = pdf.value(pdf.pages[page]["/Resources"])
    held[kind] = dict(pdf.value(held.get(kind)) or {})
    held[kind][name] = value


def rectangle(x, y, width, height):
    return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re"


def first_text(pdf, page=0):
    """(name of a font on the page, code of a letter with ink)."""
    mark = next(mark for mark in pdf.readings[page].marks if mark.kind == "text" and not mark.depth)
    fonts = pdf.get(pdf.pages[page], "/Resources", "/Font")
    name = next(name for name, reference in fonts.items() if reference == mark.font.reference)
    return name, next(code for code in mark.codes if mark.font.box(code))


def add_text(pdf, color, state=KNOCK, size=12.0, place=None, code=None):
    """A letter in the middle of the first page, or at a place."""
    name, letter = first_text(pdf)
    add_resource(pdf, "/ExtGState", "/Mutant", state)
    x, y = place or middle(pdf)
    letter = letter if code is None else code
    draw(pdf, f"/Mutant gs {color} BT {name} {size} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{letter:04X}> Tj ET")


def middle(pdf):
    trim = pdf.box(pdf.pages[0], "TrimBox")
    return (trim[0] + trim[2]) / 2, (trim[1] + trim[3]) / 2


def fill(pdf, color, box=None):
    """Fills a box of 40 by 20 pt in the middle of the first page, or another."""
    x, y = middle(pdf)
    draw(pdf, f"{color} {rectangle(*(box or (x, y, 40, 20)))} f")


def images(pdf):
    """The dictionaries of pictures that are no masks of others."""
    found = [stream for stream in pdf.streams() if stream["dict"].get("/Subtype") == "/Image"]
    masks = [pdf.stream(held["dict"]["/SMask"]) for held in found if "/SMask" in held["dict"]]
    return [held for held in found if not any(held is mask for mask in masks)]


def picture_on(pdf, page=0):
    """The name of a picture on a page, as wide as any."""
    found = {name: pdf.value(reference) for name, reference in pdf.get(pdf.pages[page], "/Resources", "/XObject").items()}
    return next(name for name, held in found.items() if held.get("/Subtype") == "/Image")


def page_with_picture(pdf):
    return next(i for i in range(len(pdf.pages)) if any(mark.kind == "image" for mark in pdf.readings[i].marks))


def font(pdf):
    return next(iter(pdf.fonts))


def intent(pdf, kind="/GTS_PDFX"):
    return next(held for held in map(pdf.value, pdf.value(pdf.root["/OutputIntents"])) if held["/S"] == kind)


def change_profile(pdf, change):
    stream = pdf.stream(intent(pdf)["/DestOutputProfile"])
    set_stream_data(stream, change(stream_data(stream)))


def make_room(pdf):
    """20 mm around the bleed of each page, where marks may stand; the boxes of a sheet without marks leave none."""
    for page in pdf.pages:
        bleed = pdf.box(page, "BleedBox")
        page["/MediaBox"] = page["/CropBox"] = [bleed[0] - 57, bleed[1] - 57, bleed[2] + 57, bleed[3] + 57]


def grow(box, by):
    return [box[0] - by, box[1] - by, box[2] + by, box[3] + by]


def add_state(pdf, **keys):
    add_resource(pdf, "/ExtGState", "/Mutant", {f"/{key}": value for key, value in keys.items()})


# --- the file ---

@mutant("X4-01", "PDF 1.7", of_bytes=True)
def _(data):
    return b"%PDF-1.7" + data[8:]


@mutant("X4-01", "no binary comment", of_bytes=True)
def _(data):
    at = data.index(b"\n%") + 2
    return data[:at] + b"text" + data[at + 4:]


@mutant("X4-02", "encrypted with an empty password", of_bytes=True)
def _(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return subprocess.run(["qpdf", "--encrypt", "", "owner", "128", "--use-aes=y", "--cleartext-metadata", "--", file.name, "-"],
                              capture_output=True, check=True).stdout


@mutant("X4-03", "no ID", of_bytes=True)
def _(data):
    at = data.rindex(b"/ID")
    return data[:at] + b"/IX" + data[at + 3:]


@mutant("X4-03", "an ID of zeros", of_bytes=True)
def _(data):
    at = data.rindex(b"/ID")
    return data[:at] + replaced(data[at:], rb"<[0-9A-Fa-f]{32}>", b"<" + b"0" * 32 + b">")


@mutant("X4-04", "a wrong cross reference", of_bytes=True)
def _(data):
    """The third object is said to begin a byte later than it does. Rows are differences to the one above, a byte before each."""
    dictionary = data.rindex(b"/Type/XRef")
    begin = data.index(b"stream\n", dictionary) + 7
    rows, row, place = bytearray(zlib.decompress(data[begin:data.index(b"\nendstream", begin)])), 8, 5
    for number, by in ((3, 1), (4, 255)):
        rows[number * row + place] = (rows[number * row + place] + by) % 256
    rows = zlib.compress(rows)
    head = replaced(data[dictionary:begin], rb"/Length \d+", b"/Length %d" % len(rows))
    return data[:dictionary] + head + rows + data[data.index(b"\nendstream", begin):]


@mutant("X4-04", "an object without its end", of_bytes=True)
def _(data):
    return data.replace(b"endobj", b"endobx", 1)


# --- metadata ---

@mutant("X4-05", "compressed XMP", of_bytes=True)
def _(data):
    """By hand, for qpdf undoes it. What the stream leaves of its room is white, so that nothing moves."""
    begin, end = data.index(b"<<", data.rindex(b" obj", 0, data.index(b"<?xpacket"))), data.index(b"endstream", data.index(b"<?xpacket end"))
    packet = zlib.compress(data[data.index(b"<?xpacket"):end], 9)
    made = b"<</Type/Metadata/Subtype/XML/Filter/FlateDecode/Length %d>>stream\n%s\n" % (len(packet), packet)
    return data[:begin] + made + b"endstream" + b" " * (end - begin - len(made)) + data[end + len(b"endstream"):]


@mutant("X4-05", "no XMP", {"X4-06", "X4-07", "X4-08", "X4-09"})
def _(pdf):
    del pdf.root["/Metadata"]


@mutant("X4-05", "XMP that is not well-formed", {"X4-06", "X4-07", "X4-08", "X4-09"})
def _(pdf):
    change_xmp(pdf, rb"</dc:title>", b"</dc:titel>")


@mutant("X4-06", "PDF/X-3 in XMP")
def _(pdf):
    change_xmp(pdf, rb"PDF/X-4", b"PDF/X-3")


@mutant("X4-06", "no version in Info")
def _(pdf):
    del pdf.info["/GTS_PDFXVersion"]


for name in ("VersionID", "RenditionClass", "DocumentID"):
    @mutant("X4-07", f"no xmpMM:{name}")
    def _(pdf, name=name):
        change_xmp(pdf, rf"<xmpMM:{name}>.*?</xmpMM:{name}>".encode(), b"")


@mutant("X4-08", "another title in Info")
def _(pdf):
    pdf.info["/Title"] = "u:Bản tin khác"


@mutant("X4-08", "another time in Info")
def _(pdf):
    pdf.info["/ModDate"] = "u:D:20300101000000Z"


@mutant("X4-08", "no date in Info")
def _(pdf):
    del pdf.info["/CreationDate"]


@mutant("X4-09", "trapping unknown")
def _(pdf):
    pdf.info["/Trapped"] = "/Unknown"


@mutant("X4-09", "trapped in XMP alone")
def _(pdf):
    change_xmp(pdf, rb"<pdf:Trapped>False", b"<pdf:Trapped>True")


# --- output intents ---

@mutant("X4-10", "no identifier")
def _(pdf):
    del intent(pdf)["/OutputConditionIdentifier"]


@mutant("X4-10", "a condition that nothing explains")
def _(pdf):
    for key in ("/RegistryName", "/Info"):
        intent(pdf).pop(key, None)


@mutant("X4-10", "two intents for the press", {"X4-12"})
def _(pdf):
    pdf.value(pdf.root["/OutputIntents"]).append(dict(intent(pdf)))


@mutant("X4-11", "a scanner's profile")
def _(pdf):
    change_profile(pdf, lambda data: data[:12] + b"scnr" + data[16:])


@mutant("X4-11", "an RGB profile")
def _(pdf):
    change_profile(pdf, lambda data: data[:16] + b"RGB " + data[20:])


@mutant("X4-11", "half a profile")
def _(pdf):
    change_profile(pdf, lambda data: data[:len(data) // 2])


@mutant("X4-11", "N of 3")
def _(pdf):
    pdf.value(intent(pdf)["/DestOutputProfile"])["/N"] = 3


@mutant("X4-12", "a profile of its own for PDF/A")
def _(pdf):
    stream = pdf.stream(intent(pdf)["/DestOutputProfile"])
    intent(pdf, "/GTS_PDFA1")["/DestOutputProfile"] = pdf.add({"/N": 4}, stream_data(stream))


# --- what is not for paper ---

@mutant("X4-13", "an action at opening")
def _(pdf):
    pdf.root["/OpenAction"] = {"/S": "/GoTo", "/D": [pdf.whole["pages"][0]["object"], "/Fit"]}


@mutant("X4-13", "actions of a page")
def _(pdf):
    pdf.pages[0]["/AA"] = {}


@mutant("X4-13", "a script")
def _(pdf):
    pdf.root["/Names"] = {"/JavaScript": {"/Names": ["u:a", {"/S": "/JavaScript", "/JS": "u:app.beep()"}]}}


@mutant("X4-13", "a form to fill in")
def _(pdf):
    pdf.root["/AcroForm"] = {"/Fields": []}


@mutant("X4-14", "layers")
def _(pdf):
    layer = pdf.add({"/Type": "/OCG", "/Name": "u:Tầng"})
    pdf.root["/OCProperties"] = {"/OCGs": [layer], "/D": {"/Order": [layer]}}


@mutant("X4-14", "a file within")
def _(pdf):
    file = pdf.add({"/Type": "/EmbeddedFile"}, b"text")
    pdf.root["/Names"] = {"/EmbeddedFiles": {"/Names": ["u:a", {"/Type": "/Filespec", "/F": "u:a", "/EF": {"/F": file}}]}}


@mutant("X4-15", "an outline")
def _(pdf):
    pdf.root["/Outlines"] = {"/Type": "/Outlines", "/Count": 0}


@mutant("X4-16", "a link")
def _(pdf):
    pdf.pages[0]["/Annots"] = [{"/Type": "/Annot", "/Subtype": "/Link", "/Rect": [100, 100, 200, 120], "/Border": [0, 0, 0],
                                "/A": {"/S": "/URI", "/URI": "u:https://example.com"}}]


# --- boxes ---

@mutant("X4-20", "an ArtBox")
def _(pdf):
    pdf.pages[0]["/ArtBox"] = pdf.pages[0]["/TrimBox"]


for name, also in (("TrimBox", ()), ("BleedBox", ("X4-73", "X4-76", "X4-78"))):
    @mutant("X4-20", f"no {name}", also)
    def _(pdf, name=name):
        for page in pdf.pages:
            del page[f"/{name}"]


@mutant("X4-21", "a trim beyond the bleed", {"X4-24", "X4-78"})
def _(pdf):
    for page in pdf.pages:
        page["/TrimBox"] = grow(page["/BleedBox"], 1)


@mutant("X4-22", "a CropBox of its own")
def _(pdf):
    for page in pdf.pages:
        page["/CropBox"] = grow(page["/MediaBox"], -1)


@mutant("X4-23", "a page of another trim", {"X4-24"})
def _(pdf):
    pdf.pages[0]["/TrimBox"] = grow(pdf.pages[0]["/TrimBox"], 1)


@mutant("X4-23", "a page on its side")
def _(pdf):
    pdf.pages[0]["/Rotate"] = 90


@mutant("X4-23", "another unit")
def _(pdf):
    pdf.pages[0]["/UserUnit"] = 2


@mutant("X4-24", "2 mm of bleed")
def _(pdf):
    for page in pdf.pages:
        page["/BleedBox"] = grow(page["/TrimBox"], 2 * MM)


# --- fonts ---

@mutant("X4-30", "a font without its program")
def _(pdf):
    font(pdf).descriptor.pop("/FontFile2", None) or font(pdf).descriptor.pop("/FontFile3")


@mutant("X4-30", "a program that is none")
def _(pdf):
    held = font(pdf).descriptor
    set_stream_data(pdf.stream(held.get("/FontFile2") or held.get("/FontFile3")), b"nothing of the kind")


@mutant("X4-31", "a font that is no subset")
def _(pdf):
    for held in (font(pdf).held, font(pdf).inner):
        held["/BaseFont"] = "/" + held["/BaseFont"].split("+")[1]


@mutant("X4-31", "a font of other codes", {"X4-32"})
def _(pdf):
    font(pdf).held["/Encoding"] = "/UniKS-UTF16-H"


@mutant("X4-31", "a Type 3 font", {"X4-30", "X4-32"})
def _(pdf):
    box = pdf.add({}, b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    held = {"/Type": "/Font", "/Subtype": "/Type3", "/FontBBox": [0, 0, 500, 500], "/FontMatrix": [0.001, 0, 0, 0.001, 0, 0], "/FirstChar": 97,
            "/LastChar": 97, "/Widths": [500], "/CharProcs": {"/a": box}, "/Encoding": {"/Differences": [97, "/a"]}, "/Resources": {}}
    x, y = middle(pdf)
    add_resource(pdf, "/Font", "/Mutant", pdf.add(held))
    add_resource(pdf, "/ExtGState", "/Mutant", OVER)
    draw(pdf, f"/Mutant gs {BLACK} BT /Mutant 12 Tf 1 0 0 1 {x} {y} Tm (a) Tj ET")


@mutant("X4-32", "a font without Unicode", {"X4-77"})
def _(pdf):
    del font(pdf).held["/ToUnicode"]


@mutant("X4-32", "one glyph without Unicode")
def _(pdf):
    _, code = first_text(pdf)
    held = next(mark.font for mark in pdf.readings[0].marks if mark.kind == "text").held
    found = [f"<{c:04X}> <{ord(t):04X}>" for c, t in font(pdf).texts.items() if len(t) == 1 and c != code]
    maps = "".join(f"{len(found[i:i + 100])} beginbfchar\n" + "\n".join(found[i:i + 100]) + "\nendbfchar\n" for i in range(0, len(found), 100))
    set_stream_data(pdf.stream(held["/ToUnicode"]), maps.encode())


@mutant("X4-33", "a glyph that is as wide as no other")
def _(pdf):
    held, code = font(pdf), first_text(pdf)[1]
    held.inner["/W"] = [*(pdf.value(held.inner.get("/W")) or []), code, [held.widths.get(code, 1000) + 50]]


@mutant("X4-33", ".notdef", {"X4-32"})
def _(pdf):
    add_text(pdf, BLACK, OVER, code=0)


@mutant("X4-33", "a glyph that the font has not", {"X4-32"})
def _(pdf):
    add_text(pdf, BLACK, OVER, code=65000)


# --- streams ---

def lzw(data):
    """LZW that never learns: every 200 bytes it begins anew."""
    codes = [code for i in range(0, len(data), 200) for code in (256, *data[i:i + 200])] + [257]
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@mutant("X4-40", "LZW", {"X4-32", "X4-77"})
def _(pdf):
    stream = pdf.stream(font(pdf).held["/ToUnicode"])
    set_stream_data(stream, lzw(stream_data(stream)))
    stream["dict"]["/Filter"] = "/LZWDecode"


@mutant("X4-40", "JPEG 2000", {"X4-60"})
def _(pdf):
    stream = images(pdf)[0]
    set_stream_data(stream, b"\x00\x00\x00\x0cjP  \r\n\x87\n")
    stream["dict"]["/Filter"] = "/JPXDecode"


@mutant("X4-41", "a proxy")
def _(pdf):
    images(pdf)[0]["dict"]["/OPI"] = {"/2.0": {"/Type": "/OPI", "/Version": 2.0, "/F": "u:a.tif"}}


@mutant("X4-41", "an alternate picture")
def _(pdf):
    reference = next(key[4:] for key, entry in pdf.entries.items() if entry.get("stream") is images(pdf)[1])
    images(pdf)[0]["dict"]["/Alternates"] = [{"/Image": reference, "/DefaultForPrinting": False}]


@mutant("X4-41", "PostScript")
def _(pdf):
    add_resource(pdf, "/XObject", "/Mutant", pdf.add({"/Type": "/XObject", "/Subtype": "/PS"}, b"showpage"))


@mutant("X4-41", "a reference to another file")
def _(pdf):
    add_resource(pdf, "/XObject", "/Mutant", pdf.add({"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 1, 1],
                                                      "/Ref": {"/F": "u:a.pdf", "/Page": 0}}, b""))


for key, value in (("TR", "/Identity"), ("TR2", "/Identity"), ("HTP", [0, 0]), ("HT", {"/HalftoneType": 1, "/Frequency": 60, "/Angle": 45,
                                                                                      "/SpotFunction": "/Round"})):
    @mutant("X4-42", f"a graphics state with {key}")
    def _(pdf, key=key, value=value):
        add_state(pdf, **{key: value})


@mutant("X4-42", "an unknown rendering intent")
def _(pdf):
    draw(pdf, "/Pretty ri")


# --- transparency ---

@mutant("X4-50", "a blend mode that nobody knows")
def _(pdf):
    add_state(pdf, BM="/Glow")


@mutant("X4-51", "no group where something is transparent")
def _(pdf):
    del next(page for i, page in enumerate(pdf.pages, 1) if "/Group" in page)["/Group"]


@mutant("X4-51", "something transparent where there is no group")
def _(pdf):
    pdf.pages[0].pop("/Group", None)
    add_state(pdf, ca=0.5)
    draw(pdf, "/Mutant gs 0 1 0 0 k " + rectangle(*middle(pdf), 40, 20) + " f")


@mutant("X4-51", "a group in RGB", {"X4-52"})
def _(pdf):
    pdf.value(next(page for page in pdf.pages if "/Group" in page)["/Group"])["/CS"] = "/DeviceRGB"


# --- colours ---

@mutant("X4-52", "a box in RGB")
def _(pdf):
    fill(pdf, "1 0 0 rg")


@mutant("X4-52", "text in RGB")
def _(pdf):
    add_text(pdf, "0 0 1 rg")


@mutant("X4-52", "a line in RGB")
def _(pdf):
    x, y = middle(pdf)
    draw(pdf, f"1 0 0 RG 1 w {x} {y} m {x + 40} {y} l S")


@mutant("X4-52", "a picture in RGB", {"X4-60"})
def _(pdf):
    next(held for held in images(pdf) if "/DCTDecode" not in filters_of(held))["dict"]["/ColorSpace"] = "/DeviceRGB"


@mutant("X4-52", "an RGB profile that is not used")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/ICCBased", pdf.add({"/N": 3}, b"profile")])


@mutant("X4-52", "a box in Lab")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/Lab", {"/WhitePoint": [0.9642, 1, 0.8249]}])
    fill(pdf, "/Mutant cs 50 40 40 sc")


@mutant("X4-52", "RGB by a table")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/Indexed", "/DeviceRGB", 1, "b:000000ff0000"])
    fill(pdf, "/Mutant cs 1 sc")


@mutant("X4-52", "RGB behind a spot colour", {"X4-58"})
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/Separation", "/Mutant", "/DeviceRGB",
                                                 {"/FunctionType": 2, "/Domain": [0, 1], "/N": 1, "/C0": [1, 1, 1], "/C1": [1, 0, 0]}])


@mutant("X4-52", "a blend of RGB colours")
def _(pdf):
    add_resource(pdf, "/Shading", "/Mutant", {"/ShadingType": 2, "/ColorSpace": "/DeviceRGB", "/Coords": [0, 0, 1, 0],
                                              "/Function": {"/FunctionType": 2, "/Domain": [0, 1], "/N": 1, "/C0": [1, 1, 1], "/C1": [1, 0, 0]}})


@mutant("X4-52", "RGB in a drawing")
def _(pdf):
    form = pdf.add({"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 40, 40]}, b"1 0 0 rg 0 0 40 40 re f")
    add_resource(pdf, "/XObject", "/Mutant", form)
    draw(pdf, "1 0 0 1 {} {} cm /Mutant Do".format(*middle(pdf)))


@mutant("X4-53", "text in gray")
def _(pdf):
    add_text(pdf, "0 g")


@mutant("X4-53", "a box in the gray that pages begin with")
def _(pdf):
    x, y = middle(pdf)
    add_operators(pdf, f"/Artifact BMC {rectangle(x, y, 40, 20)} f EMC", where="begin")


@mutant("X4-53", "a box in gray by its space")
def _(pdf):
    fill(pdf, "/DeviceGray cs 0.5 sc")


@mutant("X4-54", "a box in CMYK by a profile")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/ICCBased", pdf.add({"/N": 4}, b"profile")])
    fill(pdf, "/Mutant cs 0 1 1 0 sc")


@mutant("X4-54", "another CMYK in its place")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/DefaultCMYK", ["/DeviceN", ["/Cyan", "/Magenta", "/Yellow", "/Black"], "/DeviceCMYK",
                                                      pdf.add({"/FunctionType": 4, "/Domain": [0, 1] * 4, "/Range": [0, 1] * 4}, b"{}")])


@mutant("X4-55", "black text that knocks out")
def _(pdf):
    add_text(pdf, BLACK, KNOCK)


@mutant("X4-55", "black text that overprints in mode 0")
def _(pdf):
    add_text(pdf, BLACK, {**OVER, "/OPM": 0})


@mutant("X4-56", "white text that overprints")
def _(pdf):
    add_text(pdf, "0 0 0 0 k", OVER)


@mutant("X4-56", "a box in colour that overprints")
def _(pdf):
    add_resource(pdf, "/ExtGState", "/Mutant", OVER)
    fill(pdf, "/Mutant gs 0 1 0 0 k")


@mutant("X4-57", "text in rich black")
def _(pdf):
    add_text(pdf, "0.6 0.4 0.4 1 k")


def ramp(*solid):
    return {"/FunctionType": 2, "/Domain": [0, 1], "/N": 1, "/C0": [0, 0, 0, 0], "/C1": list(solid)}


@mutant("X4-58", "a spot colour with two equivalents")
def _(pdf):
    for name, solid in (("/MutantA", (0, 1, 1, 0)), ("/MutantB", (0, 1, 0.9, 0))):
        add_resource(pdf, "/ColorSpace", name, ["/Separation", "/Mutant", "/DeviceCMYK", ramp(*solid)])


@mutant("X4-58", "black shown as magenta")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/Separation", "/Black", "/DeviceCMYK", ramp(0.0, 1.0, 0.0, 0.0)])


@mutant("X4-58", "a spot colour without a name")
def _(pdf):
    add_resource(pdf, "/ColorSpace", "/Mutant", ["/Separation", "/None", "/DeviceCMYK", ramp(0, 1, 1, 0)])


@mutant("X4-59", "a box of 350 % of ink")
def _(pdf):
    fill(pdf, "1 1 1 0.5 k")


# --- pictures ---

@mutant("X4-60", "samples of 16 bits")
def _(pdf):
    images(pdf)[0]["dict"]["/BitsPerComponent"] = 16


@mutant("X4-60", "too few samples")
def _(pdf):
    stream = next(held for held in images(pdf) if "/DCTDecode" not in filters_of(held))
    set_stream_data(stream, stream_data(stream)[:-1])


@mutant("X4-60", "a JPEG of other colours than its space's")
def _(pdf):
    held = next(held["dict"] for held in images(pdf) if "/DCTDecode" in filters_of(held) and held["dict"]["/ColorSpace"] == "/DeviceCMYK")
    held["/ColorSpace"] = "/DeviceGray"


@mutant("X4-61", "a picture to be smoothed")
def _(pdf):
    images(pdf)[0]["dict"]["/Interpolate"] = True


def enlarge(pdf, ppi):
    """A picture, cut to a small frame, at a resolution."""
    page = page_with_picture(pdf)
    name = picture_on(pdf, page)
    held = pdf.value(pdf.get(pdf.pages[page], "/Resources", "/XObject")[name])
    x, y = middle(pdf)
    draw(pdf, f"{rectangle(x, y, 40, 40)} W n {held['/Width'] * 72 / ppi} 0 0 {held['/Height'] * 72 / ppi} {x} {y} cm {name} Do", page)


@mutant("X4-62", "a picture of 140 pixels an inch")
def _(pdf):
    enlarge(pdf, 140)


@mutant("X4-63", "a picture of 180 pixels an inch")
def _(pdf):
    enlarge(pdf, 180)


# --- places ---

@mutant("X4-70", "a box over the bleed's edge")
def _(pdf):
    make_room(pdf)
    bleed = pdf.box(pdf.pages[0], "BleedBox")
    fill(pdf, "0 1 0 0 k", (bleed[0] - 5, bleed[1] + 100, 40, 20))


@mutant("X4-70", "a mark that enters the bleed")
def _(pdf):
    make_room(pdf)
    bleed = pdf.box(pdf.pages[0], "BleedBox")
    y = bleed[1] + 100
    draw(pdf, f"0 1 0 0 K 0.25 w {bleed[0] - 15} {y} m {bleed[0] + 1} {y} l S")


@mutant("X4-71", "a line outside the bleed that is not an artifact")
def _(pdf):
    make_room(pdf)
    bleed = pdf.box(pdf.pages[0], "BleedBox")
    y = bleed[1] + 100
    add_operators(pdf, f"q {BLACK.upper()} 0.25 w {bleed[0] - 15} {y} m {bleed[0] - 5} {y} l S Q")


@mutant("X4-72", "a mark that the sheet cuts off")
def _(pdf):
    make_room(pdf)
    media = pdf.box(pdf.pages[0], "MediaBox")
    y = media[1] + 100
    draw(pdf, f"{BLACK.upper()} 0.25 w {media[0] - 5} {y} m {media[0] + 5} {y} l S")


@mutant("X4-73", "registration colour on the page")
def _(pdf):
    spaces = pdf.get(pdf.pages[0], "/Resources", "/ColorSpace") or {}
    space = next((s for s in spaces.values() if pdf.value(s)[1] == "/All"), ["/Separation", "/All", "/DeviceCMYK", ramp(1, 1, 1, 1)])
    add_resource(pdf, "/ColorSpace", "/Mutant", space)
    fill(pdf, "/Mutant cs 1 scn")


def line(pdf, color, width):
    x, y = middle(pdf)
    draw(pdf, f"{color} {width} w {x} {y} m {x + 40} {y} l S")


@mutant("X4-74", "a line of 0.2 pt in two inks")
def _(pdf):
    line(pdf, "0 1 0.5 0 K", 0.2)


@mutant("X4-74", "a line of 0.05 pt in black")
def _(pdf):
    line(pdf, "0 0 0 1 K", 0.05)


@mutant("X4-74", "a box of 0.2 pt in two inks")
def _(pdf):
    fill(pdf, "1 1 0 0 k", (*middle(pdf), 100, 0.2))


@mutant("X4-75", "a line of 0.05 pt in a drawing")
def _(pdf):
    form = pdf.add({"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 400, 400]}, b"0 0 0 1 K 0.5 w 10 10 m 300 300 l S")
    add_resource(pdf, "/XObject", "/Mutant", form)
    draw(pdf, "0.1 0 0 0.1 {} {} cm /Mutant Do".format(*middle(pdf)))


@mutant("X4-76", "text at 2 mm from the trim")
def _(pdf):
    trim = pdf.box(pdf.pages[0], "TrimBox")
    add_text(pdf, BLACK, OVER, place=(trim[0] + 2 * MM, trim[1] + 100))


@mutant("X4-77", "text of 6 pt in white")
def _(pdf):
    add_text(pdf, "0 0 0 0 k", size=6)


@mutant("X4-77", "text of 6 pt in two inks")
def _(pdf):
    add_text(pdf, "1 1 0 0 k", size=6)


@mutant("X4-78", "a box that ends at the trim")
def _(pdf):
    trim = pdf.box(pdf.pages[0], "TrimBox")
    fill(pdf, "0 1 0 0 k", (trim[0], trim[1] + 100, 40, 20))


@mutant("X4-79", "Q without q", {"X4-04"})
def _(pdf):
    add_operators(pdf, "Q")


@mutant("X4-79", "an operator that is none")
def _(pdf):
    draw(pdf, "1 2 frob")


@mutant("X4-79", "a resource that is not there")
def _(pdf):
    draw(pdf, "/Nothing Do")
