#!/usr/bin/env python3
"""Words and lines as they are seen of PDFs, held against what others make of the same files: poppler's pdftotext, the
drawing from which our own were made, and the same pages written anew by other producers.

usage: test_words.py BANTIN SEE [TEST ...]      (unittest's own options)"""
import collections, html, json, pathlib, re, subprocess, sys, tempfile, unicodedata, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOREIGN = sorted((ROOT / "tests/check/foreign").glob("*.pdf"))
SAMPLES = ["thanh-hoa-2024-04", "a5-chi-hoi", "to-gap-suc-khoe", "vu-mua-12-trang"]
NEAR = 0.5  # pt, to pdftotext
SCALED = 65536  # of the dump's points
BANTIN = SEE = ""


def see(path):
    return json.loads(subprocess.run([SEE, path], check=True, capture_output=True, text=True).stdout)


def poppler(path):
    """The words of each page: (text, x0, x1, y0, y1), from the corner of its media box."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for line in out.splitlines():
        if "<page " in line:
            pages.append([])
        word = re.search(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line)
        if word:
            x0, y0, x1, y1 = map(float, word.groups()[:4])
            pages[-1].append((unicodedata.normalize("NFC", html.unescape(word[5])), x0, x1, y0, y1))
    return pages


def ours(page):
    """The same of ours, that are seen and level."""
    x, y = page["media"][:2]
    return [(word["text"], word["box"][0] - x, word["box"][2] - x, (word["box"][1] + word["box"][3]) / 2 - y)
            for word in page["words"] if not word["is_hidden"] and word["angle"] == 0]


def is_there(word, others):
    text, x0, x1, y = word
    return any(abs(other[1] - x0) < NEAR and abs(other[2] - x1) < NEAR and other[3] < y < other[4]
               for other in others.get(text, []))


def unlike(page, words):
    """The words of ours that poppler has not, and those of poppler's that are left."""
    theirs = collections.defaultdict(list)
    for word in words:
        theirs[word[0]].append(word)
    alone = [word for word in ours(page) if not is_there(word, theirs)]
    own = collections.defaultdict(list)
    for text, x0, x1, y in ours(page):
        own[text].append((text, x0, x1, y - NEAR, y + NEAR))
    left = [word for word in words if not is_there((*word[:3], (word[3] + word[4]) / 2), own) and
            not any(abs(other[1] - word[1]) < NEAR and word[3] < other[3] + NEAR < word[4] + 2 * NEAR for other in own[word[0]])]
    return alone, left


def explained(alone, left):
    """What differs by nature, taken away: poppler takes the spaces between spaced capitals for letters' gaps (they hold
    a space, so it is one word of several); it parts a note mark from the word that it touches; and it reads the text
    that a drop cap's line stands for (ActualText), where we have the letters as they stand."""
    alone = list(alone)
    rest = []
    for word in left:
        text, x0, x1, y0, y1 = word
        parts = [own for own in alone if x0 - NEAR < own[1] and own[2] < x1 + NEAR and y0 < own[3] < y1]
        spaced = " " in text and [own[0] for own in parts] == text.split()
        drop_cap = [own for own in alone if text.endswith(own[0]) and abs(own[1] - x0) < NEAR and y0 < own[3] < y1]
        noted = [own for own in alone if re.fullmatch(re.escape(text) + r"\d+", own[0]) and abs(own[1] - x0) < NEAR]
        mark = text.isdigit() and any(own[0].endswith(text) and abs(own[2] - x1) < NEAR for own in alone)
        if spaced:
            alone = [own for own in alone if own not in parts]
        elif not (drop_cap or noted or mark):
            rest.append(word)
    notes = {own for own in alone if re.fullmatch(r".*\D\d{1,2}", own[0])}
    caps = {own for own in alone if any(word[0].endswith(own[0]) or word[0].startswith(own[0]) for word in left)}
    return [own for own in alone if own not in notes | caps], rest


class Samples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.files = {}
        for name in SAMPLES:
            for rendition in ("press", "screen"):
                pdf, dump = (pathlib.Path(cls.folder.name) / f"{name}-{rendition}.{end}" for end in ("pdf", "dump"))
                subprocess.run([BANTIN, "render", ROOT / "samples" / name / "bundle.json", "-o", pdf, "--rendition", rendition,
                                "--dump", dump, "--quiet"], check=True, capture_output=True)
                cls.files[name, rendition] = (pdf, dump, see(pdf))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_poppler(self):
        for key, (pdf, _, seen) in self.files.items():
            theirs = poppler(pdf)
            self.assertEqual(len(theirs), len(seen["pages"]))
            n_words = 0
            for number, (page, words) in enumerate(zip(seen["pages"], theirs), 1):
                with self.subTest(key, page=number):
                    alone, left = unlike(page, words)
                    self.assertLess(len(left), 0.1 * len(words) + 3)  # nature has its bounds
                    self.assertEqual(explained(alone, left), ([], []))
                n_words += len(words)
            self.assertGreater(n_words, 200)

    def test_drawing(self):
        """Each line of the drawing is there: its words where its glyphs are, its size and its baseline."""
        item = re.compile(r'glyphs (-?\d+) (-?\d+) (\S+) (\d+) .*?"((?:[^"\\]|\\.)*)"(?: actual ".*")? \[([^]]*)\]')
        for key, (_, dump, seen) in self.files.items():
            pages = dump.read_text(encoding="utf-8").split("\npage ")[1:]
            self.assertEqual(len(pages), len(seen["pages"]))
            n = 0
            for number, (drawn, page) in enumerate(zip(pages, seen["pages"]), 1):
                runs = collections.defaultdict(list)
                for word in page["words"]:
                    for i, run in enumerate(word["runs"]):
                        runs[run["face"]].append((run["x0"], run["size"], word["baseline"] if not i else None, run["text"]))
                for line in drawn.splitlines():
                    found = item.match(line)
                    if not found or " turn " in line:
                        continue
                    n += 1
                    x, y, size = (int(found[i]) / SCALED for i in (1, 2, 4))
                    text = json.loads(f'"{found[5]}"')
                    begin = len(text) - len(text.lstrip(" \xa0")) # spaces are a glyph each
                    glyphs = re.findall(r"@(-?\d+)(?:,(-?\d+))?", found[6])
                    if begin >= len(glyphs):
                        continue
                    x += int(glyphs[begin][0]) / SCALED
                    y += int(glyphs[begin][1] or 0) / SCALED
                    text = text.split()
                    near = [run for run in runs[found[3]] if abs(run[0] - x) < 0.02 and abs(run[1] - size) < 0.005 and
                            (run[2] is None or abs(run[2] - y) < 0.02)]
                    with self.subTest(key, page=number, line=line[:120]):
                        self.assertTrue(any(run[3].startswith(text[0]) or text[0].startswith(run[3]) for run in near), near)
            self.assertGreater(n, 60)

    def test_written_anew(self):
        """The same words in the same lines, whoever writes the pages: Ghostscript, cairo (which scales a page to whole
        points), and qpdf."""
        for name in ("thanh-hoa-2024-04", "vu-mua-12-trang"):
            pdf, _, seen = self.files[name, "press"]
            for producer, command in {
                    "Ghostscript": ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "OUT", "IN"],
                    "cairo": ["pdftocairo", "-pdf", "IN", "OUT"],
                    "qpdf": ["qpdf", "--object-streams=generate", "--compress-streams=n", "IN", "OUT"]}.items():
                with self.subTest(name, producer=producer):
                    out = pathlib.Path(self.folder.name) / "anew.pdf"
                    subprocess.run([{"IN": pdf, "OUT": out}.get(word, word) for word in command], check=True)
                    self.same(seen, see(out))

    def same(self, one, other):
        self.assertEqual(len(one["pages"]), len(other["pages"]))
        for a, b in zip(one["pages"], other["pages"]):
            self.assertEqual([(word["text"], word["line"], word["is_hidden"]) for word in a["words"]],
                             [(word["text"], word["line"], word["is_hidden"]) for word in b["words"]])
            for place in (lambda word: word["x0"], lambda word: word["baseline"]):
                mine, theirs = ([place(word) for word in page["words"]] for page in (a, b))
                first, last = mine.index(min(mine)), mine.index(max(mine))
                scale = (theirs[last] - theirs[first]) / (mine[last] - mine[first])
                self.assertLess(abs(scale - 1), 0.003)
                for p, q in zip(mine, theirs):
                    self.assertLess(abs(theirs[first] + (p - mine[first]) * scale - q), 0.05)
            for one_word, other_word in zip(a["words"], b["words"]):
                self.assertLess(abs(one_word["runs"][0]["size"] * scale - other_word["runs"][0]["size"]), 0.02)


class Foreign(unittest.TestCase):
    def test_poppler(self):
        self.assertGreaterEqual(len(FOREIGN), 10)
        for path in FOREIGN:
            seen = see(path)
            for number, (page, words) in enumerate(zip(seen["pages"], poppler(path)), 1):
                with self.subTest(path.name, page=number):
                    self.assertGreater(len(words), 50)
                    self.assertEqual(unlike(page, words), ([], []))

    def test_columns(self):
        """No line goes over a gutter, and all but a few begin at the left edge of a column, or at its indent."""
        known = json.loads((FOREIGN[0].parent / "known.json").read_text(encoding="utf-8"))
        mm = 72 / 25.4
        for path in FOREIGN:
            of = known[path.name]
            body = of["body"]["size"]
            for number, page in enumerate(see(path)["pages"], 1):
                lines = [line for line in page["lines"] if abs(line["size"] - body) < 0.2]
                with self.subTest(path.name, page=number):
                    margins = of["margins"]
                    sides = margins["left"] + margins["right"] if "left" in margins else margins["inside"] + margins["outside"]
                    column = (of["page"][0] - sides - (of["columns"] - 1) * of.get("gutter", 0)) / of["columns"] * mm
                    self.assertTrue(lines)
                    for line in lines:
                        self.assertLess(line["box"][2] - line["box"][0], column + 0.3 * body) # points may hang into the margin
                    begins = collections.Counter(round(line["box"][0]) for line in lines)
                    usual = sum(n for _, n in begins.most_common(2 * of["columns"]))
                    self.assertGreaterEqual(usual, 0.95 * len(lines), begins)


if __name__ == "__main__":
    BANTIN, SEE = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
