# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Temporal queries. Source: ETSI GS CIM 009 V1.8.1, clause 4.11.

before: earlier than timeAt; after: timeAt or later; between: timeAt or later, and earlier than endTimeAt.
"""

from collections.abc import Mapping

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.selection import Window

RELATIONS = ("before", "after", "between")
PROPERTIES = ("observedAt", "createdAt", "modifiedAt", "deletedAt")
MOST_LAST = 1_000_000


def parse(given: Mapping[str, str]) -> Window:
    """The window of timerel, timeAt, endTimeAt, timeproperty and lastN; BadRequestData names what is wrong."""
    relation = given.get("timerel", "")
    property = given.get("timeproperty", "observedAt")
    if property not in PROPERTIES:
        raise BadRequestData(f"timeproperty is {shown(property)}; give one of {', '.join(PROPERTIES)}.")
    last = _last(given.get("lastN"))
    if not relation:
        if given.get("timeAt") or given.get("endTimeAt"):
            raise BadRequestData(f"timerel is missing; give one of {', '.join(RELATIONS)}.")
        return Window(property=property, last=last)
    if relation not in RELATIONS:
        raise BadRequestData(f"timerel is {shown(relation)}; give one of {', '.join(RELATIONS)}.")
    start = _moment(given, "timeAt", relation)
    end = _moment(given, "endTimeAt", relation) if relation == "between" else None
    if end is not None and end < start:
        raise BadRequestData(f"endTimeAt is {shown(given['endTimeAt'])}, before timeAt; give a later moment.")
    return Window(relation=relation, start=start, end=end, property=property, last=last)


def _moment(given: Mapping[str, str], field: str, relation: str) -> int:
    text = given.get(field)
    if not text:
        raise BadRequestData(f"{field} is missing; timerel={relation} needs it.")
    # A plus sign that was not encoded reaches us as a blank.
    return times.parse(text.replace(" ", "+"), field)


def _last(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 15 or not 0 < int(text) <= MOST_LAST:
        raise BadRequestData(f"lastN is {shown(text)}; give a whole number from 1 to {MOST_LAST}.")
    return int(text)
