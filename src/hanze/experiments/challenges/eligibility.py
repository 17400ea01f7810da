# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""“May I apply?”: five questions that follow from the rules of a call, answered by yes or no, and what comes of that."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from hanze.experiments.challenges.call import Rules
from hanze.experiments.organisations.keeping import SIZES, Kind, Locality, Organisation, Size
from hanze.experiments.told import Told
from hanze.web.language import mark as _

Key = Literal["kind", "size", "place", "newcomer", "own"]

KEYS: tuple[Key, ...] = get_args(Key)

KIND: dict[Kind, str] = {
    "company": _("a company"), "social enterprise": _("a social enterprise"),
    "knowledge institute": _("a knowledge institute"), "residents' group": _("a residents' group"),
}  # fmt: skip

PLACE: dict[Locality, str] = {
    "city": _("in the city"), "region": _("in the region"), "country": _("elsewhere in the country"), "abroad": _("abroad"),
}  # fmt: skip

SIZE: dict[Size, str] = {
    "alone": _("one person"), "micro": _("fewer than 10 people"), "small": _("fewer than 50 people"),
    "medium": _("fewer than 250 people"), "large": _("250 people or more"),
}  # fmt: skip

OR = _("%(first)s or %(last)s")


class Question(msgspec.Struct, frozen=True):
    """One of the five. `asks`: None where the call takes everyone in this; then `open` says so. `no`: what to do where the answer
    is no."""

    key: Key
    asks: Told | None
    open: str
    no: Told


def questions(rules: Rules) -> tuple[Question, ...]:
    """Always five, in this order, so that calls can be compared."""
    return (_kind(rules), _size(rules), _place(rules), _newcomer(rules), _own(rules))


def _kind(rules: Rules) -> Question:
    which = either([KIND[one] for one in rules.kinds])
    return Question(
        "kind", Told(_("Are you %(which)s?"), {"which": which}) if rules.kinds else None,
        _("Companies, social enterprises, knowledge institutes and residents' groups may all apply."),
        Told(_("This call is for %(which)s. Look for one that applies, and work with it."), {"which": which}),
    )  # fmt: skip


def _size(rules: Rules) -> Question:
    limited = rules.largest and rules.largest != SIZES[-1]
    size = Told(SIZE[rules.largest or SIZES[-1]])
    return Question(
        "size", Told(_("Do you work with %(size)s?"), {"size": size}) if limited else None, _("You may be of any size."),
        Told(_("This call is for small ones: %(size)s. A smaller organisation may apply and work with you."), {"size": size}),
    )  # fmt: skip


def _place(rules: Rules) -> Question:
    where = either([PLACE[one] for one in rules.places])
    return Question(
        "place", Told(_("Is your seat %(where)s?"), {"where": where}) if rules.places else None,
        _("Your seat may be anywhere."),
        Told(_("This call is for who has a seat %(where)s. Look for a partner there that applies."), {"where": where}),
    )  # fmt: skip


def _newcomer(rules: Rules) -> Question:
    return Question(
        "newcomer", Told(_("Have you never worked for this city before?")) if rules.newcomers else None,
        _("You may have worked for the city before, or not."),
        Told(_("This call is for newcomers. Ask to be told by mail of calls that fit you.")),
    )  # fmt: skip


def _own(rules: Rules) -> Question:
    return Question(
        "own", Told("%(asks)s", {"asks": rules.own}) if rules.own else None, _("Nothing more is asked."),
        Told(_("Yes is needed here. If that can change, ask a question on the page of the call.")),
    )  # fmt: skip


def either(texts: list[str]) -> Told:
    """Texts of the catalogues with commas and an or."""
    made = Told(texts[0]) if texts else Told("")
    for place, text in enumerate(texts[1:], 2):
        made = Told(OR if place == len(texts) else "%(first)s, %(last)s", {"first": made, "last": Told(text)})
    return made


def failing(rules: Rules, answers: Mapping[Key, bool]) -> tuple[Question, ...]:
    """Those that were answered by no, or not at all; none: who answers so may apply."""
    return tuple(one for one in questions(rules) if one.asks is not None and not answers.get(one.key, False))


def known(rules: Rules, one: Organisation) -> dict[Key, bool]:
    """What follows from what an organisation says of itself; of the call's own question nothing does."""
    small = not rules.largest or SIZES.index(one.size) <= SIZES.index(rules.largest)
    return {
        "kind": not rules.kinds or one.kind in rules.kinds, "size": small,
        "place": not rules.places or one.locality in rules.places, "newcomer": not rules.newcomers or one.newcomer,
    }  # fmt: skip
