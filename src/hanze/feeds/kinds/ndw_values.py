# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one site of DATEX II measured: each value on its own, and those of all lanes as one where the table of sites tells."""

import math
from xml.etree.ElementTree import Element

import msgspec

from hanze.feeds import making
from hanze.feeds.kinds.ndw_sites import Site
from hanze.feeds.xml import text
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Instance

QUANTITIES = frozenset({"measuredValue", "physicalQuantity"})
"""In v2 and in v3."""

BASIC = {
    "vehicleFlow": ("intensity", "vehicleFlowRate"),
    "averageVehicleSpeed": ("averageVehicleSpeed", "speed"),
    "travelTime": ("travelTime", "duration"),
    "normallyExpectedTravelTime": ("referenceTravelTime", "duration"),
    "freeFlowTravelTime": ("referenceTravelTime", "duration"),
}
"""Element within basicData to the attribute, and to the element that holds the number."""

UNITS = {"intensity": "H10", "averageVehicleSpeed": "KMH", "travelTime": "SEC", "referenceTravelTime": "SEC"}
"""UN/CEFACT; H10 is per hour."""


class Value(msgspec.Struct, frozen=True):
    """One number of a site, or why there is none."""

    attribute: str
    index: str
    number: float
    wrong: str = ""


class Wrong(msgspec.Struct, frozen=True):
    """A value that was refused."""

    attribute: str
    index: str
    reason: str


def values(record: Element) -> list[Value]:
    """All that a siteMeasurements element tells, in its order."""
    found = []
    for quantity in record:
        if quantity.tag in QUANTITIES:
            index = quantity.get("index", "")
            for basic in quantity.iter("basicData"):
                found += [_value(one, index) for one in basic if one.tag in BASIC]
            found += _reference(quantity, index)
    return found


def instances(found: list[Value], site: Site | None, at: str) -> tuple[dict[str, list[Instance]], list[Wrong]]:
    """The attributes of a site, and what was refused.

    An attribute has one instance: of the whole road where the site tells its lanes, or the only value there is. Else it
    has one for each value, with a datasetId by its index: what they are of is not known, so that they cannot be summed.
    """
    made: dict[str, list[Instance]] = {}
    refused: list[Wrong] = []
    for attribute in dict.fromkeys(value.attribute for value in found):
        several = [value for value in found if value.attribute == attribute]
        whole = _whole(attribute, several, found, site)
        for value in several if whole is None else whole:
            if value.wrong:
                refused.append(Wrong(attribute, value.index, value.wrong))
                continue
            one = making.number(value.number, UNITS[attribute], at)
            assert one is not None
            if whole is None and len(several) > 1:
                one["datasetId"] = making.urn("Dataset", "index", value.index)
            made.setdefault(attribute, []).append(one)
    return made, refused


def _value(element: Element, index: str) -> Value:
    attribute, holder = BASIC[element.tag]
    if any(text(one) in ("true", "1") for one in element.iter("dataError")):
        reason = next((text(one) for one in element.iter("value")), "")
        return Value(attribute, index, 0, "the source says that it is an error" + (f": {reason}" if reason else ""))
    number = next(element.iter(holder), None)
    if number is None:
        return Value(attribute, index, 0, f"{element.tag} has no {holder}")
    if attribute == "averageVehicleSpeed" and element.get("numberOfInputValuesUsed") == "0":
        return Value(attribute, index, 0, "it is of no vehicle (numberOfInputValuesUsed is 0)")
    return _read(attribute, index, text(number), holder)


def _read(attribute: str, index: str, told: str, holder: str) -> Value:
    try:
        found = float(told)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        return Value(attribute, index, 0, f"{holder} is {shown(told)}, which is no number")
    if found < 0:
        return Value(attribute, index, 0, f"{holder} is {told}, which stands for no value")
    return Value(attribute, index, int(found) if found.is_integer() and found < 1e15 else found)


def _reference(quantity: Element, index: str) -> list[Value]:
    """The travel time that v2 of the Netherlands has in an extension."""
    return [
        _read("referenceTravelTime", index, text(duration), "duration")
        for reference in quantity.iter("basicDataReferenceValue")
        for duration in reference.iter("duration")
    ]


def _whole(attribute: str, several: list[Value], found: list[Value], site: Site | None) -> list[Value] | None:
    """The value of the road as a whole, refused where a part of it is missing; empty where no vehicle passed.

    None where it cannot be told: there is no table, or it does not tell one value of each lane.
    """
    if site is None:
        return None
    lanes = {site.lanes[value.index]: value for value in several if value.index in site.lanes}
    if not lanes or len(lanes) != sum(value.index in site.lanes for value in several):
        return None
    parts = list(lanes.values())
    if len(parts) == 1:
        return parts
    if attribute == "intensity":
        wrong = [value for value in parts if value.wrong]
        return wrong[:1] or [Value(attribute, "", sum(value.number for value in parts))]
    if attribute == "averageVehicleSpeed":
        return _mean(lanes, {site.lanes[one.index]: one for one in found if _flows(one, site)})
    return None


def _flows(value: Value, site: Site) -> bool:
    return value.attribute == "intensity" and value.index in site.lanes and not value.wrong


def _mean(speeds: dict[str, Value], flows: dict[str, Value]) -> list[Value] | None:
    """The speed of the vehicles of all lanes, each lane by how many passed; one where none passed does not count."""
    if not speeds.keys() <= flows.keys():
        return None
    used = [(flows[lane].number, speed) for lane, speed in speeds.items() if flows[lane].number > 0]
    wrong = [speed for _, speed in used if speed.wrong]
    if wrong or not used:
        return wrong[:1]
    total = sum(flow for flow, _ in used)
    return [Value("averageVehicleSpeed", "", round(sum(flow * speed.number for flow, speed in used) / total, 1))]
