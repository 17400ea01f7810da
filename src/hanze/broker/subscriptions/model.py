# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a subscription is once it is understood: whom it watches, what sets it off, how and where it notifies.

Source: ETSI GS CIM 009 V1.8.1, clauses 5.2.12 (Subscription), 5.2.14 (NotificationParams), 5.2.15 (Endpoint).
"""

from typing import Any

import msgspec

from hanze.ngsild.context import Context
from hanze.ngsild.render.form import Form
from hanze.ngsild.selection import Geo

TRIGGERS = frozenset(
    {"entityCreated", "entityUpdated", "entityDeleted", "attributeCreated", "attributeUpdated", "attributeDeleted"}
)
CONTEXT_REL = "http://www.w3.org/ns/json-ld#context"
"""Relation of a Link header that names an @context."""

DEFAULT_TRIGGERS = ("attributeCreated", "attributeUpdated")


class Selector(msgspec.Struct, frozen=True):
    """One element of `entities` (clause 5.2.33): what is given must hold. `types`: a TypeSelection, None for any."""

    types: Any = None
    ids: frozenset[str] = frozenset()
    id_pattern: str | None = None


class View(msgspec.Struct, frozen=True):
    """What a notification shows of an entity; subscriptions with the same view share what was rendered.

    `served`: the @context that goes along, as JSON. `attributes`: only these (IRIs), None for all. `bare`: Features
    go without @context. `place`: IRI of the GeoProperty that is the geometry of a Feature.
    """

    context: Context
    served: bytes
    form: Form
    accept: str
    attributes: frozenset[str] | None
    changes: bool
    join: str
    level: int
    bare: bool
    place: str


class Endpoint(msgspec.Struct, frozen=True):
    """Where notifications go. `headers`: receiverInfo. `timeout`, `cooldown`: seconds."""

    uri: str
    accept: str
    headers: tuple[tuple[str, str], ...]
    timeout: float
    cooldown: float


class Definition(msgspec.Struct, frozen=True):
    """A subscription that can be matched and delivered. Times in microseconds, `throttling` and `interval` too.

    `selectors`: alternatives, empty for any entity. `watched`: IRIs, empty for every attribute. `triggers`: without
    entityUpdated, which stands for the three of attributes. `q`, `scope_q`: parsed queries.
    """

    tenant: str
    id: str
    token: str
    owner: str
    selectors: tuple[Selector, ...]
    watched: frozenset[str]
    triggers: frozenset[str]
    q: Any
    geo: Geo | None
    scope_q: Any
    active: bool
    expires: int | None
    throttling: int
    interval: int
    view: View
    endpoint: Endpoint

    def runs(self, now: int) -> bool:
        """Neither paused nor expired."""
        return self.active and (self.expires is None or now < self.expires)
