#!/usr/bin/env python3
"""Bundles and layouts that nobody should write, each in both layouts: nothing is lost, nothing is printed over anything
else, or the bundle is refused with a message and no PDF is left.

usage: test_stress.py BANTIN [TEST ...]      (unittest's own options)
What is on paper is read with pdftotext; where it stands, from the dump."""
import collections, json, os, pathlib, random, re, shutil, struct, subprocess, sys, tempfile, unicodedata, unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYOUTS = ("bulletin-19x27", "a4-two-column")
BANTIN = ""
SECONDS = 20
SET, REFUSED = 0, 3  # exit statuses
TOLERANCE = 3277  # of boxes that touch: a twentieth of a point [sp]
LONGEST_WORD = 40  # longer ones are broken over lines; of those every letter must be there
WORDS = """Thực hiện chương trình đào tạo năm nay Hội liên hiệp phụ nữ tỉnh Thanh Hoá đã tổ chức nhiều lớp tập huấn nghiệp vụ
công tác cho chi hội trưởng và tổ trưởng ở các huyện thị xã thành phố với sự tham gia của đông đảo hội viên""".split()
TEXT_KEYS = {"kicker", "headline", "lead", "byline", "source", "text", "by", "caption", "credit", "title", "unit", "note",
             "body", "items", "rows", "cells", "notes", "lines", "editors"}


def prose(n, seed=1):
    """n words in sentences of nine."""
    pick = random.Random(seed)
    words = [pick.choice(WORDS) for _ in range(n)]
    return " ".join(w + "." if i % 9 == 8 else w for i, w in enumerate(words))


def token(n, letters="quocteviettat"):
    return (letters * (n // len(letters) + 1))[:n]


def bundle(*body, **article):
    return issue({"headline": "Tin trong tỉnh", "body": list(body) or ["Một đoạn ngắn."], **article})


def issue(*articles, **more):
    masthead = {"kind": "BẢN TIN", "title": "Tin hoạt động", "issuer": "Hội LHPN tỉnh", "number": "4", "year": 2024,
                "date": "2024-04-09"}
    return {"bantin": 1, "masthead": masthead, "articles": list(articles), **more}


def figure(image, **more):
    return {"type": "figure", "image": image, "alt": "Ảnh", **more}


def table(columns, rows, **more):
    return {"type": "table", "columns": [{"title": c} for c in columns], "rows": rows, **more}


def png(path, width, height):
    """A grey picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\xb0" * width) * height
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def texts_of(value, key=""):
    """Every text of articles, highlights and imprint that must be on paper."""
    if isinstance(value, dict):
        for k, v in value.items():
            yield from texts_of(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from texts_of(v, key)
    elif isinstance(value, str) and key in TEXT_KEYS:
        yield value


def normal(text):
    return unicodedata.normalize("NFC", text).casefold()


def words_of(text):
    """Words without the punctuation about them."""
    words = (re.sub(r"^\W+|\W+$", "", w) for w in normal(text).split())
    return collections.Counter(w for w in words if w)


def squeezed(text):
    return "".join(normal(text).split())


def tracked_words(dump, text):
    """Words of lines that stand so tracked that pdftotext reads them letter by letter; all their letters are there."""
    found = re.findall(r"^glyphs \S+ \S+ \S+ (\d+) .* tracking (\d+) .*? " + QUOTED + r" \[", dump, re.M)
    whole = squeezed(text)
    return words_of(" ".join(line for size, tracking, line in found
                             if 20 * int(tracking) > int(size) and squeezed(line) in whole))


def letters_of(text):
    return collections.Counter(c for c in normal(text) if c.isalnum())


class Box:
    """A line's text, or a part of it, where it stands [sp]."""
    def __init__(self, page, x, y, size, width, at, text):
        self.page, self.at, self.text = page, at, text
        self.left, self.right = min(x, x + width), max(x, x + width)
        self.top, self.foot = y - size * 7 // 10, y + size // 10

    def overlaps(self, other):
        return (self.left + TOLERANCE < other.right and other.left + TOLERANCE < self.right and
                self.top + TOLERANCE < other.foot and other.top + TOLERANCE < self.foot)

    def __str__(self):
        return f"{self.at} {self.text[:40]!r} ({self.left / 65536:.1f}, {self.foot / 65536:.1f} pt)"


QUOTED = r'"((?:[^"\\]|\\.)*)"'
GLYPHS = re.compile(r"glyphs (-?\d+) (-?\d+) \S+ (\d+) .*? width (-?\d+) tag \S+(?: at " + QUOTED + ")? " + QUOTED)


def boxes_of(dump):
    boxes, page = [], 0
    for line in dump.splitlines():
        if line.startswith("page "):
            page = int(line.split()[1])
        elif line.startswith("glyphs "):
            x, y, size, width, at, text = GLYPHS.match(line).groups()
            if text.strip():
                boxes.append(Box(page, int(x), int(y), int(size), int(width), at or "", text))
    return boxes


def overlaps(boxes):
    """Pairs that overlap, page by page from the top down."""
    boxes = sorted(boxes, key=lambda b: (b.page, b.top))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1:]:
            if b.page != a.page or b.top > a.foot:
                break
            if a.overlaps(b):
                yield a, b


class Stress(unittest.TestCase):
    READER = ("pdftotext",)
    RENDITION = "press"

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-stress-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def render(self, value, layout):
        """Exit status, messages, PDF's text (None: no PDF), dump."""
        source, pdf, dump = (self.folder / name for name in ("bundle.json", "out.pdf", "out.dump"))
        source.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        for path in (pdf, dump):
            path.unlink(missing_ok=True)
        args = [BANTIN, "render", source, "-o", pdf, "--dump", dump, "--layout", layout, "--rendition", self.RENDITION]
        run = subprocess.run(list(map(str, args)), cwd=ROOT, capture_output=True, timeout=SECONDS,
                             env={**os.environ, "LC_ALL": "C", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1712620800"})
        said = run.stderr.decode(errors="replace")
        if not pdf.exists():
            self.assertFalse(dump.exists(), "a dump without a PDF")
            return run.returncode, said, None, ""
        text = subprocess.run([*self.READER, str(pdf), "-"], capture_output=True, check=True).stdout.decode()
        return run.returncode, said, text, dump.read_text(encoding="utf-8")

    def check(self, value, exits=SET, layouts=LAYOUTS, wants=None, says=None):
        """wants: the texts that must be on paper, where they are not those of the bundle."""
        for layout in layouts:
            with self.subTest(layout=pathlib.Path(layout).stem):
                status, said, text, dump = self.render(value, layout)
                self.assertEqual(status, exits, said[:2000])
                if says:
                    self.assertIn(says, said)
                if exits == REFUSED:
                    self.assertRegex(said, r"error E\d{4}: ")
                    self.assertIsNone(text, "a PDF although the bundle was refused")
                    continue
                parts = {k: value[k] for k in ("articles", "highlights", "imprint") if k in value}
                self.look_for(wants if wants is not None else list(texts_of(parts)), text, dump)
                self.look_at(dump, said)

    def look_for(self, wanted, text, dump):
        joined = " ".join(wanted)
        short = " ".join(w for w in joined.split() if len(w) <= LONGEST_WORD)
        lost = words_of(short) - words_of(text)
        lost -= tracked_words(dump, text)
        self.assertFalse(lost, f"{sum(lost.values())} words are not in the PDF")
        self.assertFalse(letters_of(joined) - letters_of(text), "letters are not in the PDF")

    def look_at(self, dump, said):
        overfull = {m[1] for m in re.finditer(r": (/\S*): warning W0603: ", said)}
        width, height = map(int, re.search(r"^page-size (\d+) (\d+)", dump, re.M).groups())
        boxes = boxes_of(dump)
        self.assertTrue(boxes)
        bad = [f"{a}  over  {b}" for a, b in overlaps(boxes) if not {a.at, b.at} & overfull]
        self.assertFalse(bad[:5], f"{len(bad)} overlaps; --layout ... of {boxes[-1].page} pages")
        off = [str(b) for b in boxes if b.top < 0 or b.foot > height or
               (b.at not in overfull and (b.left < 0 or b.right > width))]
        self.assertFalse(off[:5], f"{len(off)} texts outside the page")

    def layouts(self, **changes):
        """Both layouts, changed."""
        paths = []
        for name in LAYOUTS:
            path = self.folder / f"{name}-changed.json"
            path.write_text(json.dumps({"bantin_layout": 1, "name": "changed", "extends": name, **changes}), encoding="utf-8")
            paths.append(str(path))
        return paths


class Text(Stress):
    def test_long_paragraph(self):
        self.check(bundle(prose(12000)))

    def test_long_paragraphs(self):
        self.check(bundle(*(prose(1500, seed) for seed in range(8))))

    def test_long_tokens(self):
        self.check(issue({"headline": "Bài", "body": [f"Xem {token(300)} và {token(300, 'a/b-c')} ở đây.", token(300)]}))

    def test_long_token_everywhere(self):
        long = token(300)
        self.check(issue({"kicker": long, "headline": long, "lead": long, "byline": long, "notes": [long], "body": [
            long, {"type": "subheading", "text": long}, {"type": "bullets", "items": [long, {"text": "hai", "items": [long]}]},
            {"type": "quote", "text": long, "by": long}]},
            highlights={"title": long, "items": [long]}, imprint={"lines": [long]}))

    def test_long_token_in_a_figure(self):
        png(self.folder / "a.png", 600, 400)
        self.check(bundle(figure("a.png", caption=token(300), credit=token(300)), "Hết."))

    def test_long_token_in_a_table(self):
        for span in ("column", "page"):
            self.check(bundle(table(["A", "B"], [[token(300), "b"], ["a", "b"]], span=span, note=token(300))), says="W0612")

    def test_empty_texts(self):
        self.check(bundle("", "Có chữ.", {"type": "bullets", "items": [""]}, {"type": "quote", "text": ""}, byline="", lead=""))

    def test_only_spaces(self):
        for blank in ("", " ", "\n\n", "\t \n", "\u00a0", "\u2003\u3000", "\u200b", "\u00ad", "\u2060\ufeff"):
            self.check(bundle(blank, "Có chữ.", blank, kicker=blank, lead=blank, byline=blank))
            self.check(bundle({"type": "subheading", "text": blank}, "Có chữ.", {"type": "subheading", "text": blank}))
            self.check(bundle(table([blank, "B"], [[blank, blank], ["a", "b"]], title=blank, unit=blank), "Hết."))
        self.check(bundle(" ", "\n"), exits=REFUSED)
        self.check(issue({"headline": " ", "body": ["Một."]}), exits=REFUSED)

    def test_forced_breaks(self):
        lines = "\n".join(f"dòng {i}" for i in range(900))
        self.check(bundle(lines))
        self.check(bundle("Thân bài.", headline="\n".join(WORDS[:15])))
        self.check(bundle("Thân bài.", headline="\n".join(WORDS)), exits=REFUSED, says="E0613")
        self.check(bundle("Thân bài.", lead=lines), exits=REFUSED, says="E0613")

    def test_marks_upon_marks(self):
        self.check(bundle("a" + "\u0301" * 300 + " " + prose(40)), wants=[prose(40)])

    def test_signs_without_a_face(self):
        self.check(bundle("Chữ \U0001f600 \u4e2d\u6587 \u0639\u0631\u0628\u064a \ue000 \U000e0001 " + prose(60)), wants=[prose(60)])

    def test_long_headings(self):
        self.check(bundle("Thân bài.", headline=prose(90)))
        self.check(bundle("Một.", {"type": "subheading", "text": prose(300)}, "Hai."))
        self.check(bundle("Thân bài.", kicker=prose(30)))

    def test_long_lead_and_byline(self):
        self.check(bundle("Thân bài.", lead=prose(400)))
        self.check(bundle("Thân bài.", byline=prose(200), source=prose(200, 2), notes=[prose(300, 3)]))

    def test_texts_taller_than_a_page(self):
        """Notes and bylines are divided, headings are not."""
        for article in ({"notes": [prose(5000)]}, {"byline": prose(3000)}):
            self.check(bundle("Thân bài.", **article))
        for article in ({"headline": prose(2000)}, {"lead": prose(4000)}, {"kicker": prose(3000)}):
            self.check(bundle("Thân bài.", **article), exits=REFUSED, says=f"/articles/0/{next(iter(article))}: error E0613")

    def test_quote_taller_than_a_page(self):
        for span in ("column", "page"):
            self.check(bundle(prose(200), {"type": "quote", "text": prose(2000, 2), "by": "Bà A", "span": span}, prose(200, 3)),
                       exits=REFUSED, says="/articles/0/body/1/text: error E0613")

    def test_long_quote(self):
        for span in ("column", "page"):
            self.check(bundle(prose(200), {"type": "quote", "text": prose(120, 2), "by": "Bà A", "span": span}, prose(200, 3)))

    def test_huge_bullet(self):
        self.check(bundle({"type": "bullets", "items": [prose(4000), {"text": prose(20, 2), "items": [prose(3000, 3)]}]}))

    def test_nested_bullets(self):
        def nested(n):
            return {"text": f"mức {n}", "items": [nested(n - 1)]} if n > 1 else "mức 1"
        self.check(bundle({"type": "bullets", "items": [nested(4)]}, "Hết."))
        for n in (5, 25, 60):
            self.check(bundle({"type": "bullets", "items": [nested(n)]}, "Hết."), exits=REFUSED)


class Articles(Stress):
    def test_many_short_articles(self):
        self.check(issue(*({"headline": f"Bài {i}", "body": ["Một."]} for i in range(300))))

    def test_many_articles(self):
        self.check(issue(*({"headline": prose(8, i), "kicker": "Tin", "lead": prose(20, i + 1), "importance": 1 + i % 5,
                            "byline": "A", "body": [prose(10 + 37 * (i % 7), k) for k in range(1 + i % 4)]} for i in range(60))))

    def test_articles_without_paragraphs(self):
        png(self.folder / "a.png", 1800, 1200)
        self.check(issue({"headline": "Không", "body": []}), exits=REFUSED)
        small = table(["A", "B"], [["một", "hai"]])
        self.check(issue({"headline": "Ảnh", "body": [figure("a.png")]}, {"headline": "Mục", "body": [{"type": "subheading", "text": "Mục"}]},
                         {"headline": "Bảng", "body": [small]}, {"headline": "Kẻ", "body": [{"type": "rule"}]},
                         {"headline": "Trích", "body": [{"type": "quote", "text": "Một câu"}]},
                         {"headline": "Ảnh ngang", "body": [figure("a.png", span="page")]}))

    def test_only_subheadings(self):
        self.check(bundle(*({"type": "subheading", "text": f"Mục {i}", "level": 1 + i % 3} for i in range(120))))
        self.check(bundle(*({"type": "subheading", "text": f"Mục {i}", "span": "page"} for i in range(60)), "Hết."))

    def test_only_rules(self):
        self.check(bundle("Một.", *({"type": "rule"} for _ in range(200)), "Hai."))

    def test_many_quotes(self):
        self.check(bundle(*({"type": "quote", "text": prose(12, i), "by": "Bà A"} for i in range(40))))

    def test_highlights(self):
        self.check(bundle(prose(100)) | {"highlights": {"title": "Trong số này", "items": ["Một dòng"]}})
        self.check(bundle(prose(100)) | {"highlights": {"title": "Trong số này", "items": [prose(9, i) for i in range(500)]}}, exits=REFUSED)
        self.check(bundle(prose(100)) | {"highlights": {"title": prose(3000), "items": ["Một dòng"]}}, exits=REFUSED)

    def test_masthead(self):
        tall = bundle(prose(100))
        tall["masthead"]["title"] = prose(3000)
        self.check(tall, exits=REFUSED, says="E0610")
        wide = bundle(prose(100))
        wide["masthead"].update(title=token(90), kind=token(300), issuer=token(300), edition=token(300), motto=token(300))
        self.check(wide)
        long = bundle(prose(100))
        long["masthead"].update(kind=prose(60), issuer=prose(60, 2), number=prose(60, 3), date=prose(60, 4), edition=prose(60, 5))
        self.check(long)

    def test_imprint(self):
        self.check(bundle(prose(100)) | {"imprint": {"lines": [prose(9, i) for i in range(30)]}})
        self.check(bundle(prose(100)) | {"imprint": {"lines": [prose(9, i) for i in range(400)]}}, exits=REFUSED)


class Figures(Stress):
    RENDITION = "screen"  # pictures of all shapes, fine enough for the press or not

    def setUp(self):
        super().setUp()
        for name, width, height in (("strip", 4000, 8), ("wide", 2000, 50), ("tall", 50, 2000), ("dot", 1, 1), ("usual", 900, 600),
                                    ("large", 6000, 6000)):
            png(self.folder / f"{name}.png", width, height)

    def test_shapes(self):
        for span in ("column", "page"):
            self.check(bundle(*(b for name in ("wide", "tall", "dot", "large")
                                for b in (prose(50), figure(f"{name}.png", caption=prose(12), credit="BTG", span=span)))))
            self.check(bundle("Một.", figure("strip.png", span=span)), exits=REFUSED, says="E0615")
        logo = bundle("Một.")
        logo["masthead"]["logo"] = "strip.png"
        self.check(logo)

    def test_many(self):
        self.check(bundle(*(figure("usual.png", caption=prose(8, i), span=("column", "page")[i % 3 == 0]) for i in range(60))))

    def test_heights(self):
        for height in ("260mm", "300mm", "5000mm", "14400pt"):
            for span in ("column", "page"):
                self.check(bundle(prose(80), figure("tall.png", caption="Ảnh", span=span, min_height=height, max_height=height),
                                  prose(80, 2)), says="W0614")
        self.check(bundle(prose(80), figure("usual.png", caption="Ảnh", min_height="0.01pt", max_height="0.02pt"), prose(80, 2)))

    def test_caption_taller_than_a_page(self):
        for span in ("column", "page"):
            self.check(bundle(prose(80), figure("usual.png", caption=prose(3000), credit="BTG", span=span), prose(80, 2)),
                       exits=REFUSED, says="/articles/0/body/1/caption: error E0613")

    def test_long_caption(self):
        for span in ("column", "page"):
            self.check(bundle(prose(80), figure("usual.png", caption=prose(150), credit=prose(40), span=span), prose(80, 2)))

    def test_after_a_spanning_table(self):
        rows = [[prose(6, i), str(i)] for i in range(12)]
        for n in (0, 30, 300, 700):
            body = [prose(n)] if n else []
            self.check(bundle(*body, table(["Tên", "Số"], rows, span="page", title="Bảng"),
                              figure("usual.png", caption="Ảnh cuối", span="page")))
            self.check(bundle(*body, figure("usual.png", caption="Ảnh", span="page"), table(["Tên", "Số"], rows, span="page")))


class Tables(Stress):
    def test_forty_columns(self):
        heads = [f"c{i}" for i in range(40)]
        self.check(bundle(table(heads, [["1"] * 40] * 3), prose(40)), exits=REFUSED, says="E0619")
        self.check(bundle(table(heads, [["1"] * 40] * 3, span="column"), prose(40)), exits=REFUSED, says="E0609")
        self.check(bundle(table(heads, [["1"] * 40] * 3, span="page"), prose(40)), exits=REFUSED, says="E0619")
        self.check(bundle(table([""] * 39 + ["A"], [[""] * 39 + ["1"]] * 3, span="page"), prose(40)))
        self.check(bundle(table(heads + ["quá"], [["1"] * 41])), exits=REFUSED)

    def test_twelve_columns(self):
        heads = [f"c{i}" for i in range(12)]
        self.check(bundle(table(heads, [[str(100 + i) for i in range(12)]] * 30, span="page"), prose(40)))

    def test_many_rows(self):
        rows = [[prose(5, i), f"{i}", "x"] for i in range(1500)]
        for span in ("column", "page"):
            self.check(bundle(prose(60), table(["Tên", "Số", "Dấu"], rows, span=span, title="Bảng", unit="đồng", note="Hết bảng"), "Hết."))

    def test_long_cell(self):
        for span in ("column", "page"):
            self.check(bundle(table(["Tên", "Nội dung"], [["một", prose(150)], ["hai", prose(150, 2)]], span=span), "Hết."))

    def test_cell_taller_than_a_page(self):
        for span in ("column", "page"):
            self.check(bundle(prose(60), table(["Tên", "Nội dung"], [["một", prose(3000)], ["hai", "ngắn"]], span=span), "Hết."))

    def test_head_taller_than_a_page(self):
        self.check(bundle(prose(60), table(["Tên", prose(2000)], [["một", "hai"]] * 5), "Hết."), exits=REFUSED,
                   says="/articles/0/body/1: error E0613")

    def test_title_and_note_taller_than_a_page(self):
        self.check(bundle(prose(60), table(["Tên", "Số"], [["một", "hai"]], title=prose(2000)), "Hết."), exits=REFUSED, says="E0613")
        self.check(bundle(prose(60), table(["Tên", "Số"], [["một", "hai"]], note=prose(4000, 2)), "Hết."), exits=REFUSED,
                   says="/articles/0/body/1/note: error E0613")

    def test_long_title_and_note(self):
        self.check(bundle(prose(60), table(["Tên", "Số"], [["một", "hai"]] * 30, title=prose(100), note=prose(200, 2)), "Hết."))

    def test_frames_of_several_lines(self):
        """Title, unit, note and source each on several lines, and the title repeated where the table goes on."""
        for words in range(1, 24):
            body = [table(["Tên", "Số"], [[prose(3, i), "1"] for i in range(70)], span=span, title=prose(words, words),
                          unit=prose(25), note=prose(words, 2), source=prose(25, 3)) for span in ("column", "page")]
            self.check(bundle(*body))

    def test_subheads_and_totals(self):
        rows = [{"cells": [f"Nhóm {i}"], "kind": "subhead"} for i in range(60)]
        self.check(bundle(table(["Tên", "Số"], rows + [["một", "2"], {"cells": ["Cộng", "2"], "kind": "total"}]), "Hết."))
        self.check(bundle(table(["Tên", "Số"], [{"cells": ["Cộng", str(i)], "kind": "total"} for i in range(90)]), "Hết."))

    def test_odd_tables(self):
        """Groups without heads, heads without text, labels over empty cells, numbers that are none."""
        def columns(*heads):
            return [{"title": h.strip("#"), **({"type": "number"} if "#" in h else {})} for h in heads]
        total, subhead = ({"cells": cells, "kind": kind} for cells, kind in
                          ((["Tổng cộng của tất cả", "", 1, ""], "total"), (["Chỉ một", "", "x", ""], "subhead")))
        odd = [
            {"columns": [{"group": "Nhóm"}, {"group": "Nhóm"}], "rows": [["a", "b"]]},
            {"columns": [{"title": "a", "group": prose(9)}, {"title": "b"}], "rows": [["a", "b"]]},
            {"columns": [{}, {}], "rows": [["a", "b"]], "title": "Không đầu"},
            {"columns": columns("TT", "Tên", "Số#", "Số nữa#"),
             "rows": [{"cells": ["Nhóm", "", "", ""], "kind": "subhead"}, ["1", "a", 1, 2], [""] * 4, total, subhead]},
            {"columns": columns("A", "Giá#"), "rows": [["a", "(3,25)"], ["b", "~7"], ["c", prose(4)], ["d", token(60)], ["e", "9" * 30]]},
            {"columns": [{"title": c, "align": c} for c in ("left", "right", "center")], "rows": [[prose(20)] * 3]},
        ]
        self.check(bundle(*({"type": "table", **t} for t in odd)))
        self.check(bundle(*({"type": "table", "span": "page", **t} for t in odd)))

    def test_many_tables(self):
        self.check(bundle(*(table(["Tên", "Số"], [[prose(3, i), "1"]] * (1 + i % 9), span=("column", "page")[i % 2]) for i in range(50))))


class Layouts(Stress):
    TEXT = issue({"headline": prose(8), "kicker": "Tin", "lead": prose(20), "body": [prose(150), {"type": "subheading", "text": "Mục"}, prose(90)]},
                 {"headline": prose(9, 2), "body": [prose(150), {"type": "quote", "text": prose(9), "by": "Bà A"}, prose(90)]})

    def test_sizes(self):
        for style in ("body", "headline-1", "headline-2", "kicker", "lead", "subheading-1", "quote"):
            for size, exits in (("0pt", REFUSED), ("-5pt", REFUSED), ("500pt", REFUSED), ("14400pt", REFUSED)):
                self.check(self.TEXT, exits, self.layouts(styles={style: {"size": size, "leading": size}}))
            if style != "body":
                self.check(self.TEXT, SET, self.layouts(styles={style: {"size": "60pt", "leading": "70pt"}}))

    def test_huge_styles(self):
        for style in ("headline-1", "headline-2", "subheading-1", "quote"):
            self.check(self.TEXT, REFUSED, self.layouts(styles={style: {"size": "400pt", "leading": "400pt"}}), says="E0613")

    def test_leading(self):
        self.check(self.TEXT, REFUSED, self.layouts(styles={"lead": {"leading": "1271mm"}}), says="E0208")
        long = issue({"headline": "Tin", "lead": prose(60), "body": [prose(90)]})
        self.check(long, REFUSED, self.layouts(styles={"lead": {"leading": "1270mm"}}), says="E0613")

    def test_spaces(self):
        for key in ("space_before", "space_after"):
            for style in ("headline-2", "subheading-1", "quote", "lead"):
                with self.subTest(f"{style} {key}"):
                    self.check(self.TEXT, SET, self.layouts(styles={style: {key: "100mm"}}))
                    self.check(self.TEXT, REFUSED, self.layouts(styles={style: {key: "14400pt"}}), says="E0208")

    def test_columns(self):
        for columns in ({"count": 0}, {"count": 40}, {"count": 2, "gutter": "300mm"}, {"count": 2, "gutter": "157mm"},
                        {"count": 2, "gutter": "156.99mm"}, {"count": 3, "gutter": "14400pt"}):
            self.check(self.TEXT, REFUSED, self.layouts(columns=columns))
        indents = {"indent_left": "0pt", "indent_right": "0pt"}
        for columns in ({"count": 1}, {"count": 3}, {"count": 4}):
            self.check(self.TEXT, SET, self.layouts(columns=columns, styles={"masthead-title": indents,
                                                                             "masthead-subtitle": indents}))

    def test_pages(self):
        for page in ({"width": "0mm"}, {"width": "1mm", "height": "1mm"}, {"width": "14401pt"}, {"margins": {"top": "400mm"}},
                     {"margins": {"inside": "90mm", "outside": "90mm"}}, {"margins": {"top": "-20mm"}}):
            self.check(self.TEXT, REFUSED, self.layouts(page=page))

    def test_grid(self):
        for grid in ({"step": "0pt"}, {"step": "0.0001pt"}, {"step": "400mm"}, {"first": "400mm"}, {"first": "0pt"}):
            self.check(self.TEXT, REFUSED, self.layouts(grid=grid))

    def test_furniture(self):
        title = {"text": "{title}", "style": "headline-1"}
        self.check(self.TEXT, REFUSED, self.layouts(furniture={"masthead": [title, {"space": "500mm"}]}))
        self.check(self.TEXT, REFUSED, self.layouts(furniture={"masthead": [title] * 60}))
        self.check(self.TEXT, SET, self.layouts(furniture={"masthead": [title] * 6}))


def main():
    global BANTIN
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
