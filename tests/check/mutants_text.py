"""Mutants of words: what they read, where they stand, how they are set."""
from mutants import (BLACK, MM, RICH, Found, box_in, colored, draw, font_named, glyphs, line, move_shows, move_word, mutant, paragraph,
                     pushed, remove_word, replace_word, set_face, shifted, sized, union, word, words_in, wrap_shows, wrap_word)
from pdfedit import Word, shown


# --- what they read ---

def changed(base, what, n, was, by, nth=0, keeps_place=True):
    @mutant(base, "text-changed", what)
    def change(edit):
        page = edit.page(n)
        found = word(page, was, nth)
        return Found(n, ours=replace_word(page, found, by, keeps_place), sample=found.box)


changed("vu-press", "one word", 2, "xưởng", "vùng")
changed("vu-press", "a tone mark", 2, "quật", "quất")
changed("vu-screen", "a tone mark, on a screen's file", 2, "giải", "giái")
changed("vu-press", "a circumflex less", 2, "lập", "lạp")
changed("vu-press", "a horn less", 2, "mượn,", "muọn,")
changed("vu-press", "d for đ", 5, "đồng", "dồng")
changed("vu-press", "a capital", 2, "Chiều", "chiều")
changed("vu-press", "a digit in a table", 5, "18,4", "18,9")
changed("vu-press", "a digit in a table's total", 5, "1.330", "1.380")
changed("vu-press", "a comma of a number made a point", 5, "64,2", "64.2")
changed("vu-press", "a minus made a plus", 5, "-3,7", "+3,7", 0, False)
changed("vu-press", "a digit of the issue's number", 1, "10/2025", "11/2025")
changed("vu-press", "a word of the first headline", 1, "xong", "hết", 2)
changed("vu-press", "a letter of the masthead", 1, "gặt", "gạt")
changed("vu-press", "a comma for a full stop", 2, "mới.", "mới,")
changed("vu-press", "a word, and the rest of its line moves on", 2, "cơm", "cơm-canh", 0, False)
changed("vu-screen", "a folio", 3, "3", "8")
changed("thanh-press", "a word of an article", 2, "phụ", "phù", 1)


@mutant("vu-press", "text-changed", "two words swapped")
def change(edit):
    page = edit.page(2)
    one, other = word(page, "nồi"), word(page, "canh")
    assert one.show is other.show and one.end + 1 == other.begin
    show, (begin, middle), (second, end) = one.show, one.atoms, other.atoms
    atoms = show.atoms
    page.split(show, begin, end, lambda _: shown(atoms[second:end] + atoms[middle:second] + atoms[begin:middle]))
    return Found(2, ours=union((one.box, other.box)))


@mutant("vu-press", "text-changed", "a tone mark, among places that are off by a hundredth of a point", options=())
def change(edit):
    """What each pixel of an edge shows of that never outranks a word."""
    page = edit.page(2)
    found = word(page, "xuân:")
    box = replace_word(page, found, "xuấn:")
    page.look()
    for show in reversed(page.shows):
        page.replace(show.index, show.index, [("Tm", [*show.matrix[:4], show.matrix[4] + 0.01, show.matrix[5] - 0.01])] if show.at else [])
    page.look()
    return Found(2, ours=box, sample=found.box)


@mutant("vu-press", "text-new", "a word more, at a paragraph's end")
def change(edit):
    page = edit.page(2)
    last = words_in(page, line(page, "hàng dọc là tên người."))[-1]
    show = last.show
    width = page.advance(show, show.atoms[last.atoms[0]:last.atoms[1]])
    gap = 0.25 * show.state["size"]
    end = last.atoms[1]
    more = glyphs(page, show, "nữa.")
    page.split(show, end, end, lambda _: shown([pushed(show, gap), *more]))
    x = last.box[0] + width + gap
    return Found(2, ours=(x, last.box[1], x + page.advance(show, more), last.box[3]))


@mutant("vu-press", "text-new", "a line more, in the foot's margin")
def change(edit):
    page = edit.page(4)
    add_line(page, "Tin sau giờ in", 120.0, 741.0)
    page.look()
    return Found(4, ours=box_in(page, line(page, "Tin sau giờ in")))


def add_line(page, text, x, baseline, size=9.0, more=(), face="Serif-Regular"):
    name = font_named(page, face)
    data = b"".join(map(page.font(name).code, text))
    draw(page, [("k", BLACK), *more, ("BT", []), ("Tc", [0.0]), ("Tz", [100.0]), ("Tf", [name, size]),
                ("Td", [page.trim[0] + x, page.trim[3] - baseline]), ("Tj", [data]), ("ET", [])])


def gone(base, what, n, was, nth=0, keeps_place=True):
    @mutant(base, "text-gone", what)
    def change(edit):
        page = edit.page(n)
        found = word(page, was, nth)
        remove_word(page, found, keeps_place)
        return Found(n, sample=found.box)


gone("vu-press", "a word less", 2, "xoan")
gone("vu-press", "a word less, and the rest of its line closes up", 2, "vừng,", 0, False)
gone("vu-screen", "a table's cell emptied", 5, "12,3")
gone("vu-press", "a folio less", 7, "7")


@mutant("vu-press", "text-gone", "a line less")
def change(edit):
    page = edit.page(2)
    show = line(page, "tàu cá, người thợ hồ")
    box = box_in(page, show)
    page.replace(show.index, show.index + 1, [])
    return Found(2, sample=box)


@mutant("vu-press", "text-gone", "a paragraph less")
def change(edit):
    page = edit.page(2)
    shows = paragraph(page, "Cách làm không mới.")
    box = box_in(page, shows)
    for show in reversed(shows):
        page.replace(show.index, show.index + 1, [])
    return Found(2, sample=box)


# --- where they stand ---

def moved(base, what, n, find, right, down, kinds="text-moved"):
    """find: of a page to a word, or shows."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = find(page)
        if isinstance(found, Word):
            return Found(n, ours=move_word(page, found, right, down), sample=found.box, moved=(right, down))
        box = box_in(page, found)
        move_shows(page, found, right, down)
        return Found(n, ours=shifted(box, right, down), sample=box, moved=(right, down))


moved("vu-press", "a word 0.3 pt to the right", 2, lambda page: word(page, "xưởng"), 0.3, 0.0)
moved("vu-press", "a word 0.3 pt up", 2, lambda page: word(page, "xưởng"), 0.0, -0.3)
moved("vu-press", "a line 0.3 pt down", 2, lambda page: line(page, "gặt cho nhà tôi."), 0.0, 0.3)
moved("vu-press", "a line 0.3 pt to the left", 2, lambda page: line(page, "gặt cho nhà tôi."), -0.3, 0.0)
moved("vu-screen", "a block 1 pt down", 2, lambda page: paragraph(page, "Cách làm không mới."), 0.0, 1.0)
moved("vu-press", "a block 1 pt to the right", 2, lambda page: paragraph(page, "Cách làm không mới."), 1.0, 0.0)
moved("vu-press", "a quotation 0.5 pt up", 2, lambda page: paragraph(page, "“Thóc của nhà mình"), 0.0, -0.5)
moved("vu-press", "the masthead 2 mm down", 1, lambda page: line(page, "Mùa gặt"), 0.0, 2 * MM)
moved("vu-press", "a folio 1 mm outwards", 3, lambda page: line(page, "3"), 1 * MM, 0.0)
moved("vu-press", "a caption 0.4 pt down", 1, lambda page: line(page, "Gặt đổi công"), 0.0, 0.4)
moved("vu-press", "a number in a table 0.3 pt to the left", 5, lambda page: word(page, "22,6"), -0.3, 0.0)
moved("thanh-press", "a headline 0.3 pt down", 1, lambda page: line(page, "Hội LHPN tỉnh"), 0.0, 0.3)
moved("vu-press", "a word 0.15 pt to the right", 2, lambda page: word(page, "xưởng"), 0.15, 0.0, "")
moved("vu-press", "a word 0.1 pt up", 2, lambda page: word(page, "xưởng"), 0.0, -0.1, "")
moved("vu-press", "a line 0.1 pt down", 2, lambda page: line(page, "gặt cho nhà tôi."), 0.0, 0.1, "")
moved("vu-press", "a block 0.1 pt to the right", 2, lambda page: paragraph(page, "Cách làm không mới."), 0.1, 0.0, "")


def page_moved(what, n, right, down):
    @mutant("vu-press", "text-moved", what)
    def change(edit):
        page = edit.page(n)
        box = union(w.box for w in page.words if w.box[1] > 0 and w.box[3] < page.trim[3] - page.trim[1])
        page.ops = [("q", []), ("cm", [1, 0, 0, 1, right, -down]), *page.ops, ("Q", [])]
        return Found(n, ours=shifted(box, right, down), contains=True, moved=(right, down))


page_moved("the whole page 0.5 pt down", 11, 0.0, 0.5)
# Drawings of many like shapes, some of which come to lie where others were.
page_moved("the whole page 0.5 pt down, with its dancers", 10, 0.0, 0.5)
page_moved("the whole page 5 pt down and 2 pt to the right, with its dancers", 10, 2.0, 5.0)
page_moved("the whole page 0.3 pt down and 0.4 pt to the left, with its flowers", 9, -0.4, 0.3)


@mutant("vu-press", "text-moved", "a line letterspaced by 0.1 pt")
def change(edit):
    page = edit.page(2)
    show = line(page, "hàng dọc là tên người.")
    box = box_in(page, show)
    spacing = show.state["Tc"]
    wrap_shows(page, show, [("Tc", [spacing + 0.1])], [("Tc", [spacing])])
    return Found(2, ours=(box[0], box[1], box[2] + 0.1 * (len(show.text.rstrip()) - 1), box[3]))


@mutant("vu-press", "text-moved", "a word space 0.4 pt wider")
def change(edit):
    page = edit.page(2)
    show = line(page, "Thu Hiền")
    words = words_in(page, show)
    begin = words[1].atoms[0]
    page.split(show, begin, begin, lambda _: shown([pushed(show, 0.4)]))
    return Found(2, ours=shifted(words[1].box, 0.4), sample=words[1].box, moved=(0.4, 0.0))


@mutant("vu-press", "", "a line letterspaced by 0.002 pt")
def change(edit):
    page = edit.page(2)
    show = line(page, "hàng dọc là tên người.")
    wrap_shows(page, show, [("Tc", [show.state["Tc"] + 0.002])], [("Tc", [show.state["Tc"]])])
    return Found(2)


# --- how they are set ---

def resized(base, what, n, find, by, keeps_width=True, kinds="text-size"):
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = find(page)
        shows = found if isinstance(found, list) else [found]
        box = box_in(page, shows)
        if not keeps_width:
            size = shows[0].state["size"]
            box = union((w.box[0], w.box[1], w.show.matrix[4] - page.trim[0] + (w.box[2] - w.show.matrix[4] + page.trim[0]) * (size + by) / size, w.box[3])
                        for w in words_in(page, shows))
        wrap_shows(page, shows, *sized(by, keeps_width))
        return Found(n, ours=box)


resized("vu-press", "a line 0.1 pt larger, as wide", 2, lambda page: line(page, "gặt cho nhà tôi."), 0.1)
resized("vu-press", "a paragraph 0.1 pt smaller, as wide", 2, lambda page: paragraph(page, "Cách làm không mới."), -0.1)
resized("vu-press", "a caption 0.1 pt larger", 1, lambda page: line(page, "Gặt đổi công"), 0.1, False)
resized("vu-press", "a signature 0.1 pt smaller", 2, lambda page: line(page, "Thu Hiền"), -0.1, False)
resized("vu-press", "a line 0.02 pt larger, as wide", 2, lambda page: line(page, "gặt cho nhà tôi."), 0.02, True, "")


@mutant("vu-press", "text-size", "the first headline 0.1 pt larger, as wide")
def change(edit):
    page = edit.page(1)
    show = next(s for s in page.shows if s.state["size"] == 21.5)
    box = box_in(page, show)
    wrap_shows(page, show, *sized(0.1))
    return Found(1, ours=box)


@mutant("vu-press", "text-size", "a word 0.1 pt larger, as wide")
def change(edit):
    page = edit.page(2)
    found = word(page, "nhắn")
    before, after = sized(0.1)
    wrap_word(page, found, before(found.show), after(found.show))
    return Found(2, ours=found.box)


def faced(base, what, n, was, end):
    @mutant(base, "text-face", what)
    def change(edit):
        page = edit.page(n)
        found = word(page, was)
        return Found(n, ours=set_face(page, found, end))


faced("vu-press", "a word in bold", 2, "nhắn", "Serif-Bold")
faced("vu-press", "a word in italics", 2, "nhắn", "Serif-Italic")
faced("vu-press", "a word in the sans", 2, "nhắn", "Sans-Regular")
faced("vu-screen", "a table's number in bold", 5, "12,3", "Sans-Bold")


@mutant("vu-press", "text-face", "a subheading made light")
def change(edit):
    page = edit.page(2)
    boxes = []
    for found in words_in(page, line(page, "Bữa cơm giữa đồng")):
        page.look()
        found = next(w for w in page.words if w.text == found.text and abs(w.box[0] - found.box[0]) + abs(w.box[1] - found.box[1]) < 0.01)
        boxes.append(set_face(page, found, "Sans-Regular"))
    return Found(2, ours=union(boxes))


def painted(base, what, n, find, *ops, kinds="text-color"):
    """find: a word, or shows."""
    @mutant(base, kinds, what)
    def change(edit):
        page = edit.page(n)
        found = find(page)
        before, after = colored(*ops)
        if isinstance(found, Word):
            wrap_word(page, found, before(found.show), after(found.show))
            return Found(n, ours=found.box)
        box = box_in(page, found)
        wrap_shows(page, found, before, after)
        return Found(n, ours=box)


PARAGRAPH = lambda page: paragraph(page, "Cách làm không mới.")
WORD = lambda page: word(page, "nhắn")
painted("vu-press", "a paragraph in rich black", 2, PARAGRAPH, ("k", RICH))
painted("vu-press", "a paragraph in RGB black", 2, PARAGRAPH, ("rg", [0.0, 0.0, 0.0]))
painted("vu-press", "a paragraph in gray black", 2, PARAGRAPH, ("g", [0.0]))
painted("vu-press", "a line in 90 % black", 2, lambda page: line(page, "gặt cho nhà tôi."), ("k", [0.0, 0.0, 0.0, 0.9]))
painted("vu-press", "a word in the accent's colour", 2, WORD, ("k", [0.2, 1.0, 0.2, 0.12]))
painted("vu-press", "a paragraph that no longer overprints", 2, PARAGRAPH, ("gs", ["/G0"]))
painted("vu-press", "a subheading with 10 % less magenta", 2, lambda page: line(page, "Bữa cơm giữa đồng"), ("k", [0.2, 0.9, 0.2, 0.12]))
painted("vu-press", "a white word made black", 1, lambda page: line(page, "ĐỒNG BẰNG"), ("k", BLACK))
painted("vu-press", "a line in 99 % black", 2, lambda page: line(page, "gặt cho nhà tôi."), ("k", [0.0, 0.0, 0.0, 0.99]), kinds="")


@mutant("vu-press", "text-color", "a word with an outline, for bold")
def change(edit):
    page = edit.page(2)
    found = word(page, "nhắn")
    wrap_word(page, found, [("Tr", [2]), ("w", [0.3]), ("K", BLACK)], [("Tr", [0])])
    return Found(2, ours=found.box)


@mutant("vu-press", "text-color", "a headline in the registration colour")
def change(edit):
    page = edit.page(1)
    show = line(page, "của phụ nữ xứ Thanh")
    box = box_in(page, show)
    name = next(iter(page.pdf.value(page.pdf.get(page.held, "/Resources", "/ColorSpace"))))
    before, after = colored(("cs", [name]), ("scn", [1.0]))
    wrap_shows(page, show, before, after)
    return Found(1, ours=box)


def hidden(edit, mode=3):
    add_line(edit.page(4), "Tin sau giờ in", 120.0, 741.0, more=(("Tr", [mode]),))


@mutant("vu-press", "text-color text-new", "hidden words made visible", before=hidden)
def change(edit):
    page = edit.page(4)
    at = max(i for i, (operator, operands) in enumerate(page.ops) if operator == "Tr")
    page.ops[at] = ("Tr", [0])
    page.look()
    return Found(4, ours=box_in(page, line(page, "Tin sau giờ in")))
