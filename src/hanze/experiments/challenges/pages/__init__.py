# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of challenges, calls, applications and juries."""

from hanze.experiments.challenges.pages import (
    answering,
    applying,
    deciding,
    desk,
    drafting,
    figuring,
    fitting,
    judging,
    listing,
    members,
    mine,
    picturing,
    reviewing,
    showing,
    telling,
    withdrawing,
)
from hanze.experiments.challenges.pages.shared import OFFICERS, REVIEWERS
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

PAGES = (
    Page(listing.PATH, listing.answer, listing.FORMATS, stage="challenge",
         help=Help(_("Find a call that fits you"), "experiments/challenges/help/find.html")),
    Page(showing.PATH, showing.answer, showing.FORMATS, post=showing.take,
         help=Help(_("What happens after success"), "experiments/challenges/help/after.html")),
    Page(desk.PATH, desk.answer, roles=REVIEWERS, desk=_("Challenges: write, look at, and run calls")),
    Page(drafting.NEW, drafting.new, post=drafting.take, roles=OFFICERS,
         help=Help(_("Open a challenge"), "experiments/challenges/help/open.html")),
    Page(drafting.EDIT, drafting.edit, post=drafting.take, roles=OFFICERS),
    Page(drafting.OVERVIEW, reviewing.answer, post=reviewing.take, roles=REVIEWERS),
    Page(withdrawing.PATH, withdrawing.answer, post=withdrawing.take, roles=OFFICERS),
    Page(figuring.PATH, figuring.answer, figuring.FORMATS),
    Page(telling.PATH, telling.ask, post=telling.take),
    Page(telling.YES, telling.yes, post=telling.confirm),
    Page(telling.STOP, telling.stopping, post=telling.stop, proven=True),
    Page(fitting.PATH, fitting.answer, post=fitting.take),
    Page(picturing.PATH, picturing.answer),
    Page(applying.PATH, applying.answer, post=applying.take, most=11 << 20,
         help=Help(_("Apply for a call"), "experiments/challenges/help/apply.html")),
    Page(mine.PATH, mine.answer, roles=("partner",), desk=_("See your applications for calls of the city")),
    Page(answering.PATH, answering.answer, post=answering.take, roles=OFFICERS),
    Page(members.PATH, members.answer, post=members.take, roles=OFFICERS),
    Page(judging.PATH, judging.seats, roles=("juror",), desk=_("Judge applications for calls of the city")),
    Page(judging.CALL, judging.call, post=judging.declare),
    Page(judging.ONE, judging.score, post=judging.give,
         help=Help(_("Judge as a member of a jury"), "experiments/challenges/help/jury.html")),
    Page(deciding.DESK, deciding.desk, roles=OFFICERS),
    Page(deciding.DECIDE, deciding.decide, post=deciding.take, roles=OFFICERS),
)  # fmt: skip

__all__ = ["PAGES"]
