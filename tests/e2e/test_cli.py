#!/usr/bin/env python3
"""The commands around rendering, and what an editor meets in the first hour.

usage: test_cli.py BANTIN [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shlex, shutil, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMANDS = ("new", "render", "batch", "validate", "check", "measure", "preflight", "layouts", "fonts", "schema", "doctor")
BANTIN = ""


def run(*args, cwd=ROOT, program=None, env=None, **more):
    environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
    environment.update(env or {})
    return subprocess.run([program or BANTIN, *map(str, args)], cwd=cwd, env=environment, capture_output=True, text=True, **more)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def good(self, *args, **more):
        done = run(*args, **more)
        self.assertEqual((done.returncode, done.stderr), (0, ""), args)
        return done.stdout

    def tree(self, fonts=None, layouts=None):
        """A program with layouts and a list of fonts of its own; each is changed by a function from text to text."""
        place = self.folder / "tree"
        (place / "build/dev").mkdir(parents=True)
        shutil.copy(BANTIN, place / "build/dev/bantin")
        shutil.copy(pathlib.Path(BANTIN).with_name("bantin-check"), place / "build/dev")
        shutil.copytree(ROOT / "layouts", place / "layouts")
        shutil.copytree(ROOT / "fonts", place / "fonts")
        list_path = place / "fonts/fonts.json"
        if fonts:
            list_path.write_text(fonts(list_path.read_text(encoding="utf-8")), encoding="utf-8")
        if layouts:
            layouts(place / "layouts")
        return place / "build/dev/bantin"


class Help(Folder):
    def test_each_command_teaches(self):
        listed = self.good("--help")
        for command in COMMANDS:
            self.assertRegex(listed, rf"(?m)^  {command}\b")
            text = self.good(command, "--help")
            self.assertTrue(text.startswith(f"usage: bantin {command} "), command)
            self.assertIn("--help", text)
            self.assertGreater(len(text.splitlines()), 6, command)

    def test_help_fits_a_terminal(self):
        for args in ([], *([command] for command in COMMANDS)):
            for line in self.good(*args, "--help").splitlines():
                self.assertLessEqual(len(line), 120)

    def test_wrong_use(self):
        for args in (["nwe"], ["new"], ["new", ""], ["new", "a", "b"], ["new", "--force", "a"], ["layouts", "a"], ["layouts", "--all"],
                     ["fonts", "a"], ["fonts", "--text"], ["schema"], ["schema", "bundel"],
                     ["schema", "bundle", "layout"], ["schema", "--all"], ["doctor", "me"], ["doctor", "--all"]):
            done = run(*args, cwd=self.folder)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.stdout, "", args)
            self.assertRegex(done.stderr, r"Try 'bantin( \w+)? --help'", args)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_full_output(self):
        """What could not be printed is no success."""
        for args in (["schema", "layout"], ["layouts"], ["fonts"], ["doctor"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([BANTIN, *args], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 4, args)
            self.assertIn("No space left", done.stderr)

    def test_man_page(self):
        page = ROOT / "src/cli/bantin.1"
        check = ["mandoc", "-Tlint", "-W", "style", str(page)] if shutil.which("mandoc") else ["man", "--warnings", "-l", "-Tutf8", str(page)]
        done = subprocess.run(check, capture_output=True, text=True, env={**os.environ, "MANROFFOPT": "", "LC_ALL": "C.UTF-8"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        if check[0] == "mandoc":
            self.assertEqual(done.stdout, "")
        source = page.read_text(encoding="utf-8")
        for command in COMMANDS:
            self.assertRegex(source, rf"(?m)^\.It Cm {command}\b")
            for option in re.findall(r"(?m)^ +(?:-\w, | {4})--([\w-]+)", self.good(command, "--help")):
                self.assertIn(f"Fl -{option}", source, command)


class Palettes(Folder):
    """A palette that is not there, or that the layout does not have: one message, and no file."""

    def refused(self, *args):
        bundle = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
        out = self.folder / "out.pdf"
        done = run("render", bundle, "-o", out, "--quiet", *args)
        self.assertEqual(done.returncode, 3)
        self.assertFalse(out.exists())
        self.assertEqual(run("validate", bundle, "--quiet", *args).stderr, done.stderr)
        return done.stderr

    def test_unknown(self):
        self.assertEqual(self.refused("--palette", "mone"), 'bantin: error E0364: the layout "bulletin-19x27" has no palette "mone"; did you mean "mono"?\n')
        self.assertEqual(self.refused("--palette", "đủ màu"), 'bantin: error E0363: the layout "bulletin-19x27" has no palette "đủ màu"; use one of "four", "two", "mono"\n')

    def test_none(self):
        base = json.loads((ROOT / "layouts/base.json").read_text(encoding="utf-8"))
        page = json.loads((ROOT / "layouts/bulletin-19x27.json").read_text(encoding="utf-8"))
        layout = {**base, **{key: value for key, value in page.items() if key not in ("extends", "styles", "furniture", "blocks")}}
        for key in ("palettes", "plates"):
            del layout[key]
        path = self.folder / "plain.json"
        path.write_text(json.dumps(layout, ensure_ascii=False), encoding="utf-8")
        self.good("validate", ROOT / "src/cli/starter/bundle.json", "--layout", path)
        self.assertIn("the layout \"bulletin-19x27\" has no palettes; render it without --palette", self.refused("--layout", path, "--palette", "four"))

    def test_a_colour_that_needs_another_plate(self):
        """A layout of one's own adds a colour: fine in CMYK, told in the palettes that promise their plates."""
        layout = {"bantin_layout": 1, "name": "mine", "extends": "bulletin-19x27", "colors": {"warm": {"cmyk": [0, 40, 90, 0]}}, "styles": {"lead": {"color": "warm"}}}
        path = self.folder / "mine.json"
        path.write_text(json.dumps(layout), encoding="utf-8")
        self.good("validate", ROOT / "src/cli/starter/bundle.json", "--layout", path)
        said = self.refused("--layout", path, "--palette", "mono")
        self.assertIn('"plates" says 1 for the palette "mono", but its colours need 3: magenta ("warm"), yellow ("warm"), black ("ink")', said)
        layout["palettes"] = {"mono": {"warm": {"of": "ink"}}}
        path.write_text(json.dumps(layout), encoding="utf-8")
        self.assertEqual(run("validate", ROOT / "src/cli/starter/bundle.json", "--layout", path, "--palette", "mono").returncode, 0)


class Legacy(Folder):
    """Text in the encodings before Unicode: told, and converted when asked."""

    def bundle(self):
        path = self.folder / "b.json"
        path.write_text(json.dumps({
            "bantin": 1, "masthead": {"title": "Hoäi Lieân hieäp Phuï nöõ", "date": "2024-04-09"},
            "articles": [{"id": "a", "headline": "H\u00adíng dÉn vay vèn s¶n xuÊt",
                          "body": ["Chị Hạnh nói: **Hôòi Liên hiêòp Phuò nýÞ** giúp, [trang](https://x.vn/Hôòi)."]}]}, ensure_ascii=False), encoding="utf-8")
        return path

    def text(self, *args):
        out = self.folder / "b.pdf"
        done = run("render", self.bundle(), "-o", out, *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
        return done.stderr, " ".join(text.split())

    def test_told(self):
        said, text = self.text()
        self.assertEqual(re.findall(r"warning (W\d+)", said), ["W0430"] * 3)
        self.assertIn("/articles/0/headline: warning W0430", said)
        self.assertIn('"Hướng dẫn vay vốn sản xuất"; add --convert-legacy', said)
        self.assertIn("Hoäi Lieân hieäp Phuï nöõ", text)
        self.assertEqual(run("render", self.bundle(), "-o", self.folder / "c.pdf", "--strict").returncode, 1)
        self.assertEqual(run("validate", self.bundle(), "--strict").returncode, 1)

    def test_converted(self):
        said, text = self.text("--convert-legacy", "--strict")
        self.assertEqual(re.findall(r"(warning|note) (\w\d+)", said), [("note", "N0431")] * 3)
        for words in ("Hội Liên hiệp Phụ nữ", "Hướng dẫn vay vốn sản xuất", "Chị Hạnh nói: Hội Liên hiệp Phụ nữ giúp, trang."):
            self.assertIn(words, text)
        self.assertNotIn("Hoäi", text)
        done = run("validate", self.bundle(), "--convert-legacy", "--strict")
        self.assertEqual((done.returncode, done.stderr), (0, said))

    def test_same_as_unicode(self):
        """Converted, the bundle gives the pages that it gives in Unicode."""
        self.text("--convert-legacy", "--dump", self.folder / "old.dump")
        path = self.bundle()
        text = path.read_text(encoding="utf-8")
        for old, new in (("Hoäi Lieân hieäp Phuï nöõ", "Hội Liên hiệp Phụ nữ"), ("H\u00adíng dÉn vay vèn s¶n xuÊt", "Hướng dẫn vay vốn sản xuất"),
                         ("**Hôòi Liên hiêòp Phuò nýÞ**", "**Hội Liên hiệp Phụ nữ**")):
            self.assertIn(old, text)
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        done = run("render", path, "-o", self.folder / "new.pdf", "--dump", self.folder / "new.dump")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual((self.folder / "old.dump").read_text(), (self.folder / "new.dump").read_text())


class Listings(Folder):
    def test_layouts(self):
        text = self.good("layouts")
        lines = text.splitlines()
        self.assertEqual(lines[0], str(ROOT / "layouts"))
        self.assertRegex(text, r"(?m)^  bulletin-19x27 +190 x 270 mm, 2 columns: \w.+")
        self.assertRegex(text, r"(?m)^  a4-two-column +210 x 297 mm, 2 columns: \w.+")
        self.assertNotIn("base", [line.split()[0] for line in lines[1:]])
        names = self.good("layouts", "--names").split()
        self.assertEqual(names, ["a4-three-column", "a4-two-column", "a5-one-column", "bulletin-19x27", "leaflet-a4", "plain-text"])
        self.assertEqual(names, [line.split()[0] for line in lines[1:] if line[:4].strip()])
        palettes = re.findall(r"(?m)^    palettes: (.*)$", text)
        black = "four (CMYK), two (black, PANTONE 227 C), mono (default; black)"
        rest = "four (default; CMYK), two (black, PANTONE 227 C), mono (black)"
        self.assertEqual(palettes, [black if name == "plain-text" else rest for name in names])
        pairs = self.good("layouts", "--palettes").splitlines()
        self.assertEqual(pairs, [f"{name} {palette}" for name in names for palette in ("four", "two", "mono")])

    def test_layouts_of_ones_own(self):
        def add(folder):
            head = {"bantin_layout": 1, "extends": "bulletin-19x27"}
            (folder / "mine.json").write_text(json.dumps({**head, "name": "mine", "page": {"width": "199.55mm"}}), encoding="utf-8")
            (folder / "hers.json").write_text(json.dumps({**head, "name": "hers", "description": "One\nline"}), encoding="utf-8")
            (folder / "only-styles.json").write_text(json.dumps({"bantin_layout": 1, "name": "s", "extends": "base"}), encoding="utf-8")
        text = self.good("layouts", program=self.tree(layouts=add))
        self.assertRegex(text, r"(?m)^  mine +199\.55 x 270 mm, 2 columns$")
        self.assertRegex(text, r"(?m)^  hers .*: One$")
        self.assertNotIn("only-styles", text)

    def test_broken_layout(self):
        """It is reported, and the others are listed."""
        def damage(folder):
            path = folder / "a4-two-column.json"
            path.write_text(path.read_text(encoding="utf-8").replace('"gutter"', '"guter"'), encoding="utf-8")
        done = run("layouts", program=self.tree(layouts=damage))
        self.assertEqual(done.returncode, 3)
        self.assertIn("bulletin-19x27", done.stdout)
        self.assertNotIn("a4-two-column", done.stdout)
        self.assertRegex(done.stderr, r"a4-two-column\.json:\d+:\d+: /columns/guter: error E\d{4}")

    def test_fonts(self):
        text = self.good("fonts")
        families = json.loads((ROOT / "fonts/fonts.json").read_text(encoding="utf-8"))["families"]
        for family in families:
            self.assertIn(f"{family['name']} (package {family['package']}): {family['roles']}", text)
        n_faces = sum(len(family["faces"]) for family in families)
        self.assertEqual(len(re.findall(r"(?m)^  (?:regular|bold|italic|bold_italic) +draws 134/134  /\S+\.ttf$", text)), n_faces)

    def test_missing_face(self):
        program = self.tree(fonts=lambda text: text.replace("RobotoCondensed-Bold.ttf", "Gone.ttf"))
        done = run("fonts", program=program)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^  bold +missing: .*Gone\.ttf.*apt-get install fonts-roboto-unhinted")
        self.assertEqual(done.stdout.count("missing"), 1)

    def test_font_dir(self):
        """A face given by --font-dir is used; one that does not draw the alphabet is seen through."""
        path = next(pathlib.Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf"))
        shutil.copy(path, self.folder / "NotoSans-Regular.ttf")
        self.assertIn(str(self.folder / "NotoSans-Regular.ttf"), self.good("fonts", "--font-dir", self.folder))
        (self.folder / "NotoSans-Regular.ttf").write_bytes(b"no font")
        self.assertRegex(self.good("fonts", "--font-dir", self.folder), r"regular +missing: ")

    def test_text(self):
        text = self.good("fonts", "--text", "Cần  Tho\u031b\u031b\u0300 日本 ok")
        self.assertIn('font "text"\n  Noto Serif: Cần ', text)
        self.assertRegex(text, r"  no font: 日本 ?\n")
        self.assertIn('\n\nfont "sans"\n  Noto Sans: ', text)
        # A letter that only the fallback has.
        only_sans = self.good("fonts", "--text", "a \u0906 b")
        self.assertTrue("(fallback)" in only_sans or "no font" in only_sans)

    def test_text_is_normalised(self):
        self.assertIn("Noto Serif: Cầ\n", self.good("fonts", "--text", "Ca\u0302\u0300"))
        self.assertEqual(self.good("fonts", "--text", ""), "")
        done = subprocess.run([os.fsencode(BANTIN), b"fonts", b"--text", b"a\xff\xfeb"], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_text_of_a_layout(self):
        done = run("fonts", "--text", "x", "--layout", "buletin-19x27")
        self.assertEqual(done.returncode, 3)
        self.assertIn("bulletin-19x27", done.stderr)

    def test_schema(self):
        for format in ("bundle", "layout"):
            self.assertEqual(self.good("schema", format), (ROOT / f"src/{format}/{format}.schema.json").read_text(encoding="utf-8"))

    def test_doctor(self):
        text = self.good("doctor")
        self.assertTrue(text.startswith(self.good("--version")))
        for library in ("HarfBuzz", "FreeType", "libharu", "cJSON", "cmark-gfm", "libpng", "libjpeg", "expat", "utf8proc", "lcms2", "nettle"):
            self.assertRegex(text, rf"(?m)^  {library} +\d+\.\d+")
        for name in self.good("layouts", "--names").split():
            self.assertIn(f"  {name} (", text)
        self.assertIn("  Noto Serif: installed (4 faces)", text)
        self.assertRegex(text, r"\nprinting conditions\n  FOGRA39: /.*/FOGRA39L_coated\.icc\n\nchecks of PDFs\n  poppler +\d")
        self.assertRegex(text, r"(?m)^  qpdf +\d+\.\d+")
        self.assertTrue(text.endswith("All is well.\n"))

    def test_doctor_finds_lacks(self):
        done = run("doctor", program=self.tree(fonts=lambda text: text.replace("NotoSerif-", "Gone-").replace("RobotoCondensed-Bold.", "Gone.")))
        self.assertEqual(done.returncode, 4)
        self.assertIn("\n  apt-get install fonts-noto-core fonts-roboto-unhinted\n", done.stdout)
        self.assertNotIn("Noto Serif: installed", done.stdout)
        self.assertIn("Liberation Sans: installed (4 faces)", done.stdout)
        self.assertTrue(done.stdout.endswith("Not all is well: see above.\n"))

    def test_doctor_finds_no_profile(self):
        """What stands in for a condition's profile is told, and is not well."""
        program = self.tree()
        (self.folder / "tree/layouts/mine.json").write_text(json.dumps(
            {"bantin_layout": 1, "name": "mine", "extends": "bulletin-19x27", "print": {"profile": "FOGRA51"}}), encoding="utf-8")
        done = run("doctor", program=program)
        self.assertEqual(done.returncode, 4)
        self.assertRegex(done.stdout, r"(?m)^  FOGRA39: /")
        self.assertRegex(done.stdout, r"(?m)^  FOGRA51: the ICC profile of FOGRA51 was not found, so .* stands in")
        self.assertTrue(done.stdout.endswith("Not all is well: see above.\n"))

    def test_doctor_alone(self):
        """A program without its layouts and fonts."""
        shutil.copy(BANTIN, self.folder / "bantin")
        if pathlib.Path("/usr/local/share/bantin").exists():
            self.skipTest("bantin is installed here, and would find that")
        done = run("doctor", program=self.folder / "bantin")
        self.assertEqual(done.returncode, 4)
        self.assertIn("none: install bantin again", done.stdout)
        self.assertIn("bantin-check does not run", done.stdout)
        check = run("check", "a.pdf", "b.pdf", program=self.folder / "bantin")
        self.assertEqual(check.returncode, 4)
        self.assertIn("cannot start", check.stderr)
        self.assertEqual(run("layouts", program=self.folder / "bantin").returncode, 4)


class Starter(Folder):
    def new(self, name="ban-tin"):
        text = self.good("new", self.folder / name)
        self.assertIn("bantin render ", text)
        return self.folder / name

    def render(self, bundle, *more):
        return run("render", bundle, "-o", self.folder / "out.pdf", "--strict", *more)

    def test_renders_as_it_is(self):
        place = self.new()
        self.assertEqual(sorted(str(p.relative_to(place)) for p in place.rglob("*")), 
                         ["LUU-Y.txt", "articles", "articles/bep-an.md", "bundle.json", "images", "images/non-la.svg"])
        for layout in self.good("layouts", "--names").split():
            done = self.render(place / "bundle.json", "--layout", layout, "--palette", "four")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), layout)
        done = self.render(place / "bundle.json", "--layout", "plain-text")
        self.assertEqual((done.returncode, done.stderr), (0, ""), "its picture is in colour, its ink black")
        done = self.render(place / "bundle.json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        text = subprocess.run(["pdftotext", str(self.folder / "out.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        for words in ("BẢN TIN", "Chợ quê ngày cuối năm", "121,5", "Lịch sinh hoạt quý I", "Số lượng: 300 bản"):
            self.assertIn(words, text)

    def test_what_it_holds(self):
        bundle = json.loads((self.new() / "bundle.json").read_text(encoding="utf-8"))
        types = [block["type"] for article in bundle["articles"] for block in article["body"] if isinstance(block, dict)]
        self.assertTrue({"numbers", "bullets", "box", "quote", "subheading"} <= set(types))
        self.assertIn({"file": "articles/bep-an.md"}, [article["body"] for article in bundle["articles"]])
        self.assertEqual(types.count("figure"), 1)
        self.assertEqual(types.count("table"), 1)
        self.assertTrue(bundle["highlights"]["items"] and bundle["imprint"]["licence"])

    def test_empty_folder(self):
        (self.folder / "empty").mkdir()
        self.good("new", ".", cwd=self.folder / "empty")
        self.assertEqual(self.render(self.folder / "empty/bundle.json").returncode, 0)

    def test_what_it_says_can_be_copied(self):
        said = self.good("new", "tin tháng 1/", cwd=self.folder)
        command = shlex.split(said.splitlines()[1].split(":", 1)[1])
        self.assertEqual(command[:3], ["bantin", "render", "tin tháng 1/bundle.json"])
        self.assertEqual(run(*command[1:], cwd=self.folder).returncode, 0)

    def test_refuses_what_is_there(self):
        place = self.new()
        (place / "bundle.json").write_text("mine", encoding="utf-8")
        done = run("new", place)
        self.assertEqual(done.returncode, 3)
        self.assertIn("is not empty", done.stderr)
        self.assertEqual((place / "bundle.json").read_text(encoding="utf-8"), "mine")
        (self.folder / "hidden").mkdir()
        (self.folder / "hidden/.git").mkdir()
        self.assertEqual(run("new", self.folder / "hidden").returncode, 3)
        (self.folder / "file").write_text("", encoding="utf-8")
        done = run("new", self.folder / "file")
        self.assertEqual(done.returncode, 3)
        self.assertIn("Not a directory", done.stderr)

    def test_all_or_none(self):
        """Where it cannot write, and where the disk fills up half way, nothing stays behind."""
        self.assertEqual(run("new", self.folder / "no/such").returncode, 4)
        self.assertEqual(run("new", "/proc/ban-tin").returncode, 4)
        import resource, signal

        def limit(size):
            def set_limit():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return set_limit
        (self.folder / "empty").mkdir()
        for size in (0, 900, 2000, 4096):
            for name in ("full", "empty"):
                done = run("new", self.folder / name, preexec_fn=limit(size))
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn("File too large", done.stderr)
        self.assertEqual([str(p.relative_to(self.folder)) for p in self.folder.rglob("*")], ["empty"])

    def edit(self, place, old, new):
        path = place / "bundle.json"
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
        line = text[:text.index(old)].count("\n") + 1
        return path, line

    def mistake(self, old, new, pointer, *remedy):
        """A mistake is named with line, place and remedy, and nothing is written."""
        path, line = self.edit(self.new("m"), old, new)
        for command in (["render", path, "-o", self.folder / "m.pdf"], ["validate", path]):
            done = run(*command)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertRegex(done.stderr, rf"(?m)bundle\.json:{line}:\d+: {re.escape(pointer)}: error E\d{{4}}: ", done.stderr)
            for words in remedy:
                self.assertIn(words, done.stderr)
        self.assertFalse((self.folder / "m.pdf").exists())
        shutil.rmtree(self.folder / "m")

    def test_first_hour(self):
        place = self.new()
        path, _ = self.edit(place, "Hội Phụ nữ xã Bình Minh\",\n    \"issuer\"", "Hội Phụ nữ phường Đông Vệ\",\n    \"issuer\"")
        self.assertEqual(self.render(path).returncode, 0)
        text = subprocess.run(["pdftotext", str(self.folder / "out.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn("Hội Phụ nữ phường Đông Vệ", text)

    def test_mistyped_key(self):
        self.mistake('"lead": "Hơn', '"led": "Hơn', "/articles/0/led", 'did you mean "lead"?')

    def test_lost_picture(self):
        self.mistake("images/non-la.svg", "images/non-lá.svg", "/articles/0/body/1/image", "non-lá.svg")

    def test_column_too_many(self):
        self.mistake('["Thôn Đoài", 7, 31.2]', '["Thôn Đoài", 7, 31.2, 5]', "/articles/1/body/2/rows/1", "has 4 cells, but the table has 3 columns")

    def test_forgotten_comma(self):
        path, line = self.edit(self.new(), '"lang": "vi-VN",', '"lang": "vi-VN"')
        done = run("validate", path)
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, rf"bundle\.json:{line}|bundle\.json:{line + 1}")

    def test_unknown_article(self):
        self.mistake('"article": "lich"', '"article": "lic"', "/highlights/items/3/article", 'did you mean "lich"?')

    def test_number_as_text(self):
        self.mistake('"importance": 5', '"importance": "5"', "/articles/0/importance", "write 5 without quotation marks")


class Completion(Folder):
    def complete(self, *words, cwd=ROOT):
        script = f"""source {shlex.quote(str(ROOT / 'src/cli/bantin.bash'))}
COMP_WORDS=({' '.join(map(shlex.quote, [BANTIN, *words]))}); COMP_CWORD={len(words)}; _bantin; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = subprocess.run(["bash", "-c", script], cwd=cwd, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return sorted(set(done.stdout.split("\n")) - {""})

    def test_commands(self):
        self.assertEqual(self.complete(""), sorted([*COMMANDS, "help", "--lang", "--help", "--version"]))
        self.assertEqual(self.complete("re"), ["render"])

    def test_options(self):
        """Those of each command's help, no more and no fewer."""
        for command in COMMANDS:
            wanted = {f"--{o}" for o in re.findall(r"(?m)^ +(?:-\w, | {4})--([\w-]+)", self.good(command, "--help"))}
            self.assertEqual({o for o in self.complete(command, "-") if o.startswith("--")}, wanted, command)

    def test_layouts(self):
        self.assertEqual(self.complete("render", "--layout", "bull", cwd=self.folder), ["bulletin-19x27"])
        self.assertEqual(self.complete("render", "--palette", "", cwd=self.folder), ["four", "mono", "two"])
        self.assertEqual(self.complete("validate", "--palette", "m", cwd=self.folder), ["mono"])
        self.assertEqual(self.complete("schema", "l"), ["layout"])
        self.assertEqual(self.complete("schema", "--lang", ""), ["en", "vi"])

    def test_files(self):
        for name in ("a.json", "a.pdf", "a.txt", "b c.json"):
            (self.folder / name).touch()
        (self.folder / "folder").mkdir()
        self.assertEqual(self.complete("render", "", cwd=self.folder), ["a.json", "b c.json", "folder"])
        self.assertEqual(self.complete("render", "-o", "", cwd=self.folder), ["a.pdf", "folder"])
        self.assertEqual(self.complete("new", "", cwd=self.folder), ["folder"])


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
