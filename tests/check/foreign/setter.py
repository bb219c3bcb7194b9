"""Sets the designs whose producers set no paragraphs themselves (cairo, PostScript): lines broken as they come, in columns."""
from fontTools.ttLib import TTFont

FONTS = "/usr/share/fonts/truetype/"
FILES = {"LiberationSerif": "liberation2/LiberationSerif-Regular.ttf", "LiberationSerif-Bold": "liberation2/LiberationSerif-Bold.ttf",
         "LiberationSans": "liberation2/LiberationSans-Regular.ttf", "LiberationSans-Bold": "liberation2/LiberationSans-Bold.ttf",
         "NotoSerif": "noto/NotoSerif-Regular.ttf", "NotoSerif-Bold": "noto/NotoSerif-Bold.ttf"}
MM = 72 / 25.4


class Face:
    """A font file's widths and names of glyphs."""
    def __init__(self, name):
        self.name, self.path = name, FONTS + FILES[name]
        font = TTFont(self.path)
        self.em, self.names, self.metrics = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
        self.ascent = font["hhea"].ascent / self.em

    def width(self, text, size):
        return sum(self.metrics[self.names[ord(letter)]][0] for letter in text) * size / self.em


def lines_of(face, size, words, measure, indent):
    """[(words, where the line begins, whether it is the last)]"""
    lines, line, left = [], [], indent
    for word in words:
        if line and left + face.width(" ".join([*line, word]), size) > measure:
            lines.append((line, left, False))
            line, left = [], 0.0
        line.append(word)
    return lines + [(line, left, True)]


def set_pages(design, articles):
    """[[(face, size, x, baseline, word)]], in points from the top left corner. Every line stands on the grid."""
    page, margins, body = design["page"], design["margins"], design["body"]
    face, bold, title = (Face(design["faces"][role]) for role in ("body", "headline", "masthead"))
    size, leading = body["size"], body["leading"]
    n_columns, gutter = design["columns"], design["gutter"] * MM
    left, top = margins["left"] * MM, margins["top"] * MM
    measure = (page[0] * MM - left - margins["right"] * MM - gutter * (n_columns - 1)) / n_columns
    foot = (page[1] - margins["bottom"]) * MM
    first = top + face.ascent * size
    n_rows = int((foot - first + 0.5) / leading) + 1
    pages, at = [[]], [0, design["masthead"]["rows"]]
    pages[0].append((title, design["masthead"]["size"], left, top + title.ascent * design["masthead"]["size"], design["masthead"]["text"]))

    def next_row():
        if at[1] >= n_rows:
            at[0], at[1] = at[0] + 1, design["masthead"]["rows"] if len(pages) == 1 else 0
        if at[0] >= n_columns:
            pages.append([])
            at[0], at[1] = 0, 0
        at[1] += 1
        return left + at[0] * (measure + gutter), first + (at[1] - 1) * leading

    def put(face, size, words, x, y, begin, is_last):
        spare = measure - begin - face.width(" ".join(words), size)
        stretch = spare / (len(words) - 1) if design["justified"] and not is_last and len(words) > 1 else 0.0
        x += begin
        for word in words:
            pages[-1].append((face, size, x, y, word))
            x += face.width(word + " ", size) + stretch

    for headline, paragraphs in articles:
        if at[1] not in (0, design["masthead"]["rows"]):
            next_row()
        for words, begin, _ in lines_of(bold, design["headline"], headline.split(), measure, 0.0):
            x, y = next_row()
            put(bold, design["headline"], words, x, y, begin, True)
        for paragraph in paragraphs:
            for words, begin, is_last in lines_of(face, size, paragraph.split(), measure, design["indent"]):
                x, y = next_row()
                put(face, size, words, x, y, begin, is_last)
    for number, words in enumerate(pages, 1):
        words.append((face, 8.0, page[0] * MM / 2, (page[1] - margins["bottom"] / 2) * MM, str(number)))
    return pages


def postscript(design, articles):
    """A PostScript program: the faces by name, a letter a code. The codes of a face are the letters that are shown in it."""
    pages = set_pages(design, articles)
    letters = {}
    for page in pages:
        for face, _, _, _, word in page:
            letters.setdefault(face.name, (face, []))
            letters[face.name][1].extend(letter for letter in word if letter not in letters[face.name][1])
    width, height = design["page"][0] * MM, design["page"][1] * MM
    out = ["%!PS-Adobe-3.0", f"<< /PageSize [{width:.4f} {height:.4f}] >> setpagedevice"]
    for name, (face, shown) in letters.items():
        encoding = " ".join("/" + face.names[ord(letter)] for letter in shown)
        assert len(shown) <= 256
        out += [f"/{name} findfont dup length dict begin {{1 index /FID ne {{def}} {{pop pop}} ifelse}} forall",
                f"/Encoding [ {encoding} {'/.notdef ' * (256 - len(shown))}] def /F-{name} currentdict end definefont pop"]
    for page in pages:
        for face, size, x, y, word in page:
            codes = bytes(letters[face.name][1].index(letter) for letter in word)
            out.append(f"/F-{face.name} findfont {size} scalefont setfont {x:.4f} {height - y:.4f} moveto <{codes.hex()}> show")
        out.append("showpage")
    return "\n".join(out) + "\n"


def cairo_pdf(design, articles, path):
    import cairo
    surface = cairo.PDFSurface(str(path), design["page"][0] * MM, design["page"][1] * MM)
    surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "2024-06-01T00:00:00Z")
    at = cairo.Context(surface)
    for page in set_pages(design, articles):
        for face, size, x, y, word in page:
            family = face.name.split("-")[0].replace("Liberation", "Liberation ").replace("Noto", "Noto ")
            at.select_font_face(family, cairo.FONT_SLANT_NORMAL,
                                cairo.FONT_WEIGHT_BOLD if face.name.endswith("-Bold") else cairo.FONT_WEIGHT_NORMAL)
            at.set_font_size(size)
            at.move_to(x, y)
            at.show_text(word)
        at.show_page()
    surface.finish()
