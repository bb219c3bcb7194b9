#!/usr/bin/env python3
"""Every kind of picture is right on paper, or refused by a clear error.

usage: test_pictures.py BANTIN [TEST ...]      (unittest's own options)
The pictures of picture_files.py are rendered for the press and for the screen, drawn by programs that are not ours (Ghostscript as
plates, Poppler as a screen does), and compared patch by patch with what they should be."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageCms

import picture_files
from picture_files import COLUMNS, ROWS

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROFILE = "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc"
PERCEPTUAL, COMPENSATED = 0, 0x2000  # lcms2's
DPI = 100
BANTIN = ""


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, check=True).stdout


def layout(min_ppi=1, warn_ppi=1):
    return {"bantin_layout": 1, "name": "pictures", "extends": "bulletin-19x27", "print": {"min_ppi": min_ppi, "warn_ppi": warn_ppi, "ink_limit": 400}}


def issue(*body, **masthead):
    return {"bantin": 1, "masthead": {"title": "Ảnh", "date": "2024-04-09", **masthead}, "articles": [{"headline": "Ảnh", "body": list(body)}]}


def figure(name, **keys):
    return {"image": name, "caption": name, "alt": name, **keys}


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    @classmethod
    def render(cls, bundle, rendition="press", palette="four", layout=layout()):
        """The process, the PDF's path and its report (None where there is none)."""
        for name, value in (("bundle.json", bundle), ("layout.json", layout)):
            (cls.folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        pdf, report = cls.folder / f"{rendition}.pdf", cls.folder / "report.json"
        for path in (pdf, report):
            path.unlink(missing_ok=True)
        done = subprocess.run([BANTIN, "render", "bundle.json", "-o", pdf, "--layout", "layout.json", "--palette", palette, "--rendition",
                               rendition, "--report", report], cwd=cls.folder, capture_output=True, text=True, timeout=120)
        return done, pdf, json.loads(report.read_text(encoding="utf-8")) if report.exists() else None


# --- what is on the paper ---

def opened(paths):
    pages = []
    for path in sorted(paths):
        with Image.open(path) as page:
            page.load()
            pages.append(page)
        path.unlink()
    return pages


def plates_of(pdf, folder):
    """Each page as C, M, Y, K, its trimmed part."""
    call("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dUseTrimBox", "-sDEVICE=tiff32nc", f"-r{DPI}", "-o", folder / "plates%03d.tif", pdf)
    return opened(folder.glob("plates*.tif"))


def poppler_of(pdf, folder):
    call("pdftoppm", "-r", DPI, pdf, folder / "poppler")
    return opened(folder.glob("poppler*.ppm"))


def screens_of(pdf, folder):
    call("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", f"-r{DPI}", "-o", folder / "screen%03d.png", pdf)
    return opened(folder.glob("screen*.png"))


def places_of(frame, width, height):
    """(x, y, patch) [mm] of points well within the patches of a picture that covers its frame."""
    scale = max(frame["width"] / width, frame["height"] / height)
    left, top = frame["x"] + (frame["width"] - width * scale) / 2, frame["y"] + (frame["height"] - height * scale) / 2
    for i in range(COLUMNS * ROWS):
        x = left + (i % COLUMNS + 0.5) / COLUMNS * width * scale
        y = top + (i // COLUMNS + 0.5) / ROWS * height * scale
        if 1 < x - frame["x"] < frame["width"] - 1 and 1 < y - frame["y"] < frame["height"] - 1:
            yield x, y, i


def color_at(page, x, y):
    """The mean of a few pixels."""
    x, y = x / 25.4 * DPI, y / 25.4 * DPI
    box = page.crop((round(x) - 1, round(y) - 1, round(x) + 2, round(y) + 2))
    pixels = list(box.getdata())
    return tuple(sum(p[c] for p in pixels) / len(pixels) for c in range(len(pixels[0])))


BLACKS = [(35, 31, 32), (20, 22, 21), (34, 34, 34), (10, 10, 10)]  # pass for black in drawings


class Looks:
    """Colours in CIELAB, relative to the paper, by PIL's lcms2."""
    def __init__(self):
        lab = ImageCms.createProfile("LAB")
        self.press = ImageCms.buildTransform(PROFILE, lab, "CMYK", "LAB", 1)
        self.screen = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB", 1)
        self.black = self.of((0, 0, 0, 255), "CMYK")[0]

    def of(self, value, mode):
        image = ImageCms.applyTransform(Image.new(mode, (1, 1), tuple(round(v) for v in value)), self.press if mode == "CMYK" else self.screen)
        l, a, b = (c.getpixel((0, 0)) for c in image.split())
        return l * 100 / 255, a - 128, b - 128

    def wanted(self, color, blacks=BLACKS):
        """Of an sRGB colour, its light drawn together so that black is the black of the press; what passes for black is."""
        if color in blacks:
            return self.black, 0, 0
        l, a, b = self.of(color, "RGB")
        light = lambda l: ((l + 16) / 116) ** 3 if l > 8 else l / 903.3
        y = light(self.black) + light(l) * (1 - light(self.black))
        return 116 * y ** (1 / 3) - 16, a, b


class Colors:
    """What a patch should be, by PIL's lcms2."""
    def __init__(self):
        self.known, self.looks = {}, Looks()
        self.lightness = [self.looks.of((0, 0, 0, k), "CMYK")[0] for k in range(256)]

    def black(self, tone):
        """The tint of black that is as light as a gray of sRGB."""
        want = self.looks.wanted((tone,) * 3, ())[0]
        return min(range(256), key=lambda k: abs(self.lightness[k] - want))

    def convert(self, profile, value):
        if profile not in self.known:
            source = picture_files.io.BytesIO(profile) if profile else ImageCms.createProfile("sRGB")
            self.known[profile] = ImageCms.buildTransform(ImageCms.getOpenProfile(source) if profile else source, PROFILE, "RGB", "CMYK",
                                                          PERCEPTUAL, flags=COMPENSATED)
        return ImageCms.applyTransform(Image.new("RGB", (1, 1), value), self.known[profile]).getpixel((0, 0))

    def inks(self, picture, patch):
        kind, value, alpha = patch
        inks = (value if kind == "cmyk" else (0, 0, 0, 255 - value) if kind == "gray" else (0, 0, 0, self.black(value)) if kind == "tone" else
                self.convert(picture.profile, value))
        return tuple(v * alpha / 255 for v in inks)

    def light(self, picture, patch):
        """As a screen shows it, roughly where inks are looked at."""
        kind, value, alpha = patch
        if kind in ("gray", "tone"):
            value = (value,) * 3
        elif kind == "cmyk":
            if "press" not in self.known:
                self.known["press"] = ImageCms.buildTransform(PROFILE, ImageCms.createProfile("sRGB"), "CMYK", "RGB", 1)
            value = ImageCms.applyTransform(Image.new("CMYK", (1, 1), value), self.known["press"]).getpixel((0, 0))
        elif picture.profile:
            if "wide" not in self.known:
                profile = ImageCms.getOpenProfile(picture_files.io.BytesIO(picture.profile))
                self.known["wide"] = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB", 1)
            value = ImageCms.applyTransform(Image.new("RGB", (1, 1), value), self.known["wide"]).getpixel((0, 0))
        return tuple(255 - (255 - v) * alpha / 255 for v in value)


def distance(a, b):
    return max(abs(p - q) for p, q in zip(a, b))


class Paper(Folder):
    """All pictures in galleries, each drawn once."""
    PER_GALLERY = 12

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pictures = picture_files.all_pictures()
        for picture in cls.pictures:
            (cls.folder / picture.name).write_bytes(picture.data)
        cls.colors = Colors()

    def drawn(self, rendition, pages_of, pictures):
        """{name: (page, frame)}; the messages."""
        galleries = []
        for i in range(0, len(pictures), self.PER_GALLERY):
            figures = [figure(p.name) for p in pictures[i:i + self.PER_GALLERY]]
            while len(figures) % 4:
                figures.append(figure(pictures[0].name))
            height = f"{len(figures) // 4 * 28}mm"  # about their own
            galleries.append({"type": "gallery", "span": "page", "per_row": 4, "figures": figures, "min_height": height, "max_height": height})
        done, pdf, report = self.render(issue("Mọi loại ảnh.", *galleries), rendition)
        self.assertEqual(done.returncode, 0, done.stderr)
        pages, found = pages_of(pdf, self.folder), {}
        for frame in report["figures"]:
            gallery, i = map(int, re.search(r"/body/(\d+)/figures/(\d+)/image$", frame["at"]).groups())
            index = (gallery - 1) * self.PER_GALLERY + i
            if index < len(pictures):
                found.setdefault(pictures[index].name, (pages[frame["page"] - 1], frame))
        warned = {}
        for code, name in re.findall(r"warning (W\d+): .*?'([^' ]+)'", done.stderr):
            warned.setdefault(pathlib.Path(name).name, set()).add(code)
        self.assertEqual(warned, {p.name: p.warns for p in pictures if p.warns})
        return found

    def compare(self, found, pictures, expect, tolerance):
        self.assertEqual(set(found), {p.name for p in pictures})
        for picture in pictures:
            page, frame = found[picture.name]
            width, height = (4, 3) if picture.name != "one-pixel.png" else (1, 1)
            seen = 0
            with self.subTest(picture.name):
                for x, y, i in places_of(frame, width, height):
                    want, have = expect(picture, picture.patches[i]), color_at(page, x, y)
                    self.assertLessEqual(distance(want, have), tolerance(picture.patches[i]), f"patch {i}: {have} is not {want}")
                    seen += 1
                self.assertGreaterEqual(seen, 9 if picture.name != "one-pixel.png" else 4)

    def test_press(self):
        self.compare(self.drawn("press", plates_of, self.pictures), self.pictures, self.colors.inks, lambda patch: 10)

    def test_screen(self):
        """What is not transparent is exact. But a page with transparency is mixed from inks, Poppler shows every page as the output
        intent would print it, and inks look a little different in each viewer."""
        clear = [p for p in self.pictures if any(alpha < 255 for _, _, alpha in p.patches)]
        opaque = [p for p in self.pictures if p not in clear]
        for pictures, viewer, rgb in ((opaque, screens_of, 5), (opaque, poppler_of, 40), (clear, poppler_of, 40)):
            self.assertGreaterEqual(len(pictures), 8)
            tolerance = {"rgb": rgb, "gray": 50, "tone": rgb, "cmyk": 50}
            self.compare(self.drawn("screen", viewer, pictures), pictures, self.colors.light, lambda patch: tolerance[patch[0]])


class Refused(Folder):
    def test_files(self):
        for name, data, code in picture_files.refused():
            (self.folder / name).write_bytes(data)
            for rendition in ("press", "screen"):
                with self.subTest(name, rendition=rendition):
                    done, pdf, _ = self.render(issue("Một ảnh.", {"type": "figure", **figure(name)}), rendition)
                    self.assertEqual(done.returncode, 3, done.stderr)
                    self.assertRegex(done.stderr, rf"\Abundle\.json:\d+:\d+: /articles/0/body/1/image: error {code}: [^\n]*\n\Z")
                    self.assertFalse(pdf.exists())

    def test_all_in_one(self):
        """Each of many bad pictures is told, and none hides another."""
        files = picture_files.refused()
        for name, data, _ in files:
            (self.folder / name).write_bytes(data)
        done, _, _ = self.render(issue("Ảnh.", *({"type": "figure", **figure(name)} for name, _, _ in files)))
        self.assertEqual(re.findall(r"error (E\d+)", done.stderr), [code for _, _, code in files])


class Sizes(Folder):
    def test_long(self):
        """A panorama of 20,000 pixels: its middle, in the colours that it has there."""
        image = picture_files.painted("RGB", picture_files.COLORS, (20000, 1200))
        (self.folder / "long.png").write_bytes(picture_files.saved(image, "PNG", compress_level=1))
        (self.folder / "long.jpg").write_bytes(picture_files.saved(image, "JPEG", quality=90))
        done, pdf, report = self.render(issue("Ảnh.", *({"type": "figure", **figure(f"long.{k}", span="page", focus=[0.375, 0.5])} for k in ("png", "jpg"))),
                                        layout=layout(149, 224))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        pages, colors = plates_of(pdf, self.folder), Colors()
        self.assertEqual(len(report["figures"]), 2)
        for frame in report["figures"]:
            for row in range(ROWS):
                want = colors.inks(picture_files.Picture("", b"", "rgb", []), ("rgb", picture_files.COLORS[row * COLUMNS + 1], 255))
                have = color_at(pages[frame["page"] - 1], frame["x"] + frame["width"] / 2, frame["y"] + (row + 0.5) / ROWS * frame["height"])
                self.assertLessEqual(distance(want, have), 14, row)

    def test_resolution(self):
        """What the report says of a picture is what pdfimages measures, the smaller of both directions, logos included."""
        for name, size in (("wide.png", (1500, 700)), ("tall.png", (900, 1300)), ("logo.png", (300, 280))):
            Image.new("L", size, 90).save(self.folder / name)
        (self.folder / "drawn.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0h60v40z"/></svg>')
        body = [{"type": "figure", **figure(n, span=s)} for n, s in (("wide.png", "column"), ("wide.png", "page"), ("tall.png", "column"))]
        gallery = {"type": "gallery", "figures": [figure("tall.png"), figure("wide.png"), figure("drawn.svg")]}
        done, pdf, report = self.render(issue("Ảnh.", *body, gallery, logo="logo.png"), layout=layout(1, 1))
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [line.split() for line in call("pdfimages", "-list", pdf).decode().splitlines()[2:]]
        measured = sorted((int(row[0]), int(row[3]), int(row[4]), min(int(row[-4]), int(row[-3]))) for row in rows)
        self.assertGreaterEqual(len(measured), 6)
        sizes = {"wide.png": (1500, 700), "tall.png": (900, 1300), "logo.png": (300, 280)}
        told = []
        for frame in report["figures"]:
            name = self.name_at(frame["at"])
            self.assertEqual("ppi" in frame, name != "drawn.svg")
            if "ppi" in frame:
                told.append((frame["page"], *sizes[name], frame["ppi"]))
        self.assertEqual(len(told), len(measured))
        for mine, theirs in zip(sorted(told), measured):
            self.assertEqual(mine[:3], theirs[:3])
            self.assertLessEqual(abs(mine[3] - theirs[3]), 1)

    def name_at(self, at):
        value = json.loads((self.folder / "bundle.json").read_text(encoding="utf-8"))
        for key in at[at.index("/") + 1:].split("/"):
            value = value[int(key)] if isinstance(value, list) else value[key]
        return value

    def test_limits(self):
        """At a limit a picture is good; a pixel to the inch below it is told, and below the lower limit refused in press."""
        Image.new("L", (1000, 750), 90).save(self.folder / "a.png")
        bundle = issue("Ảnh.", {"type": "figure", **figure("a.png")})
        ppi = self.render(bundle, layout=layout(1, 1))[2]["figures"][0]["ppi"]
        for least, most, code in ((ppi, ppi, None), (ppi, ppi + 1, "W0605"), (ppi + 1, ppi + 1, "E0657"), (ppi + 1, ppi + 9, "E0657")):
            done, pdf, _ = self.render(bundle, layout=layout(least, most))
            self.assertEqual(re.findall(r"(?:warning|error) (\w+)", done.stderr), [code] if code else [], done.stderr)
            self.assertEqual((done.returncode, pdf.exists()), (3, False) if code == "E0657" else (0, True))
            for rendition in ("screen", "proof"):
                done, pdf, _ = self.render(bundle, rendition, layout=layout(least, most))
                self.assertEqual(re.findall(r"(?:warning|error) (\w+)", done.stderr), ["W0605"] if code else [], done.stderr)
                self.assertEqual((done.returncode, pdf.exists()), (0, True))
        # As many pixels as the message asks for are enough.
        done, _, _ = self.render(bundle, layout=layout(ppi + 50, ppi + 50))
        self.assertRegex(done.stderr, r"/articles/0/body/1/image: error E0657: .*1000 x 750 pixels")
        width, height = map(int, re.search(r"and (\d+) x (\d+) print well", done.stderr).groups())
        for less, status in ((0, 0), (3, 3)):
            Image.new("L", (width - less, height - less), 90).save(self.folder / "a.png")
            self.assertEqual(self.render(bundle, layout=layout(ppi + 50, ppi + 50))[0].returncode, status)

    def test_logo(self):
        Image.new("L", (40, 40), 90).save(self.folder / "logo.png")
        for rendition, code, status in (("press", "E0657", 3), ("screen", "W0605", 0)):
            done, _, _ = self.render(issue("Ảnh.", logo="logo.png"), rendition, layout=layout(149, 224))
            self.assertEqual(re.findall(r"/masthead/logo: (?:warning|error) (\w+)", done.stderr), [code], done.stderr)
            self.assertEqual(done.returncode, status)

    def test_a_screen_says_what_the_press_will(self):
        Image.new("L", (40, 40), 90).save(self.folder / "logo.png")
        for least, is_told in ((149, True), (1, False)):
            done, _, _ = self.render(issue("Ảnh.", logo="logo.png"), "screen", layout=layout(least, 224))
            self.assertIn("W0605", done.stderr)
            self.assertEqual("for the press it is refused (E0657)" in done.stderr, is_told, done.stderr)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
