#!/usr/bin/env python3
"""The command from outside: what a user and a printer can see of it.

usage: test_command.py BANTIN [TEST ...]      (unittest's own options)
Reads the PDF with programs that are not ours: qpdf, pdffonts, pdftotext, pdfinfo."""
import json, os, pathlib, re, resource, shutil, signal, subprocess, sys, tempfile, unicodedata, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BULLETIN = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
LAYOUTS = ("bulletin-19x27", "a4-two-column")
BANTIN = ""


def run(*args, cwd=ROOT, env=None, **more):
    environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LANG", "TZ")}
    environment.update(env or {})
    return subprocess.run([BANTIN, *map(str, args)], cwd=cwd, env=environment, capture_output=True, text=True, **more)


def words(text):
    return unicodedata.normalize("NFC", text).split()


def texts_of(bundle):
    """Every text of a bundle that must be on paper, article after article, as (path, text)."""
    for i, article in enumerate(bundle["articles"]):
        for key in ("kicker", "headline", "lead"):
            if article.get(key):
                yield f"/articles/{i}/{key}", article[key]
        for k, block in enumerate(article["body"]):
            at = f"/articles/{i}/body/{k}"
            if isinstance(block, str):
                yield at, block
                continue
            for key in ("text", "by", "caption", "credit", "title", "note"):
                if block.get(key):
                    yield f"{at}/{key}", block[key]
            for row in block.get("rows", []):
                for cell in row["cells"] if isinstance(row, dict) else row:
                    if isinstance(cell, str):
                        yield f"{at}/rows", cell
            for item in block.get("items", []):
                yield f"{at}/items", item if isinstance(item, str) else item["text"]
        if article.get("byline"):
            yield f"/articles/{i}/byline", article["byline"]


def lines_by_column(dump):
    """The baselines of each body paragraph, by page and column: {pointer: {(page, column): {y, ...}}}, and the grid."""
    grid = tuple(map(int, re.search(r"^grid (\d+) (\d+)", dump, re.M).groups()))
    width = int(re.search(r"^page-size (\d+)", dump, re.M)[1])
    columns, page = {}, 0
    for line in dump.splitlines():
        if line.startswith("page "):
            page = int(line.split()[1])
        found = re.match(r'glyphs (\d+) (\d+) \S+ .* tag \d+:P at "(/articles/\d+/body/\d+)" ', line)
        if found:
            x, y, at = int(found[1]), int(found[2]), found[3]
            columns.setdefault(at, {}).setdefault((page, x > width // 2), set()).add(y)
    return columns, grid


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def pdf_text(self, pdf, *options):
        return subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True).stdout.decode()

    def bundle(self, change=None, name="bundle.json"):
        """The real bulletin in a folder of its own, changed."""
        shutil.copytree(BULLETIN.parent / "images", self.folder / "images", dirs_exist_ok=True)
        bundle = json.loads(BULLETIN.read_text(encoding="utf-8"))
        if change:
            change(bundle)
        path = self.folder / name
        path.write_text(json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8")
        return path


class RealBulletin(Folder):
    def render(self, layout):
        pdf = self.folder / f"{layout}.pdf"
        done = run("render", BULLETIN, "-o", pdf, "--layout", layout)
        self.assertEqual(done.returncode, 0, done.stderr)
        return pdf

    def test_reads_back(self):
        """Every word of the bundle, in the order of the articles, in NFC."""
        bundle = json.loads(BULLETIN.read_text(encoding="utf-8"))
        for layout in LAYOUTS:
            text = words(self.pdf_text(self.render(layout), "-raw"))
            joined = " ".join(text).casefold()
            self.assertEqual(joined, unicodedata.normalize("NFC", joined))
            for where, wanted in texts_of(bundle):
                phrase = " ".join(words(wanted)).casefold()
                if phrase in joined:
                    continue
                # A paragraph that goes on in another column may have furniture or a picture's caption between: word by word.
                at = -1
                for word in phrase.split():
                    at = joined.find(word, at + 1)
                    self.assertGreaterEqual(at, 0, f"{layout}: {where}: '{word}' is missing or out of order in '{phrase[:60]}'")
            heads = [" ".join(words(a["headline"])).casefold() for a in bundle["articles"]]
            places = [joined.rfind(h) for h in heads]
            self.assertEqual(places, sorted(places))
            self.assertNotIn(-1, places)

    def test_is_sound(self):
        for layout in LAYOUTS:
            pdf = self.render(layout)
            check = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
            self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
            self.assertNotIn("WARNING", check.stdout + check.stderr)
            rows = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
            self.assertGreaterEqual(len(rows), 3)
            for row in rows:
                self.assertRegex(row, r"\s(yes)\s+(yes)\s+(yes)\s+\d+\s+\d+$", row)
                self.assertRegex(row, r"^[A-Z]{6}\+")

    def test_metadata(self):
        info = subprocess.run(["pdfinfo", str(self.render(LAYOUTS[0]))], capture_output=True, text=True, check=True).stdout
        self.assertIn("Tin hoạt động Hội LHPN tỉnh Thanh Hoá", info)
        self.assertRegex(info, r"CreationDate:\s+.*Apr +9 .*2024|CreationDate:\s+.*2024")
        self.assertRegex(info, r"PDF version:\s+1\.6")

    def test_same_bytes(self):
        """Under any locale, time zone and working folder, and twice. A report has messages in it, so their language is given;
        test_lang.py sees that they alone follow the locale."""
        images = []
        for i, (cwd, env) in enumerate([(ROOT, {}), (ROOT, {}), (BULLETIN.parent, {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}),
                                        ("/", {"LC_ALL": "vi_VN.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/Lima"})]):
            pdf, dump, report = (self.folder / f"{i}.{kind}" for kind in ("pdf", "dump", "json"))
            done = run("render", BULLETIN, "-o", pdf, "--dump", dump, "--report", report, "--lang", "en", cwd=cwd, env=env)
            self.assertEqual(done.returncode, 0, done.stderr)
            images.append((pdf.read_bytes(), dump.read_bytes(), report.read_bytes()))
        self.assertTrue(all(image == images[0] for image in images[1:]))

    def test_report(self):
        report = self.folder / "report.json"
        done = run("render", BULLETIN, "-o", self.folder / "a.pdf", "--report", report)
        self.assertEqual(done.returncode, 0, done.stderr)
        facts = json.loads(report.read_text(encoding="utf-8"))
        self.assertTrue(facts["pages"])
        self.assertEqual([a["id"] for a in facts["articles"]], ["tap-huan", "bao-cao-vien", "tcvm", "uy-thac"])
        self.assertTrue(any(p.get("lines", 0) > 1 for p in facts["paragraphs"]))

    def test_no_widow_no_orphan(self):
        """Of a paragraph that is cut, at least two lines stand in each column; text lines stand on the baseline grid."""
        made_up = self.folder / "made-up.json"
        bench = ROOT / "tests/bench/make_bundle.py"
        made_up.write_bytes(subprocess.run([sys.executable, str(bench), "6000"], capture_output=True, check=True).stdout)
        for bundle in (BULLETIN, made_up):
            for layout in LAYOUTS:
                dump = self.folder / "pages.dump"
                done = run("render", bundle, "-o", self.folder / "w.pdf", "--layout", layout, "--dump", dump)
                self.assertEqual(done.returncode, 0, done.stderr)
                columns, grid = lines_by_column(dump.read_text(encoding="utf-8"))
                self.assertGreater(len(columns), 8)
                for at, places in columns.items():
                    self.assertTrue(len(places) == 1 or all(len(lines) > 1 for lines in places.values()), f"{layout}: {at}: {places}")
                    for lines in places.values():
                        self.assertTrue(all((y - grid[0]) % grid[1] == 0 for y in lines), f"{layout}: {at} is off the grid")

    def test_alphabet(self):
        """All 134 toned and special letters come back from each text face."""
        lower = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in "\u0300\u0309\u0303\u0301\u0323"] + list("ăâêôơưđ")
        letters = lower + [c.upper() for c in lower]
        self.assertEqual(len(set(letters)), 134)
        line = " ".join(letters)

        def spell(bundle):
            bundle["articles"] = [{"headline": f"Chữ {line}", "lead": f"Sapô {line}", "kicker": f"Nhãn {line}", "byline": f"Tên {line}", "body": [
                f"Thường {line}", f"**Đậm {line}**", f"*Nghiêng {line}*", f"***Cả hai {line}***",
                {"type": "quote", "text": f"Trích {line}", "by": f"Người {line}"},
                {"type": "figure", "image": "images/logo.svg", "caption": f"Chú {line}", "credit": f"Vẽ {line}", "alt": "x"},
                {"type": "table", "title": f"Bảng {line}", "columns": [{"title": f"Đầu {line}"}], "rows": [[f"Ô {line}"]], "note": f"Ghi {line}"}]}]
            bundle["highlights"] = {"title": f"Trong {line}", "items": [f"Mục {line}"]}
        for layout in LAYOUTS:
            pdf = self.folder / "letters.pdf"
            done = run("render", self.bundle(spell), "-o", pdf, "--layout", layout)
            self.assertEqual(done.returncode, 0, done.stderr)
            # Words of one letter in order; a page's furniture may stand between, so the runs are counted letter by letter.
            counts = {}
            for word in words(self.pdf_text(pdf, "-raw")):
                counts[word] = counts.get(word, 0) + 1
            # The kicker and the title of the highlights are set in capitals: each capital comes back twice for them.
            for letter in lower:
                self.assertGreaterEqual(counts.get(letter, 0), 13, f"{layout}: {letter}")
                self.assertGreaterEqual(counts.get(letter.upper(), 0), 15, f"{layout}: {letter.upper()}")

    def test_standard_input(self):
        pdf = self.folder / "in.pdf"
        done = run("render", "-", "-o", pdf, cwd=BULLETIN.parent, input=BULLETIN.read_text(encoding="utf-8"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(pdf.exists())


class Refusals(Folder):
    def refused(self, status, *args, **more):
        """Wrong input or a failing system: the status, a message, no PDF and an old one untouched."""
        pdf = self.folder / "out.pdf"
        pdf.write_text("%PDF-1.4 an old file")
        done = run("render", *args, "-o", pdf, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn("error E", done.stderr)
        self.assertEqual(pdf.read_text(), "%PDF-1.4 an old file")
        self.assertFalse(list(self.folder.glob("*.part")))
        return done.stderr

    def test_missing_picture(self):
        def lose(bundle):
            for article in bundle["articles"]:
                for block in article["body"]:
                    if isinstance(block, dict) and block["type"] == "figure":
                        block["image"] = "images/lost.png"
        said = self.refused(3, self.bundle(lose))
        self.assertIn("lost.png", said)
        self.assertRegex(said, r"bundle\.json:\d+:\d+: /articles/\d+/body/\d+")

    def test_mistyped_key(self):
        def mistype(bundle):
            bundle["articles"][0]["headlin"] = bundle["articles"][0].pop("headline")
        said = self.refused(3, self.bundle(mistype))
        self.assertIn("headline", said)

    def test_all_errors_at_once(self):
        def break_twice(bundle):
            bundle["articles"][0]["importance"] = 9
            bundle["articles"][1]["kickr"] = "x"
        said = self.refused(3, self.bundle(break_twice))
        self.assertIn("importance", said)
        self.assertIn("kickr", said)

    def test_wanted_pages(self):
        """As many pages as are wanted; an error and no PDF where there is no way, or the wish is none."""
        for args, n in ((["--pages", "4"], 4), (["--pages-multiple", "4"], 4), (["--pages", "5"], 5)):
            pdf = self.folder / "wanted.pdf"
            done = run("render", BULLETIN, "-o", pdf, *args)
            self.assertEqual(done.returncode, 0, done.stderr)
            info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
            self.assertRegex(info, rf"Pages: +{n}\n")
        said = self.refused(3, BULLETIN, "--pages", "2")
        self.assertRegex(said, r"E0655: the issue cannot be set in 2 pages: it takes 4, about \d+ lines of a column too many")
        for wrong in (["--pages", "0"], ["--pages", "4a"], ["--pages-multiple", "65"], ["--pages", "4", "--pages-multiple", "4"]):
            self.assertEqual(run("render", BULLETIN, *wrong).returncode, 2)

    def test_unknown_layout(self):
        said = self.refused(3, BULLETIN, "--layout", "buletin-19x27")
        self.assertIn("bulletin-19x27", said)

    def test_no_bundle(self):
        self.refused(3, self.folder / "nothing.json")

    def test_no_folder(self):
        done = run("render", BULLETIN, "-o", self.folder / "none" / "out.pdf")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("there is no such folder", done.stderr)

    def test_output_is_a_folder(self):
        (self.folder / "out.pdf").mkdir()
        done = run("render", BULLETIN, "-o", self.folder / "out.pdf")
        self.assertEqual(done.returncode, 4, done.stderr)

    def test_full_disk(self):
        """A limit on file sizes stands for a full disk: writes fail half way."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        self.refused(4, BULLETIN, preexec_fn=limit)

    def test_read_only_file_system(self):
        done = run("render", BULLETIN, "-o", "/proc/out.pdf")
        self.assertEqual(done.returncode, 4, done.stderr)

    def test_missing_font(self):
        """A program whose font list names a file that is not installed says which package to install."""
        place = self.folder / "tree"
        (place / "build/dev").mkdir(parents=True)
        shutil.copy(BANTIN, place / "build/dev/bantin")
        shutil.copytree(ROOT / "layouts", place / "layouts")
        shutil.copytree(ROOT / "fonts", place / "fonts")
        fonts = (place / "fonts/fonts.json").read_text(encoding="utf-8")
        (place / "fonts/fonts.json").write_text(fonts.replace("NotoSerif-Regular.ttf", "NotoSerif-Gone.ttf"), encoding="utf-8")
        pdf = self.folder / "font.pdf"
        done = subprocess.run([place / "build/dev/bantin", "render", BULLETIN, "-o", pdf], capture_output=True, text=True)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("apt-get install", done.stderr)
        self.assertFalse(pdf.exists())

    def test_wrong_use(self):
        for args in ([], ["rendr"], ["render"], ["render", "a", "b"], ["render", "--nothing", "a"], ["render", "-"], ["validate"]):
            done = run(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertTrue(done.stderr)

    def test_help(self):
        for args in (["--help"], ["render", "--help"], ["validate", "--help"], ["--version"]):
            done = run(*args)
            self.assertEqual(done.returncode, 0, args)
            self.assertTrue(done.stdout)
            self.assertFalse(done.stderr)


class Corpus(Folder):
    def test_bad_bundles(self):
        """Every bad file of the corpus: exit 3, a placed message, no PDF. Those whose golden has warnings only are set."""
        bad = sorted((ROOT / "tests/corpus/bundle").glob("*.json")) + sorted((ROOT / "tests/corpus/json").glob("*.json"))
        self.assertGreaterEqual(len(bad), 60)
        pdf = self.folder / "bad.pdf"
        for path in bad:
            with self.subTest(path.name):
                pdf.unlink(missing_ok=True)
                done = run("render", path, "-o", pdf)
                golden = path.with_suffix(".txt").read_text(encoding="utf-8")
                if path.parent.name == "bundle" and "error E" not in golden:
                    self.assertIn(done.returncode, (0, 3), done.stderr)
                    continue
                self.assertEqual(done.returncode, 3, f"{path.name}: {done.stderr}")
                self.assertRegex(done.stderr, r"(error E\d{4}|warning W\d{4}): ", path.name)
                self.assertFalse(pdf.exists(), path.name)

    def test_bad_layouts(self):
        # Whether a parent is found depends on the folders: the unit test has its own, and covers those.
        bad = [p for p in sorted((ROOT / "tests/corpus/layout").glob("*.json")) if not p.name.startswith("extends-")]
        self.assertGreaterEqual(len(bad), 10)
        pdf = self.folder / "bad.pdf"
        for path in bad:
            with self.subTest(path.name):
                done = run("render", BULLETIN, "--layout", path, "-o", pdf)
                self.assertEqual(done.returncode, 3, f"{path.name}: {done.stderr}")
                self.assertFalse(pdf.exists(), path.name)

    def test_validate_names_all(self):
        done = run("validate", BULLETIN)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("good", done.stdout)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
