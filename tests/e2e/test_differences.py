#!/usr/bin/env python3
"""What an edition's report says of the differences from its base, held against the words' places in both PDFs, as poppler
finds them.

usage: test_differences.py BANTIN [TEST ...]      (unittest's own options)
"""
import html, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile, unittest

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ""
MM = 25.4 / 72
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><rect width="80" height="40" fill="%s"/></svg>'
NEAR = 0.1  # mm


def words(article, block, n):
    """No word stands twice in the issue."""
    return " ".join(f"b{article}{'abcdefg'[block]}{i}" for i in range(n))


def article(i, paragraphs=(130, 90, 110)):
    return {"id": f"bai-{i}", "headline": f"Headline of number{i}", "body": [words(i, b, n) for b, n in enumerate(paragraphs)]}


def base(calls=False):
    articles = [article(i) for i in range(6)]
    articles[1]["body"].insert(1, {"type": "figure", "image": "a.svg", "alt": "A picture", "caption": "Caption of picture1"})
    if calls:
        articles[3]["body"].append("Greetings to {{name}}.")
    return {"bantin": 1, "masthead": {"title": "Bulletin", "date": "2024-04-09", "edition": "Every district"}, "articles": articles}


class Compared(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "a.svg").write_text(SVG % "#336699")
        (self.folder / "b.svg").write_text(SVG % "#996633")

    def bantin(self, *args):
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG")}
        done = subprocess.run([BANTIN, *map(str, args)], cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def places(self, pdf):
        """Of each word: page, and left top corner in mm."""
        done = subprocess.run(["pdftotext", "-bbox", str(self.folder / pdf), "-"], capture_output=True, check=True, text=True)
        found, page = {}, 0
        for match in re.finditer(r'<page |<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', done.stdout):
            if match.group(1) is None:
                page += 1
            else:
                found[html.unescape(match.group(3))] = (page, float(match.group(1)) * MM, float(match.group(2)) * MM)
        return found

    def compare(self, overlay, bundle=None, *options):
        """The report, and the words' places in the base and in the edition."""
        (self.folder / "base.json").write_text(json.dumps(bundle or base()))
        (self.folder / "e.json").write_text(json.dumps({"bantin_edition": 1, "id": "e", "name": "the people", **overlay}))
        plain = {"bantin_edition": 1, "id": "plain", "name": "{{name}}"}  # as the base is compared: nothing is called yet
        (self.folder / "plain.json").write_text(json.dumps(plain))
        self.bantin("render", "base.json", "--edition", "plain.json", "-o", "base.pdf", "--rendition", "screen", *options)
        self.said = self.bantin("render", "base.json", "--edition", "e.json", "-o", "e.pdf", "--compare", "--report", "e.report",
                                "--rendition", "screen", *options)
        self.bantin("render", "base.json", "--edition", "e.json", "-o", "alone.pdf", "--rendition", "screen", *options)
        self.assertEqual((self.folder / "e.pdf").read_bytes(), (self.folder / "alone.pdf").read_bytes())
        report = json.loads((self.folder / "e.report").read_text(encoding="utf-8"))
        was, now = self.places("base.pdf"), self.places("e.pdf")
        self.check_places(report, was, now)
        return report, was, now

    def fates(self, report):
        """By article and block, -1 being its headline: what the report says. What it does not name is the same."""
        told = {}
        for entry in report["differences"]["entries"]:
            if entry["kind"] != "article":
                continue
            i = int(entry["id"].split("-")[1])
            told[i] = {None: entry}
            for block in entry.get("blocks", []):
                match = re.fullmatch(rf"/articles/\d+/(headline|body/(\d+))", block["at"])
                first = -1 if match and match.group(1) == "headline" else int(match.group(2)) if match else None
                for k in range(block.get("blocks", 1)):
                    if first is not None:
                        told[i][first + k] = block
        return told

    def check_places(self, report, was, now):
        """Every word of a block that is told as moved has moved by that much; those of what is not told stand still."""
        told = self.fates(report)
        counted = {"moved": 0, "same": 0, "jumped": 0}
        source = {a["id"]: a for a in json.loads((self.folder / "base.json").read_text())["articles"]}
        for name, of in source.items():
            i = int(name.split("-")[1])
            for k, text in [(-1, f"number{i}")] + list(enumerate(of["body"])):
                if not isinstance(text, str) or "{{" in text:
                    continue
                fate = told.get(i)
                if fate and any("e.json" in b["at"] for b in fate[None].get("blocks", [])):
                    continue  # the overlay's own: which paragraph is which, the test that replaces it says
                if fate:
                    uniform = "blocks" not in fate[None]
                    fate = fate[None] if uniform else fate.get(k, {"change": "same"})
                change = fate["change"] if fate else "same"
                if change not in counted or (fate and fate.get("recut")):
                    continue
                for word in text.split():
                    (page, x, y), (new_page, new_x, new_y) = was[word], now[word]
                    if change == "jumped":
                        self.assertIn(new_page, range(1, len(report["pages"]) + 1))
                        if "blocks" not in told[i][None] and k == -1:
                            self.assertEqual((page, new_page), (fate["base_page"], fate["page"]), word)
                    else:
                        dx, dy = (fate["dx"], fate["dy"]) if change == "moved" else (0, 0)
                        self.assertEqual(page, new_page, word)
                        if k == -1 or (abs(new_x - x - dx) < NEAR and abs(new_y - y - dy) < NEAR):
                            self.assertLess(abs(new_x - x - dx), NEAR, word)
                            self.assertLess(abs(new_y - y - dy), NEAR, word)
                        else:  # the second part of what two columns share may have moved by another distance: none of the first may
                            self.assertNotEqual(word, text.split()[0], (dx, dy, x, y, new_x, new_y))
                    counted[change] += 1
        self.counted = counted


class Differences(Compared):
    def entry(self, report, **wanted):
        found = [e for e in report["differences"]["entries"] if all(e.get(k) == v for k, v in wanted.items())]
        self.assertEqual(len(found), 1, report["differences"]["entries"])
        return found[0]

    def test_nothing(self):
        report, was, now = self.compare({})
        self.assertEqual(report["differences"]["entries"], [])
        self.assertEqual(report["differences"]["pages_same"], len(report["pages"]))
        for page in report["pages"]:
            self.assertTrue(page["same_as_base"])
        self.assertEqual(report["differences"]["pages"], [])
        self.assertEqual(was, now)
        self.assertIn("0 of", self.said)

    def test_inserted_article(self):
        new = {"id": "bai-9", "headline": "Headline of number9", "body": [words(9, 0, 30)]}
        report, was, now = self.compare({"articles": [{"op": "insert", "after": "bai-0", "article": new}]})
        entry = self.entry(report, id="bai-9")
        self.assertEqual((entry["change"], entry["page"]), ("new", now["number9"][0]))
        self.assertNotIn("blocks", entry)
        self.assertGreater(self.counted["moved"] + self.counted["jumped"], 100, self.counted)
        self.assertEqual(self.entry(report, id="bai-0")["change"] if self.counted["same"] == 0 else "same", "same")

    def test_longer_paragraph(self):
        longer = words(4, 1, 90) + " " + words(8, 0, 25)
        report, was, now = self.compare({"set": {"/articles/4/body/1": longer}})
        entry = self.entry(report, id="bai-4")
        self.assertEqual(entry["change"], "changed")
        block = next(b for b in entry["blocks"] if b["change"] == "changed" and not b.get("reset"))
        self.assertEqual(block["kind"], "paragraph")
        lines = [len({(p, round(y)) for p, x, y in (places[w] for w in text.split())}) for places, text in ((was, words(4, 1, 90)), (now, longer))]
        self.assertEqual(block["lines"], lines[1] - lines[0])
        self.assertIn("b8a0", block["words"])
        self.assertEqual(block["at"], "e.json /set/~1articles~14~1body~11")

    def test_inserted_paragraph(self):
        """The article is the overlay's, all of it: its paragraphs are known by their words."""
        other = article(2)
        other["body"].insert(1, words(8, 0, 20))
        report, was, now = self.compare({"articles": [{"op": "replace", "id": "bai-2", "article": other}]})
        entry = self.entry(report, id="bai-2")
        changes = [b["change"] for b in entry["blocks"]]
        self.assertEqual(changes.count("new"), 1)
        self.assertNotIn("gone", changes)
        self.assertFalse([b for b in entry["blocks"] if b["change"] == "changed" and not b.get("reset")], entry["blocks"])

    def test_removed(self):
        report, was, now = self.compare({"articles": [{"op": "remove", "id": "bai-1"}]})
        entry = self.entry(report, id="bai-1")
        self.assertEqual((entry["change"], entry["base_page"]), ("gone", was["number1"][0]))
        self.assertNotIn("page", entry)

    def test_picture(self):
        report, was, now = self.compare({"set": {"/articles/1/body/1/image": "b.svg"}})
        entry = self.entry(report, id="bai-1")
        self.assertEqual([(b["kind"], b["change"], b.get("reset")) for b in entry["blocks"]], [("figure", "changed", None)])
        self.assertFalse(report["pages"][entry["blocks"][0]["page"] - 1]["same_as_base"])
        page = report["differences"]["pages"][0]
        self.assertEqual(page["page"], entry["blocks"][0]["page"])
        self.assertEqual([b[0] for b in page["boxes"]], ["changed"])
        x, y, width, height = (v / 10 for v in page["boxes"][0][1:5])
        left, top = was["picture1"][1:]
        self.assertTrue(x - 1 < left < x + width and y < top < y + height, (page["boxes"], left, top))

    def test_masthead(self):
        report, was, now = self.compare({"set": {"/masthead/edition": "One district"}})
        head = self.entry(report, kind="masthead")
        self.assertRegex(head["blocks"][0]["words"], r"(^|\W)One$")  # what both end with is not quoted
        self.assertRegex(head["blocks"][0]["was"], r"(^|\W)Every$")

    def test_value(self):
        report, was, now = self.compare({"set": {"/masthead/edition": "One district"}, "name": "Hau Loc"}, base(True))
        entry = self.entry(report, id="bai-3")
        self.assertIn("Hau Loc", entry["blocks"][0]["words"])
        self.assertIn("{{name}}", entry["blocks"][0]["was"])
        head = self.entry(report, kind="masthead")
        self.assertRegex(head["blocks"][0]["words"], r"(^|\W)One$")  # what both end with is not quoted
        self.assertRegex(head["blocks"][0]["was"], r"(^|\W)Every$")

    def test_pages_and_counts(self):
        """A page is the same if and only if nothing on it is told; counts are those of the entries."""
        new = {"id": "bai-9", "headline": "Headline of number9", "body": [words(9, 0, 200)]}
        report, was, now = self.compare({"articles": [{"op": "insert", "at": "end", "article": new}]})
        differences = report["differences"]
        for kind in ("moved", "jumped", "changed", "new", "gone"):
            self.assertEqual(sum(e["change"] == kind for e in differences["entries"]), differences[kind])
        self.assertEqual(sum(p["same_as_base"] for p in report["pages"]), differences["pages_same"])
        self.assertGreater(differences["pages_same"], 0)
        self.assertEqual([p["page"] for p in differences["pages"]], [p["page"] for p in report["pages"] if not p["same_as_base"]])
        for page in differences["pages"]:
            self.assertEqual(page["drawing"], report["pages"][page["page"] - 1]["drawing"])
            self.assertLess(len(json.dumps(page["sketch"])), 4096)
        self.assertIn(f"{len(report['pages']) - differences['pages_same']} of {len(report['pages'])} pages", self.said)

    def test_no_edition(self):
        (self.folder / "base.json").write_text(json.dumps(base()))
        done = subprocess.run([BANTIN, "render", "base.json", "--compare"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--edition", done.stderr)


class Random(Compared):
    """Overlays by chance: what is told of places is so in the PDFs, and a page is told as the same if and only if poppler draws
    it alike."""

    def overlay(self, seed):
        chance, made = random.Random(seed), {"set": {}, "articles": []}
        ids = list(range(6))
        chance.shuffle(ids)
        for i in ids[:chance.randint(0, 2)]:
            block = chance.choice((0, 2)) if i == 1 else chance.randint(0, 2)
            made["set"][f"/articles/{i}/body/{block}"] = words(20 + i, 0, chance.randint(5, 200))
        made["articles"] = [{"op": "remove", "id": f"bai-{i}"} for i in ids[2:2 + chance.randint(0, 2)]]
        if chance.random() < 0.5:
            made["articles"].append({"op": "insert", "after": f"bai-{ids[5]}", "article": article(9, (chance.randint(5, 150),))})
        return made

    def look(self, pdf, page):
        return subprocess.run(["pdftoppm", "-r", "50", "-f", str(page), "-l", str(page), str(self.folder / pdf)], capture_output=True).stdout

    def test_overlays(self):
        n_same = 0
        for seed in range(20):
            with self.subTest(seed=seed):
                report, was, now = self.compare(self.overlay(seed))
                for page in report["pages"]:
                    self.assertEqual(self.look("base.pdf", page["page"]) == self.look("e.pdf", page["page"]), page["same_as_base"], page["page"])
                    n_same += page["same_as_base"]
        self.assertGreater(n_same, 0)


class Plates(unittest.TestCase):
    """What is said to print from the same plates looks the same as poppler draws it, and nothing else does."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "a.svg").write_text(SVG % "#336699")
        (self.folder / "b.svg").write_text(SVG % "#996633")
        (self.folder / "base.json").write_text(json.dumps(base()))
        inserted = {"id": "bai-9", "headline": "Headline of number9", "body": [words(9, 0, 40)]}
        overlays = {
            "plain": {}, "again": {},  # alike but for the slug line
            "picture": {"set": {"/articles/1/body/1/image": "b.svg"}},
            "last": {"articles": [{"op": "insert", "at": "end", "article": inserted}]},
            "first": {"articles": [{"op": "insert", "at": "start", "article": inserted}]},
        }
        rows = []
        for name, overlay in overlays.items():
            (self.folder / f"{name}.json").write_text(json.dumps({"bantin_edition": 1, "id": name, "name": name, **overlay}))
            rows.append(json.dumps({"id": name, "edition": f"{name}.json"}))
        (self.folder / "m.jsonl").write_text("\n".join(rows) + "\n")

    def batch(self, *options):
        done = subprocess.run([BANTIN, "batch", "m.jsonl", "--base", "base.json", "-o", "out", *options], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads((self.folder / "out/batch/report.json").read_text(encoding="utf-8")), done.stdout

    def looks(self, pdf, n):
        """Of each side, what is within its bleed."""
        resolution, found = 50, []
        info = subprocess.run(["pdfinfo", "-box", "-l", str(n), pdf], capture_output=True, check=True, text=True).stdout
        boxes = {kind: [[float(v) for v in m.split()] for m in re.findall(rf"{kind}Box:((?:\s+-?[\d.]+){{4}})", info)] for kind in ("Media", "Bleed")}
        for i in range(n):
            media, bleed = boxes["Media"][i], boxes["Bleed"][i]
            left, top, right, bottom = bleed[0] - media[0], media[3] - bleed[3], bleed[2] - media[0], media[3] - bleed[1]
            crop = [round(v * resolution / 72) for v in (left, top, right - left, bottom - top)]
            done = subprocess.run(["pdftoppm", "-r", str(resolution), "-f", str(i + 1), "-l", str(i + 1), "-x", str(crop[0]), "-y", str(crop[1]),
                                   "-W", str(crop[2]), "-H", str(crop[3]), pdf], capture_output=True, check=True)
            found.append(done.stdout)
        return found

    def check(self, report):
        sides = []
        for edition in report["editions"]:
            looks = self.looks(str(self.folder / "out" / edition["out"]), len(edition["sheets"]))
            sides += [(edition["id"], i + 1, digest, look) for i, (digest, look) in enumerate(zip(edition["sheets"], looks))]
        for a in sides:
            for b in sides:
                self.assertEqual(a[2] == b[2], a[3] == b[3], (a[:2], b[:2]))
        plates = report["plates"]
        digests = [s[2] for s in sides]
        self.assertEqual((plates["sides"], plates["plates"]), (len(sides), len(set(digests))))
        self.assertEqual(plates["alone"], sum(digests.count(d) == 1 for d in digests))
        of = {(s[0], s[1]): s[2] for s in sides}
        for group in plates["common"]:
            for side in group["sides"]:
                self.assertEqual(len({of[name, side] for name in group["editions"]}), 1)
        seen, anew = set(), {entry["id"]: entry["sides"] for entry in plates["anew"]}
        for name, side, digest, look in sides:
            self.assertEqual(side in anew.get(name, []), digest not in seen, (name, side))
            seen.add(digest)
        return sides

    def test_pages(self):
        report, said = self.batch()
        sides = self.check(report)
        of = {(s[0], s[1]): s[2] for s in sides}
        self.assertEqual(of["plain", 1], of["again", 1])
        self.assertEqual(of["plain", 1], of["last", 1])
        self.assertNotEqual(of["plain", 1], of["first", 1])
        self.assertIn(f"{report['plates']['plates']} different pages of {report['plates']['sides']}", said)

    def test_booklet(self):
        report, said = self.batch("--impose", "booklet", "--pages-multiple", "4")
        sides = self.check(report)
        self.assertEqual(len(report["editions"][0]["sheets"]) * 2, report["editions"][0]["pages"])
        self.assertIn("sides of sheets", said)

    def test_screen(self):
        """Nothing is plated."""
        report, said = self.batch("--rendition", "screen")
        self.assertNotIn("plates", report)
        self.assertNotIn("plates", said)


class Schema(unittest.TestCase):
    """Reports are what the schema says, and it says all of them: keys and their kinds."""

    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([BANTIN, "schema", "report"], capture_output=True, check=True).stdout)
        Draft202012Validator.check_schema(cls.schema)
        cls.validator = Draft202012Validator(cls.schema)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        (cls.folder / "a.svg").write_text(SVG % "#336699")
        (cls.folder / "base.json").write_text(json.dumps(base()))
        overlay = {"bantin_edition": 1, "id": "e", "name": "E", "set": {"/masthead/edition": "One district", "/articles/2/body/1": words(2, 1, 140)},
                   "articles": [{"op": "remove", "id": "bai-4"}, {"op": "insert", "at": "start", "article": article(9)}]}
        (cls.folder / "e.json").write_text(json.dumps(overlay))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def report(self, *args):
        path = self.folder / "report.json"
        done = subprocess.run([BANTIN, "render", *args, "-o", str(self.folder / "out.pdf"), "--report", str(path)], cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(path.read_text(encoding="utf-8"))

    def edition(self):
        return self.report(str(self.folder / "base.json"), "--edition", str(self.folder / "e.json"), "--compare", "--palette", "two")

    def faults(self, report):
        return [f"{'/'.join(map(str, fault.path))}: {fault.message[:200]}" for fault in self.validator.iter_errors(report)]

    def test_reports(self):
        for name in ("vu-mua-12-trang", "thanh-hoa-2024-04", "to-gap-suc-khoe"):
            self.assertEqual(self.faults(self.report(f"samples/{name}/bundle.json")), [], name)
        self.assertEqual(self.faults(self.report("samples/vu-mua-12-trang/bundle.json", "--pages-multiple", "4", "--impose", "booklet")), [])
        report = self.edition()
        self.assertEqual(self.faults(report), [])
        self.assertEqual({e["change"] for e in report["differences"]["entries"]} & {"new", "gone", "changed"}, {"new", "gone", "changed"})

    def test_mutants(self):
        """A key that the schema does not know, one that lacks, and a value of another kind are found."""
        report = self.edition()
        places = [report, report["page"], report["pages"][0], report["pages"][0]["frames"][0], report["articles"][0], report["differences"],
                  report["differences"]["pages"][0], report["differences"]["pages"][0]["sketch"], report["differences"]["entries"][0]]
        entry = next(e for e in report["differences"]["entries"] if "blocks" in e)
        places.append(entry["blocks"][0])
        for place in places:
            place["unknown_key"] = 1
            self.assertNotEqual(self.faults(report), [], place.keys())
            del place["unknown_key"]
        for place, key in [(place, "kind") for place in places if "kind" in place] + [(place, "page") for place in places[2:3]] + [(report["differences"], "entries")]:
            kept = place.pop(key)
            self.assertNotEqual(self.faults(report), [], key)
            place[key] = {"of another": "kind"}
            self.assertNotEqual(self.faults(report), [], key)
            place[key] = kept
        self.assertEqual(self.faults(report), [])


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
