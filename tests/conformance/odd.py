"""Bundles and layouts that a judge should see and no sample has: every kind of picture, none, one table, odd inks, no bleed."""
import json, random

from PIL import Image, ImageDraw

MASTHEAD = {"title": "Bản tin thử", "issuer": "Văn phòng", "number": "1", "date": "2024-04-09"}
TEXT = "Hội nghị tập huấn về chuyển đổi số cho cán bộ hội cơ sở diễn ra trong hai ngày, với hơn một trăm đại biểu của các huyện. "
SIZE = (960, 600)


def picture(mode, alpha=False):
    """Bands of colour and a soft shape, the same each time."""
    image = Image.new("RGB", SIZE, (250, 246, 238))
    draw = ImageDraw.Draw(image)
    colours = random.Random(4)
    for i in range(24):
        draw.rectangle((i * 40, 60, i * 40 + 39, 540), fill=tuple(colours.randrange(256) for _ in range(3)))
    if alpha:
        image.putalpha(Image.linear_gradient("L").resize(SIZE))
        return image
    return image.convert(mode)


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><rect width="160" height="100" fill="#2a6f4e"/>
<circle cx="60" cy="50" r="38" fill="#f2c14e" fill-opacity="0.6"/><path d="M20 80L140 20" stroke="#b5172f" stroke-width="3" fill="none"/>
<circle cx="100" cy="50" r="30" fill="black" opacity="0.5"/><rect x="8" y="8" width="20" height="20" fill="#777"/></svg>
"""


def draw(folder):
    """{picture's name: what it is} in the folder."""
    picture("RGB").save(folder / "rgb.png")
    picture("RGB").save(folder / "rgb.jpg", quality=90)
    picture("RGB", alpha=True).save(folder / "alpha.png")
    picture("L").save(folder / "gray.png")
    picture("L").save(folder / "gray.jpg", quality=90)
    picture("CMYK").save(folder / "cmyk.jpg", quality=90)
    picture("P").save(folder / "palette.png")
    picture("1").save(folder / "bits.png")
    (folder / "drawing.svg").write_text(SVG, encoding="utf-8")
    return {"rgb.png": "PNG màu", "rgb.jpg": "JPEG màu", "alpha.png": "PNG trong suốt", "gray.png": "PNG xám", "gray.jpg": "JPEG xám",
            "cmyk.jpg": "JPEG bốn màu", "palette.png": "PNG bảng màu", "bits.png": "PNG một bit", "drawing.svg": "Hình vẽ"}


def figures(names):
    return [{"type": "figure", "image": name, "caption": f"{what}.", "alt": what} for name, what in names.items()]


TABLE = {"type": "table", "title": "Bảng số liệu", "columns": [{"title": "Huyện"}, {"title": "Hội viên"}, {"title": "Tỉ lệ"}],
         "rows": [[f"Huyện {i}", str(1000 + 37 * i), f"{i + 50} %"] for i in range(1, 60)]}


def layout(name, parent="bulletin-19x27", **parts):
    return {"bantin_layout": 1, "name": name, "extends": parent, **parts}


def article(*body):
    return {"headline": "Tập huấn chuyển đổi số", "body": list(body)}


def bundle(*articles):
    return {"bantin": 1, "lang": "vi", "masthead": MASTHEAD, "articles": list(articles)}


def bundles(folder):
    """(what, bundle's path, {option: value}): written into the folder."""
    folder.mkdir(parents=True)
    shown = figures(draw(folder))
    spot = {"spot": "Đỏ (cờ) 1/2", "cmyk": [0, 100, 100, 0]}
    layouts = {
        "spot": layout("spot", palettes={"four": {"accent": spot, "tint": {"of": "accent", "percent": 20}}}),
        "no-bleed": layout("no-bleed", page={"bleed": "0mm"}),
        "jumps": layout("jumps", compose={"jumps": True}),
        "no-marks": layout("no-marks", "leaflet-a4", print={"marks": False}),
    }
    for name, held in layouts.items():
        (folder / f"{name}.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    table = [article(TABLE)]
    letters = "Dấu ghép: x\u030c m\u0300 q\u0301 e\u0323\u0304 M\u0303, x y; từ phải sang trái: \u05e2\u05d1\u05e8\u05d9\u05ea; không có trong phông: \u4e2d\u6587 \U0001f600."
    texts = [article(TEXT * 3, letters, "Hiệu quả: văn phòng, fi ffi fl — “trích” … № 5 ½ ≤ 3 m² A\u0301 Ω.", TEXT * 8)]
    rows = {**TABLE, "rows": TABLE["rows"] * 3}
    jumps = [article(TEXT * 30, {"type": "bullets", "items": [TEXT] * 30}, rows), article(TEXT * 9)]
    pictures = [article(TEXT, *shown), {"kicker": "Tin vắn", "headline": "Chữ trên nền", "body": [TEXT * 2]}]
    for what, articles, options in (("odd-pictures", pictures, {"layout": folder / "spot.json"}),
                                    ("odd-pictures", pictures, {"palette": "two"}),
                                    ("odd-pictures", pictures, {"palette": "mono"}),
                                    ("odd-jumps", jumps, {"layout": folder / "jumps.json"}),
                                    ("odd-table", table, {}),
                                    ("odd-text", texts, {}),
                                    ("odd-text", texts, {"layout": folder / "no-bleed.json"}),
                                    ("odd-text", texts, {"layout": folder / "no-marks.json"})):
        path = folder / f"{what}.json"
        if not path.exists():
            path.write_text(json.dumps(bundle(*articles), ensure_ascii=False), encoding="utf-8")
        yield what, path, options
