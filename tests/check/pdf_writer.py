"""A writer of small PDFs, by hand: pages whose boxes, contents and resources are what a test says, and a file that says of itself
what a press wants to hear."""
import functools, io, zlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TRIM = (40, 40, 340, 440)
BLEED_MM = 3
MM = 72 / 25.4
WIDTH, ASCENT, DESCENT = 0.5, 0.8, -0.2  # of the writer's font [em]


@functools.cache
def font_file():
    """A TrueType font whose letters are boxes; the same bytes at any time."""
    names = [".notdef", "space"] + [f"g{code}" for code in range(33, 127)]
    pen = TTGlyphPen(None)
    for x, y in ((60, 0), (60, 500), (440, 500), (440, 0)):
        (pen.moveTo if (x, y) == (60, 0) else pen.lineTo)((x, y))
    pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({32 + i: name for i, name in enumerate(names[1:])})
    builder.setupGlyf({name: empty if name in (".notdef", "space") else box for name in names})
    builder.setupHorizontalMetrics({name: (500, 60 if name not in (".notdef", "space") else 0) for name in names})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular", "psName": "Box-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def profile(space=b"CMYK"):
    """The head of an ICC profile: all that is looked at."""
    head = bytearray(132)
    head[0:4] = len(head).to_bytes(4, "big")
    head[8] = 2
    head[12:16], head[16:20], head[20:24], head[36:40] = b"prtr", space, b"Lab ", b"acsp"
    return bytes(head)


def numbers(values):
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)


def rect(x, y, width, height):
    return numbers((x, y, width, height)) + " re"


class Page:
    def __init__(self, trim=TRIM, bleed=BLEED_MM * MM, margin=40):
        grown = lambda by: tuple(value + (-by if i < 2 else by) for i, value in enumerate(trim))
        self.trim, self.bleed, self.media = trim, grown(bleed), grown(margin)
        self.crop = self.art = None
        self.ops, self.annots, self.extra = [], [], ""
        self.rotate, self.unit, self.group = 0, None, ""

    def place(self, x0, y0, x1, y1):
        """Where something in user space is seen: from the left top corner of the trim, downwards."""
        left, top = (self.trim or self.media)[0], (self.trim or self.media)[3]
        return x0 - left, top - y1, x1 - left, top - y0

    def draw(self, ops, box=None):
        """Operators in a state of their own; box: what they cover, whose place is given."""
        self.ops.append(f"q {ops} Q")
        return self.place(*box) if box else None

    def text(self, x, y, size, color, text="Sample", state="Over", font="F1", extra=""):
        self.draw(f"/{state} gs {color} BT /{font} {size} Tf {extra} {x} {y} Td ({text}) Tj ET")
        return self.place(x, y + DESCENT * size, x + WIDTH * size * len(text), y + ASCENT * size)

    def fill(self, color, x, y, width, height, state="Knock"):
        return self.draw(f"/{state} gs {color} {rect(x, y, width, height)} f", (x, y, x + width, y + height))

    def picture(self, name, x, y, width, height):
        return self.draw(f"{width} 0 0 {height} {x} {y} cm /{name} Do", (x, y, x + width, y + height))


class File:
    def __init__(self, pages, version="1.6"):
        self.version, self.pages, self.objects = version, pages, []
        self.info = {"Title": "(Sample)", "Trapped": "/False", "GTS_PDFXVersion": "(PDF/X-4)",
                     "CreationDate": "(D:20250101000000Z)", "ModDate": "(D:20250101000000Z)"}
        self.xmp = {"dc:title": '<rdf:Alt><rdf:li xml:lang="x-default">Sample</rdf:li></rdf:Alt>', "pdf:Trapped": "False",
                    "pdfxid:GTS_PDFXVersion": "PDF/X-4", "xmp:CreateDate": "2025-01-01T00:00:00Z",
                    "xmp:ModifyDate": "2025-01-01T00:00:00Z"}
        self.intents = [{"condition": "FOGRA39", "profile": profile()}]
        self.catalog, self.has_id = {}, True
        self.states = {"Over": "/OP true /op true /OPM 1", "Knock": "/OP false /op false /OPM 0"}
        self.spaces, self.pictures, self.shadings, self.fonts = {}, {}, {}, {"F1": self.font()}

    def add(self, body, stream=None):
        """A new object; its reference."""
        if stream is not None:
            body = f"<< {body} /Length {len(stream)} >>".encode() + b"\nstream\n" + stream + b"\nendstream"
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return f"{len(self.objects)} 0 R"

    def font(self, name="AAAAAA+Box-Regular", is_embedded=True, encoding="/WinAnsiEncoding"):
        flags = 32
        held = f" /FontFile2 {self.add(f'/Length1 {len(font_file())} /Filter /FlateDecode', zlib.compress(font_file()))}" if is_embedded else ""
        about = self.add(f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [0 -200 500 800] /ItalicAngle 0"
                         f" /Ascent 800 /Descent -200 /CapHeight 500 /StemV 80{held} >>")
        return self.add(f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 32 /LastChar 126 /Widths [{'500 ' * 95}]"
                        f" /FontDescriptor {about} /Encoding {encoding} >>")

    def add_picture(self, name, columns, rows, space="/DeviceCMYK", n=4, bits=8, extra="", data=None, filter="/FlateDecode"):
        """One colour throughout unless data says otherwise: in CMYK a light tint."""
        if data is None:
            data = zlib.compress(bytes([20] * ((columns * n * bits + 7) // 8 * rows)))
        self.pictures[name] = self.add(f"/Type /XObject /Subtype /Image /Width {columns} /Height {rows}"
                                       f"{f' /ColorSpace {space}' if space else ''} /BitsPerComponent {bits} /Filter {filter} {extra}", data)

    def packet(self):
        spaces = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
                  "pdfxid": "http://www.npes.org/pdfx/ns/id/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
        names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
        values = "".join(f"<{name}>{value}</{name}>" for name, value in self.xmp.items())
        return (f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {names}>'
                f'<rdf:Description rdf:about="">{values}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>').encode()

    def page_body(self, page, parent):
        listed = lambda held: " ".join(f"/{name} {value}" for name, value in held.items())
        states = " ".join(f"/{name} << /Type /ExtGState {value} >>" for name, value in self.states.items())
        content = self.add("/Filter /FlateDecode", zlib.compress("\n".join(page.ops).encode()))
        boxes = "".join(f" /{key} [{numbers(box)}]" for key, box in (("MediaBox", page.media), ("CropBox", page.crop), ("BleedBox", page.bleed),
                                                                    ("TrimBox", page.trim), ("ArtBox", page.art)) if box)
        extra = page.extra + (f" /Rotate {page.rotate}" if page.rotate else "") + (f" /UserUnit {page.unit}" if page.unit else "")
        if page.annots:
            extra += f" /Annots [{' '.join(page.annots)}]"
        return (f"<< /Type /Page /Parent {parent}{boxes} /Contents {content} /Resources << /Font << {listed(self.fonts)} >> /ExtGState << {states} >>"
                f" /ColorSpace << {listed(self.spaces)} >> /XObject << {listed(self.pictures)} >> /Shading << {listed(self.shadings)} >> >> {page.group}{extra} >>")

    def bytes(self):
        catalog = dict(self.catalog)
        if self.xmp is not None:
            catalog["Metadata"] = self.add("/Type /Metadata /Subtype /XML", self.packet())
        intents = []
        for intent in self.intents:
            held = f" /DestOutputProfile {self.add('/N 4', intent['profile'])}" if intent["profile"] else ""
            intents.append(f"<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier ({intent['condition']}) /Info (x){held} >>")
        if intents:
            catalog["OutputIntents"] = f"[{' '.join(intents)}]"
        parent = f"{len(self.objects) + 2 * len(self.pages) + 1} 0 R"
        pages = [self.add(self.page_body(page, parent)) for page in self.pages]
        assert self.add(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(pages)}] >>") == parent
        root = self.add(f"<< /Type /Catalog /Pages {parent} " + " ".join(f"/{key} {value}" for key, value in catalog.items()) + " >>")
        info = self.add("<< " + " ".join(f"/{key} {value}" for key, value in self.info.items()) + " >>")
        out, places = bytearray(f"%PDF-{self.version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1")), []
        for i, body in enumerate(self.objects):
            places.append(len(out))
            out += f"{i + 1} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % place for place in places)
        name = "0123456789abcdef0123456789abcdef"
        has_id = f" /ID [<{name}> <{name}>]" if self.has_id else ""
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} /Info {info}{has_id} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)
