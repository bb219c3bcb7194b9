#!/usr/bin/env python3
"""Long tables as they stand on paper: every number where and as it should be, on every part.

usage: test_tables.py BANTIN [TEST ...]      (unittest's own options)
All is read from the dump: what was drawn, where, and for which value of the bundle."""
import decimal, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYOUTS = ("bulletin-19x27", "a4-two-column")
BANTIN = ""
N_ROWS, N_GROUPS = 166, 7
QUOTED = r'"((?:[^"\\]|\\.)*)"'
GLYPHS = re.compile(r"glyphs (-?\d+) (-?\d+) \S+ \d+ .*? width (-?\d+) tag (\S+)(?: at " + QUOTED + ")? " + QUOTED + r" \[(.*)\]$")
HAIR = 64  # rounding of widths [sp]


def vietnamese(number):
    """1234.50 as 1.234,50."""
    sign, whole, fraction = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?", str(number)).groups()
    whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    return sign + whole + ("," + fraction if fraction else "")


def english(number):
    return vietnamese(number).translate(str.maketrans(".,", ",."))


def rounded(number, decimals):
    return decimal.Decimal(number).quantize(decimal.Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_UP)


class Piece:
    """A stretch of glyphs."""
    def __init__(self, page, groups):
        x, y, width, tag, at, text, glyphs = groups
        self.page, self.x, self.y, self.width, self.tag, self.at, self.text = page, int(x), int(y), int(width), tag, at or "", text
        self.offsets = [int(g.partition("@")[2].partition(":")[0]) for g in glyphs.split()]

    def sign_x(self, sign):
        """Where the fraction begins; the end of a whole number."""
        i = self.text.find(sign)
        return self.x + (self.offsets[i] if i >= 0 else self.width)


class Frame:
    def __init__(self, page, x, y, width, height):
        self.page, self.x, self.y, self.width, self.height = page, x, y, width, height

    def holds(self, piece):
        slack = 65536 // 10  # the report's millimetres are rounded
        return (piece.page == self.page and self.x - slack <= piece.x < self.x + self.width and
                self.y < piece.y <= self.y + self.height)


class Tables(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-tables-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def render(self, body, layout, lang="vi-VN"):
        """Messages, and the pieces of the drawing in order; the frames of the tables' parts."""
        bundle = {"bantin": 1, "lang": lang, "masthead": {"title": "Bản tin"}, "articles": [{"headline": "Số liệu", "body": body}]}
        source, dump, report = (self.folder / name for name in ("bundle.json", "out.dump", "out.json"))
        source.write_text(json.dumps(bundle, ensure_ascii=False).replace('"#', "").replace('#"', ""), encoding="utf-8")
        run = subprocess.run([BANTIN, "render", source, "-o", self.folder / "out.pdf", "--dump", dump, "--report", report,
                              "--layout", layout], cwd=ROOT, capture_output=True, text=True,
                             env={**os.environ, "LC_ALL": "C", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1712620800"})
        self.assertEqual(run.returncode, 0, run.stderr)
        pieces, page = [], 0
        for line in dump.read_text(encoding="utf-8").splitlines():
            if line.startswith("page "):
                page = int(line.split()[1])
            elif line.startswith("glyphs "):
                pieces.append(Piece(page, GLYPHS.match(line).groups()))
        return run.stderr, pieces, self.frames(json.loads(report.read_text(encoding="utf-8")))

    @staticmethod
    def frames(report):
        sp = 65536 * 72 / 25.4  # a millimetre
        return [Frame(page["page"], *(round(frame[k] * sp) for k in ("x", "y", "width", "height")))
                for page in report["pages"] for frame in page["frames"] if frame["kind"] == "table"]


def number(text):
    """A number in just these digits; a JSON library would write its own."""
    return f"#{text}#"


def yearly_table():
    """166 rows of villages in seven groups, each with a subhead and a total, and a grand total. Amounts have decimals that binary
    fractions do not hold."""
    rows, kinds, part, whole = [], [], [0, decimal.Decimal(0)], [0, decimal.Decimal(0)]
    for i in range(N_ROWS):
        if i % (N_ROWS // N_GROUPS + 1) == 0:
            if i:
                rows.append({"cells": ["Cộng", number(part[0]), number(part[1]), ""], "kind": "total"})
            rows.append({"cells": [f"Huyện thứ {len(rows)}"], "kind": "subhead"})
            part = [0, decimal.Decimal(0)]
        people, amount = 17 + i * 211, decimal.Decimal(i * 7919 % 100000 - 3000) / 100
        for sums in (part, whole):
            sums[0] += people
            sums[1] += amount
        name = f"Xã số {i + 1}" + (" có tên dài đến mức ô của nó phải có hai dòng trong cột" if i % 13 == 5 else "")
        share = ("-", "4%", f"{i},{i % 10}%")[i % 3]
        rows.append([name, number(people), number(amount), share])
    rows.append({"cells": ["Cộng", number(part[0]), number(part[1]), ""], "kind": "total"})
    rows.append({"cells": ["Toàn tỉnh", number(whole[0]), number(whole[1]), ""], "kind": "total"})
    columns = [{"title": "Xã"}, {"title": "Số hộ", "type": "number", "group": "Dư nợ"},
               {"title": "Số tiền", "unit": "tỷ đồng", "type": "number", "group": "Dư nợ"}, {"title": "Tỷ lệ", "type": "number"}]
    return {"type": "table", "id": "du-no", "title": "Dư nợ theo xã", "columns": columns, "rows": rows, "expect_sum": True,
            "total": {"label": "Tổng cộng", "columns": [1, 2]}, "note": "Ghi chú của bảng."}


def plain(cell):
    return cell.strip("#") if isinstance(cell, str) and cell.startswith("#") else None


class LongTable(Tables):
    BODY_I = 1

    def parts(self, pieces, frames):
        """The pieces of each part, and of each of its rows by number."""
        at_row = re.compile(rf"/articles/0/body/{self.BODY_I}/(?:rows/(\d+)|(total))")
        for frame in frames:
            own = [p for p in pieces if frame.holds(p)]
            rows = {}
            for p in own:
                m = at_row.match(p.at)
                if m:
                    rows.setdefault(int(m[1]) if m[1] else 10**6, []).append(p)
            yield own, rows

    def each_layout(self):
        table = yearly_table()
        for layout in LAYOUTS:
            for span in ("column", "page"):
                with self.subTest(layout=layout, span=span):
                    said, pieces, frames = self.render(["Một đoạn mở đầu.", {**table, "span": span}, "Hết."], layout)
                    self.assertNotIn("E0", said)
                    self.assertNotIn("W0279", said)
                    self.assertGreater(len(frames), 2)
                    yield table, list(self.parts(pieces, frames)), pieces

    def test_every_row_is_there_once(self):
        for table, parts, _ in self.each_layout():
            seen = [i for _, rows in parts for i in rows]
            self.assertEqual(seen, list(range(len(table["rows"]))) + [10**6])

    def test_head_on_each_part(self):
        for _, parts, _ in self.each_layout():
            for i, (own, _) in enumerate(parts):
                text = " ".join(p.text for p in own)
                for word in ("Xã", "Dư nợ", "Số hộ", "Số tiền", "(tỷ đồng)", "Tỷ lệ"):
                    self.assertIn(word, text)
                heads = [p for p in own if "/columns/" in p.at and "/total/" not in p.at]
                self.assertEqual({p.tag == "-" for p in heads}, {i > 0}, "the head is read once")
                self.assertEqual("(tiếp theo)" in text, i > 0)

    def test_numbers_are_as_documented(self):
        for table, parts, _ in self.each_layout():
            drawn = {p.at: p.text for own, _ in parts for p in own}
            for r, row in enumerate(table["rows"]):
                cells, where = (row["cells"], "/cells") if isinstance(row, dict) else (row, "")
                for c, cell in enumerate(cells[1:], 1):
                    want = vietnamese(plain(cell)) if plain(cell) else cell
                    self.assertEqual(drawn.get(f"/articles/0/body/{self.BODY_I}/rows/{r}{where}/{c}", ""), want)

    def test_computed_total(self):
        for table, parts, _ in self.each_layout():
            drawn = {p.at: p.text for own, _ in parts for p in own}
            for i, c in enumerate((1, 2)):
                want = sum(decimal.Decimal(plain(row[c])) for row in table["rows"] if isinstance(row, list))
                self.assertEqual(drawn[f"/articles/0/body/{self.BODY_I}/total/columns/{i}"], vietnamese(want))

    def test_no_row_is_split_and_no_total_alone(self):
        for table, parts, _ in self.each_layout():
            for _, rows in parts:
                kinds = [None if i == 10**6 or isinstance(table["rows"][i], list) else table["rows"][i]["kind"] for i in rows]
                self.assertNotIn(kinds[0], ("total",), "a total at a column's head")
                self.assertNotEqual(kinds[-1], "subhead", "a subhead at a column's foot")
                self.assertNotIn(next(iter(rows)), (10**6,))
                baselines = [min(p.y for p in pieces) for pieces in rows.values()]
                self.assertEqual(baselines, sorted(baselines))

    def test_no_lone_row_at_a_foot_or_head(self):
        """However far down the page it begins: the first part and the last have two rows at least beside subheads and totals."""
        rows = [{"cells": ["Nhóm"], "kind": "subhead"}] + [[f"Thôn {i}", str(i)] for i in range(30)]
        table = {"type": "table", "title": "Bảng", "span": "page", "rows": rows,
                 "columns": [{"title": "Nơi"}, {"title": "Số", "type": "number"}]}
        for n in range(54, 92):
            with self.subTest(paragraphs=n):
                self.BODY_I = n
                _, pieces, frames = self.render(["Một dòng."] * n + [table, "Hết."], LAYOUTS[0])
                for _, own in self.parts(pieces, frames):
                    self.assertGreaterEqual(len([i for i in own if i]), 2)

    def test_note_stays_with_the_last_row(self):
        for _, parts, _ in self.each_layout():
            own, rows = parts[-1]
            self.assertIn("Ghi chú của bảng.", [p.text for p in own])
            self.assertIn(10**6, rows)

    def test_numbers_stand_on_their_decimal_sign(self):
        for table, parts, _ in self.each_layout():
            for own, _ in parts:
                for c in (1, 2, 3):
                    cells = [p for p in own if re.search(rf"/rows/\d+(/cells)?/{c}$", p.at)]
                    signs = [p.sign_x(",") if "," in p.text else p.x + p.width - (0 if "%" not in p.text else p.width - p.offsets[-1])
                             for p in cells]
                    self.assertLessEqual(max(signs) - min(signs), HAIR, f"column {c}")

    def test_a_wrong_total_is_reported(self):
        table = yearly_table()
        i = next(i for i, row in enumerate(table["rows"]) if isinstance(row, dict) and row["kind"] == "total")
        right = plain(table["rows"][i]["cells"][2])
        table["rows"][i]["cells"][2] = number(decimal.Decimal(right) + decimal.Decimal("0.01"))
        said, _, _ = self.render(["Một đoạn.", table], LAYOUTS[0])
        self.assertEqual(re.findall(r": (/\S+): warning W0279: .* (?:add up to) (\S+);", said),
                         [(f"/articles/0/body/1/rows/{i}/cells/2", re.sub(r"\.?0+$", "", right))])


class Numbers(Tables):
    VALUES = ["487.50", "1234567", "-0.5", "-0.04", "0.05", "0.15", "2.5", "999.95", "-1234.5678", "0", "12345678901234567890.25"]

    def drawn(self, lang, **column):
        table = {"type": "table", "columns": [{"title": "Số"}, {"title": "Giá trị", "type": "number", **column}],
                 "rows": [["x", number(v)] for v in self.VALUES]}
        _, pieces, _ = self.render([table], LAYOUTS[0], lang)
        return [p.text for p in pieces if re.search(r"/rows/\d+/1$", p.at)]

    def test_digits_are_kept(self):
        self.assertEqual(self.drawn("vi-VN"), [vietnamese(v) for v in self.VALUES])
        self.assertEqual(self.drawn("en-GB"), [english(v) for v in self.VALUES])

    def test_rounded_half_away_from_zero(self):
        for decimals in (0, 1, 3):
            want = [vietnamese(rounded(v, decimals)) for v in self.VALUES]
            want = [w.lstrip("-") if not re.search("[1-9]", w) else w for w in want]
            self.assertEqual(self.drawn("vi-VN", decimals=decimals), want)


class Cells(Tables):
    def test_cell_taller_than_a_page(self):
        words = [f"từ{i}" for i in range(4000)]
        for layout in LAYOUTS:
            for span in ("column", "page"):
                with self.subTest(layout=layout, span=span):
                    table = {"type": "table", "title": "Ô cao", "span": span, "columns": [{"title": "TT"}, {"title": "Nội dung"}],
                             "rows": [["1", "ngắn"], ["2", " ".join(words)], ["3", "ngắn"], {"cells": ["", "Cộng"], "kind": "total"}]}
                    _, pieces, frames = self.render(["Một đoạn.", table, "Hết."], layout)
                    drawn = " ".join(p.text for p in pieces if p.at.endswith("/rows/1/1")).split()
                    self.assertEqual(drawn, words)
                    self.assertGreater(len(frames), 2)
                    for frame in frames:
                        text = [p.text for p in pieces if frame.holds(p)]
                        self.assertIn("Nội dung", text)
                    self.assertEqual([p.y for p in pieces if p.at.endswith("/rows/2/1")],
                                     [p.y for p in pieces if p.at.endswith("/rows/2/0")])

    def test_too_wide_in_steps(self):
        def wide(n, **more):
            heads = [{"title": "Đơn vị"}] + [{"title": f"Tháng {i}", "type": "number", "group": f"Quý {(i + 2) // 3}"} for i in range(1, n)]
            return {"type": "table", "columns": heads, "rows": [["Huyện"] + [1000 + i for i in range(1, n)]] * 3, **more}
        for n, codes in ((5, []), (9, ["W0616"]), (16, ["W0616", "W0617"]), (19, ["W0616", "W0617", "W0618"])):
            with self.subTest(columns=n):
                said, pieces, _ = self.render([wide(n)], "bulletin-19x27")
                self.assertEqual(re.findall(r"W061[678]", said), codes)
                self.assertEqual(len({p.at for p in pieces if "/rows/" in p.at}), 3 * n)
        said, _, _ = self.render([wide(9, span="page")], "bulletin-19x27")
        self.assertEqual(re.findall(r"W061[678]", said), [])


def main():
    global BANTIN
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
