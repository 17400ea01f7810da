# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a check looks at: the table, what was asked, and what was found; and the same design on a changed panel."""

import msgspec

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import Estimate
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table


class Case(msgspec.Struct, frozen=True, eq=False):
    """One evaluation."""

    table: Table
    question: Question
    panel: Panel
    finding: Finding
    estimate: Estimate

    @property
    def design(self) -> str:
        return self.question.design

    def again(self, panel: Panel, question: Question | None = None) -> Finding | None:
        """What the design finds there; None where it cannot be used on it."""
        try:
            return self.estimate(panel, question or self.question, None)
        except (ConfigurationError, ArithmeticError, ValueError):
            # A panel that was made smaller may have nothing left to learn from, which tells nothing about the real one.
            return None
