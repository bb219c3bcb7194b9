"""A PDF as qpdf tells it in JSON: its objects, and a way to write them back changed."""
import base64, json, re, subprocess

REFERENCE = re.compile(r"\d+ \d+ R")


class Unreadable(Exception):
    pass


def stream_data(stream):
    return base64.b64decode(stream.get("data", ""))


def set_stream_data(stream, data):
    """Uncompressed; what qpdf makes of it when it writes is its own affair."""
    stream["data"] = base64.b64encode(data).decode()
    for key in ("/Filter", "/DecodeParms", "/Length"):
        stream["dict"].pop(key, None)


def text_of(value):
    """A text string of qpdf's JSON; None for anything else."""
    return value[2:] if isinstance(value, str) and value.startswith("u:") else None


class Pdf:
    """objects: {"n g R": value}, of a stream {"dict", "data"}. Values are qpdf's: names with their slash, strings "u:..." or "b:...",
    references "n g R". Compression of streams is undone where nothing is lost by it, so /Filter tells what is left."""

    def __init__(self, path):
        self.path = path
        done = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path], capture_output=True)
        # 3: warnings, which the rule about syntax tells.
        if done.returncode not in (0, 3) or not done.stdout:
            raise Unreadable(f"{path}: qpdf cannot read it: {done.stderr.decode('utf-8', 'replace').strip()}")
        self.whole = json.loads(done.stdout)
        self.head, entries = self.whole["qpdf"]
        self.entries = entries
        self.trailer = self.value(entries["trailer"]["value"])
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

    def contents(self, page):
        """(stream, ...) of a page."""
        held = page.get("/Contents")
        if self.stream(held):
            return [self.stream(held)]
        return [self.stream(reference) for reference in self.value(held) or []]

    def dictionaries(self):
        """Every dictionary of the file, those within others too."""
        yield from walk(self.trailer)
        for entry in self.entries.values():
            if "stream" in entry:
                yield from walk(entry["stream"]["dict"])
            else:
                yield from walk(entry.get("value"))

    def add(self, value, data=None):
        """A new object; its reference. data: it is a stream."""
        number = self.head["maxobjectid"] = self.head["maxobjectid"] + 1
        entry = {"value": value}
        if data is not None:
            entry = {"stream": {"dict": value, "data": base64.b64encode(data).decode()}}
        self.entries[f"obj:{number} 0 R"] = entry
        return f"{number} 0 R"

    def write(self, path, *options):
        whole = {"version": 2, "parameters": {"decodelevel": "generalized"}, "qpdf": [self.head, self.entries]}
        subprocess.run(["qpdf", "--json-input", "--newline-before-endstream", *options, "-", path],
                       input=json.dumps(whole).encode(), check=True, capture_output=True)


def walk(value):
    if isinstance(value, dict):
        yield value
        value = value.values()
    elif not isinstance(value, list):
        return
    for part in value:
        yield from walk(part)
