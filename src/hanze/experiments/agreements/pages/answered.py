# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the answers to the form of an agreement to terms, or to what is wrong beside each field."""

from collections.abc import Sequence

import msgspec
from msgspec import convert

from hanze.experiments.agreements import telling
from hanze.experiments.agreements.pages.offering import Offered
from hanze.experiments.agreements.terms import (
    MOST_DAYS,
    MOST_RATE,
    Attribute,
    Basis,
    Part,
    Publication,
    Purpose,
    Sharing,
    Terms,
    micro,
    normal,
    wrong,
)
from hanze.experiments.organisations.keeping import Organisation
from hanze.goals.journey.pages import typed
from hanze.store.scope import FEWEST
from hanze.web.forms import Filled
from hanze.web.language import Language
from hanze.web.language import mark as _

EMPTY = _("Choose at least one thing that may be seen.")
TWICE = _("This was chosen twice: as it is, and as averages. Choose one of them.")
SELDOM = _(
    "Too few values come in for this: %(names)s. Only periods with %(fewest)s values or more are shown, so that nobody can tell a "
    "single one. Choose a longer period, or let it be seen as it is."
)

NUMBERS = {
    "rate": _("Give a whole number from 1 to 6,000."),
    "deletion": _("Give a whole number from 0 to 3,650."),
}


def read(
    filled: Filled, offered: Sequence[Offered], city: str, partner: Organisation | None, language: Language
) -> Terms | None:
    """The terms; None where the form tells what is wrong, in the language."""
    data = _data(filled, offered, language)
    rate, deletion = (_whole(filled, name, most) for name, most in (("rate", MOST_RATE), ("deletion", MOST_DAYS)))
    shape = _shape(filled)
    if not filled.good or partner is None:
        return None
    made = normal(
        Terms(
            name=filled["name"], about=filled["about"], city=city, partner=partner.id, partner_name=partner.name, data=data,
            purpose=convert(filled["purpose"], Purpose), basis=convert(filled["basis"], Basis), area=filled["area"], shape=shape,
            since=filled["since"], until=filled["until"], starts=filled["starts"], ends=filled["ends"], rate=rate,
            sharing=convert(filled["sharing"], Sharing), deletion=deletion, proof=bool(filled["proof"]),
            publication=convert(filled["publication"], Publication), credit=bool(filled["credit"]), contact=filled["contact"],
            price=filled["price"],
        )
    )  # fmt: skip
    found = list(wrong(made))
    for one in found:
        filled.fail(_field(one.field, one.value, offered), one.told)
    return None if found else made


def _field(name: str, value: str, offered: Sequence[Offered]) -> str:
    """The field of the form beside which it is told; that of data stands at the type that it is about."""
    if name != "data":
        return name
    return next((f"plain-{number}" for number, one in enumerate(offered) if one.type == value), "")


def _data(filled: Filled, offered: Sequence[Offered], language: Language) -> tuple[Part, ...]:
    found = []
    for number, one in enumerate(offered):
        plain, coarse = filled.all(f"plain-{number}"), filled.all(f"coarse-{number}")
        level = filled[f"level-{number}"]
        if set(plain) & set(coarse):
            filled.fail(f"coarse-{number}", TWICE)
        if coarse and not level:
            filled.fail(f"level-{number}", _("Say over which period at least."))
        if few := [name for name in coarse if _seldom(one, name, level)]:
            names = ", ".join(telling.quantity(language, name) for name in few)
            filled.fail(f"level-{number}", language.say(SELDOM) % {"names": names, "fewest": FEWEST})
        if not plain and not coarse:
            filled.fail(f"plain-{number}", EMPTY)
        attributes = [Attribute(name) for name in plain] + [Attribute(name, level) for name in coarse]
        found.append(Part(one.type, tuple(attributes)))
    return tuple(found)


def _seldom(one: Offered, name: str, level: str) -> bool:
    """So seldom does a value come in that a period of the level would never be shown."""
    length = micro(level)
    return length is not None and FEWEST * one.steps.get(name, 0) > length


def _whole(filled: Filled, name: str, most: int) -> int:
    found = typed.whole(filled[name])
    least = 1 if name == "rate" else 0
    if name not in filled.wrong and (found is None or not least <= found <= most):
        filled.fail(name, NUMBERS[name])
    return found or 0


def _shape(filled: Filled) -> dict[str, object] | None:
    if not filled["shape"]:
        return None
    try:
        return msgspec.json.decode(filled["shape"], type=dict[str, object])
    except msgspec.MsgspecError:
        filled.fail("shape", _("This is no polygon. Give one in GeoJSON, in degrees."))
        return None
