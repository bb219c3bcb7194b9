#!/usr/bin/python3
"""Draws the illustrations of the made-up samples as SVG, always the same bytes.

usage: pictures.py FOLDER NAME...      each into FOLDER/NAME.svg
       pictures.py --committed         those that the samples keep in their folders, where they stand

What they are drawn with is in drawing.py. A wide picture (157 mm) is for the whole page, the others (88 mm) for a column.
What matters in each is near its middle, so that it may be cropped.
"""
import math
import os
import sys

sys.dont_write_bytecode = True  # no folder of compiled code among the samples

from drawing import (ACCENT, BLUSH, CREAM, GREY, HAIR, HONEY, INK, MIST, OCHRE, PALE, PINK, PLUM, ROSE, SAND, SKINS,
                     TAUPE, TEAL, WINE, Picture, blossom, coins, conical_hat, curtain, egret, hand, head, leaf,
                     long_dress, lotus, mix, neck, plant, porter, rose, side_arm, side_bodice, side_head, side_leg,
                     tuft, woman)

GOLD, LEAF, SKY = mix(HONEY, OCHRE, 0.35), mix(TEAL, MIST, 0.35), mix(PALE, BLUSH, 0.45)

COMMITTED = {  # the folder of each sample: its pictures
    "to-gap-suc-khoe": ("tram-y-te", "the-duc", "bieu-trung"),
    "a5-chi-hoi": ("ruong-bac-thang", "theu", "trong-cay", "heo-dat", "cho-que", "bieu-trung"),
    "vu-mua-12-trang": ("gat-lua", "bien-sam-son", "lop-hoc", "the-duc", "theu", "tram-y-te", "trong-cay", "cho-que",
                        "dan-vu", "banh-que", "heo-dat", "ruong-bac-thang", "bieu-trung"),
}


# ---- What several pictures have -----------------------------------------------------------------------------------

def ground(pen, width, foot, ridge, color):
    """Land from the ridge, a list of (x, y) that a smooth line goes through, down to the foot."""
    d = f"M {ridge[0][0]},{ridge[0][1]}"
    for (x0, y0), (x1, y1) in zip(ridge, ridge[1:]):
        half = (x0 + x1) / 2
        d += f" C {half},{y0} {half},{y1} {x1},{y1}"
    pen.fill(f"{d} L {width},{foot} L 0,{foot} Z", color)


def sun(pen, x, y, r, sky, color=OCHRE):
    for ring, part in ((r * 6, 0.3), (r * 4, 0.6), (r * 2.4, 1)):
        pen.circle(x, y, ring, mix(sky, CREAM, part))
    pen.circle(x, y, r, color)


def clouds(pen, spots):
    for x, y, w in spots:
        pen.fill(f"M {x},{y} C {x},{y - 9} {x + 6},{y - 11} {x + 16},{y - 11} L {x + w - 16},{y - 11} "
                 f"C {x + w - 6},{y - 11} {x + w},{y - 9} {x + w},{y} Z", mix(CREAM, "#FFFFFF", 0.4))


def shadow(pen, x, y, width, color):
    pen.ellipse(x, y, width, 7, color)


def bent(pen, turn, color, trousers, skin, hair="bun", reach=(92, 150), held=None):
    """A woman bent over her work, who faces right; the origin is in her hip, her feet are 366 below it."""
    torso = pen.at(0, 0, 1, turn).at(6, -270)
    side_leg(pen, (-46, 346), mix(trousers, "#000000", 0.25), (-4, 0), (48, 34), WINE)
    torso.limb([(8, 116), (64, 160), (reach[0] + 24, reach[1] - 26)], (21, 14), mix(color, INK, 0.25))
    side_leg(pen, (40, 350), trousers, (4, 0), (54, 38), WINE)
    side_head(torso.at(4, -4, 1, -turn * 0.35), skin, hair, ACCENT)
    side_bodice(torso, color)
    if held:
        held(torso.at(reach[0], reach[1], 1, -turn))
    side_arm(torso, (40, 206), reach, mix(color, "#FFFFFF", 0.12), skin, -60)


def child(pen, color, cap="fringe", hair="bob", skin="warm"):
    """A child of school age; the origin is in the head, the feet are 350 below it."""
    tone, _ = SKINS[skin]
    for side in (-1, 1):
        pen.limb([(side * 18, 220), (side * 20, 280), (side * 20, 336)], (17, 14), INK)
        pen.ellipse(side * 26, 344, 22, 9, WINE)
    neck(pen, skin, None)
    pen.fill("M -18,70 C -40,76 -54,84 -58,104 L -54,238 C -30,248 30,248 54,238 L 58,104 C 54,84 40,76 18,70 Z", color)
    pen.fill("M 20,72 C 42,78 54,86 58,104 L 54,238 C 44,242 34,244 24,245 C 34,180 34,120 20,72 Z", mix(color, INK, 0.14))
    pen.fill("M -18,70 L 0,96 L 18,70 L 12,66 L -12,66 Z", CREAM)
    for side in (-1, 1):
        pen.limb([(side * 48, 104), (side * 66, 160), (side * 58, 210)], (15, 11), mix(color, "#FFFFFF", 0.1))
        pen.circle(side * 57, 220, 11, tone)
    head(pen, hair, cap, skin)


def stalks(pen, x0, x1, y, height, gap, color, width=5, lean=6):
    """A row of standing rice: one path of many stalks."""
    d, i = [], 0
    x = x0
    while x < x1:
        h = height * (0.82 + 0.18 * math.sin(i * 2.1))
        s = lean * math.sin(i * 1.3)
        d.append(f"M {x:.0f},{y} Q {x + s * 0.3:.0f},{y - h * 0.6:.0f} {x + s + 5:.0f},{y - h:.0f}")
        x += gap
        i += 1
    pen.stroke(" ".join(d), color, width)


def sheaf(pen, size=1.0):
    """Cut rice tied in the middle; the origin is at the tie."""
    p = pen.at(0, 0, size)
    p.fill("M -12,0 C -20,40 -34,70 -44,96 L 44,96 C 34,70 20,40 12,0 Z", mix(GOLD, OCHRE, 0.4))
    p.fill("M -12,0 C -24,-40 -48,-70 -74,-84 C -52,-98 -34,-102 -20,-98 C -10,-108 10,-108 20,-98 C 34,-102 52,-98 74,-84 "
           "C 48,-70 24,-40 12,0 Z", GOLD)
    p.stroke("M -6,-6 Q -22,-60 -46,-82 M 0,-6 L 0,-96 M 6,-6 Q 22,-60 46,-82", mix(OCHRE, WINE, 0.25), 4)
    p.rect(-15, -7, 30, 14, ACCENT)


def basket(pen, width=92, depth=78, color=HONEY):
    """A round basket; the origin is in the middle of its rim."""
    w, d = width, depth
    pen.fill(f"M {-w},0 L {w},0 C {w - 8},{d * 0.64} {w * 0.56},{d} 0,{d} C {-w * 0.56},{d} {-w + 8},{d * 0.64} {-w},0 Z", color)
    pen.fill(f"M {w * 0.22},0 L {w},0 C {w - 8},{d * 0.64} {w * 0.56},{d} 0,{d} C {w * 0.17},{d * 0.72} {w * 0.24},{d * 0.38} "
             f"{w * 0.22},0 Z", mix(color, WINE, 0.2))
    pen.stroke(f"M {-w - 2},0 L {w + 2},0", mix(OCHRE, WINE, 0.3), 11)


def buffalo(pen):
    """A water buffalo that faces right; the origin is on the ground below its belly."""
    coat, dark = mix(GREY, PLUM, 0.35), mix(GREY, INK, 0.62)
    for x in (-150, 118):
        pen.fill(f"M {x},-120 L {x + 46},-120 L {x + 40},0 L {x + 8},0 Z", dark)
    pen.stroke("M -206,-214 C -232,-180 -228,-130 -222,-96", dark, 9)
    pen.fill("M -210,-190 C -214,-250 -160,-270 -80,-262 C -10,-256 60,-284 130,-276 C 190,-270 210,-220 204,-176 "
             "C 196,-110 130,-96 60,-92 C -20,-84 -110,-84 -160,-100 C -200,-112 -208,-150 -210,-190 Z", coat)
    for x in (-196, 66):
        pen.fill(f"M {x},-150 L {x + 62},-150 L {x + 48},0 L {x + 14},0 Z", coat)
    pen.fill("M 150,-262 C 190,-290 236,-286 262,-254 C 282,-230 300,-196 306,-176 C 308,-158 286,-152 268,-160 "
             "C 236,-170 196,-180 170,-196 Z", mix(coat, "#FFFFFF", 0.08))
    pen.fill("M 290,-188 C 300,-186 308,-176 306,-168 C 302,-156 282,-154 270,-160 Z", dark)
    pen.fill("M 196,-272 C 180,-312 196,-346 250,-360 C 226,-336 222,-306 232,-276 Z", SAND)
    pen.fill("M 176,-254 C 150,-262 132,-254 122,-240 C 140,-230 162,-232 180,-238 Z", dark)
    pen.circle(238, -236, 5, INK)


def boat(pen, hull=PLUM, sail=None):
    """A fishing boat; the origin is in the middle of its waterline."""
    if sail:
        pen.stroke("M 0,-20 L 0,-210", mix(TAUPE, WINE, 0.5), 7)
        pen.fill("M 8,-206 C 66,-170 84,-104 88,-44 L 8,-44 Z", sail)
        pen.fill("M -8,-186 C -46,-150 -60,-96 -62,-44 L -8,-44 Z", mix(sail, WINE, 0.18))
    pen.fill("M -138,-40 C -80,-18 80,-18 146,-52 C 130,-10 104,8 84,10 L -86,10 C -112,8 -130,-14 -138,-40 Z", hull)
    pen.fill("M -132,-26 C -80,-6 80,-6 136,-34 C 132,-24 128,-16 122,-9 C 70,10 -70,10 -122,-10 C -126,-16 -130,-20 -132,-26 Z",
             mix(hull, ROSE, 0.6))
    pen.ellipse(108, -24, 9, 6, CREAM)
    pen.circle(110, -24, 3.4, INK)


def fish(pen, color):
    pen.fill("M -40,0 C -22,-18 10,-18 30,0 C 10,18 -22,18 -40,0 Z", color)
    pen.fill("M 24,0 L 50,-16 L 44,0 L 50,16 Z", mix(color, INK, 0.2))
    pen.circle(-24, -3, 3, INK)


def stilt_house(pen, roof=WINE):
    """A house on stilts; the origin is on the ground in its middle."""
    wood = mix(TAUPE, WINE, 0.45)
    for x in (-120, -62, 0, 62, 120):
        pen.rect(x - 5, -62, 10, 64, wood)
    pen.stroke("M 78,0 L 34,-66 M 100,0 L 56,-66 M 88,-16 L 66,-16 M 76,-34 L 54,-34", wood, 6)
    pen.rect(-138, -128, 276, 70, mix(SAND, TAUPE, 0.5))
    for x in (-96, -34, 86):
        pen.rect(x - 16, -116, 34, 34, mix(PLUM, WINE, 0.4))
    pen.rect(22, -118, 34, 60, PLUM)
    pen.rect(-146, -66, 292, 9, wood)
    pen.fill("M -176,-112 L -112,-216 L 112,-216 L 176,-112 Z", roof)
    pen.fill("M 40,-216 L 112,-216 L 176,-112 L 70,-112 Z", mix(roof, INK, 0.25))
    pen.stroke("M -116,-216 L -126,-232 M 116,-216 L 126,-232", roof, 8)


def sapling(pen, height=150):
    pen.stroke(f"M 0,0 Q 4,{-height * 0.5} 0,{-height * 0.8}", mix(TAUPE, WINE, 0.5), 6)
    for x, y, turn, length in ((0, 0.35, -58, 58), (0, 0.45, 54, 62), (0, 0.58, -44, 66), (0, 0.66, 42, 66), (0, 0.78, -14, 70),
                               (0, 0.78, 18, 66)):
        leaf(pen.at(x, -height * y, 1, turn), length, 15, LEAF if turn < 0 else TEAL)


# ---- Wide pictures ------------------------------------------------------------------------------------------------

def harvest():
    """Women who cut rice, a buffalo, sheaves."""
    picture = Picture(1570, 740, SKY)
    pen = picture.pen()
    sun(pen, 372, 236, 70, SKY)
    clouds(pen, ((760, 120, 240), (840, 142, 180), (1220, 92, 210), (90, 104, 190)))
    for x, y, size, turn in ((640, 120, 0.9, -10), (706, 96, 0.7, -14), (1130, 170, 0.75, -6)):
        egret(pen.at(x, y), size, turn)
    ground(pen, 1570, 420, [(0, 300), (180, 222), (380, 318), (600, 250), (860, 330), (1120, 214), (1330, 286), (1570, 200)],
           mix(BLUSH, PINK, 0.55))
    ground(pen, 1570, 420, [(0, 350), (240, 306), (520, 360), (800, 318), (1080, 352), (1340, 296), (1570, 330)],
           mix(PINK, ROSE, 0.45))
    ground(pen, 1570, 470, [(0, 392), (300, 378), (700, 396), (1100, 380), (1570, 390)], mix(TEAL, MIST, 0.3))
    for x, s in ((60, 0.8), (140, 0.6), (1410, 0.9), (1500, 0.7), (760, 0.5)):          # trees along the dyke
        for dx, r in ((-26, 30), (24, 32), (0, 40)):
            pen.circle(x + dx * s, 372 - (20 if dx else 38) * s, r * s, mix(TEAL, INK, 0.12 if dx else 0))
    for i, (y, color) in enumerate(((404, mix(HONEY, CREAM, 0.25)), (436, HONEY), (478, GOLD), (530, mix(GOLD, OCHRE, 0.4)))):
        ground(pen, 1570, 740, [(0, y + 6), (400, y - 4), (800, y + 6), (1200, y - 6), (1570, y + 4)], color)
        stalks(pen, 6, 1568, y + 26 + i * 4, 18 + i * 6, 20 + i * 4, mix(OCHRE, color, 0.45 - i * 0.05), 3 + i * 0.6)
    pen.fill("M 0,640 C 320,600 700,604 930,616 C 1190,628 1400,606 1570,622 L 1570,740 L 0,740 Z", mix(SAND, HONEY, 0.4))
    for x, w in ((300, 90), (560, 96), (856, 60), (1060, 90), (1316, 120)):
        shadow(pen, x, 676, w, mix(SAND, TAUPE, 0.7))
    rider = pen.at(1290, 386, 0.46)
    child(rider, ROSE, "short", "none", "deep")
    conical_hat(rider.at(0, -8, 0.9), WINE)
    buffalo(pen.at(1310, 676, 0.72))
    pen.limb([(1294, 486), (1316, 520), (1304, 566)], (13, 9), INK)
    pen.ellipse(1308, 572, 13, 6, SKINS["deep"][0])
    porter(pen.at(852, 440, 0.37), TEAL, "warm")
    sickle = lambda p: p.stroke("M 0,0 L 14,-22 C 40,-50 70,-30 66,4", mix(GREY, INK, 0.3), 7)
    bent(pen.at(266, 542, 0.37), 66, ACCENT, INK, "light", held=sickle)
    bent(pen.at(540, 546, 0.37), 58, PLUM, mix(PLUM, INK, 0.6), "warm", "tail", held=sickle)
    for x, s in ((404, 0.8), (1072, 0.9), (1014, 0.72), (1130, 0.76), (150, 0.72)):
        sheaf(pen.at(x, 640), s)
    stalks(pen, 330, 480, 692, 60, 13, mix(GOLD, OCHRE, 0.5), 5)
    stalks(pen, 620, 760, 700, 66, 13, mix(GOLD, OCHRE, 0.5), 5)
    stalks(pen, 0, 1570, 744, 46, 17, mix(TEAL, GOLD, 0.25), 6, 10)
    return picture


def sea():
    """Sầm Sơn: boats that come home, women with baskets of fish, the rocks of Trống Mái on their hill."""
    sky = mix(PALE, HONEY, 0.22)
    picture = Picture(1570, 740, sky)
    pen = picture.pen()
    sun(pen, 900, 300, 84, sky)
    clouds(pen, ((180, 120, 240), (250, 142, 150), (1120, 110, 230), (620, 90, 170)))
    for x, y, size, turn in ((560, 190, 0.8, -8), (640, 160, 0.65, -12), (1240, 190, 0.8, -4)):
        egret(pen.at(x, y), size, turn)
    water = (mix(MIST, PALE, 0.35), MIST, mix(MIST, TEAL, 0.3), mix(MIST, TEAL, 0.55))
    for y, color in zip((316, 366, 426, 490), water):
        ground(pen, 1570, 740, [(0, y), (260, y + 8), (520, y - 4), (800, y + 6), (1080, y - 6), (1320, y + 6), (1570, y)], color)
    pen.stroke(" ".join(f"M {x},{y} Q {x + 30},{y - 9} {x + 60},{y}" for x, y in (
        (700, 352), (820, 346), (930, 356), (860, 384), (960, 396), (420, 404), (1280, 420), (560, 462), (1120, 472), (200, 470))),
        mix(CREAM, "#FFFFFF", 0.3), 5)
    ground(pen, 1570, 470, [(1180, 470), (1260, 300), (1380, 236), (1480, 262), (1570, 250)], mix(PINK, ROSE, 0.5))
    pen.fill("M 1180,470 C 1210,400 1240,340 1262,300 C 1320,360 1440,380 1570,372 L 1570,470 Z", mix(ROSE, WINE, 0.25))
    for x, y, rx, ry, turn in ((1396, 196, 30, 44, -16), (1450, 208, 26, 40, 18)):        # the two rocks
        pen.at(x, y, 1, turn).ellipse(0, 0, rx, ry, mix(GREY, PLUM, 0.35))
    pen.rect(1376, 232, 100, 20, mix(GREY, PLUM, 0.5))
    boat(pen.at(250, 428, 0.8), WINE, CREAM)
    boat(pen.at(600, 392, 0.5), PLUM, HONEY)
    boat(pen.at(1080, 440, 0.72), TEAL)
    pen.fill("M 0,574 C 300,538 640,586 960,560 C 1220,540 1420,566 1570,548 L 1570,740 L 0,740 Z", mix(CREAM, "#FFFFFF", 0.3))
    pen.fill("M 0,594 C 300,558 640,606 960,580 C 1220,560 1420,586 1570,568 L 1570,740 L 0,740 Z", SAND)
    pen.fill("M 0,690 C 400,664 800,700 1570,676 L 1570,740 L 0,740 Z", mix(SAND, TAUPE, 0.45))
    for x, w in ((210, 110), (470, 56), (706, 90), (930, 60), (1180, 56), (1400, 96)):
        shadow(pen, x, 684, w, mix(SAND, TAUPE, 0.75))
    for x, color in ((210, OCHRE), (1404, mix(OCHRE, WINE, 0.3))):                       # round boats on the beach
        p = pen.at(x, 610)
        p.fill("M -104,0 C -100,70 -50,82 0,82 C 50,82 100,70 104,0 Z", color)
        p.stroke("M -84,28 C -40,42 40,42 84,28 M -62,54 C -30,64 30,64 62,54", mix(color, WINE, 0.35), 4)
        p.ellipse(0, 0, 106, 20, mix(color, WINE, 0.45))
        p.ellipse(0, 2, 90, 13, mix(color, INK, 0.6))
    porter(pen.at(712, 446, 0.37), ROSE, "deep")
    for x, color, hat, skin, cap in ((470, ACCENT, WINE, "warm", "middle"), (930, TEAL, ACCENT, "light", "side"),
                                     (1180, PLUM, TEAL, "deep", "middle")):
        p = pen.at(x, 446, 0.365)

        def held(p=p):
            rim = p.at(0, 214)
            for dx, dy, turn, tint in ((-48, -12, -30, MIST), (0, -24, 8, PINK), (46, -12, 24, MIST), (-16, -30, -10, GREY)):
                fish(rim.at(dx, dy, 1, turn), mix(tint, TEAL, 0.2))
            basket(rim, 88, 70)
        woman(p, color, "frame", "low", cap, skin, held=held, trousers=INK)
        conical_hat(p.at(0, -8), hat)
    p = pen.at(600, 694)                                                               # fish on the sand, a starfish
    for dx, dy, turn in ((-20, -8, 12), (26, -2, -8), (2, 12, 4)):
        fish(p.at(dx, dy, 0.8, turn), mix(MIST, TEAL, 0.4))
    for turn in range(0, 360, 72):
        pen.at(1060, 706, 1, turn).fill("M -6,0 Q 0,-30 6,0 Z", ROSE)
    return picture


def terraces():
    """Mường Lát: terraced fields, stilt houses, clouds between the mountains."""
    picture = Picture(1570, 740, SKY)
    pen = picture.pen()
    sun(pen, 1180, 170, 62, SKY)
    ground(pen, 1570, 480, [(0, 150), (170, 90), (330, 200), (520, 120), (760, 236), (980, 130), (1230, 250), (1420, 150), (1570, 200)],
           mix(BLUSH, PINK, 0.5))
    clouds(pen, ((60, 240, 330), (420, 262, 260), (1020, 250, 300), (1290, 274, 240)))
    ground(pen, 1570, 520, [(0, 270), (240, 206), (470, 300), (700, 214), (960, 318), (1200, 240), (1570, 310)], mix(PINK, ROSE, 0.5))
    clouds(pen, ((560, 334, 280), (140, 348, 240), (1180, 352, 260)))
    tints = [mix(HONEY, CREAM, 0.2), mix(MIST, HONEY, 0.5), mix(MIST, TEAL, 0.25), GOLD, mix(MIST, TEAL, 0.5), mix(HONEY, OCHRE, 0.3),
             mix(TEAL, MIST, 0.35), mix(GOLD, TEAL, 0.3), TEAL]
    for i, color in enumerate(tints):
        y = 372 + i * 40
        ridge = [(x, y + (16 + i) * math.sin(x / 210 + i * 0.75) + 10 * math.sin(x / 90 + i)) for x in range(0, 1571, 157)]
        ground(pen, 1570, 740, ridge, color)
        d = f"M {ridge[0][0]},{ridge[0][1]:.1f}" + "".join(
            f" C {(a + c) / 2},{b:.1f} {(a + c) / 2},{e:.1f} {c},{e:.1f}" for (a, b), (c, e) in zip(ridge, ridge[1:]))
        pen.stroke(d, mix(CREAM, color, 0.25), 4)
    for x, y, s, roof in ((300, 452, 0.62, WINE), (520, 520, 0.86, PLUM), (1130, 480, 0.72, mix(WINE, ROSE, 0.3))):
        stilt_house(pen.at(x, y, s), roof)
        for dx in (-200, 190):
            for k, r in ((-18, 26), (18, 28), (0, 34)):
                pen.circle(x + (dx + k) * s, y - (24 if k else 48) * s, r * s, mix(TEAL, INK, 0.22 if k else 0.08))
    for x, color in ((770, ACCENT), (822, PLUM)):
        shadow(pen, x, 684, 34, mix(TEAL, INK, 0.35))
    woman(pen.at(768, 506, 0.27), ACCENT, "hold", "low", "middle", "deep", turban=PLUM, trousers=INK,
          held=lambda: basket(pen.at(768, 506, 0.27).at(0, 212), 70, 60))
    child(pen.at(836, 590, 0.27), HONEY, "fringe", "bob", "deep")
    for x, n, flower in ((90, 5, PINK), (250, 4, 0), (1010, 5, HONEY), (1290, 6, 0), (1450, 5, PINK)):
        tuft(pen.at(x, 736), n, flower)
    return picture


def clinic():
    """A village clinic: a doctor with a mother and her children."""
    picture = Picture(1570, 740, mix(MIST, CREAM, 0.62), least=1.9)
    pen = picture.pen()
    for i in range(9):
        pen.rect(40 + i * 180, 0, 90, 520, mix(MIST, CREAM, 0.72))
    pen.rect(0, 500, 1570, 240, mix(TAUPE, SAND, 0.45))
    pen.rect(0, 500, 1570, 10, TAUPE)
    pen.rect(104, 84, 250, 300, CREAM)                                                 # the window
    pen.rect(114, 94, 230, 280, mix(PALE, "#FFFFFF", 0.3))
    pen.circle(280, 160, 30, HONEY)
    pen.fill("M 114,280 C 160,230 200,290 240,250 C 280,214 310,260 344,240 L 344,374 L 114,374 Z", mix(TEAL, MIST, 0.5))
    pen.rect(224, 94, 10, 280, CREAM)
    pen.rect(96, 378, 266, 14, SAND)
    curtain(pen, 60, 66, 430, 2, ROSE)
    curtain(pen, 340, 66, 430, 2, ROSE)
    pen.rect(1220, 110, 250, 392, CREAM)                                               # the cabinet
    pen.rect(1230, 120, 230, 372, mix(MIST, TEAL, 0.3))
    for y in (212, 306, 400):
        pen.rect(1230, y, 230, 8, CREAM)
        for i, (w, h, color) in enumerate(((26, 50, ACCENT), (22, 40, CREAM), (34, 34, HONEY), (22, 54, ROSE), (28, 42, TEAL))):
            k = (i + y // 94) % 5
            pen.rect(1244 + k * 42, y - h, w, h, color)
            pen.rect(1246 + k * 42, y - h - 8, w - 4, 8, mix(color, INK, 0.3))
    pen.rect(1341, 120, 8, 372, CREAM)
    pen.rect(560, 76, 210, 270, mix(CREAM, "#FFFFFF", 0.5))                              # a poster: a heart in two hands
    pen.rect(560, 76, 210, 14, ACCENT)
    heart = pen.at(665, 190)
    heart.fill("M 0,52 C -70,8 -64,-44 -32,-46 C -14,-46 -4,-36 0,-22 C 4,-36 14,-46 32,-46 C 64,-44 70,8 0,52 Z", ROSE)
    heart.stroke("M -58,0 L -22,0 L -10,-24 L 6,26 L 18,0 L 58,0", CREAM, 7)
    for i, w in enumerate((120, 150, 96)):
        pen.rect(665 - w / 2, 268 + i * 22, w, 8, BLUSH)
    plant(pen.at(474, 400, 0.9))
    p = pen.at(930, 236, 0.62)                                                         # the doctor
    coat = mix(CREAM, "#FFFFFF", 0.75)
    long_dress(p, coat, TEAL)
    pen.fill("M 930,300 L 912,286 L 930,356 L 948,286 Z", TEAL)
    neck(p, "light", coat)
    p.stroke("M -30,84 C -36,130 -20,164 -4,172 M 30,84 C 34,120 26,150 16,166", INK, 5)
    p.circle(4, 178, 12, GREY)
    p.limb([(70, 112), (112, 190), (66, 252)], (19, 13), mix(coat, TAUPE, 0.35))
    hand(p, 62, 256, "light", 60)
    p.limb([(-70, 112), (-128, 170), (-196, 160)], (19, 13), coat)
    hand(p, -204, 158, "light", 96)
    head(p.at(0, 0, 1, -6), "low", "side", "light")
    p.fill("M -36,-52 C -20,-74 20,-74 36,-52 L 30,-40 C 14,-48 -14,-48 -30,-40 Z", coat)
    p.rect(-5, -62, 10, 14, ACCENT)
    mother = pen.at(724, 262, 0.6)
    long_dress(mother, ROSE, PLUM, CREAM)
    neck(mother, "warm", PINK)
    mother.limb([(70, 112), (104, 190), (30, 232)], (19, 13), mix(ROSE, INK, 0.14))
    mother.ellipse(-8, 176, 58, 74, HONEY)
    head(mother.at(14, 108, 0.62, 14), "none", "short", "light", down=True)
    mother.limb([(-70, 112), (-100, 214), (-2, 236)], (19, 13), ROSE)
    hand(mother, 6, 238, "warm", -84)
    head(mother.at(0, 0, 1, 8), "bun", "middle", "warm", down=True)
    child(pen.at(588, 444, 0.6), TEAL, "fringe", "bob", "warm")
    pen.fill("M 1010,520 L 1230,520 L 1230,536 L 1010,536 Z", mix(WINE, "#FFFFFF", 0.2))  # her table
    pen.rect(1026, 536, 188, 170, WINE)
    pen.rect(1150, 536, 64, 170, PLUM)
    pen.rect(1040, 470, 92, 50, CREAM)
    pen.rect(1048, 480, 60, 6, PINK)
    pen.rect(1048, 494, 74, 6, PINK)
    for x, y, r, color in ((1176, 470, 17, ACCENT), (1200, 462, 18, HONEY), (1188, 446, 15, ROSE)):
        rose(pen, x, y, r, color)
    pen.fill("M 1168,486 L 1208,486 L 1202,520 L 1174,520 Z", SAND)
    woman(pen.at(1392, 294, 0.57), mix(PLUM, ROSE, 0.25), "clasp", "bun", "middle", "deep", hair_color=GREY)
    for x, w in ((724, 70), (930, 66), (588, 44), (1392, 60)):
        shadow(pen, x, 664 if x != 1392 else 662, w, TAUPE)
    return picture


def exercise():
    """Women of all ages who exercise in the morning on the village green."""
    picture = Picture(1570, 960, mix(MIST, CREAM, 0.7))
    pen = picture.pen().at(0, 220)
    sun(pen, 1220, 210, 66, mix(MIST, CREAM, 0.7), HONEY)
    clouds(pen, ((150, 110, 230), (230, 132, 150), (640, 90, 210), (1300, 90, 160), (420, -50, 240), (930, -30, 180)))
    for x, y, size, turn in ((520, 150, 0.8, -8), (590, 124, 0.65, -12)):
        egret(pen.at(x, y), size, turn)
    ground(pen, 1570, 520, [(0, 360), (230, 270), (460, 372), (760, 290), (1010, 372), (1290, 284), (1570, 350)], mix(BLUSH, PINK, 0.5))
    for x, y, s in ((120, 452, 1.5), (300, 440, 1.1), (1270, 442, 1.2), (1452, 454, 1.6)):
        pen.rect(x - 8 * s, y - 60 * s, 16 * s, 66 * s, mix(TAUPE, WINE, 0.4))
        for dx, dy, r, part in ((-34, -84, 38, 0.22), (34, -84, 38, 0.3), (0, -122, 44, 0.1), (0, -84, 40, 0.16)):
            pen.circle(x + dx * s, y + dy * s, r * s, mix(TEAL, INK, part))
    ground(pen, 1570, 740, [(0, 452), (400, 440), (800, 456), (1200, 440), (1570, 454)], mix(TEAL, MIST, 0.3))
    ground(pen, 1570, 740, [(0, 560), (420, 536), (820, 560), (1200, 536), (1570, 556)], mix(SAND, HONEY, 0.25))
    pen.fill("M 0,700 C 400,678 900,706 1570,684 L 1570,740 L 0,740 Z", mix(TEAL, MIST, 0.12))
    for x, y, s, color, hair, cap, skin, tone in (
            (330, 300, 0.52, TEAL, "low", "middle", "warm", HAIR), (560, 282, 0.56, ACCENT, "tail", "fringe", "light", HAIR),
            (800, 270, 0.59, CREAM, "bun", "side", "warm", GREY), (1040, 282, 0.56, WINE, "bob", "fringe", "deep", HAIR),
            (1262, 300, 0.52, ROSE, "bun", "middle", "light", GREY)):
        p = pen.at(x, y, s)
        shadow(pen, x, y + 655 * s, 120 * s, mix(SAND, TAUPE, 0.7))
        for side in (-1, 1):
            p.limb([(side * 26, 300), (side * 44, 460), (side * 50, 630)], (40, 20), INK if color != WINE else TEAL)
            p.ellipse(side * 58, 644, 32, 13, PLUM)
        p.fill("M -24,76 C -46,84 -66,88 -82,100 C -88,112 -84,126 -80,138 L -66,180 L -70,326 C -40,336 40,336 70,326 L 66,180 L 80,138 "
               "C 84,126 88,112 82,100 C 66,88 46,84 24,76 Z", color)
        p.fill("M 28,78 C 48,84 66,88 82,100 C 88,112 84,126 80,138 L 66,180 L 70,326 C 60,330 50,332 40,333 C 48,240 46,150 28,78 Z",
               mix(color, INK, 0.12))
        neck(p, skin, mix(color, "#FFFFFF", 0.3))
        for side in (-1, 1):
            p.limb([(side * 68, 116), (side * 132, 60), (side * 112, -62)], (20, 13), mix(color, INK, 0 if side < 0 else 0.1))
            hand(p, side * 110, -74, skin, 180 - side * 12)
        head(p.at(0, 0, 1, (x // 10) % 3 * 3 - 3), hair, cap, skin, tone)
    for x, n, flower in ((90, 5, PINK), (450, 4, HONEY), (690, 4, 0), (930, 5, PINK), (1150, 4, 0), (1440, 5, HONEY)):
        tuft(pen.at(x, 736), n, flower)
    return picture


# ---- Pictures for a column ------------------------------------------------------------------------------------------

def embroidery():
    """Two women at an embroidery frame."""
    picture = Picture(880, 640, "#F6E6E3")
    pen = picture.pen()
    for i in range(6):
        pen.rect(20 + i * 150, 0, 74, 470, "#F9ECE8")
    pen.rect(0, 450, 880, 190, TAUPE)
    pen.rect(300, 56, 270, 230, CREAM)
    pen.rect(310, 66, 250, 210, mix(PALE, "#FFFFFF", 0.3))
    pen.circle(490, 124, 28, HONEY)
    pen.fill("M 310,220 C 350,160 400,220 440,180 C 480,146 520,200 560,176 L 560,276 L 310,276 Z", mix(TEAL, MIST, 0.5))
    pen.rect(430, 66, 9, 210, CREAM)
    for x, color in ((80, ACCENT), (130, HONEY), (180, TEAL), (660, ROSE), (710, WINE), (760, OCHRE), (810, TEAL)):
        pen.stroke(f"M {x},90 L {x},104", TAUPE, 4)                                     # hanging skeins
        pen.fill(f"M {x - 16},104 C {x - 20},150 {x - 14},190 {x},200 C {x + 14},190 {x + 20},150 {x + 16},104 Z", color)
        pen.stroke(f"M {x - 5},108 L {x - 4},190 M {x + 6},108 L {x + 5},188", mix(color, CREAM, 0.4), 3)
    pen.stroke("M 50,90 L 230,90 M 630,90 L 840,90", mix(TAUPE, WINE, 0.4), 8)
    woman(pen.at(262, 232, 0.86), ACCENT, "frame", "bun", "middle", "warm", tilt=8)
    woman(pen.at(610, 226, 0.86), TEAL, "frame", "low", "side", "light", tilt=-8)
    wood = mix(OCHRE, WINE, 0.3)
    pen.rect(96, 590, 688, 50, mix(wood, INK, 0.4))
    pen.fill("M 150,426 L 730,426 L 800,604 L 80,604 Z", wood)
    pen.fill("M 176,442 L 704,442 L 766,590 L 114,590 Z", CREAM)
    lotus(pen.at(440, 496, 0.42), ACCENT, PINK, HONEY)
    for x, y, turn in ((300, 556, -60), (350, 570, -30), (530, 570, 30), (584, 556, 60)):
        leaf(pen.at(x, y, 1, turn), 70, 22, TEAL)
    for x, y, color in ((236, 490, ROSE), (206, 536, HONEY), (640, 490, ROSE), (676, 536, HONEY), (272, 470, PINK), (608, 470, PINK)):
        blossom(pen.at(x, y, 1.6), color)
    for x, turn in ((232, 20), (640, -20)):
        hand(pen.at(x, 432, 0.86), 0, 0, "warm" if x < 400 else "light", turn)
    pen.stroke("M 236,462 Q 260,480 248,500", ACCENT, 3)
    return picture


def lesson():
    """An evening class on the telephone: a young volunteer and three women."""
    wall = mix(HONEY, CREAM, 0.72)
    picture = Picture(1570, 700, wall, least=1.9)
    pen = picture.pen()
    for i in range(9):
        pen.rect(60 + i * 176, 0, 88, 480, mix(HONEY, CREAM, 0.8))
    pen.rect(0, 470, 1570, 230, mix(TAUPE, SAND, 0.3))
    pen.rect(540, 50, 490, 290, PLUM)                                                    # the screen
    pen.rect(552, 62, 466, 266, mix(PLUM, "#FFFFFF", 0.94))
    phone = pen.at(690, 196)
    phone.rect(-62, -112, 124, 224, INK)
    phone.rect(-54, -98, 108, 190, mix(MIST, CREAM, 0.4))
    for row in range(4):
        for col in range(3):
            phone.rect(-44 + col * 33, -86 + row * 40, 24, 24, (ACCENT, HONEY, TEAL, ROSE)[(row * 3 + col * 2) % 4])
    phone.circle(0, 100, 6, GREY)
    for i, w in enumerate((190, 150, 170, 120)):
        pen.circle(800, 116 + i * 50, 10, (ACCENT, TEAL, OCHRE, ROSE)[i])
        pen.rect(822, 106 + i * 50, w * 0.9, 9, mix(BLUSH, PINK, 0.5))
        pen.rect(822, 122 + i * 50, w * 0.6, 8, BLUSH)
    pen.rect(96, 100, 330, 14, mix(TAUPE, WINE, 0.4))                                    # shelves with books
    pen.rect(96, 240, 330, 14, mix(TAUPE, WINE, 0.4))
    for y in (100, 240):
        x = 106
        for i in range(11):
            w, h = (20, 26, 18, 30)[(i + y) % 4], (78, 64, 86, 70, 58)[(i * 2 + y) % 5]
            pen.rect(x, y - h, w, h, (WINE, ROSE, TEAL, HONEY, PLUM, PINK)[(i + y // 7) % 6])
            x += w + 6
    plant(pen.at(1480, 380, 0.9))
    shadow(pen, 1160, 622, 70, TAUPE)
    shadow(pen, 1380, 654, 66, TAUPE)
    teacher = pen.at(1160, 190, 0.66)
    long_dress(teacher, TEAL, INK)
    neck(teacher, "light", MIST)
    teacher.limb([(70, 112), (104, 200), (76, 280)], (19, 13), mix(TEAL, INK, 0.2))
    hand(teacher, 74, 286, "light", 6)
    teacher.limb([(-70, 112), (-130, 124), (-178, 54)], (19, 13), TEAL)
    hand(teacher, -182, 46, "light", 160)
    head(teacher.at(0, 0, 1, -5), "long", "fringe", "light")
    pen.rect(1136, 286, 40, 26, ACCENT)

    def with_phone(p):
        def held():
            p.rect(-36, 176, 72, 46, INK)
            p.rect(-31, 181, 62, 36, MIST)
        return held
    seats = ((212, 326, ROSE, "bun", "middle", "warm", GREY, 8), (470, 332, CREAM, "low", "side", "light", HAIR, 5),
             (736, 328, WINE, "bob", "fringe", "deep", HAIR, -4), (984, 332, HONEY, "bun", "side", "warm", GREY, -6))
    for x, y, color, hair, cap, skin, tone, tilt in seats:
        p = pen.at(x, y, 0.8)
        woman(p, color, "hold", hair, cap, skin, tilt=tilt, held=with_phone(p), hair_color=tone)
    pen.rect(60, 544, 1100, 26, mix(WINE, "#FFFFFF", 0.25))
    pen.rect(84, 570, 1052, 130, WINE)
    for x in (330, 600, 860):
        pen.rect(x, 570, 5, 130, PLUM)
    for x in (338, 606, 868):
        pen.rect(x - 34, 530, 76, 14, CREAM)
        pen.rect(x - 30, 524, 68, 6, PINK)
    pen.fill("M 1090,486 L 1140,486 L 1132,544 L 1098,544 Z", SAND)
    for x, y, r, color in ((1098, 470, 18, ACCENT), (1130, 468, 18, HONEY), (1114, 448, 16, ROSE)):
        rose(pen, x, y, r, color)
    p = pen.at(1380, 236, 0.64)
    woman(p, ACCENT, "hold", "tail", "fringe", "warm", tilt=5, held=with_phone(p), trousers=INK)
    return picture


def planting():
    """Women who plant trees on a bare hill."""
    picture = Picture(880, 640, SKY)
    pen = picture.pen()
    sun(pen, 660, 150, 54, SKY)
    clouds(pen, ((90, 90, 180), (140, 110, 120), (430, 70, 140)))
    ground(pen, 880, 420, [(0, 250), (160, 170), (340, 270), (540, 200), (720, 280), (880, 220)], mix(BLUSH, PINK, 0.5))
    ground(pen, 880, 480, [(0, 330), (220, 270), (460, 350), (700, 290), (880, 340)], mix(TEAL, MIST, 0.45))
    for x, y, s in ((70, 330, 0.42), (160, 312, 0.4), (250, 318, 0.42), (620, 334, 0.42), (720, 322, 0.4), (812, 338, 0.44)):
        sapling(pen.at(x, y, s))
    ground(pen, 880, 640, [(0, 410), (240, 380), (520, 414), (880, 384)], mix(TEAL, MIST, 0.15))
    ground(pen, 880, 640, [(0, 500), (300, 476), (600, 500), (880, 480)], mix(SAND, HONEY, 0.3))
    for x in (110, 470, 790):
        pen.fill(f"M {x - 62},592 C {x - 40},560 {x + 40},560 {x + 62},592 Z", mix(TAUPE, WINE, 0.4))
    sapling(pen.at(110, 574), 190)
    sapling(pen.at(790, 574), 170)
    for x, w in ((300, 90), (606, 64)):
        shadow(pen, x, 598, w, mix(SAND, TAUPE, 0.8))
    bent(pen.at(296, 440, 0.44), 62, ROSE, INK, "warm", "tail", reach=(104, 150))
    sapling(pen.at(470, 574), 150)
    p = pen.at(606, 316, 0.43)

    def can():
        c = p.at(-10, 222)
        c.stroke("M -34,-30 C -34,-78 34,-78 34,-30", mix(GREY, INK, 0.3), 8)
        c.fill("M -46,-30 L 46,-30 L 40,56 L -40,56 Z", TEAL)
        c.fill("M 14,-30 L 46,-30 L 40,56 L 14,56 Z", mix(TEAL, INK, 0.25))
        c.fill("M -40,40 L -116,-30 L -104,-40 L -42,10 Z", mix(TEAL, INK, 0.12))
        c.fill("M -132,-26 L -98,-58 L -92,-48 L -122,-16 Z", mix(TEAL, INK, 0.3))
        c.stroke("M -134,-10 L -150,40 M -126,0 L -136,56 M -142,-20 L -168,20", mix(MIST, "#FFFFFF", 0.4), 5)
    woman(p, PLUM, "hold", "low", "middle", "deep", held=can, trousers=INK)
    conical_hat(p.at(0, -8), ACCENT)
    for x, n, flower in ((30, 4, PINK), (210, 4, 0), (580, 5, HONEY), (720, 4, 0), (860, 4, PINK)):
        tuft(pen.at(x, 636), n, flower)
    return picture


def market():
    """A stall of vegetables and fruit under an awning."""
    picture = Picture(880, 640, mix(PALE, HONEY, 0.25), least=2.2)
    pen = picture.pen()
    pen.circle(440, 300, 300, mix(PALE, CREAM, 0.7))
    ground(pen, 880, 640, [(0, 520), (300, 510), (600, 524), (880, 512)], mix(SAND, TAUPE, 0.4))
    for x in (92, 776):
        pen.rect(x, 90, 14, 470, mix(TAUPE, WINE, 0.5))
    woman(pen.at(292, 236, 0.72), TEAL, "hold", "low", "middle", "deep", held=lambda: None, trousers=INK, tilt=5)
    conical_hat(pen.at(292, 230, 0.72, 5), ACCENT)
    woman(pen.at(566, 234, 0.72), ACCENT, "frame", "bun", "side", "warm", tilt=-6)
    conical_hat(pen.at(566, 228, 0.72, -6), WINE)
    for i in range(9):                                                                  # the awning
        x = 56 + i * 85.5
        color = (ACCENT, CREAM)[i % 2]
        pen.fill(f"M {x + 10 - i * 2.2},40 L {x + 94 - i * 2.2 - 9},40 L {x + 85.5},118 L {x},118 Z", color)
        pen.fill(f"M {x},118 L {x + 85.5},118 C {x + 85.5},160 {x},160 {x},118 Z", mix(color, INK, 0.12))
    pen.rect(70, 410, 740, 22, mix(WINE, "#FFFFFF", 0.2))
    pen.rect(88, 432, 704, 208, WINE)
    for x in (264, 440, 616):
        pen.rect(x, 432, 5, 208, PLUM)
    heaps = ((150, "greens"), (300, "fruit"), (450, "pumpkin"), (600, "flowers"), (734, "fruit2"))
    for x, load in heaps:
        p = pen.at(x, 356, 0.74)
        if load == "greens":
            for dx, turn in ((-60, -50), (60, 50), (-32, -26), (32, 26), (0, 0)):
                leaf(p.at(dx * 0.7, 10, 1, turn), 110, 30, mix(TEAL, MIST, 0.25))
        elif load in ("fruit", "fruit2"):
            a, b = (OCHRE, HONEY) if load == "fruit" else (ROSE, ACCENT)
            for dx, dy, tint in ((-58, -6, 0), (-18, -8, 0.6), (22, -8, 0.1), (60, -6, 0.5), (-38, -38, 0.7), (2, -40, 0), (42, -38, 0.4),
                                 (-16, -68, 0.2), (24, -68, 0.8)):
                p.circle(dx, dy, 24, mix(a, b, tint))
        elif load == "pumpkin":
            for dx, s in ((-44, 0.85), (40, 1)):
                q = p.at(dx, -18, s)
                for w in (52, 34, 14):
                    q.ellipse(0, 0, w, 40, mix(OCHRE, WINE, 0.1 + (52 - w) / 260))
                q.rect(-5, -54, 10, 18, TEAL)
        else:
            for dx, dy, r, color in ((-50, -20, 24, ACCENT), (0, -16, 25, HONEY), (48, -20, 24, ROSE), (-26, -52, 22, CREAM),
                                     (24, -54, 23, PINK), (0, -82, 20, ACCENT)):
                rose(p, dx, dy, r, color)
        basket(p, 96, 80, (HONEY, GOLD)[x % 4 == 0])
    scale = pen.at(500, 470)
    scale.rect(-40, 0, 80, 60, CREAM)
    scale.circle_line(0, 30, 20, ACCENT, 4)
    scale.stroke("M 0,30 L 10,18", INK, 4)
    for x, color in ((190, OCHRE), (690, TEAL)):
        p = pen.at(x, 556)
        for dx in (-34, 0, 34):
            p.circle(dx, -14, 20, mix(color, CREAM, 0.2))
        basket(p, 74, 60)
    return picture


def fans():
    """Four women who dance with fans."""
    picture = Picture(880, 640, mix(PLUM, WINE, 0.4), least=2.2)
    pen = picture.pen()
    for x in (120, 330, 550, 760):
        pen.fill(f"M {x - 20},0 L {x + 20},0 L {x + 150},640 L {x - 150},640 Z", mix(mix(PLUM, WINE, 0.4), ROSE, 0.14))
    lotus(pen.at(440, 190, 1.15), mix(WINE, ROSE, 0.45), mix(WINE, ROSE, 0.2))
    pen.rect(0, 520, 880, 120, mix(TAUPE, WINE, 0.35))
    pen.rect(0, 520, 880, 8, mix(TAUPE, HONEY, 0.4))
    for i, (x, color, skin, cap) in enumerate(((166, HONEY, "warm", "middle"), (352, PINK, "light", "side"),
                                               (528, CREAM, "deep", "middle"), (714, HONEY, "light", "side"))):
        y = 210 if i in (0, 3) else 236
        p = pen.at(x, y, 0.53)
        shadow(pen, x, y + 350, 60, mix(TAUPE, PLUM, 0.6))
        long_dress(p, color, CREAM if color != CREAM else ROSE, ACCENT if color != HONEY else CREAM)
        neck(p, skin, mix(color, "#FFFFFF", 0.3))
        for side in (-1, 1):
            up = (side > 0) == (i % 2 == 0)
            wrist = (side * 132, 10) if up else (side * 132, 214)
            p.limb([(side * 70, 112), (side * 122, 116 if up else 166), wrist], (19, 13), mix(color, INK, 0 if side < 0 else 0.12))
            fan = p.at(wrist[0] + side * 8, wrist[1], 1, side * (28 if up else 118))
            fan.fill("M 0,10 L -84,-62 C -56,-112 56,-112 84,-62 Z", ACCENT)
            fan.fill("M 0,10 L -66,-46 C -40,-84 40,-84 66,-46 Z", ROSE)
            fan.stroke("M 0,10 L -56,-84 M 0,10 L -20,-98 M 0,10 L 20,-98 M 0,10 L 56,-84", HONEY, 3)
            hand(p, wrist[0], wrist[1], skin, side * -40 if up else 0)
        head(p.at(0, 0, 1, (i % 2) * 10 - 5), "bun", cap, skin)
        blossom(p.at(-24, -62, 1.5), ROSE)
    return picture


def cakes():
    """A tray of cakes of the country, tea, flowers."""
    picture = Picture(880, 640, mix(BLUSH, CREAM, 0.35), least=2.2)
    pen = picture.pen()
    for i in range(-2, 9):
        pen.fill(f"M {i * 120},640 L {i * 120 + 60},640 L {i * 120 + 260},330 L {i * 120 + 216},330 Z", mix(BLUSH, PINK, 0.25))
    pen.rect(0, 0, 880, 330, mix(PALE, CREAM, 0.4))
    for x, y, r, color in ((700, 150, 34, ACCENT), (760, 130, 36, HONEY), (732, 90, 30, ROSE), (794, 176, 28, CREAM), (664, 190, 26, PINK)):
        leaf(pen.at(x, y + 20, 1, (x - 730)), 90, 22, TEAL)
        rose(pen, x, y, r, color)
    pen.fill("M 668,200 L 796,200 C 812,280 800,346 780,366 L 684,366 C 664,346 652,280 668,200 Z", TEAL)
    pen.fill("M 740,200 L 796,200 C 812,280 800,346 780,366 L 740,366 Z", mix(TEAL, INK, 0.2))
    pot = pen.at(180, 272)                                                              # the teapot
    pot.stroke("M -88,-20 C -150,-60 -150,60 -80,60", WINE, 16)
    pot.fill("M 80,0 L 150,-60 L 164,-46 L 100,50 Z", WINE)
    pot.ellipse(0, 20, 104, 84, WINE)
    pot.fill("M 10,-64 C 70,-56 104,-20 104,20 C 104,70 60,104 10,104 C 60,60 60,-20 10,-64 Z", PLUM)
    pot.ellipse(0, -56, 54, 16, PLUM)
    pot.circle(0, -80, 14, HONEY)
    lotus(pot.at(-14, 28, 0.3), PINK, ROSE)
    pen.ellipse(440, 500, 372, 120, mix(OCHRE, WINE, 0.45))                               # the tray
    pen.ellipse(440, 488, 372, 118, mix(OCHRE, WINE, 0.15))
    pen.ellipse(440, 488, 340, 100, HONEY)
    for x, y in ((290, 470), (420, 500)):                                               # square cakes in leaves
        p = pen.at(x, y)
        p.fill("M -78,-40 L 20,-66 L 84,-36 L 84,20 L -14,52 L -78,18 Z", mix(TEAL, INK, 0.15))
        p.fill("M -78,-40 L 20,-66 L 84,-36 L -14,-6 Z", LEAF)
        p.stroke("M -30,-53 L 36,-22 L 36,36 M -46,-24 L 52,-51 M -46,-24 L -46,34", HONEY, 6)
    for x, y in ((566, 450), (616, 476), (566, 500), (650, 514), (600, 536)):            # round dark cakes with sesame
        pen.ellipse(x, y + 10, 42, 26, mix(INK, PLUM, 0.3))
        pen.ellipse(x, y, 42, 25, mix(PLUM, TAUPE, 0.25))
        for dx, dy in ((-18, -4), (0, -12), (16, -2), (-4, 8), (8, 2)):
            pen.ellipse(x + dx, y + dy, 3.6, 2.4, CREAM)
    for i, (x, y) in enumerate(((226, 532), (290, 548), (354, 562))):                    # chè lam, cut in bars
        p = pen.at(x, y, 1, 12)
        p.rect(-30, -12, 60, 26, mix(OCHRE, WINE, 0.35))
        p.fill("M -30,-12 L -16,-26 L 44,-26 L 30,-12 Z", mix(OCHRE, CREAM, 0.3))
    for x, y in ((344, 336), (448, 330)):                                                # cups
        pen.fill(f"M {x - 42},{y} L {x + 42},{y} C {x + 38},{y + 50} {x + 20},{y + 58} {x},{y + 58} C {x - 20},{y + 58} {x - 38},{y + 50} "
                 f"{x - 42},{y} Z", CREAM)
        pen.ellipse(x, y, 42, 12, mix(CREAM, TAUPE, 0.3))
        pen.ellipse(x, y + 1, 34, 8, mix(OCHRE, HONEY, 0.4))
    return picture


def piggy():
    """A clay pig for savings, coins, a plant that grows."""
    picture = Picture(880, 640, mix(MIST, CREAM, 0.55))
    pen = picture.pen()
    pen.circle(440, 300, 270, mix(MIST, CREAM, 0.8))
    pen.rect(0, 500, 880, 140, mix(TAUPE, SAND, 0.4))
    pen.ellipse(430, 540, 300, 22, mix(TAUPE, WINE, 0.2))
    clay, dark = ACCENT, mix(ACCENT, INK, 0.3)
    pig = pen.at(430, 370)
    for x in (-120, 96):
        pig.fill(f"M {x - 40},80 L {x + 44},80 L {x + 30},168 L {x - 28},168 Z", dark)
    pig.stroke("M -206,-10 C -240,-40 -246,4 -222,6 C -206,6 -214,-20 -236,-30", clay, 11)
    pig.ellipse(0, 0, 214, 150, clay)
    pig.fill("M 40,-147 C 150,-136 214,-70 214,0 C 214,84 120,150 0,150 C 110,100 150,-40 40,-147 Z", mix(clay, INK, 0.16))
    pig.fill("M 96,-126 C 100,-180 140,-196 176,-190 C 172,-150 166,-120 146,-96 Z", dark)
    pig.fill("M 56,-138 C 52,-190 88,-212 124,-210 C 124,-168 120,-140 104,-118 Z", mix(clay, ROSE, 0.3))
    pig.ellipse(204, 14, 40, 48, ROSE)
    pig.ellipse(196, 4, 7, 12, dark)
    pig.ellipse(220, 6, 6, 11, dark)
    pig.circle(132, -46, 11, INK)
    pig.circle(136, -50, 4, CREAM)
    for x, y in ((-70, 20), (-10, 60), (-100, -40), (20, -10)):
        blossom(pig.at(x, y, 3), HONEY)
    pig.rect(-50, -154, 74, 12, INK)
    coin = pen.at(418, 172, 1, -12)
    coin.circle(0, 0, 38, OCHRE)
    coin.circle(0, 0, 29, HONEY)
    coin.rect(-4, -14, 8, 28, OCHRE)
    arm = pen.at(418, 140)
    arm.limb([(240, -150), (120, -70), (22, -6)], (46, 26), TEAL)
    hand(arm.at(0, 0, 2.2), 4, -2, "warm", 62)
    for x, n in ((96, 3), (176, 5), (734, 6), (814, 3)):
        coins(pen.at(x, 560, 0.9), n)
    p = pen.at(734, 452)
    for turn, length in ((-52, 84), (50, 88), (-14, 110), (16, 104)):
        leaf(p.at(0, 0, 1, turn), length, 22, LEAF if turn < 0 else TEAL)
    return picture


def emblem():
    """A lotus over two waves: a house mark for issues that are made up."""
    picture = Picture(240, 240, None)
    pen = picture.pen()
    pen.circle(120, 120, 114, ACCENT)
    pen.circle(120, 120, 104, CREAM)
    lotus(pen.at(120, 108, 0.66), ACCENT, PINK, HONEY)
    pen.stroke("M 56,166 C 80,180 100,180 120,168 C 140,180 160,180 184,166", TEAL, 7)
    pen.stroke("M 78,186 C 96,196 108,194 120,187 C 132,194 144,196 162,186", mix(TEAL, MIST, 0.4), 7)
    return picture


PICTURES = {
    "gat-lua": harvest, "bien-sam-son": sea, "ruong-bac-thang": terraces, "tram-y-te": clinic, "lop-hoc": lesson,
    "the-duc": exercise, "theu": embroidery, "trong-cay": planting, "cho-que": market, "dan-vu": fans, "banh-que": cakes, "heo-dat": piggy,
    "bieu-trung": emblem,
}


def draw(folder, names):
    os.makedirs(folder, exist_ok=True)
    for name in names:
        PICTURES[name]().write_svg(os.path.join(folder, name + ".svg"))


def main(arguments):
    if arguments == ["--committed"]:
        here = os.path.dirname(os.path.abspath(__file__))
        for sample, names in COMMITTED.items():
            draw(os.path.join(here, sample, "images"), names)
        return 0
    if len(arguments) < 2 or any(name not in PICTURES for name in arguments[1:]):
        print(__doc__.strip() + "\n\nNAME is one of " + ", ".join(PICTURES), file=sys.stderr)
        return 2
    draw(arguments[0], arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
