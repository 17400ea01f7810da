# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the numbers swing by chance at all: from those that do not, nobody can say how sure an effect is."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import exact
from hanze.experiments.told import Told


def look(case: Case) -> Check | None:
    if not exact(case.finding):
        return None
    text = _("Nothing in this table swings by chance, as measured numbers do: how sure an effect is cannot be told.")
    return Check("chance", "fail", Told(text), doubts=True)
