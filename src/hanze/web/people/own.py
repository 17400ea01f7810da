# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of one person: all of it as data, and gone where the person wants that (GDPR, articles 15, 17 and 20)."""

from collections.abc import Iterable
from typing import Any

from hanze.access import audit
from hanze.access.vaults import AUDIT, LOG
from hanze.ngsild import times
from hanze.store.base import Store, UnitOfWork
from hanze.store.vault import Vault
from hanze.web.attachments import kept as attachments
from hanze.web.people import giving, sessions, waiting
from hanze.web.people.oidc import identities
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.passkeys import kept
from hanze.web.people.people import Person
from hanze.web.people.vaults import PASSKEYS, PEOPLE, SESSIONS, TICKETS

FORMAT = 1
"""Of the export; a higher one where a reader must look again."""


def export(store: Store, person: Person, vaults: Iterable[Vault] = ()) -> dict[str, Any]:
    """Everything, without what could open a door: of passwords and secrets only that they are there. `vaults`: of the rooms."""
    name = person.principal.name
    return {
        "format": FORMAT,
        "account": {
            "pseudonym": name, "mail": person.mail, "name": person.name, "roles": list(person.roles),
            "language": person.language, "created": times.text(person.created),
            "hasPassword": person.has_password, "hasSecondFactor": person.has_totp,
        },
        "passkeys": [
            {"name": one.name, "created": times.text(one.created), "used": one.used and times.text(one.used)}
            for one in kept.of(store.vault(PASSKEYS), person.id)
        ],
        "organisation": identities.told(store.vault(IDENTITIES), person.id),
        "sessions": [
            {"browser": row["agent"], "created": times.text(row["created"]), "expires": times.text(row["expires"])}
            for row in store.vault(SESSIONS).select({"person": person.id}, order=("created",))
        ],
        "links": [
            {"purpose": row["purpose"], "created": times.text(row["created"]), "expires": times.text(row["expires"])}
            for row in store.vault(TICKETS).select({"mail": person.mail}, order=("created",))
        ],
        "pictures": attachments.export(store, person.principal.id),
        "rooms": {one.name: rows for one in vaults if (rows := _rows(store, one, person))},
        "acts": _acts(store, {"principal": name}),
        "actsAboutYou": [one for one in _acts(store, {"subject": name}) if one["by"] != name],
        "reads": [
            {"minute": times.text(row["minute"]), "types": row["types"], "reads": row["reads"]}
            for row in store.vault(LOG).select({"principal": person.principal.label}, order=("minute",))
        ],
    }  # fmt: skip


def erase(uow: UnitOfWork, person: Person, by: str, vaults: Iterable[Vault] = ()) -> None:
    """The account, where it is signed in, links to it, and what `vaults` of the rooms keep of the person go; acts keep the
    pseudonym, which then means nobody. Errors: BadRequestData where it is the only administrator."""
    giving.keep_one(uow, person)
    for one in vaults:
        if one.person:
            uow.vault(one).delete({one.person: person.id})
    uow.vault(PEOPLE).delete({"id": person.id})
    uow.vault(PASSKEYS).delete({"person": person.id})
    identities.forget(uow, person.id, closed=by != person.principal.name)
    attachments.erase(uow, owner=person.principal.id)
    sessions.end(uow, person=person.id)
    uow.vault(TICKETS).delete({"mail": person.mail})
    waiting.forget(uow, person.mail)
    audit.note(uow, by, "erased account", person.principal.name)


def _acts(store: Store, where: dict[str, str]) -> list[dict[str, Any]]:
    rows = store.vault(AUDIT).select(where, order=("at", "rowid"))
    return [
        {"at": times.text(row["at"]), "by": row["principal"], "act": row["act"], "subject": row["subject"]}
        for row in rows
    ]


def _rows(store: Store, vault: Vault, person: Person) -> list[dict[str, Any]]:
    """What a vault of a room keeps of the person."""
    if not vault.person:
        return []
    names = [column.name for column in vault.columns if column.kind != "blob"]
    return [{name: row[name] for name in names} for row in store.vault(vault).select({vault.person: person.id})]
