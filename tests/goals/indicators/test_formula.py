# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Formulas of indicators: what they give, when they give nothing, and what cannot stand in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.goals.indicators.formula import Formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 6), ("100 * a / b", 300), ("a - b * 2", 2), ("-(a - b) / 4", -1), ("min(a, b, 1)", 1), ("max(a, 7.5)", 7.5),
        ("  2e3 + a ", 2006),
        ("b ** 3", 8), ("log10(100 * b / 2)", 2), ("10 * log10(10 ** (a / 10))", 6),
    ],
)  # fmt: skip
def test_values(text: str, value: float) -> None:
    assert Formula(text)({"a": 6.0, "b": 2.0}) == value


def test_nothing_comes_of_nothing() -> None:
    assert Formula("a / b")({"a": 1, "b": None}) is None
    assert Formula("a / b")({"a": 1, "b": 0}) is None
    assert Formula("a * a")({"a": 1e300}) is None
    assert Formula("log10(a)")({"a": 0.0}) is None
    assert Formula("a ** a ** a")({"a": 1e9}) is None
    assert Formula("(0 - a) ** 0.5")({"a": 1.0}) is None
    assert Formula("a")({"a": 0.0, "b": None}) == 0


def test_it_names_what_it_needs() -> None:
    assert Formula("100 * (open - shut) / max(open, 1)").names == {"open", "shut"}


@pytest.mark.parametrize(
    "text",
    ["", "a +",
     "log10(a, b)", "a // b", "a if b else c", "__import__('os')", "a.b", "a[0]", "'a'", "True", "min(a)", "max(*a)", "lambda: 1",
     "a < b", "1j", "a; b", "min(a, b, key=c)", "\0", "((((((" * 50],
)  # fmt: skip
def test_nothing_else_stands_in_a_formula(text: str) -> None:
    with pytest.raises(ConfigurationError, match="give"):
        Formula(text)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_an_error_in_words(text: str) -> None:
    try:
        made = Formula(text)
    except ConfigurationError:
        return
    assert made(dict.fromkeys(made.names, 1.0)) is None or made.names is not None
