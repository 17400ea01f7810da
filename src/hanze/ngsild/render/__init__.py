# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From entities to the JSON of a response, names compacted by a context."""

from hanze.ngsild.render.aggregated import Aggregate, aggregated
from hanze.ngsild.render.changes import notified
from hanze.ngsild.render.entity import entity, feature
from hanze.ngsild.render.form import PLAIN, Form, Selector
from hanze.ngsild.render.temporal import temporal

__all__ = [
    "PLAIN",
    "Aggregate",
    "Form",
    "Selector",
    "aggregated",
    "entity",
    "feature",
    "notified",
    "temporal",
]
