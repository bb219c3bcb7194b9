#!/usr/bin/python3
"""Draws the illustrations of this sample, always the same bytes: logo.svg and hoi-nghi-tap-huan.svg as vectors,
bieu-duong.png and le-ky-ket.jpg as pixels (300 ppi at 88 mm and 181 mm wide).

usage: make_images.py [FOLDER]      into this folder when none is given; needs Pillow (python3-pil)

A picture is a list of filled and stroked paths in tenths of a millimetre. People are drawn in units of a hundredth of a
head's height, origin in the middle of the head, y downwards, and placed with Pen.at().
"""
import math
import os
import re
import sys

from PIL import Image, ImageDraw

# The palette: plum to blush, warm neutrals, a little ochre and teal.
INK, PLUM, WINE, ACCENT = "#2E1024", "#4F1236", "#7A1748", "#A8175C"
ROSE, PINK, BLUSH, PALE = "#C65E8E", "#E3A4BF", "#F2D5DF", "#F9EBED"
CREAM, SAND, TAUPE = "#FCF6EF", "#EFDFCF", "#CDB09B"
OCHRE, HONEY = "#D9993B", "#F0CE8E"
TEAL, MIST = "#3F7C7A", "#B9D3CC"
HAIR, HAIR_SOFT, GREY = "#2B1420", "#4A2A3A", "#7E6A74"
SKINS = {"light": ("#F0C6A4", "#DDA581"), "warm": ("#E6B48E", "#CC9069"), "deep": ("#D69C74", "#B67B54")}


# ---- Drawing ----------------------------------------------------------------------------------------------------

def parse(d):
    """'M 1,2 C ... Z' (absolute M L Q C Z) -> [(letter, [(x, y) ...]) ...], quadratic curves made cubic."""
    commands, here, start = [], (0, 0), (0, 0)
    for letter, numbers in re.findall(r"([MLQCZ])([^MLQCZ]*)", d):
        values = [float(n) for n in re.findall(r"-?\d+\.?\d*", numbers)]
        points = list(zip(values[::2], values[1::2]))
        size = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 1}[letter]
        if letter == "Z":
            commands.append(("Z", []))
            here = start
        for i in range(0, len(points), size):
            step = points[i:i + size]
            if letter == "Q":
                (qx, qy), (x, y) = step
                step = [((here[0] + 2 * qx) / 3, (here[1] + 2 * qy) / 3), ((x + 2 * qx) / 3, (y + 2 * qy) / 3), (x, y)]
            commands.append(("C" if letter == "Q" else letter, step))
            here = step[-1]
            if letter == "M":
                start = here
    return commands


class Picture:
    def __init__(self, width, height, paper):
        self.width, self.height, self.paper, self.shapes = width, height, paper, []

    def pen(self):
        return Pen(self, (1, 0, 0, 1, 0, 0))

    def write_svg(self, path):
        lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width / 10:g}mm" '
                 f'height="{self.height / 10:g}mm" '
                 f'viewBox="0 0 {self.width} {self.height}">']
        if self.paper:
            lines.append(f'<rect width="{self.width}" height="{self.height}" fill="{self.paper}"/>')
        for commands, fill, stroke, width in self.shapes:
            d = "".join(letter + " ".join(f"{x:.1f},{y:.1f}".replace(".0", "") for x, y in points)
                        for letter, points in commands)
            paint = f'fill="{fill}"' if fill else (f'fill="none" stroke="{stroke}" stroke-width="{width:.1f}" '
                                                    'stroke-linecap="round" stroke-linejoin="round"')
            lines.append(f'<path d="{d}" {paint}/>')
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n</svg>\n")

    def pixels(self, width):
        """An RGB image `width` pixels wide, drawn four times as large."""
        zoom = 4 * width / self.width
        size = (4 * width, 4 * round(self.height * width / self.width))
        image = Image.new("RGB", size, self.paper)
        draw = ImageDraw.Draw(image)
        for commands, fill, stroke, thick in self.shapes:
            for line in flatten(commands, zoom):
                if fill:
                    draw.polygon(line, fill=fill)
                else:
                    w = max(1, round(thick * zoom))
                    draw.line(line, fill=stroke, width=w, joint="curve")
                    for x, y in (line[0], line[-1]):
                        draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=stroke)
        return image.resize((size[0] // 4, size[1] // 4), Image.LANCZOS)


def flatten(commands, zoom):
    lines = []
    for letter, points in commands:
        points = [(x * zoom, y * zoom) for x, y in points]
        if letter == "M":
            lines.append([points[0]])
        elif letter == "L":
            lines[-1].append(points[0])
        elif letter == "Z":
            lines[-1].append(lines[-1][0])
        else:
            p0, (p1, p2, p3) = lines[-1][-1], points
            n = max(6, min(64, int(math.dist(p0, p3) / 12)))
            for i in range(1, n + 1):
                t, u = i / n, 1 - i / n
                lines[-1].append(tuple(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
                                       for a, b, c, d in zip(p0, p1, p2, p3)))
    return lines


class Pen:
    """Draws into a picture through a matrix."""

    def __init__(self, picture, matrix):
        self.picture, self.matrix = picture, matrix

    def at(self, x, y, scale=1.0, turn=0.0, flip=False):
        """A pen whose origin is at (x, y), scaled, turned clockwise by degrees, mirrored."""
        a, b, c, d, e, f = self.matrix
        cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        m = -1 if flip else 1
        ia, ib, ic, id_ = cos * m, sin * m, -sin, cos
        return Pen(self.picture, (a * ia + c * ib, b * ia + d * ib, a * ic + c * id_, b * ic + d * id_,
                                  a * x + c * y + e, b * x + d * y + f))

    def _placed(self, commands):
        a, b, c, d, e, f = self.matrix
        return [(letter, [(a * x + c * y + e, b * x + d * y + f) for x, y in points]) for letter, points in commands]

    def fill(self, d, color):
        self.picture.shapes.append((self._placed(parse(d)), color, None, 0))

    def stroke(self, d, color, width):
        a, b, _, _, _, _ = self.matrix
        self.picture.shapes.append((self._placed(parse(d)), None, color, width * math.hypot(a, b)))

    def polygon(self, points, color):
        self.fill("M" + " L".join(f"{x:.3f},{y:.3f}" for x, y in points) + " Z", color)

    def rect(self, x, y, w, h, color):
        self.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], color)

    def ellipse(self, x, y, rx, ry, color):
        k, l = rx * 0.5523, ry * 0.5523
        self.fill(f"M {x - rx},{y} C {x - rx},{y - l} {x - k},{y - ry} {x},{y - ry} "
                  f"C {x + k},{y - ry} {x + rx},{y - l} "
                  f"{x + rx},{y} C {x + rx},{y + l} {x + k},{y + ry} {x},{y + ry} C {x - k},{y + ry} {x - rx},{y + l} "
                  f"{x - rx},{y} Z", color)

    def circle(self, x, y, r, color):
        self.ellipse(x, y, r, r, color)

    def limb(self, joints, radii, color):
        """A tapered, bent limb through three joints."""
        (x0, y0), (x1, y1), (x2, y2) = joints
        cx, cy = 1.5 * x1 - 0.25 * (x0 + x2), 1.5 * y1 - 0.25 * (y0 + y2)
        left, right, n = [], [], 18
        for i in range(n + 1):
            t, u = i / n, 1 - i / n
            x, y = u * u * x0 + 2 * u * t * cx + t * t * x2, u * u * y0 + 2 * u * t * cy + t * t * y2
            dx, dy = 2 * u * (cx - x0) + 2 * t * (x2 - cx), 2 * u * (cy - y0) + 2 * t * (y2 - cy)
            length = math.hypot(dx, dy) or 1
            r = radii[0] + (radii[1] - radii[0]) * t
            left.append((x - dy / length * r, y + dx / length * r))
            right.append((x + dy / length * r, y - dx / length * r))
        self.polygon(left + right[::-1], color)
        self.circle(x0, y0, radii[0], color)


def mix(one, other, part):
    """`part` of the other colour in the one."""
    a, b = (tuple(int(c[i:i + 2], 16) for i in (1, 3, 5)) for c in (one, other))
    return "#%02X%02X%02X" % tuple(round(x + (y - x) * part) for x, y in zip(a, b))


# ---- People, from the front -------------------------------------------------------------------------------------

FACE = ("M -35,-10 C -36,18 -22,44 -8,50 C -3,52 3,52 8,50 C 22,44 36,18 35,-10 "
        "C 34,-40 18,-50 0,-50 C -18,-50 -34,-40 -35,-10 Z")
CAPS = {  # the hair over the forehead
    "side": "M -41,14 C -49,-36 -30,-63 3,-62 C 35,-62 48,-34 41,14 C 39,-4 36,-16 27,-25 C 12,-25 -6,-31 -17,-43 "
            "C -20,-27 -31,-16 -36,-6 C -39,0 -40,8 -41,14 Z",
    "middle": "M -41,16 C -50,-36 -30,-62 0,-62 C 30,-62 50,-36 41,16 C 40,-6 32,-28 0,-44 C -32,-28 -40,-6 -41,16 Z",
    "fringe": "M -41,16 C -50,-36 -30,-63 0,-63 C 30,-63 50,-36 41,16 C 40,2 39,-8 35,-16 C 14,-10 -14,-10 -35,-16 "
              "C -39,-8 -40,2 -41,16 Z",
    "short": "M -39,2 C -47,-38 -28,-63 4,-62 C 34,-62 46,-38 39,2 C 37,-10 36,-18 31,-27 C 16,-28 0,-34 -12,-40 "
             "C -18,-32 -30,-26 -33,-20 C -37,-12 -38,-4 -39,2 Z",
}


def head(pen, hair="bun", cap="side", skin="light", color=HAIR, turban=None, down=False):
    """A face and its hair. down: the eyes rest on something below."""
    tone, shade = SKINS[skin]
    shine = mix(color, "#FFFFFF", 0.16)
    if turban:
        pen.fill("M -50,6 C -66,-48 -40,-84 0,-84 C 40,-84 66,-48 50,6 C 46,-10 -46,-10 -50,6 Z", turban)
        for width, dip in ((52, 74), (46, 66)):
            pen.stroke(f"M {-width},-14 C {-width + 2},-{dip - 12} -26,-{dip} 0,-{dip} "
                       f"C 26,-{dip} {width - 2},-{dip - 12} {width},-14",
                       mix(turban, "#FFFFFF", 0.3), 2.4)
    if hair == "bun":
        pen.ellipse(4, -66, 23, 17, color)
        pen.stroke("M -8,-68 Q 4,-78 16,-70", shine, 3)
    elif hair == "low":
        pen.ellipse(33, 36, 17, 20, color)
    elif hair == "bob":
        pen.fill("M -47,34 C -58,-22 -44,-65 0,-65 C 44,-65 58,-22 47,34 C 47,48 40,55 30,54 L -30,54 "
                 "C -40,55 -47,48 -47,34 Z",
                 mix(color, "#000000", 0.25))
    pen.ellipse(-36, 3, 6, 10, shade)
    pen.ellipse(36, 3, 6, 10, shade)
    pen.fill(FACE, tone)
    pen.fill("M 12,-46 C 32,-40 35,-22 35,-10 C 36,18 22,44 8,50 C 5,51 2,52 0,51.5 C 20,40 26,10 24,-14 Z",
             mix(tone, shade, 0.45))
    pen.ellipse(-21, 19, 7.5, 5, mix(tone, ROSE, 0.2))
    pen.ellipse(21, 19, 7.5, 5, mix(tone, ROSE, 0.26))
    lid = 5 if down else 0
    for side in (-1, 1):
        pen.stroke(f"M {side * 23},-12 Q {side * 15},-18 {side * 8},-14", mix(color, tone, 0.2), 2.2)
        if down:
            pen.stroke(f"M {side * 22},{-2 + lid} Q {side * 15},{4 + lid} {side * 8},{0 + lid}", INK, 2.6)
        else:
            pen.ellipse(side * 15, -1, 3.1, 3.9, INK)
            pen.stroke(f"M {side * 22},-4 Q {side * 15},-9 {side * 8},-4", INK, 2.2)
    pen.stroke(f"M 1,{4 + lid} Q 6,{13 + lid} -1,{15 + lid}", shade, 2.4)
    pen.fill(f"M -10,{28 + lid / 2} Q 0,{31 + lid / 2} 10,{28 + lid / 2} Q 0,{40 + lid / 2} -10,{28 + lid / 2} Z",
             "#B03A5E")
    pen.fill(CAPS[cap], color)
    pen.stroke("M -30,-30 C -24,-46 -12,-54 6,-55" if cap != "middle" else "M -33,-18 C -32,-34 -22,-46 -10,-52",
               shine, 3)
    if hair in ("bun", "low", "long") and cap != "short":
        pen.circle(-37, 15, 3, HONEY)
        pen.circle(37, 15, 3, HONEY)


def neck(pen, skin, collar):
    tone, shade = SKINS[skin]
    pen.fill("M -15,30 L -16,84 L 16,84 L 15,30 Z", shade)
    pen.fill("M -16,70 C -8,80 8,80 16,70 L 15,85 L -15,85 Z", tone)
    if collar:
        pen.fill("M -21,64 C -14,72 -6,75 -1.5,76 L -2.5,93 C -12,92 -20,90 -26,86 Z", collar)
        pen.fill("M 21,64 C 14,72 6,75 1.5,76 L 2.5,93 C 12,92 20,90 26,86 Z", mix(collar, INK, 0.12))


def hand(pen, x, y, skin, turn=0):
    tone, shade = SKINS[skin]
    p = pen.at(x, y, 1, turn)
    p.fill("M -9,-10 C -12,0 -11,14 -6,22 C -3,27 3,27 6,22 C 10,14 11,0 9,-10 Z", tone)
    p.stroke("M 0,8 L 0,20", shade, 1.6)


ARMS = {  # the left arm's elbow and wrist, the hand's turn; the right arm mirrors it
    "down": ((-91, 205), (-88, 296), 4),
    "clasp": ((-96, 210), (-22, 258), -68),
    "hold": ((-98, 206), (-30, 214), -80),
    "frame": ((-104, 208), (-66, 222), -40),
    "clap": ((-98, 204), (-8, 188), -172),
}


def long_dress(pen, color, trousers=CREAM, flowers=None):
    """An áo dài to the ankles over wide trousers."""
    dark, light = mix(color, INK, 0.22), mix(color, "#FFFFFF", 0.16)
    pen.fill("M -66,262 C -78,380 -92,520 -100,650 L -6,650 L 0,330 L 6,650 L 100,650 C 92,520 78,380 66,262 Z",
             trousers)
    pen.fill("M -24,76 C -42,84 -66,86 -80,98 C -88,106 -84,122 -80,134 L -64,164 C -62,192 -53,212 -51,238 "
             "C -56,268 -68,292 -70,322 "
             "C -74,420 -80,520 -84,604 C -50,616 50,616 84,604 C 80,520 74,420 70,322 C 68,292 56,268 51,238 "
             "C 53,212 62,192 64,164 "
             "L 80,134 C 84,122 88,106 80,98 C 66,86 42,84 24,76 Z", color)
    pen.fill("M 30,80 C 46,84 66,86 80,98 C 88,106 84,122 80,134 L 64,164 C 62,192 53,212 51,238 "
             "C 56,268 68,292 70,322 C 74,420 80,520 84,604 "
             "C 66,608 50,611 34,612 C 44,480 40,330 26,250 C 34,200 40,130 30,80 Z", mix(color, dark, 0.55))
    pen.stroke("M 2,92 C 22,104 44,118 58,150", dark, 2.4)
    pen.stroke("M -40,168 C -20,182 -6,184 4,182", mix(color, dark, 0.7), 2.2)
    pen.stroke("M -44,236 C -20,246 10,246 40,238", mix(color, dark, 0.6), 2.2)
    if flowers:
        for x, y, size in ((-30, 360, 1.0), (-4, 420, 1.3), (-38, 470, 0.9), (20, 340, 0.8), (-14, 300, 0.7),
                           (12, 520, 1.1)):
            blossom(pen.at(x, y, size), flowers)
    return light


def blossom(pen, color):
    for turn in range(0, 360, 72):
        pen.at(0, 0, 1, turn).ellipse(0, -7, 4.2, 6.5, color)
    pen.circle(0, 0, 3, HONEY)


def suit(pen, color, shirt=CREAM, tie=ACCENT):
    dark = mix(color, "#000000", 0.25)
    pen.fill("M -24,78 C -46,86 -78,90 -94,106 C -102,116 -98,140 -94,160 L -78,330 L -72,640 L -6,640 L 0,360 "
             "L 6,640 L 72,640 L 78,330 "
             "L 94,160 C 98,140 102,116 94,106 C 78,90 46,86 24,78 Z", color)
    pen.fill("M -20,76 L 0,188 L 20,76 Z", shirt)
    pen.fill("M -6,92 L 6,92 L 4,104 L 9,160 L 0,176 L -9,160 L -4,104 Z", tie)
    pen.fill("M -22,74 L -34,96 L -26,110 L -34,118 L -2,206 L 0,188 Z", mix(color, "#FFFFFF", 0.12))
    pen.fill("M 22,74 L 34,96 L 26,110 L 34,118 L 2,206 L 0,188 Z", dark)
    pen.stroke("M 0,206 L 0,330", dark, 2.6)


def arms(pen, pose, color, skin, bare=False, between=None):
    """Both arms; between() draws what the hands hold, over the sleeves and under the hands."""
    elbow, wrist, turn = ARMS[pose]
    shades = (color, mix(color, INK, 0.14))
    for side, shade in ((-1, shades[0]), (1, shades[1])):
        pen.limb([(side * 70, 112), (side * -elbow[0], elbow[1]), (side * -wrist[0], wrist[1])], (19, 13), shade)
    if pose in ("down", "clasp"):
        pen.stroke("M -64,152 C -62,176 -58,196 -54,216", mix(color, INK, 0.3), 2.4)
        pen.stroke("M 64,152 C 62,176 58,196 54,216", mix(color, INK, 0.36), 2.4)
    if between:
        between()
    for side in (-1, 1):
        mirrored = pen.at(0, 0, 1, 0, side > 0)
        hand(mirrored, wrist[0], wrist[1], skin, turn)


def rose(pen, x, y, r, color):
    pen.circle(x, y, r, color)
    pen.stroke(f"M {x - r * 0.52},{y} Q {x},{y - r * 0.95} {x + r * 0.52},{y} Q {x},{y + r * 0.75} {x - r * 0.18},{y}",
               mix(color, INK, 0.24), max(2, r * 0.09))


def bouquet(pen, color, wrap=CREAM):
    """Flowers in paper; the origin is where the hands hold it."""
    pen.fill("M -8,34 L -46,-34 C -20,-22 20,-22 46,-34 L 8,34 Z", wrap)
    pen.fill("M 0,38 L 10,-26 C 24,-26 36,-30 46,-34 L 8,34 Z", mix(wrap, TAUPE, 0.4))
    for x, y, turn in ((-44, -46, -50), (44, -48, 50), (-22, -72, -18), (24, -74, 20), (0, -80, 0)):
        leaf(pen.at(x * 0.75, y * 0.6, 1, turn), 30, 9, TEAL)
    for x, y, r, tint in ((-26, -42, 15, 0), (26, -42, 15, 0.25), (0, -36, 15, 0.1), (-13, -60, 14, 0.35),
                          (14, -61, 14, 0)):
        rose(pen, x, y, r, mix(color, "#FFFFFF", tint))
    pen.rect(-9, 22, 18, 9, ACCENT)


def certificate(pen):
    pen.rect(-66, -46, 132, 92, OCHRE)
    pen.rect(-60, -40, 120, 80, CREAM)
    pen.rect(-52, -32, 104, 64, PALE)
    pen.rect(-46, -26, 92, 52, CREAM)
    lotus(pen.at(0, -2, 0.17), ACCENT, ROSE)
    pen.rect(-30, 9, 60, 3, TAUPE)
    pen.rect(-20, 16, 40, 3, TAUPE)


def leaf(pen, length, width, color, shade=None):
    """From the origin upwards, its right half in shade."""
    pen.fill(f"M 0,0 C {-width},{-length * 0.25} {-width},{-length * 0.7} 0,{-length} "
             f"C {width},{-length * 0.7} {width},{-length * 0.25} 0,0 Z", color)
    pen.fill(f"M 0,0 C {width},{-length * 0.25} {width},{-length * 0.7} 0,{-length} Z", shade or mix(color, INK, 0.16))


def long_hair(pen, color):
    """What falls behind the shoulders."""
    pen.fill("M -44,0 C -52,-44 -34,-64 0,-64 C 34,-64 52,-44 44,0 C 46,56 62,104 58,158 "
             "C 30,172 -30,172 -58,158 C -62,104 -46,56 -44,0 Z", mix(color, "#000000", 0.25))


def woman(pen, color, pose="clasp", hair="bun", cap="side", skin="light", turban=None, flowers=None, tilt=0, held=None,
          trousers=CREAM, hair_color=HAIR):
    if hair == "long":
        long_hair(pen, hair_color)
    long_dress(pen, color, trousers, flowers)
    neck(pen, skin, mix(color, "#FFFFFF", 0.1))
    arms(pen, pose, color, skin, between=held)
    head(pen.at(0, 0, 1, tilt), hair, cap, skin, hair_color, turban)
    if hair == "long":
        pen.fill("M -40,6 C -46,40 -62,70 -60,132 C -58,146 -46,150 -40,140 C -34,110 -36,70 -34,34 Z", hair_color)


def man(pen, color, pose="down", skin="warm", hair_color=HAIR, tie=ACCENT, tilt=0):
    neck(pen, skin, None)
    suit(pen, color, tie=tie)
    arms(pen, pose, color, skin)
    head(pen.at(0, 0, 1, tilt), "none", "short", skin, hair_color)


# ---- People, from behind ----------------------------------------------------------------------------------------

SKULL = ("M -43,-8 C -46,-44 -26,-63 0,-63 C 26,-63 46,-44 43,-8 "
         "C 42,18 30,40 17,50 C 8,55 -8,55 -17,50 C -30,40 -42,18 -43,-8 Z")


def from_behind(pen, hair, color, skin="light", hair_color=HAIR, turn=0, raised=False, tilt=0):
    """A seated woman's back. turn: -1 or 1 shows a cheek on that side."""
    tone, shade = SKINS[skin]
    dark, shine = mix(color, INK, 0.25), mix(hair_color, "#FFFFFF", 0.17)
    if raised:
        pen.limb([(88, 140), (128, 60), (112, -40)], (24, 15), color)
        pen.fill("M 100,-34 C 96,-56 98,-76 104,-90 C 107,-95 111,-93 111,-86 L 114,-98 C 117,-104 122,-101 121,-94 "
                 "L 126,-92 C 131,-92 131,-86 129,-80 "
                 "C 128,-62 128,-48 124,-34 Z", tone)
    pen.fill("M -16,24 L -18,98 L 18,98 L 16,24 Z", shade)
    pen.fill("M -142,480 C -138,280 -132,168 -104,130 C -84,106 -46,104 -28,84 L 28,84 C 46,104 84,106 104,130 "
             "C 132,168 138,280 142,480 Z", color)
    pen.fill("M 28,84 C 46,104 84,106 104,130 C 132,168 138,280 142,480 L 84,480 C 92,300 84,170 28,84 Z",
             mix(color, dark, 0.5))
    pen.stroke("M 0,100 L 0,480", mix(color, dark, 0.55), 2.4)
    pen.stroke("M -92,196 C -84,260 -84,360 -88,480", dark, 3)
    pen.stroke("M 92,196 C 84,260 84,360 88,480", dark, 3)
    pen.fill("M -25,66 C -10,75 10,75 25,66 L 31,93 C 10,103 -10,103 -31,93 Z", mix(color, "#FFFFFF", 0.12))
    h = pen.at(0, 0, 1, tilt)
    if turn:
        f = h.at(0, 0, 1, 0, turn < 0)
        f.fill("M 14,-34 C 40,-38 49,-22 49,-10 C 50,-2 58,8 57,12 C 56,16 50,15 50,18 C 52,22 51,25 49,27 "
               "C 50,31 49,36 45,40 C 38,48 24,48 12,46 Z", tone)
        f.stroke("M 44,-8 L 49,-8", INK, 2.4)
        f.stroke("M 46,28 L 49,28", "#B03A5E", 2.4)
        h = h.at(-7 * turn, 0)
    else:
        h.ellipse(-43, 4, 6, 10, tone)
        h.ellipse(43, 4, 6, 10, tone)
    if hair == "bun":
        h.fill(SKULL, hair_color)
        h.ellipse(0, 18, 27, 25, mix(hair_color, "#000000", 0.3))
        h.stroke("M -17,16 C -14,2 12,0 18,14 C 20,28 -2,36 -8,24 C -10,16 2,12 7,19", shine, 2.6)
        h.stroke("M -34,6 L 34,28", HONEY, 3)
    elif hair == "high":
        h.ellipse(0, -66, 25, 20, hair_color)
        h.fill(SKULL, hair_color)
        h.stroke("M -14,-68 C -6,-82 12,-80 15,-68", shine, 2.6)
        h.stroke("M -22,-50 C -10,-46 10,-46 22,-50", ACCENT, 5)
    elif hair == "bob":
        h.fill("M -50,34 C -58,-24 -42,-65 0,-65 C 42,-65 58,-24 50,34 C 53,48 48,58 39,60 C 14,67 -14,67 -39,60 "
               "C -48,58 -53,48 -50,34 Z", hair_color)
        h.stroke("M -20,58 C -26,36 -26,16 -22,-4", shine, 2.4)
        h.stroke("M 22,58 C 28,36 28,20 25,6", mix(hair_color, "#FFFFFF", 0.1), 2.4)
    elif hair == "long":
        h.fill("M -46,0 C -52,-44 -30,-65 0,-65 C 30,-65 52,-44 46,0 C 48,60 64,120 58,212 C 30,228 -30,228 -58,212 "
               "C -64,120 -48,60 -46,0 Z", hair_color)
        for x in (-26, 2, 28):
            h.stroke(f"M {x * 0.7},-6 C {x},60 {x * 1.25},120 {x * 1.2},190",
                     shine if x < 0 else mix(hair_color, "#FFFFFF", 0.1), 2.4)
    elif hair == "tail":
        h.fill(SKULL, hair_color)
        h.fill("M -13,-6 C -30,44 -26,120 -4,178 C 4,182 6,178 8,172 C 26,116 28,42 13,-6 Z",
               mix(hair_color, "#000000", 0.3))
        h.stroke("M -6,20 C -12,70 -8,120 0,156", shine, 2.4)
        h.fill("M -17,-12 C -8,-16 8,-16 17,-12 L 16,2 C 8,6 -8,6 -16,2 Z", ACCENT if color != ACCENT else HONEY)
    elif hair == "curls":
        for i in range(12):
            a = math.radians(-210 + i * 21.8)
            h.circle(38 * math.cos(a), -10 + 42 * math.sin(a), 17, hair_color)
        h.ellipse(0, -22, 44, 34, hair_color)
        h.fill("M -46,-4 C -46,-44 46,-44 46,-4 C 46,24 34,48 22,52 C 10,57 -10,57 -22,52 C -34,48 -46,24 -46,-4 Z",
               hair_color)
        for x, y in ((-24, -24), (4, -36), (22, -14), (-6, 2), (-28, 16), (24, 20), (4, 32)):
            h.stroke(f"M {x - 8},{y} Q {x},{y - 11} {x + 8},{y}", shine, 2.4)
    if hair not in ("curls",):
        h.stroke("M -29,-22 C -26,-40 -14,-51 2,-53", shine, 4)


# ---- Things -----------------------------------------------------------------------------------------------------

def lotus(pen, front, back, heart=None):
    """A lotus about 240 wide, origin in its middle."""
    def petal(turn, length, width, color):
        pen.at(0, 70, 1, turn).fill(f"M 0,0 C {-width},{-length * 0.3} {-width * 0.9},{-length * 0.72} 0,{-length} "
                                    f"C {width * 0.9},{-length * 0.72} {width},{-length * 0.3} 0,0 Z", color)
    for turn in (-74, 74):
        petal(turn, 118, 30, back)
    for turn in (-50, 50):
        petal(turn, 142, 38, mix(back, front, 0.3))
    for turn in (-25, 25):
        petal(turn, 158, 42, mix(back, front, 0.62))
    petal(0, 168, 44, front)
    if heart:
        pen.at(0, 70).fill("M 0,-18 C -16,-50 -14,-84 0,-116 C 14,-84 16,-50 0,-18 Z", heart)


def curtain(pen, x, width, height, folds, color):
    """Hanging cloth in folds."""
    step = width / folds
    pen.rect(x, 0, width, height, color)
    for i in range(folds):
        left = x + i * step
        pen.fill(f"M {left},0 L {left + step * 0.42},0 C {left + step * 0.5},{height * 0.4} "
                 f"{left + step * 0.3},{height * 0.7} {left + step * 0.44},{height} "
                 f"L {left},{height} Z", mix(color, "#000000", 0.2))
        pen.fill(f"M {left + step * 0.66},0 L {left + step * 0.86},0 C {left + step * 0.8},{height * 0.5} "
                 f"{left + step * 0.9},{height * 0.8} "
                 f"{left + step * 0.82},{height} L {left + step * 0.7},{height} Z", mix(color, "#FFFFFF", 0.1))


def plant(pen, pot=OCHRE):
    for turn, length in ((-62, 130), (58, 126), (-36, 170), (34, 176), (-12, 205), (12, 196)):
        leaf(pen.at(0, 0, 1, turn), length, 24, mix(TEAL, "#FFFFFF", 0.12 if turn < 0 else 0))
    pen.fill("M -46,-8 L 46,-8 L 34,96 L -34,96 Z", pot)
    pen.fill("M 10,-8 L 46,-8 L 34,96 L 14,96 Z", mix(pot, INK, 0.16))
    pen.rect(-52, -18, 104, 18, mix(pot, "#FFFFFF", 0.18))


# ---- The pictures -----------------------------------------------------------------------------------------------

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


def coins(pen, n, color=OCHRE):
    """A stack of n coins; the origin is the middle of its foot."""
    for i in range(n):
        y = -i * 17
        pen.fill(f"M -46,{y} L -46,{y - 13} L 46,{y - 13} L 46,{y} C 46,{y + 16} -46,{y + 16} -46,{y} Z",
                 mix(color, WINE, 0.25))
        pen.ellipse(0, y - 13, 46, 13, mix(color, "#FFFFFF", 0.12))
    y = -(n - 1) * 17 - 13
    pen.ellipse(0, y, 34, 8.5, mix(color, WINE, 0.12))


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


def main(arguments):
    folder_path = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    at = lambda name: os.path.join(folder_path, name)
    logo().write_svg(at("logo.svg"))
    training().write_svg(at("hoi-nghi-tap-huan.svg"))
    honours().pixels(1040).save(at("bieu-duong.png"), dpi=(300, 300), optimize=True)
    signing().pixels(2138).save(at("le-ky-ket.jpg"), dpi=(300, 300), quality=88, subsampling=0, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
