#!/usr/bin/env python3
"""Holds what the program says in English and what it says in Vietnamese to one another.

usage: words.py             checks the tree; ends with 1 when something has no Vietnamese, or nobody says it any more
       words.py --self-test breaks every rule in made-up sources and demands that each fault is found

The library says phrases (src/base/phrase_vi.def), the command texts (src/cli/cli_vi.def); the texts of diagnostics stand in
diag.def and diag_vi.def, which the compiler compares. Every string literal of src/ that reads like prose must be one of
these, be it inside bt_say() or far from it in a table, or one of NO_WORDS below.
"""
import collections, pathlib, re, sys, unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Prose that is no message, or none of ours: by file, what the literal begins with.
NO_WORDS = {
    "base/diag.c": ["out of memory", "diag_vi.def "],  # a buffer that is never shown; what the compiler says
    "text/face.c": ["there is no memory"],  # a sign between two functions
    "image/svg.c": [" "],  # lists of attributes
    "layout/layout_file.c": ["name"],  # a key
    "image/sniff.c": ["<!doctype"],
    "layout/layout_furniture.c": ["{byline}", "{sheet}"],  # the layout's words, which are printed
    "page/links.c": ["Page ", "Trang ", "Note ", "Chú thích ", "Back to ", "Về chỗ dẫn "],  # the document's
    "pdf/": [""],  # PDF syntax, XMP and CMap; what is said there is inside bt_say()
    "batch/report.c": ["batch/"],  # the report is for programs
    "batch/overview_look.c": [""],  # CSS and JavaScript
    "batch/overview": ["<", "</", "\"", "\">", "batch/"],  # HTML, and paths
    "check/tell/": ["<", " <", ">\n", "\"", " mm</", "&", " aria-", "; "],  # HTML and XML
    "check/set.c": ["\" tests=", "<?xml"],
    "check/set/index.c": ["<", ":root", "<!doctype"],
    "check/tell/html": ["data-", "class=", "default-src"],
    "dump/": [""],  # the dump and the report are for programs
    "cli/cmd_doctor.c": ["\n%s\n  apt-get install"],
    "cli/": ["bantin: ", "bantin %s\n"],
}
LITERAL = r'"(?:\\.|[^"\\\n])*"'
JOINED = LITERAL + r"(?:\s*" + LITERAL + r")*"
# Where a literal with a word in it is said for sure, prose or not; the module's table must have it.
SAID = {
    "library": [rf"\bBT_ARGS\([^;{{]*?\bBT_STR\(({JOINED})\)", rf"\bbt_str_format\([^;]*?({JOINED})", rf"\bbt_str_format\([^;]*?:\s*({JOINED})",
                rf"\bBT_SAY\([\w.>&()-]+,\s*({JOINED})\)", rf"\bbt_say_with\([^\";]*?\bBT_STR\(({JOINED})\)",
                rf"\bbt_fields \w+ = \{{({JOINED})", rf"\bbt_bundle_left_out\([^\";]*({JOINED})\)",
                rf"\bbt_fields_expect\([^\";]*({JOINED})\)", rf"\bbt_layout_start_names\(\w+, ({JOINED})",
                rf"\b(?:put_stack|report_tall)\([^\";]*BT_STR\(({JOINED})\)"],
    "cli": [rf"\bcli_say\([\w>-]+,\s*({JOINED})\)", rf"\bcli_usage_error\([^\";]*,\s*{LITERAL},\s*({JOINED})",
            rf"\bcli_error\(\w+,\s*({JOINED})", rf"\bfail\([\w>-]+,\s*({JOINED})", rf"\b(?:printf|fputs|puts)\(({JOINED})"],
}
CONVERSION = r"%(?:(\d+)\$)?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?([a-zA-Z%]+?)(?![a-zA-Z]*\$)"
# A vowel that bears the tone in both spellings; ours is the older one: hóa, khỏe, thủy.
OTHER_SPELLING = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![a-zà-ỹ])", re.I)


def value(literals):
    """The text of adjacent literals."""
    text = "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', literals))
    text = re.sub(r'\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)', lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), text)
    return text


def without_comments(source):
    pattern = re.compile(r"(" + LITERAL + r"|'(?:\\.|[^'\\\n])+')|/\*.*?\*/|//[^\n]*", re.S)
    return pattern.sub(lambda m: m[1] or re.sub(r"[^\n]", " ", m[0]), source)


def without_help(source):
    """Help texts stand side by side in both languages; test_cli.py compares them."""
    return re.sub(r"static const cli_help \w+ = \{.*?\n\};", lambda m: re.sub(r"[^\n]", " ", m[0]), source, flags=re.S)


def has_word(text):
    return re.search(r"(?<![\w%/.{<])[a-z]{3}", text)


def is_prose(text):
    """Two words, one of them in lower case and not an option, a path or a format of printf."""
    words = re.findall(r"(?<![\w%/.\\<-])[A-Za-z][a-z']*(?![\w/<(]|\.\w)", text)
    return " " in text.strip() and len(words) >= 2 and any(len(word) > 1 and word.islower() for word in words)


def with_parts(path):
    """The file, and after it those that it includes."""
    source = path.read_text(encoding="utf-8")
    parts = re.findall(r'(?m)^#include "base/(\w+\.def)"', source)
    return source + "".join((path.parent / part).read_text(encoding="utf-8") for part in parts)


def table(path, macros):
    """english -> (line, vietnamese), and the faults of the table itself."""
    source, entries, faults = without_comments(with_parts(path)), {}, []
    for match in re.finditer(rf"\b({'|'.join(macros)})\(({JOINED}),\s*({JOINED})\)", source):
        english, vietnamese = value(match[2]), value(match[3])
        place = f"{path.name}:{source.count(chr(10), 0, match.start()) + 1}"
        if english in entries:
            faults.append(f"{place}: a second time: {english!r}")
        entries[english] = (place, vietnamese, match[1])
        faults += [f"{place}: {fault}" for fault in compare(english, vietnamese)]
    return entries, faults


def compare(english, vietnamese):
    if sorted(re.findall(r"\{\d\}", english)) != sorted(re.findall(r"\{\d\}", vietnamese)):
        yield f"other placeholders than those of {english!r}"
    if re.findall(CONVERSION, english) != re.findall(CONVERSION, vietnamese):
        yield f"other conversions than those of {english!r}"
    yield from spelling(vietnamese)


def spelling(vietnamese):
    if unicodedata.normalize("NFC", vietnamese) != vietnamese:
        yield f"is not NFC: {vietnamese!r}"
    if OTHER_SPELLING.search(vietnamese):
        yield f"the tone stands on the other vowel in these texts: {OTHER_SPELLING.search(vietnamese)[0]!r} in {vietnamese!r}"
    if "  " in vietnamese.strip() and "\n" not in vietnamese:
        yield f"two spaces: {vietnamese!r}"


def diagnostics(src):
    """diag.def and diag_vi.def: the compiler has compared the names; here the texts."""
    faults = []

    def read(name):
        """The file, with those that it includes."""
        source = without_comments((src / "base" / name).read_text(encoding="utf-8"))
        return source + "".join(read(part) for part in re.findall(r'#include "base/(\w+\.def)"', source))
    english = {m[1]: value(m[2]) for m in re.finditer(rf'BT_DIAG\((\w+),\s*\w+,\s*"\w+",\s*({JOINED})\)', read("diag.def"))}
    vietnamese = {m[1]: value(m[2]) for m in re.finditer(rf"BT_DIAG_VI\((\w+),\s*({JOINED})\)", read("diag_vi.def"))}
    for name in english.keys() ^ vietnamese.keys():
        faults.append(f"diag_vi.def: {name} stands in one of diag.def and diag_vi.def only")
    for name in english.keys() & vietnamese.keys():
        mine, theirs = (set(re.findall(r"\{(\d)\}", texts[name])) for texts in (vietnamese, english))
        if mine != theirs:
            faults.append(f"diag_vi.def: {name} has other placeholders than diag.def")
        faults += [f"diag_vi.def: {name}: {fault}" for fault in spelling(vietnamese[name])]
    return faults, len(english)


def goldens(corpus):
    """Each NAME.vi.txt stands beside NAME.txt and the file that it is about."""
    for path in sorted(corpus.rglob("*.txt")):
        stem = path.name.removesuffix(".txt").removesuffix(".vi")
        if not any(path.with_name(stem + ending).exists() for ending in (".json", ".md", ".svg", ".csv", ".jsonl")):
            yield f"tests/{path.relative_to(corpus.parent)}: there is no {stem} any more that it could be about"
        elif path.name.endswith(".vi.txt") and not path.with_name(stem + ".txt").exists():
            yield f"tests/{path.relative_to(corpus.parent)}: there is no {stem}.txt beside it"


def check(src):
    phrases, faults = table(src / "base/phrase_vi.def", ["BT_PHRASE", "BT_FOREIGN"])
    texts, more = table(src / "cli/cli_vi.def", ["CLI_TEXT"])
    faults += more
    more, n_diagnostics = diagnostics(src)
    faults += more
    tables = {"library": phrases, "cli": texts}
    literals = collections.defaultdict(set)
    for path in sorted([*src.rglob("*.[ch]"), *src.glob("check/rule/*.def")]):
        name = path.relative_to(src).as_posix()
        module = "cli" if name.startswith("cli/") or re.fullmatch(r"check/\w+\.c", name) else "library"
        source = without_help(without_comments(path.read_text(encoding="utf-8")))
        source = re.sub(r"(?m)^\s*#\s*include.*$", "", source)
        place = lambda match, group=0: f"src/{name}:{source.count(chr(10), 0, match.start(group)) + 1}"
        wanted = {}
        for pattern in SAID[module]:
            wanted.update({value(m[1]): place(m, 1) for m in re.finditer(pattern, source) if has_word(value(m[1]))})
        no_words = tuple(head for key, heads in NO_WORDS.items() if name.startswith(key) for head in heads)
        for match in re.finditer(JOINED, source):
            text = value(match[0])
            literals[module].add(text)
            if is_prose(text) and not text.startswith(no_words):
                wanted.setdefault(text, place(match))
        for text, where in wanted.items():
            if not text.startswith(no_words) and text not in tables[module]:
                faults.append(f"{where}: has no Vietnamese: {text!r}")
    for module, entries in tables.items():
        for english, (where, _, macro) in entries.items():
            if macro != "BT_FOREIGN" and english not in literals[module]:
                faults.append(f"{where}: nobody says {english!r}")
    return faults, n_diagnostics, len(phrases), len(texts)


GOOD = {
    "base/diag.def": 'BT_DIAG(E_A, BT_ERROR, "E0001", "{1} is not {2}")\n#include "base/more.def"\n',
    "base/diag_vi.def": 'BT_DIAG_VI(E_A, "{2} không phải là {1}")\n#include "base/more_vi.def"\n',
    "base/more.def": 'BT_DIAG(E_M, BT_ERROR, "E0002", "{1} is gone")\n',
    "base/more_vi.def": 'BT_DIAG_VI(E_M, "{1} mất rồi")\n',
    "base/phrase_vi.def": 'BT_PHRASE("this cell", "ô này")\nBT_PHRASE("row {1}", "hàng {1}")\nBT_PHRASE("bold", "đậm")\n'
                          'BT_FOREIGN("Is a directory", "đó là thư mục")\n',
    "cli/cli_vi.def": 'CLI_TEXT("no %s, %u", "không có %s, %u")\n',
    "json/a.c": '/* "not said here" */ static const bt_fields f = {"this cell", keys, 1};\n'
                'x = bt_say_with(d, a, BT_STR("row {1}"), BT_ARGS(n)); y = BT_SAY(r->diags, "bold"); z = "%s/%s.json";\n',
    "cli/b.c": 'static const cli_help h = {\n    .en = "all of it",\n    .vi = "tất cả",\n};\n cli_error(c, "no %s, %u", a, b);\n',
}
# Each: the file, what is put in the place of what, and a word of the fault.
BREAKS = [
    ("base/diag_vi.def", "{2} không", "Không", "placeholders"),
    ("base/diag_vi.def", "không phải", "khoá", "other vowel"),
    ("base/diag_vi.def", "không phải", unicodedata.normalize("NFD", "không phải"), "NFC"),
    ("base/diag_vi.def", "E_A", "E_B", "one of"),
    ("base/more_vi.def", "{1} mất", "mất", "placeholders"),
    ("base/phrase_vi.def", "hàng {1}", "hàng", "placeholders"),
    ("base/phrase_vi.def", 'BT_PHRASE("bold", "đậm")', "", "no Vietnamese: 'bold'"),
    ("base/phrase_vi.def", '"this cell"', '"this row"', "no Vietnamese: 'this cell'"),
    ("base/phrase_vi.def", '"this cell"', '"this row"', "nobody says 'this row'"),
    ("base/phrase_vi.def", '"bold"', '"this cell"', "second time"),
    ("cli/cli_vi.def", "%s, %u\")", "%u, %s\")", "conversions"),
    ("json/a.c", "%s/%s.json", "write it so", "no Vietnamese: 'write it so'"),
    ("cli/b.c", "no %s, %u", "not", "no Vietnamese: 'not'"),
]


def self_test():
    import tempfile

    def faults_of(files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return check(pathlib.Path(folder))[0]
    troubles = [f"a false alarm: {fault}" for fault in faults_of(GOOD)]
    for name, old, new, word in BREAKS:
        if old not in GOOD[name]:
            troubles.append(f"{name} has no {old!r}")
        elif not any(word in fault for fault in faults_of({**GOOD, name: GOOD[name].replace(old, new)})):
            troubles.append(f"not found: {name}: {old!r} -> {new!r}")
    print("\n".join([*troubles, f"self-test: {len(BREAKS)} planted faults, {len(troubles)} troubles"]))
    return 1 if troubles else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    faults, *counts = check(ROOT / "src")
    faults += goldens(ROOT / "tests/corpus")
    print("\n".join([*faults, "{} diagnostics, {} phrases, {} texts of the command: {} faults".format(*counts, len(faults))]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
