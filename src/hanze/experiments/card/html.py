# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card as HTML: the values of the template experiments/card/body.html, for pages of the site, and a page that stands alone."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import msgspec
from markupsafe import Markup

from hanze.experiments.card import drawing
from hanze.experiments.card.card import Card, numbers
from hanze.experiments.told import Told
from hanze.web.drawing.style import STYLE
from hanze.web.language import Language
from hanze.web.templating import Templates

COLOURS = {"worked": "green", "did not work": "yellow", "cannot tell": "gray", "made it worse": "red"}
SIGNS = {"pass": "green", "warn": "orange", "fail": "red"}


class Line(msgspec.Struct, frozen=True):
    """One check, said: the colour of its sign, its state as a word that is read, and its sentence."""

    colour: str
    status: str
    text: str


class Gain(msgspec.Struct, frozen=True):
    name: str
    share: str
    better: bool


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A card in one language. `chart`: by the size of the screen; empty where there is no line."""

    asked: str
    word: str
    colour: str
    sure: str
    size: tuple[str, ...]
    seen: str
    checks: tuple[Line, ...]
    stood: int
    counted: str
    parts: tuple[Gain, ...]
    changes: tuple[str, ...]
    levels: str
    advice: str
    origin: tuple[tuple[str, str], ...]
    chart: dict[str, Markup]


def said(card: Card, language: Language, name: str = "card") -> Said:
    """`name`: what the ids of its pictures begin with, each only once in a page."""

    def say(told: Told | None) -> str:
        # A percent sign stays with its number.
        return "" if told is None else told.said(language.say, numbers(language)).replace(" %", "\u00a0%")

    number = language.words.number
    return Said(
        asked=say(card.asked), word=say(card.word), colour=COLOURS[card.verdict], sure=say(card.sure),
        size=tuple(say(one) for one in card.size), seen=say(card.seen),
        checks=tuple(Line(SIGNS[one.status], one.status, say(one.told)) for one in card.checks),
        counted=say(card.counted), stood=sum(one.status == "pass" for one in card.checks),
        parts=tuple(Gain(one.name, _change(100 * one.share, number), one.better) for one in card.parts),
        changes=tuple(say(one) for one in card.changes), levels=say(card.levels), advice=say(card.advice),
        origin=tuple((say(label), say(value)) for label, value in card.origin), chart=_charts(card, language, name),
    )  # fmt: skip


def _change(percent: float, number: Callable[[float], str]) -> str:
    """With its sign, so that more and less look alike."""
    return f"{'+' if percent > 0 else ''}{number(percent)} %"


def _charts(card: Card, language: Language, name: str) -> dict[str, Markup]:
    sizes = {"phone": drawing.PHONE, "wide": drawing.WIDE}
    drawn = {kind: drawing.draw(card, size, language, f"{name}-{kind}") for kind, size in sizes.items()}
    return {kind: Markup(one) for kind, one in drawn.items() if one}


def alone(card: Card, language: Language) -> str:
    """A whole page with the look of the site, which needs nothing else."""
    style = STYLE + (files("hanze.web") / "static" / "site.css").read_text("utf-8")
    values: dict[str, Any] = {"card": said(card, language), "style": Markup(style)}
    templates = Templates(("web", "goals", "experiments"), (language,), lambda name: name)
    return templates.render(language, "experiments/card/alone.html", values)
