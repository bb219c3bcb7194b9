"""Mutants of what is drawn: pictures, rules, areas, and what only pixels can show."""
import io, zlib

import numpy
from PIL import Image

from mutants import BLACK, MM, RICH, Found, draw, mutant, re_of, rectangle, repaint, set_re, shifted, thing, word
from pdfedit import content, operators, reader

ACCENT, TINT = [0.2, 1.0, 0.2, 0.12], [0.018, 0.09, 0.018, 0.0108]


# --- pictures: of a screen's file, which are smaller ---

def picture(page):
    return next(t for t in page.things if t.kind == "picture")


def samples(edit, reference):
    """(dictionary, rows of pixels of 8 bits) of a picture."""
    stream = edit.base.stream(reference)
    held, (data, left) = dict(stream["dict"]), reader.inflated(stream)
    if left:
        return held, numpy.asarray(Image.open(io.BytesIO(data)))
    data = reader.without_predictor(data, held.get("/DecodeParms"))
    return held, numpy.frombuffer(data, numpy.uint8).reshape(held["/Height"], held["/Width"], -1)


def set_samples(edit, n, found, pixels, space=None):
    """The picture anew on that page only, without loss."""
    held, _ = samples(edit, edit.page(n).resource("/XObject", found.resource))
    held = {key: value for key, value in held.items() if key not in ("/Filter", "/DecodeParms", "/Length")}
    held |= {"/Height": pixels.shape[0], "/Width": pixels.shape[1], "/Filter": "/FlateDecode"}
    if space:
        held["/ColorSpace"] = space
    edit.add_resource(n, "/XObject", found.resource, edit.add(held, zlib.compress(numpy.ascontiguousarray(pixels).tobytes(), 1)))


def repictured(kinds, what, how, base="thanh-screen", n=3):
    """how: of pixels to pixels, or to (pixels, space)."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = picture(page)
        made = how(samples(edit, page.resource("/XObject", found.resource))[1])
        set_samples(edit, n, found, *(made if isinstance(made, tuple) else (made,)))
        return Found(n, ours=found.box)


def halved(pixels):
    height, width = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
    parts = pixels[:height, :width].astype(numpy.uint16)
    return ((parts[::2, ::2] + parts[1::2, ::2] + parts[::2, 1::2] + parts[1::2, 1::2] + 2) // 4).astype(numpy.uint8)


def retouched(pixels):
    made = pixels.copy()
    height, width = made.shape[0] // 6, made.shape[1] // 6
    made[height:2 * height, width:2 * width] = made[3 * height:4 * height, 3 * width:4 * width]
    return made


def warmer(pixels):
    made = pixels.astype(numpy.int16)
    made[..., 0] += 20
    return made.clip(0, 255).astype(numpy.uint8)


repictured("picture-content", "a picture swapped for another of its size", lambda pixels: numpy.roll(255 - pixels, pixels.shape[0] // 3, 0))
repictured("picture-ppi", "a picture at half the ppi", halved)
repictured("picture-content", "a picture retouched", retouched)
repictured("picture-content", "a picture in a warmer colour", warmer)
repictured("picture-color", "a picture in gray", lambda pixels: (pixels[..., 1].copy(), "/DeviceGray"))
repictured("picture-content", "the other picture upside down", lambda pixels: pixels[::-1], n=4)
repictured("picture-ppi", "a press file's picture at half the ppi", halved, base="thanh-press")


def placed(kinds, what, change_ops, base="thanh-screen", n=3):
    """change_ops(cm, clip) -> cm, clip: of the picture's matrix and the rectangle that it is clipped to."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = picture(page)
        at = next(i for i in range(found.begin, found.end) if page.ops[i][0] == "cm")
        clip_at, clip = re_of(page, found)
        page.ops[at], page.ops[clip_at] = (lambda made: (("cm", made[0]), ("re", made[1])))(change_ops(list(page.ops[at][1]), clip))
        page.look()
        return Found(n, ours=picture(page).box, sample=found.box)


def by(right, down):
    return lambda cm, clip: ([*cm[:4], cm[4] + right, cm[5] - down], [clip[0] + right, clip[1] - down, *clip[2:]])


placed("picture-moved", "a picture 0.3 pt to the right", by(0.3, 0.0))
placed("picture-moved", "a picture 1 mm up", by(0.0, -MM), n=4)
placed("picture-moved", "a press file's picture 0.3 pt down", by(0.0, 0.3), base="thanh-press", n=4)
placed("", "a picture 0.1 pt to the right", by(0.1, 0.0))
placed("picture-crop", "a picture cropped by 5 mm at the right", lambda cm, clip: (cm, [clip[0], clip[1], clip[2] - 5 * MM, clip[3]]))
placed("picture-crop", "a picture cropped by 1 mm at the top", lambda cm, clip: (cm, [clip[0], clip[1], clip[2], clip[3] - MM]), n=4)
placed("picture-content", "a picture flipped", lambda cm, clip: ([-cm[0], *cm[1:4], cm[4] + cm[0], cm[5]], clip))
placed("picture-size", "a picture 2 % larger from its corner",
       lambda cm, clip: ([cm[0] * 1.02, 0, 0, cm[3] * 1.02, cm[4] - 0.02 * (clip[0] - cm[4]), cm[5] - 0.02 * (clip[1] - cm[5])],
                         [clip[0], clip[1], clip[2] * 1.02, clip[3] * 1.02]))


@mutant("thanh-screen", "picture-gone", "a picture less")
def change(edit):
    page = edit.page(3)
    found = picture(page)
    page.ops[found.at:found.at + 1] = []
    return Found(3, sample=found.box)


@mutant("thanh-screen", "picture-new", "a picture more")
def change(edit):
    page = edit.page(2)
    other = edit.page(3)
    edit.add_resource(2, "/XObject", "/More", other.resource("/XObject", picture(other).resource))
    draw(page, [("cm", [60.0, 0, 0, 30.0, page.trim[0] + 200.0, page.trim[3] - 40.0]), ("Do", ["/More"])])
    return Found(2, ours=(200.0, 10.0, 260.0, 40.0))


# --- rules and areas ---

def sided(base, kinds, what, n, kind, x, y, **by):
    """The sides of a rectangle moved outwards [pt]."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = thing(page, kind, x, y)
        return Found(n, ours=set_re(page, found, **by), sample=found.box)


HEAD = ("vu-press", 1, "rectangle", 51.02, 138.67)  # the masthead's rule, 0.6 pt of black


def of_rule(kinds, what, **by):
    sided(HEAD[0], kinds, what, *HEAD[1:], **by)


of_rule("rule-thickness", "a rule 0.1 pt thicker", top=0.05, bottom=0.05)
of_rule("rule-thickness", "a rule 0.1 pt thinner", bottom=-0.1)
of_rule("rule-length", "a rule 1 mm shorter", right=-MM)
of_rule("rule-length", "a rule 0.5 pt longer at both ends", left=0.5, right=0.5)
of_rule("rule-moved", "a rule 0.3 pt down", top=-0.3, bottom=0.3)
of_rule("rule-moved", "a rule 0.5 mm to the left", left=0.5 * MM, right=-0.5 * MM)
of_rule("", "a rule 0.02 pt thicker", top=0.02)
of_rule("", "a rule 0.1 pt shorter", right=-0.1)
sided("vu-press", "rule-moved", "a rule of a table 0.4 pt down", 5, "rectangle", 51.02, 149.28, top=-0.4, bottom=0.4)
sided("vu-press", "area-size", "a chart's bar 1 mm longer", 6, "rectangle", 104.07, 299.42, right=MM)
sided("vu-press", "area-size", "a tinted box 0.5 pt higher", 1, "rectangle", 280.63, 178.32, bottom=0.5)
sided("vu-press", "area-moved", "a label's area 0.3 pt to the right", 1, "rectangle", 147.54, 385.11, left=-0.3, right=0.3)
sided("vu-screen", "area-moved", "a table row's tint 0.5 pt up", 5, "rectangle", 51.02, 136.28, top=0.5, bottom=-0.5)
sided("vu-press", "", "a label's area 0.1 pt to the right", 1, "rectangle", 147.54, 385.11, left=-0.1, right=0.1)


def recolored(base, kinds, what, n, kind, x, y, *op):
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = thing(page, kind, x, y)
        repaint(page, found, op)
        return Found(n, ours=found.box)


recolored("vu-press", "rule-color", "a rule in 50 % black", 1, "rectangle", 51.02, 138.67, "k", [0, 0, 0, 0.5])
recolored("vu-press", "rule-color", "a rule in gray black", 1, "rectangle", 51.02, 138.67, "g", [0.0])
recolored("vu-press", "area-color", "a table row's tint doubled", 5, "rectangle", 51.02, 136.28, "k", [0.036, 0.18, 0.036, 0.0216])
recolored("vu-press", "area-color", "a chart's bar in cyan", 6, "rectangle", 111.26, 318.26, "k", [1, 0, 0, 0])
recolored("vu-screen", "area-color", "a label in RGB", 1, "rectangle", 147.54, 385.11, "rg", [0.6, 0, 0.4])
recolored("vu-press", "", "a table row's tint of 1 % more", 5, "rectangle", 51.02, 136.28, "k", [0.028, 0.1, 0.028, 0.0208])


def dropped(base, kinds, what, n, kind, x, y):
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = thing(page, kind, x, y)
        page.replace(found.begin, found.end, [])
        return Found(n, sample=found.box)


dropped("vu-press", "rule-gone", "a rule less", 1, "rectangle", 51.02, 155.69)
dropped("vu-screen", "rule-gone", "a table's rule less", 5, "rectangle", 51.02, 227.28)
dropped("vu-press", "area-gone", "a table row's tint less", 5, "rectangle", 51.02, 188.28)
dropped("vu-press", "area-gone", "a point of a chart less", 5, "shape", 156.54, 396.96)


def added(base, kinds, what, n, color, box, *ops):
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        draw(page, [color, *(ops or [("re", rectangle(page, box[0], box[1], box[2] - box[0], box[3] - box[1])), ("f", [])])])
        return Found(n, ours=box)


added("vu-press", "rule-new", "a rule more", 2, ("k", BLACK), (51.0, 20.0, 151.0, 20.5))
added("vu-press", "area-new", "an area more", 2, ("k", TINT), (51.0, 8.0, 111.0, 28.0))


@mutant("vu-press", "area-new", "a white area over a word")
def change(edit):
    page = edit.page(2)
    x0, y0, x1, y1 = word(page, "xưởng").box
    draw(page, [("k", [0, 0, 0, 0]), ("re", rectangle(page, x0, y0, x1 - x0, y1 - y0)), ("f", [])])
    return Found(2, ours=(x0, y0, x1, y1))


@mutant("vu-press", "rule-thickness area-size", "a line of a chart 0.1 pt thicker")
def change(edit):
    page = edit.page(5)
    found = thing(page, "stroke", 60.02, 440.71)
    at = max(i for i in range(found.begin) if page.ops[i][0] == "w")
    page.ops[at] = ("w", [found.state["width"] + 0.1])
    return Found(5, ours=(found.box[0], found.box[1] - 0.05, found.box[2], found.box[3] + 0.05))


# --- what only pixels can show ---

PATCH = (60.0, 8.0, 180.0, 28.0)  # in the head's margin of page 4, where nothing stands


def shade(color):
    def add(edit):
        function = {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [0, 0, 0, 0], "/C1": color, "/N": 1}
        shading = {"/ShadingType": 2, "/ColorSpace": "/DeviceCMYK", "/Coords": [0, 0, 1, 0], "/Function": function, "/Extend": [True, True]}
        edit.add_resource(4, "/Shading", "/Fade", shading)
        if not any(operator == "sh" for operator, _ in edit.page(4).ops):
            page = edit.page(4)
            draw(page, [("re", rectangle(page, *PATCH[:2], 120.0, 20.0)), ("W", []), ("n", []),
                        ("cm", [120.0, 0, 0, 20.0, page.trim[0] + 60.0, page.trim[3] - 28.0]), ("sh", ["/Fade"])])
    return add


@mutant("vu-press", "pixels area-color", "a shading's colour", before=shade([0, 0, 1, 0]), options=())
def change(edit):
    shade([0, 0.6, 1, 0])(edit)
    return Found(4, ours=PATCH, within=True)


def tile(color, n=4):
    def add(edit):
        page = edit.page(n)
        cell = {"/Type": "/Pattern", "/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/BBox": [0, 0, 6, 6], "/XStep": 6, "/YStep": 6, "/Resources": {}}
        data = content([("k", color), ("re", [0, 0, 4, 4]), ("f", [])])
        edit.add_resource(n, "/Pattern", "/Tiles", edit.add(cell, data))
        if not any(operands == ["/Tiles"] for _, operands in page.ops):
            draw(page, [("cs", ["/Pattern"]), ("scn", ["/Tiles"]), ("re", rectangle(page, *PATCH[:2], 120.0, 20.0)), ("f", [])])
    return add


@mutant("vu-press", "pixels area-color", "a pattern's colour", before=tile([1, 0, 0, 0]), options=())
def change(edit):
    tile([0, 1, 0, 0])(edit)
    return Found(4, ours=PATCH, within=True)


@mutant("thanh-press", "plate", "a pattern's black made rich, which a screen does not show", before=tile(BLACK, 2), options=("--plates", "--no-pixels", "--pages", "2-2"))
def change(edit):
    """Plates are looked at in dots of a point: a place may be one dot larger."""
    tile(RICH, 2)(edit)
    return Found(2, ours=(PATCH[0] - 1, PATCH[1] - 1, PATCH[2] + 1, PATCH[3] + 1), within=True)


def big_letter(edit, clip=None):
    page = edit.page(4)
    found = word(page, "4")
    font = found.show.state["font"]
    code = found.show.atoms[0][1]
    draw(page, [("k", BLACK), *(clip or []), ("BT", []), ("Tc", [0.0]), ("Tz", [100.0]), ("Tf", [font, 24.0]),
                ("Td", [page.trim[0] + 60.0, page.trim[3] - 30.0]), ("Tj", [code]), ("ET", [])])


@mutant("vu-press", "pixels", "a clip that hides a half of a letter", before=big_letter, options=())
def change(edit):
    page = edit.page(4)
    at = max(i for i, (operator, operands) in enumerate(page.ops) if operator == "BT")
    page.ops[at:at] = [("re", rectangle(page, 60.0, 0.0, 7.0, 40.0)), ("W", []), ("n", [])]
    return Found(4, ours=(66.0, 8.0, 78.0, 32.0), within=True)


@mutant("vu-press", "area-color pixels", "a tinted box made transparent")
def change(edit):
    page = edit.page(1)
    edit.add_resource(1, "/ExtGState", "/Half", {"/ca": 0.5, "/Type": "/ExtGState"})
    edit.add_resource(1, "/ExtGState", "/Whole", {"/ca": 1, "/Type": "/ExtGState"})
    found = thing(page, "rectangle", 147.54, 385.11)
    page.replace(found.begin, found.end, [("gs", ["/Half"]), *page.ops[found.begin:found.end], ("gs", ["/Whole"])])
    return Found(1, ours=found.box)


@mutant("vu-press", "area-color pixels", "a drawing's colour, in its form")
def change(edit):
    page = edit.page(2)
    name = next(operands[0] for operator, operands in page.ops if operator == "Do")
    stream = edit.base.stream(page.resource("/XObject", name))
    ops = list(operators(reader.stream_data(stream)))
    at = next(i for i, (operator, operands) in enumerate(ops) if operator == "k" and operands != BLACK)
    ops[at] = ("k", [0.0, 1.0, 0.0, 0.0])
    held = {key: value for key, value in stream["dict"].items() if key not in ("/Filter", "/Length", "/DecodeParms")}
    edit.add_resource(2, "/XObject", name, edit.add(held, content(ops)))
    return Found(2)
