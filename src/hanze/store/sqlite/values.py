# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of an entity goes into the indexes: a pure function from instances to index values and places.

Numbers stay numbers, short texts text; booleans, URIs of relationships and vocab words are blobs, so that they never mix
with text, which alone has an order.
LOOK says: this attribute is there, look into the entity to compare it.
"""

from typing import Any

from hanze.ngsild.entity import VALUE_MEMBER, Instance

LONGEST_TEXT = 200
TRUE, FALSE, LOOK = b"\x01", b"\x00", b""
BIGGEST_INTEGER = 1 << 63

IndexValue = float | int | str | bytes


def index_values(instances: list[Instance]) -> set[IndexValue]:
    """The index values of one attribute: one for each simple element, LOOK for what cannot be compared in the index."""
    if len(instances) == 1:
        value = instances[0].get("value")
        if type(value) is float:
            return {value}
    found: set[IndexValue] = set()
    for instance in instances:
        kind = instance["type"]
        if kind == "Property":
            _add(found, instance["value"])
        elif kind == "Relationship":
            found.update(map(word_value, _words(instance["object"])))
        elif kind == "VocabProperty":
            found.update(map(word_value, _words(instance["vocab"])))
        else:
            found.add(LOOK)
    return found


def same_in_indexes(before: list[Instance], after: list[Instance]) -> bool:
    """Both say the same to the indexes; where it is not plain to see, False."""
    if len(before) != 1 or len(after) != 1:
        return False
    kind = after[0]["type"]
    old, new = before[0].get(VALUE_MEMBER[kind]), after[0].get(VALUE_MEMBER[kind])
    # In a list true is not 1 to the indexes, though it equals it.
    return before[0]["type"] == kind and type(old) is type(new) and type(old) is not list and old == new


def _words(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else given


def word_value(word: str) -> bytes:
    """The index value of a URI, or of an expanded vocab word; LOOK where it is too long."""
    encoded = word.encode()
    return encoded if 1 < len(encoded) <= LONGEST_TEXT else LOOK


def _add(found: set[IndexValue], value: Any) -> None:
    if isinstance(value, list):
        if not value:
            found.add(LOOK)
        for element in value:
            found.add(_simple(element))
    else:
        found.add(_simple(value))


def _simple(value: Any) -> IndexValue:
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else LOOK
    if isinstance(value, int):
        return value if -BIGGEST_INTEGER <= value < BIGGEST_INTEGER else LOOK
    return value if isinstance(value, float) else LOOK


def places(instances: list[Instance]) -> list[dict[str, Any]]:
    """The GeoJSON geometries of one attribute."""
    return [instance["value"] for instance in instances if instance["type"] == "GeoProperty"] if instances else []
