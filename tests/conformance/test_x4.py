#!/usr/bin/env python3
"""Our rules for PDF/X-4 hold in every judged press file, and each of them catches its mutants.

usage: test_x4.py FOLDER [TEST ...]      (unittest's own options)
FOLDER holds the files that render.py made."""
import collections, concurrent.futures, pathlib, re, sys, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mutants, rules, x4

# Rules that cannot hold yet: until what. Empty when all is built.
EXPECTED = {}
# Warnings that are as they should be: these are laid out so.
MEANT = {"X4-24": ("every-block.plain-text", "odd-text.no-bleed")}  # no bleed

BASE = "odd-pictures.spot.-.press.pdf"  # of every kind of picture, in four inks and a spot
FOLDER = pathlib.Path()


class Judged(unittest.TestCase):
    maxDiff = None

    def test_files(self):
        files, seen = sorted(FOLDER.glob("*.press.pdf")), set()
        self.assertGreaterEqual(len(files), 15)
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            for path, found in zip(files, pool.map(rules.judge, files)):
                with self.subTest(path.name):
                    seen |= {rule.number for rule, _ in found}
                    wrong = [f"{rule.number} {rule.title}: {sentence}" for rule, sentence in found
                             if rule.level != rules.NOTE and rule.number not in EXPECTED and not path.name.startswith(MEANT.get(rule.number, ("?",)))]
                    self.assertEqual(wrong[:20], [])
        for number in EXPECTED.keys() - seen:
            print(f"note: {number} holds now: take it out of EXPECTED")


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
