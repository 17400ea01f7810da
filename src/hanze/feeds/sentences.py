# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is the matter with a source and what a person can do, as sentences with gaps; pages say them in other languages."""

from hanze.errors import mark as _

PAUSED = _("The source is paused.")
GO_ON = _("Go on with: hanze feed resume %(name)s")
NEW = _("The source was not looked at yet.")
IN_ORDER = _("The source is in order.")
BUSY = _("The source is %(progress)s.")
OLD = _("The newest reading is %(age)s old.")
STILL = _("The source answers, but says nothing new; ask who keeps it whether its sensors still send.")
PARTLY = _("Some of it is refused: %(reason)s")
TELL = _("Tell who keeps the source.")

AGES = {86_400: _("%(count)s days"), 3_600: _("%(count)s hours"), 60: _("%(count)s minutes"), 1: _("%(count)s seconds")}
"""Seconds of a unit to how an age is told in it."""

REDIRECTS = _("The source redirects more than %(count)s times.")
MORE = _("%(place)s gave more than %(megabytes)s MB.")
LESS = _("Ask the source for less at once, by its options.")
STATUS = _("%(place)s answered with status %(status)s.")

GAPPED = (GO_ON, BUSY, OLD, PARTLY, *AGES.values(), REDIRECTS, MORE, STATUS)
"""Those with gaps."""
