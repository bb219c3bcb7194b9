#!/usr/bin/env python3
"""Writes small fonts for tests into the folder given: usage: make_fonts.py FOLDER [--seeds]

TrueType and OpenType/CFF with the alphabet of Vietnamese, kerning included, cut out of Noto Serif; the same with other
embedding rights; fonts that lack letters or lie about them; files of kinds that bantin refuses. With --seeds only a few
of them, with a handful of letters each: seeds for fuzz_font.
"""
import copy
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

NOTO = Path("/usr/share/fonts/truetype/noto")
ASCII = [chr(c) for c in range(0x20, 0x7F)]
SIGNS = list("\u00a0–—‘’“”•…")
VIETNAMESE = list("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư") + [chr(c) for c in range(0x1EA0, 0x1EFA)]
TIME = 3_800_000_000  # the files' date, for the same bytes on each run


def cut(source, characters):
    """A font of /usr/share/fonts with these characters only, as fontTools has it."""
    options = subset.Options(layout_features=["kern", "mark", "ccmp", "locl", "tnum", "lnum"], hinting=False,
                             notdef_outline=True, name_IDs=[1, 2, 4, 6], glyph_names=True)
    font = TTFont(io.BytesIO((NOTO / source).read_bytes()), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    font["head"].created = font["head"].modified = TIME
    font.recalcTimestamp = False
    return font


def rename(font, name):
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = name
        elif record.nameID == 6:
            record.string = name.replace(" ", "")


def renamed(font_bytes, name):
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    rename(font, name)
    return saved(font)


def as_cff(font, name):
    """The same font with outlines of cubic curves."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    strings, metrics = {}, {}
    for glyph_name in order:
        advance, _ = font["hmtx"][glyph_name]
        pen, bounds = T2CharStringPen(advance, glyphs), ControlBoundsPen(glyphs)
        glyphs[glyph_name].draw(pen)
        glyphs[glyph_name].draw(bounds)
        strings[glyph_name] = pen.getCharString()
        metrics[glyph_name] = (advance, round(bounds.bounds[0]) if bounds.bounds else 0)
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(font.getBestCmap())
    builder.setupCFF(name.replace(" ", ""), {"FullName": name}, strings, {})
    builder.setupHorizontalMetrics(metrics)
    hhea, os2 = font["hhea"], font["OS/2"]
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
    builder.setupOS2(sCapHeight=os2.sCapHeight, sxHeight=os2.sxHeight, usWeightClass=os2.usWeightClass, fsType=0)
    builder.setupPost()
    for tag in ("GDEF", "GSUB", "GPOS"):
        if tag in font:
            builder.font[tag] = font[tag]
    builder.font["head"].created = builder.font["head"].modified = TIME
    builder.font.recalcTimestamp = False
    return builder.font


def saved(font):
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def with_rights(font_bytes, bits):
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    font["OS/2"].fsType = bits
    return saved(font)


def cid_keyed(font_bytes):
    """As fonts for Chinese and Japanese are: glyphs numbered by CIDs."""
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    part = FontDict()
    part.Private = top.Private
    part.FontName = "Part"
    top.FDArray = FDArrayIndex()
    top.FDArray.append(part)
    top.FDSelect = FDSelect(format=3)
    top.FDSelect.gidArray = [0] * len(font.getGlyphOrder())
    order = font.getGlyphOrder()
    fresh = [".notdef"] + [f"cid{i:05d}" for i in range(1, len(order))]
    for name in order:
        strings[name]  # read before they are renamed
    strings.charStrings = {new: strings.charStrings[old] for new, old in zip(fresh, order)}
    cmap = {code: fresh[order.index(name)] for code, name in font.getBestCmap().items()}
    metrics = {new: font["hmtx"][old] for new, old in zip(fresh, order)}
    for tag in ("GDEF", "GSUB", "GPOS"):
        if tag in font:
            del font[tag]
    for table in font["cmap"].tables:
        table.cmap = dict(cmap)
    font["hmtx"].metrics = metrics
    top.charset = fresh
    font.setGlyphOrder(fresh)
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = len(fresh)
    del top.rawDict["Private"]
    del top.Private
    return saved(font)


def variable(font_bytes):
    """With an axis of weight, and nothing that varies."""
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    return saved(font)


def collection(*fonts):
    out = io.BytesIO()
    both = TTCollection()
    both.fonts = [TTFont(io.BytesIO(font), recalcTimestamp=False) for font in fonts]
    both.save(out, shareTables=False)
    return out.getvalue()


def packed(font_bytes):
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    font.flavor = "woff"
    return saved(font)


def liar(font_bytes):
    """Maps Ộ, and draws it as Ọ."""
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    cmap = font.getBestCmap()
    glyf = font["glyf"]
    glyf[cmap[0x1ED8]] = copy.deepcopy(glyf[cmap[0x1ECC]])
    return saved(font)


def truetype(source, name, characters):
    font = cut(source, characters)
    rename(font, name)
    return with_rights(saved(font), 0)


def seeds():
    few = list(" AOaovxi1.,ộỘỌÔđƠ")
    plain = truetype("NotoSerif-Regular.ttf", "Seed", few)
    cubic = saved(as_cff(cut("NotoSerif-Regular.ttf", few), "Seed CFF"))
    return {"plain.ttf": plain, "cubic.otf": cubic, "liar.ttf": liar(plain), "cut.otf": cubic[: len(cubic) * 2 // 3],
            "variable.ttf": variable(plain), "cid.otf": cid_keyed(cubic)}


def fonts():
    whole = ASCII + SIGNS + VIETNAMESE
    made = {}
    for style, source in (("Regular", "NotoSerif-Regular.ttf"), ("Bold", "NotoSerif-Bold.ttf")):
        made[f"House-{style}.ttf"] = truetype(source, f"House {style}", whole)
        made[f"Cubic-{style}.otf"] = saved(as_cff(cut(source, whole), f"Cubic {style}"))
    plain, cubic = made["House-Regular.ttf"], made["Cubic-Regular.otf"]
    for bits in (0x0002, 0x0004, 0x0006, 0x0008, 0x0100, 0x0200):
        made[f"rights-{bits:04x}.ttf"] = with_rights(plain, bits)
    made["rights-0100.otf"] = with_rights(cubic, 0x0100)
    made["poor.otf"] = saved(as_cff(cut("NotoSerif-Regular.ttf", ASCII), "Poor"))
    made["liar.ttf"] = liar(plain)
    made["variable.ttf"] = variable(plain)
    made["two.ttc"] = collection(plain, made["House-Bold.ttf"])
    made["packed.woff"] = packed(plain)
    made["packed.woff2"] = b"wOF2" + bytes(60)
    made["old.pfb"] = b"\x80\x01\x10\x00\x00\x00%!PS-AdobeFont-1.0: Old 001.001\n"
    made["old.pfa"] = b"%!PS-AdobeFont-1.0: Old 001.001\n"
    made["cid.otf"] = cid_keyed(cubic)
    made["page.ttf"] = b"<!DOCTYPE html><title>404</title>"
    made["cut.ttf"] = plain[: len(plain) // 2]
    made["cut.otf"] = cubic[: len(cubic) // 2]
    made["empty.ttf"] = b""
    return made


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, contents in (seeds() if "--seeds" in sys.argv[2:] else fonts()).items():
        (folder / name).write_bytes(contents)


if __name__ == "__main__":
    main()
