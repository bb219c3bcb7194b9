#!/usr/bin/env python3
"""The plates that a palette promises are the plates that print.

usage: test_plates.py BANTIN [TEST ...]      (unittest's own options)
Every layout that comes with bantin, in each of its palettes, over the bundles of the goldens without their pictures: what the
dump draws with, what the PDF's operators set, and what a separation by Ghostscript (tiffsep) puts on the plates."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageChops

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/pdf"), str(ROOT / "tests/conformance")]
import check_pdf, reader

PROCESS = ("cyan", "magenta", "yellow", "black")
PICTURES = ("figure", "gallery")
BANTIN = ""


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, check=True).stdout


def layouts():
    """{layout: {palette: {plate, ...}}} as 'bantin layouts' tells them."""
    found, name = {}, None
    for line in call(BANTIN, "layouts").splitlines()[1:]:
        if not line.startswith("    "):
            name = line.split()[0]
        for palette, plates in re.findall(r"(\w+) \(((?:[^()]|\([^)]*\))*)\)", line) if line.startswith("    palettes: ") else []:
            plates = plates.removeprefix("default; ").split(", ")
            found.setdefault(name, {})[palette] = {p for plate in plates for p in (PROCESS if plate == "CMYK" else (plate,))}
    return found


def without_pictures(value):
    if isinstance(value, list):
        return [without_pictures(v) for v in value if not (isinstance(v, dict) and v.get("type") in PICTURES)]
    if isinstance(value, dict):
        return {key: without_pictures(v) for key, v in value.items() if key != "logo"}
    return value


def bundles():
    """The goldens that render, in the layouts of bantin."""
    for path in sorted(ROOT.glob("tests/golden/*/bundle.json")):
        bundle = json.loads(path.read_text(encoding="utf-8"))
        # Bodies in files of their own stay behind: they have no other marks than bodies in the bundle.
        bundle["articles"] = [a for a in bundle["articles"] if isinstance(a["body"], list)]
        if not bundle["articles"]:
            continue
        renders = (path.parent / "diag.txt").read_text(encoding="utf-8").startswith("exit 0\n")
        if renders and not bundle.get("layout", "").endswith(".json"):
            yield path.parent.name, without_pictures(bundle)


def plates_of_dump(dump):
    """The plates that the drawing needs."""
    spots = {int(n): name for n, name in re.findall(r'^spot (\d+) "(.*)" \S+$', dump, re.M)}
    plates = set()
    for line in dump.splitlines():
        if not line.startswith(("glyphs ", "fill ", "path ")):
            continue
        for inks, spot, tint in re.findall(r" ([\d.]+(?:/[\d.]+){3})(?: spot (\d+) tint ([\d.]+))?", line.split(" tag ")[0]):
            if spot and float(tint):
                plates.add(spots[int(spot)])
            elif not spot:
                plates |= {name for name, ink in zip(PROCESS, inks.split("/")) if float(ink)}
    return plates


def plates_of_pdf(path):
    """The plates that the contents of the pages paint on."""
    objects, plates = check_pdf.Objects(str(path)), set()
    for ref in objects.page_refs:
        page = objects.value(ref)
        contents = page["/Contents"]
        spaces = objects.value(objects.value(page["/Resources"]).get("/ColorSpace")) or {}
        data = b"\n".join(objects.data(r) for r in (contents if isinstance(contents, list) else [contents]))
        spot = {}
        for operator, operands in check_pdf.operators(data):
            if operator in ("k", "K"):
                plates |= {name for name, ink in zip(PROCESS, operands) if ink}
            elif operator in ("cs", "CS"):
                spot[operator.lower()] = objects.value(spaces[operands[0]])[1][1:]
            elif operator in ("scn", "SCN") and operands[0]:
                plates.add(spot["cs"])
    return plates


def plates_of_separation(path, folder):
    """The plates that a RIP finds something on within the trim: {plate: the darkest value, 0 for solid}."""
    call("gs", "-q", "-dSAFER", "-dUseTrimBox", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r36", "-o", folder / "p%d.tif", path)
    plates = {}
    for plate in folder.glob("p*(*).tif"):
        with Image.open(plate) as image:
            darkest = image.getextrema()[0]
        name = re.fullmatch(r"p\d+\((.*)\)\.tif", plate.name)[1]
        name = name.lower() if name.lower() in PROCESS else name
        if darkest < 255:
            plates[name] = min(darkest, plates.get(name, 255))
        plate.unlink()
    return plates


def luminance(inks):
    """Of a colour in percent of four inks, as a screen shows it: 0 black, 1 paper."""
    c, m, y, k = (float(ink) / 100 for ink in inks.split("/"))
    linear = lambda v: v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4
    return sum(share * linear((1 - ink) * (1 - k)) for share, ink in ((0.2126, c), (0.7152, m), (0.0722, y)))


def contrasts(dump):
    """(ratio, line) for each text, against the last filled box that it stands on, or paper."""
    boxes = []
    for line in dump.splitlines():
        if line.startswith("page "):
            boxes = []
        box = re.match(r"(?:fill|path) (-?\d+) (-?\d+) (\d+) (\d+)(?: fill)? ([\d./]+)", line)
        text = re.match(r"glyphs (-?\d+) (-?\d+) \S+ (\d+) ([\d./]+) .*?width (\d+) tag", line)
        if box:
            boxes.append((*map(int, box.groups()[:4]), luminance(box[5])))
        elif text and int(text[5]):
            x, y = int(text[1]) + int(text[5]) // 2, int(text[2]) - int(text[3]) // 3
            ground = next((b[4] for b in reversed(boxes) if b[0] <= x < b[0] + b[2] and b[1] <= y < b[1] + b[3]), 1)
            light, dark = sorted((ground, luminance(text[4])), reverse=True)
            yield (light + 0.05) / (dark + 0.05), line


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def render(self, bundle, layout, palette, rendition="press"):
        path, pdf, dump = (self.folder / name for name in ("bundle.json", "out.pdf", "out.dump"))
        path.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
        done = subprocess.run([BANTIN, "render", path, "-o", pdf, "--dump", dump, "--layout", layout, "--palette", palette,
                               "--rendition", rendition, "--quiet"], capture_output=True, text=True)
        if done.returncode == 3 and ("E0609" in done.stderr or "E0619" in done.stderr):
            self.skipTest("the page is too narrow for a table of this bundle")
        self.assertEqual(done.returncode, 0, done.stderr)
        return pdf, dump.read_text(encoding="utf-8")


class Plates(Folder):
    def test_promises(self):
        for layout, palettes in layouts().items():
            self.assertEqual(palettes["mono"], {"black"}, layout)
            self.assertEqual(len(palettes["two"]), 2, layout)
            self.assertIn("black", palettes["two"], layout)
            self.assertEqual(palettes["four"], set(PROCESS), layout)

    def test_readable(self):
        """In every palette text stands out from its ground, 4.5 to 1: white on the accent, captions, text on tints."""
        bundle = dict(bundles())["blocks"]
        for layout, palettes in layouts().items():
            for palette in palettes:
                found = list(contrasts(self.render(bundle, layout, palette)[1]))
                whites = any(" 0/0/0/0 " in line for _, line in found)
                self.assertEqual(whites, layout != "plain-text", "kickers are white, but where there are no areas")
                worst = min(found)
                self.assertGreaterEqual(worst[0], 4.5, f"{layout}, {palette}: {worst[1]}")

    def test_separation(self):
        """What the RIP makes of it: exactly the plates promised, and each with something solid on it."""
        bundle = dict(bundles())["blocks"]
        for layout, palettes in layouts().items():
            for palette, promised in palettes.items():
                with self.subTest(f"{layout}, {palette}"):
                    pdf, _ = self.render(bundle, layout, palette)
                    plates = plates_of_separation(pdf, self.folder)
                    self.assertEqual(set(plates), promised)
                    if palette != "four":
                        self.assertEqual(set(plates.values()), {0})

    def test_tints_of_a_spot(self):
        """A tint is a tint on its own plate, and nothing but that; white text on it stays white."""
        layout = {"bantin_layout": 1, "name": "spots", "extends": "bulletin-19x27",
                  "palettes": {"two": {"accent": {"spot": "Đỏ (cờ) 1/2", "cmyk": [0, 100, 100, 0]}, "tint": {"of": "accent", "percent": 40}}}}
        (self.folder / "spots.json").write_text(json.dumps(layout), encoding="utf-8")
        pdf, _ = self.render(dict(bundles())["blocks"], self.folder / "spots.json", "two")
        call("gs", "-q", "-dSAFER", "-dUseTrimBox", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", "-o",
             self.folder / "p%d.tif", pdf)
        spots = sorted(p.name for p in self.folder.glob("p1(*).tif") if p.name[3:-5] not in ("Cyan", "Magenta", "Yellow", "Black"))
        self.assertEqual(len(spots), 1, spots)
        with Image.open(self.folder / spots[0]) as image:
            values = {value for value, n in enumerate(image.histogram()) if n > 200}
        self.assertEqual(values, {0, 153, 255})


class Drawings(Folder):
    def test_plates(self):
        """Every golden in every layout and palette: no plate but those promised, in the dump as in the PDF."""
        n = 0
        for name, bundle in bundles():
            for layout, palettes in layouts().items():
                for palette, promised in palettes.items():
                    with self.subTest(f"{name}, {layout}, {palette}"):
                        pdf, dump = self.render(bundle, layout, palette, "screen")  # without marks
                        self.assertNotRegex(dump, r"(?m)^image ")
                        drawn = plates_of_dump(dump)
                        self.assertLessEqual(drawn, promised)
                        self.assertEqual(plates_of_pdf(pdf), drawn)
                        n += 1
        self.assertGreaterEqual(n, 12)


class Pictures(Folder):
    def test_plates(self):
        """Pixels of every kind, and the pictures of the real bulletin, add no plate to those promised."""
        kinds = [(mode, name) for mode in ("L", "RGB", "CMYK") for name in (f"{mode}.png", f"{mode}.jpg") if (mode, name) != ("CMYK", "CMYK.png")]
        for mode, name in kinds:
            stripes = [Image.linear_gradient("L").resize((1200, 800)).rotate(90 * i, expand=False) for i in range(len(mode))]
            Image.merge(mode, stripes).save(self.folder / name)
        figures = [{"type": "figure", "image": name, "caption": "Ảnh", "alt": "Ảnh"} for _, name in kinds]
        pictures = {"bantin": 1, "masthead": {"title": "A", "date": "2024-04-09"}, "articles": [{"headline": "B", "body": ["C", *figures]}]}
        for layout in ("bulletin-19x27", "plain-text"):
            for palette, promised in layouts()[layout].items():
                with self.subTest(f"{layout}, {palette}"):
                    pdf, _ = self.render(pictures, layout, palette)
                    plates = plates_of_separation(pdf, self.folder)
                    self.assertEqual(set(plates), promised)
                    self.assertLess(plates["black"], 60, "the dark parts are dark")


def separations(pdf, folder):
    """{(page, plate): its picture} of the trimmed pages, at 100 dots an inch."""
    call("gs", "-q", "-dSAFER", "-dUseTrimBox", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r100", "-o", folder / "p%d.tif", pdf)
    found = {}
    for path in folder.glob("p*(*).tif"):
        page, plate = re.fullmatch(r"p(\d+)\((.*)\)\.tif", path.name).groups()
        with Image.open(path) as image:
            found[int(page), plate] = image.convert("L")
        path.unlink()
    return found


def without_black_text(source, target):
    """Writes the file with the text that overprints, which is black, made invisible; how often that was."""
    pdf, n = reader.Pdf(source), 0
    for page in pdf.pages:
        states = pdf.get(page, "/Resources", "/ExtGState") or {}
        for name in states:
            mode = b"3" if pdf.get(states, name, "/op") else b"0"
            for stream in pdf.contents(page):
                changed, m = re.subn(rb"(?m)^%s gs$" % name.encode(), lambda match: match[0] + b" " + mode + b" Tr", reader.stream_data(stream))
                reader.set_stream_data(stream, changed)
                n += m if mode == b"3" else 0
    pdf.write(target)
    return n


class BlackText(Folder):
    def test_black_plate_alone(self):
        """Black text leaves no trace on any plate but black: neither ink nor a hole in what lies below it."""
        bundle = json.loads((ROOT / "samples/thanh-hoa-2024-04/bundle.json").read_text(encoding="utf-8"))
        shutil.copytree(ROOT / "samples/thanh-hoa-2024-04/images", self.folder / "images")
        for layout, palette in (("bulletin-19x27", "four"), ("bulletin-19x27", "two"), ("bulletin-19x27", "mono"), ("leaflet-a4", "four")):
            with self.subTest(f"{layout}, {palette}"):
                pdf, _ = self.render(bundle, layout, palette)
                self.assertGreater(without_black_text(pdf, self.folder / "other.pdf"), 10)
                whole, other = separations(pdf, self.folder), separations(self.folder / "other.pdf", self.folder)
                self.assertEqual(whole.keys(), other.keys())
                n_pages = max(page for page, _ in whole)
                for (page, plate), image in whole.items():
                    differs = ImageChops.difference(image, other[page, plate]).getbbox() is not None
                    self.assertEqual(differs, plate == "Black", f"page {page} of {n_pages}, {plate}")


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
