# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan in plain words: rows of a label and what is planned, for everyone who reads the trial."""

from collections.abc import Iterator, Sequence

import msgspec

from hanze.experiments.trials import changes, countries, exits
from hanze.experiments.trials import unit as units
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured, Outcome, Surveyed
from hanze.experiments.trials.pages import common, forms, judging, offers
from hanze.experiments.trials.plan import Plan
from hanze.goals.pages import told
from hanze.web.language import mark as _
from hanze.web.room import Visit

MOST_NAMED = 12
"""Places that are named; of more it is said how many there are."""

NUMBERS = _("%(together)s, %(step)s")
WHERE = _("Only where this holds: %(where)s")
COUNTED = _("%(count)s places")
SHARE = _("%(share)s percent")
SURVEY = _("The question: %(question)s Answers: %(answers)s. Asked: %(waves)s.")
ANSWER = _("%(text)s counts as %(score)s")
TABLE = _("%(what)s, from a table that is loaded")
CASES = _("The number of cases")


class Row(msgspec.Struct, frozen=True):
    """`name`: the field of the plan; `lines`: one or more."""

    name: str
    label: str
    lines: Sequence[str]


def rows(visit: Visit, plan: Plan, only: Sequence[str] = ()) -> list[Row]:
    """All that is planned, or these fields; what was left empty is not said."""
    wanted = only or [name for name in changes.FIELDS if name not in ("units", "seed")]
    say = visit.language.say
    found = [Row(name, say(changes.FIELDS[name]), _lines(visit, plan, name)) for name in wanted]
    return [one for one in found if one.lines]


def _lines(visit: Visit, plan: Plan, name: str) -> list[str]:
    special = {
        "outcome": _outcome, "placebo": _placebo, "treated": _places, "compared": _places, "first": _first, "blocks": _blocks,
        "exclusions": _stretches, "events": _stretches, "exits": _exits, "covariates": _covariates,
    }  # fmt: skip
    if name in special:
        return list(special[name](visit, plan, name))
    value = getattr(plan, name)
    if name == "country":
        return [countries.name(visit.language, value)] if value else []
    if name in ("since", "starts", "ends"):
        return [common.day(visit, value)]
    if name in ("level", "bought"):
        return [] if value is None else [percent(visit, value)]
    if name == "area":
        return [told.several(visit, [value])[value].name] if value and told.several(visit, [value]) else []
    words = {
        "better": forms.BETTER, "design": forms.DESIGNS, "season": judging.SEASONS, "cluster": forms.CLUSTERS,
        "existing": judging.EXISTING, "units": forms.UNITS,
    }.get(name)  # fmt: skip
    if name == "season" and not value:
        return []
    return [visit.language.say(words[value])] if words is not None and value in words else [str(value)] if value else []


def percent(visit: Visit, share: float) -> str:
    return visit.language.say(SHARE) % {"share": visit.language.words.number(round(100 * share, 6))}


def outcome(visit: Visit, one: Outcome) -> str:
    """In a few words, as an axis or a list names it."""
    if isinstance(one, Measured):
        return offers.measure(visit, one.type, one.attribute)
    if isinstance(one, Indicated):
        return offers.indicated(visit, one)
    if isinstance(one, Loaded):
        return visit.language.say(TABLE) % {"what": one.column or visit.language.say(CASES)}
    return one.question


def unit(visit: Visit, one: Outcome) -> str:
    """As people write it; empty where it has none."""
    return units.unit(one, told.known(visit))


def _outcome(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    yield from _told(visit, plan.outcome)


def _placebo(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    if plan.placebo is not None:
        yield from _told(visit, plan.placebo)


def _told(visit: Visit, one: Outcome) -> Iterator[str]:
    say, words = visit.language.say, visit.language.words
    if isinstance(one, Surveyed):
        answers = [say(ANSWER) % {"text": each.text, "score": words.number(each.score)} for each in one.answers]
        waves = [_stretch(visit, each.since, each.until) for each in one.waves]
        yield say(SURVEY) % {"question": one.question, "answers": ", ".join(answers), "waves": ", ".join(waves)}
        return
    yield outcome(visit, one)
    if isinstance(one, Measured | Loaded):
        yield _numbers(visit, one)
    if isinstance(one, Measured) and one.where:
        yield say(WHERE) % {"where": one.where}


def _numbers(visit: Visit, one: Measured | Loaded) -> str:
    say = visit.language.say
    return say(NUMBERS) % {"together": say(forms.TOGETHER[one.together]), "step": say(forms.STEPPED[one.step])}


def _places(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    codes = getattr(plan, name)
    if len(codes) > MOST_NAMED:
        yield visit.language.say(COUNTED) % {"count": visit.language.words.number(len(codes))}
    elif codes:
        yield ", ".join(offers.names(visit, plan.outcome, plan.units, codes).values())


def _first(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    names = offers.names(visit, plan.outcome, plan.units, tuple(plan.first)) if plan.first else {}
    for unit, day in sorted(plan.first.items(), key=lambda one: (one[1], names[one[0]])):
        yield f"{names[unit]}: {common.day(visit, day)}"


def _blocks(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    if plan.blocks:
        yield ", ".join(_stretch(visit, one.since, one.until) for one in plan.blocks)


def _stretches(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    for one in plan.exclusions if name == "exclusions" else ():
        yield f"{_stretch(visit, one.since, one.until)}: {one.why}"
    for other in plan.events if name == "events" else ():
        yield f"{_stretch(visit, other.since, other.until)}: {other.name}"


def _covariates(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    for one in plan.covariates:
        yield ": ".join((outcome(visit, one.measured), _numbers(visit, one.measured)))


def _exits(visit: Visit, plan: Plan, name: str) -> Iterator[str]:
    if plan.exits is None:
        return
    yield common.sentence(visit, exits.scheduled(plan.exits.looks))
    if plan.exits.of("harm"):
        yield visit.language.say(exits.NIGHTLY)
    for one in plan.exits.reasons:
        ends = common.sentence(visit, exits.told(one, unit(visit, one.outcome or plan.outcome)))
        yield f"{visit.language.say(exits.REASONS[one.kind])}: {ends}."


def _stretch(visit: Visit, since: str, until: str) -> str:
    first, last = common.day(visit, since), common.day(visit, until)
    return first if first == last else f"{first} \u2013 {last}"
