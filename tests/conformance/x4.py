#!/usr/bin/env python3
"""Judges press files by our own rules for PDF/X-4 and what printers ask.

    x4.py [--rules] [--only X4-nn,...] FILE.pdf ...

Prints what is wrong, by rule; ends with 1 when there are faults, and 2 when a file cannot be read. --rules lists the rules.
Needs qpdf and python3-fonttools."""
import argparse, sys

import reader
import rules
import rules_file, rules_ink, rules_place  # noqa: they register their rules

N_SHOWN = 5  # findings shown of a rule


def report(path, found):
    """Prints; the number of faults."""
    n = {rules.FAULT: 0, rules.WARNING: 0, rules.NOTE: 0}
    by_rule = {}
    for rule, sentence in found:
        n[rule.level] += 1
        by_rule.setdefault(rule, []).append(sentence)
    for rule, sentences in by_rule.items():
        print(f"{path}: {rule.number} {rule.level}: {rule.title} ({rule.source})")
        for sentence in sentences[:N_SHOWN]:
            print(f"    {sentence}")
        if len(sentences) > N_SHOWN:
            print(f"    and {len(sentences) - N_SHOWN} more")
    print(f"{path}: {n['fault']} faults, {n['warning']} warnings, {n['note']} notes")
    return n[rules.FAULT]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pdf", nargs="*")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    if options.rules:
        for _, rule in sorted(rules.RULES.items()):
            print(f"{rule.number} {rule.level:7} {rule.title} ({rule.source})")
    n_faults = 0
    for path in options.pdf:
        try:
            n_faults += report(path, rules.judge(path, set(filter(None, options.only.split(",")))))
        except reader.Unreadable as error:
            print(error)
            return 2
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
