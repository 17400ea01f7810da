# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the values of a list are numbers, texts or booleans, and in which unit."""

import math
import re
from typing import Any

from hanze.feeds.probing.leaves import Leaf
from hanze.feeds.probing.vocabulary import UNITS
from hanze.feeds.shapes.reading import FALSE, TRUE
from hanze.ngsild import unit_table

CODE = re.compile(
    r"(^|_)(id|code|nr|nummer|number|postcode|zip|phone|tel|telefoon|telefon|hausnr|huisnr|fid|gid|pk|lfdnr|linie|line|year"
    r"|type|kind|soort|art) "
)
"""Names of numbers that are names, with which nobody reckons."""

YES_OR_NO = re.compile(
    r"^(is|has|can)_|^(is|has)[a-z]+ |open(now)? |clos|enabled|active|gratis|free_?parking|wheelchair"
)

NOTHING = re.compile(
    r"-+|\?+|x|n/?a|n\.? ?v\.? ?t\.?|k\.? ?a\.?|none|null|nan|nil|unknown|unavailable|onbekend|unbekannt|no data"
    r"|error|closed|offline",
    re.IGNORECASE,
)
"""Texts among numbers that stand for a missing one."""


def is_number(leaf: Leaf) -> bool:
    return kind(leaf)[0] == "number"


def kind(leaf: Leaf) -> tuple[str, dict[str, str]]:
    """number, text or boolean; and the words that stand for a missing number, as a mapping translates them."""
    told = leaf.told
    if all(isinstance(one, bool) for one in told):
        return "boolean", {}
    if YES_OR_NO.search(leaf.key) and all(type(one) is int and one in (0, 1) for one in told):
        return "boolean", {}
    if all(isinstance(one, str) and one.lower() in TRUE | FALSE and not one.isdigit() for one in told):
        return "boolean", {}
    if CODE.search(leaf.key):
        return "text", {}
    others = [one for one in told if not _numeric(one)]
    texts = {one for one in others if isinstance(one, str)}
    known = all(isinstance(one, str) and NOTHING.fullmatch(one.strip()) for one in others)
    if known and 2 * len(others) < len(told):
        return "number", dict.fromkeys(sorted(texts), "")
    return "text", {}


def unit(leaf: Leaf, beside: list[Leaf]) -> str | None:
    """The UN/CEFACT code that the name tells, or the unit that stands beside it; None where neither does."""
    key = leaf.key
    told = next((code for code, words in UNITS if re.search(words, key)), None)
    if told is not None:
        return told
    written = [one for one in beside if one.steps[:-1] == leaf.steps[:-1] and is_unit(one)]
    codes = {code_of(value) for one in written for value in one.told}
    return codes.pop() if len(codes) == 1 else None


def is_unit(leaf: Leaf) -> bool:
    """The value is the unit of another one."""
    return re.search(r"^(units?|uom|eenheid|einheit|unit_of_measurement|unit_?code) ", leaf.key) is not None


def code_of(text: Any) -> str | None:
    """The code of a unit that is written as its symbol or code; None where it is not known."""
    plain = str(text).replace("μ", "µ").strip()
    for one in unit_table.UNITS:
        if plain in (one.symbol, one.code, one.ucum):
            return one.code
    return None


def _numeric(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    if isinstance(value, str) and (value.strip() != value or re.match(r"0\d", value)):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False
