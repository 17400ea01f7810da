# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town of three areas with values that are written by hand: of this year and the last one, hidden, missing, corrected."""

from pathlib import Path

import msgspec

from hanze.feeds.making import urn
from hanze.goals.keeping import scores, values
from hanze.goals.keeping.values import Worth
from hanze.goals.model import AREA, SCORE, AreaFacts, Receipt, ScoreFacts, ScoreReceipt
from hanze.goals.review import gathering, making
from hanze.goals.review.document import Document
from hanze.goals.review.gathering import Asked, Gathered
from hanze.ngsild import operations, times
from hanze.node import config
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.language import languages
from tests.goals import town
from tests.goals.town import CITY, KNOWN, NOW, ZONE

AREAS = (
    AreaFacts("Stad", "C", "city"),
    AreaFacts("Noord <b>", "N", "neighbourhood", "C", 900.0),
    AreaFacts("Zuid #x", "S", "neighbourhood", "C", 600.0),
    AreaFacts("Klein", "K", "neighbourhood", "C", 20.0),
)

LAST, THIS, NEXT = (times.parse(f"{year}-12-31T23:00:00Z") for year in (2024, 2025, 2026))
"""The starts of 2025, 2026 and 2027 by the clock of the town."""

NO2, REACH, COUNCIL = "air-no2-year", "transport-reach", "women-council"


def receipt(why: str = "", at: str = "2026-03-10T13:02:00Z") -> Receipt:
    return Receipt("d" * 64, 1, "e" * 64, 0.91, 20.0, 30.0, 2, 3, why, "measured", at, "0.1")


def worth(code: str, area: str, value: float | None, start: int, end: int, why: str = "") -> Worth:
    one = KNOWN.indicators[code]
    return Worth(code, one.name.en, one.unit, area, start, end, value, receipt(why))


WORTHS = (
    worth(NO2, "C", 31.25, LAST, THIS), worth(NO2, "C", 24.125, THIS, NEXT),
    worth(NO2, "N", 18.5, THIS, NEXT), worth(NO2, "S", 29.75, THIS, NEXT),
    worth(NO2, "K", None, THIS, NEXT, "few people"),
    worth(REACH, "C", 71.5, NOW - 1, NOW + 1),
    worth(REACH, "N", 50.0, NOW - 1, NOW + 1), worth(REACH, "S", 50.0, NOW - 1, NOW + 1),
    worth(COUNCIL, "C", None, THIS, NEXT, "not entered"),
)  # fmt: skip


def fill_folder(folder: Path) -> None:
    """The same in the folder of a node."""
    opened = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)
    fill(opened, config.load(folder).city.code)
    opened.close()


def fill(store: Store, city: str = CITY) -> None:
    """`city`: its code in ids."""

    def work(uow: UnitOfWork) -> None:
        for area in AREAS:
            uow.save("", operations.create(AREA.entity(urn(AREA.name, city, area.code), area), uow.stamp))
        values.write(uow, city, WORTHS)
        score(uow, city, "goal-11", 54.5, "orange", 2.5)
        score(uow, city, "liveability", 61.25, "yellow", None)

    store.submit(work).result()


def score(uow: UnitOfWork, city: str, subject: str, number: float, colour: str, change: float | None) -> None:
    made = ScoreReceipt(
        number + 3, number - 2, number + 2, 3, 5, change, 3, {}, "f" * 64, "2026-03-10T13:02:00Z", "0.1"
    )
    facts = ScoreFacts(subject, subject, "C", number, colour, msgspec.to_builtins(made))
    entity = SCORE.entity(scores.id_of(city, subject, "C"), facts, at="2026-02-28T23:00:00Z")
    uow.save("", operations.create(entity, uow.stamp))


def gathered(store: Store, year: int = 2026, language: str = "en") -> Gathered:
    asked = Asked(year, language, CITY, ZONE.key, NOW)
    return gathering.gather(store, EVERYTHING, asked, ZONE, KNOWN.indicators)


def document(store: Store, year: int = 2026, language: str = "en") -> Document:
    given = gathered(store, year, language)
    return making.made(given, KNOWN.indicators, "Havendam", languages()[language], town.ZONE)
