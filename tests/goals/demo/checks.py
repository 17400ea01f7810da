# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each indicator that the demonstration has a number for, made once more by a few lines of its own from what was measured."""

from collections.abc import Callable
from math import fsum, log10

from tests.goals.demo.ground import land, near
from tests.goals.demo.plain import (
    Numbers,
    Span,
    by_day,
    days,
    each,
    gap,
    hours,
    inside,
    local,
    mean,
    over_people,
    over_things,
    residents_over,
    share,
)
from tests.goals.demo.raw import Raw, Series, value

Check = Callable[[Raw, Span], Numbers]

CHECKS: dict[str, Check] = {}


def check(code: str) -> Callable[[Check], Check]:
    """Of the indicator with this code."""

    def kept(one: Check) -> Check:
        CHECKS[code] = one
        return one

    return kept


Made = Callable[[Series], float | None]


def years(attribute: str) -> Check:
    """The mean of all hours of each point; larger areas by the residents of their neighbourhoods."""

    def made(raw: Raw, when: Span) -> Numbers:
        air = raw.things["AirQualityObserved"]
        return over_people(raw, air, each(raw, air, attribute, lambda told: or_none(mean, hours(told, when))))

    return made


def or_none(how: Callable[[list[float]], float], numbers: list[float]) -> float | None:
    return how(numbers) if numbers else None


no2, pm10, pm25 = (check(f"air-{name}-year")(years(name)) for name in ("no2", "pm10", "pm25"))


def daily(type: str, attribute: str, bad: Callable[[list[float]], bool]) -> Check:
    """How many days are so, averaged over the points that have nine in ten of all days."""

    def made(raw: Raw, when: Span) -> Numbers:
        def counted(told: Series) -> float | None:
            there = by_day(told, when)
            return sum(map(bad, there.values())) if len(there) >= 0.9 * days(when) > 0 else None

        return over_things(raw, raw.things[type], each(raw, raw.things[type], attribute, counted))

    return made


check("air-o3-days")(daily("AirQualityObserved", "o3", lambda day: max(day) > 100))
check("air-pm25-days")(daily("AirQualityObserved", "pm25", lambda day: mean(day) > 15))
check("climate-heavy-rain")(daily("WeatherObserved", "precipitation", lambda day: 24 * mean(day) > 19.995))
check("climate-summer-days")(daily("WeatherObserved", "temperature", lambda day: max(day) >= 25))
check("climate-tropical-nights")(daily("WeatherObserved", "temperature", lambda day: min(day) >= 20))


@check("air-no2-gap")
def no2_gap(raw: Raw, when: Span) -> Numbers:
    return gap(raw, no2(raw, when))


@check("air-no2-over-who")
def no2_over(raw: Raw, when: Span) -> Numbers:
    return residents_over(raw, no2(raw, when), 10)


@check("air-pm25-over-who")
def pm25_over(raw: Raw, when: Span) -> Numbers:
    return residents_over(raw, pm25(raw, when), 5)


def energy(levels: list[float]) -> float:
    return 10 * log10(mean(10 ** (one / 10) for one in levels))


def loud(raw: Raw, when: Span, at: range | tuple[int, ...]) -> Numbers:
    """Of each meter."""
    return each(raw, raw.things["NoiseLevelObserved"], "LAeq", lambda told: or_none(energy, hours(told, when, at=at)))


NIGHT = (0, 1, 2, 3, 4, 5, 6, 23)


@check("noise-lnight")
def lnight(raw: Raw, when: Span) -> Numbers:
    return over_things(raw, raw.things["NoiseLevelObserved"], loud(raw, when, NIGHT))


@check("noise-lden")
def lden(raw: Raw, when: Span) -> Numbers:
    meters = raw.things["NoiseLevelObserved"]
    day, evening, night = (over_things(raw, meters, loud(raw, when, at)) for at in (range(7, 19), range(19, 23), NIGHT))
    return {
        code: 10
        * log10(
            (12 * 10 ** (day[code] / 10) + 4 * 10 ** (evening[code] / 10 + 0.5) + 8 * 10 ** (night[code] / 10 + 1)) / 24
        )
        for code in day.keys() & evening.keys() & night.keys()
    }


@check("noise-over-55")
def noise_over(raw: Raw, when: Span) -> Numbers:
    return residents_over(raw, lden(raw, when), 55)


def shared(
    type: str, attribute: str, fits: Callable[[float], bool], at: range = range(24), complete: float = 0.5, **facts: object
) -> Check:  # fmt: skip
    """The percentage of hours that are so, averaged over the things."""

    def made(raw: Raw, when: Span) -> Numbers:
        things = raw.some(type, **facts)

        def of(told: Series) -> float | None:
            return or_none(lambda there: share(there, fits), hours(told, when, complete, at))

        return over_things(raw, things, each(raw, things, attribute, of))

    return made


check("parking-full")(shared("OffStreetParking", "occupancy", lambda full: full > 0.95, range(9, 21)))
check("shared-bikes-empty")(shared("BikeHireDockingStation", "availableBikeNumber", lambda one: one < 1, range(7, 20)))
check("streets-too-fast")(shared("TrafficFlowObserved", "averageVehicleSpeed", lambda kmh: kmh > 30, speedLimit=30))
full = check("waste-full")(shared("WasteContainer", "fillingLevel", lambda level: level > 0.8))


@check("waste-full-gap")
def full_gap(raw: Raw, when: Span) -> Numbers:
    return gap(raw, full(raw, when))


@check("shared-bikes")
def bikes(raw: Raw, when: Span) -> Numbers:
    stations = raw.things["BikeHireDockingStation"]
    found = each(raw, stations, "availableBikeNumber", lambda told: or_none(mean, hours(told, when, 0.5, (3, 4))))
    told = over_things(raw, stations, found, fsum)
    return {code: 100_000 * number / raw.people(code) for code, number in told.items() if raw.people(code)}


@check("bikes-counted")
def cyclists(raw: Raw, when: Span) -> Numbers:
    points = raw.some("TrafficFlowObserved", vehicleType="bicycle")
    found = each(raw, points, "intensity", lambda told: or_none(mean, hours(told, when)))
    return {code: 24 * number for code, number in over_things(raw, points, found).items()}


@check("travel-time-index")
def slower(raw: Raw, when: Span) -> Numbers:
    roads = [
        one
        for one in raw.things["TrafficFlowObserved"]
        if one not in raw.some("TrafficFlowObserved", vehicleType="bicycle")
    ]

    def speed(at: tuple[int, ...], workdays: bool) -> Numbers:
        of: Made = lambda told: or_none(mean, hours(told, when, 0.5, at, workdays=workdays))  # noqa: E731
        return over_things(raw, roads, each(raw, roads, "averageVehicleSpeed", of))

    free, rush = speed((0, 1, 2, 3, 4), False), speed((7, 8, 16, 17), True)
    return {code: free[code] / rush[code] for code in free.keys() & rush.keys()}


@check("lights-dimmed")
def dimmed(raw: Raw, when: Span) -> Numbers:
    lights = raw.things["Streetlight"]
    found = each(raw, lights, "illuminanceLevel", lambda told: or_none(mean, hours(told, when, 0.5, range(4))))
    return {code: 100 * (1 - number) for code, number in over_things(raw, lights, found).items()}


@check("transport-punctual")
def punctual(raw: Raw, when: Span) -> Numbers:
    def of(told: Series) -> float | None:
        last = [day[-1] for day in by_day(told, when).values()]
        return or_none(lambda there: share(there, lambda late: -60 <= late <= 180), last)

    return over_things(raw, raw.things["GtfsTrip"], each(raw, raw.things["GtfsTrip"], "delay", of))


@check("street-lights")
def working(raw: Raw, when: Span) -> Numbers:
    told = [one for one in raw.things["Streetlight"] if value(one.told, "status") is not None]
    return over_things(raw, told, {one.id: 100.0 * (value(one.told, "status") == "ok") for one in told})


@check("lights-gap")
def lights_gap(raw: Raw, when: Span) -> Numbers:
    return gap(raw, working(raw, when))


@check("stops-accessible")
def accessible(raw: Raw, when: Span) -> Numbers:
    stops = raw.things["GtfsStop"]
    return over_things(raw, stops, {one.id: 100.0 * (value(one.told, "wheelChairAccessible") == "1") for one in stops})


@check("residents-measure")
def measuring(raw: Raw, when: Span) -> Numbers:
    small = raw.some("AirQualityObserved", instrument="low-cost")
    return {code: 10_000 * len(inside(raw, code, small)) / raw.people(code) for code in raw.areas if raw.people(code)}


@check("open-data")
def open_data(raw: Raw, when: Span) -> Numbers:
    return dict.fromkeys(raw.areas, raw.open)


def within(metres: float, type: str, **facts: object) -> Check:
    return lambda raw, when: near(raw, raw.some(type, **facts), metres)


check("air-reach")(within(1000, "AirQualityObserved"))
check("bikes-reach")(within(500, "BikeHireDockingStation"))
check("green-reach")(within(300, "Garden"))
check("paper-reach")(within(500, "WasteContainer", storedWasteKind="paper"))
bus = check("transport-reach")(within(500, "GtfsStop"))


@check("transport-reach-gap")
def bus_gap(raw: Raw, when: Span) -> Numbers:
    return gap(raw, bus(raw, when))


def each_resident(raw: Raw, when: Span, *uses: str) -> Numbers:
    """Square metres with these uses."""
    used = land(raw, year(when), *uses)
    return {code: used[code] / raw.people(code) for code in raw.areas if raw.people(code)}


def year(when: Span) -> int:
    return local(when.start).year


def used(*uses: str) -> Check:
    """The percentage of land with these uses."""

    def made(raw: Raw, when: Span) -> Numbers:
        whole = land(raw, year(when), "homes", "work", "farmland", "nature", "water", "energy")
        return {code: 100 * part / whole[code] for code, part in land(raw, year(when), *uses).items()}

    return made


check("land-energy")(used("energy"))
check("land-farmland")(used("farmland"))
check("land-nature")(used("nature", "water"))
check("land-built")(lambda raw, when: each_resident(raw, when, "homes", "work"))
green = check("green-resident")(lambda raw, when: each_resident(raw, when, "nature"))


@check("land-farmland-lost")
def lost(raw: Raw, when: Span) -> Numbers:
    now, before = (land(raw, year(when) - ago, "farmland") for ago in (0, 5))
    # Surfaces are kept in whole square metres.
    return {code: 100 * (1 - now[code] / was) for code, was in before.items() if was > 0.5}


@check("green-gini")
def green_gini(raw: Raw, when: Span) -> Numbers:
    """Half of the mean difference between any two residents, by the mean."""
    found, has = {}, green(raw, when)
    for code in raw.areas:
        each = [(has[leaf], raw.areas[leaf].people) for leaf in raw.leaves(code) if leaf in has]
        people = sum(number for _, number in each)
        if len(each) > 1 and people:
            whole = fsum(one * number for one, number in each)
            apart = fsum(abs(one - other) * number * others for one, number in each for other, others in each)
            found[code] = apart / people / whole / 2
    return found


def written(raw: Raw, code: str, area: str, when: Span, holds: int) -> dict[str, float]:
    """What officers wrote last of each part, of this year or one of so many before."""
    found = {}
    for (of, part, place), told in raw.entered.items():
        years = [one for one in told if year(when) - holds <= one <= year(when)]
        if (of, place) == (code, area) and years:
            found[part] = told[max(years)]
    return found


def entered(code: str, of: Callable[[dict[str, float], float], float], holds: int = 2) -> Check:
    """`of`: the parts and the residents."""

    def made(raw: Raw, when: Span) -> Numbers:
        told = {area: written(raw, code, area, when, holds) for area in raw.areas}
        return {area: of(parts, raw.people(area)) for area, parts in told.items() if parts}

    return check(code)(made)


for name in (
    "child-poverty", "energy-poverty", "feel-unsafe", "housing-cost", "internet-home", "participatory-budget", "school-leavers",
    "unemployment",
):  # fmt: skip
    entered(name, lambda told, people: told["share"])

entered("co2-resident", lambda told, people: told["tonnes"] / people)
entered("energy-homes", lambda told, people: told["energy"] / people)
entered("road-deaths", lambda told, people: told["deaths"] / people * 100_000)
entered("solar-power", lambda told, people: told["power"] / people)
entered("voter-turnout", lambda told, people: told["votes"] / told["entitled"] * 100, holds=4)
entered("waste-residual", lambda told, people: told["residual"] / people * 1000)
entered("waste-separated", lambda told, people: told["apart"] / told["total"] * 100)
entered("women-council", lambda told, people: told["women"] / told["seats"] * 100)
