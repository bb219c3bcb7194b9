#!/usr/bin/env python3
"""Damaged and hostile files: a clear error within 10 s and 512 MB, never a crash, and what qpdf would have to repair is refused.

usage: test_damaged.py BANTIN [--only WORDS] [--share N/OF] [--sanitized] [--keep FOLDER]
Makes the corpus of damaged.py and what only a file system can hold, and runs check, preflight and measure over it. Prints how many were
refused and why. qpdf's own verdict of each file is asked for. --share takes every OF-th case; --sanitized: the limit of memory does not
hold there, nor that of time, so the bombs are left out."""
import argparse, collections, concurrent.futures, os, pathlib, re, shutil, subprocess, sys, tempfile, threading, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
from damaged import Case, EITHER, REFUSED, WHOLE, corpus, plain  # noqa: E402

SECONDS, MEGABYTES = 10, 512
SAMPLES = {"a5": "a5-chi-hoi", "leaflet": "to-gap-suc-khoe"}
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1712620800", "LC_ALL": "C"}
# Messages that say what is to be done have one of these.
REMEDY = re.compile(r"make|fetch|name |save|split|check the")
# Why qpdf finds fault with a file that we read, by what it says: none of these changes what a reader of the file sees.
QPDF_MINDS = {
    "linearization": "hints for reading over a network that are out of date",
}


def run(command, seconds=60):
    """(exit status, words, seconds, megabytes): the child's own, waited for by its number."""
    with tempfile.TemporaryFile() as out:
        begun = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=ENVIRONMENT)
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - begun
        out.seek(0)
        return child.returncode, out.read().decode("utf-8", "replace"), took, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def qpdf_minds(path):
    """What qpdf would have to repair; "" where it is content, None where it does not end by itself."""
    limited = ["sh", "-c", "ulimit -v 1500000; ulimit -c 0; exec timeout 5 qpdf --check \"$0\"", path]
    done = subprocess.run(limited, capture_output=True, text=True, errors="replace")
    if done.returncode not in (0, 2, 3):
        return None
    lines = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR")) or "qpdf: " in line or path in line]
    return "" if done.returncode == 0 else (lines or [done.stderr.strip() or "?"])[0]


class Judge:
    def __init__(self, program, folder, sanitized):
        self.program, self.folder, self.sanitized = program, folder, sanitized

    def commands(self, path, i):
        """Every file is checked against itself; the other commands read files by the same means, so they take turns."""
        copy = f"{path}.copy.pdf" # another file of the same bytes: what is rendered is not left out because the two are one
        yield ["check", path, path if i % 2 else copy]
        yield ["preflight", path] if i % 3 else ["measure", path]

    def problems(self, case, i):
        """(what is wrong, how it was refused)."""
        path = str(self.folder / f"{i}.pdf")
        pathlib.Path(path).write_bytes(case.bytes)
        if not i % 2:
            shutil.copyfile(path, f"{path}.copy.pdf")
        found, refusal = [], ""
        for command in self.commands(path, i):
            status, words, took, megabytes, cpu = run([self.program, *command])
            found += [f"{command[0]}: {problem}" for problem in self.judge(case, path, status, words, took, megabytes, cpu)]
            if command[0] == "check" and status == 3:
                refusal = words
        minds = qpdf_minds(path)
        if minds and not refusal and not any(reason in minds for reason in QPDF_MINDS):
            found.append(f"check took what qpdf would repair: {minds[:200]}")
        return found, refusal, minds

    def judge(self, case, path, status, words, took, megabytes, cpu):
        if status not in (0, 1, 3):
            yield f"exit status {status}: {words[-300:]}"
        if case.wants == REFUSED and status != 3:
            yield f"not refused, but {status}: {words[:200]}"
        if case.wants == WHOLE and status not in (0, 1):
            yield f"refused: {words[:200]}"
        if status == 3 and (path not in words or not REMEDY.search(words)):
            yield f"the message lacks the file or a remedy: {words[:300]}"
        if status == 3 and ("terminate called" in words or "GLib" in words or len(words.splitlines()) > 3):
            yield f"the words of a library: {words[:300]}"
        if not self.sanitized and megabytes > MEGABYTES:
            yield f"{megabytes:.0f} MB"
        if not self.sanitized and min(took, cpu * 1.5) > SECONDS: # the clock runs for other programs as well
            yield f"{took:.1f} s"


def reason_of(words):
    """The number of the message, or what the parent said of the child."""
    found = re.search(r"\b[EW]\d{4}\b", words)
    return found[0] if found else "given up" if "too long" in words else "died" if "cannot be read" in words else words[:60]


def places(folder):
    """What is no file of bytes: (name, path)."""
    (folder / "a folder.pdf").mkdir()
    os.mkfifo(folder / "a pipe.pdf")
    (folder / "a loop.pdf").symlink_to(folder / "a loop.pdf")
    whole = folder / "whole.pdf"
    whole.write_bytes(plain().write())
    for name, options in (("user", ["one", "two", "256"]), ("owner", ["", "two", "128", "--use-aes=y"]), ("old", ["one", "two", "40"])):
        subprocess.run(["qpdf", "--allow-weak-crypto", "--encrypt", *options, "--", whole, folder / f"{name}.pdf"], check=True)
        yield f"encrypted: {name}", folder / f"{name}.pdf", 3
    yield "a folder", folder / "a folder.pdf", 3
    yield "a pipe", folder / "a pipe.pdf", 3
    yield "a device", pathlib.Path("/dev/null"), 3
    yield "a device that never ends", pathlib.Path("/dev/zero"), 3
    yield "no file", folder / "there is none.pdf", 3
    yield "a link to itself", folder / "a loop.pdf", 4
    yield "a name that is too long", folder / ("a" * 300 + ".pdf"), 4


def try_places(program, folder):
    found = []
    for name, path, wants in places(folder):
        for command in (["check", path, path], ["check", folder / "whole.pdf", path], ["preflight", path], ["measure", path]):
            status, words, took, _, _ = run([program, *map(str, command)], seconds=20)
            if status != wants or str(path) not in words or took > SECONDS:
                found.append(f"{name}: {command[0]}: exit status {status}, {took:.1f} s: {words[:200]}")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", default="")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--sanitized", action="store_true")
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        samples = {"by hand": plain().write_with_xref_stream(compressed=(1, 2, 3, 5))}
        for name, sample in SAMPLES.items():
            subprocess.run([options.program, "render", ROOT / "samples" / sample / "bundle.json", "-o", folder / "sample.pdf"], check=True,
                           env=ENVIRONMENT, stderr=subprocess.DEVNULL)
            samples[name] = (folder / "sample.pdf").read_bytes()
        (folder / "plain.pdf").write_bytes(plain().write())
        subprocess.run(["qpdf", "--linearize", "--static-id", folder / "plain.pdf", folder / "linear.pdf"], check=True)
        samples["linearized"] = (folder / "linear.pdf").read_bytes()
        nth, of = map(int, options.share.split("/"))
        cases = [Case("a whole sample", samples["a5"], WHOLE), *corpus(samples)]
        assert len({case.name for case in cases}) == len(cases) >= 200, "too few cases, or two of one name"
        cases = [(i, case) for i, case in enumerate(cases) if i % of == nth % of and options.only in case.name and
                 not (options.sanitized and ("bomb" in case.name or "million" in case.name or "deep" in case.name or "0000" in case.name))]
        judge = Judge(options.program, folder, options.sanitized)
        failures, reasons, repaired = [], collections.Counter(), 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (i, case), (found, refusal, minds) in zip(cases, pool.map(lambda pair: judge.problems(pair[1], pair[0]), cases)):
                failures += [f"{i} {case.name}: {problem}" for problem in found]
                reasons[reason_of(refusal) if refusal else "read, though qpdf minds" if minds else "read"] += 1
                repaired += bool(minds)
        if not options.only:
            failures += try_places(options.program, folder)
    print(f"{len(cases)} files; qpdf would repair {repaired} of them; " + ", ".join(f"{reason}: {n}" for reason, n in sorted(reasons.items())))
    print("\n".join(failures))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
