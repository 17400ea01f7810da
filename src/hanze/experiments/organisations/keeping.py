# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations as they are found, made and changed, and who speaks for them."""

from typing import Literal, Protocol, get_args

import msgspec

from hanze.access import audit
from hanze.errors import AlreadyExists, BadRequestData, ResourceNotFound
from hanze.experiments.organisations.vaults import INVITED, MEMBERS, ORGANISATIONS
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, Vault, VaultRead
from hanze.web.people import people, tokens
from hanze.web.people.people import Person
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import PEOPLE

Kind = Literal["company", "social enterprise", "knowledge institute", "residents' group"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Size = Literal["alone", "micro", "small", "medium", "large"]
"""One person; fewer than 10, 50 or 250 who work there; more (Recommendation 2003/361/EC of the European Commission)."""

SIZES: tuple[Size, ...] = get_args(Size)

Locality = Literal["city", "region", "country", "abroad"]
"""Where it has its seat, seen from the city."""

LOCALITIES: tuple[Locality, ...] = get_args(Locality)

WEEKS = 2
LASTS = WEEKS * 7 * 86_400_000_000
"""Microseconds that an invitation works."""


class Organisation(msgspec.Struct, frozen=True):
    """`newcomer`: it never worked for the city before; `contact`: a mail address; `created`: microseconds."""

    id: str
    name: str
    kind: Kind
    size: Size
    locality: Locality
    newcomer: bool
    contact: str
    created: int = 0
    simulated: bool = False


class Vaults(Protocol):
    """A store or a unit of work."""

    def vault(self, vault: Vault) -> VaultRead: ...


def of(vaults: Vaults, person: str) -> Organisation | None:
    """That for which the person with this id speaks; None where there is none."""
    for row in vaults.vault(MEMBERS).select({"person": person}, limit=1):
        return find(vaults, row["organisation"])
    return None


def find(vaults: Vaults, id: str) -> Organisation | None:
    for row in vaults.vault(ORGANISATIONS).select({"id": id}, limit=1):
        return _organisation(row)
    return None


def named(vaults: Vaults, name: str) -> Organisation | None:
    """That of this name, however it is written."""
    for row in vaults.vault(ORGANISATIONS).select({"key": key(name)}, limit=1):
        return _organisation(row)
    return None


def every(vaults: Vaults) -> list[Organisation]:
    """All of them, by name."""
    return [_organisation(row) for row in vaults.vault(ORGANISATIONS).select(order=("key",))]


def members(vaults: Vaults, id: str) -> list[Person]:
    """Who speaks for it, those first who did so first; whose account was erased does not any more."""
    rows = vaults.vault(MEMBERS).select({"organisation": id}, order=("since", "rowid"))
    found = (people.find(vaults.vault(PEOPLE), id=row["person"]) for row in rows)
    return [one for one in found if one is not None]


def key(name: str) -> str:
    """The name as it is compared."""
    return " ".join(name.casefold().split())


def save(uow: UnitOfWork, organisation: Organisation, by: str) -> None:
    """It is so from now on. `by`: who says so, for the audit. Errors: AlreadyExists where another one is called so,
    BadRequestData without a name."""
    if not key(organisation.name):
        raise BadRequestData("name is empty; give the name of the organisation.")
    other = named(uow, organisation.name)
    if other is not None and other.id != organisation.id:
        raise AlreadyExists(f"There is an organisation {other.name} already; give another name.")
    before = find(uow, organisation.id)
    created = uow.real if before is None else before.created
    row = {**msgspec.structs.asdict(organisation), "key": key(organisation.name), "created": created}
    flags = {"newcomer": int(organisation.newcomer), "simulated": int(organisation.simulated)}
    uow.vault(ORGANISATIONS).put({**row, **flags})
    audit.note(uow, by, "registered organisation" if before is None else "changed organisation", organisation.id)


def join(uow: UnitOfWork, organisation: str, person: str, by: str) -> None:
    """The person speaks for it from now on. Errors: ResourceNotFound, AlreadyExists where the person speaks for another one."""
    if find(uow, organisation) is None:
        raise ResourceNotFound("There is no such organisation.")
    held = of(uow, person)
    if held is not None and held.id != organisation:
        raise AlreadyExists(f"You speak for {held.name} already; leave it first.")
    uow.vault(MEMBERS).put({"person": person, "organisation": organisation, "since": uow.real})
    audit.note(uow, by, "joined organisation", organisation, person=person)


def leave(uow: UnitOfWork, person: str, by: str) -> None:
    """The person speaks for none from now on."""
    held = of(uow, person)
    if held is not None:
        uow.vault(MEMBERS).delete({"person": person})
        audit.note(uow, by, "left organisation", held.id, person=person)


def invite(uow: UnitOfWork, chance: Chance, organisation: str, by: str) -> str:
    """The token of a link by which one person may join, once and within two weeks; only its hash is kept."""
    token = tokens.made(chance)
    row = {"hash": tokens.hashed(token), "organisation": organisation, "expires": uow.real + LASTS}
    uow.vault(INVITED).insert(row)
    audit.note(uow, by, "invited to organisation", organisation)
    return token


def invited(vaults: Vaults, token: str, now: int) -> Organisation | None:
    """Where the token leads; None where it works no more. `now`: microseconds by the clock of the machine."""
    where = {"hash": tokens.hashed(token), "expires": (">", now)}
    for row in vaults.vault(INVITED).select(where, limit=1) if token else []:
        return find(vaults, row["organisation"])
    return None


def accept(uow: UnitOfWork, token: str, person: str, by: str) -> Organisation:
    """The person joins. Errors: ResourceNotFound where the token works no more, AlreadyExists."""
    found = invited(uow, token, uow.real)
    if found is None:
        raise ResourceNotFound("This invitation works no more; ask for a new one.")
    join(uow, found.id, person, by)
    uow.vault(INVITED).delete({"hash": tokens.hashed(token)})
    return found


def _organisation(row: Row) -> Organisation:
    told = {name: row[name] for name in Organisation.__struct_fields__}
    flags = {"newcomer": bool(row["newcomer"]), "simulated": bool(row["simulated"])}
    return msgspec.convert({**told, **flags}, Organisation)
