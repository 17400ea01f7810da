# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see and write what, as the configuration and the rooms declare it."""

from hanze.access import Policy, Public
from hanze.experiments import model as experiments
from hanze.feeds import health
from hanze.goals import model as goals
from hanze.ngsild.context import CORE
from hanze.ngsild.described import Described
from hanze.node.config import Config, PublicPart

TYPES: tuple[Described, ...] = (health.DESCRIBED, *goals.TYPES, *experiments.TYPES)
"""Types of entities that Hanze makes itself; only their rooms write them."""

OWNED = {one.iri: one.room for one in TYPES}
"""Types that only the room of this name writes."""


def policy(config: Config, *, open: bool) -> Policy:
    """What the configuration declares, names expanded by the core context."""
    public = []
    for part in config.access.public:
        whole = part if isinstance(part, PublicPart) else PublicPart(part)
        names = None if whole.attributes is None else frozenset(map(CORE.expand, whole.attributes))
        public.append(Public(CORE.expand(whole.type), names, whole.tenant))
    restricted = frozenset(map(CORE.expand, config.access.restricted))
    return Policy(public=tuple(public), restricted=restricted, owned=OWNED, open=open)
