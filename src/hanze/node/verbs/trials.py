# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan of a trial is checked: whether each version is as it was fixed."""

from zoneinfo import ZoneInfo

import msgspec

from hanze.access.principal import OVERSEE
from hanze.errors import BadRequestData
from hanze.experiments.trials import changes, keeping, registered
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.node.verb import Desk, Progress, Verb


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`id`: of the trial, or the last part of it."""

    id: str


class Row(msgspec.Struct, frozen=True):
    """One version: `at`: when it was fixed; `when`: beside the days of the trial; `fields`: what changed."""

    version: int
    at: str
    when: str
    fields: list[str]
    why: str
    hash: str


class Checked(msgspec.Struct, frozen=True):
    """`broken`: what is not as it was fixed; nothing where the chain holds."""

    name: str
    versions: list[Row]
    broken: list[str]


def _verify(desk: Desk, given: Asked, progress: Progress) -> Checked:
    city, zone = desk.config.city.code, ZoneInfo(desk.config.city.timezone)
    trial = keeping.find(desk.store, city, keeping.code_of(given.id))
    if trial is None:
        raise BadRequestData(f"There is no trial {shown(given.id)}; /v1/trials lists those that there are.")
    found = registered.versions(desk.store, city, trial.code)
    broken = registered.broken(found, simulated=bool(trial.facts.simulated))
    return Checked(
        trial.facts.name, [_row(one) for one in changes.changed(found, zone)], [one.said() for one in broken]
    )


def _row(one: changes.Changed) -> Row:
    version = one.version
    return Row(version.number, times.text(version.at), one.when, list(one.fields), version.why, version.link.hash)


VERIFY = Verb(Asked, OVERSEE, _verify)
