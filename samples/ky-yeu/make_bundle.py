#!/usr/bin/python3
"""Writes a yearbook of about 20,000 words, with its pictures: bundle.json and images/, always the same.

The text is put together from sentences in grammar.py: each is taken from a shuffled deck, so that none comes again before
all others have been used, and its blanks are filled from decks of words and from the figures of the commune that the
sentence is about. Those figures are made up once, in communes(); texts, tables and totals all take them from there.
"""
import argparse
import json
import os
import random
import re
import sys

sys.dont_write_bytecode = True  # no folder of compiled code among the samples
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, HERE)

import grammar
import pictures

YEAR = 2025
SEED = 12
WIDE = ("bien-sam-son", "ruong-bac-thang", "lop-hoc", "tram-y-te", "the-duc", "gat-lua")
NARROW = ("theu", "trong-cay", "cho-que", "dan-vu", "banh-que", "heo-dat")


def number(value, decimals=0):
    """As Vietnamese writes it: 1.234,5."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


class Deck:
    """Cards in a shuffled order; none comes twice before all have come."""

    def __init__(self, dice, cards):
        self.dice, self.cards, self.left = dice, list(cards), []

    def take(self):
        if not self.left:
            self.left = self.dice.sample(self.cards, len(self.cards))
        return self.left.pop()


class Writer:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.sentences = {topic: Deck(self.dice, cards) for topic, cards in grammar.SENTENCES.items()}
        self.words = {name: Deck(self.dice, cards) for name, cards in grammar.WORDS.items()}

    def fill(self, pattern, facts):
        """A pattern with its {blanks} filled: from the facts, or with a word of that deck."""
        def value(found):
            name = found[1]
            return str(facts[name]) if name in facts else re.sub(r"\{(\w+)\}", value, self.words[name].take())
        text = re.sub(r"\{(\w+)\}", value, pattern)
        return text[0].upper() + text[1:]

    def say(self, topic, facts):
        return self.fill(self.sentences[topic].take(), facts)

    def paragraph(self, topic, count, facts):
        return " ".join(self.say(topic, facts) for _ in range(count))


def communes(dice):
    """The communes of the book, each with the figures of its year."""
    found = []
    for place, kind, land in grammar.COMMUNES:
        members = dice.randrange(900, 3200)
        branches = dice.randrange(9, 19)
        groups = dice.randrange(6, 17)
        loan = groups * dice.randrange(62, 118) / 10
        found.append({
            "name": place, "kind": kind, "land": land, "members": members, "new": dice.randrange(28, 120), "branches": branches,
            "groups": groups, "loan": round(loan, 1), "saved": dice.randrange(90, 640), "trees": dice.randrange(300, 2900),
            "classes": dice.randrange(3, 12), "learners": dice.randrange(120, 520), "checked": dice.randrange(210, 900),
            "gifts": dice.randrange(30, 160), "flowers": dice.randrange(4, 32) / 2, "waste": dice.randrange(12, 96) / 10,
            "families": dice.randrange(9, 48), "homes": dice.randrange(1, 6), "jobs": dice.randrange(24, 140)})
    return found


def blanks(commune):
    """The figures of a commune as a sentence writes them."""
    decimals = {"loan", "flowers", "waste"}
    return {key: value if isinstance(value, str) else number(value, 1 if key in decimals else 0) for key, value in commune.items()}


def figure(name, span, caption=None):
    wide = span == "page"
    block = {"type": "figure", "image": f"images/{name}.svg", "span": span, "alt": "Tranh vẽ: " + grammar.PICTURES[name][0],
             "focus": [0.5, 0.58], "min_height": "44mm" if wide else "36mm", "max_height": "70mm" if wide else "66mm"}
    block.update({"caption": caption or grammar.PICTURES[name][1], "credit": "Tranh: bantin"})
    return block


def year_table(commune):
    return {"type": "table", "title": f"{commune['name']}: một năm qua những con số",
            "columns": [{"title": "Chỉ tiêu"}, {"title": "Đơn vị"}, {"title": str(YEAR), "type": "number"}],
            "rows": [["Hội viên", "người", commune["members"]], ["trong đó kết nạp mới", "người", commune["new"]],
                     ["Tổ vay vốn", "tổ", commune["groups"]], ["Dư nợ", "tỷ đồng", commune["loan"]],
                     ["Tiết kiệm", "triệu đồng", commune["saved"]], ["Học viên các lớp", "người", commune["learners"]],
                     ["Được khám sức khoẻ", "người", commune["checked"]], ["Cây trồng mới", "cây", commune["trees"]]]}


def portrait(writer, facts):
    person = {"person": writer.words["person"].take(), **facts}
    blocks = [{"type": "subheading", "text": writer.fill(writer.words["portrait_title"].take(), person), "level": 2},
              writer.paragraph("portrait", 4, person)]
    if writer.dice.random() < 0.6:
        blocks.append({"type": "quote", "text": "“" + writer.fill(writer.words["saying"].take(), person) + "”",
                       "by": person["person"] + ", " + facts["kind"] + " " + facts["name"]})
    return blocks


def section(writer, topic, facts, size):
    blocks = [{"type": "subheading", "text": writer.fill(writer.words["title_" + topic].take(), facts), "level": 1}]
    blocks.append(writer.paragraph(topic, size, facts))
    if size > 4:
        blocks.append(writer.paragraph(topic, size - 2, facts))
    return blocks


def commune_article(writer, commune, index, picture):
    """Every other one has a picture across the page, the rest one in a column."""
    facts = blanks(commune)
    topics = ["economy", "learning", "health", "nature", "culture"]
    writer.dice.shuffle(topics)
    body = [writer.paragraph("opening", 2, facts)]
    body.insert(index % 2, figure(picture, "column" if index % 2 else "page"))
    body += [writer.paragraph("society", 4, facts)]
    for k, topic in enumerate(topics[:4]):
        body += section(writer, topic, facts, 5 if k == 0 else 4)
        if k == 0:
            body.append(year_table(commune))
        if k == 2:
            body += portrait(writer, facts)
    body += [{"type": "subheading", "text": writer.fill(writer.words["title_plan"].take(), facts), "level": 1},
             writer.paragraph("trouble", 2, facts),
             {"type": "bullets" if index % 3 else "numbered",
              "items": [writer.say("plan", facts) for _ in range(4)]}]
    title = writer.fill(writer.words["headline"].take(), facts)
    return {"id": f"xa-{index + 1}", "section": grammar.LANDS[commune["land"]], "kicker": f"{commune['kind'].capitalize()} {commune['name']}",
            "headline": title, "lead": writer.say("lead", facts), "body": body, "importance": 3}


def sums_table(found, title, columns, identity):
    rows = []
    for land in grammar.LANDS:
        part = [commune for commune in found if commune["land"] == land]
        rows.append({"cells": [grammar.LANDS[land]], "kind": "subhead"})
        rows += [[commune["name"]] + [commune[key] for key, *_ in columns] for commune in part]
        rows.append({"cells": ["Cộng"] + [round(sum(commune[key] for commune in part), 1) for key, *_ in columns], "kind": "total"})
    return {"type": "table", "id": identity, "title": title, "span": "page",
            "columns": [{"title": "Xã, phường"}] + [
                {"title": head, "unit": unit, "type": "number", **({"decimals": 1} if decimals else {})}
                for _, head, unit, decimals in columns],
            "rows": rows, "total": {"label": "Tổng cộng", "columns": list(range(1, len(columns) + 1))},
            "expect_sum": list(range(1, len(columns) + 1)), "note": "Số liệu giả định."}


def overview(writer, found):
    total = {key: number(sum(c[key] for c in found), 1 if key in ("loan", "flowers", "waste") else 0)
             for key in found[0] if not isinstance(found[0][key], str)}
    facts = {**total, "count": str(len(found)), "year": str(YEAR)}
    body = [figure("gat-lua", "page")]
    body += [writer.fill(text, facts) for text in grammar.OVERVIEW]
    body.append({"type": "numbers", "span": "page", "items": [
        {"value": facts["members"], "label": f"hội viên ở {facts['count']} xã, phường"},
        {"value": facts["loan"], "unit": "tỷ đồng", "label": "dư nợ của các tổ vay vốn"},
        {"value": facts["learners"], "label": "lượt người học các lớp"},
        {"value": facts["trees"], "label": "cây trồng mới"}]})
    return {"id": "tong-quan", "section": "Toàn cảnh", "headline": "Một năm nhìn lại", "place": "lead", "importance": 5,
            "lead": writer.fill(grammar.OVERVIEW_LEAD, facts), "body": body}


def appendix(found):
    return {"id": "phu-luc", "section": "Phụ lục", "headline": "Số liệu các xã, phường", "importance": 3, "place": "back", "body": [
        "Hai bảng dưới đây gộp số liệu đã nêu trong từng bài, xếp theo vùng.",
        sums_table(found, "Tổ chức và vốn vay", [("members", "Hội viên", "người", False), ("branches", "Chi hội", "chi hội", False),
                                                 ("groups", "Tổ vay vốn", "tổ", False), ("loan", "Dư nợ", "tỷ đồng", True),
                                                 ("saved", "Tiết kiệm", "triệu đồng", False)], "von-vay"),
        sums_table(found, "Học tập, sức khoẻ, môi trường", [("learners", "Học viên", "người", False), ("checked", "Khám sức khoẻ", "người", False),
                                                            ("gifts", "Suất quà", "suất", False), ("trees", "Cây trồng", "cây", False),
                                                            ("waste", "Rác thu gom", "tấn", True)], "doi-song")]}


def chronicle(writer, found):
    blocks_ = ["Mỗi tháng một vài việc, chép lại theo sổ của các chi hội."]
    places = Deck(writer.dice, found)
    for month in range(1, 13):
        items = []
        for day in sorted(writer.dice.sample(range(2, 29), 2)):
            items.append(f"**{day}/{month}** " + writer.say("event", blanks(places.take())))
        blocks_ += [{"type": "subheading", "text": f"Tháng {grammar.MONTHS[month - 1]}", "level": 2}, {"type": "bullets", "items": items}]
    return {"id": "bien-nien", "section": "Biên niên", "headline": "Mười hai tháng, hai mươi bốn việc", "importance": 4, "body": blocks_}


def poem():
    return {"id": "tho", "section": "Thơ", "headline": "Trang thơ của chị em", "importance": 3, "body": [
        {"type": "verse", **verse} for verse in grammar.POEMS]}


def afterword():
    return {"id": "loi-cuoi", "section": "Lời cuối sách", "headline": "Mời chị em viết tiếp", "importance": 3, "place": "back",
            "body": [figure("bien-sam-son", "page", "Một ngày mới bắt đầu"), *grammar.AFTERWORD], "byline": "Ban Biên tập"}


def bundle():
    writer = Writer(SEED)
    found = communes(writer.dice)
    articles = [overview(writer, found)]
    tail = [poem(), chronicle(writer, found), appendix(found), afterword()]
    drawn = Deck(writer.dice, WIDE[:-1]), Deck(writer.dice, NARROW)
    for index, commune in enumerate(found):
        articles.append(commune_article(writer, commune, index, drawn[index % 2].take()))
    return {
        "bantin": 1, "layout": "a4-two-column", "lang": "vi-VN", "contents": True,
        "masthead": {"kind": "KỶ YẾU", "title": "Những mùa hoa\ntrên đất xứ Thanh", "issuer": "Ban Biên tập Kỷ yếu (mẫu)", "year": YEAR,
                     "number": "1", "date": f"{YEAR}-12-31", "edition": f"{len(found)} xã, phường kể chuyện", "logo": "images/bieu-trung.svg"},
        "articles": articles + tail,
        "imprint": {"responsible": "(tên mẫu)", "editors": ["(tên mẫu)", "(tên mẫu)"], "printer": "(nhà in mẫu)", "quantity": 1200, "size": "21 x 29,7 cm",
                    "lines": ["Kỷ yếu mẫu do một chương trình viết ra: tên xã, phường là tên thật; con người, sự việc và số liệu đều là hư cấu."]}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default=HERE, help="where it is written (default: beside this script)")
    folder = parser.parse_args().folder
    os.makedirs(folder, exist_ok=True)
    pictures.draw(os.path.join(folder, "images"), WIDE + NARROW + ("bieu-trung",))
    with open(os.path.join(folder, "bundle.json"), "w", encoding="utf-8") as file:
        json.dump(bundle(), file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
