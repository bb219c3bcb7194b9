"""Mutants of what other producers made: they show glyphs one by one, words or lines, in fonts of one or two bytes a code."""
import json, pathlib

from mutants import Found, mutant
from pdfedit import shown

FOREIGN = pathlib.Path(__file__).resolve().parent / "foreign"
# A letter, and what stands instead: those that the letters shown of a face are sure to have.
PAIRS = (("ạ", "á"), ("ộ", "ố"), ("á", "à"), ("à", "á"), ("ồ", "ộ"))


def glyphs_in(page):
    for show in page.shows:
        for glyph in show.glyphs:
            yield show, glyph


def accent(base):
    @mutant(base, "text-changed", f"{base}: a tone mark")
    def change(edit):
        page = edit.page(1)
        middle = page.trim[3] * 0.4
        show, glyph, by = next((show, glyph, page.code_of(show, by)) for was, by in PAIRS for show, glyph in glyphs_in(page)
                               if glyph[1] == was and glyph[4] < middle and page.code_of(show, by))
        at, _, x0, x1, y = glyph
        page.split(show, at, at + 1, lambda _: shown([(True, by)]))
        return Found(1, ours=page.place((x0, y, x1, y + 3.0)), contains=True)


def shifted_page(base, kinds, by):
    @mutant(base, kinds, f"{base}: the second page {by} pt to the right")
    def change(edit):
        page = edit.page(2)
        page.ops = [("q", []), ("cm", [1, 0, 0, 1, by, 0]), *page.ops, ("Q", [])]
        return Found(2, moved=(by, 0.0))


def unpainted(base):
    @mutant(base, "text-color", f"{base}: a page's text in another colour")
    def change(edit):
        page = edit.page(2)
        made = []
        for operator, operands in page.ops:
            if operator == "BT":
                made.append((operator, operands))
                made.append(("rg", [0.0, 0.2, 0.6]))
            elif operator not in ("g", "rg", "k", "cs", "scn", "sc"):
                made.append((operator, operands))
        page.ops = made
        return Found(2)


for name in json.loads((FOREIGN / "known.json").read_text(encoding="utf-8")):
    name = "foreign/" + name.removesuffix(".pdf")
    accent(name)
    shifted_page(name, "text-moved", 0.5)
    shifted_page(name, "", 0.1)
for name in ("foreign/typst-b5-one", "foreign/lualatex-a4-two", "foreign/chromium-a4-two", "foreign/libreoffice-a4-three", "foreign/gs-a4-landscape"):
    unpainted(name)
