"""What a rule is, and the file that rules look at.

A rule has a number that stays, a source, a title and a level: a fault, a warning, or a note of what a printer may want to know.
Sources: "PDF/X-4" is ISO 15930-7 by the matter that the rule stands under there; "PDF/A" and "PDF" what PDF/X-4 leans on;
"shops" what printers ask for beyond it; "ours" what a press file of bantin promises."""
import collections, functools

import content, reader

FAULT, WARNING, NOTE = "fault", "warning", "note"
Rule = collections.namedtuple("Rule", "number source title level check")
RULES = {}


def rule(number, source, title, level=FAULT):
    """Registers a function that takes a Document and yields what it finds, a sentence each."""
    def keep(check):
        assert number not in RULES, number
        RULES[number] = Rule(number, source, title, level, check)
        return check
    return keep


class Document(reader.Pdf):
    @functools.cached_property
    def raw(self):
        with open(self.path, "rb") as file:
            return file.read()

    @functools.cached_property
    def readings(self):
        """content.Reader of each page."""
        fonts = {}
        return [content.Reader(self, number, page, fonts) for number, page in enumerate(self.pages, 1)]

    @functools.cached_property
    def marks(self):
        """All that is seen of any page."""
        return [mark for reading in self.readings for mark in reading.marks if mark.box]

    def of(self, *kinds):
        return (mark for mark in self.marks if mark.kind in kinds)

    @functools.cached_property
    def fonts(self):
        """Those that text is shown in."""
        return {mark.font.reference: mark.font for reading in self.readings for mark in reading.marks if mark.kind == "text"}.values()

    def box(self, page, name):
        """Four numbers, or None for what is no box."""
        box = self.get(page, "/" + name)
        if isinstance(box, list) and len(box) == 4 and all(isinstance(v, (int, float)) for v in box):
            return tuple(map(float, box))
        return None

    def box_around(self, mark, name="BleedBox"):
        """A box of the mark's page; where it has none that it could break, everywhere."""
        return self.box(self.pages[mark.page - 1], name) or content.EVERYWHERE

    def spaces(self):
        """(where, colour space) of all that the file holds, whether it is used or not."""
        for entry in self.dictionaries():
            for key in ("/ColorSpace", "/CS"):
                held = self.value(entry.get(key))
                if isinstance(held, dict):
                    yield from ((f"{key} {name}", self.value(space)) for name, space in held.items())
                elif held is not None:
                    yield key, held
        for reading in self.readings:
            for mark in reading.marks:
                if mark.color[0] is not None:
                    yield f"page {mark.page}{mark.where}", mark.color[0]


def about(mark):
    """Where a mark is, for a message."""
    text = ""
    if mark.kind == "text":
        text = " “" + "".join(mark.font.texts.get(code, "?") for code in mark.codes)[:30] + "”"
    box = " ".join(f"{v:.2f}" for v in mark.box) if mark.box else "unseen"
    return f"page {mark.page}{mark.where}: {mark.kind}{text} at [{box}]"


def judge(path, numbers=None):
    """[(rule, sentence)] of a file; None for numbers: all rules."""
    document = Document(path)
    return [(held, sentence) for number, held in sorted(RULES.items()) if not numbers or number in numbers
            for sentence in held.check(document)]
