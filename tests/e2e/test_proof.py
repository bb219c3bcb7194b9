#!/usr/bin/env python3
"""The rendition for editors: the grid stands where the lines do, what went wrong is marked where it is, pictures may be missing;
and everything else is as on a screen.

usage: test_proof.py BANTIN [TEST ...]      (unittest's own options)
The file is read by pdftotext, pdfinfo, qpdf and, as it looks, by pdftoppm at 4 dots to the point. Places are in pt from the page's
left top corner."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageChops

BANTIN = ""
ROOT = pathlib.Path(__file__).resolve().parents[2]
DOTS = 4  # to the pt
SP = 65536
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
LEGEND = "Bản xem thử, không dùng để in"
PROSE = "Chị em trong chi hội đã cùng nhau thực hiện nhiều hoạt động thiết thực, góp phần xây dựng nông thôn mới ở địa phương. "
LOOSE = ("pqb bksrolrnuhseledv tveldcymrtdnpm xhtrqskbtacoyxavrmi chuiietqccmsrd tldtmthvtulqcv muilghgbvykrccyee cty sksihyupukqryxncm "
         "druxmhiakdingmpbdei uxt ycadxhvudocndbvahgd hbyatpvdkcicxlnpg sqb dohknrugyhbyggmskdv ygarypuslxnoyketa cmbtkeirnvlynuxve "
         "opxcavhmgiixqo pboupybgqckgqsrtvab mlqbphtxceaoypmah ays dhdvxhlkgdroxcakqdk xsxxndeka bhy tmnubvxrxqxpnt houlaeekm "
         "ncmvbbkgeulnot ldriblgsc omlpddtrrmmdrd pblmyegxuoxccchib adotslqruyhpcniku")


def call(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, check=True).stdout


# What the marks' colours look like, whatever a viewer makes of the inks.
def is_red(p): return p[0] > 170 and p[1] < 90 and p[2] < 100
def is_orange(p): return p[0] > 190 and 90 < p[1] < 190 and p[2] < 90
def is_violet(p): return p[2] > p[1] + 50 and p[0] > p[1] + 30
def is_cyan(p): return p[2] > 220 and p[1] > 200 and p[0] < p[2] - 30
def is_green(p): return p[1] > p[0] + 40 and p[1] > p[2] + 20
def is_gray(p): return 200 < min(p) and max(p) < 235 and max(p) - min(p) < 8


class Document:
    def __init__(self, path):
        self.path, self._pages, self._words = path, {}, None

    @property
    def words(self):
        """(page, left, top, right, foot, word) of each, in drawing order."""
        if self._words is None:
            self._words = []
            for number, page in enumerate(call("pdftotext", "-raw", "-bbox", self.path, "-").split("<page ")[1:], 1):
                self._words += [(number, *map(float, m.groups()[:4]), m[5]) for m in WORD.finditer(page)]
        return self._words

    def places(self, text):
        return [w[:5] for w in self.words if w[5] == text]

    def place(self, text):
        found = self.places(text)
        assert len(found) == 1, (text, found)
        return found[0]

    def page(self, number=1):
        if number not in self._pages:
            stem = self.path.with_suffix(f".{number}")
            call("pdftoppm", "-r", 72 * DOTS, "-f", number, "-l", number, "-singlefile", "-png", self.path, stem)
            self._pages[number] = Image.open(f"{stem}.png").convert("RGB")
        return self._pages[number]

    def share(self, test, box, page=1):
        """Of the pixels in the box (left, top, right, foot), those that pass."""
        area = self.page(page).crop(tuple(round(v * DOTS) for v in box))
        pixels = list(area.getdata())
        return sum(map(test, pixels)) / max(1, len(pixels))

    def contents(self, number=1):
        page = json.loads(call("qpdf", "--json", "--json-key=pages", self.path))["pages"][number - 1]
        return "".join(subprocess.run(["qpdf", f"--show-object={c.split()[0]},{c.split()[1]}", "--filtered-stream-data", self.path],
                                      capture_output=True, check=True).stdout.decode("latin-1") for c in page["contents"])


def bundle(*body, **more):
    return {"bantin": 1, "masthead": {"title": "Bản tin", "number": "1", "date": "2025-10-20", **more.pop("masthead", {})},
            "articles": [{"headline": "Đầu đề", "body": list(body)}], **more}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_on(self, source, rendition, *options):
        """source: a bundle, or the path of one. Status and path."""
        pdf = self.folder / f"{rendition}.pdf"
        pdf.unlink(missing_ok=True)
        if isinstance(source, dict):
            path, source = self.folder / "bundle.json", json.dumps(source, ensure_ascii=False)
            path.write_text(source, encoding="utf-8")
            source = path
        done = subprocess.run([BANTIN, "render", source, "-o", pdf, "--rendition", rendition, *options], capture_output=True, text=True,
                              cwd=self.folder, env={**os.environ, "LC_ALL": "C"})
        self.said = done.stderr
        return done.returncode, pdf

    def render(self, source, rendition="proof", *options):
        status, pdf = self.run_on(source, rendition, *options)
        self.assertEqual(status, 0, self.said)
        return Document(pdf)

    def picture(self, name, width, height):
        Image.new("RGB", (width, height), (120, 160, 90)).save(self.folder / name)
        return name


class Pages(Case):
    def test_same_places_and_more_on_them(self):
        for sample in ("thanh-hoa-2024-04", "to-gap-suc-khoe"):
            with self.subTest(sample=sample):
                source, dumps = ROOT / "samples" / sample / "bundle.json", {}
                made = {r: self.render(source, r, "--dump", self.folder / f"{r}.dump") for r in ("press", "screen", "proof")}
                dumps = {r: (self.folder / f"{r}.dump").read_bytes() for r in made}
                self.assertEqual(dumps["proof"], dumps["press"])
                self.assertFalse(set(made["screen"].words) - set(made["proof"].words))
                told = {w[5] for w in made["proof"].words} - {w[5] for w in made["screen"].words}
                self.assertIn("khung", told)
                sizes = {r: re.search(r"Page size: +(.*)", call("pdfinfo", d.path))[1] for r, d in made.items() if r != "press"}
                self.assertEqual(sizes["proof"], sizes["screen"])

    def test_only_a_proof_says_so(self):
        source = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
        for rendition, wanted in (("proof", 4), ("screen", 0), ("press", 0)):
            document = self.render(source, rendition)
            pages = subprocess.run(["pdftotext", document.path, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
            self.assertEqual(sum(LEGEND in " ".join(page.split()) for page in pages), wanted, rendition)

    def test_all_that_is_added_is_an_artifact(self):
        source = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
        read = [call("pdfinfo", "-struct-text", self.render(source, r).path) for r in ("screen", "proof")]
        self.assertEqual(*read)

    def test_links_and_outline_as_on_a_screen(self):
        source = bundle("Xem https://example.org/tin ở đây.")
        for rendition, wanted in (("screen", 1), ("proof", 1), ("press", 0)):
            objects = json.loads(call("qpdf", "--json", self.render(source, rendition).path))["qpdf"][1].values()
            dicts = [o["value"] for o in objects if isinstance(o.get("value"), dict)]
            self.assertEqual(sum(d.get("/Subtype") == "/Link" for d in dicts), wanted, rendition)
            self.assertEqual(any("/Outlines" in d for d in dicts), bool(wanted), rendition)

    def test_the_bundles_language_and_nobody_elses(self):
        self.assertIn("printing", [w[5] for w in self.render(bundle("One.", lang="en")).words])
        first, second = (self.render(bundle("Một."), "proof", "--lang", lang).path.read_bytes() for lang in ("en", "vi"))
        self.assertEqual(first, second)

    def test_the_legend_stands_outside_the_text(self):
        for sample, layout in (("thanh-hoa-2024-04", "bulletin-19x27"), ("a5-chi-hoi", "a5-one-column"), ("to-gap-suc-khoe", "leaflet-a4"),
                               ("thanh-hoa-2024-04", "a4-three-column"), ("thanh-hoa-2024-04", "plain-text")):
            with self.subTest(layout=layout):
                source = ROOT / "samples" / sample / "bundle.json"
                screen, proof = (self.render(source, r, "--layout", layout) for r in ("screen", "proof"))
                number, _, top, _, _ = proof.places("thử,")[0]
                below = [w for w in screen.words if w[0] == number and w[4] > top]
                self.assertFalse(below)


class Grid(Case):
    def test_lines_stand_on_the_grid_as_it_is_drawn(self):
        """The foot of letters without descenders is the upper edge of a line that is seen in the gutter beside them."""
        proof = self.render(bundle(" ".join(["nnnn"] * 150)))
        words = proof.places("nnnn")
        self.assertGreater(len(words), 100)
        page = proof.page()
        gutter = page.width // 2
        lines = [y / DOTS for y in range(page.height) if is_cyan(page.getpixel((gutter, y)))]
        self.assertGreater(len(lines), 30)
        for number, left, top, right, foot, *_ in words[5:]:
            box = tuple(round(v * DOTS) for v in (left, top, right, foot))
            dark = page.crop(box).convert("L").point(lambda v: 255 * (v < 90)).getbbox()
            baseline = (box[1] + dark[3]) / DOTS
            self.assertLess(min(abs(line - baseline) for line in lines), 0.6)

    def test_a_line_for_each_row_and_none_beside_the_text(self):
        proof = self.render(bundle(PROSE))
        drawn = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (0?\.25) re\nf", proof.contents())
        left, ys, widths = ({float(d[i]) for d in drawn} for i in range(3))
        self.assertEqual((len(left), len(widths)), (1, 1))
        rows = sorted(ys)
        self.assertGreater(len(rows), 40)
        self.assertLess(max(b - a for a, b in zip(rows, rows[1:])) - min(b - a for a, b in zip(rows, rows[1:])), 0.002)
        self.assertNotIn(".25 re\nf", self.render(bundle(PROSE), "screen").contents())

    def test_columns_and_frames(self):
        table = {"type": "table", "columns": [{"title": "Lớp"}, {"title": "Số", "type": "number"}], "rows": [["Một", 1], ["Hai", 2]]}
        proof, screen = (self.render(bundle(PROSE * 3, table, PROSE * 3), r) for r in ("proof", "screen"))
        words = proof.places("bảng")
        self.assertEqual(len(words), 1)
        _, left, top, right, _ = words[0]
        self.assertGreater(proof.share(is_green, (left - 100, top - 3, left - 5, top + 3)), 0.02)
        self.assertEqual(screen.share(is_green, (0, 0, 500, 700)), 0)
        self.assertEqual(screen.share(is_cyan, (0, 0, 500, 700)), 0)


class Troubles(Case):
    def marked(self, source, test, box_of, wanted=0.02):
        """The place, of which box_of tells from a document, is marked in the proof and not on a screen."""
        proof, screen = self.render(source), self.render(source, "screen")
        page, box = box_of(proof)
        self.assertGreater(proof.share(test, box, page), wanted)
        self.assertEqual(screen.share(test, box, page), 0)
        return proof

    def flagged(self, proof, code, y, page=1):
        """The warning's number stands in a margin at that height."""
        flags = [w for w in proof.places(code) if w[0] == page and abs(w[4] - y) < 4]
        self.assertTrue(flags, (code, y, proof.places(code)))
        area = re.search(r"Page size: +([\d.]+) x", call("pdfinfo", proof.path))
        self.assertTrue(all(w[3] < 60 or w[1] > float(area[1]) - 60 for w in flags))

    def around(self, text, left=1, top=1, right=1, foot=1):
        def box(document):
            page, x, y, x2, y2 = document.place(text)
            return page, (x - left, y - top, x2 + right, y2 + foot)
        return box

    def below(self, text, drop=3):
        def box(document):
            page, x, _, x2, foot = document.place(text)
            return page, (x, foot - 4, x2, foot + drop)
        return box

    def test_a_character_that_no_font_has(self):
        proof = self.marked(bundle("Ký tự \U00012000 lạ. " + PROSE), is_red, self.around("\U00012000"), 0.1)
        self.flagged(proof, "W0422", proof.place("\U00012000")[4])

    def test_letters_of_another_font(self):
        proof = self.marked(bundle("Ký hiệu ■ đây. " + PROSE), is_orange, self.below("■"))
        for word in ("hiệu", "đây."):
            page, box = self.below(word)(proof)
            self.assertEqual(proof.share(is_orange, box, page), 0)

    def test_a_torn_word(self):
        source = bundle("Một đoạn " + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3 + " dài. " + PROSE)
        torn = lambda document: next(w for w in document.words if w[5].startswith("ABCDE"))
        proof = self.marked(source, is_red, lambda d: (1, (torn(d)[3] - 1, torn(d)[2], torn(d)[3] + 4, torn(d)[4])), 0.2)
        self.flagged(proof, "W0612", torn(proof)[4])

    def test_loose_and_short_lines(self):
        proof = self.marked(bundle(LOOSE), is_violet, self.below("ldriblgsc"))
        self.flagged(proof, "W0604", proof.place("ldriblgsc")[4])
        short = proof.place("cmbtkeirnvlynuxve")
        self.assertGreater(proof.share(is_violet, (short[3] + 3, short[4] - 4, short[3] + 20, short[4] + 3)), 0.01)
        self.assertEqual(proof.share(is_violet, (short[1], short[4] - 4, short[3] - 3, short[4] + 3)), 0)
        self.flagged(proof, "W0611", short[4])

    def test_text_beyond_its_line(self):
        layout = {"bantin_layout": 1, "name": "nho", "extends": "a4-two-column", "columns": {"count": 6, "gutter": "3mm"},
                  "grid": {"step": "80pt", "first": "70mm"}, "blocks": {"bullets": {"indent": "5pt"}}, "styles": {"body": {"size": "72pt"}}}
        (self.folder / "nho.json").write_text(json.dumps(layout))
        source = bundle("i", "W", layout="nho.json")
        self.render(source)
        over = float(re.search(r"W0603: overfull by ([\d.]+) pt", self.said)[1])
        proof = self.marked(source, is_red, lambda d: (1, (d.place("W")[3] - over, d.place("W")[2] - 20, d.place("W")[3] + 1, d.place("W")[4] + 5)))
        _, left, top, right, foot = proof.place("W")
        self.assertEqual(proof.share(is_red, (left, top, right - over - 3, foot + 5)), 0, "what is within its line is not marked")
        for x in (right - over - 1, right):
            self.assertGreater(proof.share(is_red, (x - 2, foot - 40, x + 2, foot - 20)), 0.08)

    def test_coarse_pictures(self):
        figure = lambda name: {"type": "figure", "image": name, "alt": "Hình", "caption": f"Hình-{name}"}
        source = bundle(PROSE, figure(self.picture("a.png", 300, 200)), PROSE * 4, figure(self.picture("b.png", 600, 400)), PROSE * 4,
                        figure(self.picture("c.png", 1200, 800)))
        proof = self.render(source)
        ppi = sorted(int(m) for m in re.findall(r"has (\d+) ppi", self.said))
        self.assertEqual(len(ppi), 2)
        for value, test, name in zip(ppi, (is_red, is_orange), "ab"):
            page, left, top, right, foot = next(p for p in proof.places(str(value)) if proof.share(test, (p[1] - 1, p[2], p[3], p[4]), p[0]) > 0.3)
            caption = proof.place(f"Hình-{name}.png")
            self.assertEqual(page, caption[0])
            self.assertTrue(caption[2] - 25 < foot < caption[2] + 1, "in the picture's foot")
            self.assertGreater(proof.share(test, (caption[1], caption[2] - 12, caption[1] + 60, caption[2] + 2), page), 0.02)
            self.assertEqual(len(proof.places("W0605")), 2)
        self.assertGreater(len(proof.places("ppi")), 4, "all three tell theirs")

    def test_nothing_is_wrong_with_the_bulletin(self):
        proof = self.render(ROOT / "samples/thanh-hoa-2024-04/bundle.json")
        self.assertFalse([w for w in proof.words if re.fullmatch(r"W\d{4}", w[5])])

    def test_a_warning_without_marks_has_its_number_beside_it(self):
        proof = self.render(bundle(PROSE, {"type": "figure", "image": self.picture("a.png", 1200, 800), "caption": "Chú-thích"}))
        self.assertIn("W0602", self.said)
        caption = proof.place("Chú-thích")
        flag = proof.place("W0602")
        self.assertEqual(flag[0], caption[0])
        self.assertLess(flag[4], caption[4])

    def test_what_the_knife_endangers_is_told_before_the_press(self):
        margins = {"inside": "10mm", "outside": "1mm", "top": "15mm", "bottom": "15mm"}
        layout = {"bantin_layout": 1, "name": "sat", "extends": "a5-one-column", "page": {"margins": margins, "facing": False}}
        (self.folder / "sat.json").write_text(json.dumps(layout))
        source = bundle(PROSE * 2, layout="sat.json")
        told = {}
        for rendition in ("press", "screen", "proof"):
            document = self.render(source, rendition)
            told[rendition] = "W0750" in self.said
        self.assertEqual(told, {"press": True, "screen": False, "proof": True})

    def test_the_legend_tells_of_what_the_page_shows(self):
        proof = self.render(bundle("Ký hiệu ■ đây."))
        legend = " ".join(w[5] for w in proof.words if w[2] > proof.places("thử,")[0][2] - 12)
        self.assertIn("lưới dòng", legend)
        self.assertIn("chữ lấy từ phông khác", legend)
        self.assertNotIn("ảnh", legend)


class Missing(Case):
    FIGURE = {"type": "figure", "image": "images/khong-co.jpg", "alt": "Hình", "caption": "Chú-thích"}

    def stands_in(self, proof, name):
        """A gray frame with a cross, and the file's name in its middle."""
        page, left, top, right, foot = proof.place(name)
        x, y = (left + right) / 2, (top + foot) / 2
        self.assertGreater(proof.share(is_gray, (x - 8, y - 18, x + 8, y - 9), page), 0.6)
        dark = lambda p: max(p) < 140
        self.assertGreater(proof.share(dark, (left - 30, y - 40, right + 30, y + 40), page), 0.005)

    def test_a_file_that_is_missing(self):
        source = bundle(PROSE, self.FIGURE, PROSE)
        for rendition in ("press", "screen"):
            status, pdf = self.run_on(source, rendition)
            self.assertEqual((status, pdf.exists()), (3, False), rendition)
            self.assertRegex(self.said, r"/articles/0/body/1/image: error E0501: ")
        proof = self.render(source)
        self.assertRegex(self.said, r"^\S+bundle.json:\d+:\d+: /articles/0/body/1/image: warning W0765: the picture '.*images/khong-co.jpg' "
                                    r"does not exist; .* \(.*E0501\)\n$")
        self.stands_in(proof, "khong-co.jpg")
        self.assertEqual(len(proof.places("W0765")), 1)
        self.assertLess(proof.place("khong-co.jpg")[4], proof.place("Chú-thích")[2])
        self.assertNotIn(str(self.folder).encode(), proof.path.read_bytes())

    def test_its_shape(self):
        """3 to 2, cut to its frame as any picture is."""
        self.render(bundle(PROSE, self.FIGURE, PROSE), "proof", "--dump", self.folder / "dump")
        drawn = re.search(r"^image .* draw -?\d+ -?\d+ (\d+) (\d+) vector 0x0 \"khong-co.jpg\"", (self.folder / "dump").read_text("utf-8"), re.M)
        self.assertAlmostEqual(int(drawn[1]) / int(drawn[2]), 1.5, places=4)

    def test_every_kind_of_picture_and_of_fault(self):
        (self.folder / "vo.png").write_bytes(b"\x89PNG\r\n\x1a\n1234")
        (self.folder / "la.gif").write_bytes(b"GIF89a\x01\x00\x01\x00")
        (self.folder / "rong.png").write_bytes(b"")
        (self.folder / "sai.svg").write_text("<svg><script/></svg>")
        (self.folder / "thu-muc.png").mkdir()
        names = ["vo.png", "la.gif", "rong.png", "sai.svg", "thu-muc.png"]
        gallery = {"type": "gallery", "figures": [{"image": n, "alt": "x"} for n in names]}
        source = bundle(PROSE, gallery, PROSE, masthead={"logo": "bieu-trung.svg"})
        status, pdf = self.run_on(source, "press")
        self.assertNotEqual(status, 0)
        self.assertFalse(pdf.exists())
        errors = re.findall(r" error (E\d{4}):", self.said)
        self.assertGreaterEqual(len(errors), 6)
        proof = self.render(source)
        told = re.findall(r" warning W0765: .*?(E\d{4})\)\n", self.said)
        self.assertEqual(sorted(told), sorted(errors))
        for name in names + ["bieu-trung.svg"]:
            page, left, top, right, foot = proof.place(name)
            x, y = (left + right) / 2, (top + foot) / 2
            self.assertGreater(proof.share(is_gray, (x - 6, y - 15, x + 6, y - 9), page), 0.5, name)

    def test_each_is_told_once(self):
        figures = [{**self.FIGURE, "image": f"{i}.jpg"} for i in range(150)]
        self.render(bundle(PROSE, *figures))
        self.assertEqual(sorted(map(int, re.findall(r"warning W0765: .*?/(\d+).jpg", self.said))), list(range(150)))

    def test_strict_does_not_take_it(self):
        status, pdf = self.run_on(bundle(PROSE, self.FIGURE), "proof", "--strict")
        self.assertEqual(status, 1)

    def test_validate_is_of_the_same_mind(self):
        (self.folder / "b.json").write_text(json.dumps(bundle(PROSE, self.FIGURE)), encoding="utf-8")
        for rendition, status, word in (("press", 3, "E0501"), ("screen", 3, "E0501"), ("proof", 0, "W0765")):
            done = subprocess.run([BANTIN, "validate", "b.json", "--rendition", rendition], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, status, rendition)
            self.assertIn(word, done.stdout + done.stderr)

    def test_in_vietnamese(self):
        self.render(bundle(PROSE, self.FIGURE), "proof", "--lang", "vi")
        self.assertRegex(self.said, r"cảnh báo W0765: không có ảnh '.*khong-co.jpg'; .* \(bản xem thử để tạm một khung xám")

    def test_a_proof_needs_no_date(self):
        source = bundle(PROSE)
        del source["masthead"]["date"]
        self.render(source)


if __name__ == "__main__":
    BANTIN = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
