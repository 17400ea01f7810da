# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city with areas, and numbers of indicators that a test tells, in a store."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

import msgspec
import shapely

from hanze import __version__
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.computing.compute import period
from hanze.goals.computing.job import digest
from hanze.goals.computing.scores import Scoring, news
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import areas, scores, values
from hanze.goals.keeping.history import history
from hanze.goals.keeping.values import Worth
from hanze.goals.model import SCORE, Receipt, ScoreFacts, ScoreReceipt
from hanze.ngsild import times
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING

ZONE = ZoneInfo("Europe/Amsterdam")
CITY = "testdam"

CODES = ("waste-full", "air-no2-year", "noise-lden", "street-lights", "waste-full-gap")

PEOPLE = {"N": 100.0, "S": 300.0}

catalogue = cache(shipped)
"""Read once."""

Told = Mapping[str, float | None]
"""By area."""


def scale(code: str, place: float) -> float:
    """The number of an indicator that has a place, from 0 to 100."""
    one = catalogue()[code].scale
    return one.worst + place / 100 * (one.best - one.worst)


class Town:
    """A city C with two neighbourhoods, N and S."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.definitions: dict[str, Definition] = {code: catalogue()[code] for code in CODES}
        shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
        made = [Area(code, code, "neighbourhood", None, shape) for code, shape in shapes.items()]
        made.append(Area("C", "C", "city", None, shapely.box(5, 52, 5.02, 52.01)))
        store.submit(lambda uow: areas.write(uow, CITY, areas.placed([], made).areas, [], PEOPLE)).result()

    def tell(self, code: str, day: str, places: Told, *, spread: float = 0.0, why: str = "too little") -> None:
        """An indicator has numbers with these places in the period that holds a day; `spread`: their ends lie so many points away.
        They are worked out at the moment of the clock."""
        one = self.definitions[code]
        when = period(one, times.parse(f"{day}T12:00:00Z"), ZONE)

        def worth(area: str, place: float | None, at: str) -> Worth:
            value, low, high = (None if place is None else scale(code, place + by) for by in (0, -spread, spread))
            receipt = Receipt(
                digest(one),
                one.version,
                "x",
                1.0,
                low,
                high,
                1,
                1,
                why if place is None else "",
                "measured",
                at,
                __version__,
            )
            return Worth(code, one.name.en, one.unit, area, when.start, when.end, value, receipt)

        self.store.submit(
            lambda uow: values.write(uow, CITY, [worth(area, place, uow.stamp) for area, place in places.items()])
        ).result()

    def score(self, now: int) -> int:
        """All months are scored as of a moment; how many scores were news."""
        found = news(Scoring(self.store.looking(), ZONE.key, now, self.definitions, wholly=True))
        self.store.submit(lambda uow: scores.write(uow, CITY, found)).result()
        return sum(map(len, found))

    def facts(self, subject: str, area: str) -> ScoreFacts:
        kept = self.store.get("", scores.id_of(CITY, subject, area), EVERYTHING)
        assert kept is not None
        return SCORE.facts_of(kept, ScoreFacts)

    def receipt(self, subject: str, area: str) -> ScoreReceipt:
        return msgspec.convert(self.facts(subject, area).receipt, ScoreReceipt)

    def past(self, subject: str, area: str) -> dict[str, float | None]:
        """The scores of the months that stand in the history, by their starts."""
        found = history(self.store, SCORE, scores.id_of(CITY, subject, area))
        return {times.text(start): one.facts.get("score") for start, one in found.items()}
