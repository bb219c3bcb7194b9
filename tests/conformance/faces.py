"""The fonts of a PDF: their programs, widths and texts."""
import io, re

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError


class Font:
    """A font of two-byte codes that are its glyphs' numbers; of any other kind the codes have no boxes and no widths."""

    def __init__(self, pdf, reference):
        self.reference = reference
        held = self.held = pdf.value(reference) or {}
        self.name = held.get("/BaseFont", "/unnamed")[1:]
        self.kind, self.encoding = held.get("/Subtype"), pdf.value(held.get("/Encoding"))
        descendants = pdf.value(held.get("/DescendantFonts")) or [None]
        self.inner = pdf.value(descendants[0]) or {}
        descriptor = self.descriptor = pdf.get(self.inner or held, "/FontDescriptor") or {}
        file = next((descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor), None)
        self.program, self.glyphs, self.known = None, None, {}
        self.has_program = bool(file and pdf.stream(file))
        if self.has_program:
            self.open(pdf.stream_bytes(file))
        self.default_width = pdf.value(self.inner.get("/DW", 1000))
        self.widths = widths_of(pdf, pdf.value(self.inner.get("/W")) or [])
        to_unicode = held.get("/ToUnicode")
        self.texts = texts_of(pdf.stream_bytes(to_unicode)) if pdf.stream(to_unicode) else {}

    @property
    def is_wide(self):
        return self.kind == "/Type0" and self.encoding == "/Identity-H"

    def open(self, data):
        try:
            self.program = TTFont(io.BytesIO(data), lazy=True)
            self.glyphs, self.order = self.program.getGlyphSet(), self.program.getGlyphOrder()
            self.per_em = self.program["head"].unitsPerEm
        except (TTLibError, KeyError, AssertionError, ValueError):
            self.program = self.glyphs = None

    def codes(self, string):
        if not self.is_wide:
            return list(string)
        return [string[i] << 8 | string[i + 1] for i in range(0, len(string) - 1, 2)]

    def has(self, code):
        return bool(self.glyphs) and code < len(self.order)

    def width(self, code):
        """In ems."""
        return self.widths.get(code, self.default_width) / 1000 if self.is_wide else 0.0

    def program_width(self, code):
        return self.program["hmtx"][self.order[code]][0] / self.per_em

    def box(self, code):
        """Of its ink, in ems; None for what has none."""
        if code not in self.known:
            self.known[code] = self.find_box(code) if self.is_wide and self.has(code) else None
        return self.known[code]

    def find_box(self, code):
        pen = BoundsPen(self.glyphs)
        self.glyphs[self.order[code]].draw(pen)
        return tuple(v / self.per_em for v in pen.bounds) if pen.bounds else None


def widths_of(pdf, array):
    found, at = {}, 0
    while at < len(array):
        first, second = array[at], pdf.value(array[at + 1])
        if isinstance(second, list):
            found.update({first + i: pdf.value(width) for i, width in enumerate(second)})
            at += 2
        else:
            found.update({code: array[at + 2] for code in range(first, second + 1)})
            at += 3
    return found


def texts_of(data):
    """{code: text} of a ToUnicode map."""
    found = {}
    utf16 = lambda digits: bytes.fromhex(re.sub(r"\s", "", digits)).decode("utf-16-be", "replace")
    data = data.decode("latin-1")
    for part in re.findall(r"beginbfchar(.*?)endbfchar", data, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", part):
            found[int(code, 16)] = utf16(text)
    for part in re.findall(r"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, text, many in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", part, re.S):
            texts = [utf16(t) for t in re.findall(r"<([0-9A-Fa-f\s]*)>", many)]
            for i, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if many:
                    found[code] = texts[i] if i < len(texts) else ""
                else:
                    found[code] = utf16(text)[:-1] + chr(ord(utf16(text)[-1]) + i)
    return found
