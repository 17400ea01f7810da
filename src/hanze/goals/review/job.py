# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A review made in a process of its own, from the data of a node that goes on running."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from hanze.goals.indicators.definition import Definition
from hanze.goals.review import gathering, html, making, pdf
from hanze.goals.review.document import Document
from hanze.goals.review.gathering import Asked
from hanze.store.base import Look
from hanze.store.scope import Scope
from hanze.web.language import languages

SECONDS = 60.0
"""It takes one or two for a city."""


class Job(msgspec.Struct, frozen=True):
    """`scope`: what its reader may see; `city`: the name."""

    look: Look
    scope: Scope
    asked: Asked
    definitions: Mapping[str, Definition]
    city: str


def page(job: Job) -> str:
    """What stands in a page of the site."""
    return html.body(_document(job), languages()[job.asked.language])


def paper(job: Job) -> bytes:
    """The PDF."""
    return pdf.pdf(_document(job))


def _document(job: Job) -> Document:
    zone = ZoneInfo(job.asked.zone)
    with job.look(job.asked.now) as reads:
        given = gathering.gather(reads, job.scope, job.asked, zone, job.definitions)
    return making.made(given, job.definitions, job.city, languages()[job.asked.language], zone)
