# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of an evaluation: from a table and a question to a result, with all checks."""

import math
from typing import Any

import msgspec

from hanze import __version__
from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate import checks, designs, power, verdict
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.extra import needed
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.levels import levels
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import Table

SAID = _("Working out the effect")

SHARE = 0.2
"""Of the whole, as it is told: the estimate; the rest goes to the checks."""


def evaluate(table: Table, question: Question, tell: Tell | None = None) -> Result:
    """Deterministic by the seed of the question. Errors: ConfigurationError that names option or column, value and fix."""
    with needed():
        return _evaluate(table, question, tell)


def _evaluate(table: Table, question: Question, tell: Tell | None) -> Result:
    made = panel(table, question)
    estimate = designs.find(question.design)
    finding = _plain(estimate(made, question, _part(tell, 0.0, SHARE)))
    case = Case(table, question, made, finding, estimate)
    found = checks.run(case, _part(tell, SHARE, 1.0))
    seeing = verdict.see(finding, question, power.after(finding, question.level))
    said = verdict.decide(finding, question, found, seeing)
    strong = levels(question.design, finding, found)
    return Result(
        question=question, finding=finding, checks=found, verdict=said,
        sure=verdict.sure(said, found, strong), seeing=seeing, levels=strong,
        advice=verdict.advise(said, finding, question, found, seeing), version=__version__, hash=table.hash,
    )  # fmt: skip


def _plain(finding: Finding) -> Finding:
    """With numbers of Python only, as what is kept or sent needs them; those of numpy pass for these everywhere else."""
    made = msgspec.convert(msgspec.to_builtins(finding, enc_hook=_number), Finding)
    if any(math.isnan(one) for one in (made.estimate, made.low, made.high)):
        raise ConfigurationError(
            "How sure an effect is cannot be told from so few units and moments; give more of them, or use another design."
        )
    return made


def _number(value: Any) -> Any:
    return value.item()


def _part(tell: Tell | None, since: float, until: float) -> Tell | None:
    """Tells how far a part is as how far the whole is."""
    if tell is None:
        return None
    whole = tell
    return lambda done, of, words: whole(since + (until - since) * (done / of if of else 0.0), 1.0, words)
