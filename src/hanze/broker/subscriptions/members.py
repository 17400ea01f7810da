# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks of the members of a subscription, one by one: each gives the value that is kept, or BadRequestData.

Names of types and attributes are kept expanded, so that a subscription can be shown with any @context.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from hanze.broker.subscriptions.model import TRIGGERS
from hanze.errors import BadRequestData
from hanze.ngsild import checks, pattern, times
from hanze.ngsild.context import Context
from hanze.ngsild.language import geo, project, q, scope, types
from hanze.ngsild.render.form import Selector

Check = Callable[[Any, str, Context], Any]
"""Takes the value, the name of the field for the error, and the context of the request."""

_WORD = re.compile(r"[^,|;()\s]+")
LONGEST_LIST = 1000


def obj(value: Any, field: str, known: Mapping[str, Check], context: Context) -> dict[str, Any]:
    """An object with the known members; null and unknown members are left out."""
    if not isinstance(value, dict):
        raise BadRequestData(f"{field} is {checks.shown(value)}; give an object.")
    return {
        name: check(value[name], f"{field}.{name}" if field else name, context)
        for name, check in known.items()
        if value.get(name) is not None
    }


def text(value: Any, field: str, context: Context) -> str:
    if not isinstance(value, str) or not value:
        raise BadRequestData(f"{field} is {checks.shown(value)}; give a text.")
    return value


def flag(value: Any, field: str, context: Context) -> bool:
    if not isinstance(value, bool):
        raise BadRequestData(f"{field} is {checks.shown(value)}; give true or false.")
    return value


def one_of(*values: str) -> Check:
    def check(value: Any, field: str, context: Context) -> str:
        if value not in values:
            raise BadRequestData(f"{field} is {checks.shown(value)}; give one of {', '.join(values)}.")
        return str(value)

    return check


def number(lowest: float, most: float = 1e12, *, above: bool = False, whole: bool = False) -> Check:
    """A number from `lowest`, or above it, up to `most`."""
    kind = "a whole number" if whole else "a number"
    fix = f"give {kind} {'above' if above else 'from'} {lowest:g}, at most {most:.0f}"

    def check(value: Any, field: str, context: Context) -> float:
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or not (value > lowest if above else value >= lowest) or value > most:
            raise BadRequestData(f"{field} is {checks.shown(value)}; {fix}.")
        return float(value) if isinstance(value, float) else value

    return check


def moment(value: Any, field: str, context: Context) -> str:
    times.parse(value, field)
    return str(value)


def uri(value: Any, field: str, context: Context) -> str:
    return checks.uri(value, field)


def many(check: Check, *, or_one: bool = False) -> Check:
    """A list with something in it; with `or_one` a single value is a list of one."""

    def each(value: Any, field: str, context: Context) -> list[Any]:
        found = [value] if or_one and not isinstance(value, list) else value
        if not isinstance(found, list) or not found or len(found) > LONGEST_LIST:
            raise BadRequestData(
                f"{field} is {checks.shown(value)}; give a list with at least one value, at most {LONGEST_LIST}."
            )
        return [check(one, field, context) for one in found]

    return each


def name(value: Any, field: str, context: Context) -> str:
    return context.expand(checks.name(value, field))


def type_selection(value: Any, field: str, context: Context) -> str:
    """A type, or several such as (Building|Tower), with expanded names."""
    given = text(value, field, context)
    if given != "*":
        types.parse(given, context, field)
    return words(given, context.expand)


def words(value: str, change: Callable[[str], str]) -> str:
    """A type selection with each of its names changed."""
    return value if value == "*" else _WORD.sub(lambda found: change(found[0]), value)


def id_pattern(value: Any, field: str, context: Context) -> str:
    pattern.compile(text(value, field, context))
    return str(value)


def projection(value: Any, field: str, context: Context) -> str:
    """An element of pick or omit, with expanded names."""
    return ",".join(written(one) for one in project.parse(text(value, field, context), context, field))


def written(selector: Selector, compact: Callable[[str], str] = str) -> str:
    """A selector as text again."""
    inner = ",".join(written(one, compact) for one in selector.inner)
    shown = compact(selector.name) if ":" in selector.name else selector.name
    return f"{shown}{{{inner}}}" if inner else shown


def query(value: Any, field: str, context: Context) -> str:
    q.parse(unescaped(text(value, field, context)), context)
    return str(value)


def unescaped(value: str) -> str:
    """A q whose quoted texts are encoded as in a URL (clause 4.9), as what it means."""
    return unquote(value) if "%" in value else value


def scope_query(value: Any, field: str, context: Context) -> str:
    scope.parse(text(value, field, context))
    return str(value)


def geo_query(value: Any, field: str, context: Context) -> dict[str, Any]:
    """Clause 5.2.13; the geoproperty is kept expanded."""
    if not isinstance(value, dict):
        raise BadRequestData(f"{field} is {checks.shown(value)}; give an object with georel, geometry and coordinates.")
    found = geo.parse(
        value.get("georel"), value.get("geometry"), value.get("coordinates"), value.get("geoproperty"), context
    )
    kept = {key: value[key] for key in ("geometry", "coordinates", "georel")}
    return {**kept, "geoproperty": found.property} if value.get("geoproperty") else kept


def member(value: Any, field: str, context: Context) -> Any:
    """Kept as it is: it means nothing for subscriptions to entities."""
    return value


_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade",
     "content-type", "link", "expect"}
)  # fmt: skip


def pair(value: Any, field: str, context: Context) -> dict[str, str]:
    """A key and a value (clause 5.2.22)."""
    if not isinstance(value, dict) or not all(isinstance(value.get(part), str) for part in ("key", "value")):
        raise BadRequestData(f"{field} has {checks.shown(value)}; give objects with the texts key and value.")
    return {"key": value["key"], "value": value["value"]}


def header(value: Any, field: str, context: Context) -> dict[str, str]:
    """A pair that can be sent as a header."""
    found = pair(value, field, context)
    if _HEADER.fullmatch(found["key"]) is None or found["key"].lower() in _OURS or len(found["key"]) > 200:
        raise BadRequestData(
            f"{field} has the key {checks.shown(found['key'])}; give a header that the node does not set itself."
        )
    if not found["value"].isprintable() or len(found["value"]) > 8000:
        raise BadRequestData(f"{field} has a value for {found['key']} with control characters, or a very long one.")
    return found


trigger = one_of(*sorted(TRIGGERS))
