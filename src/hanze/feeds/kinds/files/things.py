# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The things in a JSON file as pieces of its text, each to be read by itself: that takes a tenth of the time at once, and of
the memory, that reading the whole does."""

from typing import TypeVar

import msgspec
from msgspec import Raw

from hanze.errors import ConfigurationError
from hanze.feeds.shapes.path import steps

T = TypeVar("T")

BOM = b"\xef\xbb\xbf"


def things(body: bytes, path: str, name: str, *, keyed: bool = False) -> list[Raw]:
    """The elements of the list at this path, or the one thing that stands there; `keyed`: the values of the object there.

    ConfigurationError, which calls the file by its name, where it is no JSON or has nothing there.
    """
    try:
        value = msgspec.json.decode(body.removeprefix(BOM), type=Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(
            f"{name} is not JSON: {error}; mend it, or end its name in .ndjson where each line is a thing."
        ) from None
    for step in steps(path):
        value = _inner(value, step)
    if keyed:
        return list((_as(value, dict[str, Raw]) or {}).values())
    found = _as(value, list[Raw])
    if found is None and _as(value, type(None)) is None and bytes(value).strip() in (b"null", b""):
        raise ConfigurationError(f"{name} has nothing at {path or 'its top'}; see to items in the mapping.")
    return [value] if found is None else found


def _inner(value: Raw, step: str | int) -> Raw:
    """What stands there; nothing where it is of another kind. Where the path goes on in a text, the text is JSON."""
    text = _as(value, str)
    if text is not None:
        value = Raw(text.encode())
    if isinstance(step, str):
        return (_as(value, dict[str, Raw]) or {}).get(step, Raw())
    found = _as(value, list[Raw]) or []
    return found[step] if step < len(found) else Raw()


def _as(value: Raw, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
