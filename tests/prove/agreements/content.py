# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the city, and, by rules of its own that share nothing with the project's reading code, what of it the agreement
shows: so a twin can be filled with that alone.

The agreement: name, peak and place of Noise in the area as they are, its db by the hour; cars of Count, in a period. Everyone
sees parks.
"""

from __future__ import annotations

import random
from typing import Any

import msgspec

from hanze.ngsild.context import CORE
from hanze.ngsild.times import parse, text
from hanze.store.scope import Grant

MINUTE = 60_000_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE
NOW = parse("2026-03-10T12:05:00Z")
SINCE, UNTIL = parse("2026-03-03T00:00:00Z"), parse("2026-03-09T00:00:00Z")
SQUARE = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]]}
LOCATION = "https://uri.etsi.org/ngsi-ld/location"
QUIET = "urn:ngsi-ld:Agreement:havendam:quiet"
SENTINEL = "urn:ngsi-ld:Noise:in-0"
"""It changes last, so that who was told of it was told of all."""

CONFIG = """[city]
name = "Havendam"
code = "havendam"

[access]
public = ["Park"]
restricted = ["Complaint"]

[outgoing]
allow = ["127.0.0.1"]
"""


def _iris(*names: str) -> frozenset[str]:
    return frozenset(map(CORE.expand, names))


GRANTS = (
    Grant(tenants=frozenset({""}), types=_iris("Noise"), attributes=_iris("name", "peak", "location"), area=SQUARE),
    Grant(tenants=frozenset({""}), types=_iris("Noise"), attributes=_iris("db"), area=SQUARE, level=HOUR),
    Grant(tenants=frozenset({""}), types=_iris("Count"), attributes=_iris("cars"), since=SINCE, until=UNTIL),
)

ATTRIBUTES = ("name", "peak", "db", "cars", "zqowner", "zqcode", "location", "trees")
TYPES = ("Noise", "Count", "Park", "Zqsecret", "Complaint")


class Thing(msgspec.Struct):
    """An entity as it is now: attributes by name, each a value and when it was observed, or None. Inside: in the area."""

    id: str
    types: list[str]
    inside: bool
    place: tuple[float, float] | None
    values: dict[str, tuple[Any, int | None]]

    def shown(self) -> dict[str, Any] | None:
        """The entity as the twin has it; None where it has none of it."""
        return self._document(self._seen) if self.visible() else None

    def whole(self) -> dict[str, Any]:
        return self._document(lambda name, at: True)

    def visible(self) -> bool:
        if "Complaint" in self.types:
            return False
        return "Park" in self.types or "Count" in self.types or ("Noise" in self.types and self.inside)

    def _seen(self, name: str, at: int | None) -> bool:
        if "Park" in self.types:
            return True
        if name in ("name", "peak", "location"):
            return "Noise" in self.types and self.inside
        # Without a moment of observation it was said now, after the period.
        return name == "cars" and "Count" in self.types and at is not None and SINCE <= at < UNTIL

    def _document(self, keep: Any) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self.id, "type": self.types}
        for name, (value, at) in self.values.items():
            if keep(name, at):
                made[name] = {"type": "Property", "value": value} | ({} if at is None else {"observedAt": text(at)})
        if self.place is not None and keep("location", None):
            made["location"] = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": list(self.place)}}
        return made


class Names:
    """Words that stand in what is hidden and nowhere else, and those that are shown; and the ids of all."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.hidden: list[str] = []
        self.shown: list[str] = []
        self.ids: list[str] = []

    def word(self, *, hidden: bool) -> str:
        made = ("zq" if hidden else "ok") + "".join(self._chance.choices("abcdefghjkmnp", k=9))
        (self.hidden if hidden else self.shown).append(made)
        return made


def things(chance: random.Random, names: Names) -> list[Thing]:
    """All entities of the city."""
    made = [_noise(chance, names, f"in-{n}", inside=True) for n in range(8)]
    made += [_noise(chance, names, f"zqout-{n}", inside=False) for n in range(6)]
    made += [_noise(chance, names, f"zqboth-{n}", inside=True, more="Complaint") for n in range(2)]
    for n in range(6):
        made.append(Thing(f"urn:ngsi-ld:Count:{n}", ["Count"], False, (8.0 + n / 10, 52.0), {}))
        made[-1].values = {
            "cars": (_number(chance), _moment(chance)), "zqowner": (names.word(hidden=True), None),
            "name": (names.word(hidden=True), None),
        }  # fmt: skip
    for n in range(4):
        trees: dict[str, tuple[Any, int | None]] = {"trees": (n, None), "name": (names.word(hidden=False), None)}
        made.append(Thing(f"urn:ngsi-ld:Park:{n}", ["Park"], False, (4.5, 52.1 + n / 10), trees))
    for n in range(5):
        secret: dict[str, tuple[Any, int | None]] = {
            "zqcode": (_number(chance), None),
            "name": (names.word(hidden=True), None),
        }
        kind = "Zqsecret" if n % 2 else "Complaint"
        made.append(Thing(f"urn:ngsi-ld:{kind}:zq{n}", [kind], True, (4.5, 52.5), secret))
    names.ids = [one.id for one in made]
    return made


def _noise(chance: random.Random, names: Names, id: str, *, inside: bool, more: str = "") -> Thing:
    seen = inside and not more
    place = (chance.uniform(4.05, 4.95), chance.uniform(52.05, 52.95)) if inside else (chance.uniform(6, 7), 52.5)
    values: dict[str, tuple[Any, int | None]] = {
        "name": (names.word(hidden=not seen), None), "peak": (_number(chance), NOW - chance.randrange(1, 9) * HOUR),
        "db": (_number(chance), NOW - MINUTE), "zqowner": (names.word(hidden=True), None),
    }  # fmt: skip
    return Thing(f"urn:ngsi-ld:Noise:{id}", ["Noise", more] if more else ["Noise"], inside, place, values)


def _number(chance: random.Random) -> float:
    """Sums of such numbers are exact, in whatever order."""
    return chance.randrange(100, 100_000) / 4


def _moment(chance: random.Random) -> int:
    """In the period, at its edges, or outside."""
    return chance.choice([SINCE - 1, SINCE, UNTIL - 1, UNTIL, SINCE + chance.randrange(9 * 24) * HOUR])


History = list[tuple[int, float]]


def loudness(chance: random.Random) -> tuple[History, History]:
    """What was measured by a sensor of noise in some days, and what the twin has instead: other values at other moments of which
    nobody can tell the difference by whole hours with three values or more, and days of what is left over."""
    real: History = []
    twin: History = []
    for day in range(4):
        start = NOW - NOW % DAY - (day + 1) * DAY
        hours = {
            start + n * HOUR: [_number(chance) for _ in range(chance.choice((0, 0, 1, 2, 3, 4, 6)))] for n in range(24)
        }
        few = [(at, value) for at, values in hours.items() if len(values) < 3 for value in values]
        if day == 3:
            few = few[:2]
            hours = {at: values if len(values) > 2 else [v for a, v in few if a == at] for at, values in hours.items()}
        for at, values in hours.items():
            real += _spread(chance, at, values)
            if len(values) >= 3:
                twin += _spread(chance, at, chance.sample(values, len(values)))
        if len(few) >= 3:
            others = chance.sample([value for _, value in few], len(few))
            for at in dict.fromkeys(at for at, _ in few):
                count = sum(other == at for other, _ in few)
                twin += _spread(chance, at, [others.pop() for _ in range(count)])
    return sorted(real), sorted(twin)


def _spread(chance: random.Random, hour: int, values: list[float]) -> History:
    moments = sorted(chance.sample(range(60), len(values)))
    return [(hour + minute * MINUTE, value) for minute, value in zip(moments, values, strict=True)]


def counted(chance: random.Random) -> tuple[History, History]:
    """What was counted on a road, and the part of it that lies in the period."""
    real = [(SINCE - DAY + n * 5 * HOUR + chance.randrange(HOUR), _number(chance)) for n in range(50)]
    return real, [(at, value) for at, value in real if SINCE <= at < UNTIL]


def changed(chance: random.Random, names: Names, all_of: list[Thing]) -> list[Thing]:
    """Some of the things after a change: of what is shown, of what is hidden, or both. The sentinel is the last."""
    found: list[Thing] = []
    for one in chance.sample(all_of, 5):
        if one.id != SENTINEL:
            found.append(one)
            for name in chance.sample(sorted(one.values), chance.randint(1, len(one.values))):
                one.values[name] = _fresh(chance, names, one, name)
    sentinel = next(one for one in all_of if one.id == SENTINEL)
    sentinel.values["name"] = (names.word(hidden=False), None)
    return [*found, sentinel]


def _fresh(chance: random.Random, names: Names, one: Thing, name: str) -> tuple[Any, int | None]:
    if name in ("name", "zqowner"):
        shown = name == "name" and one.visible() and "Count" not in one.types
        return names.word(hidden=not shown), None
    if name == "cars":
        return _number(chance), _moment(chance)
    return _number(chance), None if name in ("trees", "zqcode") else NOW - chance.randrange(300) * 1_000_000
