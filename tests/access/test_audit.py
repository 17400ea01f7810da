# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every administrative act is a line in the audit, written with the act itself and without a secret or a person's name."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hanze.access import Policy, audit
from hanze.access.keys import ID
from hanze.access.principal import OPERATOR
from hanze.errors import HanzeError
from hanze.node.verb import perform
from hanze.store.base import Store, UnitOfWork
from tests.access.node import Node
from tests.contract.making import entity, iri, save

PERSON = "urn:ngsi-ld:Person:Jan-de-Vries"


class Desk:
    """Verbs of the operator on a node that does not run."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __call__(self, verb: str, **arguments: Any) -> Any:
        return perform(self.node.desk, OPERATOR, verb, arguments, lambda value: None)

    def lines(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Act, subject and detail, oldest first; all by the operator, at this moment."""
        found = audit.lines(self.node.raw, limit=100)
        assert {(line.principal, line.at) for line in found} <= {("operator", self.node.clock.now)}
        return [(line.act, line.subject, line.detail) for line in reversed(found)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    node = Node(tmp_path / "node", Policy())
    yield Desk(node)
    node.raw.close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()


def test_keys(desk: Desk) -> None:
    made = desk("key.create", role="writer", name="sensors", types=["Bike"])
    id = made["text"][ID]
    desk("key.revoke", key="sensors")
    assert desk.lines() == [
        ("key created", id, {"name": "sensors", "role": "writer", "types": [iri("Bike")]}),
        ("key revoked", id, {"name": "sensors"}),
    ]
    desk.node.raw.close()
    assert made["text"][ID.stop :].encode() not in desk.node.bytes()


def test_erasure_leaves_a_tombstone_with_a_digest(desk: Desk) -> None:
    person = entity("Jan-de-Vries", "Person", name="Jan de Vries", room=1)
    save(desk.node.raw, person)
    told = [
        desk("erase", id=PERSON, attribute="name", ground="AVG art. 17"),
        desk("erase", id=PERSON, ground="AVG art. 17"),
    ]
    digest = sha256(PERSON.encode()).hexdigest()
    assert [one["tombstone"] for one in told] == [digest] * 2
    assert desk.lines() == [
        ("erased", digest, {"ground": "AVG art. 17", "attribute": "name", "rows": told[0]["rows"]}),
        ("erased", digest, {"ground": "AVG art. 17", "attribute": None, "rows": told[1]["rows"]}),
    ]
    desk.node.raw.close()
    written = desk.node.bytes()
    assert digest.encode() in written
    assert b"Jan-de-Vries" not in written and b"Jan de Vries" not in written


def test_what_comes_to_nothing_is_no_act(desk: Desk) -> None:
    save(desk.node.raw, entity("1", "Person", name="x"))
    for verb, arguments in (
        ("erase", {"id": "urn:ngsi-ld:Person:none", "ground": "g"}),
        ("erase", {"id": "urn:ngsi-ld:Person:1", "ground": "g", "attribute": "none"}),
        ("erase", {"id": "urn:ngsi-ld:Person:1", "ground": " "}),
        ("key.create", {"role": "root"}),
        ("key.revoke", {"key": "none"}),
        ("backup", {"target": "/nowhere/at/all.db"}),
    ):
        with pytest.raises(HanzeError):
            desk(verb, **arguments)
    assert desk.lines() == []


def test_backup(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    made = desk("backup", target=str(target))
    assert desk.lines() == [("backup", str(target), {"bytes": made["bytes"]})]


def test_an_act_that_is_undone_leaves_no_line(desk: Desk) -> None:
    store: Store = desk.node.raw

    def work(uow: UnitOfWork) -> None:
        audit.note(uow, "operator", "tried", "it")
        raise HanzeError("no")

    with pytest.raises(HanzeError):
        store.submit(work).result()
    assert desk.lines() == []


def test_pages_of_the_audit(desk: Desk) -> None:
    for n in range(5):
        desk("key.create", role="reader", name=str(n))
    names = [line.detail["name"] for line in audit.lines(desk.node.raw, limit=2, offset=1)]
    assert names == ["3", "2"]
    assert [line["detail"]["name"] for line in desk("log.audit", limit=3)] == ["4", "3", "2"]
