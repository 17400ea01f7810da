# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every route of the API as the application itself has it: read from the patterns by which it finds its operations."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

from hanze.broker import app
from hanze.broker.temporal import routes

EXAMPLE = "urn:ngsi-ld:X:1"
"""Stands for every part of a path that is not a fixed word."""


def resources() -> set[str]:
    """Method and path of each operation, such as `PATCH entities/{id}`."""
    found: set[str] = set()
    for parts in _patterns(app):
        words = [word if fixed else EXAMPLE for word, fixed in parts]
        methods, _ = app.route(words)
        path = "/".join(word if fixed else f"{{{word}}}" for word, fixed in parts)
        found |= {f"{method} {path}" for method in methods}
    return found


Parts = list[tuple[str, bool]]
"""The parts of a path; whether each is a fixed word, or a name for what may stand there."""


def _patterns(module: ModuleType) -> Iterator[Parts]:
    """The paths of the `match` in the module's function `route`."""
    (function,) = (
        one
        for one in ast.parse(inspect.getsource(module)).body
        if isinstance(one, ast.FunctionDef) and one.name == "route"
    )
    (match,) = (one for one in ast.walk(function) if isinstance(one, ast.Match))
    for case in match.cases:
        if isinstance(case.body[0], ast.Raise):
            continue
        # Alternatives are one resource in several spellings.
        pattern = case.pattern.patterns[0] if isinstance(case.pattern, ast.MatchOr) else case.pattern
        assert isinstance(pattern, ast.MatchSequence)
        yield from _expanded(module, pattern.patterns, case.guard)


def _expanded(module: ModuleType, patterns: list[ast.pattern], guard: ast.expr | None) -> Iterator[Parts]:
    parts: Parts = []
    for one in patterns:
        if isinstance(one, ast.MatchValue):
            assert isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
            parts.append((one.value.value, True))
        elif isinstance(one, ast.MatchAs):
            assert one.name is not None
            parts.append((one.name, False))
        elif isinstance(one, ast.MatchStar) and one.name is not None:
            # What stands further behind is found by the routes of histories.
            assert parts == [("temporal", True)]
            for rest in _patterns(routes):
                yield [*parts, *rest]
            return
    if isinstance(guard, ast.Compare):
        # One of the words that a table of the module has.
        assert isinstance(guard.ops[0], ast.In) and isinstance(guard.comparators[0], ast.Name)
        for word in getattr(module, guard.comparators[0].id):
            yield [(word, True) if part == (_name(guard.left), False) else part for part in parts]
        return
    yield parts


def _name(expression: ast.expr) -> str:
    assert isinstance(expression, ast.Name)
    return expression.id
