# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trials put on the front page: what the city tries and tried, the newest few, each in a line with what came of it."""

from collections.abc import Mapping

from markupsafe import Markup

from hanze.experiments.model import EXPERIMENT
from hanze.experiments.trials import keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, listing
from hanze.web.room import Slot, Visit

MOST = 3


def front(visit: Visit) -> Mapping[Slot, Markup]:
    """Nothing where nothing was tried yet."""
    found = sorted(_begun(visit), key=_moment, reverse=True)[:MOST]
    if not found:
        return {}
    visit.site.access.note_read(visit.principal, "", (EXPERIMENT.iri,))
    lines = zip(listing.lines(visit, found), (bool(one.facts.simulated) for one in found), strict=True)
    shown = visit.html("experiments/trials/front.html", lines=list(lines), all=visit.address(common.TRIALS))
    return {"said": Markup(shown)}


def _begun(visit: Visit) -> list[Trial]:
    every = keeping.every(visit.site.store, visit.scope)
    return [one for one in every if one.status not in ("preparing", "registered") and one.facts.starts]


def _moment(one: Trial) -> str:
    """When something happened last, as a day."""
    return one.facts.ended or one.facts.starts
