# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limits: their defaults fit together, and a configuration cannot make nonsense of them."""

import msgspec
import pytest

from hanze.http.limits import Limits


def test_the_defaults_keep_to_their_own_bounds() -> None:
    limits = Limits()
    assert msgspec.convert(msgspec.to_builtins(limits), Limits) == limits
    assert limits.default_page <= limits.page
    assert limits.context_seconds <= limits.request_context_seconds


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": 0},
        {"page": 100_001},
        {"body_bytes": 10},
        {"batch": -1},
        {"context_seconds": 0},
        {"request_context_seconds": 0},
        {"pages": 5},
        {"page": "x"},
    ],
)
def test_wrong_limits_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Limits)
