#!/usr/bin/env python3
"""Fonts that a layout brings: found, checked, set, embedded; read back by other programs.

usage: test_housefonts.py BANTIN [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/unit"))
import make_fonts

BANTIN = ""
LETTERS = "".join(make_fonts.VIETNAMESE)
TEXT = f"{LETTERS[:67]} {LETTERS[67:]} Thực hiện chương trình **đào tạo** AVA To. “Tỷ lệ 487,5%”"
MADE = {}


def setUpModule():
    MADE.update(make_fonts.fonts())


class House(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("bundle.json", {"bantin": 1, "layout": "house.json", "masthead": {"title": "Bản tin", "issuer": "Hội"},
                                   "articles": [{"headline": "Chữ của nhà", "body": [TEXT]}]})

    def write(self, name, value):
        (self.folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def put(self, name, made, folder="fonts"):
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MADE[made])
        return path

    def layout(self, fallback=(), **faces):
        self.write("house.json", {"bantin_layout": 1, "name": "house", "extends": "bulletin-19x27",
                                  "families": {"Nhà": faces},
                                  "fonts": {"text": {"family": "Nhà", "fallback": list(fallback)}, "sans": {"family": "Nhà"}}})

    def run_bantin(self, *args):
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LANG")}
        return subprocess.run([BANTIN, *map(str, args)], cwd=self.folder, env=environment, capture_output=True, text=True)

    def render(self, *options):
        """On screen: a press file has texts of bantin's own beside the page, and their signs from other fonts."""
        return self.run_bantin("render", "bundle.json", "-o", "out.pdf", "--dump", "out.dump", "--rendition", "screen",
                               *options)

    def read(self, program, *args):
        done = subprocess.run([program, *args], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def check_pdf(self, kind, names):
        """The file is sound, holds the fonts' subsets and gives every word back."""
        self.read("qpdf", "--check", "out.pdf")
        lines = self.read("pdffonts", "out.pdf").splitlines()[2:]
        found = {}
        for line in lines:
            name, the_kind, embedded = re.match(r"[A-Z]{6}\+(\S+?)(?:-Identity-H)? +(CID \S+(?: 0C)?) +Identity-H +(\w+ \w+ \w+) ",
                                                line).groups()
            found[name] = (the_kind, embedded)
        self.assertEqual(found, {name: (kind, "yes yes yes") for name in names})
        words = re.sub(r"\s+", " ", self.read("pdftotext", "out.pdf", "-"))
        for word in TEXT.replace("*", "").split():
            if len(word) < 60:
                self.assertIn(word, words)
        letters = re.sub(r"\s", "", self.read("pdftotext", "-raw", "out.pdf", "-"))
        self.assertIn(LETTERS, letters)

    def drawn(self):
        """What was drawn where, but for the fonts' names."""
        return re.sub(r"font=\S+", "", (self.folder / "out.dump").read_text(encoding="utf-8"))

    def test_truetype(self):
        self.put("House-Regular.ttf", "House-Regular.ttf")
        self.put("House-Bold.ttf", "House-Bold.ttf")
        self.layout(regular="fonts/House-Regular.ttf", bold="fonts/House-Bold.ttf")
        done = self.render()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check_pdf("CID TrueType", ["HouseRegular", "HouseBold"])

    def test_cff(self):
        """The same outlines as cubic curves are set to the same places."""
        for kind, end in (("House", "ttf"), ("Cubic", "otf")):
            for style in ("Regular", "Bold"):
                self.put(f"Face-{style}", f"{kind}-{style}.{end}")
            self.layout(regular="fonts/Face-Regular", bold="fonts/Face-Bold")
            done = self.render()
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check_pdf("CID Type 0C" if end == "otf" else "CID TrueType", [f"{kind}Regular", f"{kind}Bold"])
            self.read("pdftoppm", "-r", "100", "-gray", "-l", "1", "out.pdf", kind)
        self.assertEqual(self.image("House").keys(), self.image("Cubic").keys())
        a, b = (self.image(kind)["pixels"] for kind in ("House", "Cubic"))
        differ = sum(abs(x - y) > 64 for x, y in zip(a, b))
        self.assertLess(differ, len(a) // 2000, "the two settings do not look alike")
        self.assertGreater(sum(x < 128 for x in a), 2000)

    def image(self, name):
        contents = next(self.folder.glob(name + "-*.pgm")).read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", contents)
        return {"pixels": contents[head.end():], head.groups(): True}

    def test_same_bytes(self):
        self.put("a.otf", "Cubic-Regular.otf")
        self.layout(regular="fonts/a.otf")
        self.assertEqual(self.render().returncode, 0)
        first = (self.folder / "out.pdf").read_bytes()
        self.assertEqual(self.render().returncode, 0)
        self.assertEqual((self.folder / "out.pdf").read_bytes(), first)

    def test_same_name(self):
        """Two files that give themselves one name are two fonts in the PDF, with names of their own."""
        MADE["named.ttf"] = make_fonts.renamed(MADE["House-Regular.ttf"], "House Bold")
        self.put("a.ttf", "named.ttf")
        self.put("b.ttf", "House-Bold.ttf")
        self.layout(regular="fonts/a.ttf", bold="fonts/b.ttf")
        self.write("bundle.json", {"bantin": 1, "layout": "house.json", "masthead": {"title": "aoe", "issuer": "aoe"},
                                   "articles": [{"headline": "aoe", "body": ["aoe **aoe**"]}]})
        self.assertEqual(self.render().returncode, 0)
        names = [line.split()[0] for line in self.read("pdffonts", "out.pdf").splitlines()[2:]]
        self.assertEqual([name[6:] for name in names], ["+HouseBold"] * 2)
        self.assertNotEqual(names[0], names[1])

    def test_nearest_face(self):
        self.put("a.otf", "Cubic-Regular.otf")
        self.layout(regular="fonts/a.otf")
        done = self.render()
        self.assertEqual(done.returncode, 0)
        self.assertIn("W0416: 'Nhà' has no bold face; its regular is used", done.stderr)

    def test_where_files_are_looked_for(self):
        """The layout's folder, then --font-dir, then the installed fonts."""
        self.put("a.otf", "Cubic-Bold.otf", "given")
        self.layout(regular="a.otf")
        done = self.render("--font-dir", "given")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("CubicBold", self.read("pdffonts", "out.pdf"))
        self.put("a.otf", "Cubic-Regular.otf", ".")
        self.assertEqual(self.render("--font-dir", "given").returncode, 0)
        self.assertIn("CubicRegular", self.read("pdffonts", "out.pdf"))
        self.layout(regular="truetype/liberation2/LiberationSerif-Regular.ttf", bold="LiberationSerif-Bold.ttf")
        self.assertEqual(self.render().returncode, 0)
        self.assertIn("LiberationSerif-Bold", self.read("pdffonts", "out.pdf"))

    def test_parents_folder(self):
        """A file that a parent names stands beside the parent."""
        self.put("a.otf", "Cubic-Regular.otf", "design/fonts")
        self.write("design/base-house.json", {"bantin_layout": 1, "name": "base-house", "extends": "bulletin-19x27",
                                              "families": {"Nhà": {"regular": "fonts/a.otf"}},
                                              "fonts": {"text": {"family": "Nhà"}}})
        self.write("house.json", {"bantin_layout": 1, "name": "house", "extends": "design/base-house.json"})
        done = self.render()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("CubicRegular", self.read("pdffonts", "out.pdf"))

    def test_missing(self):
        """All files that are missing are told, with the folders and the place, and nothing is written."""
        self.layout(regular="fonts/none.otf", bold="none-bold.ttf")
        done = self.render("--font-dir", "given")
        self.assertEqual(done.returncode, 3)
        self.assertFalse((self.folder / "out.pdf").exists())
        self.assertRegex(done.stderr, r"house\.json:1:\d+: /families/Nhà/regular: error E0450: the font file 'fonts/none\.otf' of 'Nhà' "
                                      r"is in none of these folders: \., given, /usr/share")
        self.assertRegex(done.stderr, r"/families/Nhà/bold: error E0450: the font file 'none-bold\.ttf'")
        self.assertEqual(done.stderr.count("error"), 2)

    def test_refused(self):
        """Each kind of file that cannot be embedded: one message, with its place."""
        cases = {"rights-0002.ttf": "E0414", "rights-0100.ttf": "E0457", "rights-0100.otf": "E0457", "rights-0200.ttf": "E0458",
                 "packed.woff": "E0452", "packed.woff2": "E0452", "old.pfb": "E0453", "old.pfa": "E0453", "two.ttc": "E0454",
                 "variable.ttf": "E0455", "cid.otf": "E0456", "page.ttf": "E0451", "cut.ttf": "E0451", "cut.otf": "E0451",
                 "empty.ttf": "E0451"}
        for name, code in cases.items():
            self.put(name, name)
            self.layout(regular="fonts/" + name)
            done = self.render()
            self.assertEqual(done.returncode, 3, name)
            self.assertRegex(done.stderr, rf"^\./house\.json:1:\d+: /families/Nhà/regular: error {code}: .*fonts/{re.escape(name)}'", name)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_rights(self):
        for bits in ("0004", "0006", "0008"):
            self.put("a.ttf", f"rights-{bits}.ttf")
            self.layout(regular="fonts/a.ttf")
            self.assertEqual(self.render().returncode, 0, bits)

    def test_letters(self):
        """A face without the letters, or one that draws Ọ for Ộ, is an error where they are in use."""
        for name, letters in (("poor.otf", LETTERS), ("liar.ttf", "Ộ")):
            self.put(name, name)
            self.layout(regular="fonts/" + name, fallback=["Noto Serif"])
            done = self.render()
            self.assertEqual(done.returncode, 3, name)
            self.assertIn(f"E0415: 'Nhà' does not draw these letters of Vietnamese: {''.join(sorted(letters))};", done.stderr)

    def test_listing(self):
        self.put("poor.otf", "poor.otf")
        self.put("a.ttf", "House-Bold.ttf")
        self.layout(regular="fonts/a.ttf", bold="fonts/none.ttf", italic="fonts/poor.otf", fallback=["Noto Serif"])
        done = self.run_bantin("fonts", "--layout", "house.json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        own = done.stdout.split("\n\n")[0].splitlines()
        self.assertEqual(own[0], "Nhà (the layout's own)")
        self.assertRegex(own[1], r"^  regular +draws 134/134  \./fonts/a\.ttf$")
        self.assertRegex(own[2], r"^  bold +missing: the font file 'fonts/none\.ttf' of 'Nhà' is in none of these folders: ")
        self.assertRegex(own[3], r"^  italic +draws 0/134  \./fonts/poor\.otf$")
        self.assertIn("Noto Serif (package ", done.stdout)
        self.put("a.ttf", "liar.ttf")
        done = self.run_bantin("fonts", "--layout", "house.json")
        self.assertIn("  regular      draws 133/134  ./fonts/a.ttf\n               lacks Ộ\n", done.stdout)
        done = self.run_bantin("fonts", "--layout", "house.json", "--text", "Hội →")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn('font "text"\n  Nhà: Hội \n  no font: →\n', done.stdout)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
