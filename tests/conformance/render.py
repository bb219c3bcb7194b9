#!/usr/bin/env python3
"""Renders the files that are judged: every sample in press and on screen, every layout, and the bundles of odd.py and
of the goldens, and imposed sheets.

usage: render.py BANTIN FOLDER
A file is called WHAT.LAYOUT.PALETTE.IMPOSITION.RENDITION.pdf; a dash stands for the bundle's or the layout's own choice."""
import concurrent.futures, os, pathlib, shutil, subprocess, sys

import odd

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
WHOLE = "thanh-hoa-2024-04"  # the real bulletin: in all palettes
RENDITIONS = ("press", "screen")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1712620800", "LC_ALL": "C"}


def sample_bundles(folder):
    """{name: bundle} of every sample; what a script makes is made in the folder."""
    found = {}
    for sample in sorted(SAMPLES.iterdir()):
        if (sample / "make_bundle.py").exists():
            made = folder / "made" / sample.name
            subprocess.run([sys.executable, sample / "make_bundle.py", made], check=True, capture_output=True)
            found[sample.name] = made / "bundle.json"
        elif (sample / "bundle.json").exists():
            found[sample.name] = sample / "bundle.json"
    return found


def layouts(bantin):
    """[(layout, palette)] of all that come with bantin; a layout's own palette first."""
    listed = subprocess.run([bantin, "layouts", "--palettes"], check=True, capture_output=True, text=True).stdout
    return [tuple(line.split()) for line in listed.splitlines()]


def every_block(folder):
    """The bundle with every block of the format; its pictures are the real bulletin's."""
    made = folder / "made" / "every-block"
    made.mkdir(parents=True)
    shutil.copytree(SAMPLES / WHOLE / "images", made / "images")
    return shutil.copy(ROOT / "tests/matrix/bundle.json", made)


def cases(bantin, folder):
    """(what, bundle, {option: value}) of everything to be rendered."""
    bundles = sample_bundles(folder)
    for name, bundle in bundles.items():
        for rendition in RENDITIONS:
            yield name, bundle, {"rendition": rendition}
    every, first = every_block(folder), {}
    for layout, palette in layouts(bantin):
        if first.setdefault(layout, palette) == palette:
            for rendition in RENDITIONS:
                yield "every-block", every, {"layout": layout, "rendition": rendition}
    for palette in ("two", "mono"):
        for rendition in RENDITIONS:
            yield WHOLE, bundles[WHOLE], {"palette": palette, "rendition": rendition}
    for golden in sorted(ROOT.glob("tests/golden/*/bundle.json")):
        if (golden.parent / "diag.txt").read_text(encoding="utf-8").startswith("exit 0\n"):
            for rendition in RENDITIONS:
                yield f"golden-{golden.parent.name}", golden, {"rendition": rendition}
    yield WHOLE, bundles[WHOLE], {"rendition": "proof"}
    yield "every-block", every, {"rendition": "proof"}
    yield "faulty", ROOT / "tests/fault/proof.json", {"rendition": "proof"}
    for what, bundle, options in odd.bundles(folder / "made" / "odd"):
        for rendition in RENDITIONS:
            yield what, bundle, {**options, "rendition": rendition}
    for what, imposition, palette in ((WHOLE, "booklet", "four"), ("ky-yeu", "booklet", "four"), ("to-gap-suc-khoe", "2up", "two"),
                                      ("to-gap-suc-khoe", "4up", "mono")):
        yield what, bundles[what], {"impose": imposition, "palette": palette, "rendition": "press"}


def file_name(what, options):
    layout = pathlib.Path(options.get("layout", "-")).stem
    return ".".join([what, layout, options.get("palette", "-"), options.get("impose", "-"), options["rendition"], "pdf"])


def render(bantin, bundle, options, pdf):
    """What is wrong, or nothing."""
    said = [part for option, value in options.items() for part in (f"--{option}", str(value))]
    done = subprocess.run([bantin, "render", bundle, "-o", pdf, "--quiet", *said], capture_output=True, text=True, env=ENVIRONMENT)
    return "" if done.returncode == 0 else f"{pdf.name}: exit status {done.returncode}: {done.stderr.strip()}"


def main(bantin, folder):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(render, bantin, bundle, options, folder / file_name(what, options))
                for what, bundle, options in cases(bantin, folder)]
        faults = [job.result() for job in jobs if job.result()]
    for fault in faults:
        print(fault)
    print(f"{len(jobs)} files, {len(faults)} could not be rendered")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2]))
