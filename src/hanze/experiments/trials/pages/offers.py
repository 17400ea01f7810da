# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the forms of a plan offer to choose from: what is measured here, indicators, areas, and the things to compare."""

from collections.abc import Mapping, Sequence

from hanze.experiments.trials import tables
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured, Outcome, Units
from hanze.explore import measured, places
from hanze.goals.pages import told
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.web import terms
from hanze.web.forms import Choice
from hanze.web.language import mark as _
from hanze.web.room import Visit

MOST_TICKED = 80
"""Places that are offered to be ticked; more are written line by line."""

MOST_THINGS = 5_000

SEPARATOR = "|"

UNKNOWN = _("a place that is not public")


def series(visit: Visit) -> tuple[Choice, ...]:
    """What is measured here: type, attribute and the unit that it comes in."""
    return tuple(
        Choice(SEPARATOR.join((*one.names, _unit(visit, one))), measure(visit, *one.names))
        for one in measured.offered(visit.site.store, visit.scope)
    )


def measure(visit: Visit, type: str, attribute: str) -> str:
    """What is measured of what, such as: Air quality: NO2."""
    say = visit.language.say
    return f"{say(terms.subject(CORE.expand(type)))}: {say(terms.quantity(CORE.expand(attribute)).name)}"


def _unit(visit: Visit, one: measured.Measured) -> str:
    found = visit.site.store.query(
        "", EntitySelection(types=TypeIs(one.type), attributes=(one.attribute,)), visit.scope, limit=1
    )
    codes = [
        instance.get("unitCode", "")
        for entity in found.entities
        for instance in entity.attributes.get(one.attribute, [])
    ]
    return next(iter(codes), "")


def indicators(visit: Visit) -> tuple[Choice, ...]:
    """By name."""
    found = told.known(visit).indicators.values()
    named = [Choice(one.code, one.name[visit.language.code]) for one in found]
    return tuple(sorted(named, key=lambda one: one.text.casefold()))


def areas(visit: Visit) -> tuple[Choice, ...]:
    """The largest first, then by name."""
    return tuple(Choice(one.code, one.name) for one in told.places(visit))


def units(visit: Visit, code: str, outcome: Outcome | None, kind: Units) -> tuple[Choice, ...]:
    """What can be compared by an outcome; nothing where that is not known yet. `code`: of the trial."""
    if isinstance(outcome, Loaded):
        table = tables.find(visit.site.store, code)
        return tuple(Choice(one, one) for one in sorted({row[0] for row in table.rows})) if table else ()
    if isinstance(outcome, Measured) and kind == "things":
        return _things(visit, outcome)
    return areas(visit)


def _things(visit: Visit, outcome: Measured) -> tuple[Choice, ...]:
    selection = EntitySelection(types=TypeIs(CORE.expand(outcome.type)))
    found = visit.site.store.query("", selection, visit.scope, limit=MOST_THINGS).entities
    named = [Choice(one.id, places.name(one)) for one in found if CORE.expand(outcome.attribute) in one.attributes]
    return tuple(sorted(named, key=lambda one: (one.text.casefold(), one.value)))


def names(visit: Visit, outcome: Outcome, kind: Units, wanted: Sequence[str]) -> Mapping[str, str]:
    """What units are called, by id or code; the code itself where the visitor does not see them."""
    if isinstance(outcome, Loaded):
        return {one: one for one in wanted}
    if isinstance(outcome, Measured) and kind == "things":
        found = visit.site.store.query(
            "", EntitySelection(ids=tuple(wanted)), visit.scope, limit=len(wanted) + 1
        ).entities
        known = {one.id: places.name(one) for one in found}
    else:
        known = {code: one.name for code, one in told.several(visit, wanted).items()}
    unknown = visit.language.say(UNKNOWN)
    return {one: known.get(one, unknown) for one in wanted}


def indicated(visit: Visit, outcome: Indicated) -> str:
    """The name of an indicator; its code where it is not there any more."""
    found = told.known(visit).indicators.get(outcome.indicator)
    return outcome.indicator if found is None else found.name[visit.language.code]
