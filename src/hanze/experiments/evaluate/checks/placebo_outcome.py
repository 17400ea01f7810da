# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether something that the measure cannot have changed shows an effect as well."""

import msgspec

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import comparable, effect, side
from hanze.experiments.told import Told, Values


def look(case: Case, column: str) -> Check:
    """`column`: what cannot have changed. Errors: ConfigurationError where the table does not have it."""
    question = msgspec.structs.replace(case.question, outcome=column)
    found = case.again(panel(case.table, question), question)
    name = "placebo-outcome"
    if found is None:
        text = _("%(column)s cannot be looked at in this way.")
        return Check(name, "warn", Told(text, {"column": column}))
    told: Values = {"column": column, "effect": effect(found)}
    if side(found) == 0:
        text = _("%(column)s, which the measure cannot have changed, shows no clear effect (%(effect)s).")
        return Check(name, "pass", Told(text, told))
    if not side(case.finding) or not comparable(case.finding, found):
        text = _("%(column)s, which the measure cannot have changed, shows a small effect (%(effect)s).")
        return Check(name, "warn", Told(text, told))
    text = _(
        "%(column)s, which the measure cannot have changed, shows an effect as well (%(effect)s): something else changed it."
    )
    return Check(name, "fail", Told(text, told), doubts=True)
