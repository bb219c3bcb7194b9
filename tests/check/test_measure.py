#!/usr/bin/env python3
"""measure: what it finds of files of other producers, against what is known of them, which it prints; a draft layout
that it writes renders, and what is rendered measures as the sample did; tables and JSON, options and exit statuses;
the schema of its JSON.

usage: test_measure.py BANTIN [TEST ...]      (unittest's own options)"""
import concurrent.futures, copy, json, pathlib, re, subprocess, sys, tempfile, unittest

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOREIGN = ROOT / "tests/check/foreign"
KNOWN = json.loads((FOREIGN / "known.json").read_text(encoding="utf-8"))
SAMPLES = ROOT / "samples"
ISSUE = SAMPLES / "thanh-hoa-2024-04/bundle.json"
BANTIN = ""


def run(*arguments):
    return subprocess.run([str(part) for part in arguments], capture_output=True, text=True)


def measure(pdf, *options):
    done = run(BANTIN, "measure", "--lang", "en", pdf, "--json", "-", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def render(out, bundle, *options):
    done = run(BANTIN, "render", bundle, "-o", out, *options)
    assert done.returncode == 0, done.stderr
    return out


def in_turn(call, items):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(call, items))


def margins_of(design):
    margins = design["margins"]
    return [margins.get("left_mm", margins.get("inside_mm")), margins.get("right_mm", margins.get("outside_mm")),
            margins["top_mm"], margins["bottom_mm"]]


def body_of(design):
    return next(style for style in design["styles"] if style["role"] == "body")


def known_margins(known):
    margins = known["margins"]
    return [margins.get("left", margins.get("inside")), margins.get("right", margins.get("outside")), margins["top"], margins["bottom"]]


def keys(design):
    """What a layout sets and a rendering shows again: [mm] but for the last three [pt]."""
    return {"width": design["page"]["width_mm"], "height": design["page"]["height_mm"],
            **dict(zip(("left", "right"), margins_of(design))), "gutter": design["columns"]["gutter_mm"],
            "column": design["columns"]["width_mm"], "first": design["grid"]["first_mm"],
            "step": design["grid"]["step_pt"], "size": body_of(design)["size_pt"]}


def write_empty(path):
    """A PDF of one page with nothing on it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>"]
    body, places = "%PDF-1.4\n", []
    for i, text in enumerate(objects):
        places.append(len(body))
        body += f"{i + 1} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    path.write_text(f"{body}xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n")
    return path


class Foreign(unittest.TestCase):
    def test_known(self):
        """Page sizes exactly; margins, columns and gutters within 1 mm, sizes of the body within 0.1 pt: of nine in ten,
        and here of all."""
        names = sorted(KNOWN)
        designs = in_turn(lambda name: measure(FOREIGN / name), names)
        print(f"\n{'known, found':24}{'left':>13}{'right':>13}{'head':>13}{'foot':>13}{'gutter':>13}{'columns':>9}{'size':>13}")
        good = 0
        for name, design in zip(names, designs):
            known, found = KNOWN[name], margins_of(design)
            pairs = [*zip(known_margins(known), found), (known["gutter"], design["columns"]["gutter_mm"])]
            size = body_of(design)["size_pt"]
            print(f"{name[:-4]:24}" + "".join(f"{a:6.1f}, {b:5.2f}" for a, b in pairs) +
                  f"{known['columns']:6}, {design['columns']['count']}{known['body']['size']:6.1f}, {size:5.2f}")
            page = [design["page"]["width_pt"], design["page"]["height_pt"]]
            with self.subTest(name):
                for asked, got in zip(known["page_pt"], page):
                    self.assertAlmostEqual(asked, got, delta=0.001)
                good += (all(abs(a - b) <= 1 for a, b in pairs) and design["columns"]["count"] == known["columns"]
                         and abs(size - known["body"]["size"]) <= 0.1)
        self.assertEqual(good, len(names))

    def test_more(self):
        """Leading, alignment, facing pages and the masthead, as known."""
        for name, design in zip(sorted(KNOWN), in_turn(lambda name: measure(FOREIGN / name), sorted(KNOWN))):
            known, body = KNOWN[name], body_of(design)
            with self.subTest(name):
                self.assertAlmostEqual(design["grid"]["step_pt"], known["body"]["leading"], delta=0.05)
                self.assertEqual(design["columns"]["justified"], known["body"]["align"] == "justified")
                self.assertEqual(design["page"]["facing"], known["facing"])
                self.assertTrue(body["face"].startswith(known["body"]["face"]), body["face"])
                self.assertGreaterEqual(body["confidence_percent"], 80)
                self.assertEqual(design["masthead"]["title"], known["masthead"]["text"])
                title = next(style for style in design["styles"] if style["role"] == "masthead-title")
                self.assertAlmostEqual(title["size_pt"], known["masthead"]["size"], delta=0.1)
                self.assertIsNotNone(design["folio"])

    def test_drafts(self):
        """The draft of each renders the bulletin, and the rendering has the draft's page, margins, columns and type."""
        with tempfile.TemporaryDirectory() as folder:
            def judge(name):
                layout, pdf = pathlib.Path(folder) / f"{name}.json", pathlib.Path(folder) / name
                sample = measure(FOREIGN / name)
                done = run(BANTIN, "measure", FOREIGN / name, "--layout", layout)
                assert done.returncode == 0, done.stderr
                return keys(sample), keys(measure(render(pdf, ISSUE, "--layout", layout, "--rendition", "screen")))

            for name, (sample, ours) in zip(sorted(KNOWN), in_turn(judge, sorted(KNOWN))):
                with self.subTest(name):
                    for key in sample:
                        if key == "column" and not KNOWN[name]["body"]["align"] == "justified":
                            continue  # of ragged columns only the longest line tells
                        delta = 0.1 if key in ("step", "size") else 1
                        if key == "first":
                            continue  # by whole steps it may stand lower
                        self.assertAlmostEqual(sample[key], ours[key], delta=delta, msg=key)


class Ours(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.at = pathlib.Path(cls.folder.name)
        cls.issue = render(cls.at / "issue.pdf", ISSUE)

    def test_known(self):
        """Our own layouts, of which every value is known."""
        known = {"bulletin-19x27": (190, 270, 18, 15, 2, 5, 24, 13, 9.4), "a4-two-column": (210, 297, 15, 13, 2, 6, 25, 13, 9.5),
                 "a4-three-column": (210, 297, 15, 12, 3, 6, 24, 12.6, 10.1), "a5-one-column": (148, 210, 20, 17, 1, 0, 24, 13.5, 9.8)}
        names = sorted(known)
        designs = in_turn(lambda name: measure(render(self.at / f"{name}.pdf", ISSUE, "--layout", name)), names)
        for name, design in zip(names, designs):
            with self.subTest(name):
                self.assertEqual(design["page"]["bleed_mm"], 3)
                self.assertTrue(design["page"]["facing"])
                found = (design["page"]["width_mm"], design["page"]["height_mm"], *margins_of(design)[:2], design["columns"]["count"],
                         design["columns"]["gutter_mm"], design["grid"]["first_mm"], design["grid"]["step_pt"], body_of(design)["size_pt"])
                limits = (0.001, 0.001, 1, 1, 0, 1, 0.1, 0.02, 0.02)
                for what, (asked, got, limit) in enumerate(zip(known[name], found, limits)):
                    self.assertLessEqual(abs(asked - got), limit, (what, asked, got))

    def test_round_trip(self):
        """Sample, draft, rendering: in press and on screen page, margins, columns, grid, type and colour come back."""
        for rendition in ("press", "screen"):
            with self.subTest(rendition):
                sample = render(self.at / f"{rendition}.pdf", ISSUE, "--rendition", rendition)
                layout = self.at / f"{rendition}.json"
                done = run(BANTIN, "measure", sample, "--layout", layout, "--name", "ours")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertEqual(json.loads(layout.read_text(encoding="utf-8"))["name"], "ours")
                again = render(self.at / f"{rendition}-again.pdf", ISSUE, "--layout", layout)
                one, other = measure(sample), measure(again)
                for key, value in keys(one).items():
                    self.assertAlmostEqual(value, keys(other)[key], delta=0.02, msg=key)
                roles = [{style["role"]: (style["face"], style["size_pt"]) for style in reversed(design["styles"])} for design in (one, other)]
                for role in ("body", "masthead-title", "masthead-subtitle", "headline-1", "headline-2", "caption", "folio",
                             "running-head", "kicker", "drop-cap", "quote", "byline"):
                    self.assertEqual(roles[0][role], roles[1][role], role)
                accent = json.loads(layout.read_text(encoding="utf-8"))["colors"]["accent"]["cmyk"]
                for asked, got in zip((20, 100, 20, 12), accent):
                    self.assertLessEqual(abs(asked - got), 0 if rendition == "press" else 14, accent)

    def test_draft_keeps_to_the_design(self):
        """check --layout-only says so of what the draft renders."""
        layout = self.at / "draft.json"
        self.assertEqual(run(BANTIN, "measure", self.issue, "--layout", layout).returncode, 0)
        ours = render(self.at / "draft.pdf", ISSUE, "--layout", layout)
        done = run(BANTIN, "check", "--layout-only", "--json", "-", ours, self.issue)
        self.assertEqual([finding["message"] for finding in json.loads(done.stdout)["findings"]], [])

    def test_small_type(self):
        """What a draft's small type is in proportion to: draft_style.c has the sizes of base.json."""
        styles = json.loads((ROOT / "layouts/base.json").read_text(encoding="utf-8"))["styles"]

        def of(name, key):
            return styles[name].get(key) or of(styles[name]["extends"], key)
        listed = re.findall(r'\{"([a-z-]+)", ([\d.]+), ([\d.]+)\}', (ROOT / "src/check/design/draft_style.c").read_text(encoding="utf-8"))
        self.assertGreater(len(listed), 20)
        for name, size, leading in listed:
            self.assertEqual(of(name, "size"), f"{size}pt", name)
            if leading != "0":
                self.assertEqual(of(name, "leading"), f"{leading}pt", name)

    def test_roles(self):
        """Each role of the bulletin, by its type."""
        found = {style["role"]: (style["face"], style["size_pt"]) for style in reversed(measure(self.issue)["styles"])}
        for role, type_ in {"body": ("NotoSerif-Regular", 9.4), "headline-1": ("NotoSerif-Bold", 21.5), "headline-2": ("NotoSerif-Bold", 17.5),
                            "masthead-title": ("NotoSerif-Bold", 38), "masthead-subtitle": ("NotoSerif-Bold", 17), "kicker": ("NotoSans-Bold", 8),
                            "caption": ("NotoSans-Regular", 7.5), "credit": ("NotoSans-Regular", 6.2), "table": ("NotoSans-Regular", 8),
                            "running-head": ("NotoSans-Regular", 7.2), "folio": ("NotoSans-Bold", 8.6), "byline": ("NotoSerif-BoldItalic", 9),
                            "quote": ("NotoSerif-BoldItalic", 13)}.items():
            self.assertEqual(found[role], type_, role)

    def test_table(self):
        """For people, in both languages, with their decimal signs; the same every time."""
        english, again = (run(BANTIN, "measure", "--lang", "en", self.issue).stdout for _ in range(2))
        self.assertEqual(english, again)
        self.assertIn("inside 18 mm, outside 15 mm, head 21 mm, foot 20.5 mm", english)
        self.assertIn("2 of 76 mm, gutter 5 mm, justified", english)
        vietnamese = run(BANTIN, "measure", "--lang", "vi", self.issue).stdout
        self.assertIn("trong 18 mm, ngoài 15 mm, trên 21 mm, dưới 20,5 mm", vietnamese)
        self.assertIn("CMYK 1.8 9 1.8 1.1:", english)
        self.assertIn("CMYK 1,8 9 1,8 1,1:", vietnamese)
        for lang in ("en", "vi"):  # programs read the same of both
            self.assertIn("CMYK 1.8 9 1.8 1.1", [ink["color"] for ink in measure(self.issue, "--lang", lang)["colors"]])

    def test_options(self):
        one = measure(self.issue, "--pages", "2")
        self.assertIsNone(one["masthead"])
        for wrong in (["--pages", "0"], ["--pages", "3-2"], ["--json", "-", "--layout", "-"], ["--nothing"], ["another.pdf"]):
            done = run(BANTIN, "measure", "--lang", "en", self.issue, *wrong)
            self.assertEqual((done.returncode, done.stdout), (2, ""), wrong)
        self.assertEqual(run(BANTIN, "measure").returncode, 2)
        self.assertEqual(run(BANTIN, "measure", self.at / "none.pdf").returncode, 3)
        beyond = run(BANTIN, "measure", "--lang", "en", self.issue, "--pages", "9")
        self.assertEqual(beyond.returncode, 3)
        self.assertIn("E1402: --pages begins with page 9, and this PDF has 4", beyond.stderr)
        text = self.at / "text.pdf"
        text.write_text("no PDF", encoding="utf-8")
        self.assertEqual(run(BANTIN, "measure", text).returncode, 3)
        self.assertIn("--layout", run(BANTIN, "measure", "--help").stdout)

    def test_outputs(self):
        """What is there and is no JSON stays as it is, the sample above all; JSON is written anew."""
        sample, link = self.at / "kept.pdf", self.at / "link.json"
        sample.write_bytes(self.issue.read_bytes())
        link.symlink_to(sample)
        for option in ("--json", "--layout"):
            for target in (sample, link):
                done = run(BANTIN, "measure", "--lang", "en", sample, option, target)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("is no JSON", done.stderr)
                self.assertEqual(sample.read_bytes(), self.issue.read_bytes())
            out = self.at / "out.json"
            for _ in range(2):
                self.assertEqual(run(BANTIN, "measure", sample, option, out).returncode, 0)
                json.loads(out.read_text(encoding="utf-8"))
            self.assertEqual(run(BANTIN, "measure", sample, option, self.at / "no folder/out.json").returncode, 4)
        self.assertEqual(run(BANTIN, "measure", sample, "--json", out, "--layout", out).returncode, 2)

    def test_too_little(self):
        """No layout can be made of a page without running text; what there is, is told."""
        layout = self.at / "leaf.json"
        leaf = self.at / "leaf.pdf"
        subprocess.run(["qpdf", "--empty", "--pages", self.issue, "1", "--", leaf], check=True)
        self.assertEqual(run(BANTIN, "measure", leaf).returncode, 0)
        empty = write_empty(self.at / "empty.pdf")
        self.assertEqual(measure(empty)["styles"], [])
        done = run(BANTIN, "measure", "--lang", "en", empty, "--layout", layout)
        self.assertEqual(done.returncode, 3)
        self.assertIn("E1400", done.stderr)
        self.assertFalse(layout.exists())


def parts(value, path=()):
    """(path, object, key) of all that stands in JSON."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield path, value, key
        yield from parts(part, (*path, key))


def put(design, path, change):
    """A copy of a design with a change to what stands at a path in it."""
    changed = copy.deepcopy(design)
    at = changed
    for key in path:
        at = at[key]
    change(at)
    return changed


class Schema(unittest.TestCase):
    """What `bantin schema measure` prints, against what measure writes and mutants of that."""
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(run(BANTIN, "schema", "measure").stdout)
        Draft202012Validator.check_schema(cls.schema)
        cls.validator = Draft202012Validator(cls.schema)
        with tempfile.TemporaryDirectory() as folder:
            at = pathlib.Path(folder)
            ours = [render(at / f"{name}-{rendition}.pdf", SAMPLES / name / "bundle.json", "--rendition", rendition)
                    for name in ("thanh-hoa-2024-04", "to-gap-suc-khoe", "a5-chi-hoi", "vu-mua-12-trang") for rendition in ("press", "screen")]
            asked = [(path,) for path in (*sorted(FOREIGN.glob("*.pdf")), *ours, write_empty(at / "empty.pdf"))]
            asked += [(ours[0], "--pages", "2", "--lang", "vi"), (ours[1], "--pages", "1")]
            cls.designs = in_turn(lambda arguments: measure(*arguments), asked)

    def is_good(self, design):
        return self.validator.is_valid(design)

    def test_real(self):
        for design in self.designs:
            self.assertEqual([f"{error.json_path}: {error.message}" for error in self.validator.iter_errors(design)], [], design["file"])

    def test_all_keys(self):
        """Each key of the schema is written, and each role and alignment of the program is in the schema."""
        objects = [self.schema, *self.schema["$defs"].values()]
        told = {key for at in objects for key in at.get("properties", {})}
        self.assertEqual(told, {key for design in self.designs for _, _, key in parts(design) if isinstance(key, str)})
        source = (ROOT / "src/check/design/measure.c").read_text(encoding="utf-8")
        roles, aligns = (re.findall(r'"([a-z-]+)"', re.search(rf"keys\[{name}\] = \{{(.*?)\}}", source, re.S)[1])
                         for name in ("DESIGN_N_ROLES", "DESIGN_N_ALIGNS"))
        self.assertEqual((len(roles), len(aligns)), (18, 6))
        ranked = {"headline", "subheading"}
        for role in roles:
            style = {**self.designs[0]["styles"][0], "role": f"{role}-12" if role in ranked else role}
            if role != "body":
                del style["first_indent_pt"]
            self.assertTrue(self.is_good({**self.designs[0], "styles": [style]}), role)
        listed = {align for at in objects for align in at.get("properties", {}).get("align", {}).get("enum", ())}
        self.assertEqual(listed, set(aligns))

    def test_any_key(self):
        """Anywhere in what is written: without a key, with one more, with a value of another type, below what it may be."""
        n = 0
        may_be_absent = {"x_odd_mm", "x_even_mm"}  # one of the two
        may_be_null = {"masthead", "running_head", "folio"}
        seen = set()
        for design in self.designs:
            for path, at, key in parts(design):
                names = tuple(part for part in (*path, key) if isinstance(part, str))
                place = (names, tuple(at) if isinstance(at, dict) else ())
                if place in seen:
                    continue  # this key stood there before, in an object of the same keys
                seen.add(place)
                value, wrong = at[key], [[[]], {"other": 1}]
                wrong += [] if key in may_be_null else [None]
                wrong += [1] if isinstance(value, (str, bool)) else ["1", True]
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    wrong += [0.5 + value] if not re.search("_(mm2?|pt)$", str(key)) else []
                    wrong += [-1] if not re.search("_mm$|indent", str(key)) else []
                    wrong += [101] if "percent" in str(key) else []
                changes = [lambda o, w=w: o.__setitem__(key, w) for w in wrong]
                if isinstance(at, dict):
                    changes += [lambda o: o.__setitem__("other", 1)]
                    changes += [] if key in may_be_absent and may_be_absent <= at.keys() else [lambda o: o.__delitem__(key)]
                for change in changes:
                    changed = put(design, path, change)
                    self.assertFalse(self.is_good(changed), (design["file"], path, key))
                    n += 1
        self.assertGreater(n, 500)

    def test_more_mutants(self):
        """What is of the right type and says what cannot be."""
        facing, plain = (next(design for design in self.designs if design["page"]["facing"] == is_facing and design["masthead"] and design["folio"]) for is_facing in (True, False))
        style = lambda **more: [{**plain["styles"][0], **more}]
        text = plain["folio"]["texts"][0]
        wrong = [dict(bantin_measure=2), dict(file=""), dict(page={**plain["page"], "facing": True}), dict(margins=facing["margins"]),
                 dict(margins={**plain["margins"], **facing["margins"]}), dict(columns={**plain["columns"], "count": 0}),
                 dict(styles=style(role="headline-0")), dict(styles=style(role="headline")), dict(styles=style(role="body-1")), dict(styles=style(role="Body")),
                 dict(styles=style(role="kicker")), dict(styles=style(align="inside")), dict(styles=style(align="")), dict(styles=style(color="")),
                 dict(masthead={**plain["masthead"], "align": "justify"}), dict(folio={**plain["folio"], "texts": []}),
                 dict(folio={**plain["folio"], "texts": [text] * 3}), dict(folio={**plain["folio"], "texts": [{**text, "align": "justify"}]}),
                 dict(colors=[{**plain["colors"][0], "accent": True}] * 2)]
        for change in wrong:
            self.assertFalse(self.is_good({**plain, **change}), change)
        self.assertFalse(self.is_good({**facing, "page": {**facing["page"], "facing": False}}))
        self.assertTrue(self.is_good({**plain, "colors": [], "styles": [], "rules": [], "masthead": None, "folio": None, "running_head": None}))


if __name__ == "__main__":
    BANTIN = sys.argv.pop(1)
    unittest.main()
