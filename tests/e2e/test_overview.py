#!/usr/bin/env python3
"""The overview of a batch: a page that is whole by itself, shows each page that differs once, and stays bounded.

usage: test_overview.py BANTIN [TEST ...]      (unittest's own options)
"""
import html.parser, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest, urllib.parse

BANTIN = ""
VOID = {"meta", "input", "br", "link", "img"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Reader(html.parser.HTMLParser):
    """The page as a list of elements; faults of its syntax are kept."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.faults = [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"left open: {self.open}")

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, **dict(attributes), "text": "", "path": [e["tag"] for e in self.open]}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append({"tag": tag, **dict(attributes), "text": "", "path": [e["tag"] for e in self.open]})

    def handle_endtag(self, tag):
        if self.open and self.open[-1]["tag"] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **wanted):
        return [e for e in self.elements if e["tag"] == tag and all(e.get(k) == v for k, v in wanted.items())]


def article(i, n=40, name="bai"):
    return {"id": f"{name}-{i}", "headline": f"Headline {name} {i}", "body": [" ".join(f"w{i}x{k}" for k in range(n)), "The end."]}


class Batches(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("base.json", {"bantin": 1, "masthead": {"title": "Bulletin", "date": "2024-04-09", "edition": "All <of> \"them\" & more"},
                                 "articles": [article(i, 130) for i in range(8)]})

    def write(self, name, what):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")

    def batch(self, overlays, *options, status=0):
        """The page, as it reads, and the text of it."""
        rows = []
        for name, overlay in overlays.items():
            if overlay is not None:
                self.write(f"{name}.json", {"bantin_edition": 1, "id": name, "name": f"The {name} <edition>", **overlay})
            rows.append({"id": name, "edition": f"{name}.json", "out": f"out {name}#1.pdf"})
        self.write("m.jsonl", "\n".join(map(json.dumps, rows)) + "\n")
        done = subprocess.run([BANTIN, "batch", "m.jsonl", "--base", "base.json", "-o", "out", *options], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        self.said = done.stdout
        text = (self.folder / "out/batch/overview.html").read_text(encoding="utf-8")
        page = Reader(text)
        self.assertEqual(page.faults, [])
        return page, text

    def report(self, name):
        lines = (self.folder / "out/batch/reports.jsonl").read_text(encoding="utf-8").splitlines()
        return next(report for report in map(json.loads, lines) if report["id"] == name)


class Overview(Batches):
    OVERLAYS = {
        "plain": {},
        "new": {"articles": [{"op": "insert", "at": "end", "article": article(9, 60, "local")}]},
        "same-new": {"articles": [{"op": "insert", "at": "end", "article": article(9, 60, "local")}]},
        "words": {"set": {"/masthead/edition": "One & only"}},
        "gone": {"articles": [{"op": "remove", "id": "bai-0"}]},
        "broken": {"set": {"/nowhere/at/all": 1}},
    }

    def test_whole(self):
        page, text = self.batch(self.OVERLAYS, status=1)
        self.assertNotRegex(text, r"https?://|@import|url\(|src=")
        rows = [e["text"] for e in page.all("tr")][1:]
        self.assertEqual(len(rows), len(self.OVERLAYS))
        self.assertIn("as the base", rows[0])
        self.assertIn("not made", rows[5])
        sections = {e["id"]: e for e in page.all("section")}
        lists = dict(re.findall(r'<section id="([^"]*)">.*?(<ul class=list>.*?)</div></section>', text, re.S))
        self.assertEqual(lists["new"], lists["same-new"])
        self.assertEqual(len(set(lists.values())), 3)
        self.assertEqual(sorted(sections), ["gone", "new", "same-new", "words"])
        self.assertEqual({e["href"] for e in page.all("a") if "td" in e["path"]}, {f"#{name}" for name in sections})
        self.assertIn("The words <edition>", sections["words"]["text"])
        self.assertIn("One & only", sections["words"]["text"])
        self.assertIn("All <of> \"them\" & more", sections["words"]["text"])
        self.assertIn("Headline local 9", sections["new"]["text"])
        self.assertIn("Headline bai 0", sections["gone"]["text"])
        self.assertIn("overview.html", self.said)
        for link in page.all("a"):
            if link["href"].startswith("../"):
                path = urllib.parse.unquote(urllib.parse.urlsplit(link["href"]).path)
                self.assertTrue((self.folder / "out/batch" / path).exists(), link)

    def test_pages(self):
        """Each page that differs has its figure; one that is drawn like another before it refers to that one."""
        page, text = self.batch(self.OVERLAYS, status=1)
        drawn, again, figures = set(), 0, 0
        for name in ("new", "same-new", "words", "gone"):
            differing = self.report(name)["differences"]["pages"]
            figures += len(differing)
            for p in differing:
                key = (p["drawing"], json.dumps(p["boxes"]))
                again += key in drawn
                drawn.add(key)
        self.assertEqual(len(page.all("figure")), figures)
        self.assertGreater(again, 0)
        self.assertEqual(len(page.all("use")), again)
        ids = [e["id"] for e in page.all("g") if "id" in e]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), len(drawn))
        self.assertTrue({e["href"] for e in page.all("use")} <= {f"#{i}" for i in ids})
        self.assertIn(f"there are {len(drawn)} pages to read", text)
        boxes = sum(len(json.loads(k[1])) for k in drawn)
        self.assertEqual(len(page.all("rect")), boxes)

    def test_again(self):
        """The same whatever -j is, and when all is kept from a former run; in Vietnamese with Vietnamese words and numbers."""
        _, one = self.batch(self.OVERLAYS, "-j", "1", status=1)
        _, three = self.batch(self.OVERLAYS, "-j", "3", status=1)
        self.assertEqual(one, three)
        _, kept = self.batch(self.OVERLAYS, "--resume", status=1)
        self.assertIn("kept 5", self.said)
        self.assertEqual(one, kept)
        _, vi = self.batch(self.OVERLAYS, "--lang", "vi", status=1)
        self.assertIn("<html lang=vi>", vi)
        self.assertIn("không dựng được", vi)
        self.assertNotIn("page ", re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", "", vi, flags=re.S))

    def test_lost_report(self):
        """A report that has gone is told, and costs the pages of its edition only."""
        overlays = {k: v for k, v in self.OVERLAYS.items() if k != "broken"}
        self.batch(overlays)
        reports = self.folder / "out/batch/reports.jsonl"
        reports.write_text("".join(line for line in reports.read_text(encoding="utf-8").splitlines(True) if not line.startswith('{"id":"words"')), encoding="utf-8")
        done = subprocess.run([BANTIN, "batch", "m.jsonl", "--base", "base.json", "-o", "out", "--retry-failed"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("W1220", done.stderr)
        page = Reader((self.folder / "out/batch/overview.html").read_text(encoding="utf-8"))
        self.assertEqual(page.faults, [])
        self.assertEqual(sorted(e["id"] for e in page.all("section")), ["gone", "new", "same-new"])

    @unittest.skipUnless(CHROMIUM, "chromium is not installed: the page is not looked at in a browser")
    def test_browser(self):
        """The script runs; the page has its figures, and prints."""
        self.batch(self.OVERLAYS, status=1)
        page = (self.folder / "out/batch/overview.html").as_uri()
        common = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder}/profile"]
        done = subprocess.run([*common, "--dump-dom", page], capture_output=True, text=True, timeout=120)
        self.assertIn('class="js"', done.stdout, done.stderr)
        pdf = self.folder / "overview.pdf"
        subprocess.run([*common, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page], capture_output=True, timeout=120)
        words = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True).stdout
        self.assertIn("What differs in the editions", words)
        self.assertIn("One & only", words)


class Bounds(Batches):
    """More editions than are shown page by page."""

    def test_many(self):
        n = 430
        page, text = self.batch({f"e{i}": {"set": {"/masthead/edition": f"Number {i}"}} for i in range(n)})
        self.assertEqual(len(page.all("section")), 400)
        self.assertEqual(len(page.all("tr")), n + 1)
        self.assertIn("the first 400 editions that differ; 30 more", text)
        self.assertLess(len(text), 3 << 20)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
