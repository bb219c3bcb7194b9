"""The rounds of tests/bench/batch: batch.py WORK ROUNDS MOST_ROUNDS "GROWTH..." N..."""
import math, os, pathlib, shutil, statistics, subprocess, sys, threading, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BANTIN = ROOT / "build/release/bantin"
JOBS = 2
HERE = ROOT / "tests/bench"
STEADY = 0.02  # of a median: how far it may be from that of ever so many rounds


def family(pid):
    """A process and all below it."""
    found, todo = [], [pid]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            todo += [int(c) for t in os.listdir(f"/proc/{pid}/task") for c in
                     open(f"/proc/{pid}/task/{t}/children").read().split()]
        except OSError:
            pass
    return found


def memory(pid):
    """What a process takes for itself, its part of what is shared counted in: PSS [KB]."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def timed(commands, watches=False):
    """Commands side by side: wall seconds, CPU seconds, peak memory of all of them together [MB] (sampled; 0: not)."""
    before, began = os.times(), time.monotonic()
    children = [subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ) for c in commands]
    peak, ended = 0, threading.Event()

    def watch():
        nonlocal peak
        while not ended.wait(0.02):
            peak = max(peak, sum(memory(p) for c in children for p in family(c.pid)))
    if watches:
        threading.Thread(target=watch, daemon=True).start()
    status = [c.wait() for c in children]
    wall, after = time.monotonic() - began, os.times()
    ended.set()
    assert not any(status), f"{commands} ended with {status}"
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu, peak / 1024


def bantin(folder, out):
    return [[str(BANTIN), "batch", str(folder / "manifest.jsonl"), "--base", str(folder / "base.json"), "-o", str(out),
             "-j", str(JOBS), "--rendition", "screen", "--quiet"]]


def typst(folder, out):
    bundles = [str(p) for p in sorted((folder / "flat").glob("*.json"))]
    return [["node", str(HERE / "peer.cjs"), str(out), *bundles[i::JOBS]] for i in range(JOBS)]


def check(out, n):
    made = sorted(out.glob("*.pdf"))
    assert len(made) == n, f"{len(made)} PDFs of {n} in {out}"
    pages = subprocess.run(["pdfinfo", str(made[-1])], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in pages, pages


def file_system(folder):
    """What a folder lies on: "ext4"."""
    found = subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", str(folder)], capture_output=True, text=True).stdout.split()
    return found[-1] if found else "unknown"  # the last of several lies on top


def unsure(times):
    """How far the median may be off, as a part of it: about the standard error, by quartiles, which strays leave alone."""
    first, middle, third = statistics.quantiles(times, n=4)
    return 0.93 * (third - first) / math.sqrt(len(times)) / middle


def race(work, rounds, most_rounds, n):
    folder = work / f"input-{n}"
    subprocess.run([sys.executable, str(HERE / "make_editions.py"), str(n), str(folder)], check=True)
    runners = {"bantin": bantin} | ({"typst": typst} if os.environ.get("TYPST_NODE") else {})
    results = {name: [] for name in runners}
    keeps = file_system(work) != "tmpfs"  # files just deleted slow a file system on a disk down
    for i in range(most_rounds):
        if i >= max(rounds, 2) and all(unsure([r[0] for r in runs]) < STEADY for runs in results.values()):
            break
        for name, commands in runners.items():
            out = work / f"out-{n}-{name}-{i}"
            out.mkdir()
            results[name].append(timed(commands(folder, out)))
            check(out, n)
            if not keeps:
                shutil.rmtree(out)
    walls = {name: statistics.median(r[0] for r in runs) for name, runs in results.items()}
    for name, runs in results.items():
        cpu = statistics.median(r[1] for r in runs)
        off = unsure([r[0] for r in runs])
        print(f"{n} editions  {name:7} {walls[name]:7.3f} s +-{100 * off:.0f} %  {1000 * walls[name] / n:6.2f} ms each  CPU {cpu:6.3f} s"
              f"  {len(runs)} rounds")
    if "typst" in walls:
        print(f"{n} editions  bantin takes 1/{walls['typst'] / walls['bantin']:.1f} of typst's time")


def grow(work, n):
    folder, out = work / f"input-{n}", work / f"out-{n}"
    subprocess.run([sys.executable, str(HERE / "make_editions.py"), str(n), str(folder)], check=True)
    out.mkdir()
    wall, cpu, peak = timed(bantin(folder, out), watches=True)
    check(out, n)
    print(f"{n} editions  bantin  {wall:7.3f} s  {1000 * wall / n:6.2f} ms each  CPU {cpu:6.3f} s  {peak:5.1f} MB in all")
    shutil.rmtree(folder)
    shutil.rmtree(out)


def main():
    work, rounds, most_rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3])
    growth = [int(n) for n in sys.argv[4].split()]
    print(f"on {file_system(work)}, {len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}")
    for n in sys.argv[5:]:
        race(work, rounds, most_rounds, int(n))
    for n in growth:
        grow(work, n)


if __name__ == "__main__":
    main()
