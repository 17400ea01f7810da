# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the JSON of a request to entities and attribute instances with expanded names."""

from hanze.ngsild.parse.attribute import instances
from hanze.ngsild.parse.entity import PLACES, entity, fragment, place, temporal

__all__ = ["PLACES", "entity", "fragment", "instances", "place", "temporal"]
