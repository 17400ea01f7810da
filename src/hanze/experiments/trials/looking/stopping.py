# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a look does: it is kept, and where a reason to stop is there, the trial stops by itself, in one piece of work.

With harm the data agreement ends too: keys that are bound to it open nothing any more.
"""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from hanze.access import audit
from hanze.errors import mark as _
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.agreements import signing
from hanze.experiments.evaluate.size import percent, told_share
from hanze.experiments.told import Told, Values
from hanze.experiments.trials import exits, keeping, letters, running
from hanze.experiments.trials import unit as units
from hanze.experiments.trials.exits import Exit, Kind
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import looks, made
from hanze.experiments.trials.looking.looks import Seen
from hanze.experiments.trials.looking.made import Made
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.running import NODE, By
from hanze.experiments.trials.unit import measured
from hanze.goals.indicators.known import Known
from hanze.store.base import UnitOfWork
from hanze.web.language import languages
from hanze.web.room import Site

ORDER: tuple[Kind, ...] = ("harm", "success", "futility")
"""Where several are there at one look, the first one is told."""

LOOKED = "look at trial"
"""Act of the audit."""

WHY: Mapping[Kind, str] = {
    "harm": _("It did harm: %(what)s."),
    "success": _("It worked: %(what)s."),
    "futility": _("It would not have shown what was hoped for: %(what)s."),
}
SAW = _(
    "%(text)s. It was %(effect)s, in all likelihood between %(low)s and %(high)s "
    "(an interval that misses once in %(times)s times)"
)
SAW_CHANCE = _("%(text)s. It was %(share)s percent")
SAW_VALUE = _("%(text)s. It was %(value)s")

ENDED = _("The trial for which it was made stopped since it did harm.")
"""Why an agreement ended."""


def take(site: Site, uow: UnitOfWork, city: str, code: str, plan: Plan, look: Made) -> Kind | None:
    """Keeps a look; why the trial stopped with it, None where it goes on. After the commit the keys have to be forgotten where it
    stopped (Access.forget_keys)."""
    trial = keeping.within(uow, city, code)
    if trial.status != "running":
        return None
    keeping.change(uow, city, code, looks=made.keep(uow, code, look))
    audit.note(uow, NODE, LOOKED, keeping.id_of(city, code), day=look.day)
    crossed = sorted((one for one in look.seen if one.crossed), key=lambda one: ORDER.index(one.kind))
    if not crossed:
        return None
    reason = looks.names(plan)[crossed[0].name]
    _stop(site, uow, city, trial, reason, crossed[0], units.unit(reason.outcome or plan.outcome, site.tool(Known)))
    return crossed[0].kind


def _stop(site: Site, uow: UnitOfWork, city: str, trial: Trial, reason: Exit, seen: Seen, unit: str) -> None:
    why = Told(WHY[seen.kind], {"what": _saw(reason, seen, unit)})
    figures = {name: value for name, value in msgspec.to_builtins(seen).items() if value not in (None, "")}
    after = running.stop(
        uow,
        city,
        trial.code,
        site.zone,
        "",
        By(NODE, NODE),
        kind=seen.kind,
        told=msgspec.to_builtins(why),
        figures=figures,
    )
    if seen.kind == "harm" and trial.facts.agreement:
        _end(uow, trial.facts.agreement, site.zone, languages()[site.languages[0]].say(ENDED))
    letters.stopped(site, uow, city, after, why)


def _saw(reason: Exit, seen: Seen, unit: str) -> Told:
    text = exits.told(reason, unit)
    if seen.by == "chance":
        return Told(SAW_CHANCE, {"text": text, "share": percent(seen.value or 0.0)})
    if seen.value is not None:
        return Told(SAW_VALUE, {"text": text, "value": measured(seen.value, unit)})
    if seen.estimate is None or seen.low is None or seen.high is None:
        return text
    effect, low, high = (told_share(one) for one in (seen.estimate, seen.low, seen.high))
    given: Values = {"text": text, "effect": effect, "low": low, "high": high, "times": looks.misses(seen.level or 0.0)}
    return Told(SAW, given)


def _end(uow: UnitOfWork, id: str, zone: tzinfo, why: str) -> None:
    """The agreement of the trial, where it holds or was suspended; `why`: as its page says it."""
    held = agreements.within(uow, id)
    if held is not None and held.status in ("signed", "suspended"):
        signing.end(uow, id, why, NODE, NODE, zone)
