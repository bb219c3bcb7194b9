#!/usr/bin/env python3
"""check --layout-only: two issues of one layout are equal, whatever they say; a layout of which one value was changed
is named by what was changed. Prints the table of what was expected and what was found.

usage: test_layout_only.py BANTIN [TEST ...]      (unittest's own options)"""
import concurrent.futures, json, pathlib, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
ISSUE = SAMPLES / "thanh-hoa-2024-04/bundle.json"
OTHERS = [SAMPLES / "vu-mua-12-trang/bundle.json", SAMPLES / "thanh-hoa-editions/editions/ba-thuoc.json"]
LAYOUT = "bulletin-19x27"
BANTIN = ""

HEAD = {"row": [{"text": "{title}", "align": "inside"}, {"text": "{issue}", "align": "outside"}], "style": "running-head"}
RULE = {"rule": {"weight": "0.4pt", "color": "hairline"}, "y": "15.8mm", "pages": "later"}


def folio(align, y):
    return {"furniture": {"folio": [{"row": [{"text": "{page}", "align": align}], "style": "folio", "y": y}]}}


def style(name, **properties):
    return {"styles": {name: properties}}


OUTSIDE = {"running head: place on odd pages, outside", "running head: place on even pages, outside",
           "folio: place on odd pages, outside", "folio: place on even pages, outside"}
INSIDE = {"running head: place on odd pages, inside", "running head: place on even pages, inside"}
TEXT_FACES = {"title of the masthead: face", "subtitle of the masthead: face", "headline 1: face", "headline 2: face",
              "quotation: face", "byline: face"}
SANS_FACES = {"folio: face", "running head: face", "text of tables: face", "caption: face", "kicker: face",
              "picture credit: face"}

# What was changed, how, what has to be named, and what follows from the change and may be named as well.
MUTANTS = [
    ("page width + 1 mm", {"page": {"width": "191mm"}}, {"page width", "column width"}, OUTSIDE | INSIDE),
    ("page height + 1 mm", {"page": {"height": "271mm"}}, {"page height"}, set()),
    ("inside margin + 1 mm", {"page": {"margins": {"inside": "19mm"}}}, {"inside margin", "column width"},
     INSIDE | {"title from the left"}),
    ("outside margin + 1 mm", {"page": {"margins": {"outside": "16mm"}}}, {"outside margin", "column width"}, OUTSIDE),
    ("foot margin + 6 mm", {"page": {"margins": {"bottom": "26mm"}}}, {"last line"}, set()),
    ("bleed 4 mm", {"page": {"bleed": "4mm"}}, {"bleed"}, set()),
    ("pages that do not face each other", {"page": {"facing": False}}, {"left and right pages mirror each other"},
     {"left margin of even pages", "right margin of even pages", "folio: place", "running head: place"}),
    ("gutter + 1 mm", {"columns": {"gutter": "6mm"}}, {"gutter", "column width"}, set()),
    ("three columns", {"columns": {"count": 3}}, {"columns"}, set()),
    ("grid 13.2 pt", {"grid": {"step": "13.2pt"}}, {"step of the baseline grid"}, set()),
    ("first line + 1 mm", {"grid": {"first": "25mm"}}, {"first line"}, {"last line"}),
    ("body size + 0.2 pt", style("text-base", size="9.6pt"), {"body text: size"}, set()),
    ("text face", {"fonts": {"text": {"family": "Liberation Serif", "fallback": ["Noto Serif"]}}}, {"body text: face"},
     TEXT_FACES | {"height of the title"}),
    ("small type's face", {"fonts": {"sans": {"family": "Liberation Sans", "fallback": ["Noto Sans"]}}},
     {"caption: face", "folio: face"}, SANS_FACES),
    ("body ragged", style("body", align="left"), {"setting of the text"}, set()),
    ("indent 2 em", style("body", first_indent="2em"), {"first-line indent"}, set()),
    ("body gray", style("text-base", color="quiet"), {"body text: colour"}, {"byline: colour"}),
    ("accent colour", {"colors": {"accent": {"cmyk": [100, 60, 0, 10]}}}, {"accent colour", "title of the masthead: colour"},
     {"quotation: colour", "folio: colour"}),
    ("headline + 0.5 pt", style("headline-1", size="22pt"), {"headline 1: size"}, set()),
    ("headline's colour", style("headline-2", color="accent"), {"headline 2: colour"}, set()),
    ("second headline + 0.5 pt", style("headline-2", size="18pt"), {"headline 2: size"}, set()),
    ("caption + 0.3 pt", style("caption", size="7.8pt"), {"caption: size"}, set()),
    ("kicker + 0.2 pt", style("kicker", size="8.2pt"), {"kicker: size"}, set()),
    ("tables + 0.2 pt", style("table-cell", size="8.2pt"), {"text of tables: size"}, set()),
    ("folio 1 mm lower", folio("outside", "261mm"), {"folio: height"}, set()),
    ("folio inside", folio("inside", "260mm"), {"folio: place"}, set()),
    ("folio + 0.4 pt", style("folio", size="9pt"), {"folio: size"}, set()),
    ("running head 1 mm higher", {"furniture": {"running_head": [dict(HEAD, y="12.5mm", pages="later"), RULE]}},
     {"running head: height"}, set()),
    ("title + 1 pt", style("masthead-title", size="39pt"), {"title of the masthead: size"}, set()),
    ("title in the middle", style("masthead-title", align="center"), {"place of the title"}, set()),
]


def run(*arguments):
    return subprocess.run([str(part) for part in arguments], capture_output=True, text=True)


def render(out, bundle, layout=LAYOUT):
    done = run(BANTIN, "render", bundle, "--layout", layout, "-o", out)
    assert done.returncode == 0, done.stderr
    return out


def compare(ours, sample, *options):
    done = run(BANTIN, "check", "--layout-only", "--lang", "en", "--json", "-", *options, ours, sample)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    return done.returncode, report


def subjects(report):
    return {finding["subject"] for finding in report["findings"]}


class LayoutOnly(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.at = pathlib.Path(cls.folder.name)
        bundles = [ISSUE, *OTHERS]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            cls.issues = list(pool.map(lambda i: render(cls.at / f"issue{i}.pdf", bundles[i]), range(len(bundles))))

    def test_other_issues(self):
        """Every issue has the design of every other one."""
        for ours in self.issues:
            for sample in self.issues:
                with self.subTest(ours=ours.name, sample=sample.name):
                    status, report = compare(ours, sample)
                    self.assertEqual((status, subjects(report)), (0, set()))
                    self.assertGreater(len(report["properties"]), 30)

    def test_other_layouts(self):
        """So it is with a ragged newspaper, a booklet, a leaflet: issues of one are equal, and none is another's."""
        layouts = ["a4-three-column", "a5-one-column", "leaflet-a4"]
        bundles = [ISSUE, SAMPLES / "a5-chi-hoi/bundle.json"]
        pairs = [(layout, bundle) for layout in layouts for bundle in bundles]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            files = list(pool.map(lambda i: render(self.at / f"other{i}.pdf", pairs[i][1], pairs[i][0]), range(len(pairs))))
        for i, (layout, bundle) in enumerate(pairs):
            for j in range(len(pairs)):
                if pairs[j][0] != layout and bundle != pairs[j][1]:
                    continue
                with self.subTest(ours=pairs[i], sample=pairs[j]):
                    status, report = compare(files[i], files[j])
                    self.assertEqual(status, int(pairs[j][0] != layout), subjects(report))

    def test_mutants(self):
        """One value of the layout changed; held against an issue with the same words, and those with others, of which not every one
        shows everything: one has no column that is full of text."""
        def judge(i):
            what, change, named, follows = MUTANTS[i]
            layout = self.at / f"layout{i}.json"
            layout.write_text(json.dumps({"bantin_layout": 1, "name": "mutant", "extends": LAYOUT, **change}), encoding="utf-8")
            ours = render(self.at / f"mutant{i}.pdf", ISSUE, layout)
            return [subjects(compare(ours, sample)[1]) for sample in self.issues]

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            found = list(pool.map(judge, range(len(MUTANTS))))
        print(f"\n{'changed':36}{'named':9}{'missed':9}{'wrong':9}")
        for (what, _, named, follows), (same, *others) in zip(MUTANTS, found):
            n_named = sum(len(named & one) for one in (same, *others))
            missed = [sorted(named - one) for one in (same, set().union(*others))]
            wrong = [sorted(one - named - follows) for one in (same, *others)]
            print(f"{what:36}{n_named:<9}{sum(map(len, missed)):<9}{sum(map(len, wrong)):<9}")
            with self.subTest(what):
                self.assertEqual((missed, wrong), ([[], []], [[], [], []]))

    def test_ranking(self):
        """What a reader notices first stands first: the page before the type."""
        layout = self.at / "two.json"
        change = {"page": {"width": "195mm"}, **style("text-base", size="9.6pt")}
        layout.write_text(json.dumps({"bantin_layout": 1, "name": "two", "extends": LAYOUT, **change}), encoding="utf-8")
        status, report = compare(render(self.at / "two.pdf", ISSUE, layout), self.issues[0])
        self.assertEqual(status, 1)
        self.assertEqual(report["findings"][0]["subject"], "page width")

    def test_tolerance(self):
        """A wider tolerance lets a margin pass, and the words of a finding give both values."""
        layout = self.at / "wide.json"
        layout.write_text(json.dumps({"bantin_layout": 1, "name": "wide", "extends": LAYOUT,
                                      "page": {"margins": {"inside": "19mm"}}}), encoding="utf-8")
        ours = render(self.at / "wide.pdf", ISSUE, layout)
        _, strict = compare(ours, self.issues[0])
        margin = next(finding for finding in strict["findings"] if finding["subject"] == "inside margin")
        self.assertIn("18.00 mm in the sample, 19.00 mm here (+1.00 mm)", margin["message"])
        self.assertEqual((margin["page"], margin["ours"]["mm"]["width"], margin["sample"]["mm"]["width"]), (1, 19, 18))
        place = next(finding for finding in strict["findings"] if finding["subject"] == "running head: place on even pages, inside")
        self.assertEqual((place["page"], place["sample_page"]), (2, 2))
        status, wide = compare(ours, self.issues[0], "--tolerance", "4pt")
        self.assertEqual((status, subjects(wide)), (0, set()))

    def test_mask(self):
        """What lies in a region that is left out is counted, and is no difference."""
        layout, mask = self.at / "masked.json", self.at / "mask.json"
        layout.write_text(json.dumps({"bantin_layout": 1, "name": "masked", "extends": LAYOUT, **folio("outside", "261mm")}), encoding="utf-8")
        mask.write_text(json.dumps({"bantin_mask": 1, "regions": [{"pages": "all", "box": ["0mm", "255mm", "190mm", "15mm"]}]}), encoding="utf-8")
        status, report = compare(render(self.at / "masked.pdf", ISSUE, layout), self.issues[0], "--mask", mask)
        self.assertEqual((status, report["left_out"], subjects(report)), (0, 1, set()))


if __name__ == "__main__":
    BANTIN = sys.argv.pop(1)
    unittest.main()
