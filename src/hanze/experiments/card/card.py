# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a result card says, as sentences that any language can say."""

import math
from collections.abc import Callable, Sequence

import msgspec

from hanze.errors import mark as _
from hanze.experiments.evaluate.finding import Finding, Point
from hanze.experiments.evaluate.moments import told_moment
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.result import Check, Result, Verdict
from hanze.experiments.evaluate.size import effect, percent, told_change, told_share
from hanze.experiments.evaluate.table import moment
from hanze.experiments.told import Told, Values, counted
from hanze.web.language import Language

WORDS: dict[Verdict, str] = {
    "worked": _("It worked"),
    "did not work": _("It did not work"),
    "cannot tell": _("We cannot tell"),
    "made it worse": _("It made it worse"),
}

MOST_PARTS = 3
"""So many units that gained most, and that lost most."""

MANY = 60
"""Of more units the ends are chance for the most part, and only how many gained and lost is told."""


class Part(msgspec.Struct, frozen=True):
    """How it went in one of the treated units; `share`: as a share of what was expected, with its sign."""

    name: str
    share: float
    better: bool


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """`asked`: the question as it was registered. `word`: the verdict. `sure`: how sure, and why. `size`: in percent, and in units
    of the outcome. `seen`: what could have been seen, where no effect was. `parts`: who gained, who lost; `counted`: how many.
    `changes`: what changed after the plan was fixed. `origin`: names, and what stands behind them. `start`: where in `line`
    the measure begins."""

    asked: Told
    verdict: Verdict
    word: Told
    sure: Told
    size: tuple[Told, ...]
    seen: Told | None
    checks: tuple[Check, ...]
    parts: tuple[Part, ...]
    counted: Told | None
    changes: tuple[Told, ...]
    levels: Told
    advice: Told
    origin: tuple[tuple[Told, Told], ...]
    line: tuple[Point, ...]
    start: int
    outcome: str


def numbers(language: Language) -> Callable[[float], str]:
    """How a language writes the numbers of a card; an interval may have no end."""
    return lambda value: language.words.number(value) if math.isfinite(value) else "\u221e"


def make(result: Result, asked: Told | None = None, changes: Sequence[Told] = ()) -> Card:
    """`asked`: the question in words, where somebody wrote it; else it is made of what was asked of the table."""
    finding = result.finding
    return Card(
        asked=asked or _asked(result), verdict=result.verdict, word=Told(WORDS[result.verdict]), sure=result.sure,
        size=_size(result), seen=_seen(result), checks=result.checks,
        parts=_parts(finding, result.question), counted=_counted(finding, result.question),
        changes=tuple(changes), levels=result.levels.told, advice=result.advice, origin=_origin(result),
        line=finding.line, start=_begin(result), outcome=result.question.outcome,
    )  # fmt: skip


def _begin(result: Result) -> int:
    """The place in the line of its first moment with the measure."""
    line, since = result.finding.line, moment(result.question.start)
    found = [moment(one.time) for one in line]
    if since is not None:
        after = [place for place, one in enumerate(found) if one is not None and one[0] >= since[0]]
        if after:
            return after[0]
    return min(result.finding.counts.before, max(len(line) - 1, 0))


def _asked(result: Result) -> Told:
    question, counts = result.question, result.finding.counts
    lower = question.better == "lower"
    values: Values = {"outcome": question.outcome, "treated": _treated(result), "start": _start(result)}
    if counts.dates > 1:
        text = (
            _("Does the measure make %(outcome)s lower? It is on in %(treated)s, from different moments on.")
            if lower
            else _("Does the measure make %(outcome)s higher? It is on in %(treated)s, from different moments on.")
        )
    else:
        text = (
            _("Does the measure make %(outcome)s lower? It is on in %(treated)s from %(start)s on.")
            if lower
            else _("Does the measure make %(outcome)s higher? It is on in %(treated)s from %(start)s on.")
        )
    return Told(text, values)


def _treated(result: Result) -> Told:
    names, units = result.question.treated, result.finding.counts.treated
    if units == 1 and result.finding.counts.units == 1:
        return Told(_("the only place of the table"))
    if 0 < len(names) <= MOST_PARTS and len(names) == units:
        return Told("%(names)s", {"names": ", ".join(names)})
    return counted(_("%(count)s unit"), _("%(count)s units"), units)


def _start(result: Result) -> Told:
    line = result.finding.line
    return told_moment(result.question.start or (line[_begin(result)].time if line else ""))


def _size(result: Result) -> tuple[Told, ...]:
    """The first in percent where that has a meaning, the second in units of the outcome."""
    finding, level = result.finding, percent(result.question.level)
    found = [Told(_("%(effect)s, in all likelihood between %(low)s and %(high)s."), _between(finding))]
    if finding.change is not None and None not in (finding.relative, finding.relative_low, finding.relative_high):
        values: Values = {"outcome": result.question.outcome.removesuffix("?"), "change": told_change(finding.change)}
        if finding.change_low is not None and finding.change_high is not None:
            values = {
                **values, "low": told_change(finding.change_low), "high": told_change(finding.change_high), "level": level,
            }  # fmt: skip
            text = _(
                "%(outcome)s: %(change)s for each unit and moment; between %(low)s and %(high)s (%(level)s %% interval)."
            )
        else:
            text = _("%(outcome)s: %(change)s for each unit and moment.")
        found.append(Told(text, values))
    return tuple(found)


def _between(finding: Finding) -> Values:
    ends = finding.relative_low, finding.relative_high
    if finding.relative is not None and ends[0] is not None and ends[1] is not None:
        return {"effect": effect(finding), "low": told_share(ends[0]), "high": told_share(ends[1])}
    if finding.scale == "ratio":
        low, high = (Told("%(times)s", {"times": one}) for one in (finding.low, finding.high))
        return {"effect": effect(finding), "low": low, "high": high}
    # Where an end is as large as all that was expected, a share of it has no meaning.
    middle, low, high = (told_change(one) for one in (finding.estimate, finding.low, finding.high))
    return {"effect": middle, "low": low, "high": high}


def _seen(result: Result) -> Told | None:
    """Beside every null stands what it could have seen."""
    seeing = result.seeing
    if result.verdict in ("worked", "made it worse"):
        return None
    if seeing.detectable is None:
        return Told(_("How small an effect could have been seen cannot be told for this design."))
    values: Values = {"percent": percent(seeing.detectable)}
    if seeing.could is None:
        return Told(_("An effect of %(percent)s %% or more would have been seen in four of five cases."), values)
    values = {**values, "bought": percent(result.question.bought or 0.0)}
    text = (
        _(
            "An effect of %(percent)s %% or more would have been seen in four of five cases, and %(bought)s %% was bought."
        )
        if seeing.could
        else _(
            "Only an effect of %(percent)s %% or more would have been seen in four of five cases; %(bought)s %% was bought."
        )
    )
    return Told(text, values)


def _parts(finding: Finding, question: Question) -> tuple[Part, ...]:
    """Best first; of many the ends only. Less than nothing is no share: there the expected line is next to zero."""
    if not 2 <= len(finding.parts) <= MANY:
        return ()
    sign = 1 if question.better == "higher" else -1
    order = sorted((one for one in finding.parts.items() if one[1] >= -1), key=lambda one: (-sign * one[1], one[0]))
    if len(order) > 2 * MOST_PARTS:
        order = order[:MOST_PARTS] + order[-MOST_PARTS:]
    return tuple(Part(name, share, sign * share > 0) for name, share in order)


def _counted(finding: Finding, question: Question) -> Told | None:
    if len(finding.parts) < 2:
        return None
    sign = 1 if question.better == "higher" else -1
    values = [sign * one for one in finding.parts.values()]
    told = {"all": len(values), "better": sum(one > 0 for one in values), "worse": sum(one < 0 for one in values)}
    text = _("Of %(all)s units with the measure, it got better in %(better)s and worse in %(worse)s.")
    return Told(text, {name: float(count) for name, count in told.items()})


def _origin(result: Result) -> tuple[tuple[Told, Told], ...]:
    """Of each figure: how it was made, from what, and by what."""
    counts, question = result.finding.counts, result.question
    rows = Told(
        _("%(rows)s, %(units)s, of which %(treated)s with the measure, %(before)s before it and %(after)s after"),
        {
            "rows": counted(_("%(count)s row"), _("%(count)s rows"), counts.rows),
            "units": counted(_("%(count)s unit in all"), _("%(count)s units in all"), counts.units),
            "treated": float(counts.treated),
            "before": counted(_("%(count)s moment"), _("%(count)s moments"), counts.before), "after": float(counts.after),
        },
    )  # fmt: skip
    plain = {
        _("Design"): question.design, _("Hanze"): result.version, _("Seed"): str(question.seed),
        _("Checksum of the data (SHA-256)"): result.hash,
    }  # fmt: skip
    better = Told(_("lower")) if question.better == "lower" else Told(_("higher"))
    told = [(Told(_("Method")), result.finding.method), (Told(_("Data")), rows), (Told(_("Better is")), better)]
    told += [(Told(name), Told("%(value)s", {"value": value})) for name, value in plain.items()]
    return tuple(told)
