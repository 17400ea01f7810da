# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The loop that ties everything on the site: from a goal to what was learned, and back; web/loop.html draws it."""

from collections.abc import Iterable

import msgspec

from hanze.web.language import mark as _
from hanze.web.room import Page


class Stage(msgspec.Struct, frozen=True):
    """`word`: what pages call it; `does`: what happens there, in a sentence."""

    word: str
    does: str


STAGES = {
    "goal": Stage(_("Goal"), _("The city says what has to get better, and by how much. What is measured shows how it is now.")),
    "challenge": Stage(_("Challenge"), _("Where a goal is far away, the city asks companies, schools and residents for ideas.")),
    "choice": Stage(_("Choice"), _("Residents say what matters to them, and choose between the ideas.")),
    "experiment": Stage(_("Trial"), _("An idea is tried in a few streets. The plan to measure it is fixed beforehand.")),
    "evidence": Stage(_("What we learned"), _("The numbers say what it did, and how sure that is. Also when it did not work.")),
    "learning": Stage(_("Other cities"), _("Cities read what others tried, and take over what worked.")),
    "skills": Stage(_("Skills"), _("What works needs people who can do it. Here they see what to learn, and where.")),
}  # fmt: skip
"""Key of a stage, in the order of the loop."""


def doors(pages: Iterable[Page]) -> dict[str, str]:
    """From a stage to the path of the page that opens it; only what is built has one."""
    return {page.stage: page.path for page in pages if page.stage}
