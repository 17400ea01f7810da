# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What plans would change, worked out in a process of its own from the data of a node that goes on running."""

import hashlib
from collections.abc import Mapping

import msgspec
import shapely

from hanze import __version__
from hanze.goals.areas.assigning import Map
from hanze.goals.computing.reading import StoreSources
from hanze.goals.computing.recorder import Recorder
from hanze.goals.computing.scene import Scene
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import areas, land
from hanze.goals.land.cutting import Lands
from hanze.goals.plans.effects import Effects, Ground, Sketch, effects
from hanze.goals.plans.nearness import Near
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING

NEAR = {"green": ("green-reach", "nature"), "stop": ("transport-reach", "")}
"""By what people need: the indicator that says what it is and how near, and land that is it itself."""


class Reach(msgspec.Struct, frozen=True):
    """Things of a type for which a query holds, within so many metres; `use`: land that is such a thing itself."""

    type: str
    where: str
    metres: float
    use: str


class Outcome(msgspec.Struct, frozen=True):
    """`year`: of the map of land; None where there is none. `inputs`: SHA-256 of all that it was made of; `at`: when, by the clock
    of the city; `code`: the version of Hanze."""

    effects: Effects
    year: int | None
    inputs: str
    at: str
    code: str
    simulated: bool


class Job(msgspec.Struct, frozen=True):
    """`now`: microseconds, of the city's clock. `sketches`: plans by any name."""

    look: Look
    now: int
    reaches: Mapping[str, Reach]
    sketches: Mapping[str, Sketch]


def reaches(definitions: Mapping[str, Definition]) -> dict[str, Reach]:
    """What people need near them, as the indicators of the city say it."""
    found = {}
    for name, (code, use) in NEAR.items():
        parts = definitions[code].part if code in definitions else ()
        for part in parts[:1]:
            if part.what == "reach":
                found[name] = Reach(part.type, part.where, part.metres or 0.0, use)
    return found


def run(job: Job) -> dict[str, Outcome]:
    """By the names of the plans. It reads the store and writes nothing."""
    with job.look(job.now) as reads:
        scene = Scene(areas.read(reads))
        maps = land.lands(reads)
        year = max(maps, default=None)
        lands: Lands = {} if year is None else maps[year]
        recorder = _recorder(reads, scene, lands, job.now)
        ground = Ground(scene.smallest, lands, {name: _near(recorder, one) for name, one in job.reaches.items()})
    return {
        name: Outcome(
            effects(sketch, ground), year, _inputs(recorder.sum, sketch), times.text(job.now), __version__, recorder.simulated
        )
        for name, sketch in job.sketches.items()
    }  # fmt: skip


def _recorder(reads: Reads, scene: Scene, lands: Lands, now: int) -> Recorder:
    """It has noted the areas and their land already."""
    drawn = Map(one.area for one in scene.places.values())
    found = Recorder(StoreSources(reads, EVERYTHING, CORE, drawn, (0, 0), now, None))
    found.scene(scene)
    for code, shapes in sorted(lands.items()):
        found.note(code, {use: _sum(shapely.to_wkb(shape)) for use, shape in sorted(shapes.items())})
    return found


def _near(recorder: Recorder, one: Reach) -> Near:
    things = recorder.things(one.type, one.where)
    return Near([thing.geometry for thing in things if thing.geometry is not None], one.metres, one.use)


def _inputs(ground: str, sketch: Sketch) -> str:
    drawn = (ground, shapely.to_wkb(shapely.normalize(sketch.shape), hex=True), sketch.use, sketch.least, sketch.most)
    return _sum(msgspec.json.encode(drawn))


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
