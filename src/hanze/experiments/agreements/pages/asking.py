# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of an agreement: what it asks, and what it says at first of terms that are there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from hanze.experiments.agreements import telling
from hanze.experiments.agreements.pages.offering import Offered
from hanze.experiments.agreements.terms import (
    BASES,
    FREE,
    PUBLICATIONS,
    PURPOSES,
    SHARINGS,
    Terms,
    micro,
)
from hanze.experiments.agreements.wording import BASIS, LEVELS, PUBLICATION, PURPOSE, SHARING
from hanze.experiments.organisations.keeping import Organisation
from hanze.ngsild.context import CORE
from hanze.web import terms as names
from hanze.web.forms import Choice, Field, Form
from hanze.web.language import Language
from hanze.web.language import mark as _

K = TypeVar("K", bound=str)

MOST_TYPES = 8
"""Of one agreement: a form asks for the attributes of each."""


def types_form(types: Sequence[str], language: Language) -> Form:
    """Which types of things (IRIs) it is about."""
    told = [Choice(CORE.compact(one), f"{language.say(names.subject(one))} ({names.short(one)})") for one in types]
    help = _("At most 8. What is asked of each comes next.")
    return Form(
        (Field(name="types", label=_("Which data"), kind="options", choices=tuple(told), help=help),), _("Go on")
    )


def form(
    language: Language,
    offered: Sequence[Offered],
    organisations: Sequence[Organisation],
    areas: Sequence[tuple[str, str]],
) -> Form:
    """`areas`: codes and names."""
    return Form(
        (
            Field(name="name", label=_("What it is called"), longest=100, help=_("Such as: Noise of the quay for Noise Lab.")),
            Field(
                name="about", label=_("What is it for?"), kind="area", longest=1000,
                help=_("A few sentences. Everyone can read them."),
            ),
            Field(
                name="partner", label=_("The partner"), kind="choice",
                choices=tuple(Choice(one.id, one.name) for one in organisations),
                help=_("An organisation stands here once somebody of it has registered it."),
            ),
            *_seen(language, offered),
            Field(name="purpose", label=_("What may the data be used for?"), kind="choice", choices=_choices(PURPOSE, PURPOSES)),
            Field(name="basis", label=_("Why is it allowed?"), kind="choice", choices=_choices(BASIS, BASES)),
            Field(
                name="area", label=_("Only in this area"), kind="choice", required=False,
                choices=tuple(Choice(code, name) for code, name in areas), help=_("Left empty: in the whole city."),
            ),
            Field(
                name="shape", label=_("Or in a shape"), kind="area", required=False, longest=200_000,
                help=_("A polygon in GeoJSON, in degrees."),
            ),
            Field(name="since", label=_("Data from this day on"), kind="date", required=False),
            Field(name="until", label=_("Data up to and including this day"), kind="date", required=False),
            Field(name="starts", label=_("The agreement begins on"), kind="date"),
            Field(name="ends", label=_("The last day"), kind="date"),
            Field(name="rate", label=_("Requests a minute, at most"), kind="number", longest=5),
            Field(name="sharing", label=_("Handing data on"), kind="choice", choices=_choices(SHARING, SHARINGS)),
            Field(name="deletion", label=_("Days after the end until all data are deleted"), kind="number", longest=4),
            Field(name="proof", label=_("The partner shows that they are deleted"), kind="tick", required=False),
            Field(name="publication", label=_("Publishing"), kind="choice", choices=_choices(PUBLICATION, PUBLICATIONS)),
            Field(name="credit", label=_("The partner names the city as the source"), kind="tick", required=False),
            Field(name="contact", label=_("Mail address for questions"), kind="mail", longest=200, help=_("Everyone can read it.")),
            Field(name="price", label=_("What the partner pays"), longest=200, help=_("0, or in words.")),
        ),
        _("Save the draft"),
    )  # fmt: skip


def _choices(told: Mapping[K, str], keys: Sequence[K]) -> tuple[Choice, ...]:
    return tuple(Choice(one, told[one]) for one in keys)


def _seen(language: Language, offered: Sequence[Offered]) -> Iterator[Field]:
    """For each type: what is seen as it is, what only as averages, and over which period."""
    for number, one in enumerate(offered):
        what = telling.subject(language, one.type)
        plain = tuple(Choice(name, telling.quantity(language, name)) for name in one.attributes)
        numbers = tuple(choice for choice in plain if choice.value in one.numbers)
        label = language.say(_("%(what)s: as it is")) % {"what": what}
        yield Field(name=f"plain-{number}", label=label, kind="options", required=False, choices=plain)
        if numbers:
            label = language.say(_("%(what)s: only as averages and counts")) % {"what": what}
            yield Field(name=f"coarse-{number}", label=label, kind="options", required=False, choices=numbers)
            label = language.say(_("%(what)s: taken over at least")) % {"what": what}
            yield Field(
                name=f"level-{number}",
                label=label,
                kind="choice",
                required=False,
                choices=_choices(LEVELS, tuple(LEVELS)),
            )


def answers(terms: Terms, offered: Sequence[Offered]) -> dict[str, str | list[str]]:
    """What the form says at first of terms that are there."""
    told: dict[str, str | list[str]] = {
        name: str(getattr(terms, name))
        for name in (
            "name", "about", "partner", "purpose", "basis", "area", "since", "until", "starts", "ends", "rate", "sharing",
            "deletion", "publication", "contact", "price",
        )
    }  # fmt: skip
    told |= {"proof": "yes" if terms.proof else "", "credit": "yes" if terms.credit else ""}
    told["shape"] = "" if terms.shape is None else msgspec.json.encode(terms.shape).decode()
    parts = {part.type: part for part in terms.data}
    for number, one in enumerate(offered):
        if one.type in parts:
            attributes = parts[one.type].attributes
            levels = [each.level for each in attributes if each.level]
            told[f"plain-{number}"] = [each.name for each in attributes if not each.level]
            told[f"coarse-{number}"] = [each.name for each in attributes if each.level]
            told[f"level-{number}"] = max(levels, key=lambda text: micro(text) or 0, default="")
    return told


USUAL = {
    "basis": "none", "rate": "60", "sharing": "no", "deletion": "30", "proof": "yes", "publication": "results", "credit": "yes",
    "price": FREE,
}  # fmt: skip
"""What a new form says at first."""
