# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The subscription at the other broker: made once, renewed while it is needed, so that a forgotten one ends by itself.

What brokers take differs. Orion-LD refuses notificationTrigger with 501 and unknown members with 400; whether it tells of deletions
then depends on how it is run, and the comparison finds those that it does not tell. Older ones do not know sysAttrs. Stellio counts
200 alone as taken. Source: their code, as of 2024 to 2026; ETSI GS CIM 009 V1.8.1, clause 5.2.12.
"""

import hashlib
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Any

import msgspec

from hanze.errors import SourceFailed
from hanze.feeds.kinds.ngsild.broker import Broker
from hanze.feeds.kinds.ngsild.memory import Memory, Options
from hanze.http.negotiate import JSON
from hanze.ngsild import times
from hanze.outgoing import Response

LIFE = 86_400 * 1_000_000
"""Microseconds after which the other broker may forget it; renewed at half of it."""

TRIGGERS = ["entityCreated", "entityUpdated", "entityDeleted"]

REFUSALS = frozenset({400, 422, 501})
"""Statuses by which brokers refuse members that they do not know."""

MISSED = "https://w3id.org/hanze/missed"
"""Where a node of Hanze tells of notifications that are lost."""


class Trouble(Enum):
    """What there is to be compared for."""

    ENDED = auto()
    UNDELIVERED = auto()


class Subscription:
    """That of one source. Errors: SourceFailed."""

    def __init__(self, broker: Broker, chosen: Options, memory: Memory, url: str) -> None:
        self._broker = broker
        self._chosen = chosen
        self._memory = memory
        self._url = url
        self._ends = 0
        self._failures: Any = None

    async def ensure(self, types: Iterable[str]) -> bool:
        """It is there for these types, with all its life before it; True where it had to be made."""
        entities = [{"type": type} for type in types]
        ends = self._broker.now() + LIFE
        if self._memory.made == self._of():
            response = await self._call("PATCH", {"entities": entities, "expiresAt": times.text(ends)})
            if response.status < 300:
                self._ends = ends
                return False
        await self.drop()
        await self._make(entities, ends)
        self._memory.made = self._of()
        self._ends = ends
        return True

    @property
    def due(self) -> bool:
        """It has lived half of its life, by the other broker's clock, which alone ends it."""
        return self._broker.now() > self._ends - LIFE // 2

    async def trouble(self) -> Trouble | None:
        """What went wrong with it since the last time that it was asked."""
        response = await self._call("GET")
        if response.status not in (200, 404):
            raise self._broker.failed(self._path(), response)
        told = _object(response.body)
        if response.status == 404 or told.get("status", "active") != "active":
            self._memory.made = ""
            return Trouble.ENDED
        of = told.get("notification")
        counts = of if isinstance(of, dict) else {}
        found = [counts.get("timesFailed"), counts.get("lastFailure"), told.get(MISSED)]
        before, self._failures = self._failures, found
        return None if before is None or found == before else Trouble.UNDELIVERED

    async def drop(self) -> None:
        """It goes; where the other broker cannot take it away, it ends by itself."""
        if self._memory.subscription:
            await self._call("DELETE")

    async def _make(self, entities: list[dict[str, str]], ends: int) -> None:
        response: Response | None = None
        for more in ({"trigger", "sys"}, {"sys"}, {"trigger"}, set[str]()):
            response = await self._broker.call("POST", "/subscriptions", self._document(entities, ends, more), JSON)
            if response.status in (200, 201):
                return
            if response.status not in REFUSALS:
                raise self._broker.failed("/subscriptions", response)
        reason = _object(response.body if response is not None else b"")
        raise SourceFailed(
            f"The other broker refuses the subscription: {reason.get('detail') or reason.get('title') or 'it does not say why'}.",
            "See whether it can reach the address that callback names, and knows what q and scopeQ ask for.",
        )

    def _document(self, entities: list[dict[str, str]], ends: int, more: set[str]) -> dict[str, Any]:
        chosen = self._chosen
        notification = {"format": "normalized", "endpoint": {"uri": self._url, "accept": JSON}}
        made: dict[str, Any] = {
            "id": self._memory.subscription, "type": "Subscription", "entities": entities,
            "description": "Keeps a Hanze node up to date; it is renewed daily and ends by itself.",
            "notification": {**notification, "sysAttrs": True} if "sys" in more else notification,
            "expiresAt": times.text(ends),
        }  # fmt: skip
        if "trigger" in more:
            made["notificationTrigger"] = TRIGGERS
        return made | {name: value for name, value in (("q", chosen.q), ("scopeQ", chosen.scopeQ)) if value}

    async def _call(self, method: str, body: object = None) -> Response:
        return await self._broker.call(method, self._path(), body, JSON)

    def _path(self) -> str:
        return f"/subscriptions/{self._memory.subscription}"

    def _of(self) -> str:
        """Stands for all that it is made of but the types; a hash, since the URL holds the token."""
        chosen = self._chosen
        given = [self._broker.root, chosen.context, chosen.tenant, chosen.q, chosen.scopeQ, self._url]
        return hashlib.sha256(msgspec.json.encode(given)).hexdigest()[:16]


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
