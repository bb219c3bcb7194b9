#!/usr/bin/env python3
"""Writes the PNG files of test_image.c into the folder given: every colour type and depth, interlaced too; bad ones.

Pixels follow the formulas that test_image.c knows too: sample(x, y, c) below, PALETTE and TRANSPARENCY.
"""
import struct
import sys
import zlib
from pathlib import Path

WIDTH, HEIGHT = 13, 11
SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB, PALETTED, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTED: 1, GRAY_ALPHA: 2, RGB_ALPHA: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
PALETTE = [(i * 40 % 256, i * 70 % 256, 255 - i) for i in range(5)]
GRAYS = [(i * 50, i * 50, i * 50) for i in range(5)]
TRANSPARENCY = [0, 60, 120]


def sample(x, y, c, depth):
    return (x * 37 + y * 101 + c * 53 + 7) * (257 if depth == 16 else 1) % (1 << depth)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header(width, height, depth, color, interlaced=False):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))


def scan_line(xs, y, depth, color, n_colors, pixel):
    values = []
    for x in xs:
        for c in range(CHANNELS[color]):
            values.append((x + y * 3) % n_colors if color == PALETTED else pixel(x, y, c, depth))
    if depth == 16:
        return b"".join(struct.pack(">H", v) for v in values)
    bits = "".join(format(v, f"0{depth}b") for v in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def filtered(line, above, bpp, kind):
    """One line under a PNG filter: 0 none, 1 sub, 2 up, 3 average, 4 Paeth."""
    out = bytearray([kind])
    for i, value in enumerate(line):
        a = line[i - bpp] if i >= bpp else 0
        b = above[i] if above else 0
        c = above[i - bpp] if above and i >= bpp else 0
        p = a + b - c
        paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
        out.append((value - (0, a, b, (a + b) // 2, paeth)[kind]) & 255)
    return bytes(out)


def raw(depth, color, interlaced, n_colors, pixel):
    bpp = max(1, CHANNELS[color] * depth // 8)
    out = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else ((0, 0, 1, 1),):
        above = None
        if x0 >= WIDTH:
            continue
        for n, y in enumerate(range(y0, HEIGHT, dy)):
            line = scan_line(range(x0, WIDTH, dx), y, depth, color, n_colors, pixel)
            out += filtered(line, above, bpp, n % 5)
            above = line
    return out


def png(depth, color, interlaced=False, palette=None, before=b"", pixel=sample):
    n_colors = min(len(palette), 1 << depth) if palette else 1
    body = SIGNATURE + header(WIDTH, HEIGHT, depth, color, interlaced)
    if palette:
        body += chunk(b"PLTE", bytes(v for entry in palette[:n_colors] for v in entry))
    data = zlib.compress(raw(depth, color, interlaced, n_colors, pixel))
    half = len(data) // 2
    return body + before + chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b"")


def good():
    kinds = [("gray", GRAY, (1, 2, 4, 8, 16)), ("rgb", RGB, (8, 16)), ("pal", PALETTED, (1, 2, 4, 8)),
             ("graya", GRAY_ALPHA, (8, 16)), ("rgba", RGB_ALPHA, (8, 16))]
    for name, color, depths in kinds:
        for depth in depths:
            for interlaced in (False, True):
                palette = PALETTE if color == PALETTED else None
                yield f"{name}{depth}{'i' if interlaced else ''}", png(depth, color, interlaced, palette)
    trns = chunk(b"tRNS", bytes(TRANSPARENCY))
    yield "pal8-trns", png(8, PALETTED, False, PALETTE, trns)
    yield "pal4-trnsi", png(4, PALETTED, True, PALETTE, trns)
    yield "pal8-grays", png(8, PALETTED, False, GRAYS)
    yield "pal2-grays-trns", png(2, PALETTED, False, GRAYS, trns)
    yield "pal8-allbutone", png(8, PALETTED, False, GRAYS[:4] + [(200, 200, 201)])
    keyed = [("gray8", GRAY, 8), ("gray16", GRAY, 16), ("gray2", GRAY, 2), ("rgb8", RGB, 8), ("rgb16", RGB, 16)]
    for name, color, depth in keyed:
        key = b"".join(struct.pack(">H", sample(2, 3, c, depth)) for c in range(CHANNELS[color]))
        yield f"{name}-trns", png(depth, color, False, None, chunk(b"tRNS", key))
    yield "rgba8-opaque", png(8, RGB_ALPHA, pixel=lambda x, y, c, d: 255 if c == 3 else sample(x, y, c, d))
    yield "rgb8-plte", png(8, RGB, False, None, chunk(b"PLTE", bytes(v for e in GRAYS for v in e)))
    profile = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"no profile"))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    yield "gray8-extras", png(8, GRAY, before=gamma + profile + chunk(b"tEXt", b"a\0b"))


def colour_profile(space=b"RGB ", size=200):
    """As much of an ICC profile as libpng looks at."""
    head = struct.pack(">I", size) + bytes(4) + b"\x02\x10\0\0" + b"mntr" + space + b"XYZ " + bytes(12) + b"acsp" + bytes(24)
    head += bytes(4) + struct.pack(">III", 0xF6D6, 0x10000, 0xD32D)
    noise = bytes((i * i * 37 + i * 11) >> 3 & 255 for i in range(256))  # libpng takes well-packed profiles for short ones
    return (head + bytes(128 - len(head)) + struct.pack(">I", 0) + noise * (size // 256 + 1))[:size - 1] + b"p"


def with_profiles():
    good, name = colour_profile(), b"x\0\0"
    yield "icc-rgb8", png(8, RGB, before=chunk(b"iCCP", name + zlib.compress(good)))
    yield "icc-rgba8", png(8, RGB_ALPHA, True, before=chunk(b"iCCP", name + zlib.compress(good)))
    yield "icc-srgb", png(8, RGB, before=chunk(b"sRGB", b"\0") + chunk(b"gAMA", struct.pack(">I", 45455)))
    yield "icc-gray8", png(8, GRAY, before=chunk(b"iCCP", name + zlib.compress(colour_profile(b"GRAY"))))
    for bad, profile in (("none", b"no profile"), ("cut", good[:150]), ("cmyk", colour_profile(b"CMYK")), ("gray", colour_profile(b"GRAY")),
                         ("large", colour_profile(size=5 << 20))):
        yield f"icc-bad-{bad}", png(8, RGB, before=chunk(b"iCCP", name + zlib.compress(profile)))


def small(size, depth, color, data):
    """A file of one size and other data than that size asks for."""
    return SIGNATURE + header(*size, depth, color) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bad():
    whole = png(8, RGB)
    data_at = whole.index(b"IDAT") + 4
    yield "cut-header", whole[:20]
    yield "cut-data", whole[:data_at + 30]
    yield "cut-between", whole[:whole.rindex(b"IDAT") - 4]
    yield "no-end", whole[:-12]
    yield "crc", whole[:data_at + 5] + bytes([whole[data_at + 5] ^ 4]) + whole[data_at + 6:]
    yield "header-crc", whole[:29] + b"\0\0\0\0" + whole[33:]
    yield "text-mode", whole.replace(b"\r\n", b"\n")
    yield "no-header", SIGNATURE + chunk(b"IDAT", bytes(40))
    yield "color-type", small((4, 4), 8, 5, zlib.compress(bytes(100)))
    yield "depth", small((4, 4), 4, RGB, zlib.compress(bytes(100)))
    yield "no-palette", small((4, 4), 8, PALETTED, zlib.compress(bytes(20)))
    yield "zero-width", small((0, 4), 8, GRAY, zlib.compress(b""))
    yield "huge", small((100000, 100000), 8, RGB, zlib.compress(bytes(9)))
    yield "hollow", small((9000, 9000), 8, RGB, zlib.compress(bytes(9)))
    yield "few-rows", small((4, 4), 8, GRAY, zlib.compress(bytes(10)))
    yield "not-deflated", small((4, 4), 8, GRAY, b"this is no zlib stream")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in list(good()) + list(with_profiles()) + [("bad-" + name, content) for name, content in bad()]:
        (folder / f"{name}.png").write_bytes(content)


if __name__ == "__main__":
    main()
