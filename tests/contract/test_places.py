# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places are found by the types that their entities have now, wherever and however many they are."""

import msgspec

from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import All, Any_, EntitySelection, Geo, TypeIs
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.making import entity, iri, point, save

HERE = Geo("near", {"type": "Point", "coordinates": [4.5, 52.0]}, iri("place"), max_distance=100.0)


def found(store: Store, *, geo: Geo | None = HERE, types: TypeIs | Any_ | All | None = None) -> list[str]:
    """Ids without the part of the type; the count says the same, and so do pages of one."""
    selection = EntitySelection(types=types, geo=geo)
    ids = [one.id for one in store.query("", selection, EVERYTHING, limit=100).entities]
    counted = store.query("", selection, EVERYTHING, limit=100, count=True)
    assert [one.id for one in counted.entities] == ids
    assert counted.count == len(ids)
    pages = [store.query("", selection, EVERYTHING, limit=1, offset=n).entities for n in range(len(ids) + 1)]
    assert [one.id for page in pages for one in page] == ids
    return [id.rpartition(":")[2] for id in ids]


def typed(*names: str) -> TypeIs | Any_:
    some = tuple(TypeIs(iri(name)) for name in names)
    return some[0] if len(some) == 1 else Any_(some)


def retyped(one: Entity, *types: str) -> Entity:
    return msgspec.structs.replace(one, types=[iri(type) for type in types])


def test_types_that_come_and_go(store: Store) -> None:
    one, two = entity("1", "T", place=point(4.5, 52.0)), entity("2", "U", place=[point(4.5, 52.0), point(5, 53)])
    save(store, one, two)
    assert found(store) == found(store, types=typed("T", "U")) == ["1", "2"]
    assert (found(store, types=typed("T")), found(store, types=typed("U"))) == (["1"], ["2"])
    save(store, retyped(one, "T", "U"))
    assert found(store, types=typed("U")) == found(store, types=typed("T", "U")) == found(store) == ["1", "2"]
    assert found(store, types=All((TypeIs(iri("T")), TypeIs(iri("U"))))) == ["1"]
    save(store, retyped(one, "V"))
    assert (found(store, types=typed("T")), found(store, types=typed("V"))) == ([], ["1"])
    assert found(store, types=typed("T", "U")) == ["2"]
    save(store, msgspec.structs.replace(retyped(one, "V"), attributes={}))
    assert found(store) == ["2"]


def test_another_attribute_is_another_place(store: Store) -> None:
    save(store, entity("1", place=point(5, 53), aside=point(4.5, 52.0)), entity("2", place=point(4.5, 52.0)))
    assert found(store) == ["2"]
    assert found(store, geo=msgspec.structs.replace(HERE, property=iri("aside"))) == ["1"]
    assert found(store, geo=msgspec.structs.replace(HERE, property=iri("nowhere"))) == []
