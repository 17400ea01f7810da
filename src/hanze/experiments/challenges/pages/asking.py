# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a challenge in three steps: what it asks, and from its answers to a draft and back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

import msgspec

from hanze.experiments.challenges import judging
from hanze.experiments.challenges.call import Call, Rules
from hanze.experiments.challenges.drafts import Draft
from hanze.experiments.challenges.eligibility import KIND, PLACE, SIZE
from hanze.experiments.challenges.pages import shared
from hanze.experiments.organisations.keeping import KINDS, LOCALITIES, SIZES
from hanze.experiments.routes import PROMISES, ROUTES
from hanze.goals.journey.pages import typed
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

STEPS = ("problem", "call", "judging")

TITLES: Mapping[str, str] = {
    "problem": _("The problem"), "call": _("The call"), "judging": _("Who may apply, and how is judged"),
}  # fmt: skip

ON = _("Save, and go on")

LONGEST_WEEKS, MOST_STREETS, MOST_PLACES = 260, 1_000, 20

USUAL_DAYS = {"opens": 7, "closes": 49, "decided": 77}
"""From today; for who has no days in mind yet."""

Checked = Callable[[str], str]


def form(visit: Visit, step: str, places: Sequence[Place], *, changed: bool) -> Form:
    """`changed`: the challenge is public already, so that it is asked what changes."""
    fields = {"problem": _problem, "call": _call, "judging": _judging}[step](visit, places)
    if changed and step == STEPS[-1]:
        fields = (
            *fields,
            Field(name="what", label=_("What you change, and why"), kind="area", longest=600,
                  help=_("In a sentence or two. It stands on the page, and goes by mail to who applied or began to.")),
        )  # fmt: skip
    return Form(fields, ON)


def _problem(visit: Visit, places: Sequence[Place]) -> tuple[Field, ...]:
    there = tuple(Choice(one.code, one.name) for one in places)
    named = sorted(told.known(visit).indicators.values(), key=lambda one: one.name[visit.language.code].casefold())
    indicators = tuple(Choice(one.code, one.name[visit.language.code]) for one in named)
    return (
        Field(name="name", label=_("Name of the challenge"), longest=100, help=_("Short, such as: A quiet Bruggestraat.")),
        Field(name="problem", label=_("What is the problem?"), kind="area", longest=2000,
              help=_("In plain words: what happens, to whom, since when. Not the solution you have in mind.")),
        Field(name="indicator", label=_("Which number has to get better?"), kind="choice", required=False, choices=indicators,
              help=_("Its value, its last year and its season come to stand beside the problem.")),
        Field(name="area", label=_("Where is it?"), kind="choice", required=False, choices=there,
              help=_("Left empty: the whole city.")),
        Field(name="targets", label=_("Targets of the SDGs"), required=False, longest=100, checks=(_targets,),
              help=_("Such as 11.6, 3.9. Left empty: those of the number.")),
        Field(name="weeks", label=_("How many weeks can be tried?"), kind="number", longest=3,
              checks=(_within(1, LONGEST_WEEKS, _("Give a number of weeks from 1 to 260.")),)),
        Field(name="streets", label=_("In how many streets or places can something be done?"), kind="number", longest=4,
              checks=(_within(1, MOST_STREETS, _("Give a number from 1 to 1,000.")),),
              help=_("With weeks and places, the page tells how small a change a trial could show.")),
    )  # fmt: skip


def _call(visit: Visit, places: Sequence[Place]) -> tuple[Field, ...]:
    day = _("Write it like 2026-03-31.")
    return (
        Field(name="text", label=_("What do you ask of those who apply?"), kind="area", longest=4000,
              help=_("What they get from the city, what they do, what must be there in the end.")),
        Field(name="opens", label=_("First day to apply"), kind="date", longest=10, checks=(_day,), help=day),
        Field(name="closes", label=_("Last day to apply"), kind="date", longest=10, checks=(_day,), help=day),
        Field(name="decided", label=_("By which day do applicants know?"), kind="date", longest=10, checks=(_day,), help=day),
        Field(name="begins", label=_("When does the trial begin?"), kind="date", required=False, longest=10, checks=(_day,)),
        Field(name="ends", label=_("When does it end?"), kind="date", required=False, longest=10, checks=(_day,)),
        Field(name="budget", label=_("Budget for one trial, in euro"), kind="number", longest=12, checks=(_whole,)),
        Field(name="places", label=_("How many do you choose at most?"), kind="number", longest=2,
              checks=(_within(1, MOST_PLACES, _("Give a number from 1 to 20.")),)),
        Field(name="rights", label=_("Whose is what is made in the trial?"), kind="area", longest=1000,
              help=_("Rights to software, designs and data, such as: they stay with the maker, and the city may use it.")),
        Field(name="routes", label=_("How can the city go on after success?"), kind="options",
              choices=tuple(Choice(one, PROMISES[one]) for one in ROUTES)),
        Field(name="after", label=_("More about what happens after success"), kind="area", required=False, longest=1000),
    )  # fmt: skip


def _judging(visit: Visit, places: Sequence[Place]) -> tuple[Field, ...]:
    sizes = tuple(Choice(one, SIZE[one]) for one in SIZES[:-1])
    return (
        Field(name="kinds", label=_("Who may apply?"), kind="options", required=False,
              choices=tuple(Choice(one, KIND[one]) for one in KINDS), help=_("Nothing chosen: everyone.")),
        Field(name="largest", label=_("How large may it be at most?"), kind="choice", required=False, choices=sizes,
              help=_("Nothing chosen: any size.")),
        Field(name="where", label=_("Where must its seat be?"), kind="options", required=False,
              choices=tuple(Choice(one, PLACE[one]) for one in LOCALITIES), help=_("Nothing chosen: anywhere.")),
        Field(name="newcomers", label=_("Only who never worked for the city"), kind="tick", required=False),
        Field(name="own", label=_("One more thing that must be so, as a question"), required=False, longest=200,
              help=_("One to which yes is the right answer, such as: Can you begin in April?")),
        Field(name="criteria", label=_("By what is judged?"), kind="area", longest=1000, checks=(_criteria,),
              help=_("One a line: its weight, a space, its name. Together the weights are 100. "
                     "A star after the weight says that it is about sustainability, such as: 30* Uses little energy.")),
    )  # fmt: skip


def _within(low: int, high: int, wrong: str) -> Checked:
    def check(text: str) -> str:
        found = typed.whole(text)
        return "" if found is not None and low <= found <= high else wrong

    return check


def _whole(text: str) -> str:
    return "" if amount(text) is not None else _("Give a whole number, such as 25000.")


def amount(text: str) -> int | None:
    """Euro as people write them, with or without a sign for thousands."""
    return typed.whole(text.replace("\u00a0", "").replace(" ", "").replace(".", "").replace(",", "").removeprefix("€"))


def _day(text: str) -> str:
    return "" if typed.day(text) else _("This is no day. Write it like 2026-03-31.")


def _targets(text: str) -> str:
    wrong = _("Write targets as numbers with a point, such as 11.6, and a comma between two.")
    return "" if all(map(_is_target, targets(text))) else wrong


def _is_target(text: str) -> bool:
    goal, point, target = text.partition(".")
    return (
        bool(point)
        and goal.isascii()
        and goal.isdigit()
        and 1 <= int(goal) <= 17
        and target.isalnum()
        and len(target) < 3
    )


def targets(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip().lower() for one in text.split(",") if one.strip()))


def _criteria(text: str) -> str:
    try:
        judging.criteria(text)
    except ValueError as error:
        return str(error)
    return ""


def usual(visit: Visit) -> Draft:
    """What a new challenge says at first."""
    days = {name: (shared.today(visit) + timedelta(days=many)).isoformat() for name, many in USUAL_DAYS.items()}
    call = Call(decided=days["decided"], places=1, weeks=12)
    return Draft("", "", visit.language.code, opens=days["opens"], closes=days["closes"], call=call)


def answers(draft: Draft, what: str = "") -> dict[str, str | list[str]]:
    """What the form of a draft says at first, all steps together."""
    call, rules = draft.call, draft.call.rules
    return {
        "name": draft.name, "problem": draft.description, "indicator": draft.indicator, "area": draft.area,
        "targets": ", ".join(draft.targets), "weeks": str(call.weeks or ""), "streets": str(call.streets), "text": call.text,
        "opens": draft.opens, "closes": draft.closes, "decided": call.decided, "begins": call.begins, "ends": call.ends,
        "budget": str(call.budget or ""), "places": str(call.places), "rights": call.rights, "routes": list(call.routes),
        "after": call.after, "kinds": list(rules.kinds), "largest": rules.largest, "where": list(rules.places),
        "newcomers": "yes" if rules.newcomers else "", "own": rules.own, "criteria": judging.written(call.criteria), "what": what,
    }  # fmt: skip


def draft(step: str, filled: Filled, before: Draft, own: Sequence[str]) -> Draft:
    """The draft with the answers of a step that is good. `own`: targets of the indicator, for who names none."""
    call = before.call
    if step == "problem":
        weeks, streets = typed.whole(filled["weeks"]) or 1, typed.whole(filled["streets"]) or 1
        return msgspec.structs.replace(
            before, name=filled["name"], description=filled["problem"], indicator=filled["indicator"], area=filled["area"],
            targets=targets(filled["targets"]) or tuple(own), call=msgspec.structs.replace(call, weeks=weeks, streets=streets),
        )  # fmt: skip
    if step == "call":
        days = {name: filled[name] for name in ("decided", "begins", "ends")}
        said = msgspec.structs.replace(
            call, text=filled["text"], **days, budget=amount(filled["budget"]) or 0, places=typed.whole(filled["places"]) or 1,
            rights=filled["rights"], routes=tuple(one for one in ROUTES if one in filled.all("routes")), after=filled["after"],
        )  # fmt: skip
        return msgspec.structs.replace(before, opens=filled["opens"], closes=filled["closes"], call=said)
    rules = Rules(
        tuple(one for one in KINDS if one in filled.all("kinds")),
        next((one for one in SIZES if one == filled["largest"]), ""),
        tuple(one for one in LOCALITIES if one in filled.all("where")), bool(filled["newcomers"]), filled["own"],
    )  # fmt: skip
    found = msgspec.structs.replace(call, rules=rules, criteria=judging.criteria(filled["criteria"]))
    return msgspec.structs.replace(before, call=found)


def order(filled: Filled) -> Filled:
    """The days of the call follow each other."""
    days = [(name, filled[name]) for name in ("opens", "closes", "decided", "begins", "ends") if filled[name]]
    for (_earlier, first), (name, second) in pairwise(days):
        if name not in filled.wrong and second < first:
            filled.fail(name, _("This lies before the day above it. Choose a later one."))
    return filled
