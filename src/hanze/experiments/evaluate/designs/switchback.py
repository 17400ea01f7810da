# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Switchback: a measure that is on or off by lot in blocks of time, so that units are compared with themselves.

Bojinov, Simchi-Levi & Zhao (2023, Management Science 69). It holds where lots decided when the measure was on, and its effect
comes and goes within a block; part of that is looked at (`carry-over`). The effect is that of least squares beside effects of
units and of moments, or of season and trend where all units are switched together. How sure it is comes from drawing the blocks
again, which needs no model of what else moves the outcome, and allows for any dependence of moments on each other."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import effects
from hanze.experiments.evaluate.designs.blocks import Blocks, blocks, sums
from hanze.experiments.evaluate.designs.grid import cells
from hanze.experiments.evaluate.designs.lines import line
from hanze.experiments.evaluate.designs.lots import Lots, judge
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.designs.takenout import Beside, beside
from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, moment
from hanze.experiments.told import Told

UNLIKELY = 0.05
"""How likely what outlives a block may be by chance before the first moments of blocks are left out."""

PART = 0.25
"""Of a block: what is looked at as its beginning, and left out at a time."""


class Fit(msgspec.Struct, frozen=True, eq=False):
    """`left`: (N, T) of the outcome, `own` of the measure, when all that stands beside is taken out; 0 where nothing is known.
    `used`: (T,) moments that count; `skipped`: at the beginning of each block. `carried`: what is left of the effect after it, in
    the moments that count, and how likely that is by chance; None where blocks are too short."""

    left: Floats
    own: Floats
    used: Bools
    skipped: int
    lots: Lots
    carried: tuple[float, float] | None


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Errors: ConfigurationError where the measure is not switched, or too little."""
    values = cells(panel)
    known = np.isfinite(values)
    drawn = blocks(panel.on, known, _since(panel, question), question.design)
    width = max(1, int(PART * drawn.length))
    made = fit(panel, question, values, drawn, 0)
    # Half of a block is left at least.
    while made.carried and made.carried[1] < UNLIKELY and 2 * (made.skipped + width) <= drawn.length:
        made = fit(panel, question, values, drawn, made.skipped + width)
        if tell is not None:
            tell(2 * made.skipped, drawn.length, _("Working out the effect"))
    return _finding(panel, question, values, drawn, made)


def _since(panel: Panel, question: Question) -> int | None:
    found = moment(question.start) if question.start else None
    return None if found is None else int(np.searchsorted(panel.moments, found[0]))


def fit(panel: Panel, question: Question, values: Floats, drawn: Blocks, skipped: int) -> Fit:
    """`skipped`: so many moments of each block do not count. Errors: ConfigurationError where nothing is left of the measure."""
    used = (drawn.of < 0) | (drawn.place >= skipped)
    on = (panel.on & used).astype(np.float64)
    model = beside(panel, question, values, on, used)
    left, own = model.taken(values), model.taken(on)
    if not (own * on).sum() > 1e-9 * on.sum():
        raise ConfigurationError(
            "The measure is on and off together with what is taken out beside it (units, moments, season, covariates); leave some "
            "of that out."
        )
    states = drawn.redrawn(np.random.default_rng(question.seed))
    found = Lots(_scores(states, sums(drawn, left, used)), _scores(states, sums(drawn, own, used)))
    return Fit(left, own, used, skipped, found, _carried(drawn, model, left, own, on, found, states, skipped))


def _scores(states: Bools, parts: Floats) -> Floats:
    """(L,): the sum of what is left where each lot has the measure on; of the real one over that of the measure it is the effect
    by least squares (Frisch & Waugh 1933)."""
    found: Floats = states.reshape(len(states), -1) @ parts.ravel()
    return found


def _carried(
    drawn: Blocks, model: Beside, left: Floats, own: Floats, on: Floats, lots: Lots, states: Bools, skipped: int
) -> tuple[float, float] | None:
    """In the beginning of a block after one in another state: how much of the effect is still there, or not there yet. Its chance
    is that among the lots when the effect is taken off."""
    width = max(1, int(PART * drawn.length))
    early = (drawn.of >= 1) & (drawn.place >= skipped) & (drawn.place < skipped + width)
    turned = np.diff(drawn.states.astype(np.float64), axis=1)
    switch = np.zeros_like(on)
    switch[np.ix_(drawn.units, np.flatnonzero(early))] = turned[:, drawn.of[early] - 1]
    late = model.taken(switch)
    shared = float((late * on).sum() / (own * on).sum())
    size = float((late * switch).sum()) - shared * float((own * switch).sum())
    if drawn.states.shape[1] < 2 * 4 or size <= 1e-9 * float((switch**2).sum()):
        return None
    effect = lots.estimate
    rest = left - effect * own
    parts, whole = sums(drawn, rest, early), sums(drawn, rest, (drawn.place >= skipped))
    redrawn = np.diff(states.astype(np.float64), axis=2)
    scores = redrawn.reshape(len(states), -1) @ parts[:, 1:].ravel() - shared * _scores(states, whole)
    # More after a switch means that the effect comes at once; less, that some of the one before is left.
    return -float(scores[0]) / size, float((np.abs(scores) >= abs(scores[0]) * (1 - 1e-9)).mean())


def _finding(panel: Panel, question: Question, values: Floats, drawn: Blocks, fit: Fit) -> Finding:
    effect, count = fit.lots.estimate, drawn.states.shape[1]
    spread = float((fit.lots.found - effect * fit.lots.share).std() / fit.lots.share[0])
    judged = judge(fit.lots, spread, float(max(count - 2, 1)), question.level)
    inside = (drawn.of >= 0) & fit.used
    on = panel.on & inside[None, :] & np.isfinite(values)
    size = effects.Size("difference", effect, spread, judged.low, judged.high, judged.p, judged.degrees)
    details = {"blocks": float(count), "block_length": float(drawn.length), "burn_in": float(fit.skipped)}
    if fit.carried is not None:
        details |= {"carry_over": fit.carried[0], "carry_over_p": fit.carried[1]}
    course = line(panel, values, np.isin(np.arange(len(values)), drawn.units), size)
    return effects.finding(
        size, float(values[on].mean()), _method(question, drawn, fit), _counts(panel, values, drawn, inside), course,
        _parts(panel, values, drawn, fit, on), details, _residuals(fit, drawn, effect),
    )  # fmt: skip


def _counts(panel: Panel, values: Floats, drawn: Blocks, inside: Bools) -> Counts:
    """Blocks are what lots were drawn for; those of different units at the same time are no two."""
    any_on = panel.on[drawn.units].any(axis=0) & inside
    used = np.isfinite(values).any(axis=1)
    return Counts(
        rows=len(panel.outcome), units=int(used.sum()), treated=len(drawn.units), clusters=drawn.states.shape[1],
        dates=effects.turns(any_on.astype(np.float64)), before=int((inside & ~any_on).sum()), after=int(any_on.sum()),
    )  # fmt: skip


def _parts(panel: Panel, values: Floats, drawn: Blocks, fit: Fit, on: Bools) -> dict[str, float]:
    """By unit, where there are several: the effect on it alone, as a share of what was expected."""
    found: dict[str, float] = {}
    for unit in drawn.units.tolist() if len(drawn.units) > 1 else []:
        own = float((fit.own[unit] * on[unit]).sum())
        if own > 0:
            effect = float((fit.left[unit] * on[unit]).sum()) / own
            part = share(effect, float(values[unit][on[unit]].mean()))
            found[panel.units[unit]] = effect if part is None else part
    return found


def _residuals(fit: Fit, drawn: Blocks, effect: float) -> Sequence[float]:
    left = (fit.left - effect * fit.own)[drawn.units]
    used = (left != 0).sum(axis=0)
    return [float(one) for one in left.sum(axis=0)[used > 0] / used[used > 0]]


def _method(question: Question, drawn: Blocks, fit: Fit) -> Told:
    told = Told(
        _(
            "Switchback of %(blocks)s blocks; interval from drawing the blocks again (Bojinov, Simchi-Levi & Zhao 2023)."
        ),
        {"blocks": float(drawn.states.shape[1])},
    )
    parts = [told]
    if fit.skipped:
        text = _("The first %(moments)s moments of each block are left out, as the effect does not end with its block.")
        parts.append(Told(text, {"moments": float(fit.skipped)}))
    if question.covariates:
        parts.append(Told(_("Adjusted for %(names)s."), {"names": effects.listed(question.covariates)}))
    return effects.sentences(*parts)
