# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which type of the Smart Data Models the things are, by the words of the source."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from hanze.feeds.probing import names
from hanze.feeds.probing.kinds_of_values import is_number
from hanze.feeds.probing.leaves import Leaf
from hanze.feeds.probing.vocabulary import GARAGE, MODELS, PARKING, PARKING_SPOT, Model

TOPIC_ABOUT, TOPIC_IN_NAMES, TERM = 4, 2, 3
ENOUGH = 4
"""Less tells too little."""

ABOUT = frozenset({"dataset", "datasetid", "layername", "model", "resource"})
"""Names whose values say what the things are."""


def about(url: str, document: Any, found: list[Leaf]) -> str:
    """What the source says of its things as a whole: words of the address and of the names of data sets."""
    parts = urlsplit(url)
    told = [unquote(parts.path), unquote(parts.query), parts.hostname or ""]
    for holder in (document, document.get("parameters")) if isinstance(document, dict) else ():
        if isinstance(holder, dict):
            told += [value for name, value in holder.items() if name.lower() in ABOUT and isinstance(value, str)]
    told += [leaf.told[0] for leaf in found if leaf.name.lower() in ABOUT and isinstance(leaf.told[0], str)]
    return " ".join(names.key(one) for one in told)


def model(subject: str, found: list[Leaf], named: list[str]) -> Model | None:
    """The model that fits best; None where none does. `named`: words that stand for names of attributes."""
    numbers, words = [leaf.key for leaf in found if is_number(leaf)], [names.key(one) for one in named]
    rated = [(_worth(one, subject, found, numbers, words), one) for one in MODELS]
    worth, best = max(rated, key=lambda one: one[0])
    if worth < ENOUGH:
        return None
    if best is PARKING and not any(PARKING.terms[0].fits(key) for key in numbers):
        return PARKING if GARAGE.search(" ".join([subject, *(leaf.key for leaf in found)])) else PARKING_SPOT
    return best


def _worth(one: Model, subject: str, found: list[Leaf], numbers: list[str], words: list[str]) -> int:
    terms = sum(any(term.fits(key) for key in (*numbers, *words)) for term in one.terms)
    said = any(term.fits(key) for key in words for term in one.terms)
    topic = TOPIC_ABOUT if said or re.search(one.topic, subject) else 0
    if not topic and any(re.search(one.topic, leaf.key) for leaf in found):
        topic = TOPIC_IN_NAMES
    # Words such as temperature, total and speed are of many things; alone they tell nothing.
    return topic + TERM * terms if topic or terms > 1 else 0
