# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables and cases that checks are tried on, made of arrays; the designs that run on them are the real ones."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
import numpy as np

from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Floats, Table


def months(count: int, first: int = 2018) -> list[str]:
    return [f"{first + month // 12}-{month % 12 + 1:02}" for month in range(count)]


def days(count: int, first: date) -> list[str]:
    return [str(first + timedelta(days=day)) for day in range(count)]


def series(values: Floats, times: Sequence[str], **more: Floats) -> Table:
    """One place: columns time, value, and those of `more`."""
    return Table(
        {"time": list(times), "value": _words(values), **{one: _words(each) for one, each in more.items()}}, "0"
    )


def units(values: Floats, times: Sequence[str], **more: Sequence[str]) -> Table:
    """(N, T): columns unit (u0, u1, …), time, value; `more`: a word for each unit."""
    count, length = values.shape
    columns: dict[str, Sequence[str]] = {
        "unit": [f"u{unit}" for unit in range(count) for _time in range(length)],
        "time": list(times) * count,
        "value": _words(values.ravel()),
    }
    for name, words in more.items():
        columns[name] = [word for word in words for _time in range(length)]
    return Table(columns, "0")


def _words(values: Floats) -> list[str]:
    return ["" if np.isnan(one) else repr(float(one)) for one in values]


def case(table: Table, question: Question) -> Case:
    """With what the design finds."""
    made, estimate = panel(table, question), designs.find(question.design)
    return Case(table, question, made, estimate(made, question, None), estimate)


def its(start: str, **more: object) -> Question:
    return _question({"design": "its", "start": start, **more})


def against(design: str, start: str, **more: object) -> Question:
    """u0 has the measure."""
    return _question({"design": design, "unit": "unit", "treated": ("u0",), "start": start, **more})


def _question(given: Mapping[str, object]) -> Question:
    return msgspec.convert({"outcome": "value", "time": "time", **given}, Question)
