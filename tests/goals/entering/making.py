# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be entered in a small city: the shipped indicators, two neighbourhoods of one name, on 10 March 2026."""

from zoneinfo import ZoneInfo

from hanze.goals.catalogue.reading import shipped
from hanze.goals.entering.reading import Ground
from hanze.ngsild import times

AREAS = {"C": "Testdam", "N1": "North", "N2": "South", "N3": "south"}

NOW = times.parse("2026-03-10T13:02:00Z")

GROUND = Ground(shipped(), AREAS, "C", ZoneInfo("Europe/Amsterdam"), NOW)
