# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sum of what a figure was made of follows the city: who lives there, and where."""

import msgspec
import shapely

from hanze.goals.areas.area import Area
from hanze.goals.computing.recorder import Recorder
from hanze.goals.computing.scene import Place, Scene
from tests.goals.computing.making import Told

SHAPE = shapely.box(5, 52, 5.01, 52.01)
PLACE = Place(Area("N", "N", "neighbourhood", None, SHAPE), 100.0, 0.76)


def total(place: Place) -> str:
    recorder = Recorder(Told())
    recorder.scene(Scene([place]))
    return recorder.sum


def test_the_sum_follows_where_people_live() -> None:
    homes = shapely.box(5, 52, 5.005, 52.01)
    moved = shapely.box(5, 52, 5.006, 52.01)
    sums = [total(msgspec.structs.replace(PLACE, homes=shape)) for shape in (None, homes, moved)]
    assert len(set(sums)) == 3
    assert total(msgspec.structs.replace(PLACE, homes=homes)) == sums[1]
    # Where homes are not known people live all over the area.
    assert total(msgspec.structs.replace(PLACE, homes=shapely.Polygon())) == sums[0]
    drawn_anew = msgspec.structs.replace(PLACE, area=msgspec.structs.replace(PLACE.area, geometry=moved))
    assert total(drawn_anew) != sums[0]


def test_the_sum_follows_who_lives_there() -> None:
    assert total(PLACE) != total(msgspec.structs.replace(PLACE, people=101.0))
