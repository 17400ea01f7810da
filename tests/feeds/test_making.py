# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is made of a source's values is what the parser would make of the same in NGSI-LD."""

from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.ngsild import parse
from hanze.ngsild.context import CORE

AT = "2026-01-01T00:00:00Z"


def test_an_entity_is_what_the_parser_makes() -> None:
    made = making.entity(
        making.urn("Station", "NL", "10 636/a"),
        "Station",
        {
            "no2": making.number("21.5", "GQ", AT),
            "count": making.number(3),
            "name": making.plain("Haven"),
            "open": making.plain(False),
            "location": making.point("4.5", 52),
            "city": making.link("urn:ngsi-ld:City:1"),
            "missing": making.number(None),
        },
    )
    document = {
        "id": "urn:ngsi-ld:Station:NL:10%20636%2Fa",
        "type": "Station",
        "no2": {"type": "Property", "value": 21.5, "unitCode": "GQ", "observedAt": AT},
        "count": 3,
        "name": "Haven",
        "open": False,
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.5, 52.0]}},
        "city": {"type": "Relationship", "object": "urn:ngsi-ld:City:1"},
    }
    assert made == parse.entity(document, CORE)


@pytest.mark.parametrize("value", ["much", float("nan"), float("inf"), "inf", True, [1], {}, 10**400])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(BadRequestData, match="is no number"):
        making.number(value)


@pytest.mark.parametrize("value", [None, ""])
def test_what_is_missing_is_left_out(value: Any) -> None:
    assert making.number(value) is making.plain(value) is making.point(value, 52) is making.link(value) is None


@pytest.mark.parametrize(("lon", "lat"), [("east", 52), (4, 95), ([4], 52), (10**400, 52), (float("nan"), 52)])
def test_a_place_that_is_none_is_refused(lon: Any, lat: Any) -> None:
    with pytest.raises(BadRequestData):
        making.point(lon, lat)
