# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regular expressions that outsiders give: compiled by RE2, which takes linear time whatever the pattern."""

from functools import lru_cache
from typing import Protocol

import re2

from hanze.errors import BadRequestData

LONGEST = 1000
MEMORY = 1 << 20


class Pattern(Protocol):
    def search(self, text: str) -> object: ...


def compile(text: str) -> Pattern:
    """The pattern; BadRequestData where it is too long or cannot be compiled (RE2 has no look-around and back-references)."""
    if len(text) > LONGEST:
        raise BadRequestData(f"The pattern has {len(text)} characters; at most {LONGEST} are allowed.")
    return _compile(text)


@lru_cache(maxsize=256)
def _compile(text: str) -> Pattern:
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    try:
        found: Pattern = re2.compile(text, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        reason = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise BadRequestData(f"The pattern {text!r} cannot be used: {reason}; give an RE2 expression.") from None
    return found
