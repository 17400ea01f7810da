# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON in which keys and values that mean something stand together in any way."""

from hypothesis import strategies as st

from hanze.ngsild.entity import NULL, VALUE_MEMBER

WORDS = st.sampled_from(
    (
        *VALUE_MEMBER,
        *VALUE_MEMBER.values(),
        "type",
        "datasetId",
        "observedAt",
        "coordinates",
        "Point",
        "urn:x:1",
        NULL,
        "a",
        "",
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
