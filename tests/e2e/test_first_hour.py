#!/usr/bin/env python3
"""An editor's first hour: the starter bundle, and one mistake after the other in it.

usage: test_first_hour.py BANTIN [TEST ...]      (unittest's own options)

Each mistake must give exactly one error, at the place where it was made, with a remedy, in English and in Vietnamese, and
no PDF; the exit status is that of wrong input.
"""
import json, os, pathlib, pty, re, shutil, struct, subprocess, sys, tempfile, unicodedata, unittest, zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ""
MESSAGE = re.compile(r"(?:(?P<file>[^:]*):(?:(?P<line>\d+):(?P<column>\d+):)? )?(?P<pointer>/\S+: )?(?:bantin: )?"
                     r"(?P<severity>error|warning|note|lỗi|cảnh báo|lưu ý) (?P<code>[EWN]\d{4}): (?P<text>.*)")


def run(*args, cwd, env=None, **more):
    environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
    environment.update(env or {})
    return subprocess.run([BANTIN, *map(str, args)], cwd=cwd, env=environment, capture_output=True, **{"text": True, **more})


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height)) + chunk(b"IEND", b""))


class Hour(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.assertEqual(self.bantin("new", "my").returncode, 0)
        self.my = self.folder / "my"
        self.bundle = self.my / "bundle.json"

    def bantin(self, *args, **more):
        return run(*args, cwd=self.folder, **more)

    def edit(self, old, new, path=None):
        """Changes the one place that reads so; line and column of the first character that differs, counted from 1."""
        path = path or self.bundle
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        at = text.index(old) + same
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[:at].count("\n") + 1, at - (text.rfind("\n", 0, at) + 1) + 1

    def place_of(self, words, path=None):
        text = (path or self.bundle).read_text(encoding="utf-8")
        self.assertEqual(text.count(words), 1, words)
        at = text.index(words)
        return text[:at].count("\n") + 1, at - (text.rfind("\n", 0, at) + 1) + 1

    def messages(self, done):
        found = []
        for line in done.stderr.splitlines():
            match = MESSAGE.fullmatch(line)
            self.assertTrue(match, line)
            found.append(match)
        return found

    def mistake(self, place, code, english, vietnamese, *options, file="my/bundle.json"):
        """place: (line, column) that the one error names, None where no file has it. Both languages, both commands."""
        for lang, words, severity in (("en", english, "error"), ("vi", vietnamese, "lỗi")):
            done = self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--lang", lang, *options)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertFalse((self.folder / "my.pdf").exists())
            messages = self.messages(done)
            self.assertEqual(len(messages), 1, done.stderr)
            said = messages[0]
            self.assertEqual((said["code"], said["severity"]), (code, severity), done.stderr)
            self.assertIn(words, said["text"])
            if place:
                self.assertEqual((said["file"], int(said["line"]), int(said["column"])), (file, *place), done.stderr)
            checked = self.bantin("validate", "my/bundle.json", "--lang", lang, *options)
            self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (3, "", done.stderr))

    def remark(self, code, english, vietnamese, *options):
        """A PDF comes out, and one warning or note says what was done; --strict ends with 1 for a warning."""
        for lang, words in (("en", english), ("vi", vietnamese)):
            done = self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--strict", "--lang", lang, *options)
            messages = self.messages(done)
            self.assertEqual([m["code"] for m in messages], [code], done.stderr)
            self.assertIn(words, messages[0]["text"])
            self.assertEqual(done.returncode, 1 if code[0] == "W" else 0)
            self.assertEqual(self.bantin("render", "my/bundle.json", "-o", "my.pdf").returncode, 0)


class Starter(Hour):
    def test_as_it_is(self):
        done = self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--strict")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        about = subprocess.run(["pdfinfo", str(self.folder / "my.pdf")], capture_output=True, text=True, check=True).stdout
        self.assertRegex(about, r"(?m)^Pages: +2$")
        text = subprocess.run(["pdftotext", str(self.folder / "my.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        for words in ("Vườn chung sau nhà văn hóa", "Gửi bài cho bản tin", "tổ tiết kiệm", "121,5", "Số lượng: 300 bản"):
            self.assertIn(words, " ".join(text.split()))

    def test_what_the_note_says(self):
        note = (self.my / "LUU-Y.txt").read_text(encoding="utf-8")
        self.assertLessEqual(len(note.splitlines()), 25)
        commands = re.findall(r"(?m)^ {4}bantin (.*?)(?:  |$)", note)
        self.assertEqual([c.split()[0] for c in commands], ["validate", "render", "render", "layouts"])
        for command in commands:
            self.assertEqual(self.bantin(*command.split()).returncode, 0, command)
        for name in ("bundle.json", "articles/bep-an.md", "images/"):
            self.assertIn(name, note)
            self.assertTrue((self.my / name).exists())

    def test_change_text(self):
        self.edit("Lịch sinh hoạt quý I\",\n", "Lịch sinh hoạt quý Một\",\n")
        self.assertEqual(self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--strict").returncode, 0)

    def test_again(self):
        for name in ("a.pdf", "b.pdf", "a.pdf"):
            self.assertEqual(self.bantin("render", "my/bundle.json", "-o", name).returncode, 0)
        self.assertEqual((self.folder / "a.pdf").read_bytes(), (self.folder / "b.pdf").read_bytes())


class Keys(Hour):
    def test_mistyped(self):
        self.edit('"headline": "Chợ', '"headlin": "Chợ')
        self.mistake(self.place_of('"headlin"'), "E0202", 'did you mean "headline"?', 'có phải bạn định viết "headline" không?')

    def test_mistyped_at_the_top(self):
        """One letter takes all articles away, and with them what the highlights refer to: still one error."""
        self.edit('"articles": [', '"article": [')
        self.mistake(self.place_of('"article": ['), "E0202", 'did you mean "articles"?', 'có phải bạn định viết "articles" không?')

    def test_mistyped_in_a_figure(self):
        self.edit('"image"', '"imgae"')
        self.mistake(self.place_of('"imgae"'), "E0202", 'did you mean "image"?', 'có phải bạn định viết "image" không?')

    def test_unknown(self):
        self.edit('"byline": "Ban biên tập"', '"author": "Ban biên tập"')
        self.mistake(self.place_of('"author"'), "E0201", 'delete it, or use one of "id"', 'hãy xóa khóa này, hoặc dùng một trong các khóa "id"')

    def test_block_type(self):
        self.edit('"type": "bullets"', '"type": "bullet"')
        self.mistake(self.place_of('"bullet"'), "E0243", 'did you mean "bullets"?', 'có phải bạn định viết "bullets" không?')

    def test_empty_headline(self):
        self.edit('"headline": "Lịch sinh hoạt quý I"', '"headline": ""')
        self.mistake(self.place_of('"",\n'), "E0224", "write it", "hãy viết vào")

    def test_id_twice(self):
        self.edit('"id": "tiet-kiem"', '"id": "cho-que"')
        line, column = self.place_of('"cho-que", "kicker": "Kinh')
        self.mistake((line, column), "E0235", "give this article another id", "hãy đặt mã khác cho bài này")

    def test_wrong_date(self):
        self.edit("2025-01-15", "2025-02-30")
        self.mistake(self.place_of('"2025-02-30"'), "E0231", "month 2 of 2025 has 28 days", "tháng 2 năm 2025 có 28 ngày")

    def test_no_layout(self):
        self.edit("bulletin-19x27", "bulletin-19x72")
        self.mistake(self.place_of('"bulletin-19x72"'), "E0302", 'did you mean "bulletin-19x27"?', 'có phải bạn định viết "bulletin-19x27" không?')

    def test_no_layout_named_on_the_line(self):
        self.mistake(None, "E0301", 'use one of "a4-three-column", "a4-two-column", "a5-one-column", "bulletin-19x27"',
                     'hãy dùng một trong các mẫu "a4-three-column"', "--layout", "a3")

    def test_no_palette(self):
        self.mistake(None, "E0364", 'did you mean "mono"?', 'có phải bạn định viết "mono" không?', "--palette", "monoo")

    def test_note_without_a_note(self):
        self.edit('"Phiên chợ năm nay', '"Phiên chợ[^1] năm nay')
        self.mistake(self.place_of('"Phiên chợ[^1]'), "E0266", 'the article has none in "notes"', 'trong "notes" của bài không có chú thích nào')


class Json(Hour):
    def test_comma_missing(self):
        line, column = self.edit('"lang": "vi-VN",', '"lang": "vi-VN"')
        self.mistake((line, column), "E0114", "is a comma missing here, at the end of the line?", "thiếu một dấu phẩy không?")

    def test_comma_too_many(self):
        line, column = self.edit('"Lưu hành nội bộ"\n', '"Lưu hành nội bộ",\n')
        self.mistake((line, column), "E0112", "delete this comma", "hãy xóa dấu phẩy này")

    def test_smart_quotes(self):
        line, column = self.edit('"kicker": "Đời sống"', '"kicker": “Đời sống”')
        self.mistake((line, column), "E0127", "type the straight mark", "hãy gõ dấu nháy kép thẳng")

    def test_quotes_inside(self):
        line, column = self.edit("rộn tiếng cười", 'rộn "tiếng" cười')
        self.mistake((line, column), "E0116", 'write \\" for it', 'hãy viết \\" thay cho nó')

    def test_word_file(self):
        self.bundle.write_bytes(b"PK\x03\x04" + bytes(60))
        self.mistake(None, "E0102", "give bantin a JSON file", "hãy đưa cho bantin một tệp JSON")

    def test_other_encoding(self):
        self.bundle.write_text(self.bundle.read_text(encoding="utf-8"), encoding="utf-16")
        self.mistake(None, "E0103", "save it again with the encoding UTF-8", "lưu lại với bảng mã UTF-8")


class Tables(Hour):
    def test_column_too_many(self):
        self.edit('["Thôn Đoài", 7, 31.2]', '["Thôn Đoài", 7, 31.2, 4]')
        self.mistake(self.place_of('["Thôn Đoài"'), "E0254", 'delete what is too much, or add to "columns"', 'hãy xóa phần thừa, hoặc thêm cột vào "columns"')

    def test_decimal_comma(self):
        """As every Vietnamese writes it: 31,2 reads as two cells."""
        self.edit('["Thôn Đoài", 7, 31.2]', '["Thôn Đoài", 7, 31,2]')
        self.mistake(self.place_of("31,2]"), "E0215", "write it with a point, 31.2", "hãy viết với dấu chấm, 31.2")

    def test_words_among_numbers(self):
        self.edit("31.2]", '"nhiều"]')
        self.mistake(self.place_of('"nhiều"]'), "E0261", 'write a number such as 20.337 or 487,5, or "-"', 'hãy viết một số như 20.337 hoặc 487,5')

    def test_too_wide(self):
        bundle = json.loads(self.bundle.read_text(encoding="utf-8"))
        columns = [{"title": f"Nghiêng{i}"} for i in range(30)]
        bundle["articles"][1]["body"][2] = {"type": "table", "columns": columns, "rows": [["1"] * 30]}
        self.bundle.write_text(json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8")
        line, _ = self.place_of('"title": "Nghiêng0"')
        self.mistake((line - 4, 5), "E0619", "shorten its head words, or split it", "hãy rút ngắn chữ ở đầu cột, hoặc chia bảng ra")

    def test_chart_of_text(self):
        chart = {"type": "chart", "kind": "bar", "title": "T",
                 "table": {"columns": [{"title": "A"}, {"title": "B"}], "rows": [["x", "nhiều"], ["y", "ít"]]}}
        self.edit('{"type": "quote"', json.dumps(chart, ensure_ascii=False) + ', {"type": "quote"')
        self.mistake(self.place_of('{"type": "chart"'), "E0297", 'as in "y": [1]', 'như "y": [1]')


class Pictures(Hour):
    def picture(self, name, bytes=None, old="images/non-la.svg"):
        if bytes is not None:
            (self.my / name).write_bytes(bytes)
        self.edit(f'"{old}"', json.dumps(name, ensure_ascii=False))
        return self.place_of(json.dumps(name, ensure_ascii=False))

    def test_lost(self):
        (self.my / "images/non-la.svg").unlink()
        self.mistake(self.place_of('"images/non-la.svg"'), "E0501", "put the file there or correct its name", "hãy đặt tệp vào đó, hoặc sửa lại tên")

    def test_other_case(self):
        self.mistake(self.picture("images/Non-La.SVG"), "E0502", "did you mean 'my/images/non-la.svg'?", "có phải bạn định viết 'my/images/non-la.svg' không?")

    def test_accents_of_a_mac(self):
        name = "images/ảnh nón lá.svg"
        shutil.move(self.my / "images/non-la.svg", self.my / unicodedata.normalize("NFD", name))
        self.mistake(self.picture(name), "E0219", "rename that file", "hãy đổi tên tệp ấy")

    def test_blanks_and_accents(self):
        shutil.move(self.my / "images/non-la.svg", self.my / "images/ảnh nón lá.svg")
        self.picture("images/ảnh nón lá.svg")
        self.assertEqual(self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--strict").returncode, 0)

    def test_outside(self):
        self.mistake(self.picture("../non-la.svg"), "E0228", "put the file into that folder", "hãy đặt tệp vào thư mục ấy")

    def test_backslash(self):
        self.mistake(self.picture("images\\non-la.svg"), "E0229", "write / between folders", "hãy viết / giữa các thư mục")

    def test_other_kind(self):
        self.mistake(self.picture("images/a.jpg", b"GIF89a" + bytes(40)), "E0504", "export it as PNG or JPEG", "hãy xuất thành PNG hoặc JPEG")

    def test_too_small(self):
        self.mistake(self.picture("images/a.png", png(160, 100)), "E0657", "use a larger file (it has 160 x 100 pixels",
                     "hãy dùng ảnh lớn hơn (tệp này có 160 x 100")
        for command in (["render", "my/bundle.json", "-o", "my.pdf"], ["validate", "my/bundle.json"]):
            done = self.bantin(*command, "--rendition", "screen")
            self.assertEqual((done.returncode, [m["code"] for m in self.messages(done)]), (0, ["W0605"]), done.stderr)
        (self.my / "images/a.png").write_bytes(png(700, 440))
        self.remark("W0605", "use a larger file (it has 700 x 440 pixels", "hãy dùng ảnh lớn hơn (tệp này có 700 x 440")

    def test_no_description(self):
        self.edit(', "alt": "Hình vẽ một chiếc nón lá trước cánh đồng và dãy núi"', "")
        self.remark("W0602", 'describe what is seen in "alt"', 'hãy tả những gì thấy trong ảnh vào "alt"')

    def test_no_black(self):
        self.edit('"bulletin-19x27"', '"spot.json"')
        spot = {"spot": "PANTONE 227 C", "cmyk": [0, 100, 10, 20]}
        layout = {"bantin_layout": 1, "name": "spot", "extends": "bulletin-19x27", "palette": "one", "plates": {"one": 1},
                  "colors": {"ink": {"cmyk": [0, 0, 0, 100]}}, "palettes": {"one": {}}}
        base = json.loads((ROOT / "layouts/base.json").read_text(encoding="utf-8"))
        layout["palettes"]["one"] = {name: spot for name in base["colors"] if name != "paper"} | {"ink": spot}
        (self.my / "spot.json").write_text(json.dumps(layout), encoding="utf-8")
        self.remark("W0620", 'allow it in "plates"', 'hãy tăng số bản trong "plates"')


class Markdown(Hour):
    def article(self, text):
        (self.my / "articles/bep-an.md").write_text(text, encoding="utf-8")

    def test_lost(self):
        (self.my / "articles/bep-an.md").unlink()
        self.mistake(self.place_of('"articles/bep-an.md"'), "E0901", "put it there, or correct its name", "hãy đặt tệp vào đó, hoặc sửa lại tên")

    def test_misnamed(self):
        self.edit("articles/bep-an.md", "articles/bep_an.md")
        self.mistake(self.place_of('"articles/bep_an.md"'), "E0217", "did you mean 'my/articles/bep-an.md'?", "có phải bạn định viết 'my/articles/bep-an.md' không?")

    def test_html(self):
        self.article("Chào <b>bạn</b>.\n")
        self.mistake((1, 6), "E0911", "write it in Markdown", "hãy viết bằng Markdown", file="my/articles/bep-an.md")

    def test_cell_too_many(self):
        self.article("Xem bảng.\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n")
        self.mistake((5, 1), "E0926", "delete what is too much", "xóa phần thừa", file="my/articles/bep-an.md")

    def test_picture_beside_the_bundle(self):
        self.article("Xem hình.\n\n![Nón lá](images/non-la.svg)\n\n*Nón lá*\n")
        self.mistake((3, 1), "E0502", "did you mean '../images/non-la.svg'?", "có phải bạn định viết '../images/non-la.svg' không?", file="my/articles/bep-an.md")

    def test_word_file(self):
        (self.my / "articles/bep-an.md").write_bytes(b"PK\x03\x04" + bytes(60))
        self.mistake(None, "E0904", "save the text as plain text", "hãy lưu bài thành văn bản thuần")


class Texts(Hour):
    def test_long_token(self):
        self.edit("Phiên chợ năm nay", "a" * 300 + " Phiên chợ năm nay")
        self.remark("W0612", "shorten it or add a space", "hãy rút ngắn, hoặc thêm một dấu cách")

    def test_emoji(self):
        self.edit("Phiên chợ năm nay", "Phiên chợ 🎉 năm nay")
        self.remark("W0422", "replace the character", "hãy thay ký tự")

    def test_old_encoding(self):
        self.edit('"byline": "Ban biên tập"', '"byline": "Héi Liªn hiÖp Phô n÷"')
        self.remark("W0430", "add --convert-legacy", "hãy thêm --convert-legacy")
        self.remark("N0431", "was converted", "đã được đổi thành", "--convert-legacy")


class Files(Hour):
    def refused(self, status, words, *args, **more):
        done = self.bantin(*args, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)
        return done

    def test_bundle_named_wrong(self):
        self.refused(3, "E0217: there is no file 'my/bundle.jsn'; did you mean 'my/bundle.json'?", "render", "my/bundle.jsn")
        self.refused(3, "E0216: there is no file 'issue.json'; correct its name", "render", "issue.json")
        self.refused(3, "E0216: không có tệp 'issue.json'; hãy sửa lại tên", "render", "issue.json", "--lang", "vi")
        self.refused(3, "E0218: 'my' is a folder; name the bundle in it, as in my/bundle.json", "render", "my")
        self.refused(3, "E0218: 'my' là một thư mục; hãy nêu gói bài", "validate", "my", "--lang", "vi")

    def test_nowhere_to_write(self):
        self.refused(4, "cannot write 'no/such/my.pdf': there is no such folder; put that right", "render", "my/bundle.json", "-o", "no/such/my.pdf")
        self.refused(4, "không ghi được 'no/such/my.pdf': không có thư mục ấy", "render", "my/bundle.json", "-o", "no/such/my.pdf", "--lang", "vi")
        self.refused(4, "cannot write 'my': Is a directory", "render", "my/bundle.json", "-o", "my")
        self.refused(4, "a/b would stand in a folder that does not exist; make that one first", "new", "a/b")

    def test_nothing_of_the_editor_is_overwritten(self):
        """A slip of the hand after -o must not cost a bundle, an article or a picture."""
        before = {path: path.read_bytes() for path in self.my.rglob("*") if path.is_file()}
        self.refused(2, "is the bundle itself", "render", "my/bundle.json", "-o", "my/bundle.json")
        self.refused(2, "chính là gói bài", "render", "my/bundle.json", "-o", "./my/../my/bundle.json", "--lang", "vi")
        self.refused(2, "is the bundle itself", "render", "my/bundle.json", "--report", "my/bundle.json")
        for path in ("my/images/non-la.svg", "my/articles/bep-an.md"):
            self.refused(2, f"'{path}' is there already and is no PDF", "render", "my/bundle.json", "-o", path)
        for option in ("--dump", "--report"):
            self.refused(2, "'my.pdf' is named for two of the files", "render", "my/bundle.json", "-o", "my.pdf", option, "my.pdf")
        self.assertEqual({path: path.read_bytes() for path in self.my.rglob("*") if path.is_file()}, before)
        self.assertEqual(os.listdir(self.folder), ["my"])

    def test_standard_output(self):
        self.assertEqual(self.bantin("render", "my/bundle.json", "-o", "my.pdf").returncode, 0)
        (self.folder / "tmp").mkdir()
        where = {"TMPDIR": str(self.folder / "tmp")}
        done = self.bantin("render", "my/bundle.json", "-o", "-", text=False, env=where)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout, (self.folder / "my.pdf").read_bytes())
        done = self.bantin("render", "my/bundle.json", "-o", "my.pdf", "--report", "-", env=where)
        self.assertEqual(len(json.loads(done.stdout)["pages"]), 2)
        self.refused(2, "only one file can go to the standard output", "render", "my/bundle.json", "-o", "-", "--dump", "-", env=where)
        self.edit('"headline": "Chợ', '"headlin": "Chợ')
        self.refused(3, "E0202", "render", "my/bundle.json", "-o", "-", env=where)
        self.assertEqual(os.listdir(self.folder / "tmp"), [])

    def test_full_output(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([BANTIN, "render", str(self.bundle), "-o", "-"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 4)
        self.assertIn("No space left", done.stderr)

    def on_a_terminal(self, *args):
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest(f"this machine has no terminals to lend: {error}")
        done = subprocess.run([BANTIN, *args], cwd=self.folder, stdout=theirs, stderr=subprocess.PIPE, text=True)
        os.close(theirs)
        try:
            said = os.read(ours, 4096).decode()
        except OSError:
            said = ""
        os.close(ours)
        return done, said

    def test_on_a_terminal(self):
        """Someone looks on: what was made is told; a PDF is not poured out."""
        done, said = self.on_a_terminal("render", "my/bundle.json", "-o", "my.pdf")
        self.assertEqual((done.returncode, said), (0, "my.pdf: 2 pages\r\n"))
        done, said = self.on_a_terminal("render", "my/bundle.json", "-o", "my.pdf", "--quiet")
        self.assertEqual((done.returncode, said), (0, ""))
        done, said = self.on_a_terminal("render", "my/bundle.json", "-o", "-")
        self.assertEqual((done.returncode, said), (2, ""))

    def test_many_files(self):
        shutil.copytree(self.my, self.folder / "other")
        self.edit('"headline": "Chợ', '"headlin": "Chợ', self.folder / "other/bundle.json")
        with open(self.folder / "said", "w+") as both:
            done = subprocess.run([BANTIN, "validate", "my/bundle.json", "other/bundle.json", "my/bundle.json"], cwd=self.folder, stdout=both, stderr=both)
            both.seek(0)
            lines = both.read().splitlines()
        self.assertEqual(done.returncode, 3)
        self.assertEqual(lines[0], "my/bundle.json: good; 2 pages, 0 warnings")
        self.assertIn("other/bundle.json:", lines[1])
        self.assertEqual(lines[2:], lines[:1])

    def test_standard_input(self):
        text = self.bundle.read_text(encoding="utf-8")
        done = run("validate", "-", cwd=self.my, input=text)
        self.assertEqual((done.returncode, done.stdout), (0, "-: good; 2 pages, 0 warnings\n"))


class Help(Hour):
    def test_each_way(self):
        for command in ("new", "render", "validate", "check", "measure", "preflight", "layouts", "fonts", "schema", "doctor"):
            texts = {self.bantin(*args).stdout for args in ((command, "--help"), (command, "-h"), ("help", command))}
            self.assertEqual(len(texts), 1, command)
            self.assertIn(f"usage: bantin {command}", texts.pop())
        self.assertEqual(self.bantin("help").stdout, self.bantin("--help").stdout)
        self.assertIn("cách dùng: bantin render", self.bantin("--lang", "vi", "help", "render").stdout)

    def test_mistyped(self):
        done = self.bantin("rendr", "my/bundle.json")
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no command 'rendr'; did you mean 'render'?", done.stderr)
        self.assertIn("có phải bạn định viết 'render' không?", self.bantin("--lang", "vi", "help", "rendr").stderr)
        self.assertIn("the commands are new, render", self.bantin("xyz").stderr)
        self.assertIn("did you mean '--palette'?", self.bantin("render", "--pallete", "mono").stderr)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
