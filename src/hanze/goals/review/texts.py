# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of a review as entities: one for each year, part and language, its earlier versions in the history."""

from collections.abc import Mapping

import msgspec

from hanze.feeds.making import urn
from hanze.goals.model import REVIEW, ReviewFacts
from hanze.goals.review import outline
from hanze.ngsild import operations, times
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import Scope

TEXT, ROLE = (VOCABULARY + name for name in ("text", "role"))

LONGEST = 10_000
"""Signs of one text."""


class Written(msgspec.Struct, frozen=True):
    """A text that people wrote; `at`: when, microseconds; `role`: what they are for the city."""

    text: str
    role: str
    at: int


def id_of(city: str, year: int, part: str, language: str) -> str:
    return urn(REVIEW.name, city, year, part, language)


def read(reads: Reads, scope: Scope, city: str, year: int, language: str) -> Mapping[str, Written]:
    """By part, what is written in a language; a text that was taken back is not there."""
    ids = tuple(id_of(city, year, one.key, language) for one in outline.parts())
    found = {}
    for entity in every(reads, EntitySelection(ids=ids), scope):
        facts = REVIEW.facts_of(entity, ReviewFacts)
        if facts.text:
            found[facts.part] = _written(entity, facts)
    return found


def earlier(reads: Reads, scope: Scope, city: str, year: int, part: str, language: str) -> list[Written]:
    """All versions of a text, the newest first."""
    window = Window(property="modifiedAt")
    told = reads.temporal("", id_of(city, year, part, language), window, scope, attributes=(TEXT, ROLE))
    if told is None:
        return []
    roles = {one.doc["modifiedAt"]: one.doc.get("value", "") for one in told.attributes.get(ROLE, ())}
    found: list[Written] = []
    by = ""
    for one in told.attributes.get(TEXT, ()):
        if one.deleted is None:
            by = roles.get(one.doc["modifiedAt"], by)
            found.append(Written(one.doc["value"], by, times.parse(one.doc["modifiedAt"])))
    return found[::-1]


def now(uow: UnitOfWork, city: str, year: int, part: str, language: str) -> str:
    """What is written; empty where nothing is."""
    entity = uow.entity("", id_of(city, year, part, language))
    return "" if entity is None else REVIEW.facts_of(entity, ReviewFacts).text


def write(uow: UnitOfWork, city: str, year: int, part: str, language: str, text: str, role: str) -> bool:
    """Whether it is another text than there was; an empty one takes it back."""
    if text == now(uow, city, year, part, language):
        return False
    id = id_of(city, year, part, language)
    before = uow.entity("", id)
    new = REVIEW.entity(id, ReviewFacts(f"Review of {year}, {part}", year, part, language, text, role))
    uow.save("", operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp))
    return True


def _written(entity: Entity, facts: ReviewFacts) -> Written:
    return Written(facts.text, facts.role, times.parse(entity.modified))
