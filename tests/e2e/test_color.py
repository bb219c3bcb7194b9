#!/usr/bin/env python3
"""The colours of pictures: what stands in the file, and what it prints as.

usage: test_color.py BANTIN [TEST ...]      (unittest's own options)
Made pictures are rendered for press and screen. qpdf gives the streams and their colour spaces back; conversions are compared with
those of Pillow's ImageCms, appearance with what Ghostscript draws through the profile of the press."""
import base64, io, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

import numpy
from PIL import Image, ImageChops, ImageCms

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/pdf"))
import check_pdf

PRESS = "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc"
ADOBE_RGB = pathlib.Path("/usr/share/color/icc/ghostscript/a98.icc")
SIZE = (320, 240)
PERCEPTUAL, COMPENSATED, COLORIMETRIC = 0, 0x2000, 1
BANTIN = ""


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, check=True).stdout


def photo():
    """All hues at all lightnesses, softly."""
    x = numpy.linspace(0, 1, SIZE[0])[None, :]
    y = numpy.linspace(0, 1, SIZE[1])[:, None]
    hue = numpy.stack([0.5 + 0.5 * numpy.cos(2 * numpy.pi * (x - k / 3)) + 0 * y for k in range(3)], -1)
    light = numpy.clip(2 * y, 0, 1)[..., None], numpy.clip(2 - 2 * y, 0, 1)[..., None]
    return Image.fromarray((255 * (hue * light[1] + (1 - light[1])) * light[0]).clip(0, 255).astype("uint8"))


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def render(self, picture, rendition="press", *more, status=0, limit=300):
        """The PDF's path; what was said stays in self.said."""
        layout = {"bantin_layout": 1, "name": "color", "extends": "bulletin-19x27",
                  "print": {"min_ppi": 1, "warn_ppi": 1, "marks": False, "ink_limit": limit, "profile": "FOGRA39"}}
        (self.folder / "layout.json").write_text(json.dumps(layout), encoding="utf-8")
        bundle = {"bantin": 1, "masthead": {"title": "A", "date": "2024-04-09"},
                  "articles": [{"headline": "B", "body": ["C", {"type": "figure", "image": picture, "alt": "D", "caption": "E"}]}]}
        (self.folder / "bundle.json").write_text(json.dumps(bundle), encoding="utf-8")
        pdf = self.folder / f"{pathlib.Path(picture).stem}-{rendition}.pdf"
        done = subprocess.run([BANTIN, "render", "bundle.json", "-o", pdf, "--layout", "layout.json", "--rendition", rendition, *more],
                              cwd=self.folder, capture_output=True, text=True)
        self.said = done.stderr
        self.assertEqual(done.returncode, status, done.stderr)
        return pdf

    def picture(self, pdf):
        """The file's one picture: its dictionary, and its stream as stored or, where it is deflated, as pixels."""
        found = json.loads(call("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", pdf))["qpdf"][1]
        self.objects = check_pdf.Objects(str(pdf))
        text = json.dumps(found, ensure_ascii=False)
        self.assertNotIn("/DeviceRGB", text)
        self.assertNotIn("/CalRGB", text)
        masks = {o["stream"]["dict"]["/SMask"] for o in found.values() if "/SMask" in o.get("stream", {}).get("dict", {})}
        images = [(name.removeprefix("obj:"), o["stream"]) for name, o in found.items() if o.get("stream", {}).get("dict", {}).get("/Subtype") == "/Image"]
        self.mask = next((stream["dict"] for name, stream in images if name in masks), None)
        images = [stream for name, stream in images if name not in masks]
        self.assertEqual(len(images), 1)
        for name, o in found.items():
            if o.get("stream", {}).get("dict", {}).get("/Subtype") == "/Image" and name.removeprefix("obj:") not in masks:
                self.assertNotEqual(o["stream"]["dict"]["/ColorSpace"], "/DeviceGray")
        return images[0]["dict"], base64.b64decode(images[0]["data"])

    def save(self, image, name, **how):
        image.save(self.folder / name, **how)
        return name

    def space(self, dictionary):
        """"Black", "CMYK", or the profile's bytes."""
        space = dictionary["/ColorSpace"]
        if space == "/DeviceCMYK":
            return "CMYK"
        if space[0] == "/Separation":
            self.assertEqual(space[1:3], ["/Black", "/DeviceCMYK"])
            self.assertEqual(space[3]["/C0"] + space[3]["/C1"], [0, 0, 0, 0, 0, 0, 0, 1])
            return "Black"
        self.assertEqual(space[0], "/ICCBased")
        self.assertEqual(self.objects.value(space[1])["/N"], 3)
        return self.objects.data(space[1])


class Bytes(Folder):
    """What is not converted is not touched."""

    def test_gray(self):
        gray = photo().convert("L")
        for rendition in ("press", "screen", "proof"):
            for palette in ("four", "mono", "two"):
                name = self.save(gray, "gray.jpg", quality=80)
                dictionary, data = self.picture(self.render(name, rendition, "--palette", palette))
                self.assertEqual((self.space(dictionary), dictionary["/Decode"]), ("Black", [1, 0]))
                self.assertEqual(data, (self.folder / name).read_bytes())
        dictionary, data = self.picture(self.render(self.save(gray, "gray.png")))
        self.assertEqual((self.space(dictionary), dictionary["/Decode"]), ("Black", [1, 0]))
        self.assertEqual(data, gray.tobytes())

    def test_cmyk(self):
        ink = ImageCms.profileToProfile(photo(), ImageCms.createProfile("sRGB"), PRESS, outputMode="CMYK")
        for rendition in ("press", "screen"):
            name = self.save(ink, "cmyk.jpg", quality=90)
            dictionary, data = self.picture(self.render(name, rendition))
            self.assertEqual(self.space(dictionary), "CMYK")
            self.assertEqual(dictionary["/Decode"], [1, 0] * 4)
            self.assertEqual(data, (self.folder / name).read_bytes())

    def test_rgb_on_screen(self):
        for how, icc in (({}, None), ({"icc_profile": ADOBE_RGB.read_bytes()}, ADOBE_RGB.read_bytes())):
            name = self.save(photo(), "rgb.jpg", quality=85, **how)
            for rendition in ("screen", "proof"):
                dictionary, data = self.picture(self.render(name, rendition))
                self.assertEqual(data, (self.folder / name).read_bytes())
                profile = self.space(dictionary)
                if icc:
                    self.assertEqual(profile, icc)
                else:
                    srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile))
                    self.assertIn("sRGB", ImageCms.getProfileDescription(srgb))
                    same = ImageCms.profileToProfile(photo(), srgb, ImageCms.createProfile("sRGB"))
                    self.assertLessEqual(max(hi for _, hi in ImageChops.difference(same, photo()).getextrema()), 1)
        dictionary, data = self.picture(self.render(self.save(photo(), "rgb.png"), "screen"))
        self.assertEqual(data, photo().tobytes())

    def test_turned(self):
        exif = Image.Exif()
        exif[0x112] = 6
        name = self.save(photo(), "turned.jpg", quality=85, exif=exif)
        dictionary, data = self.picture(self.render(name, "screen"))
        self.assertEqual(data, (self.folder / name).read_bytes())
        self.assertEqual((dictionary["/Width"], dictionary["/Height"]), SIZE)

    def test_same_bytes(self):
        for name, how in (("a.jpg", {"quality": 85}), ("a.png", {})):
            self.save(photo(), name, **how)
            for rendition in ("press", "screen"):
                first = self.render(name, rendition).read_bytes()
                self.assertEqual(first, self.render(name, rendition).read_bytes())


class Converted(Folder):
    def expected(self, image, source=None, intent=PERCEPTUAL):
        source = ImageCms.ImageCmsProfile(io.BytesIO(source)) if source else ImageCms.createProfile("sRGB")
        to = ImageCms.buildTransform(source, PRESS, "RGB", "CMYK", intent, COMPENSATED)
        return numpy.asarray(ImageCms.applyTransform(image, to)).astype(int)

    def check(self, got, image, source=None, most=3, limit=765):
        """Like ImageCms's, as far as that is within the limit of ink."""
        want = self.expected(image, source)
        got = numpy.frombuffer(got, "uint8").reshape(want.shape).astype(int)
        fits = want.sum(axis=-1) <= limit - 8
        self.assertGreater(fits.mean(), 0.9)
        self.assertLessEqual(abs(got - want)[fits].max(), most)
        self.assertLessEqual(got.sum(axis=-1).max(), limit)
        self.assertGreater(got.sum(axis=-1).max(), limit - 8, "it goes as far as it may")
        return got

    def test_png(self):
        for how, icc in (({}, None), ({"icc_profile": ADOBE_RGB.read_bytes()}, ADOBE_RGB.read_bytes())):
            dictionary, data = self.picture(self.render(self.save(photo(), "a.png", **how)))
            self.assertEqual((self.space(dictionary), dictionary.get("/Decode")), ("CMYK", None))
            self.check(data, photo(), icc)
        _, tighter = self.picture(self.render("a.png", limit=240))
        self.assertLessEqual(numpy.frombuffer(tighter, "uint8").reshape(-1, 4).astype(int).sum(axis=-1).max(), 240 * 255 // 100)

    def test_extremes(self):
        """Paper stays paper; colours of few inks stay clean."""
        image = Image.new("RGB", (40, 10), "white")
        for x, color in enumerate(((0, 0, 0), (255, 0, 0), (255, 255, 0))):
            image.paste(color, (10 * x, 0, 10 * x + 10, 10))
        _, data = self.picture(self.render(self.save(image, "a.png")))
        pixels = numpy.frombuffer(data, "uint8").reshape(10, 40, 4)
        self.assertEqual(pixels[5, 35].tolist(), [0, 0, 0, 0])
        self.assertGreater(pixels[5, 5, 3], 240)
        self.assertLess(pixels[5, 15, 0] + int(pixels[5, 15, 3]), 10)
        self.assertLess(pixels[5, 25, 1] + int(pixels[5, 25, 3]), 10)

    def test_jpeg(self):
        name = self.save(photo(), "a.jpg", quality=95, subsampling=0)
        dictionary, data = self.picture(self.render(name))
        self.assertEqual((self.space(dictionary), dictionary["/Decode"], dictionary["/Filter"]), ("CMYK", [1, 0] * 4, "/DCTDecode"))
        with Image.open(io.BytesIO(data)) as image:
            self.assertEqual((image.mode, image.size, image.info.get("adobe")), ("CMYK", SIZE, 100))
            self.assertEqual({(h, v) for _, h, v, _ in image.layer}, {(1, 1)}, "all of the colour")
            got = numpy.asarray(image).astype(int)
        with Image.open(self.folder / name) as image:
            want = self.expected(image.convert("RGB"))
        fits = want.sum(axis=-1) < 757
        self.assertLess(abs(got - want)[fits].mean(), 2)

    def test_gray_throughout(self):
        """Three equal channels are one ink; a tone as light as they are, as far as black can."""
        ramp = Image.linear_gradient("L").resize(SIZE)
        source = ImageCms.createProfile("sRGB")
        lab = ImageCms.createProfile("LAB")
        light = ImageCms.buildTransform(source, lab, "RGB", "LAB", COLORIMETRIC)
        look = ImageCms.buildTransform(PRESS, lab, "CMYK", "LAB", COLORIMETRIC)
        y_of = lambda l: ((l / 2.55 + 16) / 116) ** 3
        for name, how in (("a.png", {}), ("a.jpg", {"quality": 95})):
            image = Image.merge("RGB", [ramp] * 3)
            dictionary, data = self.picture(self.render(self.save(image, name, **how)))
            self.assertEqual((self.space(dictionary), dictionary["/Decode"]), ("Black", [1, 0]))
            tone = Image.frombytes("L", SIZE, data) if name == "a.png" else Image.open(io.BytesIO(data))
            self.assertEqual(tone.mode, "L")
            ink = Image.merge("CMYK", [Image.new("L", SIZE)] * 3 + [ImageChops.invert(tone)])
            got = numpy.asarray(ImageCms.applyTransform(ink, look))[..., 0].astype(float)
            want = numpy.asarray(ImageCms.applyTransform(image, light))[..., 0].astype(float)
            black = y_of(got.min())
            mapped = black + (1 - black) * y_of(want)
            aim = (116 * mapped ** (1 / 3) - 16).clip(0) * 2.55
            bright = y_of(want) > 0.01  # below, the formula is another one
            self.assertLess(abs(got - aim)[bright].max(), 6, "2.4 of lightness")
            self.assertEqual((numpy.asarray(tone).max(), int(numpy.asarray(tone).min() < 3)), (255, 1))
        nearly = Image.merge("RGB", [ramp, ramp, ramp.point(lambda v: min(255, v + 12))])
        dictionary, _ = self.picture(self.render(self.save(nearly, "b.png")))
        self.assertEqual(self.space(dictionary), "CMYK")

    def test_black_alone(self):
        """Where black is the only ink colours become black: light ones light, dark ones dark, in every file."""
        cmyk = Image.merge("CMYK", [Image.new("L", SIZE, v) for v in (0, 255, 255, 0)])
        just_black = Image.merge("CMYK", [Image.new("L", SIZE)] * 3 + [Image.linear_gradient("L").resize(SIZE)])
        for palette in ("mono", "two"):
            for rendition in ("press", "screen"):
                for image, name, how in ((photo(), "rgb.png", {}), (photo(), "rgb.jpg", {"quality": 95}), (cmyk, "cmyk.jpg", {"quality": 95})):
                    dictionary, data = self.picture(self.render(self.save(image, name, **how), rendition, "--palette", palette))
                    self.assertEqual((self.space(dictionary), dictionary["/Decode"]), ("Black", [1, 0]), name)
        red = numpy.asarray(Image.open(io.BytesIO(data))).mean()
        self.assertTrue(60 < red < 130, "solid red is a middle gray")
        _, data = self.picture(self.render(self.save(just_black, "k.jpg", quality=95), "press", "--palette", "mono"))
        got = numpy.asarray(Image.open(io.BytesIO(data))).astype(int)
        self.assertLess(abs(255 - got - numpy.asarray(just_black)[..., 3].astype(int)).max(), 6, "black that was there stays")

    def test_alpha(self):
        image = photo().convert("RGBA")
        image.putalpha(Image.linear_gradient("L").resize(SIZE))
        for rendition in ("press", "screen"):
            pdf = self.render(self.save(image, "a.png"), rendition)
            dictionary, _ = self.picture(pdf)
            self.assertEqual((self.mask["/ColorSpace"], self.mask["/Width"]), ("/DeviceGray", SIZE[0]))
            page = self.objects.value(self.objects.page_refs[0])
            self.assertEqual(self.objects.value(page["/Group"])["/CS"], "/DeviceCMYK")

    def test_looks_alike(self):
        """Drawn through the profile of the press, its file looks like the one for the screen."""
        image = photo().resize(SIZE).point(lambda v: 64 + v // 2)  # colours that can be printed
        name, drawn = self.save(image, "a.jpg", quality=95, subsampling=0), []
        for rendition in ("press", "screen"):
            pdf = self.render(name, rendition)
            out = self.folder / f"{rendition}.png"
            call("gs", "-q", "-dSAFER", f"--permit-file-read={PRESS}", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", "-r72", "-dUseTrimBox",
                 "-dLastPage=1", f"-sDefaultCMYKProfile={PRESS}", "-dRenderIntent=1", "-o", out, pdf)
            with Image.open(out) as page:
                drawn.append(page.convert("RGB"))
        self.assertEqual(drawn[0].size, drawn[1].size)
        off = numpy.asarray(ImageChops.difference(*drawn)).astype(int)
        self.assertLess(off.mean(), 3)
        self.assertLess(numpy.quantile(off, 0.99), 40)


class Told(Folder):
    def ink(self, total, share):
        """CMYK with so much ink on a share of it."""
        image = Image.new("CMYK", SIZE, (40, 30, 30, 10))
        over = total - 100
        image.paste((over * 255 // 300,) * 3 + (255,), (0, 0, SIZE[0], round(SIZE[1] * share)))
        return image

    def test_too_much_ink(self):
        name = self.save(self.ink(360, 0.25), "a.jpg", quality=100)
        self.render(name)
        self.assertRegex(self.said, r"/articles/0/body/1/image: warning W0726: .*a.jpg' takes up to 3(59|60) % of ink, and on 2[456](\.\d)? % of its")
        self.render(name, "press", "--lang", "vi")
        self.assertRegex(self.said, r"W0726.* dùng tới 3(59|60) % mực")
        self.render(name, "screen")
        self.assertEqual(self.said, "")
        self.render(name, limit=380)
        self.assertEqual(self.said, "")

    def test_little_too_much(self):
        for total, share in ((303, 0.5), (360, 0.0005)):
            self.render(self.save(self.ink(total, share), "a.jpg", quality=100, subsampling=0))
            self.assertEqual(self.said, "", (total, share))

    def test_odd_profile(self):
        broken = bytearray(ADOBE_RGB.read_bytes())
        broken[128:132] = b"\xff\xff\xff\xff"  # its number of tags
        self.save(photo(), "a.jpg", icc_profile=bytes(broken))
        self.save(photo(), "b.jpg", icc_profile=pathlib.Path(PRESS).read_bytes())  # of another kind
        self.save(photo(), "c.jpg", icc_profile=ADOBE_RGB.read_bytes()[:300])
        for name in ("a.jpg", "b.jpg", "c.jpg"):
            for rendition in ("press", "screen"):
                dictionary, _ = self.picture(self.render(name, rendition))
                self.assertRegex(self.said, rf"/articles/0/body/1/image: warning W0725: .*{name}' cannot be used")
                self.assertEqual(self.said.count("W07"), 1)
                if rendition == "screen":
                    self.assertIn(b"sRGB", self.space(dictionary).replace(b"\0", b""))


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
