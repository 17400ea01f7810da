# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cities to take pictures of: Havendam with a month of history, one in which nothing is yet, and who is signed in there."""

import contextlib
import itertools
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pyotp

from docs import screens
from hanze.web import cookies
from hanze.web.people.roles import ROLES

DROPPED = (
    "tree,species,lat,lon,height_m\n1,linden,52.0952,4.2631,12.5\n2,oak,52.0961,4.2655,9\n3,birch,52.0969,4.2672,high\n"
)
"""A file of which one row cannot be taken."""


@contextlib.contextmanager
def havendam(folder: Path, port: int = 9790) -> Iterator[str]:
    """Where a demonstration runs, as soon as all of it is there."""
    words = ["hanze.cli.demo", "--folder", str(folder), "--months", "6", "--port", str(port), "--no-browser"]
    with _running(words) as node:
        assert node.stdout is not None
        lines = itertools.takewhile(lambda line: not line.startswith("All is there"), node.stdout)
        found = [line.split()[-1].rstrip("/") for line in lines if line.startswith("The site:")]
        _valued(found[0])
        yield found[0]


def _valued(address: str) -> None:
    """Waits until its indicators have numbers and its goals points, which comes within two minutes."""
    for _ in range(240):
        if "of 100 points" in httpx2.get(f"{address}/en/goals/goal?number=12").text:
            return
        time.sleep(0.5)
    raise TimeoutError("the goals of the city have no points after two minutes")


@contextlib.contextmanager
def empty(folder: Path, port: int = 9791) -> Iterator[str]:
    """Where a city runs that was just made."""
    screens.run(shlex.join(["hanze", "init", str(folder), "--name", "Nieuwstad"]), folder.parent)
    address = f"http://127.0.0.1:{port}"
    with _running(["hanze.cli", "serve", str(folder), "--port", str(port)]):
        for _ in range(300):
            with contextlib.suppress(httpx2.TransportError):
                if httpx2.get(f"{address}/health").status_code == 200:
                    break
            time.sleep(0.1)
        yield address


@contextlib.contextmanager
def _running(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True) as node:
        try:
            yield node
        finally:
            node.send_signal(signal.SIGINT)


def administrator(folder: Path, address: str) -> str:
    """The session of an administrator, who has all other roles too, who came by an invitation and made a second factor."""
    roles = [word for role in ROLES for word in ("--role", role)]
    words = ["hanze", "person", "invite", "mia@havendam.example", *roles, "--language", "en"]
    told = screens.run(shlex.join([*words, "--folder", str(folder)]), folder)
    found = re.search(r"/en/invitation\?\S+", told)
    assert found is not None, f"nobody could be invited: {told}"
    path = found[0]
    with _browser(address) as browser:
        token = _value(browser.get(path).text, "form-token")
        browser.post(path, data={"form-token": token, "name": "Mia Visser"})
        page = browser.get("/en/sign-in/code").text
        secret = _value(page, "secret")
        filled = {"form-token": _value(page, "form-token"), "secret": secret, "code": pyotp.TOTP(secret).now()}
        browser.post("/en/sign-in/code", data=filled)
        return str(browser.cookies[cookies.SESSION])


def dropped(address: str, session: str) -> str:
    """The number of a file that was dropped and is not loaded yet."""
    with _browser(address) as browser:
        browser.cookies.set(cookies.SESSION, session)
        token = _value(browser.get("/en/data/drop").text, "form-token")
        files = {"file": ("trees.csv", DROPPED, "text/csv")}
        answer = browser.post("/en/data/drop", data={"form-token": token}, files=files)
        return answer.headers["location"].partition("drop=")[2]


def loaded(address: str, session: str) -> str:
    """The number of a file that was dropped and loaded."""
    drop = dropped(address, session)
    with _browser(address) as browser:
        browser.cookies.set(cookies.SESSION, session)
        token = _value(browser.get(f"/en/data/drop/look?drop={drop}").text, "form-token")
        browser.post(f"/en/data/drop/load?drop={drop}", data={"form-token": token})
    return drop


def _browser(address: str) -> httpx2.Client:
    return httpx2.Client(base_url=address, headers={"origin": address}, timeout=20)


def _value(html: str, field: str) -> str:
    found = re.search(rf'name="{field}" value="([^"]+)"', html)
    assert found is not None, f"there is no field {field}"
    return found[1]
