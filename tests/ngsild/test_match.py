# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which entities a whole selection means; q, types and scopes have their own tests beside their languages."""

from typing import Any

import pytest

from hanze.ngsild import match, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import geo, q, scope, types
from hanze.ngsild.selection import EntitySelection, Geo, Path
from tests.ngsild.making import ONE, entity, iri, lang, prop, rel
from tests.ngsild.making import geo as place

CAR = entity(["/NL/Delft"], speed=prop(50, unitCode="KMH"), owner=rel("urn:ngsi-ld:P:1"), name=lang(nl="auto"))
WHERE = iri("place")


def selection(**given: Any) -> EntitySelection:
    return EntitySelection(**given)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (selection(), True),
        (selection(types=types.parse("T,U", CORE)), True),
        (selection(types=types.parse("U", CORE)), False),
        (selection(ids=("urn:ngsi-ld:T:2", "urn:ngsi-ld:T:1")), True),
        (selection(ids=("urn:ngsi-ld:T:2",)), False),
        (selection(id_pattern="T:[0-9]$"), True),
        (selection(id_pattern="^T"), False),
        (selection(attributes=(iri("size"), iri("speed"))), True),
        (selection(attributes=(iri("size"),)), False),
        (selection(q=q.parse("speed>=50;owner==urn:ngsi-ld:P:1", CORE)), True),
        (selection(q=q.parse("speed>50", CORE)), False),
        (selection(scope_q=scope.parse("/NL/#")), True),
        (selection(scope_q=scope.parse("/BE/#")), False),
        (selection(types=types.parse("T", CORE), ids=("urn:ngsi-ld:T:1",), q=q.parse("speed", CORE)), True),
        (selection(types=types.parse("T", CORE), ids=("urn:ngsi-ld:T:1",), q=q.parse("size", CORE)), False),
        (selection(types=types.parse("T", CORE), id_pattern="2$"), False),
    ],
)
def test_every_part_that_is_given_must_hold(wanted: EntitySelection, fits: bool) -> None:
    assert match.matches(CAR, wanted) is fits


def near(metres: float, lon: float = 4.9, lat: float = 52.4) -> Geo:
    return geo.parse(f"near;maxDistance=={metres}", "Point", f"[{lon},{lat}]", "place", CORE)


@pytest.mark.parametrize(
    ("e", "fits"),
    [
        (entity(place=place(4.9, 52.4)), True),
        (entity(place=place(5.9, 52.4)), False),
        (entity(place=[place(5.9, 52.4), place(4.9, 52.4, datasetId=ONE)]), True),
        (entity(place=prop({"type": "Point", "coordinates": [4.9, 52.4]})), False),
        (entity(place=rel("urn:x:1")), False),
        (entity(other=place(4.9, 52.4)), False),
        (entity(), False),
    ],
)
def test_places(e: Entity, fits: bool) -> None:
    assert match.geo(e, near(1000)) is fits
    assert match.matches(e, selection(geo=near(1000))) is fits


def test_what_has_no_place_is_not_disjoint_either() -> None:
    away = geo.parse("disjoint", "Point", "[0,0]", "place", CORE)
    assert match.geo(entity(place=place(4.9, 52.4)), away)
    assert not match.geo(entity(), away)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (Path("id"), [("Property", "urn:ngsi-ld:T:1")]),
        (Path("type"), [("Property", iri("T"))]),
        (Path("createdAt"), [("Property", "2026-01-01T00:00:00Z")]),
        (Path(iri("speed")), [("Property", 50)]),
        (Path(iri("speed"), ("unitCode",)), [("Property", "KMH")]),
        (Path(iri("speed"), ("modifiedAt",)), [("Property", "2026-01-01T00:00:00Z")]),
        (Path(iri("owner")), [("Relationship", "urn:ngsi-ld:P:1")]),
        (Path(iri("name"), (), ("nl",)), [("LanguageProperty", "auto")]),
        (Path(iri("name"), (), ("en",)), []),
        (Path(iri("speed"), ("unitCode", iri("x"))), []),
        (Path(iri("size")), []),
        (Path("scope"), []),
    ],
)
def test_what_a_path_leads_to(path: Path, found: list[Any]) -> None:
    assert list(match.elements(CAR, path)) == found


def test_a_moment_of_the_node_compares_as_a_moment() -> None:
    assert match.query(CAR, q.parse("createdAt>=2026-01-01T01:00:00+01:00", CORE))
    assert not match.query(CAR, q.parse(f"modifiedAt>{times.text(times.parse('2026-01-01T00:00:00Z'))}", CORE))


def test_an_entity_without_times_of_the_node_has_none() -> None:
    assert not match.query(Entity("urn:x:1", [iri("T")]), q.parse("createdAt", CORE))
