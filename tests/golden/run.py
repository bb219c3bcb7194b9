#!/usr/bin/env python3
"""Goldens: the drawing as text, and the messages.

usage: run.py BANTIN [CASE ...]
A case is a folder with bundle.json (and, where it needs them, a layout and pictures). BANTIN renders it with --dump; what it
drew must equal pages.dump, what it said diag.txt, and its exit status the first line of diag.txt. What it says in Vietnamese
must equal diag.vi.txt, where it says anything. With BANTIN_BLESS=1 in the environment all are rewritten: read the diff before
you commit it."""
import difflib, os, pathlib, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
# Not every bundle has a date, and a press file states one.
ENVIRONMENT = {"LC_ALL": "C", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1712620800"}


def render(bantin, case, out):
    """Runs in the case's folder, so that messages name files as they stand there."""
    args = [bantin, "render", "bundle.json", "-o", str(out / "case.pdf"), "--dump", str(out / "pages.dump")]
    env = {**os.environ, **ENVIRONMENT}
    run = subprocess.run(args, cwd=case, env=env, capture_output=True, text=True)
    dump = out / "pages.dump"
    text = dump.read_text(encoding="utf-8") if dump.exists() else ""
    if run.returncode and (out / "case.pdf").exists():
        return f"exit {run.returncode}\n{run.stderr}", text, ["a PDF was written although the exit status is not 0"]
    left = [p.name for p in out.iterdir() if p.name not in ("case.pdf", "pages.dump")]
    return f"exit {run.returncode}\n{run.stderr}", text, [f"left behind: {name}" for name in left]


def vietnamese(bantin, case):
    """The same messages, from the same stages without the writing."""
    env = {**os.environ, **ENVIRONMENT}
    return subprocess.run([bantin, "validate", "bundle.json", "--lang", "vi"], cwd=case, env=env, capture_output=True, text=True).stderr


def compare(path, got):
    if os.environ.get("BANTIN_BLESS") == "1":
        if got or path.exists():
            path.write_text(got, encoding="utf-8") if got else path.unlink()
        return []
    want = path.read_text(encoding="utf-8") if path.exists() else ""
    if want == got:
        return []
    diff = difflib.unified_diff(want.splitlines(), got.splitlines(), "wanted", "got", lineterm="", n=1)
    return [f"{path.name} differs:"] + list(diff)[:60]


def main():
    bantin = os.path.abspath(sys.argv[1])
    names = sys.argv[2:]
    cases = sorted(p.parent for p in HERE.glob("*/bundle.json") if not names or p.parent.name in names)
    failed = 0
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            said, drawn, faults = render(bantin, case, pathlib.Path(folder))
        faults += compare(case / "diag.txt", said) + compare(case / "pages.dump", drawn)
        faults += compare(case / "diag.vi.txt", vietnamese(bantin, case) if said.count("\n") > 1 else "")
        if faults:
            failed += 1
            print(f"FAILED {case.name}", *faults, sep="\n  ")
    print(f"{len(cases)} goldens, {failed} failed")
    return 1 if failed or not cases else 0


sys.exit(main())
