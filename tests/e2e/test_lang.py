#!/usr/bin/env python3
"""The command in Vietnamese: --lang, the environment, helps and messages side by side with the English ones.

usage: test_lang.py BANTIN [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shutil, struct, subprocess, sys, tempfile, unittest, zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMANDS = ("new", "render", "validate", "batch", "check", "measure", "preflight", "layouts", "fonts", "schema", "doctor")
OPTION = r"(?m)^ +(?:-\w, | {4})--([\w-]+)"
BANTIN = ""


def run(*args, **env):
    """env: LANG="vi_VN.UTF-8" and the like; none of the machine's own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
    return subprocess.run([BANTIN, *map(str, args)], cwd=ROOT, env={**kept, "SOURCE_DATE_EPOCH": "1712620800", **env}, capture_output=True, text=True)


class Lang(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.wrong = self.folder / "wrong.json"
        self.wrong.write_text('{"bantin": 1, "mastheat": {}}', encoding="utf-8")

    def assertVietnamese(self, done, status=3):
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn(": lỗi E0202: gói bài này không có khóa \"mastheat\"; có phải bạn định viết \"masthead\" không?", done.stderr)
        self.assertNotIn("error", done.stderr)

    def assertEnglish(self, done):
        self.assertIn(": error E0202: unknown key \"mastheat\" in this bundle; did you mean \"masthead\"?", done.stderr)
        self.assertNotIn("lỗi", done.stderr)

    def test_option(self):
        for args in (["validate", self.wrong, "--lang", "vi"], ["validate", "--lang=vi", self.wrong], ["--lang", "vi", "validate", self.wrong],
                     ["--lang=vi", "validate", self.wrong], ["--lang", "en", "validate", "--lang", "vi", self.wrong],
                     ["render", "--lang", "vi", self.wrong], ["validate", "--la", "en", "--lang", "vi", self.wrong]):
            if "--la" in args:  # short for --layout as well
                self.assertEqual(run(*args).returncode, 2)
                continue
            self.assertVietnamese(run(*args))

    def test_environment(self):
        """LC_ALL, else LC_MESSAGES, else LANG; an empty one does not count."""
        validate = ("validate", self.wrong)
        self.assertVietnamese(run(*validate, LANG="vi_VN.UTF-8"))
        self.assertVietnamese(run(*validate, LANG="vi"))
        self.assertVietnamese(run(*validate, LANG="en_US.UTF-8", LC_MESSAGES="vi_VN"))
        self.assertVietnamese(run(*validate, LANG="C", LC_MESSAGES="C", LC_ALL="vi_VN.UTF-8"))
        self.assertVietnamese(run(*validate, LANG="vi_VN.UTF-8", LC_MESSAGES="", LC_ALL=""))
        self.assertEnglish(run(*validate))
        self.assertEnglish(run(*validate, LANG="vi_VN.UTF-8", LC_ALL="C.UTF-8"))
        self.assertEnglish(run(*validate, LANG="vi_VN.UTF-8", LC_MESSAGES="en_GB.UTF-8"))
        self.assertEnglish(run(*validate, LANG="fr_FR.UTF-8"))
        self.assertEnglish(run(*validate, LANG="C", LC_CTYPE="vi_VN.UTF-8"))

    def test_option_before_environment(self):
        self.assertEnglish(run("validate", self.wrong, "--lang", "en", LANG="vi_VN.UTF-8", LC_ALL="vi_VN.UTF-8"))
        self.assertVietnamese(run("validate", self.wrong, "--lang", "vi", LC_ALL="en_US.UTF-8"))

    def test_unknown_language(self):
        for args in (["render", self.wrong, "--lang", "fr"], ["--lang", "fr", "doctor"], ["doctor", "--lang", ""], ["layouts", "--lang=VI"]):
            done = run(*args)
            self.assertEqual((done.returncode, done.stdout), (2, ""), args)
            self.assertRegex(done.stderr, r"bantin: there is no language '(fr|VI|)' for messages; there are en and vi\nTry 'bantin")
        done = run("render", "--lang", "fr", LANG="vi_VN.UTF-8")
        self.assertEqual((done.returncode, done.stderr.splitlines()),
                         (2, ["bantin: không có thông báo bằng ngôn ngữ 'fr'; chỉ có en và vi", "Hãy xem 'bantin render --help'."]))

    def test_wrong_options(self):
        """What is wrong with options is said in the language that they ask for, wherever that stands."""
        cases = {
            ("render", "--layuot", "a"): ("there is no option '--layuot'; did you mean '--layout'?",
                                          "không có tùy chọn '--layuot'; có phải bạn định viết '--layout' không?"),
            ("render", "--xyzzy"): ("there is no option '--xyzzy'", "không có tùy chọn '--xyzzy'"),
            ("render", "-x"): ("there is no option '-x'", "không có tùy chọn '-x'"),
            ("render", "--la=a"): ("'--la=a' is short for more than one option; write it in full",
                                   "'--la=a' là cách viết tắt của nhiều tùy chọn; hãy viết đầy đủ"),
            ("render", "--strict=yes"): ("'--strict=yes': this option takes no value", "'--strict=yes': tùy chọn này không nhận giá trị"),
            ("render", "a", "b"): ("render takes one bundle; 'b' is one too many", "render chỉ nhận một gói bài; thừa 'b'"),
            ("nwe",): ("there is no command 'nwe'; the commands are", "không có lệnh 'nwe'; các lệnh là"),
            ("schema", "bundel"): ("there is no schema 'bundel'; there are bundle, edition, layout, manifest, report, check, measure, checks, mask and tolerance", "không có schema 'bundel'; chỉ có bundle, edition, layout, manifest, report, check, measure, checks, mask và tolerance"),
        }
        for args, texts in cases.items():
            english, vietnamese = run(*args), run("--lang", "vi", *args)
            self.assertEqual((english.returncode, vietnamese.returncode), (2, 2), args)
            self.assertTrue(english.stderr.startswith("bantin: " + texts[0]), english.stderr)
            self.assertTrue(vietnamese.stderr.startswith("bantin: " + texts[1]), vietnamese.stderr)
            self.assertRegex(vietnamese.stderr, r"\nHãy xem 'bantin( \w+)? --help'\.\n$")
        self.assertIn("không có tùy chọn '--xyzzy'", run("render", "--xyzzy", "--lang", "vi").stderr)
        for args in (["render", "a", "--layout"], ["render", "-o"]):
            self.assertIn(f"the option '{args[-1]}' needs a value", run(*args).stderr)
        self.assertIn("tùy chọn '--lang' cần một giá trị", run("doctor", "--lang", LANG="vi_VN").stderr)

    def test_helps(self):
        """The same options and the same examples in both."""
        for args in ([], *([command] for command in COMMANDS)):
            english, vietnamese = run(*args, "--help"), run(*args, "--help", "--lang", "vi")
            self.assertEqual((vietnamese.returncode, vietnamese.stderr), (0, ""))
            self.assertEqual(vietnamese.stdout, run(*args, "--help", LANG="vi_VN.UTF-8").stdout)
            self.assertIn("cách dùng: bantin", vietnamese.stdout)
            for line in vietnamese.stdout.splitlines():
                self.assertLessEqual(len(line), 120)
            pick = lambda text: [re.findall(OPTION, text), re.findall(r"(?m)^  (?:bantin|\{).*", text), re.findall(r"(?m)^  \w+(?= +\S)", text)]
            self.assertEqual(pick(english.stdout), pick(vietnamese.stdout), args)
            self.assertEqual(set(re.findall(r"(?<![-\w])\d(?![-\w./])", english.stdout)) - {"1", "2"},
                             set(re.findall(r"(?<![-\w])\d(?![-\w./])", vietnamese.stdout)) - {"1", "2"}, "exit statuses")
        self.assertEqual(run("help", LANG="vi").stdout, run("--help", "--lang", "vi").stdout)

    def test_commands(self):
        made = run("new", self.folder / "tin", "--lang", "vi")
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        self.assertIn("đã có một bản tin", made.stdout)
        bundle = self.folder / "tin/bundle.json"
        self.assertRegex(run("validate", bundle, "--lang", "vi").stdout, r": tốt; \d+ trang, \d+ cảnh báo\n$")
        self.assertIn("không trống, và không có gì trong đó bị ghi đè", run("new", self.folder / "tin", "--lang", "vi").stderr)
        self.assertRegex(run("new", self.folder / "no/tin", "--lang", "vi").stderr, r"^bantin: lỗi: \S+/no/tin nằm trong một thư mục chưa có; hãy tạo thư mục ấy trước, hoặc nêu thư mục khác$")
        self.assertRegex(run("layouts", LANG="vi_VN").stdout, r"(?m)^  a4-two-column +210 x 297 mm, 2 cột: ")
        self.assertRegex(run("fonts", LANG="vi_VN").stdout, r"(?m)^Noto Serif \(gói phần mềm fonts-noto-core\): chữ bài và tít")
        self.assertRegex(run("fonts", "--text", "Cần 日", LANG="vi_VN").stdout, r"(?m)^  không có phông: 日$")
        doctor = run("doctor", LANG="vi_VN.UTF-8").stdout
        self.assertIn("\nmẫu trình bày\n", doctor)
        self.assertIn("đã cài", doctor)
        self.assertIn("không có tệp 'khong-co.json'; hãy sửa lại tên", run("validate", "khong-co.json", LANG="vi_VN").stderr)
        with open("/dev/full", "w") as full:
            done = subprocess.run([BANTIN, "layouts", "--lang", "vi"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.stderr, "bantin: lỗi: không ghi được vào đầu ra chuẩn: ổ đĩa đã hết chỗ\n")

    def test_pictures(self):
        """What is wrong with pictures, in Vietnamese from the first word to the last."""
        chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        head = lambda width: b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, 20, 8, 0, 0, 0, 0))
        png = lambda width, raw: head(width) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
        good = png(20, b"\x80" * 420)
        pictures = {
            "a.gif": (b"GIF89a", "là ảnh GIF, không phải ảnh PNG, JPEG hoặc SVG"),
            "a.heic": (b"\0\0\0\x18ftypheic", "là ảnh HEIC (chụp bằng iPhone), không phải ảnh PNG"),
            "empty.png": (b"", "là tệp trống; hãy chép lại"),
            "cut.png": (good[:50], "bị cụt, mất phần cuối của tệp"),
            "check.png": (good[:45] + b"X" + good[46:], "bị hỏng (dữ liệu ảnh không khớp mã kiểm tra)"),
            "few.png": (png(20, b"\0" * 30), "bị hỏng (không đủ dữ liệu ảnh)"),
            "zero.png": (png(0, b""), "bị hỏng (chiều rộng hoặc chiều cao bằng không)"),
            "large.png": (png(2**31 - 1, b""), "có 2147483647 x 20 điểm ảnh, nhiều hơn mức 100 triệu"),
            "text.png": (good.replace(b"\r\n", b"\n"), "bị hỏng (những byte đầu đã bị đổi, như khi tệp được truyền ở chế độ văn bản)"),
            "tags.svg": (b'<svg viewBox="0 0 9 9"><g></svg>', "dòng 1: thẻ đóng không khớp thẻ mở"),
            "text.svg": (b'<svg viewBox="0 0 9 9"><text>a</text></svg>', "phần tử <text> ở dòng 1 không được hỗ trợ; hãy chuyển chữ thành nét vẽ"),
            "cuts.png": (None, "có phải bạn định viết"),
        }
        for name, (content, _) in pictures.items():
            if content is not None:
                (self.folder / name).write_bytes(content)
        figures = [{"type": "figure", "image": name, "alt": "ảnh"} for name in pictures]
        bundle = self.folder / "bundle.json"
        bundle.write_text(json.dumps({"bantin": 1, "masthead": {"title": "Tin"}, "articles": [{"headline": "Bài", "body": ["Chữ.", *figures]}]}),
                          encoding="utf-8")
        said = run("validate", bundle, "--lang", "vi").stderr.splitlines()
        self.assertEqual(len(said), len(pictures), "\n".join(said))
        for line, (name, (_, words)) in zip(said, pictures.items()):
            self.assertIn(name, line)
            self.assertIn(words, line)

    def test_descriptions(self):
        """What layouts and fonts say of themselves."""
        for folder, english, vietnamese in ((ROOT / "layouts", "description", "description_vi"), (ROOT / "fonts", "roles", "roles_vi")):
            for path in folder.glob("*.json"):
                content = json.loads(path.read_text(encoding="utf-8"))
                for entry in content.get("families", [content]) if folder.name == "fonts" else [content]:
                    self.assertEqual(english in entry, vietnamese in entry, f"{path.name}: {entry['name']}: \"{english}\" needs \"{vietnamese}\"")
                    shown = run(folder.name, "--lang", "vi").stdout
                    self.assertIn(entry.get(vietnamese, ""), shown)
                    self.assertNotIn(entry.get(english, "no such words"), shown)

    def test_only_messages_change(self):
        """Neither the page nor the PDF knows the language of messages; a report has the messages in it."""
        drawn = []
        for lang in ("en", "vi"):
            pdf, dump, report = (self.folder / f"{lang}.{kind}" for kind in ("pdf", "dump", "json"))
            case = ROOT / "tests/golden/overfull/bundle.json"
            done = run("render", case, "-o", pdf, "--dump", dump, "--report", report, "--lang", lang)
            self.assertEqual(done.returncode, 0, done.stderr)
            drawn.append((pdf.read_bytes(), dump.read_text(encoding="utf-8")))
            facts = json.loads(report.read_text(encoding="utf-8"))
            messages = facts.pop("diagnostics")
            self.assertTrue(messages and all(message.pop("text") in done.stderr for message in messages))
            drawn[-1] += (facts, messages)
        self.assertEqual(drawn[0], drawn[1])


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
