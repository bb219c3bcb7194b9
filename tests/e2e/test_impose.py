#!/usr/bin/env python3
"""Imposed sheets, handled as a print shop handles them: printed on both sides, stacked, folded, nested and trimmed, or cut apart.

usage: test_impose.py BANTIN [TEST ...]      (unittest's own options)
Reads the PDF with programs that are not ours: pdftotext, pdftoppm, pdfinfo, qpdf. What is held in the hand afterwards must be
the pages of the same issue without imposition: their order, their sides, their words' places, their ink."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageChops

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ""
WIDTH, HEIGHT, BLEED = 288, 432, 9  # of the pages of the made layouts [pt]
MM = 72 / 25.4
NEAR = 0.006  # pt; places are written in thousandths, and pdftotext adds them up

# Texts stand off the pixels' edges, where a rounding would tip them over. Ink that reaches the trim on all sides: a band at the head of all pages, and one further down of the first page alone.
LAYOUT = {
    "bantin_layout": 1, "name": "made", "extends": "bulletin-19x27",
    "page": {"width": f"{WIDTH}pt", "height": f"{HEIGHT}pt", "facing": True, "bleed": f"{BLEED}pt",
             "margins": {"top": "60pt", "bottom": "48pt", "inside": "36.3pt", "outside": "24.3pt"}},
    "grid": {"first": "72.3pt", "step": "13pt"}, "columns": {"count": 1, "gutter": "12pt"},
    "furniture": {
        "masthead": [{"text": "{title}", "style": "masthead-info", "y": "84.3pt"},
                     {"band": {"color": "accent", "extent": "trim", "pad_y": "6pt",
                               "items": [{"text": "{kind}", "style": "running-head"}]}, "y": "96pt"}],
        "running_head": [{"band": {"color": "tint", "extent": "trim", "pad_y": "10pt",
                                   "items": [{"text": "Trang {page}", "style": "running-head"}]}, "y": "0pt"}],
        "folio": [{"text": "{page}", "style": "folio", "align": "outside", "y": f"{HEIGHT - 24.3}pt"}],
        "imprint": {"columns": 1}},
    "print": {"marks": False},
}


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, check=True).stdout


def bundle(n_pages):
    """An issue for about so many pages, every word of it another."""
    articles, n = [], 0
    for i in range(n_pages):
        body = []
        for _ in range(3):
            body.append(" ".join(f"w{n + j:05}" for j in range(24)) + ".")
            n += 24
        articles.append({"headline": f"Bài h{i:03}", "body": body})
    return {"bantin": 1, "lang": "vi", "masthead": {"title": "Bản tin", "kind": "Nội bộ", "date": "2024-04-09"}, "articles": articles}


def boxes(pdf):
    """[{box: (left, bottom, right, top)}] of each page."""
    found = []
    for page, name, box in re.findall(r"^Page +(\d+) (\w+)Box: +(.*)$", call("pdfinfo", "-box", "-l", 9999, pdf), re.M):
        if int(page) > len(found):
            found.append({})
        found[-1][name] = tuple(map(float, box.split()))
    return found


def words(pdf):
    """[[(word, x, y, right)]] of each page, from its trim's left top corner [pt]."""
    pages, trims = [], [(b["Trim"][0] - b["Media"][0], b["Media"][3] - b["Trim"][3], *b["Trim"]) for b in boxes(pdf)]
    for (left, top, x0, y0, x1, y1), page in zip(trims, call("pdftotext", "-bbox", pdf, "-").split("<page ")[1:], strict=True):
        found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>', page)
        placed = [(word, float(x) - left, float(y) - top, float(right) - left) for x, y, right, word in found]
        pages.append([w for w in placed if w[3] > 0 and w[1] < x1 - x0 and 0 < w[2] < y1 - y0])  # marks stand outside
    return pages


def part(placed, left, right, moved):
    """The words between two lines of a sheet, from the first of them, moved."""
    return [(word, x - left + moved, y) for word, x, y, end in placed if left <= (x + end) / 2 < right]


def picture(pdf, page, dpi):
    target = pdf.with_suffix(f".{page}")
    call("pdftoppm", "-r", dpi, "-f", page, "-l", page, "-singlefile", "-png", pdf, target)
    with Image.open(f"{target}.png") as image:
        return image.convert("RGB")


class Sheets(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def layout(self, page=None, print_=None):
        made = json.loads(json.dumps(LAYOUT))
        made["page"].update(page or {})
        made["print"].update(print_ or {})
        (self.folder / "made.json").write_text(json.dumps(made), encoding="utf-8")
        return self.folder / "made.json"

    def source(self, n_pages):
        (self.folder / "bundle.json").write_text(json.dumps(bundle(n_pages), ensure_ascii=False), encoding="utf-8")
        return self.folder / "bundle.json"

    def bantin(self, name, *args):
        return subprocess.run(list(map(str, [BANTIN, "render", *args, "-o", self.folder / name, "--lang", "en"])),
                              capture_output=True, text=True)

    def render(self, name, *args):
        done = self.bantin(name, *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.folder / name

    def same_words(self, got, wanted, what):
        self.assertEqual(sorted(w[0] for w in got), sorted(w[0] for w in wanted), what)
        for a, b in zip(sorted(got), sorted(wanted), strict=True):
            self.assertLess(max(abs(a[1] - b[1]), abs(a[2] - b[2])), NEAR, (what, a, b))

    def same_lines(self, got, wanted, what):
        """The same on each height, spaces aside: where spaces fall in letterspaced words is pdftotext's guess."""
        def lines(placed):
            found = {}
            for word, x, y in sorted(placed, key=lambda w: w[1]):
                found.setdefault(round(y, 1), [x, ""])[1] += word
            return sorted(found.items())
        got, wanted = lines(got), lines(wanted)
        self.assertEqual([line[1] for _, line in got], [line[1] for _, line in wanted], what)
        for a, b in zip(got, wanted):
            self.assertLess(max(abs(a[0] - b[0]), abs(a[1][0] - b[1][0])), 0.1 + NEAR, (what, a, b))

    def same_ink(self, got, wanted, what):
        self.assertEqual(got.size, wanted.size, what)
        box = ImageChops.difference(got, wanted).getbbox()
        self.assertIsNone(box, f"{what}: differs in {box}")


class Booklet(Sheets):
    def fold(self, pdf, width, thickness):
        """The faces of a printed booklet as its reader turns them: words from the cut edges' left top corner. On paper turned
        about its short edge, what is printed at x on the back lies behind 2 width - x of the front: the left half of the back
        behind the right half of the front. The fold lies at `width`, the front outside."""
        sides = words(pdf)
        self.assertEqual(len(sides) % 2, 0)
        sheets = [(sides[i], sides[i + 1]) for i in range(0, len(sides), 2)]  # the stack, outermost first
        first_half, second_half = [], []
        for depth, (front, back) in enumerate(sheets):
            # The fold of this sheet lies depth thicknesses further out than the first one's; all are cut in one plane, so
            # that much is lost of this sheet's leaves at the fore edge.
            lost = depth * thickness
            recto = lambda side: part(side, width, 2 * width, lost)   # the fold at its left
            verso = lambda side: part(side, 0, width, -lost)          # the fold at its right, the cut edge `lost` from the left
            first_half += [recto(front), verso(back)]
            second_half = [recto(back), verso(front)] + second_half
        return first_half + second_half

    def check(self, plain, booklet, width, thickness, n_pages, same=None):
        wanted, read = words(plain), self.fold(booklet, width, thickness)
        self.assertEqual(len(read), n_pages)
        self.assertEqual(len(wanted), n_pages)
        for i, (face, page) in enumerate(zip(read, wanted), 1):
            (same or self.same_words)(face, [w[:3] for w in page], f"page {i}")

    def test_folds(self):
        """Whatever its number of sheets: leafed through, it is the issue, its margins as they are with loose pages."""
        layout = self.layout(print_={"paper": "0.3mm"})
        for n in (4, 8, 12, 16, 32):
            with self.subTest(n):
                source = self.source(n)
                plain = self.render("plain.pdf", source, "--layout", layout, "--pages", n)
                booklet = self.render("booklet.pdf", source, "--layout", layout, "--pages", n, "--impose", "booklet")
                self.check(plain, booklet, WIDTH, 0.3 * MM, n)
                for i, face in enumerate(self.fold(booklet, WIDTH, 0), 1):
                    self.assertIn(str(i), [w[0] for w in face])
                    folio = next(w for w in face if w[0] == str(i) and w[2] > HEIGHT / 2)
                    self.assertEqual(folio[1] > WIDTH / 2, i % 2 == 1, "folios stand outside: odd pages lie right of the fold")

    def test_samples(self):
        for name, layout, n in (("thanh-hoa-2024-04", "bulletin-19x27", 4), ("vu-mua-12-trang", "plain-text", 12)):
            source = ROOT / f"samples/{name}/bundle.json"
            args = (source, "--layout", layout, "--pages-multiple", 4)
            plain = self.render("plain.pdf", *args)
            booklet = self.render("booklet.pdf", *args, "--impose", "booklet")
            width = {"bulletin-19x27": 190, "plain-text": 210}[layout] * MM
            with self.subTest(name):
                self.check(plain, booklet, width, 0.1 * MM, n, self.same_lines)

    def test_paper(self):
        """--paper comes before the layout's; 0 leaves all pages where they are; 0.1 mm where nothing is said."""
        source, layout = self.source(8), self.layout()
        plain = self.render("plain.pdf", source, "--layout", layout, "--pages", 8)
        for args, print_, thickness in (((), {}, 0.1 * MM), (("--paper", "0mm"), {}, 0), (("--paper", "0.25 mm"), {"paper": "1mm"}, 0.25 * MM),
                                        ((), {"paper": "1mm"}, MM), (("--paper", "1mm"), {}, MM)):
            with self.subTest(args=args, print=print_):
                layout = self.layout(print_=print_)
                booklet = self.render("booklet.pdf", source, "--layout", layout, "--pages", 8, "--impose", "booklet", *args)
                self.check(plain, booklet, WIDTH, thickness, 8)

    def test_ink(self):
        """To the pixel: each page with its outer bleed, moved towards the fold and cut there; nothing of one page beyond it."""
        dpi, unit, moved = 144, 2, 3  # pixels a point; pixels that a sheet of 1.5 pt moves the next
        source, layout = self.source(12), self.layout(print_={"paper": "1.5pt"})
        plain = self.render("plain.pdf", source, "--layout", layout, "--pages", 12)
        booklet = self.render("booklet.pdf", source, "--layout", layout, "--pages", 12, "--impose", "booklet")
        pages = [picture(plain, n, dpi) for n in range(1, 13)]
        width, bleed = WIDTH * unit, BLEED * unit
        for i in range(6):
            creep = i // 2 * moved
            left, right = (12 - i, i + 1) if i % 2 == 0 else (i + 1, 12 - i)
            wanted = Image.new("RGB", (2 * (width + bleed), pages[0].height), "white")
            wanted.paste(pages[left - 1].crop((0, 0, bleed + width - creep, wanted.height)), (creep, 0))
            wanted.paste(pages[right - 1].crop((bleed + creep, 0, 2 * bleed + width, wanted.height)), (bleed + width, 0))
            self.same_ink(picture(booklet, i + 1, dpi), wanted, f"side {i + 1}")
        cover = picture(booklet, 1, dpi)
        y, fold = bleed + 100 * unit, bleed + width  # within the band that page 1 alone has
        self.assertEqual(cover.getpixel((fold - 1, y)), (255, 255, 255), "its bleed over the fold would lie on page 12")
        self.assertNotEqual(cover.getpixel((fold, y)), (255, 255, 255))
        self.assertNotEqual(cover.getpixel((cover.width - 1, y)), (255, 255, 255), "the bleed at the fore edge stays")
        self.assertNotEqual(cover.getpixel((fold, 0)), (255, 255, 255), "and that at the head")

    def test_boxes(self):
        booklet = self.render("booklet.pdf", self.source(8), "--layout", self.layout(), "--pages", 8, "--impose", "booklet")
        call("qpdf", "--check", booklet)
        found = boxes(booklet)
        self.assertEqual(len(found), 4)
        for box in found:
            self.assertEqual(box["Media"], (0, 0, 2 * (WIDTH + BLEED), HEIGHT + 2 * BLEED))
            self.assertEqual(box["Crop"], box["Media"])
            self.assertEqual(box["Bleed"], box["Media"])
            self.assertEqual(box["Trim"], (BLEED, BLEED, BLEED + 2 * WIDTH, BLEED + HEIGHT))

    def test_same_bytes(self):
        args = (self.source(8), "--layout", self.layout(), "--pages", 8, "--impose", "booklet")
        self.assertEqual(self.render("a.pdf", *args).read_bytes(), self.render("b.pdf", *args).read_bytes())

    def test_report(self):
        report = self.folder / "report.json"
        self.render("booklet.pdf", self.source(8), "--layout", self.layout(), "--pages", 8, "--impose", "booklet", "--report", report)
        sides = json.loads(report.read_text(encoding="utf-8"))["sheet_sides"]
        self.assertEqual([[p["page"] for p in side["panels"]] for side in sides], [[8, 1], [2, 7], [6, 3], [4, 5]])
        self.assertEqual([[p["x"] for p in side["panels"]] for side in sides], [[0, 101.6], [0, 101.6], [0.1, 101.5], [0.1, 101.5]])
        self.render("plain.pdf", self.source(8), "--layout", self.layout(), "--report", report)
        self.assertNotIn("sheet_sides", json.loads(report.read_text(encoding="utf-8")))


class Leaflet(Sheets):
    def check(self, imposition, across, down, page=None):
        dpi, unit = 144, 2
        layout, source = self.layout(page), self.source(2)
        plain = self.render("plain.pdf", source, "--layout", layout, "--pages", 2)
        sheets = self.render("sheets.pdf", source, "--layout", layout, "--pages", 2, "--impose", imposition)
        width, height = (float(made[:-2]) for made in ((page or {}).get("width", f"{WIDTH}pt"), (page or {}).get("height", f"{HEIGHT}pt")))
        found, step_x, step_y = boxes(sheets), width + 2 * BLEED, height + 2 * BLEED
        self.assertEqual(len(found), 2)
        for box in found:
            self.assertEqual(box["Media"], (0, 0, across * step_x, down * step_y))
            self.assertEqual(box["Trim"], (BLEED, BLEED, across * step_x - BLEED, down * step_y - BLEED))
        fronts, sides = words(plain), words(sheets)
        for n in (1, 2):
            page, side = picture(plain, n, dpi), picture(sheets, n, dpi)
            self.assertEqual(side.size, (page.width * across, page.height * down))
            self.assertEqual(len(sides[n - 1]), across * down * len(fronts[n - 1]))
            for i in range(across * down):
                left, top = i % across * page.width, i // across * page.height
                self.same_ink(side.crop((left, top, left + page.width, top + page.height)), page, f"side {n}, copy {i + 1}")

    def test_two(self):
        self.check("2up", 2, 1)

    def test_two_wide_pages(self):
        """They lie one below the other."""
        self.check("2up", 1, 2, {"width": "480pt"})

    def test_four(self):
        self.check("4up", 2, 2)

    def test_no_bleed(self):
        layout = self.layout({"bleed": "0pt"})
        sheets = self.render("sheets.pdf", self.source(1), "--layout", layout, "--pages", 1, "--impose", "4up")
        self.assertEqual(boxes(sheets)[0]["Trim"], (0, 0, 2 * WIDTH, 2 * HEIGHT), "one cut parts two copies")

    def test_largest(self):
        """Four of the largest page that a layout may ask for are still a page that PDF can have."""
        layout = self.layout({"width": "3600pt", "height": "3600pt", "bleed": "72pt"})
        sheets = self.render("sheets.pdf", self.source(1), "--layout", layout, "--pages", 1, "--impose", "4up")
        self.assertEqual(boxes(sheets)[0]["Media"], (0, 0, 7488, 7488))


class Marks(Sheets):
    """What stands around the sheets: cuts and folds where they are made, and which sheet it is."""

    def marked(self, pdf, out, is_upright=False):
        """Where a line outside the trim's top (or left) side, `out` from the bleed, meets ink: from the trim's corner [pt]."""
        dpi, unit = 576, 8
        trim, bleed, media = (boxes(pdf)[0][name] for name in ("Trim", "Bleed", "Media"))
        at = round(((bleed[0] - media[0] if is_upright else media[3] - bleed[3]) - out) * unit)
        box = (at, 0, 1, round(media[3] * unit)) if is_upright else (0, at, round(media[2] * unit), 1)
        call("pdftoppm", "-r", dpi, "-f", 1, "-l", 1, "-singlefile", "-gray", *sum(zip(("-x", "-y", "-W", "-H"), box), ()), pdf, self.folder / "line")
        with Image.open(self.folder / "line.pgm") as image:
            values = image.convert("L").tobytes()
        begins = [i for i, value in enumerate(values) if value < 128 and (i == 0 or values[i - 1] >= 128)]
        ends = [i + 1 for i, value in enumerate(values) if value < 128 and (i + 1 == len(values) or values[i + 1] >= 128)]
        start = media[3] - trim[3] if is_upright else trim[0] - media[0]
        return [(begin + end) / 2 / unit - start for begin, end in zip(begins, ends)]

    def near(self, got, wanted):
        self.assertEqual(len(got), len(wanted), (got, wanted))
        for a, b in zip(got, wanted):
            self.assertLess(abs(a - b), 0.25, (got, wanted))

    def render_marked(self, imposition, n_pages, page=None):
        layout = self.layout(page, {"marks": True})
        return self.render("marked.pdf", self.source(n_pages), "--layout", layout, "--pages", n_pages, "--impose", imposition)

    def test_fold(self):
        """Crop marks at the corners; dashes at the fold: ink at their beginning, a gap 1.47 mm from the bleed."""
        pdf = self.render_marked("booklet", 8)
        self.near(self.marked(pdf, 1.0 * MM), [0, WIDTH, 2 * WIDTH])
        self.near(self.marked(pdf, 1.47 * MM), [0, 2 * WIDTH])
        self.near(self.marked(pdf, 1.0 * MM, True), [0, HEIGHT])
        for out in (0.3 * MM, 0, -BLEED + 0.5):
            self.near(self.marked(pdf, out), [])

    def test_cuts(self):
        """Each copy is cut out of its bleed: two cuts between copies, solid; without bleed one."""
        step_x, step_y = WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED
        two, four = self.render_marked("2up", 2).rename(self.folder / "two.pdf"), self.render_marked("4up", 2)
        for pdf in (two, four):
            for out in (1.0, 1.47):
                self.near(self.marked(pdf, out * MM), [0, WIDTH, step_x, step_x + WIDTH])
        self.near(self.marked(two, 1.0 * MM, True), [0, HEIGHT])
        self.near(self.marked(four, 1.0 * MM, True), [0, HEIGHT, step_y, step_y + HEIGHT])
        tight = self.render_marked("4up", 1, {"bleed": "0pt"})
        self.near(self.marked(tight, 4.0 * MM), [0, WIDTH, 2 * WIDTH])  # 3 mm off the trim where there is no bleed

    def test_slug(self):
        """A booklet's sheets are told apart where the printer stacks them; the layout says it in its own words."""
        text = call("pdftotext", self.render_marked("booklet", 8), "-")
        for line in ("Tờ 1/2, mặt trước: trang 8, 1", "Tờ 1/2, mặt sau: trang 2, 7",
                     "Tờ 2/2, mặt trước: trang 6, 3", "Tờ 2/2, mặt sau: trang 4, 5"):
            self.assertEqual(text.count(line + " ·"), 1, line)
        text = call("pdftotext", self.render_marked("4up", 2), "-")
        for line in ("Trang 1/2 ·", "Trang 2/2 ·"):
            self.assertEqual(text.count(line), 1, line)


class Structure(Sheets):
    def structure(self, pdf):
        """The tree with its texts, without where on the sheets they stand."""
        return [line for line in call("pdfinfo", "-struct-text", pdf).splitlines() if "/BBox" not in line]

    def test_reads_as_the_issue(self):
        """In the order of the pages, whatever order the sheets have them in; each copy but the first is no text of the document."""
        source, layout = self.source(8), self.layout()
        for imposition, n in (("booklet", 8), ("2up", 7), ("4up", 6)):
            with self.subTest(imposition):
                args = (source, "--layout", layout, "--pages", n)
                wanted = self.structure(self.render("plain.pdf", *args))
                self.assertEqual(self.structure(self.render("imposed.pdf", *args, "--impose", imposition)), wanted)
                read = re.findall(r"w\W*(\d{5})", "".join(wanted))  # the first w is a drop cap
                self.assertEqual(read, [f"{i:05}" for i in range(8 * 3 * 24)])

    def test_sample(self):
        source = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
        wanted = self.structure(self.render("plain.pdf", source))
        self.assertGreater(len(wanted), 100)
        self.assertEqual(self.structure(self.render("imposed.pdf", source, "--impose", "booklet")), wanted)


class Refused(Sheets):
    def refused(self, status, wanted, *args):
        done = self.bantin("x.pdf", *args)
        self.assertEqual(done.returncode, status, done.stderr)
        for text in wanted:
            self.assertIn(text, done.stderr)
        self.assertFalse((self.folder / "x.pdf").exists())

    def test_no_multiple_of_four(self):
        source, layout = self.source(1), self.layout()
        for n, more in ((1, 4), (2, 4), (6, 8), (7, 8), (9, 12)):
            self.refused(3, ("E0755", f"has {n};", "--pages-multiple 4", f"--pages {more}"),
                         source, "--layout", layout, "--pages", n, "--impose", "booklet")
        self.render("x.pdf", source, "--layout", layout, "--pages-multiple", 4, "--impose", "booklet")

    def test_too_thick(self):
        """No text may be moved over the fold; what no stapler holds is told."""
        source, page = self.source(16), {"margins": dict(LAYOUT["page"]["margins"], inside="3mm")}
        args = (source, "--layout", self.layout(page), "--pages", 16, "--impose", "booklet", "--paper")
        self.assertIn("W0757", self.bantin("a.pdf", *args, "1mm").stderr)
        self.assertNotIn("W0757", self.bantin("a.pdf", *args, "0.5mm").stderr)
        self.assertIn("W0757", self.bantin("a.pdf", *args, "0.51mm").stderr)
        page["margins"]["inside"] = "2.99mm"
        self.layout(page)
        self.refused(3, ("E0756", "4 sheets of 1 mm", "move 3 mm", "there is 2.99 mm"), *args, "1mm")

    def test_margin_of_single_pages(self):
        """Where pages do not face each other, an even one has its outside margin at the fold."""
        page = {"facing": False, "margins": dict(LAYOUT["page"]["margins"], outside="1mm")}
        args = (self.source(8), "--layout", self.layout(page), "--pages", 8, "--impose", "booklet")
        self.render("a.pdf", *args, "--paper", "1mm")
        page["margins"]["outside"] = "0.9mm"
        self.layout(page)
        self.refused(3, ("E0756",), *args, "--paper", "1mm")

    def test_usage(self):
        source = self.source(4)
        for rendition in ("screen", "proof"):
            self.refused(2, ("--impose is for the press",), source, "--impose", "2up", "--rendition", rendition)
        self.refused(2, ("booklet, 2up or 4up, not '3up'",), source, "--impose", "3up")
        self.refused(2, ("needs --impose booklet",), source, "--paper", "0.1mm")
        self.refused(2, ("needs --impose booklet",), source, "--paper", "0.1mm", "--impose", "2up")
        for paper in ("1.001mm", "-0.1mm", "0.1", "thin", "", "1in", "99999999999mm"):
            self.refused(2, ("from 0mm to 1mm",), source, "--impose", "booklet", f"--paper={paper}")

    def test_layout(self):
        for paper in ("1.1mm", "-0.1mm", "0.1"):
            self.refused(3, ("/print/paper",), self.source(4), "--layout", self.layout(print_={"paper": paper}))


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
