#!/usr/bin/python3
"""Draws the illustrations of this sample, always the same bytes: logo.svg, hoi-nghi-tap-huan.svg and xu-thanh.svg as
vectors, bieu-duong.png and le-ky-ket.jpg as pixels (300 ppi at 88 mm and 181 mm wide).

It needs Pillow (python3-pil). Colours, pens, people and things are in samples/drawing.py; here are the pictures.
"""
import argparse
import math
import os
import sys

sys.dont_write_bytecode = True  # no folder of compiled code among the samples
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

from drawing import (ACCENT, BLUSH, CREAM, GREY, HAIR, HAIR_SOFT, HONEY, INK, MIST, OCHRE, PALE, PINK, PLUM, ROSE,
                     SAND, SKINS, TAUPE, TEAL, WINE, Picture, arms, bicycle, bouquet, certificate, coins, conical_hat,
                     curtain, dress_back, dress_front, egret, flower_heap, from_behind, hand, head, leaf, long_dress,
                     long_hair, lotus, man, mix, neck, plant, porter, rose, side_bodice, side_head, side_leg, tuft,
                     woman)


def logo():
    picture = Picture(240, 240, None)
    pen = picture.pen()
    lotus(pen.at(120, 112, 0.92), ACCENT, PINK, HONEY)
    pen.stroke("M 38,190 C 68,207 96,207 120,194 C 144,207 172,207 202,190", ACCENT, 7)
    pen.stroke("M 74,211 C 94,221 108,220 120,213 C 132,220 146,221 166,211", ROSE, 7)
    return picture


def window(pen, x, hills, sun):
    """A tall window, 136 wide, with hills (heights of the far and the near ones) and perhaps the sun behind it."""
    pen.rect(x, 54, 136, 300, CREAM)
    pen.rect(x + 8, 62, 120, 284, "#E9F0EB")
    if sun:
        pen.circle(x + 96, 128, 22, HONEY)
    left, right = x + 8, x + 128
    for (a, b, c), color in zip(hills, (MIST, mix(TEAL, MIST, 0.5))):
        pen.fill(f"M {left},{a} C {left + 24},{a - 10} {left + 34},{b} {left + 60},{b} "
                 f"C {left + 86},{b} {right - 26},{c} {right},{c} "
                 f"L {right},346 L {left},346 Z", color)
    pen.rect(x + 65, 62, 6, 284, CREAM)
    pen.rect(x + 8, 168, 120, 6, CREAM)
    pen.rect(x - 8, 346, 152, 12, SAND)


def mother_and_child(pen):
    """The drawing on the board: a mother who holds a child."""
    pen.circle(0, 0, 112, PALE)
    pen.circle(-8, -62, 26, ROSE)
    pen.ellipse(-30, -86, 14, 12, ROSE)
    pen.fill("M -30,-30 C -64,-22 -78,30 -74,92 C -40,118 40,118 74,92 C 78,64 62,42 42,42 C 58,22 48,-6 22,-12 "
             "C 8,-26 -10,-34 -30,-30 Z", ROSE)
    pen.circle(22, 8, 19, HONEY)
    pen.fill("M 4,32 C 34,26 56,44 56,74 C 40,84 10,84 -14,70 C -18,50 -10,36 4,32 Z", HONEY)
    pen.fill("M -52,18 C -42,56 -6,76 46,68 C 52,78 46,88 34,90 C -24,98 -62,66 -66,28 C -64,18 -54,14 -52,18 Z", WINE)


def training():
    """A training day, seen from behind those who listen."""
    picture = Picture(1570, 700, "#F6E6E3")
    pen = picture.pen()
    for i in range(9):
        pen.rect(60 + i * 176, 0, 88, 420, "#F9ECE8")
    pen.rect(0, 0, 1570, 26, mix(BLUSH, PINK, 0.5))
    pen.rect(0, 26, 1570, 6, PINK)
    window(pen, 114, ((270, 226, 250), (320, 296, 262)), False)
    window(pen, 282, ((244, 196, 262), (256, 290, 284)), True)
    curtain(pen, 0, 92, 420, 3, ROSE)
    curtain(pen, 1474, 96, 420, 3, ROSE)

    pen.rect(0, 384, 1570, 320, TAUPE)
    pen.rect(0, 384, 1570, 10, mix(TAUPE, INK, 0.3))
    plant(pen.at(478, 318, 0.72))

    pen.rect(574, 66, 500, 300, WINE)                       # the board
    pen.rect(584, 76, 480, 280, CREAM)
    pen.fill("M 584,356 L 1064,76 L 1064,356 Z", "#FBF1E8")
    mother_and_child(pen.at(738, 218))
    for i, length in enumerate((136, 112, 124)):
        y = 158 + i * 54
        pen.circle(894, y + 6, 9, (ROSE, HONEY, mix(TEAL, MIST, 0.4))[i])
        pen.rect(914, y - 2, length * 0.8, 7, mix(BLUSH, PINK, 0.5))
        pen.rect(914, y + 11, length * 0.55, 7, BLUSH)
    pen.rect(604, 366, 12, 30, WINE)
    pen.rect(1032, 366, 12, 30, WINE)

    speaker = pen.at(1246, 190, 0.86)                       # the speaker at her lectern
    long_dress(speaker, ACCENT, ACCENT)
    neck(speaker, "light", mix(ACCENT, "#FFFFFF", 0.1))
    speaker.limb([(70, 112), (100, 196), (62, 232)], (19, 13), mix(ACCENT, INK, 0.14))
    speaker.limb([(-70, 112), (-122, 160), (-160, 96)], (19, 13), ACCENT)
    speaker.at(-166, 84, 1, 150).fill("M -9,-10 C -13,0 -14,10 -10,18 L -16,28 C -18,34 -12,36 -9,31 L -7,40 "
                                      "C -6,46 0,46 0,40 L 3,42 C 6,46 10,43 9,38 "
                                      "L 11,34 C 15,34 15,28 13,22 C 13,8 11,0 9,-10 Z", SKINS["light"][0])
    head(speaker.at(0, 0, 1, -5), "bun", "side", "light")
    pen.fill("M 1184,352 L 1338,352 L 1322,372 L 1200,372 Z", mix(WINE, "#FFFFFF", 0.2))
    pen.fill("M 1200,372 L 1322,372 L 1312,520 L 1210,520 Z", WINE)
    pen.fill("M 1278,372 L 1322,372 L 1312,520 L 1276,520 Z", PLUM)
    lotus(pen.at(1248, 424, 0.26), HONEY, mix(HONEY, WINE, 0.4))
    pen.stroke("M 1302,352 C 1304,330 1296,318 1284,308", INK, 4)
    pen.ellipse(1281, 305, 8, 6, INK)
    for x, y, r, color in ((1392, 350, 20, ACCENT), (1424, 336, 22, ROSE), (1456, 352, 20, CREAM),
                           (1408, 322, 17, HONEY), (1440, 318, 16, ACCENT)):
        leaf(pen.at(x, y + 20, 1, (x - 1424) * 1.1), 62, 13, TEAL)
        rose(pen, x, y, r, color)
    pen.fill("M 1384,362 L 1464,362 L 1444,500 L 1404,500 Z", SAND)
    pen.fill("M 1428,362 L 1464,362 L 1444,500 L 1428,500 Z", TAUPE)

    back_row = [("bun", ROSE, "light", 0), ("long", CREAM, "warm", 1), ("bob", MIST, "light", 0),
                ("high", PINK, "warm", 0), ("curls", HONEY, "light", 0), ("tail", BLUSH, "deep", -1),
                ("bun", TEAL, "warm", 0), ("long", PINK, "light", 0), ("bob", CREAM, "warm", -1),
                ("high", ROSE, "light", 0), ("tail", SAND, "light", 0)]
    for i, (hair, color, skin, turn) in enumerate(back_row):
        grey = GREY if hair == "curls" else HAIR_SOFT
        from_behind(pen.at(24 + i * 150 + (7 if i % 3 else -9), 442 + (i * 7 % 3) * 5, 0.66), hair, color, skin, grey,
                    turn, tilt=(i * 5 % 3 - 1) * 4)
    front_row = [("long", WINE, "warm", 0, 0), ("high", ACCENT, "light", 1, 0), ("bob", ROSE, "warm", 0, 0),
                 ("bun", PLUM, "light", 0, 0), ("tail", TEAL, "light", 0, 1),
                 ("curls", ACCENT, "warm", 0, 0), ("long", ROSE, "light", -1, 0), ("bun", WINE, "warm", 0, 0)]
    for i, (hair, color, skin, turn, raised) in enumerate(front_row):
        x = 70 + i * 206
        pen.fill(f"M {x - 104},700 L {x - 98},668 C {x - 96},654 {x - 86},650 {x - 70},650 L {x + 70},650 "
                 f"C {x + 86},650 {x + 96},654 {x + 98},668 L {x + 104},700 Z", INK)
        from_behind(pen.at(x + (5, -6, 0)[i % 3], 556 + (i * 4 % 3) * 8, 0.98), hair, color, skin,
                    GREY if hair == "curls" else HAIR, turn, raised,
                    tilt=(i * 7 % 3 - 1) * 3)
    return picture


def honours():
    """Five women on a stage with flowers and certificates; behind them a sapling grows out of coins."""
    picture = Picture(880, 690, PLUM)
    pen = picture.pen()
    pen.circle(440, 330, 400, mix(PLUM, WINE, 0.45))
    pen.circle(440, 330, 318, WINE)
    pen.circle(440, 330, 236, mix(WINE, ACCENT, 0.65))
    for x, n in ((60, 9), (208, 14), (672, 14), (820, 9)):
        coins(pen.at(x, 420, 0.92), n)
    pen.stroke("M 440,420 C 437,320 443,220 440,120", MIST, 12)
    for turn, length, y in ((-64, 178, 262), (64, 178, 262), (-44, 158, 196), (44, 158, 196), (-15, 112, 134),
                            (17, 108, 134)):
        leaf(pen.at(440, y, 1, turn), length, 37, MIST, mix(TEAL, MIST, 0.45))
    petals = ((96, 70, 20, PINK), (188, 128, 60, HONEY), (280, 52, -30, ROSE), (604, 60, 40, PINK),
              (694, 130, -20, CREAM), (790, 74, 70, HONEY), (142, 176, -50, ROSE), (742, 196, 30, ROSE),
              (52, 190, 10, CREAM), (836, 170, -60, PINK), (352, 40, 20, CREAM), (536, 36, -40, HONEY))
    for x, y, turn, color in petals:
        leaf(pen.at(x, y, 1, turn), 22, 8, color)

    pen.rect(0, 640, 880, 50, mix(PLUM, INK, 0.5))
    women = [(112, 352, 0.86, dict(color=BLUSH, pose="hold", hair="long", cap="middle", skin="light", flowers=ROSE,
                                   tilt=4), HONEY),
             (768, 352, 0.86, dict(color=HONEY, pose="hold", hair="low", cap="side", skin="warm", flowers=None,
                                   tilt=-4), ROSE),
             (272, 340, 0.9, dict(color=TEAL, pose="frame", hair="bob", cap="fringe", skin="warm", tilt=-3), None),
             (608, 340, 0.9, dict(color=ROSE, pose="frame", hair="bun", cap="middle", skin="light", tilt=3), None),
             (440, 326, 0.98, dict(color=CREAM, pose="hold", hair="low", cap="side", skin="light", turban=HONEY,
                                   flowers=ACCENT, trousers=PINK), ACCENT)]
    for x, y, scale, look, bunch in women:
        p = pen.at(x, y, scale)
        if bunch:
            held = lambda p=p, bunch=bunch: bouquet(p.at(0, 206, 1.1), bunch,
                                                    CREAM if look["color"] != CREAM else BLUSH)
        else:
            held = lambda p=p: certificate(p.at(0, 206))
        woman(p, held=held, **look)
    return picture


def flag(pen, color, height=660):
    """A pole and cloth that hangs from it."""
    pen.rect(-4, 0, 8, height, OCHRE)
    pen.fill("M 0,-26 C 12,-10 10,0 0,6 C -10,0 -12,-10 0,-26 Z", HONEY)
    pen.fill("M 4,14 C 40,30 66,70 76,130 C 92,210 78,290 86,350 C 66,336 52,344 40,358 C 30,340 16,344 4,352 Z", color)
    pen.fill("M 4,14 C 30,60 38,140 34,220 C 32,270 36,320 40,358 C 30,340 16,344 4,352 Z", mix(color, "#000000", 0.18))
    pen.fill("M 46,72 C 60,130 54,230 60,345 C 68,338 77,344 86,350 C 78,290 92,210 76,130 C 68,106 58,88 46,72 Z",
             mix(color, "#FFFFFF", 0.12))


def folder(pen):
    """An open folder on the table, seen flat."""
    pen.fill("M -122,0 L -98,-34 L 98,-34 L 122,0 Z", WINE)
    pen.fill("M -112,-4 L -92,-31 L -3,-31 L -3,-4 Z", CREAM)
    pen.fill("M 112,-4 L 92,-31 L 3,-31 L 3,-4 Z", "#FFFFFF")
    for i in range(3):
        pen.stroke(f"M {22 + i},{-25 + i * 6} L {78 + i * 3},{-25 + i * 6}", TAUPE, 1.8)
        pen.stroke(f"M {-78 - i * 3},{-25 + i * 6} L {-22 - i},{-25 + i * 6}", TAUPE, 1.8)


def signer(pen, color, hair, cap, skin, turban=None):
    """A woman who sits behind the table and signs; the table hides her from the elbows down."""
    dark = mix(color, INK, 0.22)
    if hair == "long":
        long_hair(pen, HAIR)
    pen.fill("M -24,76 C -42,84 -70,88 -86,102 C -96,112 -94,130 -88,146 L -72,280 L 72,280 L 88,146 "
             "C 94,130 96,112 86,102 C 70,88 42,84 24,76 Z", color)
    pen.fill("M 30,80 C 50,86 72,90 86,102 C 96,112 94,130 88,146 L 72,280 L 20,280 C 34,220 40,140 30,80 Z",
             mix(color, dark, 0.5))
    pen.stroke("M 2,92 C 22,104 44,118 58,150", dark, 2.4)
    neck(pen, skin, mix(color, "#FFFFFF", 0.12))
    head(pen.at(2, 6, 1, 5), hair, cap, skin, turban=turban, down=True)
    if hair == "long":
        pen.fill("M -38,14 C -46,46 -62,76 -60,138 C -58,150 -46,152 -40,144 C -34,114 -36,74 -32,42 Z", HAIR)


def signing_arms(pen, color, skin):
    """The arms of a signer, over the table and the papers."""
    pen.limb([(-76, 118), (-136, 206), (-44, 250)], (21, 13), color)
    pen.limb([(76, 118), (134, 208), (62, 254)], (21, 13), mix(color, INK, 0.14))
    hand(pen, -34, 252, skin, -80)
    tone, shade = SKINS[skin]
    pen.stroke("M 36,268 L 66,212", INK, 4)
    pen.stroke("M 60,223 L 66,212", HONEY, 4.4)
    pen.fill("M 62,240 C 50,238 38,244 33,255 C 31,264 40,270 50,268 C 61,268 68,261 68,252 C 68,245 66,241 62,240 Z",
             tone)
    pen.stroke("M 39,256 C 47,252 54,254 58,260", shade, 1.8)


def signing():
    """Two women sign at a table; others stand behind them."""
    picture = Picture(1810, 807, BLUSH)
    pen = picture.pen()
    for r, color in ((760, mix(BLUSH, PALE, 0.6)), (600, mix(BLUSH, PINK, 0.18)), (440, mix(BLUSH, PALE, 0.8))):
        pen.circle(905, 470, r, color)
    lotus(pen.at(905, 118, 1.5), mix(BLUSH, PINK, 0.55), mix(BLUSH, PINK, 0.25))
    pen.rect(0, 716, 1810, 91, TAUPE)
    pen.rect(0, 716, 1810, 8, mix(TAUPE, INK, 0.3))
    curtain(pen, 0, 120, 740, 3, WINE)
    curtain(pen, 1690, 120, 740, 3, WINE)
    for x, color in ((150, ACCENT), (218, OCHRE)):
        flag(pen.at(x, 66, 1), color)
    for x, color in ((1660, ACCENT), (1592, OCHRE)):
        flag(pen.at(x, 66, 1, 0, True), color)

    standing = [
        (362, 236, lambda p: woman(p, TEAL, "clap", "bob", "fringe", "warm", tilt=5)),
        (1452, 236, lambda p: woman(p, HONEY, "clap", "low", "side", "light", tilt=-5)),
        (512, 196, lambda p: man(p, INK, "down", "deep", tie=ROSE, tilt=3)),
        (1300, 192, lambda p: man(p, mix(TEAL, INK, 0.62), "down", "warm", GREY, OCHRE, tilt=-3)),
        (662, 224, lambda p: woman(p, CREAM, "clasp", "bun", "middle", "light", flowers=ROSE, tilt=3)),
        (1150, 226, lambda p: woman(p, PINK, "clap", "long", "middle", "warm", tilt=-3)),
        (824, 214, lambda p: woman(p, ROSE, "clap", "low", "side", "warm", turban=WINE, tilt=2)),
        (986, 218, lambda p: woman(p, MIST, "clasp", "curls", "short", "light", hair_color=GREY, tilt=-2)),
    ]
    for x, y, draw in standing:
        draw(pen.at(x, y, 0.92))

    for x, look in ((600, dict(color=ACCENT, hair="bun", cap="side", skin="light")),
                    (1210, dict(color=PLUM, hair="long", cap="middle", skin="warm"))):
        pen.fill(f"M {x - 112},640 L {x - 112},430 C {x - 112},396 {x - 84},384 {x},384 "
                 f"C {x + 84},384 {x + 112},396 {x + 112},430 L {x + 112},640 Z", OCHRE)
        pen.fill(f"M {x - 98},640 L {x - 98},434 C {x - 98},408 {x - 74},398 {x},398 "
                 f"C {x + 74},398 {x + 98},408 {x + 98},434 L {x + 98},640 Z", mix(ACCENT, INK, 0.35))
        signer(pen.at(x, 350, 1.06), **look)

    pen.fill("M 250,648 L 330,592 L 1480,592 L 1560,648 Z", CREAM)          # the table
    pen.fill("M 250,648 L 1560,648 L 1576,807 L 234,807 Z", WINE)
    for i in range(14):
        x = 262 + i * 94
        pen.fill(f"M {x},660 C {x + 16},700 {x - 6},760 {x + 4},807 L {x + 36},807 "
                 f"C {x + 26},760 {x + 40},710 {x + 34},660 Z", mix(WINE, PLUM, 0.6))
    pen.rect(246, 646, 1318, 14, HONEY)
    for x in (600, 1210):
        folder(pen.at(x + 14, 634, 1.1))
    signing_arms(pen.at(600, 350, 1.06), ACCENT, "light")
    signing_arms(pen.at(1210, 350, 1.06), PLUM, "warm")

    for x, y, turn in ((800, 606, -66), (1010, 606, 66), (838, 580, -40), (972, 580, 40), (870, 560, -16),
                       (940, 560, 18)):
        leaf(pen.at(905 + (x - 905) * 0.55, y + 30, 1, turn), 96, 20, TEAL)
    for x, y, r, color in ((830, 606, 30, ROSE), (980, 606, 30, ROSE), (868, 582, 30, CREAM), (942, 582, 30, HONEY),
                           (905, 560, 28, ACCENT), (905, 612, 34, ACCENT),
                           (866, 628, 24, PINK), (946, 628, 24, CREAM)):
        rose(pen, x, y, r, color)
    return picture


def cyclist(pen, color, trousers, skin):
    """A young woman who rides; the origin is on the ground under the cranks."""
    dark, body = mix(color, PINK, 0.3), pen.at(-52, -674, 1, 5)

    def far():
        pen.fill("M -112,-446 C -150,-400 -230,-372 -300,-352 C -344,-338 -372,-312 -404,-318 C -396,-290 -376,-272 "
                 "-352,-262 C -300,-262 -190,-300 -84,-384 Z", dark)
        side_leg(pen, (4, -218), mix(trousers, ROSE, 0.3), (-76, -402), (42, 36), PLUM)

    bicycle(pen, ACCENT, far=far, rack=lambda p: lotus_bundle(p.at(-6, -18, 1, -90)))
    side_leg(pen, (-50, -90), trousers, (-84, -402), (46, 40), PLUM)
    pen.fill("M -106,-420 L -34,-462 C 20,-430 62,-400 66,-350 C 62,-300 46,-262 34,-214 C 4,-206 -30,-214 -52,-226 "
             "C -44,-270 -40,-310 -52,-340 C -84,-350 -122,-372 -128,-396 Z", color)
    pen.fill("M -34,-462 C 20,-430 62,-400 66,-350 C 62,-300 46,-262 34,-214 L 12,-211 C 24,-262 34,-310 24,-350 "
             "C 10,-400 -30,-420 -60,-440 Z", dark)
    side_head(body, skin, "long", ROSE)
    side_bodice(body, color)
    pen.limb([(-68, -558), (-8, -462), (84, -446)], (23, 14), mix(color, PINK, 0.22))
    hand(pen, 86, -446, skin, -84)


def lotus_bundle(pen):
    """Three lotus buds on stalks, upwards from the origin."""
    for x, turn, length in ((-14, -12, 150), (14, 12, 140), (0, 0, 172)):
        p = pen.at(x, 60, 1, turn)
        p.stroke(f"M 0,0 L 0,{-length}", TEAL, 7)
        leaf(p.at(0, -length + 10), 64, 26, PINK, ROSE)
    pen.stroke("M -22,20 L 22,20", ACCENT, 9)


def flower_seller(pen, color, trousers, skin):
    """A woman who pushes a bicycle full of flowers; the origin is on the ground under the cranks."""
    body = pen.at(-34, -676)
    dress_back(body, color, -176, 540)
    side_leg(body, (-100, 636), mix(trousers, ROSE, 0.25), (-14, 270), (42, 40), PLUM)
    side_leg(body, (78, 640), trousers, (0, 270), (44, 42), PLUM)
    dress_front(body, color, 112, 570)
    side_head(body, skin, "tail", ACCENT)
    side_bodice(body, color)

    def basket(p):
        flower_heap(p, [(-52, -104, 32, CREAM), (50, -106, 32, HONEY), (0, -112, 36, ACCENT), (-28, -146, 32, ACCENT),
                        (34, -150, 30, ROSE), (2, -178, 28, CREAM)],
                    [(-46, -100, -62, 78), (48, -100, 62, 78), (-24, -140, -26, 84), (26, -140, 28, 84)])

    def rack(p):
        flower_heap(p, [(-66, -128, 36, ROSE), (64, -128, 36, ACCENT), (-2, -126, 40, HONEY), (-38, -174, 36, ACCENT),
                        (34, -176, 38, CREAM), (-4, -220, 34, ROSE)],
                    [(-60, -120, -66, 96), (60, -120, 66, 96), (-40, -170, -34, 100), (36, -170, 34, 100),
                     (0, -200, 2, 96)])
        p.fill("M -70,-110 L 70,-110 L 50,0 L -50,0 Z", MIST)
        p.fill("M 14,-110 L 70,-110 L 50,0 L 20,0 Z", mix(MIST, TEAL, 0.4))
        p.stroke("M -72,-110 L 72,-110", mix(MIST, TEAL, 0.55), 8)

    bicycle(pen, WINE, basket, rack)
    body.limb([(-6, 116), (16, 222), (110, 238)], (23, 14), mix(color, INK, 0.12))
    hand(body, 112, 238, skin, -84)


def shoes(pen, color):
    for side, y in ((-1, -7), (1, 2)):
        pen.fill(f"M {side * 20},{y + 644} C {side * 16},{y + 668} {side * 24},{y + 676} {side * 50},{y + 674} "
                 f"C {side * 70},{y + 674} {side * 72},{y + 660} {side * 62},{y + 644} Z", color)


def secretary(pen, color, skin):
    """A woman with a folder; the origin is in her head."""
    shoes(pen, PLUM)
    long_dress(pen, color, CREAM)
    neck(pen, skin, mix(color, "#FFFFFF", 0.1))

    def held():
        p = pen.at(-2, 170, 1, -7)
        p.rect(-44, -58, 100, 104, CREAM)
        p.rect(-52, -52, 104, 104, TEAL)
        p.rect(-52, -52, 16, 104, mix(TEAL, INK, 0.3))
        p.rect(-18, -32, 52, 22, CREAM)

    arms(pen, "hold", color, skin, between=held)
    head(pen.at(0, 0, 1, -4), "none", "middle", skin)
    conical_hat(pen.at(0, -8, 1, -5), WINE)


def friend(pen, color, skin):
    """A woman ahead who has turned round and waves to the others."""
    shoes(pen, PLUM)
    long_dress(pen, color, CREAM, ACCENT)
    neck(pen, skin, mix(color, "#FFFFFF", 0.1))
    pen.limb([(70, 112), (102, 208), (66, 282)], (19, 13), mix(color, INK, 0.14))
    hand(pen, 62, 288, skin, 14)
    pen.limb([(-70, 112), (-140, 130), (-166, 34)], (20, 13), color)
    pen.at(-170, 22, 1, 164).fill("M -9,-10 C -13,0 -14,10 -10,18 L -16,28 C -18,34 -12,36 -9,31 L -7,40 "
                                  "C -6,46 0,46 0,40 L 3,42 C 6,46 10,43 9,38 "
                                  "L 11,34 C 15,34 15,28 13,22 C 13,8 11,0 9,-10 Z", SKINS[skin][0])
    head(pen.at(0, 0, 1, -6), "low", "side", skin)
    conical_hat(pen.at(0, -8, 1, -8), WINE)


def truss(pen, width, height, color):
    """One span of the bridge from (0, 0), the end of its deck, to (width, 0)."""
    n = 8
    step = width / n
    top = [-height * (0.72 + 0.28 * math.sin(math.pi * (i - 1) / (n - 2))) for i in range(1, n)]
    pen.rect(-2, 0, width + 4, 9, color)
    chord = [(0, 0)] + [(step * (i + 1), y) for i, y in enumerate(top)] + [(width, 0)]
    pen.stroke("M" + " L".join(f"{x:.2f},{y:.2f}" for x, y in chord), color, 5)
    for i, y in enumerate(top):
        x = step * (i + 1)
        pen.stroke(f"M {x:.2f},{y:.2f} L {x:.2f},0", color, 2.6)
        if i < n // 2 - 1:
            pen.stroke(f"M {x:.2f},{y:.2f} L {x + step:.2f},0", color, 2.6)
        elif i > n // 2 - 1:
            pen.stroke(f"M {x:.2f},{y:.2f} L {x - step:.2f},0", color, 2.6)


def province():
    """Thanh Hoá: women on a dyke road above the fields; behind, the Mã river, its bridge and the hills of Hàm Rồng.

    What matters is between 190 and 670, so that the picture may be cropped to two thirds of its height."""
    sky = mix(PALE, BLUSH, 0.45)
    picture = Picture(1570, 740, sky)
    pen = picture.pen()
    for r, part in ((640, 0.3), (430, 0.6), (240, 1)):
        pen.circle(1086, 268, r, mix(sky, CREAM, part))
    pen.circle(1086, 268, 72, OCHRE)
    for x, y, w in ((84, 96, 250), (196, 118, 200), (1232, 116, 240), (1188, 138, 170), (700, 160, 190)):
        pen.fill(f"M {x},{y} C {x},{y - 9} {x + 6},{y - 11} {x + 16},{y - 11} L {x + w - 16},{y - 11} "
                 f"C {x + w - 6},{y - 11} {x + w},{y - 9} {x + w},{y} Z", mix(CREAM, "#FFFFFF", 0.4))
    for x, y, size, turn in ((590, 96, 0.9, -10), (660, 74, 0.75, -14), (676, 118, 0.65, -6)):
        egret(pen.at(x, y), size, turn)

    hills(pen)
    river(pen)
    fields(pen)
    dyke(pen)

    for x, w in ((274, 120), (540, 62), (828, 128), (1016, 44), (1304, 44)):
        pen.ellipse(x, 647, w, 6, mix(SAND, TAUPE, 0.6))
    cyclist(pen.at(274, 646, 0.335), CREAM, BLUSH, "light")
    porter(pen.at(540, 418, 0.345), PLUM, "deep")
    secretary(pen.at(1012, 418, 0.34), ACCENT, "light")
    flower_seller(pen.at(834, 648, 0.345), ROSE, CREAM, "warm")
    friend(pen.at(1304, 420, 0.337), HONEY, "warm")
    return picture


def hills(pen):
    far, middle = mix(BLUSH, PINK, 0.55), mix(PINK, ROSE, 0.45)
    pen.fill("M 0,232 C 70,206 130,150 196,158 C 250,164 280,208 340,214 C 400,220 440,168 506,180 C 580,194 610,262 "
             "690,296 C 760,324 830,330 900,372 L 0,372 Z", far)
    pen.fill("M 1120,372 C 1180,300 1220,196 1300,182 C 1370,172 1400,228 1450,226 C 1500,224 1530,176 1570,170 "
             "L 1570,372 Z", far)
    # the dragon: a back of humps that comes down to the river
    pen.fill("M 0,286 C 30,240 62,214 96,218 C 128,222 140,252 168,252 C 196,252 214,202 256,202 C 300,202 316,254 "
             "350,256 C 384,258 398,222 436,224 C 480,226 494,274 530,282 C 570,290 590,268 622,282 C 662,300 676,340 "
             "724,368 L 0,368 Z", middle)
    pen.fill("M 96,218 C 128,222 140,252 168,252 C 150,290 158,330 190,368 L 116,368 C 94,320 104,262 96,218 Z",
             mix(middle, ROSE, 0.5))
    pen.fill("M 256,202 C 300,202 316,254 350,256 C 336,292 344,332 372,368 L 290,368 C 258,320 268,256 256,202 Z",
             mix(middle, ROSE, 0.5))
    pen.fill("M 436,224 C 480,226 494,274 530,282 C 520,310 532,342 556,368 L 470,368 C 440,326 450,270 436,224 Z",
             mix(middle, ROSE, 0.5))
    near = mix(WINE, ROSE, 0.35)
    pen.fill("M 0,330 C 40,300 84,286 126,300 C 170,314 190,338 232,330 C 280,320 300,292 352,298 C 410,304 420,336 "
             "470,334 C 520,332 540,306 586,314 C 630,322 640,346 690,372 L 0,372 Z", near)
    # the pearl: the round hill on the other bank
    pen.fill("M 1196,372 C 1220,300 1262,240 1330,238 C 1400,236 1436,290 1476,318 C 1510,340 1540,322 1570,318 "
             "L 1570,372 Z", middle)
    pen.fill("M 1330,238 C 1400,236 1436,290 1476,318 C 1490,328 1500,331 1512,332 L 1520,372 L 1376,372 "
             "C 1340,330 1352,280 1330,238 Z", mix(middle, ROSE, 0.5))
    pen.fill("M 1150,374 C 1190,352 1230,330 1280,332 C 1340,334 1360,352 1410,344 C 1470,334 1510,320 1570,340 "
             "L 1570,374 Z", near)


def river(pen):
    water = mix(MIST, PALE, 0.5)
    pen.rect(0, 366, 1570, 84, water)
    for x, y, w in ((1036, 382, 110), (1058, 393, 66), (700, 384, 90), (560, 394, 70), (384, 388, 100),
                    (120, 384, 110)):
        pen.stroke(f"M {x},{y} L {x + w},{y}", mix(HONEY, CREAM, 0.3) if 1000 <= x <= 1060 else CREAM, 4)
    boat = pen.at(1446, 390)
    boat.stroke("M -64,10 L 66,10", CREAM, 4)
    boat.fill("M -52,-8 C -30,2 34,2 56,-10 C 46,8 30,9 22,9 L -26,9 C -38,9 -46,4 -52,-8 Z", PLUM)
    boat.fill("M -26,-1 C -26,-24 16,-24 16,-1 Z", mix(TAUPE, WINE, 0.3))
    steel = PLUM
    for x in (672, 1172):
        pen.rect(x - 9, 338, 18, 36, steel)
    pen.fill("M 908,338 L 936,338 L 942,392 L 902,392 Z", steel)
    truss(pen.at(672, 332), 250, 56, steel)
    truss(pen.at(922, 332), 250, 56, steel)
    pen.rect(560, 333, 116, 7, steel)
    pen.rect(1168, 333, 120, 7, steel)
    for x in (600, 636, 1208, 1246):
        pen.rect(x, 338, 7, 34, steel)


def fields(pen):
    """Rice fields in plots that draw together towards the sun."""
    bank = mix(MIST, CREAM, 0.3)
    rows = (408, 428, 456, 496, 548, 640)

    def corner(row, at):
        """A point on a row's far edge; `at` in plots from the middle."""
        x = 1086 + at * (rows[row] - 330) * 1.16
        return x, rows[row] + (12 + 4 * row) * math.sin(x / 330 + row * 0.5) * 0.55

    tints = [mix(MIST, TEAL, part) for part in (0.3, 0.52, 0.4, 0.64, 0.46)]
    pen.fill("M 0,414 L 1570,402 L 1570,660 L 0,660 Z", tints[0])
    for row in range(len(rows) - 1):
        banks, shift = [], (0.35, -0.1, 0.45, 0.15, 0.6)[row]
        for i in range(-14, 9):
            left, right = i + shift, i + shift + 1
            if corner(row, right)[0] < -60 and corner(row + 1, right)[0] < -60 or min(
                    corner(row, left)[0], corner(row + 1, left)[0]) > 1600:
                continue
            k = (i * 3 + row * 2) % 11
            color = mix(MIST, CREAM, 0.25) if k == 4 else mix(HONEY, MIST, 0.5) if k == 9 else tints[k % 5]
            edge = [corner(row, left + j / 4) for j in range(5)] + [corner(row + 1, right - j / 4) for j in range(5)]
            pen.polygon(edge, color)
            banks.append("M {0[0]:.1f},{0[1]:.1f} L {9[0]:.1f},{9[1]:.1f}".format(*edge))
        pen.stroke(" ".join(banks), bank, 2 + row * 0.5)
    for row in range(len(rows) - 1):
        line = [corner(row, (x - 1086) / (rows[row] - 330) / 1.16) for x in range(0, 1571, 157)]
        pen.stroke("M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in line), bank, 2.5 + row * 0.7)


def dyke(pen):
    pen.fill("M 0,598 C 300,582 620,592 900,590 C 1180,588 1380,580 1570,592 L 1570,740 L 0,740 Z",
             mix(TEAL, INK, 0.12))
    pen.fill("M 0,612 C 300,596 620,604 900,602 C 1180,600 1380,592 1570,606 L 1570,700 L 0,700 Z", SAND)
    pen.fill("M 0,674 C 260,662 560,674 860,672 C 1160,670 1360,662 1570,672 L 1570,740 L 0,740 Z",
             mix(TEAL, INK, 0.3))
    pen.fill("M 0,712 C 300,700 620,716 900,710 C 1180,704 1400,714 1570,704 L 1570,740 L 0,740 Z", mix(TEAL, INK, 0.5))
    for x, n, flower in ((70, 5, 0), (398, 4, PINK), (664, 5, 0), (908, 4, HONEY), (1130, 5, PINK), (1440, 6, 0)):
        tuft(pen.at(x, 716), n, flower)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default=os.path.dirname(os.path.abspath(__file__)),
                        help="where they are written (default: beside this script)")
    folder = parser.parse_args().folder
    at = lambda name: os.path.join(folder, name)
    logo().write_svg(at("logo.svg"))
    training().write_svg(at("hoi-nghi-tap-huan.svg"))
    province().write_svg(at("xu-thanh.svg"))
    honours().pixels(1040).save(at("bieu-duong.png"), dpi=(300, 300), optimize=True)
    signing().pixels(2138).save(at("le-ky-ket.jpg"), dpi=(300, 300), quality=88, subsampling=0, optimize=True)


if __name__ == "__main__":
    main()
