"""Mutants that are made by setting a sample's bundle anew with one thing in it changed, so that the text after it may run on."""
import collections, json

from mutants import union

# change: of the bundle. words: what stands there then, by which its place is found; page: of the sample's.
Reset = collections.namedtuple("Reset", "base kinds what change options page words")
RESETS = []


def reset(base, kinds, what, change, words=None, options=(), page=None):
    RESETS.append(Reset(base, tuple(kinds.split()), what, change, tuple(options), page, words))


def texts(node):
    """(holder, key) of each text below a node."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str):
            yield node, key
        elif isinstance(value, (dict, list)):
            yield from texts(value)


def said(was, by):
    """One phrase of the bundle for another."""
    def change(bundle):
        found = [(holder, key) for holder, key in texts(bundle) if was in holder[key]]
        assert len(found) == 1, (was, len(found))
        holder, key = found[0]
        holder[key] = holder[key].replace(was, by, 1)
    return change


def place_of(base, words, only=None):
    """(page, box) of words that stand on one line of a file, and nowhere else in it, or on that page of it."""
    wanted = words.split()
    found = []
    for n in [only] if only else range(1, len(base.pages) + 1):
        page = base.page(n)
        for i in range(len(page.words) - len(wanted) + 1):
            if [w.text for w in page.words[i:i + len(wanted)]] == wanted:
                found.append((n, union(w.box for w in page.words[i:i + len(wanted)])))
    assert len(found) == 1, (words, found)
    return found[0]


def render(program, folder, bundle, change, out, options):
    """folder: a copy of the sample's."""
    changed = json.loads(json.dumps(bundle))
    change(changed)
    path = folder / f"{out.stem}.json"
    path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    return [program, "render", path, "-o", out, *options]


def extended(beginning, sentence):
    """A sentence more at a paragraph's end."""
    def change(bundle):
        holder, key = next((h, k) for h, k in texts(bundle["articles"]) if h[k].startswith(beginning))
        holder[key] += " " + sentence
    return change


def shortened(bundle):
    body = next(a for a in bundle["articles"] if a["id"] == "uy-thac")["body"]
    del body[next(i for i, block in enumerate(body) if isinstance(block, str) and block.startswith("Theo nội dung ký kết"))]


def headed(bundle):
    article = next(a for a in bundle["articles"] if a["id"] == "uy-thac")
    article["headline"] = article["headline"].replace("vốn", "tiền", 1)


def numbered(bundle):
    bundle["masthead"]["number"] = "5"


reset("thanh-screen", "text-changed", "set anew: a number in the text", said("cho 720 chi hội trưởng", "cho 725 chi hội trưởng"), "725")
reset("thanh-screen", "text-changed", "set anew: a word of a headline", headed, "tiền", page=4)
reset("thanh-screen", "text-changed", "set anew: a number of a caption", said("Tại hội nghị, 95 cá nhân", "Tại hội nghị, 96 cá nhân"), "96")
reset("thanh-screen", "text-changed", "set anew: the issue's number", numbered, "5/2024", page=1)
reset("thanh-press", "text-new", "set anew: a sentence more, and what is behind it runs on",
      extended("Theo nội dung ký kết", "Lễ ký kết có hai mươi ba đại biểu."), "đại biểu.")
reset("thanh-screen", "text-gone", "set anew: a paragraph less", shortened, page=(3, 4))
reset("thanh-screen", "text-changed text-new", "set anew: a longer word in the middle of a paragraph",
      said("18.680.000.000 đồng", "mười tám tỷ sáu trăm tám mươi triệu đồng"), "mươi triệu")
reset("thanh-screen", "text-color picture-color area-color rule-color", "set anew: in black alone", lambda bundle: None, options=("--palette", "mono"), page=(1, 2, 3, 4))
