# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The review of a year is made of what the node has; the command that asks for it turns it into a file."""

from zoneinfo import ZoneInfo

import msgspec

from hanze.access.principal import OVERSEE
from hanze.errors import BadRequestData
from hanze.goals.review import gathering, making
from hanze.goals.review.document import Document
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.scope import EVERYTHING
from hanze.web.language import languages


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`language`: a code such as nl."""

    year: int
    language: str


def _review(desk: Desk, given: Asked, progress: Progress) -> Document:
    language = languages().get(given.language)
    if language is None:
        raise BadRequestData(f"language is {given.language!r}; give one of {', '.join(languages())}.")
    city, zone = desk.config.city, ZoneInfo(desk.config.city.timezone)
    definitions = indicators.definitions(desk.folder)
    found = gathering.gather(
        desk.store, EVERYTHING, gathering.Asked(given.year, given.language, city.code, zone.key, desk.clock()), zone,
        definitions, lambda done, whole, words: progress({"done": done, "of": whole}),
    )  # fmt: skip
    return making.made(found, definitions, city.name, language, zone)


REVIEW = Verb(Asked, OVERSEE, _review)
