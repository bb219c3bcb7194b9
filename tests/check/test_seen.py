#!/usr/bin/env python3
"""What is seen of real files, held against what others know of them: rules, tints and pictures of our samples against
the drawing that they were written from (render --dump), pictures of all files against pdfimages.

usage: test_seen.py BANTIN SEE [unittest's arguments]
"""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BANTIN, SEE = sys.argv.pop(1), sys.argv.pop(1)
SAMPLES = ("thanh-hoa-2024-04", "a5-chi-hoi", "to-gap-suc-khoe")
POINT = 65536  # scaled points
NEAR = 0.02  # pt: files have places with three decimals, and boxes are sums of them
RULE_THICKEST = 4.0


def see(path):
    return json.loads(subprocess.run([SEE, path], capture_output=True, check=True).stdout)


def render(folder, sample, rendition):
    """The file and its dump."""
    pdf, dump = (os.path.join(folder, f"{sample}-{rendition}.{end}") for end in ("pdf", "txt"))
    if not os.path.exists(pdf):
        bundle = os.path.join(ROOT, "samples", sample, "bundle.json")
        subprocess.run([BANTIN, "render", bundle, "-o", pdf, "--dump", dump, "--rendition", rendition],
                       capture_output=True, check=True)
    return pdf, dump


class Drawn:
    """An item of a dump that is an area, a picture or a line of letters."""

    def __init__(self, words, page):
        self.page, self.kind = page, words[0]
        numbers = [int(word) / POINT for word in words[1:5]] if self.kind != "glyphs" else []
        if self.kind == "fill":
            self.box, self.ink = box_of(numbers), words[5]
        elif self.kind == "image":
            self.box = box_of(numbers)
            self.whole = box_of([int(word) / POINT for word in words[6:10]])
            self.is_vector = words[10] == "vector"
            self.samples = words[11]
        else:
            self.x, self.y = int(words[1]) / POINT, int(words[2]) / POINT
            self.face, self.size, self.ink = words[3], int(words[4]) / POINT, words[5]
            self.end = self.x + int(words[words.index("width") + 1]) / POINT


def box_of(numbers):
    x, y, width, height = numbers
    return [x, y, x + width, y + height]


def read_dump(path):
    items, page = [], -1
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if words[:1] == ["page"]:
                page += 1
            if words and words[0] in ("fill", "image", "glyphs"):
                items.append(Drawn(words, page))
    return items


def is_near(a, b, within=NEAR):
    return all(abs(x - y) < within for x, y in zip(a, b))


def inks_of(color):
    """The numbers of "CMYK 0 0 0 100" or of a dump's 0/0/0/100."""
    return [float(number) for number in re.split(r"[ /]", color.removeprefix("CMYK "))]


def is_same_ink(color, ink):
    return color is not None and color.startswith("CMYK ") and is_near(inks_of(color), inks_of(ink), 0.11)


class Samples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def each(self):
        for sample in SAMPLES:
            for rendition in ("press", "screen"):
                pdf, dump = render(self.folder.name, sample, rendition)
                yield see(pdf)["pages"], read_dump(dump)

    def test_fills(self):
        """Every rule and tint of the drawing is seen, in its ink, once; and no other in the structure of the page."""
        for pages, items in self.each():
            fills = [item for item in items if item.kind == "fill"]
            self.assertGreater(len(fills), 10)
            unexplained = [[path for path in page["paths"] if is_fill(path)] for page in pages]
            for fill in fills:
                media = pages[fill.page]["media"]
                box = [max(fill.box[0], media[0]), max(fill.box[1], media[1]),
                       min(fill.box[2], media[2]), min(fill.box[3], media[3])]
                same = [path for path in unexplained[fill.page]
                        if is_near(path["box"], box) and is_same_ink(path["paint"]["fill"], fill.ink)]
                self.assertTrue(same, f"page {fill.page + 1}: nothing at {fill.box} in {fill.ink}")
                path = same[0]
                unexplained[fill.page].remove(path)
                width, height = fill.box[2] - fill.box[0], fill.box[3] - fill.box[1]
                thin = min(width, height)
                is_rule = thin <= RULE_THICKEST and max(width, height) > thin
                self.assertEqual(path["kind"], "rule" if is_rule else "area")
                self.assertAlmostEqual(path["thickness"], thin if is_rule else 0, delta=NEAR)
            for i, page in enumerate(pages):
                drawings = [item.box for item in items if item.kind == "image" and item.page == i]
                for path in unexplained[i]:
                    is_drawn = any(is_within(path["box"], box) for box in drawings)
                    self.assertTrue(is_drawn or is_beside(path["box"], page), f"page {i + 1}: nobody drew {path}")

    def test_pictures(self):
        for pages, items in self.each():
            drawn = [item for item in items if item.kind == "image" and not item.is_vector]
            self.assertEqual([len(page["pictures"]) for page in pages],
                             [sum(item.page == i for item in drawn) for i in range(len(pages))])
            seen = [(i, picture) for i, page in enumerate(pages) for picture in page["pictures"]]
            for item in drawn:
                same = [picture for i, picture in seen if i == item.page and is_near(picture["box"], item.box)]
                self.assertEqual(len(same), 1, item.box)
                self.assertTrue(is_within(item.box, same[0]["whole"]))
                self.assertTrue(is_within(same[0]["whole"], item.whole))
                self.assertGreater(same[0]["n_samples"], 0)

    def test_inks_of_letters(self):
        for pages, items in self.each():
            n = 0
            for item in items:
                if item.kind != "glyphs":
                    continue
                runs = [run for word in pages[item.page]["words"] if abs(word["baseline"] - item.y) < 0.05
                        for run in word["runs"] if item.x - 0.1 < run["x0"] < item.end]
                self.assertTrue(any(is_same_ink(run["paint"]["fill"], item.ink) and run["face"] == item.face and
                                    abs(run["size"] - item.size) < 0.01 for run in runs),
                                f"page {item.page + 1}: {item.face} {item.ink} at {item.x} {item.y}, {runs}")
                n += 1
            self.assertGreater(n, 20)

    def test_black_overprints(self):
        """In a press file black letters overprint what is below, and others do not."""
        for sample in SAMPLES:
            pdf, _ = render(self.folder.name, sample, "press")
            kinds = set()
            for page in see(pdf)["pages"]:
                for word in page["words"]:
                    for run in word["runs"]:
                        is_black = run["paint"]["fill"] == "CMYK 0 0 0 100"
                        kinds.add((is_black, run["paint"]["overprints_fill"]))
            self.assertIn((True, True), kinds)
            self.assertNotIn((False, True), kinds)


def is_fill(path):
    return path["kind"] in ("rule", "area") and path["paint"]["fill"] and not path["is_hidden"]


def is_within(box, around):
    return (box[0] > around[0] - NEAR and box[1] > around[1] - NEAR and box[2] < around[2] + NEAR and
            box[3] < around[3] + NEAR)


def is_beside(box, page):
    """Beside the trim, where the marks are."""
    return box[2] <= NEAR or box[3] <= NEAR or box[0] >= page["width"] - NEAR or box[1] >= page["height"] - NEAR


class AgainstPdfimages(unittest.TestCase):
    SPACES = {"gray": "gray", "RGB": "rgb", "CMYK": "cmyk", "ICC gray": "icc", "ICC RGB": "icc", "ICC CMYK": "icc",
              "indexed": "index", "spot": "sep", "DeviceN": "devn", "Lab": "lab", "CalGray": "gray", "CalRGB": "rgb"}

    def check(self, path):
        listed = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
        theirs = []
        for line in listed.splitlines()[2:]:
            words = line.split()
            if words[2] in ("image", "stencil"):
                theirs.append((int(words[0]) - 1, words[2], int(words[3]), int(words[4]), words[5], int(words[7]),
                               words[8], int(words[12]), int(words[13])))
        encodings = {"DCTDecode": "jpeg", "JPXDecode": "jpx", "CCITTFaxDecode": "ccitt", "JBIG2Decode": "jbig2"}
        ours = []
        for i, page in enumerate(see(path)["pages"]):
            for picture in page["pictures"]:
                is_stencil = picture["is_stencil"]
                ours.append((i, "stencil" if is_stencil else "image", picture["n_columns"], picture["n_rows"],
                             "-" if is_stencil else self.SPACES[picture["space"]], picture["bits"],
                             encodings.get(picture["filter"], "image"),
                             round(picture["ppi_x"]), round(picture["ppi_y"])))
        self.assertEqual(len(ours), len(theirs))
        for our, their in zip(ours, theirs):
            self.assertEqual(our[:7], their[:7])
            self.assertTrue(is_near(our[7:], their[7:], 1.5), f"{our} {their}")
        return len(ours)

    def test_samples(self):
        """What is decoded: a JPEG against what Pillow makes of it, the other against what qpdf prints."""
        with tempfile.TemporaryDirectory() as folder:
            pdf, _ = render(folder, "thanh-hoa-2024-04", "screen")
            subprocess.run(["pdfimages", "-all", pdf, os.path.join(folder, "p")], check=True)
            kinds = []
            for i, picture in enumerate(picture for page in see(pdf)["pages"] for picture in page["pictures"]):
                kinds.append(picture["filter"])
                if picture["filter"] == "DCTDecode":
                    samples = Image.open(os.path.join(folder, f"p-{i:03}.jpg")).tobytes()
                else:
                    shown = ["qpdf", f"--show-object={picture['object']}", "--filtered-stream-data", pdf]
                    samples = subprocess.run(shown, capture_output=True, check=True).stdout
                self.assertEqual(hashlib.sha256(samples).hexdigest(), picture["samples"])
            self.assertEqual(sorted(kinds), ["DCTDecode", "FlateDecode"])

    def test_lists_of_samples(self):
        n = 0
        with tempfile.TemporaryDirectory() as folder:
            for rendition in ("press", "screen"):
                n += self.check(render(folder, "thanh-hoa-2024-04", rendition)[0])
        self.assertGreater(n, 3)

    def test_foreign(self):
        paths = sorted(glob.glob(os.path.join(HERE, "foreign", "*.pdf")))
        self.assertGreater(len(paths), 9)
        for path in paths:
            with self.subTest(path=os.path.basename(path)):
                self.check(path)


if __name__ == "__main__":
    unittest.main()
