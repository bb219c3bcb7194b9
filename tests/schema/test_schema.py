#!/usr/bin/env python3
"""The JSON Schemas and the program's own validation come to the same verdict.

usage: test_schema.py BANTIN VERDICT [TEST ...]      (unittest's own options)
BANTIN prints the schemas; VERDICT (verdict.c) tells what the program says of a text. Both are asked about every bundle, edition
and layout of the corpus, the samples, the goldens and the layouts that come with bantin, and about thousands of mutants of the
good ones. What a schema cannot say stands in the two lists below, by name and with its reason."""
import copy, itertools, json, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/corpus"
BANTIN = VERDICT = ""

# Bad files that a schema lets pass, and why. One that is not there, or on which both agree, fails the test.
B, E, L = "tests/corpus/bundle/", "tests/corpus/edition/", "tests/corpus/layout/"
BEYOND = {
    B + "body-file-content.json": "another file",
    B + "body-file-missing.json": "another file",
    B + "body-file-not-text.json": "another file",
    B + "body-only-blank.json": "what is blank is left out, and then nothing is left: a schema would have to look through all kinds of blocks",
    B + "bullets-blank.json": "a blank item is an error only when items that are kept hang on it",
    B + "chart-empty.json": "the values of a table",
    B + "chart-few.json": "values are counted",
    B + "chart-large.json": "the size of a value beside that of others",
    B + "chart-negative.json": "the values of a table",
    B + "chart-no-ids.json": "the id of a table elsewhere in the file",
    B + "chart-order.json": "two labels are compared",
    B + "chart-rows.json": "the rows that are drawn are counted",
    B + "chart-table-id.json": "the id of a table elsewhere in the file",
    B + "chart-text.json": "whether a text is a number matters only in columns that are drawn",
    B + "chart-titles.json": "a text may stand in one of two places",
    B + "date-29-february.json": "leap years are arithmetic",
    B + "figure-heights.json": "two lengths are compared, perhaps in two units",
    B + "highlight-misspelt.json": "the id of an article elsewhere in the file",
    B + "highlight-no-ids.json": "the id of an article elsewhere in the file",
    B + "highlight-unknown.json": "the id of an article elsewhere in the file",
    B + "id-twice.json": "ids are compared across articles",
    B + "table-id-twice.json": "ids are compared across tables",
    B + "local-pages.json": "two numbers are compared",
    B + "qa-only-blank.json": "what is blank is left out, and then nothing is left: a schema would have to look through all kinds of blocks",
    B + "table-cells.json": "a row's cells are counted against the columns",
    B + "table-total-label.json": "whether a column is left for the label depends on all the others",
    B + "table-total-large.json": "a sum",
    B + "table-total-strings.json": "whether a text is a number matters only in columns that are added up",
    E + "merge.json": "what the base has",
    E + "op-and-set.json": "two places hit the same thing",
    E + "op-article.json": "the ids of the base",
    E + "op-article-inserted.json": "the ids of the base",
    E + "op-no-ids.json": "the ids of the base",
    E + "op-no-articles.json": "the ids of the base",
    E + "op-twice.json": "two places hit the same thing",
    E + "pointer-near.json": "what the base has",
    E + "pointer-nothing.json": "what the base has",
    E + "pointer-null.json": "what the base has",
    E + "pointer-twice.json": "two places hit the same thing",
    L + "base/circle-1.json": "another file",
    L + "base/circle-2.json": "another file",
    L + "base/deep-1.json": "other files",
    L + "color-circle.json": "colours refer to one another",
    L + "color-unknown.json": "the name of a colour, perhaps a parent's",
    L + "columns-narrow.json": "widths are computed",
    L + "extends-broken.json": "another file",
    L + "extends-circle.json": "another file",
    L + "extends-deep.json": "other files",
    L + "extends-itself.json": "the file's own name",
    L + "extends-misspelt.json": "another file",
    L + "extends-no-file.json": "another file",
    L + "fonts-unknown.json": "the name of a font, perhaps a parent's",
    L + "furniture-narrow.json": "widths are computed",
    L + "grid-below.json": "heights are computed",
    L + "grid-outside.json": "two lengths are compared",
    L + "local-pages.json": "two numbers are compared",
    L + "palettes-parent.json": "colours refer to one another",
    L + "plates-alone.json": "the name of a palette, perhaps a parent's",
    L + "plates.json": "what the colours in use print with is found by resolving them",
    L + "print.json": "two numbers are compared",
    L + "print-paper.json": "a length's range, whatever its unit",
    L + "spots-many.json": "spot colours are counted by name, over several places",
    L + "style-body-size.json": "a length's range, whatever its unit",
    L + "style-circle.json": "styles refer to one another",
    L + "style-grid.json": "two lengths are compared",
    L + "style-indents.json": "widths are computed",
    L + "style-lacks.json": "in a layout with a parent, that may have the rest of the style",
    L + "style-unknown-parent.json": "the name of a style, perhaps a parent's",
}

# Errors of mutants that a schema cannot find, and why.
BEYOND_CODES = {
    "bundle": {
        "E0214": "an id taken twice", "E0235": "an id taken twice", "E0236": "an unknown id", "E0237": "an unknown id", "E0238": "an unknown id",
        "E0239": "a body of blanks", "E0245": "a blank item with items", "E0248": "two heights compared",
        "E0253": "cells counted", "E0254": "cells counted", "E0257": "columns counted", "E0259": "the type of another column",
        "E0261": "a text that is added up", "E0265": "an answer of blanks", "E0278": "an id taken twice", "E0901": "another file",
        "E0287": "digits", "E0288": "the id of a table", "E0290": "a text in two places",
        "E0291": "columns named in two places", "E0292": "a text that is drawn", "E0293": "values counted", "E0294": "a value", "E0295": "the id of a table",
        "E0296": "columns counted", "E0297": "the types of columns", "E0298": "rows counted", "E0299": "two labels compared",
    },
    "edition": {
        "E1011": "what the base has", "E1012": "what the base has", "E1013": "what the base has", "E1014": "what the base has",
        "E1015": "what the base has", "E1016": "what the base has", "E1017": "two places hit the same thing", "E1020": "the ids of the base",
        "E1021": "the ids of the base", "E1024": "what the base has",
    },
    "layout": {
        "E0208": "a length's range", "E0301": "another file", "E0302": "another file", "E0304": "another file",
        "E0315": "an unknown name", "E0316": "an unknown name", "E0326": "a width computed", "E0339": "two lengths compared",
        "E0340": "the range of a tracking", "E0342": "two lengths compared", "E0366": "a name's bytes", "E0369": "two colours compared",
        "E0370": "two colours compared", "E0372": "what resolved colours print with", "E0373": "an unknown name", "E0360": "two lengths compared",
        "E0361": "two numbers compared", "E0353": "the item's style has an unknown name",
    },
}
INHERITED_CODES = {"E0204": "a part that a parent has", "E0336": "a part that a parent has"}

def schema(format):
    return json.loads(subprocess.run([BANTIN, "schema", format], capture_output=True, check=True).stdout)


def bundles():
    return sorted([*CORPUS.glob("bundle/**/*.json"), *ROOT.glob("samples/*/bundle.json"), *ROOT.glob("tests/golden/*/bundle.json"),
                   *ROOT.glob("src/cli/starter/*.json")])


def editions():
    return sorted([*CORPUS.glob("edition/*.json"), *CORPUS.glob("edition/good/*.json")])


def layouts():
    return sorted([*CORPUS.glob("layout/**/*.json"), *ROOT.glob("layouts/*.json"), *ROOT.glob("tests/golden/*/layout*.json")])


def program_says(format, folder, texts):
    """For each text (bytes, one line each) the codes of its errors; the empty list: good."""
    run = subprocess.run([VERDICT, format, str(folder), str(folder / "base")], input=b"".join(text + b"\n" for text in texts), capture_output=True, check=True)
    lines = run.stdout.decode().splitlines()
    assert len(lines) == len(texts), f"{len(texts)} texts, {len(lines)} verdicts"
    return [line.split()[1:] if line.startswith("bad") else [] for line in lines]


def one_line(text):
    """The same JSON: a newline cannot stand inside a string."""
    return re.sub(rb"[\r\n]+", b" ", text)


def schema_says(validator, text):
    """None: good."""
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"no JSON: {error}"
    error = next(validator.iter_errors(value), None)
    return error and f"{error.json_path}: {error.message[:200]}"


def layout_folder(test):
    """The corpus of layouts, with all parents in base/: VERDICT writes into it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
    test.addCleanup(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(CORPUS / "layout", folder, dirs_exist_ok=True)
    for path in ROOT.glob("layouts/*.json"):
        shutil.copy(path, folder / "base")
    return folder


FOLDERS = {"bundle": "bundle", "edition": "bundle", "layout": "layout", "manifest": "batch"}


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = layout_folder(self)

    def verdicts(self, format, paths):
        """(path, codes of errors): a bundle is read where it stands, for the files that it names."""
        for parent, group in itertools.groupby(paths, lambda path: path.parent):
            group = list(group)
            folder = {"bundle": parent, "edition": CORPUS / "edition", "layout": self.folder}[format]
            yield from zip(group, program_says(format, folder, [one_line(p.read_bytes()) for p in group]))

    def compare(self, format, paths):
        validator = Draft202012Validator(schema(format))
        found = 0
        for path, codes in self.verdicts(format, paths):
            name = str(path.relative_to(ROOT))
            fault = schema_says(validator, path.read_bytes())
            with self.subTest(name):
                if codes and not fault:
                    self.assertIn(name, BEYOND, f"the program refuses it ({' '.join(codes)}), the schema does not")
                    found += 1
                    continue
                self.assertNotIn(name, BEYOND, "schema and program agree on it: take it out of BEYOND")
                self.assertEqual(bool(codes), bool(fault), f"program: {' '.join(codes) or 'good'}; schema: {fault or 'good'}")
        return found

    def test_bundles(self):
        self.compare("bundle", bundles())

    def test_editions(self):
        self.assertGreater(len(editions()), 35)
        self.compare("edition", editions())

    def test_layouts(self):
        self.compare("layout", layouts())

    def test_rows(self):
        """The lines of the corpus's manifests, each by itself; those that are no rows of their own are json's."""
        lines = {line for path in sorted(CORPUS.glob("manifest/**/*.jsonl")) for line in path.read_bytes().splitlines() if line.strip()}
        lines = sorted(line for line in lines if not line.startswith(b"{") or line.strip().endswith(b"}"))
        lines = [line for line in lines if b'"bantin' not in line]  # another file in a manifest's place: its keys would be values
        validator = Draft202012Validator(schema("manifest"))
        verdicts = program_says("manifest", self.folder, lines)
        for line, codes in zip(lines, verdicts):
            with self.subTest(line.decode()):
                if codes not in (["E0143"], ["E0111"], ["E0112"], ["E0114"]):  # a key twice is JSON to a schema's library
                    self.assertEqual(bool(codes), bool(schema_says(validator, line)), codes)
        self.assertGreater(sum(bool(codes) for codes in verdicts), 8)
        self.assertGreater(sum(not codes for codes in verdicts), 4)

    def test_list_is_not_stale(self):
        there = {str(path.relative_to(ROOT)) for path in bundles() + editions() + layouts()}
        self.assertEqual(sorted(set(BEYOND) - there), [])


class Keys(unittest.TestCase):
    """A key that the program learns must be told to the schema as well."""

    def known_to_program(self, format):
        names = set()
        for path in sorted((ROOT / "src" / FOLDERS[format]).glob("*.c")):
            if FOLDERS[format] == "bundle" and path.name.startswith("edition") != (format == "edition"):
                continue
            source = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
            names.update(re.findall(r'\] = \{BT_STR_INIT\("(\w+)"\), BT_(?:TAKES|UNCHECKED)[^,{}]*, [^,{}]+\}', source))
        return names

    def known_to_schema(self, value):
        names = set()
        if isinstance(value, dict):
            names = set(value["properties"]) if isinstance(value.get("properties"), dict) else set()
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            names |= self.known_to_schema(part)
        return names

    def test_keys(self):
        for format, least in (("bundle", 40), ("edition", 10), ("layout", 40)):
            program = self.known_to_program(format)
            self.assertGreater(len(program), least)
            self.assertEqual(sorted(program ^ self.known_to_schema(schema(format))), [], format)

    def test_schemas_are_schemas(self):
        for format in FOLDERS:  # of a row the keys are the user's own
            Draft202012Validator.check_schema(schema(format))
            self.assertEqual(schema(format), json.loads((ROOT / f"src/{FOLDERS[format]}/{format}.schema.json").read_text(encoding="utf-8")))


VALUES = {
    "bundle": [None, True, 0, -1, 7, 0.5, "", " ", "x", "12mm", "0pt", "-2mm", "12", "12 px", ".5 cm", "{{x}}", "\\{{x}}", "../a.png", "a\\b.png",
               "column", "left", "number", "12345-x", "2024-13-01", "2024-02-10", [], {}, ["x"], [1, 2], [0.2, 0.3], {"text": "x"}],
    "edition": [None, True, 0, -1, 7, 0.5, 1, "", " ", "x", "a b", "a/b", ".a", "Đông-Sơn_2", "replace", "insert", "remove", "start", "end", "tap-huan", "a\\b", "{{x}}",
                [], {}, ["x"], {"op": "remove"}, {"op": "remove", "id": "vay-von"}, {"/masthead/kind": "x"}, {"/": 1}, {"x": 1}, {"/a~": 1}, {"": 1}],
    "manifest": [None, True, 0, -1.50, "", " ", "x", "a b", "a/b", ".a", "a.", "Đông-Sơn_2", "a\\b", "a\tb", "x" * 201, "{{x}}", "a.pdf", " b/c.PDF ", "./a.pdf", "a//b.pdf",
                 "/a.pdf", "../a.pdf", "a/../b.pdf", "..a.pdf", "a..pdf", "batch/a.pdf", "./BATCH/a.pdf", "batch.pdf", "a/batch/b.pdf", ".pdf", "a/.pdf", "a.txt", "a.pdf/", "..",
                 [], {}, ["x"]],
    "layout": [None, True, 0, -1, 3, 0.5, 1000000, "", "x", "none", "12mm", "0pt", "-2mm", "1.5em", "12 px", "{title}", "{}", "{number}", "column",
               "left", "grid", [], {}, [1, 2, 3, 4], ["1pt", "2pt"], {"text": "x"}, {"weight": "1pt"}],
}


def places(value, path=()):
    yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(part, path + (key,))


def mutants(format, value, only=None):
    """(what was done, the changed value): each value replaced, each member taken away, a key added to each object, the first
    item of each list said twice. only: the first steps of the places that are changed."""
    def change(what, path, do):
        mutant = copy.deepcopy(value)
        parent = mutant
        for step in path[:-1]:
            parent = parent[step]
        do(parent, path[-1] if path else None)
        return f"{what} at /{'/'.join(map(str, path))}", mutant

    for path in places(value):
        if only and path and path[0] not in only:
            continue
        here = value
        for step in path:
            here = here[step]
        if path:
            yield change("nothing", path, lambda parent, step: parent.pop(step))
            for other in VALUES[format]:
                if other != here or type(other) is not type(here):
                    yield change(json.dumps(other), path, lambda parent, step: parent.__setitem__(step, other))
        if isinstance(here, dict):
            yield change("one key more", path, lambda parent, step: (parent[step] if path else parent).__setitem__("xyzzy", "x"))
        if path and isinstance(here, list) and here:
            yield change("one item twice", path, lambda parent, step: parent[step].append(copy.deepcopy(here[0])))


class Mutants(unittest.TestCase):
    def compare(self, format, folder, changes, beyond):
        """The numbers of good and bad mutants on which both agree."""
        validator = Draft202012Validator(schema(format))
        changes = list(changes)
        texts = [json.dumps(value, ensure_ascii=False).encode() for _, value in changes]
        n, differences = [0, 0], []
        for (what, _), text, codes in zip(changes, texts, program_says(format, folder, texts)):
            fault = schema_says(validator, text)
            if bool(codes) == bool(fault):
                n[bool(codes)] += 1
            elif not codes or any(code not in beyond for code in codes):
                differences.append(f"{what}: the program says {' '.join(codes) or 'good'}, the schema {fault or 'good'}")
        self.assertFalse(differences, f"{len(differences)} differences\n" + "\n".join(differences[:40]))
        return n

    def test_bundles(self):
        value = json.loads((CORPUS / "bundle/good/everything.json").read_text(encoding="utf-8"))
        n_good, n_bad = self.compare("bundle", pathlib.Path("/nowhere"), mutants("bundle", value), BEYOND_CODES["bundle"])
        self.assertGreater(n_good, 300)
        self.assertGreater(n_bad, 1500)

    def test_editions(self):
        value = json.loads((CORPUS / "edition/good/everything.json").read_text(encoding="utf-8"))
        n_good, n_bad = self.compare("edition", CORPUS / "edition", mutants("edition", value), BEYOND_CODES["edition"])
        self.assertGreater(n_good, 300)
        self.assertGreater(n_bad, 300)

    def test_rows(self):
        value = {"id": "hau-loc", "edition": "editions/hau-loc.json", "out": "huyen/hau-loc.pdf", "name": "Hậu Lộc", "xa": 1250}
        names = [("a name", {**value, name: "x"}) for name in ("", " a", "a ", "a b", "{a", "a}", "a\nb", "\ta", "Đ", "a/b", "ID")]
        n_good, n_bad = self.compare("manifest", pathlib.Path("/nowhere"), [*mutants("manifest", value), *names], {})
        self.assertGreater(n_good, 60)
        self.assertGreater(n_bad, 60)

    def test_layouts(self):
        folder = layout_folder(self)
        child = json.loads((CORPUS / "layout/good/child.json").read_text(encoding="utf-8"))
        n_good, n_bad = self.compare("layout", folder, mutants("layout", child), {**BEYOND_CODES["layout"], **INHERITED_CODES})
        self.assertGreater(n_good, 300)
        self.assertGreater(n_bad, 1500)
        whole = json.loads((CORPUS / "layout/base/plain.json").read_text(encoding="utf-8"))
        n_good, n_bad = self.compare("layout", folder, mutants("layout", whole, ("page", "grid", "columns", "fonts", "colors", "blocks")),
                                     BEYOND_CODES["layout"])
        self.assertGreater(n_bad, 500)


if __name__ == "__main__":
    BANTIN, VERDICT = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
