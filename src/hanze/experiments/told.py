# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sentence that can be said in any language of the site, with the numbers and names that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec


def plain(value: float) -> str:
    """To four digits, whole numbers in full."""
    return f"{value:,.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:.4g}"


class Told(msgspec.Struct, frozen=True):
    """`text`: an English text of the catalogues with places such as %(effect)s; `values`: what comes there. A number is written as
    the language writes it, a Told is said first."""

    text: str
    values: Mapping[str, str | float | Told] = {}

    def said(self, say: Callable[[str], str] = str, number: Callable[[float], str] = plain) -> str:
        """`say`: what a language says for an English text; `number`: how it writes one."""
        return say(self.text) % {name: self._part(value, say, number) for name, value in self.values.items()}

    @staticmethod
    def _part(value: str | float | Told, say: Callable[[str], str], number: Callable[[float], str]) -> str:
        if isinstance(value, Told):
            return value.said(say, number)
        return value if isinstance(value, str) else number(value)


def counted(one: str, many: str, count: float) -> Told:
    """The English text for one or that for more, with %(count)s in it."""
    return Told(one if count == 1 else many, {"count": float(count)})


Values = Mapping[str, str | float | Told]
"""What stands in a sentence, by the names of its places."""
