# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verdict, by one rule for all designs, how sure it is and why, and what to do next.

    a check failed that makes the effect unbelievable                           cannot tell
    the whole interval lies on the better side of no effect                     worked
    the whole interval lies on the worse side                                   made it worse
    it holds no effect; the effect that was bought could have been seen,
        and the interval excludes it                                            did not work
    else                                                                        cannot tell

"No effect was found" is no answer by itself: without an effect that somebody bought, a null is never *did not work* (Altman &
Bland 1995, BMJ 311:485: absence of evidence is not evidence of absence).
"""

from collections.abc import Sequence

from hanze.errors import mark as _
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.result import Check, Levels, Seeing, Verdict
from hanze.experiments.evaluate.size import side
from hanze.experiments.told import Told

MOST_WEEKS_MORE = 10.0
"""A trial that would have to go on for more than so many times its length is better made larger."""


def decide(finding: Finding, question: Question, checks: Sequence[Check], seeing: Seeing) -> Verdict:
    """By the rule above; deterministic."""
    if doubting(checks):
        return "cannot tell"
    found, better = side(finding), 1 if question.better == "higher" else -1
    if found:
        return "worked" if found == better else "made it worse"
    return "did not work" if seeing.could and _excluded(finding, question) else "cannot tell"


def see(finding: Finding, question: Question, detectable: float | None) -> Seeing:
    """`detectable`: the smallest effect, as a share, that would have been seen."""
    if question.bought is None:
        return Seeing(detectable, None)
    return Seeing(detectable, detectable is not None and detectable <= question.bought)


def doubting(checks: Sequence[Check]) -> list[Check]:
    """Those that failed in a way that makes the effect unbelievable."""
    return [one for one in checks if one.doubts and one.status == "fail"]


def _excluded(finding: Finding, question: Question) -> bool:
    """The effect that was bought lies outside the interval."""
    edge = finding.relative_low if question.better == "lower" else finding.relative_high
    if edge is None or question.bought is None:
        return False
    return edge > -question.bought if question.better == "lower" else edge < question.bought


def sure(verdict: Verdict, checks: Sequence[Check], levels: Levels) -> Told:
    """How sure, and why: never a number alone."""
    if verdict == "cannot tell":
        return _cannot(checks)
    if verdict == "did not work":
        return Told(
            _(
                "Fairly sure: the effect that was bought is not in the interval, and it would have been seen. %(checks)s"
            ),
            {"checks": _stood(checks)},
        )
    warned = [one for one in checks if one.status != "pass"]
    strong = levels.maryland >= 3 and not any(one.status == "fail" for one in checks) and len(warned) * 2 <= len(checks)
    text = (
        _("Quite sure: the whole interval lies on one side of no effect, and it was compared with others. %(checks)s")
        if strong
        else _("Fairly sure: the whole interval lies on one side of no effect. %(checks)s")
    )
    return Told(text, {"checks": _stood(checks)})


def _stood(checks: Sequence[Check]) -> Told:
    good = sum(one.status == "pass" for one in checks)
    return Told(_("It stood %(good)s of %(all)s checks."), {"good": float(good), "all": float(len(checks))})


def _cannot(checks: Sequence[Check]) -> Told:
    found = doubting(checks)
    if found:
        return Told(_("Not sure, because of a check that failed. %(check)s"), {"check": found[0].told})
    return Told(_("Not sure: no effect lies in the interval, and so do effects that matter."))


def advise(verdict: Verdict, finding: Finding, question: Question, checks: Sequence[Check], seeing: Seeing) -> Told:
    """What to do next."""
    if verdict == "worked":
        return Told(_("Go on with it. Repeat it in another place, so that it is known to work there too."))
    if verdict == "made it worse":
        return Told(_("Stop it, or change it and try again."))
    if verdict == "did not work":
        return Told(_("Stop it, and try something else."))
    if doubting(checks):
        return Told(_("Look for a comparison that stands this check, or try it again at another time or place."))
    return _longer(finding, question, seeing)


def _longer(finding: Finding, question: Question, seeing: Seeing) -> Told:
    """The width of an interval goes with the root of how long one looks."""
    if question.bought is None or seeing.detectable is None:
        return Told(_("Say which effect the measure was done for, and go on until an effect of that size can be seen."))
    times = (seeing.detectable / question.bought) ** 2
    if times <= 1:
        return Told(_("Go on for a while: an effect as large as was bought is still possible."))
    if times > MOST_WEEKS_MORE:
        return Told(_("Make it larger: more places, or lots drawn. Going on for longer will not be enough."))
    return Told(
        _("Go on until there are about %(moments)s moments with the measure; now there are %(after)s."),
        {"moments": float(round(times * finding.counts.after)), "after": float(finding.counts.after)},
    )
