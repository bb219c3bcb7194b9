"""A small client of a headless Chromium, by its pipe for developer tools: no port, no library.

    with Browser() as browser:
        browser.open(path)
        browser.click("#next"); browser.key("j"); browser.value("document.title")

What a page asks of the network, and what goes wrong in it, is kept: `requests` (none of which is let out) and `errors`.
"""
import base64, fcntl, json, os, pathlib, select, shutil, subprocess, tempfile, time

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SECONDS = 60  # that an answer may take
OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run", "--hide-scrollbars",
           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
           "--force-color-profile=srgb", "--font-render-hinting=none", "--host-resolver-rules=MAP * ~NOTFOUND"]
KEYS = {" ": ("Space", 32), "Escape": ("Escape", 27), "Enter": ("Enter", 13), "Tab": ("Tab", 9),
        "ArrowRight": ("ArrowRight", 39), "ArrowLeft": ("ArrowLeft", 37)}


class Browser:
    def __init__(self, width=1440, height=900):
        self.folder = tempfile.mkdtemp(prefix="bantin-browser-")
        self.n_calls, self.buffer, self.events = 0, b"", []
        self.requests, self.errors, self.has_script = [], [], True
        theirs_in, self.out = os.pipe()
        self.inward, theirs_out = os.pipe()
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (theirs_in, theirs_out)]  # the pipes shall be 3 and 4
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$0" "$@" 3<&{high[0]} 4>&{high[1]}', CHROMIUM, *OPTIONS, f"--user-data-dir={self.folder}"],
            pass_fds=high, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (theirs_in, theirs_out, *high):
            os.close(fd)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.page(f"{domain}.enable")
        self.size(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError):
            pass
        os.close(self.out)
        os.close(self.inward)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the protocol ---

    def message(self):
        end = time.monotonic() + SECONDS
        while b"\0" not in self.buffer:
            if not select.select([self.inward], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError("the browser does not answer")
            bytes_read = os.read(self.inward, 1 << 20)
            if not bytes_read:
                raise RuntimeError("the browser has gone")
            self.buffer += bytes_read
        text, _, self.buffer = self.buffer.partition(b"\0")
        message = json.loads(text)
        self.note(message)
        return message

    def note(self, message):
        method, params = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(("data:", "file:", "about:")):
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(params["exceptionDetails"].get("exception", {}).get("description") or params["exceptionDetails"]["text"])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.errors.append(params["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.errors.append(str([a.get("value") for a in params["args"]]))
        if method:
            self.events.append(method)

    def call(self, method, session=None, **params):
        self.n_calls += 1
        number = self.n_calls
        message = {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        while True:
            answer = self.message()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def page(self, method, **params):
        return self.call(method, self.session, **params)

    # --- what a user does ---

    def open(self, path, fragment=""):
        for url in ("about:blank", pathlib.Path(path).resolve().as_uri() + fragment):
            self.events.clear()
            self.page("Page.navigate", url=url)
            while "Page.loadEventFired" not in self.events:
                self.message()
        self.settle()

    def settle(self):
        """Waits until what was done has been drawn."""
        if self.has_script:
            self.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def value(self, script):
        answer = self.page("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def place(self, selector):
        """Of an element, within the window: left, top, width, height."""
        box = self.value(f"(e => {{ let b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height] }})"
                         f"(document.querySelector({json.dumps(selector)}))")
        return box

    def click(self, selector):
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'nearest'}})")
        x, y, width, height = self.place(selector)
        self.mouse(x + width / 2, y + height / 2)

    def mouse(self, x, y, to=None):
        """A click; with `to` a drag to there."""
        self.page("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.page("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", buttons=1, clickCount=1)
        if to:
            x, y = to
            self.page("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        self.page("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=1)
        self.settle()

    def key(self, key):
        code, number = KEYS.get(key, ("", ord(key[0].upper())))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        about = dict(key=key, code=code, windowsVirtualKeyCode=number)
        self.page("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.page("Input.dispatchKeyEvent", type="keyUp", **about)
        self.settle()

    # --- how the page is looked at ---

    def size(self, width, height, scale=1):
        self.page("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def media(self, medium="", **features):
        """media("print"), media(prefers_color_scheme="dark")"""
        self.page("Emulation.setEmulatedMedia", media=medium,
                  features=[{"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def without_script(self, is_off=True):
        self.page("Emulation.setScriptExecutionDisabled", value=is_off)
        self.has_script = not is_off

    def screenshot(self, path=None, whole=False, box=None):
        """As PNG. box: left, top, width, height of a part."""
        clip = {"clip": dict(zip(("x", "y", "width", "height"), box), scale=1)} if box else {}
        data = base64.b64decode(self.page("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **clip)["data"])
        if path:
            pathlib.Path(path).write_bytes(data)
        return data

    def pdf(self, path=None):
        data = base64.b64decode(self.page("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        if path:
            pathlib.Path(path).write_bytes(data)
        return data
