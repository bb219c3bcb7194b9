#!/usr/bin/env python3
"""Batches as the command makes them: many editions of one bundle, and what goes wrong with some of them.

usage: test_batch.py BANTIN [TEST ...]      (unittest's own options)
"""
import contextlib, fcntl, json, os, pathlib, pty, random, re, resource, shutil, signal, struct, subprocess, sys, tempfile, termios, time, unittest, zlib

BANTIN = ""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><rect width="80" height="40" fill="#336699"/></svg>'
BASE = {
    "bantin": 1,
    "masthead": {"title": "Bản tin phụ nữ", "date": "2024-04-09", "edition": "Ấn bản toàn tỉnh"},
    "articles": [
        {"id": "tap-huan", "headline": "Tập huấn cho chị em", "body": ["Lớp mở ở *xã*.", {"type": "figure", "image": "images/a.svg", "alt": "Lớp"}]},
        {"id": "vay-von", "headline": "Vay vốn", "body": ["Dư nợ tăng."]},
    ],
}
PARAGRAPH = "Chị em trong xã cùng nhau dọn đường làng, trồng hoa và góp quỹ tiết kiệm cho các gia đình còn khó khăn trong thôn. " * 4


def overlay(name, paragraphs=1):
    return {"bantin_edition": 1, "base": "../base.json", "id": name, "name": f"Huyện {name.capitalize()}",
            "articles": [{"op": "insert", "at": "start", "article": {"headline": f"Tin {name}", "body": [f"Chợ {name} họp sớm, phiên {i}. {PARAGRAPH}" for i in range(paragraphs)]}}]}


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("images/a.svg", SVG)
        self.write("base.json", BASE)

    def write(self, path, what):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")

    def editions(self, n, **more):
        """n overlays and their manifest; more: other overlays by id, None for a file that is not there."""
        ids = [f"e{i:03}" for i in range(n)]
        for name in ids:
            self.write(f"editions/{name}.json", more.get(name) or overlay(name))
            if name in more and more[name] is None:
                (self.folder / f"editions/{name}.json").unlink()
        self.manifest([{"id": name, "edition": f"editions/{name}.json"} for name in ids])
        return ids

    def manifest(self, rows, path="m.jsonl"):
        self.write(path, "".join(json.dumps(row) + "\n" for row in rows))

    def rows(self, n):
        """A manifest of n editions without overlays: they differ in nothing, and are quickly made."""
        self.write("n.csv", "id\n" + "".join(f"r{i:04}\n" for i in range(n)))

    def command(self, *args):
        return [BANTIN, "batch", *map(str, args)]

    def environment(self):
        return {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR")}

    def batch(self, *args, status=0, **more):
        done = subprocess.run(self.command(*args), cwd=self.folder, env=self.environment(), capture_output=True, **{"text": True, **more})
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def start(self, *args, **more):
        process = subprocess.Popen(self.command(*args), cwd=self.folder, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def report(self, out="out"):
        return json.loads((self.folder / out / "batch/report.json").read_text(encoding="utf-8"))

    def pdfs(self, out="out"):
        return {str(p.relative_to(self.folder / out)): p.read_bytes() for p in (self.folder / out).rglob("*.pdf") if "staged" not in p.parts}

    def nothing_staged(self, out="out"):
        self.assertEqual(list((self.folder / out / "batch/staged").iterdir()), [])

    def reports(self, out="out", name="reports"):
        """The editions' reports as they stand there, by id, in their order."""
        lines = (self.folder / out / f"batch/{name}.jsonl").read_bytes().split(b"\n")
        self.assertEqual(lines.pop(), b"")
        return {json.loads(line)["id"]: line for line in lines}

    def states(self, out="out"):
        return {e["id"]: e["state"] for e in self.report(out)["editions"]}


def children(pid):
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


class Made(Folder):
    def test_same_bytes(self):
        """As render makes each, whatever -j and order; reports as well."""
        self.write("base.json", json.dumps(BASE, ensure_ascii=False).replace("chị em", "chị em {{name}}"))
        ids = self.editions(12)
        rows = (self.folder / "m.jsonl").read_text().splitlines()
        self.write("back.jsonl", "\n".join(reversed(rows)) + "\n")
        (self.folder / "single").mkdir()
        for name in ids:
            done = subprocess.run([BANTIN, "render", "base.json", "--edition", f"editions/{name}.json", "-o", f"single/{name}.pdf"],
                                  cwd=self.folder, env=self.environment(), capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.batch("m.jsonl", "--base", "base.json", "-o", "one", "-j", "1")
        self.batch("m.jsonl", "--base", "base.json", "-o", "four", "-j", "4")
        self.batch("back.jsonl", "--base", "base.json", "-o", "back", "-j", "3")
        single = self.pdfs("single")
        self.assertEqual(len(single), len(ids))
        for out in ("one", "four", "back"):
            self.assertEqual(self.pdfs(out), single)
            self.nothing_staged(out)
            self.assertEqual(self.reports(out), self.reports("one"))
        self.assertEqual((self.folder / "four/batch/reports.jsonl").read_bytes(), (self.folder / "one/batch/reports.jsonl").read_bytes())
        self.assertEqual(list(self.reports("back")), ids[::-1])
        one, four, back = (self.report(out) for out in ("one", "four", "back"))
        self.assertEqual(one, four)
        self.assertEqual([e["id"] for e in back["editions"]], ids[::-1])
        without_line = lambda report: {e["id"]: {k: v for k, v in e.items() if k != "line"} for e in report["editions"]}
        self.assertEqual(without_line(one), without_line(back))

    def test_report(self):
        ids = self.editions(3)
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--rendition", "screen", "--report", "r.json")
        self.assertFalse((self.folder / "out/batch/report.json").exists())
        report = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))
        self.assertEqual((report["bantin_batch_report"], report["manifest"], report["base"]), (1, "m.jsonl", "base.json"))
        self.assertEqual(report["options"]["rendition"], "screen")
        self.assertEqual(report["totals"], {"editions": 3, "done": 3, "failed": 0, "pages": sum(e["pages"] for e in report["editions"]), "warnings": 0})
        self.assertEqual(list(report)[-1], "run")
        self.assertEqual(report["reports"], "batch/reports.jsonl")
        for name, e in zip(ids, report["editions"]):
            pdf = self.folder / "out" / e["out"]
            sha = subprocess.run(["sha256sum", str(pdf)], capture_output=True, text=True, check=True).stdout.split()[0]
            self.assertEqual((e["id"], e["state"], e["bytes"], e["sha256"]), (name, "done", pdf.stat().st_size, sha))
            line = json.loads(self.reports()[name])
            self.assertEqual((list(line)[0], line["edition"]["id"]), ("id", name))
            self.assertEqual(subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True).returncode, 0)
        self.assertIn("made 3, kept 0, failed 0", done.stdout)
        self.assertIn("r.json", done.stdout)

    def test_values(self):
        """Mail merge: each row's values stand in its edition, as render --value puts them there; a column that nothing calls for is an error."""
        self.write("base.json", json.dumps(BASE, ensure_ascii=False).replace("Dư nợ tăng.", "Xã {{xa}} có {{hoi_vien}} hội viên.").replace("chị em", "chị em {{xa}}"))
        self.write("c.csv", 'id,xa,hoi_vien\nhoa-loc,Hoa Lộc,1.204\ntam-chung,"Tam ""Chung""",987\n')
        self.batch("c.csv", "--base", "base.json", "-o", "out")
        text = subprocess.run(["pdftotext", "-raw", str(self.folder / "out/tam-chung.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn('Xã Tam "Chung" có 987 hội viên.', text)
        for name, xa, count in (("hoa-loc", "Hoa Lộc", "1.204"), ("tam-chung", 'Tam "Chung"', "987")):
            done = subprocess.run([BANTIN, "render", "base.json", "--value", f"id={name}", "--value", f"xa={xa}", "--value", f"hoi_vien={count}", "-o", "one.pdf"],
                                  cwd=self.folder, env=self.environment(), capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((self.folder / "one.pdf").read_bytes(), self.pdfs()[f"{name}.pdf"])
        self.write("c.csv", "id,xa,hoi_vien,hoi_vin\na,b,c,d\n")
        self.assertRegex(self.batch("c.csv", "--base", "base.json", "-o", "none", status=3).stderr, r"c\.csv:1:16: .*error E11.*hoi_vin")
        self.assertEqual(self.pdfs("none"), {})

    def test_folders(self):
        """Outputs may lie in folders, which are made; the manifest may come from the standard input."""
        self.editions(2)
        rows = [{"id": f"e{i:03}", "edition": f"editions/e{i:03}.json", "out": f"a/{i}/b.pdf"} for i in range(2)]
        self.batch("-", "--base", "base.json", "-o", "out", input="".join(json.dumps(row) + "\n" for row in rows))
        self.assertEqual(sorted(self.pdfs()), ["a/0/b.pdf", "a/1/b.pdf"])

    def test_bases(self):
        """Without --base the overlays name it, all the same one."""
        self.editions(2)
        self.batch("m.jsonl", "-o", "out")
        self.assertEqual(self.report()["base"], "base.json")
        self.write("other.json", BASE)
        self.write("editions/e001.json", {**overlay("e001"), "base": "../other.json"})
        done = self.batch("m.jsonl", "-o", "out", status=3)
        self.assertRegex(done.stderr, r"editions/e001\.json:3:\d+: /base: error E1142: .*'other.json'.* line 1 .*'base.json'")
        self.write("n.csv", "id\nlang-chanh\n")
        self.assertIn("E1141", self.batch("n.csv", "-o", "out2", status=3).stderr)

    def test_base_needs_editions(self):
        """A base that cannot be set by itself is told of once, and the editions are made."""
        self.write("base.json", json.loads(json.dumps(BASE).replace("images/a.svg", "images/none-yet.svg")))
        for name in self.editions(3):
            self.write(f"editions/{name}.json", {**overlay(name), "set": {"/articles/0/body/1/image": f"images/{name}.svg"}})
            self.write(f"editions/images/{name}.svg", SVG)
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out")
        self.assertEqual(len(re.findall("warning W1143", done.stderr)), 1, done.stderr)
        self.assertNotIn("error", done.stderr)
        self.assertEqual(set(self.states().values()), {"done"})

    def test_base_needs_values(self):
        """One that cannot be set with stand-ins (a picture named for the edition, a number that is added up) takes those of the first by its id."""
        base = json.loads(json.dumps(BASE).replace("images/a.svg", "images/{{id}}.svg"))
        base["articles"][1]["body"] = [{"type": "table", "columns": [{"title": "a"}, {"title": "b", "type": "number"}], "rows": [["x", "{{n}}"]], "total": {"label": "c", "columns": [1]}}]
        self.write("base.json", base)
        self.write("m.csv", "id,n\nb,2\na,1\n")
        for name in "ab":
            self.write(f"images/{name}.svg", SVG)
        done = self.batch("m.csv", "--base", "base.json", "-o", "out")
        self.assertRegex(done.stderr, r"^bantin: note N1150: 'base.json' .* \"a\"\n$")
        self.assertEqual(self.states(), {"a": "done", "b": "done"})
        (self.folder / "images/a.svg").unlink()  # costs that edition only
        done = self.batch("m.csv", "--base", "base.json", "-o", "out", status=1)
        self.assertIn('N1150: \'base.json\'', done.stderr)
        self.assertEqual(self.states(), {"a": "failed", "b": "done"})
        self.write("images/a.svg", SVG)
        self.write("m.csv", "id,n,m\na,1,1\nb,2,1\n")
        self.assertRegex(self.batch("m.csv", "--base", "base.json", "-o", "out2", status=3).stderr, r"m\.csv:1:6: error E1137")
        self.assertEqual(self.pdfs("out2"), {})

    def test_replaced(self):
        """A second batch replaces what the first has made."""
        self.editions(3)
        self.batch("m.jsonl", "--base", "base.json", "-o", "out")
        before = self.pdfs()
        self.write("editions/e001.json", overlay("e001", 30))
        self.batch("m.jsonl", "--base", "base.json", "-o", "out")
        after = self.pdfs()
        self.assertEqual([name for name in after if after[name] != before[name]], ["e001.pdf"])

    def test_messages(self):
        """Quiet says errors only; a warning that all have in the base is said once, and stands in all reports."""
        base = json.loads(json.dumps(BASE))
        base["articles"][1]["body"] = ["Dư nợ tăng. \u2f00 " * 3]
        self.write("base.json", base)
        self.editions(4)
        self.assertEqual(self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--quiet").stderr, "")
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--strict", status=1)
        n = len(re.findall("warning W", done.stderr))
        self.assertGreater(n, 0)
        self.assertIn(f"reports only: {3 * n}\n", done.stderr)
        for e in self.report()["editions"]:
            self.assertEqual(len([m for m in e["messages"] if m["severity"] == "warning"]), e["warnings"])
            self.assertEqual(e["warnings"], n)
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--lang", "vi")
        self.assertIn("cảnh báo W", done.stderr)
        self.assertIn("ấn bản: 4; làm 4", done.stdout)


class Failed(Folder):
    def others_made(self, ids, failed, out="out"):
        self.assertEqual(self.states(out), {name: failed.get(name, "done") for name in ids})
        self.assertEqual(sorted(self.pdfs(out)), [f"{name}.pdf" for name in ids if name not in failed])
        self.nothing_staged(out)

    def test_broken_overlays(self):
        """Of a hundred: one is no JSON, one hits nothing, one is not there, one's picture has vanished."""
        lost = overlay("e004")
        lost["articles"][0]["article"]["body"].append({"type": "figure", "image": "khong-co.svg", "alt": "?"})
        ids = self.editions(100, e001={**overlay("e001"), "set": {"/masthead/nothing/at": "all"}}, e002=None, e004=lost)
        self.write("editions/e000.json", '{"bantin_edition": 1,\n "base": }')
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", status=1)
        self.others_made(ids, dict.fromkeys(("e000", "e001", "e002", "e004"), "failed"))
        for name, words in (("e000", r"editions/e000\.json:2:\d+: .*error E01"), ("e001", r"editions/e001\.json:\d+:\d+: /set/.*error E10"),
                            ("e002", r"error E\d+: .*editions/e002\.json"), ("e004", r"editions/e004\.json:\d+:\d+: /articles/0/.*error E05")):
            self.assertRegex(done.stderr, rf"(?m)^\[{name}\] .*{words}")
            messages = next(e["messages"] for e in self.report()["editions"] if e["id"] == name)
            self.assertTrue(any(m["severity"] == "error" and m["text"] for m in messages), name)
        self.assertEqual(self.report()["totals"]["failed"], 4)
        self.assertIn("failed 4", done.stdout)

    def test_in_the_way(self):
        """No PDF, a folder, a file where a folder should be: that edition fails, nothing is replaced."""
        ids = self.editions(4)
        self.manifest([{"id": name, "edition": f"editions/{name}.json", **({"out": "sub/x.pdf"} if name == "e003" else {})} for name in ids])
        self.write("out/e000.pdf", "thư quan trọng")
        (self.folder / "out/e001.pdf").mkdir()
        self.write("out/sub", "một tệp")
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", status=1)
        self.assertEqual(self.states(), {"e000": "failed", "e001": "failed", "e002": "done", "e003": "failed"})
        self.assertEqual((self.folder / "out/e000.pdf").read_text(), "thư quan trọng")
        self.assertEqual((self.folder / "out/sub").read_text(), "một tệp")
        self.assertEqual(len(re.findall(r"error E1144", done.stderr)), 2)
        self.assertRegex(done.stderr, r"\[e003\] .*error E1149: 'out/sub/x.pdf'")
        self.nothing_staged()

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_unwritable(self):
        ids = self.editions(2)
        self.manifest([{"id": name, "edition": f"editions/{name}.json", "out": f"{name}/x.pdf"} for name in ids])
        (self.folder / "out/e000").mkdir(parents=True)
        (self.folder / "out/e000").chmod(0o555)
        self.batch("m.jsonl", "--base", "base.json", "-o", "out", status=1)
        self.assertEqual(self.states(), {"e000": "failed", "e001": "done"})

    def test_too_large(self):
        """A file that the system takes no more bytes of costs its edition only."""
        ids = self.editions(6, e002=overlay("e002", 300))
        small = max(len(v) for k, v in self.all_made("ref").items() if k != "e002.pdf")
        limit = (small + len(self.pdfs("ref")["e002.pdf"])) // 2
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", status=1, restore_signals=False,
                          preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))
        self.others_made(ids, {"e002": "failed"})
        self.assertRegex(done.stderr, r"\[e002\] .*error E0804")

    def all_made(self, out):
        self.batch("m.jsonl", "--base", "base.json", "-o", out)
        return self.pdfs(out)

    def test_max_failures(self):
        ids = self.editions(40, **{f"e{i:03}": {**overlay(f"e{i:03}"), "set": {"/masthead/nothing/at": "all"}} for i in range(5, 30)})
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "-j", "1", "--max-failures", "3", status=1)
        states = self.states()
        n_failed = sum(state == "failed" for state in states.values())
        self.assertEqual([states[name] for name in ids[:8]], ["done"] * 5 + ["failed"] * 3)
        self.assertEqual(n_failed, 3)
        self.assertEqual({states[name] for name in ids[8:]}, {"left"})
        self.assertIn("--resume", done.stderr)
        self.assertIn("failed 25", self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--keep-going", status=1).stdout)

    def test_report_elsewhere(self):
        """The report replaces a report only, and where it cannot be written is said before anything is made."""
        self.editions(2)
        for path in ("base.json", "m.jsonl", "editions/e001.json", "images/a.svg", "no/such/r.json"):
            before = (self.folder / path).read_bytes() if (self.folder / path).exists() else None
            done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--report", path, status=3 if before else 4)
            self.assertRegex(done.stderr, rf"^bantin: error {'E1151' if before else 'E0804'}: .*'{path}'.*\n$")
            if before:
                self.assertEqual((self.folder / path).read_bytes(), before)
        self.assertEqual(self.pdfs(), {})
        self.assertIn("--report", self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--report", "-", status=2).stderr)
        for _ in range(2):
            self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--report", "r.json")
        self.assertEqual(json.loads((self.folder / "r.json").read_text())["totals"]["done"], 2)

    def test_nothing_made(self):
        """A wrong manifest, a wrong base: each error once, exit 3; wrong use: exit 2; a folder that cannot be: exit 4."""
        self.editions(20)
        self.write("bad.jsonl", '{"id": "a"}\n{"id": "a"}\n')
        self.assertRegex(self.batch("bad.jsonl", "--base", "base.json", "-o", "out", status=3).stderr, r"bad\.jsonl:2:\d+: ")
        self.write("bad.json", '{"bantin": 1,}')
        self.write("worse.json", {**BASE, "articels": []})
        for base, code in (("bad.json", "E01"), ("worse.json", "E02"), ("not-there.json", "E")):
            done = self.batch("m.jsonl", "--base", base, "-o", "out", status=3)
            self.assertEqual(len(re.findall(rf"error {code}", done.stderr)), 1, done.stderr)
            self.assertNotIn("[e0", done.stderr)
        self.assertEqual(self.pdfs(), {})
        for args in ([], ["m.jsonl"], ["m.jsonl", "n.jsonl", "-o", "out"], ["m.jsonl", "-o", "out", "-j", "0"], ["m.jsonl", "-o", "out", "-j", "257"],
                     ["m.jsonl", "-o", "out", "--max-failures", "none"], ["m.jsonl", "-o", "out", "--pages", "2", "--pages-multiple", "2"],
                     ["m.jsonl", "-o", "out", "--base", "-"], ["m.jsonl", "-o", "out", "--no-such"]):
            self.assertRegex(self.batch(*args, status=2).stderr, r"Try 'bantin batch --help'")
        self.assertIn("E1140", self.batch("m.jsonl", "--base", "base.json", "-o", "no/such/folder", status=4).stderr)


class Dying(Folder):
    """Children and parents that are killed."""

    def test_edition_that_kills(self):
        """An edition that its process dies of, twice, has crashed; all others are made."""
        ids = self.editions(20, e003=overlay("e003", 12000))
        done = self.batch("m.jsonl", "--base", "base.json", "-o", "out", "-j", "2", status=1, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (1, 60)))
        self.assertEqual(self.states(), {name: "crashed" if name == "e003" else "done" for name in ids})
        crashed = next(e for e in self.report()["editions"] if e["id"] == "e003")
        self.assertEqual(crashed["signal"], signal.SIGXCPU)
        self.assertRegex(done.stderr, r"\[e003\] m\.jsonl:4:1: error E1145: .*SIGXCPU")
        self.nothing_staged()

    def test_child_killed_once(self):
        """What a killed process had at hand is made by another."""
        ids = self.editions(8, e000=overlay("e000", 1500))
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", "1")
        self.assertTrue(wait_until(lambda: children(process.pid)))
        os.kill(children(process.pid)[0], signal.SIGKILL)
        _, stderr = process.communicate()
        self.assertEqual(process.returncode, 0, stderr)
        self.assertEqual(self.states(), dict.fromkeys(ids, "done"))

    def test_children_killed_at_random(self):
        """Whatever is killed when: what is done has the bytes that it always has, and --retry-failed makes the rest."""
        ids = self.editions(80, **{f"e{i:03}": overlay(f"e{i:03}", 60) for i in range(0, 80, 8)})
        self.batch("m.jsonl", "--base", "base.json", "-o", "whole")
        dice, n_kills = random.Random(5), 0
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", "3")
        while process.poll() is None:
            with contextlib.suppress(IndexError, ProcessLookupError):
                os.kill(dice.choice(children(process.pid)), signal.SIGKILL)
                n_kills += 1
            time.sleep(dice.random() / 20)
        process.communicate()
        self.assertGreater(n_kills, 0)
        self.assertIn(process.returncode, (0, 1))
        self.assertLessEqual(set(self.states().values()), {"done", "crashed"})
        self.nothing_staged()
        whole = self.pdfs("whole")
        for name, pdf in self.pdfs().items():
            self.assertEqual(pdf, whole[name])
        self.batch("m.jsonl", "--base", "base.json", "-o", "out", "--retry-failed")
        self.assertEqual(self.states(), dict.fromkeys(ids, "done"))
        self.assertEqual(self.pdfs(), whole)

    def test_long(self):
        """Where there is no terminal, a line says every ten seconds how far it is."""
        self.rows(2000)
        process = self.start("n.csv", "--base", "base.json", "-o", "out", "-j", "1")
        self.assertTrue(wait_until(lambda: children(process.pid)))
        held = children(process.pid)[0]
        os.kill(held, signal.SIGSTOP)
        line = process.stderr.readline()
        os.kill(held, signal.SIGCONT)
        process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertRegex(line, r"^bantin: \d+ of 2000 editions, 0 failed(; \d+\.\d/s, \d+:\d\d left)?$")

    def test_parent_killed(self):
        """No process outlives it, and what is in place is whole."""
        self.editions(60, e005=overlay("e005", 3000))
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", "-j", "3")
        self.assertTrue(wait_until(lambda: len(children(process.pid)) == 3))
        orphans = children(process.pid)
        process.kill()
        process.wait()
        self.assertTrue(wait_until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in orphans)))
        for pdf in self.pdfs().values():
            self.assertTrue(pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF"))

    def stopped(self, *signals):
        """Stops a batch when its first editions are in place; what is there is as it would be anyway."""
        self.rows(4000)
        process = self.start("n.csv", "--base", "base.json", "-o", "out", "-j", "2")
        self.assertTrue(wait_until(lambda: any((self.folder / "out").glob("*.pdf"))))
        for number in signals:
            process.send_signal(number)
        stdout, stderr = process.communicate()
        return process.returncode, stdout, stderr

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            status, _, stderr = self.stopped(number)
            self.assertEqual(status, 4, stderr)
            self.assertIn("--resume", stderr)
            states, made = self.states(), self.pdfs()
            self.assertEqual({f"{name}.pdf" for name, state in states.items() if state == "done"}, set(made))
            self.assertIn("left", states.values())
            self.assertTrue(self.report()["run"]["stopped"])
            self.nothing_staged()
            shutil.rmtree(self.folder / "out")

    def test_second_signal(self):
        status, _, _ = self.stopped(signal.SIGTERM, signal.SIGTERM)
        self.assertIn(status, (4, -signal.SIGTERM))
        for pdf in self.pdfs().values():
            self.assertTrue(pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF"))

    def test_processors(self):
        """As many processes as there are processors to run on; -j says otherwise."""
        one = {min(os.sched_getaffinity(0))}
        for args, n in (([], 1), (["-j", "3"], 3)):
            self.rows(2000)
            process = self.start("n.csv", "--base", "base.json", "-o", f"out{n}", *args, preexec_fn=lambda: os.sched_setaffinity(0, one))
            most = 0
            while process.poll() is None and most < n:
                most = max(most, len(children(process.pid)))
            for _ in range(20):
                most = max(most, len(children(process.pid)))
            process.kill()
            self.assertEqual(most, n)

    def test_ignored_signal(self):
        """A signal that the caller had ignored, as nohup does, ends nothing."""
        ids = self.editions(100)
        process = self.start("m.jsonl", "--base", "base.json", "-o", "out", restore_signals=False, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.assertTrue(wait_until(lambda: children(process.pid)))
        process.send_signal(signal.SIGHUP)
        process.communicate()
        self.assertEqual((process.returncode, self.states()), (0, dict.fromkeys(ids, "done")))


class Large(Folder):
    def peak_of(self, manifest, n, *args):
        """Makes n editions; the most memory that one of the processes has taken [KB]."""
        command = self.command(manifest, "--base", "base.json", "-o", f"out{n}", "--rendition", "screen", "--quiet", *args)
        # A process begins with the peak of the one that starts it, which this one may have high: a small one does.
        small = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL); " \
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
        done = subprocess.run([sys.executable, "-c", small, *command], cwd=self.folder, env=self.environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.report(f"out{n}")["totals"]["done"], n)
        shutil.rmtree(self.folder / f"out{n}")
        return int(done.stdout)

    def peak(self, n):
        self.rows(n)
        return self.peak_of("n.csv", n, "-j", "2")

    def test_pictures(self):
        """What editions have of pictures of their own is not kept for all of them."""
        ids = self.editions(40)
        for name in ids:
            rows = b"".join(b"\0" + os.urandom(2100) for _ in range(700))
            chunk = lambda kind, bytes: struct.pack(">I", len(bytes)) + kind + bytes + struct.pack(">I", zlib.crc32(kind + bytes))
            png = chunk(b"IHDR", struct.pack(">IIBBBBB", 700, 700, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
            (self.folder / f"editions/{name}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + png)
            edition = overlay(name)
            edition["articles"][0]["article"]["body"].append({"type": "figure", "image": f"{name}.png", "alt": "Nhiễu"})
            self.write(f"editions/{name}.json", edition)
        self.assertLess(self.peak_of("m.jsonl", 40, "-j", "1"), 48 * 1024)

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "the sanitizer keeps what is freed")
    def test_memory(self):
        """Ten thousand editions take hardly more memory than a few hundred, and all processes together less than 80 MB."""
        few, many = self.peak(300), self.peak(10000)
        self.assertLess(many - few, 16 * 1024)  # the parent knows of each row what its report says: about 1 KB
        self.assertLess(3 * many, 80 * 1024)


class Progress(Folder):
    def on_terminal(self, columns, **environment):
        self.rows(1000)
        parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen(self.command("n.csv", "--base", "base.json", "-o", "out", "-j", "1"), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=child,
                                   env={**self.environment(), "TERM": "xterm", **environment})
        os.close(child)
        said = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        os.close(parent)
        self.assertEqual(process.wait(), 0)
        return said.decode()

    def test_bar(self):
        """A line that is drawn again in its place, as wide as the terminal at most, and taken away in the end."""
        for columns in (40, 100):
            drawn = [part for part in self.on_terminal(columns).split("\r\x1b[K") if part.strip()]
            bars = [part for part in drawn if re.search(r"\d+/1000", part)]
            self.assertTrue(bars)
            for bar in bars:
                self.assertLessEqual(len(bar), columns)
                self.assertNotIn("\n", bar)
            self.assertRegex(bars[-1], r"\d+/1000  \d+\.\d/s, \d+:\d\d left$")

    def test_dumb(self):
        self.assertNotIn("\x1b[K", self.on_terminal(80, TERM="dumb"))


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
