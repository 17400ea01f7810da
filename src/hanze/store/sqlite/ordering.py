# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The order of a page as SQL; what the scope hides of an entity does not place it."""

from collections.abc import Callable, Sequence
from typing import Any

import apsw
import msgspec

from hanze.ngsild import collation, geometry
from hanze.ngsild.collation import Collation
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Order
from hanze.store import mask
from hanze.store.mask import covers, names, timed
from hanze.store.scope import Grant
from hanze.store.sqlite.condition import Keep, Parameters, Sql
from hanze.store.sqlite.connect import scalar
from hanze.store.sqlite.current import decode

MEMBERS = {"createdAt": "created", "modifiedAt": "modified", "type": "types[0]"}


class Ordering:
    """Compiles orders for one connection. `keep`: registers a predicate that SQL calls as `fulfils`."""

    def __init__(self, connection: apsw.Connection, keep: Keep) -> None:
        self._keep = keep
        self._targets: list[Callable[[str], float]] = []
        self._collations: list[Collation] = []
        self._allowed: Sequence[Grant] = ()
        scalar(connection, "last_shown", self._last_shown, 1)
        scalar(connection, "metres", self._metres, 2)
        scalar(connection, "collated", self._collated, 2)

    def _metres(self, token: int, text: str | None) -> float | None:
        return None if text is None else self._targets[token](text)

    def _collated(self, token: int, value: Any) -> Any:
        return collation.key(value, self._collations[token]) if isinstance(value, str) else value

    def _last_shown(self, doc: str) -> str:
        """When the last thing of an entity that may be seen was modified."""
        entity = decode(doc)
        return mask.shown(entity, [grant for grant in self._allowed if covers(grant, entity)]).modified

    def by(self, keys: Sequence[Order], allowed: Sequence[Grant]) -> Sql:
        """The ORDER BY list over entity e; entities without the key come last, and so do those of which it is hidden."""
        self._targets.clear()
        self._collations.clear()
        self._allowed = allowed
        parts: list[str] = []
        values: Parameters = []
        for key in keys:
            sql, parameters = self._shown(key, allowed)
            if key.collation is not None and key.geometry is None:
                self._collations.append(key.collation)
                sql, parameters = f"collated(?, {sql})", [len(self._collations) - 1, *parameters]
            parts.append(f"{sql} {'DESC' if key.descending else 'ASC'} NULLS LAST")
            values += parameters
        return ", ".join([*parts, "e.eid"]), values

    def _shown(self, key: Order, allowed: Sequence[Grant]) -> Sql:
        attribute = key.path.attribute
        if attribute == "modifiedAt" and any(map(mask.limited, allowed)):
            return "last_shown(e.doc)", []
        if ":" not in attribute:
            return "json_extract(e.doc, ?)", [f"$.{MEMBERS.get(attribute, attribute)}"]
        showing = [grant for grant in allowed if names(grant, attribute)]
        if not showing:
            return "NULL", []
        sql, values = self._distance(attribute, key.geometry) if key.geometry is not None else _value(key)
        if len(showing) == len(allowed) and not any(map(timed, showing)):
            return sql, values

        def seen(entity: Entity) -> bool:
            covering = [grant for grant in showing if covers(grant, entity)]
            return bool(mask.instances(covering, attribute, entity.attributes.get(attribute, ())[:1]))

        return f"CASE WHEN fulfils(?, e.doc) THEN {sql} END", [self._keep(seen), *values]

    def _distance(self, attribute: str, target: dict[str, Any]) -> Sql:
        goal = geometry.shape(target)
        self._targets.append(lambda text: geometry.distance(goal, geometry.shape(msgspec.json.decode(text))))
        first = f"{_member(attribute)}[0]"
        sql = "CASE WHEN json_extract(e.doc, ?) = 'GeoProperty' THEN metres(?, json_extract(e.doc, ?)) END"
        return sql, [f"{first}.type", len(self._targets) - 1, f"{first}.value"]


def _member(iri: str) -> str:
    return f'$.attributes."{iri.replace(chr(34), "")}"'


def _value(key: Order) -> Sql:
    base = f"{_member(key.path.attribute)}[0]"
    for name in key.path.sub:
        base += f'."{name.replace(chr(34), "")}"' + ("[0]" if ":" in name else "")
    if key.path.sub and ":" not in key.path.sub[-1]:
        return "json_extract(e.doc, ?)", [base]
    inner = "".join(f'."{name.replace(chr(34), "")}"' for name in key.path.inner)
    members = ("value", "object", "vocab", "languageMap", "json")
    return "coalesce(" + ", ".join(["json_extract(e.doc, ?)"] * len(members)) + ")", [
        f"{base}.{member}{inner}" for member in members
    ]
