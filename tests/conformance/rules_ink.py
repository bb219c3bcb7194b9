"""X4-50 to X4-69: transparency, colours, pictures: what the plates get."""
import struct

from reader import inflated
from rules import NOTE, about, rule

BLENDS = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn", "/HardLight",
          "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"}
PROCESS = {"/Cyan": 0, "/Magenta": 1, "/Yellow": 2, "/Black": 3}
MOST_INK = 3.2  # of a flat colour: 320 %
FEW_PIXELS, MANY_PIXELS = 149, 224  # an inch


def base_of(pdf, space):
    """What a colour space is in the end: a device's or another's name, or /Separation, /DeviceN, and what it stands on."""
    space = pdf.value(space)
    if isinstance(space, str):
        return {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}.get(space, space)
    if not isinstance(space, list) or not space:
        return str(space)
    kind = pdf.value(space[0])
    if kind == "/ICCBased":
        return {1: "/ICCBased gray", 3: "/ICCBased RGB", 4: "/ICCBased CMYK"}.get(pdf.get(space[1], "/N"), "/ICCBased")
    if kind in ("/Indexed", "/Pattern"):
        return base_of(pdf, space[1]) if len(space) > 1 else kind
    if kind in ("/Separation", "/DeviceN"):
        return f"{kind} {base_of(pdf, space[2])}"
    return kind


# --- transparency ---

@rule("X4-50", "PDF/X-4: transparency", "blend modes that the standard knows")
def blend_modes(pdf):
    for held in pdf.dictionaries():
        given = pdf.value(held.get("/BM"))
        for mode in given if isinstance(given, list) else [given]:
            if mode and mode not in BLENDS:
                yield f"blend mode {mode}"


def blends(mark):
    return mark.alpha < 1 or mark.has_mask or mark.blend not in ("/Normal", "/Compatible") or (mark.image and "/SMask" in mark.image[1])


@rule("X4-51", "PDF/X-4: transparency", "what is transparent is blended in CMYK: so says the group of each page that has any")
def page_groups(pdf):
    blended = {mark.page for mark in pdf.marks if blends(mark)}
    for number, page in enumerate(pdf.pages, 1):
        group = pdf.get(page, "/Group")
        if number in blended and base_of(pdf, (group or {}).get("/CS")) != "/DeviceCMYK":
            yield f"page {number} has something transparent, and its group is {group}"
    for held in pdf.dictionaries():
        if held.get("/S") == "/Transparency" and base_of(pdf, held.get("/CS", "/DeviceCMYK")) != "/DeviceCMYK":
            yield f"a group in {held['/CS']}"


# --- colours ---

@rule("X4-52", "ours: everything is in inks", "no RGB, no Lab, in pages, forms, pictures, groups or resources")
def no_rgb(pdf):
    for where, space in pdf.spaces():
        base = base_of(pdf, space)
        if any(word in base for word in ("RGB", "Lab", "/CalGray")):
            yield f"{where}: {base}"


@rule("X4-53", "shops", "no text or drawing in gray: black is an ink")
def no_gray(pdf):
    for mark in pdf.of("text", "fill", "stroke", "shading"):
        base = base_of(pdf, mark.color[0])
        if base in ("/DeviceGray", "/ICCBased gray"):
            yield f"{about(mark)} in {base}"


@rule("X4-54", "PDF/X-4: colour", "CMYK is the output's own: no CMYK by profile, no default spaces in its place")
def no_other_cmyk(pdf):
    for where, space in pdf.spaces():
        if "/ICCBased CMYK" in base_of(pdf, space):
            yield f"{where}: CMYK by a profile"
    for held in pdf.dictionaries():
        for key in ("/DefaultCMYK", "/DefaultRGB", "/DefaultGray"):
            if key in held:
                yield f"resources with {key}"


def is_black(mark, pdf):
    return mark.inks(pdf) == {"Black": 1}


@rule("X4-55", "shops", "black text overprints (op true, OPM 1)")
def black_overprints(pdf):
    for mark in pdf.of("text"):
        if is_black(mark, pdf) and mark.overprints != (True, 1):
            yield f"{about(mark)}: overprint {mark.overprints}"


@rule("X4-56", "shops", "nothing but black overprints: white would vanish, colours would mix")
def others_knock_out(pdf):
    for mark in pdf.of("text", "fill", "stroke", "image", "shading"):
        if mark.overprints[0] and not is_black(mark, pdf):
            yield f"{about(mark)}: {mark.color[0]} {mark.color[1]} overprints"


@rule("X4-57", "shops", "black text is black alone")
def no_rich_black(pdf):
    for mark in pdf.of("text"):
        inks = mark.inks(pdf) or {}
        if inks.get("Black", 0) >= 0.9 and len(inks) > 1 and "All" not in inks:
            yield f"{about(mark)}: {inks}"


@rule("X4-58", "PDF/X-4: spot colours", "a spot colour has a name, one equivalent in CMYK, and that of a process ink is the ink")
def separations(pdf):
    known = {}
    for where, space in pdf.spaces():
        if not isinstance(space, list) or pdf.value(space[0]) != "/Separation":
            continue
        name, equivalent, transform = space[1], base_of(pdf, space[2]), pdf.value(space[3])
        if len(name) < 2 or name == "/None" or equivalent != "/DeviceCMYK":
            yield f"{where}: {name} over {equivalent}"
        if known.setdefault(name, transform) != transform:
            yield f"{where}: {name} has two equivalents"
        solid = (transform or {}).get("/C1")
        if (transform or {}).get("/FunctionType") != 2 or transform.get("/N") != 1 or len(solid or []) != 4 or any(transform.get("/C0", [0])):
            yield f"{where}: {name} is not a straight line from paper: {transform}"
        elif name in PROCESS and solid != [float(i == PROCESS[name]) for i in range(4)]:
            yield f"{where}: {name} shows as {solid}"


@rule("X4-59", "shops", "flat colours have at most 320 % of ink")
def flat_ink(pdf):
    for mark in pdf.of("text", "fill", "stroke"):
        inks = mark.inks(pdf) or {}
        if sum(inks.values()) > MOST_INK and "All" not in inks:
            yield f"{about(mark)}: {sum(inks.values()) * 100:.0f} %"


# --- pictures ---

def components_of(data):
    """(components, bits) of a JPEG; None when it is none."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return data[at + 9], data[at + 4]
        else:
            at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return None


CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/Separation": 1, "/ICCBased": None}


@rule("X4-60", "PDF: pictures", "samples of 1, 2, 4 or 8 bits, as many as the colour space has inks")
def samples(pdf):
    for stream in pdf.streams():
        held = stream["dict"]
        if held.get("/Subtype") != "/Image" or held.get("/ImageMask"):
            continue
        what = f"a picture of {held.get('/Width')} by {held.get('/Height')}"
        if held.get("/BitsPerComponent") not in (1, 2, 4, 8):
            yield f"{what}: BitsPerComponent is {held.get('/BitsPerComponent')}"
            continue
        space = pdf.value(held.get("/ColorSpace"))
        n = CHANNELS.get(space if isinstance(space, str) else pdf.value(space[0]) if space else None)
        data, left = inflated(stream)
        if left == ["/DCTDecode"]:
            found = components_of(data)
            if not found or found[1] != 8 or (n and found[0] != n):
                yield f"{what}: a JPEG of {found} components and bits in {base_of(pdf, space)}"
        elif n:
            row = (held["/Width"] * n * held["/BitsPerComponent"] + 7) // 8
            size = held["/Height"] * (row + ((pdf.get(held, "/DecodeParms", "/Predictor") or 1) >= 10))
            if left or len(data) != size:
                yield f"{what}: {len(data)} bytes of samples, not {size}; still {left}"


@rule("X4-61", "PDF/A", "pictures are not smoothed by the reader")
def interpolation(pdf):
    for held in pdf.dictionaries():
        if held.get("/Subtype") == "/Image" and held.get("/Interpolate"):
            yield f"a picture of {held.get('/Width')} by {held.get('/Height')} with /Interpolate"


@rule("X4-62", "shops", "pictures have at least 149 pixels an inch")
def resolution(pdf):
    for mark in pdf.of("image"):
        if mark.ppi < FEW_PIXELS:
            yield f"{about(mark)}: {mark.ppi:.0f} pixels an inch"


@rule("X4-63", "shops", "pictures have 224 pixels an inch and more", NOTE)
def good_resolution(pdf):
    for mark in pdf.of("image"):
        if FEW_PIXELS <= mark.ppi < MANY_PIXELS:
            yield f"{about(mark)}: {mark.ppi:.0f} pixels an inch"
