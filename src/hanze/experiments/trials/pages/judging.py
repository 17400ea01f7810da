# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last step of a plan: how it is judged, what was known beforehand, and when it stops early."""

from collections.abc import Mapping, Sequence

from hanze.experiments.trials import countries
from hanze.experiments.trials.pages.offers import MOST_TICKED
from hanze.web.forms import Choice, Field
from hanze.web.language import Language
from hanze.web.language import mark as _

SEASONS = {
    "": _("nothing"),
    "month": _("the month of the year"),
    "weekday": _("the day of the week"),
    "hour": _("the hour of the day"),
}

EXISTING = {
    "not created": _("no data of the trial are there yet"),
    "not observed": _("data are there, and nobody has seen them"),
    "not accessed": _("others have seen them, nobody who works on this trial"),
    "accessed": _("we have seen them, and have not analysed them"),
    "analysed": _("we have analysed them"),
}

BEYOND = {"above": _("above it"), "below": _("below it")}

PERCENT = _("In percent, such as 10.")
IN_UNIT = _("In %(unit)s.")


def choices(told: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, text) for value, text in told.items())


def fields(
    series: Sequence[Choice], together: Mapping[str, str], stepped: Mapping[str, str], unit: str, language: Language
) -> tuple[Field, ...]:
    """`series`: what is measured here; `together`, `stepped`: how numbers come together, and for how long each one is; `unit`: of
    the outcome, empty where it has none."""
    return (
        Field(name="season", label=_("What comes back by itself?"), kind="choice", required=False, choices=choices(SEASONS)),
        *(_beside(series, together, stepped) if 0 < len(series) <= MOST_TICKED else ()),
        _country(language),
        Field(name="level", label=_("How sure is the interval?"), kind="number", longest=10, help=_("In percent, usually 95.")),
        Field(
            name="existing", label=_("Which data were there when you wrote this?"), kind="choice", choices=choices(EXISTING),
            help=_("The access log of the city shows who read them. That stands beside your answer."),
        ),
        _text("existing_says", _("More about these data")),
        _text("rules", _("What else is left out, and what if data are missing?")),
        *_stopping(language.say(IN_UNIT) % {"unit": unit} if unit else ""),
        Field(name="seed", label="", kind="hidden", required=False, longest=20),
    )  # fmt: skip


def _beside(series: Sequence[Choice], together: Mapping[str, str], stepped: Mapping[str, str]) -> tuple[Field, ...]:
    """What else moves the outcome, and how its numbers are made."""
    return (
        Field(
            name="covariates", label=_("What else moves it, such as the weather"), kind="options", required=False,
            choices=tuple(series),
        ),
        Field(
            name="covariates_together", label=_("Of what else moves it counts"), kind="choice", required=False,
            choices=choices(together), help=_("Left empty: the mean."),
        ),
        Field(
            name="covariates_step", label=_("One number of it for"), kind="choice", required=False, choices=choices(stepped),
            help=_("Left empty: the same as of what it is judged by. A longer period holds for all that lie in it."),
        ),
    )  # fmt: skip


def _country(language: Language) -> Field:
    """Hidden where no holidays are known on this machine."""
    there = countries.named(language)
    if not there:
        return Field(name="country", label="", kind="hidden", required=False, longest=2)
    return Field(
        name="country", label=_("In which country?"), kind="choice", required=False,
        choices=tuple(Choice(code, name) for code, name in there),
        help=_("Its holidays and school breaks are looked at as what else goes on."),
    )  # fmt: skip


def _stopping(unit: str) -> tuple[Field, ...]:
    """`unit`: in which a value is given, as a sentence."""
    looks = _("At a look it is seen whether the trial should stop early. Left empty, nobody looks before the end.")
    return (
        _number("look_first", _("First look after so many days"), looks),
        _number("look_every", _("Then every so many days")),
        _number("look_most", _("At most so many looks")),
        _number("success", _("It worked, and stops, from an effect of"), PERCENT),
        _number("futility", _("It stops where this effect is out of reach"), PERCENT),
        _number("futility_chance", _("It also stops where the chance to see it work by the end is below"), PERCENT),
        _number("harm", _("It does harm, and stops, from so much worse"), PERCENT),
        _number("alpha", _("Chance alone may lead to each of these"), _("In percent over all looks, usually 5.")),
        _number("harm_value", _("It also stops where the number itself is beyond"), unit),
        Field(name="harm_beyond", label=_("That is"), kind="choice", required=False, choices=choices(BEYOND)),
        _number("harm_periods", _("as the mean of so many periods")),
    )


def _number(name: str, label: str, help: str = "") -> Field:
    return Field(name=name, label=label, kind="number", required=False, longest=20, help=help)


def _text(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind="area", required=False, longest=1000)
