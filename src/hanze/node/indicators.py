# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The indicators of a node: those that Hanze brings along, and those that stand in its folder."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from hanze.access import Access
from hanze.compute.pool import Pool
from hanze.errors import ConfigurationError
from hanze.goals.catalogue import reading
from hanze.goals.indicators.definition import Definition
from hanze.goals.indicators.known import Known
from hanze.goals.journey.runner import Foreseeing
from hanze.goals.plans.job import reaches
from hanze.goals.plans.runner import Plans
from hanze.goals.runner import Goals
from hanze.goals.verifying import open_share
from hanze.ngsild.times import Clock
from hanze.node.config import Config
from hanze.store.base import Store

FOLDER = "indicators"

log = logging.getLogger("hanze.goals")


def definitions(folder: Path) -> Mapping[str, Definition]:
    """By code; one of the folder takes the place of one of Hanze's. Errors: ConfigurationError with file, line and fix."""
    own = folder / FOLDER
    return reading.read(own, reading.shipped()) if own.is_dir() else reading.shipped()


def known(folder: Path, city: str) -> Known:
    """The indicators of a node; `city`: its code."""
    return Known(city, partial(_readable, folder))


def _readable(folder: Path) -> Mapping[str, Definition]:
    """Where one of the folder's cannot be read, those of Hanze go on without any of them."""
    try:
        return definitions(folder)
    except ConfigurationError as error:
        log.error("%s", error.detail)
        return reading.shipped()


def goals(known: Known, config: Config, store: Store, access: Access, pool: Pool, clock: Clock) -> Goals:
    """What keeps the values of the indicators."""
    zone = ZoneInfo(config.city.timezone)
    return Goals(store, pool, clock, zone, known.city, known.indicators, lambda: open_share(store, access))


def foreseeing(known: Known, config: Config, store: Store, pool: Pool, clock: Clock) -> Foreseeing:
    """What makes a forecast of each indicator once a month."""
    return Foreseeing(store, pool, clock, ZoneInfo(config.city.timezone), known.city, known.indicators)


def plans(known: Known, store: Store, pool: Pool, clock: Clock) -> Plans:
    """What works out what plans would change."""
    return Plans(store, pool, clock, known.city, reaches(known.indicators))
