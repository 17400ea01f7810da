# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a city goes on with what worked: what a call promises beforehand is what is chosen from once a trial was judged.

Source: the procedures of Directive 2014/24/EU (articles 26 to 32 and 78 to 82), and what lies below its thresholds.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from hanze.errors import mark as _

Route = Literal[
    "direct purchase", "several offers", "tender", "european tender", "innovation partnership", "design contest",
    "open source", "none",
]  # fmt: skip
"""Bought at once where the law allows that; offers of several; a tender in the country or in Europe; a partnership in which a
solution is developed and bought; a contest for the best design; taken over as open source; not bought at all."""

ROUTES: tuple[Route, ...] = get_args(Route)

NAMES: Mapping[str, str] = {
    "direct purchase": _("directly from one supplier"),
    "several offers": _("offers of a few suppliers"),
    "tender": _("a public tender in the country"),
    "european tender": _("a European tender"),
    "innovation partnership": _("an innovation partnership"),
    "design contest": _("a design contest"),
    "open source": _("it is open source and free to use"),
    "none": _("nothing is bought"),
}
"""What a step after a trial calls them."""

PROMISES: Mapping[Route, str] = {
    "direct purchase": _("The city buys it at once, where the sum is so small that the law allows it."),
    "several offers": _("The city asks several for an offer, and you may be one of them."),
    "tender": _("The city puts out a tender. What was learned stands in it, and you may take part like everyone."),
    "european tender": _("The city puts out a European tender, for a large sum. You may take part like everyone."),
    "innovation partnership": _("You develop it further with the city in an innovation partnership, and the city buys the result."),
    "design contest": _("The city holds a contest for the best design, and you may enter it like everyone."),
    "open source": _("What was made is open source. The city uses it on, and so may others."),
    "none": _("The city does not buy it. You may go on by yourself."),
}  # fmt: skip
"""What a call says of them to who applies."""
