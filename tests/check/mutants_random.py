"""Mutants at random places: a word, a line, a rule or an area of any page, changed by a random amount. A seed makes the same ones."""
import random

from mutants import (BLACK, RICH, Found, Mutant, box_in, colored, move_shows, move_word, remove_word, repaint, replace_word, set_face, set_re, shifted,
                     sized, width_in, wrap_shows, wrap_word)

BASES = ("vu-press", "vu-screen", "thanh-press", "thanh-screen")
TONES = dict(zip("aàáảãạeèéẻẽẹoòóỏõọuùúủũụ0123456789", "áảãạaàéẻẽẹeèóỏõọoòúủũụuù1234567890"))


def is_plain(page, word):
    """Within the trim, in one text show, of two letters at least, of a face with letters for others."""
    x0, y0, x1, y1 = word.box
    return len(word.text) > 1 and x0 > 5 and y0 > 5 and x1 < page.trim[2] - page.trim[0] - 5 and y1 < page.trim[3] - page.trim[1] - 5


def any_word(dice, page, wanted=lambda word: True):
    words = [w for w in page.words if is_plain(page, w) and wanted(w)]
    return dice.choice(words) if words else None


def amount(dice, least, most):
    return dice.choice((-1, 1)) * dice.uniform(least, most)


def letter(dice, edit, n, page):
    can = lambda w: any(c in TONES and page.code_of(w.show, TONES[c]) for c in w.text)
    found = any_word(dice, page, can)
    at = dice.choice([i for i, c in enumerate(found.text) if c in TONES and page.code_of(found.show, TONES[c])])
    by = found.text[:at] + TONES[found.text[at]] + found.text[at + 1:]
    return ("text-changed",), f"{found.text} to {by}", Found(n, ours=replace_word(page, found, by), sample=found.box)


def less(dice, edit, n, page):
    found = any_word(dice, page)
    remove_word(page, found)
    return ("text-gone",), f"without {found.text}", Found(n, sample=found.box)


def moved(dice, edit, n, page):
    found = any_word(dice, page)
    right, down = dice.choice(((amount(dice, 0.3, 1.5), 0.0), (0.0, amount(dice, 0.3, 1.5))))
    return ("text-moved",), f"{found.text} by {right:.2f}, {down:.2f}", Found(n, ours=move_word(page, found, right, down), sample=found.box, moved=(right, down))


def column(page, show):
    """The lines of a show's element that stand in one column with it: those of another are told by themselves."""
    return [s for s in page.shows if s is show or s.mark and show.mark and s.mark[0] == show.mark[0] and abs(s.matrix[4] - show.matrix[4]) < 60]


def is_whole(page, show):
    """Nothing else stands on its line: a note's mark would stay behind."""
    return not any(other is not show and abs(other.matrix[5] - show.matrix[5]) < 5 and abs(other.matrix[4] - show.matrix[4]) < 220 for other in page.shows)


def line_moved(dice, edit, n, page):
    found = any_word(dice, page, lambda w: all(is_whole(page, show) for show in column(page, w.show)))
    shows = column(page, found.show) if dice.random() < 0.5 else [found.show]
    right, down = amount(dice, 0.3, 5.0), amount(dice, 0.0, 5.0)
    box = box_in(page, shows)
    move_shows(page, shows, right, down)
    return ("text-moved",), f"{found.show.text[:20]} and {len(shows) - 1} lines by {right:.2f}, {down:.2f}", Found(n, ours=shifted(box, right, down), sample=box, moved=(right, down))


def resized(dice, edit, n, page):
    found = any_word(dice, page)
    by = amount(dice, 0.1, 0.6)
    before, after = sized(by)
    wrap_word(page, found, before(found.show), after(found.show))
    x0, y0, x1, y1 = found.box
    grown = lambda y: found.baseline + (y - found.baseline) * (1 + by / found.show.state["size"])
    return ("text-size",), f"{found.text} by {by:.2f} pt", Found(n, ours=(x0, grown(y0), x1, grown(y1)))


def room(page, word):
    """How wide a word may be and stand clear of the next."""
    behind = [w.box[0] for w in page.words if abs(w.baseline - word.baseline) < 3 and w.box[0] > word.box[0]]
    return min(behind, default=page.trim[2] - page.trim[0]) - word.box[0] - 2


def faced(dice, edit, n, page):
    fonts = page.pdf.get(page.held, "/Resources", "/Font")
    def others(word):
        return [name for name in fonts if name != word.show.state["font"] and all(page.font(name).code(c) for c in word.text)
                and width_in(page, word, name) < room(page, word)]
    found = any_word(dice, page, lambda w: bool(others(w)))
    end = page.font(dice.choice(others(found))).name
    return ("text-face",), f"{found.text} in {end}", Found(n, ours=set_face(page, found, end))


def painted(dice, edit, n, page):
    op = dice.choice((("k", RICH), ("g", [0.0]), ("rg", [0.0, 0.0, 0.0]), ("k", [0.0, 0.0, 0.0, 0.9]), ("k", [1.0, 0.0, 0.0, 0.0]), ("k", BLACK)))
    found = any_word(dice, page, lambda w: w.show.state["fill"] != op)
    before, after = colored(op)
    if dice.random() < 0.5:
        wrap_word(page, found, before(found.show), after(found.show))
        return ("text-color",), f"{found.text} {op}", Found(n, ours=found.box)
    if not is_whole(page, found.show):
        found = any_word(dice, page, lambda w: w.show.state["fill"] != op and is_whole(page, w.show))
    box = box_in(page, found.show)
    wrap_shows(page, found.show, before, after)
    return ("text-color",), f"{found.show.text[:20]}... {op}", Found(n, ours=box)


def rectangles(page):
    """Those within the page that are seen: white is not."""
    return [t for t in page.things if t.kind == "rectangle" and t.box[0] > 0 and t.box[1] > 0 and any(t.state["fill"][1])]


def side(dice, edit, n, page):
    found = dice.choice(rectangles(page))
    width, height = found.box[2] - found.box[0], found.box[3] - found.box[1]
    kind = "rule" if min(width, height) <= 4.0 else "area"
    by = amount(dice, 0.3, 3.0)
    way = dice.randrange(2)
    sides = ({"left": -by, "right": by}, {"top": -by, "bottom": by})[way]
    return (f"{kind}-moved",), f"{kind} {found.box} by {by:.2f} {('right', 'down')[way]}", Found(n, ours=set_re(page, found, **sides), sample=found.box)


def recolored(dice, edit, n, page):
    found = dice.choice(rectangles(page))
    kind = "rule" if min(found.box[2] - found.box[0], found.box[3] - found.box[1]) <= 4.0 else "area"
    op = dice.choice((("k", [0.0, 0.0, 0.0, 0.35]), ("rg", [0.4, 0.1, 0.7]), ("k", [0.9, 0.3, 0.0, 0.1])))
    repaint(page, found, op)
    return (f"{kind}-color",), f"{kind} {found.box} {op}", Found(n, ours=found.box)


WAYS = (letter, less, moved, line_moved, resized, faced, painted, side, recolored)


def make(seed):
    """A Mutant of a seed; what exactly it is is known when it is made."""
    dice = random.Random(seed)
    base, way = dice.choice(BASES), WAYS[seed % len(WAYS)]

    def change(edit):
        n = dice.randint(1, len(edit.base.pages))
        kinds, what, found = way(dice, edit, n, edit.page(n))
        change.kinds, change.what = kinds, f"page {n}, {what}"
        return found
    return Mutant(base, ("random",), f"random {seed}: {way.__name__}", change, None, ("--no-pixels",))
