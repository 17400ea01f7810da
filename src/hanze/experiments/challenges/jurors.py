# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The jury of a call: who sits in it, what each declares, and the scores, hidden from a juror until the own ones are given."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from hanze.access import audit
from hanze.errors import BadRequestData, Conflict, NoRightToAccess
from hanze.experiments.challenges import judging, phases
from hanze.experiments.challenges.judging import Given, Score
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.vaults import JURORS, SCORES
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, Vault, VaultRead
from hanze.web.language import mark as _

INVITED, REMOVED, DECLARED, JUDGED = "juror invited", "juror removed", "juror declared interests", "application judged"
"""Acts of the audit."""

UNDECLARED = _("Say first with which applications you have an interest, or that you have none.")
INTEREST = _("You said that you have an interest in this application, so you do not judge it.")
FINAL = _("You judged this application already. Scores stay as they were given, for the others may have seen them.")


class Juror(msgspec.Struct, frozen=True):
    """`declared`: None where it was not said yet; `conflicts`: ids of applications."""

    challenge: str
    person: str
    declared: int | None
    conflicts: tuple[str, ...]
    tells: str


class Vaults(Protocol):
    """A store or a unit of work."""

    def vault(self, vault: Vault) -> VaultRead: ...


def of(vaults: Vaults, challenge: str) -> list[Juror]:
    """In the order in which they came."""
    return [_juror(row) for row in vaults.vault(JURORS).select({"challenge": challenge}, order=("at", "rowid"))]


def seats(vaults: Vaults, person: str) -> list[str]:
    """The codes of the challenges whose jury somebody sits in."""
    return [row["challenge"] for row in vaults.vault(JURORS).select({"person": person}, order=("-at", "-rowid"))]


def find(vaults: Vaults, challenge: str, person: str) -> Juror | None:
    rows = vaults.vault(JURORS).select({"challenge": challenge, "person": person})
    return _juror(rows[0]) if rows else None


def known(vaults: Vaults, challenge: str, person: str) -> Juror:
    """Errors: NoRightToAccess for who does not sit in this jury."""
    found = find(vaults, challenge, person)
    if found is None:
        raise NoRightToAccess("You do not sit in the jury of this challenge.")
    return found


def seat(uow: UnitOfWork, one: Challenge, today: date, person: str, by: str) -> bool:
    """The person judges from now on; False where that was so already. Errors: Conflict."""
    phases.demand("invite juror", one.phase(today))
    if find(uow, one.code, person) is not None:
        return False
    row = {"challenge": one.code, "person": person, "at": uow.now, "conflicts": [], "tells": ""}
    uow.vault(JURORS).insert(row)
    audit.note(uow, by, INVITED, one.id, person=person)
    return True


def unseat(uow: UnitOfWork, one: Challenge, today: date, person: str, by: str) -> None:
    """The person judges no more. Errors: Conflict where scores were given already, for a jury is not made to measure."""
    phases.demand("invite juror", one.phase(today))
    if uow.vault(SCORES).count({"challenge": one.code, "person": person}):
        raise Conflict(_("This juror has given scores already, and so stays in the jury."))
    uow.vault(JURORS).delete({"challenge": one.code, "person": person})
    audit.note(uow, by, REMOVED, one.id, person=person)


def declare(
    uow: UnitOfWork, one: Challenge, today: date, person: str, conflicts: Sequence[str], tells: str, by: str
) -> None:
    """With which applications a juror has an interest, and what. Errors: NoRightToAccess; Conflict after the first score."""
    phases.demand("judge", one.phase(today))
    known(uow, one.code, person)
    if uow.vault(SCORES).count({"challenge": one.code, "person": person}):
        raise Conflict(_("You began to judge already. Tell the city where you find out about an interest now."))
    values = {"declared": uow.now, "conflicts": list(conflicts), "tells": tells}
    uow.vault(JURORS).update({"challenge": one.code, "person": person}, values)
    audit.note(uow, by, DECLARED, one.id, conflicts=len(conflicts))


def judge(uow: UnitOfWork, one: Challenge, today: date, person: str, application: str, given: Given, by: str) -> None:
    """The scores of a juror for an application, once. Errors: NoRightToAccess, Conflict; BadRequestData where the scores do not
    fit the criteria."""
    phases.demand("judge", one.phase(today))
    juror = known(uow, one.code, person)
    demand(juror, application)
    if len(given) != len(one.call.criteria) or any(not judging.LEAST <= each.score <= judging.MOST for each in given):
        raise BadRequestData("Give each criterion a score from 1 to 5.")
    if uow.vault(SCORES).count({"submission": application, "person": person}):
        raise Conflict(FINAL)
    row = {"challenge": one.code, "submission": application, "person": person, "at": uow.now}
    uow.vault(SCORES).insert({**row, "scores": msgspec.to_builtins(list(given))})
    audit.note(uow, by, JUDGED, f"application:{application}", challenge=one.code)


def demand(juror: Juror, application: str) -> None:
    """Errors: Conflict where the juror may not look at this application."""
    if juror.declared is None:
        raise Conflict(UNDECLARED)
    if application in juror.conflicts:
        raise Conflict(INTEREST)


def scores(vaults: Vaults, challenge: str) -> dict[str, dict[str, Given]]:
    """By application and juror."""
    found: dict[str, dict[str, Given]] = {}
    for row in vaults.vault(SCORES).select({"challenge": challenge}, order=("at", "rowid")):
        given = msgspec.convert(row["scores"], list[Score])
        found.setdefault(row["submission"], {})[row["person"]] = given
    return found


def seen(all: Mapping[str, Mapping[str, Given]], person: str, application: str) -> Mapping[str, Given]:
    """What a juror sees of an application: nothing of others before the own scores are given, and then all."""
    given = all.get(application, {})
    return given if person in given else {}


def waiting(
    jury: Sequence[Juror], all: Mapping[str, Mapping[str, Given]], applications: Sequence[str]
) -> dict[str, int]:
    """By juror, how many applications are still to be judged; who has none left is not there."""
    left = {
        one.person: sum(id not in one.conflicts and one.person not in all.get(id, {}) for id in applications) for one in jury
    }  # fmt: skip
    return {person: count for person, count in left.items() if count}


def end(uow: UnitOfWork, challenge: str) -> None:
    """The days of what was kept of this jury are counted from now on."""
    for vault in (JURORS, SCORES):
        uow.vault(vault).update({"challenge": challenge, "ends": None}, {"ends": uow.now})


def _juror(row: Row) -> Juror:
    return msgspec.convert({name: row[name] for name in Juror.__struct_fields__}, Juror)
