#!/usr/bin/env python3
"""The rendition for a screen: links, outline and page labels, read by programs that are not ours; and the same places as in press.

usage: test_screen.py BANTIN"""
import json, pathlib, re, subprocess, sys, tempfile, unittest

BANTIN = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
# What an address may hold as it is typed, and as it must stand in the file (RFC 3986).
ADDRESSES = {
    "https://bản-tin.example.vn/tin-tức/bài-1?ngày=2": "https://b%E1%BA%A3n-tin.example.vn/tin-t%E1%BB%A9c/b%C3%A0i-1?ng%C3%A0y=2",
    "https://vi.example.org/wiki/Thanh_Hóa_(tỉnh)": "https://vi.example.org/wiki/Thanh_H%C3%B3a_(t%E1%BB%89nh)",
    "https://example.org/a(b": "https://example.org/a(b",
    'https://example.org/"dấu"<x>\'y\'|z^`{}': "https://example.org/%22d%E1%BA%A5u%22%3Cx%3E'y'%7Cz%5E%60%7B%7D",
    "https://example.org/100%/b%20c%zz": "https://example.org/100%25/b%20c%25zz",
    "http://example.org/#mục,;:@&=+$": "http://example.org/#m%E1%BB%A5c,;:@&=+$",
    "mailto:vanphong@example.vn?subject=Bản%20tin": "mailto:vanphong@example.vn?subject=B%E1%BA%A3n%20tin",
    "tel:+842373852345": "tel:+842373852345",
}


class Link:
    def __init__(self, page, rect, contents, uri, dest):
        self.page, self.rect, self.contents, self.uri, self.dest = page, rect, contents, uri, dest

    def holds(self, word):
        x, y = (word[1] + word[3]) / 2, (word[2] + word[4]) / 2
        return word[0] == self.page and self.rect[0] <= x <= self.rect[2] and self.rect[1] <= y <= self.rect[3]


class Document:
    """A PDF as qpdf and pdftotext see it. Places count from the page's left top corner; pages from 1."""

    def __init__(self, path):
        shown = json.loads(subprocess.run(["qpdf", "--json", path], capture_output=True, text=True, check=True).stdout)
        self.objects = {key[4:]: value["value"] for key, value in shown["qpdf"][1].items() if "value" in value}
        self.catalog = next(v for v in self.objects.values() if isinstance(v, dict) and v.get("/Type") == "/Catalog")
        self.pages = [page["object"] for page in shown["pages"]]
        self.labels = [page["label"] for page in shown["pages"]]
        self.outlines = shown["outlines"]
        self.path = path
        self._words = None

    def get(self, value):
        return self.objects[value] if isinstance(value, str) and re.fullmatch(r"\d+ 0 R", value) else value

    def page(self, number):
        return self.objects[self.pages[number - 1]]

    def top(self, number):
        return self.get(self.page(number)["/MediaBox"])[3]

    def place(self, dest):
        """Page, x and y of a destination; it keeps the reader's magnification."""
        page, kind, x, y, zoom = self.get(dest)
        assert kind == "/XYZ" and zoom is None, dest
        number = self.pages.index(page) + 1
        return number, x, self.top(number) - y

    def links(self):
        found = []
        for number in range(1, len(self.pages) + 1):
            for one in self.get(self.page(number).get("/Annots", [])):
                a = self.get(one)
                assert a["/Type"] == "/Annot" and a["/Subtype"] == "/Link" and a["/F"] == 4 and a["/Border"] == [0, 0, 0], a
                left, bottom, right, top = a["/Rect"]
                height = self.top(number)
                action = self.get(a["/A"]) if "/A" in a else None
                assert action is None or action["/S"] == "/URI"
                found.append(Link(number, (left, height - top, right, height - bottom), a["/Contents"][2:],
                                  action["/URI"][2:] if action else None, None if action else self.place(a["/Dest"])))
        return found

    def words(self):
        if self._words is None:
            self._words = self.find_words()
        return self._words

    def find_words(self):
        """In the order in which they are drawn."""
        shown = subprocess.run(["pdftotext", "-raw", "-bbox", self.path, "-"], capture_output=True, text=True, check=True).stdout
        found = []
        for number, page in enumerate(shown.split("<page ")[1:], 1):
            for word in WORD.finditer(page):
                text = re.sub(r"&#?\w+;", lambda m: ENTITIES[m[0]], word[5])
                found.append((number, *map(float, word.groups()[:4]), text))
        return found


def bundle(articles, **more):
    return {"bantin": 1, "masthead": {"title": "Bản tin", "number": "1", "date": "2025-10-20"}, "articles": articles, **more}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def render(self, source, rendition, *options):
        """source: a bundle, or the path of one."""
        path, pdf = source, self.folder / f"{rendition}.pdf"
        if isinstance(source, dict):
            path = self.folder / "bundle.json"
            path.write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
        run = subprocess.run([BANTIN, "render", path, "-o", pdf, "--rendition", rendition, *options], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.said = run.stderr
        return Document(pdf)

    def covers(self, document, links, words, is_exact=True):
        """The links together cover these words and no others, each link those of one line. is_exact: from the first's left to the
        last's right; of letters set apart, pdftotext tells no places."""
        found = []
        for link in links:
            inside = [word for word in document.words() if link.holds(word)]
            self.assertTrue(inside, f"a link to {link.uri or link.dest} that covers no word")
            self.assertLess(max(w[2] for w in inside) - min(w[2] for w in inside), 4, "one line")
            if is_exact:
                self.assertAlmostEqual(min(w[1] for w in inside), link.rect[0], delta=1.5)
                self.assertAlmostEqual(max(w[3] for w in inside), link.rect[2], delta=1.5)
            found += [word[5] for word in inside]
        if is_exact:
            self.assertEqual(found, words)
        else:
            self.assertIn("".join(words), "".join(found).lower().replace(" ", ""))


class Links(Case):
    def to(self, document, uri):
        return [link for link in document.links() if link.uri == uri]

    def test_each_address_is_there_as_it_must_be_written(self):
        body = [f"Trước [chỗ {i}]({address}) sau." for i, address in enumerate(ADDRESSES)]
        document = self.render(bundle([{"headline": "Địa chỉ", "body": body}]), "screen")
        self.assertEqual([(link.uri, link.contents) for link in document.links()],
                         [(uri, f"chỗ {i}") for i, uri in enumerate(ADDRESSES.values())])
        for i, uri in enumerate(ADDRESSES.values()):
            self.covers(document, self.to(document, uri), ["chỗ", str(i)])
        listed = subprocess.run(["pdfinfo", "-url", document.path], capture_output=True, text=True, check=True).stdout
        self.assertEqual(re.findall(r"\d+ +Annotation +(\S+)", listed), list(ADDRESSES.values()))

    def test_bare_addresses(self):
        body = ["Xem https://example.org/tin, www.example.vn/a! và (https://example.org/b).", "Gửi ban.tin@example.org.vn; chị@example.org thì không."]
        document = self.render(bundle([{"headline": "Địa chỉ", "body": body}], imprint={"lines": ["Thư: tòa soạn, toasoan@example.vn"]}), "screen")
        self.assertEqual([(link.uri, link.contents) for link in document.links()], [
            ("https://example.org/tin", "https://example.org/tin"), ("http://www.example.vn/a", "www.example.vn/a"),
            ("https://example.org/b", "https://example.org/b"), ("mailto:ban.tin@example.org.vn", "ban.tin@example.org.vn"),
            ("mailto:toasoan@example.vn", "toasoan@example.vn")])

    def test_an_address_with_a_space_is_told_and_printed(self):
        document = self.render(bundle([{"headline": "Một", "body": ["Xem [trang này](https://example.org/a \"tên\") nhé."]}]), "screen")
        self.assertIn("W0745", self.said)
        self.assertIn("/articles/0/body/0", self.said)
        self.assertIn('[trang này](https://example.org/a "tên")', " ".join(word[5] for word in document.words()))

    def test_in_every_kind_of_block(self):
        n = iter(range(1, 100))
        texts = []

        def text():
            i = next(n)
            texts.append(i)
            return f"Chữ [nối {i}](https://example.org/{i}) hết"

        body = [text(), {"type": "bullets", "items": [text(), {"text": text(), "items": [text()]}]}, {"type": "numbered", "items": [text()]},
                {"type": "subheading", "text": text()}, "Một.",
                {"type": "quote", "text": text(), "by": text()},
                {"type": "qa", "question": text(), "answer": [text()]},
                {"type": "verse", "title": text(), "stanzas": [[text(), text()], [text()]], "by": text()},
                {"type": "box", "title": text(), "body": [text(), {"type": "bullets", "items": [text()]}]},
                {"type": "figure", "image": "a.svg", "alt": "Hình", "caption": text(), "credit": text()},
                {"type": "gallery", "caption": text(), "figures": [{"image": "a.svg", "alt": "Một", "caption": text()},
                                                                   {"image": "a.svg", "alt": "Hai", "credit": text()}]},
                {"type": "table", "span": "page", "title": text(), "columns": [{"title": text()}, {"title": "B"}], "rows": [[text(), "b"], ["c", text()]],
                 "note": text()},
                {"type": "numbers", "items": [{"value": 1, "unit": "a", "label": text()}]}]
        article = {"headline": text(), "kicker": text(), "lead": text(), "body": body, "byline": text(), "notes": [text()]}
        (self.folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm"><rect width="10" height="10"/></svg>')
        document = self.render(bundle([article], highlights={"title": "Tin", "items": [{"text": text()}]}, imprint={"lines": [text()]}), "screen")
        self.assertEqual(sorted(link.uri for link in document.links()), sorted(f"https://example.org/{i}" for i in texts))
        for i in texts:
            self.covers(document, self.to(document, f"https://example.org/{i}"), ["nối", str(i)], is_exact=False)

    def test_over_lines_columns_and_pages(self):
        words = [f"chữ{i:04}" for i in range(1500)]
        fill = " ".join(["Một đoạn văn thường để cột thứ nhất có chữ."] * 30)
        document = self.render(bundle([{"headline": "Dài", "body": [fill, f"[{' '.join(words)}](https://example.org/dài)", "Hết."]}]), "screen")
        links = document.links()
        self.assertGreater(len(links), 200)
        self.assertGreater(len({link.page for link in links}), 1, "pages")
        self.assertGreater(len({round(link.rect[0]) for link in links if link.page == 2}), 1, "columns")
        self.assertEqual({link.uri for link in links}, {"https://example.org/d%C3%A0i"})
        self.assertEqual({link.contents for link in links}, {" ".join(words)}, "each says the whole")
        self.covers(document, links, words)

    def test_a_word_alone_in_bold_parts_no_link(self):
        document = self.render(bundle([{"headline": "Một", "body": ["Ở [đầu **giữa** cuối](https://example.org/) và [hai](https://example.org/)."]}]), "screen")
        self.assertEqual([link.contents for link in document.links()], ["đầu giữa cuối", "hai"])
        self.covers(document, document.links()[:1], ["đầu", "giữa", "cuối"])

    def test_a_head_that_is_repeated_leads_somewhere_once(self):
        rows = [[f"Hàng {i}", str(i)] for i in range(200)]
        table = {"type": "table", "columns": [{"title": "[đầu](https://example.org/)"}, {"title": "B"}], "rows": rows}
        document = self.render(bundle([{"headline": "Bảng", "body": [table]}]), "screen")
        self.assertGreater(sum(word[5] == "đầu" for word in document.words()), 1, "it is repeated")
        self.assertEqual(len(document.links()), 1)

    def test_codes(self):
        code = {"type": "qr", "url": "https://example.org/đăng-ký"}
        document = self.render(bundle([{"headline": "Mã", "body": ["Một.", code, {**code, "label": "Quét mã"}]}]), "screen")
        self.assertEqual([(link.uri, link.contents) for link in document.links()],
                         [("https://example.org/%C4%91%C4%83ng-k%C3%BD", said) for said in
                          ("Mã QR: https://example.org/đăng-ký", "https://example.org/đăng-ký", "Mã QR: https://example.org/đăng-ký", "Quét mã")])
        first = document.links()[0].rect
        self.assertAlmostEqual(first[2] - first[0], first[3] - first[1], delta=0.01, msg="a square")


class Within(Case):
    """Links to articles and notes."""

    def issue(self, lang="vi-VN"):
        body = ["Một đoạn văn đủ dài để mỗi bài chiếm vài dòng của cột chữ."] * 45
        articles = [{"id": f"bai-{i}", "headline": f"Nhan-đề-{i} của bài", "kicker": "Mục", "body": body} for i in range(6)]
        articles[3]["headline"] = "**Nhan-đề-3**\nxuống\u00a0dòng [nối](https://example.org/x)[^1]"
        articles[3]["notes"] = ["Nguồn-dẫn."]
        items = [{"text": f"Tin-vắn {i}", "article": f"bai-{i}"} for i in (4, 0, 3)] + [{"text": "Không-đi-đâu"}]
        return bundle(articles, lang=lang, contents=True, highlights={"title": "Trong số này", "items": items})

    def headline(self, document, i):
        """Page, left and top of a headline on its own page: the largest of its words."""
        return max((word for word in document.words() if word[5].startswith(f"Nhan-đề-{i}")), key=lambda w: w[4] - w[2])

    def at_headline(self, document, place, i):
        word = self.headline(document, i)
        self.assertEqual(place[0], word[0], "the page")
        self.assertAlmostEqual(place[1], word[1], delta=1)
        self.assertLessEqual(place[2], word[2] + 1, "the headline is below the window's top,")
        self.assertGreater(place[2], word[2] - 45, "close to it")

    def test_highlights_and_contents_lead_to_headlines(self):
        document = self.render(self.issue(), "screen")
        self.assertGreater(len(document.pages), 2)
        links = [link for link in document.links() if link.dest and link.contents.startswith("Trang")]
        self.assertEqual(len(links), 6 + 3)
        for link in links:
            found = re.fullmatch(r"Trang (\d+): Nhan-đề-(\d) (?:của bài|xuống dòng nối)", link.contents)
            self.assertTrue(found, link.contents)
            self.assertEqual(int(found[1]), link.dest[0])
            self.at_headline(document, link.dest, int(found[2]))
            inside = [word[5] for word in document.words() if link.holds(word)]
            self.assertIn(found[1], inside, "the page number is clicked as well")
            self.assertTrue({f"Nhan-đề-{found[2]}", "Tin-vắn"} & set(inside), inside)

    def test_notes_lead_there_and_back(self):
        document = self.render(self.issue(), "screen")
        there, back = [link for link in document.links() if "chú thích" in link.contents.lower()]
        self.assertEqual((there.contents, back.contents), ("Chú thích 1", "Về chỗ dẫn chú thích 1"))
        note = next(word for word in document.words() if word[5].endswith("Nguồn-dẫn."))
        self.assertEqual(there.dest[0], note[0])
        self.assertAlmostEqual(there.dest[2], note[2], delta=6)
        self.assertEqual(back.dest[0], there.page)
        self.assertAlmostEqual(back.dest[2], there.rect[1], delta=0.01)
        self.assertAlmostEqual(back.dest[1], there.rect[0], delta=0.01)

    def test_words_in_the_language_of_the_issue(self):
        said = [link.contents for link in self.render(self.issue("en"), "screen").links()]
        self.assertIn("Note 1", said)
        self.assertIn("Back to reference 1", said)
        self.assertEqual(sum(bool(re.match(r"Page \d+: ", text)) for text in said), 9)

    def test_outline(self):
        document = self.render(self.issue(), "screen")
        titles = [f"Nhan-đề-{i} của bài" for i in range(6)]
        titles[3] = "Nhan-đề-3 xuống dòng nối"
        self.assertEqual([entry["title"] for entry in document.outlines], titles)
        for i, entry in enumerate(document.outlines):
            self.assertEqual(entry["kids"], [])
            self.at_headline(document, document.place(entry["dest"]), i)
        root = document.get(document.catalog["/Outlines"])
        self.assertEqual(root["/Count"], 6)
        chain, previous = root["/First"], None
        while chain:
            entry = document.get(chain)
            self.assertEqual(entry["/Parent"], document.catalog["/Outlines"])
            self.assertEqual(entry.get("/Prev"), previous)
            previous, chain = chain, entry.get("/Next")
        self.assertEqual(previous, root["/Last"])

    def test_labels(self):
        document = self.render(self.issue(), "screen")
        self.assertEqual(document.labels, [{"/S": "/D", "/St": i} for i in range(1, len(document.pages) + 1)])

    def test_a_long_issue_opens_with_its_outline(self):
        document = self.render(ROOT / "samples/vu-mua-12-trang/bundle.json", "screen")
        self.assertEqual((len(document.pages), document.catalog.get("/PageMode")), (12, "/UseOutlines"))
        self.assertNotIn("/PageMode", self.render(ROOT / "samples/a5-chi-hoi/bundle.json", "screen").catalog)

    def test_proof_has_the_same(self):
        screen, proof = (self.render(self.issue(), rendition) for rendition in ("screen", "proof"))
        self.assertEqual(*([vars(link) for link in document.links()] for document in (screen, proof)))
        self.assertEqual(*([entry["title"] for entry in document.outlines] for document in (screen, proof)))

    def test_press_has_none_of_it(self):
        document = self.render(self.issue(), "press")
        self.assertEqual(document.links(), [])
        self.assertEqual(document.outlines, [])
        for key in ("/Outlines", "/PageMode", "/PageLabels", "/Dests", "/Names"):
            self.assertNotIn(key, document.catalog)
        for value in document.objects.values():
            self.assertFalse(isinstance(value, dict) and value.get("/Subtype") == "/Link")


class Places(Case):
    def test_the_same_as_in_press(self):
        sources = [path.parent for path in sorted((ROOT / "samples").glob("*/bundle.json"))]
        self.assertGreaterEqual(len(sources), 4)
        for source in sources:
            with self.subTest(sample=source.name):
                press, screen = (self.render(source / "bundle.json", r, "--dump", self.folder / f"{r}.dump") for r in ("press", "screen"))
                self.assertEqual((self.folder / "press.dump").read_bytes(), (self.folder / "screen.dump").read_bytes())
                self.assertEqual(screen.page(1)["/TrimBox"], screen.page(1)["/MediaBox"])
                left, _, _, top = press.page(1)["/TrimBox"]
                shift = (left, press.top(1) - top)
                wanted = [word for word in press.words() if self.is_in_trim(press, word)]
                for a, b in self.groups(screen.words(), wanted):
                    for k in range(4):
                        self.assertAlmostEqual(a[1 + k], b[1 + k] - shift[k % 2], delta=0.01, msg=f"{a} {b}")

    def groups(self, got, wanted):
        """Each word of both; or what one file shows as one word and the other as several: letters set apart, where a hair decides."""
        self.assertEqual(*("".join(word[5] for word in words) for words in (got, wanted)))
        i = k = 0
        while i < len(got):
            a, b = got[i], wanted[k]
            i, k = i + 1, k + 1
            while a[5] != b[5]:
                if len(a[5]) < len(b[5]):
                    a, i = self.joined(a, got[i]), i + 1
                else:
                    b, k = self.joined(b, wanted[k]), k + 1
            self.assertEqual(a[0], b[0])
            yield a, b

    @staticmethod
    def joined(a, b):
        return (a[0], min(a[1], b[1]), min(a[2], b[2]), max(a[3], b[3]), max(a[4], b[4]), a[5] + b[5])

    def is_in_trim(self, document, word):
        left, bottom, right, top = document.page(word[0])["/TrimBox"]
        height = document.top(word[0])
        return word[3] > left and word[1] < right and word[4] > height - top and word[2] < height - bottom


unittest.main(argv=sys.argv[:1])
