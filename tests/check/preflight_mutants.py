"""One-defect mutants for the rules of preflight: what each rule must find, where, and no other rule may.

A mutant is made from a base that no rule finds anything in: a small file for the press, or one for the screen, written by hand
(pdf_writer.py)."""
import collections, io, zlib

from PIL import Image

from pdf_writer import MM, TRIM, File, Page, numbers, profile, rect

# page and place: where the rule must find it; 0: in the file as a whole. also: rules that may find it too. within: the place
# need only lie within it.
Mutant = collections.namedtuple("Mutant", "rule what profile also within make")
MUTANTS = []
COATED = "press-coated"


def mutant(rule, what, also=(), profile=COATED, within=False):
    def keep(make):
        MUTANTS.append(Mutant(rule, what, profile, set(also), within, make))
        return make
    return keep


def press_base(n_pages=2):
    """Text, a tint through the bleed, a rule, crop marks."""
    pages = [Page() for _ in range(n_pages)]
    pdf = File(pages)
    pdf.spaces["All"] = "[/Separation /All /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>]"
    for page in pages:
        b = page.bleed
        page.fill("0.1 0 0.2 0 k", b[0], b[1], b[2] - b[0], b[3] - b[1])
        page.text(100, 380, 10, "0 0 0 1 k", "Sample")
        page.draw("/Over gs 0 0 0 1 K 0.5 w 100 370 m 200 370 l S")
        page.draw("/All CS 1 SCN 0.25 w 10 40 m 25 40 l S 40 10 m 40 25 l S")
    return pdf


def screen_base():
    pages = [Page(bleed=0, margin=0) for _ in range(6)]
    pdf = File(pages, "1.7")
    for page in pages:
        page.bleed = page.trim = None
        page.text(100, 380, 10, "0 0 0 rg", "Sample", "Knock")
    tree = pdf.add("<< /Type /StructTreeRoot >>")
    item = len(pdf.objects) + 2
    outlines = pdf.add(f"<< /Type /Outlines /First {item} 0 R /Last {item} 0 R /Count 1 >>")
    pdf.add(f"<< /Title (Sample) /Parent {outlines} >>")
    pdf.catalog.update({"MarkInfo": "<< /Marked true >>", "StructTreeRoot": tree, "Lang": "(vi)", "Outlines": outlines})
    return pdf


BASES = {COATED: press_base, "screen": screen_base}


def spot(pdf, name, ink):
    pdf.spaces[name] = f"[/Separation /{ink} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>]"


def icc(pdf, name, space, n):
    pdf.spaces[name] = f"[/ICCBased {pdf.add(f'/N {n}', profile(space))}]"


def ppi_picture(pdf, ppi, side=72, **about):
    pdf.add_picture("P", round(side * ppi / 72), round(side * ppi / 72), **about)
    return pdf.pages[0].picture("P", 100, 200, side, side)


# --- P01: boxes ---

@mutant("P0101", "no TrimBox on any page")
def _(pdf):
    for page in pdf.pages:
        page.ops.pop()  # the crop marks
        page.trim = page.bleed = None
    return 1, (0, 0, *size_of(pdf.pages[0].media))


def size_of(box):
    return box[2] - box[0], box[3] - box[1]


@mutant("P0102", "an ArtBox beyond the bleed")
def _(pdf):
    pdf.pages[1].art = (20, 40, 340, 440)
    return 2, pdf.pages[1].place(*pdf.pages[1].art)


@mutant("P0102", "a BleedBox beyond the media", {"P0103"})
def _(pdf):
    page = pdf.pages[1]
    page.media = tuple(page.bleed[i] + (1 if i < 2 else -1) for i in range(4))
    page.ops.pop()
    return 2, page.place(*page.media)


@mutant("P0103", "a bleed of 5 pt")
def _(pdf):
    pdf.pages[1].bleed = tuple(value + (-5 if i < 2 else 5) for i, value in enumerate(TRIM))
    return 2, pdf.pages[1].place(*TRIM)


@mutant("P0103", "no BleedBox, and the media ends at the trim")
def _(pdf):
    page = pdf.pages[0]
    page.ops.pop()
    page.bleed, page.media = None, TRIM
    return 1, page.place(*TRIM)


@mutant("P0104", "a tint that ends at the trim")
def _(pdf):
    return 1, pdf.pages[0].fill("0 0.2 0.1 0 k", 40, 200, 60, 40)


@mutant("P0104", "a picture that ends 1 mm beyond the trim")
def _(pdf):
    pdf.add_picture("P", 300, 300)
    return 1, pdf.pages[0].picture("P", 340 + MM - 72, 100, 72, 72)


@mutant("P0104", "a rule that ends 0.2 mm within the trim")
def _(pdf):
    return 2, pdf.pages[1].draw("/Over gs 0 0 0 1 K 1 w 100 40.5 m 100 100 l S", (99.5, 40.5, 100.5, 100))


@mutant("P0105", "a page 2 pt narrower")
def _(pdf):
    pdf.pages.append(pdf.pages[0])
    page = Page((42, 40, 340, 440))
    page.ops = pdf.pages[0].ops
    pdf.pages[1] = page
    return 2, page.place(*page.trim)


@mutant("P0105", "the same on the screen", profile="screen")
def _(pdf):
    page = pdf.pages[2]
    page.media = (40, 40, 340, 430)
    return 3, page.place(*page.media)


@mutant("P0106", "a CropBox around the marks")
def _(pdf):
    pdf.pages[1].crop = (5, 5, 375, 475)
    return 2, pdf.pages[1].place(5, 5, 375, 475)


@mutant("P0107", "a UserUnit of 1.1")
def _(pdf):
    for page in pdf.pages:
        page.unit = 1.1
    return 1, (0, 0, 330, 440)


@mutant("P0108", "a page upside down")
def _(pdf):
    pdf.pages[1].rotate = 180
    return 2, (0, 0, 300, 400)


@mutant("P0109", "a page with nothing on it")
def _(pdf):
    pdf.pages.append(Page())
    return 3, pdf.pages[2].place(*TRIM)


@mutant("P0110", "a TrimBox within the page", profile="screen")
def _(pdf):
    for page in pdf.pages:
        page.trim = (60, 60, 320, 420)
    return 1, pdf.pages[0].place(*TRIM)


# --- P02: fonts ---

@mutant("P0201", "a font that is not embedded")
def _(pdf):
    pdf.fonts["F2"] = pdf.font("Box-Other", is_embedded=False)
    return 2, pdf.pages[1].text(100, 300, 12, "0 0 0 1 k", font="F2")


@mutant("P0201", "the same on the screen", profile="screen")
def _(pdf):
    pdf.fonts["F2"] = pdf.font("Box-Other", is_embedded=False)
    return 2, pdf.pages[1].text(100, 300, 12, "0 0 0 rg", font="F2", state="Knock")


@mutant("P0202", "a Type 3 font")
def _(pdf):
    glyph = pdf.add("", b"500 0 50 0 450 500 d1 50 0 400 500 re f")
    pdf.fonts["F3"] = pdf.add(f"<< /Type /Font /Subtype /Type3 /Name /Squares /FontBBox [0 -200 500 800] /FontMatrix [0.001 0 0 0.001 0 0]"
                              f" /CharProcs << /A {glyph} >> /Encoding << /Differences [65 /A] >> /FirstChar 65 /LastChar 65 /Widths [500]"
                              f" /Resources << >> >>")
    pdf.pages[0].text(100, 300, 12, "0 0 0 1 k", "AAA", font="F3")
    return 1, None


@mutant("P0203", "glyphs named by number")
def _(pdf):
    names = " ".join(f"/g{i:03}x" for i in range(32, 127))
    pdf.fonts["F4"] = pdf.font("AAAAAB+Box-Nameless", encoding=f"<< /Type /Encoding /Differences [32 {names}] >>")
    return 1, pdf.pages[0].text(100, 300, 12, "0 0 0 1 k", font="F4")


# --- P03: colour ---

@mutant("P0301", "text in RGB")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 12, "1 0 0 rg", state="Knock")


@mutant("P0301", "an area in RGB")
def _(pdf):
    return 2, pdf.pages[1].fill("0 0.5 0 rg", 100, 200, 50, 20)


@mutant("P0301", "a line in RGB")
def _(pdf):
    return 1, pdf.pages[0].draw("/Knock gs 0 0 1 RG 1 w 100 200 m 200 200 l S", (100, 199.5, 200, 200.5))


@mutant("P0301", "a shading in RGB")
def _(pdf):
    held = pdf.add("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >>")
    pdf.shadings["Sh"] = held
    return 1, pdf.pages[0].draw(f"/Knock gs {rect(100, 200, 50, 20)} W n 50 0 0 20 100 200 cm /Sh sh", (100, 200, 150, 220))


@mutant("P0301", "a stencil in RGB")
def _(pdf):
    pdf.add_picture("P", 1000, 400, n=1, bits=1, space=None, extra="/ImageMask true")
    return 1, pdf.pages[0].draw("/Knock gs 1 0 0 rg 50 0 0 20 100 200 cm /P Do", (100, 200, 150, 220))


@mutant("P0301", "text in RGB within a form within a form")
def _(pdf):
    fonts = f"/Resources << /Font << /F1 {pdf.fonts['F1']} >> >>"
    inner = pdf.add(f"/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Matrix [1 0 0 1 20 30] {fonts}",
                    b"q 1 0 0 rg BT /F1 12 Tf 80 70 Td (Sample) Tj ET Q")
    pdf.pictures["Outer"] = pdf.add(f"/Type /XObject /Subtype /Form /BBox [0 0 400 500] /Resources << /XObject << /Inner {inner} >> >>", b"/Inner Do")
    pdf.pages[0].draw("/Knock gs 1 0 0 1 0 100 cm /Outer Do")
    return 1, pdf.pages[0].place(100, 200 - 0.2 * 12, 136, 200 + 0.8 * 12)


@mutant("P0302", "text in ICC RGB")
def _(pdf):
    icc(pdf, "C", b"RGB ", 3)
    return 1, pdf.pages[0].text(100, 300, 12, "/C cs 1 0 0 scn", state="Knock")


@mutant("P0302", "an area in CalRGB")
def _(pdf):
    pdf.spaces["C"] = "[/CalRGB << /WhitePoint [0.9505 1 1.089] >>]"
    return 1, pdf.pages[0].fill("/C cs 0.2 0.4 0.6 scn", 100, 200, 50, 20)


@mutant("P0302", "an area in Lab")
def _(pdf):
    pdf.spaces["C"] = "[/Lab << /WhitePoint [0.9642 1 0.8249] /Range [-100 100 -100 100] >>]"
    return 1, pdf.pages[0].fill("/C cs 50 20 30 scn", 100, 200, 50, 20)


@mutant("P0303", "text in DeviceGray")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 12, "0 g")


@mutant("P0303", "an area in ICC gray")
def _(pdf):
    icc(pdf, "C", b"GRAY", 1)
    return 1, pdf.pages[0].fill("/C cs 0.5 scn", 100, 200, 50, 20)


@mutant("P0304", "10 pt in four inks")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 10, "0.4 0.3 0.3 1 k", state="Knock")


@mutant("P0304", "10 pt in three inks without black")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 10, "1 0.95 0.95 0 k", state="Knock")


@mutant("P0305", "24 pt in two inks")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 24, "0.5 0 0 1 k", state="Knock")


@mutant("P0306", "black text that knocks out")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 12, "0 0 0 1 k", state="Knock")


@mutant("P0306", "black text whose zeros knock out (OPM 0)")
def _(pdf):
    pdf.states["Zeros"] = "/OP true /op true /OPM 0"
    return 2, pdf.pages[1].text(100, 300, 12, "0 0 0 1 k", state="Zeros")


@mutant("P0307", "a crop mark on the page")
def _(pdf):
    return 1, pdf.pages[0].draw("/All CS 1 SCN 0.5 w 100 200 m 120 200 l S", (100, 199.75, 120, 200.25))


@mutant("P0308", "a spot colour")
def _(pdf):
    spot(pdf, "S", "PANTONE#20227#20C")
    return 1, pdf.pages[0].fill("/S cs 1 scn", 100, 200, 50, 20)


@mutant("P0308", "the same on the screen", profile="screen")
def _(pdf):
    spot(pdf, "S", "PANTONE#20227#20C")
    return 2, pdf.pages[1].fill("/S cs 1 scn", 100, 200, 50, 20)


@mutant("P0309", "three spot colours", {"P0308"})
def _(pdf):
    for i, ink in enumerate(("Red", "Blue", "Gold")):
        spot(pdf, f"S{i}", ink)
        pdf.pages[0].fill(f"/S{i} cs 1 scn", 100, 200 + 30 * i, 50, 20)
    return 0, None


@mutant("P0310", "white text that overprints")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 12, "0 0 0 0 k")


@mutant("P0310", "no ink of a spot colour, overprinting", {"P0308"})
def _(pdf):
    spot(pdf, "S", "Gold")
    return 1, pdf.pages[0].fill("/S cs 0 scn", 100, 200, 50, 20, state="Over")


@mutant("P0311", "an area in ICC CMYK")
def _(pdf):
    icc(pdf, "C", b"CMYK", 4)
    return 1, pdf.pages[0].fill("/C cs 0.2 0.1 0 0 scn", 100, 200, 50, 20)


# --- P04: text ---

@mutant("P0401", "white text of 6 pt")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 6, "0 0 0 0 k", state="Knock")


@mutant("P0402", "text of 7 pt in two inks")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 7, "1 0.5 0 0 k", state="Knock")


@mutant("P0403", "text 2 mm from the trim")
def _(pdf):
    return 1, pdf.pages[0].text(40 + 2 * MM, 300, 10, "0 0 0 1 k")


@mutant("P0403", "text that the trim cuts")
def _(pdf):
    return 2, pdf.pages[1].text(330, 300, 10, "0 0 0 1 k")


@mutant("P0404", "text in rendering mode 3")
def _(pdf):
    return 1, pdf.pages[0].text(100, 300, 12, "0 0 0 1 k", extra="3 Tr")


# --- P05: pictures ---

@mutant("P0501", "120 ppi")
def _(pdf):
    return 1, ppi_picture(pdf, 120)


@mutant("P0501", "60 ppi on the screen", profile="screen")
def _(pdf):
    return 1, ppi_picture(pdf, 60)


@mutant("P0502", "200 ppi")
def _(pdf):
    return 1, ppi_picture(pdf, 200)


@mutant("P0503", "600 ppi")
def _(pdf):
    return 1, ppi_picture(pdf, 600)


@mutant("P0504", "1 bit at 400 ppi")
def _(pdf):
    return 1, ppi_picture(pdf, 400, space="/DeviceGray", n=1, bits=1)


@mutant("P0505", "1 bit at 600 ppi")
def _(pdf):
    return 1, ppi_picture(pdf, 600, space="/DeviceGray", n=1, bits=1)


@mutant("P0506", "a picture in RGB")
def _(pdf):
    return 1, ppi_picture(pdf, 300, space="/DeviceRGB", n=3)


@mutant("P0506", "an inline picture in RGB")
def _(pdf):
    data = bytes([200, 100, 50] * 64).hex()
    return 1, pdf.pages[0].draw(f"1.92 0 0 1.92 100 200 cm BI /W 8 /H 8 /CS /RGB /BPC 8 /F /AHx ID {data}> EI", (100, 200, 101.92, 201.92))


@mutant("P0504", "a stencil of 300 ppi")
def _(pdf):
    pdf.add_picture("P", 300, 300, n=1, bits=1, space=None, extra="/ImageMask true")
    return 2, pdf.pages[1].draw("/Over gs 0 0 0 1 k 72 0 0 72 100 200 cm /P Do", (100, 200, 172, 272))


@mutant("P0506", "a picture of colours from a table in RGB")
def _(pdf):
    return 1, ppi_picture(pdf, 300, space="[/Indexed /DeviceRGB 31 <" + "102030" * 32 + ">]", n=1)


@mutant("P0507", "a picture in ICC RGB")
def _(pdf):
    return 1, ppi_picture(pdf, 300, space=f"[/ICCBased {pdf.add('/N 3', profile(b'RGB '))}]", n=3)


@mutant("P0508", "JPEG 2000 in PDF/X-3")
def _(pdf):
    set_pdfx(pdf, "PDF/X-3:2003")
    out = io.BytesIO()
    Image.new("L", (300, 300), 200).save(out, "JPEG2000")
    return 1, ppi_picture(pdf, 300, space="/DeviceGray", data=out.getvalue(), filter="/JPXDecode")


def set_pdfx(pdf, name):
    pdf.info["GTS_PDFXVersion"], pdf.xmp["pdfxid:GTS_PDFXVersion"] = f"({name})", name


# --- P06: lines ---

@mutant("P0601", "a line of width 0")
def _(pdf):
    return 1, pdf.pages[0].draw("/Over gs 0 0 0 1 K 0 w 100 200 m 200 200 l S", (100, 200, 200, 200))


@mutant("P0601", "the same on the screen", profile="screen")
def _(pdf):
    return 1, pdf.pages[0].draw("0 0 0 RG 0 w 100 200 m 200 200 l S", (100, 200, 200, 200))


@mutant("P0602", "a line of 0.2 pt")
def _(pdf):
    return 1, pdf.pages[0].draw("/Over gs 0 0 0 1 K 0.2 w 100 200 m 200 200 l S", (100, 199.9, 200, 200.1))


@mutant("P0602", "a box 0.15 pt high")
def _(pdf):
    return 1, pdf.pages[0].fill("0 0 0 1 k", 100, 200, 80, 0.15)


@mutant("P0603", "a line of 0.2 pt in two inks")
def _(pdf):
    return 1, pdf.pages[0].draw("/Knock gs 1 1 0 0 K 0.2 w 100 200 m 200 200 l S", (100, 199.9, 200, 200.1))


@mutant("P0603", "a white line of 0.2 pt")
def _(pdf):
    return 2, pdf.pages[1].draw("/Knock gs 0 0 0 0 K 0.2 w 100 200 m 200 200 l S", (100, 199.9, 200, 200.1))


# --- P07: ink ---

@mutant("P0701", "340 % on 60 pt × 60 pt", within=True)
def _(pdf):
    return 1, pdf.pages[0].fill("0.9 0.85 0.85 0.8 k", 100, 200, 60, 60)


@mutant("P0702", "310 % on 60 pt × 60 pt", within=True)
def _(pdf):
    return 2, pdf.pages[1].fill("0.9 0.8 0.8 0.6 k", 100, 200, 60, 60)


def turn(pdf, rotation):
    """All pages, so that they have one size; where user space is seen then."""
    for page in pdf.pages:
        page.rotate = rotation
    width, height = size_of(TRIM)
    turned = {90: lambda x0, y0, x1, y1: (height - y1, x0, height - y0, x1), 180: lambda x0, y0, x1, y1: (width - x1, height - y1, width - x0, height - y0),
              270: lambda x0, y0, x1, y1: (y0, width - x1, y1, width - x0)}[rotation]
    return lambda place: turned(*place)


for rotation in (90, 180, 270):
    @mutant("P0701", f"the same on pages turned by {rotation}°", {"P0108"}, within=True)
    def _(pdf, rotation=rotation):
        return 1, turn(pdf, rotation)(pdf.pages[0].fill("0.9 0.85 0.85 0.8 k", 60, 90, 60, 60))

    @mutant("P0301", f"text in RGB on pages turned by {rotation}°", {"P0108"})
    def _(pdf, rotation=rotation):
        return 1, turn(pdf, rotation)(pdf.pages[0].text(60, 90, 12, "1 0 0 rg", state="Knock"))


@mutant("P0701", "the same within a CropBox", {"P0106"}, within=True)
def _(pdf):
    for page in pdf.pages:
        page.crop = (20, 10, 370, 475)
    return 2, pdf.pages[1].fill("0.9 0.85 0.85 0.8 k", 60, 90, 45, 45)


@mutant("P0701", "the same in another unit", {"P0107"}, within=True)
def _(pdf):
    for page in pdf.pages:
        page.unit = 1.1
    return 2, tuple(1.1 * value for value in pdf.pages[1].fill("0.9 0.85 0.85 0.8 k", 60, 90, 45, 45))


@mutant("P0701", "the same where user space begins elsewhere", within=True)
def _(pdf):
    for page in pdf.pages:
        for name in ("media", "bleed", "trim"):
            setattr(page, name, tuple(value - 100 for value in getattr(page, name)))
        page.ops = ["1 0 0 1 -100 -100 cm", *page.ops]
    pdf.pages[0].fill("0.9 0.85 0.85 0.8 k", 60, 90, 45, 45)
    return 1, pdf.pages[0].place(-40, -10, 5, 35)


@mutant("P0701", "a picture of 380 %, and three spots", {"P0308", "P0309"}, within=True)
def _(pdf):
    for i, ink in enumerate(("Red", "Blue", "Gold")):
        spot(pdf, f"S{i}", ink)
        pdf.pages[1].fill(f"/S{i} cs 1 scn", 100, 100, 50, 50, state="Over")
    return 1, ppi_picture(pdf, 300, data=zlib.compress(bytes([240]) * (300 * 300 * 4)))


@mutant("P0701", "four inks that overprint one another", {"P0308", "P0309"}, within=True)
def _(pdf):
    for i, ink in enumerate(("Red", "Blue", "Gold")):
        spot(pdf, f"S{i}", ink)
        pdf.pages[1].fill(f"/S{i} cs 1 scn", 100, 100, 50, 50, state="Over")
    return 2, pdf.pages[1].fill("0 0 0 0.6 k", 100, 100, 50, 50, state="Over")


@mutant("P0701", "a page as large as a poster", {"P0105"}, within=True)
def _(pdf):
    pdf.pages.append(Page((40, 40, 5040, 4040)))
    return 3, pdf.pages[2].fill("0.9 0.85 0.85 0.8 k", 4000, 3000, 60, 60)


# --- P08: transparency ---

@mutant("P0801", "a transparent area in PDF/X-1a")
def _(pdf):
    set_pdfx(pdf, "PDF/X-1a:2003")
    pdf.states["Half"] = "/ca 0.5"
    return 1, pdf.pages[0].fill("0.2 0 0 0 k", 100, 200, 50, 20, state="Half")


@mutant("P0802", "a transparent area")
def _(pdf):
    pdf.states["Half"] = "/ca 0.5"
    return 1, pdf.pages[0].fill("0.2 0 0 0 k", 100, 200, 50, 20, state="Half")


@mutant("P0802", "a picture with a soft mask")
def _(pdf):
    pdf.add_picture("M", 300, 300, space="/DeviceGray", n=1)
    mask = pdf.pictures.pop("M")
    return 1, ppi_picture(pdf, 300, extra=f"/SMask {mask}")


@mutant("P0803", "a transparent area on a page that blends in RGB", {"P0802"})
def _(pdf):
    pdf.states["Half"] = "/ca 0.5"
    pdf.pages[0].group = "/Group << /Type /Group /S /Transparency /CS /DeviceRGB >>"
    pdf.pages[0].fill("0.2 0 0 0 k", 100, 200, 50, 20, state="Half")
    return 1, pdf.pages[0].place(*TRIM)


@mutant("P0804", "a layer")
def _(pdf):
    layer = pdf.add("<< /Type /OCG /Name (Notes) >>")
    pdf.catalog["OCProperties"] = f"<< /OCGs [{layer}] /D << /Order [{layer}] >> >>"
    return 0, None


# --- P09: what the file says of itself ---

@mutant("P0901", "no output intent")
def _(pdf):
    pdf.intents = []
    return 0, None


@mutant("P0902", "the profile of a screen")
def _(pdf):
    pdf.intents[0]["profile"] = profile(b"RGB ")
    return 0, None


@mutant("P0903", "no profile")
def _(pdf):
    pdf.intents[0]["profile"] = None
    return 0, None


@mutant("P0904", "the condition of uncoated paper")
def _(pdf):
    pdf.intents[0]["condition"] = "FOGRA47"
    return 0, None


@mutant("P0905", "no PDF/X")
def _(pdf):
    del pdf.info["GTS_PDFXVersion"], pdf.xmp["pdfxid:GTS_PDFXVersion"]
    return 0, None


@mutant("P0906", "no XMP")
def _(pdf):
    pdf.xmp = None
    return 0, None


@mutant("P0907", "another title in XMP")
def _(pdf):
    pdf.xmp["dc:title"] = pdf.xmp["dc:title"].replace("Sample", "Another")
    return 0, None


@mutant("P0908", "no title")
def _(pdf):
    del pdf.info["Title"], pdf.xmp["dc:title"]
    return 0, None


@mutant("P0909", "trapping not known")
def _(pdf):
    del pdf.info["Trapped"], pdf.xmp["pdf:Trapped"]
    return 0, None


@mutant("P0910", "no ID")
def _(pdf):
    pdf.has_id = False
    return 0, None


@mutant("P0911", "no tags", profile="screen")
def _(pdf):
    del pdf.catalog["StructTreeRoot"], pdf.catalog["MarkInfo"]
    return 0, None


@mutant("P0912", "no language", profile="screen")
def _(pdf):
    del pdf.catalog["Lang"]
    return 0, None


@mutant("P0913", "six pages without bookmarks", profile="screen")
def _(pdf):
    del pdf.catalog["Outlines"]
    return 0, None


@mutant("P0914", "an address that is only words", profile="screen")
def _(pdf):
    return 2, pdf.pages[1].text(100, 300, 12, "0 0 0 rg", "www.example.vn", "Knock")


# --- P10: what lies on top ---

def annotate(pdf, subtype, box, more=""):
    pdf.pages[0].annots.append(pdf.add(f"<< /Type /Annot /Subtype /{subtype} /Rect [{numbers(box)}] /F 4 {more} >>"))
    return 1, pdf.pages[0].place(*box)


@mutant("P1001", "a note on the page")
def _(pdf):
    return annotate(pdf, "Text", (100, 200, 120, 220), "/Contents (Look)")


@mutant("P1002", "a link on the page")
def _(pdf):
    return annotate(pdf, "Link", (100, 200, 150, 212), "/A << /S /URI /URI (https://example.vn) >>")


@mutant("P1003", "a form")
def _(pdf):
    field = pdf.add("<< /FT /Tx /T (Name) >>")
    pdf.catalog["AcroForm"] = f"<< /Fields [{field}] >>"
    return 0, None


@mutant("P1004", "a script")
def _(pdf):
    pdf.catalog["OpenAction"] = "<< /S /JavaScript /JS (app.beep\\(0\\)) >>"
    return 0, None


@mutant("P1005", "an attached file")
def _(pdf):
    held = pdf.add("/Type /EmbeddedFile", b"words")
    spec = pdf.add(f"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F {held} >> >>")
    pdf.catalog["Names"] = f"<< /EmbeddedFiles << /Names [(a.txt) {spec}] >> >>"
    return 0, None


# --- what no rule finds ---

Harmless = collections.namedtuple("Harmless", "what profile make")
HARMLESS = []


def harmless(what, profile=COATED):
    def keep(make):
        HARMLESS.append(Harmless(what, profile, make))
        return make
    return keep


@harmless("a picture of 300 ppi in CMYK")
def _(pdf):
    ppi_picture(pdf, 300)


@harmless("a picture of 1 bit at 1200 ppi")
def _(pdf):
    ppi_picture(pdf, 1200, space="/DeviceGray", n=1, bits=1)


@harmless("white text of 9 pt that knocks out")
def _(pdf):
    pdf.pages[0].text(100, 300, 9, "0 0 0 0 k", state="Knock")


@harmless("text 3.1 mm from the trim")
def _(pdf):
    pdf.pages[0].text(40 + 3.1 * MM, 300, 9, "0 0 0 1 k")


@harmless("a tint that ends 1 mm within the trim")
def _(pdf):
    pdf.pages[0].fill("0 0.2 0.1 0 k", 40 + MM, 200, 60, 40)


@harmless("300 % on a page, and 400 % on 5 mm × 5 mm")
def _(pdf):
    pdf.pages[0].fill("0.8 0.8 0.8 0.6 k", 100, 200, 60, 60)
    pdf.pages[0].fill("1 1 1 1 k", 200, 100, 5 * MM, 5 * MM)


@harmless("400 % in the marks beside the page")
def _(pdf):
    page = Page(margin=100)
    page.ops = pdf.pages[0].ops
    pdf.pages[0] = page
    page.fill("1 1 1 1 k", -55, 100, 60, 200)


@harmless("a hidden note, and one beside the page")
def _(pdf):
    annotate(pdf, "Text", (5, 5, 15, 15))
    pdf.pages[0].annots.append(pdf.add("<< /Type /Annot /Subtype /Text /Rect [100 200 120 220] /F 2 >>"))


@harmless("a printer's mark")
def _(pdf):
    annotate(pdf, "PrinterMark", (100, 200, 120, 220))


@harmless("a spot colour that is one of the four, and one of no ink")
def _(pdf):
    spot(pdf, "K", "Black")
    spot(pdf, "N", "None")
    pdf.pages[0].fill("/K cs 1 scn", 100, 200, 50, 20)
    pdf.pages[0].fill("/N cs 1 scn", 100, 240, 50, 20)


@harmless("text and a picture wholly beside the trim")
def _(pdf):
    page = Page(margin=100)
    page.ops = pdf.pages[0].ops
    pdf.pages[0] = page
    page.text(-40, 100, 10, "0 0 0 1 k")
    pdf.add_picture("P", 200, 200)
    page.picture("P", -50, 200, 48, 48)


@harmless("a group in RGB with nothing transparent in it")
def _(pdf):
    pdf.pages[0].group = "/Group << /Type /Group /S /Transparency /CS /DeviceRGB >>"


@harmless("a link over an address", "screen")
def _(pdf):
    pdf.pages[0].text(100, 300, 12, "0 0 0 rg", "www.example.vn", "Knock")
    annotate(pdf, "Link", (100, 297, 184, 310), "/A << /S /URI /URI (https://www.example.vn) >>")


@harmless("pages of RGB and gray", "screen")
def _(pdf):
    pdf.pages[0].fill("0.5 g", 100, 200, 60, 60)
    ppi_picture(pdf, 150, space="/DeviceRGB", n=3)
