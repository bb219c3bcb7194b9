#!/usr/bin/env python3
"""bantin preflight: every rule finds its one-defect mutants, and nothing else does; the command as it is used.

usage: test_preflight.py BANTIN [TEST ...]      (unittest's own options)"""
import concurrent.futures, json, os, pathlib, re, signal, subprocess, sys, tempfile, time, unittest, zlib

import jsonschema, numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import preflight_mutants as corpus
from pdf_writer import MM, TRIM, File, Page

BANTIN = ""
NEAR = 0.3 * MM  # a place is right to so much [pt]
INK = ("P0701", "P0702")  # rules that need Ghostscript, which takes long to start


def run(*args, env=None, expect=(0, 1)):
    done = subprocess.run([BANTIN, *map(str, args)], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C", **(env or {})})
    assert done.returncode in expect, (args, done.returncode, done.stderr)
    return done


def preflight(path, profile, *args, has_ghostscript=False):
    env = None if has_ghostscript else {"PATH": "/nowhere"}
    return json.loads(run("preflight", path, "--profile", profile, "--json", "-", *args, env=env).stdout)


def rules():
    return {rule["number"]: rule for rule in json.loads(run("preflight", "--list", "--json", "-").stdout)["rules"]}


def box_of(finding):
    held = finding["ours"]["pt"]
    return held["x"], held["y"], held["x"] + held["width"], held["y"] + held["height"]


def distance(finding, place, within):
    """How far the finding's box is from the place, at its farthest side [pt]."""
    box = box_of(finding)
    sides = [place[i] - box[i] if i < 2 else box[i] - place[i] for i in range(4)]
    return max(0, *sides) if within else max(map(abs, sides))


def try_mutant(mutant, folder, i):
    """(rules that found something, the finding of its own rule, how far off its place is, what is wrong)."""
    pdf = corpus.BASES[mutant.profile]()
    page, place = mutant.make(pdf)
    path = folder / f"{mutant.rule}-{i}.pdf"
    path.write_bytes(pdf.bytes())
    found = preflight(path, mutant.profile, has_ghostscript=mutant.rule in INK)["findings"]
    numbers = {finding["number"] for finding in found}
    own = [finding for finding in found if finding["number"] == mutant.rule and finding.get("page", 0) == page]
    if mutant.rule not in numbers:
        return numbers, None, "not found"
    if not own:
        return numbers, None, f"not on page {page}"
    if numbers - {mutant.rule} - mutant.also:
        return numbers, None, "others found something: " + ", ".join(sorted(numbers - {mutant.rule} - mutant.also))
    if not place:
        return numbers, None, ""
    off = min(distance(finding, place, mutant.within) for finding in own if "ours" in finding) if any("ours" in f for f in own) else 999
    return numbers, off, "" if off <= NEAR else f"{off / MM:.2f} mm off"


def plates_of(path, folder, dpi):
    """{page: total ink as an array, 1 for an ink whole} by Ghostscript, without what bantin does to smooth it."""
    subprocess.run(["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{dpi}", f"-sOutputFile={folder}/t%d.tif", path],
                   check=True, stdin=subprocess.DEVNULL, capture_output=True)
    totals = {}
    for plate in sorted(pathlib.Path(folder).glob("t*(*).tif")):
        page = int(re.match(r"t(\d+)\(", plate.name)[1])
        totals[page] = totals.get(page, 0) + 1 - numpy.asarray(Image.open(plate), dtype=numpy.float64) / 255
    return totals


def means(total, side):
    """The mean of each square of so many pixels."""
    sums = numpy.pad(total.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return (sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]) / side**2


class Ink(unittest.TestCase):
    """Total ink against patches that are known, and against a computation of its own."""

    def findings(self, pdf, folder, profile="press-coated"):
        path = pathlib.Path(folder, "ink.pdf")
        path.write_bytes(pdf.bytes())
        report = preflight(path, profile, has_ghostscript=True)
        self.assertEqual([rule["number"] for rule in report["rules"] if rule["state"] == "not-run"], [])
        return path, [f for f in report["findings"] if f["number"] in INK]

    def test_patches(self):
        patches = [("1 1 1 1 k", 400), ("0.9 0.9 0.9 0.6 k", 330), ("0.85 0.8 0.8 0.76 k", 321), ("0.8 0.8 0.8 0.7 k", 310),
                   ("0.8 0.75 0.75 0.71 k", 301)]
        pdf = File([Page() for _ in patches])
        for page, (color, _) in zip(pdf.pages, patches):
            page.fill(color, 150, 250, 50, 50)
        with tempfile.TemporaryDirectory() as folder:
            found = {f["page"]: f for f in self.findings(pdf, folder)[1]}
        for page, (color, total) in enumerate(patches, 1):
            told = float(re.match(r"([\d.]+) %", found[page]["is"])[1])
            self.assertLessEqual(abs(told - total), 1.5, color)
            inks = dict(re.findall(r"(\w+) (\d+)", re.search(r"\((.*)\)", found[page]["is"])[1]))
            for name, share in zip(("Cyan", "Magenta", "Yellow", "Black"), color.split()):
                self.assertLessEqual(abs(int(inks[name]) - 100 * float(share)), 1, (color, name))

    def test_smaller_than_a_square(self):
        """Half the square is full: it counts by half."""
        pdf = File([Page()])
        pdf.pages[0].fill("0.8 0.8 0.8 0.8 k", 100, 200, 15 * MM, 15 * MM)
        pdf.pages[0].fill("0.3 0.3 0.3 0 k", 100, 200, 15 * MM / 2, 15 * MM, state="Knock")
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.findings(pdf, folder)[1], [])

    def test_against_another_computation(self):
        """A picture of soft clouds, whose darkest place is not where a grid would look."""
        pdf = File([Page(), Page()])
        y, x = numpy.mgrid[0:300, 0:240] / 40
        for i, page in enumerate(pdf.pages):
            inks = [numpy.clip(0.62 + 0.33 * numpy.sin(x * (1 + k / 5) + i + k) * numpy.cos(y * (1.3 - k / 9) + k), 0, 1) for k in range(4)]
            data = zlib.compress((numpy.stack(inks, 2) * 255).astype(numpy.uint8).tobytes())
            pdf.add_picture(f"P{i}", 240, 300, data=data)
            page.picture(f"P{i}", 50, 60, 240, 300)
        dpi = 144
        with tempfile.TemporaryDirectory() as folder:
            path, found = self.findings(pdf, folder, "news")
            totals = plates_of(path, folder, dpi)
        self.assertEqual([f["page"] for f in sorted(found, key=lambda f: f["page"])], [1, 2])
        for f in found:
            squares = means(totals[f["page"]], int(15 / 25.4 * dpi))
            told = float(re.match(r"([\d.]+) %", f["is"])[1])
            self.assertLessEqual(abs(told - 100 * squares.max()), 1.5, "the worst square")
            left, top = (round((box_of(f)[i] + 40) * dpi / 72) for i in (0, 1))
            self.assertLessEqual(100 * abs(squares[top, left] - squares.max()), 1.5, "its place")

    def test_without_ghostscript(self):
        pdf = corpus.press_base()
        pdf.pages[0].fill("1 1 1 1 k", 100, 200, 60, 60)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "ink.pdf")
            path.write_bytes(pdf.bytes())
            report = preflight(path, "press-coated")
            states = {rule["number"]: rule for rule in report["rules"]}
            for number in INK:
                self.assertEqual(states[number]["state"], "not-run")
                self.assertIn("Ghostscript is not installed", states[number]["why"])
            self.assertIn("not tried: P0701", run("preflight", path, env={"PATH": "/nowhere"}).stdout)

    def test_ghostscript_fails(self):
        """One that ends with an error, one that writes nothing, one that writes what is no TIFF."""
        pdf = corpus.press_base()
        pdf.pages[0].fill("1 1 1 1 k", 100, 200, 60, 60)
        with tempfile.TemporaryDirectory() as folder:
            path, temporary = pathlib.Path(folder, "ink.pdf"), pathlib.Path(folder, "tmp")
            path.write_bytes(pdf.bytes())
            temporary.mkdir()
            for script in ("exit 1", "exit 0", "echo no > 'p1(Cyan).tif'", "printf 'II*\\0\\377\\377\\377\\377' > 'p1(Cyan).tif'", "kill -9 $$"):
                program = pathlib.Path(folder, "gs")
                program.write_text("#!/bin/sh\n" + script + "\n")
                program.chmod(0o755)
                done = run("preflight", path, "--json", "-", env={"PATH": folder + ":/usr/bin:/bin", "TMPDIR": str(temporary)})
                states = {rule["number"]: rule for rule in json.loads(done.stdout)["rules"]}
                with self.subTest(script):
                    self.assertIn("could not separate", states["P0701"].get("why", ""))
                    self.assertEqual(list(temporary.iterdir()), [], "what is left behind")


    def test_as_many_inks_as_there_are(self):
        """Ghostscript makes process inks of those beyond a number that it is told."""
        pdf = File([Page()])
        for i in range(30):
            corpus.spot(pdf, f"S{i}", f"Ink#2f{i}")
            pdf.pages[0].fill(f"/S{i} cs 0.5 scn", 100, 200, 60, 60, state="Over")
        with tempfile.TemporaryDirectory() as folder:
            found = self.findings(pdf, folder)[1]
        self.assertEqual(len(found), 1)
        self.assertLessEqual(abs(float(re.match(r"([\d.]+) %", found[0]["is"])[1]) - 1500), 10)
        self.assertIn("Ink/29 50", found[0]["is"])

    def test_ended_by_a_signal(self):
        """Whoever is told to end, nothing is left behind, and Ghostscript ends too."""
        pdf = corpus.press_base()
        pdf.pages[0].fill("1 1 1 1 k", 100, 200, 60, 60)
        for number, whole_group in ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGKILL, False)):
            with self.subTest(number), tempfile.TemporaryDirectory() as folder:
                path, temporary, program = (pathlib.Path(folder, name) for name in ("ink.pdf", "tmp", "gs"))
                path.write_bytes(pdf.bytes())
                temporary.mkdir()
                program.write_text(f"#!/bin/sh\necho $$ > '{folder}/pid'\nexec sleep 50\n")
                program.chmod(0o755)
                process = subprocess.Popen([BANTIN, "preflight", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                                           env={**os.environ, "PATH": folder + ":/usr/bin:/bin", "TMPDIR": str(temporary)})
                wait_until(lambda: pathlib.Path(folder, "pid").exists() and pathlib.Path(folder, "pid").read_text().endswith("\n"))
                child = int(pathlib.Path(folder, "pid").read_text())
                (os.killpg if whole_group else os.kill)(process.pid, number)
                self.assertNotEqual(process.wait(), 0)
                wait_until(lambda: not list(temporary.iterdir()))
                wait_until(lambda: not pathlib.Path(f"/proc/{child}").exists())


def wait_until(is_so):
    """Not for ever: a test that hangs says nothing."""
    for _ in range(1000):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


class Mutants(unittest.TestCase):
    def test_bases(self):
        with tempfile.TemporaryDirectory() as folder:
            for profile, base in corpus.BASES.items():
                path = pathlib.Path(folder, profile + ".pdf")
                path.write_bytes(base().bytes())
                report = preflight(path, profile)
                self.assertEqual(report["findings"], [], profile)
                self.assertEqual(report["verdict"], "good")

    def test_mutants(self):
        """The table, and what is wrong in it."""
        faults = []
        with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(try_mutant, mutant, pathlib.Path(folder), i) for i, mutant in enumerate(corpus.MUTANTS)]
            for mutant, job in zip(corpus.MUTANTS, jobs):
                numbers, off, fault = job.result()
                place = "-" if off is None else f"{off / MM:.2f} mm"
                print(f"{mutant.rule}  {mutant.what:52} {mutant.profile:13} {' '.join(sorted(numbers)):18} {place:8} {fault}")
                faults += [f"{mutant.rule} {mutant.what}: {fault}"] if fault else []
        print(f"{len(corpus.MUTANTS)} mutants, {len(faults)} not as they should be")
        self.assertEqual(faults, [])

    def test_every_rule_has_one(self):
        self.assertEqual(sorted(set(rules()) ^ {mutant.rule for mutant in corpus.MUTANTS}), [])

    def test_harmless(self):
        with tempfile.TemporaryDirectory() as folder:
            for i, harmless in enumerate(corpus.HARMLESS):
                pdf = corpus.BASES[harmless.profile]()
                harmless.make(pdf)
                path = pathlib.Path(folder, f"{i}.pdf")
                path.write_bytes(pdf.bytes())
                with self.subTest(harmless.what):
                    found = preflight(path, harmless.profile, has_ghostscript=True)["findings"]
                    self.assertEqual([(f["number"], f["message"]) for f in found], [])


class Command(unittest.TestCase):
    """Options, exit statuses, outputs."""

    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.held.name)
        cls.good, cls.bad, cls.warned = (cls.folder / f"{name}.pdf" for name in ("good", "bad", "warned"))
        cls.good.write_bytes(corpus.press_base().bytes())
        pdf = corpus.press_base()
        pdf.pages[1].fill("1 .5 0 rg", 100, 200, 50, 20)
        cls.bad.write_bytes(pdf.bytes())
        pdf = corpus.press_base()
        pdf.intents = []
        cls.warned.write_bytes(pdf.bytes())

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()

    def status(self, *args, **more):
        return run("preflight", *args, expect=range(5), **more).returncode

    def test_exit_status(self):
        self.assertEqual(self.status(self.good), 0)
        self.assertEqual(self.status(self.bad), 1)
        self.assertEqual(self.status(self.warned), 0)
        self.assertEqual(self.status(self.warned, "--strict"), 1)
        self.assertEqual(self.status(self.good, "--strict"), 0)
        self.assertEqual(self.status(self.bad, "--pages", "1"), 0)
        self.assertEqual(self.status(self.bad, "--pages", "2-"), 1)
        self.assertEqual(self.status(self.bad, "--profile", "screen"), 0)
        text = self.folder / "text.pdf"
        text.write_text("no PDF")
        self.assertEqual(self.status(text), 3)
        self.assertEqual(self.status(self.good, "--pages", "3-"), 3)
        self.assertEqual(self.status(self.good, "--json", "/nowhere/x.json"), 4)

    def test_wrong_use(self):
        for args in ((), (self.good, self.bad), (self.good, "--profile", "gloss"), (self.good, "--pages", "2-1"), (self.good, "--pages", "0"),
                     (self.good, "--json", self.good), (self.good, "--json", "-", "--junit", "-"), (self.good, "--json", "a", "--junit", "a"),
                     ("--list", self.good), ("--list", "--junit", "-"), (self.good, "--nothing")):
            with self.subTest(args):
                done = run("preflight", *args, expect=(2,))
                self.assertIn("bantin: ", done.stderr)
                self.assertEqual(done.stdout, "")

    def test_no_pdf_is_lost(self):
        for option in ("--json", "--junit"):
            before = self.warned.read_bytes()
            for args in ((self.good, option, self.warned), ("--list", "--json", self.warned)):
                done = run("preflight", *args, expect=(2,))
                self.assertIn("would be lost", done.stderr)
                self.assertEqual(self.warned.read_bytes(), before)

    def test_outputs(self):
        json_path, junit, report = self.folder / "o.json", self.folder / "o.xml", self.folder / "o/report"
        done = run("preflight", self.bad, "--json", json_path, "--junit", junit, "--report", report, "--quiet", expect=(1,))
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        told = json.loads(json_path.read_text())
        jsonschema.validate(told, json.loads(run("schema", "check").stdout))
        self.assertEqual([(f["number"], f["severity"], f["page"]) for f in told["findings"]], [("P0301", "error", 2)])
        self.assertIn("P0301", junit.read_text())
        page = (report / "index.html").read_text()
        for part in ("P0301", "data:image/png"):
            self.assertTrue(part in page, part)
        self.assertEqual([path.name for path in report.iterdir()], ["index.html"])

    def test_report_of_some_pages(self):
        folder = self.folder / "some"
        run("preflight", self.bad, "--pages", "2", "--report", folder, "--quiet", expect=(1,))
        self.assertEqual(re.findall(r"id=page-(\d+)", (folder / "index.html").read_text()), ["1"])  # the first that it shows
        self.assertEqual(len(re.findall("data:image/png", (folder / "index.html").read_text())), 1)

    def test_both_languages(self):
        english, vietnamese = (run("preflight", self.bad, "--lang", lang, expect=(1,)).stdout for lang in ("en", "vi"))
        self.assertIn("RGB in text, lines or areas: RGB 255 127.5 0", english)
        self.assertIn("màu RGB trong chữ, nét hoặc mảng màu: RGB 255 127,5 0", vietnamese)
        for lang in ("en", "vi"):
            self.assertGreater(len(run("preflight", "--help", "--lang", lang).stdout), 1000)
            lines = run("preflight", "--list", "--lang", lang).stdout.splitlines()
            self.assertEqual(len(lines), 1 + len(rules()))

    def test_same_bytes(self):
        first, second = (run("preflight", self.bad, "--json", "-", expect=(1,)).stdout for _ in range(2))
        self.assertEqual(first, second)

    def test_many_objects_are_one_finding(self):
        pdf = corpus.press_base()
        for i in range(100):
            pdf.pages[0].text(80 + 45 * (i % 5), 350 - 14 * (i // 5), 12, "1 0 0 rg", state="Knock")
        path = self.folder / "many.pdf"
        path.write_bytes(pdf.bytes())
        found = [f for f in preflight(path, "press-coated")["findings"] if f["number"] == "P0301"]
        self.assertEqual([(f["page"], f["n"]) for f in found], [(1, 100)])
        self.assertLess(len(found[0]["subject"]), 70)


class Ours(unittest.TestCase):
    """What bantin renders passes: press files for coated paper, screen files for the screen."""

    def test_samples(self):
        bundles = sorted(path for path in ROOT.glob("samples/*/bundle.json"))
        self.assertGreater(len(bundles), 3)
        with tempfile.TemporaryDirectory() as folder:
            for bundle in bundles:
                for rendition, profile in (("press", "press-coated"), ("screen", "screen")):
                    path = pathlib.Path(folder, f"{bundle.parent.name}-{rendition}.pdf")
                    run("render", bundle, "-o", path, "--rendition", rendition, "--quiet", expect=(0,))
                    report = preflight(path, profile, has_ghostscript=True)
                    with self.subTest(path.name):
                        self.assertEqual([f["message"] for f in report["findings"] if f["severity"] in ("error", "warning")], [])
                        self.assertEqual([rule["number"] for rule in report["rules"] if rule["state"] == "not-run"], [])
                        if rendition == "screen":
                            self.assertEqual([f["message"] for f in report["findings"]], [])

    def test_small_text_of_each_layout(self):
        """Text under 8 pt is of one ink, in all layouts and palettes; so a press that is a little out of register blurs none."""
        bundle = ROOT / "samples/vu-mua-12-trang/bundle.json"
        names = sorted(path.stem for path in ROOT.glob("layouts/*.json") if path.stem != "base")
        self.assertGreater(len(names), 5)
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                for palette in ("four", "two", "mono"):
                    path = pathlib.Path(folder, f"{name}-{palette}.pdf")
                    run("render", bundle, "-o", path, "--layout", name, "--palette", palette, "--quiet", expect=(0,))
                    with self.subTest(path.name):
                        found = preflight(path, "press-coated")["findings"]
                        self.assertEqual([f["message"] for f in found if f["number"] in ("P0401", "P0402")], [])

    def test_each_for_the_other(self):
        """A press file read on a screen, and a screen file sent to the press: they say what is amiss."""
        bundle = ROOT / "samples/thanh-hoa-2024-04/bundle.json"
        with tempfile.TemporaryDirectory() as folder:
            found = {}
            for rendition, profile in (("press", "screen"), ("screen", "press-coated")):
                path = pathlib.Path(folder, rendition + ".pdf")
                run("render", bundle, "-o", path, "--rendition", rendition, "--quiet", expect=(0,))
                found[rendition] = {f["number"] for f in preflight(path, profile)["findings"]}
        self.assertIn("P0110", found["press"])
        self.assertLessEqual({"P0905", "P1002"}, found["screen"])


class Foreign(unittest.TestCase):
    """Files of other producers, sent to a press and read on a screen: each says what its producer is known for."""

    PRESS = {"cairo": "P0101 P0301 P0901 P0905 P0906 P0908 P0909 P0910", "chromium": "P0101 P0301 P0901 P0905 P0906 P0909 P0910",
             "gs": "P0101 P0303 P0901 P0905 P0909", "libreoffice": "P0101 P0301 P0901 P0905 P0906 P0908 P0909",
             "lualatex": "P0101 P0303 P0901 P0905 P0906 P0908 P0909", "typst": "P0101 P0303 P0901 P0905 P0909"}
    SCREEN = {"cairo": "P0906 P0908 P0911 P0912", "chromium": "P0906", "gs": "P0911 P0912", "libreoffice": "P0906 P0908 P0911",
              "lualatex": "P0906 P0908 P0911 P0912", "typst": ""}
    LONG = {"chromium-a5-ragged", "lualatex-a5-facing", "typst-b5-one"}  # six pages or more, without an outline

    def test_producers(self):
        files = sorted(HERE.glob("foreign/*.pdf"))
        self.assertGreater(len(files), 8)
        for path in files:
            producer = path.name.split("-")[0]
            for profile, known in ((corpus.COATED, self.PRESS), ("screen", self.SCREEN)):
                wanted = set(known[producer].split()) | ({"P0913"} if profile == "screen" and path.stem in self.LONG else set())
                with self.subTest(path.name, profile=profile):
                    self.assertEqual({f["number"] for f in preflight(path, profile)["findings"]}, wanted)


class Reference(unittest.TestCase):
    """The manual's list of the rules is that of the program."""

    def test_manual(self):
        manual = (ROOT / "src/cli/bantin.1").read_text(encoding="utf-8")
        section = manual.split(".Sh PREFLIGHT RULES\n", 1)[1].split("\n.Sh ", 1)[0]
        letters = {"off": r"\-", "note": "N", "warning": "W", "error": "E"}
        for number, rule in rules().items():
            about = " ".join(letters[rule["severity"][profile]] for profile in ("press-coated", "press-uncoated", "news", "screen"))
            entry = f".It {number} {about} {rule['fault']}. {rule['remedy'][0].upper()}{rule['remedy'][1:]}."
            self.assertTrue(entry in " ".join(section.split()), f"the manual lacks:\n{entry}")
        self.assertEqual(len(re.findall(r"(?m)^\.It P\d{4} ", section)), len(rules()))


def main():
    global BANTIN
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main(argv=sys.argv)


if __name__ == "__main__":
    main()
