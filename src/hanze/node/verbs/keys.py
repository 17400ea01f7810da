# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys: made, listed, revoked."""

from typing import Any

import msgspec

from hanze.access import identity, keys
from hanze.access.identity import Identity
from hanze.access.principal import ADMINISTER, OPERATOR, OVERSEE
from hanze.ngsild.context import CORE
from hanze.node.verb import Desk, Progress, Verb


class Create(msgspec.Struct, frozen=True):
    """`types`: names or IRIs; `expires`: microseconds."""

    role: str
    name: str = ""
    types: list[str] | None = None
    tenants: list[str] | None = None
    agreement: str | None = None
    expires: int | None = None


class Revoke(msgspec.Struct, frozen=True):
    key: str


class Nothing(msgspec.Struct, frozen=True):
    pass


def _create(desk: Desk, given: Create, progress: Progress) -> Any:
    types = None if given.types is None else [CORE.expand(name) for name in given.types]
    text, key = desk.store.submit(
        lambda work: keys.create(
            work, desk.random, OPERATOR.name, given.role, name=given.name, types=types, tenants=given.tenants,
            agreement=given.agreement, expires=given.expires,
        )
    ).result()  # fmt: skip
    return {"text": text, "key": key}


def _list(desk: Desk, given: Nothing, progress: Progress) -> Any:
    return keys.listed(desk.store)


def _revoke(desk: Desk, given: Revoke, progress: Progress) -> Any:
    return desk.store.submit(lambda work: keys.revoke(work, OPERATOR.name, given.key)).result()


def _renew(desk: Desk, given: Nothing, progress: Progress) -> Any:
    mine = Identity(desk.folder)
    mine.renew()
    key = mine.key
    desk.store.submit(lambda work: identity.remember(work, key, OPERATOR.name)).result()
    return {"key": key}


CREATE = Verb(Create, ADMINISTER, _create)
LIST = Verb(Nothing, OVERSEE, _list)
RENEW = Verb(Nothing, ADMINISTER, _renew)
REVOKE = Verb(Revoke, ADMINISTER, _revoke)
