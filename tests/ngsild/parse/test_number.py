# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short ways that plain numbers and points take say what the long way says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import NULL
from hanze.ngsild.parse import attribute

PAYLOAD = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Property", "Property", "Relationship"]),
        "value": st.sampled_from([1.5, 2, True, "x", NULL]),
    },
    optional={
        "unitCode": st.sampled_from(["CEL", "", 5, NULL, "x" * 5000]),
        "observedAt": st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", "yesterday", NULL, 5]),
        "datasetId": st.just("urn:a"),
    },
)
HERE: dict[str, Any] = {"type": "Point", "coordinates": [4.9, 52.1]}
POSITIONS: tuple[Any, ...] = (
    [181.0, 52.1],
    [4.9, -90.5],
    [4, 52.1],
    [4.9, True],
    [4.9, 52.1, 3.0],
    [4.9],
    [],
    "4.9,52.1",
    None,
)
PLACES = [
    HERE,
    *({**HERE, "coordinates": one} for one in POSITIONS),
    {**HERE, "type": "LineString"},
    {**HERE, "bbox": "x" * (2 << 20)},
    {"type": "Point"},
    NULL,
]
MORE: list[dict[str, Any]] = [
    {},
    *({"observedAt": moment} for moment in ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", "yesterday", NULL, 5)),
    {"unitCode": "CEL"},
    {"datasetId": "no uri"},
]


def told(payload: Any, nulls: bool) -> Any:
    try:
        return attribute.instances(payload, CORE, nulls=nulls, field="a")
    except HanzeError as error:
        return type(error), error.detail


@given(PAYLOAD, st.booleans())
def test_both_ways_agree(payload: dict[str, Any], nulls: bool) -> None:
    quick = told(payload, nulls)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attribute, "_is_number", lambda payload: False)
        assert told(payload, nulls) == quick


@pytest.mark.parametrize("nulls", [True, False])
@pytest.mark.parametrize("kind", ["GeoProperty", "Property"])
def test_both_ways_of_points_agree(kind: str, nulls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    payloads = [{"type": kind, "value": place, **more} for place in PLACES for more in MORE]
    quick = [told(payload, nulls) for payload in payloads]
    assert kind == "Property" or quick[:2] == [[payloads[0]], [payloads[1]]]
    monkeypatch.setattr(attribute, "_is_point", lambda payload: False)
    assert [told(payload, nulls) for payload in payloads] == quick
