#!/usr/bin/env python3
"""QR codes, read from the page by a program that is not ours.

usage: test_qr.py BANTIN"""
import json, os, pathlib, subprocess, sys, tempfile, unittest, urllib.parse

BANTIN = pathlib.Path(sys.argv[1]).resolve()
ADDRESSES = ["https://hoilhpn.org.vn", "tel:+842373852345", "mailto:vanphong@hoilhpn.org.vn?subject=B%E1%BA%A3n%20tin",
             "https://hoilhpn.org.vn/tim?q=" + "a1" * 120, "https://vi.wikipedia.org/wiki/Thanh_Hóa"]


def bundle(url):
    return {"bantin": 1, "masthead": {"title": "Bản tin"},
            "articles": [{"headline": "Mã", "body": ["Một đoạn.", {"type": "qr", "url": url, "label": "Quét mã"}]}]}


class Codes(unittest.TestCase):
    def render(self, url, folder):
        path = folder / "bundle.json"
        path.write_text(json.dumps(bundle(url)), encoding="utf-8")
        return subprocess.run([BANTIN, "render", path, "-o", folder / "a.pdf"], capture_output=True, text=True,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "1712620800"})

    def test_each_is_read_as_it_was_written(self):
        for url in ADDRESSES:
            with self.subTest(url=url), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                run = self.render(url, folder)
                self.assertEqual(run.returncode, 0, run.stderr)
                subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", folder / "a.pdf", folder / "a"], check=True)
                read = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", folder / "a.png"],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                # What is no ASCII goes into the code percent-encoded, for readers take it for many things.
                self.assertEqual(read.stdout.strip(), urllib.parse.quote(url, safe="%:/?#[]@!$&'()*+,;=-._~"))

    def test_what_no_column_or_code_holds_is_refused(self):
        for n, code in ((2200, "E0640"), (4000, "E0641")):
            with self.subTest(n=n), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                run = self.render("https://a.vn/" + "x" * n, folder)
                self.assertEqual(run.returncode, 3)
                self.assertIn(code, run.stderr)
                self.assertIn("/articles/0/body/1/url", run.stderr)
                self.assertFalse((folder / "a.pdf").exists())


unittest.main(argv=sys.argv[:1])
