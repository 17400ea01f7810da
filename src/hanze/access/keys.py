# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys: 256 random bits, shown once; the node keeps their SHA-256 only."""

import base64
import hmac
from collections.abc import Callable
from hashlib import sha256

import msgspec

from hanze.access import agreed, audit
from hanze.access.principal import ROLES, Principal
from hanze.access.vaults import KEYS
from hanze.errors import BadRequestData, NoRightToAccess, ResourceNotFound
from hanze.ngsild import times
from hanze.ngsild.times import Clock
from hanze.store.base import Store, UnitOfWork
from hanze.store.vault import Row

PREFIX = "hz_"
ID = slice(len(PREFIX), len(PREFIX) + 8)
"""Where a key's identification stands in its text; the rest is the secret."""

LENGTH = ID.stop + 43
MOST_CACHED = 4096

Random = Callable[[int], bytes]
"""Gives so many random bytes, fit for secrets."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a key. Times in microseconds; `types` are IRIs."""

    id: str
    name: str
    role: str
    types: list[str] | None = None
    tenants: list[str] | None = None
    agreement: str | None = None
    created: int
    expires: int | None = None
    revoked: int | None = None


def create(
    work: UnitOfWork, random: Random, by: str, role: str, *, name: str = "", types: list[str] | None = None,
    tenants: list[str] | None = None, agreement: str | None = None, expires: int | None = None,
) -> tuple[str, Key]:  # fmt: skip
    """Makes a key; gives its text, which nobody can find out again, and what is kept. `by`: who made it, for the audit.
    `agreement`: the id of one that was put (hanze.access.agreed); then the key reads, and what it reads stands there."""
    if role not in ROLES:
        raise BadRequestData(f"role is {role!r}; choose one of {', '.join(ROLES)}.")
    if agreement is not None:
        _check_bound(work, role, agreement, limited=types is not None or tenants is not None)
    if expires is not None and expires <= work.now:
        raise BadRequestData("expires lies in the past; give a later moment.")
    id = random(4).hex()
    text = PREFIX + id + base64.urlsafe_b64encode(random(32)).decode().rstrip("=")
    key = Key(
        id=id, name=name or f"{role} {id}", role=role, types=types, tenants=tenants, agreement=agreement,
        created=work.now, expires=expires,
    )  # fmt: skip
    row = {"key" if field == "id" else field: value for field, value in msgspec.structs.asdict(key).items()}
    work.vault(KEYS).insert({**row, "hash": sha256(text.encode()).digest()})
    limits = {"types": types, "tenants": tenants, "agreement": agreement, "expires": expires and times.text(expires)}
    audit.note(
        work, by, "key created", id, name=key.name, role=role, **{k: v for k, v in limits.items() if v is not None}
    )
    return text, key


def _check_bound(work: UnitOfWork, role: str, agreement: str, *, limited: bool) -> None:
    """BadRequestData where a key of an agreement would be more than one that reads what stands there; ResourceNotFound."""
    if role != "reader":
        raise BadRequestData(f"role is {role!r}; a key of an agreement only reads, make it a reader.")
    if limited:
        raise BadRequestData(
            "types and tenants do not go with an agreement, which says itself what is read; leave them out."
        )
    if not agreed.there(work, agreement):
        raise ResourceNotFound(f"There is no agreement {agreement!r} that was signed; give the id of one.")


def revoke(work: UnitOfWork, by: str, id: str) -> Key:
    """From now on the key opens nothing; ResourceNotFound where there is none with this id or name. Who found a key may
    give its text."""
    if len(id) == LENGTH and id.startswith(PREFIX):
        id = id[ID]
    table = work.vault(KEYS)
    found = table.select({"key": id}) or table.select({"name": id, "revoked": None})
    if not found:
        raise ResourceNotFound(f"There is no key {id!r}; 'hanze key list' shows the keys.")
    if len(found) > 1:
        raise BadRequestData(f"{len(found)} keys are named {id!r}; give the id that 'hanze key list' shows.")
    key = _key(found[0])
    if key.revoked is not None:
        return key
    table.update({"key": key.id}, {"revoked": work.now})
    audit.note(work, by, "key revoked", key.id, name=key.name)
    return msgspec.structs.replace(key, revoked=work.now)


def listed(store: Store) -> list[Key]:
    """All keys, also those that are revoked, oldest first."""
    return [_key(row) for row in store.vault(KEYS).select(order=("created", "rowid"))]


def _key(row: Row) -> Key:
    return Key(
        id=row["key"], name=row["name"], role=row["role"], types=row["types"], tenants=row["tenants"],
        agreement=row["agreement"], created=row["created"], expires=row["expires"], revoked=row["revoked"],
    )  # fmt: skip


class _Known(msgspec.Struct, frozen=True):
    hash: bytes
    principal: Principal
    expires: int | None


class Verifier:
    """Tells whose a key is. Keys that were used stand in a bounded cache; `forget` after a key was made or revoked."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[str, _Known] = {}

    def forget(self) -> None:
        """In any thread. A look-up that goes on meanwhile keeps its find in the dict that nobody uses any more."""
        self._known = {}

    def verify(self, text: str) -> Principal:
        """The principal of the key; NoRightToAccess (401) where it is unknown, revoked or expired."""
        cache = self._known
        known = cache.get(text[ID])
        if known is None:
            known = self._find(text)
            if known is not None:
                if len(cache) >= MOST_CACHED:
                    cache.clear()
                cache[text[ID]] = known
        if known is None or not hmac.compare_digest(sha256(text.encode()).digest(), known.hash):
            raise NoRightToAccess(
                "The key is not known here, or it was revoked; ask the keeper of this node for a new one.", status=401
            )
        if known.expires is not None and known.expires <= self._clock():
            raise NoRightToAccess("The key has expired; ask the keeper of this node for a new one.", status=401)
        return known.principal

    def by_id(self, id: str) -> Principal | None:
        """The principal of the key with this id; None where it is unknown, revoked or expired."""
        found = self._store.vault(KEYS).select({"key": id, "revoked": None}, limit=1)
        if not found or (found[0]["expires"] is not None and found[0]["expires"] <= self._clock()):
            return None
        return _known(found[0]).principal

    def _find(self, text: str) -> _Known | None:
        if len(text) != LENGTH or not text.startswith(PREFIX):
            return None
        found = self._store.vault(KEYS).select({"key": text[ID], "revoked": None}, limit=1)
        if not found:
            return None
        return _known(found[0])


def _known(row: Row) -> _Known:
    types, tenants = (None if row[part] is None else frozenset(row[part]) for part in ("types", "tenants"))
    principal = Principal(row["key"], row["name"], ROLES[row["role"]], types, tenants, row["agreement"] or "")
    return _Known(row["hash"], principal, row["expires"])
