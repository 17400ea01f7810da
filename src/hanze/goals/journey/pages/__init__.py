# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the way to the goals, of targets, and of the yearly question to residents."""

from hanze.goals.journey.pages import answering, asking, journey, moderating, targeting
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

PAGES = (
    Page(journey.PATH, journey.answer, ("csv", "json"), help=Help(_("Follow the way to a goal"), "goals/journey/help.html")),
    Page(
        targeting.PATH, targeting.answer, post=targeting.take, roles=targeting.SETTERS,
        desk=_("Set targets: what the city promises for 2030 or 2050"),
    ),
    Page(answering.PATH, answering.answer, ("csv", "json"), post=answering.take),
    Page(asking.PATH, asking.answer, post=asking.take, roles=asking.ASKERS, desk=_("Ask residents what will be needed")),
    Page(
        moderating.PATH, moderating.answer, post=moderating.take, roles=asking.ASKERS,
        desk=_("Look at what residents answered"),
    ),
)  # fmt: skip

__all__ = ["PAGES"]
