# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What officers of the town enter each year because no sensor measures it: a CSV as `hanze goals enter` takes it."""

import csv
import io
from collections.abc import Iterator
from math import fsum

import msgspec

from hanze.feeds.havendam import areas, chance

COLUMNS = ("code", "part", "area", "period", "value", "grade", "source")

YEARS = 3

TERM = 4
"""Years from one election of the council to the next; one was in 2022."""

BASE_YEAR = 2023


class Place(msgspec.Struct, frozen=True):
    """An area of the town. `hardship`: how hard life is there, from -1 to 1; it moves many numbers at once."""

    code: str
    people: int
    hardship: float


class Share(msgspec.Struct, frozen=True):
    """A percentage: of the town in BASE_YEAR, its change in a year, and how much hardship adds. `grades`: of the number of the
    town, and of those of its neighbourhoods, empty where there are none."""

    code: str
    part: str
    base: float
    change: float
    hardship: float
    grades: tuple[str, str]
    source: str


SHARES = (
    Share("unemployment", "share", 4.3, -0.2, 1.8, ("survey", "larger"), "labour survey"),
    Share("energy-poverty", "share", 6.8, -0.5, 3.5, ("larger", "larger"), "national model of energy poverty"),
    Share("feel-unsafe", "share", 15.0, 0.6, 6.0, ("survey", "survey"), "safety survey"),
    Share("child-poverty", "share", 5.2, -0.3, 0.0, ("measured", ""), "statistics of incomes"),
    Share("housing-cost", "share", 28.5, 0.4, 0.0, ("survey", ""), "housing survey"),
    Share("internet-home", "share", 97.4, 0.4, 0.0, ("personal", ""), "our own guess"),
    Share("school-leavers", "share", 2.1, 0.1, 0.0, ("measured", ""), "counts of the schools"),
    Share("participatory-budget", "share", 0.3, 0.2, 0.0, ("measured", ""), "accounts of the town"),
)

TONNES = (
    ("waste-residual", "residual", 0.148, -0.008, "measured", "weights of the collector"),
    ("co2-resident", "tonnes", 6.1, -0.35, "assumed", "climate account with own assumptions"),
    ("energy-homes", "energy", 19.5, -0.9, "measured", "meters of the grid"),
    ("solar-power", "power", 0.92, 0.14, "measured", "register of panels"),
)
"""So much for each resident in BASE_YEAR, and its change in a year."""

APART = (0.245, 0.006)
"""Tonnes of waste that a resident keeps apart, and its change in a year."""

SEATS, WOMEN = 31, 13

ENTITLED = 0.79
"""Part of the residents who may vote."""

Row = tuple[str, str, str, int, float | int, str, str]


def table(year: int) -> str:
    """The numbers of the YEARS before, and of the last two elections before it; the same for the same year."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    found = places()
    for one in (*_yearly(found, range(year - YEARS, year)), *_elections(found, year)):
        rows.writerow((*one[:6], f"simulated: {one[6]}"))
    return out.getvalue()


def places() -> list[Place]:
    """The neighbourhoods."""
    told = [one["properties"] for one in areas.areas()["features"]]
    return [
        Place(one["code"], one["population"], _drawn("hardship", one["code"]))
        for one in told
        if one["level"] == "neighbourhood"
    ]


def _drawn(*names: object) -> float:
    """A number from -1 to 1 that belongs to these names."""
    return float(chance.among(chance.uniform(chance.key(0, "entered", *names), chance.indexes(0, 1)), -1.0, 1.0)[0])


def _yearly(found: list[Place], years: range) -> Iterator[Row]:
    people = sum(one.people for one in found)
    for year in years:
        since = year - BASE_YEAR
        for share in SHARES:
            yield from _share(share, found, year)
        for code, part, each, change, grade, source in TONNES:
            amount = people * (each + change * since) * (1 + 0.02 * _drawn(code, year))
            yield code, part, "", year, round(amount), grade, source
        apart = round(people * (APART[0] + APART[1] * since))
        residual = round(people * (TONNES[0][2] + TONNES[0][3] * since) * (1 + 0.02 * _drawn(TONNES[0][0], year)))
        yield "waste-separated", "apart", "", year, apart, "measured", "weights of the collector"
        yield "waste-separated", "total", "", year, apart + residual, "measured", "weights of the collector"
        yield (
            "road-deaths",
            "deaths",
            "",
            year,
            round(3 + 2 * _drawn("deaths", year)),
            "measured",
            "register of accidents",
        )
        yield "women-council", "women", "", year, WOMEN + (since > 1), "measured", "list of the council"
        yield "women-council", "seats", "", year, SEATS, "measured", "list of the council"


def _share(share: Share, found: list[Place], year: int) -> Iterator[Row]:
    """The share of the town is that of its neighbourhoods together."""
    middle = share.base + share.change * (year - BASE_YEAR)
    told = {
        one.code: round(
            max(0.1, middle + share.hardship * (one.hardship + 0.2 * _drawn(share.code, one.code, year))), 1
        )
        for one in found
    }
    people = sum(one.people for one in found)
    whole = fsum(told[one.code] * one.people for one in found) / people + 0.1 * _drawn(share.code, year)
    yield share.code, share.part, "", year, round(whole, 1), share.grades[0], share.source
    if share.grades[1]:
        for one in found:
            yield share.code, share.part, one.code, year, told[one.code], share.grades[1], share.source


def _elections(found: list[Place], year: int) -> Iterator[Row]:
    last = year - 1 - (year - 1 - 2022) % TERM
    for when in (last - TERM, last):
        votes, entitled = {}, {}
        for one in found:
            entitled[one.code] = round(ENTITLED * one.people)
            votes[one.code] = round(
                entitled[one.code] * (0.53 - 0.11 * one.hardship + 0.02 * _drawn("votes", one.code, when))
            )
        for part, told in (("votes", votes), ("entitled", entitled)):
            yield "voter-turnout", part, "", when, sum(told.values()), "measured", "count of the votes"
            for code, count in told.items():
                yield "voter-turnout", part, code, when, count, "measured", "count of the votes"
