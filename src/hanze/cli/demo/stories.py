# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was tried in Havendam, told by stories whose days lie before the day on which the demonstration is made; all made up."""

import contextlib
import re
import urllib.request
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import msgspec

from hanze.cli.demo.node import hanze
from hanze.cli.folder import hand
from hanze.experiments import model
from hanze.feeds.making import urn

STORIES = {"street": "buurtpoort", "help-desk": "aanhaakpunt", "deliveries": "avondkar"}
"""A measure that works, a service of which nobody can tell, and one that does harm and stops by itself: each with the code of its
trial."""

CALLS = {"open-call": "stille-vuurtorenlaan"}
"""A call that is open, with the code of its challenge."""

FOLDER = "stories"

NEEDED = 208
"""Days of history that the longest of them rests on; with fewer, their days come closer to each other."""

SHORTEST = 2
"""Months of history; with fewer nothing is told, since there is nothing to compare with."""

ENDED = ("street", "help-desk")
"""Those that are over."""

WAIT = "240"
"""Seconds for a verdict."""

HARMFUL, PARTNER = "deliveries", "De Avondkar"
AGREEMENT = urn(model.AGREEMENT.name, "havendam", "avondkar")

_DAY = re.compile(r"@([+-]?\d+)(?:\+(\d+))?")
_DAYS = re.compile(r"~(\d+)")
_PLANTED = re.compile(r"^#: (.+)$", re.MULTILINE)


def write(folder: Path, months: int, today: date) -> list[str]:
    """Writes the stories into the folder; what the simulator has to plant for them, a line each."""
    if months < SHORTEST:
        return []
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    planted: list[str] = []
    for name in (*STORIES, *CALLS):
        content = (files("hanze.cli.demo") / "stories" / f"{name}.toml").read_text("utf-8")
        content = dated(content, min(1.0, (30 * months - 1) / NEEDED) if name in ENDED else 1.0, today)
        (place / f"{name}.toml").write_text(content, "utf-8")
        planted += _PLANTED.findall(content)
    return planted


def dated(content: str, part: float, today: date) -> str:
    """With days in the place of `@-94` (94 days before `today`), or this `part` of them; `@-94+1`: the day after."""

    def day(match: re.Match[str]) -> str:
        number = int(match[1])
        scaled = number if number >= 0 else min(-1, round(number * part))
        return (today + timedelta(days=scaled + int(match[2] or 0))).isoformat()

    return _DAYS.sub(lambda match: str(max(1, round(int(match[1]) * part))), _DAY.sub(day, content))


def tell(folder: Path, address: str) -> list[str]:
    """To the node that runs (at `address`), once all data are there; what was told before stays as it is. What there is to try
    then, each a line for a shell."""
    lines: list[str] = []
    for name, code in (STORIES | CALLS).items():
        file = folder / FOLDER / f"{name}.toml"
        if not file.exists():
            continue
        if not _is_there(address, "challenges" if name in CALLS else "trials", code):
            hanze(["experiments", "tell", str(file), "--folder", str(folder)])
        lines += _harmful(folder, address) if name == HARMFUL else []
        file.replace(_told(file))
    return lines


def _is_there(address: str, what: str, code: str) -> bool:
    """It was told, by a start that was interrupted then."""
    with urllib.request.urlopen(f"{address}/v1/{what}") as answer:
        return code in {one["code"] for one in msgspec.json.decode(answer.read())["items"]}


def _told(file: Path) -> Path:
    """What a story is called of which only the end was not told yet."""
    return file.with_suffix(".told.toml")


def follow(folder: Path) -> None:
    """What followed the trials that are over, once the node has judged them. Where that takes too long, the demonstration goes on,
    and its next start tries again."""
    for name in ENDED:
        file = _told(folder / FOLDER / f"{name}.toml")
        if file.exists():
            with contextlib.suppress(SystemExit):
                hanze(["experiments", "tell", str(file), "--after", "--wait", WAIT, "--folder", str(folder)])
                file.replace(file.with_suffix(".done"))


def _harmful(folder: Path, address: str) -> list[str]:
    """The key of the partner of the trial that will stop, which opens nothing any more from then on."""
    with hand(folder, "make demo") as node:
        made = node.run("key.create", {"role": "reader", "name": PARTNER, "agreement": AGREEMENT})
    url = f"{address}/ngsi-ld/v1/entities?type=NoiseLevelObserved&limit=1&options=simplified"
    return [
        "", "A trial that does harm stops by itself in the coming night; its data agreement and the key of its partner end too.",
        f"To see that within a minute: hanze clock {folder} --rate 3600", "",
        f"  {'its page':24} {address}/en/trial?id={STORIES[HARMFUL]}",
        f"  {'its partner reads':24} curl -s -H 'Authorization: Bearer {made['text']}' '{url}'", "",
    ]  # fmt: skip
