#!/usr/bin/env python3
"""The files that a check is given (mask, tolerance, list of checks): their schemas and the program take the same and refuse the
same.

usage: test_formats.py BANTIN"""
import json, os, pathlib, subprocess, sys, tempfile, unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/check/foreign/typst-b5-one.pdf"
BANTIN = ""
BOX = ["0mm", "-2mm", "20mm", ".5cm"]
PAIR = {"ours": "a.pdf", "sample": "a.pdf", "pixels": False}

# Of each format: the part that varies around what is always there -> is it good?
MASKS = [({}, True), ({"regions": []}, True), ({"regions": [{"box": BOX}]}, True), ({"regions": [{"box": BOX, "pages": "1-"}]}, True),
         ({"regions": [{"box": BOX, "pages": "all"}]}, True), ({"patterns": ["Số [0-9]+"]}, True),
         ({"regions": [{"pages": "1"}]}, False), ({"regions": [{"box": BOX[:3]}]}, False), ({"regions": [{"box": [*BOX, "1mm"]}]}, False),
         ({"regions": [{"box": ["0mm", "0mm", "0mm", "1mm"]}]}, False), ({"regions": [{"box": ["0mm", "0mm", "-1mm", "1mm"]}]}, False),
         ({"regions": [{"box": [0, 0, 1, 1]}]}, False), ({"regions": [{"box": ["1ell", "0mm", "1mm", "1mm"]}]}, False),
         ({"regions": [{"box": BOX, "pages": "0"}]}, False), ({"regions": [{"box": BOX, "pages": "a"}]}, False),
         ({"regions": [{"box": BOX, "pages": 1}]}, False), ({"regions": {}}, False), ({"patterns": [""]}, False), ({"patterns": "x"}, False),
         ({"patterns": [1]}, False), ({"mask": []}, False), ({"bantin_mask": 2}, False)]
TOLERANCES = [({}, True), ({"position": 0.5}, True), ({"position": "0.1mm"}, True), ({"color": 5, "ppi": 0, "pixel": 100}, True),
              ({"box": 1, "size": "1pt", "thickness": 0, "length": ".1cm", "block": 2, "margin": 3, "column": 4, "grid": 5}, True),
              ({"position": -1}, False), ({"position": "-1pt"}, False), ({"position": "1"}, False), ({"position": True}, False),
              ({"color": 101}, False), ({"color": "5pt"}, False), ({"colour": 5}, False), ({"bantin_tolerance": "1"}, False),
              ({"position": 14401}, False)]
LISTS = [({"checks": [PAIR]}, True), ({"checks": [{**PAIR, "name": "tháng-4", "tolerance": "1pt", "pages": "1", "layout_only": True}]}, True),
         ({"checks": [{**PAIR, "mask": "good.json"}]}, True), ({"checks": []}, False), ({}, False), ({"checks": [{"ours": "a.pdf"}]}, False),
         ({"checks": [{**PAIR, "name": ""}]}, False), ({"checks": [{**PAIR, "pages": "2-x"}]}, False), ({"checks": [{**PAIR, "pixels": 1}]}, False),
         ({"checks": [{**PAIR, "layout-only": True}]}, False), ({"checks": [{**PAIR, "mask": 1}]}, False), ({"checks": PAIR}, False),
         ({"checks": [PAIR], "bantin_checks": 3}, False)]


class Formats(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        (self.folder / "a.pdf").symlink_to(SAMPLE)
        (self.folder / "good.json").write_text('{"bantin_mask": 1}')

    def agree(self, name, cases, *options):
        schema = json.loads(subprocess.run([BANTIN, "schema", name], capture_output=True, check=True).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        path = self.folder / "given.json"
        for part, is_good in cases:
            given = {f"bantin_{name}": 1, **part}
            path.write_text(json.dumps(given))
            done = subprocess.run([BANTIN, "check", *options, path], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(validator.is_valid(given), is_good, f"the schema of {given}")
            self.assertEqual(done.returncode, 0 if is_good else 3, f"{given}\n{done.stderr}")
            if not is_good:
                self.assertIn("given.json:1:", done.stderr)

    def test_masks(self):
        self.agree("mask", MASKS, "a.pdf", "a.pdf", "--no-pixels", "--mask")

    def test_tolerances(self):
        self.agree("tolerance", TOLERANCES, "a.pdf", "a.pdf", "--no-pixels", "--tolerance")

    def test_lists(self):
        self.agree("checks", LISTS, "--all")


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
