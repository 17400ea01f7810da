# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Before and after of a plan, as rows for each of the three dimensions; what cannot be told says so."""

from collections.abc import Iterator, Sequence

import msgspec

from hanze.goals.keeping.plans import Plan
from hanze.goals.pages import told, wording
from hanze.goals.pages.told import Place
from hanze.goals.pages.uses import KM, count, share, surface
from hanze.goals.plans.assumptions import Range
from hanze.goals.plans.effects import Effects
from hanze.web.drawing.words import Words, measure
from hanze.web.language import mark as _
from hanze.web.room import Visit

MEASURED = ("air-no2-year", "air-pm25-year", "noise-lden")
"""Indicators of what is measured where people live; what a plan does to them needs a model that is not here."""

LEAST_EDGE = 0.05
"""Kilometres."""


class Row(msgspec.Struct, frozen=True):
    """`now` and `then` are said, with units; `address`: of more about it, empty where there is none."""

    what: str
    now: str
    then: str
    address: str = ""


class Group(msgspec.Struct, frozen=True):
    """One of the dimensions."""

    key: str
    name: str
    rows: list[Row]


class _Saying(msgspec.Struct, frozen=True):
    visit: Visit
    plan: Plan
    found: Effects

    @property
    def words(self) -> Words:
        return self.visit.language.words

    def __call__(self, text: str) -> str:
        return self.visit.language.say(text)

    @property
    def unknown(self) -> str:
        return self(_("not known"))


def groups(visit: Visit, plan: Plan, areas: Sequence[Place]) -> list[Group]:
    """Of a plan that is worked out; `areas`: in which it lies, the largest part first."""
    assert plan.outcome is not None
    say = _Saying(visit, plan, plan.outcome.effects)
    made = {
        "liveability": [*_near(say, "green", _("Green within %(metres)s, %(who)s")), *_measured(say, areas)],
        "sustainability": list(_land(say)),
        "inclusivity": [*_people(say), *_near(say, "stop", _("A stop within %(metres)s, %(who)s"))],
    }
    return [Group(key, say(wording.DIMENSIONS[key]), rows) for key, rows in made.items() if rows]


def _near(say: _Saying, key: str, text: str) -> Iterator[Row]:
    """Of those beside the plan, and of those in new homes."""
    one = say.found.near.get(key)
    if one is None:
        return
    metres = measure(say.words.fixed(one.metres, 0), "m")
    if one.now is not None:
        beside = say(text) % {"metres": metres, "who": say(_("of those who live beside it"))}
        yield Row(
            beside,
            share(say.words, Range(one.now, one.now)),
            say.unknown if one.then is None else share(say.words, one.then),
        )
    if one.new is not None:
        new = say(text) % {"metres": metres, "who": say(_("of those in the new homes"))}
        yield Row(new, "\u2013", share(say.words, one.new))


def _measured(say: _Saying, areas: Sequence[Place]) -> Iterator[Row]:
    """What is measured there now; of the first area that has a number, else of what it lies in."""
    known = told.known(say.visit)
    areas = [*areas, *(told.above(say.visit, areas[0]) if areas else ())]
    found = told.found(say.visit, MEASURED, [one.code for one in areas])
    for code in MEASURED:
        there = [one for area in areas if (one := found.get((code, area.code))) is not None and one.value is not None]
        if there and there[0].value is not None and code in known.indicators:
            definition = known[code]
            where = next(area.name for area in areas if area.code == there[0].facts.area)
            name = f"{definition.name[say.visit.language.code]} ({where})"
            number = wording.number(say.visit.language, definition, there[0].value)
            address = say.visit.address("goals/indicator", code=code, area=there[0].facts.area)
            yield Row(name, number, say(_("cannot be told")), address)


def _land(say: _Saying) -> Iterator[Row]:
    before, after = say.found.farmland
    if before or after:
        now, then = surface(say.words, before, after), surface(say.words, after, before)
        yield Row(say(_("Farmland in the city")), now, then)
    lost = before - after
    if lost > 0 and before:
        part = measure(say.words.number(float(f"{100 * lost / before:.2g}")), "%")
        yield Row(say(_("Farmland that is lost")), "\u2013", f"{surface(say.words, lost)}, {part}")
    if say.found.built is not None:
        now, then = (measure(say.words.fixed(one, 1), "%") for one in say.found.built)
        yield Row(say(_("Land of the city for homes and work")), now, then)
        yield Row(say(_("Urban edge")), "\u2013", _edge(say))


def _edge(say: _Saying) -> str:
    length = measure(say.words.fixed(abs(say.found.edge), 1), KM)
    if abs(say.found.edge) < LEAST_EDGE:
        return say(_("as long as now"))
    return (say(_("%(length)s longer")) if say.found.edge > 0 else say(_("%(length)s shorter"))) % {"length": length}


def _people(say: _Saying) -> Iterator[Row]:
    residents, homes, newcomers = say.found.residents, say.found.homes, say.found.newcomers
    now = say.unknown if residents is None else count(say.words, residents)
    then = now
    if newcomers is not None and residents is not None:
        then = count(say.words, Range(residents.low + newcomers.low, residents.high + newcomers.high))
    elif say.plan.facts.use != "homes" and residents is not None and residents.high >= 1:
        then = say(_("0; all of them would have to move"))
    yield Row(say(_("People who live in the plan")), now, then)
    if homes is not None:
        yield Row(say(_("New homes")), "\u2013", count(say.words, homes))
    if say.found.around is not None:
        around = count(say.words, Range(say.found.around, say.found.around))
        yield Row(say(_("People who live beside it")), around, around)
