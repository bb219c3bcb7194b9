#!/usr/bin/env python3
"""Articles in Markdown, from outside: drawn as the same article in JSON is, every word on paper, and refused with the line of
the file.

usage: test_markdown.py BANTIN [TEST ...]      (unittest's own options)"""
import json, pathlib, re, shutil, subprocess, sys, tempfile, unicodedata, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASE = ROOT / "tests/golden/markdown"
BANTIN = ""

# tests/golden/markdown/articles/vay-von.md, as an editor would have to write it in the bundle.
SAME = [
    "Trong hai năm 2022 - 2023, Hội **Liên hiệp Phụ nữ** tỉnh đã giúp *662 khách hàng* vay vốn; xem thêm ở [trang của Hội]"
    "(https://example.org/vay-von) hoặc viết thư đến [hoi@example.org](mailto:hoi@example.org).",
    "Đoạn thứ hai có dấu sao viết ra \\*như thế này\\*, ngoặc \\[vuông\\], mã \\*không\\* nghiêng và 2 \\* 3 = 6.\n"
    "Dòng này bị ngắt ở chỗ người viết muốn.",
    {"type": "figure", "image": "images/a.svg", "alt": "Hai hình vuông",
     "caption": "Chú thích nằm ngay dưới hình, có **chữ đậm**."},
    {"type": "subheading", "text": "Điều kiện vay"},
    {"type": "bullets", "items": [
        "Là hội viên, sinh hoạt đều",
        {"text": "Có việc làm rõ ràng:", "items": ["chăn nuôi gia súc, gia cầm", "trồng trọt theo mùa vụ, có nơi tiêu thụ"]},
        "Được chi hội giới thiệu"]},
    {"type": "subheading", "text": "Các số chính", "level": 2},
    {"type": "table", "title": "Kết quả sau hai năm", "columns": [
        {"title": "Chỉ tiêu", "align": "left"}, {"title": "Năm 2022", "type": "number"}, {"title": "Năm 2023", "type": "number"},
        {"title": "Tỷ lệ", "type": "number", "align": "center"}],
     "rows": [["Dư nợ (tỷ đồng)", "344,6", "487,5", "+41,5%"], ["*Khách hàng*", "618", "1.280", "+107,1%"],
              ["Nợ xấu", "-", "0,4", "-"]]},
    {"type": "quote", "text": "“Có vốn, chị em mới dám nghĩ đến **chuyện lớn**.”", "by": "Bà Nguyễn Thị A, chủ nhiệm nhóm"},
    {"type": "rule"},
    {"type": "numbers", "items": [
        {"value": 662, "label": "khách hàng vay vốn"}, {"value": "51,6", "unit": "tỷ đồng", "label": "giải ngân trong hai năm"}]},
    "Đoạn cuối của bài nói thêm rằng người viết không cần biết JSON: một tệp chữ thường, gõ trong trình soạn thảo nào cũng "
    "được, là đủ để có tiêu đề nhỏ, danh sách, bảng, hình và lời trích.",
]


class Markdown(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(CASE, self.folder, dirs_exist_ok=True)
        self.bundle = json.loads((CASE / "bundle.json").read_text(encoding="utf-8"))

    def run_bantin(self, *args):
        return subprocess.run([BANTIN, *args], cwd=self.folder, capture_output=True, text=True)

    def render(self):
        (self.folder / "bundle.json").write_text(json.dumps(self.bundle, ensure_ascii=False), encoding="utf-8")
        return self.run_bantin("render", "bundle.json", "-o", "out.pdf", "--dump", "out.dump")

    def article(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        (self.folder / "articles/vay-von.md").write_bytes(data)
        return self.render()

    def drawn(self):
        """The dump without the places of the values."""
        return re.sub(r' at "[^"]*"', "", (self.folder / "out.dump").read_text(encoding="utf-8"))

    def refused(self, text, status, *said):
        shutil.rmtree(self.folder / "out.pdf", ignore_errors=True)
        run = self.article(text)
        self.assertEqual(run.returncode, status, run.stderr)
        for line in said:
            self.assertIn(line, run.stderr)
        self.assertFalse((self.folder / "out.pdf").exists())

    def test_same_as_json(self):
        self.assertEqual(self.render().returncode, 0)
        from_markdown = self.drawn()
        self.bundle["articles"][0]["body"] = SAME
        self.assertEqual(self.render().returncode, 0)
        self.assertEqual(from_markdown, self.drawn())

    def test_line_ends_and_mark(self):
        """However an editor's program saves a text, the drawing is the same."""
        text = (CASE / "articles/vay-von.md").read_text(encoding="utf-8")
        self.assertEqual(self.article(text).returncode, 0)
        wanted = self.drawn()
        for other in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text,
                      unicodedata.normalize("NFD", text), text.rstrip("\n")):
            run = self.article(other)
            self.assertEqual(run.returncode, 0, run.stderr)
            composed = unicodedata.normalize("NFC", self.drawn())
            self.assertEqual(composed, wanted)

    def test_every_word_is_on_paper(self):
        self.assertEqual(self.render().returncode, 0)
        text = subprocess.run(["pdftotext", "out.pdf", "-"], cwd=self.folder, capture_output=True, check=True).stdout.decode()
        source = re.sub(r"```.*?```", "", (CASE / "articles/vay-von.md").read_text(encoding="utf-8"), flags=re.S)
        source = re.sub(r"\]\([^)]*\)|<br>|[`>|*\\\[\]!]|<|—|\|[-:| ]+\||^[#:-]+ ", " ", source, flags=re.M)
        for word in re.findall(r"\w+", source):
            self.assertIn(unicodedata.normalize("NFC", word), unicodedata.normalize("NFC", text))

    def test_refusals_name_the_line(self):
        self.refused("Một\n\nhai <b>ba</b>\n", 3, "articles/vay-von.md:3:5: error E0911: HTML is not read: <b>")
        self.refused("Một ![x](../images/khong-co.svg)\n", 3, "articles/vay-von.md:1:5: error E0931:")
        self.refused("Một\n\n![x](../images/khong-co.svg)\n", 3, "articles/vay-von.md:3:1: error", "khong-co.svg")
        self.refused("Một [liên kết](bai-hai.md)\n", 3, "articles/vay-von.md:1:1: error E0601:")
        self.refused("Ghi chú[^3].\n", 3, "articles/vay-von.md:1:1: error E0942: [^3] refers to note 3")
        self.refused('```bantin\n{"type": "figure",\n "imag": "x"}\n```\n', 3, "articles/vay-von.md:3:2: /imag: error E0202:")
        self.refused(b"M\xe9t", 3, "articles/vay-von.md:1:2: error E0906:")
        self.refused("x" * (1024 * 1024 + 1), 3, "error E0903:", "1024 KB")

    def test_all_errors_at_once(self):
        self.bundle["articles"][1]["headlin"] = "x"
        self.refused("<i>a</i>\n\n    b\n", 3, "vay-von.md:1:1: error E0911", "vay-von.md:3:5: error E0912",
                     "/articles/1/headlin: error E0202")

    def test_no_file(self):
        self.bundle["articles"][0]["body"] = {"file": "articles/vay-vốn.md"}
        run = self.render()
        self.assertEqual(run.returncode, 3)
        self.assertIn("/articles/0/body/file: error E0217: there is no file 'articles/vay-vốn.md'; did you mean 'articles/vay-von.md'?", run.stderr)
        self.bundle["articles"][0]["body"] = {"file": "articles"}
        self.assertEqual(self.render().returncode, 3)

    def test_validate(self):
        self.assertIn("good; 1 page", self.run_bantin("validate", "bundle.json").stdout)
        (self.folder / "articles/vay-von.md").write_text("<i>a</i>\n")
        run = self.run_bantin("validate", "bundle.json")
        self.assertEqual((run.returncode, run.stderr.count("error")), (3, 1))


if __name__ == "__main__":
    BANTIN = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
