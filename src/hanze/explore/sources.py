# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where data come from, as pages tell it: who gave them under which licence, and how fresh the sources are."""

from collections.abc import Iterable

import msgspec

from hanze.explore.measured import SAMPLE
from hanze.explore.places import Place, default
from hanze.feeds.health import SOURCE, VOCABULARY
from hanze.feeds.provenance import SOURCE as FEED
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web import terms
from hanze.web.language import mark as _

MOST = 100

STATUS = {
    "new": _("not looked at yet"),
    "fresh": _("up to date"),
    "late": _("late: nothing new for a while"),
    "failing": _("cannot be reached at the moment"),
    "paused": _("paused by the city"),
}

NAME, PROVIDER = CORE.expand("name"), CORE.expand("dataProvider")


class Source(msgspec.Struct, frozen=True):
    """`status`: a key of STATUS. `newest`: microseconds, None where nothing came yet. `since`: when it was connected,
    microseconds. `taken`, `refused`: how many things and parts since then. `detail`, `advice`: what is the matter and what to do,
    in English."""

    name: str
    provider: str
    status: str
    newest: int | None
    licence: str = ""
    since: int = 0
    taken: int = 0
    refused: int = 0
    detail: str = ""
    advice: str = ""

    @property
    def told(self) -> str:
        return STATUS.get(self.status, "")


class Origin(msgspec.Struct, frozen=True):
    """Who gave data, under which licence (a URL), and of when the newest are (microseconds)."""

    provider: str
    licence: str
    newest: int | None


def read(store: Store, scope: Scope) -> list[Source]:
    """The sources that a visitor may see."""
    found = store.query("", EntitySelection(types=TypeIs(SOURCE)), scope, limit=MOST).entities
    return sorted(map(_source, found), key=lambda one: one.name)


def brought(store: Store, scope: Scope) -> dict[str, list[str]]:
    """From the name of a source to the types (IRIs) of what it brought, by a sample of each type."""
    found: dict[str, list[str]] = {}
    for type in terms.order(store.types("", scope), terms.SUBJECTS):
        sample = store.query("", EntitySelection(types=TypeIs(type)), scope, limit=SAMPLE).entities
        for name in sorted({_text(entity, FEED) for entity in sample} - {""}):
            found.setdefault(name, []).append(type)
    return found


def origins(found: Iterable[Place]) -> list[Origin]:
    """Whom the values on a page come from."""
    newest: dict[tuple[str, str], list[int]] = {}
    for one in found:
        newest.setdefault((one.provider, one.licence), []).extend([] if one.moment is None else [one.moment])
    return [Origin(*key, max(moments, default=None)) for key, moments in sorted(newest.items())]


def _source(entity: Entity) -> Source:
    newest = _text(entity, VOCABULARY + "newestReading") or _text(entity, VOCABULARY + "lastSuccess")
    return Source(
        _text(entity, NAME), _text(entity, PROVIDER), _text(entity, VOCABULARY + "status"),
        times.parse(newest) if newest else None, _text(entity, VOCABULARY + "licence"), times.parse(entity.created),
        _count(entity, "taken"), _count(entity, "refused"), _text(entity, VOCABULARY + "detail"),
        _text(entity, VOCABULARY + "advice"),
    )  # fmt: skip


def _count(entity: Entity, name: str) -> int:
    value = default(entity, VOCABULARY + name).get("value")
    return int(value) if isinstance(value, int | float) else 0


def _text(entity: Entity, attribute: str) -> str:
    value = default(entity, attribute).get("value")
    return value if isinstance(value, str) else ""
