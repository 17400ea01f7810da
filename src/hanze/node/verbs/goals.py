# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas of the city are told, values of indicators are shown and verified."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import shapely

from hanze.access import audit
from hanze.access.owned import of_room
from hanze.access.principal import ADMINISTER, OPERATOR, OVERSEE
from hanze.errors import BadRequestData
from hanze.goals.areas.area import Area, Level
from hanze.goals.areas.land import Piece
from hanze.goals.computing.job import Job, run
from hanze.goals.computing.scene import Place, Scene
from hanze.goals.keeping import areas, history, values
from hanze.goals.keeping import land as kept
from hanze.goals.keeping.values import Worth
from hanze.goals.land import working
from hanze.goals.land.cutting import Lands
from hanze.goals.model import ROOM, VALUE, ValueFacts
from hanze.goals.verifying import open_share, verdict
from hanze.ngsild import times
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import Store, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING

Kept = tuple[ValueFacts, int]
"""A value, and the start of its period in microseconds."""


class Drawn(msgspec.Struct, frozen=True):
    """An area; `shape`: WKB in degrees, empty where it has none."""

    code: str
    name: str
    level: Level
    parent: str | None
    shape: bytes
    people: float | None = None
    simulated: bool = False


class Areas(msgspec.Struct, frozen=True):
    areas: list[Drawn]
    people: dict[str, float] = {}


class Land(msgspec.Struct, frozen=True):
    """`pieces`: uses of land with their shapes (WKB in degrees)."""

    year: int
    pieces: list[tuple[str, bytes]]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`code`: of an indicator, `area`: the code of an area; empty for all. `past`: also of periods that are over."""

    code: str = ""
    area: str = ""
    past: bool = False


class Row(msgspec.Struct, frozen=True):
    """`start`: the first day of its period, by the city's clock. `verdict`: of a check; empty where nothing was checked."""

    code: str
    area: str
    start: str
    value: float | None
    unit: str
    why: str
    coverage: float
    verdict: str = ""


def _areas(desk: Desk, given: Areas, progress: Progress) -> list[str]:
    store = of_room(desk.store, ROOM)
    new = [_area(one) for one in given.areas]
    known = areas.read(store)
    placed = areas.placed(known, new)
    city = desk.config.city.code

    def work(uow: UnitOfWork) -> None:
        areas.write(uow, city, placed.areas, known, given.people)
        audit.note(uow, OPERATOR.name, "areas", new[0].level, count=len(new))

    maps = kept.lands(store)
    store.submit(work).result()
    _cut_again(store, city, {one.area.code: one.area for one in known}, maps)
    return [finding.told() for finding in placed.findings]


def _cut_again(store: Store, city: str, before: Mapping[str, Area], maps: Mapping[int, Lands]) -> None:
    """Maps of land follow the smallest areas where these are others now."""
    known = areas.read(store)
    leaves = _leaves(known)
    shapes = [(one.code, one.geometry) for one in leaves]
    if maps and shapes != [(code, before[code].geometry) for code, _ in shapes if code in before]:
        for worked in working.again(leaves, maps):
            store.submit(lambda uow: areas.use(uow, city, known, worked)).result()  # noqa: B023


def _leaves(known: Sequence[Place]) -> list[Area]:
    """The smallest areas that have a shape."""
    return [one.area for one in Scene(known).smallest if one.area.geometry is not None]


def _land(desk: Desk, given: Land, progress: Progress) -> int:
    store = of_room(desk.store, ROOM)
    known = areas.read(store)
    if not known:
        raise BadRequestData("The city has no areas yet; tell them first: hanze goals areas FILE.")
    pieces = [Piece(use, shapely.from_wkb(shape)) for use, shape in given.pieces]
    worked = desk.work(working.work, _leaves(known), pieces, given.year, kept.lands(store))
    city = desk.config.city.code

    def work(uow: UnitOfWork) -> None:
        areas.use(uow, city, known, worked)
        audit.note(uow, OPERATOR.name, "land", str(given.year), count=len(given.pieces))

    store.submit(work).result()
    return len(worked.lands)


def _area(one: Drawn) -> Area:
    shape = shapely.from_wkb(one.shape) if one.shape else None
    return Area(one.code, one.name, one.level, one.parent, shape, one.people, one.simulated)


def _values(desk: Desk, given: Asked, progress: Progress) -> list[Row]:
    return [_row(facts, start, desk.config.city.timezone) for facts, start in _kept(desk, given)]


def _kept(desk: Desk, given: Asked) -> list[Kept]:
    """The values that are asked for, by indicator, area and period, each with the start of its period."""
    found = every(desk.store, EntitySelection(types=TypeIs(VALUE.iri)), EVERYTHING)
    told = [(one.id, VALUE.facts_of(one, ValueFacts), values.moment(one)) for one in found]
    wanted = [one for one in told if given.code in ("", one[1].indicator) and given.area in ("", one[1].area)]
    if not wanted:
        raise BadRequestData(
            f"There is no value of {given.code or 'any indicator'} for {given.area or 'any area'} yet; "
            "they are worked out while the node runs."
        )
    rows = [(facts, at) for _, facts, at in wanted]
    if given.past:
        rows += [one for id, facts, at in wanted for one in _past(desk, id, facts, at)]
    return sorted(rows, key=lambda one: (one[0].indicator, one[0].area, one[1]))


def _past(desk: Desk, id: str, facts: ValueFacts, current: int) -> list[Kept]:
    """What the history says of the periods before the current one."""
    return [
        (msgspec.structs.replace(facts, **{"kpiValue": None, "receipt": None, **told.facts}), start)
        for start, told in history.history(desk.store, VALUE, id).items()
        if start < current
    ]


def _row(facts: ValueFacts, start: int, zone: str, verdict: str = "") -> Row:
    day = datetime.fromtimestamp(start / 1e6, ZoneInfo(zone)).date().isoformat()
    receipt: Mapping[str, object] = facts.receipt or {}
    coverage = receipt.get("coverage", 0.0)
    assert isinstance(coverage, int | float)
    why = str(receipt.get("why", ""))
    return Row(facts.indicator, facts.area, day, facts.kpiValue, facts.unit, why, float(coverage), verdict)


def _check(desk: Desk, given: Asked, progress: Progress) -> list[Row]:
    """Works each value out once more, as of the moment of its receipt, from the data that are there now."""
    kept = _kept(desk, given)
    definitions = indicators.definitions(desk.folder)
    rows: list[Row] = []
    for number, ((code, at), told) in enumerate(sorted(_together(kept).items())):
        progress({"done": number, "code": code})
        again: dict[tuple[str, int], Worth] = {}
        if code in definitions:
            job = Job(
                desk.store.looking(), desk.config.city.timezone, times.parse(at), definitions, [code],
                [start for _, start in told], open=open_share(desk.store, desk.access),
            )  # fmt: skip
            again = {(one.area, one.start): one for one in desk.work(run, job)}
        rows += [
            _row(facts, start, desk.config.city.timezone, verdict(facts, again.get((facts.area, start))))
            for facts, start in told
        ]
    return rows


def _together(kept: Sequence[Kept]) -> dict[tuple[str, str], list[Kept]]:
    """By indicator and the moment at which values were worked out."""
    found: dict[tuple[str, str], list[Kept]] = {}
    for facts, start in kept:
        found.setdefault((facts.indicator, str((facts.receipt or {}).get("at", ""))), []).append((facts, start))
    return found


LAND = Verb(Land, ADMINISTER, _land)
AREAS = Verb(Areas, ADMINISTER, _areas)
VALUES = Verb(Asked, OVERSEE, _values)
CHECK = Verb(Asked, OVERSEE, _check)
