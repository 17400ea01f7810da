# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of trials: the register, one trial with its plan and forms, what we learned, and a subject from goal to result."""

from hanze.experiments.trials.pages import (
    acting,
    answering,
    asking,
    checking,
    deviating,
    dossier,
    fixing,
    following,
    learned,
    listing,
    loading,
    opening,
    planning,
    showing,
)  # fmt: skip
from hanze.experiments.trials.pages.common import RUNNERS
from hanze.experiments.trials.tables import MOST_BYTES
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

OPENING = Page(
    opening.PATH, opening.answer, post=opening.take, roles=RUNNERS, desk=_("Open a trial"),
    help=Help(_("Run a fair trial"), "experiments/trials/help.html"),
)  # fmt: skip


def _act(act: acting.Act) -> Page:
    answer, take = act.pages()
    return Page(act.path, answer, post=take, roles=RUNNERS)


PAGES = (
    Page(listing.PATH, listing.answer, listing.FORMATS, menu=_("Trials"), stage="experiment"),
    OPENING,
    Page(showing.PATH, showing.answer, showing.FORMATS),
    Page(planning.PATH, planning.answer, post=planning.take, roles=RUNNERS),
    Page(fixing.PATH, fixing.answer, post=fixing.take, roles=RUNNERS),
    Page(deviating.PATH, deviating.answer, post=deviating.take, roles=RUNNERS),
    *(_act(one) for one in acting.ACTS),
    Page(asking.PATH, asking.answer, post=asking.take, roles=RUNNERS),
    Page(following.PATH, following.answer, post=following.take, roles=RUNNERS),
    Page(loading.PATH, loading.answer, post=loading.take, roles=RUNNERS, most=MOST_BYTES + (1 << 20)),
    Page(answering.PATH, answering.answer, post=answering.take),
    Page(checking.PATH, checking.answer),
    Page(learned.PATH, learned.answer, learned.FORMATS, stage="evidence"),
    Page(dossier.PATH, dossier.answer),
)

__all__ = ["OPENING", "PAGES"]
