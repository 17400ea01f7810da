# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places and areas by what people call them: a name, a street or a postcode."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import shapely

from hanze.explore import measured, places
from hanze.explore.measured import Measured
from hanze.explore.places import Place
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web.drawing.map import Area

MOST = 1000
"""Places of a subject that are looked through."""

ADDRESS = CORE.expand("address")

_POSTCODE = re.compile(r"[0-9]{4} ?[a-z]{0,2}")
"""Of the Netherlands; whoever types the four digits means all of it."""


class Found(msgspec.Struct, frozen=True):
    """A place, and what people ask for first of it."""

    measured: Measured
    place: Place


def plain(text: str) -> str:
    """A text without capitals, accents and doubled spaces, as people type it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def is_postcode(text: str) -> bool:
    return _POSTCODE.fullmatch(plain(text)) is not None


def areas(text: str, known: Iterable[Area]) -> list[Area]:
    """Areas that are called so, else those whose names hold the text; by name."""
    wanted = plain(text)
    named = sorted((one for one in known if one.name), key=lambda one: plain(one.name))
    same = [one for one in named if plain(one.name) == wanted]
    return same or [one for one in named if wanted and wanted in plain(one.name)]


def called(store: Store, scope: Scope, text: str) -> list[Found]:
    """The places whose name or address holds the text; a postcode counts from its begin."""
    wanted = plain(text)
    if not wanted:
        return []
    code = wanted.replace(" ", "") if is_postcode(text) else ""
    return [
        one
        for one, entity in _every(store, scope)
        if (_code(entity).startswith(code) if code else wanted in _words(one.place.name, entity))
    ]


def within(store: Store, scope: Scope, area: Area) -> list[Found]:
    """The places in an area, its border too."""
    shape = shapely.prepared.prep(shapely.geometry.shape(area.geometry))
    every = (one for one, _ in _every(store, scope))
    return [one for one in every if one.place.point is not None and shape.covers(shapely.Point(one.place.point))]


def _every(store: Store, scope: Scope) -> Iterator[tuple[Found, Entity]]:
    """What there is of each subject, by name, with what people ask for first of it."""
    firsts: dict[str, Measured] = {}
    for one in measured.offered(store, scope):
        firsts.setdefault(one.type, one)
    for one in firsts.values():
        page = store.query("", EntitySelection(types=TypeIs(one.type)), scope, limit=MOST)
        found = [(Found(one, places.place(entity, one.attribute)), entity) for entity in page.entities]
        yield from sorted(found, key=lambda each: (plain(each[0].place.name), each[1].id))


def _address(entity: Entity) -> Any:
    return places.default(entity, ADDRESS).get("value")


def _words(name: str, entity: Entity) -> str:
    address = _address(entity)
    parts: Sequence[Any] = list(address.values()) if isinstance(address, dict) else [address]
    return plain(" ".join([name, *(one for one in parts if isinstance(one, str))]))


def _code(entity: Entity) -> str:
    address = _address(entity)
    code = address.get("postalCode") if isinstance(address, dict) else None
    return plain(code).replace(" ", "") if isinstance(code, str) else ""
