# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of an application: few questions, in two steps, each saved as it is typed; what is missing is said when it is sent."""

from collections.abc import Mapping
from typing import get_args

import msgspec

from hanze.experiments.challenges.pages.asking import amount
from hanze.experiments.challenges.submissions import Offer, Ready
from hanze.web.forms import Choice, Field, Filled, Form, picture
from hanze.web.forms.field import ALT
from hanze.web.language import mark as _

STEPS = ("solution", "trial")

TITLES: Mapping[str, str] = {
    "solution": _("Your solution"), "trial": _("The trial"), "send": _("Look at it, and send"),
}  # fmt: skip

READY: Mapping[Ready, str] = {
    "idea": _("an idea"), "prototype": _("something that can be tried"), "product": _("a product that is sold"),
    "elsewhere": _("in use in another city"),
}  # fmt: skip

BUILDS, LONGEST_NAME = 20, 100
"""Existing products that are named at most, and characters of each."""


def _amount(text: str) -> str:
    return "" if amount(text) is not None else _("Give a whole number, such as 25000.")


def _link(text: str) -> str:
    plain = text.startswith(("https://", "http://")) and not any(map(str.isspace, text))
    return "" if plain else _("Write the whole address, such as https://example.org.")


def _lines(text: str) -> str:
    lines = text.splitlines()
    right = len(lines) <= BUILDS and all(len(one) <= LONGEST_NAME for one in lines)
    return "" if right else _("At most 20 lines, with at most 100 signs each.")


FORMS: Mapping[str, Form] = {
    "solution": Form(
        (
            Field(name="name", label=_("Name of your solution"), longest=100),
            Field(name="what", label=_("What does it do?"), kind="area", longest=800,
                  help=_("A few plain sentences. These and the name become public if you are chosen.")),
            Field(name="helps", label=_("How does that help with the problem?"), kind="area", longest=1500),
            Field(name="ready", label=_("How far is it?"), kind="choice",
                  choices=tuple(Choice(one, READY[one]) for one in get_args(Ready))),
            Field(name="builds", label=_("Which existing products and open source does it combine?"), kind="area", longest=2500,
                  required=False, checks=(_lines,), help=_("One a line. Public if you are chosen.")),
        ),
        _("Save, and go on"),
    ),
    "trial": Form(
        (
            Field(name="cost", label=_("What does the trial cost the city, in euro?"), kind="number", longest=12,
                  checks=(_amount,)),
            Field(name="nature", label=_("What does it mean for nature, energy and materials?"), kind="area", longest=800),
            Field(name="who", label=_("Who does the work, and what did they do before?"), kind="area", longest=800),
            Field(name="link", label=_("A page on the web with more"), longest=300, required=False, checks=(_link,)),
            *picture("picture", _("A picture or drawing"), required=False),
        ),
        _("Save, and go on"),
    ),
}  # fmt: skip
"""Also what is asked for is kept half done; it has to be there when the application is sent."""

SEND = Form(
    (
        Field(name="terms", label=_("I have read the call, and what stands here is true."), kind="tick"),
        Field(name="own", label=_("I may offer this: it is ours, or the makers agree."), kind="tick"),
    ),
    _("Send the application"),
)  # fmt: skip

LABELS: Mapping[str, str] = {
    field.name: field.label for form in FORMS.values() for field in form.fields if field.name in Offer.__struct_fields__
}
"""By the name of a field; fields are named as those of Offer."""

PICTURE = "picture"


def answers(offer: Offer) -> dict[str, str | list[str]]:
    """What the form says of what was saved."""
    cost = "" if offer.cost is None else str(offer.cost)
    return {**msgspec.to_builtins(offer), "builds": "\n".join(offer.builds), "cost": cost}


def half(filled: Filled) -> Filled:
    """The same without what is merely not there yet."""
    for field in filled.form.fields:
        if (
            not filled[field.name]
            and field.name in filled.wrong
            and field.kind != "picture"
            and not field.name.endswith(ALT)
        ):
            del filled.wrong[field.name]
    return filled


def offer(filled: Filled, before: Offer) -> Offer:
    """What was typed, as far as it can be used; the rest is as before, so that nothing is lost."""
    names = [field.name for field in filled.form.fields if field.name in LABELS and field.name not in filled.wrong]
    made: dict[str, object] = {name: filled[name] for name in names}
    if "cost" in made:
        made["cost"] = amount(filled["cost"]) if filled["cost"] else None
    if "builds" in made:
        made["builds"] = tuple(line.strip() for line in filled["builds"].splitlines() if line.strip())
    return msgspec.structs.replace(before, **made)


def step_of(name: str) -> str:
    """The step in which a field is asked."""
    return next(step for step, form in FORMS.items() if any(field.name == name for field in form.fields))
