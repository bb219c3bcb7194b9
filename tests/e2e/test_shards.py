#!/usr/bin/env python3
"""A batch that several machines share: its parts, the engines that start them, and the one report in the end.

usage: test_shards.py BANTIN [TEST ...]      (unittest's own options)
"""
import filecmp, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

BANTIN = ""
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/thanh-hoa-editions"
N = 4


def environment(**more):
    """Without what an engine around these tests would say."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("SLURM_", "LC_", "LANG")) and k not in ("JOB_COMPLETION_INDEX", "SOURCE_DATE_EPOCH")}
    return {**ours, **{k: str(v) for k, v in more.items()}}


class Shards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.run_batch(cls, "whole", "--quiet")

    def run_batch(self, out, *args, manifest=SAMPLE / "communes.csv", status=0, **more):
        done = subprocess.run([BANTIN, "batch", manifest, "--base", SAMPLE / "communes.json", "-o", out, *args], cwd=self.folder,
                              env=environment(**more), capture_output=True, text=True)
        assert done.returncode == status, f"{done.args} ended with {done.returncode}: {done.stderr}"
        return done

    def merge(self, out, *args, status=0):
        done = subprocess.run([BANTIN, "batch", "--merge-reports", out, *args], cwd=self.folder, env=environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def report(self, out, name="report.json"):
        return json.loads((self.folder / out / "batch" / name).read_text(encoding="utf-8"))

    def check_whole(self, out):
        """What the parts made is what one machine makes: PDFs, reports, batch report and overview, byte for byte."""
        whole, made = self.folder / "whole", self.folder / out
        names = sorted(p.name for p in whole.glob("*.pdf"))
        self.assertEqual(sorted(p.name for p in made.glob("*.pdf")), names)
        common = ["batch/report.json", "batch/reports.jsonl", "batch/overview.html"]
        _, differ, errors = filecmp.cmpfiles(whole, made, [*names, *common], shallow=False)
        self.assertEqual((differ, errors), ([], []))

    def test_parts(self):
        """Each edition is of one part, by its id alone; together they are the whole."""
        seen = []
        for k in (3, 1, 4, 2):
            self.run_batch("parts", "--shard", f"{k}/{N}", "--quiet")
            seen += [e["id"] for e in self.report("parts", f"report-{k}-of-{N}.json")["editions"]]
        self.assertEqual(len(seen), len(set(seen)))
        self.merge("parts")
        self.check_whole("parts")

    def test_options_of_the_parts(self):
        """The one report tells them as the parts' do."""
        options = ["--rendition", "press", "--palette", "mono", "--layout", "a5-one-column", "--impose", "4up", "--quiet"]
        self.run_batch("mono", *options)
        for k in (1, 2):
            self.run_batch("mono-parts", *options, "--shard", f"{k}/2")
        self.assertIn("sides of sheets", self.merge("mono-parts").stdout)
        for name in ("report.json", "overview.html"):
            self.assertEqual((self.folder / "mono-parts/batch" / name).read_bytes(), (self.folder / "mono/batch" / name).read_bytes())

    def test_slurm(self):
        """The tasks of an array know their part."""
        for task in range(10, 18, 2):
            self.run_batch("slurm", "--quiet", SLURM_ARRAY_TASK_ID=task, SLURM_ARRAY_TASK_MIN=10, SLURM_ARRAY_TASK_MAX=16,
                           SLURM_ARRAY_TASK_COUNT=4, SLURM_ARRAY_TASK_STEP=2)
        self.merge("slurm")
        self.check_whole("slurm")

    def test_kubernetes(self):
        """So do the pods of an indexed job; the file for it asks for the parts that there are, and is what bantin takes."""
        text = (SAMPLE / "engines/kubernetes.yaml").read_text(encoding="utf-8")
        completions = re.search(r"completions: (\d+)", text)[1]
        command = [w.strip(' "') for w in re.search(r"command: \[(.*)\]", text)[1].split(",")]
        self.assertEqual(command[command.index("--shards") + 1], completions)
        self.assertEqual(command[:2], ["bantin", "batch"])
        # Editions that fail do not end the other parts; FailIndex goes with a limit for each index.
        self.assertRegex(text, r"action: FailIndex\s+onExitCodes: .*values: \[1\]")
        self.assertIn("backoffLimitPerIndex:", text)
        folder = self.folder / "pods"
        folder.mkdir()
        for name in ("communes.csv", "communes.json"):
            shutil.copy(SAMPLE / name, folder)
        for index in range(int(completions)):
            subprocess.run([BANTIN, *command[1:]], cwd=folder, env=environment(JOB_COMPLETION_INDEX=index), check=True)
        self.merge("pods/communes")
        self.assertEqual(len(list((folder / "communes").glob("*.pdf"))), len(list((self.folder / "whole").glob("*.pdf"))))

    def test_contradictions(self):
        for args, more, code in ((["--shard", "2/4"], {"JOB_COMPLETION_INDEX": 0}, "E1195"),
                                 ([], {"JOB_COMPLETION_INDEX": 0}, "E1198"), (["--shards", "4"], {}, "E1197"),
                                 (["--shard", "5/4"], {}, "E1190"), ([], {"SLURM_ARRAY_TASK_ID": 3}, "E1193")):
            self.assertIn(code, self.run_batch("none", *args, status=2, **more).stderr)
        self.assertFalse((self.folder / "none").exists())

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is missing: src/setup --dev")
    def test_gnu_parallel(self):
        """The sample's own script, twice: the second run keeps all that the first one made."""
        for _ in range(2):
            done = subprocess.run([SAMPLE / "engines/parallel", str(N), "-j", "2"], cwd=self.folder,
                                  env=environment(BANTIN=BANTIN, OUT="parallel"), capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("failed 0, left 0", done.stdout)
        run = self.report("parallel")["run"]
        self.assertEqual((run["made"], run["kept"]), (0, len(list((self.folder / "whole").glob("*.pdf")))))

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is missing: src/setup --dev")
    def test_gnu_parallel_with_a_fault(self):
        """An edition that fails costs itself only: the other parts are made, and the one report tells of it."""
        lines = (SAMPLE / "communes.csv").read_text(encoding="utf-8").splitlines(True)
        manifest = self.folder / "fault.csv"
        manifest.write_text("".join([lines[0], lines[1], lines[2].replace(",23,", ",mười,"), *lines[3:9]]), encoding="utf-8")
        done = subprocess.run([SAMPLE / "engines/parallel", "2", "-j", "1"], cwd=self.folder, capture_output=True, text=True,
                              env=environment(BANTIN=BANTIN, OUT="fault", MANIFEST=str(manifest)))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("editions: 8; done 7, failed 1, left 0", done.stdout)
        self.assertEqual(self.report("fault")["editions"][1]["state"], "failed")

    def test_merging_what_is_not_whole(self):
        for k in range(1, 4):
            self.run_batch("three", "--shard", f"{k}/3", "--quiet")
        batch = self.folder / "three/batch"
        (batch / "report-2-of-3.json").rename(batch / "kept")
        self.assertRegex(self.merge("three", status=3).stderr, r"E1242: .*report-2-of-3\.json.*--shard 2/3")
        shutil.copy(batch / "report-1-of-3.json", batch / "report-2-of-3.json")
        self.assertIn("E1244", self.merge("three", status=3).stderr)  # these editions are of another part
        changed = (batch / "kept").read_text(encoding="utf-8").replace('"rendition":"press"', '"rendition":"proof"')
        (batch / "report-2-of-3.json").write_text(changed, encoding="utf-8")
        self.assertRegex(self.merge("three", status=3).stderr, r'report-2-of-3\.json:1:\d+: .*E1243: .*report-1-of-3\.json: "options" differs')
        changed = (batch / "kept").read_text(encoding="utf-8")
        changed = re.sub(r'"manifest_sha256":"[0-9a-f]', lambda m: m[0][:-1] + "0123456789abcdef"[(int(m[0][-1], 16) + 1) % 16], changed)
        (batch / "report-2-of-3.json").write_text(changed, encoding="utf-8")
        self.assertRegex(self.merge("three", status=3).stderr, r'E1243: .*: "manifest_sha256" differs')
        (batch / "report-2-of-3.json").write_text(changed[:-40], encoding="utf-8")
        self.assertIn("report-2-of-3.json:", self.merge("three", status=3).stderr)
        (batch / "kept").rename(batch / "report-2-of-3.json")
        self.assertFalse((batch / "report.json").exists())
        self.run_batch("three", "--shard", "1/2", "--quiet")
        self.assertIn("E1241", self.merge("three", status=3).stderr)
        self.merge("three", "--shards", "3")
        self.check_whole("three")
        self.assertIn("E1240", self.merge(".", status=3).stderr)
        for args in ([], ["a", "b"], ["three", "--shards", "none"]):
            done = subprocess.run([BANTIN, "batch", "--merge-reports", *args], cwd=self.folder, env=environment(), capture_output=True, text=True)
            self.assertEqual(done.returncode, 2, done.stderr)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
