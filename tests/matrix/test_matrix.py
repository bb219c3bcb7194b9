#!/usr/bin/env python3
"""Every block in every layout in every palette, proved over the display list: no ink on other ink, nothing outside its frame or
the page, text on the baseline grid, no word lost, and palettes change colours alone.

usage: test_matrix.py BANTIN [TEST ...]      (unittest's own options)
bundle.json holds every block of the format; the sample bulletin is set too. Ink is that of the fonts' outlines, not their
line heights: boxes first, and where those of two letters meet, the letters themselves."""
import collections, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/stress"))
import test_stress

SAMPLE = ROOT / "samples/thanh-hoa-2024-04"
BUNDLES = {"every block": pathlib.Path(__file__).with_name("bundle.json"), "the sample": SAMPLE / "bundle.json"}
PALETTES = ("four", "two", "mono")
BANTIN = ""
PT = 65536
HAIR = PT // 20  # what touches is no overlap [sp]
THIN = 7 * PT  # a filled box of less height is a rule
# Pictures in colour without plates, a line that cannot but be loose, tones on either vowel.
TOLERATED = {"W0604", "N0440"}
SAFE = 3 * 72 * PT * 10 // 254  # text to the trim: 3 mm
QUOTED = test_stress.QUOTED
GLYPHS = re.compile(r"glyphs (-?\d+) (-?\d+) (\S+) (\d+) .*? width (-?\d+) tag (\S+)(?: at " + QUOTED + ")? " + QUOTED +
                    r"(?: actual " + QUOTED + r")? \[(.*)\]$")
SCALE = re.compile(r" scale (\d+) width")
BOX = re.compile(r"(fill|image|path) (-?\d+) (-?\d+) (\d+) (\d+) (.*)$")
COLOR = re.compile(r" [\d.]+(?:/[\d.]+){3}(?: spot \d+ tint [\d.]+)?")


class Flattened(BasePen):
    """An outline as polygons."""
    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.contours = []

    def _moveTo(self, p):
        self.contours.append([p])

    def _lineTo(self, p):
        self.contours[-1].append(p)

    def _curveToOne(self, a, b, c):
        p = self.contours[-1][-1]
        for i in range(1, 9):
            t, u = i / 8, 1 - i / 8
            self.contours[-1].append(tuple(u * u * u * p[k] + 3 * u * u * t * a[k] + 3 * u * t * t * b[k] + t * t * t * c[k] for k in (0, 1)))

    def _qCurveToOne(self, a, b):
        p = self.contours[-1][-1]
        for i in range(1, 7):
            t, u = i / 6, 1 - i / 6
            self.contours[-1].append(tuple(u * u * p[k] + 2 * u * t * a[k] + t * t * b[k] for k in (0, 1)))


class Face:
    def __init__(self, path):
        self.font = TTFont(path, lazy=True)
        self.per_em = self.font["head"].unitsPerEm
        self.glyphs = self.font.getGlyphSet()
        self.names = self.font.getGlyphOrder()
        self.known = {}

    def outline(self, glyph_id):
        """(box, contours) in font units; None for what draws nothing."""
        if glyph_id not in self.known:
            pen = Flattened(self.glyphs)
            self.glyphs[self.names[glyph_id]].draw(pen)
            points = [p for contour in pen.contours for p in contour]
            box = points and (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
            self.known[glyph_id] = (box, pen.contours) if box else None
        return self.known[glyph_id]


def faces():
    """{PostScript name: Face} of the installed fonts that bantin knows."""
    listed = subprocess.run([BANTIN, "fonts"], capture_output=True, text=True, check=True).stdout
    found = {}
    for path in re.findall(r"(/\S+\.[ot]tf)$", listed, re.M):
        face = Face(path)
        found[face.font["name"].getDebugName(6)] = face
    return found


FACES = {}


class Letter:
    """One glyph where it stands: its ink's box [sp], y down."""
    def __init__(self, face, glyph_id, x, y, size, stretch):
        self.face, self.glyph_id, self.x, self.y, self.size, self.stretch = face, glyph_id, x, y, size, stretch
        left, foot, right, top = face.outline(glyph_id)[0]
        unit = size / face.per_em
        self.left, self.right = x + left * unit * stretch, x + right * unit * stretch
        self.top, self.foot = y - top * unit, y - foot * unit

    def meets(self, other, by=HAIR):
        return (self.left + by < other.right and other.left + by < self.right and
                self.top + by < other.foot and other.top + by < self.foot)

    def mask(self, x, y, scale, size):
        """Its ink in a picture whose corner is at (x, y)."""
        picture = Image.new("1", size)
        unit = self.size / self.face.per_em
        for contour in self.face.outline(self.glyph_id)[1]:
            points = [((self.x + px * unit * self.stretch - x) * scale, (self.y - py * unit - y) * scale) for px, py in contour]
            if len(points) < 3:
                continue
            one = Image.new("1", size)
            ImageDraw.Draw(one).polygon(points, fill=1)
            picture = ImageChops.logical_xor(picture, one)
        return picture

    def touches(self, other):
        """The ink itself, at 1/20 point."""
        x, y = max(self.left, other.left), max(self.top, other.top)
        size = (int((min(self.right, other.right) - x) * 20 / PT) + 1, int((min(self.foot, other.foot) - y) * 20 / PT) + 1)
        both = ImageChops.logical_and(*(one.mask(x, y, 20 / PT, size) for one in (self, other)))
        return both.getbbox() is not None


class Line:
    """The glyphs of one item of the dump."""
    def __init__(self, found, stretch):
        x, y, face, size, width, self.tag, self.at, self.text, _, glyphs = found
        self.x, self.y, self.size, self.width = int(x), int(y), int(size), int(width)
        self.face, self.at = face, self.at or ""
        self.letters = []
        for glyph in glyphs.split():
            glyph_id, place = glyph.split("@")
            dx, _, dy = place.partition(",")
            if FACES[face].outline(int(glyph_id)):
                self.letters.append(Letter(FACES[face], int(glyph_id), self.x + int(dx), self.y + int(dy or 0), self.size, stretch))
        if self.letters:
            self.left, self.right = min(l.left for l in self.letters), max(l.right for l in self.letters)
            self.top, self.foot = min(l.top for l in self.letters), max(l.foot for l in self.letters)

    def __str__(self):
        return f"{self.at} {self.text[:40]!r} at {self.x / PT:.1f}, {self.y / PT:.1f} pt"


class Area:
    """A filled box, a picture, or a path's box."""
    def __init__(self, kind, x, y, width, height, rest):
        self.kind, self.rest = kind, rest
        self.left, self.top, self.right, self.foot = x, y, x + width, y + height
        self.is_rule = kind == "fill" and min(width, height) < THIN
        tag = re.search(r" tag (\S+)", " " + rest)
        self.tag = tag[1] if tag else "-"

    def meets(self, other, by=HAIR):
        return (self.left + by < other.right and other.left + by < self.right and
                self.top + by < other.foot and other.top + by < self.foot)

    def holds(self, other, by=HAIR):
        return (self.left - by <= other.left and other.right <= self.right + by and
                self.top - by <= other.top and other.foot <= self.foot + by)

    def __str__(self):
        return f"{self.kind} {self.left / PT:.1f}, {self.top / PT:.1f} to {self.right / PT:.1f}, {self.foot / PT:.1f} pt"


Page = collections.namedtuple("Page", "lines areas frames")


class Drawing:
    def __init__(self, dump, report):
        self.width, self.height, self.bleed = map(int, re.search(r"^page-size (\d+) (\d+) bleed (\d+)", dump, re.M).groups())
        self.grid_first, self.step = map(int, re.search(r"^grid (\d+) (\d+)", dump, re.M).groups())
        self.pages = []
        for line in dump.split("\ntags ")[0].splitlines():
            if line.startswith("page "):
                frames = report["pages"][len(self.pages)]["frames"]
                self.pages.append(Page([], [], [Area(f["kind"], *(round(f[k] * 72 * PT / 25.4) for k in ("x", "y", "width", "height")), "")
                                                for f in frames]))
            elif line.startswith("glyphs "):
                stretch = SCALE.search(line)
                one = Line(GLYPHS.match(line).groups(), int(stretch[1]) / 1e6 if stretch else 1)
                if one.letters:
                    self.pages[-1].lines.append(one)
            elif BOX.match(line):
                kind, x, y, width, height, rest = BOX.match(line).groups()
                self.pages[-1].areas.append(Area(kind, int(x), int(y), int(width), int(height), rest))


def touching(lines):
    """Pairs of lines whose ink touches."""
    lines = sorted(lines, key=lambda l: l.top)
    for i, a in enumerate(lines):
        for b in lines[i + 1:]:
            if b.top >= a.foot:
                break
            if b.left >= a.right or a.left >= b.right:
                continue
            if any(p.meets(q) and p.touches(q) for p in a.letters for q in b.letters if p.meets(q)):
                yield a, b


def faults_of_areas(page):
    """Text on pictures, on rules or over an edge; pictures over others; boxes that cross."""
    for i, a in enumerate(page.areas):
        for line in page.lines:
            own = a.kind == "path" and a.tag == line.tag  # labels within a drawing
            if own or not a.meets(line) or (a.kind == "fill" and not a.is_rule and a.holds(line)):
                continue
            if any(a.meets(letter) for letter in line.letters):
                yield f"{line}  on  {a}"
        for b in page.areas[i + 1:]:
            nested = a.holds(b) or b.holds(a)
            pictures = a.kind == b.kind == "image"
            drawn_together = a.kind == b.kind == "path" or "Figure" in a.tag and a.tag == b.tag
            if a.meets(b) and not drawn_together and not (a.is_rule and b.is_rule) and (pictures or not nested):
                yield f"{a}  over  {b}"


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-matrix-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(SAMPLE / "images", self.folder / "images")

    def render(self, source, layout, palette):
        """(messages, the PDF's path, dump, report)"""
        pdf, dump, report = (self.folder / f"out.{kind}" for kind in ("pdf", "dump", "json"))
        path = self.folder / "bundle.json"
        shutil.copy(source, path)
        done = subprocess.run([BANTIN, "render", path, "-o", pdf, "--dump", dump, "--report", report, "--layout", layout,
                               "--palette", palette], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1712620800"})
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr, pdf, dump.read_text(encoding="utf-8"), json.loads(report.read_text(encoding="utf-8"))


class Matrix(Folder):
    """One test a layout, made below."""

    def check(self, layout):
        for name, source in BUNDLES.items():
            plain = None
            for palette in PALETTES:
                with self.subTest(bundle=name, palette=palette):
                    said, pdf, dump, report = self.render(source, layout, palette)
                    warnings = set(re.findall(r"(?:warning|note) ([WN]\d+)", said))
                    self.assertLessEqual(warnings, TOLERATED, said)
                    colourless = COLOR.sub("", re.sub(r"(?m)^spot .*\n", "", dump))
                    self.assertEqual(plain or colourless, colourless, "the palette changes more than colours")
                    if plain:
                        continue
                    plain = colourless
                    self.look_for(source, pdf)
                    self.look_at(Drawing(dump, report), source, layout)

    def look_for(self, source, pdf):
        bundle = json.loads(source.read_text(encoding="utf-8"))
        parts = {k: bundle[k] for k in ("articles", "highlights", "imprint")}
        text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        wanted = re.sub(r"\[\^\d\]", "", " ".join(test_stress.texts_of(parts)))
        lost = test_stress.words_of(wanted) - test_stress.words_of(text)
        self.assertFalse(test_stress.letters_of(" ".join(lost.elements())) - test_stress.letters_of(text), "words are not in the PDF")

    def look_at(self, drawing, source, layout):
        self.assertTrue(drawing.pages)
        for page_i, page in enumerate(drawing.pages):
            with self.subTest(page=page_i + 1):
                found = [f"{a}  on  {b}" for a, b in touching(page.lines)] + list(faults_of_areas(page))
                self.assertEqual(found, [], "ink on ink")
                self.assertEqual(list(map(str, self.outside(drawing, page))), [], "outside the page or its frame")
                self.assertEqual(list(map(str, self.off_grid(drawing, page, source))), [], "off the grid")

    def outside(self, drawing, page):
        """Text nearer to the trim than 3 mm; what is drawn outside of page and bleed; articles' ink outside every frame."""
        for line in page.lines:
            if not (SAFE <= line.left and line.right <= drawing.width - SAFE and SAFE <= line.top and line.foot <= drawing.height - SAFE):
                yield line
            hang = line.size * 6 // 10
            if line.at.startswith(("/articles", "/fillers")) and not any(
                    f.left - hang <= line.left and line.right <= f.right + hang and f.top <= line.y <= f.foot for f in page.frames):
                yield line
        for area in page.areas:
            if not (-drawing.bleed <= area.left and area.right <= drawing.width + drawing.bleed and
                    -drawing.bleed <= area.top and area.foot <= drawing.height + drawing.bleed):
                yield area
            if area.kind in ("image", "path") and "articles" in area.rest and not any(f.holds(area, PT // 10) for f in page.frames):
                yield area

    def off_grid(self, drawing, page, source):
        """Lines of the running text, which is what most letters of the issue are set in."""
        sizes = collections.Counter()
        for each in drawing.pages:
            for line in each.lines:
                if re.match(r"/articles/\d+/body/\d+$", line.at):
                    sizes[line.face, line.size] += len(line.letters)
        body = sizes.most_common(1)[0][0]
        for line in page.lines:
            if (line.face, line.size) == body and line.at.startswith("/articles") and (line.y - drawing.grid_first) % drawing.step:
                yield line


class Series(Folder):
    def test_of_groups(self):
        """Series that are called alike are told apart by the heads of their groups, to the eye and to the ear."""
        _, _, dump, _ = self.render(BUNDLES["every block"], "a4-two-column", "four")
        for name in ("Góp, Năm 2025", "Cho vay, Năm 2025"):
            self.assertRegex(dump, rf'(?m)^glyphs .* "{name}" \[')
            self.assertRegex(dump, rf"(?m)^tag .* alt .*{name}: ")


class Faults(Folder):
    """What the checks are for, they find."""

    def drawing(self, bundle, **changes):
        (self.folder / "changed.json").write_text(json.dumps({"bantin_layout": 1, "name": "changed", "extends": "bulletin-19x27", **changes}))
        (self.folder / "source.json").write_text(json.dumps(bundle))
        _, _, dump, report = self.render(self.folder / "source.json", self.folder / "changed.json", "four")
        return Drawing(dump, report)

    def test_capitals_that_touch(self):
        bundle = {"bantin": 1, "masthead": {"title": "A"}, "articles": [{"headline": "ẠỘỢ ẠỘỢ\nẤỖỄ ẤỖỄ", "body": ["B"]}]}
        for leading, touches in (("14pt", True), ("17pt", False)):
            style = {"size": "13pt", "leading": leading}
            drawing = self.drawing(bundle, styles={"headline-1": style})
            self.assertEqual(any(True for _ in touching(drawing.pages[0].lines)), touches, leading)

    def test_text_on_rules(self):
        bundle = {"bantin": 1, "masthead": {"title": "A", "kind": "B"}, "articles": [{"headline": "C", "body": ["D"]}]}
        for y, meets in (("30mm", True), ("33mm", False)):
            masthead = [{"text": "{kind}", "style": "masthead-title", "y": "32mm"}, {"rule": {"weight": "1pt"}, "y": y}]
            drawing = self.drawing(bundle, furniture={"masthead": masthead})
            self.assertEqual(any(True for _ in faults_of_areas(drawing.pages[0])), meets, y)


class Bundle(unittest.TestCase):
    def test_every_block(self):
        """The bundle has every block that the schema names."""
        schema = json.loads(subprocess.run([BANTIN, "schema", "bundle"], capture_output=True, text=True, check=True).stdout)
        named = set(re.findall(r'"type": \{"const": "([a-z]+)"\}', json.dumps(schema)))
        bundle = json.loads(BUNDLES["every block"].read_text(encoding="utf-8"))
        used = {b.get("type") for b in walk(bundle) if isinstance(b, dict)}
        self.assertGreaterEqual(len(named), 15)
        self.assertLessEqual(named - {"paragraph"}, used)


class Reference(unittest.TestCase):
    README = (ROOT / "layouts/README.md").read_text(encoding="utf-8")

    def test_layouts(self):
        """Each has its row and a small picture."""
        names = subprocess.run([BANTIN, "layouts", "--names"], capture_output=True, text=True, check=True).stdout.split()
        for name in names:
            self.assertRegex(self.README, rf"(?m)^\| \[{name}\]\({name}\.json\) <br> !\[\]\(pictures/{name}\.png\) \|")
            self.assertLess((ROOT / f"layouts/pictures/{name}.png").stat().st_size, 40 * 1024, name)

    def test_keys(self):
        """Every key of the schema is in the reference."""
        schema = json.loads(subprocess.run([BANTIN, "schema", "layout"], capture_output=True, text=True, check=True).stdout)
        keys = {key for one in walk(schema) if isinstance(one, dict) and isinstance(one.get("properties"), dict) for key in one["properties"]}
        self.assertGreater(len(keys), 100)
        missing = {key for key in keys if not key.isdigit() and not re.search(rf"[`.]{key}[`.]", self.README)}
        self.assertEqual(missing, set())


def walk(value):
    yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(one)


def main():
    global BANTIN
    BANTIN = os.path.abspath(sys.argv.pop(1))
    FACES.update(faces())
    for layout in subprocess.run([BANTIN, "layouts", "--names"], capture_output=True, text=True, check=True).stdout.split():
        setattr(Matrix, f"test_{layout}", lambda self, layout=layout: self.check(layout))
    unittest.main()


if __name__ == "__main__":
    main()
