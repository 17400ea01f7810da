# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chapters of a review and what each asks of who writes it.

They follow UN DESA, Global Guiding Elements for Voluntary Local Reviews (VLRs) of SDG implementation, December 2020; the sentences
are our own.
"""

import msgspec

from hanze.goals.pages.wording import GOALS
from hanze.web.language import Language
from hanze.web.language import mark as _


class Part(msgspec.Struct, frozen=True):
    """A text that people write. `title` and `asks` are English texts of the catalogues; `within`: the chapter that it is a section
    of, empty for a chapter."""

    key: str
    title: str
    asks: str
    within: str = ""


PROGRESS = "progress"
"""The chapter in which the goals stand."""

CHAPTERS = (
    Part("opening", _("Opening statement"), _("A few sentences of the mayor: why the city reports on the goals.")),
    Part("highlights", _("Highlights"), _("What went well, what did not, and what the city learned: on one page.")),
    Part("introduction", _("Introduction"), _("The city in short, and what it wants to reach with this review.")),
    Part("method", _("How this review was made"), _("Who took part, how residents were heard, and over which months.")),
    Part("policy", _("What the city can do and decide"), _("How the goals have a place in what the city decides and does.")),
    Part("national", _("Working with the state"), _("How the city works on the goals with the state."), "policy"),
    Part("ownership", _("Together with residents and others"), _("How residents, companies and schools take part."), "policy"),
    Part("plans", _("The goals in plans of the city"), _("In which plans and budgets the goals stand."), "policy"),
    Part("nobody", _("Leaving no one behind"), _("Who has less than others, and what the city does for them."), "policy"),
    Part("bodies", _("Who is responsible"), _("Which people and bodies keep an eye on the goals."), "policy"),
    Part("structures", _("What stands in the way"), _("Laws, money or habits that make the goals hard to reach."), "policy"),
    Part(PROGRESS, _("Progress on the goals"), _("What can be said of all goals together.")),
    Part("means", _("What it takes"), _("Money, people, knowledge and data that are needed and that there are.")),
    Part("next", _("Conclusion and next steps"), _("What the city does next, and when it looks again.")),
)  # fmt: skip

ABOUT_GOAL = _("What the city did for this goal, what came of it, and what is hard.")


def goal(number: int) -> Part:
    """The text on one goal."""
    return Part(f"goal-{number}", GOALS[number], ABOUT_GOAL, PROGRESS)


def parts() -> list[Part]:
    """All texts in the order of the review; those of the goals follow the chapter in which they stand."""
    found: list[Part] = []
    for one in CHAPTERS:
        found.append(one)
        if one.key == PROGRESS:
            found += map(goal, GOALS)
    return found


def title(language: Language, part: Part) -> str:
    """As pages name it: a goal with its number."""
    said, number = language.say(part.title), part.key.removeprefix("goal-")
    return (
        said if number == part.key else language.say(_("Goal %(number)s: %(name)s")) % {"number": number, "name": said}
    )
