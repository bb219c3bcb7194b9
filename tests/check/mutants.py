"""One-defect mutants of bantin's own files, each with what bantin-check must find first: the kind, the page, the place.

mutants_text.py, mutants_drawn.py and mutants_file.py hold them; here is what they share. A mutant's function changes an Edit and
returns what is to be found there. Those with no kinds are below the tolerance: nothing may be found.
"""
import collections

from pdfedit import MM, shown

# kinds: those that may be found first, the best first. page: or pages; None: any. ours, sample: the place in that file; None: not looked at.
# contains: the place found holds `ours`, and may be larger; within: it is a part of it. moved: (right, down) in pt.
Found = collections.namedtuple("Found", "page ours sample contains within moved", defaults=(None, None, False, False, None))
# base: the sample's name in test_mutants.py. before: changes the sample, and the mutant as well. options: of the check.
Mutant = collections.namedtuple("Mutant", "base kinds what change before options")
MUTANTS = []
RICH, BLACK = [0.6, 0.4, 0.4, 1.0], [0.0, 0.0, 0.0, 1.0]


def mutant(base, kinds, what, before=None, options=("--no-pixels",)):
    def keep(change):
        MUTANTS.append(Mutant(base, tuple(kinds.split()), what, change, before, options))
        return change
    return keep


def union(boxes):
    boxes = list(boxes)
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def shifted(box, right=0.0, down=0.0):
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


# --- words and lines ---

def word(page, text, nth=0):
    found = [w for w in page.words if w.text == text]
    assert len(found) > nth, (text, len(found))
    return found[nth]


def line(page, beginning):
    """The show that begins with these words."""
    found = [show for show in page.shows if show.text.strip().startswith(beginning)]
    assert found, beginning
    return found[0]


def paragraph(page, beginning):
    """All shows of the element that a line is of."""
    mark = line(page, beginning).mark
    return [show for show in page.shows if show.mark and show.mark[0] == mark[0]]


def words_in(page, shows):
    shows = shows if isinstance(shows, list) else [shows]
    return [w for w in page.words if any(w.show is show for show in shows)]


def box_in(page, shows):
    return union(w.box for w in words_in(page, shows))


def glyphs(page, show, text):
    codes = [page.code_of(show, letter) for letter in text]
    assert None not in codes, text
    return [(True, code) for code in codes]


def pushed(show, by):
    """An adjustment that moves what follows to the right [pt]."""
    return False, -by * 1000 / (show.state["size"] * show.state["Tz"] / 100)


def replace_word(page, found, text, keeps_place=True):
    """The box of what stands there then. keeps_place: the rest of the line stays where it was."""
    show, (begin, end) = found.show, found.atoms
    new = glyphs(page, show, text)
    width, was = page.advance(show, new), page.advance(show, show.atoms[begin:end])
    rest = [pushed(show, was - width)] if keeps_place else []
    assert not keeps_place or width < was + 0.1 * show.state["size"], "it would touch the next word"
    page.split(show, begin, end, lambda atoms: shown(new + rest))
    return found.box[0], found.box[1], found.box[0] + width, found.box[3]


def remove_word(page, found, keeps_place=True):
    show, (begin, end) = found.show, found.atoms
    width = page.advance(show, show.atoms[begin:end])
    if not keeps_place:
        end += 1  # the space behind it
    page.split(show, begin, end, lambda atoms: shown([pushed(show, width)]) if keeps_place else [])


def wrap_word(page, found, before, after):
    """Operators before and after a word."""
    page.split(found.show, *found.atoms, lambda atoms: [*before, *shown(atoms), *after])


def wrap_shows(page, shows, before, after):
    """Operators before and after each show; either may be a function of the show."""
    of = lambda ops, show: ops(show) if callable(ops) else ops
    for show in sorted(shows if isinstance(shows, list) else [shows], key=lambda s: -s.index):
        page.replace(show.index, show.index + 1, [*of(before, show), page.ops[show.index], *of(after, show)])


def move_shows(page, shows, right, down):
    """Every show of ours begins where its line does, so that Td moves it and nothing else."""
    shows = shows if isinstance(shows, list) else [shows]
    assert all(show.at for show in shows)
    wrap_shows(page, shows, [("Td", [right, -down])], [("Td", [-right, down])])


def move_word(page, found, right, down):
    show, (begin, end) = found.show, found.atoms
    rise = show.state["Ts"]
    page.split(show, begin, end, lambda atoms: [("Ts", [rise - down]), *shown([pushed(show, right), *atoms, pushed(show, -right)]), ("Ts", [rise])])
    return shifted(found.box, right, down)


def sized(by, keeps_width=True):
    """(before, after) that set a show larger by so much [pt], as wide as it was."""
    def before(show):
        state = show.state
        size = state["size"] + by
        stretch = state["Tz"] * state["size"] / size if keeps_width else state["Tz"]
        return [("Tf", [state["font"], size]), ("Tz", [stretch]), ("Tc", [state["Tc"] * state["Tz"] / stretch])]

    def after(show):
        state = show.state
        return [("Tf", [state["font"], state["size"]]), ("Tz", [state["Tz"]]), ("Tc", [state["Tc"]])]
    return before, after


def colored(*ops):
    """(before, after) that paint a show otherwise."""
    def after(show):
        gs = show.state["gs"]
        return [show.state["fill"], *([("gs", gs)] if gs else [])]
    return (lambda show: list(ops)), after


def font_named(page, end):
    """The resource of the face whose name ends so."""
    fonts = page.pdf.get(page.held, "/Resources", "/Font")
    return next(name for name in fonts if page.font(name).name.endswith(end))


def width_in(page, found, name):
    """How wide a word would be in the page's font of that name."""
    font, state = page.font(name), found.show.state
    codes = [font.code(letter) for letter in found.text]
    return sum(font.width(int.from_bytes(code, "big")) * state["size"] + state["Tc"] for code in codes) * state["Tz"] / 100


def set_face(page, found, end):
    """A word in another face; its box."""
    show, (begin, end_atom) = found.show, found.atoms
    name = font_named(page, end)
    font = page.font(name)
    codes = [font.code(letter) for letter in found.text]
    state = show.state
    width = width_in(page, found, name)
    was = page.advance(show, show.atoms[begin:end_atom])
    page.split(show, begin, end_atom, lambda atoms: [("Tf", [name, state["size"]]), *shown([(True, code) for code in codes]),
                                                     ("Tf", [state["font"], state["size"]]), *shown([pushed(show, was - width)])])
    return found.box[0], found.box[1], found.box[0] + width, found.box[3]


# --- what is drawn ---

def thing(page, kind, x, y):
    """The thing of a kind whose box begins there, to a point."""
    found = [t for t in page.things if t.kind == kind and abs(t.box[0] - x) < 1 and abs(t.box[1] - y) < 1]
    assert found, (kind, x, y, [t for t in page.things if t.kind == kind])
    return found[0]


def repaint(page, found, op):
    """Fills or strokes with another colour, and then as before."""
    which = "stroke" if found.kind == "stroke" else "fill"
    page.replace(found.begin, found.end, [op, *page.ops[found.begin:found.end], found.state[which]])


def re_of(page, found):
    index = next(i for i in range(found.begin, found.end) if page.ops[i][0] == "re")
    return index, list(page.ops[index][1])


def set_re(page, found, left=0.0, top=0.0, right=0.0, bottom=0.0):
    """Moves the sides of a rectangle outwards [pt]; its new box."""
    index, (x, y, width, height) = re_of(page, found)
    page.ops[index] = ("re", [x - left, y - bottom, width + left + right, height + top + bottom])
    return found.box[0] - left, found.box[1] - top, found.box[2] + right, found.box[3] + bottom


def draw(page, ops):
    """At the end of a page, in a state of its own."""
    page.ops += [("BMC", ["/Artifact"]), ("q", []), *ops, ("Q", []), ("EMC", [])]


def rectangle(page, x, y, width, height):
    """The operands of re for a place."""
    return [page.trim[0] + x, page.trim[3] - y - height, width, height]


def mm(value):
    return value * MM
