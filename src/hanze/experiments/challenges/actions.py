# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people of the city can do with things of other rooms: open a challenge for them."""

from hanze.experiments.challenges.pages import PAGES, drafting
from hanze.goals.model import AREA, PLAN, VALUE
from hanze.web.language import mark as _
from hanze.web.room import Action

_NEW = next(page for page in PAGES if page.path == drafting.NEW)

ACTIONS = tuple(Action(one.iri, _("Open a challenge for this"), _NEW) for one in (VALUE, AREA, PLAN))
