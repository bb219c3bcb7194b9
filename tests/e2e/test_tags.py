#!/usr/bin/env python3
"""The structure tree tells the truth: it reads as the articles do, holds every word once, and each of its rules is proved by a
file with one defect.

usage: test_tags.py BANTIN [TEST ...]      (unittest's own options)
Reads the files with qpdf, pdfinfo and pdftotext; tests/conformance/structure.py has the rules."""
import collections, functools, json, os, pathlib, re, subprocess, sys, tempfile, unicodedata, unittest, zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))
sys.dont_write_bytecode = True
import reader, render, rules, structure

BANTIN, FOLDER = "", None
THANH_HOA, VU_MUA = "thanh-hoa-2024-04", "vu-mua-12-trang"
# What is judged: (a sample, or None for the bundle with every block; options).
CASES = {"press": (THANH_HOA, {}), "screen": (THANH_HOA, {"rendition": "screen"}), "booklet": (THANH_HOA, {"impose": "booklet"}),
         "long": (VU_MUA, {"rendition": "screen"}), "every block": (None, {"layout": "a4-two-column"}),
         "every block, another": (None, {"layout": "a5-one-column", "rendition": "screen"})}
# What an article says before its body, and after it; keys within a block in the order in which they are read.
KEYS = ["section", "kicker", "headline", "lead", "question", "answer", "title", "value", "unit", "label",
        "text", "stanzas", "items", "by", "caption", "credit", "body", "byline", "note", "source", "notes"]
NO_TEXT = {"type", "image", "alt", "span", "url", "layout", "lang", "id", "importance", "place", "kind", "levels", "list", "table_id", "file",
           "min_height", "max_height", "align", "group", "number", "columns", "total", "rows"}


def layouts():
    return [name for name, _ in render.layouts(BANTIN)]


def rendered(case):
    """The file of a case, made once."""
    pdf = FOLDER / f"{case.replace(' ', '_').replace(',', '')}.pdf"
    if not pdf.exists():
        sample, options = CASES[case]
        bundle = ROOT / "samples" / sample / "bundle.json" if sample else every_block()
        write(bundle, pdf, options)
    return pdf


def every_block():
    made = FOLDER / "made/every-block/bundle.json"
    return made if made.exists() else render.every_block(FOLDER)


def write(bundle, pdf, options):
    """Gives what was said."""
    said = [part for name, value in options.items() for part in (f"--{name}", value)]
    done = subprocess.run([BANTIN, "render", bundle, "-o", pdf, *said], capture_output=True, text=True,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1712620800", "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr
    return done.stderr


def bundle_of(case):
    sample, _ = CASES[case]
    path = ROOT / "samples" / sample / "bundle.json" if sample else every_block()
    return json.loads(path.read_text(encoding="utf-8"))


def despaced(text):
    """Letters and digits, for where words end depends on who reads."""
    return re.sub(r"\W", "", unicodedata.normalize("NFC", text).casefold())


def texts(value):
    """Every text of a part of a bundle, in the order in which it is read; without numbers, which are written anew."""
    if isinstance(value, str):
        yield re.sub(r"\[([^\]^]*)\]\([^)]*\)", r"\1", re.sub(r"\[\^(\d+)\]|[*\\]", lambda m: m[1] or "", value))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict) and value.get("type") != "chart":
        for key in sorted(value, key=lambda key: KEYS.index(key) if key in KEYS else len(KEYS)):
            if key not in NO_TEXT:
                yield from texts(value[key])


@functools.cache
def tree_of(pdf):
    """[(depth, type, text)] as pdfinfo prints the structure; a text stands with the element that it is in."""
    found = []
    for line in subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True).stdout.decode().splitlines():
        depth, line = (len(line) - len(line.lstrip())) // 2, line.strip()
        if re.fullmatch(r'".*"', line):
            found.append((depth, "", line[1:-1]))
        elif re.match(r"[A-Z]\w*(?: \(.*\))?:?$|(?:[\"].*)?$", line) and not line.startswith("/"):
            found.append((depth, re.match(r"\w*", line)[0], ""))
    return found


def text_under(tree, begin):
    """All that stands under a line of the tree."""
    depth, parts = tree[begin][0], []
    for other, _, text in tree[begin + 1:]:
        if other <= depth:
            break
        parts.append(text)
    return "".join(parts)


@functools.cache
def structure_of(pdf):
    """Not to be changed."""
    return structure.Structure(rules.Document(pdf))


class Truth(unittest.TestCase):
    def test_nothing_is_wrong(self):
        for case in CASES:
            with self.subTest(case):
                self.assertEqual(list(structure_of(rendered(case)).faults()), [])

    def test_it_reads_as_the_articles_do(self):
        for case in CASES:
            with self.subTest(case):
                self.check_articles(case)

    def check_articles(self, case):
        tree = tree_of(rendered(case))
        read = [text_under(tree, i) for i, (_, kind, _) in enumerate(tree) if kind == "Art"]
        articles = bundle_of(case)["articles"]
        self.assertEqual(len(read), len(articles))
        for article, text in zip(articles, read):
            text, at = despaced(text), 0
            for wanted in texts(article):
                found = text.find(despaced(wanted), at)
                self.assertGreaterEqual(found, 0, f"'{wanted}' is missing or out of order in '{article['headline']}'")
                at = found + len(despaced(wanted))

    def test_words_stand_apart(self):
        """What stands on two lines is two words, and a word that goes on is one."""
        tree = tree_of(rendered("press"))
        read = " ".join(text_under(tree, i) for i in range(len(tree)) if i + 1 < len(tree) and not tree[i + 1][1])
        words = lambda text: re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
        wanted = collections.Counter(word for article in bundle_of("press")["articles"] for text in texts(article) for word in words(text))
        self.assertEqual(wanted - collections.Counter(words(read)), collections.Counter())

    def test_every_word_is_in_a_tag(self):
        """What pdftotext finds is what the elements say and what the furniture does; nothing is said twice."""
        for case in CASES:
            with self.subTest(case):
                pdf = rendered(case)
                made = structure_of(pdf)
                said = made.text(made.document)
                furniture = made.text_of(made.marks.get(None, []))
                printed = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
                self.assertEqual(collections.Counter(despaced(printed)), collections.Counter(despaced(said + furniture)))
                whole = despaced(said)
                for word in set(re.findall(r"\w+", printed)):
                    self.assertTrue(despaced(word) in whole or despaced(word) in despaced(furniture), word)
                told = "".join(text for _, _, text in tree_of(pdf))
                self.assertEqual(collections.Counter(despaced(told)), collections.Counter(whole))

    def test_a_booklet_reads_as_its_pages_do(self):
        """Whatever sheet a page stands on; page five of a text comes before page six."""
        tree, plain = tree_of(rendered("booklet")), tree_of(rendered("press"))
        without_boxes = lambda lines: [(kind, text) for _, kind, text in lines]
        self.assertEqual(without_boxes(tree), without_boxes(plain))

    def test_what_the_real_bulletin_is_made_of(self):
        made = structure_of(rendered("screen"))
        kinds = collections.Counter(element.type[1:] for element in made.elements)
        bundle = bundle_of("screen")
        blocks = [block for article in bundle["articles"] for block in article["body"] if isinstance(block, dict)]
        count = lambda kind: sum(block["type"] == kind for block in blocks)
        self.assertEqual(kinds["Art"], len(bundle["articles"]))
        self.assertEqual(kinds["H1"], 1)
        self.assertEqual((kinds["Table"], kinds["Figure"]), (count("table"), count("figure")))
        self.assertEqual(kinds["LI"], len(bundle["highlights"]["items"]))
        links = [element for element in made.elements if element.type == "/Link"]
        self.assertGreaterEqual(len(links), len(bundle["highlights"]["items"]))
        self.assertFalse([element for element in structure_of(rendered("press")).elements if element.type == "/Link"])
        alts = [reader.text_of(element.held["/Alt"]) for element in made.elements if element.type == "/Figure"]
        wanted = [block.get("alt") or block.get("caption") for block in blocks if block["type"] == "figure"]
        self.assertEqual(alts, wanted)


class Letters(unittest.TestCase):
    def test_letters_far_apart_are_words(self):
        """The line over the title is set in capitals with white between them."""
        read = subprocess.run(["pdftotext", rendered("press"), "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn(bundle_of("press")["masthead"]["issuer"].upper(), unicodedata.normalize("NFC", read).upper())

    def made(self, name, text):
        """Its structure, in which nothing is wrong, and all that its fonts say."""
        bundle = {"bantin": 1, "masthead": {"title": "A", "date": "2024-04-09"}, "articles": [{"headline": "Dấu", "body": [text]}]}
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps(bundle), encoding="utf-8")
        write(path, FOLDER / f"{name}.pdf", {"rendition": "screen"})
        made = structure_of(FOLDER / f"{name}.pdf")
        self.assertEqual(list(made.faults()), [])
        self.assertIn(text, made.text(made.document))
        return {said for reading in made.pdf.readings for mark in reading.marks if mark.kind == "text" for said in mark.font.texts.values()}

    def test_a_sign_in_place_of_a_letter_says_which(self):
        """No face has these; both are drawn as the same sign, which says of itself that it is one."""
        said = self.made("signs", "Chữ \U00013000 và \U00013001 cùng một dấu, fi là hai chữ.")
        self.assertIn("\u25a1", said)
        self.assertFalse(said & {"\U00013000", "\U00013001"})

    def test_letters_and_marks_that_are_seen_together(self):
        """No letter with its mark in one: two glyphs, and each says what it is; so do a capital's own marks."""
        said = self.made("marks", "Có x\u030c, m\u0300, \u1eb9\u0304 và M\u0303 bên x, y.")
        self.assertLessEqual({"x", "m", "\u1eb9", "M", "\u030c", "\u0300", "\u0304", "\u0303"}, said)
        self.assertEqual([text for text in said if len(text) > 1], [])

    def test_words_from_right_to_left(self):
        """As they are spoken, not as they stand."""
        said = self.made("backward", "Chữ \u05e2\u05d1\u05e8\u05d9\u05ea và \u05e9\u05dc\u05d5\u05dd nữa.")
        self.assertLessEqual(set("\u05e2\u05d1\u05e8\u05d9\u05ea\u05e9\u05dc\u05d5\u05dd"), said)


class Fallbacks(unittest.TestCase):
    def made(self, name, articles, **more):
        path = FOLDER / name / "bundle.json"
        path.parent.mkdir()
        (path.parent / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0H90V60z"/></svg>')
        path.write_text(json.dumps({"bantin": 1, "masthead": {"title": "Bản tin", "date": "2024-04-09"}, "articles": articles, **more}))
        self.said = write(path, FOLDER / f"{name}.pdf", {"rendition": "screen"})
        made = structure_of(FOLDER / f"{name}.pdf")
        self.assertEqual(list(made.faults()), [])
        return made

    def test_a_picture_without_words(self):
        """What is read of it, and what is said to the editor."""
        for words, alt, code in (({"alt": "Cầu"}, "Cầu", None), ({"caption": "Cầu *mới*"}, "Cầu mới", "W0602"), ({}, "Tít", "W0710")):
            with self.subTest(alt):
                made = self.made(alt, [{"headline": "Tít", "body": ["Lời.", {"type": "figure", "image": "a.svg", **words}]}])
                figure = next(element for element in made.elements if element.type == "/Figure")
                self.assertEqual(reader.text_of(figure.held["/Alt"]), alt)
                self.assertEqual(re.findall(r"warning (W\d+)", self.said), [code] if code else [])

    def test_headings_where_levels_are_left_out(self):
        """A box's own headings are below its title, and do not bring those after it down."""
        heading = lambda level, text: {"type": "subheading", "level": level, "text": text}
        made = self.made("headings", [{"headline": "Tít", "body": [
            "Lời.", heading(2, "Hai"), "Lời.", {"type": "box", "title": "Khung", "body": [heading(2, "Trong khung"), "Lời."]},
            heading(2, "Lại hai"), "Lời.", heading(1, "Một"), "Lời.", heading(2, "Dưới một"), "Lời."]}])
        self.assertEqual([(element.type[1:], made.text(element).strip()) for element in made.elements if element.type in structure.HEADINGS],
                         [("H1", "Bản tin"), ("H2", "Tít"), ("H3", "Hai"), ("H3", "Khung"), ("H4", "Trong khung"), ("H3", "Lại hai"),
                          ("H3", "Một"), ("H4", "Dưới một")])


# --- one defect each ---

Mutant = collections.namedtuple("Mutant", "rule what change")
MUTANTS = []


def mutant(rule, what):
    def keep(change):
        MUTANTS.append(Mutant(rule, what, change))
        return change
    return keep


def held(pdf, kind, nth=0):
    """The dictionary of the nth element of a type."""
    return [element.held for element in structure.Structure(pdf).elements if element.type == kind][nth]


def change_contents(pdf, change):
    stream = pdf.stream(pdf.pages[0]["/Contents"])
    data = pdf.page_data(pdf.pages[0])
    changed = change(data)
    assert changed != data
    reader.set_stream_data(stream, changed)


@mutant("marked", "an artifact that is none")
def _(pdf):
    change_contents(pdf, lambda data: re.sub(rb"/Artifact BMC\n(.*?)EMC\n", rb"\1", data, count=1, flags=re.S))


@mutant("marked", "an artifact within a paragraph")
def _(pdf):
    change_contents(pdf, lambda data: re.sub(rb"(/P<</MCID \d+>>BDC\n)(.*?)EMC\n", rb"\1/Artifact BMC\n\2EMC\nEMC\n", data, count=1, flags=re.S))


@mutant("sequences", "a sequence that no element has")
def _(pdf):
    element = held(pdf, "/H2")
    del element["/K"]


@mutant("sequences", "a number used twice")
def _(pdf):
    change_contents(pdf, lambda data: re.sub(rb"<</MCID 1\b", b"<</MCID 0", data))


@mutant("parent tree", "two sequences changed over")
def _(pdf):
    leaf = pdf.value(pdf.value(pdf.get(pdf.root, "/StructTreeRoot", "/ParentTree"))["/Kids"][0])
    array = pdf.value(leaf["/Nums"][1])
    array[0], array[1] = array[1], array[0]


@mutant("parent tree", "a page without its key")
def _(pdf):
    del pdf.pages[1]["/StructParents"]


@mutant("headings", "a level left out")
def _(pdf):
    held(pdf, "/H2", 1)["/S"] = "/H4"


@mutant("tables", "a cell too few")
def _(pdf):
    row = held(pdf, "/TR", 1)
    row["/K"] = row["/K"][:-1]


@mutant("tables", "a head without its scope")
def _(pdf):
    del held(pdf, "/TH", 1)["/A"]["/Scope"]


@mutant("tables", "a cell over one column more")
def _(pdf):
    held(pdf, "/TD")["/A"] = {"/O": "/Table", "/ColSpan": 2}


@mutant("lists", "a list that does not tell how it counts")
def _(pdf):
    del held(pdf, "/L")["/A"]


@mutant("lists", "a list without labels that claims bullets")
def _(pdf):
    held(pdf, "/L")["/A"]["/ListNumbering"] = "/Disc"


@mutant("nesting", "a cell outside a row")
def _(pdf):
    held(pdf, "/TR")["/S"] = "/Div"


@mutant("figures", "no Alt")
def _(pdf):
    del held(pdf, "/Figure")["/Alt"]


@mutant("figures", "a box beyond the page")
def _(pdf):
    held(pdf, "/Figure")["/A"]["/BBox"][2] = 5000


@mutant("words", "a glyph without a text")
def _(pdf):
    fonts = pdf.get(pdf.pages[0], "/Resources", "/Font")
    to_unicode = pdf.stream(pdf.value(fonts["/F0"])["/ToUnicode"])
    reader.set_stream_data(to_unicode, re.sub(rb"<[0-9A-F]{4}><0061>\n", b"", reader.stream_data(to_unicode)))


class Defects(unittest.TestCase):
    def test_each_is_found(self):
        """By its own rule; others may find what comes with it."""
        for defect in MUTANTS:
            with self.subTest(defect.what):
                pdf = rules.Document(rendered("press"))
                defect.change(pdf)
                found = list(structure.Structure(pdf).faults())
                self.assertIn(defect.rule, {fault.split(":")[0] for fault in found}, found)

    def test_each_rule_has_one(self):
        checked = {"marked", "sequences", "parent tree", "nesting", "headings", "tables", "lists", "figures", "words"}
        self.assertEqual({defect.rule for defect in MUTANTS}, checked)


class Bytes(unittest.TestCase):
    """Tags and metadata over the rest of the file, the profile aside. Without the tags the contents deflate better."""

    def share(self, pdf):
        made = rules.Document(pdf)
        whole = pdf.stat().st_size
        profiles = metadata = objects = 0
        for stream in raw_streams(pdf):
            size, about = len(stream["data"]) * 3 // 4, stream["dict"]
            profiles += size if about.get("/N") == 4 and "/Alternate" not in about and "/Type" not in about else 0
            metadata += size if about.get("/Type") == "/Metadata" else 0
        objects = sum(int(n) for n in re.findall(rb"/Type/ObjStm[^>]*/Length (\d+)", pdf.read_bytes()))
        contents = 0
        for page in made.pages:
            data = made.page_data(page)
            plain = re.sub(rb"/\w+<<[^\n]*>>BDC\n|/Artifact BMC\n|EMC\n", b"", data)
            contents += len(zlib.compress(data)) - len(zlib.compress(plain))
        self.assertGreater(objects, 0)
        self.assertGreater(contents, 0)
        self.assertGreater(metadata, 1000)
        tags = objects + contents
        return tags / (whole - profiles - metadata - tags), (tags + metadata) / (whole - profiles - metadata - tags)

    def test_samples(self):
        for case in ("press", "long", "every block"):
            with self.subTest(case):
                self.assertLess(self.share(rendered(case))[1], 0.30)

    def test_a_table_and_nothing_else(self):
        """The worst that there is: 166 rows, each cell an element, and hardly a text. What the metadata are is the same in every
        file, so they count for much in one as small as this."""
        write(ROOT / "tests/golden/long-table/bundle.json", FOLDER / "table.pdf", {})
        self.assertLess(self.share(FOLDER / "table.pdf")[0], 0.35)


def raw_streams(path):
    done = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=none", path], capture_output=True, check=True)
    return [entry["stream"] for entry in json.loads(done.stdout)["qpdf"][1].values() if "stream" in entry]


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    with tempfile.TemporaryDirectory(prefix="bantin-test-") as folder:
        FOLDER = pathlib.Path(folder)
        unittest.main()
