#!/usr/bin/env python3
"""bantin check --all: a list of pairs, on all processors; a pair that fails costs itself only.

usage: test_set.py BANTIN [TEST ...]      (unittest's own options)"""
import json, os, pathlib, shutil, signal, subprocess, sys, tempfile, unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ""


class Set(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        bundle = json.loads((ROOT / "samples/a5-chi-hoi/bundle.json").read_text(encoding="utf-8"))
        shutil.copytree(ROOT / "samples/a5-chi-hoi", cls.folder / "bundle")
        for name, headline in ("good", None), ("other", bundle["articles"][0]["headline"].replace("Thêm", "Theo")):
            if headline:
                bundle["articles"][0]["headline"] = headline
            path = cls.folder / "bundle" / f"{name}.json"
            path.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
            subprocess.run([BANTIN, "render", path, "-o", cls.folder / f"{name}.pdf", "--quiet"], check=True)
        (cls.folder / "damaged.pdf").write_bytes((cls.folder / "good.pdf").read_bytes()[:20000])

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def check(self, checks, *options, name="list.json"):
        text = checks if isinstance(checks, str) else json.dumps({"bantin_checks": 1, "checks": checks}, indent=1)
        (self.folder / name).write_text(text)
        return subprocess.run([BANTIN, "check", "--all", str(self.folder / name), *options], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C"})

    GOOD = {"ours": "good.pdf", "sample": "good.pdf"}
    OTHER = {"ours": "other.pdf", "sample": "good.pdf"}
    DAMAGED = {"ours": "damaged.pdf", "sample": "good.pdf"}
    MISSING = {"ours": "nowhere.pdf", "sample": "good.pdf"}

    def test_statuses(self):
        for checks, status in (([self.GOOD], 0), ([self.GOOD, self.OTHER], 1), ([self.OTHER, self.DAMAGED, self.GOOD], 3)):
            done = self.check(checks, "--no-pixels")
            self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn("1 equal, 1 differ, 1 not read", done.stdout)
        self.assertIn("damaged.pdf", done.stderr)

    def test_one_costs_itself_only(self):
        done = self.check([self.DAMAGED, self.MISSING, self.GOOD, self.OTHER], "--no-pixels", "--json", "-", "--quiet")
        report = json.loads(done.stdout)
        self.assertEqual([c["status"] for c in report["checks"]], ["not-read", "not-read", "equal", "differs"])
        self.assertIn("damaged", report["checks"][0]["messages"])
        self.assertTrue(report["checks"][3]["report"]["findings"])

    def test_any_number_of_jobs_says_the_same(self):
        checks = [self.GOOD, self.OTHER, self.DAMAGED] * 3
        said = {(d.stdout, d.stderr) for d in (self.check(checks, "--no-pixels", "-j", str(j), "--json", "-") for j in (1, 2, 7))}
        self.assertEqual(len(said), 1)

    def test_junit(self):
        path = self.folder / "junit.xml"
        self.check([self.GOOD, self.OTHER, self.DAMAGED], "--no-pixels", "--junit", str(path))
        suites = ElementTree.parse(path).getroot()
        self.assertEqual(suites.tag, "testsuites")
        self.assertEqual([s.tag for s in suites], ["testsuite"] * 3)
        self.assertEqual([bool(list(s.iter("failure"))) for s in suites], [False, True, False])
        self.assertEqual([bool(list(s.iter("error"))) for s in suites], [False, False, True])

    def test_report(self):
        folder = self.folder / "report"
        self.check([{**self.GOOD, "name": "tốt"}, self.OTHER, self.DAMAGED], "--report", str(folder))
        index = (folder / "index.html").read_text(encoding="utf-8")
        made = sorted(p.parent.name for p in folder.glob("*/index.html"))
        self.assertEqual(len(made), 2)
        self.assertIn("tốt", made)
        for name in made:
            self.assertIn(name, index)
        self.assertIn("damaged.pdf", index)

    def test_options_of_a_pair(self):
        (self.folder / "mask.json").write_text(json.dumps({"bantin_mask": 1, "regions": [{"box": ["0mm", "0mm", "500mm", "500mm"]}]}))
        self.assertEqual(self.check([{**self.OTHER, "mask": "mask.json"}], "--no-pixels").returncode, 0)
        self.assertEqual(self.check([{**self.OTHER, "pages": "8"}], "--no-pixels").returncode, 0)
        self.assertEqual(self.check([{**self.OTHER, "layout_only": True}]).returncode, 0)

    def test_lists_that_are_wrong(self):
        cases = {
            '{"bantin_checks":1,"checks":[]}': "E1391",
            '{"bantin_checks":2,"checks":[{"ours":"good.pdf","sample":"good.pdf"}]}': "bantin_checks",
            '{"bantin_checks":1,"checks":[{"ours":"good.pdf"}]}': "sample",
            '{"bantin_checks":1,"checks":[{"ours":"good.pdf","sample":"good.pdf","tolerence":"1pt"}]}': "tolerance",
            '{"bantin_checks":1,"checks":[{"name":"a/b","ours":"good.pdf","sample":"good.pdf"}]}': "E1393",
            '{"bantin_checks":1,"checks":[{"name":"a","ours":"good.pdf","sample":"good.pdf"},'
            '{"name":"a","ours":"good.pdf","sample":"good.pdf"}]}': "E1394",
            '{"bantin_checks":1,"checks":[{"ours":"good.pdf","sample":"good.pdf","pages":"3-1"}]}': "E1395",
            '{"bantin_checks":1,"checks":[{"ours":"good.pdf","sample":"good.pdf","tolerance":"1 potato"}]}': "tolerance",
            "[1": "list.json:1:",
        }
        for text, message in cases.items():
            done = self.check(text)
            self.assertEqual(done.returncode, 3, text + done.stderr)
            self.assertIn(message, done.stderr, text)
            self.assertIn("list.json:1:" if "potato" not in text else "", done.stderr)
        self.assertEqual(subprocess.run([BANTIN, "check", "--all", str(self.folder / "none.json")], capture_output=True).returncode, 3)

    def test_hostile_names(self):
        """What neither XML nor HTML may hold does not get there from the list."""
        path, folder = self.folder / "hostile.xml", self.folder / "hostile"
        self.check([{"ours": "<b>&\ufffe\u202e.pdf", "sample": "good.pdf"}], "--junit", str(path), "--report", str(folder), "--no-pixels")
        self.assertTrue(list(ElementTree.parse(path).getroot().iter("error")))
        index = (folder / "index.html").read_text(encoding="utf-8")
        self.assertIn("&lt;b&gt;&amp;\ufffd\ufffd.pdf", index)
        self.assertNotIn("<b>", index)

    def test_nobody_reads(self):
        """What prints into a closed pipe ends as programs do, and is no fault."""
        with subprocess.Popen([BANTIN, "check", self.folder / "other.pdf", self.folder / "good.pdf", "--no-pixels"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            program.stdout.close()
            said = program.stderr.read()
        self.assertEqual((program.returncode, said), (-signal.SIGPIPE, b""))

    def test_too_many(self):
        pair = json.dumps(self.GOOD)
        done = self.check('{"bantin_checks":1,"checks":[' + ",".join([pair] * 10001) + "]}")
        self.assertEqual(done.returncode, 3)
        self.assertIn("E1392", done.stderr)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
