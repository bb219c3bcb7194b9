#!/usr/bin/env python3
"""bantin check finds what was changed, names it rightly and in the right place, and reports nothing that is harmless.

usage: test_mutants.py BANTIN [--group mutants|random|harmless] [--every N | --but-every N] [--only WORDS] [--keep FOLDER]
Makes the mutants of mutants_*.py and the harmless differences of harmless.py from samples that it renders, checks each against its
sample, and prints which kinds were found of which. It fails on a mutant that is missed, on a first finding of another kind, on another
page or more than 0.3 mm away, and on whatever is reported of a harmless difference or of one below the tolerance."""
import argparse, collections, concurrent.futures, json, os, pathlib, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import harmless, mutants, mutants_bundle, mutants_drawn, mutants_file, mutants_foreign, mutants_random, mutants_text, pdfedit  # noqa: E402,F401

SAMPLES = {"vu-press": ("vu-mua-12-trang", "press"), "vu-screen": ("vu-mua-12-trang", "screen"),
           "thanh-press": ("thanh-hoa-2024-04", "press"), "thanh-screen": ("thanh-hoa-2024-04", "screen")}
NEAR = 0.3  # mm
N_RANDOM = 180
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1712620800", "LC_ALL": "C"}
# What does not pass yet: {(kind of case, what): why}. Empty when all does.
EXPECTED_FAILURES = {}

# expected, found: kinds, "nothing" for none. error: how far off its place is [mm], None where no place is looked at. problem: "" when all is well.
Result = collections.namedtuple("Result", "group what expected found error problem")


class Bench:
    """What a process works with: the program, the folder, the samples as they are asked for."""
    def __init__(self, program, folder):
        self.program, self.folder, self.bases = program, pathlib.Path(folder), {}

    def base(self, name):
        if name not in self.bases:
            self.bases[name] = pdfedit.Base(self.folder / f"{name}.pdf")
        return self.bases[name]

    def check(self, ours, sample, options):
        """The report of a check."""
        done = subprocess.run([self.program, "check", ours, sample, "--json", "-", *options], capture_output=True, text=True, env=ENVIRONMENT)
        assert done.returncode in (0, 1), f"exit status {done.returncode}: {done.stderr.strip()[:300]}"
        report = json.loads(done.stdout)
        assert (done.returncode == 0) == (not report["findings"]), "the exit status is not the report's verdict"
        return report


BENCH = None


def begin(program, folder):
    global BENCH
    BENCH = Bench(program, folder)


def box_of(place):
    of = place["pt"]
    return of["x"], of["y"], of["x"] + of["width"], of["y"] + of["height"]


def judge(mutant, found, report):
    """(first kind, error, problem)."""
    findings = report["findings"]
    if not mutant.kinds:
        first = findings[0]["kind"] if findings else "nothing"
        return first, None, f"reported: {findings[0]['message']}" if findings else ""
    if not findings:
        return "nothing", None, "missed"
    first = findings[0]
    if first["kind"] not in mutant.kinds:
        return first["kind"], None, f"another kind: {first['message']}"
    pages = found.page if isinstance(found.page, tuple) else (found.page,)
    if found.page is not None and first.get("page", first.get("sample_page", 0)) not in pages:
        return first["kind"], None, f"on page {first.get('page')}, not {found.page}"
    error, problem = place_error(found, first)
    if not problem and found.moved and not all(abs(first.get("moved", {}).get("pt", {}).get(way, 0.0) - by) < 0.06
                                               for way, by in zip(("right", "down"), found.moved)):
        problem = f"moved by {first.get('moved', {}).get('pt')}, not {found.moved}"
    return first["kind"], error, problem


def place_error(found, first):
    """(how far off the place is [mm], the problem)."""
    side = "ours" if found.ours else "sample"
    wanted = getattr(found, side)
    if not wanted:
        return None, ""
    if side not in first:
        return None, f"no place in the {'new file' if side == 'ours' else 'sample'}"
    box = box_of(first[side])
    if found.contains:
        error = max(0.0, box[0] - wanted[0], box[1] - wanted[1], wanted[2] - box[2], wanted[3] - box[3])
    elif found.within:
        error = max(0.0, wanted[0] - box[0], wanted[1] - box[1], box[2] - wanted[2], box[3] - wanted[3])
    else:
        error = max(abs(a - b) for a, b in zip(box, wanted))
    error /= pdfedit.MM
    shown = lambda b: "(" + ", ".join(f"{v:.2f}" for v in b) + ")"
    return error, f"{error:.2f} mm off: {shown(box)} pt, not {shown(wanted)}" if error > NEAR else ""


def try_mutant(i):
    mutant = mutants.MUTANTS[i]
    expected = mutant.kinds[0] if mutant.kinds else "nothing"
    group = "mutant" if mutant.kinds else "below the tolerance"
    try:
        base = BENCH.base(mutant.base)
        ours, sample = BENCH.folder / f"m{i}.pdf", BENCH.folder / f"{mutant.base}.pdf"
        edit = pdfedit.Edit(base)
        if mutant.before:
            sample = BENCH.folder / f"m{i}.sample.pdf"
            changed = pdfedit.Edit(base)
            mutant.before(changed)
            changed.write(sample)
            mutant.before(edit)
            for page in edit.pages.values():
                page.look()
        found = mutant.change(edit)
        edit.write(ours)
        return Result(group, mutant.what, expected, *judge(mutant, found, BENCH.check(ours, sample, mutant.options)))
    except Exception as error:
        return Result(group, mutant.what, expected, "none", None, f"{type(error).__name__}: {error}")


def try_random(seed):
    mutant = mutants_random.make(seed)
    try:
        base, ours = BENCH.base(mutant.base), BENCH.folder / f"x{seed}.pdf"
        edit = pdfedit.Edit(base)
        found = mutant.change(edit)
        mutant = mutant._replace(kinds=mutant.change.kinds, what=f"{mutant.what}, {mutant.base}, {mutant.change.what}")
        edit.write(ours)
        return Result("mutant", mutant.what, mutant.kinds[0], *judge(mutant, found, BENCH.check(ours, base.path, mutant.options)))
    except Exception as error:
        return Result("mutant", mutant.what, "random", "none", None, f"{type(error).__name__}: {error}")


def try_reset(i):
    """Rendered with a change: the place of the words is looked up in the new file, or what was there in the sample."""
    reset = mutants_bundle.RESETS[i]
    try:
        name, rendition = SAMPLES[reset.base]
        folder, ours = BENCH.folder / name, BENCH.folder / f"r{i}.pdf"
        bundle = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
        subprocess.run(mutants_bundle.render(BENCH.program, folder, bundle, reset.change, ours, ["--rendition", rendition, *reset.options]), check=True,
                       capture_output=True, env=ENVIRONMENT)
        found = mutants.Found(reset.page)
        if reset.words:
            page, box = mutants_bundle.place_of(pdfedit.Base(ours), reset.words, reset.page)
            found = mutants.Found(page, ours=box, contains=True)
        return Result("mutant", reset.what, reset.kinds[0], *judge(reset, found, BENCH.check(ours, BENCH.folder / f"{reset.base}.pdf", ["--no-pixels"])))
    except Exception as error:
        return Result("mutant", reset.what, reset.kinds[0], "none", None, f"{type(error).__name__}: {error}")


def try_harmless(i):
    case = harmless.HARMLESS[i]
    try:
        if case.needs and not shutil.which(case.needs):
            return Result("skipped", case.what, "nothing", "nothing", None, "")
        base, out = BENCH.base(case.base), BENCH.folder / f"h{i}.pdf"
        folder = BENCH.folder / f"h{i}"
        folder.mkdir()
        sample = case.make(base, folder, out) or base.path
        report = BENCH.check(out, sample, [])
        findings = report["findings"]
        return Result("harmless", case.what, "nothing", findings[0]["kind"] if findings else "nothing", None,
                      f"{len(findings)} reported, first: {findings[0]['message']}" if findings else "")
    except Exception as error:
        return Result("harmless", case.what, "nothing", "none", None, f"{type(error).__name__}: {error}")


def render_samples(program, folder):
    running = []
    for sample in {name for name, _ in SAMPLES.values()}:
        shutil.copytree(ROOT / "samples" / sample, folder / sample)
    for base, (sample, rendition) in SAMPLES.items():
        running.append(subprocess.Popen([program, "render", folder / sample / "bundle.json", "-o", folder / f"{base}.pdf", "--rendition", rendition],
                                        stderr=subprocess.DEVNULL, env=ENVIRONMENT))
    assert all(process.wait() == 0 for process in running)
    # With a plain table, so that updates can be appended.
    (folder / "foreign").mkdir()
    for path in mutants_foreign.FOREIGN.glob("*.pdf"):
        subprocess.run(["qpdf", "--deterministic-id", "--object-streams=disable", path, folder / "foreign" / path.name], check=True)


# What is tried of each group: pixels take their time.
GROUPS = {"mutants": ((try_mutant, mutants.MUTANTS), (try_reset, mutants_bundle.RESETS)), "random": ((try_random, [mutants_random.make(seed) for seed in range(N_RANDOM)]),), "harmless": ((try_harmless, harmless.HARMLESS),)}


def cases(groups, only):
    """(function, number) of all that is tried."""
    for function, held in (part for group in groups for part in GROUPS[group]):
        yield from ((function, i) for i, case in enumerate(held) if not only or only in case.what or only in f"{case.base} {' '.join(getattr(case, 'kinds', ()))}")


def assert_whole():
    """No case was lost, and each has a name of its own: whatever part of them is tried."""
    made = [*mutants.MUTANTS, *mutants_bundle.RESETS]
    for what, held, least in (("mutants", [m for m in made if m.kinds], 80), ("mutants below the tolerance", [m for m in made if not m.kinds], 10),
                              ("harmless differences", harmless.HARMLESS, 20)):
        assert len(held) >= least, f"{what}: the corpus is not whole"
        assert len({case.what for case in held}) == len(held), f"{what}: two of one name"


def part_of(cases, options):
    """Of the cases those that are asked for: each N-th, or the others; both together are all."""
    n = options.every or options.but_every
    return [case for i, case in enumerate(cases) if not n or (i % n == 0) == bool(options.every)]


def tell(results):
    """The confusion table; the failures."""
    table = collections.defaultdict(collections.Counter)
    for result in results:
        table[result.expected if result.group == "mutant" else result.group][result.found] += 1
    print(f"{'expected':22} {'n':>4}  first found")
    for expected, found in sorted(table.items()):
        print(f"{expected:22} {sum(found.values()):4}  " + ", ".join(f"{kind} {n}" for kind, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))))
    of = lambda group: [r for r in results if r.group == group]
    errors = [r.error for r in results if r.error is not None]
    failed = [r for r in results if r.problem]
    print(f"\n{len(of('mutant'))} mutants: {sum(r.problem == 'missed' for r in results)} missed, {sum(bool(r.problem) for r in of('mutant'))} not as they should be; "
          f"{len(errors)} places, the worst {max(errors, default=0.0):.3f} mm off")
    print(f"{len(of('below the tolerance'))} below the tolerance: {sum(bool(r.problem) for r in of('below the tolerance'))} reported; "
          f"{len(of('harmless'))} harmless: {sum(bool(r.problem) for r in of('harmless'))} reported"
          + "".join(f"; skipped: {r.what}" for r in of("skipped")))
    for r in failed:
        why = EXPECTED_FAILURES.get((r.group, r.what))
        print(f"{'expected to fail' if why else 'FAILED'}: {r.group}, {r.what} ({r.expected}): {r.problem}" + (f" [{why}]" if why else ""))
    for group, what in sorted(EXPECTED_FAILURES.keys() & {(r.group, r.what) for r in results if not r.problem}):
        print(f"note: {group}, {what} passes now: take it out of EXPECTED_FAILURES")
    return [r for r in failed if (r.group, r.what) not in EXPECTED_FAILURES]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bantin", type=pathlib.Path)
    parser.add_argument("--group", choices=list(GROUPS))
    share = parser.add_mutually_exclusive_group()
    share.add_argument("--every", type=int, metavar="N", help="only each N-th of them")
    share.add_argument("--but-every", type=int, metavar="N", help="only those that --every N leaves")
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    program = options.bantin.resolve()
    assert_whole()
    tried = part_of(cases([options.group] if options.group else GROUPS, options.only), options)
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or pathlib.Path(folder)
        if options.keep:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        render_samples(program, folder)
        with concurrent.futures.ProcessPoolExecutor(2, initializer=begin, initargs=(program, folder)) as pool:
            results = [future.result() for future in [pool.submit(function, i) for function, i in tried]]
    assert len({(r.group, r.what) for r in results}) == len(results), "two of one name"
    assert results, "nothing was tried"
    return 1 if tell(results) else 0


if __name__ == "__main__":
    sys.exit(main())
