# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a room owns is written by nobody else, whatever a unit of work is asked; everything else goes on as ever."""

import inspect
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanze.access import Policy, protected
from hanze.access.owned import BY_ID, PASSED
from hanze.access.principal import OPERATOR
from hanze.errors import NoRightToAccess
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Window
from hanze.node.verb import perform
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.access.node import Node
from tests.contract.conftest import START
from tests.contract.making import entity, iri, outcome, prop, remove, save

PLAN, GONE, PAST, BOTH, FREE = (
    f"urn:ngsi-ld:{name}" for name in ("Plan:1", "Plan:gone", "Plan:past", "Both:1", "Free:1")
)
OWNED = (PLAN, GONE, PAST, BOTH)
SEEN = prop(3, observedAt="2025-06-01T00:00:00Z")

CHECKED = {"save", "append_history", "observe", "drop_tenant"}
"""What a unit of work looks at before it does it, beside BY_ID."""

FOR_ROOMS = {"expire", "retain", "trim"}
"""What is not offered at all."""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = Node(tmp_path, Policy(owned={iri("Plan"): "plans"}, open=True))
    both = Entity(BOTH, [iri("Both"), iri("Plan")], {iri("a"): [prop(1)]})
    save(made.raw, entity("1", "Plan", a=SEEN), entity("gone", "Plan", a=SEEN), both, entity("1", "Free", a=SEEN))
    remove(made.raw, GONE)
    made.raw.submit(lambda uow: uow.append_history("", Entity(PAST, [iri("Plan")], {iri("a"): [SEEN]}))).result()
    save(made.raw, entity("1", "Free"), tenant="free")
    save(made.raw, entity("1", "Plan"), tenant="planned")
    remove(made.raw, PLAN, tenant="planned")
    yield made
    made.raw.close()


def state(store: Store) -> Any:
    histories = [store.temporal("", id, Window(), EVERYTHING) for id in OWNED]
    return store.head(), store.query("", EntitySelection(), EVERYTHING, limit=20), histories, store.tenants()


def types(uow: UnitOfWork, id: str) -> list[str]:
    return uow.types("", id) or []


def changed(uow: UnitOfWork, id: str) -> None:
    before = uow.entity("", id)
    uow.save("", outcome(before, Entity(id, types(uow, id), {iri("a"): [prop(9)]})))


def disguised(uow: UnitOfWork, id: str) -> None:
    """As if it were of another type and new."""
    uow.save("", outcome(None, Entity(id, [iri("Free")], {iri("a"): [prop(9)]})))


def provided(uow: UnitOfWork, id: str, *named: str) -> None:
    uow.append_history("", Entity(id, [iri(one) for one in named] or types(uow, id), {iri("a"): [prop(8)]}))


def observed(uow: UnitOfWork, id: str, *named: str) -> None:
    kinds = [iri(one) for one in named] or types(uow, id)
    uow.observe("", id, kinds, iri("a"), {"type": "Property"}, [START], [1.0])


DEEDS: dict[str, Callable[[UnitOfWork, str], object]] = {
    "save": changed,
    "save as another type": disguised,
    "append_history": provided,
    "append_history as another type": lambda uow, id: provided(uow, id, "Free"),
    "observe": observed,
    "observe as another type": lambda uow, id: observed(uow, id, "Free"),
    "delete_history": lambda uow, id: uow.delete_history("", id),
    "delete_history of an attribute": lambda uow, id: uow.delete_history("", id, iri("a"), every_dataset=True),
    "end_history": lambda uow, id: uow.end_history("", id, iri("a")),
    "replace_instance": lambda uow, id: uow.replace_instance("", id, iri("a"), 1, prop(7)),
    "erase": lambda uow, id: uow.erase("", id),
    "erase an attribute": lambda uow, id: uow.erase("", id, iri("a")),
}


def test_every_deed_of_a_unit_of_work_was_thought_of() -> None:
    """One that is new is not offered until it stands in one of these."""
    offered = {name for name, _ in inspect.getmembers(UnitOfWork) if not name.startswith("_")} | {
        "now",
        "real",
        "stamp",
    }
    assert offered == PASSED | BY_ID | CHECKED | FOR_ROOMS
    assert {deed.split()[0] for deed in DEEDS} == BY_ID | CHECKED - {"drop_tenant"}


@pytest.mark.parametrize("id", OWNED)
@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_owned_stays(node: Node, deed: str, id: str) -> None:
    before = state(node.raw)
    future = node.store.submit(lambda uow: DEEDS[deed](uow, id))
    with pytest.raises(NoRightToAccess, match="owned by the room 'plans'"):
        future.result()
    assert state(node.raw) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_not_owned_is_written(node: Node, deed: str) -> None:
    node.store.submit(lambda uow: DEEDS[deed](uow, FREE)).result()


def test_the_room_itself_writes(node: Node) -> None:
    node.raw.submit(lambda uow: changed(uow, PLAN)).result()
    found = node.store.get("", PLAN, EVERYTHING)
    assert found is not None and found.attributes[iri("a")][0]["value"] == 9


@pytest.mark.parametrize(
    "deed",
    [
        lambda uow: uow.save("", outcome(None, entity("2", "Plan", a=1))),
        lambda uow: uow.save("", outcome(uow.entity("", FREE), Entity(FREE, [iri("Free"), iri("Plan")]))),
        lambda uow: provided(uow, "urn:ngsi-ld:Plan:2", "Plan"),
        lambda uow: provided(uow, FREE, "Free", "Plan"),
        lambda uow: observed(uow, "urn:ngsi-ld:Plan:2", "Plan"),
    ],
)  # fmt: skip
def test_nothing_comes_to_be_of_an_owned_type(node: Node, deed: Callable[[UnitOfWork], object]) -> None:
    before = state(node.raw)
    with pytest.raises(NoRightToAccess, match="owned by the room"):
        node.store.submit(deed).result()
    assert state(node.raw) == before


def test_a_tenant_with_something_owned_in_it_or_in_its_past_stays(node: Node) -> None:
    for tenant in ("planned", ""):
        with pytest.raises(NoRightToAccess, match="owned by the room"):
            node.store.submit(lambda uow, tenant=tenant: uow.drop_tenant(tenant)).result()  # type: ignore[misc]
    assert node.store.submit(lambda uow: uow.drop_tenant("free")).result()
    assert node.raw.tenants() == ["", "planned"]


@pytest.mark.parametrize("name", sorted(FOR_ROOMS))
def test_upkeep_is_not_offered(node: Node, name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        node.store.submit(lambda uow: getattr(uow, name)(1)).result()


@pytest.mark.anyio
async def test_works_of_an_event_loop_too(node: Node) -> None:
    with pytest.raises(NoRightToAccess, match="owned by the room"):
        await node.store.write(lambda uow: changed(uow, PLAN))


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("load.part", {"observations": [{"id": PLAN, "type": iri("Plan")}]}),
        ("load.part", {"observations": [{"id": PLAN, "type": iri("Free")}]}),
        ("load.part", {"observations": [{"id": "urn:ngsi-ld:Plan:2", "type": iri("Plan")}]}),
        ("load.part", {"entities": [{"id": PLAN, "types": [iri("Plan")], "attributes": {iri("a"): [prop(7)]}}]}),
        ("load.part", {"entities": [{"id": PLAN, "types": [iri("Free")], "attributes": {iri("b"): [prop(7)]}}]}),
        ("erase", {"id": PLAN, "ground": "g"}),
        ("erase", {"id": GONE, "ground": "g", "attribute": iri("a")}),
    ],
)
def test_commands_do_not_write_it_either(node: Node, verb: str, arguments: dict[str, Any]) -> None:
    before = state(node.raw)
    given = dict(arguments)
    if verb == "load.part":
        more = {
            "attribute": iri("a"), "template": {"type": "Property"}, "moments": array("q", [START]).tobytes(),
            "values": array("d", [1.5]).tobytes(),
        }  # fmt: skip
        given = {"source": "s", "done": 1, **given}
        given["observations"] = [{**one, **more} for one in given.get("observations", ())]
    with pytest.raises(NoRightToAccess, match="owned by the room"):
        perform(node.desk, OPERATOR, verb, given, lambda value: None)
    assert state(node.raw) == before


def test_where_nothing_is_owned_the_store_is_as_it_is(node: Node) -> None:
    assert protected(node.raw, {}) is node.raw
    assert node.store.get("", PLAN, EVERYTHING) == node.raw.get("", PLAN, EVERYTHING)
