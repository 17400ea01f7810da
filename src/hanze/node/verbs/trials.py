# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial is checked: whether each version of its plan is as it was fixed, and its evidence as it was signed."""

from zoneinfo import ZoneInfo

import msgspec

from hanze.access import identity
from hanze.access.principal import OVERSEE
from hanze.errors import BadRequestData
from hanze.experiments.evidence import keeping as signed
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


class Signed(msgspec.Struct, frozen=True):
    """One version of the evidence, and the key that it was signed with."""

    at: str
    verdict: str
    key: str


class Checked(msgspec.Struct, frozen=True):
    """`broken`: what is not as it was fixed or signed; nothing where all holds."""

    name: str
    versions: list[Row]
    evidence: list[Signed]
    broken: list[str]


def _verify(desk: Desk, given: Asked, progress: Progress) -> Checked:
    city, zone = desk.config.city.code, ZoneInfo(desk.config.city.timezone)
    trial = keeping.find(desk.store, city, keeping.code_of(given.id))
    if trial is None:
        raise BadRequestData(f"There is no trial {shown(given.id)}; /v1/trials lists those that there are.")
    found = registered.versions(desk.store, city, trial.code)
    broken = list(registered.broken(found, simulated=bool(trial.facts.simulated)))
    evidence, keys = signed.versions(desk.store, city, trial.code), identity.known(desk.store)
    for one in evidence:
        broken += signed.wrong(one.card, one.signature, keys)
    rows = [Signed(times.text(one.at), one.verdict, one.signature.key) for one in evidence]
    versions = [_row(one) for one in changes.changed(found, zone)]
    return Checked(trial.facts.name, versions, rows, [one.said() for one in broken])


def _row(one: changes.Changed) -> Row:
    version = one.version
    return Row(version.number, times.text(version.at), one.when, list(one.fields), version.why, version.link.hash)


VERIFY = Verb(Asked, OVERSEE, _verify)
