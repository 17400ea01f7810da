# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures go with what they belong to: with the thing that is erased, and with the person who added them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.access import Access
from hanze.access.principal import OPERATOR
from hanze.node.config import Config
from hanze.node.policy import policy
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.node.verb import Desk, perform
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept
from hanze.web.attachments.job import Picture
from hanze.web.attachments.vaults import ATTACHMENTS, BODIES
from hanze.web.people import own, people
from hanze.web.people.people import Person
from tests.contract.conftest import Clock
from tests.contract.making import entity, save

THING, OTHER = "urn:ngsi-ld:T:1", "urn:ngsi-ld:T:2"
BODY = b"the points of a picture " * 20


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock, vaults=ALL_VAULTS)
    save(store, entity("1", temperature=21))
    access = Access(store, clock, policy(Config(), open=False))
    yield Desk(tmp_path, Config(), store, access, clock, os.urandom)
    store.close()


def add(uow: UnitOfWork, id: str, owner: str, thing: str) -> None:
    kept.put(uow, id, owner, [Picture(480, 300, BODY), Picture(900, 560, BODY)])
    kept.give(uow, id, owner, thing, f"What {id} shows")


def left(desk: Desk) -> list[str]:
    found = [row["id"] for row in desk.store.vault(ATTACHMENTS).select(order=("id",))]
    assert [row["id"] for row in desk.store.vault(BODIES).select(order=("id",))] == [one for one in found for _ in "ab"]
    return found


def erase(desk: Desk, **more: str) -> object:
    return perform(desk, OPERATOR, "erase", {"id": THING, "ground": "asked for", **more}, lambda value: None)


def test_who_erases_a_thing_erases_its_pictures(desk: Desk) -> None:
    def work(uow: UnitOfWork) -> None:
        add(uow, "a", "person:x", THING)
        add(uow, "b", "person:x", OTHER)

    desk.store.submit(work).result()
    erase(desk, attribute="temperature")
    assert left(desk) == ["a", "b"], "an attribute has no pictures"
    erase(desk)
    assert left(desk) == ["b"]


def test_pictures_of_a_thing_that_was_deleted_before_are_erased_too(desk: Desk) -> None:
    desk.store.submit(lambda uow: uow.erase("", THING)).result()
    desk.store.submit(lambda uow: add(uow, "a", "person:x", THING)).result()
    erase(desk)
    assert left(desk) == []


def test_they_are_part_of_what_is_kept_of_a_person_and_go_with_the_account(desk: Desk) -> None:
    def person(uow: UnitOfWork, mail: str) -> Person:
        return people.make(
            uow, os.urandom, mail=mail, name="A", roles=("editor",), language="nl", by="test"
        )  # fmt: skip

    def work(uow: UnitOfWork) -> Person:
        mine, other = person(uow, "a@city.example"), person(uow, "b@city.example")
        add(uow, "a", mine.principal.id, THING)
        add(uow, "b", other.principal.id, THING)
        return mine

    mine = desk.store.submit(work).result()
    (one,) = own.export(desk.store, mine)["pictures"]
    assert (one["thing"], one["alt"]) == (THING, "What a shows") and one["jpeg"]
    desk.store.submit(lambda uow: own.erase(uow, mine, "test")).result()
    assert left(desk) == ["b"]


def test_a_draft_is_found_by_who_made_it_only(desk: Desk) -> None:
    desk.store.submit(lambda uow: kept.put(uow, "a", "person:x", [Picture(480, 300, BODY)])).result()
    vault = desk.store.vault(ATTACHMENTS)
    assert kept.draft(vault, "a", "person:x") is not None
    assert kept.draft(vault, "a", "person:y") is None and kept.draft(vault, "", "person:x") is None
