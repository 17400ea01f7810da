# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON of a subscription: whatever comes, it is kept or refused; what is shown can be given again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.broker.subscriptions import document
from hanze.broker.subscriptions.definition import define
from hanze.errors import BadRequestData, HanzeError
from hanze.ngsild.context import CORE, Context
from tests.broker.subscriptions.making import NOW, body

OTHER = Context({}, {"Kamer": "https://example.org/Kamer", "aantal": "https://example.org/aantal"}, {})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.floats() | st.text(max_size=6)
    | st.sampled_from(["Kamer", "aantal>5", "urn:a:1", "http://example.org/", "within", "entityCreated", "[1,2]"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "id", "uri", "endpoint", "key", "value", "georel", "geometry", "coordinates", "format"]),
        inner, max_size=4,
    ),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*document.SUBSCRIPTION, "id", "type", "status"]), VALUES, max_size=6))
def test_whatever_comes_is_kept_or_refused(members: dict[str, Any]) -> None:
    try:
        kept = document.checked({**body(), **members}, OTHER, NOW)
    except HanzeError as error:
        assert error.status in (400, 403, 422)
        assert len(error.detail) < 1500
    else:
        define("", "urn:a:1", "token", "anyone", kept, OTHER, OTHER)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"entities": [{"type": "Kamer|(Zaal;Hal)", "idPattern": "1$"}, {"type": "*", "id": "urn:a:1"}]},
        {"entities": None, "watchedAttributes": ["aantal", "https://example.org/x#y"], "q": "aantal>5"},
        {
            "geoQ": {
                "georel": "near;maxDistance==5",
                "geometry": "Point",
                "coordinates": "[1,2]",
                "geoproperty": "aantal",
            }
        },
        {"timeInterval": 5.5, "isActive": False, "datasetId": "urn:a:1", "temporalQ": {"x": 1}},
        {"notification": {"endpoint": {"uri": "https://example.org/"}, "omit": ["aantal{Kamer,b},c"], "joinLevel": 2}},
    ],
)
def test_what_is_shown_can_be_given_again(members: dict[str, Any]) -> None:
    kept = document.checked(body(**members), OTHER, NOW)
    for context in (OTHER, CORE):
        shown = document.shown("urn:a:1", kept, context)
        again = document.checked(shown, context, NOW)
        again.pop("notificationTrigger")
        assert again == {name: value for name, value in kept.items() if name != "notificationTrigger"}


def test_a_patch_leaves_what_is_kept_as_it_is() -> None:
    kept = document.checked(body(q="aantal>5", throttling=5), OTHER, NOW)
    before = {**kept}
    made = document.patched(kept, {"throttling": None, "q": "aantal>6", "unknown": 1}, OTHER, NOW)
    assert kept == before
    assert (made["q"], "throttling" in made, "unknown" in made) == ("aantal>6", False, False)
    with pytest.raises(BadRequestData, match="timeInterval and throttling"):
        document.patched(kept, {"timeInterval": 5}, OTHER, NOW)


def test_a_patch_of_an_expired_one_need_not_touch_its_end() -> None:
    kept = document.checked(body(expiresAt="2026-01-01T00:00:00Z"), CORE, NOW)
    late = 4_000_000_000_000_000
    assert document.status(kept, late) == "expired"
    assert document.patched(kept, {"description": "x"}, CORE, late)["description"] == "x"
    with pytest.raises(BadRequestData, match="expiresAt"):
        document.patched(kept, {"expiresAt": "2026-02-01T00:00:00Z"}, CORE, late)
