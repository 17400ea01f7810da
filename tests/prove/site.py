# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs "pages" and "forms": every page in every way under axe-core in a real browser, and forms with rubbish in them."""

from collections.abc import Iterable, Iterator

from tests.prove.seen import Seen
from tests.prove.tried import tried

SECONDS = 90 * 60

FORMS = 10_000
"""As many as the test sends where it tries as hard as it can; chance chooses others each time."""


def pages(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """The ways are all there are, so one round is enough; what it takes is told too."""
    for _ in rounds:
        yield tried(("tests/site/test_accessible.py",), "pages in a way without a fault", SECONDS)


def forms(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    for _ in rounds:
        seen = tried(("tests/web/people/test_fuzzed.py",), "tests passed", SECONDS)
        yield seen + Seen({"forms with rubbish": 0 if seen.counts["stopped by the clock"] else FORMS})
