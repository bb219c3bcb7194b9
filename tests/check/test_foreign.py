#!/usr/bin/env python3
"""PDFs of other producers: each is equal to itself, with its pixels, and to what qpdf writes of it; no two are equal.

usage: test_foreign.py BANTIN [TEST ...]      (unittest's own options)"""
import concurrent.futures, json, pathlib, subprocess, sys, tempfile, unittest

FOREIGN = pathlib.Path(__file__).resolve().parent / "foreign"
KNOWN = json.loads((FOREIGN / "known.json").read_text(encoding="utf-8"))
BANTIN = ""


def check(ours, sample, *options):
    """(exit status, the first finding's kind, what else it said)."""
    done = subprocess.run([BANTIN, "check", ours, sample, "--json", "-", *options], capture_output=True, text=True)
    findings = json.loads(done.stdout)["findings"] if done.returncode in (0, 1) else []
    return done.returncode, [f"{finding['kind']}: {finding['message']}" for finding in findings[:3]], done.stderr


def in_turn(calls):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda call: check(*call), calls))


class Foreign(unittest.TestCase):
    def test_known(self):
        """What known.json tells of is there, of six producers, and small."""
        self.assertEqual({path.name for path in FOREIGN.glob("*.pdf")}, set(KNOWN))
        self.assertGreaterEqual(len(KNOWN), 10)
        self.assertEqual(len({of["producer"] for of in KNOWN.values()}), 6)
        for name in KNOWN:
            self.assertLess((FOREIGN / name).stat().st_size, 80_000, name)

    def test_itself(self):
        names = sorted(KNOWN)
        for name, found in zip(names, in_turn([(FOREIGN / name, FOREIGN / name, "--dpi", "72") for name in names])):
            with self.subTest(name):
                self.assertEqual(found, (0, [], ""))

    def test_resaved(self):
        """By qpdf: objects numbered anew and in streams, everything compressed anew, linearised."""
        ways = (["--object-streams=generate", "--recompress-flate"], ["--linearize"], ["--qdf", "--object-streams=disable"], ["--coalesce-contents"])
        with tempfile.TemporaryDirectory() as folder:
            calls = []
            for i, name in enumerate(sorted(KNOWN)):
                out = pathlib.Path(folder) / name
                subprocess.run(["qpdf", "--deterministic-id", *ways[i % len(ways)], FOREIGN / name, out], check=True)
                calls.append((out, FOREIGN / name, "--dpi", "72"))
            for name, found in zip(sorted(KNOWN), in_turn(calls)):
                with self.subTest(name):
                    self.assertEqual(found, (0, [], ""))

    def test_changed(self):
        """Three words changed, three times over: these are told first, and nothing else as changed; the rest has moved."""
        words, n = {"của", "dạy", "mười", "những", "hai", "ngày", "…"}, 0
        for path in sorted((FOREIGN / "changed").glob("*.pdf")):
            with self.subTest(path.name):
                done = subprocess.run([BANTIN, "check", path, FOREIGN / path.name, "--json", "-", "--no-pixels"], capture_output=True, text=True)
                self.assertEqual(done.returncode, 1, done.stderr)
                findings = json.loads(done.stdout)["findings"]
                kinds = [finding["kind"] for finding in findings]
                text = [finding for finding in findings if finding["kind"] != "text-moved"]
                self.assertEqual(set(kinds[:len(text)]) - {"text-changed", "text-new", "text-gone"}, set(), kinds)
                self.assertLessEqual({word for finding in text for key in ("was", "is") for word in finding.get(key, "").split()}, words)
                self.assertEqual(sum("dạy" in finding.get("is", "") for finding in text), 3)
                self.assertGreaterEqual(sum("những" in finding.get("is", "") for finding in text), 3)
                self.assertLess(len(findings), 50)
                n += 1
        self.assertEqual(n, 4)

    def test_others(self):
        """Each against the next one differs, whoever made them."""
        names = sorted(KNOWN)
        calls = [(FOREIGN / one, FOREIGN / other, "--no-pixels") for one, other in zip(names, names[1:])]
        for name, found in zip(names, in_turn(calls)):
            with self.subTest(name):
                self.assertEqual(found[0], 1, found)


if __name__ == "__main__":
    BANTIN = sys.argv.pop(1)
    unittest.main()
