# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs: each is there under its name, asks for its right, checks its arguments, and gives plain parts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.access import Access, agreed
from hanze.access.agreed import Agreed
from hanze.access.principal import ANYONE, OPERATOR, ROLES, Principal
from hanze.errors import BadRequestData, NoRightToAccess
from hanze.node.config import Config
from hanze.node.policy import policy
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.node.verb import VERBS, Desk, Verb, find, perform
from hanze.store import sqlite
from tests.contract.conftest import Clock
from tests.contract.making import entity, save


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock, vaults=ALL_VAULTS)
    rules = policy(Config(), open=False)
    yield Desk(tmp_path, Config(), store, Access(store, clock, rules), clock, os.urandom)
    store.close()


def done(desk: Desk, verb: str, **arguments: Any) -> Any:
    return perform(desk, OPERATOR, verb, arguments, lambda value: None)


def test_each_verb_is_where_its_name_says() -> None:
    for name in VERBS:
        found = find(name)
        assert isinstance(found, Verb)
        assert issubclass(found.arguments, msgspec.Struct)
    assert len({id(find(name)) for name in VERBS}) == len(VERBS)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_for_those_with_its_right(desk: Desk, name: str) -> None:
    for role, rights in {"anyone": ANYONE.rights, **ROLES}.items():
        principal = Principal(id="k", name=role, rights=rights)
        if find(name).right not in rights:
            with pytest.raises(NoRightToAccess):
                perform(desk, principal, name, {}, lambda value: None)
        else:  # the arguments come after the right
            try:
                perform(desk, principal, name, {"no": "such", "thing": True}, lambda value: None)
            except BadRequestData as error:
                assert error.detail.startswith(f"Verb {name!r} was given wrong arguments: ")


def test_a_verb_that_is_not_there() -> None:
    with pytest.raises(BadRequestData, match="There is no verb 'nothing'"):
        find("nothing")


def test_what_administers_asks_for_an_administrator() -> None:
    for name in ("key.create", "key.revoke", "backup", "erase"):
        assert find(name).right not in ROLES["officer"]
        assert find(name).right in ROLES["admin"]


def test_what_was_done_stands_in_the_audit(desk: Desk) -> None:
    made = done(desk, "key.create", role="reader", name="bus company")
    done(desk, "key.revoke", key=made["key"]["id"])
    save(desk.store, entity("1", temperature=21))
    erased = done(desk, "erase", id="urn:ngsi-ld:T:1", ground="asked for")
    done(desk, "backup", target=str(desk.folder / "backup.db"))
    lines = done(desk, "log.audit")
    assert [line["act"] for line in reversed(lines)] == ["key created", "key revoked", "erased", "backup"]
    text = msgspec.json.encode(lines).decode()
    assert made["text"] not in text
    assert "urn:ngsi-ld:T:1" not in text
    assert erased["tombstone"] in text
    assert "asked for" in text


def test_a_key_of_an_agreement_reads(desk: Desk) -> None:
    made = Agreed(id="urn:x:quiet", grants=(), starts=0, ends=1)
    desk.store.submit(lambda work: agreed.put(work, made)).result()
    done(desk, "key.create", role="reader", name="noise lab", agreement=made.id)
    assert [(key["name"], key["role"], key["agreement"]) for key in done(desk, "key.list")] == [
        ("noise lab", "reader", made.id)
    ]
    with pytest.raises(BadRequestData, match="only reads"):
        done(desk, "key.create", role="admin", agreement=made.id)


def test_results_are_plain_parts(desk: Desk) -> None:
    save(desk.store, entity("1", temperature=21))
    done(desk, "key.create", role="reader")
    for found in (
        done(desk, "get", id="urn:ngsi-ld:T:1"),
        done(desk, "key.list"),
        done(desk, "log.reads"),
        done(desk, "log.audit"),
    ):
        assert msgspec.json.decode(msgspec.json.encode(found)) == found


def test_a_part_of_a_load_is_kept_with_how_far_it_came(desk: Desk) -> None:
    part = {"id": "urn:x:1", "types": ["https://example.org/T"], "attributes": {}, "scopes": []}
    assert done(desk, "load.begin", source="s") == 0
    assert done(desk, "load.part", source="s", done=7, entities=[part]) == 1
    assert done(desk, "load.begin", source="s") == 7
    assert done(desk, "load.begin", source="another") == 0
    with pytest.raises(BadRequestData):
        bad = {
            "id": "urn:x:2",
            "type": "T",
            "attribute": "a",
            "template": {"type": "Property"},
            "moments": b"",
            "values": [1],
        }
        done(desk, "load.part", source="s", done=9, observations=[bad])
    assert done(desk, "load.begin", source="s") == 7
