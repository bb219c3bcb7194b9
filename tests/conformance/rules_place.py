"""X4-70 to X4-89: where things are: within the bleed or outside it, off the trim, and how fine they are."""
from rules import NOTE, WARNING, about, rule
import content

MM = 72 / 25.4
NEAR = 0.02  # [pt]; places are written in thousandths
FINE, FINEST = 0.25, 0.1  # the thinnest lines of more than one ink, and of one [pt]
SMALL = 8  # the smallest text in white or of more than one ink [pt]
SAFE = 3 * MM  # from the trim to text
TOUCHES = 0.3 * MM  # what ends this near to the trim was meant to reach it


def is_inside(box, outer, by=NEAR):
    return box[0] >= outer[0] - by and box[1] >= outer[1] - by and box[2] <= outer[2] + by and box[3] <= outer[3] + by


def is_outside(box, other):
    return box[0] >= other[2] - NEAR or box[1] >= other[3] - NEAR or box[2] <= other[0] + NEAR or box[3] <= other[1] + NEAR


@rule("X4-70", "shops", "nothing crosses the bleed's edge: pages end there, marks begin there")
def crossings(pdf):
    for mark in pdf.marks:
        bleed = pdf.box_around(mark)
        if not is_inside(mark.box, bleed) and not is_outside(mark.box, bleed):
            yield f"{about(mark)} crosses {bleed}"


@rule("X4-71", "PDF/UA; ours", "what stands outside the bleed is an artifact")
def outside(pdf):
    for mark in pdf.marks:
        bleed = pdf.box_around(mark)
        if is_outside(mark.box, bleed) and not is_inside(mark.box, bleed) and not mark.is_artifact:
            yield about(mark)


@rule("X4-72", "shops", "nothing is cut off by the sheet")
def cut_off(pdf):
    for mark in pdf.marks:
        if not is_inside(mark.box, pdf.box_around(mark, "MediaBox")):
            yield about(mark)


@rule("X4-73", "shops", "registration colour is for marks outside the bleed alone")
def registration(pdf):
    for mark in pdf.marks:
        bleed = pdf.box_around(mark)
        if "All" in (mark.inks(pdf) or {}) and not is_outside(mark.box, bleed):
            yield about(mark)


def is_line(mark):
    """A stroke, or a filled box that is one."""
    if mark.kind == "stroke":
        return True
    return mark.kind == "fill" and mark.thickness < FINE and max(mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]) > 4 * FINE


def too_fine(pdf, is_drawing):
    """Lines of pages, or of the drawings on them, that do not hold in register, or do not print at all."""
    for mark in pdf.of("stroke", "fill"):
        inks = mark.inks(pdf)
        if bool(mark.depth) != is_drawing or not is_line(mark) or inks is None:
            continue
        if mark.thickness < (FINEST if list(inks) not in ([], ["All"]) and len(inks) == 1 else FINE) - 0.001:
            yield f"{about(mark)}: {mark.thickness:.3f} pt of {inks or 'white'}"


@rule("X4-74", "shops", "lines of more than one ink, or in white, are at least 0.25 pt, others 0.1 pt")
def fine_lines(pdf):
    yield from too_fine(pdf, False)


@rule("X4-75", "shops", "so are lines in drawings", NOTE)
def fine_drawings(pdf):
    yield from too_fine(pdf, True)


@rule("X4-76", "shops", "text stands at least 3 mm within the trim", WARNING)
def near_the_trim(pdf):
    for mark in pdf.of("text"):
        trim = pdf.box_around(mark, "TrimBox")
        safe = (trim[0] + SAFE, trim[1] + SAFE, trim[2] - SAFE, trim[3] - SAFE)
        if not is_outside(mark.box, pdf.box_around(mark)) and not is_inside(mark.box, safe):
            yield about(mark)


@rule("X4-77", "shops", "text in white or of more than one ink has at least 8 pt", NOTE)
def small_text(pdf):
    for mark in pdf.of("text"):
        inks = mark.inks(pdf)
        if inks is not None and len(inks) != 1 and mark.size < SMALL - 0.01:
            yield f"{about(mark)}: {mark.size:.1f} pt of {inks or 'white'}"


@rule("X4-78", "shops", "what reaches the trim reaches through the bleed")
def reaches_the_bleed(pdf):
    for mark in pdf.of("fill", "image", "shading"):
        page = pdf.pages[mark.page - 1]
        trim, bleed = pdf.box(page, "TrimBox") or content.EVERYWHERE, pdf.box_around(mark)
        if not is_inside(mark.box, bleed):
            continue
        for side, sign in ((0, 1), (1, 1), (2, -1), (3, -1)):
            inside, end = (mark.box[side] - trim[side]) * sign, (mark.box[side] - bleed[side]) * sign
            if inside < TOUCHES and end > NEAR and abs(trim[side] - bleed[side]) > NEAR:
                yield f"{about(mark)} ends {abs(inside) / MM:.2f} mm {'within' if inside > 0 else 'beyond'} the trim"


@rule("X4-79", "PDF: contents", "the contents of pages and forms can be followed to their end")
def contents(pdf):
    for reading in pdf.readings:
        yield from reading.faults
