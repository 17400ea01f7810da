# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes pictures of what people meet into docs/shots, from real runs: screens of the command, and every page of the site."""

import base64
import contextlib
import itertools
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pyotp
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text
from tests.browser import browser

from hanze.web import cookies

OUT = Path(__file__).parent / "shots"
WIDTH = 100

CSV = "station,time,no2\nmarket,2026-01-01 12:00,31.5\nharbour,2026-01-01 12:00,n/a\nmarket,2026-01-01 13:00,28.0\n"
MAPPING = """type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "time"
zone = "Europe/Amsterdam"
[[attribute]]
name = "no2"
column = "no2"
unit = "GQ"
"""

SCREENS: dict[str, tuple[str, ...]] = {
    "help": ("hanze --help",),
    "first-node": ("hanze init my-city --name 'My City'", "hanze doctor --folder my-city"),
    "load": (
        "hanze load air.csv --mapping air.toml --folder my-city",
        "cat air.csv.rejected.csv",
        "hanze get urn:ngsi-ld:AirQualityObserved:market --simplified --folder my-city",
    ),
    "keys": (
        "hanze key create --role reader --name 'open data portal' --expires 2030-01-01T00:00:00Z --folder my-city",
        "hanze key list --folder my-city",
    ),
    "errors": (
        "hanze serve elsewhere",
        "hanze load air.csv --folder my-city",
        "hanze restore air.csv --folder my-city",
    ),
}
"""Name of the picture to the commands on it, which are run one after the other in one folder."""


PAGES = {
    "front": "",
    "find": "find?q=Oude+Rede",
    "help": "help",
    "words": "words",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "about": "about",
    "now": "now",
    "developers": "developers",
    "data": "data",
    "data-type": "data/type?type=AirQualityObserved",
    "data-map": "data/type?type=AirQualityObserved&view=map&column=no2",
    "sources": "sources",
    "rules": "rules",
    "mails": "demo/mails",
    "sign-in": "sign-in",
    "roles": "roles",
    "follow": "follow?thing=urn:ngsi-ld:AirQualityObserved:havendam:01",
}
"""Name of the picture to the address of the page, after the language."""

SIGNED_IN = {
    "account": "account",
    "where-signed-in": "account/signed-in",
    "second-factor": "account/second",
    "desk": "desk",
    "people": "people",
    "invite": "people/invite",
}
"""The same for pages of who is signed in."""

SIZES = ((390, 844), (1280, 800))


def main() -> None:
    OUT.mkdir(exist_ok=True)
    screens()
    pages()


def pages() -> None:
    """Every page of Havendam: in each language, for a phone and a desk, light and dark."""
    with tempfile.TemporaryDirectory() as place, havendam(Path(place) / "node") as address, browser() as chromium:
        session = signed_in(Path(place) / "node", address)
        for name, path in (PAGES | SIGNED_IN).items():
            for code, (width, height), dark in itertools.product(("nl", "en"), SIZES, (False, True)):
                page = chromium.page("about:blank", width=width, height=height, dark=dark)
                told = {"name": cookies.SESSION, "value": session if name in SIGNED_IN else "", "url": address}
                page.call("Network.setCookie", told)
                page.go(f"{address}/{code}/{path}")
                page.until("document.querySelector('[data-library]:not([data-moving])') === null")
                time.sleep(1)
                file = OUT / f"{name}-{code}-{width}-{'dark' if dark else 'light'}.webp"
                shot = {"format": "webp", "quality": 70, "captureBeyondViewport": True}
                file.write_bytes(base64.b64decode(page.call("Page.captureScreenshot", shot)["data"]))
                page.close()
                print(f"wrote {file}")


def signed_in(folder: Path, address: str) -> str:
    """The session of an administrator who came by an invitation and made a second factor."""
    words = ["hanze", "person", "invite", "mia@havendam.example", "--role", "administrator", "--language", "en"]
    found = re.search(r"/en/invitation\?\S+", run(shlex.join([*words, "--folder", str(folder)]), folder))
    assert found is not None, "nobody could be invited"
    path = found[0]
    with httpx2.Client(base_url=address, headers={"origin": address}, timeout=20) as browser:
        token = _value(browser.get(path).text, "form-token")
        browser.post(path, data={"form-token": token, "name": "Mia Visser"})
        page = browser.get("/en/sign-in/code").text
        secret = _value(page, "secret")
        filled = {"form-token": _value(page, "form-token"), "secret": secret, "code": pyotp.TOTP(secret).now()}
        browser.post("/en/sign-in/code", data=filled)
        return str(browser.cookies[cookies.SESSION])


def _value(html: str, field: str) -> str:
    found = re.search(rf'name="{field}" value="([^"]+)"', html)
    assert found is not None, f"there is no field {field}"
    return found[1]


@contextlib.contextmanager
def havendam(folder: Path) -> Iterator[str]:
    """A demonstration with a month of history; where it is."""
    words = [
        sys.executable,
        "-m",
        "hanze.cli.demo",
        "--folder",
        str(folder),
        "--months",
        "1",
        "--port",
        "9790",
        "--no-browser",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        address = ""
        for line in demo.stdout:
            address = line.split()[-1].rstrip("/") if line.startswith("The site:") else address
            if line.startswith("All is there"):
                break
        try:
            yield address
        finally:
            demo.send_signal(signal.SIGINT)


def screens() -> None:
    """What the command says."""
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code, ", "")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "air.csv").write_text(CSV)
        (folder / "air.toml").write_text(MAPPING)
        for name, commands in SCREENS.items():
            console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
            for command in commands:
                console.print(Text(f"$ {command}", style="bold"))
                console.print(Text(run(command, folder)))
            svg = console.export_svg(title="hanze", code_format=template, unique_id=name)
            ET.fromstring(svg)
            (OUT / f"{name}.svg").write_text(svg, "utf-8")
            print(f"wrote {OUT / name}.svg")


def run(command: str, folder: Path) -> str:
    """What the command says, without the key that it may show."""
    words = shlex.split(command)
    if words[0] == "hanze":
        words = [sys.executable, "-m", "hanze.cli", *words[1:]]
    told = subprocess.run(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment()
    )
    return re.sub(r"hz_[\w-]+", "hz_…", told.stdout)


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}


if __name__ == "__main__":
    main()
