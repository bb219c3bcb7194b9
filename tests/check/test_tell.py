#!/usr/bin/env python3
"""What a check found, as a table, as JSON and as JUnit: what others read by eye and by program.

usage: test_tell.py TELL BANTIN [TEST ...]      (unittest's own options); TELL: tell.c, which makes the reports up
"""
import fcntl, json, os, pathlib, pty, re, struct, subprocess, sys, termios, unicodedata, unittest
import xml.etree.ElementTree as ElementTree

from jsonschema import Draft202012Validator

TELL = BANTIN = ""
REPORTS = ("words", "equal", "hostile", "layout", "preflight", "pages", "many", "some")
MM = 25.4 / 72
ROOT = pathlib.Path(__file__).resolve().parents[2]


def tell(name, format, lang="en"):
    run = subprocess.run([TELL, name, format, lang], capture_output=True)
    assert run.returncode == 0, (run.returncode, run.stderr)
    return run.stdout.decode("utf-8")


def on_terminal(name, lang, columns):
    """The table, as a terminal so wide gets it."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen([TELL, name, "table", lang], stdout=child) as process:
        os.close(child)
        text = b""
        try:
            while part := os.read(parent, 65536):
                text += part
        except OSError:  # the other end is closed
            pass
        process.wait()
    os.close(parent)
    return text.decode().replace("\r\n", "\n")


def width(text):
    """Columns of a terminal, by Unicode's own tables."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Table(unittest.TestCase):
    def test_the_verdict_comes_first(self):
        for lang, name, verdict in (
                ("en", "words", "ra/bản tin tháng 5.pdf differs from mau/approved.pdf: 7 findings on 3 of 3 pages; 2 masked differences are left out"),
                ("vi", "words", "ra/bản tin tháng 5.pdf khác mau/approved.pdf: 7 chỗ, ở 3 trong số 3 trang; bỏ qua 2 chỗ khác đã che"),
                ("en", "layout", "ra/bản tin tháng 5.pdf departs from the design of mau/approved.pdf: 2 of 5 properties differ"),
                ("en", "preflight", "ra/bản tin tháng 5.pdf does not keep to press-coated (errors 1, warnings 2, notes 1)"),
                ("en", "pages", "ra/bản tin tháng 5.pdf differs from mau/approved.pdf: 5 findings on 3 of 4 pages")):
            self.assertEqual(tell(name, "table", lang).splitlines()[0], verdict)

    def test_some_pages(self):
        self.assertEqual(tell("some", "table").splitlines()[0],
                         "ra/bản tin tháng 5.pdf differs from mau/approved.pdf: 1 finding on pages 2 to 3 of 12")
        self.assertEqual([case.get("name") for case in ElementTree.fromstring(tell("some", "junit"))[0]],
                         ["the whole file", "page 2", "page 3"])
        new = ROOT / "samples/vu-mua-12-trang/approved.pdf"
        for pages, said in (("2-3", "pages 2 to 3 of 12"), ("4", "page 4 of 12"), ("11-", "pages 11 to 12 of 12")):
            run = subprocess.run([BANTIN, "check", new, new, "--no-pixels", "--pages", pages], capture_output=True, text=True)
            self.assertTrue(run.stdout.endswith(f": {said}, no difference\n"), run.stdout)

    def test_equal_is_one_line(self):
        self.assertEqual(tell("equal", "table"), "ra/bản tin tháng 5.pdf equals mau/approved.pdf: 2 pages, no difference\n")

    def test_columns_stand_under_one_another(self):
        for name, lang in (("words", "en"), ("words", "vi"), ("hostile", "en"), ("pages", "vi"), ("layout", "vi")):
            lines = [line for line in on_terminal(name, lang, 100).splitlines()[2:] if not line.startswith("(n)")]
            head = lines[0]
            starts = [width(head[:m.start()]) for m in re.finditer(r"(?:(?<=  )|^)\S", head)]
            self.assertGreaterEqual(len(starts), 4, name)
            for line in lines:
                self.assertLessEqual(width(line), 100, line)
                self.assertEqual(line, line.rstrip())
                cells = self.by_width(line)
                right = [i for i, h in enumerate(re.split(r"  +", head.strip())) if h in ("page", "trang", "x mm", "y mm")]
                for i, start in enumerate(starts):
                    if i not in right and i - 1 not in right and start >= 2 and start < len(cells):
                        self.assertEqual(cells[start - 2:start].strip(), "", f"{name}: {line!r} at {start}")

    @staticmethod
    def by_width(text):
        """One character a column: wide ones take two, marks none."""
        return "".join(c * width(c) for c in text)

    def test_rows(self):
        rows = [re.split(r"  +", line.strip()) for line in tell("words", "table", "vi").splitlines()[3:]]
        self.assertEqual(rows[0], ["1", "chữ đổi", "42,3", "52,9", "Hậu", "Hâu"])
        self.assertEqual(rows[1], ["1", "chữ dời chỗ", "21,5", "105,8", "Nhật Linh ...", "\u2192 0,35"])
        self.assertEqual(rows[2][-2:], ["\u2192 21,17", "\u2193 35,28"])
        self.assertEqual(rows[3][-3:], ["9.4 pt", "9.5 pt", "0,035"])
        self.assertEqual(rows[6][:2], ["\u2013", "nhúng phông"])

    def test_pages_that_one_has_alone(self):
        lines = tell("pages", "table").splitlines()
        self.assertRegex(lines[4], r"^ *\(4\)  number of pages")
        self.assertRegex(lines[7], r"^ *1  text moved .*\u2264 211.67$")
        self.assertEqual(lines[-1], "(n) a page that only the sample has")
        self.assertNotIn("(n)", tell("words", "table"))

    def test_a_file_that_is_another(self):
        lines = tell("many", "table").splitlines()
        self.assertEqual(len(lines), 104)
        self.assertEqual(lines[-1], "... and 500 more; --json and --report tell them all")

    def test_nothing_that_a_terminal_obeys(self):
        for name in REPORTS:
            for lang in ("en", "vi"):
                self.assertNotRegex(tell(name, "table", lang).replace("\n", ""), "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

    def test_preflight(self):
        text = tell("preflight", "table")
        self.assertIn("\nP0301  error, page 1, x 28.2 mm, y 70.6 mm\n       a picture is in RGB, which the press has no inks for\n"
                      "       \u2192 convert it to CMYK with the printing condition's profile\n", text)
        self.assertEqual(text.count("take the picture in its original size"), 1, "a remedy is told once")
        self.assertTrue(text.endswith("\nnot tried: P0701 total ink: Ghostscript is not installed\n"))

    def test_layout(self):
        rows = [re.split(r"  +", line) for line in tell("layout", "table").splitlines()[2:]]
        self.assertEqual(rows[0], ["property", "sample", "new file", "difference"])
        self.assertEqual(rows[1][-1], "=")
        self.assertEqual(rows[2], ["left margin", "15.0 mm", "16.0 mm", "1.0 mm wider"])

    def test_as_wide_as_the_terminal(self):
        for columns, widest in ((120, 120), (80, 80), (20, 72)):
            lines = on_terminal("words", "en", columns).splitlines()[2:]
            self.assertLessEqual(max(map(width, lines)), widest)
            self.assertGreater(max(map(width, lines)), 0.8 * min(widest, 90))
            self.assertLessEqual(max(map(width, on_terminal("preflight", "vi", columns).splitlines()[1:])), min(widest, 100))

    def test_nothing_is_cut_in_a_pipe(self):
        self.assertNotIn("\u2026", tell("hostile", "table"))
        self.assertEqual(tell("hostile", "table").count("</script><script>document.title='taken'</script>"), 2)
        self.assertIn("\u2026", on_terminal("hostile", "en", 100))


class Json(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        schema = subprocess.run([BANTIN, "schema", "check"], capture_output=True, check=True).stdout
        cls.schema = json.loads(schema)
        Draft202012Validator.check_schema(cls.schema)
        cls.validator = Draft202012Validator(cls.schema)

    def test_schema(self):
        for name in REPORTS:
            for lang in ("en", "vi"):
                report = json.loads(tell(name, "json", lang))
                self.assertEqual([e.message for e in self.validator.iter_errors(report)], [], name)

    def test_real_reports(self):
        new, old = (ROOT / f"samples/{name}/approved.pdf" for name in ("thanh-hoa-2024-04", "a5-chi-hoi"))
        for command, kind in ((["check", new, new, "--no-pixels"], "check"), (["check", new, old, "--no-pixels"], "check"),
                              (["check", "--layout-only", new, old], "layout"), (["preflight", new, "--profile", "news"], "preflight")):
            run = subprocess.run([BANTIN, *command, "--json", "-", "--quiet"], capture_output=True, text=True)
            self.assertIn(run.returncode, (0, 1), run.stderr)
            report = json.loads(run.stdout)
            self.assertEqual([e.message for e in self.validator.iter_errors(report)], [], command)
            self.assertEqual(report["kind"], kind)
            self.assertEqual(run.returncode == 0, report["verdict"] in ("equal", "good"))

    def test_the_schema_says_no(self):
        good = json.loads(tell("words", "json"))
        for change in (dict(verdict="good"), dict(kind="preflight"), dict(more=1), dict(pages=-1), dict(counts={"text": 1}),
                       dict(findings=[{**good["findings"][0], "kind": "other"}]), dict(findings=[{**good["findings"][0], "page": 0}])):
            self.assertFalse(self.validator.is_valid({**good, **change}), change)
        for key in self.schema["required"]:
            self.assertFalse(self.validator.is_valid({k: v for k, v in good.items() if k != key}), key)

    def test_every_member_is_told_somewhere(self):
        """So that the schema describes nothing that no report has."""
        told = set()

        def walk(value):
            for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
                told.add(key)
                walk(below)
        for name in REPORTS:
            walk(json.loads(tell(name, "json")))
        described = {key for part in (self.schema, *self.schema["$defs"].values()) for key in part.get("properties", {})}
        self.assertEqual(described - told, set())

    def test_lengths(self):
        finding = json.loads(tell("words", "json"))["findings"][1]
        self.assertEqual(finding["kind"], "text-moved")
        self.assertEqual(finding["sample"]["pt"], {"x": 60, "y": 300, "width": 220, "height": 160})
        self.assertEqual(finding["ours"]["pt"]["x"], 60.992)
        for side in ("ours", "sample"):
            for key, pt in finding[side]["pt"].items():
                self.assertAlmostEqual(finding[side]["mm"][key], pt * MM, delta=0.0006)
        self.assertEqual(finding["moved"], {"mm": {"right": 0.35, "down": 0}, "pt": {"right": 0.992, "down": 0}})
        self.assertEqual((finding["amount"], finding["amount_mm"], finding["n"]), (0.992, 0.35, 96))

    def test_counts(self):
        report = json.loads(tell("many", "json"))
        self.assertEqual(sum(report["counts"].values()), len(report["findings"]))
        self.assertEqual(report["counts"]["text-moved"], sum(f["kind"] == "text-moved" for f in report["findings"]))

    def test_hostile_texts(self):
        messages = [f["message"] for f in json.loads(tell("hostile", "json"))["findings"]]
        self.assertEqual(messages[3], "line\u2028paragraph\u2029end <!-- ]]> -->")
        self.assertEqual(messages[4], "\x1b[2J\x1b]0;taken\x07 bell and \x01 control \x7f")
        self.assertIn("\ufffd", messages[5])

    def test_same_again(self):
        for format in ("json", "junit", "html", "table"):
            self.assertEqual(tell("words", format), tell("words", format))


class Memory(unittest.TestCase):
    def test_too_little(self):
        """Each call for memory fails once; nothing crashes, and no report is cut off without a word."""
        for name in REPORTS:
            run = subprocess.run([TELL, name, "starved", "vi"], capture_output=True)
            self.assertEqual((run.returncode, run.stderr), (0, b""), name)


class JUnit(unittest.TestCase):
    def suites(self, name, lang="en"):
        text = tell(name, "junit", lang)
        suites = ElementTree.fromstring(text)
        self.assertEqual(len(suites), 2)
        for suite in suites:
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")), name)
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")), name)
            self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")), name)
        return suites

    def test_all_are_sound(self):
        for name in REPORTS:
            self.suites(name, "vi")

    def test_a_case_a_page(self):
        suite = self.suites("words")[0]
        self.assertEqual(suite.get("name"), "ra/bản tin tháng 5.pdf against mau/approved.pdf")
        self.assertEqual([case.get("name") for case in suite], ["the whole file", "page 1", "page 2", "page 3"])
        failure = suite[1].find("failure")
        self.assertEqual(failure.get("type"), "text-changed")
        self.assertEqual(failure.get("message"), '"Hậu" now reads "Hâu": the tone mark differs')
        self.assertIn("page 1, x 21.5 mm, y 105.8 mm: 12 lines", failure.text)
        self.assertEqual([len(case) for case in self.suites("equal")[0]], [0, 0, 0])

    def test_lost_pages(self):
        self.assertIn("page 4 of the sample", [case.get("name") for case in self.suites("pages")[0]])

    def test_properties_and_rules(self):
        layout = {case.get("name"): case for case in self.suites("layout")[0]}
        self.assertEqual(layout["left margin"].find("failure").get("message"), "the left margin is 1.0 mm wider")
        self.assertEqual(layout["folio"].find("failure").get("message"), "moved")
        self.assertEqual(len(layout["page size"]), 0)
        rules = {case.get("name"): case for case in self.suites("preflight")[0]}
        self.assertIsNotNone(rules["P0301 colours other than CMYK"].find("failure"))
        self.assertIsNone(rules["P0501 pictures of low resolution"].find("failure"), "a warning is no failure")
        self.assertIn("72 ppi", rules["P0501 pictures of low resolution"].find("system-out").text)
        self.assertEqual(rules["P0701 total ink"].find("skipped").get("message"), "Ghostscript is not installed")
        self.assertIn("no title", rules["P0905"].find("system-out").text)

    def test_hostile_texts(self):
        failure = self.suites("hostile")[0].findall("testcase")[1].find("failure")
        self.assertEqual(failure.get("message"), "</script><script>document.title='taken'</script>")
        self.assertIn("\"'><b onmouseover=alert(1)>&amp;&#x3c;", failure.text)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    TELL, BANTIN = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    unittest.main()
