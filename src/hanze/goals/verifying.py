# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a value or a score is still as its receipt says, when it is worked out once more from the data that are there now."""

from typing import Literal

from hanze.access import Access
from hanze.access.principal import ANYONE
from hanze.goals.computing.scores import Made
from hanze.goals.keeping.scores import said
from hanze.goals.keeping.values import Worth
from hanze.goals.model import ScoreFacts, ValueFacts
from hanze.store.base import Reads
from hanze.store.scope import EVERYTHING

Verdict = Literal[
    "good",
    "its indicator or area is gone",
    "its definition is another one",
    "its data are other ones",
    "its value is another one",
]


def verdict(facts: ValueFacts, new: Worth | None) -> Verdict:
    """`new`: what it comes to now, as of the moment of the receipt; None where that is nothing."""
    receipt = facts.receipt or {}
    if new is None:
        return "its indicator or area is gone"
    if receipt.get("definition") != new.receipt.definition:
        return "its definition is another one"
    if receipt.get("inputs") != new.receipt.inputs:
        return "its data are other ones"
    return "good" if facts.kpiValue == new.value else "its value is another one"


FINE = ("good", "newer values are there")
"""A score follows its values within a minute, so that it is not wrong until then."""

ScoreVerdict = Literal[
    "good",
    "newer values are there",
    "nothing tells it any more",
    "its values are other ones",
    "its score is another one",
]


def score(facts: ScoreFacts, new: Made | None) -> ScoreVerdict:
    """`new`: what it comes to now, of the same month, None where that is nothing."""
    if new is None:
        return "nothing tells it any more"
    receipt, again = (one.receipt or {} for one in (facts, new.facts))
    if receipt.get("inputs") != again.get("inputs"):
        newer = new.month.runs and new.newest > receipt.get("at", "")
        return "newer values are there" if newer else "its values are other ones"
    return "good" if said(facts) == said(new.facts) else "its score is another one"


def open_share(reads: Reads, access: Access) -> float | None:
    """The percentage of types that everyone may read something of; None where there is nothing to read."""
    every = reads.types("", EVERYTHING)
    return 100.0 * len(reads.types("", access.scope(ANYONE, ""))) / len(every) if every else None
