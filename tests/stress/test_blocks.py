#!/usr/bin/env python3
"""Blocks that nobody should write, in every layout: nothing is lost, nothing is printed over anything else, running text keeps
to the grid, or the bundle is refused with one message a fault.

usage: test_blocks.py BANTIN [TEST ...]      (unittest's own options)
The checks are those of test_stress.py; baselines are looked at besides."""
import collections, json, os, pathlib, re, subprocess, sys, unittest

import test_stress
from test_stress import REFUSED, SET, bundle, figure, issue, png, prose, table, token

for folder in ("unit", "matrix"):
    sys.path.insert(0, str(test_stress.ROOT / "tests" / folder))
import make_fonts, test_matrix

LAYOUTS = []  # all that there are; filled by main
SPANS = ("column", "page")
MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
CAPITALS = [c + mark for c in "AĂÂEÊIOÔƠUƯY" for mark in MARKS] + list("BCDĐGHKLMNPQRSTVXJWZF0123456789")
PRINTED = test_stress.TEXT_KEYS | {"question", "answer", "stanzas", "value", "label", "section"}
EITHER = None  # set where there is room, else refused


def numbers(items, **more):
    return {"type": "numbers", "items": [{"value": v, "unit": u, "label": l} for v, u, l in items], **more}


def box(*body, **more):
    return {"type": "box", "body": list(body), **more}


def chart(kind, heads, rows, **more):
    columns = [{"title": heads[0]}] + [{"title": h, "type": "number"} for h in heads[1:]]
    return {"type": "chart", "kind": kind, "table": {"columns": columns, "rows": rows}, **more}


def gallery(names, **more):
    return {"type": "gallery", "figures": [{"image": f"{n}.png", "alt": "Ảnh", "caption": f"Hình {i}"} for i, n in enumerate(names)],
            **more}


def nested(kind, depth, words):
    """A list with one in its first item, and so on."""
    items = [prose(words, depth), prose(words * 3, depth + 9)]
    if depth > 1:
        items[0] = {"text": items[0], "items": nested(kind, depth - 1, words)["items"]}
    return {"type": kind, "items": items}


def printed(value, key=""):
    """The texts that are on paper as they stand: not those of a chart's table, nor of fillers."""
    if isinstance(value, dict):
        for k, v in value.items():
            if not (k == "table" and value.get("type") == "chart"):
                yield from printed(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from printed(v, key)
    elif isinstance(value, str) and key in PRINTED:
        yield re.sub(r"\[\^\d+\]", "", value)


class Blocks(test_stress.Stress):
    READER = ("pdftotext", "-raw")  # as the file has it, as those who read it aloud do

    def check(self, value, exits=SET, layouts=None, wants=None, says=None, n_errors=1):
        self.n_errors = n_errors
        if exits is EITHER:
            for layout in layouts or LAYOUTS:
                status, said, _, _ = self.render(value, layout)
                self.assertIn(status, (SET, REFUSED))
                if status == REFUSED:
                    self.assertRegex(said, says)
                self.check(value, status, [layout], wants, None, n_errors)
            return
        wants = wants if wants is not None else [t for part in ("articles", "highlights", "imprint") for t in printed(value.get(part))]
        super().check(value, exits, layouts or LAYOUTS, wants, says)

    def render(self, value, layout):
        status, said, text, dump = super().render(value, layout)
        if status == REFUSED:
            self.assertEqual(len(re.findall(r": error E\d{4}: ", said)), self.n_errors, said[:3000])
        self.assertEqual(len(said.splitlines()), len(set(said.splitlines())), "a message twice\n" + said[:3000])
        return status, said, text, dump

    def look_at(self, dump, said):
        caps = set(re.findall(r'^glyphs .*? at "(\S+)" .* actual ""', dump, re.M))
        if caps:  # they reach into the lines beside them, but not with their ink
            drawing = test_matrix.Drawing(dump, {"pages": [{"frames": []}] * 1000})
            found = [f"{a}  on  {b}" for page in drawing.pages for a, b in test_matrix.touching(page.lines)]
            self.assertEqual(found[:5], [], "ink on ink")
            dump = re.sub(r'(?m)^glyphs .* actual "" .*\n', "", dump)
        super().look_at(dump, said)
        self.assertEqual(self.off_grid(dump)[:5], [], "off the grid")

    def off_grid(self, dump):
        """Paragraphs' lines, in the face and size that most of them have, between the baselines."""
        first, step = map(int, re.search(r"^grid (\d+) (\d+)", dump, re.M).groups())
        lines = re.findall(r'^glyphs \S+ (\d+) (\S+ \d+) .*? tag \d+:P at "(/articles/\d+/body/\d+)" ', dump, re.M)
        sizes = collections.Counter(size for _, size, _ in lines)
        return [f"{at} at {int(y) / 65536:.2f} pt" for y, size, at in lines
                if size == sizes.most_common(1)[0][0] and (int(y) - first) % step]


class Text(Blocks):
    def test_headline(self):
        for n in (40, 70):
            self.check(bundle(prose(60), headline=prose(n), kicker=prose(n // 4), section=prose(n // 4), lead=prose(n)))

    def test_tokens(self):
        long = token(300)
        self.check(issue({"section": long, "kicker": long, "headline": long, "lead": long, "byline": long, "body": [
            long, {"type": "numbered", "items": [long]}, {"type": "verse", "title": long, "stanzas": [[long, long]], "by": long},
            {"type": "qa", "question": long, "answer": [long]}, box(long, title=long), numbers([(long, long, long)]),
            {"type": "qr", "url": "https://a.vn/", "label": long}]}), EITHER, says="E0613")

    def test_highlights(self):
        self.check(bundle(prose(100)) | {"highlights": {"title": "Trong số này", "items": [prose(9, i) for i in range(500)]}}, REFUSED)

    def test_signs(self):
        signs = "\U0001f600 \U0001f1fb\U0001f1f3 \U0001f469\u200d\U0001f33e \U00020000 \U0002a6d6 \u4e2d\u6587 "
        body = [signs + prose(30), {"type": "bullets", "items": [signs]}, {"type": "verse", "stanzas": [[signs, signs]]},
                numbers([(signs, signs, signs)]), box(signs, title=signs), table([signs, "B"], [[signs, "b"]])]
        self.check(issue({"headline": signs + "Tin", "lead": signs, "body": body}), wants=[prose(30)])

    def test_long_paragraph(self):
        self.check(bundle(prose(12000)))

    def test_empty_fields(self):
        blank = issue({"headline": "Tin", "kicker": "", "section": "", "lead": " ", "byline": "\n", "body": [
            "Có chữ.", "", {"type": "numbered", "items": ["", "a"]}, {"type": "verse", "stanzas": [["a", ""], ["b"]], "by": ""},
            box("Có chữ.", "", title=""), table(["", ""], [["", ""], ["a", ""]], title="", note="", source="")]})
        self.check(blank)

    def test_sections_and_kickers(self):
        self.check(issue(*({"headline": f"Bài {i}", "section": f"Mục {i // 3}", "kicker": prose(1 + i % 9, i), "importance": 1 + i % 5,
                            "lead": prose(i), "body": [prose(30 + 11 * i, i)]} for i in range(24))))

    def test_drop_caps(self):
        """Every Vietnamese capital, before short texts and long ones."""
        caps = {"blocks": {"drop_cap": {"for": "all", "lines": 5}}}
        self.check(issue(*({"headline": "Bài", "body": [f"{c}n {prose(12 + i % 60, i)}", "Hết."]} for i, c in enumerate(CAPITALS))),
                   layouts=self.changed(**caps))
        for first in ("“Ộ", "\U0001f600", "«", "...", "1.250.000", token(300).upper()):
            self.check(bundle(f"{first} {prose(60)}"), layouts=self.changed(**caps), wants=[prose(60)])

    def changed(self, names=None, **changes):
        """Layouts, changed."""
        paths = []
        for name in names or LAYOUTS:
            path = self.folder / f"{name}-changed.json"
            path.write_text(json.dumps({"bantin_layout": 1, "name": "changed", "extends": name, **changes}), encoding="utf-8")
            paths.append(str(path))
        return paths

    def test_palettes(self):
        everything = json.loads((test_stress.ROOT / "tests/matrix/bundle.json").read_text(encoding="utf-8"))
        for article in everything["articles"]:
            article["body"] = [b for b in article["body"] if not isinstance(b, dict) or b.get("type") not in ("figure", "gallery", "chart")]
            article["body"].insert(0, prose(10))
        everything["masthead"].pop("logo")
        for palette in ("four", "two", "mono"):
            self.check(everything, layouts=self.changed(palette=palette), wants=[prose(10)])

    def test_house_fonts(self):
        """A font of a few letters: all others come from the fallback."""
        made = make_fonts.fonts()
        (self.folder / "house.ttf").write_bytes(next(iter(made.values())))
        house = test_matrix.Face(self.folder / "house.ttf")
        test_matrix.FACES[house.font["name"].getDebugName(6)] = house
        house = {"families": {"Nhà": {"regular": "house.ttf"}},
                 "fonts": {"text": {"family": "Nhà", "fallback": ["Noto Serif"]}, "sans": {"family": "Nhà", "fallback": ["Noto Sans"]}}}
        self.check(bundle(prose(300), {"type": "subheading", "text": prose(9)}, numbers([("12", "%", prose(5))]), token(300)),
                   layouts=self.changed(LAYOUTS[:2], **house))


class Lists(Blocks):
    def test_depths(self):
        for kind in ("bullets", "numbered"):
            self.check(bundle(*(nested(kind, depth, 7) for depth in (1, 2, 3, 4)), "Hết."))
            self.check(bundle(nested(kind, 5, 3)), REFUSED)
        self.check(bundle(nested("numbered", 4, 600), {"type": "numbered", "levels": "document", "items": [prose(9)] * 60}))

    def test_markers(self):
        """The last number that may be, and more items than there are letters."""
        self.check(bundle({"type": "numbered", "start": 9999, "items": [prose(30), {"text": "a", "items": [f"mục {i}" for i in range(150)]}]},
                          {"type": "numbered", "levels": "document", "start": 3888, "items": [prose(30)] * 3}))

    def test_in_one_another(self):
        self.check(bundle({"type": "numbered", "items": [
            {"text": prose(9, i), "list": "bullets", "items": [{"text": prose(9, i), "list": "numbered", "items": [prose(30)] * 9}]}
            for i in range(12)]}))


class Verse(Blocks):
    def test_long_lines(self):
        self.check(bundle({"type": "verse", "title": prose(30), "by": prose(30), "stanzas": [
            [prose(n, n), "  " + prose(n, n + 1), "        " + prose(n, n + 2), token(300)] for n in (1, 30, 80, 300)]}, "Hết."))

    def test_stanzas(self):
        self.check(bundle(prose(50), {"type": "verse", "stanzas": [[prose(6, i), "  " + prose(8, i)] * (1 + i % 3) for i in range(200)]}))
        self.check(bundle(prose(50), {"type": "verse", "stanzas": [[prose(6, i) for i in range(400)]]}, "Hết."))


class Questions(Blocks):
    def test_long(self):
        for question, answer in ((80, 10), (300, 3000)):
            self.check(bundle({"type": "qa", "question": prose(question), "answer": [prose(answer, 2), prose(9)]}, "Hết."))
        self.check(bundle({"type": "qa", "question": prose(3000), "answer": ["Có."]}, "Hết."), REFUSED, says="E0613")

    def test_many(self):
        self.check(bundle(*({"type": "qa", "question": prose(1 + i % 20, i), "answer": [
            prose(1 + i % 50, i), {"type": "bullets", "items": [prose(6)]}, table(["A", "B"], [[prose(3), "1"]] * 2)][:1 + i % 3]}
            for i in range(40))))


class Notes(Blocks):
    def test_hundred(self):
        notes = [prose(1 + i % 40, i) for i in range(100)]
        say = lambda i: f"{prose(9, i)}[^{i + 1}] {prose(5)}[^{100 - i}]"
        self.check(issue({"headline": "Tin[^100]", "lead": "Dẫn[^99]", "notes": notes, "body": [
            *(say(i) for i in range(100)), {"type": "subheading", "text": "Mục[^7]"}, {"type": "quote", "text": "Lời[^8]", "by": "A[^9]"},
            {"type": "bullets", "items": ["một[^10]"]}, {"type": "verse", "stanzas": [["câu[^11]", "câu[^12]"]]},
            {"type": "qa", "question": "Gì[^13]?", "answer": ["Đó[^14]."]}, box("Khung[^15]", title="Tên[^16]"),
            table(["A[^17]", "B"], [["a[^18]", "b"]], title="Bảng[^19]", note="Chú[^20]"), numbers([("1", "m", "nhãn[^21]")])]}),
            wants=[prose(9, 3)])
        self.check(bundle("Một[^2]", notes=["a"]), REFUSED)


class Boxes(Blocks):
    def everything(self):
        png(self.folder / "usual.png", 1800, 1200)
        return [prose(40), {"type": "subheading", "text": prose(8)}, nested("numbered", 3, 8), nested("bullets", 2, 9),
                {"type": "verse", "title": "Thơ", "stanzas": [[prose(6), prose(8)]] * 4, "by": "Tác giả"},
                {"type": "qa", "question": prose(9), "answer": [prose(30)]}, figure("usual.png", caption=prose(9), credit="BTG"),
                table(["Tên", "Số"], [[prose(5, i), str(i)] for i in range(20)], title="Bảng", note=prose(20)),
                {"type": "quote", "text": prose(20), "by": "Bà A"}, {"type": "rule"}, numbers([("1", "m", prose(4))] * 3),
                gallery(["usual"] * 3, caption=prose(8)), {"type": "qr", "url": "https://a.vn/b", "label": prose(9)},
                chart("bar", ("Năm", "Nữ"), [["2022", 5], ["2023", 7]], title="Biểu đồ", source="BTG")]

    def test_everything(self):
        for span in SPANS:
            for kind in ("tint", "rule"):
                self.check(bundle(prose(90), box(*self.everything(), title=prose(12), kind=kind, span=span), prose(90)))

    def test_each(self):
        for block in self.everything():
            self.check(bundle(prose(20), box(block, title="Khung"), prose(20), box(block)))

    def test_tall(self):
        for span in SPANS:
            self.check(bundle(prose(50), box(*(prose(200, i) for i in range(12)), title=prose(9), span=span), prose(50)))
            self.check(bundle(prose(50), box(table(["Tên", "Số"], [[prose(9, i), str(i)] for i in range(160)], title="Bảng"), span=span), "Hết."))
            self.check(bundle(prose(50), box(table(["Tên", "Chữ"], [["a", prose(2000)]]), span=span), "Hết."))

    def test_titles(self):
        self.check(bundle(box("Một.", title=prose(60)), box("Hai.", title=token(300)), "Hết."))
        self.check(bundle(box("Một.", title=prose(3000)), "Hết."), REFUSED, says="E0613")

    def test_many(self):
        self.check(bundle(*(box(prose(1 + 13 * (i % 9), i), title=prose(i % 7, i) or "Khung", kind=("tint", "rule")[i % 2],
                                span=SPANS[i % 3 == 0]) for i in range(50))))


class Figures(Blocks):
    RENDITION = "screen"  # pictures of all shapes, fine enough for the press or not

    def setUp(self):
        super().setUp()
        for name, width, height in (("wide", 2000, 100), ("tall", 100, 2000), ("dot", 1, 1), ("usual", 900, 600)):
            png(self.folder / f"{name}.png", width, height)

    def test_numbers(self):
        for n in (1, 2, 5, 12):
            for span in SPANS:
                self.check(bundle(prose(50), numbers([(str(10 ** i), "tỷ đồng", prose(i, i)) for i in range(1, n + 1)], span=span),
                                  "Hết."), EITHER, says="E0613")
        self.check(bundle(numbers([("1.234.567.890.123.456,78", "nghìn tỷ đồng một năm", prose(40))] * 12), "Hết."), EITHER, says="E0613")
        self.check(bundle(numbers([(prose(12), prose(6), prose(80, 2)), ("1", "m", "a")]), "Hết."))
        self.check(bundle(numbers([("1", "m", "a")] * 13)), REFUSED)
        self.check(bundle(numbers([("1", "m", prose(3000))])), REFUSED, says="E0613")

    def test_galleries(self):
        shapes = ["usual", "tall", "wide", "dot"] * 3
        for span in SPANS:
            for n in (2, 3, 7, 12):
                self.check(bundle(prose(60), gallery(shapes[:n], caption=prose(12), credit=prose(3), span=span), "Hết."))
            for per_row in (1, 2, 4):
                self.check(bundle(gallery(["usual"] * 12, caption=prose(12), span=span, per_row=per_row), "Hết."))
            self.check(bundle(gallery(["tall", "tall"], span=span, max_height="260mm"), "Hết."))
            self.check(bundle(gallery(["wide", "wide"], span=span, per_row=2), "Hết."))

    def test_long_captions(self):
        many = gallery(["usual"] * 6, caption=prose(80), credit=prose(20))
        for i, each in enumerate(many["figures"]):
            each["caption"], each["credit"] = prose(1 + 9 * i, i), token(60)
        for span in SPANS:
            self.check(bundle(many | {"span": span}, "Hết."))

    def test_codes(self):
        for n in (1, 200, 1200, 2000):
            for label in ("Quét mã", prose(60), "", token(300)):
                address = "https://a.vn/" + token(n)
                self.check(bundle(prose(30), {"type": "qr", "url": address, **({"label": label} if label else {})}, prose(30)),
                           EITHER, wants=[prose(30), label or address], says="E0640|E0613")
        self.check(bundle({"type": "qr", "url": "https://a.vn/" + token(5000), "label": "a"}), REFUSED)


class Charts(Blocks):
    def rows(self, n, series=1, label=lambda i: f"Mục {i}", value=lambda i, k: (i * 37 + k * 11) % 90 + 1):
        return [[label(i)] + [value(i, k) for k in range(series)] for i in range(n)]

    def heads(self, series, title=lambda k: f"Loạt {k}"):
        return ["Nhóm"] + [title(k) for k in range(series)]

    def both(self, *args, **more):
        """In columns and across the page; charts are not divided, so one that no page holds is refused."""
        for span in SPANS:
            self.check(bundle(prose(30), chart(*args, **more, span=span), "Hết."), EITHER, says="E0613")

    def test_limits(self):
        for n, series in ((1, 1), (40, 1), (40, 6), (1, 6)):
            self.both("bar", self.heads(series), self.rows(n, series))
            self.both("bar", self.heads(series), self.rows(n, series), stacked=True)
        for n, series in ((2, 1), (200, 6), (200, 1)):
            self.both("line", self.heads(series), self.rows(n, series))
        for n in (1, 2, 6):
            self.both("share", self.heads(1), self.rows(n))
        self.check(bundle(chart("bar", self.heads(1), self.rows(41))), REFUSED)
        self.check(bundle(chart("bar", self.heads(7), self.rows(2, 7))), REFUSED)
        self.check(bundle(chart("share", self.heads(1), self.rows(7))), REFUSED)

    def test_long_labels(self):
        for kind, n in (("bar", 3), ("bar", 12), ("line", 12), ("share", 5)):
            series = 1 if kind == "share" else 3
            self.both(kind, self.heads(series, lambda k: prose(14, k)), self.rows(n, series, lambda i: prose(12, i)), title=prose(40),
                      note=prose(40), source=prose(20), unit=prose(5))
            self.both(kind, self.heads(series, lambda k: token(80)), self.rows(n, series, lambda i: token(70 + i)))

    def test_values(self):
        for value in (lambda i, k: -1 - i, lambda i, k: (-1) ** i * (i + k), lambda i, k: 10 ** (3 * i),
                      lambda i, k: 123456789012345 + i, lambda i, k: 0.001 * i, lambda i, k: "-" if i % 2 else i,
                      lambda i, k: 1000000 + i):
            for kind in ("bar", "line"):
                self.both(kind, self.heads(2), self.rows(5, 2, value=value))
        self.check(bundle(chart("share", self.heads(1), self.rows(3, value=lambda i, k: -1))), REFUSED, n_errors=3)
        for value in (0, "-"):
            self.check(bundle(chart("bar", self.heads(2), self.rows(5, 2, value=lambda i, k: value))), REFUSED, says="E0293")
        self.check(bundle(chart("line", self.heads(1), self.rows(1))), REFUSED, says="E0293")

    def test_heights(self):
        for height in ("1mm", "30mm", "250mm"):
            self.both("bar", self.heads(2), self.rows(6, 2), min_height=height, max_height=height)

    def test_titles_taller_than_a_page(self):
        self.check(bundle(chart("bar", self.heads(1), self.rows(3), title=prose(3000))), REFUSED, says="E0613")


class Articles(Blocks):
    def test_contents(self):
        """Five hundred articles: each in the list, with its page."""
        many = issue(*({"headline": f"Bài {i} {prose(4, i)}", "body": [prose(20, i)]} for i in range(500)), contents=True)
        self.check(many)

    def test_fillers(self):
        fillers = [{"id": f"f{i}", "title": f"Mẹo {i}", "body": [prose(8 + 5 * i, i)]} for i in range(32)]
        self.check(issue(*({"headline": f"Bài {i}", "body": [prose(200 + 31 * i, i)]} for i in range(12)), fillers=fillers,
                         imprint={"lines": [prose(20)]}))
        self.check(issue({"headline": "Bài", "body": ["Một."]}, fillers=fillers + fillers[:1]), REFUSED)
        tall = [{"id": "t", "title": prose(40), "body": [prose(3000)]}, {"id": "w", "title": token(300), "body": [token(300)]}]
        self.check(issue({"headline": "Bài", "body": [prose(300)]}, fillers=tall))

    def test_markdown(self):
        text = "\n\n".join([prose(30), "# " + prose(20), "- " + prose(9) + "\n  1. " + token(300), "> " + prose(40) + "\n> — " + prose(3),
                            "| A | B |\n|---|---:|\n" + "\n".join(f"| {prose(4, i)} | {i} |" for i in range(60)), token(300), "***",
                            "## " + token(300), *(prose(200, i) for i in range(10))])
        (self.folder / "a.md").write_text(text, encoding="utf-8")
        wanted = re.sub(r"(?m)^(#+|-|>|\d+\.|  1\.|[|*].*)|—", "", text)
        self.check(issue({"headline": "Bài", "body": {"file": "a.md"}}), wants=[wanted])

    def test_columns(self):
        heads = [f"Cột {i}" for i in range(30)]
        wide = bundle(table(heads, [[str(1000 + i) for i in range(30)]] * 3), prose(40))
        self.check(wide, REFUSED)
        self.check(bundle(table([""] * 29 + ["A"], [[""] * 29 + ["1"]] * 3, span="page"), prose(40)))

    def test_cell_taller_than_a_page(self):
        for span in SPANS:
            self.check(bundle(prose(60), table(["Tên", "Nội dung"], [["một", prose(3000)], ["hai", "ngắn"]], span=span), "Hết."))


class Limits(test_stress.Stress):
    def set(self, body):
        """The text of an issue that takes its time."""
        (self.folder / "bundle.json").write_text(json.dumps(bundle(*body)), encoding="utf-8")
        subprocess.run([test_stress.BANTIN, "render", "bundle.json", "-o", "out.pdf", "--quiet"], cwd=self.folder, check=True, timeout=300,
                       env={**os.environ, "SOURCE_DATE_EPOCH": "1712620800"})
        return subprocess.run(["pdftotext", "-raw", "out.pdf", "-"], cwd=self.folder, capture_output=True, check=True).stdout.decode()

    def test_most_blocks(self):
        n = 200000
        text = self.set(f"Đoạn {i}." for i in range(n))
        self.assertEqual([int(i) for i in re.findall(r"Đoạn (\d+)\.", text)], list(range(n)))

    def test_longest_paragraph(self):
        words = prose(200000).encode()[:1024 * 1024].decode(errors="ignore")
        self.assertFalse(test_stress.words_of(words) - test_stress.words_of(self.set([words])))


def main():
    test_stress.BANTIN = os.path.abspath(sys.argv.pop(1))
    done = subprocess.run([test_stress.BANTIN, "layouts", "--names"], capture_output=True, text=True, check=True)
    LAYOUTS.extend(done.stdout.split())
    test_matrix.BANTIN = test_stress.BANTIN
    test_matrix.FACES.update(test_matrix.faces())
    unittest.main()


if __name__ == "__main__":
    main()
