# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The site of a node: its rooms with pages, and what they share."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.routing import Route

from hanze import explore
from hanze.access import Access
from hanze.ngsild.times import Clock
from hanze.node.config import Config
from hanze.store.base import Store
from hanze.web import background, site
from hanze.web.people import vaults as people
from hanze.web.room import Site

ROOMS = (explore.ROOM,)

VAULTS = (*people.VAULTS,)


def routes(folder: Path, config: Config, store: Store, access: Access, clock: Clock) -> list[Route]:
    """Addresses without the base path. Errors: ConfigurationError where the background of the maps cannot be read."""
    name = config.site.background
    shared = Site(
        store=store,
        access=access,
        clock=clock,
        city=config.city.name,
        zone=ZoneInfo(config.city.timezone),
        chance=os.urandom,
        base=config.server.base_path,
        background=background.read(folder / name if name else None),
    )
    return site.routes(shared, ROOMS)
