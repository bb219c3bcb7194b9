#!/usr/bin/env python3
"""bantin check, the command: options, exit statuses, outputs, tolerances, masks, and --bless with calls that fail.

usage: test_check.py BANTIN [--shim FAIL_CALL.so] [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shutil, signal, subprocess, sys, tempfile, unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = SHIM = None
HEADLINE = "Khung thêu đặt cạnh bếp lửa"


class Check(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        shutil.copytree(ROOT / "samples/a5-chi-hoi", cls.folder / "bundle")
        text = (ROOT / "samples/a5-chi-hoi/bundle.json").read_text(encoding="utf-8")
        for name, bundle in ("sample", text), ("other", text.replace(HEADLINE, HEADLINE.replace("lửa", "lừa"))):
            (cls.folder / "bundle" / f"{name}.json").write_text(bundle, encoding="utf-8")
            subprocess.run([BANTIN, "render", cls.folder / "bundle" / f"{name}.json", "-o", cls.folder / f"{name}.pdf", "--quiet",
                            "--rendition", "screen"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        self.sample, self.other = self.folder / "sample.pdf", self.folder / "other.pdf"

    def check(self, *args, status=None, **environment):
        done = subprocess.run([BANTIN, "check", *map(str, args)], cwd=self.work, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "LC_ALL": "C", "COLUMNS": "120", **environment})
        if status is not None:
            self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def write(self, name, value):
        path = self.work / name
        path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    def findings(self, *args):
        return json.loads(self.check(*args, "--json", "-", "--no-pixels").stdout)["findings"]


class Command(Check):
    def test_equal(self):
        done = self.check(self.sample, self.sample, status=0)
        self.assertIn("equals", done.stdout)
        self.assertEqual(done.stderr, "")

    def test_differs(self):
        done = self.check(self.other, self.sample, status=1)
        self.assertIn("differs", done.stdout)
        first = self.findings(self.other, self.sample)[0]
        self.assertEqual(first["kind"], "text-changed")
        self.assertIn('"lửa" reads "lừa" now: "ử" has another tone mark, "ừ"', first["message"])

    def test_vietnamese(self):
        done = self.check(self.other, self.sample, "--no-pixels", "--lang", "vi", "--json", "-", status=1)
        self.assertIn("đổi dấu thanh thành", json.loads(done.stdout)["findings"][0]["message"])
        self.assertIn("check cần hai tệp", self.check(self.sample, LC_ALL="vi_VN.UTF-8", status=2).stderr)

    def test_usage(self):
        pair = (self.sample, self.sample)
        for args, words in (((), "needs two files"), ((self.sample,), "needs two files"), ((*pair, self.other), "needs two files"),
                            ((*pair, "--dpi", "7"), "--dpi takes"), ((*pair, "--pages", "3-1"), "--pages takes"),
                            ((*pair, "--pages", "x"), "--pages takes"), ((*pair, "--json", "-", "--junit", "-"), "only one of"),
                            ((*pair, "--json", "a", "--junit", "a"), "the same file"), ((*pair, "-j", "2"), "--jobs is for --all"),
                            ((*pair, "--json", self.sample), "is what is checked"), ((*pair, "--tolerance", "0.5"), "is no tolerance"),
                            ((*pair, "--tolerance", "-1pt"), "is no tolerance"), ((*pair, "--all", "x.json"), "--all names its files"),
                            (("--bless", "--all", "x.json"), "--bless accepts one file"), ((*pair, "--nothing"), "no option")):
            with self.subTest(args=args[2:] or args):
                self.assertIn(words, self.check(*args, status=2).stderr)

    def test_unreadable(self):
        damaged, text = self.work / "damaged.pdf", self.write("text.pdf", "no PDF")
        damaged.write_bytes(self.sample.read_bytes()[:30000])
        for path in damaged, text, self.work / "nowhere.pdf":
            for args in (path, self.sample), (self.sample, path):
                done = self.check(*args, "--json", "x.json", status=3)
                self.assertIn(path.name, done.stderr)
                self.assertFalse((self.work / "x.json").exists())

    def test_help(self):
        english, vietnamese = (self.check("--help", "--lang", lang, status=0).stdout for lang in ("en", "vi"))
        options = [re.findall(r"(?m)^ +(?:-\w, | {4})--([\w-]+)", text) for text in (english, vietnamese)]
        self.assertEqual(*options)
        for option in "layout-only", "tolerance", "mask", "pages", "no-pixels", "dpi", "plates", "json", "junit", "report", "bless", "all":
            self.assertIn(option, options[0])
        self.assertLessEqual(max(map(len, (english + vietnamese).splitlines())), 120)

    def test_outputs(self):
        self.check(self.other, self.sample, "--no-pixels", "--json", "a.json", "--junit", "a.xml", "--report", "deep/report", "--quiet", status=1)
        self.assertEqual(sorted(p.name for p in self.work.iterdir()), ["a.json", "a.xml", "deep"])
        self.assertTrue(json.loads((self.work / "a.json").read_text())["findings"])
        suite = ElementTree.parse(self.work / "a.xml").getroot()
        self.assertTrue(list(suite.iter("failure")))
        self.assertIn("<html", (self.work / "deep/report/index.html").read_text(encoding="utf-8"))
        printed = self.check(self.other, self.sample, "--no-pixels", "--json", "-", status=1).stdout
        self.assertEqual(printed, (self.work / "a.json").read_text())
        self.assertEqual(self.check(self.other, self.sample, "--no-pixels", "--quiet", status=1).stdout, "")

    def test_no_pdf_is_lost(self):
        copy, link = self.work / "copy.pdf", self.work / "link.json"
        copy.write_bytes(self.sample.read_bytes())
        link.symlink_to("copy.pdf")
        for option in "--json", "--junit":
            for path in copy, link:
                self.assertIn("E1349", self.check(self.other, self.sample, "--no-pixels", option, path, status=2).stderr)
        self.assertEqual(copy.read_bytes(), self.sample.read_bytes())

    def test_cannot_write(self):
        self.write("file", "")
        for args in ("--json", "nowhere/a.json"), ("--report", "file"), ("--report", "file/deeper"):
            done = self.check(self.other, self.sample, "--no-pixels", *args, status=4)
            self.assertIn("E0804", done.stderr)
            self.assertEqual(done.stdout, "")
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                done = subprocess.run([BANTIN, "check", self.sample, self.sample, "--no-pixels"], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 4, done.stderr)

    def test_same_input_same_output(self):
        said = {self.check(self.other, self.sample, "--no-pixels", "--json", "-").stdout for _ in range(3)}
        self.assertEqual(len(said), 1)

    def test_pages(self):
        pages = {f["page"] for f in self.findings(self.other, self.sample)}
        self.assertTrue(pages)
        self.check(self.other, self.sample, "--no-pixels", "--pages", f"1-{max(pages)}", status=1)
        free = next(n for n in range(1, 9) if n not in pages)
        self.check(self.other, self.sample, "--no-pixels", "--pages", free, status=0)
        self.assertIn("E1348", self.check(self.other, self.sample, "--no-pixels", "--pages", 9, status=3).stderr)
        self.check(self.other, self.sample, "--no-pixels", "--pages", "8-", status=0)


class Given(Check):
    def test_tolerance(self):
        moved = self.work / "moved.pdf"
        self.shift(moved, 0.4)
        for tolerance, status in (("0.3pt", 1), ("0.5pt", 0), ("0.2mm", 0), ("0.1mm", 1)):
            self.check(moved, self.sample, "--no-pixels", "--tolerance", tolerance, status=status)
        for members, status in (({}, 1), ({"position": 0.5, "length": 0.5}, 0), ({"position": "0.5pt"}, 0), ({"size": 3}, 1)):
            path = self.write("t.json", {"bantin_tolerance": 1, **members})
            self.check(moved, self.sample, "--no-pixels", "--tolerance", path, status=status)

    def shift(self, path, by):
        """All pages moved to the right on their paper, by a matrix before their content."""
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--coalesce-contents", self.sample, self.work / "plain.pdf"], check=True)
        bytes_ = (self.work / "plain.pdf").read_bytes()
        pages = [int(n) for n in re.findall(rb"/Contents (\d+) 0 R", bytes_)]
        self.assertTrue(pages)
        for number in pages:
            begin = bytes_.index(b"stream\n", bytes_.index(b"\n%d 0 obj\n" % number)) + 7
            bytes_ = bytes_[:begin] + b"1 0 0 1 %.1f 0 cm\n" % by + bytes_[begin:]
        (self.work / "edited.pdf").write_bytes(bytes_)
        with open(path, "wb") as out:
            subprocess.run(["fix-qdf", self.work / "edited.pdf"], check=True, stdout=out)

    def test_mask(self):
        pages = [f["page"] for f in self.findings(self.other, self.sample)]
        pattern = self.write("p.json", {"bantin_mask": 1, "patterns": ["l.a"]})
        done = self.check(self.other, self.sample, "--no-pixels", "--mask", pattern, status=0)
        self.assertRegex(done.stdout, r"masked|left out")
        everything = {"box": ["0mm", "0mm", "300mm", "400mm"]}
        for region, status in ((everything, 0), ({**everything, "pages": f"{min(pages)}-{max(pages)}"}, 0), ({**everything, "pages": "all"}, 0),
                               ({**everything, "pages": "900-"}, 1), ({"box": ["0mm", "0mm", "1mm", "1mm"]}, 1)):
            path = self.write("m.json", {"bantin_mask": 1, "regions": [region]})
            self.check(self.other, self.sample, "--no-pixels", "--mask", path, status=status)
        # The mask hides from the pixels as well.
        self.check(self.other, self.sample, "--dpi", "72", "--mask", self.write("e.json", {"bantin_mask": 1, "regions": [everything]}), status=0)

    def test_wrong_files(self):
        for option, value, words in (
                ("--mask", "[]", "object"), ("--mask", {"regions": []}, "bantin_mask"), ("--mask", {"bantin_mask": 2}, "format 2"),
                ("--mask", {"bantin_mask": 1, "region": []}, 'did you mean "regions"'), ("--mask", {"bantin_mask": 1, "patterns": ["("]}, "E1345"),
                ("--mask", {"bantin_mask": 1, "patterns": [7]}, "string"), ("--mask", {"bantin_mask": 1, "regions": [{"box": ["1mm"]}]}, "E1344"),
                ("--mask", {"bantin_mask": 1, "regions": [{"box": ["1mm", "2mm", "3mm", "0mm"]}]}, "E02"),
                ("--mask", {"bantin_mask": 1, "regions": [{"box": ["1mm"] * 4, "pages": "0"}]}, "E1343"),
                ("--tolerance", {"bantin_tolerance": 1, "positon": 1}, 'did you mean "position"'), ("--tolerance", "{", "E01"),
                ("--tolerance", {"bantin_tolerance": 1, "color": 101}, "E02"), ("--tolerance", {"bantin_tolerance": 1, "size": -1}, "E02")):
            with self.subTest(option=option, value=value):
                path = self.write("wrong.json", value)
                done = self.check(self.sample, self.sample, option, path, status=3)
                self.assertIn("wrong.json", done.stderr)
                self.assertIn(words, done.stderr)
        for option in "--mask", "--tolerance":
            self.assertIn("E1341", self.check(self.sample, self.sample, option, "there-is-none.json", status=3).stderr)


class Bless(Check):
    def setUp(self):
        super().setUp()
        self.new, self.old = self.other.read_bytes(), self.sample.read_bytes()
        self.approved, self.before = self.work / "approved.pdf", self.work / "approved.before.pdf"
        self.fresh = self.work / "new.pdf"
        self.fresh.write_bytes(self.new)
        self.approved.write_bytes(self.old)

    def state(self):
        """What the sample is, and that nothing was lost."""
        is_new = self.approved.read_bytes() == self.new
        self.assertTrue(is_new or self.approved.read_bytes() == self.old)
        if is_new:
            self.assertEqual(self.before.read_bytes(), self.old)
        self.assertEqual(self.fresh.read_bytes(), self.new)
        return is_new

    def test_bless(self):
        done = self.check("--bless", self.fresh, self.approved, status=0)
        self.assertIn("approved.before.pdf", done.stdout)
        self.assertTrue(self.state())
        self.check(self.fresh, self.approved, "--no-pixels", status=0)
        # Again: nothing to do, and the old one stays.
        self.check("--bless", self.fresh, self.approved, status=0)
        self.assertEqual(self.before.read_bytes(), self.old)
        # Another time: the one before is replaced.
        self.check("--bless", self.sample, self.approved, status=0)
        self.assertEqual((self.approved.read_bytes(), self.before.read_bytes()), (self.old, self.new))
        self.assertEqual(sorted(p.name for p in self.work.iterdir()), ["approved.before.pdf", "approved.pdf", "new.pdf"])

    def test_first_sample(self):
        self.approved.unlink()
        self.check("--bless", self.fresh, self.approved, status=0)
        self.assertEqual(self.approved.read_bytes(), self.new)
        self.assertFalse(self.before.exists())

    def test_link_stays_a_link(self):
        self.approved.rename(self.work / "real.pdf")
        self.approved.symlink_to("real.pdf")
        self.check("--bless", self.fresh, self.approved, status=0)
        self.assertTrue(self.approved.is_symlink())
        self.assertEqual((self.work / "real.pdf").read_bytes(), self.new)
        self.assertEqual((self.work / "real.before.pdf").read_bytes(), self.old)

    def test_refused(self):
        for content in b"", b"no PDF", self.new[:40000]:
            self.fresh.write_bytes(content)
            self.check("--bless", self.fresh, self.approved, status=3)
            self.assertEqual(self.approved.read_bytes(), self.old)
            self.assertFalse(self.before.exists())
        self.check("--bless", self.approved, self.approved, status=3)
        self.check("--bless", self.work / "nowhere.pdf", self.approved, status=3)
        self.assertEqual(self.approved.read_bytes(), self.old)

    def test_sample_damaged(self):
        """What is there is kept whatever it is."""
        self.old = b"not a PDF at all"
        self.approved.write_bytes(self.old)
        self.check("--bless", self.fresh, self.approved, status=0)
        self.assertTrue(self.state())

    def each_call(self, error):
        """Every call of these that bless makes fails once, or is where the process is killed."""
        n_failed = 0
        for call in "write", "fsync", "rename", "link":
            for n in range(1, 20):
                self.approved.write_bytes(self.old)
                self.before.unlink(missing_ok=True)
                note = self.work / "failed"
                note.unlink(missing_ok=True)
                done = subprocess.run([BANTIN, "check", "--bless", self.fresh, self.approved], capture_output=True, text=True, start_new_session=True,
                                      env={**os.environ, "LC_ALL": "C", "LD_PRELOAD": SHIM, "FAIL_CALL": call, "FAIL_NTH": str(n),
                                           "FAIL_ERRNO": str(error), "FAIL_NOTE": str(note)})
                if not note.exists():
                    break
                n_failed += 1
                with self.subTest(call=call, n=n):
                    yield call, done
                    for left in self.work.iterdir():
                        if left.name not in ("new.pdf", "approved.pdf", "approved.before.pdf", "failed"):
                            self.assertEqual(error, 0, left)  # only who was killed leaves something behind
                            left.unlink()
        self.assertGreaterEqual(n_failed, 6)

    def test_calls_fail(self):
        if not SHIM:
            self.skipTest("needs --shim")
        for call, done in self.each_call(28):
            is_new = self.state()
            if call == "link":  # a file system without links: the old one is copied
                self.assertEqual((done.returncode, is_new), (0, True), done.stderr)
            elif done.returncode:
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertRegex(done.stderr, r"error E\d{4}: ")
            else:
                self.assertTrue(is_new)

    def test_killed(self):
        if not SHIM:
            self.skipTest("needs --shim")
        for _, done in self.each_call(0):
            self.assertEqual(done.returncode, -signal.SIGKILL)
            self.state()
            self.check("--bless", self.fresh, self.approved, status=0)
            self.assertTrue(self.state())


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    if "--shim" in sys.argv:
        at = sys.argv.index("--shim")
        SHIM = os.path.abspath(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    unittest.main()
