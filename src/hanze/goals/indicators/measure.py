# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The unit of an indicator: that it is one, that people can read it, and that what its parts give can be told in it."""

import re
from collections.abc import Iterator, Mapping

from hanze.errors import BadRequestData
from hanze.goals.indicators.definition import Definition, Part
from hanze.ngsild import units

Problem = tuple[str, str]
"""The key, such as `part[0].limit`, and a sentence that goes on from it and says what to write."""

PERCENT, ONE = "%", "1"

_ATOM = re.compile(r"\{[^{}]+\}|10\*-?\d+")
"""What may stand in a unit beside the units of the table: a note such as {person}, and a power of ten."""


def problems(one: Definition, others: Mapping[str, Definition]) -> Iterator[Problem]:
    """`others`: the indicators that it may build on, by code."""
    if not _is_unit(one.unit):
        yield "unit", f"is {one.unit!r}; give a unit in UCUM, such as ug/m3, d, % or kg/{{person}}."
        return
    if one.words is None and (one.unit == ONE or not _in_table(one.unit)):
        yield "words", f"is missing; people cannot read {one.unit!r}: say what stands after the number."
    for number, part in enumerate(one.part):
        yield from _code(part, f"part[{number}].unit")
    if not one.formula and len(one.part) == 1:
        yield from _plain(one, one.part[0], others)


def _is_unit(text: str) -> bool:
    """A unit of the table, or several of them, notes and powers of ten, with . and / between them."""
    return _in_table(text) or all(_ATOM.fullmatch(part) or _in_table(part) for part in re.split("[./]", text))


def _in_table(text: str) -> bool:
    try:
        units.from_ucum(text)
    except BadRequestData:
        return False
    return True


def _code(part: Part, path: str) -> Iterator[Problem]:
    if part.unit:
        try:
            units.unit(part.unit)
        except BadRequestData as error:
            yield path, f"cannot be used: {error.detail}"


def _plain(one: Definition, part: Part, others: Mapping[str, Definition]) -> Iterator[Problem]:
    """Where the number of the only part is the number of the indicator, what it is told in must be the indicator's unit."""
    told = _told_in(part, others)
    if told is None or told == one.unit:
        return
    code = part.unit if part.what in ("history", "things", "entered") and told == "" else ""
    if not code:
        yield "unit", f"is {one.unit!r}, but the part {part.name} gives {told!r}; give that, or a formula."
        return
    try:
        units.conversion(code, units.from_ucum(one.unit).code)
    except BadRequestData as error:
        yield "unit", f"is {one.unit!r}, which the part {part.name} cannot be told in: {error.detail}"


def _told_in(part: Part, others: Mapping[str, Definition]) -> str | None:
    """The UCUM unit of what a part gives; empty where it is that of its values, None where nothing is known."""
    if part.what == "history":
        if part.over in ("above", "below"):
            return {"day": "d", "hour": "h"}[part.step]
        return PERCENT if part.over.startswith("share") else ""
    if part.what == "spread":
        other = others.get(part.indicator)
        return {"gini": ONE, "gap": other.unit if other else None}.get(part.spread or "", PERCENT)
    if part.what in ("things", "entered"):
        return "" if part.unit else None
    return PERCENT
