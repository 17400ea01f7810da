# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API /v1 of a node: the operations of its rooms, the types that it makes itself, and whom to ask about it."""

from collections.abc import Sequence
from typing import Any

from starlette.routing import Mount

from hanze.access import Access
from hanze.experiments import room as experiments
from hanze.explore import room as explore
from hanze.explore.api import TAGS
from hanze.goals import api
from hanze.goals import room as goals
from hanze.http import kinds
from hanze.http.openapi import About, Contact
from hanze.http.resources import Resources
from hanze.ngsild.times import Clock
from hanze.node.config import Config
from hanze.node.policy import TYPES
from hanze.store.base import Store

ROOT = "/v1"

OPERATIONS = (*explore.ROOM.operations, *goals.ROOM.operations, *experiments.ROOM.operations, *kinds.operations(TYPES))

TOLD = (
    "What the pages of the city show, as data. It can be read without a key where it is public. All that is known of an "
    "entity, its whole history and subscriptions are at /ngsi-ld/v1 (ETSI GS CIM 009), a stream of what changes at /live."
)

NOBODY = "nobody@example.org"
"""Where the city does not say whom to write to: an address that cannot be anybody's (RFC 2606), for the rules ask for one."""


def about(config: Config, address: str) -> About:
    """`address`: where others reach the node, with its base path; empty where that is not known."""
    site = address or f"http://localhost{config.server.base_path}"
    return About(
        title=f"Data of {config.city.name}",
        description=TOLD,
        contact=Contact(config.city.name, f"{site}/", config.site.contact or NOBODY),
        root=config.server.base_path + ROOT,
        tags=(*TAGS, *api.TAGS, *experiments.TAGS, (kinds.TAG, "The types of entities that Hanze makes itself.")),
    )


def mount(
    config: Config, address: str, store: Store, access: Access, clock: Clock, lent: Sequence[Any] = ()
) -> Mount:  # fmt: skip
    """What answers below /v1; `lent`: what the node lends to rooms."""
    return Mount(ROOT, Resources(store, access, clock, config.limits, about(config, address), OPERATIONS, lent))
