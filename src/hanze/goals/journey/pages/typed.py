# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people type as a number or a day, read; None where it is none."""

import math
from datetime import date


def whole(text: str) -> int | None:
    """A whole number from 0 on, of at most nine digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def number(text: str, decimal: str) -> float | None:
    """A number with the decimal sign of the language, or with a point."""
    plain = text.replace("\u2212", "-").replace(decimal, ".")
    if not plain.isascii() or not set(plain) <= set("0123456789.-"):
        return None
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def day(text: str) -> date | None:
    """Such as 2026-03-31, which is how a browser sends it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if len(text) == 10 and 2000 <= found.year <= 2100 else None
