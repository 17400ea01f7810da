# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the folder of the demonstration: a node of Havendam, open about what it has, with the simulator as its source."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from hanze.cli.demo import journey, stories
from hanze.cli.demo.node import hanze
from hanze.experiments import model as experiments
from hanze.feeds.havendam import areas, city, entered, land, plan
from hanze.feeds.havendam.marks import PROVIDER
from hanze.feeds.havendam.schedule import ZONE
from hanze.feeds.health import SOURCE as SOURCES
from hanze.feeds.source import Feed
from hanze.goals.model import TYPES
from hanze.node import config, sources
from hanze.web.language import mark as _

NAME = "havendam"

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"

MAP, AREAS, NUMBERS = "map.geojson", "areas.geojson", "numbers.csv"

PLAN, ABOUT = "Molenakker Oost", _("Made up, to show how this page works: homes in the fields east of the mill.")
"""The plan: a name of a place, and a text of the catalogues."""

DEMO = f"""
[site]
background = "{MAP}"

[demo]
# Its data are invented, so its time may run faster: hanze clock --rate 600
clock = true
# Nobody gets its mails; they stand on a page: /en/demo/mails
mails = true
"""


def make(folder: Path, months: int) -> None:
    """Makes what is not there yet; what is there stays as it is. Errors: ConfigurationError."""
    file = folder / config.FILE
    if not file.exists():
        hanze(["init", str(folder), "--name", "Havendam", "--code", NAME])
        public = ", ".join(
            f'"{type}"' for type in (*city.types(), SOURCES, *(one.iri for one in (*TYPES, *experiments.TYPES)))
        )
        file.write_text(file.read_text("utf-8").replace("public = []", f"public = [{public}]") + DEMO, "utf-8")
        (folder / MAP).write_bytes(msgspec.json.encode(plan.background()))
    config.load(folder)
    if not (folder / AREAS).exists():
        hanze(*_places(folder), _plan(folder), _numbers(folder), *journey.commands(folder, datetime.now(UTC).year - 1))
        (folder / f"{AREAS}.new").replace(folder / AREAS)
    if not sources.file_of(folder, NAME).exists():
        url = "simulated:havendam"
        planted = stories.write(folder, months, datetime.now(ZONE).date())
        options: dict[str, Any] = {"months": months, "pilots": planted}
        sources.add(folder, Feed(NAME, url, NAME, provider=PROVIDER, licence=LICENCE, options=options))


def _places(folder: Path) -> Iterator[list[str]]:
    """The areas of the town and what its land is used for; the file with the areas has its name when all is told."""
    told = folder / f"{AREAS}.new"
    told.write_bytes(msgspec.json.encode(areas.areas()))
    yield ["goals", "areas", str(told), "--simulated", "--folder", str(folder)]
    for one in land.maps(datetime.now(UTC).year):
        year = one["features"][0]["properties"]["year"]
        file = folder / f"land-{year}.geojson"
        file.write_bytes(msgspec.json.encode(one))
        yield ["goals", "land", str(file), "--year", str(year), "--folder", str(folder)]


def _plan(folder: Path) -> list[str]:
    """One plan, which says that it is made up."""
    drawn = land.plan()
    file = folder / "plan.geojson"
    file.write_bytes(msgspec.json.encode(drawn))
    told = drawn["properties"]
    return [
        "goals", "plan", str(file), "--name", PLAN, "--use", told["use"], "--year", str(datetime.now(UTC).year + 6), "--status",
        "proposed", "--about", ABOUT, "--least", str(told["least"]), "--most", str(told["most"]), "--simulated",
        "--code", "molenakker-oost", "--folder", str(folder),
    ]  # fmt: skip


def _numbers(folder: Path) -> list[str]:
    """What no sensor measures."""
    told = folder / NUMBERS
    told.write_text(entered.table(datetime.now(UTC).year), "utf-8")
    return ["goals", "enter", str(told), "--simulated", "--folder", str(folder)]
