#!/usr/bin/env python3
"""Jump lines, read by programs that are not ours: each article that a page cuts says on which page it goes on and from which one
it comes, and no other does; nothing is lost, nothing stands on anything else, nothing below the margin.

usage: test_jumps.py BANTIN [TEST ...]
Every word of an article's body names its article ("an17" is the word 17 of the article "an"), so that a page tells what is on it."""
import collections, itertools, json, os, pathlib, random, re, subprocess, sys, tempfile, unittest

BANTIN = ""
MM = 72 / 25.4
NAMES = ("an", "bo", "ca", "de", "em", "ga", "hu", "ly")
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
BODY = re.compile(r"(%s)\d+" % "|".join(NAMES))
ON = re.compile(r"Xem tiếp trang (\d+)")
FROM = re.compile(r"Tiếp theo trang (\d+): Tựa_(\w\w)")
MARGIN_BOTTOM = 19 * MM
Word = collections.namedtuple("Word", "left top right bottom text")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><rect width="160" height="100" fill="#777"/></svg>'


class Writer:
    """Bodies of any length whose words are counted."""

    def __init__(self, name, seed):
        self.name, self.n, self.pick = name, 0, random.Random(f"{name}{seed}")

    def words(self, n):
        self.n += n
        return " ".join(f"{self.name}{i}" for i in range(self.n - n, self.n))

    def table(self, n_rows):
        rows = [[self.words(1), self.words(1)] for _ in range(n_rows)]
        return {"type": "table", "columns": [{"title": "Cột"}, {"title": "Cột hai"}], "rows": rows}

    def block(self):
        kind = self.pick.randrange(12)
        if kind == 0:
            return {"type": "bullets", "items": [self.words(self.pick.randint(2, 14)) for _ in range(self.pick.randint(2, 9))]}
        if kind == 1:
            return self.table(self.pick.randint(5, 70))
        if kind == 2:
            return {"type": "figure", "image": "a.svg", "alt": "Ảnh", "caption": self.words(3),
                    "span": self.pick.choice(("page", "column"))}
        if kind == 3:
            return {"type": "quote", "text": self.words(9)}
        return self.words(self.pick.randint(4, 120))

    def article(self, n_blocks):
        body = [self.words(self.pick.randint(30, 60))]
        for _ in range(n_blocks):
            body.append(self.block())
            if self.pick.randrange(6) == 0:
                body += [{"type": "subheading", "text": "Đề mục"}, self.words(20)]
        return {"headline": f"Tựa_{self.name} của một bài dài hơn mọi bài khác trong số báo này", "importance": self.pick.randint(2, 3),
                "body": body + [self.words(12)]}


def issue(seed, n_articles=4, n_blocks=9, **more):
    writers = [Writer(name, seed) for name in NAMES[:n_articles]]
    masthead = {"title": "Bản tin", "number": "1", "date": "2025-10-20"}
    articles = [w.article(w.pick.randint(1, n_blocks)) for w in writers]
    return {"bantin": 1, "masthead": masthead, "articles": articles, **more}, {w.name: w.n for w in writers}


def layout(columns=2, height=270, parent="bulletin-19x27", **more):
    return {"bantin_layout": 1, "name": "thử", "extends": parent, "compose": {"jumps": True}, "columns": {"count": columns},
            "page": {"height": f"{height}mm"}, "furniture": {"folio": []},
            "blocks": {"drop_cap": {"for": "none"}, "chart": {"page_max_height": "45mm", "page_min_height": "40mm", "max_height": "45mm"},
                       "figure": {"page_max_height": "60mm", "max_height": "50mm"},
                       "gallery": {"page_max_height": "60mm", "max_height": "50mm"}}, **more}


class Page:
    def __init__(self, shown):
        self.height = float(re.search(r'height="([\d.]+)"', shown)[1])
        self.words = [Word(*map(float, w.groups()[:4]), w[5]) for w in WORD.finditer(shown)]
        self.body = [w for w in self.words if BODY.fullmatch(w.text)]
        self.text = " ".join(w.text for w in self.words)

    def line(self, *first):
        """The words on a line that begins with these."""
        texts = [w.text for w in self.words]
        at = next(i for i in range(len(texts)) if tuple(texts[i:i + len(first)]) == first)
        return [w for w in self.words[at:] if abs(w.bottom - self.words[at].bottom) < 0.5][:len(first) + 2]


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)
        (self.folder / "a.svg").write_text(SVG, encoding="utf-8")

    def run_bantin(self, bundle, look, *options):
        (self.folder / "layout.json").write_text(json.dumps(look), encoding="utf-8")
        (self.folder / "bundle.json").write_text(json.dumps({**bundle, "layout": "./layout.json"}), encoding="utf-8")
        return subprocess.run([BANTIN, "render", self.folder / "bundle.json", "-o", self.folder / "out.pdf", "--lang", "en", *options],
                              capture_output=True, text=True)

    def pages(self, bundle, look, *options):
        run = self.run_bantin(bundle, look, "--rendition", "screen", *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.said = run.stderr
        shown = subprocess.run(["pdftotext", "-raw", "-bbox", self.folder / "out.pdf", "-"], capture_output=True, text=True, check=True)
        return [Page(page) for page in shown.stdout.split("<page ")[1:]]

    def check_lines(self, pages):
        """The lines are those of the articles that are cut. Gives how many are."""
        on_pages = [[BODY.fullmatch(w.text)[1] for w in page.body] for page in pages]
        n_cuts = 0
        for i, page in enumerate(pages):
            after = set(on_pages[i]) & set(on_pages[i + 1]) if i + 1 < len(pages) else set()
            before = set(on_pages[i]) & set(on_pages[i - 1]) if i else set()
            self.assertEqual(ON.findall(page.text), [str(i + 2) for _ in after], f"page {i + 1}: {page.text}")
            self.assertEqual(FROM.findall(page.text), [(str(i), name) for name in before], f"page {i + 1}: {page.text}")
            n_cuts += len(after)
        return n_cuts

    def check_places(self, pages):
        for page in pages:
            # The middle of each word's height: boxes of neighbouring lines reach into one another.
            inner = sorted((w.top + (w.bottom - w.top) * 0.3, w.bottom - (w.bottom - w.top) * 0.3, w) for w in page.words)
            for (_, bottom, a), rest in zip(inner, (inner[i + 1:] for i in range(len(inner)))):
                for top, _, b in itertools.takewhile(lambda one: one[0] < bottom, rest):
                    self.assertFalse(a.left < b.right - 0.5 and b.left < a.right - 0.5, f"{a} is on {b}")
            foot = max((w.bottom for w in page.body), default=0)
            self.assertLess(foot, page.height - MARGIN_BOTTOM + 4)
            if ON.search(page.text):
                line = page.line("Xem", "tiếp", "trang")
                self.assertLess(line[0].bottom, page.height - MARGIN_BOTTOM + 4)
                # Nothing of the article stands below it in its column, or beside it to the right.
                below = [w for w in page.body if w.bottom > line[0].bottom + 1 and w.right > line[0].left]
                self.assertEqual(below, [])
            if FROM.search(page.text):
                line = page.line("Tiếp", "theo", "trang")
                self.assertEqual([w for w in page.body if w.bottom < line[0].bottom - 1 and w.left < line[-1].right], [])

    def check_whole(self, pages, counts):
        shown = collections.Counter(w.text for page in pages for w in page.body)
        wanted = {f"{name}{i}" for name, n in counts.items() for i in range(n)}
        self.assertEqual(set(shown), wanted)
        self.assertEqual([word for word, n in shown.items() if n != 1], [])


class Lengths(Case):
    """Pages of many heights, in one column to three: every way in which a page can cut an article."""

    def test_heights(self):
        n_cuts, n_pages = 0, 0
        for seed, height in enumerate(range(140, 300, 7)):
            columns = 1 + seed % 3
            with self.subTest(height=height, columns=columns):
                bundle, counts = issue(seed)
                pages = self.pages(bundle, layout(columns, height))
                self.check_whole(pages, counts)
                self.check_places(pages)
                n_cuts += self.check_lines(pages)
                n_pages += len(pages)
        self.assertGreater(n_cuts, n_pages / 3)

    def test_wanted_pages(self):
        fillers = [{"id": f"f{i}", "title": "Nhắn tin", "body": ["Mỗi chi hội một mô hình. " * (2 + i)]} for i in range(5)]
        more = {"fillers": fillers, "imprint": {"licence": "Giấy phép số 1", "printer": "Nhà in"}}
        for seed in range(4):
            with self.subTest(seed=seed):
                bundle, counts = issue(100 + seed, 5, **more)
                pages = self.pages(bundle, layout(2, 240), "--pages-multiple", "4")
                self.assertEqual(len(pages) % 4, 0)
                self.check_whole(pages, counts)
                self.check_places(pages)
                self.check_lines(pages)

    def test_long_article(self):
        """Over five pages at least, each cut with both lines; a table alone, too."""
        for table_only in (False, True):
            writer = Writer("an", 1)
            body = [writer.words(90) for _ in range(2 if table_only else 40)]
            if table_only:
                body.append(writer.table(500))
            bundle = {"bantin": 1, "masthead": {"title": "Bản tin", "date": "2025-10-20"},
                      "articles": [{"headline": "Tựa_an", "body": body}]}
            pages = self.pages(bundle, layout())
            self.assertGreaterEqual(len(pages), 5)
            self.check_whole(pages, {"an": writer.n})
            self.assertEqual(self.check_lines(pages), len(pages) - 1)


class Words(Case):
    def two_pages(self):
        writer = Writer("an", 3)
        return {"bantin": 1, "masthead": {"title": "Bản tin", "date": "2025-10-20"},
                "articles": [{"headline": "Tựa_an", "body": [writer.words(90) for _ in range(14)]}]}

    def test_off(self):
        for look in ({**layout(), "compose": {"jumps": False}}, {**layout(), "compose": {}}):
            for page in self.pages(self.two_pages(), look):
                self.assertNotRegex(page.text, "Xem tiếp|Tiếp theo")

    def test_one_of_them(self):
        pages = self.pages(self.two_pages(), layout(words={"continued_from": ""}))
        self.assertIn("Xem tiếp trang 2", pages[0].text)
        self.assertNotIn("Tiếp theo", pages[1].text)
        pages = self.pages(self.two_pages(), layout(words={"continued_on": "", "continued_from": "({headline}, trang {page})"}))
        self.assertNotIn("Xem tiếp", pages[0].text)
        self.assertIn("(Tựa_an, trang 1)", pages[1].text)

    def test_layout_without_words(self):
        """The layout that leaves most to the program: what the program says by itself is a sign and the page."""
        look = layout(parent="plain-text", height=297)
        pages = self.pages(self.two_pages(), look)
        self.assertRegex(pages[0].text, "(» 2|Xem tiếp trang 2)")

    def test_headline_is_cut_between_words(self):
        bundle = self.two_pages()
        bundle["articles"][0]["headline"] = "Tựa_an " + "rất dài " * 20
        pages = self.pages(bundle, layout())
        self.assertRegex(pages[1].text, r"Tiếp theo trang 1: Tựa_an (rất dài )*rất( dài)?… an")
        self.assertNotIn("W0660", self.said)

    def test_too_wide(self):
        long = "Mời bạn đọc xem tiếp phần còn lại của bài này ở trang báo kế tiếp, tức là ở trang {page}"
        pages = self.pages(self.two_pages(), layout(3, words={"continued_on": long}))
        self.assertRegex(pages[0].text, "Mời bạn đọc xem tiếp [^…]*…")
        self.assertEqual(self.said.count("W0660"), 1, self.said)
        self.assertIn('"continued_on"', self.said)

    def test_two_rows(self):
        """A style with white towards the text takes two rows, and no column runs over."""
        styles = {"jump": {"extends": "sans-base", "size": "8pt", "space_before": "9pt", "align": "center"},
                  "jump-from": {"extends": "jump", "space_after": "9pt"}}
        pages = self.pages(self.two_pages(), layout(styles=styles))
        self.check_places(pages)
        self.assertGreater(self.check_lines(pages), 0)

    def test_too_tall(self):
        run = self.run_bantin(self.two_pages(), layout(1, 110, styles={"jump": {"size": "72pt", "leading": "80pt"}}))
        self.assertEqual(run.returncode, 3)
        self.assertIn("E0610", run.stderr)
        self.assertIn("jump lines", run.stderr)
        self.assertFalse((self.folder / "out.pdf").exists())

    def test_no_room(self):
        """A picture that needs all of a page has it; that there is no line beside it is told."""
        bundle = self.two_pages()
        bundle["articles"][0]["body"].insert(7, {"type": "figure", "image": "a.svg", "alt": "Ảnh", "span": "page", "min_height": "900mm"})
        pages = self.pages(bundle, layout())
        self.assertIn("W0661", self.said)
        self.check_places(pages)


class Screen(Case):
    def annotations(self):
        shown = json.loads(subprocess.run(["qpdf", "--json", self.folder / "out.pdf"], capture_output=True, text=True, check=True).stdout)
        objects = {key[4:]: one["value"] for key, one in shown["qpdf"][1].items() if "value" in one}
        numbers = {page["object"]: i + 1 for i, page in enumerate(shown["pages"])}
        for page, number in numbers.items():
            height = objects[page]["/MediaBox"][3]
            annots = objects[page].get("/Annots", [])
            for one in objects[annots] if isinstance(annots, str) else annots:
                annot = objects[one]
                dest = annot["/Dest"] if isinstance(annot["/Dest"], list) else objects[annot["/Dest"]]
                left, bottom, right, top = annot["/Rect"]
                yield number, (left, height - top, right, height - bottom), annot["/Contents"][2:], numbers[dest[0]], height - dest[3]

    def test_links(self):
        """Each line is a link to the page that it names, and every link is a line."""
        bundle, _ = issue(7, 5)
        pages = self.pages(bundle, layout())
        n_cuts = self.check_lines(pages)
        self.assertGreater(n_cuts, 2)
        links = list(self.annotations())
        self.assertEqual(len(links), 2 * n_cuts)
        for number, rect, contents, target, y in links:
            page = pages[number - 1]
            inside = " ".join(w.text for w in page.words if rect[0] <= (w.left + w.right) / 2 <= rect[2] and
                              rect[1] <= (w.top + w.bottom) / 2 <= rect[3])
            line = ON.fullmatch(inside) or FROM.match(inside)
            self.assertTrue(line, inside)
            self.assertEqual(int(line[1]), target)
            self.assertTrue(contents.startswith(f"Trang {target}: Tựa_"), contents)
            if target < number:  # back to the line that led here
                self.assertLess(abs(y - pages[target - 1].line("Xem", "tiếp", "trang")[0].top), 14)
            else:
                self.assertLess(y, min(w.top for w in pages[target - 1].body) + 1)

    def test_structure(self):
        """Whoever listens hears each article in order; on paper the lines are no part of it."""
        bundle, counts = issue(7, 5)
        for rendition in ("screen", "proof", "press"):
            run = self.run_bantin(bundle, layout(), "--rendition", rendition)
            self.assertEqual(run.returncode, 0, run.stderr)
            shown = subprocess.run(["pdfinfo", "-struct-text", self.folder / "out.pdf"], capture_output=True, text=True, check=True).stdout
            found = [m[0] for m in re.finditer(r"\b(?:%s)\d+\b" % "|".join(NAMES), shown)]
            self.assertEqual(found, [f"{name}{i}" for name, n in counts.items() for i in range(n)])
            lines = re.findall(r'Link \(inline\)\n\s+"Xem tiếp trang \d+"', shown)
            self.assertEqual(bool(lines), rendition != "press")
            self.assertEqual("Xem tiếp" in shown, rendition != "press")

    def test_same_places(self):
        """The renditions differ in nothing that is seen."""
        bundle, _ = issue(9, 3)
        seen = []
        for rendition in ("screen", "press"):
            dump = self.folder / f"{rendition}.dump"
            self.run_bantin(bundle, layout(), "--rendition", rendition, "--dump", dump)
            seen.append([re.sub(r" tag \S+", "", line) for line in dump.read_text(encoding="utf-8").splitlines()
                         if " glyphs " in f" {line} " or line.startswith("page")])
        self.assertEqual(*seen)
        self.assertTrue(seen[0])


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
