# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done in Havendam before its pictures are taken, so that each form stands there while it can be filled in."""

import re
import time
from datetime import datetime
from pathlib import Path

import httpx2
from tests.walks import calls
from tests.walks.person import Person

from hanze.cli.demo import stories
from hanze.cli.demo.node import hanze
from hanze.feeds.havendam.schedule import ZONE
from hanze.web import cookies

STORIES = Path(__file__).parent / "stories"

CLOSED = "koel-plein"
"""Code of the call that is judged."""

PARTNER = "De Boomwacht"

STOPPED = "avondkar"
"""Of the trial that stops by itself, since it does harm."""

PATIENCE = 180
"""Seconds in which the night comes when the clock runs on."""


def done(folder: Path, address: str, session: str) -> dict[str, str]:
    """Tells the stories, and somebody with all roles begins a challenge, a trial and an agreement, speaks for an organisation and
    sits in a jury; what stands in addresses in the place of each."""
    _tell(folder)
    return _act(address, session)


def _tell(folder: Path) -> None:
    """All stories, with the days of today."""
    for file in sorted(STORIES.glob("*.toml")):
        dated = folder / f"pictured-{file.name}"
        dated.write_text(stories.dated(file.read_text("utf-8"), 1.0, datetime.now(ZONE).date()), "utf-8")
        hanze(["experiments", "tell", str(dated), "--folder", str(folder)])


def _act(address: str, session: str) -> dict[str, str]:
    with Person(address) as mia:
        mia.client.cookies.set(cookies.SESSION, session)
        mia.open("/en/organisation")
        mia.send(
            "Save", name="Straat en Co", contact="mia@straat.example", kind="company", size="micro", locality="city"
        )
        mia.open(f"/en/jury/members?id={CLOSED}")
        mia.send("Invite for the jury", mail="mia@havendam.example")
        calls.judged(mia, CLOSED, (4, 3))
        return {"challenge": _challenge(mia), "trial": _trial(mia), "agreement": _agreement(mia)}


def _challenge(mia: Person) -> str:
    mia.open("/en/challenges/new")
    problem = "Op vrijdag staan er honderden fietsen op de stoep."
    mia.send("Save, and go on", name="Ruimte op de stoep", problem=problem, weeks="8", streets="2")
    return _code(mia)


def _trial(mia: Person) -> str:
    """Which is judged by a table that is still to be loaded."""
    mia.open("/en/trials/new")
    question = "Worden meer boeken geleend als de bibliotheek op zondag open is?"
    mia.send("Open this trial", name="Zondag in de bieb", question=question, description="Tien zondagen open.")
    code = _code(mia)
    mia.open(f"/en/trial/plan?id={code}")
    mia.send("Save and go on", hypothesis="Er worden meer boeken geleend.", better="higher", kind="table")
    mia.send("Save and go on", unit_column="filiaal", time_column="dag", column="geleend")
    return code


def _agreement(mia: Person) -> str:
    mia.open("/en/agreement/draft?types=NoiseLevelObserved")
    today = datetime.now(ZONE).date()
    answers: dict[str, str | list[str]] = {
        "name": "Geluid voor De Boomwacht", "about": "Om te horen of het onder bomen stiller is.",
        "partner": _option(mia, PARTNER), "coarse-0": ["LAeq"], "level-0": "P1D", "purpose": "trial",
        "starts": str(today), "ends": f"{today.year + 1}-06-30", "contact": "data@havendam.example",
    }  # fmt: skip
    mia.send("Save the draft", None, **answers)
    mia.send("Offer it to the partner")
    return _code(mia)


def _option(mia: Person, text: str) -> str:
    """What is sent for this line of a list."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(text)}<', mia.page)
    assert found is not None, f"no line of a list says {text!r} at {mia.at}"
    return found[1]


def _code(mia: Person) -> str:
    return str(httpx2.URL(f"http://here{mia.at}").params["id"])


def stop(folder: Path, address: str) -> None:
    """Lets the clock run into the night in which the trial that does harm stops, until it is judged."""
    _clock(folder, 3600)
    try:
        for _ in range(PATIENCE):
            if httpx2.get(f"{address}/v1/trials/{STOPPED}").json()["status"] == "evaluated":
                return
            time.sleep(1)
    finally:
        _clock(folder, 1)
    raise TimeoutError(f"the trial {STOPPED} was not stopped and judged after {PATIENCE} seconds")


def _clock(folder: Path, rate: int) -> None:
    hanze(["clock", str(folder), "--rate", str(rate)])
