# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at the first entities of another NGSI-LD broker, without subscribing to anything there."""

from typing import Any
from urllib.parse import urlencode

from hanze.errors import BadRequestData
from hanze.feeds.kinds import answers
from hanze.feeds.probing.proposal import Answer
from hanze.feeds.source import Found, Get, Refused
from hanze.ngsild import parse
from hanze.ngsild.context import CORE

MOST_TYPES = 3
FEW = 4
"""Entities of each type."""


async def first(answer: Answer, get: Get) -> Found:
    """Some entities of the first types that the answer names; names as they come. Errors: SourceFailed."""
    root = answer.url.partition("/ngsi-ld/v1")[0]
    found = Found()
    for type in _types(answers.json(answer.body, "the answer"))[:MOST_TYPES]:
        url = f"{root}/ngsi-ld/v1/entities?{urlencode({'type': type, 'limit': FEW})}"
        response = await get(url, {"Accept": "application/json"})
        items = answers.json(response.body, "the answer")
        for number, item in enumerate(items if isinstance(items, list) else [items]):
            try:
                found.entities.append(parse.entity(item, CORE))
            except BadRequestData as error:
                found.refused.append(Refused(f"{type} {number}", error.detail))
    return found


def _types(document: Any) -> list[str]:
    """The types that an answer of a broker names, whether it lists types or entities."""
    if isinstance(document, dict):
        return [one for one in document.get("typeList", [document.get("type")]) if isinstance(one, str)]
    named = [one.get("typeName", one.get("type")) for one in document if isinstance(one, dict)]
    return list(dict.fromkeys(one for one in named if isinstance(one, str)))
