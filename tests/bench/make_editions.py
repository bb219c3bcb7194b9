#!/usr/bin/env python3
"""Writes what batches are timed on.

A two-page bulletin of the real one's first articles, with three grey pictures and a table, and N editions of it, each with
another name and a local article of two to four paragraphs before all others: all text that follows stands elsewhere.

    DIR/base.json, DIR/editions/001.json ..., DIR/manifest.jsonl    for bantin: a base, and what differs
    DIR/flat/001.json ...                                           for others: each edition whole, in plain keys
"""
import argparse, copy, json, pathlib, random, shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = 1350  # of the base
GREY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 870 420" width="870" height="420"><rect width="870" height="420" fill="#cdcdcd"/></svg>\n'
DISTRICTS = ["Bá Thước", "Cẩm Thủy", "Hà Trung", "Hậu Lộc", "Hoằng Hóa", "Lang Chánh", "Mường Lát", "Nga Sơn", "Ngọc Lặc", "Như Xuân"]
PARTS = [
    "Quý vừa qua, Hội LHPN huyện {d} đã tới thăm {a} gia đình hội viên khó khăn và trao {b} phần quà, trong đó có {c} xe đạp cho trẻ mồ côi (số liệu mẫu).",
    "Tại {d}, {a} hội viên được giới thiệu vay vốn để chăn nuôi và mở cửa hàng nhỏ; dư nợ đạt {b},{c} tỷ đồng và chỉ có {c} hộ trả chậm (số liệu mẫu).",
    "Các chi hội ở {d} duy trì {b} tuyến đường hoa, thu gom rác thải nhựa vào sáng thứ bảy và vận động {a} hộ phân loại rác ngay tại nhà (số liệu mẫu).",
    "Trong tháng tới, {c} lớp dạy nghề sẽ mở tại {d} cho {a} chị em, gồm nghề may, nấu ăn và bán hàng qua mạng; học viên không phải đóng học phí (số liệu mẫu).",
]


def base_of(source):
    """The first articles, up to WORDS words; of each its paragraphs only; then pictures and the table put in."""
    articles, n = [], 0
    for article in source["articles"]:
        body = [b for b in article["body"] if isinstance(b, str)]
        if not body or n >= WORDS:
            continue
        while body and n + sum(len(b.split()) for b in body) > WORDS + 60:
            body.pop()
        if body:
            articles.append({"headline": article["headline"], "body": body})
            n += sum(len(b.split()) for b in body)
    table = next(b for a in source["articles"] for b in a["body"] if not isinstance(b, str) and b["type"] == "table")
    for article, caption in zip(articles, ("Một buổi tập huấn ở cơ sở", "Chị em trao đổi kinh nghiệm", "Lễ ký kết chương trình")):
        article["body"].insert(1, {"type": "figure", "image": "grey.svg", "caption": caption, "alt": caption,
                                   "min_height": "42mm", "max_height": "42mm"})
    table = {"type": "table", "title": table["title"], "columns": [{"title": c["title"]} for c in table["columns"]],
             "rows": [[str(cell) for cell in (row["cells"] if isinstance(row, dict) else row)] for row in table["rows"][:9]]}
    articles[-1]["body"].append(table)
    masthead = {key: source["masthead"][key] for key in ("title", "issuer", "date", "edition") if key in source["masthead"]}
    return {"bantin": 1, "layout": "two-pages.json", "masthead": masthead,
            "highlights": {"title": "Trong số này", "items": [a["headline"] for a in articles[:4]]}, "articles": articles}


def local(i, rng):
    d = DISTRICTS[i % len(DISTRICTS)]
    words = {"d": d, "a": rng.randint(20, 400), "b": rng.randint(3, 60), "c": rng.randint(2, 9)}
    return d, {"headline": f"Phụ nữ {d} vào mùa thi đua mới, đợt {i + 1}",
               "body": [PARTS[(i + k) % 4].format(**words) for k in range(2 + i % 3)]}


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", metavar="N", type=int, help="how many editions")
    parser.add_argument("folder", metavar="DIR", type=pathlib.Path)
    arguments = parser.parse_args()
    n, folder = arguments.n, arguments.folder
    source = json.loads((ROOT / "samples/thanh-hoa-2024-04/bundle.json").read_text(encoding="utf-8"))
    base, rng, rows = base_of(source), random.Random(4), []
    for name in ("editions", "flat"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "grey.svg").write_text(GREY, encoding="utf-8")
    shutil.copy(ROOT / "tests/bench/two-pages.json", folder)
    write(folder / "base.json", base)
    for i in range(n):
        district, article = local(i, rng)
        key, name = f"{i + 1:03d}", f"Ấn bản {district} {i + 1}"
        write(folder / f"editions/{key}.json", {
            "bantin_edition": 1, "base": "../base.json", "id": key, "name": name, "set": {"/masthead/edition": name},
            "articles": [{"op": "insert", "at": "start", "article": article}]})
        rows.append(json.dumps({"id": key, "edition": f"editions/{key}.json"}))
        flat = copy.deepcopy(base)
        flat["masthead"]["edition"] = name
        flat["articles"].insert(0, article)
        for a in flat["articles"]:
            a["body"] = [{"type": "p", "text": b} if isinstance(b, str) else b for b in a["body"]]
        write(folder / f"flat/{key}.json", flat)
    (folder / "manifest.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
