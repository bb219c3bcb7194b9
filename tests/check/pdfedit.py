"""Edits PDFs for tests: their contents by operator, words by their letters, and any object. What is changed is appended to the file
as an update, so that the rest of it stays as it was, byte for byte.

Places are in points from the top left corner of a page's trim box, y downwards, as in bantin-check's reports; they are worked out
here anew, so that what the program finds is held against something else than itself.
"""
import copy, pathlib, re, sys, zlib

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
import faces, reader  # noqa: E402
from content import IDENTITY, PAINT, apply, box_of, operators, through, times  # noqa: E402,F401

MM = 72 / 25.4
NAME_SAFE = re.compile(rb"[^!-~]|[#/%()<>\[\]{}]")


# --- writing ---

def name(text):
    return b"/" + NAME_SAFE.sub(lambda m: b"#%02X" % m[0][0], text[1:].encode("utf-8"))


def number(value):
    return b"%d" % value if value == int(value) else f"{value:.8f}".rstrip("0").encode()


def operand(value):
    """As contents have it."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, bytes):
        return b"<" + value.hex().encode() + b">"
    if isinstance(value, str):
        return name(value)
    if isinstance(value, dict):
        return b"<<" + b" ".join(name(key) + b" " + operand(part) for key, part in value.items()) + b">>"
    return b"[" + b" ".join(map(operand, value)) + b"]"


def content(ops):
    return b"\n".join(b" ".join([*map(operand, operands), operator.encode("latin-1")]) for operator, operands in ops) + b"\n"


def of_qpdf(value):
    """A value of qpdf's JSON as a file has it."""
    if isinstance(value, str):
        if reader.REFERENCE.fullmatch(value):
            return value.encode()
        if value.startswith("u:"):
            return b"<feff" + value[2:].encode("utf-16-be").hex().encode() + b">"
        if value.startswith("b:"):
            return b"<" + value[2:].encode() + b">"
        return name(value)
    if isinstance(value, dict):
        return b"<<" + b" ".join(name(key) + b" " + of_qpdf(part) for key, part in value.items()) + b">>"
    if isinstance(value, list):
        return b"[" + b" ".join(map(of_qpdf, value)) + b"]"
    return operand(value)


# --- what stands on a page ---

class Face(faces.Font):
    """A font of one-byte codes has its widths and texts as well."""
    @property
    def n_bytes(self):
        return 2 if self.kind == "/Type0" else 1

    def width(self, code):
        if self.is_wide:
            return super().width(code)
        i = code - self.held.get("/FirstChar", 0)
        return self.simple_widths[i] / 1000 if 0 <= i < len(self.simple_widths) else 0.0

    def code(self, text):
        """The bytes that show a letter; None where it has none."""
        return next((code.to_bytes(self.n_bytes, "big") for code, of in self.texts.items() if of == text), None)


class Show:
    """One operator that shows text. atoms: its glyphs, as (True, the bytes of the code), and adjustments, as (False, number)."""
    def __init__(self, index, state, atoms, at, matrix, mark):
        self.index, self.state, self.atoms, self.at, self.matrix, self.mark = index, state, atoms, at, matrix, mark
        self.glyphs = []  # (atom, text, x0, x1), x along the baseline in points of the page's own space

    @property
    def text(self):
        return "".join(glyph[1] for glyph in self.glyphs)


class Word:
    """Glyphs begin to end of a show. box: in places."""
    def __init__(self, show, begin, end, box, baseline):
        self.show, self.begin, self.end, self.box, self.baseline = show, begin, end, box, baseline

    @property
    def text(self):
        return "".join(glyph[1] for glyph in self.show.glyphs[self.begin:self.end])

    @property
    def atoms(self):
        """The atoms from the first glyph to the last."""
        return self.show.glyphs[self.begin][0], self.show.glyphs[self.end - 1][0] + 1

    def __repr__(self):
        return f"{self.text!r} {tuple(round(v, 2) for v in self.box)}"


class Thing:
    """A picture, or a path that is painted. begin, end: its operators, the painting one last; box in places."""
    def __init__(self, kind, begin, end, box, state, mark):
        self.kind, self.begin, self.end, self.box, self.state, self.mark = kind, begin, end, box, state, mark

    def __repr__(self):
        return f"{self.kind} {self.begin}-{self.end} {tuple(round(v, 2) for v in self.box)} {self.state['fill']}"


START = {"fill": ("g", [0.0]), "stroke": ("G", [0.0]), "gs": [], "width": 1.0, "ctm": IDENTITY, "font": None, "size": 0.0, "clip": None,
         "Tc": 0.0, "Tw": 0.0, "Tz": 100.0, "Ts": 0.0, "Tr": 0.0, "TL": 0.0}
PATHS = ("m", "l", "c", "v", "y", "re", "h")


class Page:
    """A page's operators, and what they paint: shows, words, things. After a change of ops: look()."""

    def __init__(self, pdf, held):
        self.pdf, self.held = pdf, held
        self.ops = list(operators(pdf.page_data(held)))
        self.trim = held.get("/TrimBox") or held.get("/CropBox") or held["/MediaBox"]
        self.look()

    def place(self, box):
        """A box of the page's own space as a place."""
        return box[0] - self.trim[0], self.trim[3] - box[3], box[2] - self.trim[0], self.trim[3] - box[1]

    def font(self, resource):
        reference = self.pdf.get(self.held, "/Resources", "/Font")[resource]
        if reference not in self.pdf.faces:
            face = self.pdf.faces[reference] = Face(self.pdf, reference)
            face.simple_widths = self.pdf.value(face.held.get("/Widths")) or []
        return self.pdf.faces[reference]

    def resource(self, kind, key):
        return self.pdf.get(self.held, "/Resources", kind)[key]

    def look(self):
        self.shows, self.things = [], []
        self.state, self.saved, self.marks = dict(START), [], []
        self.path, self.path_begin = [], None
        for index, (operator, operands) in enumerate(self.ops):
            self.step(index, operator, operands)
        self.words = [word for show in self.shows for word in self.words_of(show)]

    def step(self, index, operator, operands):
        state = self.state
        if operator == "q":
            self.saved.append((dict(state), index))
        elif operator == "Q":
            self.state = self.saved.pop()[0]
        elif operator == "cm":
            state["ctm"] = times(tuple(operands), state["ctm"])
        elif operator in ("g", "rg", "k", "sc", "scn", "cs"):
            state["fill"] = (operator, operands)
        elif operator in ("G", "RG", "K", "SC", "SCN", "CS"):
            state["stroke"] = (operator, operands)
        elif operator == "gs":
            state["gs"] = operands
        elif operator == "w":
            state["width"] = operands[0]
        elif operator in ("BMC", "BDC"):
            self.marks.append((index, operands))
        elif operator == "EMC":
            self.marks.pop()
        elif operator in PATHS:
            self.extend(index, operator, operands)
        elif operator in PAINT:
            self.paint(index, operator)
        elif operator == "Do":
            self.picture(index, operands[0])
        else:
            self.text_step(index, operator, operands)

    def extend(self, index, operator, operands):
        if not self.path:
            self.path_begin = index
        if operator == "re":
            x, y, width, height = operands
            self.path += [apply(self.state["ctm"], *p) for p in ((x, y), (x + width, y + height))]
        else:
            self.path += [apply(self.state["ctm"], *operands[i:i + 2]) for i in range(0, len(operands), 2)]

    def paint(self, index, operator):
        if PAINT[operator]:
            box = box_of(self.path)
            if "s" in PAINT[operator]:
                half = self.state["width"] / 2
                flat, thin = box[3] - box[1] < 1e-6, box[2] - box[0] < 1e-6
                box = (box[0] - half * (not flat), box[1] - half * (not thin), box[2] + half * (not flat), box[3] + half * (not thin))
            kind = "stroke" if PAINT[operator] == "s" else "rectangle" if [o for o, _ in self.ops[self.path_begin:index]] == ["re"] else "shape"
            self.things.append(Thing(kind, self.path_begin, index + 1, self.place(box), dict(self.state), self.mark()))
        elif any(o == "W" for o, _ in self.ops[self.path_begin:index]):
            self.state["clip"] = box_of(self.path)
        self.path = []

    def picture(self, index, resource):
        held = self.pdf.value(self.resource("/XObject", resource))
        if held.get("/Subtype") != "/Image":
            return
        box = through(self.state["ctm"], (0, 0, 1, 1))
        clip = self.state["clip"]
        seen = box if not clip else (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        begin = self.saved[-1][1] if self.saved else index
        thing = Thing("picture", begin, index + 1, self.place(seen), dict(self.state), self.mark())
        thing.at, thing.resource = index, resource
        self.things.append(thing)

    def mark(self):
        return self.marks[-1] if self.marks else None

    # --- text ---

    def text_step(self, index, operator, operands):
        state = self.state
        if operator == "BT":
            self.text = self.line = IDENTITY
        elif operator == "Tf":
            state["font"], state["size"] = operands[0], operands[1]
        elif operator in ("Tc", "Tw", "Tz", "Ts", "Tr", "TL"):
            state[operator] = operands[0]
        elif operator in ("Td", "TD"):
            state["TL"] = -operands[1] if operator == "TD" else state["TL"]
            self.text = self.line = times((1, 0, 0, 1, *operands), self.line)
        elif operator == "T*":
            self.text = self.line = times((1, 0, 0, 1, 0, -state["TL"]), self.line)
        elif operator == "Tm":
            self.text = self.line = tuple(operands)
        elif operator in ("Tj", "TJ"):
            self.show(index, operands[0] if operator == "TJ" else [operands[0]])

    def show(self, index, parts):
        state, font = self.state, self.font(self.state["font"])
        show = Show(index, dict(state), [], self.text == self.line, times(self.text, state["ctm"]), self.mark())
        for part in parts:
            if isinstance(part, bytes):
                for code in font.codes(part):
                    show.atoms.append((True, code.to_bytes(font.n_bytes, "big")))
                    spacing = state["Tc"] + (state["Tw"] if font.n_bytes == 1 and code == 32 else 0.0)
                    advance = (font.width(code) * state["size"] + spacing) * state["Tz"] / 100
                    x0 = apply(times(self.text, state["ctm"]), 0, state["Ts"])
                    self.text = times((1, 0, 0, 1, advance, 0), self.text)
                    x1 = apply(times(self.text, state["ctm"]), 0, state["Ts"])
                    show.glyphs.append((len(show.atoms) - 1, font.texts.get(code, "\ufffd"), x0[0], x1[0], x0[1]))
            else:
                show.atoms.append((False, part))
                self.text = times((1, 0, 0, 1, -part / 1000 * state["size"] * state["Tz"] / 100, 0), self.text)
        self.shows.append(show)

    def words_of(self, show):
        font, begin, words = self.font(show.state["font"]), None, []
        scale = abs(show.matrix[0] * show.matrix[3] - show.matrix[1] * show.matrix[2]) ** 0.5
        up, down = (self.pdf.value(font.descriptor.get(key, default)) / 1000 * show.state["size"] * scale
                    for key, default in (("/Ascent", 900), ("/Descent", -200)))
        for i in range(len(show.glyphs) + 1):
            is_space = i == len(show.glyphs) or not show.glyphs[i][1].strip("\u00a0 ")
            if is_space and begin is not None:
                first, last = show.glyphs[begin], show.glyphs[i - 1]
                end = last[3] - show.state["Tc"] * show.state["Tz"] / 100 * scale  # what spaces letters is no part of the last one
                words.append(Word(show, begin, i, self.place((first[2], first[4] + down, end, first[4] + up)), self.trim[3] - first[4]))
                begin = None
            elif not is_space and begin is None:
                begin = i
        return words

    def code_of(self, show, letter):
        return self.font(show.state["font"]).code(letter)

    def advance(self, show, atoms):
        """By how much atoms move on, in points of text space."""
        state, font = show.state, self.font(show.state["font"])
        return sum((font.width(int.from_bytes(value, "big")) * state["size"] + state["Tc"]) if is_glyph else -value / 1000 * state["size"]
                   for is_glyph, value in atoms) * state["Tz"] / 100

    # --- changes ---

    def replace(self, begin, end, ops):
        self.ops[begin:end] = ops

    def split(self, show, begin, end, make):
        """The atoms begin to end of a show are shown by what make(atoms) returns; the rest stays as it was written."""
        before, middle, after = show.atoms[:begin], show.atoms[begin:end], show.atoms[end:]
        self.replace(show.index, show.index + 1, [*shown(before), *make(middle), *shown(after)])


def shown(atoms):
    """Operators that show atoms."""
    parts = []
    for is_glyph, value in atoms:
        if not is_glyph:
            parts.append(value)
        elif parts and isinstance(parts[-1], bytes):
            parts[-1] += value
        else:
            parts.append(value)
    return [("TJ", [parts])] if parts else []


# --- files ---

class Base(reader.Pdf):
    """A file to be edited, with its pages looked at once. The file has a plain cross-reference table."""

    def __init__(self, path):
        super().__init__(path)
        self.faces, self.looked = {}, {}
        self.raw = pathlib.Path(path).read_bytes()
        self.references = [page["object"] for page in self.whole["pages"]]
        for held in self.pages:  # what pages inherit is written on each, for whoever looks at them
            for key in ("/MediaBox", "/CropBox", "/Resources", "/Rotate"):
                parent = self.value(held.get("/Parent"))
                while key not in held and isinstance(parent, dict):
                    if key in parent:
                        held[key] = parent[key]
                    parent = self.value(parent.get("/Parent"))

    def page(self, n):
        """Page n, from 1, as it was when it was first looked at."""
        if n not in self.looked:
            self.looked[n] = Page(self, self.pages[n - 1])
        return self.looked[n]


class Edit:
    """Changes of a Base, which stays as it is. value(), get(), stream(): as they are now."""

    def __init__(self, base):
        self.base, self.changed, self.pages, self.trailer = base, {}, {}, {}
        self.n_objects = base.head["maxobjectid"]

    def page(self, n):
        """A page whose operators can be changed."""
        if n not in self.pages:
            page = copy.copy(self.base.page(n))
            page.ops, page.held = list(page.ops), copy.deepcopy(page.held)
            self.pages[n] = page
        return self.pages[n]

    def set(self, reference, value, data=None):
        """An object anew; data: it is a stream."""
        self.changed[reference] = (value, data)

    def add(self, value, data=None):
        self.n_objects += 1
        reference = f"{self.n_objects} 0 R"
        self.set(reference, value, data)
        return reference

    def copied(self, reference):
        """A copy of an object that is no stream, to be changed and set."""
        if reference in self.changed:
            return self.changed[reference][0]
        return copy.deepcopy(self.base.value(reference))

    def add_resource(self, n, kind, key, value):
        resources = self.own_resources(n)
        resources[kind] = dict(self.base.value(resources.get(kind)) or {})
        resources[kind][key] = value

    def own_resources(self, n):
        held = self.page(n).held
        held["/Resources"] = dict(self.base.value(held["/Resources"]))
        return held["/Resources"]

    def finish_pages(self):
        for n, page in self.pages.items():
            if page.ops != self.base.page(n).ops:
                page.held["/Contents"] = self.add({"/Filter": "/FlateDecode"}, zlib.compress(content(page.ops), 6))
            if page.held != self.base.pages[n - 1]:
                self.set(self.base.references[n - 1], page.held)

    def write(self, path):
        self.finish_pages()
        assert self.changed or self.trailer, "nothing was changed"
        out, offsets = bytearray(self.base.raw), {}
        if not out.endswith(b"\n"):
            out += b"\n"
        for reference, (value, data) in self.changed.items():
            offsets[int(reference.split()[0])] = len(out)
            out += reference.replace("R", "obj\n").encode()
            if data is not None:
                value = {**value, "/Length": len(data)}
            out += of_qpdf(value)
            if data is not None:
                out += b"\nstream\n" + data + b"\nendstream"
            out += b"\nendobj\n"
        table = len(out)
        out += b"xref\n0 1\n0000000000 65535 f \n"
        for at, offset in sorted(offsets.items()):
            out += b"%d 1\n%010d 00000 n \n" % (at, offset)
        trailer = {**self.base.entries["trailer"]["value"], **self.trailer, "/Size": self.n_objects + 1,
                   "/Prev": int(re.findall(rb"startxref\s+(\d+)", self.base.raw)[-1])}
        out += b"trailer\n" + of_qpdf(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % table
        pathlib.Path(path).write_bytes(out)
