#!/usr/bin/env python3
"""Pinned articles and pages that are kept for local articles: the pages of a base that editions have in common come out the same,
whatever stands on those that they do not; read from the drawing (--dump) and, with pdftotext, from the PDF.

usage: test_pins.py BANTIN [TEST ...]
Every word of an article's body names its article ("an17" is the word 17 of the article "an"), so that a page tells what is on it."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

BANTIN = ""
SENTENCE = 12
WORD = re.compile(r"\b([a-z]{2})(\d+)\b")
ON = re.compile(r"Xem tiếp trang (\d+)")
FROM = re.compile(r"Tiếp theo trang (\d+)")


def words(name, n):
    return " ".join(f"{name}{i}" for i in range(n))


def article(name, n_words, **more):
    body, all_words = [], words(name, n_words).split()
    for i in range(0, n_words, 5 * SENTENCE):
        body.append(" ".join(all_words[i:i + 5 * SENTENCE]))
    return {"id": name, "headline": f"Tựa của bài {name.upper()}", "body": body, **more}


def bundle(*articles, **more):
    return {"bantin": 1, "layout": "lines.json", "masthead": {"title": "Bản tin", "number": "1", "date": "2025-10-20"},
            "articles": list(articles), "imprint": {"responsible": "Ban biên tập"}, **more}


def insert(*articles, **more):
    return {"bantin_edition": 1, "base": "base.json", "id": articles[0]["id"] if articles else "none", "name": "Hậu Lộc",
            "articles": [{"op": "insert", "at": "start", "article": a} for a in articles], **more}


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("lines", {"bantin_layout": 1, "name": "lines", "extends": "bulletin-19x27", "page": {"height": "170mm"}, "furniture": {"folio": []},
                             "compose": {"jumps": True}})

    def write(self, name, content):
        (self.folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def run_bantin(self, *args, status=0):
        done = subprocess.run([BANTIN, *args], cwd=self.folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr

    def render(self, name, *args, status=0):
        """What it says, and the pages as drawn, without the numbers of tags, which count over the whole issue."""
        said = self.run_bantin("render", f"{name}.json", "-o", f"{name}.pdf", "--dump", f"{name}.dump", *args, status=status)
        if status:
            self.assertFalse((self.folder / f"{name}.pdf").exists())
            return said, []
        drawing = re.split(r"\n+tags \d+\n", (self.folder / f"{name}.dump").read_text(encoding="utf-8"))[0]
        return said, [re.sub(r" tag \d+:", " tag ", page) for page in re.split(r"\npage \d+\n", drawing)[1:]]

    def on_pages(self, name):
        """The articles on each page, and the pages that its jump lines name."""
        subprocess.run(["qpdf", "--check", f"{name}.pdf"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        text = subprocess.run(["pdftotext", f"{name}.pdf", "-"], cwd=self.folder, check=True, capture_output=True, text=True).stdout
        pages = text.split("\f")[:-1]
        found = [sorted({m.group(1) for m in WORD.finditer(page)}) for page in pages]
        jumps = [([int(n) for n in FROM.findall(page)], [int(n) for n in ON.findall(page)]) for page in pages]
        return found, jumps

    def differ(self, one, other):
        self.assertEqual(len(one), len(other))
        return [i + 1 for i, (a, b) in enumerate(zip(one, other)) if a != b]

    def all_words(self, name, **lengths):
        """Nothing is lost, and nothing printed twice."""
        text = subprocess.run(["pdftotext", f"{name}.pdf", "-"], cwd=self.folder, check=True, capture_output=True, text=True).stdout
        for of, n in lengths.items():
            self.assertEqual(sorted(int(m.group(2)) for m in WORD.finditer(text) if m.group(1) == of), list(range(n)), of)


class Local(Folder):
    def test_only_the_kept_pages_differ(self):
        """Editions with none, a little, and two pages of local matter: all other pages are those of the base, to the item."""
        self.write("base", bundle(article("an", 620), article("bo", 640), article("ca", 300), local_pages=[2, 4]))
        said, base = self.render("base")
        self.assertEqual(re.findall(r"note N1211: page (\d)", said), ["2", "4"])
        self.write("xa", insert(article("xa", 120)))
        self.write("ye", insert(article("ye", 300), article("zo", 250)))
        self.write("no", insert() | {"articles": [], "set": {"/imprint/responsible": "Ban khác"}})
        for name, differing in (("xa", [2]), ("ye", [2, 4])):
            _, pages = self.render(name)
            self.assertEqual(self.differ(base, pages), differing)
        said, pages = self.render("no")
        self.assertEqual(self.differ(base, pages), [len(base)])
        self.assertEqual(re.findall(r"warning W1210: page (\d)", said), ["2", "4"])
        found, jumps = self.on_pages("ye")
        self.assertEqual(found[1], ["ye", "zo"][:len(found[1])])
        self.assertEqual(found[3], ["zo"])
        self.assertNotIn("ye", sum(found[2::2], []) + found[0])
        self.all_words("ye", an=620, bo=640, ca=300, ye=300, zo=250)

    def test_jumps_pass_over(self):
        """An article that is cut before a kept page says on which page it goes on, and from which it comes."""
        self.write("base", bundle(article("an", 1000), local_pages=[2, 3]))
        self.write("xa", insert(article("xa", 600)))
        self.render("xa", "--rendition", "screen")
        found, jumps = self.on_pages("xa")
        self.assertEqual(found[:4], [["an"], ["xa"], ["xa"], ["an"]])
        self.assertEqual(jumps[:4], [([], [4]), ([], [3]), ([2], []), ([1], jumps[3][1])])
        # Links lead where the words say.
        drawing = (self.folder / "xa.dump").read_text(encoding="utf-8")
        page = re.split(r"\npage \d+\n", drawing)[1]
        self.assertRegex(page, r"\nlink .* to page 4 ")

    def test_lead_stays(self):
        """What is inserted before the first common article does not take its large headline."""
        self.write("base", bundle(article("an", 500), article("bo", 300), local_pages=[2]))
        _, base = self.render("base")
        self.write("xa", insert(article("xa", 100)))
        _, pages = self.render("xa")
        self.assertEqual(self.differ(base, pages), [2])

    def test_last_page_kept(self):
        """The last page may be kept: the imprint stands there."""
        self.write("base", bundle(article("an", 400), local_pages=[3]))
        _, base = self.render("base")
        self.assertEqual(len(base), 3)
        self.write("xa", insert(article("xa", 200)))
        _, pages = self.render("xa")
        self.assertEqual(self.differ(base, pages), [3])
        for page in base[2], pages[2]:
            self.assertIn("Ban biên tập", page)

    def test_layout_keeps_them(self):
        """A layout's "local_pages" hold where the bundle has none; the bundle's own hold before them."""
        layout = json.loads((self.folder / "lines.json").read_text())
        layout["compose"]["local_pages"] = [2]
        self.write("lines", layout)
        self.write("base", bundle(article("an", 900)))
        self.write("xa", insert(article("xa", 100)))
        self.render("xa")
        self.assertEqual(self.on_pages("xa")[0][1], ["xa"])
        self.write("base", bundle(article("an", 900), local_pages=[3]))
        self.render("xa")
        self.assertEqual(self.on_pages("xa")[0][1:3], [["an"], ["xa"]])
        self.write("base", bundle(article("an", 900), local_pages=[]))
        self.render("xa")
        self.assertIn("xa", self.on_pages("xa")[0][0])

    def test_replacement_stays_local(self):
        """A base's local article may be replaced: the one in its place stands where it stood, unless it says otherwise."""
        self.write("base", bundle(article("an", 400), article("lo", 100, local=True), local_pages=[2]))
        _, base = self.render("base")
        replace = lambda a: {"bantin_edition": 1, "base": "base.json", "id": "x", "name": "X", "articles": [{"op": "replace", "id": "lo", "article": a}]}
        self.write("xa", replace({k: v for k, v in article("xa", 220).items() if k != "id"}))
        _, pages = self.render("xa")
        self.assertEqual(self.differ(base, pages), [2])
        self.assertEqual(self.on_pages("xa")[0][1], ["xa"])
        self.write("ye", replace(article("ye", 220, local=False)))
        self.render("ye")
        self.assertNotIn("ye", self.on_pages("ye")[0][1])

    def test_batch_counts_plates(self):
        """All editions print from the same plates, but for the kept page; a batch makes what render makes."""
        self.write("base", bundle(article("an", 900), local_pages=[2]))
        rows = []
        for i in range(4):
            name = "uvxy"[i] + "a"
            self.write(name, insert(article(name, 60 + 40 * i)))
            rows.append(json.dumps({"id": name, "edition": f"{name}.json"}))
        (self.folder / "m.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        done = subprocess.run([BANTIN, "batch", "m.jsonl", "--base", "base.json", "-o", "out", "-j", "2"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads((self.folder / "out/batch/report.json").read_text(encoding="utf-8"))
        n_pages = report["plates"]["sides"] // 4
        self.assertEqual(report["plates"]["common"][0]["sides"], [p for p in range(1, n_pages + 1) if p != 2])
        self.assertEqual(report["plates"]["plates"], n_pages - 1 + 4)
        shas = [[p.name, p.read_bytes()] for p in sorted((self.folder / "out").glob("**/*.pdf"))]
        self.assertEqual(len(shas), 4)
        for name, pdf in shas:
            self.run_bantin("render", f"{name[:2]}.json", "-o", "alone.pdf")
            self.assertEqual((self.folder / "alone.pdf").read_bytes(), pdf)
            (self.folder / "alone.pdf").unlink()


class Pinned(Folder):
    def test_begins_there(self):
        """An article begins at the head of its page, and what comes after it does not move when what comes before does."""
        make = lambda n: bundle(article("an", n), article("bo", 200, page=3), article("ca", 350))
        self.write("base", make(540))
        _, base = self.render("base")
        found, jumps = self.on_pages("base")
        self.assertEqual(found[:3], [["an"], ["an"], ["bo", "ca"][:len(found[2])]])
        self.assertEqual(jumps[2][0], [])
        self.write("other", make(460))
        _, other = self.render("other")
        self.assertEqual([p for p in self.differ(base, other) if p > 2], [])
        self.all_words("other", an=460, bo=200, ca=350)

    def test_local_article_on_its_page(self):
        """Pins count within the pages that are kept, too."""
        self.write("base", bundle(article("an", 900), local_pages=[2, 4]))
        self.write("xa", insert(article("xa", 60), article("ye", 60, page=4)))
        self.render("xa")
        found = self.on_pages("xa")[0]
        self.assertEqual([found[1], found[3]], [["xa"], ["ye"]])


class Faults(Folder):
    def fault(self, content, code, *args, name="base", at=None):
        self.write(name, content)
        said, _ = self.render(name, *args, status=3)
        errors = re.findall(r"error (E\d+)", said)
        self.assertEqual(errors, [code], said)
        if at:
            self.assertRegex(said, re.escape(f"{at}: error {code}"))
        vietnamese = self.run_bantin("validate", f"{name}.json", "--lang", "vi", status=3) if not args else "lỗi"
        self.assertRegex(vietnamese, "[ạ-ỹ]")
        return said

    def test_pages_that_cannot_be(self):
        an, bo = article("an", 300), article("bo", 300)
        self.fault(bundle(an, bo, local_pages=[3, 2]), "E1201", at="/local_pages/1")
        self.fault(bundle(an, bo, local_pages=[2, 2]), "E1201", at="/local_pages/1")
        self.fault(bundle(an, {**bo, "page": 2}, local_pages=[2]), "E1202", at="/articles/1/page")
        self.fault(bundle(an, {**bo, "page": 3, "local": True}, local_pages=[2]), "E1203", at="/articles/1/page")
        self.fault(bundle(an, {**bo, "page": 1}), "E1204", at="/articles/1/page")
        self.fault(bundle({**an, "page": 1}, {**bo, "page": 1}), "E1204", at="/articles/1/page")
        self.assertIn("about", self.fault(bundle(article("an", 1500), {**bo, "page": 2}), "E1205", at="/articles/1/page"))
        self.assertIn('write "page": 2', self.fault(bundle(article("an", 100), {**bo, "page": 4}), "E1206", at="/articles/1/page"))
        self.assertIn("leaves page 1 blank", self.fault(bundle({**an, "page": 2}, bo), "E1206", at="/articles/0/page"))
        self.assertIn("page 2 blank", self.fault(bundle(article("an", 100), local_pages=[3]), "E1208", at="/local_pages"))
        self.fault(bundle(article("an", 100), {**bo, "page": 3}, contents=True), "E1206", at="/articles/1/page")
        self.assertIn("the table of contents", self.fault(bundle({**an, "page": 1}, bo, contents=True), "E1204"))
        self.fault(bundle(an, local_pages=[2]), "E1209", "--pages", "1", at="/local_pages")

    def test_limits_of_the_format(self):
        an = article("an", 100)
        for page in (0, -1, 4001, 1.5):
            self.write("base", bundle({**an, "page": page}))
            self.assertIn("/articles/0/page", self.render("base", status=3)[0])
            self.write("base", bundle(an, local_pages=[page]))
            self.assertIn("/local_pages/0", self.render("base", status=3)[0])
        self.write("base", bundle({**an, "local": "yes"}))
        self.assertIn("/articles/0/local", self.render("base", status=3)[0])

    def test_local_matter_that_is_too_much(self):
        self.write("base", bundle(article("an", 900), local_pages=[2]))
        said = self.fault(insert(article("xa", 1200)), "E1207", name="xa")
        self.assertRegex(said, r"xa\.json:\d+:\d+: .*about \d+ lines of a column")

    def test_wanted_pages(self):
        """As many pages as are wanted, where the kept ones are among them."""
        self.write("base", bundle(article("an", 500), article("bo", 300), local_pages=[2]))
        self.write("xa", insert(article("xa", 100)))
        n = len(self.render("xa")[1])
        said, pages = self.render("xa", "--pages", str(n + 1))
        self.assertEqual(len(pages), n + 1)
        said, pages = self.render("xa", "--pages-multiple", "4")
        self.assertEqual(len(pages) % 4, 0)
        self.all_words("xa", an=500, bo=300, xa=100)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
