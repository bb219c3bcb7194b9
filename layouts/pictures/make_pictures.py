#!/usr/bin/python3
"""Sets a sample in each layout and keeps a picture of its first page for layouts/README.md: NAME.png beside this script.

It needs pdftoppm (poppler-utils) and Pillow (python3-pil); `samples/run --pictures` runs it. Without a name all are made. A layout that no sample is made for shows the real bulletin; that of
plain text without its pictures.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "samples"
USUAL = "thanh-hoa-2024-04"
WIDTH, COLORS = 250, 64


def sample_of(layout):
    """The bundle of the first sample that names the layout."""
    for path in sorted(SAMPLES.glob("*/bundle.json")):
        if path.parent.name != USUAL and json.loads(path.read_text(encoding="utf-8")).get("layout") == layout != "bulletin-19x27":
            return path
    return SAMPLES / USUAL / "bundle.json"


def without_figures(source, folder):
    bundle = json.loads(source.read_text(encoding="utf-8"))
    bundle["masthead"].pop("logo", None)
    for article in bundle["articles"]:
        article["body"] = [block for block in article["body"] if isinstance(block, str) or block["type"] != "figure"]
    path = folder / "bundle.json"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    return path


def make(bantin, layout, folder):
    pdf, stem = folder / "page.pdf", folder / "page"
    source = sample_of(layout)
    if layout == "plain-text":
        source = without_figures(source, folder)
    subprocess.run([bantin, "render", source, "-o", pdf, "--layout", layout, "--rendition", "screen", "--quiet"], check=True)
    subprocess.run(["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, stem], check=True)
    page = Image.open(f"{stem}.png").convert("RGB")
    page = page.resize((WIDTH - 2, round(page.height * (WIDTH - 2) / page.width)), Image.Resampling.LANCZOS)
    page = ImageOps.expand(page, 1, "#BBBBBB")
    page.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(HERE / f"{layout}.png", optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bantin", metavar="BANTIN", help="the program")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a layout")
    arguments = parser.parse_args()
    bantin, names = arguments.bantin, arguments.names
    if not names:
        names = subprocess.run([bantin, "layouts", "--names"], capture_output=True, text=True, check=True).stdout.split()
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            make(bantin, name, pathlib.Path(folder))


if __name__ == "__main__":
    main()
