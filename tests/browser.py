# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A headless Chromium for tests: pages of a given size, light or dark, JavaScript run in them, pictures taken of them.

    with browser() as chromium:
        page = chromium.page("http://127.0.0.1:9090/", width=390, height=844, dark=True)
        page.until("document.querySelector('canvas')")
        assert page.run("document.title") == "Havendam"
        page.shot(Path("home.png"))
        assert not page.complaints

It speaks the DevTools protocol over two pipes: JSON texts that end with a zero byte.
Source: https://chromedevtools.github.io/devtools-protocol/ and `--remote-debugging-pipe` of Chromium.
"""

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")
"""For tests that open pages."""

SWITCHES = (
    "--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
    "--enable-unsafe-swiftshader", "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--disable-dev-shm-usage", "--disable-extensions",
)  # fmt: skip
"""Without a sandbox, since tests also run as root; WebGL is drawn by the processor."""

PATIENCE = 20.0
"""Seconds after which a test gives up waiting."""

# Chromium reads from file 3 and writes to file 4, whatever the numbers were here.
_START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)


class Browser:
    """A browser with a profile of its own, that nothing else uses."""

    def __init__(self, profile: Path, *switches: str) -> None:
        assert PROGRAM is not None
        (theirs_in, self._out), (self._in, theirs_out) = _pipe(), _pipe()
        command = [sys.executable, "-S", "-E", "-c", _START, str(theirs_in), str(theirs_out), PROGRAM, *SWITCHES]
        self._process = subprocess.Popen(
            [*command, *switches, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs_in, theirs_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self._number = 0
        self._came = b""
        self.pages: dict[str, Page] = {}

    def page(
        self, url: str, *, width: int = 1280, height: int = 800, dark: bool = False, scale: float = 1, script: str = ""
    ) -> "Page":
        """A new page that has loaded; sizes in CSS pixels, `script` runs before any of the page's own."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        made = self.pages[session] = Page(self, session, target)
        for domain in ("Page", "Runtime", "Log"):
            made.call(f"{domain}.enable")
        made.size(width, height, scale)
        made.colours(dark=dark)
        if script:
            made.call("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        made.go(url)
        return made

    def call(self, method: str, params: dict[str, Any] | None = None, session: str = "") -> dict[str, Any]:
        """One command of the protocol and its result."""
        self._number += 1
        sent = {"id": self._number, "method": method, "params": params or {}}
        if session:
            sent["sessionId"] = session
        _write(self._out, json.dumps(sent).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        while True:
            message = self.next(end)
            assert message is not None, f"no answer to {method}"
            if message.get("id") == self._number:
                assert "error" not in message, f"{method}: {message['error']}"
                found: dict[str, Any] = message["result"]
                return found

    def next(self, end: float) -> dict[str, Any] | None:
        """The next message, told to the page that it is of; None where none comes until `end` (time.monotonic)."""
        while b"\0" not in self._came:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return None
            part = os.read(self._in, 1 << 20)
            assert part, f"Chromium ended with {self._process.wait(PATIENCE)}"
            self._came += part
        text, _, self._came = self._came.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        page = self.pages.get(message.get("sessionId", ""))
        if page is not None and "method" in message:
            page.hear(message["method"], message["params"])
        return message

    def close(self) -> None:
        # What the browser still writes is not read any more; the ends of the pipes tell it to stop.
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


LEFT = "Inspected target navigated or closed"


class Page:
    """One page. `complaints`: what its console said of errors and warnings, its own and those of the browser, such as
    a script that the content security policy refused."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser = browser
        self._session = session
        self._target = target
        self._loaded = 0
        self.complaints: list[str] = []

    def call(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """One command of the protocol for this page."""
        return self._browser.call(method, params, self._session)

    def go(self, url: str) -> None:
        """Loads an address, with all that its page names."""
        before = self._loaded
        found = self.call("Page.navigate", {"url": url})
        assert "errorText" not in found, f"{url}: {found['errorText']}"
        end = time.monotonic() + PATIENCE
        while self._loaded == before:
            assert self._browser.next(end) is not None, f"{url} never loaded"

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise; what it throws fails the test."""
        wanted = {"expression": script, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        found = self.call("Runtime.evaluate", wanted)
        assert "exceptionDetails" not in found, f"{script}: {found['exceptionDetails']}"
        return found["result"].get("value")

    def until(self, script: str, patience: float = PATIENCE) -> Any:
        """Waits until an expression is true, and gives what it was."""
        end = time.monotonic() + patience
        while True:
            try:
                found = self.run(script)
            except AssertionError as error:
                # A page that is just left answers nothing.
                if LEFT not in str(error):
                    raise
                found = None
            if found:
                return found
            assert time.monotonic() < end, f"it never came to this: {script}; the page says {self.complaints}"
            self._browser.next(time.monotonic() + 0.02)

    def size(self, width: int, height: int, scale: float = 1) -> None:
        """The viewport in CSS pixels; `scale`: how many points of a picture one of them has."""
        wanted = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", wanted)

    def colours(self, *, dark: bool) -> None:
        """What the person prefers, as `prefers-color-scheme` tells the page."""
        wanted = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", {"features": [wanted]})

    def front(self) -> None:
        """The page comes to the front, so that the others of its window are hidden."""
        self.call("Page.bringToFront")

    def shot(self, file: Path | None = None, *, whole: bool = False) -> bytes:
        """A picture (PNG) of what is seen, or of the `whole` page; also written to a file where one is named."""
        found = self.call("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": whole})
        picture = base64.b64decode(found["data"])
        if file is not None:
            file.write_bytes(picture)
        return picture

    def close(self) -> None:
        """Closes the page; its browser goes on."""
        if self._browser.pages.pop(self._session, None) is not None:
            self._browser.call("Target.closeTarget", {"targetId": self._target})

    def hear(self, method: str, params: dict[str, Any]) -> None:
        """Takes what the browser tells of this page."""
        if method == "Page.loadEventFired":
            self._loaded += 1
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.complaints.append(" ".join(str(one.get("value", one.get("description"))) for one in params["args"]))


@contextlib.contextmanager
def browser(*switches: str) -> Iterator[Browser]:
    """A browser until the block ends; `switches`: more words of its command line."""
    # A helper of the browser may still write to the profile when the browser has ended.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, Browser(Path(profile), *switches) as made:
        yield made


def _pipe() -> tuple[int, int]:
    """A pipe for reading and writing, with numbers that neither is 3 or 4."""
    made = os.pipe()
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in made]
    for one in made:
        os.close(one)
    return high[0], high[1]


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
