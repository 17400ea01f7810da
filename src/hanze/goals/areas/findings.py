# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is found wrong with areas, one sentence each: nothing is mended or left out without a word."""

from typing import Literal

import msgspec

Kind = Literal["merged", "no shape", "no polygon", "left out", "closed", "no surface", "mended", "overlap", "hole",
               "unknown parent", "outside", "shared"]  # fmt: skip

SENTENCES: dict[Kind, str] = {
    "merged": "Features %(features)s are all %(area)s; they were taken together as its parts.",
    "no shape": "Feature %(features)s, %(area)s, has no shape; it is kept without one.",
    "no polygon": "Feature %(features)s, %(area)s, is a %(others)s and no polygon; it is kept without a shape.",
    "left out": "Feature %(features)s, %(area)s, holds a %(others)s beside its polygons; only the polygons are used.",
    "closed": "Feature %(features)s, %(area)s, had a line that does not end where it starts; it was closed.",
    "no surface": "The shape of %(area)s has no surface; it is kept without a shape.",
    "mended": "The shape of %(area)s crosses or covers itself; it was mended, which %(change)s.",
    "overlap": "%(area)s and %(others)s overlap: %(size)s belong to both.",
    "hole": "Beside %(others)s lies a hole: its %(size)s belong to no area.",
    "unknown parent": "%(area)s says that it lies in %(others)s, which is not among the areas.",
    "outside": "%(area)s lies in no area of an upper level; say in the file in which it does.",
    "shared": "%(area)s lies for %(share)s in %(others)s, more than in any other area; it is counted there as a whole.",
}


class Finding(msgspec.Struct, frozen=True):
    """`features`: the numbers of the features in their file, from 1. `others`: the names of other areas, or kinds of shapes.
    `square_metres`: what is concerned, or how much a surface grew. `share`: from 0 to 1."""

    kind: Kind
    code: str = ""
    name: str = ""
    features: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    square_metres: float = 0.0
    share: float = 0.0

    def told(self) -> str:
        """The sentence."""
        return SENTENCES[self.kind] % {
            "area": self.code if self.name in ("", self.code) else f"{self.name} ({self.code})",
            "features": _listed(list(map(str, self.features))),
            "others": _listed(self.others),
            "size": size(self.square_metres),
            "change": self._change(),
            "share": f"{self.share:.0%}",
        }

    def _change(self) -> str:
        if abs(self.square_metres) < 0.5:
            return "did not change its surface"
        return f"made its surface {size(abs(self.square_metres))} {'larger' if self.square_metres > 0 else 'smaller'}"


def size(square_metres: float) -> str:
    """A surface as people read it: in m² below a square kilometre."""
    if square_metres < 999_999.5:
        return f"{square_metres:,.0f} m²".replace(",", " ")
    return f"{square_metres / 1e6:,.2f} km²".replace(",", " ")


def _listed(names: list[str] | tuple[str, ...]) -> str:
    """At most four, with "and" before the last."""
    shown = list(names) if len(names) <= 4 else [*names[:3], f"{len(names) - 3} others"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
