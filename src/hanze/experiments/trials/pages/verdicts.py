# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verdict of a trial in one line, as the list, the trial and what was learned say it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hanze.experiments.trials.keeping import Trial
from hanze.web.language import mark as _
from hanze.web.room import Visit

WORDS: Mapping[str, str] = {
    "worked": _("worked"),
    "did not work": _("did not work"),
    "cannot tell": _("cannot tell"),
    "made it worse": _("made it worse"),
}

MORE = _("%(share)s percent more, between %(low)s and %(high)s")
LESS = _("%(share)s percent less, between %(low)s and %(high)s")
EITHER = _("between %(low)s and %(high)s percent")


class Told(msgspec.Struct, frozen=True):
    """`word`: the verdict; `size`: the effect with its interval, empty where it has none as a share."""

    word: str
    size: str


def told(visit: Visit, trial: Trial) -> Told | None:
    """None before it was judged."""
    verdict = trial.facts.verdict
    if verdict not in WORDS:
        return None
    return Told(visit.language.say(WORDS[verdict]), _size(visit, trial.facts.result or {}))


def _size(visit: Visit, result: Mapping[str, Any]) -> str:
    finding = result.get("finding", {})
    shares = [finding.get(name) for name in ("relative", "relative_low", "relative_high")]
    if not all(isinstance(one, int | float) for one in shares):
        return ""
    share, low, high = (round(100 * one, 1) for one in shares)
    say, number = visit.language.say, visit.language.words.number
    if low < 0 < high:
        return say(EITHER) % {"low": number(low), "high": number(high)}
    ends = sorted((abs(low), abs(high)))
    given = {"share": number(abs(share)), "low": number(ends[0]), "high": number(ends[1])}
    return say(MORE if share > 0 else LESS) % given
