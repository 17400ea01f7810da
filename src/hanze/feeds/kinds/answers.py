# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the JSON that a source answers, and the options that its kind is given."""

from typing import Any, TypeVar

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.errors import mark as _
from hanze.feeds.source import Feed, Found, State
from hanze.ngsild import times
from hanze.ngsild.checks import shown

T = TypeVar("T", bound=msgspec.Struct)

CHANGED = _(
    "The source has changed or the address is another one's; look at the address, then tell the makers of Hanze."
)

LATEST_SECONDS = 100_000_000_000
"""POSIX times beyond it (the year 5138) are milliseconds, which some sources give instead."""


def json(body: bytes, what: str) -> Any:
    """The JSON of an answer; SourceFailed where it is none or breaks off. `what` names the answer, such as gbfs.json."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceFailed(
            f"{what} is not JSON ({error}).",
            "Look at the address in a browser: where a web page stands there, the address is wrong; else tell the source.",
        ) from None


def member(document: Any, what: str, name: str, kind: type[Any]) -> Any:
    """What stands at a name such as data.stations; SourceFailed says which member is missing or of another kind."""
    found = document
    path = ""
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
        path = f"{path}.{part}" if path else part
        if found is None:
            raise SourceFailed(f"{what} has no member {path}.", CHANGED)
    if not isinstance(found, kind):
        raise SourceFailed(f"{what} has {shown(found)} as {name}, where a {kind.__name__} is awaited.", CHANGED)
    return found


def moment(value: Any, field: str) -> int:
    """Microseconds of a POSIX time (seconds or milliseconds) or of an RFC 3339 text. Errors: BadRequestData."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= LATEST_SECONDS * 1000:
            return int(value * (1000 if value > LATEST_SECONDS else 1_000_000))
    elif isinstance(value, str):
        return times.parse(value, field)
    raise BadRequestData(f"{field} is {shown(value)}, which is no moment.")


def usable(found: Found, what: str) -> Found:
    """The same; SourceFailed where all that it was made of was refused, since then it is of another format."""
    if found.refused and not found.entities:
        first = found.refused[0]
        raise SourceFailed(
            f"Nothing of {what} can be used, {len(found.refused)} records are refused; {first.where}: {first.reason}",
            CHANGED,
        )
    return found


def options(feed: Feed, kind: type[T]) -> T:
    """What the feed's file chooses, where all is as the kind knows it. Errors: SourceFailed, which names the option."""
    try:
        return msgspec.convert(feed.options, kind)
    except msgspec.ValidationError as error:
        known = ", ".join(kind.__struct_fields__)
        raise SourceFailed(
            f"The options of the source are wrong: {error}.", f"Mend [options] in its file; {feed.kind} knows {known}."
        ) from None


def memory(state: State, kind: type[T]) -> T:
    """What was remembered; as at first where it is of another release and cannot be read."""
    try:
        return msgspec.convert(state, kind)
    except msgspec.ValidationError:
        return kind()


def remembered(memory: msgspec.Struct) -> State:
    """The state that holds this memory."""
    state: State = msgspec.to_builtins(memory)
    return state
