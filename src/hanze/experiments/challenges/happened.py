# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What challenges did for a goal, for its line of time."""

from collections.abc import Sequence

from hanze.experiments.challenges import keeping, matching
from hanze.experiments.challenges.phases import WORDS
from hanze.web.language import mark as _
from hanze.web.room import Happening, Visit


def happened(visit: Visit, goal: int) -> Sequence[Happening]:
    """Each challenge that is about the goal and was not withdrawn, when it was published."""
    today, say = keeping.day(visit.now, visit.site.zone), visit.language.say
    return [
        Happening(
            "tried", one.made,
            say(_("Challenge: %(name)s (%(phase)s)")) % {"name": one.facts.name, "phase": say(WORDS[one.phase(today)])},
            visit.address("challenge", id=one.code),
        )
        for one in keeping.read(visit.site.store, visit.scope)
        if goal in matching.goals(one.facts.targets or ()) and one.phase(today) != "withdrawn"
    ]  # fmt: skip
