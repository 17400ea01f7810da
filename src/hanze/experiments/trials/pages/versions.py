# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The versions of a plan in words: when each was fixed, what changed, why, and who had read the outcome before."""

from collections.abc import Sequence

import msgspec

from hanze.experiments.trials import changes, seen
from hanze.experiments.trials.changes import Changed
from hanze.experiments.trials.pages import common, saying
from hanze.experiments.trials.registered import Version
from hanze.experiments.trials.seen import Seen
from hanze.web.drawing import times
from hanze.web.room import Visit


class Field(msgspec.Struct, frozen=True):
    """A field that changed: how it was, and how it became."""

    label: str
    was: Sequence[str]
    now: Sequence[str]


class Told(msgspec.Struct, frozen=True):
    """`when`: its moment and whether data could be seen (`data`); `role`: of who fixed it; `read`: who had read the outcome."""

    number: int
    moment: str
    when: str
    data: bool
    role: str
    why: str
    fields: Sequence[Field]
    read: Sequence[str]
    hash: str


def told(visit: Visit, versions: Sequence[Version]) -> list[Told]:
    """All versions, the newest first."""
    found = changes.changed(versions, visit.site.zone)
    before = [None, *(one.version for one in found)][: len(found)]
    return [_told(visit, one, was) for one, was in zip(found, before, strict=True)][::-1]


def _told(visit: Visit, one: Changed, was: Version | None) -> Told:
    version = one.version
    moment = times.when(times.local(version.at, visit.site.zone).replace(second=0), visit.language.words)
    read = [] if version.seen is None else seen.told(msgspec.convert(version.seen, Seen))
    return Told(
        version.number, moment, visit.language.say(changes.WORDS[one.when]), one.data, common.role_name(visit, version.role),
        version.why, fields(visit, was, one) if was is not None else (), [common.sentence(visit, each) for each in read],
        version.link.hash,
    )  # fmt: skip


def fields(visit: Visit, was: Version, one: Changed) -> list[Field]:
    """What changed, field by field."""
    if not one.fields:
        return []
    old = {row.name: row.lines for row in saying.rows(visit, was.plan, one.fields)}
    new = {row.name: row.lines for row in saying.rows(visit, one.version.plan, one.fields)}
    label = visit.language.say
    return [Field(label(changes.FIELDS[name]), old.get(name, ()), new.get(name, ())) for name in one.fields]
