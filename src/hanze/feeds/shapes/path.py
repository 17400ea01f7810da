# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a value stands in JSON: names with dots between, numbers of elements in brackets, such as fields.place[0].

A name with other signs than letters, digits, _ and - stands in quotes: attributes."SHAPE.STArea()". Where a path goes on in a
text, the text is read as JSON, since some sources put JSON into JSON.
"""

import re
from functools import lru_cache
from typing import Any

import msgspec

STEP = re.compile(r'(?:^|\.)(?:([^\W.\[\]"][^.\[\]"]*)|"([^"]+)")|\[(\d{1,6})\]')


@lru_cache(maxsize=10_000)
def steps(path: str) -> tuple[str | int, ...]:
    """The steps of a path; none for an empty one. ValueError where it is no path."""
    found: list[str | int] = []
    at = 0
    while at < len(path):
        step = STEP.match(path, at)
        if step is None or (at == 0 and path[0] == "."):
            raise ValueError(f'{path!r} is no path; write it as fields.place[0], and odd names as "odd.name"')
        found.append(int(step[3]) if step[3] else step[1] or step[2])
        at = step.end()
    return tuple(found)


def find(value: Any, path: str) -> Any:
    """What stands there; None where nothing does."""
    for step in steps(path):
        if isinstance(value, str):
            value = _parsed(value)
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
        if value is None:
            return None
    return value


def _parsed(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
