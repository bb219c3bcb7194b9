"""A PDF as qpdf tells it in JSON: its objects, and a way to write them back changed."""
import base64, json, pathlib, re, subprocess, zlib

REFERENCE = re.compile(r"\d+ \d+ R")


class Unreadable(Exception):
    pass


# --- streams ---

def filters_of(stream):
    given = stream["dict"].get("/Filter")
    return given if isinstance(given, list) else [given] if given else []


def without_predictor(data, parameters):
    """The samples of rows that PNG's filters made small."""
    if not isinstance(parameters, dict) or parameters.get("/Predictor", 1) < 10:
        return data
    pixel = max(1, parameters.get("/Colors", 1) * parameters.get("/BitsPerComponent", 8) // 8)
    n = (parameters.get("/Columns", 1) * parameters.get("/Colors", 1) * parameters.get("/BitsPerComponent", 8) + 7) // 8
    rows, above = [], bytes(n)
    for at in range(0, len(data), n + 1):
        kind, row = data[at], bytearray(data[at + 1:at + 1 + n])
        for i in range(len(row)) if kind else ():
            left, up, corner = row[i - pixel] if i >= pixel else 0, above[i], above[i - pixel] if i >= pixel else 0
            if kind == 4:
                guess = left + up - corner
                near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            row[i] = row[i] + (0, left, up, (left + up) // 2, near if kind == 4 else 0)[kind] & 255
        rows.append(bytes(row))
        above = bytes(row)
    return b"".join(rows)


def inflated(stream):
    """(bytes, filters that are left): Flate undone, predictors not."""
    data, left = base64.b64decode(stream.get("data", "")), filters_of(stream)
    while left and left[0] == "/FlateDecode":
        try:
            data = zlib.decompress(data)
        except zlib.error:
            break
        left = left[1:]
    return data, left


def stream_data(stream):
    data, left = inflated(stream)
    return without_predictor(data, stream["dict"].get("/DecodeParms")) if not left else data


def set_stream_data(stream, data):
    """Uncompressed."""
    stream["data"] = base64.b64encode(data).decode()
    for key in ("/Filter", "/DecodeParms", "/Length"):
        stream["dict"].pop(key, None)


def text_of(value):
    """A text string of qpdf's JSON; None for anything else."""
    return value[2:] if isinstance(value, str) and value.startswith("u:") else None


class Pdf:
    """Values are qpdf's: names with their slash, strings "u:..." or "b:...", references "n g R". Nothing is decoded until asked."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        done = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=none", path], capture_output=True)
        # 3: warnings, which the rule about syntax tells.
        if done.returncode not in (0, 3) or not done.stdout:
            raise Unreadable(f"{path}: qpdf cannot read it: {done.stderr.decode('utf-8', 'replace').strip()}")
        self.whole = json.loads(done.stdout)
        self.head, self.entries = self.whole["qpdf"]
        self.trailer = self.value(self.entries["trailer"]["value"])
        self.root = self.value(self.trailer.get("/Root")) or {}
        self.info = self.value(self.trailer.get("/Info")) or {}
        self.pages = [self.value(page["object"]) for page in self.whole["pages"]]

    def entry(self, reference):
        return self.entries.get("obj:" + reference, {})

    def value(self, thing):
        """What a value or a reference to it stands for; of a stream its dictionary."""
        for _ in range(32):
            if not (isinstance(thing, str) and REFERENCE.fullmatch(thing)):
                return thing
            entry = self.entry(thing)
            if "stream" in entry:
                return entry["stream"]["dict"]
            thing = entry.get("value")
        return None

    def get(self, dictionary, *keys):
        """Down through dictionaries; None where there is nothing."""
        for key in keys:
            dictionary = self.value(dictionary)
            if not isinstance(dictionary, dict):
                return None
            dictionary = dictionary.get(key)
        return self.value(dictionary)

    def stream(self, reference):
        """{"dict", "data"} that a reference leads to, or None."""
        return self.entry(reference).get("stream") if isinstance(reference, str) else None

    def streams(self):
        return [entry["stream"] for entry in self.entries.values() if "stream" in entry]

    def stream_bytes(self, reference):
        return stream_data(self.stream(reference) or {"dict": {}})

    def contents(self, page):
        """The streams of a page."""
        held = page.get("/Contents")
        found = [held] if self.stream(held) else self.value(held) or []
        return [self.stream(reference) for reference in found]

    def page_data(self, page):
        return b"\n".join(map(stream_data, self.contents(page)))

    def dictionaries(self):
        """Every dictionary of the file, those within others too."""
        yield from walk(self.trailer)
        for entry in self.entries.values():
            yield from walk(entry["stream"]["dict"] if "stream" in entry else entry.get("value"))

    def add(self, value, data=None):
        """A new object; its reference. data: it is a stream."""
        number = self.head["maxobjectid"] = self.head["maxobjectid"] + 1
        entry = {"value": value}
        if data is not None:
            entry = {"stream": {"dict": value, "data": base64.b64encode(data).decode()}}
        self.entries[f"obj:{number} 0 R"] = entry
        return f"{number} 0 R"

    def write(self, path):
        """By qpdf, all streams as they are."""
        path = pathlib.Path(path)
        text = path.with_suffix(".json")
        text.write_text(json.dumps({"version": 2, "qpdf": [self.head, self.entries]}), encoding="utf-8")
        done = subprocess.run(["qpdf", "--json-input", "--stream-data=preserve", "--decode-level=none", "--newline-before-endstream", text, path],
                              capture_output=True, text=True)
        text.unlink()
        if done.returncode not in (0, 3):
            raise Unreadable(f"{path}: qpdf cannot write it: {done.stderr}")


def walk(value):
    if isinstance(value, dict):
        yield value
        value = value.values()
    elif not isinstance(value, list):
        return
    for part in value:
        yield from walk(part)
