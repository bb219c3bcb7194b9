#!/usr/bin/env python3
"""What a press file says of itself: the printing condition and its profile, dates, standards, ids; and what a file for
screens says of the same issue.

usage: test_press.py BANTIN [TEST ...]      (unittest's own options)
"""
import json, os, pathlib, re, shutil, struct, subprocess, sys, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/pdf"))
import check_pdf

BANTIN = ""
PROFILES = pathlib.Path("/usr/share/texlive/texmf-dist/tex/generic/colorprofiles")  # texlive-base
FOGRA39 = PROFILES / "FOGRA39L_coated.icc"
SUBSTITUTE = pathlib.Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")  # libgs-common
N_HEADER, N_TAG = 128, 12
ISO = "2024-04-09"
FORMS = {"masthead": {"title": "Bản tin", "issuer": "Hội", "date": ISO},
         "articles": [{"headline": "Chữ của nhà", "body": ["Thực hiện chương trình **đào tạo** nghề."]}]}


# --- bad profiles, made of the good one ---

def patched(at, new):
    data = bytearray(FOGRA39.read_bytes())
    data[at:at + len(new)] = new
    return bytes(data)


def tag(name):
    """Where the tag's entry in the table is, and where its data is."""
    data = FOGRA39.read_bytes()
    n = struct.unpack_from(">I", data, N_HEADER)[0]
    for i in range(n):
        at = N_HEADER + 4 + i * N_TAG
        if data[at:at + 4] == name:
            return at, struct.unpack_from(">I", data, at + 4)[0]
    raise AssertionError(name)


def target(text):
    """A profile without a description that says which data it was made from."""
    entry, place = tag(b"desc")
    data = bytearray(FOGRA39.read_bytes())
    new = b"text\0\0\0\0" + text + b"\0"
    data[place:place + len(new)] = new
    data[entry:entry + 4] = b"targ"
    data[entry + 8:entry + 12] = struct.pack(">I", len(new))
    return bytes(data)


BAD = {
    "it is no ICC profile": [b"FOGRA39, please\n", b"", FOGRA39.read_bytes()[:127], patched(36, b"pcsa")],
    "it is damaged: it has 60000 bytes, where its header says 121368": [FOGRA39.read_bytes()[:60000]],
    "it is damaged: it has 121369 bytes, where its header says 121368": [FOGRA39.read_bytes() + b"\0"],
    "its ICC version is 5.0, and a PDF takes 2 and 4": [patched(8, b"\5\0\0\0")],
    "it describes a camera or scanner, not a press": [patched(12, b"scnr")],
    "it describes a screen, not a press": [patched(12, b"mntr"), SUBSTITUTE.with_name("default_rgb.icc").read_bytes()],
    "it describes no device, let alone a press": [patched(12, b"link")],
    "its colours are RGB, not CMYK": [patched(16, b"RGB ")],
    "it lacks the table A2B0": [patched(tag(b"A2B0")[0], b"A2BX")],
    "it lacks the table B2A0": [patched(tag(b"B2A0")[0], b"B2AX")],
    "its table B2A0 is damaged": [patched(tag(b"B2A0")[1], b"mfu2"), patched(tag(b"B2A0")[1] + 8, b"\x0f\xff\xff")],
    "its table A2B1 is damaged": [patched(tag(b"A2B1")[0] + 4, struct.pack(">I", tag(b"cprt")[1]))],
    "it is damaged": [patched(N_HEADER, b"\xff\xff\xff\xff"), patched(tag(b"A2B0")[1] + 8, b"\x03\x03")],
}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.bundle()
        self.layout("FOGRA39")

    def write(self, name, value):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())

    def bundle(self, **masthead):
        self.write("bundle.json", {"bantin": 1, "layout": "press.json", **FORMS, "masthead": {**FORMS["masthead"], **masthead}})

    def undated(self, **masthead):
        self.write("bundle.json", {"bantin": 1, "layout": "press.json", **FORMS,
                                   "masthead": {"title": "Bản tin", "issuer": "Hội", **masthead}})

    def layout(self, profile, name="press.json", extends="bulletin-19x27"):
        self.write(name, {"bantin_layout": 1, "name": name.removesuffix(".json"), "extends": extends, "print": {"profile": profile}})

    def run_bantin(self, *args, epoch=None, cwd=None):
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LC_MESSAGES", "LANG", "TZ")}
        if epoch is not None:
            environment["SOURCE_DATE_EPOCH"] = str(epoch)
        return subprocess.run([BANTIN, *map(str, args)], cwd=cwd or self.folder, env=environment, capture_output=True, text=True)

    def render(self, *options, out="out.pdf", said="", **how):
        """The file's objects; all that was said is `said`, each its code; None: whatever it was."""
        done = self.run_bantin("render", "bundle.json", "-o", out, *options, **how)
        self.assertEqual(done.returncode, 0, done.stderr)
        if said is not None:
            self.assertEqual(" ".join(re.findall(r"\b([EW]\d{4}):", done.stderr)), said, done.stderr)
        return check_pdf.Objects(str(self.folder / out))

    def refuse(self, code, place, words, *options, status=3, **how):
        """Render and validate say the same: one error, there, and no file is made."""
        for command in (("render", "bundle.json", "-o", "no.pdf"), ("validate", "bundle.json")):
            done = self.run_bantin(*command, *options, **how)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertEqual(re.findall(r"\b[EW]\d{4}\b", done.stderr), [code], done.stderr)
            self.assertRegex(done.stderr, rf"^(\./)?{re.escape(place)}:(\d+:\d+:)? ")
            self.assertIn(words, done.stderr)
        self.assertFalse((self.folder / "no.pdf").exists())

    def intents(self, objects):
        root = objects.value(objects.trailer["/Root"])
        return [objects.value(i) for i in objects.value(root["/OutputIntents"])]

    def intent(self, objects):
        """What all output intents say, but for whose they are, and the profile's bytes."""
        intents = self.intents(objects)
        said = [{k: v for k, v in i.items() if k not in ("/S", "/DestOutputProfile")} for i in intents]
        self.assertEqual(said, said[:1] * len(said))
        return said[0], objects.data(intents[0]["/DestOutputProfile"])

    def condition(self, objects):
        return self.intent(objects)[0]["/OutputConditionIdentifier"].removeprefix("u:")


class Profiles(Case):
    def test_known(self):
        said, data = self.intent(self.render())
        self.assertEqual(data, FOGRA39.read_bytes())
        self.assertEqual(said, {"/Type": "/OutputIntent", "/OutputConditionIdentifier": "u:FOGRA39",
                                "/OutputCondition": "u:Offset on coated paper (types 1 and 2), ISO 12647-2:2004/Amd 1",
                                "/RegistryName": "u:http://www.color.org", "/Info": said["/Info"]})
        name = subprocess.run(["strings", FOGRA39], capture_output=True, text=True, check=True).stdout
        self.assertIn(said["/Info"].removeprefix("u:"), re.sub(r"\s+", " ", name) + " FOGRA39L coated")

    def test_not_installed(self):
        """What stands in says so of itself."""
        self.layout("FOGRA51")
        done = self.run_bantin("render", "bundle.json", "-o", "out.pdf")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"^\./press\.json:1:\d+: /print/profile: warning W0716: the ICC profile of FOGRA51 was not found, "
                                      r"so 'Artifex CMYK SWOP Profile' stands in .* get 'PSOcoated_v3\.icc' ")
        said, data = self.intent(check_pdf.Objects(str(self.folder / "out.pdf")))
        self.assertEqual(data, SUBSTITUTE.read_bytes())
        self.assertEqual(said, {"/Type": "/OutputIntent", "/OutputConditionIdentifier": "u:Custom", "/Info": "u:Artifex CMYK SWOP Profile"})
        self.assertEqual(self.run_bantin("validate", "--strict", "bundle.json").returncode, 1)

    def test_unknown(self):
        self.layout("FOGRA93")
        self.refuse("E0719", "press.json", 'did you mean "FOGRA')
        self.layout("báo giấy")
        self.refuse("E0718", "press.json", "write one of FOGRA39, FOGRA51, ")

    def test_bad(self):
        for what, files in BAD.items():
            for data in files:
                with self.subTest(what):
                    self.write("press/a.icc", data)
                    self.layout("press/a.icc")
                    self.refuse("E0721", "press.json", f"'./press/a.icc' cannot be the profile of a printing condition: {what}; ")

    def test_unreadable(self):
        self.layout("press/a.icc")
        self.refuse("E0720", "press.json", "'press/a.icc' was found neither")
        (self.folder / "press/a.icc").mkdir(parents=True)
        self.refuse("E0720", "press.json", "'press/a.icc' was found neither")
        self.layout("")
        self.refuse("E0224", "press.json", '"profile" has no text')
        self.layout("../a.icc")
        self.refuse("E0376", "press.json", "leaves the layout's folder")

    def test_largest(self):
        """The limit is told before anything is made of the bytes."""
        limit = 16 * 1024 * 1024
        (self.folder / "a.icc").write_bytes(FOGRA39.read_bytes())
        self.layout("a.icc")
        os.truncate(self.folder / "a.icc", limit)
        self.refuse("E0721", "press.json", f"it has {limit} bytes")
        os.truncate(self.folder / "a.icc", limit + 1)
        self.refuse("E0803", "press.json", "is larger than 16 MB")

    def test_names(self):
        """What a file stands for: what the layout says, its name, what it was made from, or nothing that is known."""
        for file, profile, data, wanted in (("own.icc", "own.icc", FOGRA39.read_bytes(), "Custom"),
                                            ("PSOcoated_v3.icc", "PSOcoated_v3.icc", FOGRA39.read_bytes(), "FOGRA51"),
                                            ("own.icc", "own.icc", target(b"ICCHDAT FOGRA52"), "FOGRA52"),
                                            ("own.icc", "own.icc", target(b"measured on Tuesday"), "Custom"),
                                            ("p/own.icc", {"file": "p/own.icc", "condition": "Nha in (2)\\3"}, FOGRA39.read_bytes(),
                                             "Nha in (2)\\3"),
                                            ("own", {"file": "own", "condition": "FOGRA39"}, FOGRA39.read_bytes(), "FOGRA39"),
                                            ("own", {"file": "own"}, FOGRA39.read_bytes(), "Custom")):
            with self.subTest(wanted=wanted, profile=profile):
                self.write(file, data)
                self.layout(profile)
                objects = self.render()
                said, embedded = self.intent(objects)
                self.assertEqual(self.condition(objects), wanted)
                self.assertEqual(embedded, data)
                self.assertEqual("/RegistryName" in said, wanted.startswith("FOGRA"))
                self.assertTrue(said["/Info"].removeprefix("u:"))

    def test_places(self):
        """The layout's folder, then --font-dir, then what is installed; a parent's file is beside the parent."""
        own, given = target(b"ICCHDAT own"), target(b"ICCHDAT given")
        self.layout("a.icc")
        self.write("fonts/a.icc", given)
        self.assertEqual(self.condition(self.render("--font-dir", "fonts")), "given")
        self.write("a.icc", own)
        self.assertEqual(self.condition(self.render("--font-dir", "fonts")), "own")
        self.layout("a.icc", "parents/parent.json")
        self.write("parents/a.icc", target(b"ICCHDAT parent's"))
        self.write("press.json", {"bantin_layout": 1, "name": "press", "extends": "parents/parent.json"})
        self.assertEqual(self.condition(self.render()), "parent's")
        self.layout("FOGRA39")
        self.write("FOGRA39L_coated.icc", patched(24, b"\x07\xe8"))
        self.assertEqual(self.intent(self.render())[1], patched(24, b"\x07\xe8"))
        self.layout(SUBSTITUTE.name)
        self.assertEqual(self.intent(self.render())[1], SUBSTITUTE.read_bytes())

    def test_whole(self):
        """A child's profile does not keep its parent's condition."""
        self.layout({"file": "a.icc", "condition": "House 1"}, "parent.json")
        self.write("a.icc", FOGRA39.read_bytes())
        self.write("b.icc", FOGRA39.read_bytes())
        self.write("press.json", {"bantin_layout": 1, "name": "press", "extends": "parent"})
        self.assertEqual(self.condition(self.render()), "House 1")
        self.layout({"file": "b.icc"}, extends="parent")
        self.assertEqual(self.condition(self.render()), "Custom")

    def test_among_others(self):
        """Told together with what is wrong with the bundle's pictures and date."""
        self.layout("FOGRA93")
        self.write("bundle.json", {"bantin": 1, "layout": "press.json", "masthead": {"title": "Bản tin", "issuer": "Hội"},
                                   "articles": [{"headline": "A", "body": [{"type": "figure", "image": "a.png", "alt": "a"}]}]})
        done = self.run_bantin("render", "bundle.json", "-o", "no.pdf")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(re.findall(r"\b[EW]\d{4}\b", done.stderr), ["E0722", "E0501", "E0719"], done.stderr)


class Dates(Case):
    def dates(self, objects):
        info = objects.value(objects.trailer["/Info"])
        root = objects.value(objects.trailer["/Root"])
        xmp = objects.data(root["/Metadata"]).decode()
        self.assertEqual(info.get("/CreationDate"), info.get("/ModDate"))
        found = re.findall(r"<xmp:(?:Create|Modify|Metadata)Date>([^<]*)</", xmp)
        self.assertEqual(len(found), 3 if info.get("/CreationDate") else 0)
        self.assertLessEqual(len(set(found)), 1)
        return info.get("/CreationDate", "u:").removeprefix("u:"), found[0] if found else ""

    def test_iso(self):
        self.assertEqual(self.dates(self.render()), ("D:20240409000000+07'00'", "2024-04-09T00:00:00+07:00"))

    def test_epoch(self):
        """It is the moment of making, so it goes before the issue's day."""
        self.assertEqual(self.dates(self.render(epoch=1712620801)), ("D:20240409000001Z", "2024-04-09T00:00:01Z"))
        self.undated(date="Tháng 4 năm 2024")
        self.assertEqual(self.dates(self.render(epoch=0)), ("D:19700101000000Z", "1970-01-01T00:00:00Z"))
        self.assertEqual(self.dates(self.render(epoch=253402300799)), ("D:99991231235959Z", "9999-12-31T23:59:59Z"))

    def test_none(self):
        self.undated()
        self.refuse("E0722", "bundle.json", 'the masthead has no "date"; write the issue\'s day as in "2024-04-09"')
        self.undated(date="Tháng 4 năm 2024")
        self.refuse("E0723", "bundle.json", "no day can be read out of 'Tháng 4 năm 2024'")

    def test_screen(self):
        self.undated(date="Tháng 4 năm 2024")
        for rendition in ("screen", "proof"):
            self.assertEqual(self.dates(self.render("--rendition", rendition)), ("", ""))
            self.assertEqual(self.run_bantin("validate", "bundle.json", "--rendition", rendition).returncode, 0)
            self.assertEqual(self.dates(self.render("--rendition", rendition, epoch=0))[1], "1970-01-01T00:00:00Z")

    def test_wrong(self):
        for epoch in ("yesterday", "-1", " 5", "+5", "5.0", "253402300800", "99999999999999999999999"):
            for command in (("render", "bundle.json", "-o", "no.pdf"), ("validate", "bundle.json")):
                done = self.run_bantin(*command, epoch=epoch)
                self.assertEqual(done.returncode, 2, epoch)
                self.assertIn("SOURCE_DATE_EPOCH", done.stderr)
        self.assertFalse((self.folder / "no.pdf").exists())


class Identity(Case):
    def xmp(self, objects):
        return objects.data(objects.value(objects.trailer["/Root"])["/Metadata"]).decode()

    def id(self, objects):
        first, second = objects.trailer["/ID"]
        self.assertEqual(first, second)
        return first

    def test_renditions(self):
        made = {rendition: self.render("--rendition", rendition, out=f"{rendition}.pdf") for rendition in ("press", "screen", "proof")}
        for rendition, objects in made.items():
            done = subprocess.run([sys.executable, str(ROOT / "tests/pdf/check_pdf.py"), str(self.folder / f"{rendition}.pdf")],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            is_press, xmp = rendition == "press", self.xmp(objects)
            self.assertEqual([i["/S"] for i in self.intents(objects)], ["/GTS_PDFX"] * is_press + ["/GTS_PDFA1"])
            self.assertEqual(objects.value(objects.trailer["/Info"]).get("/GTS_PDFXVersion"), "u:PDF/X-4" if is_press else None)
            self.assertEqual("pdfxid" in xmp, is_press)
            self.assertIn(f"<xmpMM:RenditionClass>{'default' if is_press else rendition}</xmpMM:RenditionClass>", xmp)
        self.assertEqual(len({self.id(objects) for objects in made.values()}), 3)

    def test_same(self):
        """The same bytes, whatever the folder, its name and the way to it."""
        self.render()
        first = (self.folder / "out.pdf").read_bytes()
        other = self.folder / "một thư mục khác"
        other.mkdir()
        for name in ("bundle.json", "press.json"):
            shutil.copy(self.folder / name, other / name)
        for args, cwd in ((("bundle.json", "-o", "a.pdf"), other), ((other / "bundle.json", "-o", other / "b.pdf"), ROOT),
                          (("../bundle.json", "-o", "c.pdf"), other)):
            self.assertEqual(self.run_bantin("render", *args, cwd=cwd).returncode, 0)
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            self.assertEqual((other / name).read_bytes(), first, name)

    def test_id(self):
        """It tells files apart: by the text, the date, the profile, and what is only read aloud."""
        ids = [self.id(self.render())]
        self.bundle(title="Bản tịn")
        ids.append(self.id(self.render()))
        self.bundle()
        ids.append(self.id(self.render(epoch=1712620800)))
        self.write("a.icc", patched(24, b"\x07\xe8"))
        for profile in ("a.icc", {"file": "a.icc", "condition": "House 1"}):
            self.layout(profile)
            ids.append(self.id(self.render()))
        shutil.copy(ROOT / "src/cli/starter/images/non-la.svg", self.folder / "a.svg")
        for alt in ("nón lá", "cái nón"):
            self.write("bundle.json", {"bantin": 1, "layout": "press.json", **FORMS, "articles": [
                {"headline": "Nón", "body": [{"type": "figure", "image": "a.svg", "alt": alt}]}]})
            ids.append(self.id(self.render()))
        self.assertEqual(len(set(ids)), len(ids), ids)
        for one in ids:
            self.assertRegex(one, r"^b:[0-9a-f]{12}3[0-9a-f]{3}[89ab][0-9a-f]{15}$")

    def test_hard_texts(self):
        """What XML and PDF write otherwise comes back as it was, in both."""
        title = "A & B <c> \"d\" (e) \\f ﬁ 𝛼 Ố"
        self.bundle(title=title, issuer="Only (ASCII) \\ here")
        objects = self.render(said=None)  # no font has the one beyond the first plane
        info = objects.value(objects.trailer["/Info"])
        self.assertTrue(info["/Title"].startswith("u:" + title), info["/Title"])
        self.assertEqual(info["/Author"], "u:Only (ASCII) \\ here")
        self.assertEqual(subprocess.run([sys.executable, str(ROOT / "tests/pdf/check_pdf.py"), str(self.folder / "out.pdf")]).returncode, 0)


if __name__ == "__main__":
    BANTIN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
