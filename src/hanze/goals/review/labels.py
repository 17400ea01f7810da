# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands around the texts and figures of a review."""

from hanze.web.language import mark as _

LABELS = {
    "simulated": _("These data are simulated: a computer made them up to show how this site works."),
    "simulated_here": _("Simulated data"),
    "made": _("Made on %(day)s. Figures are those that were known then."),
    "contents": _("What is in it"),
    "unwritten": _("Nobody has written this part yet."),
    "by": _("Written by people of the city (%(role)s), %(day)s"),
    "figures": _("Figures"),
    "figures_made": _("Figures are worked out from the data of the city. Texts are written by people and stand apart from them."),
    "brackets": _("A number in brackets leads to where a figure comes from."),
    "chapters_after": _("The chapters follow what the United Nations advises for such reviews."),
    "dimensions": _("Liveable, sustainable, inclusive"),
    "glance": _("The 17 goals at a glance"),
    "goal": _("Goal"),
    "stands": _("How it is"),
    "score": _("Points of 100"),
    "change": _("Change in a year"),
    "what": _("What"),
    "best": _("Best neighbourhood"),
    "worst": _("Worst neighbourhood"),
    "grade": _("How sure"),
    "source": _("Source"),
    "course": _("How it went"),
    "unknown": _("Not known"),
    "no_numbers": _("No number of this goal is known for this year."),
    "gone": _("No number of that year was kept."),
    "origin": _("Origin"),
    "origins": _("Where each figure comes from"),
    "origins_said": _("Who keeps the site works a figure out once more with its command, and compares."),
    "exact": _("Exactly"),
    "check": _("To check"),
}  # fmt: skip
"""English texts of the catalogues by a short name."""

FACTS = {
    "version": _("Version"),
    "definition": _("Definition (SHA-256)"),
    "inputs": _("All that went in (SHA-256)"),
    "coverage": _("Measured of all that could be"),
    "between": _("Lies between"),
    "things": _("Told by"),
    "at": _("Worked out"),
    "code": _("Made with"),
    "plain": _("Without what inequality takes off"),
    "told": _("Numbers that are known"),
}
"""The same of what a figure was made of."""
