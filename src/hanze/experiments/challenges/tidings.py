# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What who follows a challenge is told by mail: that it opened or closed, what was changed or answered, and what was decided."""

from hanze.experiments.challenges import deciding, keeping, phases
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.saying import said
from hanze.ngsild import times
from hanze.ngsild.entity import Entity
from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.room import Site, Tidings


def tell(site: Site, language: Language, entity: Entity, since: int) -> Tidings:
    """In the order in which it matters."""
    one, day = keeping.challenge_of(entity), keeping.day(since, site.zone).isoformat()
    told = [_phase(site, language, one, since)]
    if times.parse(entity.modified) > since:
        told += [*_decision(language, one, day), *_more(language, one, day)]
    return Tidings(tuple(line for line in told if line), "challenge", {"id": one.code})


def _more(language: Language, one: Challenge, day: str) -> list[str]:
    told = [language.say(_("Changed: %(what)s")) % {"what": each.what} for each in one.call.changes if each.at >= day]
    answered = sum(each.at >= day for each in one.call.questions)
    if answered:
        told.append(language.say(_("Questions that were answered: %(count)s")) % {"count": answered})
    return told


def _phase(site: Site, language: Language, one: Challenge, since: int) -> str:
    """Where it got further by its days; what people decided stands beside it."""
    facts = one.facts
    now = one.phase(keeping.day(site.clock(), site.zone))
    before = phases.phase("", facts.opens, facts.closes, keeping.day(since, site.zone))
    if now == before or now in phases.FINAL:
        return ""
    text = {
        "open": _("It is open: people can apply until %(day)s."),
        "judging": _("It has closed. The decision comes by %(day)s."),
    }.get(now, "")
    return (
        language.say(text) % {"day": said(language, facts.closes if now == "open" else one.call.decided)}
        if text
        else ""
    )


def _decision(language: Language, one: Challenge, day: str) -> list[str]:
    told = one.facts.decision or {}
    if str(told.get("at", "")) < day or one.facts.status not in phases.FINAL:
        return []
    found = deciding.decision(one)
    if found is None:
        return [language.say(_("The city withdrew it: %(why)s")) % {"why": told.get("withdrawn", "")}]
    chosen = [line for line in found.lines if line.chosen]
    if not chosen:
        return [language.say(_("The city decided: no application was chosen."))]
    text = language.say(_("The city chose %(name)s, of %(organisation)s. Why: %(why)s"))
    return [text % {"name": line.name, "organisation": line.organisation, "why": line.why} for line in chosen]
