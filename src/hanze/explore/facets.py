# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a table of things can be made smaller by: texts of which there are few."""

from collections import Counter

import msgspec

from hanze.explore import catalogue
from hanze.explore.asked import Asked
from hanze.explore.catalogue import Kind
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.web import terms
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.tables import Facet

MOST_TEXTS, LONGEST = 8, 40
"""More or longer ones are no choice."""

MOST = 4
"""Choices beside one table."""


def facets(visit: Visit, ask: Asked, kind: Kind, sample: list[Entity]) -> list[tuple[str, list[Facet]]]:
    """Each choice with what it is called in English; how many there are of each is told where the sample is all there is."""
    found = []
    for attribute in catalogue.attributes(sample):
        texts = _texts(sample, attribute)
        if texts is None:
            continue
        whole = len(sample) == kind.count
        name = CORE.compact(attribute)
        answers = [_facet(visit, ask, name, text, count if whole else None) for text, count in sorted(texts.items())]
        found.append((terms.quantity(attribute).name, answers))
    return found[:MOST]


def _texts(sample: list[Entity], attribute: str) -> Counter[str] | None:
    """How often each text or yes and no stands there; None where that is no choice."""
    found: Counter[str] = Counter()
    for entity in sample:
        for one in entity.attributes.get(attribute, ())[:1]:
            value = one.get("value")
            if isinstance(value, bool):
                found["true" if value else "false"] += 1
            elif isinstance(value, str) and 0 < len(value) <= LONGEST:
                found[value] += 1
            else:
                return None
    return found if 1 < len(found) <= MOST_TEXTS and found.total() > len(found) else None


def _facet(visit: Visit, ask: Asked, name: str, text: str, count: int | None) -> Facet:
    here = (name, text) in ask.only
    others = tuple(one for one in ask.only if one[0] != name)
    chosen = others if here else (*others, (name, text))
    said = {"true": _("yes"), "false": _("no")}.get(text) or terms.state(name, text)
    address = msgspec.structs.replace(ask, only=chosen).address(visit)
    return Facet(visit.language.say(said), count, address, here)
