#!/usr/bin/env python3
"""Drawings are printed with the inks that a palette has, and look as much like themselves as those can make them.

usage: test_paints.py BANTIN [TEST ...]      (unittest's own options)
SVG files of flat patches are rendered in each palette, separated by Ghostscript, and compared with what PIL's lcms2 makes of the
same colours by the same profile."""
import os, re, sys, unittest, urllib.parse

from PIL import Image

import picture_files, test_pictures
from test_pictures import BLACKS, Looks, call, color_at, distance, figure, issue, opened, places_of

SPOT = {"spot": "Đỏ son", "cmyk": [10, 95, 80, 5]}  # no plate of the process inks looks like it
# Beside the colours of all pictures: near-blacks as programs export them, grays, pale tints, the primaries.
COLORS = picture_files.COLORS
OTHERS = [(35, 31, 32), (34, 34, 34), (20, 22, 21), (60, 20, 20),
          (250, 245, 235), (255, 0, 0), (0, 255, 0), (0, 0, 255),
          (0, 0, 0), (255, 255, 255), (90, 90, 91), (120, 60, 140)]


def svg(paints, how="fill"):
    """Twelve patches. how: fill, or lines as thick as the patches are high."""
    shapes = []
    for i, paint in enumerate(paints):
        x, y = i % 4 * 12, i // 4 * 12
        shapes.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{paint}"/>' if how == "fill" else
                      f'<path d="M{x},{y + 6}h12" fill="none" stroke-width="12" stroke="{paint}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 36">{"".join(shapes)}</svg>'


def rgb(color):
    return "#%02x%02x%02x" % color


def cmyk(inks):
    return "device-cmyk(%s)" % " ".join(f"{v / 255:.4f}" for v in inks)


def is_gray(color):
    return color[0] == color[1] == color[2]


def off(look, other):
    """As paint.c counts it: lightness three times."""
    return 3 * (look[0] - other[0]) ** 2 + (look[1] - other[1]) ** 2 + (look[2] - other[2]) ** 2


class Drawings(test_pictures.Folder):
    FILES = {"colors.svg": (COLORS, rgb), "others.svg": (OTHERS, rgb), "inks.svg": (picture_files.INKS, cmyk)}

    def setUp(self):
        for name, (values, write) in self.FILES.items():
            (self.folder / name).write_text(svg(map(write, values)))
        (self.folder / "lines.svg").write_text(svg(map(rgb, COLORS), "stroke"))
        self.looks = Looks()

    def layout(self, spot=SPOT, ink_limit=300):
        return {"bantin_layout": 1, "name": "paints", "extends": "bulletin-19x27", "print": {"ink_limit": ink_limit}, "palettes": {"two": {"accent": spot, "tint": {"of": "accent", "percent": 20}}}}

    def patches(self, palette, names=None, rendition="press", layout=None, says=""):
        """{(file, patch): {plate: 0..255}} of each patch; and the plates that have anything on them."""
        names = names or [*self.FILES, "lines.svg"]
        body = [{"type": "figure", **figure(name, min_height="50mm", max_height="62mm")} for name in names]
        done, pdf, report = self.render(issue("Hình vẽ.", *body), rendition, palette, layout or self.layout())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, rf"\A{says}\Z")
        call("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dUseTrimBox", "-sDEVICE=tiffsep", f"-r{test_pictures.DPI}", "-o", self.folder / "s%03d.tif", pdf)
        plates = {}
        for path in sorted(self.folder.glob("s*(*).tif")):
            page, plate = re.fullmatch(r"s(\d+)\((.*)\)\.tif", path.name).groups()
            image = opened([path])[0].convert("L").point(lambda v: 255 - v)
            if image.getextrema()[1]:
                plates.setdefault(urllib.parse.unquote(plate), {})[int(page)] = Image.merge("RGB", [image] * 3)
        for path in self.folder.glob("s*.tif"):
            path.unlink()
        found = {}
        for frame, name in zip(report["figures"], names):
            for x, y, i in places_of(frame, 4, 3):
                found[name, i] = {plate: color_at(pages[frame["page"]], x, y)[0] if frame["page"] in pages else 0 for plate, pages in plates.items()}
        self.assertEqual(len(found), 12 * len(names))
        return found, set(plates)

    def test_four(self):
        """Through the profile; what is gray, or black to the eye, by black alone; device-cmyk() as it is."""
        colors = test_pictures.Colors()
        for rendition in ("press", "screen"):
            found, plates = self.patches("four", rendition=rendition)
            self.assertEqual(plates, {"Cyan", "Magenta", "Yellow", "Black"})
            for (name, i), inks in found.items():
                have = tuple(inks[plate] for plate in ("Cyan", "Magenta", "Yellow", "Black"))
                with self.subTest(f"{name} {i}", rendition=rendition):
                    if name == "inks.svg":
                        want = picture_files.INKS[i]
                    else:
                        value = (OTHERS if name == "others.svg" else COLORS)[i]
                        want = colors.convert(None, value)
                        if is_gray(value) or value in BLACKS:
                            self.assertEqual(have[:3], (0, 0, 0))
                            self.assertLessEqual(abs(self.looks.of(have, "CMYK")[0] - self.looks.wanted(value)[0]), 2)
                            continue
                    self.assertLessEqual(distance(want, have), 5, f"{have} is not {want}")

    def test_mono(self):
        """By lightness, on one plate."""
        found, plates = self.patches("mono")
        self.assertEqual(plates, {"Black"})
        for (name, i), inks in found.items():
            black = inks["Black"]
            have = self.looks.of((0, 0, 0, black), "CMYK")[0]
            with self.subTest(f"{name} {i}"):
                if name == "inks.svg":
                    value = picture_files.INKS[i]
                    want = max(self.looks.of(value, "CMYK")[0], self.looks.black)
                    if not any(value[:3]):
                        self.assertLessEqual(abs(black - value[3]), 2)
                else:
                    value = (OTHERS if name == "others.svg" else COLORS)[i]
                    want = self.looks.wanted(value)[0]
                self.assertLessEqual(abs(have - want), 2.5)

    def test_two(self):
        """On two plates, and no mixture of both looks much more like it."""
        found, plates = self.patches("two")
        self.assertEqual(plates, {"Black", SPOT["spot"]})
        look_at = lambda tint, black: self.looks.of([*(v * 2.55 * tint for v in SPOT["cmyk"][:3]),
                                                     255 * (1 - (1 - black) * (1 - SPOT["cmyk"][3] / 100 * tint))], "CMYK")
        mixtures = [look_at(tint / 10, black / 10) for tint in range(11) for black in range(11)]
        tinted = 0
        for (name, i), inks in found.items():
            tint, black = inks[SPOT["spot"]], inks["Black"]
            with self.subTest(f"{name} {i}"):
                values = OTHERS if name == "others.svg" else picture_files.INKS if name == "inks.svg" else COLORS
                value = values[i]
                if name == "inks.svg" and not any(value[:3]):
                    self.assertLessEqual(max(tint, abs(black - value[3])), 2)
                elif name != "inks.svg" and is_gray(value):
                    self.assertEqual(tint, 0)
                    self.assertLessEqual(abs(look_at(0, black / 255)[0] - self.looks.wanted(value)[0]), 2)
                else:
                    want = self.looks.of(value, "CMYK") if name == "inks.svg" else self.looks.wanted(value)
                    self.assertLessEqual(off(look_at(tint / 255, black / 255), want), 1.05 * min(off(m, want) for m in mixtures) + 40)
                    tinted += tint > 20
        self.assertGreaterEqual(tinted, 10)
        # Red is the spot nearly whole, green has none of it.
        self.assertGreater(found["colors.svg", 0][SPOT["spot"]], 200)
        self.assertLess(found["colors.svg", 1][SPOT["spot"]], 20)

    def test_spot_with_black(self):
        """A spot whose stand-in has black of its own."""
        found, plates = self.patches("two", ["colors.svg"], layout=self.layout({"spot": "Nâu", "cmyk": [20, 60, 80, 40]}))
        self.assertEqual(plates, {"Black", "Nâu"})
        self.assertGreater(found["colors.svg", 10]["Nâu"], 150)  # brown

    def test_ink_limit(self):
        """sRGB is held within it at the cost of the colours; device-cmyk() that passes it is told, once a drawing, in press."""
        (self.folder / "dark.svg").write_text(svg(map(rgb, [(8, 4, 60), (60, 0, 40), (0, 60, 20), (40, 20, 0)] * 3)))
        inks = ("Cyan", "Magenta", "Yellow", "Black")
        free, _ = self.patches("four", ["dark.svg"], layout=self.layout(ink_limit=400))
        held, _ = self.patches("four", ["dark.svg"], layout=self.layout(ink_limit=220))
        for place, have in held.items():
            total = sum(have[ink] for ink in inks) / 2.55
            self.assertGreater(sum(free[place][ink] for ink in inks) / 2.55, 225)
            self.assertTrue(210 <= total <= 222, f"{place}: {total}")
            self.assertEqual(have["Black"], free[place]["Black"])
        (self.folder / "wet.svg").write_text(svg(["device-cmyk(1 0.9 0.8 0.4)", "device-cmyk(1 1 1 1)"] * 6))
        says = r"[^\n]*/articles/0/body/1/image: warning W0735: [^\n]*wet\.svg'[^\n]* 400 % of ink[^\n]* 300 %[^\n]*\n"
        self.patches("four", ["wet.svg"], says=says)
        self.patches("four", ["wet.svg"], rendition="screen")
        self.patches("four", ["wet.svg"], layout=self.layout(ink_limit=400))
        self.patches("mono", ["wet.svg"])

    def test_same_again(self):
        pdfs = []
        for _ in range(2):
            self.patches("two", ["colors.svg"])
            pdfs.append((self.folder / "press.pdf").read_bytes())
        self.assertEqual(*pdfs)

    def test_opacity(self):
        """What shines through is of the same inks."""
        half = svg(map(rgb, COLORS)).replace("<rect ", '<rect fill-opacity="0.5" ')
        (self.folder / "half.svg").write_text(half)
        for palette, plates in (("two", {"Black", SPOT["spot"]}), ("mono", {"Black"})):
            whole, _ = self.patches(palette, ["colors.svg"])
            found, have = self.patches(palette, ["half.svg"])
            self.assertEqual(have, plates)
            for i in range(12):
                for plate in plates:
                    self.assertLessEqual(abs(found["half.svg", i][plate] - whole["colors.svg", i][plate] / 2), 3)


if __name__ == "__main__":
    test_pictures.BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
