#!/usr/bin/env python3
"""Editions as the command sets them: one bundle, small overlays, and what goes wrong with both.

usage: test_edition.py BANTIN [TEST ...]      (unittest's own options)
"""
import copy, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ""
MARKS = re.compile("[\uFDD0\uFDD1]")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><rect width="80" height="40" fill="%s"/></svg>'
BASE = {
    "bantin": 1,
    "masthead": {"title": "Bản tin {{name}}", "date": "2024-04-09", "edition": "Ấn bản toàn tỉnh", "motto": "Đoàn kết"},
    "highlights": {"title": "Trong số này", "items": ["Tin từ **{{name}}**", {"text": "Vay vốn", "article": "vay-von"}]},
    "articles": [
        {"id": "tap-huan", "headline": "Tập huấn cho chị em {{name}}", "body": ["Lớp mở ở *{{name}}*.", {"type": "figure", "image": "images/{{id}}.svg", "alt": "Lớp"}]},
        {"id": "vay-von", "headline": "Vay vốn", "body": ["Dư nợ tăng."]},
        {"id": "bep", "headline": "Bếp", "body": {"file": "articles/bep.md"}},
    ],
}
EDITION = {
    "bantin_edition": 1, "base": "../base.json", "id": "hau-loc", "name": "Hậu Lộc",
    "set": {"/masthead/edition": "Ấn bản {{name}}", "/masthead/motto": None},
    "articles": [
        {"op": "insert", "after": "tap-huan", "article": {"id": "cho", "headline": "Chợ quê", "body": ["Chợ họp sớm.", {"type": "figure", "image": "images/cho.svg", "alt": "Chợ"}]}},
        {"op": "merge", "id": "vay-von", "with": {"byline": "Thu Hà"}},
    ],
}


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for path, text in (("images/hau-loc.svg", SVG % "#336699"), ("articles/bep.md", "Bếp ăn của {{name}}, và \\{{id}}.\n\nĐậy nắp.\n"),
                           ("editions/images/cho.svg", SVG % "#996633"), ("editions/articles/muoi.md", "Ruộng muối {{name}}.\n\n![Ruộng](../images/cho.svg)\n")):
            self.write(path, text)
        self.write("base.json", BASE)
        self.write("editions/hau-loc.json", EDITION)

    def write(self, path, what):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")

    def bantin(self, *args, **more):
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
        return subprocess.run([BANTIN, *map(str, args)], cwd=self.folder, env=environment, capture_output=True, **{"text": True, **more})

    def good(self, *args, **more):
        done = self.bantin(*args, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def words(self, pdf):
        done = subprocess.run(["pdftotext", "-raw", str(self.folder / pdf), "-"], capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    def refused(self, status, code, words, *args, lang="en", **more):
        """One error, its words in it, and no PDF; the whole line."""
        before = sorted(self.folder.rglob("*.pdf"))
        done = self.bantin(*args, "--lang", lang, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(re.findall(r"(?:error|lỗi) E\d{4}", done.stderr)), 1 if code else 0, done.stderr)
        self.assertIn(code, done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(sorted(self.folder.rglob("*.pdf")), before)
        return done.stderr


class Render(Folder):
    def test_three_ways(self):
        """The edition alone, with its bundle, from the standard input: the same bytes; the PDF has the edition's name."""
        self.good("render", "editions/hau-loc.json")
        one = (self.folder / "hau-loc.pdf").read_bytes()
        (self.folder / "hau-loc.pdf").unlink()
        self.good("render", "base.json", "--edition", "editions/hau-loc.json")
        self.assertEqual((self.folder / "hau-loc.pdf").read_bytes(), one)
        text = json.dumps({**EDITION, "base": "base.json"}).replace("images/cho.svg", "editions/images/cho.svg")
        self.good("render", "base.json", "--edition", "-", "-o", "a.pdf", input=text)
        self.good("render", "-", "-o", "b.pdf", input=text)
        self.assertEqual((self.folder / "a.pdf").read_bytes(), one)
        self.assertEqual((self.folder / "b.pdf").read_bytes(), one)
        self.good("render", "-", "--edition", "editions/hau-loc.json", "-o", "c.pdf", input=json.dumps(BASE))
        self.assertEqual((self.folder / "c.pdf").read_bytes(), one)

    def test_text(self):
        self.good("render", "editions/hau-loc.json", "-o", "out.pdf")
        words = self.words("out.pdf")
        for part in ("Ấn bản Hậu Lộc", "Tin từ Hậu Lộc", "Tập huấn cho chị em Hậu Lộc", "Chợ họp sớm", "Thu Hà", "Bếp ăn của Hậu Lộc, và {{id}}."):
            self.assertIn(part, words)
        self.assertNotIn("Đoàn kết", words)
        self.assertLess(words.index("Lớp mở"), words.index("Chợ họp"))
        self.assertLess(words.index("Chợ họp"), words.index("Dư nợ"))

    def test_files_beside_their_own(self):
        """Pictures, Markdown and layouts are looked for beside the file that names them; the bundle named last does not change that."""
        overlay = copy.deepcopy(EDITION)
        overlay["articles"][0]["article"] = {"headline": "Muối", "body": {"file": "articles/muoi.md"}}
        shutil.copy(ROOT / "layouts/bulletin-19x27.json", self.folder / "editions/rieng.json")
        overlay["set"]["/layout"] = "rieng.json"
        self.write("editions/hau-loc.json", overlay)
        self.good("render", "editions/hau-loc.json", "-o", "out.pdf", "--report", "out.json")
        self.assertIn("Ruộng muối Hậu Lộc.", self.words("out.pdf"))
        report = json.loads((self.folder / "out.json").read_text(encoding="utf-8"))
        self.assertEqual(len(report["figures"]), 2)

    def test_picture_of_the_base_is_not_the_editions(self):
        overlay = copy.deepcopy(EDITION)
        overlay["articles"][0]["article"]["body"][1]["image"] = "images/hau-loc.svg"
        self.write("editions/hau-loc.json", overlay)
        said = self.refused(3, "E05", "editions/images/hau-loc.svg", "render", "editions/hau-loc.json", "-o", "out.pdf")
        self.assertRegex(said, r"editions/hau-loc\.json:\d+:\d+: /articles/0/article/body/1/image: error")

    def test_report_and_dump(self):
        self.good("render", "editions/hau-loc.json", "-o", "out.pdf", "--report", "out.json", "--dump", "out.dump")
        report = json.loads((self.folder / "out.json").read_text(encoding="utf-8"))
        self.assertEqual(report["edition"], {"id": "hau-loc", "name": "Hậu Lộc", "file": "editions/hau-loc.json", "values": [
            {"name": "id", "text": "hau-loc", "origin": "editions/hau-loc.json:4"}, {"name": "name", "text": "Hậu Lộc", "origin": "editions/hau-loc.json:5"}]})
        lines = {name: (self.folder / name).read_text(encoding="utf-8").splitlines() for name in ("base.json", "editions/hau-loc.json")}

        def line(place):
            file, number = place.rsplit(":", 1)
            return lines[file][int(number) - 1]
        articles = {a["id"]: a for a in report["articles"]}
        self.assertEqual(list(articles), ["tap-huan", "cho", "vay-von", "bep"])
        self.assertTrue(articles["tap-huan"]["origin"].startswith("base.json:"))
        self.assertTrue(articles["cho"]["origin"].startswith("editions/hau-loc.json:"))
        self.assertIn('"article"', line(articles["cho"]["origin"]))
        self.assertEqual(articles["cho"]["at"], "editions/hau-loc.json /articles/0/article")
        self.assertIn("Thu Hà", line(articles["vay-von"]["changed"]))
        self.assertEqual([i for i, a in articles.items() if "changed" in a], ["vay-von"])
        dump = (self.folder / "out.dump").read_text(encoding="utf-8")
        self.assertIn('at "editions/hau-loc.json /articles/0/article/headline"', dump)
        self.assertIn('at "/articles/1/headline"', dump)
        self.write("plain.json", json.loads(json.dumps(BASE).replace("{{name}}", "A").replace("{{id}}", "hau-loc")))
        self.write("articles/bep.md", "x\n")
        self.good("render", "plain.json", "-o", "out.pdf", "--report", "out.json")
        report = json.loads((self.folder / "out.json").read_text(encoding="utf-8"))
        self.assertNotIn("edition", report)
        self.assertFalse([a for a in report["articles"] if "origin" in a or "changed" in a])

    def test_nothing_is_overwritten(self):
        for args in (["editions/hau-loc.json", "-o", "editions/hau-loc.json"], ["editions/hau-loc.json", "--report", "editions/hau-loc.json"]):
            self.refused(2, "", "is the bundle itself", "render", *args)
        for args in (["-o", "editions/hau-loc.json"], ["--dump", "editions/hau-loc.json"]):
            self.refused(2, "", "is the edition itself", "render", "base.json", "--edition", "editions/hau-loc.json", *args)
        self.refused(2, "", "chính là ấn bản", "render", "base.json", "--edition", "editions/hau-loc.json", "-o", "editions/hau-loc.json", lang="vi")


class Literal(Folder):
    """A value stands in every text of a bundle that has all there is: no mark of ours and no escape shows anywhere."""

    def texts(self, value, key=None):
        skipped = ("id", "type", "kind", "layout", "lang", "date", "image", "logo", "file", "place", "span", "align", "article", "table", "url", "style", "box", "direction",
                   "min_height", "max_height", "number", "year", "quantity", "levels", "list", "table_id")
        if isinstance(value, dict):
            return {k: v if k in skipped and not isinstance(v, (dict, list)) else self.texts(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [self.texts(v, key) for v in value]
        return value + "{{name}}" if isinstance(value, str) and not re.fullmatch(r"[\d.,%–+-]*|\d[\d/ -]*", value.strip()) else value

    def test_everywhere(self):
        source = ROOT / "samples/vu-mua-12-trang"
        base = self.texts(json.loads((source / "bundle.json").read_text(encoding="utf-8")))
        shutil.copytree(source, self.folder / "vu-mua")
        self.write("vu-mua/bundle.json", base)
        self.write("e.json", {"bantin_edition": 1, "base": "vu-mua/bundle.json", "id": "a", "name": " *[b](c) "})
        self.good("render", "e.json", "-o", "out.pdf", "--rendition", "screen", "--dump", "out.dump", "--report", "out.json")
        dump = (self.folder / "out.dump").read_text(encoding="utf-8")
        self.assertGreater(dump.count("*[b](c)"), 100)
        for text in (dump, (self.folder / "out.json").read_text(encoding="utf-8"), self.words("out.pdf")):
            self.assertNotRegex(text, MARKS)
            self.assertNotIn("{{", text)
        done = subprocess.run(["qpdf", "--json", "--json-stream-data=none", str(self.folder / "out.pdf")], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("*[b](c)", done.stdout.decode())
        self.assertNotRegex(done.stdout.decode(), MARKS)


class Mistakes(Folder):
    def test_base_missing(self):
        self.write("editions/hau-loc.json", {**EDITION, "base": "../nowhere-near.json"})
        said = self.refused(3, "E1004", "there is no file 'nowhere-near.json', which the edition names as its base", "render", "editions/hau-loc.json")
        self.assertRegex(said, r"^editions/hau-loc\.json:\d+:\d+: /base: error")
        self.refused(3, "E1004", "không có tệp 'nowhere-near.json'", "validate", "editions/hau-loc.json", lang="vi")

    def test_base_misnamed(self):
        self.write("editions/hau-loc.json", {**EDITION, "base": "../base.jsn"})
        self.refused(3, "E0217", "did you mean 'base.json'?", "render", "editions/hau-loc.json")
        self.write("editions/hau-loc.json", {**EDITION, "base": ".."})
        self.refused(3, "E0218", "is a folder", "render", "editions/hau-loc.json")

    def test_no_base(self):
        self.write("editions/hau-loc.json", {k: v for k, v in EDITION.items() if k != "base"})
        self.refused(3, "E1003", "bantin render BUNDLE --edition editions/hau-loc.json", "render", "editions/hau-loc.json")
        self.refused(3, "E1003", "ấn bản chưa nói", "render", "editions/hau-loc.json", lang="vi")
        self.good("render", "base.json", "--edition", "editions/hau-loc.json")

    def test_edition_of_edition(self):
        self.write("editions/b.json", {"bantin_edition": 1, "base": "hau-loc.json", "id": "b"})
        self.refused(3, "E1005", "'editions/hau-loc.json' is an edition itself", "render", "editions/b.json")
        self.refused(3, "E1006", "'editions/b.json' is an edition already", "render", "editions/b.json", "--edition", "editions/hau-loc.json")

    def test_roles_swapped(self):
        self.refused(3, "E1006", "leave out --edition", "render", "editions/hau-loc.json", "--edition", "base.json")
        self.refused(3, "E1001", "this file is a bundle, not an edition", "render", "base.json", "--edition", "base.json")
        self.refused(3, "E0217", "did you mean 'editions/hau-loc.json'", "render", "base.json", "--edition", "editions/hau-loc.jso")

    def test_base_without_edition(self):
        done = self.bantin("render", "base.json", "-o", "out.pdf")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(set(re.findall(r"error (E\d{4})", done.stderr)), {"E0223", "E0939"})

    def test_base_broken(self):
        self.write("base.json", '{"bantin": 1,')
        self.assertIn("base.json:1:14", self.refused(3, "E01", "", "render", "editions/hau-loc.json"))

    def test_all_of_the_edition_at_once(self):
        """Faults of the file, and changes that hit nothing, together; nothing of the bundle besides."""
        self.write("editions/hau-loc.json", {**EDITION, "nam": "x", "set": {"/mastheat/edition": "x"}, "articles": [{"op": "remove", "id": "tap-huán"}]})
        done = self.bantin("validate", "editions/hau-loc.json")
        self.assertEqual(re.findall(r"error (E\d{4})", done.stderr), ["E0202", "E1011", "E1021"])

    def test_value_in_markdown(self):
        self.write("articles/bep.md", "Bếp ăn\ncủa {{nam}}.\n")
        said = self.refused(3, "E1028", "did you mean {{name}}?", "render", "editions/hau-loc.json")
        self.assertTrue(said.startswith("articles/bep.md:"), said)
        self.write("articles/bep.md", "Bếp ăn của {{name.\n")
        self.refused(3, "E1031", "no }} ends its name", "render", "editions/hau-loc.json")

    def test_two_from_standard_input(self):
        self.refused(2, "", "only one file can come from the standard input", "render", "-", "--edition", "-", "-o", "out.pdf", input="{}")
        self.refused(2, "", "chỉ đọc được một tệp", "render", "-", "--edition", "-", "-o", "out.pdf", input="{}", lang="vi")
        self.refused(2, "", "needs -o", "render", "base.json", "--edition", "-", input="{}")

    def test_removed_picture_is_not_asked_for(self):
        (self.folder / "images/hau-loc.svg").unlink()
        self.refused(3, "E05", "images/hau-loc.svg", "render", "editions/hau-loc.json")
        self.write("editions/hau-loc.json", {**EDITION, "articles": [{"op": "remove", "id": "tap-huan"}]})
        self.good("render", "editions/hau-loc.json")


class Validate(Folder):
    def test_many(self):
        self.write("editions/b.json", {"bantin_edition": 1, "base": "../base.json", "id": "b", "name": "B", "set": {"/articles/0": None}})
        self.write("editions/c.json", {"bantin_edition": 1, "base": "../base.json", "id": "c", "set": {"/articles/0": None}})
        done = self.bantin("validate", "editions/hau-loc.json", "editions/b.json", "editions/c.json")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(re.findall(r"(?m)^(\S+): good", done.stdout), ["editions/hau-loc.json", "editions/b.json"])
        self.assertIn("E1028" if "E1028" in done.stderr else "E1027", done.stderr)

    def test_on_another_base(self):
        other = {**BASE, "articles": BASE["articles"][1:], "highlights": {"items": ["x"]}}
        self.write("other.json", other)
        self.good("validate", "editions/hau-loc.json")
        self.refused(3, "E1020", "tap-huan", "validate", "--base", "other.json", "editions/hau-loc.json")
        self.good("validate", "--base", "base.json", "-", input=json.dumps({"bantin_edition": 1, "id": "hau-loc", "name": "x"}))


if __name__ == "__main__":
    BANTIN = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
