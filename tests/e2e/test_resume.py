#!/usr/bin/env python3
"""Batches that go on where another has ended: what is kept and what is made again, two at once, full disks, calls that fail,
and kills at random moments.

usage: test_resume.py BANTIN [--kills N] [--shim FAIL_CALL.so] [TEST ...]      (unittest's own options)
"""
import collections, contextlib, csv, fcntl, hashlib, json, os, pathlib, random, resource, shutil, signal, subprocess, sys, tempfile, time, unittest

import test_batch
from test_batch import BASE, SVG, Folder, overlay, wait_until



def take(option, default):
    if option not in sys.argv:
        return default
    i = sys.argv.index(option)
    value = sys.argv[i + 1]
    del sys.argv[i:i + 2]
    return value


KILLS = int(take("--kills", 20))
SHIM = take("--shim", None)
SHIM = SHIM and os.path.abspath(SHIM)
FONTS = pathlib.Path("/usr/share/fonts")
SUM = len(',"sum":"0123456789abcdef"}')


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Resume(Folder):
    """The base has a picture, a layout of its own and an article in a file."""
    MANIFEST = "m.jsonl"

    def setUp(self):
        super().setUp()
        base = dict(BASE, layout="./own.json", articles=BASE["articles"] + [{"headline": "Từ tệp", "body": {"file": "articles/a.md"}}])
        self.write("base.json", base)
        self.write("own.json", {"bantin_layout": 1, "name": "own", "extends": "bulletin-19x27"})
        self.write("articles/a.md", "Một đoạn trong tệp.\n")
        self.ids = self.editions(8)

    def go(self, *args, **more):
        return self.batch(self.MANIFEST, "--base", "base.json", "-o", "out", "-j", "2", *args, **more)

    def files(self):
        """By name, what tells one file in place from another."""
        return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (self.folder / "out").rglob("*.pdf")}

    def resumed(self, *args, **more):
        """Resumes, and gives the ids of those that were made again; everything is as if nothing had been kept."""
        before = self.files()
        self.said = self.go("--resume", *args, **more)
        after = self.files()
        self.check_truth()
        return {path.stem for path in after if before.get(path) != after[path]}

    def lines(self, name="journal"):
        """The journal's lines, each with its sum checked."""
        lines = []
        for line in (self.folder / f"out/batch/{name}.jsonl").read_bytes().splitlines(True):
            self.assertTrue(line.endswith(b"\n"))
            text = line[:-1]
            self.assertEqual(text[-SUM:], b',"sum":"' + hashlib.sha256(text[:-SUM]).hexdigest()[:16].encode() + b'"}')
            lines.append(json.loads(text))
        return lines

    def known(self, torn_ok=False, name="journal"):
        """The last line of each edition that counts."""
        path = self.folder / f"out/batch/{name}.jsonl"
        if not path.exists():
            return {}
        whole, _, torn = path.read_bytes().rpartition(b"\n")
        self.assertTrue(torn_ok or not torn)
        known = {}
        for text in whole.splitlines():
            self.assertEqual(text[-SUM:], b',"sum":"' + hashlib.sha256(text[:-SUM]).hexdigest()[:16].encode() + b'"}')
            line = json.loads(text)
            if "journal" in line:
                known = {} if line["anew"] else known
            else:
                known[line["id"]] = line
        return known

    def report_digests(self, torn_ok=False, name="journal"):
        """Of the lines about each edition in the file of reports: before a run has ended, there may be several."""
        digests = collections.defaultdict(set)
        path = self.folder / f"out/batch/{name.replace('journal', 'reports')}.jsonl"
        whole, _, torn = path.read_bytes().rpartition(b"\n") if path.exists() else (b"", b"", b"")
        self.assertTrue(torn_ok or not torn)
        for line in whole.splitlines():
            digests[json.loads(line)["id"]].add(hashlib.sha256(line).hexdigest())
        return digests

    def check_truth(self, **more):
        """Whatever the journal says is done is there; the report of an edition that the manifest has no more may have gone."""
        reports = self.report_digests(**more)
        rows = {json.loads(line)["id"] for line in (self.folder / "m.jsonl").read_text().splitlines() if line}
        for name, line in self.known(**more).items():
            if line["state"] != "done":
                continue
            self.assertEqual(sha256(self.folder / "out" / line["out"]), line["sha256"])
            if name in rows:
                self.assertIn(line["report_sha256"], reports.get(name, ()), name)

    def check_as_anew(self, *args, **more):
        """The folder holds what a batch into an empty one makes, to the byte, and so does the report."""
        shutil.rmtree(self.folder / "anew", ignore_errors=True)
        self.batch(self.MANIFEST, "--base", "base.json", "-o", "anew", "-j", "1", *args, **more)
        self.assertEqual(self.pdfs("out"), self.pdfs("anew"))
        self.assertEqual(self.tree("out"), self.tree("anew"))
        reports = [dict(self.report(folder), run=None) for folder in ("out", "anew")]
        self.assertEqual(*reports)
        for name in ("overview.html", "reports.jsonl"):
            self.assertEqual((self.folder / "anew/batch" / name).read_bytes(), (self.folder / "out/batch" / name).read_bytes())

    def tree(self, folder):
        return {str(p.relative_to(self.folder / folder)) for p in (self.folder / folder).rglob("*")}


class Affected(Resume):
    """Just what depends on a thing is made again when it changes."""

    def setUp(self):
        super().setUp()
        own = overlay("e002")
        own["articles"][0]["article"]["body"].append({"type": "figure", "image": "own.svg", "alt": "Hình"})
        self.write("editions/e002.json", own)
        self.write("editions/own.svg", SVG)
        markdown = overlay("e003")
        markdown["articles"][0]["article"]["body"] = {"file": "c.md"}
        self.write("editions/e003.json", markdown)
        self.write("editions/c.md", "Bài của huyện.\n")
        other = overlay("e004")
        other["set"] = {"/layout": "./other.json"}
        self.write("editions/e004.json", other)
        self.write("editions/other.json", {"bantin_layout": 1, "name": "other", "extends": "a5-one-column"})
        (self.folder / "fonts").mkdir()
        hebrew = overlay("e005")
        hebrew["articles"][0]["article"]["body"].append("Chữ א ở đây.")
        self.write("editions/e005.json", hebrew)
        self.go("--font-dir", "fonts")
        self.check_truth()

    def again(self, *args, **more):
        return self.resumed("--font-dir", "fonts", *args, **more)

    def check(self, expected):
        self.assertEqual(self.again(), set(expected))
        self.assertEqual(self.again(), set())
        self.check_as_anew("--font-dir", "fonts")

    def test_nothing(self):
        for path in self.folder.glob("editions/*"):
            os.utime(path)
        self.assertEqual(self.again(), set())
        self.assertRegex(self.said.stdout, r"made 0, kept 8, failed 0")
        self.check_as_anew("--font-dir", "fonts")

    def test_what_does_not_count(self):
        self.assertEqual(self.again("-j", "3", "--quiet", "--lang", "vi", "--report", "elsewhere.json", "--strict"), set())
        lines = (self.folder / "m.jsonl").read_text().splitlines()
        self.write("m.jsonl", "\n\n" + "\n".join(reversed(lines)) + "\n")
        self.assertEqual(self.again(), set())

    def test_overlay(self):
        self.write("editions/e001.json", overlay("e001", 2))
        self.check(["e001"])

    def test_picture_of_one(self):
        self.write("editions/own.svg", SVG.replace("#336699", "#993366"))
        self.check(["e002"])

    def test_article_of_one(self):
        self.write("editions/c.md", "Bài khác của huyện.\n")
        self.check(["e003"])

    def test_layout_of_one(self):
        self.write("editions/other.json", {"bantin_layout": 1, "name": "other", "extends": "bulletin-19x27"})
        self.check(["e004"])

    def test_parent_that_appears(self):
        """A layout's parent is looked for beside it first."""
        layout = json.loads((self.folder / "editions/other.json").read_text())
        self.write("editions/a5-one-column.json", dict(layout, name="a5-one-column", extends="bulletin-19x27"))
        self.check(["e004"])

    def test_fallback_that_appears(self):
        """The one edition that needs a fallback would have taken it from here."""
        found = sorted(FONTS.rglob("Liberation*-Regular.ttf"))
        for font in found:
            shutil.copy(font, self.folder / "fonts")
        self.check(["e005"])

    def test_font_that_appears(self):
        shutil.copy(next(FONTS.rglob("NotoSerif-Regular.ttf")), self.folder / "fonts")
        self.check(self.ids)

    def test_picture_of_the_base(self):
        self.write("images/a.svg", SVG.replace("#336699", "#993366"))
        self.check(self.ids)

    def test_article_of_the_base(self):
        self.write("articles/a.md", "Một đoạn khác.\n")
        self.check(self.ids)

    def test_layout_of_the_base(self):
        self.write("own.json", {"bantin_layout": 1, "name": "own", "extends": "a5-one-column"})
        self.check(self.ids)

    def test_base(self):
        self.write("base.json", (self.folder / "base.json").read_text(encoding="utf-8").replace("Dư nợ tăng", "Dư nợ giảm"))
        self.check(self.ids)

    def test_options(self):
        for args in (["--rendition", "screen"], ["--pages-multiple", "4"], ["--layout", "a5-one-column"], ["--convert-legacy"], ["--palette", "mono"]):
            self.assertEqual(self.again(*args), set(self.ids), args)
            self.assertEqual(self.again(*args), set(), args)
            self.check_as_anew("--font-dir", "fonts", *args)

    def test_date(self):
        """SOURCE_DATE_EPOCH is an option, too."""
        environment = self.environment()
        self.environment = lambda: dict(environment, SOURCE_DATE_EPOCH="1700000000")
        self.check(self.ids)

    def test_outputs(self):
        """Whatever has become of what was made, it is there again."""
        out = self.folder / "out"
        (out / "e000.pdf").unlink()
        with open(out / "e001.pdf", "ab") as file:
            file.write(b" ")
        (out / "e002.pdf").write_bytes((out / "e003.pdf").read_bytes())
        lines = self.reports()
        self.write("out/batch/reports.jsonl", b"".join([
            *(line + b"\n" for name, line in lines.items() if name not in ("e004", "e005", "e006")),
            b'{"id":"e005"}\n', b"[]\n\n", lines["e006"].replace(b'"e006"', b'"e006 "', 1) + b"\n", lines["e007"]]).decode())
        self.check(["e000", "e001", "e002", "e004", "e005", "e006"])


class Rows(Resume):
    """The manifest changes."""

    def rows(self, rows):
        self.manifest(rows)

    def row(self, name, **more):
        return dict({"id": name, "edition": f"editions/{name}.json"}, **more)

    def test_new(self):
        self.go()
        self.write("editions/neu.json", overlay("neu"))
        self.rows([self.row("neu")] + [self.row(name) for name in self.ids])
        self.assertEqual(self.resumed(), {"neu"})
        self.check_as_anew()

    def test_gone(self):
        self.go()
        before = (self.folder / "out/e003.pdf").read_bytes()
        self.rows([self.row(name) for name in self.ids if name != "e003"])
        self.assertEqual(self.resumed(), set())
        self.assertIn("N1176", self.said.stderr)
        self.assertIn("out/e003.pdf", self.said.stderr)
        self.assertEqual((self.folder / "out/e003.pdf").read_bytes(), before)
        self.assertEqual(set(self.states()), set(self.ids) - {"e003"})

    def test_gone_and_taken(self):
        """Another edition is written to where one was that is gone: what the journal said of it is true no more."""
        self.go()
        self.rows([self.row(name) for name in self.ids if name not in ("e003", "e004")] + [self.row("e004", out="e003.pdf")])
        self.assertEqual(self.resumed(), {"e003"})
        self.assertNotIn("N1176", self.said.stderr)
        self.assertEqual(self.known()["e003"]["state"], "forgotten")
        self.assertEqual(self.known()["e004"]["out"], "e003.pdf")
        self.assertIn("N1177", self.said.stderr)

    def test_exchanged(self):
        self.go()
        outs = {"e000": "e001.pdf", "e001": "e000.pdf"}
        self.rows([self.row(name, out=outs.get(name, f"{name}.pdf")) for name in self.ids])
        self.assertEqual(self.resumed(), {"e000", "e001"})
        self.assertNotIn("N117", self.said.stderr)
        self.check_as_anew()

    def test_many_gone(self):
        self.ids = self.editions(40)
        self.go()
        self.rows([self.row("e000")])
        self.assertEqual(self.resumed(), set())
        self.assertEqual(self.said.stderr.count("N1176"), 20)
        self.assertEqual(self.said.stderr.count("N1178"), 1)

    def test_values(self):
        self.write("base.json", json.dumps(json.loads((self.folder / "base.json").read_text()) | {"lang": "vi"}, ensure_ascii=False).replace("Dư nợ", "Dư nợ {{so}}"))
        for changed in (None, "e002"):
            with open(self.folder / "m.csv", "w", newline="") as file:
                table = csv.writer(file)
                table.writerow(["id", "edition", "so"])
                table.writerows([name, f"editions/{name}.json", 7 if name == changed else 5] for name in self.ids)
            args = ["m.csv", "--base", "base.json", "-o", "out"]
            if changed:
                before = self.files()
                self.batch(*args, "--resume")
                after = self.files()
                self.assertEqual({path.stem for path in after if before[path] != after[path]}, {changed})
            else:
                self.batch(*args)


class WithValues(Resume):
    """The base is set with values of a row, and what differs from it changes with them."""
    MANIFEST = "m.csv"

    def setUp(self):
        super().setUp()
        base = json.loads((self.folder / "base.json").read_text())
        base["articles"][1]["body"] = [{"type": "table", "columns": [{"title": "a"}, {"title": "b", "type": "number"}], "rows": [["x", "{{so}}"]], "total": {"label": "c", "columns": [1]}}]
        self.write("base.json", base)
        self.values = dict.fromkeys(self.ids, 5)
        self.go()

    def go(self, *args, **more):
        self.write("m.csv", "id,edition,so\n" + "".join(f"{name},editions/{name}.json,{so}\n" for name, so in self.values.items()))
        return super().go(*args, **more)

    def test_first(self):
        self.values[self.ids[0]] = 700
        self.assertEqual(self.resumed(), set(self.ids))
        self.check_as_anew()

    def test_other(self):
        self.values[self.ids[2]] = 700
        self.assertEqual(self.resumed(), {self.ids[2]})
        self.check_as_anew()

    def test_order(self):
        self.values = dict(reversed(self.values.items()))
        self.assertEqual(self.resumed(), set())


class WithoutBase(Resume):
    """The bundle cannot be set without an edition, and nothing of it is made once for all."""

    def setUp(self):
        super().setUp()
        base = json.loads((self.folder / "base.json").read_text())
        base["articles"][0]["body"][1]["image"] = "images/none.svg"
        self.write("base.json", base)
        self.write("editions/a.svg", SVG)
        for name in self.ids:
            self.write(f"editions/{name}.json", dict(overlay(name), set={"/articles/0/body/1/image": "a.svg"}))
        self.assertIn("W1143", self.go().stderr)

    def test_resume(self):
        self.assertEqual(self.resumed(), set())
        self.write("editions/e001.json", dict(overlay("e001", 2), set={"/articles/0/body/1/image": "a.svg"}))
        self.assertEqual(self.resumed(), {"e001"})
        self.write("articles/a.md", "Một đoạn khác.\n")
        self.assertEqual(self.resumed(), set(self.ids))
        self.check_as_anew()


class Failed(Resume):
    def setUp(self):
        super().setUp()
        self.good = {name: (self.folder / f"editions/{name}.json").read_text() for name in ("e002", "e005")}
        self.write("editions/e002.json", "{")
        (self.folder / "editions/e005.json").unlink()
        self.go(status=1)
        self.check_truth()

    def repair(self, *names):
        for name in names:
            self.write(f"editions/{name}.json", self.good[name])

    def test_resume(self):
        self.assertEqual(self.resumed(status=1), set())
        self.repair("e005")
        self.assertEqual(self.resumed(status=1), {"e005"})
        self.repair("e002")
        self.assertEqual(self.resumed(), {"e002"})
        self.check_as_anew()

    def test_retry_failed(self):
        """Only what has failed, whatever else has changed; the report has the others as they were made."""
        self.repair("e002")
        self.write("editions/e001.json", overlay("e001", 3))
        self.write("editions/neu.json", overlay("neu"))
        rows = [json.loads(line) for line in (self.folder / "m.jsonl").read_text().splitlines()]
        self.manifest(rows + [{"id": "neu", "edition": "editions/neu.json"}])
        before = self.files()
        said = self.go("--retry-failed", status=1)
        self.check_truth()
        self.assertEqual({path.stem for path in self.files() if path not in before}, {"e002"})
        self.assertIn("made 1, kept 6, failed 1", said.stdout)
        self.assertEqual(self.states()["neu"], "left")
        self.repair("e005")
        self.assertRegex(self.go("--retry-failed", status=1).stderr, r"left: 1; --resume")  # good, and not all
        self.assertEqual(self.resumed(), {"e001", "neu"})
        self.check_as_anew()

    def test_lost(self):
        """An edition whose PDF has gone, or is to have another name, is not told as done by --retry-failed."""
        self.repair("e002", "e005")
        (self.folder / "out/e001.pdf").unlink()
        rows = [json.loads(line) for line in (self.folder / "m.jsonl").read_text().splitlines()]
        self.manifest([dict(row, out="anders.pdf") if row["id"] == "e003" else row for row in rows])
        said = self.go("--retry-failed", status=1)
        self.assertIn("made 2, kept 4, failed 0", said.stdout)
        self.assertRegex(said.stderr, "left: 2; --resume")
        self.assertEqual({name for name, state in self.states().items() if state == "left"}, {"e001", "e003"})
        self.check_truth()
        self.resumed()
        self.assertEqual(set(self.states().values()), {"done"})
        self.assertTrue((self.folder / "out/e001.pdf").exists() and (self.folder / "out/anders.pdf").exists())

    def test_old_file_stays(self):
        """An edition that was made and fails now keeps its file, and the journal does not call it done."""
        self.repair("e002", "e005")
        self.go("--resume")
        before = (self.folder / "out/e001.pdf").read_bytes()
        self.write("editions/e001.json", "{")
        self.assertEqual(self.resumed(status=1), set())
        self.assertEqual((self.folder / "out/e001.pdf").read_bytes(), before)
        self.assertEqual(self.known()["e001"]["state"], "failed")
        self.write("editions/e001.json", overlay("e001"))
        self.assertEqual(self.resumed(), {"e001"})


class Journal(Resume):
    def test_anew(self):
        """Without --resume all are made, and the journal goes on."""
        self.go()
        first = self.lines()
        before = self.files()
        self.go()
        after = self.files()
        self.assertTrue(all(before[path] != after[path] for path in before))
        self.assertEqual(self.lines()[:len(first)], first)
        self.assertTrue(self.lines()[len(first)]["anew"])
        self.assertEqual(self.resumed(), set())

    def test_size(self):
        """What is kept is not written again, and what the base has read is told once a run."""
        self.go()
        path = self.folder / "out/batch/journal.jsonl"
        text = path.read_text()
        self.assertEqual(text.count("NotoSerif-Regular.ttf"), 1)
        size = path.stat().st_size
        for _ in range(5):
            self.assertEqual(self.resumed(), set())
        head = len(text.splitlines()[0]) + 10
        self.assertLessEqual(path.stat().st_size, size + 5 * head)

    def test_inputs(self):
        """What the journal says was read has these contents."""
        self.go()
        lines = self.lines()
        pairs = lines[0]["inputs"] + [pair for line in lines[1:] for pair in line["inputs"]]
        names = {pathlib.Path(path).name for path, _ in pairs}
        self.assertLessEqual({"base.json", "own.json", "a.md", "a.svg", "e000.json", "fonts.json", "NotoSerif-Regular.ttf"}, names)
        for path, digest in pairs:
            file = self.folder / path
            self.assertEqual(digest, sha256(file) if file.exists() else None, path)

    def test_lost(self):
        self.go()
        (self.folder / "out/batch/journal.jsonl").unlink()
        self.assertEqual(self.resumed(), set(self.ids))

    def test_torn(self):
        self.go()
        path = self.folder / "out/batch/journal.jsonl"
        last = self.lines()[-1]["id"]
        path.write_bytes(path.read_bytes()[:-7])
        self.assertEqual(self.resumed(), {last})
        self.assertIn("N1173", self.said.stderr)
        self.check_as_anew()

    def test_damaged(self):
        """What cannot be told is not guessed; nothing is touched."""
        self.go()
        path = self.folder / "out/batch/journal.jsonl"
        bytes_now = bytearray(path.read_bytes())
        bytes_now[bytes_now.index(b"\n") + 100] ^= 1
        path.write_bytes(bytes_now)
        before = self.files()
        for args in ([], ["--resume"], ["--retry-failed"]):
            said = self.go(*args, status=3)
            self.assertRegex(said.stderr, r"journal\.jsonl:2:1: error E1170")
        self.assertEqual(self.files(), before)
        self.assertEqual(path.read_bytes(), bytes_now)
        path.unlink()
        self.go("--resume")

    def test_foreign(self):
        self.write("out/batch/journal.jsonl", "to buy: milk\n")
        said = self.go(status=3)
        self.assertIn("E1171", said.stderr)
        self.assertEqual((self.folder / "out/batch/journal.jsonl").read_text(), "to buy: milk\n")

    def test_swept(self):
        """What a killed run has left goes; what is not ours stays."""
        self.go()
        self.write("out/batch/staged/e000.pdf.77.part", "x")
        self.write("out/batch/staged/e001.pdf", "x")
        self.write("out/batch/report.json.77.part", "x")
        self.write("out/batch/overview.html.77.part", "x")
        self.write("out/batch/reports.jsonl.77.part", "x")
        self.write("out/batch/mine.txt", "x")
        self.write("out/mine.txt.77.part", "x")
        self.assertEqual(self.resumed(), set())
        left = self.tree("out")
        self.assertLessEqual({"batch/mine.txt", "mine.txt.77.part"}, left)
        self.assertEqual([name for name in left if name.startswith("batch/staged/") or name.startswith(("batch/report.json.", "batch/reports.jsonl.", "batch/overview.html."))], [])


class InMemory(Resume):
    """Where syncing costs no time, if there is such a place."""

    def setUp(self):
        if os.access("/dev/shm", os.W_OK):
            tempfile.tempdir = "/dev/shm"
            self.addCleanup(setattr, tempfile, "tempdir", None)
        super().setUp()


class Two(InMemory):
    """Two batches at once into one folder."""

    @contextlib.contextmanager
    def held(self, *args):
        """A batch that stands still while it holds the lock."""
        self.ids = self.editions(150)
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2", *args, start_new_session=True)
        lock = self.folder / ("out/batch/lock-1-of-2" if args else "out/batch/lock")
        self.assertTrue(wait_until(lambda: lock.exists() and lock.read_text() == f"{process.pid}\n"))
        self.assertTrue(wait_until(lambda: list((self.folder / "out").glob("*.pdf"))))
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            self.assertIsNone(process.poll())
            yield process
        finally:
            os.killpg(process.pid, signal.SIGCONT)
        self.assertEqual(process.wait(60), 0)

    def test_refused(self):
        with self.held() as process:
            before = self.files()
            said = self.go("--resume", status=4)
            self.assertIn("E1174", said.stderr)
            self.assertIn(f"process {process.pid} ", said.stderr)
            self.assertIn("--wait", said.stderr)
            self.assertIn(str(process.pid), self.go("--lang", "vi", status=4).stderr)
            self.assertEqual(self.files(), before)
            self.batch("m.jsonl", "--base", "base.json", "-o", "other", "-j", "2")
        self.check_truth()
        self.check_as_anew()

    def test_waits(self):
        with self.held() as process:
            second = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2", "--resume", "--wait")
            with self.assertRaises(subprocess.TimeoutExpired):
                second.wait(0.5)
            self.assertIsNone(process.poll())
        out, err = second.communicate(timeout=60)
        self.assertEqual(second.returncode, 0, err)
        self.assertIn("made 0, kept 150", out)
        self.check_truth()

    def test_changes_while_at_work(self):
        """What an edition was made from is told as it was read; the next run makes it from what is there now."""
        with self.held():
            for name in ("e000", "e149"):
                self.write(f"editions/{name}.json", overlay(name, 2))
        self.check_truth()
        again = self.resumed()
        self.assertIn("e000", again)
        self.assertLessEqual(again, {"e000", "e149"})
        self.check_as_anew()

    def test_base_changes_while_at_work(self):
        with self.held():
            self.write("images/a.svg", SVG.replace("#336699", "#993366"))
        self.check_truth()
        self.assertEqual(self.resumed(), set(self.ids))
        self.check_as_anew()

    def test_shards(self):
        """Shards share a folder; the same one twice does not, nor does another number of them, or all at once."""
        with self.held("--shard", "1/2"):
            self.go("--shard", "2/2")
            self.assertIn("E1174", self.go("--shard", "1/2", status=4).stderr)
            self.assertIn("E1175", self.go("--shard", "1/3", status=4).stderr)
            self.assertIn("E1174", self.go(status=4).stderr)
        for k in (1, 2):
            self.check_truth(name=f"journal-{k}-of-2")
        before = self.files()
        for k in (1, 2):
            self.go("--shard", f"{k}/2", "--resume")
        self.assertEqual(self.files(), before)
        self.batch("m.jsonl", "--base", "base.json", "-o", "anew", "-j", "2")
        self.assertEqual(self.pdfs("out"), self.pdfs("anew"))


class Disk(Resume):
    """A disk that is full: what could be made is there, the rest is told, and made when there is room again."""

    def check_full(self, said):
        self.check_truth()
        self.assertIn(said.returncode, (1, 4), said.stderr)
        self.assertRegex(said.stderr, r"error E\d+: ")
        for path in (self.folder / "out").glob("*.pdf"):
            self.assertTrue(path.read_bytes().rstrip().endswith(b"%%EOF"))

    def test_file_size(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))
        said = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2", status=1, preexec_fn=limit)
        self.check_full(said)
        self.assertEqual(self.resumed(), set(self.ids))
        self.check_as_anew()

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("mount"), "only root can mount a small file system")
    def test_small_disk(self):
        place = self.folder / "out"
        place.mkdir()
        mount = lambda size: subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True).returncode
        if mount("size=1m"):
            self.skipTest("file systems cannot be mounted here")
        try:
            self.ids = self.editions(40)
            done = subprocess.run(self.command("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2"), cwd=self.folder, env=self.environment(), capture_output=True, text=True)
            self.check_full(done)
            made = {path.stem for path in self.files()}
            self.assertTrue(made and made < set(self.ids))
            self.assertEqual(mount("remount,size=64m"), 0)
            self.assertLessEqual(set(self.ids) - made, self.resumed())
            self.check_as_anew()
        finally:
            subprocess.run(["umount", place], check=True)


@unittest.skipUnless(SHIM, "no library is given that makes calls fail")
class Calls(InMemory):
    """Every call of the parent that writes, syncs or renames fails once, in turn; or a crash comes just before it."""

    def setUp(self):
        super().setUp()
        self.ids = self.editions(5)
        self.base = (self.folder / "base.json").read_text(encoding="utf-8")
        self.go()
        self.good = self.pdfs()
        self.write("base.json", self.base.replace("Dư nợ tăng", "Dư nợ giảm"))
        self.batch("m.jsonl", "--base", "base.json", "-o", "old", "-j", "2")
        self.write("base.json", self.base)

    def failing(self, call, n, error):
        """Over editions of other contents, or into an empty folder. None: there is no such call so often."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        if n % 2:
            shutil.copytree(self.folder / "old", self.folder / "out")
        note = self.folder / "failed"
        note.unlink(missing_ok=True)
        environment = dict(self.environment(), LD_PRELOAD=SHIM, FAIL_CALL=call, FAIL_NTH=str(n), FAIL_ERRNO=str(error), FAIL_NOTE=str(note))
        args = ["--resume"] if n % 4 > 1 else []
        done = subprocess.run(self.command("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2", *args), cwd=self.folder,
                              env=environment, capture_output=True, text=True, start_new_session=True)
        return done if note.exists() else None

    def check_after(self):
        if (self.folder / "out/batch").exists():
            self.check_truth(torn_ok=True)
        self.go("--resume", "--wait")
        self.check_truth()
        self.assertEqual(self.pdfs(), self.good)
        self.nothing_staged()

    def each(self, call, error, check):
        """Stops when neither folder has had so many calls."""
        n = n_without = 0
        while n_without < 4:
            n += 1
            done = self.failing(call, n, error)
            n_without = 0 if done else n_without + 1
            if done:
                with self.subTest(call=call, n=n):
                    check(call, done)
                    self.check_after()
        return n - n_without

    def test_fail(self):
        def check(call, done):
            if call == "ftruncate":  # the lock cannot say whose it is, which is no reason to stop
                self.assertEqual(done.returncode, 0, done.stderr)
            else:
                self.assertIn(done.returncode, (1, 4), done.stderr)
                self.assertRegex(done.stderr, r"error E\d+: ")
        for call, error in (("write", 28), ("fsync", 5), ("fdatasync", 5), ("rename", 13), ("ftruncate", 5)):
            self.assertGreater(self.each(call, error, check), 0, call)

    def test_crash(self):
        for call in ("write", "fsync", "fdatasync", "rename"):
            self.assertGreater(self.each(call, 0, lambda _, done: self.assertEqual(done.returncode, -signal.SIGKILL)), 1, call)


class Kills(InMemory):
    """kill -9 of all processes of a batch at random moments. It is resumed until it is done; then its input changes, so that
    what is there is replaced, and it goes on."""

    N_EDITIONS = 40

    def setUp(self):
        super().setUp()
        self.ids = self.editions(self.N_EDITIONS)
        self.bases = [(self.folder / "base.json").read_text(encoding="utf-8")]
        self.bases.append(self.bases[0].replace("Dư nợ tăng", "Dư nợ giảm"))
        self.refs, self.reports, self.trees = [], [], []
        for i, text in enumerate(self.bases):
            self.write("base.json", text)
            begun = time.monotonic()
            self.batch("m.jsonl", "--base", "base.json", "-o", f"ref{i}", "-j", "2")
            self.usual = time.monotonic() - begun
            self.refs.append(self.pdfs(f"ref{i}"))
            self.reports.append(self.all_reports(f"ref{i}"))
            self.trees.append(self.tree(f"ref{i}"))
        self.assertEqual(set(self.refs[0]), set(self.refs[1]))
        self.assertTrue(all(self.refs[0][name] != self.refs[1][name] for name in self.refs[0]))

    def all_reports(self, folder):
        reports = (self.folder / folder / "batch/reports.jsonl").read_bytes()
        return reports, dict(self.report(folder), run=None), (self.folder / folder / "batch/overview.html").read_bytes()

    def check_whole(self):
        """At any moment every file in place is whole, as one of the two inputs makes it."""
        for name, contents in self.pdfs("out").items():
            self.assertIn(contents, (self.refs[0][name], self.refs[1][name]))
        self.check_truth(torn_ok=True)

    def run_once(self, rng, args):
        """True: it has ended by itself; else it was killed."""
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", str(rng.choice((1, 2, 3))), "--wait", *args, start_new_session=True)
        try:
            process.wait(rng.uniform(0, 1.3 * self.usual))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        _, err = process.communicate()
        if process.returncode != -signal.SIGKILL:
            self.assertEqual(process.returncode, 0, err)
        return process.returncode == 0

    def check_done(self, i):
        self.assertEqual(self.pdfs("out"), self.refs[i])
        self.assertEqual(self.all_reports("out"), self.reports[i])
        self.assertEqual(self.tree("out"), self.trees[i])
        self.assertEqual({line["state"] for line in self.known().values()}, {"done"})

    def test_kills(self):
        rng = random.Random(20240409)
        n_kills = n_done = 0
        while n_kills < KILLS:
            i = n_done % 2
            self.write("base.json", self.bases[i])
            if n_done % 4 == 2:
                shutil.rmtree(self.folder / "out")
            args = [] if n_done % 3 == 1 else ["--resume"]
            while not self.run_once(rng, args):
                n_kills += 1
                self.wait_for_children()
                self.check_whole()
                args = ["--resume"]
            self.check_whole()
            self.check_done(i)
            n_done += 1
        print(f"{n_kills} kills, {n_done} batches done", file=sys.stderr)

    def wait_for_children(self):
        """They were killed as well; the lock is free when the last one is gone."""
        path = self.folder / "out/batch/lock"
        if path.exists():
            with open(path) as file:
                fcntl.flock(file, fcntl.LOCK_EX)


if __name__ == "__main__":
    test_batch.BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
