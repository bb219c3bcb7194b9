"""What a page paints: the operators of its contents followed through graphics states, clips and forms, to a list of marks with
their boxes, colours and places."""
import re

import faces

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE = (float("-inf"), float("-inf"), float("inf"), float("inf"))
DEEPEST = 16  # forms within forms
TOKEN = re.compile(rb"[\x00\t\n\f\r ]+|%[^\r\n]*|(<<|>>|[\[\]{}])|(/[^\x00\t\n\f\r ()<>\[\]{}/%]*)|(<[0-9A-Fa-f\x00\t\n\f\r ]*>)"
                   rb"|([-+]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$))|([^\x00\t\n\f\r ()<>\[\]{}/%]+)|(\()")
STRING_PART = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|[\s\S])|[()]|[^\\()]+")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Wrong(Exception):
    """Contents that are no contents."""


# --- tokens ---

def string_at(data, at):
    """(bytes, end) of the string whose parenthesis ends at `at`."""
    parts, depth = [], 1
    while True:
        match = STRING_PART.match(data, at)
        if not match:
            raise Wrong("a string without its end")
        part, at = match[0], match.end()
        if part == b"(":
            depth += 1
        elif part == b")":
            depth -= 1
            if not depth:
                return b"".join(parts), at
        elif part[:1] == b"\\":
            rest = part[1:]
            if rest[:1].isdigit():
                part = bytes([int(rest, 8) & 255])
            else:
                part = b"" if rest[:1] in b"\r\n" else ESCAPES.get(rest, rest)
        parts.append(part)


def name_of(raw):
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw).decode("utf-8", "replace")


def operators(data):
    """(operator, operands): names as str with their slash, strings as bytes, arrays as lists, dictionaries as dicts."""
    operands, open_parts, at = [], [], 0
    while at < len(data):
        match = TOKEN.match(data, at)
        if not match:
            raise Wrong(f"cannot read {data[at:at + 20]!r}")
        at = match.end()
        bracket, name, hexa, number, word, string = match.groups()
        if number:
            operands.append(float(number))
        elif name:
            operands.append(name_of(name))
        elif string:
            value, at = string_at(data, at)
            operands.append(value)
        elif hexa:
            digits = re.sub(rb"\s|\x00", b"", hexa[1:-1])
            operands.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif bracket in (b"[", b"<<"):
            open_parts.append((bracket, operands))
            operands = []
        elif bracket:
            if not open_parts:
                raise Wrong(f"{bracket.decode()} closes nothing")
            began, outer = open_parts.pop()
            if (began == b"[") != (bracket == b"]"):
                raise Wrong("brackets do not match")
            outer.append(operands if began == b"[" else dict(zip(operands[::2], operands[1::2])))
            operands = outer
        elif word in (b"true", b"false", b"null"):
            operands.append({b"true": True, b"false": False, b"null": None}[word])
        elif word == b"BI":
            match = re.compile(rb"\sID\s(.*?)\sEI(?=\s|$)", re.S).search(data, at - 1)
            if not match:
                raise Wrong("an inline picture without its end")
            yield "BI", [data[at:match.start()]]
            at = match.end()
        elif word:
            yield word.decode("latin-1"), operands
            operands = []
    if open_parts or operands:
        raise Wrong("operands without an operator at the end")


# --- boxes and matrices ---

def times(a, b):
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


def apply(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def box_of(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def through(m, box):
    return box_of([apply(m, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])


def common(a, b):
    """What two boxes share; None for nothing. A line's box, without area, is something."""
    box = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def union(boxes):
    boxes = [box for box in boxes if box]
    return box_of([p for box in boxes for p in (box[:2], box[2:])]) if boxes else None


# --- marks ---

class Mark:
    """kind: "text", "fill", "stroke", "image", "shading". box: where its ink can be, in the page's points, clipped; None when
    nothing is seen of it. depth: the forms that it is within. color: (space, values). overprints: (whether, mode).
    tags: [(tag, properties)] around it, outermost first."""
    __slots__ = ("kind", "page", "where", "box", "color", "overprints", "alpha", "blend", "has_mask", "tags", "font", "size", "codes",
                 "thickness", "image", "ppi", "depth")

    def __init__(self, **values):
        for name in self.__slots__:
            setattr(self, name, values.get(name))

    @property
    def is_artifact(self):
        return any(tag == "/Artifact" for tag, _ in self.tags)

    def inks(self, pdf):
        """{ink: how much, 0 to 1}, without those of which there is none; None for what is not in inks, and for pictures."""
        space, values = self.color
        if not values:
            return None
        if space == "/DeviceCMYK":
            found = dict(zip(("Cyan", "Magenta", "Yellow", "Black"), values))
        elif isinstance(space, list) and space[0] == "/Separation":
            found = {space[1][1:]: values[0]}
        elif isinstance(space, list) and space[0] == "/DeviceN":
            found = dict(zip((name[1:] for name in pdf.value(space[1])), values))
        else:
            return None
        return {ink: tint for ink, tint in found.items() if tint}


class State:
    """The graphics state."""
    def __init__(self):
        self.matrix, self.clip = IDENTITY, EVERYWHERE
        self.fill = self.stroke = ("/DeviceGray", [0.0])
        self.width, self.cap = 1.0, 0
        self.font = None
        self.size = self.leading = self.spacing = self.word_spacing = self.rise = 0.0
        self.stretch, self.text_mode = 1.0, 0
        self.overprints = {"fill": False, "stroke": False, "mode": 0}
        self.alpha = {"fill": 1.0, "stroke": 1.0}
        self.blend, self.has_mask = "/Normal", False

    def copy(self):
        made = State.__new__(State)
        made.__dict__.update(self.__dict__)
        made.overprints, made.alpha = dict(self.overprints), dict(self.alpha)
        return made


PATH = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2}
PAINT = {"f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs", "n": ""}
COLORS = {"g": ("/DeviceGray", 1), "rg": ("/DeviceRGB", 3), "k": ("/DeviceCMYK", 4)}
KNOWN = {"BX", "EX", "i", "M", "d", "ri", "MP", "DP", "d0", "d1"}
STARTS = {"/DeviceCMYK": [0.0, 0.0, 0.0, 1.0], "/DeviceGray": [0.0], "/DeviceRGB": [0.0, 0.0, 0.0]}


class Reader:
    """Follows the contents of one page. pdf: reader.Pdf. fonts: {reference: faces.Font}, kept over pages."""

    def __init__(self, pdf, number, page, fonts):
        self.pdf, self.number, self.fonts = pdf, number, fonts
        self.marks, self.faults, self.intents = [], [], []
        self.run(pdf.page_data(page), pdf.get(page, "/Resources") or {}, State(), [], "", 0)

    def fault(self, where, text):
        self.faults.append(f"page {self.number}{where}: {text}")

    def run(self, data, resources, state, tags, where, depth):
        stream = Stream(self, resources, state, tags, where, depth)
        try:
            for operator, operands in operators(data):
                stream.do(operator, operands)
        except (Wrong, IndexError, TypeError, ValueError, KeyError, AttributeError) as error:
            self.fault(where, f"contents, operator {stream.n}: {type(error).__name__} {error}")
        if stream.saved:
            self.fault(where, "q without Q")
        if stream.in_text:
            self.fault(where, "BT without ET")
        if len(stream.tags) != len(tags):
            self.fault(where, "BMC or BDC without EMC")


class Stream:
    """One stream of operators under way."""

    def __init__(self, reader, resources, state, tags, where, depth):
        self.reader, self.pdf, self.resources, self.state = reader, reader.pdf, resources, state
        self.tags, self.where, self.depth = list(tags), where, depth
        self.n_outer_tags = len(tags)
        self.saved, self.n, self.in_text = [], 0, False
        self.segments, self.start, self.at, self.clips = [], None, None, False
        self.text, self.line = IDENTITY, IDENTITY

    def do(self, operator, operands):
        self.n += 1
        method = getattr(self, "do_" + NAMES.get(operator, operator), None)
        if operator in PATH:
            self.extend(operator, operands)
        elif operator in PAINT:
            self.paint(operator)
        elif operator.lower() in COLORS:
            space, n = COLORS[operator.lower()]
            if len(operands) != n:
                raise Wrong(f"{operator} with {len(operands)} operands")
            self.set_color(operator[0].isupper(), (space, operands))
        elif method:
            method(operands)
        elif operator not in KNOWN:
            raise Wrong(f"operator {operator}")
        if operator == "ri":
            self.reader.intents.append(operands[0])

    def resource(self, kind, name):
        """(reference or value, value)."""
        held = self.pdf.get(self.resources, kind) or {}
        if name not in held:
            raise Wrong(f"{name} is not among the resources")
        return held[name], self.pdf.value(held[name])

    # --- state ---

    def do_q(self, _):
        self.saved.append(self.state.copy())

    def do_Q(self, _):
        if not self.saved:
            raise Wrong("Q without q")
        self.state = self.saved.pop()

    def do_cm(self, operands):
        self.state.matrix = times(tuple(operands), self.state.matrix)

    def do_w(self, operands):
        self.state.width = operands[0]

    def do_J(self, operands):
        self.state.cap = operands[0]

    def do_j(self, operands):
        pass

    def do_gs(self, operands):
        _, held = self.resource("/ExtGState", operands[0])
        state, value = self.state, self.pdf.value
        for key, given in held.items():
            given = value(given)
            if key == "/OP":
                state.overprints["stroke"] = given
                if "/op" not in held:
                    state.overprints["fill"] = given
            elif key == "/op":
                state.overprints["fill"] = given
            elif key == "/OPM":
                state.overprints["mode"] = given
            elif key in ("/ca", "/CA"):
                state.alpha["fill" if key == "/ca" else "stroke"] = given
            elif key == "/BM":
                state.blend = value(given[0]) if isinstance(given, list) else given
            elif key == "/SMask":
                state.has_mask = given != "/None"
            elif key == "/LW":
                state.width = given
            elif key == "/LC":
                state.cap = given
            elif key == "/Font":
                self.set_font(given[0], given[1])
            elif key == "/RI":
                self.reader.intents.append(given)

    # --- colour ---

    def set_color(self, is_stroke, color):
        if is_stroke:
            self.state.stroke = color
        else:
            self.state.fill = color

    def set_space(self, is_stroke, name):
        space = name
        if name not in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"):
            space = self.resource("/ColorSpace", name)[1]
        if isinstance(space, list):
            space = [self.pdf.value(space[0]), *space[1:]]
        self.set_color(is_stroke, (space, STARTS.get(space, [1.0]) if isinstance(space, str) else [1.0]))

    def do_cs(self, operands):
        self.set_space(False, operands[0])

    def do_CS(self, operands):
        self.set_space(True, operands[0])

    def do_sc(self, operands):
        self.set_color(False, (self.state.fill[0], operands))

    def do_SC(self, operands):
        self.set_color(True, (self.state.stroke[0], operands))

    # --- tags ---

    def do_BMC(self, operands):
        self.tags.append((operands[0], {}))

    def do_BDC(self, operands):
        properties = operands[1]
        if isinstance(properties, str):
            properties = self.resource("/Properties", properties)[1]
        self.tags.append((operands[0], properties))

    def do_EMC(self, _):
        if len(self.tags) <= self.n_outer_tags:
            raise Wrong("EMC without BMC")
        self.tags.pop()

    # --- paths ---

    def extend(self, operator, operands):
        points = [apply(self.state.matrix, *operands[i:i + 2]) for i in range(0, len(operands), 2)]
        if operator == "m":
            self.start = points[0]
        elif self.at is None:
            raise Wrong(f"{operator} without a point to begin from")
        else:
            self.segments.append(([self.at, *points], operator == "l"))
        self.at = points[-1]

    def do_h(self, _):
        if self.start and self.at != self.start:
            self.segments.append(([self.at, self.start], True))
        self.at = self.start

    def do_re(self, operands):
        x, y, width, height = operands
        corners = [apply(self.state.matrix, *p) for p in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))]
        self.segments += [([corners[i], corners[(i + 1) % 4]], True) for i in range(4)]
        self.start = self.at = corners[0]

    def do_W(self, _):
        self.clips = True

    def paint(self, operator):
        if operator in ("s", "b", "b*"):
            self.do_h(None)
        box = box_of([p for points, _ in self.segments for p in points]) if self.segments else None
        if box and "f" in PAINT[operator]:
            self.mark("fill", box, self.state.fill, "fill", thickness=min(box[2] - box[0], box[3] - box[1]))
        if box and "s" in PAINT[operator]:
            width = self.state.width * scale_of(self.state.matrix)
            self.mark("stroke", union(stroked(points, is_line, width, self.state.cap) for points, is_line in self.segments),
                      self.state.stroke, "stroke", thickness=width)
        if self.clips:
            clip = common(self.state.clip, box) if box and self.state.clip else None
            self.state.clip = clip
        self.segments, self.start, self.at, self.clips = [], None, None, False

    def mark(self, kind, box, color, part, **more):
        state = self.state
        seen = common(state.clip, box) if state.clip and box else None
        self.reader.marks.append(Mark(kind=kind, page=self.reader.number, where=f"{self.where}, operator {self.n}", box=seen, color=color,
                                      overprints=(bool(state.overprints[part]), state.overprints["mode"]), alpha=state.alpha[part],
                                      blend=state.blend, has_mask=state.has_mask, tags=list(self.tags),
                                      depth=self.depth, **more))

    def do_sh(self, operands):
        _, shading = self.resource("/Shading", operands[0])
        space = self.pdf.value(shading.get("/ColorSpace"))
        self.mark("shading", self.state.clip, (space, []), "fill")

    # --- pictures and forms ---

    def do_Do(self, operands):
        reference, held = self.resource("/XObject", operands[0])
        if held.get("/Subtype") == "/Image":
            self.image(reference, held)
        elif held.get("/Subtype") == "/Form":
            self.form(reference, held, operands[0])

    def do_BI(self, operands):
        self.image(None, {"/Inline": operands[0]})

    def image(self, reference, held):
        m = self.state.matrix
        sides = [(m[0] ** 2 + m[1] ** 2) ** 0.5, (m[2] ** 2 + m[3] ** 2) ** 0.5]
        pixels = [held.get("/Width", 0), held.get("/Height", 0)]
        ppi = min((n / side * 72 for n, side in zip(pixels, sides) if side), default=0)
        color = (None, [])
        if held.get("/ImageMask"):
            color = self.state.fill
        elif "/ColorSpace" in held:
            color = (self.pdf.value(held["/ColorSpace"]), [])
        self.mark("image", through(m, (0, 0, 1, 1)), color, "fill", image=(reference, held), ppi=ppi)

    def form(self, reference, held, name):
        if self.depth >= DEEPEST:
            raise Wrong("forms within forms without end")
        state = self.state.copy()
        matrix = tuple(self.pdf.value(held.get("/Matrix")) or IDENTITY)
        state.matrix = times(matrix, state.matrix)
        box = self.pdf.value(held["/BBox"])
        state.clip = common(state.clip, through(state.matrix, box)) if state.clip else None
        resources = self.pdf.get(held, "/Resources") or self.resources
        self.reader.run(self.pdf.stream_bytes(reference), resources, state, self.tags, f"{self.where}, form {name}", self.depth + 1)

    # --- text ---

    def do_BT(self, _):
        if self.in_text:
            raise Wrong("BT within BT")
        self.in_text, self.text, self.line = True, IDENTITY, IDENTITY

    def do_ET(self, _):
        if not self.in_text:
            raise Wrong("ET without BT")
        self.in_text = False

    def set_font(self, reference, size):
        fonts = self.reader.fonts
        if reference not in fonts:
            fonts[reference] = faces.Font(self.pdf, reference)
        self.state.font, self.state.size = fonts[reference], size

    def do_Tf(self, operands):
        self.set_font(self.resource("/Font", operands[0])[0], operands[1])

    def do_Tc(self, operands):
        self.state.spacing = operands[0]

    def do_Tw(self, operands):
        self.state.word_spacing = operands[0]

    def do_Tz(self, operands):
        self.state.stretch = operands[0] / 100

    def do_TL(self, operands):
        self.state.leading = operands[0]

    def do_Ts(self, operands):
        self.state.rise = operands[0]

    def do_Tr(self, operands):
        self.state.text_mode = int(operands[0])

    def do_Td(self, operands):
        self.text = self.line = times((1, 0, 0, 1, *operands), self.line)

    def do_TD(self, operands):
        self.state.leading = -operands[1]
        self.do_Td(operands)

    def do_Tm(self, operands):
        self.text = self.line = tuple(operands)

    def do_next_line(self, _):
        self.do_Td([0, -self.state.leading])

    def do_Tj(self, operands):
        self.do_TJ([[operands[0]]])

    def do_TJ(self, operands):
        state = self.state
        if not self.in_text or not state.font:
            raise Wrong("text outside BT and ET, or without a font")
        boxes, codes = [], []
        for part in operands[0]:
            if isinstance(part, float):
                self.text = times((1, 0, 0, 1, -part / 1000 * state.size * state.stretch, 0), self.text)
                continue
            for code in state.font.codes(part):
                codes.append(code)
                box = state.font.box(code)
                glyph = times((state.size * state.stretch, 0, 0, state.size, 0, state.rise), times(self.text, state.matrix))
                if box:
                    boxes.append(through(glyph, box))
                advance = (state.font.width(code) * state.size + state.spacing) * state.stretch
                self.text = times((1, 0, 0, 1, advance, 0), self.text)
        size = state.size * scale_of(times(self.text, state.matrix))
        color, part = (state.stroke, "stroke") if state.text_mode % 4 == 1 else (state.fill, "fill")
        self.mark("text", union(boxes), color, part, font=state.font, size=size, codes=codes)


NAMES = {"scn": "sc", "SCN": "SC", "W*": "W", "T*": "next_line"}


def scale_of(m):
    return abs(m[0] * m[3] - m[1] * m[2]) ** 0.5


def stroked(points, is_line, width, cap):
    """The box of a segment's stroke: a straight one along an axis is no longer than its points where its ends are butt."""
    left, foot, right, top = box_of(points)
    half = width / 2
    along_x = half if not is_line or cap or top - foot > 1e-6 else 0
    along_y = half if not is_line or cap or right - left > 1e-6 else 0
    return left - along_x, foot - along_y, right + along_x, top + along_y
