# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms by which a plan is written, one for each step."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from hanze.experiments.trials import unit as units
from hanze.experiments.trials.outcome import Outcome
from hanze.experiments.trials.pages import judging, offers
from hanze.experiments.trials.pages.judging import choices
from hanze.goals.pages import told
from hanze.web.forms import Choice, Field, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

Step = Literal["expect", "outcome", "places", "days", "judging"]

STEPS: tuple[Step, ...] = get_args(Step)

TITLES: Mapping[str, str] = {
    "expect": _("What you expect"),
    "outcome": _("What it is judged by"),
    "places": _("Where, and beside what"),
    "days": _("When"),
    "judging": _("How it is judged"),
}

BETTER = {"lower": _("less is better"), "higher": _("more is better")}

KINDS = {
    "measured": _("something that is measured here, such as noise or traffic"),
    "indicator": _("an indicator of the city"),
    "table": _("a counter, or the log of a service, that you load as a table"),
    "survey": _("a short question to residents, asked again and again"),
}

TOGETHER = {
    "mean": _("the mean"), "sum": _("the sum"), "count": _("how many there are"), "max": _("the highest"),
    "min": _("the lowest"), "energy": _("the mean of noise levels"), "last": _("the last one"),
}  # fmt: skip

STEPPED = {"hour": _("each hour"), "day": _("each day"), "week": _("each week"), "month": _("each month")}

UNITS = {"things": _("the places where it is measured"), "areas": _("areas of the city")}

DESIGNS = {
    "its": _("Before and after at the same places, with a long series"),
    "did": _("Places with and without the measure, before and after"),
    "event-study": _("The same, period by period"),
    "staggered": _("Places that begin on different days"),
    "synthetic-control": _("Beside a mix of other places that went the same way before"),
    "sdid": _("The same, with periods weighed as well"),
    "switchback": _("On and off at the same places, by lot"),
    "stepped-wedge": _("Places begin in an order that is drawn by lot"),
}

CLUSTERS = {"unit": _("each place by itself"), "area": _("only the areas in which they lie")}

LINES = _("One on each line: first day, last day, and what it is: 2026-04-01 2026-04-07 Works on the road.")


def form(visit: Visit, step: Step, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> Form:
    """`code`: of the trial; `outcome`: as far as it was answered; `given`: all that was answered."""
    last = step == STEPS[-1]
    return Form(
        _FIELDS[step](visit, code, outcome, given), _("Look at the whole plan") if last else _("Save and go on")
    )


def _expect(visit: Visit, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> tuple[Field, ...]:
    return (
        Field(
            name="hypothesis", label=_("What do you expect?"), kind="area", longest=1000,
            help=_("One sentence: what will change, where, and in which direction."),
        ),
        Field(name="better", label=_("Which way is better?"), kind="choice", choices=choices(BETTER)),
        Field(
            name="bought", label=_("How large must the effect be to be worth it?"), kind="number", required=False, longest=10,
            help=_("In percent, such as 10. The result says no effect only where this one would have been seen."),
        ),
        Field(name="kind", label=_("What is it judged by?"), kind="choice", choices=choices(KINDS)),
        Field(
            name="sample", label=_("Why so many places, and so long?"), kind="area", required=False, longest=1000,
            help=_("What the design adviser said, or your own reckoning."),
        ),
    )  # fmt: skip


def _outcome(visit: Visit, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> tuple[Field, ...]:
    kind = next(iter(given.get("kind", ())), "")
    return {"measured": _measured, "indicator": _indicator, "table": _table, "survey": _survey}[kind](visit)


def _measured(visit: Visit) -> tuple[Field, ...]:
    there = offers.series(visit)
    return (
        Field(name="series", label=_("What is measured"), kind="choice", choices=there),
        *_how(),
        Field(name="units", label=_("What is compared?"), kind="choice", choices=choices(UNITS)),
        Field(
            name="placebo", label=_("What must not change by it"), kind="choice", required=False, choices=there,
            help=_("Something that the measure cannot change. If it changes too, something else went on."),
        ),
        Field(
            name="where", label=_("Only things for which this holds"), required=False, longest=1000,
            help=_('Where areas are compared. As NGSI-LD writes it, such as status=="open". Left empty, all in the area count.'),
        ),
    )  # fmt: skip


def _how() -> tuple[Field, ...]:
    return (
        Field(name="together", label=_("Of one place and period counts"), kind="choice", choices=choices(TOGETHER)),
        Field(name="step", label=_("One number for"), kind="choice", choices=choices(STEPPED)),
    )


def _indicator(visit: Visit) -> tuple[Field, ...]:
    there = offers.indicators(visit)
    return (
        Field(name="indicator", label=_("Indicator"), kind="choice", choices=there),
        Field(
            name="placebo", label=_("What must not change by it"), kind="choice", required=False, choices=there,
            help=_("Something that the measure cannot change. If it changes too, something else went on."),
        ),
    )  # fmt: skip


def _table(visit: Visit) -> tuple[Field, ...]:
    return (
        Field(name="unit_column", label=_("Column that says where"), longest=200),
        Field(name="time_column", label=_("Column that says when"), longest=200),
        Field(
            name="column", label=_("Column with the number"), required=False, longest=200,
            help=_("Left empty, each row is one case, and the cases are counted."),
        ),
        *_how(),
    )  # fmt: skip


def _survey(visit: Visit) -> tuple[Field, ...]:
    return (
        Field(name="survey", label=_("The question to residents"), longest=300),
        Field(
            name="answers", label=_("The answers"), kind="area", longest=1000,
            help=_("One on each line, with what it counts as: Good = 2."),
        ),
        Field(
            name="waves", label=_("When it is asked"), kind="area", longest=1000,
            help=_("A line for each time: first and last day, such as 2026-03-01 2026-03-14. At least once before and once after."),
        ),
    )  # fmt: skip


def _places(visit: Visit, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> tuple[Field, ...]:
    kind = "things" if next(iter(given.get("units", ())), "things") == "things" else "areas"
    there = offers.units(visit, code, outcome, "things" if kind == "things" else "areas")
    return (
        Field(name="design", label=_("How is it compared?"), kind="choice", choices=choices(DESIGNS)),
        _units_field("treated", _("Where it is tried"), there, required=True),
        _units_field("compared", _("What it is compared with"), there, required=False),
        Field(name="area", label=_("In which area"), kind="choice", required=False, choices=offers.areas(visit)),
        Field(
            name="cluster", label=_("What goes its own way?"), kind="choice", choices=choices(CLUSTERS),
            help=_("Places in one street are alike. Where only areas differ, the result is less sure, and right."),
        ),
    )  # fmt: skip


def _units_field(name: str, label: str, there: Sequence[Choice], *, required: bool) -> Field:
    if 0 < len(there) <= offers.MOST_TICKED:
        return Field(name=name, label=label, kind="options", required=required, choices=tuple(there))
    return Field(
        name=name, label=label, kind="area", required=required, longest=200_000, help=_("A name or code on each line.")
    )


def _days(visit: Visit, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> tuple[Field, ...]:
    fields: list[Field] = [
        Field(name="since", label=_("Data count from"), kind="date", longest=10, help=_("Some while before the first day.")),
        Field(name="starts", label=_("First day of the measure"), kind="date", longest=10),
        Field(
            name="ends", label=_("Last day"), kind="date", longest=10,
            help=_("After it the trial ends by itself, unless a named person extends it."),
        ),
    ]  # fmt: skip
    design = next(iter(given.get("design", ())), "")
    if design in ("staggered", "stepped-wedge"):
        fields.append(
            Field(
                name="first", label=_("First day at each place"), kind="area", longest=100_000,
                help=_("One on each line: name or code, and the day: Kadeweg: 2026-03-01."),
            )
        )  # fmt: skip
    if design == "switchback":
        fields.append(
            Field(
                name="blocks", label=_("When it is on"), kind="area", longest=50_000,
                help=_("A line for each stretch: 2026-03-01 2026-03-03, or with times: 2026-03-01T07:00 2026-03-01T19:00."),
            )
        )  # fmt: skip
    if design in ("switchback", "stepped-wedge"):
        fields.append(
            Field(
                name="order", label=_("How was the order drawn?"), kind="area", required=False, longest=1000,
                help=_("Who drew it, when, and by which number, so that others can draw it again."),
            )
        )  # fmt: skip
    return (
        *fields,
        Field(
            name="exclusions", label=_("Days that are left out"), kind="area", required=False, longest=5000, help=LINES
        ),
        Field(name="events", label=_("What else goes on"), kind="area", required=False, longest=5000, help=LINES),
    )


def _judging(visit: Visit, code: str, outcome: Outcome | None, given: Mapping[str, list[str]]) -> tuple[Field, ...]:
    unit = "" if outcome is None else units.unit(outcome, told.known(visit))
    return judging.fields(offers.series(visit), TOGETHER, STEPPED, unit, visit.language)


_FIELDS = {"expect": _expect, "outcome": _outcome, "places": _places, "days": _days, "judging": _judging}
