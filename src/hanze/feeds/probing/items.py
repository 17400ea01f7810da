# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the things stand in a JSON answer, and whether the answer holds all of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from hanze.feeds.probing import identity, moments, places
from hanze.feeds.probing.leaves import Leaf, is_place, is_table, leaves, step

DEEPEST = 7
TRIED = 20
"""Things by which a list is judged."""

TYPICAL = frozenset({"features", "records", "results", "items", "data", "value", "values", "entities", "stations"})
WEIGHT_PLACE, WEIGHT_ID, WEIGHT_TIME, WEIGHT_TYPICAL, WEIGHT_STEP, WEIGHT_INDEX = 10, 5, 5, 3, -2, -6


class Items(NamedTuple):
    """`path`: as a mapping names it. `others`: how many lists beside it hold the same."""

    path: str
    things: list[Any]
    others: int = 0


def items(document: Any) -> Items | None:
    """The things of an answer; the whole answer where it is one thing. None where there is nothing to see in it."""
    found = [one for one in _lists(document, "", 0) if one.things]
    if found:
        best = max(found, key=_worth)
        if _worth(best) > 0:
            return best._replace(others=_beside(document, best.path))
    path = ""
    while isinstance(document, dict):
        inner = [(name, value) for name, value in document.items() if isinstance(value, dict) and not is_place(value)]
        if len(inner) != 1 or len(leaves([document])) > len(leaves([inner[0][1]])):
            break
        further = step(path, inner[0][0])
        if further is None:
            break
        path, document = further, inner[0][1]
    return Items(path, [document]) if isinstance(document, dict) and leaves([document]) else None


def part(document: Any) -> str:
    """Says where an answer is a part of what there is, in one sentence; empty where it seems whole."""
    if not isinstance(document, dict):
        return ""
    told = [(document.get(name), document.get(other)) for name, other in _COUNTS]
    parameters = document.get("parameters")
    if isinstance(parameters, dict):
        told.append((document.get("nhits"), parameters.get("rows")))
    meta = document.get("meta")
    if isinstance(meta, dict):
        told.append((meta.get("found"), meta.get("limit")))
    for whole, some in told:
        if isinstance(whole, int) and isinstance(some, int) and whole > some:
            return f"The answer holds {some} of {whole}: only these are taken. {_MORE}"
    links = [*_links(document.get("links")), *_links(document.get("_links"))]
    if document.get("exceededTransferLimit") is True or "next" in links:
        return f"The answer is a first part, further pages are not taken. {_MORE}"
    return ""


_COUNTS = (("numberMatched", "numberReturned"), ("total_count", "limit"), ("count", "limit"))
_MORE = "Ask for all at once by the address, such as with limit=, rows= or _pageSize=."


def _links(value: Any) -> list[Any]:
    return [one.get("rel") for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _lists(value: Any, path: str, depth: int) -> Iterator[Items]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        if any(isinstance(one, dict) for one in value):
            yield Items(path, value)
            yield from _lists(value[0], f"{path}[0]", depth + 1)
    elif is_table(value):
        yield Items(f"{path}.*" if path else "*", list(value.values()))
    elif isinstance(value, dict) and not is_place(value):
        for name, one in value.items():
            further = step(path, name)
            if further is not None:
                yield from _lists(one, further, depth + 1)


def _worth(one: Items) -> float:
    tried = [thing for thing in one.things[:TRIED] if isinstance(thing, dict)]
    there: list[Leaf] = leaves(tried)
    if not there:
        return 0
    last = one.path.removesuffix(".*").rpartition(".")[2]
    return (
        min(len(there), 10)
        + min(len(one.things), 10)
        + WEIGHT_PLACE * (places.place(there) is not None)
        + WEIGHT_ID * (identity.best(there) is not None)
        + WEIGHT_TIME * (moments.best(there) is not None)
        + WEIGHT_TYPICAL * (last in TYPICAL)
        + WEIGHT_STEP * one.path.count(".")
        + WEIGHT_INDEX * one.path.count("[0]")
    )


def _beside(document: Any, path: str) -> int:
    """Where the list stands in the first element of another: how many more elements that one has."""
    if path.startswith("[0]") and isinstance(document, list):
        return len(document) - 1
    return 0
