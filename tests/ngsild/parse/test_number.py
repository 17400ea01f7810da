# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short way that plain numbers take says what the long way says."""

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
