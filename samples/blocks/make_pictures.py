#!/usr/bin/python3
"""Sets the examples of samples/README.md and keeps a picture of each: NAME.png beside this script.

usage: make_pictures.py BANTIN [NAME...]      needs pdftoppm (poppler-utils) and Pillow (python3-pil)

Without a name all are made, and the picture of the real bulletin's first page, which the README of the project shows.

What stands indented below a heading "### NAME" of the section "Blocks" is JSON: one block, or several. It is set as it stands there,
with the layout of this folder, so the reference shows what it says. Each picture remembers which JSON it was made from.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # no folder of compiled code among the samples

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.dirname(HERE)
IMAGES = os.path.join(SAMPLES, "vu-mua-12-trang", "images")
MADE_FROM = "Made from"  # the key under which a picture keeps the digest of its example
DPI = 110
COLORS = 128


def sections(text):
    """The parts of the section "Blocks" by their headings."""
    part = re.search(r"(?ms)^## Blocks$(.*?)^## ", text)[1]
    for found in re.finditer(r"(?ms)^### ([^\n]+)$(.*?)(?=^### |\Z)", part):
        yield found[1].strip(), found[2]


def examples(text):
    """{name: the JSON of its example as it stands there}, for each heading that has one."""
    found = {}
    for name, part in sections(text):
        source = "\n".join(line[4:] for line in part.splitlines() if line.startswith("    "))
        if source:
            found[name] = source
    return found


def values(source):
    """The blocks of an example: what would stand in an article's body."""
    return json.loads(f"[{source}]")


def digest(source):
    return hashlib.sha256(source.encode()).hexdigest()


def bundle(source):
    return {"bantin": 1, "masthead": {"title": "x", "date": "2025-10-20"},
            "articles": [{"headline": "x", "importance": 3, "body": values(source)}]}


def render(bantin, name, source, folder):
    """The PDF of an example, in this folder, and what the program said."""
    if not os.path.exists(os.path.join(folder, "images")):
        os.symlink(IMAGES, os.path.join(folder, "images"))
    path, pdf = os.path.join(folder, f"{name}.json"), os.path.join(folder, f"{name}.pdf")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(bundle(source), file, ensure_ascii=False)
    done = subprocess.run([bantin, "render", path, "-o", pdf, "--layout", os.path.join(HERE, "layout.json"), "--rendition", "screen"],
                          capture_output=True, text=True)
    return pdf, done.returncode, done.stderr


def picture(pdf, source, path):
    """The ink of the first page, with a little white around it."""
    from PIL import Image, ImageChops, PngImagePlugin

    stem = pdf[:-len(".pdf")]
    subprocess.run(["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", "-singlefile", "-png", pdf, stem], check=True)
    page = Image.open(stem + ".png").convert("RGB")
    _, top, _, bottom = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    page = page.crop((0, max(0, top - 12), page.width, min(page.height, bottom + 12)))
    notes = PngImagePlugin.PngInfo()
    notes.add_text(MADE_FROM, digest(source))
    page.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True, pnginfo=notes)


def first_page(bantin, folder):
    """The first page of the real bulletin, in a thin frame."""
    from PIL import Image, ImageOps

    sample = os.path.join(SAMPLES, "thanh-hoa-2024-04")
    stem = os.path.join(folder, "page")
    subprocess.run([bantin, "render", os.path.join(sample, "bundle.json"), "-o", stem + ".pdf", "--rendition", "screen", "--quiet"], check=True)
    subprocess.run(["pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-png", "-scale-to-x", "680", "-scale-to-y", "-1",
                    stem + ".pdf", stem], check=True)
    page = ImageOps.expand(Image.open(stem + ".png").convert("RGB"), 1, "#BBBBBB")
    path = os.path.join(sample, "page-1.png")
    page.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)
    print(os.path.relpath(path))


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with open(os.path.join(SAMPLES, "README.md"), encoding="utf-8") as file:
        found = examples(file.read())
    names = arguments[1:] or list(found)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            pdf, status, said = render(arguments[0], name, found[name], folder)
            if status or said:
                print(f"make_pictures.py: the example of {name}: {said}", file=sys.stderr)
                return 1
            path = os.path.join(HERE, f"{name}.png")
            picture(pdf, found[name], path)
            print(os.path.relpath(path))
        if not arguments[1:]:
            first_page(arguments[0], folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
