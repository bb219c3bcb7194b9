#!/usr/bin/python3
"""Makes the foreign PDFs anew, and those of changed text: `make.py [NAME...]`. A design whose producer is not installed is left as it is, by name.

README.md says which packages the producers are of. What was made is committed: no test needs a producer.
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "conformance")]
import designs, reader, setter  # noqa: E402

SOURCES = HERE / "sources"
HEADLINES = ["Cả thôn ra đồng nạo mương", "Lớp học buổi tối của các bà", "Đường ngõ và vườn ổi", "Họp tổ bàn chuyện giếng làng"]
EPOCH = "1717200000"  # 2024-06-01
# What an author changed in the text of some of them, for changed/NAME.pdf; lines and pages run on.
CHANGED = ("lualatex-a5-facing", "libreoffice-19x27-two", "chromium-a5-ragged", "typst-b5-one")
CHANGES = (("chậm mất mười ngày", "chậm mất những mười hai ngày"), ("Cô giáo của lớp", "Cô giáo dạy lớp"))


IS_CHANGED = False  # whether the text is the changed one


class Absent(Exception):
    """A producer that is not installed."""


def articles():
    text = (SOURCES / "text.txt").read_text(encoding="utf-8")
    for was, by in CHANGES if IS_CHANGED else ():
        assert text.count(was) == 1
        text = text.replace(was, by)
    paragraphs = text.split("\n")[:12]
    return [(headline, paragraphs[3 * i:3 * i + 3]) for i, headline in enumerate(HEADLINES)]


def body(headline, paragraph, n_times=3):
    """The articles, so often over as the design needs, in a producer's own markup."""
    parts = []
    for _ in range(n_times):
        for title, paragraphs in articles():
            parts += [headline.format(title), *map(paragraph.format, paragraphs)]
    return "\n".join(parts)


def run(folder, *command):
    if not shutil.which(command[0]):
        raise Absent(command[0])
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH})
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def source(name, folder, text):
    path = folder / name
    path.write_text((SOURCES / name).read_text(encoding="utf-8").replace("@BODY@", text), encoding="utf-8")
    return path


def lualatex(name, values, folder):
    source(values["source"], folder, body("\\headline{{{}}}", "{}\\par"))
    run(folder, "lualatex", "-interaction=nonstopmode", "-halt-on-error", values["source"])


def libreoffice(name, values, folder):
    source(values["source"], folder, body('<text:p text:style-name="H">{}</text:p>', '<text:p text:style-name="P">{}</text:p>'))
    run(folder, "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", values["source"])


def chromium(name, values, folder):
    text = body("<h2>{}</h2>", "<p>{}</p>")
    path = source(values["source"], folder, text)
    run(folder, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
        f"--print-to-pdf={folder / (name + '.pdf')}", f"file://{path}")


def typst(name, values, folder):
    path = source(values["source"], folder, body("#headline[{}]", "{}\n"))
    try:
        import typst as compiler
    except ImportError:
        raise Absent("typst (of PyPI)") from None
    compiler.compile(str(path), output=str(folder / f"{name}.pdf"), font_paths=["/usr/share/fonts/truetype"])


def thrice():
    return articles() * 3


def ghostscript(name, values, folder):
    (folder / "in.ps").write_text(setter.postscript(values, thrice()), encoding="latin-1")
    run(folder, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", "-sFONTPATH=/usr/share/fonts/truetype/liberation2",
        f"-sOutputFile={name}.pdf", "in.ps")


def cairo(name, values, folder):
    try:
        setter.cairo_pdf(values, thrice(), folder / f"{name}.pdf")
    except ImportError:
        raise Absent("python3-cairo") from None


PRODUCERS = {"LuaLaTeX": lualatex, "LibreOffice": libreoffice, "Chromium": chromium, "Typst": typst, "Ghostscript": ghostscript, "cairo": cairo}


def undated(data):
    """Dates that a producer takes from the clock, made one day of as many bytes, so that nothing else moves."""
    data = re.sub(rb"\(D:\d{14}(?=[+\-Z)])", b"(D:20240601000000", data)
    return re.sub(rb"(?<=Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", b"2024-06-01T00:00:00", data)


def make(name, values, out):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        PRODUCERS[values["producer"]](name, values, folder)
        data = undated((folder / f"{name}.pdf").read_bytes() if (folder / f"{name}.pdf").exists()
                       else (folder / pathlib.Path(values["source"]).with_suffix(".pdf")).read_bytes())
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(data)
    return len(data)


def facts_of(name):
    pdf = reader.Pdf(HERE / f"{name}.pdf")
    box = pdf.value(pdf.pages[0].get("/MediaBox") or pdf.get(pdf.pages[0], "/Parent", "/MediaBox"))
    return {"pages": len(pdf.pages), "page_pt": [round(box[2] - box[0], 4), round(box[3] - box[1], 4)]}


def main():
    global IS_CHANGED
    for name, values in designs.DESIGNS.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        try:
            IS_CHANGED = False
            print(f"{name}: {make(name, values, HERE / f'{name}.pdf')} bytes")
            IS_CHANGED = True
            if name in CHANGED:
                make(name, values, HERE / "changed" / f"{name}.pdf")
        except Absent as what:
            print(f"{name}: left as it is, since {what} is not installed")
    (HERE / "known.json").write_text(json.dumps(designs.known(facts_of), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
