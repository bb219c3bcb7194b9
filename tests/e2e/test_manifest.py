#!/usr/bin/env python3
"""Manifests as the command sees them: `render --value` makes one row, `validate` checks all, and what goes wrong.

usage: test_manifest.py BANTIN [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

BANTIN = ""
BASE = {
    "bantin": 1,
    "masthead": {"title": "Thông báo {{xa}}", "date": "2024-04-09"},
    "articles": [{"id": "vay-von", "headline": "Vay vốn ở {{xa}}", "body": ["Dư nợ {{du_no}} triệu đồng."]}],
}
ROWS = "id,edition,xa,du_no\nhoa-loc,,Hoa Lộc,\"487,5\"\nphu-loc,editions/phu-loc.json,Phú *Lộc*,12\n"
OVERLAY = {"bantin_edition": 1, "set": {"/articles/0/body/-": "Chị {{id}} gửi."}}


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("base.json", BASE)
        self.write("xa.csv", ROWS)
        self.write("editions/phu-loc.json", OVERLAY)

    def write(self, path, what):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8", newline="")

    def bantin(self, *args, **more):
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
        return subprocess.run([BANTIN, *map(str, args)], cwd=self.folder, env=environment, capture_output=True, text=True, **more)

    def good(self, *args, **more):
        done = self.bantin(*args, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def codes(self, done):
        return re.findall(r"(?:error|lỗi) (E\d{4})", done.stderr)

    def words(self, pdf):
        done = subprocess.run(["pdftotext", "-raw", str(self.folder / pdf), "-"], capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())


class Values(Folder):
    def test_one_row(self):
        """A row made alone is named by its id; its values are literal, and the report tells where each comes from."""
        self.good("render", "base.json", "--value", "id=phu-loc", "--value", "xa=Phú *Lộc*", "--value", "du_no=12=13", "--report", "r.json")
        words = self.words("phu-loc.pdf")
        self.assertIn("Vay vốn ở Phú *Lộc* Dư nợ 12=13 triệu đồng.", words)
        edition = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))["edition"]
        self.assertEqual(edition["id"], "phu-loc")
        self.assertEqual([(value["name"], value["text"]) for value in edition["values"]], [("id", "phu-loc"), ("xa", "Phú *Lộc*"), ("du_no", "12=13")])

    def test_told(self):
        """A message that shows a value shows it as the manifest has it, without what guards it from being read as markup."""
        done = self.bantin("render", "base.json", "--value", "id=a", "--value", 'xa=*Phú "Lộc"', "--value", "du_no=1")
        self.assertEqual(done.returncode, 0)
        self.assertIn('note N0432: straight quotation marks stand in "Vay vốn ở *Phú "Lộc""', done.stderr)
        self.assertNotRegex(done.stderr, "[\uFDD0-\uFDD1]")

    def test_with_overlay(self):
        self.good("render", "base.json", "--edition", "editions/phu-loc.json", "--value", "id=a", "--value", "xa=X", "--value", "du_no=1", "--report", "r.json")
        self.assertIn("Chị a gửi.", self.words("phu-loc.pdf"))
        self.write("editions/phu-loc.json", {**OVERLAY, "id": "phu-loc"})
        done = self.bantin("render", "base.json", "--edition", "editions/phu-loc.json", "--value", "id=a", "--value", "xa=X", "--value", "du_no=1")
        self.assertEqual((done.returncode, self.codes(done)), (3, ["E1133"]))
        self.assertIn('"phu-loc" on line 6 of editions/phu-loc.json', done.stderr)

    def test_title(self):
        """The PDF's title says which edition it is: by the masthead's words, where they are its own, else by its name, once."""
        values = ["--value", "xa=Hoa Lộc", "--value", "du_no=1", "--value", "name=Xã Nga An"]
        for masthead, title in (({}, "Thông báo Hoa Lộc – Xã Nga An"), ({"edition": "Toàn tỉnh"}, "Thông báo Hoa Lộc – Xã Nga An"),
                                ({"edition": "Ấn bản {{name}}", "number": "4", "year": 2024}, "Thông báo Hoa Lộc – Số 4/2024 – Ấn bản Xã Nga An"),
                                ({"title": "Thông báo xã nga an"}, "Thông báo xã nga an"), ({"title": "Tin\n{{name}}", "edition": "{{name}}"}, "Tin Xã Nga An")):
            self.write("base.json", {**BASE, "masthead": {**BASE["masthead"], **masthead}})
            self.good("render", "base.json", *values, "-o", "a.pdf")
            info = subprocess.run(["pdfinfo", str(self.folder / "a.pdf")], capture_output=True, text=True, check=True).stdout
            self.assertEqual(re.search(r"(?m)^Title:\s+(.*)$", info)[1], title)
            self.assertIn(title, self.words("a.pdf"))  # the slug line
        self.write("base.json", {**BASE, "masthead": {**BASE["masthead"], "title": "Tin", "edition": "Toàn tỉnh"}, "articles": [{"headline": "H", "body": ["x"]}]})
        self.good("render", "base.json", "-o", "a.pdf")
        self.assertRegex(subprocess.run(["pdfinfo", str(self.folder / "a.pdf")], capture_output=True, text=True, check=True).stdout, r"(?m)^Title:\s+Tin$")

    def test_wrong(self):
        for args, status, words in ((("xa",), 2, "--value takes a name and a text"), (("=x",), 2, "--value takes"), (("xa=a", "xa=b"), 3, "given twice, as \"a\" and as \"b\""),
                                    (("xb=a",), 3, "did you mean {{xb}}?")):
            done = self.bantin("render", "base.json", *[part for value in args for part in ("--value", value)])
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertFalse(list(self.folder.glob("*.pdf")))
        done = self.bantin("render", "base.json", *["--value=a=b"] * 257)
        self.assertEqual((done.returncode, done.stderr.splitlines()[0]), (2, "bantin: more than 256 --value"))


class Validate(Folder):
    def test_good(self):
        done = self.good("validate", "xa.csv", "--base", "base.json")
        self.assertEqual(done.stdout, "xa.csv: good; 2 editions, 0 warnings\n")
        self.assertEqual(done.stderr, "")
        done = self.good("validate", "-", "--base", "base.json", "--lang", "vi", input=ROWS)
        self.assertEqual(done.stdout, "-: tốt; 2 ấn bản, 0 cảnh báo\n")
        self.write("ten.txt", "".join(json.dumps({"id": id, "xa": "x", "du_no": 12}) + "\n" for id in "abc"))
        self.assertEqual(self.good("validate", "ten.txt", "--base", "base.json").stdout, "ten.txt: good; 3 editions, 0 warnings\n")
        self.assertFalse(list(self.folder.rglob("*.pdf")))

    def test_all_at_once(self):
        """Faults of the manifest, of its columns, and of the editions of its good rows; each once, with its place."""
        self.write("xa.csv", "id,edition,xa,du_no,thua\na,,A,1,x\nb,editions/khong-co.json,B,2,x\nc,editions/phu-loc.json,C,3,x\na,,D,4,x\ne,,E\n")
        self.write("editions/phu-loc.json", {"bantin_edition": 1, "id": "khac", "set": {"/mastheat/title": "x"}})
        self.write("editions/e.json", OVERLAY)
        done = self.bantin("validate", "xa.csv", "--base", "base.json")
        self.assertEqual(done.returncode, 3)
        places = re.findall(r"(?m)^(\S+?):(\d+):(?:\d+:)? .*?error (E\d{4})", done.stderr)
        self.assertEqual(places, [("xa.csv", "6", "E1115"), ("xa.csv", "5", "E1123"), ("xa.csv", "3", "E1135"), ("xa.csv", "4", "E1133"), ("editions/phu-loc.json", "5", "E1011")])
        self.assertIn("xa.csv:3:3: error E1135", done.stderr)
        self.assertEqual(done.stdout, "xa.csv:3: b: 1 error\nxa.csv:4: c: 2 errors\nxa.csv: errors in the manifest, and in 2 of 4 editions\n")

    def test_column(self):
        self.write("xa.csv", "id,xa,du_np\na,A,1\n")
        done = self.bantin("validate", "xa.csv", "--base", "base.json")
        self.assertEqual((done.returncode, self.codes(done)), (3, ["E1138", "E1028"]))
        self.assertIn("xa.csv:1:7: error E1138", done.stderr)
        self.assertIn("calls for {{du_no}}, which no column gives", done.stderr)
        done = self.bantin("validate", "xa.csv", "--base", "base.json", "--lang", "vi")
        self.assertIn("gói bài gốc gọi {{du_no}} mà không cột nào cho", done.stderr)

    def test_same_fault_of_all_is_told_once(self):
        self.write("base.json", {**BASE, "articles": [{**BASE["articles"][0], "bydline": "x"}]})
        done = self.bantin("validate", "xa.csv", "--base", "base.json")
        self.assertEqual((done.returncode, self.codes(done)), (3, ["E0202"]))
        self.assertEqual(done.stdout, "xa.csv:2: hoa-loc: 1 error\nxa.csv:3: phu-loc: 1 error\nxa.csv: errors in 2 of 2 editions\n")
        self.write("base.json", '{"bantin": 1,')
        done = self.bantin("validate", "xa.csv", "--base", "base.json")
        self.assertEqual((done.returncode, len(self.codes(done))), (3, 1))

    def test_base_alone_need_not_be_good(self):
        """What an edition puts right is no error."""
        base = {**BASE, "articles": BASE["articles"] + [{"id": "x", "headline": "X", "body": [{"type": "figure", "image": "images/{{id}}.svg", "alt": "x"}]}]}
        self.write("base.json", base)
        self.write("editions/phu-loc.json", {**OVERLAY, "articles": [{"op": "remove", "id": "x"}]})
        self.write("xa.csv", ROWS.replace("hoa-loc,,", "hoa-loc,editions/phu-loc.json,"))
        self.good("validate", "xa.csv", "--base", "base.json")

    def test_usage(self):
        done = self.bantin("validate", "xa.csv")
        self.assertEqual((done.returncode, done.stderr.splitlines()[0]), (2, "bantin: 'xa.csv' is a manifest; say what its editions are laid on: --base BUNDLE"))
        done = self.bantin("validate", "xa.csv", "--base", "base.json", "--value", "a=b")
        self.assertEqual((done.returncode, done.stderr.splitlines()[0]), (2, "bantin: --value is for one edition; 'xa.csv' gives the values of its own"))
        done = self.bantin("validate", "khong-co.csv", "--base", "base.json")
        self.assertEqual((done.returncode, self.codes(done)), (3, ["E1107"]))
        done = self.bantin("validate", "xb.csv", "--base", "base.json")
        self.assertIn("did you mean 'xa.csv'?", done.stderr)

    def test_strict(self):
        self.good("validate", "xa.csv", "--base", "base.json", "--strict")
        self.write("base.json", {**BASE, "articles": [{**BASE["articles"][0], "body": ["Dư nợ {{du_no}}.", " "]}]})
        done = self.bantin("validate", "xa.csv", "--base", "base.json", "--strict")
        self.assertEqual((done.returncode, done.stdout), (1, "xa.csv: good; 2 editions, 2 warnings\n"))
        self.assertEqual(re.findall(r"warning (W\d{4})", done.stderr), ["W0225"])


if __name__ == "__main__":
    BANTIN = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
