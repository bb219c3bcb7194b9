#!/usr/bin/env python3
"""The HTML report of a check in a real browser: what a user sees, clicks and types, and what a hostile PDF cannot do.

usage: test_report.py TELL BANTIN [TEST ...]      (unittest's own options); TELL: tell.c, which makes the reports up
REPORT_SHOTS=DIR keeps the screenshots that the tests take, to be looked at.
"""
import functools, html.parser, io, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

from PIL import Image, ImageDraw

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser  # noqa: E402

TELL = BANTIN = ""
ROOT = pathlib.Path(__file__).resolve().parents[2]
PX_PER_PT = 2  # of the pictures
OFFSET, WIDTH, HEIGHT = 36.85, 612.283, 839.054  # of the media, as tell.c has them [pt]
MARGIN = 1  # pt that a box stands off what it frames
WORD = (120, 150, 180, 170)  # where the first finding is, from the trim's corner


class Shared:
    """One browser, and the reports, for all tests."""
    folder = None

    @classmethod
    def begin(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-report-"))
        cls.picture("sample.png", "red")
        cls.picture("ours.png", "blue")
        cls.browser = browser.Browser()

    @classmethod
    def end(cls):
        cls.browser.__exit__()
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def picture(cls, name, color):
        """A page with a block where the word of the first finding stands, and some grey that is the same in both."""
        image = Image.new("RGB", (round(WIDTH * PX_PER_PT), round(HEIGHT * PX_PER_PT)), "white")
        draw = ImageDraw.Draw(image)

        def box(x0, y0, x1, y1):
            return [round((v + OFFSET) * PX_PER_PT) for v in (x0, y0)] + [round((v + OFFSET) * PX_PER_PT) - 1 for v in (x1, y1)]
        draw.rectangle(box(*WORD), fill=color)
        draw.rectangle(box(100, 560, 440, 600), fill="#888888")
        image.save(cls.folder / name)

    @classmethod
    @functools.cache
    def report(cls, name, lang="en"):
        path = cls.folder / f"{name}.{lang}.html"
        run = subprocess.run([TELL, name, "html", lang, cls.folder / "sample.png", cls.folder / "ours.png"], capture_output=True)
        assert run.returncode == 0, run.stderr
        path.write_bytes(run.stdout)
        return path


def setUpModule():
    Shared.begin()


def tearDownModule():
    Shared.end()


class Reports(unittest.TestCase):
    def setUp(self):
        self.browser = Shared.browser
        self.browser.size(1440, 900)
        self.browser.media(prefers_reduced_motion="reduce")
        self.browser.without_script(False)
        self.browser.errors.clear()
        self.browser.requests.clear()

    def tearDown(self):
        shots = os.environ.get("REPORT_SHOTS")
        if shots:
            pathlib.Path(shots).mkdir(exist_ok=True)
            self.browser.screenshot(pathlib.Path(shots, self._testMethodName + ".png"))
        self.assertEqual(self.browser.errors, [])
        self.assertEqual(self.browser.requests, [])

    def open(self, name, lang="en", fragment=""):
        self.browser.open(Shared.report(name, lang), fragment)

    def value(self, script):
        return self.browser.value(script)

    def shown(self, selector):
        """How many elements of a selector have a place on the page."""
        return self.value(f"[...document.querySelectorAll({selector!r})].filter(e => e.getClientRects().length > 0"
                          " && getComputedStyle(e).visibility !== 'hidden').length")

    def state(self):
        """The finding that is selected, and the page that is shown."""
        return self.value("[(document.querySelector('.finding.on') || {}).id, (document.querySelector('.page.on') || {}).id]")

    def pressed(self, group):
        return self.value(f"[...document.querySelectorAll('button[data-{group}][aria-pressed=true]')].map(b => b.dataset.{group})")

    def pixel(self, x, y, side="ours"):
        """The colour on the screen of a place of the page that is shown [pt from the trim's corner]."""
        at = self.value(f"""(() => {{ let s = document.querySelector('.page.on .{side} svg.pic'), m = s.getScreenCTM();
            return [m.a * {x} + m.e, m.d * {y} + m.f] }})()""")
        image = Image.open(io.BytesIO(self.browser.screenshot(box=(int(at[0]), int(at[1]), 1, 1)))).convert("RGB")
        return image.getpixel((0, 0))

    def assertColor(self, color, wanted, tolerance=12):
        self.assertTrue(all(abs(a - b) <= tolerance for a, b in zip(color, wanted)), f"{color}, not {wanted}")


WORD_MIDDLE = ((WORD[0] + WORD[2]) / 2, (WORD[1] + WORD[3]) / 2)
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


class Keys(Reports):
    def test_findings(self):
        self.open("words")
        self.assertEqual(self.state(), ["f1", "page-1"])
        for wanted in (["f2", "page-1"], ["f3", "page-2"], ["f4", "page-2"], ["f5", "page-2"], ["f6", "page-3"], ["f7", "page-3"], ["f7", "page-3"]):
            self.browser.key("j")
            self.assertEqual(self.state(), wanted)
        self.assertIn("NotoSerif-Bold is not embedded", self.value("document.querySelector('.live').textContent"))
        self.browser.key("k")
        self.assertEqual(self.state(), ["f6", "page-3"])
        self.assertEqual(self.value("document.querySelector('.finding.on').getAttribute('aria-current')"), "true")
        self.assertEqual(self.value("document.querySelectorAll('.mark.on').length"), 2)
        self.assertEqual(self.value("location.hash"), "#f6")

    def test_pages(self):
        self.open("words")
        self.browser.key("n")
        self.browser.key("n")
        self.assertEqual(self.state()[1], "page-3")
        self.browser.key("n")
        self.assertEqual(self.state()[1], "page-3", "there are three pages")
        self.browser.key("p")
        self.assertEqual(self.state()[1], "page-2")
        self.assertEqual(self.value("[...document.querySelectorAll('.rail [aria-current]')].map(a => a.dataset.page)"), ["2"])
        self.assertEqual(self.shown(".page"), 1)
        self.browser.click(".rail a[data-page='1']")
        self.assertEqual(self.state()[1], "page-1")

    def test_views(self):
        self.open("words")
        for key, view in zip("2341", ("over", "diff", "boxes", "side")):
            self.browser.key(key)
            self.assertEqual(self.value("document.body.dataset.view"), view)
            self.assertEqual(self.pressed("view"), [view])
        self.assertNotEqual(self.browser.place(".page.on .sample .paper")[0], self.browser.place(".page.on .ours .paper")[0])
        self.browser.key("4")
        self.assertEqual(self.browser.place(".page.on .sample .paper"), self.browser.place(".page.on .ours .paper"))

    def test_help(self):
        self.open("words")
        self.assertFalse(self.value("document.querySelector('.help').open"))
        self.browser.key("?")
        self.assertTrue(self.value("document.querySelector('.help').open"))
        self.browser.key("j")
        self.assertEqual(self.state()[0], "f1", "what lies under the help does not move")
        self.browser.key("Escape")
        self.assertFalse(self.value("document.querySelector('.help').open"))
        self.browser.click("[data-do=help]")
        self.browser.click(".help button")
        self.assertFalse(self.value("document.querySelector('.help').open"))

    def test_every_key_of_the_help_does_something(self):
        self.open("words")
        keys = self.value("[...document.querySelectorAll('.help dt kbd')].map(k => k.textContent)")
        self.assertEqual(keys, ["j", "k", "n", "p", "1", "2", "3", "4", "\u2423", "+", "\u2212", "0", "b", "?", "Esc"])
        look = """(() => { let b = document.body.dataset, t = document.querySelector('.table'); return [location.hash, b.view, b.show,
            (document.querySelector('.page.on') || {}).id, t.className, document.querySelector('.help').open,
            document.querySelector('.page.on .stage').style.getPropertyValue('--wide')].join() })()"""
        for key in ("j", "k", "n", "p", "2", "1", "3", "4", " ", "+", "-", "0", "b", "?", "Escape"):
            before = self.value(look)
            self.browser.key(key)
            self.assertNotEqual(self.value(look), before, f"the key {key!r}")

    def test_boxes(self):
        self.open("words")
        self.assertEqual(self.shown(".mark .box"), 4)
        self.browser.key("b")
        self.assertEqual(self.shown(".mark .box"), 0)
        self.assertEqual(self.value("document.querySelector('[data-do=boxes]').getAttribute('aria-pressed')"), "false")
        self.browser.click("[data-do=boxes]")
        self.assertEqual(self.shown(".mark .box"), 4)

    def test_keys_of_the_browser_stay(self):
        self.open("words")
        self.browser.page("Input.dispatchKeyEvent", type="keyDown", key="j", modifiers=2, windowsVirtualKeyCode=74)
        self.assertEqual(self.state()[0], "f1")


class Views(Reports):
    def test_side_by_side(self):
        self.open("words")
        self.browser.key("b")
        self.assertColor(self.pixel(*WORD_MIDDLE, side="sample"), RED)
        self.assertColor(self.pixel(*WORD_MIDDLE, side="ours"), BLUE)

    def test_overlay_fades(self):
        self.open("words")
        self.browser.key("b")
        self.browser.key("2")
        self.assertColor(self.pixel(*WORD_MIDDLE), (128, 0, 128))
        self.value("document.querySelector('#mix').focus()")
        for _ in range(10):
            self.browser.key("ArrowRight")
        self.assertColor(self.pixel(*WORD_MIDDLE), (102, 0, 153))
        self.value("(m => { m.value = 0; m.dispatchEvent(new Event('input', {bubbles: true})) })(document.querySelector('#mix'))")
        self.assertColor(self.pixel(*WORD_MIDDLE), RED)

    def test_overlay_wipes(self):
        self.open("words")
        self.browser.key("b")
        self.browser.key("2")
        self.browser.click("[data-way=wipe]")
        self.assertEqual(self.pressed("way"), ["wipe"])
        self.assertColor(self.pixel(*WORD_MIDDLE), BLUE)  # it is in the left half
        x, y, width, height = self.browser.place(".page.on .ours .paper")
        self.browser.mouse(x + width / 2, y + height * 0.8, to=(x + width * 0.1, y + height * 0.8))
        self.assertAlmostEqual(int(self.value("document.querySelector('#mix').value")), 10, delta=1)
        self.assertColor(self.pixel(*WORD_MIDDLE), RED)

    def test_difference(self):
        self.open("words")
        self.browser.key("b")
        self.browser.key("3")
        self.assertColor(self.pixel(*WORD_MIDDLE), (0, 255, 25))  # white less the difference of red and blue
        self.assertColor(self.pixel(300, 580), (242, 242, 242))  # the same grey in both
        self.assertColor(self.pixel(300, 400), (230, 230, 230))

    def test_blink(self):
        self.open("words")
        self.browser.key("b")
        self.browser.click("button[data-view=diff]")
        for color, show in ((RED, "sample"), (BLUE, "ours"), (RED, "sample")):
            self.browser.key(" ")
            self.assertColor(self.pixel(*WORD_MIDDLE), color)
            self.assertEqual(self.pressed("show"), [show])
        self.browser.click("button[data-show=both]")
        self.assertColor(self.pixel(*WORD_MIDDLE), (0, 255, 25))
        self.browser.key("2")
        self.browser.key(" ")
        self.assertColor(self.pixel(*WORD_MIDDLE), RED)
        self.browser.key(" ")
        self.assertColor(self.pixel(*WORD_MIDDLE), BLUE)

    def test_space_presses_a_focused_button(self):
        self.open("words")
        self.value("document.querySelector('button[data-view=boxes]').focus()")
        self.browser.key(" ")
        self.assertEqual(self.value("document.body.dataset.view"), "boxes")

    def test_changes(self):
        self.open("words", fragment="#f3")
        self.browser.key("4")
        self.assertEqual(self.shown(".page.on .sample .pic"), 0)
        self.assertEqual(self.shown(".page.on .ours .pic"), 1)
        self.assertEqual(self.shown(".page.on .mark.old"), 3, "also that of what is missing")
        dashes = [self.value(f"getComputedStyle(document.querySelector('.page.on .mark.{c} .box')).strokeDasharray") for c in ("old", "new")]
        self.assertNotEqual(dashes[0], "none")
        self.assertEqual(dashes[1], "none")

    def test_boxes_are_where_the_words_are(self):
        """The block of the picture is measured on the screen, and the box around it."""
        for zoom in ("fit", "1", "2"):
            self.open("words")
            self.browser.click(f"[data-zoom='{zoom}']")
            self.browser.key("4")
            self.browser.key("b")
            image = Image.open(io.BytesIO(self.browser.screenshot())).convert("RGB")
            table = [int(v) for v in self.browser.place(".table")]
            view = image.crop((table[0], table[1], min(table[0] + table[2], 1440), min(table[1] + table[3], 900)))
            mask = Image.eval(view.getchannel("R"), lambda v: 255 if v < 60 else 0)
            blue = Image.eval(view.getchannel("B"), lambda v: 255 if v > 200 else 0)
            seen = Image.composite(mask, Image.new("L", mask.size), blue).getbbox()
            self.browser.key("b")
            box = self.value("""(() => { let r = document.querySelector('.mark.new[data-finding="1"] .box');
                let b = r.getBBox(), m = r.getScreenCTM(); return [m.a * b.x + m.e, m.d * b.y + m.f, m.a * b.width, m.d * b.height, m.a] })()""")
            x0, y0, scale = box[0] + MARGIN * box[4] - table[0], box[1] + MARGIN * box[4] - table[1], box[4]
            x1, y1 = x0 + box[2] - 2 * MARGIN * scale, y0 + box[3] - 2 * MARGIN * scale
            for got, wanted in zip((x0, y0, x1, y1), seen):
                self.assertAlmostEqual(got, wanted, delta=1, msg=f"zoom {zoom}: {(x0, y0, x1, y1)} and {seen}")

    def test_zoom(self):
        self.open("words")
        self.browser.key("4")
        width = lambda: self.browser.place(".page.on .ours .pic")[2]
        table, paper = self.browser.place(".table"), self.browser.place(".page.on .ours .pic")
        self.assertGreater(paper[0], table[0])
        self.assertLess(paper[1] + paper[3], table[1] + table[3], "the whole page is seen")
        for zoom in (1, 2):
            self.browser.click(f"[data-zoom='{zoom}']")
            self.assertAlmostEqual(width(), WIDTH * 96 / 72 * zoom, delta=1)
            self.assertEqual(self.pressed("zoom"), [str(zoom)])
        self.browser.key("+")
        self.assertAlmostEqual(width(), WIDTH * 96 / 72 * 3, delta=1)
        self.browser.key("-")
        self.assertAlmostEqual(width(), WIDTH * 96 / 72 * 2, delta=1)
        mark, table = self.browser.place(".mark.new[data-finding='1'] .box"), self.browser.place(".table")
        self.assertTrue(table[0] <= mark[0] and mark[0] + mark[2] <= table[0] + table[2], "the finding stays in sight")
        self.browser.key("0")
        self.assertEqual(self.pressed("zoom"), ["fit"])

    def test_both_sides_scroll_alike(self):
        self.open("words", fragment="#f3")
        self.browser.click("[data-zoom='2']")
        look = "[...document.querySelectorAll('.page.on .paper')].map(p => [p.scrollLeft, p.scrollTop])"
        before = self.value(look)
        self.assertEqual(before[0], before[1])
        paper, mark = self.browser.place(".page.on .ours .paper"), self.browser.place(".mark.new[data-finding='3'] .box")
        self.assertTrue(paper[1] <= mark[1] and mark[1] + mark[3] <= paper[1] + paper[3], "the finding is in sight")
        self.value("document.querySelector('.page.on .sample .paper').scrollTop = 33")
        self.browser.settle()
        self.assertEqual([top for _, top in self.value(look)], [33, 33])
        self.browser.key("j")
        paper, mark = self.browser.place(".page.on .ours .paper"), self.browser.place(".mark.new[data-finding='4'] .box")
        self.assertTrue(paper[1] <= mark[1] and mark[1] + mark[3] <= paper[1] + paper[3])
        self.assertTrue(paper[0] <= mark[0] and mark[0] + mark[2] <= paper[0] + paper[2])
        self.browser.key("0")
        overflow = self.value("[...document.querySelectorAll('.page.on .paper')].map(p => p.scrollHeight - p.clientHeight)")
        self.assertEqual(overflow, [0, 0])

    def test_pages_of_other_sizes_and_orders(self):
        self.open("pages")
        self.assertEqual(self.value("document.querySelectorAll('.rail li').length"), 4)
        self.assertEqual(self.value("[...document.querySelectorAll('.page h2')].map(h => h.textContent)"),
                         ["Page 1", "Page 2, page 3 of the sample", "Page 3, page 2 of the sample", "Page 4 of the sample, missing here"])
        self.browser.key("j")
        self.assertEqual(self.state(), ["f2", "page-4"])
        self.assertEqual(self.shown(".page.on .sheet"), 1)
        self.assertEqual(self.value("[...document.querySelectorAll('[data-finding=\"5\"]')].map(m => [m.classList[1], m.closest('.page').id].join())"),
                         ["new,page-1", "old,page-2"], "what moved to another page stands on two")
        self.assertIn("page 1, page 3 of the sample", self.value("document.querySelector('#f5 .where').textContent"))
        self.browser.key("2")  # one side alone is shown whatever the view
        self.assertEqual(self.value("getComputedStyle(document.querySelector('.page.on .pic')).opacity"), "1")
        self.browser.key("3")
        self.browser.key("n")
        self.browser.key("p")
        self.assertEqual(self.shown(".page.on .pic"), self.shown(".page.on .sheet"))


class List(Reports):
    def test_filter(self):
        self.open("words")
        self.browser.click("[data-group=text]")
        self.assertEqual(self.shown(".finding"), 3)
        self.assertEqual(self.value("document.querySelector('#shown').textContent"), "3 / 7")
        self.assertEqual(self.shown(".page.on .mark"), 0, "page 1 has only text")
        self.browser.key("j")
        self.assertEqual(self.state()[0], "f3")
        self.browser.key("j")
        self.assertEqual(self.state()[0], "f5", "f4 is text")
        self.browser.click("[data-group=text]")
        self.assertEqual(self.shown(".finding"), 7)

    def test_a_click_on_a_finding_or_a_box(self):
        self.open("words")
        self.browser.click("#f6")
        self.assertEqual(self.state(), ["f6", "page-3"])
        self.browser.key("p")
        self.browser.click(".page.on .ours .mark[data-finding='4'] .box")
        self.assertEqual(self.state(), ["f4", "page-2"])

    def test_links_by_keyboard(self):
        self.open("words")
        self.value("document.querySelector('#f5 a').focus()")
        self.browser.key("Enter")
        self.assertEqual(self.state(), ["f5", "page-2"])

    def test_the_address_names_a_finding(self):
        self.open("words", fragment="#f6")
        self.assertEqual(self.state(), ["f6", "page-3"])
        self.open("words", fragment="#page-2")
        self.assertEqual(self.state()[1], "page-2")
        self.open("words", fragment="#f99")
        self.assertEqual(self.shown(".page"), 1)

    def test_the_selected_finding_is_in_sight(self):
        self.open("many")
        for _ in range(40):
            self.browser.key("j")
        for _ in range(20):
            self.browser.key("k")
        head, finding = self.browser.place(".list-head"), self.browser.place(".finding.on")
        self.assertGreaterEqual(finding[1], head[1] + head[3] - 1, "not under the list's head")
        self.assertLessEqual(finding[1] + finding[3], 901)
        self.assertEqual(self.browser.place(".top")[1], 0, "the window itself has not scrolled")

    def test_layout(self):
        self.open("layout")
        self.assertEqual(self.value("[...document.querySelectorAll('.lines tbody th')].map(t => t.textContent)"),
                         ["page size", "left margin", "body text", "baseline grid", "folio"])
        self.assertEqual(self.value("document.querySelectorAll('.lines .differs').length"), 2)
        self.assertIn("2 of 5 properties", self.value("document.querySelector('h1').textContent").replace("properties differ", "properties"))

    def test_preflight(self):
        self.open("preflight")
        self.assertEqual(self.shown("button[data-view]"), 0)
        self.assertEqual(self.shown(".page.on .sheet"), 1)
        self.browser.key(" ")
        self.browser.key("2")
        self.assertEqual(self.value("document.body.dataset.view"), "boxes")
        self.browser.click("[data-group=warning]")
        self.assertEqual(self.shown(".finding"), 2)
        self.assertIn("convert it to CMYK", self.value("document.querySelector('#f1').textContent"))
        self.assertEqual(self.shown("[data-finding='1'] .box"), 2, "each of its places")
        self.assertIn("P0301", self.value("document.querySelector('#f1').textContent"))
        self.browser.click(".lines summary")
        self.assertIn("Ghostscript is not installed", self.value("document.querySelector('.lines .not-run').textContent"))


class Document(html.parser.HTMLParser):
    VOID = {"meta", "link", "input", "br", "img", "rect", "path", "image"}

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.targets, self.faults, self.tags = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.targets.append(attributes["href"][1:])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> within {self.open[-3:]}")
        else:
            self.open.pop()


class Whole(Reports):
    NAMES = ("words", "equal", "hostile", "layout", "preflight", "pages", "many")

    def test_markup(self):
        for name in self.NAMES:
            text = Shared.report(name).read_text(encoding="utf-8")
            page = Document(text)
            self.assertEqual(page.faults, [], name)
            self.assertEqual(page.open, [], name)
            self.assertEqual(len(page.ids), len(set(page.ids)), name)
            self.assertEqual(set(page.targets) - set(page.ids), set(), name)
            loads = [v for _, a in page.tags for k, v in a.items() if k in ("src", "href", "action") and not v.startswith(("#", "data:"))]
            self.assertEqual(loads, [], name)
            handlers = [k for _, a in page.tags for k in a if k.startswith("on") or k == "style"]
            self.assertEqual(handlers, [], name)

    def test_nothing_to_do_takes_no_script(self):
        self.open("equal")
        self.assertEqual(self.value("document.scripts.length"), 0)
        self.assertEqual(self.shown("image"), 4)
        self.assertIn("equals approved.pdf", self.value("document.title"))

    def test_hostile_texts_stay_texts(self):
        self.open("hostile")
        self.assertEqual(self.value("document.title"), '"a"&b.pdf differs from approved.pdf: 9 findings on 1 of 1 page')
        self.assertEqual(self.value("document.scripts.length"), 1)
        self.assertEqual(self.value("document.querySelectorAll('main img[src^=http], main b[onmouseover]').length"), 0)
        messages = self.value("[...document.querySelectorAll('.message')].map(m => m.textContent)")
        self.assertEqual(messages[0], "</script><script>document.title='taken'</script>")
        self.assertEqual(messages[2], "\"'><b onmouseover=alert(1)>&amp;&#x3c;")
        self.assertEqual(messages[3], "line paragraph end <!-- ]]> -->")
        self.assertNotRegex("".join(messages), "[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f]")
        for _ in range(9):
            self.browser.key("j")
        self.assertEqual(self.state()[0], "f9")

    def test_policy(self):
        """What would get in all the same could neither run nor load."""
        self.open("words")
        self.value("""(() => { let s = document.createElement('script'); s.textContent = 'window.taken = 1'; document.body.append(s);
            let i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i);
            let e = document.createElement('p'); e.innerHTML = '<b style="color:red" onclick="window.taken=2">x</b>'; document.body.append(e);
            e.firstChild.click(); return fetch('http://127.0.0.1:9/').catch(() => 0) })()""")
        self.browser.settle()
        self.assertEqual(self.value("typeof window.taken"), "undefined")
        self.assertEqual(self.value("getComputedStyle(document.querySelector('p b')).color"), "rgb(34, 34, 31)")
        self.assertGreaterEqual(len([e for e in self.browser.errors if "Content Security Policy" in e]), 4)
        self.browser.errors.clear()
        self.browser.requests.clear()

    def test_without_script(self):
        self.browser.without_script()
        self.open("words")
        self.assertEqual(self.shown(".finding"), 7)
        self.assertEqual(self.shown("image"), 6)
        self.assertGreater(self.shown(".mark .box"), 9)
        self.assertEqual(self.shown("button"), 0, "what needs the script is not there")

    def test_dense_pages(self):
        self.open("many")
        self.assertEqual(self.shown(".page.on .ours .mark text"), 1, "only what is selected has its number")
        self.open("words")
        self.assertEqual(self.shown(".page.on .ours .mark text"), 2)

    def test_many(self):
        self.open("many")
        self.assertEqual(self.shown(".finding"), 600)
        self.browser.key("k")
        self.browser.key("j")
        self.assertEqual(self.state()[0], "f2")

    def test_vietnamese(self):
        self.open("words", "vi")
        self.assertEqual(self.value("document.documentElement.lang"), "vi")
        self.assertEqual(self.value("document.title"), "bản tin tháng 5.pdf khác approved.pdf: 7 chỗ, ở 3 trong số 3 trang")
        self.assertIn("x 42,3 mm, y 52,9 mm", self.value("document.querySelector('#f1').textContent"))
        shown = self.value("document.querySelector('.tools').innerText + document.querySelector('.help').textContent")
        self.assertNotRegex(shown, r"\b(the|and|page|view|side|new)\b")


class Looks(Reports):
    def contrast(self, selector):
        colors = self.value(f"""(e => {{ let c = getComputedStyle(e).color, b = e; let bg;
            while (b && /rgba\\(.*, 0\\)|transparent/.test(bg = getComputedStyle(b).backgroundColor)) b = b.parentElement;
            return [c, bg] }})(document.querySelector({selector!r}))""")

        def luminance(color):
            channels = [int(v) / 255 for v in re.findall(r"\d+", color)[:3]]
            linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        lights = sorted(map(luminance, colors))
        return (lights[1] + 0.05) / (lights[0] + 0.05)

    def test_contrast_in_light_and_dark(self):
        backgrounds = []
        for scheme in ("light", "dark"):
            self.browser.media(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
            for name in ("words", "preflight", "layout"):
                self.open(name)
                for selector in ("h1", ".facts dt", ".message", ".where", ".kind", ".rank", "#f2 del", "#f1 del", "#f1 ins", ".about",
                                 ".tools button[aria-pressed=true]", ".tools button[aria-pressed=false]", ".filter button", ".rail .n",
                                 ".remedy", ".kind .number", "#f2.warning .kind", ".lines thead th", ".lines .state"):
                    if self.shown(selector):
                        self.assertGreaterEqual(self.contrast(selector), 4.5, f"{scheme} {name} {selector}")
            backgrounds.append(self.value("getComputedStyle(document.body).backgroundColor"))
        self.assertNotEqual(*backgrounds)

    def test_narrow(self):
        for width in (700, 380):
            self.browser.size(width, 900)
            for name in ("words", "preflight", "layout"):
                self.open(name)
                self.assertLessEqual(self.value("document.documentElement.scrollWidth"), width, f"{name} at {width}")
                self.assertEqual(self.value("scrollY"), 0, "the verdict is what is seen first")
                self.browser.key("j")
                self.browser.key("j")
            self.open("words")
            shots = os.environ.get("REPORT_SHOTS")
            if shots:
                self.browser.screenshot(pathlib.Path(shots, f"narrow-{width}.png"))

    def test_motion(self):
        self.open("words")
        name = "getComputedStyle(document.querySelector('.mark.on .box')).animationName"
        self.assertEqual(self.value(name), "none")
        self.browser.media()
        self.open("words")
        self.assertEqual(self.value(name), "found")

    def test_focus_is_seen(self):
        self.open("words")
        seen = []
        for _ in range(12):
            self.browser.key("Tab")
            seen.append(self.value("""(e => [e.tagName, e.matches(':focus-visible') && getComputedStyle(e).outlineStyle])(document.activeElement)"""))
        self.assertEqual({outline for _, outline in seen}, {"solid"}, seen)
        self.assertIn("BUTTON", {tag for tag, _ in seen})

    def test_screen_readers(self):
        """Everything that can be used has a name, and the boxes are not read besides the list."""
        for name in ("words", "preflight"):
            self.open(name)
            nodes = self.browser.page("Accessibility.getFullAXTree")["nodes"]
            roles = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"] and "role" in n]
            nameless = [r for r in roles if r[0] in ("button", "link", "image", "slider", "toolbar", "navigation", "dialog") and not r[1].strip()]
            self.assertEqual(nameless, [], name)
            self.assertEqual(self.value("document.querySelectorAll('[role=group]:not([aria-label])').length"), 0)
            links = [r[1] for r in roles if r[0] == "link"]
            self.assertFalse(any(re.fullmatch(r"\d+", link) for link in links), links)
            self.assertIn("main", {r[0] for r in roles})
            self.assertIn(("heading", "Findings " + ("7" if name == "words" else "4")), roles)

    def test_print(self):
        self.open("words")
        self.browser.key("3")
        self.browser.click("[data-group=rules]")
        data = self.browser.pdf()
        path = Shared.folder / "print.pdf"
        path.write_bytes(data)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        for wanted in ("7 findings on 3 of 3 pages", "a rule is missing", "Page 1", "Page 2", "Page 3", "CMYK 60 40 40 100"):
            self.assertIn(wanted, text)
        self.assertNotIn("Overlay", text)
        pictures = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
        self.assertEqual(len(re.findall(r"(?m)^ +\d+ +\d+ image", pictures)), 6, "both pictures of each page, whatever the view")


class Real(Reports):
    """A sample of ours, and the same with one tone mark lost."""
    @classmethod
    def setUpClass(cls):
        folder = Shared.folder / "real"
        shutil.copytree(ROOT / "samples/thanh-hoa-2024-04", folder)
        bundle = (folder / "bundle.json").read_text(encoding="utf-8")
        changed = bundle.replace("Phó Chủ", "Phó Chu", 1)
        assert changed != bundle
        (folder / "changed.json").write_text(changed, encoding="utf-8")
        for name in ("bundle", "changed"):
            subprocess.run([BANTIN, "render", folder / f"{name}.json", "-o", folder / f"{name}.pdf", "--quiet"], check=True)
        cls.run_ = subprocess.run([BANTIN, "check", folder / "changed.pdf", folder / "bundle.pdf", "--report", folder / "report"],
                                  capture_output=True, text=True)
        cls.report = folder / "report/index.html"

    def test_command(self):
        self.assertEqual(self.run_.returncode, 1, self.run_.stderr)
        self.assertEqual(os.listdir(self.report.parent), ["index.html"])
        self.assertIn("1 finding on 1 of 4 pages", self.run_.stdout)

    def test_the_box_holds_what_differs(self):
        self.browser.open(self.report)
        self.assertIn("has lost its tone mark", self.value("document.querySelector('.message').textContent"))
        self.browser.key("b")
        self.browser.key("3")
        self.browser.click("[data-zoom='2']")
        box = self.value("""(() => { let r = document.querySelector('.mark.new .box'), b = r.getBBox(),
            m = document.querySelector('.page.on .ours svg.pic').getScreenCTM();
            return [m.a * b.x + m.e, m.d * b.y + m.f, m.a * b.width, m.d * b.height] })()""")
        x, y, width, height = (int(v) for v in self.browser.place(".table"))
        image = Image.open(io.BytesIO(self.browser.screenshot(box=(x, y, width, height)))).convert("L")
        seen = Image.eval(image.crop((0, 60, width, height)), lambda v: 255 if v < 150 else 0)
        left, top, right, bottom = seen.getbbox()
        self.assertLess(right - left, 20)
        self.assertGreater(bottom - top, 3)
        self.assertTrue(box[0] <= x + left and x + right <= box[0] + box[2], (box, x + left, x + right))
        self.assertTrue(box[1] <= y + top + 60 and y + bottom + 60 <= box[1] + box[3], (box, y + top + 60, y + bottom + 60))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    TELL, BANTIN = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    unittest.main()
