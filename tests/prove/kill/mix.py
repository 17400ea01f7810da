# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The writes of one connection: every kind of write, each with a number that is higher than all before."""

import random
from collections.abc import Callable
from typing import Any

from tests.prove.kill.book import State, Told, Values, Write

LARGEST_BATCH = 150
MOST_SUBSCRIPTIONS = 3
HUB = "urn:ngsi-ld:Hub:1"
"""The one entity that all connections write, each its own attribute."""


def prop(number: int) -> dict[str, Any]:
    return {"type": "Property", "value": number}


class Mix:
    """Draws writes that fit what there is; `state` is that of the writer's book."""

    def __init__(self, worker: int, state: State, chance: random.Random) -> None:
        self._worker = worker
        self._state = state
        self._chance = chance
        self._number = 0
        self._made = 0
        self._recent: list[str] = []
        self._kinds: list[tuple[Callable[[], Write | None], int]] = [
            (self._create, 3), (self._patch, 6), (self._append, 3), (self._merge, 4), (self._hub, 4),
            (self._batch, 2), (self._delete, 1), (self._provide, 3), (self._subscribe, 1),
        ]  # fmt: skip

    def draw(self) -> Write:
        """The next write."""
        kinds, weights = zip(*self._kinds, strict=True)
        while True:
            self._number += 1
            write: Write | None = self._chance.choices(kinds, weights)[0]()
            if write is not None:
                return write

    def _thing(self) -> str:
        """One that is there; empty where none is."""
        return self._chance.choice([id for id in self._recent if self._state.get(id) is not None] or [""])

    def _change(self, method: str, path: str, body: Any, id: str, changed: Values) -> Write:
        after: Values = {**(self._state.get(id) or {}), **changed}
        past = tuple((id, name, number) for name, number in changed.items())
        return Write(method, path, body, {id: after}, (Told("things", id, self._number),), past)

    def _create(self) -> Write:
        self._made += 1
        id = f"urn:ngsi-ld:Thing:{self._worker}-{self._made}"
        self._recent = [*self._recent[-7:], id]
        body = {
            "id": id,
            "type": "Thing",
            "level": prop(self._number),
            "pad": {"type": "Property", "value": self._pad()},
        }
        return self._change("POST", "/entities", body, id, {"level": self._number})

    def _pad(self) -> str:
        """Something that makes rows of all sizes, some longer than a page of the database."""
        return "x" * self._chance.choice((0, 40, 700, 9_000))

    def _patch(self) -> Write | None:
        id = self._thing()
        body = {"value": self._number}
        path = f"/entities/{id}/attrs/level"
        return self._change("PATCH", path, body, id, {"level": self._number}) if id else None

    def _append(self) -> Write | None:
        id = self._thing()
        body = {"extra": prop(self._number)}
        path = f"/entities/{id}/attrs"
        return self._change("POST", path, body, id, {"extra": self._number}) if id else None

    def _merge(self) -> Write | None:
        id = self._thing()
        names = ("level", "extra")
        body = {name: prop(self._number) for name in names}
        path = f"/entities/{id}"
        return self._change("PATCH", path, body, id, dict.fromkeys(names, self._number)) if id else None

    def _hub(self) -> Write:
        name, number = f"w{self._worker}", self._number
        told = Told("hubs", name, number)
        return Write("PATCH", f"/entities/{HUB}", {name: prop(number)}, {f"{HUB}#{name}": {name: number}}, (told,),
                     ((HUB, name, number),))  # fmt: skip

    def _batch(self) -> Write:
        number = self._number
        size = self._chance.choice((5, 20, LARGEST_BATCH))
        ids = [f"urn:ngsi-ld:Lot:{self._worker}-{part}" for part in range(size)]
        body = [{"id": id, "type": "Lot", "level": prop(number)} for id in ids]
        told = tuple(Told("lots", id, number) for id in ids)
        past = tuple((id, "level", number) for id in ids)
        return Write("POST", "/entityOperations/upsert", body, {id: {"level": number} for id in ids}, told, past)

    def _delete(self) -> Write | None:
        id = self._thing()
        return Write("DELETE", f"/entities/{id}", None, {id: None}, (Told("gone", id, 0),)) if id else None

    def _provide(self) -> Write:
        id, number = f"urn:ngsi-ld:Past:{self._worker}", self._number
        moment = f"2020-01-01T00:00:00.{number % 1_000_000:06d}Z"
        body = {"id": id, "type": "Past", "level": [{**prop(number), "observedAt": moment}]}
        return Write("POST", "/temporal/entities", body, {}, (), ((id, "level", number),))

    def _subscribe(self) -> Write:
        start = f"urn:ngsi-ld:Subscription:{self._worker}-"
        mine = [id for id, values in self._state.items() if id.startswith(start) and values is not None]
        if len(mine) >= MOST_SUBSCRIPTIONS:
            return Write("DELETE", f"/subscriptions/{mine[0]}", None, {mine[0]: None})
        id = f"{start}{self._number}"
        body = {
            "id": id, "type": "Subscription", "isActive": False, "subscriptionName": str(self._number),
            "entities": [{"type": "Nothing"}], "notification": {"endpoint": {"uri": "http://127.0.0.1:9/"}},
        }  # fmt: skip
        return Write("POST", "/subscriptions", body, {id: {"name": self._number}})
