# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The few elements of SVG that pictures are made of; every text and every attribute is escaped here."""

import re
import unicodedata
from functools import lru_cache
from xml.sax.saxutils import escape as _escape

from msgspec import Struct

SMALL, LARGE = 14.0, 16.0
"""Sizes of letters in pixels."""

BOLD = SMALL * 1.1
"""Bold letters are as wide as plain ones of this size."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the text around: a name could pretend to be another."""

_SPACE = re.compile("[^\\S\u00a0\u202f]+")
"""All but the spaces that keep a number and its unit together."""

MOST_SIGNS = 4096
"""Of these is remembered what they are like: the same few stand everywhere in a picture."""

_NARROW = frozenset("iljtfrI.,:;'|!()[] /-")
_WIDE = frozenset("mwMW@%—")


class Size(Struct, frozen=True):
    """Of a picture, in CSS pixels."""

    width: float
    height: float


class Box(Struct, frozen=True):
    """A rectangle in pixels; y points down."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """The two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """The other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def wider(self, by: float) -> "Box":
        """The same with some pixels more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def clean(text: str) -> str:
    """The text on one line, without signs that XML cannot hold or that turn it around."""
    if not _is_clean(text):
        text = _SPACE.sub(" ", _TURNING.sub("", text))
        text = "".join(filter(_known, text))
    return text.strip(" ")


def _is_clean(text: str) -> bool:
    """It is so already, as nearly all texts are, which is quick to see."""
    if text.isascii():
        return text.isprintable()
    return "  " not in text and text.replace("\u00a0", "").replace("\u202f", "").isprintable()


@lru_cache(maxsize=MOST_SIGNS)
def _known(sign: str) -> bool:
    """XML can hold it."""
    return unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")


def escape(text: str) -> str:
    """The text as it stands in XML, also inside an attribute."""
    return _escape(clean(text), {'"': "&quot;", "'": "&#39;"})


def pixels(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    found = f"{value:.1f}".removesuffix(".0")
    return "0" if found == "-0" else found


def tag(name: str, *inside: str, **attributes: str | float) -> str:
    """An element around what these functions made already. In names of attributes _ stands for -, at the end for nothing."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else pixels(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def text(words: str, x: float, y: float, **attributes: str | float) -> str:
    """Words on one line; `y` is where their letters stand."""
    return tag("text", escape(words), x=x, y=y, **attributes)


def plain(name: str) -> str:
    """The name as an id."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)


def picture(size: Size, body: str, *, name: str, kind: str, title: str, told: str, lang: str) -> str:
    """The whole of a picture. `name` is its id in the page; a screen reader says title and `told` instead of what is drawn."""
    name = plain(name)
    return tag(
        "svg",
        tag("title", escape(title), id=f"{name}-title"),
        tag("desc", escape(told), id=f"{name}-desc"),
        body,
        xmlns="http://www.w3.org/2000/svg",
        id=name,
        class_=f"drawing {kind}",
        viewBox=f"0 0 {pixels(size.width)} {pixels(size.height)}",
        width=size.width,
        height=size.height,
        lang=lang,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def width(words: str, size: float = SMALL) -> float:
    """About how many pixels the words take, rather too many than too few: which font a page has is not known here."""
    return size * sum(map(_em, clean(words)))


def cut(words: str, room: float, size: float = SMALL) -> str:
    """The words, or their beginning with … where they are wider than the room."""
    words = clean(words)
    if width(words, size) <= room:
        return words
    taken, kept = 0.0, 0
    while kept < len(words) and size * (taken + _em(words[kept]) + _em("…")) <= room:
        taken += _em(words[kept])
        kept += 1
    words = words[:kept]
    return words.rstrip() + "…" if words else ""


@lru_cache(maxsize=MOST_SIGNS)
def _em(sign: str) -> float:
    if sign in _NARROW:
        return 0.4
    if sign in _WIDE:
        return 1.0
    if sign.isascii():
        return 0.72 if sign.isupper() else 0.64
    if unicodedata.combining(sign):
        return 0.0
    return 1.1 if unicodedata.east_asian_width(sign) in "WF" else 0.75
