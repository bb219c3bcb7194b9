"""Picture files of every kind that a newsletter is sent, each with what it shows: twelve patches in four columns and three
rows that no turning or mirroring maps onto themselves.

A patch is what it is in the file: ("gray", 0..255), ("tone", 0..255) for a gray in RGB, ("rgb", (r, g, b)), ("cmyk", (c, m, y, k) of
0..255 where 255 is full ink), and how opaque it is, 0..255. A file's own profile is told beside them."""
import io, pathlib, struct, sys, zlib

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "unit"))
import make_images as png_maker

COLUMNS, ROWS = 4, 3
COLORS = [(200, 40, 50), (50, 150, 70), (50, 70, 170), (240, 215, 60),
          (255, 255, 255), (10, 10, 10), (128, 128, 128), (240, 130, 30),
          (40, 160, 200), (190, 50, 130), (110, 70, 40), (200, 200, 200)]
GRAYS = [0, 255, 60, 200, 100, 30, 230, 150, 80, 180, 15, 120]
INKS = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255),
        (0, 0, 0, 0), (180, 120, 0, 0), (0, 200, 220, 20), (120, 0, 200, 40),
        (30, 20, 20, 128), (200, 60, 40, 0), (0, 90, 30, 200), (60, 0, 0, 60)]
ALPHAS = [255, 0, 128, 255, 60, 255, 255, 200, 255, 128, 0, 255]


class Picture:
    def __init__(self, name, data, kind, values, alphas=None, profile=None, warns=()):
        self.name, self.data, self.profile, self.warns = name, data, profile, set(warns)
        self.patches = [(kind, value, alpha) for value, alpha in zip(values, alphas or [255] * 12)]


def patch_at(x, y, width, height):
    return y * ROWS // height * COLUMNS + x * COLUMNS // width


def painted(mode, values, size=(192, 144)):
    """An image with those patches."""
    image = Image.new(mode, size)
    width, height = size
    for i, value in enumerate(values):
        left, top = i % COLUMNS * width // COLUMNS, i // COLUMNS * height // ROWS
        image.paste(value, (left, top, left + width // COLUMNS, top + height // ROWS))
    return image


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# --- PNG ---

def png(depth, color, values, interlaced=False, palette=None, before=b""):
    """By our own writer, which knows what PIL does not write. values: by patch, the samples of its pixels."""
    png_maker.WIDTH, png_maker.HEIGHT = width, height = 48, 36
    index = lambda x, y, c, depth: values[patch_at(x, y, width, height)][c]
    if color != png_maker.PALETTED:
        return png_maker.png(depth, color, interlaced, None, before, index)
    body = png_maker.SIGNATURE + png_maker.header(width, height, depth, color, interlaced)
    body += png_maker.chunk(b"PLTE", bytes(v for entry in palette for v in entry))
    line = lambda y: bytes([0]) + packed([values[patch_at(x, y, width, height)] for x in range(width)], depth)
    return body + before + png_maker.chunk(b"IDAT", zlib.compress(b"".join(map(line, range(height))))) + png_maker.chunk(b"IEND", b"")


def packed(values, depth):
    bits = "".join(format(v, f"0{depth}b") for v in values)
    return bytes(int(bits[i:i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8))


def few_levels(depth):
    """Twelve of the grays that so few bits have, all different where they can be, and in 8 bits."""
    most = (1 << depth) - 1
    levels = [(0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1), (0, 3, 1, 2, 2, 0, 1, 3, 1, 2, 3, 0)][depth - 1] if depth < 3 else [1, 14, 3, 9, 0, 15, 6, 12, 5, 10, 2, 8]
    return [(v,) for v in levels], [v * 255 // most for v in levels]


def pngs():
    gray, rgb = [(v,) for v in GRAYS], COLORS
    wide = lambda values: [tuple(v * 257 for v in value) for value in values]
    for depth in (1, 2, 4):
        raw, levels = few_levels(depth)
        yield Picture(f"gray{depth}.png", png(depth, png_maker.GRAY, raw), "gray", levels)
        yield Picture(f"gray{depth}-interlaced.png", png(depth, png_maker.GRAY, raw, True), "gray", levels)
    for interlaced in (False, True):
        lace = "-interlaced" if interlaced else ""
        yield Picture(f"gray8{lace}.png", png(8, png_maker.GRAY, gray, interlaced), "gray", GRAYS)
        yield Picture(f"gray16{lace}.png", png(16, png_maker.GRAY, wide(gray), interlaced), "gray", GRAYS)
        yield Picture(f"rgb8{lace}.png", png(8, png_maker.RGB, rgb, interlaced), "rgb", COLORS)
        yield Picture(f"rgb16{lace}.png", png(16, png_maker.RGB, wide(rgb), interlaced), "rgb", COLORS)
        both = [(v, a) for v, a in zip(GRAYS, ALPHAS)]
        yield Picture(f"gray8-alpha{lace}.png", png(8, png_maker.GRAY_ALPHA, both, interlaced), "gray", GRAYS, ALPHAS)
        four = [(*v, a) for v, a in zip(COLORS, ALPHAS)]
        yield Picture(f"rgb8-alpha{lace}.png", png(8, png_maker.RGB_ALPHA, four, interlaced), "rgb", COLORS, ALPHAS)
        yield Picture(f"rgb16-alpha{lace}.png", png(16, png_maker.RGB_ALPHA, wide(four), interlaced), "rgb", COLORS, ALPHAS)
    paletted = lambda depth, n, before=b"": png(depth, png_maker.PALETTED, [i % n for i in range(12)], False, COLORS[:n], before)
    yield Picture("palette8.png", paletted(8, 12), "rgb", COLORS)
    yield Picture("palette4.png", paletted(4, 12), "rgb", COLORS)
    yield Picture("palette2.png", paletted(2, 3), "rgb", [COLORS[i % 3] for i in range(12)])
    # The entries that tRNS names; those after it are opaque.
    trns = png_maker.chunk(b"tRNS", bytes(ALPHAS[:8]))
    yield Picture("palette8-trns.png", paletted(8, 12, trns), "rgb", COLORS, ALPHAS[:8] + [255] * 4)
    key = png_maker.chunk(b"tRNS", struct.pack(">HHH", *COLORS[1]))
    yield Picture("rgb8-trns.png", png(8, png_maker.RGB, rgb, before=key), "rgb", COLORS, [0 if i == 1 else 255 for i in range(12)])
    key = png_maker.chunk(b"tRNS", struct.pack(">H", GRAYS[9]))
    yield Picture("gray8-trns.png", png(8, png_maker.GRAY, gray, before=key), "gray", GRAYS, [0 if i == 9 else 255 for i in range(12)])
    yield Picture("grays-in-rgb.png", png(8, png_maker.RGB, [(v, v, v) for v in GRAYS]), "tone", GRAYS)
    yield Picture("one-pixel.png", saved(Image.new("RGB", (1, 1), COLORS[7]), "PNG"), "rgb", [COLORS[7]] * 12)
    yield Picture("a-jpeg-by-name.jpg", png(8, png_maker.RGB, rgb), "rgb", COLORS)
    yield Picture("no-end.png", png(8, png_maker.RGB, rgb)[:-12], "rgb", COLORS, warns={"W0509"})


# --- JPEG ---

def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def without(jpeg, marker):
    """The file without its segments of that marker."""
    out, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if jpeg[at + 1] != marker:
            out += jpeg[at:end]
        at = end
    return out + jpeg[at:]


def adobe(transform):
    return segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform]))


def with_segment(jpeg, part):
    return jpeg[:2] + part + jpeg[2:]


def ycc(r, g, b):
    return (round(0.299 * r + 0.587 * g + 0.114 * b), round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b),
            round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b))


def raw_four(values, **options):
    """A JPEG of four components that holds these values and has no word of what they are."""
    inverted = [tuple(255 - v for v in value) for value in values]  # PIL inverts, as Adobe does
    return without(saved(painted("CMYK", inverted), "JPEG", quality=97, **options), 0xEE)


def jpegs():
    best = {"quality": 95, "subsampling": 0}
    colors = painted("RGB", COLORS)
    yield Picture("gray.jpg", saved(painted("L", GRAYS), "JPEG", quality=95), "gray", GRAYS)
    yield Picture("gray-progressive.jpg", saved(painted("L", GRAYS), "JPEG", quality=95, progressive=True), "gray", GRAYS)
    yield Picture("ycc.jpg", saved(colors, "JPEG", **best), "rgb", COLORS)
    yield Picture("ycc-420.jpg", saved(colors, "JPEG", quality=90, subsampling=2), "rgb", COLORS)
    yield Picture("progressive.jpg", saved(colors, "JPEG", progressive=True, **best), "rgb", COLORS)
    plain = Image.merge("YCbCr", colors.split())  # its three planes are red, green and blue, and the marker says so
    yield Picture("rgb-adobe.jpg", with_segment(without(saved(plain, "JPEG", **best), 0xE0), adobe(0)), "rgb", COLORS)
    yield Picture("a-png-by-name.png", saved(colors, "JPEG", **best), "rgb", COLORS)
    yield Picture("cut.jpg", saved(colors, "JPEG", **best)[:-2], "rgb", COLORS, warns={"W0509"})
    for orientation in range(1, 9):
        turn = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
                6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}.get(orientation)
        lying = colors if turn is None else colors.transpose(turn)
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield Picture(f"orientation-{orientation}.jpg", saved(lying, "JPEG", exif=exif.tobytes(), **best), "rgb", COLORS)
    inks = painted("CMYK", INKS)
    yield Picture("cmyk-adobe.jpg", saved(inks, "JPEG", quality=97), "cmyk", INKS)
    yield Picture("cmyk-plain.jpg", raw_four(INKS), "cmyk", INKS)
    yield Picture("cmyk-progressive.jpg", saved(inks, "JPEG", quality=97, progressive=True), "cmyk", INKS)
    # YCCK: the inverted inks as if they were red, green and blue, and black inverted beside them.
    ycck = [(*ycc(c, m, y), 255 - k) for c, m, y, k in INKS]
    yield Picture("ycck-adobe.jpg", with_segment(raw_four(ycck), adobe(2)), "cmyk", INKS)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield Picture("cmyk-turned.jpg", saved(inks.transpose(Image.ROTATE_90), "JPEG", quality=97, exif=exif.tobytes()), "cmyk", INKS)


# --- profiles ---

def wide_profile():
    """An RGB profile of wide primaries (those of Adobe RGB 1998) and gamma 2.2."""
    fixed = lambda v: struct.pack(">i", round(v * 65536))
    xyz = lambda *v: b"XYZ \0\0\0\0" + b"".join(map(fixed, v))
    gamma = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.19921875 * 256))
    text = b"wide\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    tags = [(b"desc", desc + bytes(-len(desc) % 4)), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", xyz(0.9642, 1, 0.8249)),
            (b"rXYZ", xyz(0.60974, 0.31111, 0.01947)), (b"gXYZ", xyz(0.20528, 0.62567, 0.06087)),
            (b"bXYZ", xyz(0.14919, 0.06322, 0.74457)), (b"rTRC", gamma), (b"gTRC", gamma), (b"bTRC", gamma)]
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s12s4s", size, b"none", 0x02200000, b"mntr", b"RGB ", b"XYZ ", struct.pack(">6H", 2024, 1, 1, 0, 0, 0), b"acsp")
    head += bytes(64 - len(head)) + struct.pack(">I", 0) + fixed(0.9642) + fixed(1) + fixed(0.8249)
    return head.ljust(128, b"\0") + table + body


def profiled():
    profile = wide_profile()
    colors = painted("RGB", COLORS)
    yield Picture("profile.png", saved(colors, "PNG", icc_profile=profile), "rgb", COLORS, profile=profile)
    yield Picture("profile.jpg", saved(colors, "JPEG", quality=95, subsampling=0, icc_profile=profile), "rgb", COLORS, profile=profile)


def all_pictures():
    return [*pngs(), *jpegs(), *profiled()]


# --- what cannot be used ---

def refused():
    """(name, bytes, code of the error)"""
    colors = painted("RGB", COLORS)
    good_png, good_jpeg = png(8, png_maker.RGB, COLORS), saved(colors, "JPEG", quality=90)
    tiny = zlib.compress(bytes(9))
    huge = lambda width, height: png_maker.SIGNATURE + png_maker.header(width, height, 8, png_maker.RGB) + png_maker.chunk(b"IDAT", tiny) + png_maker.chunk(b"IEND", b"")
    frame = good_jpeg.index(b"\xFF\xC0")
    sized = lambda width, height: good_jpeg[:frame + 5] + struct.pack(">HH", height, width) + good_jpeg[frame + 9:]
    # What is coded after the header: half of it, none of it, other bytes.
    scan = lambda jpeg: jpeg.index(b"\xFF\xDA") + 14
    half = lambda jpeg: jpeg[:(scan(jpeg) + len(jpeg)) // 2]
    other = lambda jpeg: jpeg[:scan(jpeg)] + bytes((v * 73 + i * 29) % 255 if i % 11 == 5 else v for i, v in enumerate(jpeg[scan(jpeg):-2])) + jpeg[-2:]
    gray, inks = saved(painted("L", GRAYS), "JPEG", quality=90), saved(painted("CMYK", INKS), "JPEG", quality=90)
    bent = bytearray(good_png)
    bent[good_png.index(b"IDAT") + 9] ^= 0x20
    return [
        ("empty.png", b"", "E0503"), ("empty.jpg", b"", "E0503"),
        ("cut.png", good_png[:len(good_png) // 2], "E0507"), ("cut-head.png", good_png[:20], "E0507"),
        ("cut-head.jpg", good_jpeg[:frame + 4], "E0507"),
        ("bent.png", bytes(bent), "E0506"), ("no-picture.jpg", good_jpeg[:2] + b"\xFF\xD9", "E0506"),
        ("text-mode.png", good_png.replace(b"\r\n", b"\n"), "E0506"),
        ("zero-wide.png", huge(0, 10), "E0506"), ("zero-high.jpg", sized(192, 0), "E0506"),
        ("huge.png", huge(100000, 100000), "E0508"), ("huge.jpg", sized(65500, 65500), "E0508"),
        ("hollow.png", huge(9000, 9000), "E0507"), ("hollow.jpg", sized(9000, 9000), "E0507"),
        ("half.jpg", half(good_jpeg), "E0507"), ("half-gray.jpg", half(gray), "E0507"), ("half-cmyk.jpg", half(inks), "E0507"),
        ("nothing.jpg", good_jpeg[:scan(good_jpeg)] + b"\xFF\xD9", "E0506"), ("nothing-gray.jpg", gray[:scan(gray)] + b"\xFF\xD9", "E0506"),
        ("other.jpg", other(good_jpeg), "E0506"), ("other-gray.jpg", other(gray), "E0506"), ("other-cmyk.jpg", other(inks), "E0506"),
        ("arithmetic.jpg", good_jpeg.replace(b"\xFF\xC0", b"\xFF\xC9", 1), "E0510"),
        ("lossless.jpg", good_jpeg.replace(b"\xFF\xC0", b"\xFF\xC3", 1), "E0510"),
        ("gif.png", saved(colors, "GIF"), "E0504"), ("tiff.jpg", saved(colors, "TIFF"), "E0504"), ("webp.jpg", saved(colors, "WEBP"), "E0504"),
        ("bmp.png", saved(colors, "BMP"), "E0504"), ("words.png", "Không phải ảnh.".encode(), "E0505"),
    ]
