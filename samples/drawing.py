"""What the pictures of the samples are drawn with: colours, paths, pens, people and things.

A picture is a list of filled and stroked paths in tenths of a millimetre. People are drawn in units of a hundredth of a
head's height, origin in the middle of the head, y downwards, and placed with Pen.at().
"""
import math
import re

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
    """least: its thinnest line. A press holds none in several inks that is under a quarter of a point (0.088 mm), so a picture
    that is printed half as wide as it is drawn has 1.8 or more."""

    def __init__(self, width, height, paper, least=1.4):
        self.width, self.height, self.paper, self.least, self.shapes = width, height, paper, least, []

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
            paint = f'fill="{fill}"' if fill else (f'fill="none" stroke="{stroke}" stroke-width="{max(width, self.least):.1f}" '
                                                    'stroke-linecap="round" stroke-linejoin="round"')
            lines.append(f'<path d="{d}" {paint}/>')
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n</svg>\n")

    def pixels(self, width):
        """An RGB image `width` pixels wide, drawn four times as large."""
        from PIL import Image, ImageDraw  # here alone: who only writes SVG needs no Pillow

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

    def detail(self, d, color, width):
        """A stroke that is left out where it would have to be much too thick for a press to hold it."""
        a, b, _, _, _, _ = self.matrix
        if width * math.hypot(a, b) > 0.6 * self.picture.least:
            self.stroke(d, color, width)

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

    def circle_line(self, x, y, r, color, width):
        k = r * 0.5523
        self.stroke(f"M {x - r},{y} C {x - r},{y - k} {x - k},{y - r} {x},{y - r} C {x + k},{y - r} {x + r},{y - k} "
                    f"{x + r},{y} C {x + r},{y + k} {x + k},{y + r} {x},{y + r} C {x - k},{y + r} {x - r},{y + k} "
                    f"{x - r},{y} Z", color, width)

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
        pen.detail(f"M {side * 23},-12 Q {side * 15},-18 {side * 8},-14", mix(color, tone, 0.2), 2.2)
        if down:
            pen.stroke(f"M {side * 22},{-2 + lid} Q {side * 15},{4 + lid} {side * 8},{0 + lid}", INK, 2.6)
        else:
            pen.ellipse(side * 15, -1, 3.1, 3.9, INK)
            pen.detail(f"M {side * 22},-4 Q {side * 15},-9 {side * 8},-4", INK, 2.2)
    pen.detail(f"M 1,{4 + lid} Q 6,{13 + lid} -1,{15 + lid}", shade, 2.4)
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


def coins(pen, n, color=OCHRE):
    """A stack of n coins; the origin is the middle of its foot."""
    for i in range(n):
        y = -i * 17
        pen.fill(f"M -46,{y} L -46,{y - 13} L 46,{y - 13} L 46,{y} C 46,{y + 16} -46,{y + 16} -46,{y} Z",
                 mix(color, WINE, 0.25))
        pen.ellipse(0, y - 13, 46, 13, mix(color, "#FFFFFF", 0.12))
    y = -(n - 1) * 17 - 13
    pen.ellipse(0, y, 34, 8.5, mix(color, WINE, 0.12))


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


# ---- People, from the side, out of doors; they face right ---------------------------------------------------------

def knee(hip, ankle, thigh=186, shin=192):
    """Where the knee is: in front (to the right) of the line from the hip to the ankle."""
    (x0, y0), (x1, y1) = hip, ankle
    d = min(math.dist(hip, ankle), thigh + shin - 0.5)
    along = (thigh * thigh - shin * shin + d * d) / (2 * d)
    off = math.sqrt(max(0, thigh * thigh - along * along))
    ux, uy = (x1 - x0) / d, (y1 - y0) / d
    return x0 + ux * along + uy * off, y0 + uy * along - ux * off


def conical_hat(pen, color, strap="M -34,-20 Q -26,54 0,60 Q 30,46 34,-20"):
    """A nón lá on a head at the origin; the strap goes round the chin."""
    straw = mix(HONEY, CREAM, 0.45)
    pen.stroke(strap, color, 4)
    pen.fill("M -100,-20 C -70,-2 70,-2 100,-20 C 70,-40 -70,-40 -100,-20 Z", mix(OCHRE, WINE, 0.45))
    pen.fill("M -100,-20 C -72,-50 -34,-86 0,-112 C 34,-86 72,-50 100,-20 C 60,-30 -60,-30 -100,-20 Z", straw)
    pen.fill("M 0,-112 C 34,-86 72,-50 100,-20 C 76,-26 48,-27 26,-27.5 C 26,-58 16,-88 0,-112 Z",
             mix(straw, OCHRE, 0.45))
    for x, y in ((34, -84), (58, -62), (80, -40)):
        pen.stroke(f"M {-x},{y} C {-x * 0.5},{y - 5} {x * 0.5},{y - 5} {x},{y}", mix(straw, OCHRE, 0.6), 2.8)


def side_head(pen, skin="light", hair="bun", strap=ACCENT, color=HAIR):
    tone, shade = SKINS[skin]
    if hair == "long":
        pen.fill("M -38,-30 C -58,10 -50,90 -66,176 C -52,190 -30,186 -18,170 C -14,110 -2,60 -4,10 Z", color)
    elif hair == "tail":
        pen.fill("M -34,2 C -62,30 -56,90 -74,140 C -54,142 -34,100 -26,40 Z", color)
        pen.stroke("M -40,10 L -28,26", ACCENT, 7)
    elif hair == "bun":
        pen.ellipse(-42, 24, 21, 18, mix(color, "#FFFFFF", 0.08))
    pen.fill("M -20,20 L -26,84 L 14,84 L 12,34 Z", shade)
    pen.fill("M -6,-46 C 24,-50 37,-34 38,-14 C 38,-8 40,-4 46,4 C 48,8 44,10 40,10 C 41,14 42,17 40,20 "
             "C 42,24 40,27 38,29 C 38,40 30,48 16,47 C 2,45 -10,36 -16,24 Z", tone)
    pen.ellipse(17, 17, 8, 5.5, mix(tone, ROSE, 0.3))
    pen.fill("M 10,-52 C -28,-60 -48,-32 -45,0 C -43,22 -32,38 -14,36 C -10,28 -10,18 -8,8 C 2,2 6,-10 12,-22 "
             "C 20,-26 32,-26 36,-30 C 32,-42 24,-50 10,-52 Z", color)
    pen.ellipse(-8, 8, 5.5, 8.5, shade)
    pen.stroke("M 25,-3 Q 31,1 36,-3", INK, 3.2)
    pen.stroke("M 31,28 Q 34,30 40,26", "#B03A5E", 3.2)
    conical_hat(pen.at(-6, -13, 1, -6), strap, "M 2,-20 C 0,20 8,50 24,58")


def side_arm(pen, elbow, wrist, color, skin, turn=0, shoulder=(-6, 114)):
    pen.limb([shoulder, elbow, wrist], (23, 15), color)
    hand(pen, wrist[0], wrist[1], skin, turn)


def side_leg(pen, ankle, color, hip=(-6, 270), flare=(44, 40), shoe=INK):
    x, y = ankle
    pen.limb([hip, knee(hip, ankle), (x, y)], flare, color)
    pen.fill(f"M {x - 20},{y + 2} L {x + 18},{y - 4} C {x + 34},{y + 2} {x + 48},{y + 8} {x + 50},{y + 20} "
             f"L {x - 20},{y + 20} Z", shoe)


BODICE = ("M -22,70 C -40,80 -52,96 -52,124 C -54,160 -44,190 -42,222 C -48,244 -54,262 -54,288 L 46,288 "
          "C 46,262 40,244 36,224 C 40,200 56,174 54,146 C 52,112 34,84 12,72 C 0,66 -12,66 -22,70 Z")


def side_bodice(pen, color):
    pen.fill(BODICE, color)
    pen.fill("M -24,58 C -10,66 4,68 18,62 L 20,80 C 4,88 -14,86 -28,78 Z", mix(color, "#FFFFFF", 0.14))
    pen.stroke("M 12,86 C 22,104 26,124 16,150", mix(color, INK, 0.22), 2.6)


def dress_back(pen, color, reach=-150, hem=560):
    """The hind panel of an áo dài that blows backwards."""
    pen.fill(f"M -46,226 C -70,300 {reach * 0.72},{hem - 160} {reach - 20},{hem - 16} C {reach + 6},{hem + 6} "
             f"{reach + 34},{hem - 6} {reach + 64},{hem + 14} C {reach + 96},{hem - 110} -10,380 6,226 Z",
             mix(color, INK, 0.18))


def dress_front(pen, color, reach=120, hem=590):
    """The fore panel."""
    pen.fill(f"M -34,236 C -34,330 {reach - 116},{hem - 130} {reach - 78},{hem + 6} C {reach - 50},{hem - 8} "
             f"{reach - 26},{hem + 10} {reach},{hem - 10} C {reach - 10},{hem - 150} 70,340 40,236 Z", color)
    pen.fill(f"M 40,236 C 70,340 {reach - 10},{hem - 150} {reach},{hem - 10} L {reach - 34},{hem + 2} "
             f"C {reach - 50},{hem - 150} 30,360 10,240 Z", mix(color, INK, 0.1))


# ---- Bicycles ---------------------------------------------------------------------------------------------------

def bicycle(pen, color, basket=None, rack=None, far=None):
    """A bicycle that goes right; the origin is on the ground under the cranks. far() draws what is behind the frame,
    basket() and rack() what they carry."""
    for x in (-215, 225):
        pen.circle_line(x, -138, 130, mix(INK, PLUM, 0.3), 9)
        pen.circle_line(x, -138, 121, mix(PINK, CREAM, 0.4), 3)
        spokes = []
        for turn in range(8, 180, 30):
            c, s = 119 * math.cos(math.radians(turn)), 119 * math.sin(math.radians(turn))
            spokes.append(f"M {x - c:.2f},{-138 - s:.2f} L {x + c:.2f},{-138 + s:.2f}")
        pen.stroke(" ".join(spokes), mix(TEAL, MIST, 0.3), 2.8)
        pen.circle(x, -138, 12, INK)
    if far:
        far()
    pen.stroke("M -20,-128 L 20,-196", GREY, 8)
    pen.stroke("M -215,-138 L -20,-128", color, 10)                                  # the stays
    pen.stroke("M -215,-138 L -72,-330", color, 8)
    pen.stroke("M -20,-128 L -88,-394", color, 12)
    pen.stroke("M -20,-128 C 40,-150 120,-210 172,-348", color, 13)                   # the low frame
    pen.stroke("M -52,-255 C 30,-240 110,-280 166,-330", color, 8)
    pen.stroke("M 160,-402 C 172,-330 188,-260 225,-138", color, 10)                  # the fork
    pen.stroke("M 160,-402 C 150,-432 120,-436 84,-424", INK, 9)
    pen.stroke("M 104,-430 L 80,-423", WINE, 14)
    pen.fill("M -136,-408 C -110,-414 -60,-412 -34,-398 C -44,-388 -66,-388 -84,-384 C -106,-380 -134,-386 -136,-408 Z",
             INK)
    for x, a, b in ((-215, -172, -52), (225, -160, -68)):                             # the mudguards
        p = [(x + 145 * math.cos(math.radians(t)), -138 + 145 * math.sin(math.radians(t))) for t in
             (a + (b - a) * i / 12 for i in range(13))]
        pen.stroke("M" + " L".join(f"{u:.2f},{v:.2f}" for u, v in p), color, 9)
    pen.stroke("M -320,-306 L -90,-306", INK, 8)
    pen.stroke("M -300,-304 L -215,-138", INK, 5)
    if rack:
        rack(pen.at(-210, -312))
    pen.circle_line(-20, -128, 30, INK, 7)
    pen.circle(-20, -128, 10, HONEY)
    pen.stroke("M -20,-128 L -52,-62", INK, 8)
    pen.stroke("M -74,-60 L -30,-60", INK, 11)
    if basket:
        pen.stroke("M 168,-372 L 214,-372", INK, 8)
        pen.stroke("M 252,-300 L 225,-138", INK, 5)
        basket(pen.at(252, -318))
        pen.fill("M 186,-408 L 328,-408 L 306,-298 L 208,-298 Z", OCHRE)
        pen.fill("M 270,-408 L 328,-408 L 306,-298 L 268,-298 Z", mix(OCHRE, WINE, 0.22))
        for y in (-382, -354, -326):
            k = (y + 408) * 0.2
            pen.stroke(f"M {188 + k},{y} L {326 - k},{y}", mix(OCHRE, WINE, 0.4), 3)
        pen.stroke("M 182,-408 L 332,-408", mix(OCHRE, WINE, 0.4), 9)


def flower_heap(pen, spots, leaves):
    """Flowers over leaves: spots are (x, y, radius, color), leaves are (x, y, turn, length)."""
    for x, y, turn, length in leaves:
        leaf(pen.at(x, y, 1, turn), length, length * 0.2, TEAL)
    for x, y, r, color in spots:
        rose(pen, x, y, r, color)


# ---- Out of doors --------------------------------------------------------------------------------------------------

def porter(pen, color, skin):
    """A woman in work clothes who carries two baskets on a pole; the origin is in her head."""
    trousers = mix(INK, PLUM, 0.35)
    pole = "M -262,104 C -120,74 120,66 268,92"
    side_leg(pen, (-110, 632), mix(trousers, "#000000", 0.3), (-14, 270), (44, 40), WINE)
    pen.limb([(6, 116), (34, 206), (104, 252)], (21, 14), mix(color, INK, 0.3))
    hand(pen, 106, 254, skin, -50)
    side_leg(pen, (76, 640), trousers, (-2, 270), (50, 44), WINE)
    for x, y, load in ((-262, 104, "fruit"), (268, 92, "greens")):
        for dx in (-74, 0, 74):
            pen.stroke(f"M {x},{y} L {x + dx},440", mix(TAUPE, WINE, 0.35), 4)
        basket = pen.at(x, 440)
        if load == "fruit":
            for dx, dy, tint in ((-46, -4, 0), (0, -8, 0.6), (46, -4, 0), (-24, -34, 0.7), (24, -34, 0),
                                 (0, -58, 0.3)):
                basket.circle(dx, dy, 25, mix(OCHRE, HONEY, tint))
        else:
            for dx, turn in ((-50, -48), (50, 48), (-26, -24), (26, 24), (0, 0)):
                leaf(basket.at(dx * 0.7, 8, 1, turn), 92, 25, mix(TEAL, MIST, 0.2))
        basket.fill("M -92,0 L 92,0 C 84,50 52,78 0,78 C -52,78 -84,50 -92,0 Z", HONEY)
        basket.fill("M 20,0 L 92,0 C 84,50 52,78 0,78 C 16,56 22,30 20,0 Z", mix(HONEY, WINE, 0.2))
        basket.stroke("M -94,0 L 94,0", mix(OCHRE, WINE, 0.3), 11)
    pen.fill("M -52,210 C -58,250 -66,290 -66,334 C -30,344 20,344 60,332 C 56,290 50,250 40,210 Z", color)
    side_head(pen, skin, "bun", HONEY)
    side_bodice(pen, color)
    pen.stroke("M -48,226 C -20,234 10,234 38,226", mix(color, INK, 0.35), 3)
    pen.stroke(pole, mix(OCHRE, WINE, 0.35), 12)
    pen.limb([(-10, 120), (44, 196), (104, 104)], (24, 15), mix(color, "#FFFFFF", 0.12))
    hand(pen, 106, 98, skin, 200)


def egret(pen, size, turn=0):
    """A white bird that flies to the right."""
    p = pen.at(0, 0, size, turn)
    p.fill("M -36,10 C -18,0 0,-4 18,-5 C 26,-6 30,-10 40,-6 C 30,-3 26,2 14,4 C -2,6 -18,8 -36,10 Z", "#FFFFFF")
    p.fill("M 14,-3 C 12,-22 -2,-38 -26,-44 C -16,-30 -12,-14 -6,0 Z", "#FFFFFF")
    p.fill("M 14,-3 C 22,-18 20,-34 12,-48 C 6,-34 2,-18 2,0 Z", mix(BLUSH, "#FFFFFF", 0.3))


def tuft(pen, n, flower):
    for i in range(n):
        t = (i - (n - 1) / 2) * 22
        leaf(pen.at(t * 0.5, 0, 1, t), 44 - abs(t) * 0.3, 6, mix(TEAL, MIST, 0.25))
    if flower:
        for x, y, size in ((-30, -22, 0.9), (26, -30, 1), (44, -12, 0.75)):
            blossom(pen.at(x, y, size), flower)
