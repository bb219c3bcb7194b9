"""The structure of a PDF: its elements, what each holds on the pages, and what is wrong with it."""
import collections, functools

import rules

ROWS = {"/THead", "/TBody", "/TFoot"}
BLOCKS = {"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/LBody", "/TD", "/TH"}
# What may stand directly in what; types that are not named may stand in any of BLOCKS.
PARENTS = {"/Document": {None}, "/LI": {"/L"}, "/Lbl": {"/LI", "/Note"}, "/LBody": {"/LI"}, "/TR": ROWS | {"/Table"}, "/TH": {"/TR"},
           "/TD": {"/TR"}, "/TOCI": {"/TOC"}, "/Caption": {"/Figure", "/Table", "/L", "/TOC"}, **{rows: {"/Table"} for rows in ROWS},
           **{inline: BLOCKS | {"/P", "/Caption", "/Figure", "/Note", "/Lbl", "/TOCI", "/Reference", "/Link", "/Span"} |
              {f"/H{n}" for n in range(1, 7)} for inline in ("/Span", "/Link", "/Reference")}}
HEADINGS = [f"/H{level}" for level in range(1, 7)]
SCOPES = {"/Row", "/Column", "/Both"}


class Element:
    """kids: Elements, (page, MCID) of sequences, references of annotations, in their order."""

    def __init__(self, pdf, reference, parent):
        self.reference, self.parent = reference, parent
        self.held = pdf.value(reference)
        self.type = self.held.get("/S")
        self.kids = []
        kids = self.held.get("/K", [])
        if isinstance(pdf.value(kids), list):
            kids = pdf.value(kids)
        for kid in kids if isinstance(kids, list) else [kids]:
            value = pdf.value(kid)
            if isinstance(value, int):
                self.kids.append((self.held.get("/Pg"), value))
            elif value.get("/Type") == "/MCR":
                self.kids.append((value.get("/Pg", self.held.get("/Pg")), value["/MCID"]))
            elif value.get("/Type") == "/OBJR":
                self.kids.append(value["/Obj"])
            else:
                self.kids.append(Element(pdf, kid, self))

    def walk(self):
        yield self
        for kid in self.elements():
            yield from kid.walk()

    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def sequences(self):
        return [kid for kid in self.kids if isinstance(kid, tuple)]

    def attribute(self, pdf, owner, name):
        attributes = pdf.value(self.held.get("/A"))
        for part in attributes if isinstance(attributes, list) else [attributes]:
            part = pdf.value(part)
            if isinstance(part, dict) and part.get("/O") == owner and name in part:
                return pdf.value(part[name])
        return None

    def __repr__(self):
        return f"{self.type[1:]} {self.reference.split()[0]}"


class Structure:
    def __init__(self, pdf):
        self.pdf = pdf
        self.root = pdf.get(pdf.root, "/StructTreeRoot") or {}
        top = self.root.get("/K")
        self.document = Element(pdf, top[0] if isinstance(top, list) else top, None)
        self.elements = list(self.document.walk())
        self.page_refs = [page["object"] for page in pdf.whole["pages"]]

    @functools.cached_property
    def marks(self):
        """{(page, MCID): [(its properties, mark)]}, and under None what is in artifacts."""
        found = collections.defaultdict(list)
        for reference, reading in zip(self.page_refs, self.pdf.readings):
            for mark in reading.marks:
                owners = [properties for _, properties in mark.tags if "/MCID" in properties]
                if owners:
                    found[reference, int(owners[-1]["/MCID"])].append((owners[-1], mark))
                elif mark.is_artifact:
                    found[None].append(({}, mark))
        return found

    def text_of(self, marks):
        parts, said = [], None
        for properties, mark in marks:
            inner = next((p for _, p in reversed(mark.tags) if "/ActualText" in p), properties)
            if "/ActualText" in inner:
                if said is not inner:
                    parts.append(inner["/ActualText"].decode("utf-16").lstrip("\ufeff"))
                said = inner
            elif mark.kind == "text":
                parts.append("".join(mark.font.texts.get(code, "\ufffd") for code in mark.codes))
        return "".join(parts)

    def text(self, element):
        """What is read of an element and all in it."""
        return "".join(self.text(kid) if isinstance(kid, Element) else self.text_of(self.marks.get(kid, [])) for kid in element.kids
                       if not isinstance(kid, str))

    def own_text(self, element):
        return "".join(self.text_of(self.marks.get(kid, [])) for kid in element.sequences())

    def parents(self):
        """{key: value} of the parent tree."""
        found, nodes = {}, [self.pdf.value(self.root.get("/ParentTree")) or {}]
        while nodes:
            node = nodes.pop()
            nodes += [self.pdf.value(kid) for kid in node.get("/Kids", [])]
            numbers = node.get("/Nums", [])
            for key, value in zip(numbers[::2], numbers[1::2]):
                if "/Limits" in node and not node["/Limits"][0] <= key <= node["/Limits"][1]:
                    found[key] = None
                    continue
                found[key] = value
        return found

    # --- what is wrong ---

    def faults(self):
        for check in (self.marked, self.sequences, self.parent_tree, self.nesting, self.headings, self.tables, self.lists, self.figures,
                      self.notes, self.words):
            yield from check()

    def marked(self):
        if self.pdf.get(self.pdf.root, "/MarkInfo", "/Marked") is not True:
            yield "marked: MarkInfo does not say so"
        if not self.pdf.get(self.pdf.root, "/Lang"):
            yield "marked: no Lang"
        for number, reading in enumerate(self.pdf.readings, 1):
            yield from (f"marked: page {number}: {text}" for text in reading.faults)
            for mark in reading.marks:
                owners = ["/MCID" in properties for _, properties in mark.tags].count(True) + mark.is_artifact
                if owners != 1:
                    yield f"marked: page {number}: {mark.kind} {mark.where} stands in {owners} sequences or artifacts"

    def sequences(self):
        """Each sequence of the pages is referenced once, begins once, and holds something."""
        referenced = collections.Counter(kid for element in self.elements for kid in element.sequences())
        began = collections.Counter()
        for reference, page in zip(self.page_refs, self.pdf.pages):
            for operator, operands in rules.content.operators(self.pdf.page_data(page)):
                if operator == "BDC" and "/MCID" in operands[1]:
                    began[reference, int(operands[1]["/MCID"])] += 1
        for what in sorted(set(referenced) | set(began)):
            if (referenced[what], began[what]) != (1, 1):
                yield f"sequences: {what} is referenced {referenced[what]} times and begins {began[what]} times"
            elif what not in self.marks:
                yield f"sequences: {what} is empty"
        for element in self.elements:
            if not element.kids and element.type not in ("/TD", "/TH"):
                yield f"sequences: {element} is empty"

    def parent_tree(self):
        parents, used = self.parents(), set()
        for element in self.elements:
            if self.pdf.value(element.held.get("/P")) is not (element.parent.held if element.parent else self.root):
                yield f"parent tree: {element} names another parent"
            for kid in element.kids:
                if isinstance(kid, tuple):
                    array = self.pdf.value(parents.get(self.pdf.value(kid[0]).get("/StructParents")))
                    found = array[kid[1]] if isinstance(array, list) and kid[1] < len(array) else None
                elif isinstance(kid, str):
                    key = self.pdf.value(kid).get("/StructParent")
                    found = parents.get(key)
                    used.add(key)
                else:
                    continue
                if found != element.reference:
                    yield f"parent tree: {kid} of {element} leads to {found}"
        for number, page in enumerate(self.pdf.pages, 1):
            key = page.get("/StructParents")
            array = self.pdf.value(parents.get(key))
            sequences = sum(1 for element in self.elements for kid in element.sequences() if kid[0] == self.page_refs[number - 1])
            if not isinstance(array, list) or len(array) != sequences or key in used:
                yield f"parent tree: page {number} has key {key} and {sequences} sequences"
            if page.get("/Tabs") != "/S":
                yield f"parent tree: page {number} has no tab order"
            used.add(key)
        if set(parents) != used or self.root.get("/ParentTreeNextKey", 0) <= max(used):
            yield f"parent tree: keys {sorted(set(parents) ^ used, key=str)} are not used, or not there"

    def nesting(self):
        for element in self.elements:
            parent = element.parent.type if element.parent else None
            if parent not in PARENTS.get(element.type, BLOCKS):
                yield f"nesting: {element} stands in {parent}"

    def headings(self):
        last = 0
        for element in self.elements:
            if element.type not in HEADINGS:
                continue
            level = HEADINGS.index(element.type) + 1
            if level > last + 1:
                yield f"headings: {element} ({self.text(element)[:40]}) follows level {last}"
            last = level
        if not last:
            yield "headings: there are none"

    def tables(self):
        for table in self.elements:
            if table.type != "/Table":
                continue
            widths, reach = [], {}  # reach: of what comes down from rows above, by column
            for row in (element for element in table.walk() if element.type == "/TR"):
                column = 0
                for cell in row.elements():
                    while reach.get(column):
                        column += 1
                    for _ in range(cell.attribute(self.pdf, "/Table", "/ColSpan") or 1):
                        reach[column] = cell.attribute(self.pdf, "/Table", "/RowSpan") or 1
                        column += 1
                widths.append(max([c + 1 for c, rows in reach.items() if rows] or [0]))
                gaps = [c for c in range(widths[-1]) if not reach.get(c)]
                if gaps:
                    yield f"tables: {row} has no cell in columns {gaps}"
                reach = {c: rows - 1 for c, rows in reach.items()}
            if len(set(widths)) != 1 or any(reach.values()):
                yield f"tables: {table} has rows of {widths} columns"
            cells = [cell for cell in table.walk() if cell.type == "/TH"]
            if not cells:
                yield f"tables: {table} has no heads"
            for cell in cells:
                if cell.attribute(self.pdf, "/Table", "/Scope") not in SCOPES:
                    yield f"tables: {cell} has no scope"

    def lists(self):
        for element in self.elements:
            if element.type == "/L" and not element.attribute(self.pdf, "/List", "/ListNumbering"):
                yield f"lists: {element} does not tell its numbering"
            elif element.type == "/L":
                labelled = any(kid.type == "/Lbl" for item in element.elements() for kid in item.elements())
                if labelled == (element.attribute(self.pdf, "/List", "/ListNumbering") == "/None"):
                    yield f"lists: {element} has {'labels' if labelled else 'no labels'}, and tells of {element.attribute(self.pdf, '/List', '/ListNumbering')}"
            if element.type == "/LI" and [kid.type for kid in element.elements()] not in (["/Lbl", "/LBody"], ["/LBody"]):
                yield f"lists: {element} has {element.kids}"

    def figures(self):
        for element in self.elements:
            if element.type != "/Figure":
                continue
            if not rules.reader.text_of(element.held.get("/Alt")):
                yield f"figures: {element} has no Alt"
            box = element.attribute(self.pdf, "/Layout", "/BBox")
            page = self.pdf.value(element.held.get("/Pg") or next((kid.held.get("/Pg") for kid in element.elements()), None))
            media = self.pdf.box(page, "MediaBox") if page else None
            if not box or not media or not (media[0] <= box[0] < box[2] <= media[2] and media[1] <= box[1] < box[3] <= media[3]):
                yield f"figures: {element} has BBox {box}"

    def notes(self):
        seen = collections.Counter(str(element.held.get("/ID")) for element in self.elements if element.type == "/Note")
        yield from (f"notes: ID {name} is there {n} times" for name, n in seen.items() if n > 1 or name == "None")

    def words(self):
        """Every glyph has a text."""
        for what, marks in self.marks.items():
            if "\ufffd" in self.text_of(marks):
                yield f"words: {what} has a glyph without a text"
