# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Formulas such as `100 * fast / all`: numbers, names of parts, + - * / ** and parentheses, min, max and log10; nothing else."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from hanze.errors import ConfigurationError

LONGEST = 200

OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: math.pow,
}  # fmt: skip

FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {
    "min": (min, 2, 9),
    "max": (max, 2, 9),
    "log10": (math.log10, 1, 1),
}
"""Each with how many arguments it takes, at least and at most."""


class Formula:
    """`names`: of the parts that it needs."""

    def __init__(self, text: str) -> None:
        """ConfigurationError where it is none."""
        if len(text) > LONGEST:
            raise ConfigurationError(f"The formula has {len(text)} characters; give at most {LONGEST}.")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            raise ConfigurationError(
                f"{text!r} is no formula; give numbers and names of parts with + - * / ** and parentheses."
            ) from None
        names: set[str] = set()
        self._value = _compiled(tree, names)
        self.text = text
        self.names = frozenset(names)

    def __call__(self, parts: Mapping[str, float | None]) -> float | None:
        """The number; None where a part that it needs is missing, and where it would divide by nothing or leave all bounds."""
        if any(parts[name] is None for name in self.names):
            return None
        try:
            found = self._value(parts)
        except (ZeroDivisionError, OverflowError, ValueError):
            return None
        return found if math.isfinite(found) else None


Value = Callable[[Mapping[str, float | None]], float]


def _compiled(node: ast.AST, names: set[str]) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return lambda parts: float(number)
        case ast.Name(id=name):
            names.add(name)
            return lambda parts: float(parts[name] or 0.0)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _compiled(operand, names)
            return lambda parts: -inner(parts)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            one, other, work = _compiled(left, names), _compiled(right, names), OPERATORS[type(op)]
            return lambda parts: work(one(parts), other(parts))
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in FUNCTIONS:
            function, least, most = FUNCTIONS[name]
            if least <= len(given) <= most:
                inners = [_compiled(one, names) for one in given]
                return lambda parts: function(*(one(parts) for one in inners))
    raise ConfigurationError(
        f"{ast.unparse(node)!r} cannot stand in a formula; give numbers and names of parts with + - * / ** ( ), min, max and log10."
    )
