"""Files that are damaged, hostile or no PDFs at all, for test_damaged.py: made by mutation of whole ones, with fixed seeds, and by hand.

Each is a Case: what it is called, its bytes, and what must come of it:
    REFUSED   an error about the file, exit status 3
    WHOLE     there is nothing wrong with it that a reader must mind
    EITHER    mutated by chance: qpdf says which
"""
import collections, random, re, struct, zlib

REFUSED, WHOLE, EITHER = "refused", "whole", "either"
Case = collections.namedtuple("Case", "name bytes wants")


# --- PDFs of a few objects ---

class Pdf:
    """Objects by number, from 1; the first is the catalog, the second the root of the pages."""
    def __init__(self):
        self.objects = []

    def add(self, what):
        self.objects.append(what if isinstance(what, bytes) else what.encode("latin-1"))
        return len(self.objects)

    def stream(self, data, entries="", length=None):
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data) if length is None else length, entries.encode(), data))

    def write(self, trailer="", at=lambda offsets: offsets, head=b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"):
        out, offsets = bytearray(head), []
        for number, what in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, what)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        for offset in at(offsets):
            out += b"%010d 00000 n \n" % offset
        return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, trailer.encode(), start))

    def write_with_xref_stream(self, compressed=(), rows=None, entries="/W [1 4 2]", holds=None):
        """compressed: numbers of the objects that go into one object stream. To make it lie: rows(where) changes the table, holds(dictionary,
        bytes) gives another dictionary and bytes of the object stream."""
        out, where = bytearray(b"%PDF-1.6\n"), {}
        for number, what in enumerate(self.objects, 1):
            if number in compressed:
                continue
            where[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, what)
        number = len(self.objects) + 1
        if compressed:
            head, body = b"", b""
            for i, inner in enumerate(compressed):
                where[inner] = (2, number, i)
                head += b"%d %d " % (inner, len(body))
                body += self.objects[inner - 1] + b"\n"
            where[number] = (1, len(out), 0)
            about, packed = b"/N %d /First %d" % (len(compressed), len(head)), zlib.compress(head + body)
            if holds:
                about, packed = holds(about, packed)
            out += b"%d 0 obj\n<< /Type /ObjStm %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
                number, about, len(packed), packed)
            number += 1
        where[number] = (1, len(out), 0)
        where[0] = (0, 0, 65535)
        if rows:
            rows(where)
        table = zlib.compress(b"".join(struct.pack(">BIH", *where[i]) for i in range(number + 1)))
        start = len(out)
        out += b"%d 0 obj\n<< /Type /XRef /Size %d /Root 1 0 R /Filter /FlateDecode /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (
            number, number + 1, len(table), entries.encode(), table)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def plain(content=b"BT /F1 12 Tf 20 100 Td (Kinh) Tj ET", page="", resources="", root="", filters="", length=None, contents="4 0 R"):
    """One page. Objects: 1 catalog, 2 pages, 3 page, 4 content, 5 font; what is added follows."""
    pdf = Pdf()
    pdf.add(f"<< /Type /Catalog /Pages 2 0 R {root} >>")
    pdf.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    pdf.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents {contents} /Resources << /Font << /F1 5 0 R >> {resources} >> {page} >>")
    pdf.stream(content, filters, length)
    pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    return pdf


# --- bombs ---

def zeros(size):
    """zlib's stream of so many zeros (in MiB), made without deflating them all: after a full flush each MiB is the same bytes."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    n = size << 20
    return head + once + again * (size - 1) + b"\x03\x00" + struct.pack(">I", (n % 65521) << 16 | 1)


def lzw_zeros(n_codes):
    """LZW of ever longer runs of zeros: clear, 0, then the code that is just being made, until the table is full; over and over."""
    codes = []
    while len(codes) < n_codes:
        codes += [(256, 9), (0, 9)]
        for code in range(258, 4094):
            width = 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12
            codes.append((code, width))
    codes.append((257, 12))
    bits = "".join(format(code, f"0{width}b") for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def bombs():
    big = zeros(4096)
    twice = zlib.compress(big, 9)
    flate = "/Filter /FlateDecode"
    yield "bomb in the content", plain(big, filters=flate).write()
    yield "bomb of bombs in the content", plain(zlib.compress(twice, 9), filters="/Filter [/FlateDecode /FlateDecode /FlateDecode]").write()
    pdf = plain(b"q 100 0 0 100 0 0 cm /Im Do Q", resources="/XObject << /Im 6 0 R >>")
    pdf.stream(big, "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode")
    yield "bomb as a picture", pdf.write()
    pdf = plain(b"/Fm Do", resources="/XObject << /Fm 6 0 R >>")
    pdf.stream(big, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode")
    yield "bomb as a form", pdf.write()
    pdf = plain()
    pdf.objects[4] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    pdf.stream(big, flate)
    yield "bomb as a map to Unicode", pdf.write()
    pdf = plain()
    pdf.objects[4] = b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 32 /LastChar 32 /Widths [9] /FontDescriptor 6 0 R >>"
    pdf.add("<< /Type /FontDescriptor /FontName /A /Flags 32 /FontFile2 7 0 R >>")
    pdf.stream(big, flate)
    yield "bomb as a font", pdf.write()
    pdf = plain(root="/Metadata 6 0 R")
    pdf.stream(big, "/Type /Metadata /Subtype /XML /Filter /FlateDecode")
    yield "bomb as metadata", pdf.write()
    pdf = plain(root="/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /DestOutputProfile 6 0 R >>]")
    pdf.stream(big, "/N 4 /Filter /FlateDecode")
    yield "bomb as a profile", pdf.write()
    pdf = plain(lzw_zeros(400_000), filters="/Filter /LZWDecode")
    yield "bomb by LZW", pdf.write()
    pdf = plain(zlib.compress(b"\x01" * 100), filters="/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 4 /BitsPerComponent 16 >>")
    yield "predictor with rows of gigabytes", pdf.write()
    yield "bomb as an object stream", plain().write_with_xref_stream(compressed=(1, 2, 3, 5), holds=lambda about, packed: (about, big))


# --- by hand ---

def nested(n, opening, closing):
    return opening * n + closing * n


def handmade():
    """(name, bytes, wants)"""
    yield "a whole one", plain().write(), WHOLE
    yield "a whole one with an object stream", plain().write_with_xref_stream(compressed=(1, 2, 3, 5)), WHOLE
    yield "nothing", b"", REFUSED
    yield "a head alone", b"%PDF-1.4\n", REFUSED
    yield "text", "Số báo tháng tư\n".encode(), REFUSED
    yield "a JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8, REFUSED
    yield "zeros", bytes(100_000), REFUSED
    yield "text that speaks of %PDF-", b"%PDF-1.7 is how a PDF begins.\n" * 40, REFUSED

    whole = plain().write()
    yield "an offset off by one", plain().write(at=lambda offsets: [o + (i == 2) for i, o in enumerate(offsets)]), REFUSED
    yield "all offsets off by ten", plain().write(at=lambda offsets: [o + 10 for o in offsets]), REFUSED
    yield "offsets past the end", plain().write(at=lambda offsets: [o + 10 ** 9 for o in offsets]), REFUSED
    yield "two offsets swapped", plain().write(at=lambda o: [o[0], o[2], o[1], *o[3:]]), REFUSED
    yield "startxref at nothing", re.sub(rb"startxref\n\d+", b"startxref\n7", whole), REFUSED
    yield "startxref at itself", re.sub(rb"startxref\n\d+", b"startxref\n%d" % whole.index(b"startxref"), whole), REFUSED
    yield "no startxref", whole[:whole.index(b"startxref")], REFUSED
    yield "no trailer", whole[:whole.index(b"trailer")] + whole[whole.index(b"startxref"):], REFUSED
    yield "no root", whole.replace(b"/Root 1 0 R", b"/Roof 1 0 R"), REFUSED
    yield "a root that is the font", whole.replace(b"/Root 1 0 R", b"/Root 5 0 R"), REFUSED
    yield "a table that follows itself", plain().write("/Prev %d" % plain().write().index(b"xref\n")), REFUSED
    yield "a table that goes on at nothing", plain().write("/Prev 99999999"), REFUSED
    yield "a table of a billion", whole.replace(b"xref\n0 6\n", b"xref\n0 999999999\n"), REFUSED
    yield "line ends made those of another system", whole.replace(b"\n", b"\r\n"), REFUSED
    yield "only 7 bits left of each byte", bytes(b & 0x7f for b in plain(zlib.compress(b"0 0 9 9 re f"), filters="/Filter /FlateDecode").write()), REFUSED
    yield "a mail's lines before it", b"Content-Type: application/pdf\n\n" + whole, EITHER
    yield "a page of HTML around it", b"<html><body>" + whole + b"</body></html>" * 200, EITHER

    def with_object(number, what, **options):
        pdf = plain(**options)
        pdf.objects[number - 1] = what.encode()
        return pdf.write()
    yield "pages that are their own kid", with_object(2, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), REFUSED
    yield "pages whose kid has them for a kid", plain_with_loop(), REFUSED
    yield "a page that is its own parent", with_object(3, "<< /Type /Page /Parent 3 0 R >>"), REFUSED
    yield "one page twice", with_object(2, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"), REFUSED
    yield "kids that are null", with_object(2, "<< /Type /Pages /Kids [null 3 0 R 99 0 R] /Count 3 >>"), REFUSED
    yield "kids that are numbers", with_object(2, "<< /Type /Pages /Kids [1 2 3] /Count 3 >>"), REFUSED
    yield "no kids", with_object(2, "<< /Type /Pages /Count 1 >>"), REFUSED
    yield "pages that are no dictionary", with_object(2, "[3 0 R]"), REFUSED
    yield "no pages at all", with_object(1, "<< /Type /Catalog >>"), REFUSED
    yield "a count of two billion", with_object(2, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"), EITHER
    yield "a count below zero", with_object(2, "<< /Type /Pages /Kids [3 0 R] /Count -3 >>"), EITHER
    yield "more pages than are read", many_pages(2001), REFUSED
    yield "a chain of 20000 nodes", chain_of_nodes(20_000), EITHER
    yield "no media box", with_object(3, "<< /Type /Page /Parent 2 0 R >>"), REFUSED
    yield "a media box of words", with_object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [/a /b /c /d] >>"), REFUSED
    yield "a media box without area", with_object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [9 9 9 9] >>"), REFUSED
    yield "a page as large as a town", with_object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e9 100000000000] >>"), REFUSED
    yield "a large page", with_object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14400 14400] /UserUnit 6 >>"), WHOLE

    yield "arrays in arrays, 100000 deep", with_object(5, nested(100_000, "[", "]")), REFUSED
    yield "dictionaries in dictionaries, 100000 deep", with_object(5, nested(100_000, "<< /A ", ">> ")), REFUSED
    yield "arrays in the content, 100000 deep", plain(nested(100_000, b"[", b"]") + b" TJ").write(), EITHER
    yield "states kept 100000 times", plain(b"q " * 100_000 + b"0 0 9 9 re f").write(), REFUSED
    yield "states taken back that nobody kept", plain(b"Q " * 1000 + b"0 0 9 9 re f").write(), EITHER
    yield "texts begun in texts", plain(b"BT " * 1000 + b"ET").write(), EITHER
    yield "six million operators", plain(zlib.compress(b"0 g " * 6_000_000), filters="/Filter /FlateDecode").write(), REFUSED
    yield "a form that draws itself", form_loop(1), EITHER
    yield "forms that draw one another", form_loop(3), EITHER
    yield "forms within forms, 2 to the 40 of them", form_powers(40), REFUSED
    yield "a glyph that draws itself", glyph_loop(), EITHER
    yield "a pattern painted with itself", pattern_loop(), EITHER
    yield "a soft mask that is masked by itself", mask_loop(), EITHER

    yield "a filter that is not there", plain(b"xx", filters="/Filter /NoSuchDecode").write(), REFUSED
    yield "a filter that fails at once", plain(b"no zlib at all", filters="/Filter /FlateDecode").write(), REFUSED
    yield "a filter that fails late", plain(zlib.compress(bytes(range(256)) * 50)[:-40], filters="/Filter /FlateDecode").write(), REFUSED
    wrong = bytearray(zlib.compress(b"0 0 9 9 re f\n" * 500))
    wrong[len(wrong) // 2] ^= 0x55
    yield "a byte of the content that is wrong", plain(bytes(wrong), filters="/Filter /FlateDecode").write(), REFUSED
    yield "two hundred filters", plain(b"3" * 10, filters="/Filter [" + "/ASCIIHexDecode " * 200 + "]").write(), EITHER
    yield "a length that is too short", plain(length=5).write(), REFUSED
    yield "a length that is too long", plain(length=500).write(), REFUSED
    yield "a length below zero", plain(length=-5).write(), REFUSED
    yield "a length of terabytes", plain(length=10 ** 13).write(), REFUSED
    pdf = plain()
    pdf.objects[3] = pdf.objects[3].replace(b"/Length 35", b"/Length 4 0 R")
    yield "a length that is the stream itself", pdf.write(), REFUSED
    yield "a content that is a number", with_object(4, "17"), EITHER
    yield "a content that is its page", plain(contents="3 0 R").write(), EITHER
    yield "a hundred thousand contents", plain(contents="[" + "4 0 R " * 100_000 + "]").write(), EITHER
    yield "an object that never ends", whole.replace(b"endobj\n5 0 obj", b"\n5 0 obj"), REFUSED
    yield "a string that never ends", whole.replace(b"/Helvetica", b"(Helvetica"), REFUSED
    yield "a name with a NUL", whole.replace(b"/Helvetica", b"/He#00vetica"), REFUSED
    yield "a million annotations", plain(page="/Annots [" + "null " * 1_000_000 + "]").write(), EITHER
    yield "labels whose tree is a loop", labels_loop(), EITHER
    yield "a parent chain that is a loop", inherited_loop(), EITHER
    yield from bad_object_streams()
    yield from bad_pictures()
    yield from bad_fonts()


def plain_with_loop():
    pdf = plain()
    pdf.objects[1] = b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>"
    pdf.add("<< /Type /Pages /Parent 2 0 R /Kids [3 0 R 2 0 R] /Count 1 >>")
    return pdf.write()


def labels_loop():
    pdf = plain(root="/PageLabels << /Kids [6 0 R 6 0 R 6 0 R] >>")
    pdf.add("<< /Kids [6 0 R 6 0 R 6 0 R] >>")
    return pdf.write()


def inherited_loop():
    """Nodes that are one another's parents, and a page below that lacks its box."""
    pdf = plain()
    pdf.objects[1] = b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>"
    pdf.objects[2] = b"<< /Type /Page /Parent 6 0 R >>"
    pdf.add("<< /Type /Pages /Parent 7 0 R /Kids [3 0 R] /Count 1 >>")
    pdf.add("<< /Type /Pages /Parent 6 0 R /Kids [] /Count 0 >>")
    return pdf.write()


def many_pages(n):
    pdf = Pdf()
    pdf.add("<< /Type /Catalog /Pages 2 0 R >>")
    pdf.add("<< /Type /Pages /MediaBox [0 0 9 9] /Count %d /Kids [%s] >>" % (n, " ".join(f"{i + 3} 0 R" for i in range(n))))
    for _ in range(n):
        pdf.add("<< /Type /Page /Parent 2 0 R >>")
    return pdf.write()


def chain_of_nodes(n):
    pdf = Pdf()
    pdf.add("<< /Type /Catalog /Pages 2 0 R >>")
    for i in range(n):
        pdf.add(f"<< /Type /Pages /Kids [{i + 3} 0 R] /Count 1 {'/Parent %d 0 R' % (i + 1) if i else ''} >>")
    pdf.add(f"<< /Type /Page /Parent {n + 1} 0 R /MediaBox [0 0 9 9] >>")
    return pdf.write()


def form_loop(n):
    pdf = plain(b"/Fm Do", resources="/XObject << /Fm 6 0 R >>")
    for i in range(n):
        pdf.stream(b"0 0 9 9 re f /Fm Do", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm {6 + (i + 1) % n} 0 R >> >>")
    return pdf.write()


def form_powers(n):
    pdf = plain(b"/Fm Do", resources="/XObject << /Fm 6 0 R >>")
    for i in range(n):
        pdf.stream(b"/Fm Do /Fm Do", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm {7 + i} 0 R >> >>")
    pdf.stream(b"0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf.write()


def glyph_loop():
    pdf = plain(b"BT /F1 12 Tf (a) Tj ET")
    pdf.objects[4] = (b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [9] "
                      b"/Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>")
    pdf.stream(b"9 0 d0 BT /F1 12 Tf (a) Tj ET")
    return pdf.write()


def pattern_loop():
    pdf = plain(b"/Pattern cs /P scn 0 0 99 99 re f", resources="/Pattern << /P 6 0 R >>")
    pdf.stream(b"/Pattern cs /P scn 0 0 9 9 re f", "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 "
               "/Resources << /Pattern << /P 6 0 R >> >>")
    return pdf.write()


def mask_loop():
    pdf = plain(b"/G gs 0 0 99 99 re f", resources="/ExtGState << /G 6 0 R >>")
    pdf.add("<< /SMask << /S /Luminosity /G 7 0 R >> >>")
    pdf.stream(b"/G gs 0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >> /Resources << /ExtGState << /G 6 0 R >> >>")
    return pdf.write()


def bad_object_streams():
    """Object streams and tables of references that lie."""
    def lie(**options):
        return plain().write_with_xref_stream(compressed=(1, 2, 3, 5), **options)

    def row(number, *fields):
        return lie(rows=lambda where: where.update({number: fields}))
    yield "an object said to be in a stream that is none", row(5, 2, 4, 0), REFUSED
    yield "an object said to be in itself", row(3, 2, 3, 0), REFUSED
    yield "an object stream said to be in itself", row(6, 2, 6, 0), REFUSED
    yield "an object of an unknown kind", row(5, 7, 1, 1), REFUSED
    yield "a page that is free", row(3, 0, 0, 0), REFUSED
    for name, number in (("a million", b"/N 1000000"), ("minus one", b"/N -1"), ("two billion", b"/N 2147483647"), ("none", b"/N 0")):
        yield f"an object stream of {name}", lie(holds=lambda about, packed: (about.replace(b"/N 4", number), packed)), REFUSED
    for name, number in (("past its end", b"/First 99999999"), ("too early", b"/First 3"), ("before it", b"/First -99")):
        yield f"an object stream that begins {name}", lie(holds=lambda about, packed: (re.sub(rb"/First \d+", number, about), packed)), REFUSED
    yield "an object stream that extends itself", lie(holds=lambda about, packed: (about + b" /Extends 6 0 R", packed)), EITHER
    for name, fields in (("too wide", "1 99999999 2"), ("below zero", "1 -4 2"), ("of nothing", "0 0 0"), ("that are one", "1")):
        yield f"fields of the table {name}", lie(entries=f"/W [{fields}]"), REFUSED
    yield "an index of billions", lie(entries="/W [1 4 2] /Index [0 4000000000]"), REFUSED
    yield "an index from the end of numbers", lie(entries="/W [1 4 2] /Index [2147483647 8]"), REFUSED


def bad_pictures():
    def picture(entries, data):
        pdf = plain(b"q 100 0 0 100 0 0 cm /Im Do Q", resources="/XObject << /Im 6 0 R >>")
        pdf.stream(data, "/Type /XObject /Subtype /Image " + entries)
        return pdf.write()
    yield "a picture of a billion rows", picture("/Width 1000000000 /Height 1000000000 /BitsPerComponent 16 /ColorSpace /DeviceCMYK", b"abc"), EITHER
    yield "a picture of no size", picture("/Width 0 /Height -5 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"abc"), EITHER
    yield "a picture whose pixels end early", picture("/Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceRGB", b"abc"), EITHER
    yield "a picture whose zlib is broken", picture("/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode", b"broken"), EITHER
    yield "a JPEG that is none", picture("/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode", b"\xff\xd8broken"), EITHER
    yield "a JPEG 2000 that is none", picture("/Width 9 /Height 9 /Filter /JPXDecode", b"\x00\x00\x00\x0cjP  broken"), EITHER
    yield "a JBIG2 that is none", picture("/Width 9 /Height 9 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", b"\x97JB2broken"), EITHER
    yield "a fax of a billion columns", picture("/Width 9 /Height 9 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "
                                                "/DecodeParms << /K -1 /Columns 1000000000 /Rows 1000000000 >>", b"\x00\x10\x01" * 100), EITHER
    yield "a palette that is too short", picture("/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 255 <00>]", bytes(range(81))), EITHER
    yield "a palette of palettes", picture("/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace 7 0 R", bytes(81)), EITHER
    yield "an inline picture that never ends", plain(b"BI /W 9 /H 9 /BPC 8 /CS /G ID " + b"\x80" * 500).write(), EITHER
    yield "an inline picture of a billion", plain(b"BI /W 1000000000 /H 1000000000 /BPC 8 /CS /RGB ID abc EI").write(), EITHER


def bad_fonts():
    def font(entries, *more):
        pdf = plain()
        pdf.objects[4] = f"<< /Type /Font {entries} >>".encode()
        for data in more:
            pdf.stream(*data) if isinstance(data, tuple) else pdf.add(data)
        return pdf.write()
    yield "a font that is null", font("/Subtype /Type1").replace(b"/F1 5 0 R", b"/F1 99 0 R"), EITHER
    yield "widths from minus two billion", font("/Subtype /TrueType /BaseFont /A /FirstChar -2147483648 /LastChar 2147483647 /Widths [1 2 3]"), EITHER
    yield "widths of a million", font("/Subtype /TrueType /BaseFont /A /FirstChar 0 /LastChar 255 /Widths [" + "500 " * 1_000_000 + "]"), EITHER
    descendant = "/Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R]"
    yield "a font that descends from itself", font(descendant.replace("6 0 R", "5 0 R")), EITHER
    yield "widths by CID that lie", font(descendant, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 4000000000 500 [1 2] 3 /x 99999999 [1]] >>"), EITHER
    yield "a map that uses itself", font(descendant + " /ToUnicode 7 0 R", "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A >>",
                                         (b"begincmap 1 beginbfrange <0000> <ffff> <0041> endbfrange endcmap", "/UseCMap 7 0 R")), EITHER
    ranges = b"".join(b"<%08x> <ffffffff> <0041>\n" % i for i in range(20_000))
    yield "a map of all that there is, 20000 times", font(descendant + " /ToUnicode 7 0 R", "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A >>",
                                                          (b"begincmap 100 beginbfrange\n" + ranges + b"endbfrange endcmap",)), EITHER
    yield "a font file of noise", font("/Subtype /TrueType /BaseFont /A /FirstChar 65 /LastChar 66 /Widths [5 5] /FontDescriptor 6 0 R",
                                       "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>", (random.Random(6).randbytes(5000),)), EITHER


# --- by mutation ---

def mutations(name, whole, n_cut, n_flipped, seed):
    """Truncated, with bytes flipped, zeroed, doubled or taken out."""
    chance = random.Random(seed)
    for i in range(n_cut):
        at = len(whole) * (i + 1) // (n_cut + 1) + chance.randrange(-9, 9)
        yield f"{name} cut at {at}", whole[:at]
    yield f"{name} without its last 8 bytes", whole[:-8]
    for i in range(n_flipped):
        bytes_ = bytearray(whole)
        for _ in range(1 if i % 2 else 20):
            bytes_[chance.randrange(len(bytes_))] ^= 1 << chance.randrange(8)
        yield f"{name} with bits flipped, {i}", bytes(bytes_)
    for i in range(n_flipped // 4):
        at, size = chance.randrange(len(whole)), chance.choice((1, 512, 4096))
        yield f"{name} with {size} zeros at {at}", whole[:at] + bytes(size) + whole[at + size:]
        yield f"{name} without {size} at {at}", whole[:at] + whole[at + size:]
    numbers = [m for m in re.finditer(rb"(?<=[ \[])\d+(?=[ \]\n])", whole)]
    for i in range(n_flipped // 2):
        found = chance.choice(numbers)
        value = chance.choice((b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e9", b"/A", b"null", b"(", b"<<"))
        yield f"{name} with {value.decode()} at {found.start()}", whole[:found.start()] + value + whole[found.end():]


def corpus(samples):
    """All cases; samples: {name: bytes of a whole PDF}."""
    for name, bytes_, wants in handmade():
        yield Case(name, bytes_, wants)
    for name, bytes_ in bombs():
        yield Case(name, bytes_, EITHER if "picture" in name or "font" in name else REFUSED)
    for seed, (name, whole) in enumerate(samples.items()):
        for what, bytes_ in mutations(name, whole, 14, 24, seed):
            yield Case(what, bytes_, EITHER)


if __name__ == "__main__":  # the small ones by hand that do not take long, as seeds of tests/fuzz/fuzz_pdf.c
    import pathlib, sys
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, bytes_, _) in enumerate(handmade()):
        if len(bytes_) < 8192 and "2 to the" not in name:
            (folder / f"{number}.pdf").write_bytes(bytes_)
