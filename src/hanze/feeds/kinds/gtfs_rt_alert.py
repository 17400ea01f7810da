# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Alerts of GTFS Realtime: what goes wrong, when, and for which routes and stops."""

from collections.abc import Callable
from typing import Any, TypeVar

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds.gtfs_rt_fields import Fields, Names, Reading, enum, moment, stamp, text
from hanze.ngsild.entity import Instance

T = TypeVar("T")

MOST_PARTS = 1000
"""Of periods, and of what is affected."""

SEVERITY = {"INFO": "informational", "WARNING": "medium", "SEVERE": "high"}
"""To the words of the Smart Data Model."""


def alert(entry: Any, names: Names, told: int | None) -> Reading:
    """The alert of a FeedEntity. Errors: BadRequestData."""
    found = entry.alert
    fields = Fields()
    if not entry.id:
        raise BadRequestData("it has no id.")
    periods = fields.read("active_period", _each, _period, found.active_period) or []
    affected = fields.read("informed_entity", _each, _affected, found.informed_entity) or []
    made = making.entity(
        making.urn("Alert", names.feed, text(entry.id, "id")),
        "Alert",
        {
            "category": making.plain("traffic"),
            "name": fields.read("header_text", _languages, found.header_text),
            "description": fields.read("description_text", _languages, found.description_text),
            "page": fields.read("url", _languages, found.url),
            "cause": making.plain(enum(found, "cause")),
            "effect": making.plain(enum(found, "effect")),
            "severity": making.plain(SEVERITY.get(enum(found, "severity_level") or "")),
            "validFrom": making.plain(min((one["start"] for one in periods if "start" in one), default=None)),
            "validTo": making.plain(_end(periods)),
            "activePeriods": making.plain(periods or None),
            "affects": making.plain(affected or None),
            "hasRoute": _links([names.to_route(one.get("routeId", "")) for one in affected]),
            "hasStop": _links([names.to_stop(one.get("stopId", "")) for one in affected]),
        },
    )
    return Reading(made, told, fields.refused)


def _each(read: Callable[[Any], T], parts: Any) -> list[T]:
    if len(parts) > MOST_PARTS:
        raise BadRequestData(f"there are {len(parts)} of them; {MOST_PARTS} are read at most.")
    return [read(part) for part in parts]


def _period(period: Any) -> dict[str, str]:
    told = {name: stamp(moment(getattr(period, name), name)) for name in ("start", "end")}
    return {name: when for name, when in told.items() if when}


def _end(periods: list[dict[str, str]]) -> str | None:
    """The latest end; None where a period has none."""
    return max((one["end"] for one in periods), default=None) if all("end" in one for one in periods) else None


def _affected(selector: Any) -> dict[str, Any]:
    told = {
        "agencyId": text(selector.agency_id, "agency_id"),
        "routeId": text(selector.route_id, "route_id") or text(selector.trip.route_id, "trip.route_id"),
        "tripId": text(selector.trip.trip_id, "trip.trip_id"),
        "stopId": text(selector.stop_id, "stop_id"),
    }
    kind = {"routeType": selector.route_type} if selector.HasField("route_type") else {}
    return {**{name: value for name, value in told.items() if value}, **kind}


def _languages(texts: Any) -> Instance | None:
    """The text in its languages; what has none told is in @none."""
    found: dict[str, str] = {}
    for one in texts.translation:
        found.setdefault(text(one.language, "language") or "@none", text(one.text, "text"))
    return {"type": "LanguageProperty", "languageMap": found} if found else None


def _links(links: list[Instance | None]) -> Instance | None:
    objects = list(dict.fromkeys(one["object"] for one in links if one))
    return {"type": "Relationship", "object": objects if len(objects) > 1 else objects[0]} if objects else None
