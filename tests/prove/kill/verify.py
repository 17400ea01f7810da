# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compares what a node has after its restart with what the writers were answered."""

from pathlib import Path

import apsw

from tests.prove.kill.book import Book, State, Values
from tests.prove.seen import check
from tests.prove.wire import Answer, Wire

PAGE = 1000


class Unreadable(Exception):
    """The node says that it cannot read something: one sentence in a problem."""


def _answered(answer: Answer, what: str) -> bool:
    """False where there is no such thing; Failed where the answer is no answer to this question."""
    if answer.status >= 500 and answer.headers.get("content-type") == "application/problem+json":
        raise Unreadable(str(answer.json()["detail"]))
    check(answer.status in (200, 206, 404), f"{what}: {answer.status} {answer.body[:200]!r}")
    return answer.status != 404


def latest(wire: Wire, books: list[Book]) -> None:
    """Whom the last life was about: current values and history."""
    for book in books:
        wrong = book.settle({id: read(wire, id) for id in sorted(book.touched)})
        check(not wrong, "; ".join(wrong[:5]))
        for (id, attribute), numbers in book.past.items():
            missing = numbers - history(wire, id, attribute, len(numbers))
            check(not missing, f"the history of {attribute} of {id} lacks {sorted(missing)[:5]}")


def everything(wire: Wire, books: list[Book], database: Path) -> None:
    """All entities of all lives, and the database itself."""
    found = {**_all(wire, "Thing"), **_all(wire, "Lot")}
    wanted: State = {}
    for book in books:
        wanted.update({id: values for id, values in book.state.items() if id.split(":")[2] in ("Thing", "Lot")})
    alive = {id: values for id, values in wanted.items() if values is not None}
    check(found == alive, f"of {len(alive)} entities these differ: {_difference(found, alive)}")
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        verdict = connection.execute("PRAGMA integrity_check").get
    finally:
        connection.close()
    check(verdict == "ok", f"integrity_check says {verdict}")


def _difference(found: dict[str, Values], wanted: dict[str, Values]) -> list[str]:
    return [
        f"{id}: {found.get(id)} where {wanted.get(id)} was answered"
        for id in sorted(found.keys() | wanted.keys())
        if found.get(id) != wanted.get(id)
    ][:5]


def read(wire: Wire, id: str) -> Values | None:
    """The numbers of an entity, of one attribute of it (#name), or of a subscription."""
    place, _, only = id.partition("#")
    kind = "subscriptions" if ":Subscription:" in id else "entities"
    answer = wire.api("GET", f"/{kind}/{place}" + ("" if kind == "subscriptions" else "?options=keyValues"))
    if not _answered(answer, id):
        return None
    if kind == "subscriptions":
        return {"name": int(answer.json()["subscriptionName"])}
    values = _numbers(answer.json())
    return ({only: values[only]} if only in values else None) if only else values


def _numbers(entity: dict[str, object]) -> Values:
    return {name: value for name, value in entity.items() if isinstance(value, int)}


def history(wire: Wire, id: str, attribute: str, count: int) -> set[int]:
    """The newest instances, a few more than were answered since one may have come without an answer."""
    path = f"/temporal/entities/{id}?attrs={attribute}&options=temporalValues&lastN={count + 5}"
    answer = wire.api("GET", path)
    if not _answered(answer, path):
        return set()
    return {value for value, _ in answer.json().get(attribute, {"values": ()})["values"]}


def _all(wire: Wire, kind: str) -> dict[str, Values]:
    found: dict[str, Values] = {}
    while True:
        path = f"/entities?type={kind}&options=keyValues&limit={PAGE}&offset={len(found)}"
        page = wire.api("GET", path).json()
        found.update({entity["id"]: _numbers(entity) for entity in page})
        if len(page) < PAGE:
            return found
