# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The site of a node: its rooms with pages, and what they share."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from starlette.routing import Route

from hanze.access import Access
from hanze.compute.pool import Pool
from hanze.errors import ConfigurationError
from hanze.experiments import room as experiments
from hanze.explore import room as explore
from hanze.goals import room as goals
from hanze.ngsild.times import Clock
from hanze.node.clock import DemoClock
from hanze.node.config import Config
from hanze.outgoing import Client
from hanze.store.base import Store
from hanze.store.vault import Vault
from hanze.web import background, demonstration, look, site
from hanze.web.language import languages
from hanze.web.outbox import page as mailed
from hanze.web.people import pages as people
from hanze.web.people.oidc import pages as oidc
from hanze.web.people.oidc import provider
from hanze.web.room import Site, Teller
from hanze.web.settings import Settings

ROOMS = (explore.ROOM, goals.ROOM, experiments.ROOM, people.ROOM)


def tellers() -> dict[str, Teller]:
    """What the rooms tell by mail of their entities, by type."""
    return {type: teller for room in ROOMS for type, teller in room.tidings.items()}


def site_of(
    folder: Path,
    config: Config,
    store: Store,
    access: Access,
    clock: Clock,
    vaults: Sequence[Vault],
    address: str = "",
    real: Clock | None = None,
    compute: Pool | None = None,
    settings: Settings | None = None,
    lent: Sequence[Any] = (),
) -> Site:
    """What the pages share; `vaults`: all that the node has, `address`: where the node runs, `real`: its real
    time where `clock` is that of a demonstration, `settings` and `lent`: what pages may change with. Errors:
    ConfigurationError where a file of the site cannot be read, or a language is not there."""
    told = config.site
    unknown = [code for code in told.languages if code not in languages()]
    if unknown:
        raise ConfigurationError(
            f'site.languages has "{unknown[0]}", which is not there; give some of {", ".join(languages())}.'
        )
    return Site(
        store=store,
        access=access,
        clock=clock,
        city=config.city.name,
        zone=ZoneInfo(config.city.timezone),
        chance=os.urandom,
        base=config.server.base_path,
        background=background.read(_file(folder, told.background)),
        vaults=tuple(vaults),
        contact=told.contact,
        languages=told.languages,
        look=look.read(_file(folder, told.style), _file(folder, told.mark)),
        address=told.address or address,
        mails=config.mails,
        real=real,
        compute=compute or Pool(),
        settings=settings,
        lent=tuple(lent),
    )


def with_provider(shared: Site, folder: Path, config: Config, client: Client) -> Site:
    """The same with the organisation by which people sign in, where one is named. Errors: ConfigurationError."""
    clock = shared.real or shared.clock
    found = provider.of(folder, config.oidc, client, shared.address, clock, shared.chance)
    return msgspec.structs.replace(shared, provider=found)


def routes(shared: Site, config: Config) -> list[Route]:
    """Addresses without the base path."""
    rooms = (*ROOMS, *((mailed.ROOM,) if config.demo.mails else ()), *((oidc.ROOM,) if shared.provider else ()))
    if isinstance(shared.clock, DemoClock):
        rooms += (demonstration.room(shared.clock),)
    return [*oidc.routes(shared), *site.routes(shared, rooms)]


def _file(folder: Path, name: str) -> Path | None:
    return folder / name if name else None
