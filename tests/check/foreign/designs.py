"""The designs, with what is known of them: lengths in mm, type in pt. known.json is written from here, with what the file itself
says: its pages, and the size that its producer gave them in pt (Chromium's pages are whole pixels)."""


def design(producer, source, page, margins, columns, gutter, body, masthead, **more):
    return {"producer": producer, "source": source, "page": page, "margins": margins, "columns": columns,
            "gutter": gutter, "body": body, "masthead": masthead, "facing": "inside" in margins, **more}


def sides(top, bottom, left, right):
    return {"top": top, "bottom": bottom, "left": left, "right": right}


def body(face, size, leading, align="justified"):
    return {"face": face, "size": size, "leading": leading, "align": align}


def masthead(face, size, text="Tin thôn Đoài"):
    return {"face": face, "size": size, "text": text}


UPPER = "TIN THÔN ĐOÀI"
DESIGNS = {
    "lualatex-a4-two": design("LuaLaTeX", "lualatex-a4-two.tex", [210, 297], sides(20, 20.4, 18, 18), 2, 6,
                              body("LiberationSerif", 10.5, 13), masthead("LiberationSerif-Bold", 34, UPPER)),
    "lualatex-a5-facing": design("LuaLaTeX", "lualatex-a5-facing.tex", [148, 210], {"top": 18, "bottom": 24.3, "inside": 20, "outside": 14},
                                 1, 0, body("NotoSerif", 11, 14), masthead("NotoSerif-Bold", 26)),
    "libreoffice-a4-three": design("LibreOffice", "libreoffice-a4-three.fodt", [210, 297], sides(20, 22.9, 16, 16), 3, 5,
                                   body("LiberationSans", 9, 12), masthead("LiberationSans-Bold", 32, UPPER)),
    "libreoffice-19x27-two": design("LibreOffice", "libreoffice-19x27-two.fodt", [190, 270], sides(22, 20.8, 20, 15), 2, 8,
                                    body("LiberationSerif", 11, 14), masthead("LiberationSerif-Bold", 28, UPPER)),
    "chromium-a4-two": design("Chromium", "chromium-a4-two.html", [210, 297], sides(22, 22.6, 20, 16), 2, 7,
                              body("LiberationSerif", 10, 13.5), masthead("LiberationSans-Bold", 30, UPPER)),
    "chromium-a5-ragged": design("Chromium", "chromium-a5-ragged.html", [148, 210], sides(16, 21.1, 15, 15), 1, 0,
                                 body("NotoSans", 9.5, 14, "left"), masthead("NotoSerif", 24)),
    "typst-a4-three": design("Typst", "typst-a4-three.typ", [210, 297], sides(18, 21.7, 15, 15), 3, 5,
                             body("NotoSerif", 9, 12), masthead("NotoSans-Bold", 36, UPPER)),
    "typst-b5-one": design("Typst", "typst-b5-one.typ", [176, 250], sides(25, 28.7, 28, 22), 1, 0,
                           body("LiberationSerif", 12, 16), masthead("LiberationSerif-Bold", 30)),
    "gs-a4-landscape": design("Ghostscript", "setter.py", [297, 210], sides(14, 17.6, 12, 12), 3, 10,
                              body("LiberationSerif", 11.5, 14.5), masthead("LiberationSans-Bold", 30, UPPER) | {"rows": 3},
                              faces={"body": "LiberationSerif", "headline": "LiberationSans-Bold", "masthead": "LiberationSans-Bold"},
                              headline=13.0, indent=12.0, justified=True),
    "cairo-a4-two": design("cairo", "setter.py", [210, 297], sides(25, 24.4, 22, 18), 2, 5,
                           body("NotoSerif", 9.4, 13), masthead("NotoSerif-Bold", 28, UPPER) | {"rows": 4},
                           faces={"body": "NotoSerif", "headline": "NotoSerif-Bold", "masthead": "NotoSerif-Bold"},
                           headline=14.0, indent=10.0, justified=True),
    "cairo-a3-four": design("cairo", "setter.py", [297, 420], sides(18, 22.7, 16, 16), 4, 6,
                            body("LiberationSans", 10, 14, "left"), masthead("LiberationSerif-Bold", 60, UPPER) | {"rows": 6},
                            faces={"body": "LiberationSans", "headline": "LiberationSerif-Bold", "masthead": "LiberationSerif-Bold"},
                            headline=18.0, indent=0.0, justified=False),
}
# What only the setter needs.
NOT_KNOWN = ("faces", "headline", "indent", "justified")


def known(facts_of):
    """As known.json has it. facts_of: a name to what the file says."""
    found = {}
    for name, values in DESIGNS.items():
        values = {key: value for key, value in values.items() if key not in NOT_KNOWN}
        values["masthead"] = {key: value for key, value in values["masthead"].items() if key != "rows"}
        found[name + ".pdf"] = values | facts_of(name)
    return found
