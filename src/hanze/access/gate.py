# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The gate: every request passes it, to learn who asks and what that one may read and write."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from typing import Protocol

from hanze.access import declared, policy
from hanze.access.agreed import Agreed
from hanze.access.holding import Holding
from hanze.access.keys import PREFIX, Verifier
from hanze.access.log import AccessLog
from hanze.access.policy import Policy
from hanze.access.principal import ANYONE, ANYONE_WHERE_OPEN, OPERATOR, Principal
from hanze.errors import NoRightToAccess
from hanze.ngsild.selection import Geo, Window
from hanze.ngsild.times import Clock
from hanze.store.base import Store
from hanze.store.scope import NOTHING, Scope

MOST_SCOPES = 4096
OWNER_MICROSECONDS = 10_000_000
"""For so long the scope of a principal is not worked out anew, where its key may expire meanwhile."""


class Headers(Protocol):
    """The headers of a request, by lower-case name."""

    def get(self, name: str, /) -> str | None: ...


class Access:
    """Access of one node; used on its event loop. Without a key only what is public can be read. `real`: the clock of the
    machine, where that of the city runs faster."""

    def __init__(self, store: Store, clock: Clock, rules: Policy, real: Clock | None = None) -> None:
        self.policy = rules
        self._store = store
        self._verifier = Verifier(store, clock)
        self._clock = clock
        self._scopes: dict[str, Scope] = {}
        self._owners: dict[str, tuple[Principal | None, Scope, int]] = {}
        self._holding = Holding(store, clock, real or clock, self._scope_of_agreed)
        self._log = AccessLog(store)
        self._anyone = ANYONE_WHERE_OPEN if rules.open else ANYONE

    def declare(self, principal: str) -> Future[int]:
        """Keeps what is public, restricted, owned and open; differences with what was kept go into the audit."""
        return self._store.submit(lambda work: declared.store(work, self.policy, principal))

    def change(self, rules: Policy) -> None:
        """The node declares this from now on; nothing that was worked out by the old rules counts any more."""
        self.policy = rules
        self._anyone = ANYONE_WHERE_OPEN if rules.open else ANYONE
        self.forget_keys()

    def principal(self, headers: Headers) -> Principal:
        """Who asks, by `Authorization: Bearer hz_…` or `X-API-Key`, once for each request. Errors: NoRightToAccess (401) where the
        key is no good, (403) where it is of an agreement that does not hold now, TooManyRequests by the rate of that.

        On an open node a bearer token that is not a key of Hanze is passed over: clients send theirs to any broker.
        """
        given = headers.get("authorization")
        if given is not None:
            scheme, _, token = given.partition(" ")
            token = token.strip()
            if scheme.lower() == "bearer" and (token.startswith(PREFIX) or not self.policy.open):
                return self._bound(self._verifier.verify(token))
            if not self.policy.open:
                raise NoRightToAccess(
                    "Authorization must be 'Bearer hz_…'; other schemes are not known here.", status=401
                )
        key = headers.get("x-api-key")
        if key is not None:
            return self._bound(self._verifier.verify(key.strip()))
        return self._anyone

    def _bound(self, principal: Principal) -> Principal:
        """Every call by a key of an agreement is logged, also one that is refused."""
        if principal.agreement:
            now = self._clock()
            self._log.call(now, principal)
            self._holding.ask(principal.agreement, now)
        return principal

    def scope(self, principal: Principal, tenant: str) -> Scope:
        """What the principal may read. The grants name their tenants, so it is the same value for each `tenant`."""
        if principal.agreement:
            return self._holding.scope(principal.agreement)
        found = self._scopes.get(principal.id)
        if found is None:
            if len(self._scopes) >= MOST_SCOPES:
                self._scopes.clear()
            found = self._scopes[principal.id] = policy.scope_of(principal, self.policy)
        return found

    def _scope_of_agreed(self, agreed: Agreed) -> Scope:
        return policy.agreed_scope(agreed.grants, self.policy)

    def scope_of(self, id: str) -> Scope:
        """What the principal with this id may read now, for work that goes on without a request; nothing where its
        key was revoked or has expired, or its agreement does not hold."""
        return self._owner(id)[1]

    def _owner(self, id: str) -> tuple[Principal | None, Scope]:
        now = self._clock()
        principal, scope, until = self._owners.get(id, (None, NOTHING, 0))
        if until <= now:
            principal = {"anyone": self._anyone, "operator": OPERATOR}.get(id) or self._verifier.by_id(id)
            scope, until = NOTHING, now + OWNER_MICROSECONDS
            if principal is not None and principal.agreement:
                scope, until = self._holding.scope_until(principal.agreement)
            elif principal is not None:
                scope = policy.scope_of(principal, self.policy)
            if len(self._owners) >= MOST_SCOPES:
                self._owners.clear()
            self._owners[id] = (principal, scope, until)
        return principal, scope

    def demand(self, principal: Principal, right: str, tenant: str) -> None:
        """NoRightToAccess where the principal has no such right in this tenant."""
        policy.demand(principal, right, tenant)

    def check_write(self, principal: Principal, tenant: str, types: Iterable[str]) -> None:
        """NoRightToAccess where entities of these types may not be written; give types before and after the change."""
        policy.check_write(principal, self.policy, tenant, types)

    def note_read(
        self, principal: Principal, tenant: str, types: Sequence[str], attributes: Sequence[str] = (),
        area: Geo | None = None, period: Window | None = None,
    ) -> None:  # fmt: skip
        """For the access log: which types, attributes, area and period were read."""
        self._log.note(self._clock(), principal.label, tenant, types, attributes, area, period, principal.agreement)

    def note_sent(self, id: str, tenant: str, types: Sequence[str]) -> None:
        """For the access log: what a key of an agreement was sent by its subscription, without asking; of others it is not
        noted."""
        principal = self._owner(id)[0]
        if principal is not None and principal.agreement:
            self.note_read(principal, tenant, types)

    def flush(self) -> Future[None] | None:
        """Writes what the access log has gathered; called every minute and at the end."""
        return self._log.flush()

    def forget_keys(self) -> None:
        """Keys were made or revoked, or agreements put or ended: nothing that is remembered of them counts any more."""
        self._verifier.forget()
        self._holding.forget()
        self._scopes.clear()
        self._owners.clear()
