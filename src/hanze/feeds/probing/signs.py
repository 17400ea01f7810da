# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signs by which an answer in JSON is known as one of a service: one that a kind reads, or one that none reads yet."""

import re
from collections.abc import Callable
from typing import Any

from hanze.errors import SourceFailed
from hanze.feeds.kinds import KINDS
from hanze.feeds.probing.proposal import Answer, Proposal
from hanze.feeds.source import Feed, Option

GBFS_FILES = frozenset({"stations", "bikes", "vehicles", "vehicle_types", "regions", "plans", "alerts"})

BROKER = re.compile(r"^(.*?)/ngsi-ld/v1(/.*)?$")
LUCHTMEETNET = re.compile(r"/(stations|measurements|lki|components|organisations)(/.*)?(\?.*)?$")

MOST_STATIONS = 3
"""Of Luchtmeetnet, at a first look: it takes 100 calls in five minutes."""


def service(document: Any, answer: Answer, name: str) -> Proposal | None:
    """What is proposed for the answer of a known service; None where it is of none. Errors: SourceFailed where it is a part
    of one that cannot be read for itself."""
    return next((found for sign in SIGNS if (found := sign(document, answer, name)) is not None), None)


def _feed(kind: str, url: str, name: str, **options: Option) -> Feed | None:
    """None where there is no such kind."""
    return Feed(kind, url, name, options={**options}) if kind in KINDS else None


def _gbfs(document: Any, answer: Answer, name: str) -> Proposal | None:
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict) or not {"last_updated", "ttl"} & document.keys():
        return None
    holders = [data, *(one for one in data.values() if isinstance(one, dict))]
    lists = [one["feeds"] for one in holders if isinstance(one.get("feeds"), list)]
    if lists:
        files = [str(one.get("name")) for one in lists[0] if isinstance(one, dict)]
        return Proposal(
            name, f"The list of files of a GBFS system: {', '.join(files)}.", _feed("gbfs", answer.url, name)
        )
    if GBFS_FILES & data.keys() or "system_id" in data:
        raise SourceFailed(
            "One file of a GBFS system stands there, not the list of its files.",
            "Give the address of gbfs.json of the system, which often stands beside it.",
        )
    return None


def _luchtmeetnet(document: Any, answer: Answer, name: str) -> Proposal | None:
    data = document.get("data") if isinstance(document, dict) else None
    if isinstance(data, dict):
        numbers = [part for part in answer.url.split("/") if re.fullmatch(r"NL\d{5}", part)]
        known = {"components", "geometry", "municipality", "organisation"} <= data.keys()
    else:
        some = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
        numbers = [str(one.get("number", one.get("station_number", ""))) for one in some]
        listed = bool(numbers) and all(re.fullmatch(r"NL\d{5}", one) for one in numbers)
        fits = some and (listed or {"formula", "timestamp_measured"} <= some[0].keys())
        known = bool(fits) and "pagination" in document
    if not known:
        return None
    url = LUCHTMEETNET.sub("", answer.url)
    chosen = list(dict.fromkeys(one for one in numbers if one))[:MOST_STATIONS]
    feed = _feed("luchtmeetnet", url, name)
    small = _feed("luchtmeetnet", url, name, stations=chosen, hours=1.0) if chosen else feed
    note = "All stations are taken; take those of your city only with: --set stations=NL10636,NL49012"
    return Proposal(name, "The air quality of Luchtmeetnet.", feed, [note], trial=small)


def _sensor_community(document: Any, answer: Answer, name: str) -> Proposal | None:
    first = document[0] if isinstance(document, list) and document else None
    if not isinstance(first, dict) or not {"sensordatavalues", "sensor", "location"} <= first.keys():
        return None
    note = 'Take the sensors of your city only with: --set box="4.2,52.0,4.5,52.2"'
    what = f"{len(document)} readings of sensors of sensor.community."
    return Proposal(name, what, _feed("sensor_community", answer.url, name), [note])


def _ngsi_ld(document: Any, answer: Answer, name: str) -> Proposal | None:
    items = document if isinstance(document, list) else [document]
    first = items[0] if items and isinstance(items[0], dict) else {}
    root = BROKER.match(answer.url)
    types = first.get("type") == "EntityTypeList" or (root is not None and "typeName" in first)
    if not types and not _entity(first):
        return None
    if root is None:
        what = f"{len(items)} entities of NGSI-LD, as a file and not as the answer of a broker."
        note = "Load them once with: hanze load FILE.jsonld --folder my-city"
        return Proposal(name, what, None, [note], ready=True)
    feed = _feed("ngsild", root[1] or answer.url, name)
    return Proposal(name, "A broker of NGSI-LD.", feed, [] if feed else [NO_KIND.format("another broker")])


def _entity(first: dict[str, Any]) -> bool:
    told = isinstance(first.get("id"), str) and ":" in first["id"] and isinstance(first.get("type"), str | list)
    kinds = {one.get("type") for one in first.values() if isinstance(one, dict)}
    return told and bool({"Property", "GeoProperty", "Relationship"} & {one for one in kinds if isinstance(one, str)})


NO_KIND = "There is no kind of source for {} yet."


def _sensor_things(document: Any, answer: Answer, name: str) -> Proposal | None:
    value = document.get("value") if isinstance(document, dict) else None
    some = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    root = {one.get("name") for one in some} >= {"Things", "Datastreams"}
    if (
        not root
        and not (some and "@iot.id" in some[0])
        and "@iot.id" not in (document if isinstance(document, dict) else ())
    ):
        return None
    return Proposal(name, "A service of OGC SensorThings.", None, [NO_KIND.format("SensorThings")])


def _ckan(document: Any, answer: Answer, name: str) -> Proposal | None:
    if not isinstance(document, dict) or not {"help", "success", "result"} <= document.keys():
        return None
    note = "Give the address of a file that it lists (JSON, GeoJSON or GTFS) instead."
    return Proposal(name, "A catalogue of data sets (CKAN).", None, [NO_KIND.format("CKAN"), note])


def _ogc(document: Any, answer: Answer, name: str) -> Proposal | None:
    links = document.get("links") if isinstance(document, dict) else None
    if not isinstance(links, list) or "features" in document:
        return None
    rels = {str(one.get("rel")).rpartition("/")[2] for one in links if isinstance(one, dict)}
    collections = document.get("collections")
    if not isinstance(collections, list) and not rels & {"conformance", "data", "service-desc"}:
        return None
    names = [str(one.get("id")) for one in collections or () if isinstance(one, dict)]
    base = answer.url.partition("?")[0].removesuffix("/").removesuffix("/collections")
    item = f"{base}/collections/{names[0] if names else 'NAME'}/items?f=json&limit=1000"
    listed = f" Its collections: {', '.join(names[:10])}." if names else ""
    note = f"One page of a collection can be read as JSON; probe an address such as {item}"
    return Proposal(name, f"A service of OGC API Features.{listed}", None, [NO_KIND.format("OGC API Features"), note])


def _description(document: Any, answer: Answer, name: str) -> Proposal | None:
    if not isinstance(document, dict):
        return None
    if {"openapi", "swagger"} & document.keys():
        return Proposal(
            name, "The description of an API (OpenAPI), not its data.", None, ["Give an address that it describes."]
        )
    if set(document) == {"@context"}:
        return Proposal(
            name, "An @context of JSON-LD, which gives names and no data.", None, ["Give the address of the data."]
        )
    return None


def _refusal(document: Any, answer: Answer, name: str) -> Proposal | None:
    told = {"error", "errors", "message", "detail", "exception", "fault"}
    if not isinstance(document, dict) or not told & {one.lower() for one in document} or len(document) > 5:
        return None
    if any(isinstance(one, list) and one and isinstance(one[0], dict) for one in document.values()):
        return None
    text = next(value for one, value in document.items() if one.lower() in told)
    raise SourceFailed(
        f"The source answers with an error: {str(text)[:200]}", "Look at the address and its parameters."
    )


Sign = Callable[[Any, Answer, str], Proposal | None]

SIGNS: tuple[Sign, ...] = (
    _gbfs, _luchtmeetnet, _sensor_community, _sensor_things, _ngsi_ld, _ckan, _ogc, _description, _refusal,
)  # fmt: skip
