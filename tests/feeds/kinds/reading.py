# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to look at what a source gave, and rubbish in the shape of a source's answer."""

import copy
from typing import Any

from hypothesis import strategies as st

from hanze.feeds.source import Found
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance

rubbish = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from([10**400, "1e999", "nan", "2026-01-01T00:00:00Z", 1_767_225_600, -1]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
"""Any JSON."""


@st.composite
def spoilt(draw: st.DrawFn, document: Any) -> Any:
    """The document with up to three of its values, at any depth, exchanged for rubbish or taken away."""
    made = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = made, None
        while isinstance(holder, dict | list) and holder:
            inner = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if key is not None and draw(st.booleans()):
                break
            above, key = holder, inner
            holder = holder[inner]
        if key is None:
            return draw(rubbish)
        if draw(st.booleans()):
            above[key] = draw(rubbish)
        elif isinstance(above, dict):
            del above[key]
    return made


def of(entity: Entity, name: str) -> Instance | None:
    """The one instance of an attribute, by its short name."""
    found = entity.attributes.get(CORE.expand(name))
    return found[0] if found else None


def value(entity: Entity, name: str) -> Any:
    found = of(entity, name)
    return None if found is None else found.get("value", found.get("object"))


def values(found: Found, name: str) -> list[Any]:
    """The values of an attribute in all entities that have it, in their order."""
    return [value(one, name) for one in found.entities if of(one, name) is not None]
