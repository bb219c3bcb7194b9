#!/usr/bin/env python3
"""What was typed in an old encoding comes back to the letter, and nothing else is touched.

usage: test_legacy.py RESCUE      (the program made from rescue.c)

The encodings are written down here once more, from the letters to the codes, so that no table is checked against itself.
"""
import json
import os
import re
import subprocess
import sys
import unicodedata
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
RESCUE = sys.argv[1]

TCVN3 = dict(zip(
    "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị" "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ" "ăâêôơưđ" "ĂÂÊÔƠƯĐ",
    "µ¶·¸¹" "»¼½¾Æ" "ÇÈÉÊË" "ÌÎÏÐÑ" "ÒÓÔÕÖ" "×ØÜÝÞ" "ßáâãä" "åæçèé" "êëìíî" "ïñòóô" "õö÷øù" "úûüýþ" "¨©ª«¬\xad®" "¡¢£¤¥¦§"))
VNI = dict(zip(
    "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ đ".split(),
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oâ oà oå oã oá oä "
    "ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î ñ".split()))
VNI |= {letter.upper(): code.upper() for letter, code in VNI.items()}
NAMES = {"TCVN3": "TCVN3 (ABC, .VnTime)", "VNI": "VNI-Windows", "1258": "Windows-1258"}
LETTERS = "".join(sorted({c for c in TCVN3 if c.islower()}))


def to_tcvn3(text):
    """Capitals have no tone: in words of capitals the small code is typed."""
    return "".join(TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text)


def to_vni(text):
    return "".join(VNI.get(c, c) for c in text)


def to_1258(text, composed):
    """composed: the letters that the code page has, as converters write them; else each tone by itself, as keyboards do."""
    out = ""
    for c in text:
        try:
            plain = c.encode("cp1258") if composed or c in "ăâêôơưđĂÂÊÔƠƯĐ" or c < "\x80" else None
        except UnicodeEncodeError:
            plain = None
        if plain is None:
            parts = unicodedata.normalize("NFD", c)
            tone = [p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tone))
            plain = (base + "".join(tone)).encode("cp1258", "replace")
        out += plain.decode("cp1252") if c.isalpha() else c
    return out


ENCODERS = {"TCVN3": [to_tcvn3], "VNI": [to_vni], "1258": [lambda t: to_1258(t, True), lambda t: to_1258(t, False)]}


def rescue(lines, *options):
    """[(encodings, text)] for each line."""
    assert not any("\n" in line for line in lines)
    run = subprocess.run([RESCUE, *options], input="\n".join(lines).encode() + b"\n", capture_output=True, check=True)
    answers = [line.split("\t", 1) for line in run.stdout.decode().split("\n")[:-1]]
    assert len(answers) == len(lines), (len(answers), len(lines))
    return [tuple(answer) for answer in answers]


def lines_of(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]


def has_tcvn3(text):
    """False where a word begins with a toned capital and goes on in small letters, or is one: the fonts have none."""
    def is_right(word):
        toned = [c for c in word if c.isupper() and c not in TCVN3 and ord(c) > 0x7F]
        return not toned or (word.isupper() and len(word) > 1)
    return all(is_right(word) for word in re.findall(r"[^\W\d_]+", text))


class Rescued(unittest.TestCase):
    maxDiff = None

    def check(self, name, texts, *options):
        for encode in ENCODERS[name]:
            kept = [text for text in texts if name != "TCVN3" or has_tcvn3(text)]
            answers = rescue([encode(text) for text in kept], *options)
            for text, (found, back) in zip(kept, answers):
                with self.subTest(encoding=name, text=text):
                    self.assertEqual(back, text)
                    self.assertEqual(found, NAMES[name])
        return len(kept)

    def test_sentences(self):
        for name in ENCODERS:
            self.assertGreater(self.check(name, lines_of("sentences.txt")), 40)

    def test_letters(self):
        """Each of the 134 letters in a syllable, among words that show the encoding."""
        self.assertEqual(len(LETTERS), 67)
        finals = {"ă": "n", "â": "n", "ê": "n", "ơ": "n", "ư": "ng"}
        words = []
        for letter in LETTERS:
            base = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(c for c in base if c not in "\u0300\u0301\u0303\u0309\u0323"))
            words.append("đo" if letter == "đ" else "t" + letter + finals.get(base, ""))
        sentences = [f"phụ nữ huyện Hậu Lộc {word} và nói chuyện" for word in words]
        for name in ENCODERS:
            self.assertEqual(self.check(name, sentences), 67)
            self.assertEqual(self.check(name, [sentence.upper() for sentence in sentences]), 67)
        titles = [f"phụ nữ huyện Hậu Lộc {letter.upper()}n và nói chuyện" for letter in LETTERS if letter not in "đỳýỷỹỵư"]
        for name in ("VNI", "1258"):
            self.check(name, [title for title in titles if not re.search("[ƯỪỨỬỮỰ]n", title)])

    def test_bulletin(self):
        """The real bulletin, each of its texts, as one document."""
        def texts(value):
            if isinstance(value, str):
                yield value
            elif isinstance(value, (list, dict)):
                for item in value if isinstance(value, list) else value.values():
                    yield from texts(item)
        with open(os.path.join(ROOT, "samples", "thanh-hoa-2024-04", "bundle.json"), encoding="utf-8") as file:
            bundle = json.load(file)
        all_texts = [line for text in texts(bundle) for line in unicodedata.normalize("NFC", text).split("\n")]
        all_texts = [text for text in all_texts if re.search(r"[^\x00-\x7f]", text)]
        self.assertEqual({found for found, _ in rescue(all_texts, "--habits")}, {"-"})
        for name, encoders in ENCODERS.items():
            kept = [text for text in all_texts if name != "TCVN3" or has_tcvn3(text)]
            for encode in encoders:
                coded = [encode(text) for text in kept]
                back = [text for _, text in rescue(coded, "--habits")]
                wrong = [(a, b) for a, b in zip(kept, back) if a != b]
                self.assertEqual(wrong, [])

    def test_mixed(self):
        for line in lines_of("mixed.txt"):
            name, text = line.split("\t")
            for encode in ENCODERS[name]:
                source = re.sub("⟦(.*?)⟧", lambda match: encode(match.group(1)), text)
                wanted = re.sub("[⟦⟧]", "", text)
                with self.subTest(text=text):
                    found, back = rescue([source])[0]
                    self.assertEqual(back, wanted)
                    self.assertIn(NAMES[name], found)

    def test_single_words_follow_the_document(self):
        document = [to_tcvn3(text) for text in lines_of("sentences.txt")[:6]]
        cells = ["Tổng", "bộ", "ĐVT", "Số hộ", "20.000đ", "cụ"]
        back = [text for _, text in rescue(document + [to_tcvn3(cell) for cell in cells], "--habits")]
        self.assertEqual(back[len(document):], cells)
        alone = [found for found, _ in rescue([to_tcvn3(cell) for cell in cells])]
        self.assertEqual(alone, ["-"] * len(cells))

    def test_unicode_in_a_legacy_document(self):
        cells = ["5.000đ", "đ/c Hạnh", "Số hộ", "Đội 5", "kg"]
        for name, encoders in ENCODERS.items():
            document = [encoders[0](text) for text in lines_of("sentences.txt")[:6]]
            self.assertEqual(rescue(document + cells, "--habits")[len(document):], [("-", cell) for cell in cells], name)

    def test_words_that_are_good_either_way_stay_in_a_mixed_document(self):
        document = [to_tcvn3(text) for text in lines_of("sentences.txt")[:3]] + lines_of("sentences.txt")
        self.assertEqual(rescue(document + ["bé", "phô"], "--habits")[-2:], [("-", "bé"), ("-", "phô")])


class Untouched(unittest.TestCase):
    def check(self, lines):
        for options in ([], ["--habits"]):
            for line, (found, text) in zip(lines, rescue(lines, *options)):
                with self.subTest(line=line):
                    self.assertEqual((found, text), ("-", line))

    def test_other_languages(self):
        lines = lines_of("others.txt")
        self.assertGreaterEqual(len(lines), 200)
        self.check(lines)
        self.check([line.upper() for line in lines])
        self.check([" ".join(lines[i:i + 7]) for i in range(0, len(lines), 7)])

    def test_vietnamese(self):
        lines = lines_of("sentences.txt")
        self.check(lines)
        self.check([unicodedata.normalize("NFD", line) for line in lines])
        bare = [unicodedata.normalize("NFD", line).replace("đ", "d").replace("Đ", "D") for line in lines]
        self.check(["".join(c for c in line if not unicodedata.combining(c)) for line in bare])
        self.check([line.upper() for line in lines])
        self.check([line.replace("đ", "ð").replace("Đ", "Ð") if "Ð" in line else line.replace("Đ", "Ð") for line in lines])

    def test_pieces_of_words(self):
        """Single words and pairs of them say too little."""
        words = [word for line in lines_of("others.txt") for word in line.split()]
        self.check(words)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
