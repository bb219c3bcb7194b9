#!/usr/bin/env python3
"""Each sample is rendered anew and held against the PDF that was approved, samples/*/approved.pdf, by bantin check.

usage: test_approved.py BANTIN
With BANTIN_BLESS=1 in the environment (tests/run --bless) what differs becomes the approved PDF: look at the report first,
which says page by page what differs (bantin check NEW APPROVED --report DIR)."""
import json, os, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
BANTIN = os.path.abspath(sys.argv[1])


def call(*args, **options):
    return subprocess.run([str(a) for a in args], cwd=ROOT, capture_output=True, text=True, **options)


def jobs(folder):
    """(name, approved PDF, arguments of render) of every sample."""
    for sample in sorted(p for p in SAMPLES.iterdir() if p.is_dir()):
        maker = sample / "make_bundle.py"
        if maker.exists():
            call("/usr/bin/python3", maker, check=True)
        if (sample / "bundle.json").exists():
            yield sample.name, sample / "approved.pdf", [sample / "bundle.json"]
        if (sample / "districts.jsonl").exists():
            yield sample.name, sample / "approved.pdf", [sample / "editions/hau-loc.json"]


def render(job, folder):
    name, _, args = job
    out = folder / f"{name}.pdf"
    done = call(BANTIN, "render", *args, "-o", out, "--quiet")
    if done.returncode:
        sys.exit(f"{name} was not rendered:\n{done.stderr}")
    return out


def bless(made, approved):
    """Says what it does; the old one is in the history already."""
    before = approved.with_name("approved.before.pdf")
    if approved.exists():
        if call(BANTIN, "check", made, approved, "--quiet", "--dpi", 100).returncode == 0:
            return
        done = call(BANTIN, "check", made, approved, "--bless")
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        before.unlink()
    else:
        shutil.copyfile(made, approved)
    print(f"{approved.relative_to(ROOT)} is what is made now")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made = [(job, render(job, folder)) for job in jobs(folder)]
        if not made:
            sys.exit("there are no samples")
        if os.environ.get("BANTIN_BLESS") == "1":
            for job, out in made:
                bless(out, job[1])
            return
        missing = [job[1] for job, _ in made if not job[1].exists()]
        if missing:
            sys.exit("".join(f"{path.relative_to(ROOT)} is missing; tests/run --bless check.approved makes it\n" for path in missing))
        checks = [{"name": job[0], "ours": str(out), "sample": str(job[1])} for job, out in made]
        listed = folder / "samples.json"
        listed.write_text(json.dumps({"bantin_checks": 1, "checks": checks}))
        done = call(BANTIN, "check", "--all", listed, "--dpi", 100, "--report", ROOT / "build/approved")
        print(done.stdout + done.stderr)
        if done.returncode:
            sys.exit("What differs is shown by build/approved/index.html. Where it is meant to, tests/run --bless check.approved accepts it.")


main()
