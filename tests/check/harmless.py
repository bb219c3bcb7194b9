"""Differences that no reader and no press would notice: bantin-check must not report any.

Each makes of a sample a file that is written otherwise and shows the same; some make a new sample too, since a producer changes what
it writes anew (pairs).
"""
import collections, io, shutil, subprocess, zlib

import numpy
from PIL import Image

from mutants_drawn import samples
from pdfedit import Edit, content, number, operand, operators, reader, shown

# make(base, folder, out) -> None, or the path of the sample to hold it against.
Harmless = collections.namedtuple("Harmless", "base what make needs")
HARMLESS = []


def harmless(base, what, needs=None):
    def keep(make):
        HARMLESS.append(Harmless(base, what, make, needs))
        return make
    return keep


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)


# --- the file written otherwise ---

def by_qpdf(what, *options, base="thanh-screen"):
    @harmless(base, what)
    def make(sample, folder, out):
        run("qpdf", "--deterministic-id", *options, sample.path, out)


by_qpdf("objects in streams", "--object-streams=generate")
by_qpdf("objects numbered anew, a plain table", "--object-streams=disable", base="vu-press")
by_qpdf("linearised", "--linearize")
by_qpdf("for reading: nothing compressed", "--qdf")
by_qpdf("compressed anew", "--recompress-flate", "--compression-level=9", base="vu-press")
by_qpdf("streams without Flate", "--stream-data=uncompress", "--decode-level=generalized")
by_qpdf("contents joined", "--coalesce-contents")
by_qpdf("nothing that is not used", "--remove-unreferenced-resources=yes", "--object-streams=generate", base="thanh-press")


def edited(base, what):
    """make(edit), of a function that changes an Edit."""
    def keep(change):
        @harmless(base, what)
        def make(sample, folder, out):
            edit = Edit(sample)
            change(edit)
            edit.write(out)
        return change
    return keep


@edited("thanh-press", "other dates, another title and producer")
def change(edit):
    reference = edit.base.trailer["/Info"]
    held = edit.copied(reference) | {"/Title": "u:Bản khác", "/Producer": "u:another", "/ModDate": "u:D:20250102030405Z"}
    edit.set(reference, held)


@edited("thanh-press", "another ID")
def change(edit):
    edit.trailer["/ID"] = ["b:" + "0123456789abcdef" * 2, "b:" + "fedcba9876543210" * 2]


@edited("thanh-press", "XMP with more white space")
def change(edit):
    reference = edit.base.root["/Metadata"]
    held = edit.base.stream(reference)
    data = reader.stream_data(held).replace(b">\n", b">\n\n   ")
    edit.set(reference, {"/Type": "/Metadata", "/Subtype": "/XML"}, data)


@edited("thanh-screen", "objects that nothing uses")
def change(edit):
    for i in range(5):
        edit.add({"/Type": "/Nothing", "/N": i}, b"nothing " * 100)


@edited("thanh-press", "without its structure")
def change(edit):
    reference = edit.base.trailer["/Root"]
    held = edit.copied(reference)
    for key in ("/StructTreeRoot", "/MarkInfo"):
        del held[key]
    edit.set(reference, held)


@edited("vu-press", "the tree of pages made deeper")
def change(edit):
    tree = edit.base.value(edit.base.trailer["/Root"])["/Pages"]
    held = edit.copied(tree)
    pages, held["/Kids"] = held["/Kids"], []
    for i in range(0, len(pages), 5):
        part = pages[i:i + 5]
        branch = edit.add({"/Type": "/Pages", "/Parent": tree, "/Kids": part, "/Count": len(part)})
        held["/Kids"].append(branch)
        for page in part:
            leaf = edit.copied(page)
            leaf["/Parent"] = branch
            edit.set(page, leaf)
    edit.set(tree, held)


@edited("vu-press", "subsets named otherwise")
def change(edit):
    for key, entry in edit.base.entries.items():
        held = entry.get("value")
        names = [name for name in ("/BaseFont", "/FontName") if isinstance(held, dict) and name in held]
        if names:
            reference = key.removeprefix("obj:")
            changed = edit.copied(reference)
            for name in names:
                changed[name] = "/ABCDEF" + changed[name][7:]
            edit.set(reference, changed)


@edited("vu-press", "resources named otherwise")
def change(edit):
    for n in range(1, len(edit.base.pages) + 1):
        page = edit.page(n)
        resources = edit.own_resources(n)
        for kind in ("/Font", "/XObject", "/ExtGState"):
            resources[kind] = {"/Other" + name[1:]: value for name, value in (edit.base.value(resources.get(kind)) or {}).items()}
        page.ops = [(operator, ["/Other" + operands[0][1:], *operands[1:]] if operator in ("Tf", "Do", "gs") else operands)
                    for operator, operands in page.ops]


@edited("thanh-screen", "pictures compressed anew without loss")
def change(edit):
    for key, entry in edit.base.entries.items():
        held = entry.get("stream", {}).get("dict", {})
        if held.get("/Subtype") == "/Image" and held.get("/Filter") == "/FlateDecode":
            reference = key.removeprefix("obj:")
            _, pixels = samples(edit, reference)
            edit.set(reference, {k: v for k, v in held.items() if k not in ("/DecodeParms", "/Length")}, zlib.compress(pixels.tobytes(), 9))


@edited("thanh-press", "a JPEG within Flate")
def change(edit):
    for key, entry in edit.base.entries.items():
        held = entry.get("stream", {}).get("dict", {})
        if held.get("/Filter") == "/DCTDecode":
            data, _ = reader.inflated(entry["stream"])
            edit.set(key.removeprefix("obj:"), held | {"/Filter": ["/FlateDecode", "/DCTDecode"]}, zlib.compress(data))


@edited("thanh-screen", "a JPEG kept as its samples")
def change(edit):
    for key, entry in edit.base.entries.items():
        held = entry.get("stream", {}).get("dict", {})
        if held.get("/Filter") == "/DCTDecode":
            data, _ = reader.inflated(entry["stream"])
            pixels = numpy.asarray(Image.open(io.BytesIO(data)))
            edit.set(key.removeprefix("obj:"), {k: v for k, v in held.items() if k != "/Length"} | {"/Filter": "/FlateDecode"}, zlib.compress(pixels.tobytes(), 1))


# --- contents written otherwise ---

def rewritten(base, what, all_pages=True):
    """change(edit, page) -> operators, or the bytes of the contents."""
    def keep(change):
        @edited(base, what)
        def of_edit(edit):
            for n in range(1, len(edit.base.pages) + 1):
                page = edit.page(n)
                made = change(edit, page)
                if isinstance(made, bytes):
                    page.held["/Contents"] = edit.add({"/Filter": "/FlateDecode"}, zlib.compress(made))
                elif made is not None:
                    page.ops = made
        return change
    return keep


@rewritten("vu-press", "contents cut into pieces")
def change(edit, page):
    size = len(page.ops) // 4 + 1
    page.held["/Contents"] = [edit.add({}, content(page.ops[i:i + size])) for i in range(0, len(page.ops), size)]


@rewritten("vu-press", "contents without marks of structure")
def change(edit, page):
    return [op for op in page.ops if op[0] not in ("BMC", "BDC", "EMC")]


@rewritten("thanh-press", "numbers and strings spelt otherwise")
def change(edit, page):
    def spelt(value):
        if isinstance(value, float):
            return (b"+" if value > 0 else b"") + number(value) + (b"00" if value != int(value) else b".0")
        if isinstance(value, bytes):
            return b"(" + b"".join(b"\\%03o" % byte for byte in value) + b")"
        if isinstance(value, list):
            return b"[ " + b"\n".join(map(spelt, value)) + b" ]"
        return operand(value)
    return b"% another hand\n" + b"\r\n".join(b"\t".join([*map(spelt, operands), operator.encode()]) for operator, operands in page.ops)


def absolute(page, show):
    """A show in a text object and a state of its own."""
    state = show.state
    return [("q", []), *([("gs", state["gs"])] if state["gs"] else []), *colors(page, state), ("BT", []), ("Tf", [state["font"], state["size"]]),
            ("Tc", [state["Tc"]]), ("Tz", [state["Tz"]]), ("Ts", [state["Ts"]]), ("Tr", [state["Tr"]]), ("Tm", list(show.matrix))]


def colors(page, state):
    """What sets the fill's and the stroke's colour: of a Separation its space too."""
    ops = []
    spaces = page.pdf.value(page.pdf.get(page.held, "/Resources", "/ColorSpace") or {})
    for (operator, operands), space in ((state["fill"], "cs"), (state["stroke"], "CS")):
        if operator.lower() == "scn":
            ops.append((space, [next(iter(spaces))]))
        ops.append((operator, operands))
    return ops


@rewritten("thanh-screen", "each line in a text object of its own, placed by Tm")
def change(edit, page):
    made = list(page.ops)
    for show in reversed(page.shows):
        made[show.index:show.index + 1] = [("Tm", list(show.matrix)), page.ops[show.index]]
    # What moved by Td moves from where the line began: Tm stands before each show, so that no Td counts.
    return made


@rewritten("thanh-press", "each glyph shown and placed by itself")
def change(edit, page):
    made = list(page.ops)
    for show in reversed(page.shows):
        a, b, c, d, e, f = show.matrix
        ops = []
        for at, _, x0, _, _ in show.glyphs:
            ops += [("Tm", [a, b, c, d, x0, f]), ("Tj", [show.atoms[at][1]])]
        made[show.index:show.index + 1] = [*ops, ("Tm", list(show.matrix))]
    return made


@rewritten("thanh-press", "each word shown by itself, without spaces")
def change(edit, page):
    made = list(page.ops)
    for show in reversed(page.shows):
        a, b, c, d, e, f = show.matrix
        ops = []
        for word in (w for w in page.words if w.show is show):
            begin, end = word.atoms
            ops += [("Tm", [a, b, c, d, show.glyphs[word.begin][2], f]), *shown(show.atoms[begin:end])]
        made[show.index:show.index + 1] = [*ops, ("Tm", list(show.matrix))]
    return made


@rewritten("vu-press", "places rounded to 0.01 pt")
def change(edit, page):
    made = list(page.ops)
    for show in reversed(page.shows):
        made[show.index:show.index + 1] = [("Tm", [*show.matrix[:4], round(show.matrix[4], 2), round(show.matrix[5], 2)]), page.ops[show.index]]
    return [("re", [round(v, 2) for v in operands]) if operator == "re" else (operator, operands) for operator, operands in made]


def is_on_its_own(page):
    """Nothing but shows and filled rectangles, and no clip: what can be painted in another order."""
    return all(t.kind == "rectangle" for t in page.things) and not any(operator in ("Do", "W") for operator, _ in page.ops)


@rewritten("vu-screen", "areas first, then the words from the foot up")
def change(edit, page):
    if not is_on_its_own(page):
        return None
    made = []
    for thing in page.things:
        gs = thing.state["gs"]
        made += [("q", []), *([("gs", gs)] if gs else []), *colors(page, thing.state), *page.ops[thing.begin:thing.end], ("Q", [])]
    for show in reversed(page.shows):
        made += [*absolute(page, show), page.ops[show.index], ("ET", []), ("Q", [])]
    assert made
    return made


@rewritten("vu-press", "rules drawn as strokes")
def change(edit, page):
    made = list(page.ops)
    for thing in reversed(page.things):
        if thing.kind != "rectangle" or thing.box[3] - thing.box[1] > 1.0 or thing.state["fill"][0] != "k":
            continue
        x, y, width, height = page.ops[thing.begin][1]
        stroke = [("q", []), ("K", thing.state["fill"][1]), ("w", [height]), ("m", [x, y + height / 2]), ("l", [x + width, y + height / 2]), ("S", []), ("Q", [])]
        made[thing.begin:thing.end] = stroke
    return made


@rewritten("vu-press", "rectangles drawn line by line")
def change(edit, page):
    made = list(page.ops)
    for thing in reversed(page.things):
        if thing.kind != "rectangle":
            continue
        x, y, width, height = page.ops[thing.begin][1]
        made[thing.begin:thing.begin + 1] = [("m", [x, y]), ("l", [x + width, y]), ("l", [x + width, y + height]), ("l", [x, y + height]), ("h", [])]
    return made


@rewritten("vu-press", "DeviceCMYK by cs and scn")
def change(edit, page):
    made = []
    for operator, operands in page.ops:
        if operator in ("k", "K"):
            made += [("cs" if operator == "k" else "CS", ["/DeviceCMYK"]), ("scn" if operator == "k" else "SCN", operands)]
        else:
            made.append((operator, operands))
    return made


@rewritten("thanh-screen", "each page's contents in a form")
def change(edit, page):
    held = {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": page.held["/MediaBox"], "/Resources": page.held["/Resources"]}
    form = edit.add(held, content(page.ops))
    page.held["/Resources"] = {"/XObject": {"/Whole": form}}
    return content([("q", []), ("Do", ["/Whole"]), ("Q", [])])


@rewritten("thanh-press", "the page's space begins elsewhere")
def change(edit, page):
    for key in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
        x0, y0, x1, y1 = page.held[key]
        page.held[key] = [x0 + 100, y0 - 200, x1 + 100, y1 - 200]
    return [("q", []), ("cm", [1, 0, 0, 1, 100, -200]), *page.ops, ("Q", [])]


@rewritten("thanh-screen", "white paper painted first")
def change(edit, page):
    x0, y0, x1, y1 = page.held["/MediaBox"]
    return [("q", []), ("k", [0, 0, 0, 0]), ("re", [x0, y0, x1 - x0, y1 - y0]), ("f", []), ("Q", []), *page.ops]


@rewritten("thanh-screen", "a clip as large as the page")
def change(edit, page):
    x0, y0, x1, y1 = page.held["/MediaBox"]
    return [("q", []), ("re", [x0, y0, x1 - x0, y1 - y0]), ("W", []), ("n", []), *page.ops, ("Q", [])]


# --- other producers of the same page ---

@harmless("thanh-screen", "Ghostscript's pdfwrite, inks and pictures as they are", needs="gs")
def make(sample, folder, out):
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=LeaveColorUnchanged", "-dAutoFilterColorImages=false",
        "-dAutoFilterGrayImages=false", "-dColorImageFilter=/FlateEncode", "-dGrayImageFilter=/FlateEncode", "-dDownsampleColorImages=false",
        "-dDownsampleGrayImages=false", "-dDownsampleMonoImages=false", "-dPreserveOverprintSettings=true", f"-sOutputFile={out}", sample.path)


@harmless("thanh-screen", "cairo, of a file and of one written otherwise", needs="pdftocairo")
def make(sample, folder, out):
    other = folder / "for-cairo.pdf"
    run("qpdf", "--deterministic-id", "--qdf", sample.path, other)
    run("pdftocairo", "-pdf", sample.path, folder / "cairo-sample.pdf")
    run("pdftocairo", "-pdf", other, out)
    return folder / "cairo-sample.pdf"


@harmless("thanh-press", "a copy")
def make(sample, folder, out):
    shutil.copyfile(sample.path, out)
