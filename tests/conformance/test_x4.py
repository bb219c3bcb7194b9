#!/usr/bin/env python3
"""Our rules for PDF/X-4 hold in every judged press file, each of them catches its mutants, and the plates are the palette's.

usage: test_x4.py FOLDER [TEST ...]      (unittest's own options)
FOLDER holds the files that render.py made."""
import collections, concurrent.futures, pathlib, re, sys, tempfile, unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "e2e")]
import mutants, rules, test_plates, x4

# Rules that cannot hold yet: until what. Empty when all is built.
EXPECTED = {}
# Findings that are as they should be: layouts without a bleed; a bar of a chart as short as its value.
MEANT = {"X4-24": ("every-block.plain-text", "odd-text.no-bleed"), "X4-74": ("golden-charts",)}

BASE = "odd-pictures.spot.-.-.press.pdf"  # of every kind of picture, in four inks and a spot
FOLDER = pathlib.Path()


class Judged(unittest.TestCase):
    maxDiff = None

    def test_files(self):
        files, seen = sorted(FOLDER.glob("*.press.pdf")), set()
        self.assertGreaterEqual(len(files), 30)
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            for path, found in zip(files, pool.map(rules.judge, files)):
                with self.subTest(path.name):
                    seen |= {rule.number for rule, _ in found}
                    wrong = [f"{rule.number} {rule.title}: {sentence}" for rule, sentence in found
                             if rule.level != rules.NOTE and rule.number not in EXPECTED and not path.name.startswith(MEANT.get(rule.number, ("?",)))]
                    self.assertEqual(wrong[:20], [])
        for number in EXPECTED.keys() - seen:
            print(f"note: {number} holds now: take it out of EXPECTED")


class Plates(unittest.TestCase):
    def test_plates(self):
        """Within the trim a RIP finds the plates of the palette, pictures and drawings included."""
        n = collections.Counter()
        for path in sorted(FOLDER.glob("*.press.pdf")):
            what, layout, palette = path.name.split(".")[:3]
            if what == "ky-yeu" or not (palette in ("two", "mono") or layout in ("plain-text", "spot")):
                continue
            with self.subTest(path.name), tempfile.TemporaryDirectory() as folder:
                found = set(test_plates.plates_of_separation(path, pathlib.Path(folder)))
                self.assertIn("black", found)
                spots = found - set(test_plates.PROCESS)
                if layout == "spot":
                    self.assertEqual((found - spots, len(spots)), (set(test_plates.PROCESS), 1))
                else:
                    self.assertEqual((found - spots, len(spots)), ({"black"}, int(palette == "two")))
                n[palette] += 1
        self.assertGreaterEqual(min(n[palette] for palette in ("two", "mono")), 3)


def counted(path):
    """{(rule's number, what it found): how often}, wherever in its stream it stands."""
    return collections.Counter((rule.number, re.sub(r", operator \d+", "", sentence)) for rule, sentence in rules.judge(path))


class Mutants(unittest.TestCase):
    def test_every_rule_has_one(self):
        self.assertEqual(set(rules.RULES) - {mutant.rule for mutant in mutants.MUTANTS}, set())

    def test_caught(self):
        """By their rule, and by no other."""
        good = rules.Document(FOLDER / BASE)
        known = counted(FOLDER / BASE)
        folder = FOLDER / "mutants"
        folder.mkdir(exist_ok=True)
        for i, mutant in enumerate(mutants.MUTANTS):
            if mutant.rule in EXPECTED or mutant.also & set(EXPECTED):
                continue
            with self.subTest(f"{mutant.rule} {mutant.what}"):
                path = folder / f"{i:03}.pdf"
                mutants.make(mutant, good, path)
                found = {number for number, _ in counted(path) - known}
                self.assertIn(mutant.rule, found)
                self.assertLessEqual(found - {mutant.rule}, mutant.also | set(EXPECTED))

    def test_rewritten(self):
        """Writing a file anew is no defect."""
        good = rules.Document(FOLDER / BASE)
        path = FOLDER / "mutants" / "none.pdf"
        path.parent.mkdir(exist_ok=True)
        good.write(path)
        self.assertEqual(counted(path), counted(FOLDER / BASE))


if __name__ == "__main__":
    FOLDER = pathlib.Path(sys.argv.pop(1))
    unittest.main()
