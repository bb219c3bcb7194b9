#!/usr/bin/env python3
"""What surrounds the page for the press: bleed, crop and registration marks, colour bar, slug line.

usage: test_marks.py BANTIN [TEST ...]      (unittest's own options)
The plates are those that Ghostscript (tiffsep) makes of the file, at 10 dots to the millimetre; texts are pdftotext's, boxes
pdfinfo's. Places are in mm from the media box's left top corner."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageChops

BANTIN = ""
DOTS = 10  # to the mm
BAND = 10  # mm for the marks, beyond the bleed or the 3 mm that they keep at least
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
FOUR = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 0, 0),
        (.5, 0, 0, 0), (0, .5, 0, 0), (0, 0, .5, 0), (0, 0, 0, .5), (.5, .4, .4, 0)]


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, check=True).stdout


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def layout(self, width=100, height=120, bleed=3, **more):
        """A layout of one column, a band of colour at the page's head."""
        layout = {"bantin_layout": 1, "name": "nho", "extends": "a5-one-column",
                  "page": {"width": f"{width}mm", "height": f"{height}mm", "facing": False, "bleed": f"{bleed}mm",
                           "margins": dict.fromkeys(("top", "bottom", "inside", "outside"), "8mm")},
                  "grid": {"first": "12mm", "step": "13pt"},
                  "furniture": {"masthead": [{"band": {"color": "accent", "extent": "trim", "pad_y": "3mm",
                                                       "items": [{"text": "{title}", "style": "masthead-small"}]}, "y": "0mm"}],
                                "running_head": [], "folio": [], "highlights": "none", "imprint": "none"}}
        for key, value in more.items():
            layout[key] = {**layout[key], **value} if isinstance(layout.get(key), dict) else value
        return {k: v for k, v in layout.items() if v is not None}

    def render(self, layout=None, *options, body=("Một đoạn chữ.",), title="Bản tin", status=0, name="a"):
        layout = layout or self.layout()
        if layout["furniture"].get("highlights") == "none":
            layout["furniture"] = {k: v for k, v in layout["furniture"].items() if v != "none"}
        bundle = {"bantin": 1, "layout": "nho.json", "masthead": {"title": title, "number": 4, "year": 2024, "date": "2024-04-09"},
                  "articles": [{"headline": "Đầu đề", "body": list(body)}]}
        (self.folder / "nho.json").write_text(json.dumps(layout), encoding="utf-8")
        (self.folder / "b.json").write_text(json.dumps(bundle), encoding="utf-8")
        done = subprocess.run([BANTIN, "render", "b.json", "-o", f"{name}.pdf", "--dump", f"{name}.dump", *options],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        self.said = done.stderr
        return self.folder / f"{name}.pdf"

    def boxes(self, pdf):
        """{"Media": (left, bottom, right, top)} in mm."""
        found = re.findall(r"(\w+)Box: +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)", call("pdfinfo", "-box", pdf))
        return {name: tuple(round(float(v) * 25.4 / 72, 2) for v in values) for name, *values in found}

    def plates(self, pdf, page=1):
        """{plate: its picture}, dark where there is ink."""
        call("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{DOTS * 25.4}", f"-sPageList={page}", "-o",
             self.folder / "p%d.tif", pdf)
        plates = {}
        for path in self.folder.glob("p*(*).tif"):
            with Image.open(path) as image:
                plates[re.fullmatch(r"p\d+\((.*)\)\.tif", path.name)[1]] = image.convert("L").copy()
            path.unlink()
        return plates

    def crop(self, image, left, top, right, bottom):
        return image.crop([round(v * DOTS) for v in (left, top, right, bottom)])

    def ink(self, image, *box):
        """(least, most) ink in a box, 0 to 1."""
        low, high = self.crop(image, *box).getextrema()
        return round(1 - high / 255, 2), round(1 - low / 255, 2)

    def assert_blank(self, image, *box):
        self.assertEqual(self.ink(image, *box)[1], 0, box)


class Boxes(Case):
    def test_press(self):
        """The media box grows by the bleed and the band; without a bleed the marks keep 3 mm off the trim."""
        for bleed, edge in ((3, 3), (5, 5), (1, 3), (0, 3)):
            box = self.boxes(self.render(self.layout(bleed=bleed)))
            out = edge + BAND
            self.assertEqual(box["Media"], (0, 0, 100 + 2 * out, 120 + 2 * out), bleed)
            self.assertEqual(box["Crop"], box["Media"])
            self.assertEqual(box["Trim"], (out, out, 100 + out, 120 + out), bleed)
            self.assertEqual(box["Bleed"], (out - bleed, out - bleed, 100 + out + bleed, 120 + out + bleed), bleed)

    def test_without_marks(self):
        box = self.boxes(self.render(self.layout(print={"marks": False})))
        self.assertEqual(box["Media"], (0, 0, 106, 126))
        self.assertEqual(box["Bleed"], box["Media"])
        self.assertEqual(box["Trim"], (3, 3, 103, 123))

    def test_not_in_press(self):
        for rendition in ("screen", "proof"):
            pdf = self.render(None, "--rendition", rendition)
            self.assertEqual(set(self.boxes(pdf).values()), {(0, 0, 100, 120)}, rendition)
            self.assertNotIn("Trang 1/1", call("pdftotext", pdf, "-"))


class Around(Case):
    def check_lines(self, image, width=100, height=120, out=13, edge=3):
        """Crop marks of 5 mm, half a millimetre off the bleed, on the trim's own lines, and nothing else beside them."""
        begin, end = out - edge - 5.5, out - edge - .5
        for x in (out, out + width):
            for y0, y1 in ((begin, end), (2 * out + height - end, 2 * out + height - begin)):
                self.assert_line([self.ink(image, x - .2, y, x + .2, y + .1)[1] for y in (y0 + .2, (y0 + y1) / 2, y1 - .3)])
                self.assert_blank(image, x - 1, y0, x - .2, y1)
                self.assert_blank(image, x + .2, y0, x + 1, y1)
        for y in (out, out + height):
            for x0, x1 in ((begin, end), (2 * out + width - end, 2 * out + width - begin)):
                self.assert_line([self.ink(image, x, y - .2, x + .1, y + .2)[1] for x in (x0 + .2, (x0 + x1) / 2, x1 - .3)])
                self.assert_blank(image, x0, y - 1, x1, y - .2)
                self.assert_blank(image, x0, y + .2, x1, y + 1)

    def assert_line(self, inks):
        self.assertEqual(set(inks), {1}, "solid all along")

    def check_crosses(self, image, places=((63, 5), (63, 141), (5, 73), (121, 73))):
        """Registration marks, for one page in the middle of each side: a disc, paper, a ring, and a cross through both."""
        for x, y in places:
            self.assertEqual(self.ink(image, x + .3, y + .3, x + .5, y + .5), (1, 1), "the disc")
            self.assert_blank(image, x + 1, y + .8, x + 1.2, y + 1)
            self.assertEqual(self.ink(image, x + 1.2, y + 1.2, x + 1.7, y + 1.7)[1], 1, "the ring")
            for u, v in ((3.3, 0), (-3.3, 0), (0, 3.3), (0, -3.3)):
                self.assertEqual(self.ink(image, x + u - .1, y + v - .1, x + u + .1, y + v + .1)[1], 1, "the cross")
            self.assert_blank(image, x + 3.7, y - .5, x + 4, y + .5)


class Marks(Around):
    def test_on_every_plate(self):
        for palette, n in (("four", 4), ("two", 5)):  # Ghostscript has the process plates in any case
            plates = self.plates(self.render(None, "--palette", palette))
            self.assertEqual(len(plates), n, set(plates))
            for name, image in plates.items():
                with self.subTest(f"{palette}, {name}"):
                    self.check_lines(image)
                    self.check_crosses(image)

    def test_one_plate(self):
        """Where a palette prints with black alone, the file asks for no other ink, on the page as around it."""
        pdf = self.render(None, "--palette", "mono")
        plates = self.plates(pdf)
        self.assertEqual(set(plates), set(PROCESS))
        for name in PROCESS[:3]:
            self.assertEqual(plates[name].getextrema(), (255, 255), name)
        self.check_lines(plates["Black"])
        self.check_crosses(plates["Black"])
        self.assertNotIn(b"/Separation", pdf.read_bytes())

    def test_no_bleed(self):
        """Around a page without bleed 3 mm stay white."""
        image = self.plates(self.render(self.layout(bleed=0, furniture={"masthead": []})))["Black"]
        self.check_lines(image)
        for box in ((10, 10, 116, 13), (10, 133, 116, 136), (10, 10, 13, 136), (113, 10, 116, 136)):
            self.assert_blank(image, *box)

    def test_wide_bleed(self):
        image = self.plates(self.render(self.layout(bleed=6)))["Black"]
        self.check_lines(image, out=16, edge=6)
        self.check_crosses(image, [(66, 5), (66, 147), (5, 76), (127, 76)])

    def test_nothing_inside(self):
        """Within the bleed box the page is, dot for dot, what it is without marks."""
        with_marks = self.plates(self.render(None, "--palette", "two"))
        without = self.plates(self.render(self.layout(print={"marks": False}), "--palette", "two"))
        self.assertEqual(set(with_marks), set(without))
        for name, image in with_marks.items():
            inside = self.crop(image, BAND, BAND, BAND + 106, BAND + 126)
            self.assertEqual(inside.size, without[name].size)
            self.assertIsNone(ImageChops.difference(inside, without[name]).getbbox(), name)

    def test_every_page(self):
        pdf = self.render(body=["Một đoạn chữ dài hơn một chút để sang trang sau."] * 60)
        self.check_lines(self.plates(pdf, 2)["Black"])
        texts = call("pdftotext", pdf, "-")
        n = texts.count("\f")
        self.assertGreater(n, 1)
        for i in range(n):
            self.assertEqual(texts.count(f"Trang {i + 1}/{n} ·"), 1)


class Bar(Case):
    def check(self, plates, patches, left=17, side=5):
        """The inks of each patch on each plate. patches: [{plate: ink}]"""
        y = 5
        for i, inks in enumerate(patches):
            x = left + (i + .5) * side
            for name, image in plates.items():
                least, most = self.ink(image, x - .4 * side, y - .4 * side, x + .4 * side, y + .4 * side)
                self.assertEqual(least, most, "even")
                self.assertAlmostEqual(most, inks.get(name, 0), delta=.01, msg=f"patch {i + 1} on {name}")
        for image in plates.values():
            self.assert_blank(image, left + len(patches) * side + .1, y - 2.6, left + (len(patches) + .4) * side, y + 2.6)

    def test_four(self):
        plates = self.plates(self.render(self.layout(width=190)))
        self.check(plates, [dict(zip(PROCESS, inks)) for inks in FOUR])

    def test_two(self):
        plates = self.plates(self.render(None, "--palette", "two"))
        self.check(plates, [{name: ink} for ink in (1, .5) for name in ("Black", "PANTONE 227 C")])

    def test_mono(self):
        self.check(self.plates(self.render(None, "--palette", "mono")), [{"Black": 1}, {"Black": .5}])

    def test_narrow(self):
        """On a small page the bar goes on beyond the registration mark, or its patches are smaller; crop marks stay free."""
        plates = self.plates(self.render(self.layout(width=60, height=110)))
        middle = 13 + 30
        for x0, x1 in ((14, 16.9), (middle - 5.5, middle - 3.6), (middle + 3.6, middle + 5.4), (69.1, 72)):
            for image in plates.values():
                self.assert_blank(image, x0, 2, x1, 8)
        row = [tuple(self.ink(plates[name], x / 10, 4.9, x / 10 + .1, 5)[1] for name in PROCESS) for x in range(170, 690)]
        for inks in FOUR:
            self.assertTrue(any(all(abs(a - b) < .02 for a, b in zip(inks, dots)) for dots in row), inks)

    def test_many_spots(self):
        """Eleven plates: each has its solid and its half."""
        colors = {f"ink-{i}": {"spot": f"Mực {i}", "cmyk": [10 * i, 50, 0, 0]} for i in range(7)}
        styles = {f"masthead-{i}": {"extends": "masthead-small", "color": f"ink-{i}"} for i in range(7)}
        layout = self.layout(width=105, colors=colors, styles=styles,
                             furniture={"masthead": [{"text": f"{i}", "style": f"masthead-{i}"} for i in range(7)]})
        plates = self.plates(self.render(layout))
        self.assertEqual(len(plates), 11, set(plates))
        for name, image in plates.items():
            row = {round(1 - v / 255, 2) for v in self.crop(image, 17, 4.9, 115, 5).getdata()}
            self.assertTrue({0, 1} <= row and row & {.5, .49, .51}, (name, row))


class Slug(Case):
    def text(self, pdf, left, top, width, height, *options):
        at = [str(round(v * DOTS)) for v in (left, top, width, height)]
        return call("pdftotext", "-r", DOTS * 25.4, "-x", at[0], "-y", at[1], "-W", at[2], "-H", at[3], *options, pdf, "-")

    def slug(self, pdf, width=100, height=120):
        return self.text(pdf, 0, height + 16, width + 26, 10, "-layout").split("\n")

    def test_says(self):
        pdf = self.render(self.layout(width=190))
        lines = self.slug(pdf, 190)
        self.assertRegex(lines[0], r"^ *Bản tin – Số 4/2024 +Cyan +Magenta +Yellow +Black$")
        self.assertRegex(lines[1], r"^ *Trang 1/1 · nho · four · 190 × 120 \+ 3 mm$")

    def test_says_in_the_layouts_words(self):
        pdf = self.render(self.layout(width=190, bleed=0, words={"slug_page": "Page {page} of {pages}"}), "--palette", "mono")
        lines = self.slug(pdf, 190)
        self.assertRegex(lines[1], r"Page 1 of 1 · nho · mono · 190 × 120 mm$")
        self.assertRegex(lines[0], "4/2024 +Black$")

    def test_plates_in_their_inks(self):
        pdf = self.render(None, "--palette", "two")
        self.assertRegex(self.slug(pdf)[0], "Black +PANTONE 227 C$")
        plates = self.plates(pdf)
        right = (13 + 50 + 5.5, 137, 112, 144)
        for name in PROCESS[:3]:
            self.assert_blank(plates[name], *right)
        black, spot = (ImageChops.invert(self.crop(plates[name], *right)).getbbox() for name in ("Black", "PANTONE 227 C"))
        self.assertLess(black[2], spot[0], "one beside the other, each on its plate alone")
        self.assert_blank(plates["PANTONE 227 C"], 16, 137, 13 + 50 - 5.5, 145)

    def test_body_is_read_as_on_screen(self):
        """Neither the page's text nor its structure has anything of the slug line."""
        body = ["Một đoạn chữ dài hơn một chút để sang trang sau."] * 60
        layout = self.layout(furniture={"masthead": []})
        press = self.render(layout, body=body)
        screen = self.render(layout, "--rendition", "screen", body=body, name="s")
        self.assertEqual(self.text(press, 13, 13, 100, 120), call("pdftotext", screen, "-"))
        structure = call("pdfinfo", "-struct-text", press)
        self.assertIn("Một đoạn", structure)
        self.assertNotRegex(structure, "Trang 1|Magenta")

    def test_long_title(self):
        """A title that is too long is cut with an ellipsis before it meets the registration mark; the page number stays."""
        title = "Bản tin sinh hoạt chi hội phụ nữ các xã vùng biển và đồng bằng, số đặc biệt mừng ngày truyền thống"
        for width in (60, 105):
            pdf = self.render(self.layout(width=width, furniture={"masthead": []}), title=title)
            lines = self.slug(pdf, width)
            cut = re.match(r" *(.*?…)", lines[0])
            self.assertTrue(cut and title.startswith(cut[1][:-1]), lines[0])
            self.assertGreater(len(cut[1]), width / 8, "as much as there is room for")
            self.assertIn("Trang 1/1", lines[1])
            middle = 13 + width / 2
            self.assert_blank(self.plates(pdf)["Black"], middle - 5.5, 138, middle - 3.6, 146)

    def test_says_nothing_twice(self):
        """A character that no font has is told where it stands on the page, not beside it too."""
        self.render(title="Bản tin 😀")
        self.assertEqual(self.said.count("W0422"), 1, self.said)

    def test_sizes(self):
        """It fits beside the marks from A6 to A3."""
        for width, height in ((105, 148), (297, 420)):
            pdf = self.render(self.layout(width=width, height=height))
            lines = self.slug(pdf, width, height)
            self.assertRegex(lines[0], "Bản tin – Số 4/2024 +Cyan +Magenta +Yellow +Black")
            self.assertRegex(lines[1], rf"Trang 1/1 · nho · four · {width} × {height} \+ 3 mm")


class Imposed(Around):
    """Sheets of several pages: crop marks at their corners, and marks where they are cut and folded."""

    def runs(self, image, *box):
        """[(ink or none, dots)] along a line one dot wide."""
        runs = []
        for value in self.crop(image, *box).getdata():
            if runs and runs[-1][0] == (value < 128):
                runs[-1][1] += 1
            else:
                runs.append([value < 128, 1])
        return runs

    def line_at(self, image, x, top, bottom):
        """The runs along the upright line at x, wherever among its dots."""
        return max((self.runs(image, x + d / DOTS, top, x + (d + 1) / DOTS, bottom) for d in (-1, 0)),
                   key=lambda runs: sum(dots for is_ink, dots in runs if is_ink))

    def test_booklet(self):
        body = ["Một đoạn chữ dài hơn một chút để sang trang sau."] * 100
        pdf = self.render(None, "--impose", "booklet", "--pages-multiple", "4", body=body)
        image = self.plates(pdf)["Magenta"]
        self.check_lines(image, width=200)
        for top in (4.5, 136.5):
            ink = [dots for is_ink, dots in self.line_at(image, 113, top, top + 5) if is_ink]
            self.assertEqual(len(ink), 4, "a fold mark is dashed")
        self.check_crosses(image, [(63, 5), (63, 141), (5, 73), (221, 73)])

    def test_cut(self):
        image = self.plates(self.render(None, "--impose", "4up"))["Magenta"]
        self.check_lines(image, width=206, height=246)
        for at in (113, 119):
            for top in (4.6, 262.6):
                self.assertEqual([is_ink for is_ink, _ in self.line_at(image, at, top, top + 4.8)], [True], "a cut is not dashed")
        turned = image.transpose(Image.Transpose.TRANSPOSE)
        for at in (133, 139):
            for left in (4.6, 222.6):
                self.assertEqual([is_ink for is_ink, _ in self.line_at(turned, at, left, left + 4.8)], [True])


class Bleed(Case):
    def strips(self, layout, *options, **more):
        """(least, most) ink of magenta along the four strips of bleed, the corners apart, of a file without marks."""
        layout["print"] = {"marks": False}
        image = self.plates(self.render(layout, *options, **more))["Magenta"]
        boxes = {"top": (3, 0, 103, 3), "bottom": (3, 123, 103, 126), "left": (0, 3, 3, 123), "right": (103, 3, 106, 123)}
        return image, {name: self.ink(image, *box) for name, box in boxes.items()}

    def test_band_at_the_head(self):
        image, ink = self.strips(self.layout())
        self.assertEqual(ink["top"], (1, 1), "all of it, to the edge")
        self.assertEqual(ink["bottom"], (0, 0))
        for x0, x1 in ((0, 3), (103, 106)):
            self.assertEqual(self.ink(image, x0, 0, x1, 8), (1, 1), "beside the band, with the corners")
            self.assert_blank(image, x0, 20, x1, 126)

    def test_band_at_the_foot(self):
        layout = self.layout()
        layout["furniture"]["masthead"] = []
        layout["furniture"]["folio"] = [{"band": {"color": "accent", "extent": "trim", "items": [
            {"rule": {"weight": "0.2pt", "color": "accent"}, "y": "119.9mm"}]}, "y": "110mm"}]  # to 0.03 mm from the trim
        image, ink = self.strips(layout)
        self.assertEqual(ink["top"], (0, 0))
        self.assertEqual(ink["bottom"], (1, 1))
        self.assertEqual(self.ink(image, 0, 115, 3, 126), (1, 1))
        self.assert_blank(image, 0, 0, 3, 112)

    def picture(self, margins, top="8mm"):
        """A magenta picture across the page, in a file of 2 to 1."""
        Image.new("CMYK", (1600, 800), (0, 255, 0, 0)).save(self.folder / "m.jpg")
        layout = self.layout(page={"margins": {"top": top, "bottom": "8mm", **margins}}, furniture={"masthead": []})
        layout["page"].update(width="100mm", height="120mm", facing=False, bleed="3mm")
        figure = {"type": "figure", "image": "m.jpg", "alt": "Ảnh", "min_height": "30mm", "max_height": "60mm"}
        return layout, {"body": ["Chữ.", figure], "title": "Bản tin"}

    def check_drawing(self):
        """Not distorted, and its frame covered."""
        found = re.findall(r"(?m)^image (-?\d+) (-?\d+) (\d+) (\d+) .*?(-?\d+) (-?\d+) (\d+) (\d+)", (self.folder / "a.dump").read_text())
        self.assertEqual(len(found), 1)
        x, y, w, h, dx, dy, dw, dh = map(int, found[0])
        self.assertAlmostEqual(dw / dh, 2, places=4)
        self.assertTrue(dx <= x and dy <= y and dx + dw >= x + w and dy + dh >= y + h, found)

    def test_picture_at_a_side(self):
        layout, more = self.picture({"inside": "0mm", "outside": "8mm"})
        image, ink = self.strips(layout, **more)
        self.assertEqual(ink["left"][1], 1)
        rows = [self.ink(image, 0, y, 3, y + .1) for y in range(3, 123)]
        self.assertEqual(set(rows), {(0, 0), (1, 1)}, "where the picture is, all of the strip")
        for side in ("top", "right", "bottom"):
            self.assertEqual(ink[side], (0, 0), side)
        self.check_drawing()

    def test_picture_at_both_sides(self):
        layout, more = self.picture({"inside": "0mm", "outside": "0mm"})
        image, ink = self.strips(layout, **more)
        self.assertEqual((ink["left"][1], ink["right"][1], ink["top"][1], ink["bottom"][1]), (1, 1, 0, 0))
        self.check_drawing()

    def test_same_in_all_renditions(self):
        layout, more = self.picture({"inside": "0mm", "outside": "8mm"})
        self.render(layout, **more)
        press = (self.folder / "a.dump").read_bytes()
        for rendition in ("screen", "proof"):
            self.render(layout, "--rendition", rendition, name="s", **more)
            self.assertEqual((self.folder / "s.dump").read_bytes(), press, rendition)

    def test_nothing_where_there_is_none(self):
        layout, more = self.picture({"inside": "0mm", "outside": "8mm"})
        layout["page"]["bleed"] = "0mm"
        self.render(layout, **more)
        self.assertRegex((self.folder / "a.dump").read_text(), r"(?m)^image 0 ")
        self.assertEqual(self.boxes(self.folder / "a.pdf")["Bleed"], self.boxes(self.folder / "a.pdf")["Trim"])
        self.assertRegex(self.said, "warning W0751: on page 1 .* bleed is 0 mm")
        layout["page"]["bleed"] = "3mm"
        self.render(layout, **more)
        self.assertNotIn("W0751", self.said)

    def test_text_near_the_knife(self):
        """Text nearer than 3 mm to the trim is told once, for the press alone."""
        layout = self.layout(furniture={"masthead": [], "folio": [{"text": "{page}", "style": "masthead-small", "y": "118.5mm"}]})
        body = ["Một đoạn chữ dài hơn một chút để sang trang sau."] * 60
        self.render(layout, body=body)
        told = re.findall(r"warning W0750: text on page (\d+) stands ([\d.]+) mm .*?\((\d+) such", self.said)
        self.assertEqual(len(told), 1, self.said)
        self.assertTrue(1.2 <= float(told[0][1]) <= 1.6 and int(told[0][2]) > 1, told)
        self.render(layout, "--rendition", "screen", body=body)
        self.assertNotIn("W0750", self.said)
        layout["furniture"]["folio"][0]["y"] = "116.5mm"
        self.render(layout, body=body)
        self.assertNotIn("W0750", self.said)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
