# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot be right in an indicator although each value of it can: parts, formula, units and scale that do not fit."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import fields

from hanze.errors import BadRequestData, ConfigurationError
from hanze.goals.indicators.definition import Definition, Part, What
from hanze.goals.indicators.formula import FUNCTIONS, Formula
from hanze.goals.indicators.measure import Problem
from hanze.goals.indicators.measure import problems as measure
from hanze.ngsild.context import CORE
from hanze.ngsild.language import q

GIVEN = frozenset({"people", "surface"})
"""What a formula may name beside its parts: residents, and km² of land."""

COUNTING = frozenset({"above", "below", "share above", "share below"})
SHARED = frozenset({"share over", "share under"})


class Keys(Struct, frozen=True):
    """The keys of a part beside `name` and `what`: those it needs, and those it may have."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


KEYS: dict[What, Keys] = {
    "history": Keys(
        ("type", "attribute", "unit"),
        ("where", "step", "together", "hours", "days", "over", "limit", "complete", "things", "ago"),
    ),
    "things": Keys(("type",), ("attribute", "unit", "where", "things")),
    "reach": Keys(("type", "metres"), ("where",)),
    "land": Keys(("uses",), ("ago",)),
    "spread": Keys(("indicator", "spread"), ("limit",)),
    "open": Keys(),
    "entered": Keys(("unit",), ("ago", "asks", "least", "most", "holds")),
}  # fmt: skip


def problems(one: Definition, others: Mapping[str, Definition]) -> list[Problem]:
    """All of them. `others`: the indicators that it may build on, by code."""
    return [*_parts(one), *_formula(one), *_built_on(one, others), *measure(one, others), *_scale(one), *_entered(one)]


def _parts(one: Definition) -> Iterator[Problem]:
    names = [part.name for part in one.part]
    for number, part in enumerate(one.part):
        path = f"part[{number}]"
        if part.name in GIVEN or part.name in FUNCTIONS:
            yield f"{path}.name", f"is {part.name!r}, which means something else in a formula; give another name."
        if names.index(part.name) < number:
            yield f"{path}.name", f"is {part.name!r} a second time; each part has a name of its own."
        yield from ((f"{path}.{key}", sentence) for key, sentence in _keys(part))
        yield from ((f"{path}.{key}", sentence) for key, sentence in _values(part))


def _keys(part: Part) -> Iterator[Problem]:
    """What is missing, and what says nothing in a part of this kind."""
    keys = KEYS[part.what]
    written = _written(part)
    for key in keys.needs:
        if key not in written:
            yield key, f"is missing; a part of the kind {part.what!r} needs it."
    for key in sorted(written.difference(("name", "what"), keys.needs, keys.may)):
        yield key, f"says nothing in a part of the kind {part.what!r}; take it away."
    if part.what == "things" and "attribute" not in written:
        for key in sorted(written & {"unit", "things"}):
            yield key, "says nothing where things are counted; take it away, or give the attribute that it is about."
    if part.what == "things" and "attribute" in written and "unit" not in written:
        yield "unit", "is missing; give the UN/CEFACT code that the attribute is taken in, such as C62."


def _written(part: Part) -> set[str]:
    """The keys whose values are not those that they have by themselves."""
    return {field.name for field in fields(Part) if field.required or getattr(part, field.name) != field.default}


def _values(part: Part) -> Iterator[Problem]:
    limited = part.over in COUNTING if part.what == "history" else part.spread in SHARED
    if part.what in ("history", "spread") and limited != (part.limit is not None):
        how = part.over if part.what == "history" else part.spread
        yield (
            "limit",
            f"is missing; {how!r} looks at a number." if limited else f"says nothing to {how!r}; take it away.",
        )
    if not part.hours or list(part.hours) != sorted(set(part.hours) & set(range(24))):
        yield "hours", f"is {list(part.hours)}; give hours from 0 to 23, each once, ascending."
    if part.what == "things" and part.things == "people":
        yield (
            "things",
            'is "people", but only what things measured is weighed by residents; give mean, sum, min or max.',
        )
    if part.where:
        try:
            q.parse(part.where, CORE)
        except BadRequestData as error:
            yield "where", f"cannot be read: {error.detail}"


def _formula(one: Definition) -> Iterator[Problem]:
    names = {part.name for part in one.part}
    if not one.formula:
        if len(one.part) > 1:
            yield "formula", f"is missing; it says how {', '.join(sorted(names))} become one number."
        return
    try:
        named = Formula(one.formula).names
    except ConfigurationError as error:
        yield "formula", f"cannot be read: {error.detail}"
        return
    for name in sorted(named - names - GIVEN):
        yield "formula", f"names {name}, which is no part; the parts are {', '.join(sorted(names))}."
    for name in sorted(names - named):
        yield "formula", f"leaves out the part {name}; name it, or take the part away."


def _built_on(one: Definition, others: Mapping[str, Definition]) -> Iterator[Problem]:
    for number, part in enumerate(one.part):
        if part.what != "spread" or not part.indicator:
            continue
        path, other = f"part[{number}].indicator", others.get(part.indicator)
        if other is None:
            yield path, f"is {part.indicator!r}, which is not there; give the code of an indicator."
        elif any(inner.what == "spread" for inner in other.part):
            yield path, f"is {part.indicator!r}, which tells of areas together itself; give one that each area has."
        elif other.period != one.period:
            yield "period", f"is {one.period!r}, but that of {part.indicator} is {other.period!r}; give the same."


def _scale(one: Definition) -> Iterator[Problem]:
    scale, sign = one.scale, 1 if one.better == "more" else -1
    side = "above" if sign > 0 else "below"
    if not sign * (scale.best - scale.worst) > 0:
        yield (
            "scale.best",
            f"is {scale.best:g}, but {one.better} is better; give a number {side} worst, {scale.worst:g}.",
        )
    elif not sign * scale.best >= sign * scale.green > sign * scale.red >= sign * scale.worst:
        yield (
            "scale.green",
            (
                f"is {scale.green:g} and red {scale.red:g}; from best to worst they stand as best {scale.best:g}, green, red, "
                f"worst {scale.worst:g}."
            ),
        )


def _entered(one: Definition) -> Iterator[Problem]:
    """What people need who enter a part."""
    for number, part in enumerate(one.part):
        path = f"part[{number}]"
        if part.what != "entered":
            continue
        if one.formula and part.asks is None:
            yield (
                f"{path}.asks",
                "is missing; say what is asked for, since the name of the indicator is that of the result.",
            )
        if part.least is not None and part.most is not None and not part.least < part.most:
            yield f"{path}.least", f"is {part.least:g}; give a number below most, {part.most:g}."
    if one.waits is None and any(part.what == "entered" for part in one.part):
        yield "waits", "is missing; say which source the city takes the number from that it enters."
