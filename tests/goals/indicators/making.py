# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small indicator in which everything fits, and the same with something else in it."""

from typing import Any

import msgspec

from hanze.goals.indicators.definition import Definition

TEXTS = {"en": "noise", "nl": "geluid"}

HISTORY: dict[str, Any] = {
    "name": "level",
    "what": "history",
    "type": "NoiseLevelObserved",
    "attribute": "LAeq",
    "unit": "2N",
}

FITTING: dict[str, Any] = {
    "code": "noise", "version": 1, "dimension": "liveability", "targets": ["11.6"], "unit": "dB", "better": "less",
    "period": "year", "name": TEXTS, "says": TEXTS, "how": TEXTS, "part": [HISTORY],
    "scale": {"best": 40.0, "worst": 75.0, "green": 53.0, "red": 65.0, "source": "our own choice"},
}  # fmt: skip


def indicator(**changed: Any) -> Definition:
    """`changed`: keys of the file; `part` a list of tables."""
    return msgspec.convert({**FITTING, **changed}, Definition)


def history(**changed: Any) -> dict[str, Any]:
    return {**HISTORY, **changed}
