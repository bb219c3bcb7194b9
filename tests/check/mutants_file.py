"""Mutants of the file: its pages and their boxes, its fonts, its links."""
import io, zlib

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from mutants import MM, Found, mutant
from pdfedit import content


# --- pages ---

def kids(edit, change):
    """change: of the list of the pages' references."""
    root = edit.base.trailer["/Root"]
    tree = edit.base.value(root)["/Pages"]
    held = edit.copied(tree)
    change(held["/Kids"])
    held["/Count"] = len(held["/Kids"])
    edit.set(tree, held)


def paged(kinds, what, page, change, base="vu-press"):
    @mutant(base, kinds, what)
    def of_edit(edit):
        kids(edit, lambda pages: change(edit, pages))
        return Found(page)


def swap(_, pages):
    pages[3], pages[4] = pages[4], pages[3]


def twice(edit, pages):
    pages.insert(6, edit.add(edit.copied(pages[5])))


def blank(edit, pages):
    held = edit.copied(pages[-1])
    held["/Contents"] = edit.add({}, content([("q", []), ("Q", [])]))
    held.pop("/StructParents", None)
    pages.append(edit.add(held))


def last_first(_, pages):
    pages.insert(0, pages.pop())


paged("page-order", "two pages swapped", (4, 5), swap)
paged("page-order pages", "the last page first", (1, 12, 0), last_first, base="thanh-screen")
paged("pages", "a page less", None, lambda _, pages: pages.pop(6))
paged("pages", "the last page less", None, lambda _, pages: pages.pop(), base="vu-screen")
paged("pages", "a page twice", None, twice)
paged("pages", "an empty page more", None, blank)


# --- boxes ---

def boxed(base, kinds, what, n, **boxes):
    """NAME=(left, foot, right, head): by how much its sides go outwards [pt]."""
    @mutant(base, kinds, what)
    def change(edit):
        held = edit.page(n).held
        for name, (left, foot, right, head) in boxes.items():
            x0, y0, x1, y1 = held.get("/" + name) or held["/CropBox"]
            held["/" + name] = [x0 - left, y0 - foot, x1 + right, y1 + head]
        return Found(n)


boxed("vu-press", "page-box", "the trim 1 mm narrower", 3, TrimBox=(0, 0, -MM, 0))
boxed("vu-press", "page-box", "the trim 1 mm lower at its foot", 3, TrimBox=(0, MM, 0, 0))
boxed("vu-press", "page-box", "1 mm less of bleed", 4, BleedBox=(-MM, -MM, -MM, -MM))
boxed("vu-press", "page-box", "the media and crop 1 mm wider", 5, MediaBox=(0, 0, MM, 0), CropBox=(0, 0, MM, 0))
boxed("vu-press", "page-box", "the crop 1 mm smaller", 6, CropBox=(-MM, -MM, -MM, -MM))
boxed("vu-press", "page-box", "an art box 1 mm within the crop", 7, ArtBox=(-MM, -MM, -MM, -MM))
boxed("thanh-screen", "page-box", "all boxes 1 mm lower", 2, MediaBox=(0, MM, 0, 0), CropBox=(0, MM, 0, 0), TrimBox=(0, MM, 0, 0), BleedBox=(0, MM, 0, 0))
boxed("vu-press", "", "the trim 0.05 pt narrower", 3, TrimBox=(0, 0, -0.05, 0))


@mutant("vu-press", "page-box", "a page turned")
def change(edit):
    edit.page(8).held["/Rotate"] = 90
    return Found(8)


@mutant("vu-screen", "page-box", "a page upside down")
def change(edit):
    edit.page(12).held["/Rotate"] = 180
    return Found(12)


# --- fonts ---

def descriptor(edit, end):
    """The reference of the descriptor of the face whose name ends so."""
    for reference, entry in edit.base.entries.items():
        held = entry.get("value")
        if isinstance(held, dict) and held.get("/Type") == "/FontDescriptor" and held["/FontName"].endswith(end):
            return reference.removeprefix("obj:")
    raise KeyError(end)


def unembedded(base, end):
    @mutant(base, "font-embedded", f"{end} not embedded")
    def change(edit):
        reference = descriptor(edit, end)
        held = edit.copied(reference)
        del held["/FontFile2"]
        edit.set(reference, held)
        return Found(None)


unembedded("vu-press", "NotoSerif-Regular")
unembedded("thanh-screen", "NotoSans-Bold")


@mutant("vu-press", "pixels", "a letter drawn otherwise, in its font", options=())
def change(edit):
    """The letter g of the text's face a tenth lower: the words are the same, and stand where they stood."""
    reference = descriptor(edit, "NotoSerif-Regular")
    file = edit.base.value(reference)["/FontFile2"]
    font = TTFont(io.BytesIO(edit.base.stream_bytes(file)))
    code = edit.page(2).code_of(next(s for s in edit.page(2).shows if edit.page(2).font(s.state["font"]).name.endswith("NotoSerif-Regular")), "g")
    name = font.getGlyphOrder()[int.from_bytes(code, "big")]
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, 0, -font["head"].unitsPerEm // 10)))
    font["glyf"][name] = pen.glyph()
    out = io.BytesIO()
    font.save(out)
    edit.set(file, {"/Filter": "/FlateDecode", "/Length1": len(out.getvalue())}, zlib.compress(out.getvalue()))
    return Found(None)


# --- links: of the screen's files ---

def annotation_box(page, rect):
    return page.place((min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3])))


def linked(kinds, what, change_link, n=1, base="vu-screen"):
    """change_link(edit, page, references) -> Found."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        references = list(edit.base.value(page.held["/Annots"]))
        found = change_link(edit, page, references)
        page.held["/Annots"] = references
        return found


def link_moved(by):
    def change(edit, page, references):
        held = edit.copied(references[3])
        was = annotation_box(page, held["/Rect"])
        held["/Rect"] = [held["/Rect"][0] + by, held["/Rect"][1], held["/Rect"][2] + by, held["/Rect"][3]]
        edit.set(references[3], held)
        return Found(1, ours=annotation_box(page, held["/Rect"]), sample=was)
    return change


def link_gone(edit, page, references):
    return Found(1, sample=annotation_box(page, edit.base.value(references.pop(5))["/Rect"]))


def link_new(edit, page, references):
    box = [page.trim[0] + 100, page.trim[3] - 30, page.trim[0] + 160, page.trim[3] - 10]
    references.append(edit.add({"/Type": "/Annot", "/Subtype": "/Link", "/Rect": box, "/Border": [0, 0, 0], "/F": 4,
                                "/A": {"/S": "/URI", "/URI": "u:https://example.org/"}}))
    return Found(1, ours=annotation_box(page, box))


linked("annotation", "a link 1 mm to the right", link_moved(MM))
linked("annotation", "a link less", link_gone)
linked("annotation", "a link more", link_new)
linked("", "a link 0.1 pt to the right", link_moved(0.1))
