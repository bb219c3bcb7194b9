#!/usr/bin/env python3
"""Every folder of samples/ is rendered: nothing is said but what is listed here, no word is lost, and it has its pages.

usage: test_samples.py BANTIN [TEST ...]      (unittest's own options)
Reads the PDF with programs that are not ours: qpdf, pdftotext, pdfinfo."""
import collections, csv, json, pathlib, re, shutil, subprocess, sys, tempfile, unicodedata, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
PAGES = {"thanh-hoa-2024-04": [4], "to-gap-suc-khoe": [2], "a5-chi-hoi": [8], "vu-mua-12-trang": [12], "ky-yeu": range(30, 35)}
# Notes that are as they should be: names stand as the law writes them (Hóa), the editors write hoá; the bulletin is as it was.
NOTES = {"vu-mua-12-trang": {"N0440"}, "thanh-hoa-2024-04": {"N0440"},
         "ky-yeu": {"N0440", "W0604"}}  # nobody edits what a script writes: a loose line may stay
NO_TEXT = {"type", "image", "alt", "span", "url", "layout", "lang", "id", "importance", "place", "kind", "levels", "list", "table_id", "file",
           "min_height", "max_height", "align", "group", "logo", "date", "number", "article"}
BANTIN = ""


def texts(value):
    """Every text of a bundle, or of a part of one, that must be on paper."""
    if isinstance(value, str):
        yield re.sub(r"\[\^(\d+)\]|[*\\]", r"\1", value)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "chart":  # the heads of its columns are names of series, where there are several
            value = {**value, "table": value.get("table", {}).get("rows")}
        for key, item in value.items():
            if key not in NO_TEXT:
                yield from texts(item)


def markdown(text):
    """The paragraphs of a Markdown file, without its marks, and the texts of its blocks in JSON."""
    fence = r"(?ms)^```bantin$(.*?)^```$"
    for block in re.findall(fence, text):
        yield from texts(json.loads(block))
    text = re.sub(fence, "", text)
    for part in re.split(r"\n\s*\n|\n(?=[-\d>|] ?)", text):
        part = re.sub(r'!\[[^\]]*\]\([^ )]+ "(.*?)"\)', r"\1", part)
        part = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", part)
        yield re.sub(r"(?m)^\s*(#+|>|-|:|\d+\.)\s|[*|`]|:?-{2,}:?", " ", part)


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def known_blocks():
    """The types of blocks that the schema knows."""
    schema = subprocess.run([BANTIN, "schema", "bundle"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r'"type": *\{ *"const": *"(\w+)"', schema))


class Reference(unittest.TestCase):
    """samples/README.md: each block has an example that renders as it stands there, and a picture made from it."""

    def test_examples(self):
        sys.path.insert(0, str(SAMPLES / "blocks"))
        sys.dont_write_bytecode = True
        import make_pictures
        from PIL import Image
        text = (SAMPLES / "README.md").read_text(encoding="utf-8")
        found = make_pictures.examples(text)
        self.assertEqual(known_blocks() - set(found), set(), "blocks without an example")
        with tempfile.TemporaryDirectory() as folder:
            for name, source in found.items():
                with self.subTest(name):
                    blocks = make_pictures.values(source)
                    self.assertIn(name, {"paragraph"} | {block["type"] for block in blocks if isinstance(block, dict)})
                    _, status, said = make_pictures.render(BANTIN, name, source, folder)
                    self.assertEqual((status, said), (0, ""))
                    self.assertIn(f"](blocks/{name}.png)", text)
                    picture = SAMPLES / "blocks" / f"{name}.png"
                    self.assertLess(picture.stat().st_size, 25000)
                    with Image.open(picture) as image:
                        self.assertEqual(image.text[make_pictures.MADE_FROM], make_pictures.digest(source),
                                         "the example was changed: samples/run --pictures")


class Samples(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def rendered(self, bundle):
        name = bundle.parent.name
        pdf = self.folder / f"{name}.pdf"
        done = subprocess.run([BANTIN, "render", str(bundle), "-o", str(pdf)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in done.stderr.splitlines():
            code = re.search(r": (?:note|warning|error) ([NWE]\d{4}): ", line)
            self.assertIn(code and code[1], NOTES.get(name, set()), line)
        return pdf

    def check(self, bundle):
        pdf = self.rendered(bundle)
        facts = json.loads(bundle.read_text(encoding="utf-8"))
        info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertIn(int(re.search(r"Pages:\s+(\d+)", info)[1]), PAGES[bundle.parent.name])
        sound = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
        self.assertEqual(sound.returncode, 0, sound.stdout + sound.stderr)

        read = words(subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode())
        wanted = collections.Counter()
        joined = " ".join(read)
        for article in facts["articles"]:
            body = article["body"]
            paragraphs = list(texts({key: value for key, value in article.items() if key != "body"}))
            if isinstance(body, dict):
                paragraphs += list(markdown((bundle.parent / body["file"]).read_text(encoding="utf-8")))
            else:
                paragraphs += list(texts(body))
            for paragraph in paragraphs:
                wanted.update(words(paragraph))
                self.in_order(" ".join(words(paragraph)), joined)
        for key in ("masthead", "highlights", "imprint"):
            for text in texts(facts.get(key, {})):
                wanted.update(words(text))
        self.assertEqual(wanted - collections.Counter(read), collections.Counter(), "words that are not on paper")
        heads = [joined.rfind(" ".join(words(article["headline"]))) for article in facts["articles"]]
        self.assertNotIn(-1, heads)
        self.assertEqual(heads, sorted(heads), "articles are out of order")

    def in_order(self, phrase, joined):
        """A paragraph that goes on in another column may have furniture or a picture's caption between its words."""
        if phrase in joined:
            return
        at = -1
        for word in phrase.split():
            at = joined.find(word, at + 1)
            self.assertGreaterEqual(at, 0, f"'{word}' is missing or out of order in '{phrase[:60]}'")

    def test_each_sample(self):
        made = self.folder / "made/ky-yeu"
        subprocess.run(["/usr/bin/python3", str(SAMPLES / "ky-yeu/make_bundle.py"), str(made)], check=True)
        bundles = [path for path in sorted(SAMPLES.glob("*/bundle.json")) if path.parent.name != "ky-yeu"] + [made / "bundle.json"]
        self.assertEqual({bundle.parent.name for bundle in bundles}, set(PAGES))
        for bundle in bundles:
            with self.subTest(bundle.parent.name):
                self.check(bundle)

    def test_the_yearbook_is_long_and_always_the_same(self):
        made = [self.folder / "1", self.folder / "2"]
        for seed, folder in enumerate(made):
            subprocess.run(["/usr/bin/python3", str(SAMPLES / "ky-yeu/make_bundle.py"), str(folder)], check=True,
                           env={"PYTHONHASHSEED": str(seed)})
        self.assertEqual((made[0] / "bundle.json").read_bytes(), (made[1] / "bundle.json").read_bytes())
        articles = json.loads((made[0] / "bundle.json").read_text(encoding="utf-8"))["articles"]
        self.assertGreater(sum(len(text.split()) for text in texts(articles)), 19500)

    def test_every_block_is_in_the_long_issue(self):
        folder = SAMPLES / "vu-mua-12-trang"
        used = set()

        def collect(value):
            if isinstance(value, dict):
                used.update([value["type"]] if isinstance(value.get("type"), str) else [])
                value = list(value.values())
            for item in value if isinstance(value, list) else []:
                collect(item)
        collect(json.loads((folder / "bundle.json").read_text(encoding="utf-8")))
        known = known_blocks()
        self.assertGreater(len(known), 12)
        self.assertEqual(known - used - {"paragraph"}, set())

    def test_pictures_are_what_the_script_draws(self):
        sys.path.insert(0, str(SAMPLES))
        sys.dont_write_bytecode = True
        import pictures
        for sample, names in pictures.COMMITTED.items():
            pictures.draw(self.folder / sample, names)
            kept = SAMPLES / sample / "images"
            self.assertEqual(sorted(path.name for path in kept.iterdir()), sorted(name + ".svg" for name in names))
            for name in names:
                self.assertEqual((kept / f"{name}.svg").read_bytes(), (self.folder / sample / f"{name}.svg").read_bytes(), f"{sample}/{name}")


class Editions(unittest.TestCase):
    """samples/thanh-hoa-editions: 27 districts with overlays, 166 communes and wards with values alone."""
    SAMPLE = SAMPLES / "thanh-hoa-editions"

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.said = {}
        for manifest, *options in (("districts.jsonl",), ("communes.csv", "--base", cls.SAMPLE / "communes.json")):
            done = subprocess.run([BANTIN, "batch", cls.SAMPLE / manifest, "-o", cls.folder / manifest, *options], capture_output=True, text=True)
            cls.said[manifest] = (done.returncode, set(re.findall(r": (?:note|warning|error) ([NWE]\d{4}): ", done.stderr)))

    def rows(self, manifest):
        text = (self.SAMPLE / manifest).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()] if manifest.endswith(".jsonl") else list(csv.DictReader(text.splitlines()))

    def read(self, manifest, row):
        path = self.folder / manifest / row.get("out", row["id"] + ".pdf")
        return path, " ".join(words(subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()))

    def info(self, path):
        return dict(re.findall(r"(?m)^(\w+):\s+(.*)$", subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout))

    def test_districts(self):
        """Nothing is said but the base's own note; each has its story, its highlight, its name in masthead and title, and four pages."""
        self.assertEqual(self.said["districts.jsonl"], (0, {"N0440"}))
        rows = self.rows("districts.jsonl")
        overlays = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (self.SAMPLE / "editions").glob("*.json")}
        self.assertEqual(sorted(overlays), sorted(row["id"] for row in rows))
        self.assertEqual(len(rows), 27)
        stories, ops = set(), {"set"}
        for row in rows:
            overlay = overlays[row["id"]]
            path, text = self.read("districts.jsonl", row)
            ops.update(op["op"] for op in overlay["articles"])
            story = next(op["article"] for op in overlay["articles"] if op.get("article", {}).get("id") == "dia-phuong")
            place = next(value["text"] for value in overlay["set"].values() if isinstance(value, dict))
            stories.add(story["headline"])
            for part in (story["headline"], place, overlay["set"]["/masthead/edition"], *[block for block in story["body"] if isinstance(block, str)][-1:]):
                Samples.in_order(self, " ".join(words(part)), text)
            info = self.info(path)
            self.assertEqual(info["Pages"], "4", row["id"])
            self.assertTrue(info["Title"].endswith(" – " + overlay["set"]["/masthead/edition"]), info["Title"])
        self.assertEqual(len(stories), 27)
        report = json.loads((self.folder / "districts.jsonl/batch/report.json").read_text(encoding="utf-8"))
        alike = max(report["plates"]["common"], key=lambda group: len(group["editions"]))
        self.assertGreater(len(alike["editions"]), 15)  # although each names itself on its slug lines
        self.assertEqual(ops, {"set", "insert", "replace", "merge", "remove"})

    def test_communes(self):
        self.assertEqual(self.said["communes.csv"], (0, {"N1150"}))  # their base adds up what the rows say
        rows = self.rows("communes.csv")
        self.assertEqual((len(rows), sum(row["loai"] == "phường" for row in rows)), (166, 19))
        for row in rows:
            path, text = self.read("communes.csv", row)
            for part in (f"phụ nữ {row['loai']} {row['ten']}", row["hoi_vien"], row["ngheo_tien"], f"sáng {row['ngay_tiep']}"):
                self.assertIn(" ".join(words(part)), text)
            total = sum(int(row[key].replace(".", "")) for key in ("ngheo_ho", "can_ngheo_ho", "viec_lam_ho", "nuoc_sach_ho"))
            self.assertIn(" ".join(words(f"Cộng {total:,}".replace(",", "."))), text)
        info = self.info(path)
        self.assertEqual(info["Pages"], "2")
        self.assertIn(f"Phụ nữ {row['loai']} {row['ten']} – Số 4/2025", info["Title"])

    def test_one_alone_is_the_same(self):
        one = self.folder / "one.pdf"
        row = self.rows("districts.jsonl")[8]
        subprocess.run([BANTIN, "render", self.SAMPLE / row["edition"], "-o", one, "--quiet"], check=True)
        self.assertEqual(one.read_bytes(), (self.folder / "districts.jsonl" / row["out"]).read_bytes())
        row = self.rows("communes.csv")[40]
        values = [part for name, text in row.items() for part in ("--value", f"{name}={text}")]
        subprocess.run([BANTIN, "render", self.SAMPLE / "communes.json", *values, "-o", one, "--quiet"], check=True)
        self.assertEqual(one.read_bytes(), (self.folder / "communes.csv" / f"{row['id']}.pdf").read_bytes())
        sound = subprocess.run(["qpdf", "--check", one], capture_output=True, text=True)
        self.assertEqual(sound.returncode, 0, sound.stdout + sound.stderr)

    def test_validate(self):
        for manifest, base, n in (("districts.jsonl", SAMPLES / "thanh-hoa-2024-04/bundle.json", 27), ("communes.csv", self.SAMPLE / "communes.json", 166)):
            path = self.SAMPLE / manifest
            done = subprocess.run([BANTIN, "validate", path, "--base", base], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, f"{path}: good; {n} editions, 0 warnings\n"), done.stderr)


if __name__ == "__main__":
    BANTIN = sys.argv.pop(1)
    unittest.main()
