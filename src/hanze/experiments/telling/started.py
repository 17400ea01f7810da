# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How it was with the indicator of a challenge when that was published, worked out from the data that there were until then."""

from collections.abc import Mapping

import msgspec

from hanze.experiments.challenges import baseline
from hanze.experiments.challenges.call import Baseline
from hanze.experiments.telling.looked import Work
from hanze.experiments.telling.step import Place
from hanze.experiments.telling.story import Challenged
from hanze.goals.computing import job
from hanze.goals.computing.compute import earlier, period
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import areas
from hanze.goals.keeping.values import Worth
from hanze.ngsild import times
from hanze.store.base import Store


def started(
    told: Challenged, place: Place, store: Store, definitions: Mapping[str, Definition], work: Work
) -> Baseline | None:
    """None where no indicator of the city goes with it. The value is that of the last period that was over."""
    one = definitions.get(told.indicator)
    if one is None:
        return None
    at, zone, look = place.moment(told.published), str(place.zone), store.looking()
    asked = baseline.Job(look, at, zone, place.city, one, told.area, told.call.weeks, told.call.streets)
    found: Baseline = work(baseline.run, asked)
    before = earlier(one, period(one, at, place.zone), 1, place.zone)
    wanted = job.Job(look, zone, at, definitions, [one.code], [before.start])
    worth = next((each for each in work(job.run, wanted) if each.area == _area(told, store)), None)
    return _with(found if told.call.weeks else msgspec.structs.replace(found, smallest=None), worth)


def _area(told: Challenged, store: Store) -> str:
    """That of the challenge, else the whole city."""
    return told.area or next((one.area.code for one in areas.read(store) if not one.area.parent), "")


def _with(found: Baseline, worth: Worth | None) -> Baseline:
    if worth is None:
        return msgspec.structs.replace(found, value=None, start="", end="")
    return msgspec.structs.replace(
        found, value=worth.value, start=times.text(worth.start), end=times.text(worth.end),
        simulated=worth.receipt.simulated,
    )  # fmt: skip
