#!/usr/bin/env python3
"""Prints a made-up issue for timing, the same for the same number of words: syllables drawn from the real bulletin; every fifth
article has a table."""
import argparse, json, pathlib, random, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
source = json.loads((ROOT / "samples/thanh-hoa-2024-04/bundle.json").read_text(encoding="utf-8"))
text = " ".join(b for a in source["articles"] for b in a["body"] if isinstance(b, str))
syllables = re.findall(r"[^\s\d“”\";:.,()]+", text)
rng = random.Random(4)


def sentence():
    words = [rng.choice(syllables) for _ in range(rng.randint(9, 32))]
    words[0] = words[0].capitalize()
    for i in range(6, len(words) - 1, 8):
        words[i] += ","
    return " ".join(words) + "."


def paragraph():
    return " ".join(sentence() for _ in range(rng.randint(2, 6)))


def article(i):
    body, n = [], 0
    for _ in range(rng.randint(4, 10)):
        body.append(paragraph())
        n += len(body[-1].split())
    if i % 5 == 4:
        body.insert(2, {"type": "table", "title": "Kết quả", "columns": [{"title": "Chỉ tiêu"}, {"title": "Số", "type": "number"}],
                        "rows": [[sentence()[:40], rng.randint(1, 99999)] for _ in range(6)]})
    if i % 4 == 1:
        body.insert(3, {"type": "subheading", "text": " ".join(rng.choice(syllables) for _ in range(6))})
    head = " ".join(rng.choice(syllables) for _ in range(11)).capitalize()
    return {"headline": head, "importance": rng.randint(2, 4), "body": body}, n


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("words", metavar="WORDS", type=int, help="how many, or a few more")
wanted = parser.parse_args().words
articles, n = [], 0
while n < wanted:
    a, k = article(len(articles))
    articles.append(a)
    n += k
masthead = {key: value for key, value in source["masthead"].items() if key != "logo"}
json.dump({"bantin": 1, "masthead": masthead, "articles": articles}, sys.stdout, ensure_ascii=False, indent=1)
