# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what the forms of a plan were answered to the plan, and back, so that a plan that was fixed can be changed."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.exits import Exits
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured, Outcome, Surveyed, Wrong
from hanze.experiments.trials.plan import Plan

Answers = Mapping[str, list[str]]
"""By field of the forms."""

Resolve = Callable[[str], str]
"""From what people call a unit to its id or code."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")

NUMBER = _("This is no number. Write it in digits, such as 20 or 7,5.")
REASONS = ("success", "futility", "harm")

TEXTS = (
    "hypothesis", "better", "design", "area", "since", "starts", "ends", "order", "season", "rules", "sample", "country",
)  # fmt: skip
"""Fields of a plan that the forms ask for by the same names, as text."""


class _Reading:
    """Answers as values; what cannot be read is told."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.wrong: list[Wrong] = []

    def text(self, name: str) -> str:
        return next(iter(self._answers.get(name, ())), "").strip()

    def number(self, name: str, scale: float = 1.0) -> float | None:
        """`scale`: what it is multiplied by, such as 0.01 for a percentage."""
        typed = self.text(name).replace(",", ".").replace("\u2212", "-").removesuffix("%").strip()
        if not typed:
            return None
        try:
            found = float(typed) if set(typed) <= set("0123456789.-") else None
        except ValueError:
            found = None
        if found is None:
            self.wrong.append(Wrong(name, Told(NUMBER)))
            return None
        return round(found * scale, 12)

    def whole(self, name: str) -> int:
        found = self.number(name)
        return 0 if found is None else int(found)

    def lines(self, name: str) -> list[str]:
        """All answers, line by line."""
        return [line.strip() for one in self._answers.get(name, ()) for line in one.split("\n") if line.strip()]

    def stretches(self, name: str) -> list[tuple[str, str, str]]:
        """First day, last day and what else stands in each line; a line with one day is that day."""
        found = []
        for line in self.lines(name):
            edges = [*_DAY.findall(line), "", ""]
            rest = _DAY.sub(" ", line).strip(" -\u2013:,;.")
            found.append((edges[0], edges[1] or edges[0], rest))
        return found


def plan(answers: Answers, resolve: Resolve) -> tuple[Plan | None, list[Wrong]]:
    """The plan as far as it was answered, and what is wrong with it; None where there is too little for a plan."""
    told = _Reading(answers)
    parts = _parts(told, resolve)
    try:
        made = msgspec.convert(parts, Plan)
    except msgspec.ValidationError:
        return None, [*told.wrong, *_missing(told)]
    named = {one.field for one in told.wrong}
    return made, [*told.wrong, *(one for one in plans.wrong(made) if one.field not in named)]


def _missing(told: _Reading) -> Iterator[Wrong]:
    """Questions without whose answer there is no plan."""
    for name in ("better", "kind", "design"):
        if not told.text(name):
            yield Wrong(name, Told(_("Choose one of the answers.")))
    if told.text("kind") == "measured" and not told.text("series"):
        yield Wrong("outcome.type", Told(_("Choose one of the answers.")))


def _parts(told: _Reading, resolve: Resolve) -> dict[str, Any]:
    outcome = _outcome(told)
    parts: dict[str, Any] = {name: told.text(name) for name in TEXTS}
    parts |= {
        "outcome": outcome, "placebo": _placebo(told, outcome), "units": _units(told),
        "treated": [resolve(one) for one in told.lines("treated")], "compared": [resolve(one) for one in told.lines("compared")],
        "first": {resolve(rest): since for since, _until, rest in told.stretches("first")},
        "blocks": [{"since": one, "until": other} for one, other, _rest in told.stretches("blocks")],
        "exclusions": [{"since": one, "until": other, "why": rest} for one, other, rest in told.stretches("exclusions")],
        "events": [{"since": one, "until": other, "name": rest} for one, other, rest in told.stretches("events")],
        "cluster": told.text("cluster") or "unit", "bought": told.number("bought", 0.01),
        "level": _or(told.number("level", 0.01), 0.95), "seed": told.whole("seed") or 1,
        "existing": told.text("existing") or "not created", "existing_says": told.text("existing_says"),
        "covariates": [_covariate(told, outcome, one) for one in told.lines("covariates")], "exits": _exits(told),
    }  # fmt: skip
    return parts


def _or(found: float | None, otherwise: float) -> float:
    return otherwise if found is None else found


def _units(told: _Reading) -> str:
    kind = told.text("kind")
    return told.text("units") or "things" if kind == "measured" else "rows" if kind == "table" else "areas"


def _series(text: str) -> dict[str, str]:
    """Of an answer that names type, attribute and unit."""
    type, attribute, unit = (*text.split("|"), "", "", "")[:3]
    return {"type": type, "attribute": attribute, "unit": unit}


def _covariate(told: _Reading, outcome: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Where it is not said for how long each number is: as of the outcome."""
    named = _series(text)
    how = {
        "together": told.text("covariates_together") or "mean",
        "step": told.text("covariates_step") or outcome.get("step", "day"),
    }
    return {"name": re.sub(r"\W", "_", named["attribute"]) or "_", "measured": {**named, **how}}


def _outcome(told: _Reading) -> dict[str, Any]:
    kind = told.text("kind")
    how = {"together": told.text("together"), "step": told.text("step") or "day"}
    if kind == "measured":
        return {"kind": kind, **_series(told.text("series")), "where": told.text("where"), **how, **_mean(how)}
    if kind == "indicator":
        return {"kind": kind, "indicator": told.text("indicator")}
    if kind == "table":
        names = {name: told.text(name) for name in ("unit_column", "time_column", "column", "unit")}
        return {"kind": kind, **names, **how, "together": how["together"] or "sum"}
    if kind != "survey":
        return {}
    pairs = [line.rpartition("=") for line in told.lines("answers")]
    scores = [_score(told, text) for _text, _sign, text in pairs]
    answers = [
        {"text": text.strip(), "score": score} for (text, _sign, _number), score in zip(pairs, scores, strict=True)
    ]
    waves = [{"since": one, "until": other} for one, other, _rest in told.stretches("waves")]
    return {"kind": kind, "question": told.text("survey"), "answers": answers, "waves": waves}


def _mean(how: Mapping[str, str]) -> dict[str, str]:
    return {} if how["together"] else {"together": "mean"}


def _score(told: _Reading, text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        told.wrong.append(
            Wrong("outcome.answers", Told(_("Write each answer on a line, with what it counts as: Good = 2.")))
        )
        return 0.0


def _placebo(told: _Reading, outcome: Mapping[str, Any]) -> dict[str, Any] | None:
    given = told.text("placebo")
    if not given:
        return None
    if outcome.get("kind") == "indicator":
        return {"kind": "indicator", "indicator": given}
    series = _series(given)
    # A condition on other things says nothing of these.
    where = outcome.get("where", "") if series["type"] == outcome.get("type") else ""
    return {**outcome, **series, "where": where} if outcome.get("kind") == "measured" else {**outcome, **series}


def _exits(told: _Reading) -> dict[str, Any] | None:
    looks = {name: told.whole(f"look_{name}") for name in ("first", "every", "most")}
    reasons = [one for kind in REASONS if (one := _reason(told, kind)) is not None]
    chance = told.number("futility_chance", 0.01)
    if chance is not None:
        reasons.append({"kind": "futility", "by": "chance", "beyond": "below", "threshold": chance})
    harm = told.number("harm_value")
    if harm is not None:
        beyond, over = told.text("harm_beyond") or "above", told.whole("harm_periods") or 1
        reasons.append({"kind": "harm", "by": "value", "beyond": beyond, "threshold": harm, "periods": over})
    return {"looks": looks, "reasons": reasons} if reasons or any(looks.values()) else None


def _reason(told: _Reading, kind: str) -> dict[str, Any] | None:
    """By an effect: success and futility are told in the direction that is better, harm in the other one."""
    share, alpha = told.number(kind, 0.01), told.number("alpha", 0.01)
    if share is None:
        return None
    down = (told.text("better") == "lower") != (kind != "success")
    better = -1 if told.text("better") == "lower" else 1
    threshold = (-better if kind == "harm" else better) * abs(share)
    beyond = "below" if down else "above"
    return {"kind": kind, "by": "effect", "beyond": beyond, "threshold": threshold, "alpha": _or(alpha, 0.05)}


def answers(one: Plan) -> dict[str, list[str]]:
    """What the forms would have been answered for a plan."""
    found = {name: [getattr(one, name)] for name in (*TEXTS, "cluster", "existing", "existing_says", "units")}
    found |= {
        "bought": [_percent(one.bought)], "level": [_percent(one.level)], "seed": [str(one.seed)],
        "treated": list(one.treated), "compared": list(one.compared),
        "first": ["\n".join(f"{unit}: {day}" for unit, day in one.first.items())],
        "blocks": ["\n".join(f"{each.since} {each.until}" for each in one.blocks)],
        "exclusions": ["\n".join(f"{each.since} {each.until} {each.why}" for each in one.exclusions)],
        "events": ["\n".join(f"{each.since} {each.until} {each.name}" for each in one.events)],
        "covariates": [_said(each.measured) for each in one.covariates],
        "covariates_together": [each.measured.together for each in one.covariates[:1]],
        "covariates_step": [each.measured.step for each in one.covariates[:1]],
        "placebo": ["" if one.placebo is None else _placebo_said(one.placebo)],
    }  # fmt: skip
    return {**found, **_outcome_answers(one.outcome), **_exit_answers(one.exits)}


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:g}"


def _said(one: Measured) -> str:
    return f"{one.type}|{one.attribute}|{one.unit}"


def _placebo_said(one: Outcome) -> str:
    return _said(one) if isinstance(one, Measured) else one.indicator if isinstance(one, Indicated) else ""


def _outcome_answers(one: Outcome) -> dict[str, list[str]]:
    if isinstance(one, Measured):
        return {
            "kind": ["measured"], "series": [_said(one)], "where": [one.where], "together": [one.together], "step": [one.step],
        }  # fmt: skip
    if isinstance(one, Indicated):
        return {"kind": ["indicator"], "indicator": [one.indicator]}
    if isinstance(one, Loaded):
        names = ("unit_column", "time_column", "column", "unit", "together", "step")
        return {"kind": ["table"], **{name: [getattr(one, name)] for name in names}}
    assert isinstance(one, Surveyed)
    lines = "\n".join(f"{each.text} = {each.score:g}" for each in one.answers)
    waves = "\n".join(f"{each.since} {each.until}" for each in one.waves)
    return {"kind": ["survey"], "survey": [one.question], "answers": [lines], "waves": [waves]}


def _exit_answers(exits: Exits | None) -> dict[str, list[str]]:
    if exits is None:
        return {}
    found = {f"look_{name}": [str(getattr(exits.looks, name))] for name in ("first", "every", "most")}
    for one in exits.reasons:
        if one.by == "value":
            found |= {
                "harm_value": [f"{one.threshold:g}"],
                "harm_beyond": [one.beyond],
                "harm_periods": [str(one.periods)],
            }
        elif one.by == "chance":
            found |= {"futility_chance": [_percent(one.threshold)]}
        else:
            found |= {one.kind: [_percent(abs(one.threshold))], "alpha": [_percent(one.alpha)]}
    return found
