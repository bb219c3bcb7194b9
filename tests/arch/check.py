#!/usr/bin/env python3
"""Makes the rules of the tree fail where a reviewer would have to notice: who may include whom, headers that compile
alone, no printing or exiting in the library, no huge files, nothing unexpected at the top level.

usage: check.py [--root DIR]    checks the tree (its own by default); ends with 1 when a rule is broken
       check.py --self-test     breaks every rule in a made-up tree and demands that each fault is found
"""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

# Module -> the modules whose headers its files may include, its own aside. "page.c" stands for the sources of page/,
# which turn the composed pages into the display list; page.h itself shows faces and images only.
MAY_INCLUDE = {
    "base": "",
    "json": "base",
    "markdown": "base json",
    "bundle": "base json markdown text",
    "layout": "base json bundle",
    "doc": "base json bundle layout",
    "text": "base json",
    "par": "base",
    "image": "base",
    "flow": "base bundle layout doc text par image",
    "compose": "base bundle layout doc text par image flow",
    "page": "base text image",
    "page.c": "base bundle layout doc text par image flow compose",
    "pdf": "base text image page",
    "dump": "base text image page",
    "bantin": "base json markdown bundle layout doc text par image flow compose page pdf dump",
    "batch": "base json",
    "check": "base json cli", # it reads options and speaks as the command does
    "cli": "base batch",
}
ANYONE_MAY_INCLUDE = {"bantin.h"}
# Of these modules the other one sees these headers only: a bundle's strings are looked at while they are read, because
# only there is it known which of them are printed and where they stand; faces and shaping are no business of its.
SEES_ONLY = {("bundle", "text"): {"text/legacy.h", "text/remark.h"}}
# Headers that belong with the sources of their folder, not with what later stages see of it.
MAKERS = {"page/page_make.h", "page/page_int.h", "page/marks.h", "page/proof.h"}

# Headers of libraries -> the only folders (ending in /) and files of src/ that may include them. First match counts.
LIBRARY_HEADERS = [
    (r"(cjson/)?cJSON(_Utils)?\.h", ["json/"]),
    (r"(cmark-gfm/)?cmark-gfm.*\.h", ["markdown/"]),
    (r"(hpdf/)?hpdf\w*\.h", ["pdf/haru.c", "pdf/haru_int.h"]),
    (r"(harfbuzz/)?hb-subset.*\.h", ["text/", "pdf/pdf_font.c"]),
    (r"(harfbuzz/)?hb(-.*)?\.h|ft2build\.h|(freetype2?/)?(freetype/)?ft\w+\.h|FT_\w+_H|freetype2?/.*", ["text/"]),
    (r"qrencode\.h", ["flow/qr.c"]),
    (r"lcms2\w*\.h", ["pdf/color.c", "pdf/paint.c", "pdf/profile.c"]),
    (r"nettle/.*", ["base/digest.c"]),
    (r"poppler.*|glib.*|cairo.*", ["check/pixel/"]),
    (r"qpdf.*", ["check/seen/pdf.c"]),
    (r"expat\w*\.h", ["image/", "check/seen/xmp.c"]),
    (r"png\w*\.h|libpng.*/png\w*\.h|jpeglib\.h|jerror\.h|jmorecfg\.h|turbojpeg\.h", ["image/"]),
]

# Calls that the library may not make -> the files that may.
FORBIDDEN_CALLS = {
    "printf fprintf dprintf vprintf vfprintf vdprintf puts fputs putchar putc fputc perror": [],
    "exit _exit _Exit quick_exit abort atexit": [],
    "setlocale newlocale uselocale localeconv": [],
    "getenv secure_getenv setenv putenv": [],
    "time clock clock_gettime gettimeofday ftime localtime localtime_r gmtime gmtime_r mktime strftime": [],
    "rand srand random srandom": [],
    "setjmp _setjmp sigsetjmp longjmp siglongjmp": ["image/png.c", "image/jpeg_decode.c", "image/jpeg_write.c", "markdown/markdown_cmark.c"],  # see there
    "malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf": ["base/alloc.c"],
}
PROGRAMS = ("cli/", "batch/", "check/")  # not the library

TOP_LEVEL = {"src", "fonts", "layouts", "samples", "tests", "CMakeLists.txt", "CMakePresets.json", "README.md",
             "CHANGELOG.md", "LICENSE"}
BUILD_FOLDER = "build"
SRC_TOP_LEVEL = {"bantin.h", "bantin.c", "bantin_int.h", "house.c", "inquire.c",
                 "job.h", "job_compare.c", "job_read.c", "job_write.c", "bantin.pc.in", "README.md", "setup"}
MOST_LINES = 900
SOURCES = (".c", ".h", ".def", ".py")

LIBRARIES = ["freetype2", "harfbuzz", "harfbuzz-subset", "libpng", "libcjson"]


class Faults(list):
    def add(self, path, line, text):
        self.append(f"{path}:{line}: {text}")


def without_comments(text, keep_strings):
    """The source with comments, and string and character literals unless kept, as blanks; every line stays where it "
    "was."""
    literal = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    pattern = re.compile(r"/\*.*?\*/|//[^\n]*|" + literal, re.S)

    def blank(match):
        piece = match.group()
        if keep_strings and piece[0] in "\"'":
            return piece
        return re.sub(r"[^\n]", " ", piece)
    return pattern.sub(blank, text)


def includes(text):
    """(line, target, is_quoted) for every #include."""
    for line_i, line in enumerate(without_comments(text, True).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>|(\w+))', line)
        if match:
            yield line_i, next(group for group in match.groups() if group), bool(match.group(1))


def module_of(name):
    return name.split("/")[0] if "/" in name else "bantin"


def may_include(name, target):
    """Whether src/name may include src/target."""
    module, other = module_of(name), module_of(target)
    if target in ANYONE_MAY_INCLUDE:
        return True
    if module == other:
        return True
    if target.endswith("_int.h"):
        return False
    is_maker = name.endswith(".c") or name in MAKERS
    if target not in SEES_ONLY.get((module, other), {target}):
        return False
    part = module + ".c" if is_maker and module + ".c" in MAY_INCLUDE else module
    return other in MAY_INCLUDE.get(part, "").split()


def stands_in(name, places):
    return any(name.startswith(place) if place.endswith("/") else name == place for place in places)


def check_includes(root, name, text, faults):
    for line, target, is_quoted in includes(text):
        for pattern, places in LIBRARY_HEADERS:
            if re.fullmatch(pattern, target):
                if not stands_in(name, places):
                    faults.add("src/" + name, line, f"includes {target}; only {' and '.join(places)} may")
                break
        else:
            if not is_quoted:
                continue
            if not os.path.isfile(os.path.join(root, "src", target)):
                faults.add("src/" + name, line, f'includes "{target}", which src/ has not; name it from src/ on')
            elif not may_include(name, target):
                why = f"it belongs to {module_of(target)}/ alone" if target.endswith("_int.h") \
                    else f"{module_of(name)} may not know {module_of(target)}"
                faults.add("src/" + name, line, f'includes "{target}"; {why}')


def check_calls(name, text, faults):
    if name.startswith(PROGRAMS):
        return
    lines = without_comments(text, False).splitlines()
    for calls, places in FORBIDDEN_CALLS.items():
        if stands_in(name, places):
            continue
        pattern = re.compile(r"(?<![\w.])(?<!->)(" + "|".join(calls.split()) + r")\s*\(")
        for line_i, line in enumerate(lines, 1):
            # A library's format attribute names printf without calling it.
            for match in pattern.finditer(re.sub(r"\bformat\s*\(\s*(__)?printf(__)?\b", "", line)):
                faults.add("src/" + name, line_i, f"calls {match.group(1)}(); the library may not")
    for line_i, line in enumerate(lines, 1):
        if re.search(r"\b(stdout|stderr|stdin)\b", line):
            faults.add("src/" + name, line_i, "uses a standard stream; the library may not")


def include_flags():
    run = subprocess.run(["pkg-config", "--cflags-only-I", *LIBRARIES], capture_output=True, text=True)
    return run.stdout.split() if run.returncode == 0 else []


def check_header_alone(root, name, flags):
    run = subprocess.run(["gcc", "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Isrc",
                          *flags, "-include", "src/" + name, "-x", "c", "/dev/null"],
                         cwd=root, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if run.returncode == 0:
        return []
    first = next((line for line in run.stderr.splitlines() if "error" in line), run.stderr.strip())
    return [f"src/{name}:1: does not compile alone: {first}"]


def files_below(root, folder):
    for path, folders, names in os.walk(os.path.join(root, folder)):
        folders[:] = sorted(f for f in folders if f != "__pycache__" and not f.startswith("."))
        for name in sorted(names):
            yield os.path.relpath(os.path.join(path, name), root)


def check_lengths(root, faults):
    for folder in ("src", "tests", "samples", "fonts"):
        for path in files_below(root, folder):
            if path.endswith(SOURCES) or os.path.basename(path) in ("run", "setup"):
                with open(os.path.join(root, path), "rb") as file:
                    n_lines = sum(1 for _ in file)
                if n_lines > MOST_LINES:
                    faults.add(path, MOST_LINES + 1, f"has {n_lines} lines, more than {MOST_LINES}; split it")


def check_places(root, faults):
    for name in sorted(os.listdir(root)):
        if name not in TOP_LEVEL and name != BUILD_FOLDER and not name.startswith("."):
            faults.add(name, 1, "does not belong at the top level")
    for name in sorted(os.listdir(os.path.join(root, "src"))):
        if os.path.isdir(os.path.join(root, "src", name)):
            if name not in MAY_INCLUDE or name == "bantin":
                faults.add("src/" + name, 1, "is a module that tests/arch/check.py does not know; say whom it may "
                           "include")
        elif name not in SRC_TOP_LEVEL:
            faults.add("src/" + name, 1, "belongs into a module's folder")


def check_rules():
    """The rules themselves go down only."""
    seen = []

    def walk(module, path):
        if module in path:
            raise SystemExit("check.py: the include rules go in a circle: " + " -> ".join([*path, module]))
        if module not in seen:
            for other in MAY_INCLUDE[module].split():
                walk(other, [*path, module])
            seen.append(module)
    for module in MAY_INCLUDE:
        walk(module, [])


def check_tree(root):
    faults = Faults()
    check_places(root, faults)
    check_lengths(root, faults)
    headers = []
    for path in files_below(root, "src"):
        name = os.path.relpath(path, "src")
        if not name.endswith((".c", ".h")):
            continue
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        check_includes(root, name, text, faults)
        check_calls(name, text, faults)
        if name.endswith(".h"):
            headers.append(name)
    flags = include_flags()
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda name: check_header_alone(root, name, flags), headers):
            faults.extend(found)
    return faults


# The made-up tree: path -> text. A line that ends in /*!*/ must be complained about, and no other line may be;
# a path listed in WHOLE_FILES must be complained about as a whole.
GOOD = {
    "src/bantin.h": "typedef int bt_ok;\n",
    "src/bantin.c": '#include "bantin.h"\n#include "pdf/pdf.h"\n#include "compose/compose.h"\n',
    "src/base/str.h": '#include "bantin.h"\ntypedef struct bt_str { const char *ptr; } bt_str;\n',
    "src/base/alloc.c": "void *f(int n);\nvoid *f(int n) { return malloc(n); }\n",
    "src/json/json.h": '#include "base/str.h"\n',
    "src/json/json.c": '#include "json/json.h"\n#include <cjson/cJSON.h>\n',
    "src/text/text.h": '#include "base/str.h"\n',
    "src/text/text_int.h": '#include "text/text.h"\n',
    "src/text/remark.h": '#include "base/str.h"\n',
    "src/bundle/bundle_int.h": '#include "text/remark.h"\n',
    "src/text/shape.c": '#include "text/text_int.h"\n#include <hb.h>\n#include <ft2build.h>\n#include FT_FREETYPE_H\n',
    "src/image/png.c": "#include <png.h>\n#include <setjmp.h>\nint g(void *b) { return setjmp(b); }\n",
    "src/compose/compose.h": '#include "base/str.h"\n',
    "src/page/page.h": '#include "text/text.h"\n',
    "src/page/page.c": '#include "page/page.h"\n#include "compose/compose.h"\n',
    "src/pdf/pdf.h": '#include "page/page.h"\n',
    "src/pdf/haru.h": '#include "base/str.h"\n',
    "src/pdf/haru.c": '#include "pdf/haru.h"\n#include <hpdf.h>\n',
    "src/pdf/pdf_font.c": "#include <hb-subset.h>\n",
    "src/par/par.c": '/* printf("x") and exit(1) in a comment */\nconst char *s = "abort()"; // getenv("X")\n'
                     "int snprintf(char *, unsigned long, const char *, ...) __attribute__((format(printf, 3, 4)));\n"
                     "void h(struct a *a) { a->free(a); a->b.time(); runtime(3); snprintf(0, 0, s); }\n",
    "src/cli/main.c": '#include "bantin.h"\nint main(void) { printf("x"); exit(0); }\n',
    "tests/run": "true\n",
    "README.md": "x\n",
}
BAD = {
    "src/par/list.c": '#include "text/text.h" /*!*/\n#include "nowhere.h" /*!*/\n#include <cJSON.h> /*!*/\n#include <cmark-gfm.h> /*!*/\n'
                      '#  include <hpdf_types.h> /*!*/\n#include <png.h> /*!*/\n#include <jpeglib.h> /*!*/\n'
                      '#include <expat.h> /*!*/\n#include <hb.h> /*!*/\n#include <hb-subset.h> /*!*/\n'
                      '#include <ft2build.h> /*!*/\n#include FT_FREETYPE_H /*!*/\n#include <poppler/cpp/x.h> /*!*/\n'
                      '#include <qpdf/QPDF.hh> /*!*/\n#include <freetype/ftoutln.h> /*!*/\n',
    "src/par/calls.c": 'void f(void) {\n printf("x"); /*!*/\n vfprintf(0, 0, 0); /*!*/\n exit(1); /*!*/\n'
                       ' abort (); /*!*/\n'
                       ' setlocale(0, ""); /*!*/\n getenv("X"); /*!*/\n x = time(0); /*!*/\n setjmp(b); /*!*/\n'
                       ' free(p); /*!*/\n malloc(1); /*!*/\n rand(); /*!*/\n x = stderr; /*!*/\n}\n',
    "src/pdf/shape.c": '#include "text/text_int.h" /*!*/\n#include <hpdf.h> /*!*/\n#include "compose/compose.h" /*!*/\n'
                       "/* a comment\n over lines */ void f(void) { longjmp(b, 1); } /*!*/\n",
    "src/text/font.c": '#include "page/page.h" /*!*/\n',
    "src/bundle/bundle.c": '#include "text/text.h" /*!*/\n#include "text/remark.h"\n',
    "src/page/list.h": '#include "compose/compose.h" /*!*/\n',
    "src/base/low.c": '#include "json/json.h" /*!*/\n',
    "src/dump/tree.c": '#include "compose/compose.h" /*!*/\n#include "bantin.h"\n',
    "src/bantin_part.c": "int x;\n",
    "src/util/util.c": "int x;\n",
    "src/text/alone.h": "bt_str f(void);\n",
    "src/text/long.c": "\n" * (MOST_LINES + 1),
    "tests/unit/long.py": "\n" * (MOST_LINES + 1),
    "notes.txt": "x\n",
}
WHOLE_FILES = {"src/bantin_part.c:1", "src/util:1", "src/text/alone.h:1", f"src/text/long.c:{MOST_LINES + 1}",
               f"tests/unit/long.py:{MOST_LINES + 1}", "notes.txt:1"}


def write_tree(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


def self_test():
    with tempfile.TemporaryDirectory() as root:
        write_tree(root, GOOD)
        false_alarms = check_tree(root)
        write_tree(root, BAD)
        found = check_tree(root)
    wanted = set(WHOLE_FILES)
    for path, text in BAD.items():
        wanted |= {f"{path}:{i}" for i, line in enumerate(text.splitlines(), 1) if line.endswith("/*!*/")}
    got = {":".join(fault.split(":")[:2]) for fault in found}
    troubles = [f"a false alarm in the good tree: {fault}" for fault in false_alarms]
    troubles += [f"not found: {place}" for place in sorted(wanted - got)]
    troubles += [f"found and not planted: {place}" for place in sorted(got - wanted)]
    print("\n".join(troubles + [f"self-test: {len(wanted)} planted faults, {len(wanted & got)} found, "
                                f"{len(false_alarms) + len(got - wanted)} false alarms"]))
    return 1 if troubles else 0


def main(arguments):
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    check_rules()
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) == 2 and arguments[0] == "--root":
        root = arguments[1]
    elif arguments:
        print(__doc__, file=sys.stderr)
        return 2
    faults = check_tree(os.path.abspath(root))
    print("\n".join([*faults, f"{len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
