# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maps of many areas: a tenth of a second to draw, and asked for again and again, so that the latest ones are kept."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec
from markupsafe import Markup

from hanze.web.drawing import map
from hanze.web.drawing.map import Plan
from hanze.web.drawing.svg import Size
from hanze.web.drawing.words import Words

KEPT = 24
"""Pictures in memory, at most some 200 kB each."""


def pictures(plan: Plan, sizes: Mapping[str, Size], words: Words, name: str) -> dict[str, Markup]:
    """A map for each width of screen; `name`: their ids begin so."""
    told = msgspec.json.encode(plan)
    return {size: _drawn(told, room, words, f"{name}-{size}") for size, room in sizes.items()}


@lru_cache(KEPT)
def _drawn(plan: bytes, size: Size, words: Words, name: str) -> Markup:
    return Markup(map.draw(msgspec.json.decode(plan, type=Plan), size, words, name))
