# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trials as entities: made, read, and moved from one state to the next."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from hanze.errors import Conflict, ResourceNotFound
from hanze.errors import mark as _
from hanze.experiments.model import EXPERIMENT, ExperimentFacts
from hanze.feeds.making import urn
from hanze.goals.keeping.saving import save
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.described import LOCATION, VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Compare, EntitySelection, Path, TypeIs
from hanze.ngsild.selection import Literal as Value
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every as entities
from hanze.store.scope import EVERYTHING, Scope

Status = Literal["preparing", "registered", "running", "stopped", "ended", "evaluated", "closed"]

STATUSES: tuple[Status, ...] = get_args(Status)

MOVES: Mapping[Status, frozenset[Status]] = {
    "preparing": frozenset({"registered"}),
    "registered": frozenset({"running", "stopped"}),
    "running": frozenset({"stopped", "ended"}),
    "stopped": frozenset({"evaluated"}),
    "ended": frozenset({"evaluated"}),
    "evaluated": frozenset({"evaluated", "closed"}),
    "closed": frozenset(),
}
"""From a state to those that may follow it."""

WORDS: Mapping[str, str] = {
    "preparing": _("being prepared"),
    "registered": _("plan fixed"),
    "running": _("running"),
    "stopped": _("stopped early"),
    "ended": _("over, not judged yet"),
    "evaluated": _("judged"),
    "closed": _("judged, and closed"),
}
"""What lists say of a state."""

SENTENCES: Mapping[str, str] = {
    "preparing": _("This trial is being prepared."),
    "registered": _("The plan is fixed. The trial did not begin yet."),
    "running": _("This trial is running."),
    "stopped": _("This trial was stopped early. It was not judged yet."),
    "ended": _("This trial is over. It was not judged yet."),
    "evaluated": _("This trial was judged."),
    "closed": _("This trial was judged, and is closed."),
}
"""What pages say of it."""

OVER: frozenset[Status] = frozenset({"stopped", "ended", "evaluated", "closed"})

VERDICT = VOCABULARY + "verdict"

LONGEST, MOST = 60, 100_000
"""Characters of a code; trials of one name."""


class Trial(msgspec.Struct, frozen=True):
    """`code`: the last part of its id; `geometry`: GeoJSON of where it is, None where that is not known."""

    code: str
    facts: ExperimentFacts
    geometry: dict[str, Any] | None = None
    judged: int | None = None
    """When the verdict came, microseconds; None before it."""

    @property
    def status(self) -> Status:
        found: Status = msgspec.convert(self.facts.status, Status)
        return found


def id_of(city: str, code: str) -> str:
    return urn(EXPERIMENT.name, city, code)


def code_of(id: str) -> str:
    return id.rpartition(":")[2]


def free(uow: UnitOfWork, city: str, name: str) -> str:
    """A code that people can read, of the name of a trial, which no trial has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "trial"
    found = (code, *(f"{code}-{number}" for number in range(2, MOST)))
    return next(one for one in found if uow.types("", id_of(city, one)) is None)


def every(reads: Reads, scope: Scope = EVERYTHING, *statuses: Status) -> list[Trial]:
    """All, or those in these states; by the first day, the newest first."""
    among = tuple(Value("text", one) for one in statuses)
    q = Compare(Path(VOCABULARY + "status"), "==", among) if among else None
    found = map(trial_of, entities(reads, EntitySelection(types=TypeIs(EXPERIMENT.iri), q=q), scope))
    return sorted(found, key=lambda one: (one.facts.starts, one.facts.name.casefold()), reverse=True)


def find(reads: Reads, city: str, code: str, scope: Scope = EVERYTHING) -> Trial | None:
    entity = reads.get("", id_of(city, code), scope)
    return None if entity is None or EXPERIMENT.iri not in entity.types else trial_of(entity)


def demand(reads: Reads, city: str, code: str, scope: Scope) -> Trial:
    """Errors: ResourceNotFound."""
    found = find(reads, city, code, scope)
    if found is None:
        raise ResourceNotFound(f"There is no trial {shown(code)} here.")
    return found


def trial_of(entity: Entity) -> Trial:
    geometry = next((one["value"] for one in entity.attributes.get(LOCATION, ())), None)
    verdict = entity.attributes.get(VERDICT, ())
    judged = next((times.parse(one["modifiedAt"]) for one in verdict if "modifiedAt" in one), None)
    return Trial(code_of(entity.id), EXPERIMENT.facts_of(entity, ExperimentFacts), geometry, judged)


def write(uow: UnitOfWork, city: str, trial: Trial) -> None:
    """Makes it, or puts it in the place of the one with this code; how it was before stays in the history."""
    save(uow, EXPERIMENT.entity(id_of(city, trial.code), trial.facts, location=trial.geometry))


def within(uow: UnitOfWork, city: str, code: str) -> Trial:
    """The trial as it is while something is written. Errors: ResourceNotFound."""
    entity = uow.entity("", id_of(city, code))
    if entity is None:
        raise ResourceNotFound(f"There is no trial {shown(code)} here.")
    return trial_of(entity)


def change(uow: UnitOfWork, city: str, code: str, **facts: Any) -> Trial:
    """These facts are so from now on. Errors: ResourceNotFound."""
    before = within(uow, city, code)
    after = msgspec.structs.replace(before, facts=msgspec.structs.replace(before.facts, **facts))
    write(uow, city, after)
    return after


def move(uow: UnitOfWork, city: str, code: str, status: Status, **facts: Any) -> Trial:
    """It is in another state from now on. Errors: ResourceNotFound, Conflict where that cannot follow."""
    now = within(uow, city, code).status
    if status not in MOVES[now]:
        raise Conflict(f"This trial is {now}; it cannot become {status} from there. Load its page once more.")
    return change(uow, city, code, status=status, **facts)


def answering(reads: Reads, id: str, scope: Scope) -> Sequence[Trial]:
    """Trials that answer the thing of this id, try it as a solution, or have it as their agreement."""
    names = ("inResponseTo", "solution", "agreement")
    found = [entity for name in names for entity in linked(reads, EXPERIMENT.iri, name, id, scope)]
    return list({one.id: trial_of(one) for one in found}.values())


def linked(reads: Reads, type: str, name: str, id: str, scope: Scope) -> list[Entity]:
    """Entities of a type (IRI) of which a relationship of ours leads to this id."""
    q = Compare(Path(VOCABULARY + name), "==", (Value("word", id),))
    return entities(reads, EntitySelection(types=TypeIs(type), q=q), scope)
