# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the bytes at an address to a proposal: the one place that tells formats apart. Pure; nothing is asked."""

import re
from typing import Any

import msgspec

from hanze.errors import SourceFailed
from hanze.feeds.gzip import MAGIC, unpacked
from hanze.feeds.kinds import gtfs_rt_message
from hanze.feeds.kinds.gtfs_tables import Tables
from hanze.feeds.probing import columns, names, rubbish, signs
from hanze.feeds.probing.mapping import Mapped
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.source import Feed

MOST_UNPACKED = 1 << 30

LOOKED = 4 << 20
"""Bytes of XML in which words are sought."""

_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")

OTHER_XML = (
    (
        b"opengis.net/wfs",
        "A web feature service (WFS)",
        "Ask it for GeoJSON, such as with outputFormat=application/json.",
    ),
    (b"opengis.net/wms", "A map service (WMS), which gives pictures", "Ask who keeps it for the data themselves."),
    (b"opengis.net/kml", "Places as KML", "Ask who keeps it for GeoJSON."),
    (b"opengis.net/gml", "Places as GML", "Ask who keeps it for GeoJSON."),
    (b"siri.org.uk", "Public transport as SIRI", "Ask who keeps it for GTFS Realtime."),
    (b"<rss", "News (RSS)", "Ask who keeps it for the data themselves."),
    (b"w3.org/2005/Atom", "News (Atom)", "Ask who keeps it for the data themselves."),
)


def guess(answer: Answer, hints: Hints = Hints()) -> Proposal:  # noqa: B008
    """What stands there and how it can be connected. Errors: SourceFailed where it is no data, damaged or not known."""
    rubbish.check(answer.body)
    name = hints.name or names.source_name(answer.url)
    body = answer.body
    if body.startswith(b"PK"):
        return _zip(answer, name)
    if body.startswith(MAGIC):
        inner = b"".join(unpacked(body, MOST_UNPACKED))
        rubbish.check(inner)
        if inner.lstrip()[:1] == b"<":
            return _xml(answer, inner, name)
        raise SourceFailed(
            "The answer is packed with gzip, and is not XML; no kind of source unpacks it.",
            "Ask for it without packing, or unpack it and load it with hanze load.",
        )
    if body.startswith(b"PAR1"):
        note = "Save it and load it with hanze load, which needs a mapping: docs/how-to/load-a-csv.md."
        return Proposal(name, "A table as Parquet.", None, [note])
    text = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _json(answer, hints, name)
    if text[:1] == b"<":
        return _xml(answer, text, name)
    return _rest(answer, hints, name)


def _json(answer: Answer, hints: Hints, name: str) -> Proposal:
    try:
        document = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _lines(answer, error, name)
    known = signs.service(document, answer, name)
    if known is not None:
        return known
    mapped = Mapped(answer, document, hints, name)
    where = f" at {mapped.items.path}" if mapped.items.path else ""
    things = "one thing" if mapped.count == 1 else f"{mapped.count:,} things"
    feed = Feed("json", answer.url, name, every=_every(answer), mapping=mapped.shape)
    return Proposal(name, f"{_format(document)} with {things}{where}.", feed, mapped.notes)


def _format(document: Any) -> str:
    if isinstance(document, dict):
        if document.get("type") in ("FeatureCollection", "Feature"):
            return "GeoJSON"
        if "geometryType" in document or "spatialReference" in document:
            return "JSON of Esri"
    return "JSON"


def _lines(answer: Answer, error: Exception, name: str) -> Proposal:
    first = answer.body.split(b"\n", 1)[0]
    try:
        msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SourceFailed(
            f"What stands there begins as JSON and is none: {error}.",
            "Ask again; where it stays so, tell who keeps the source that it is broken or cut off.",
        ) from None
    note = (
        "No kind of source reads lines over HTTP yet. Where they are NGSI-LD, save them and use: hanze load FILE.ndjson"
    )
    return Proposal(name, "Lines of JSON (NDJSON).", None, [note])


def _every(answer: Answer) -> float | None:
    """How often it is worth to look, where the source tells for how long its answer counts."""
    told = re.search(r"max-age=(\d{1,6})", answer.headers.get("cache-control", ""))
    seconds = int(told[1]) if told else 0
    return float(seconds) if 30 <= seconds <= 86_400 else None


def _zip(answer: Answer, name: str) -> Proposal:
    tables = Tables(answer.body)
    if "stops.txt" in tables.names:
        return Proposal(
            name,
            f"A timetable of public transport (GTFS) of {len(answer.body):,} bytes.",
            Feed("gtfs", answer.url, name),
        )
    files = ", ".join(sorted(tables.names)[:5])
    return Proposal(
        name,
        f"A zip with {files}.",
        None,
        ["No kind of source reads it; unpack it and use hanze load for a CSV in it."],
    )


def _xml(answer: Answer, text: bytes, name: str) -> Proposal:
    begin = text[:LOOKED]
    if b"siteMeasurements" in begin:
        what = "Measurements of roads in DATEX II, as NDW gives them."
        note = "Places, and one value for all lanes, come with: --set site_table=URL of the table of sites."
        return Proposal(name, what, Feed("ndw", answer.url, name), [note])
    if b"measurementSiteTable" in begin:
        note = f"Connect the measurements, and give this one with: --set site_table={answer.url}"
        return Proposal(name, "The table of sites of DATEX II, not the measurements.", None, [note])
    if b"datex2" in begin:
        kind = re.search(rb'type="(?:\w+:)?(\w+Publication)"', begin)
        told = f" ({kind[1].decode()})" if kind else ""
        return Proposal(name, f"DATEX II without measurements{told}.", None, [signs.NO_KIND.format("it")])
    for sign, what, advice in OTHER_XML:
        if sign in begin:
            return Proposal(name, f"{what}.", None, [signs.NO_KIND.format("it"), advice])
    root = _ROOT.search(begin)
    told = f" with the root {root[1].decode('ascii', 'replace')}" if root else ""
    return Proposal(name, f"XML{told}.", None, [signs.NO_KIND.format("it"), "See whether the source gives JSON too."])


def _rest(answer: Answer, hints: Hints, name: str) -> Proposal:
    if _realtime(answer.body):
        return Proposal(name, "Public transport as it is now (GTFS Realtime).", Feed("gtfs_rt", answer.url, name))
    found = columns.table(answer, hints, name)
    if found is not None:
        return found
    if re.search(rb"(?m)^openapi:", answer.body[:LOOKED]):
        return Proposal(
            name, "The description of an API (OpenAPI), not its data.", None, ["Give an address that it describes."]
        )
    if b"gtfs_realtime_version" in answer.body[:LOOKED]:
        raise SourceFailed(
            "GTFS Realtime as text stands there, which is for people.", "Give the address of the protobuf."
        )
    shown = answer.body[:40]
    kind = answer.headers.get("content-type", "")
    raise SourceFailed(
        f"What stands there is of no known format{f' ({kind})' if kind else ''}; it begins with {shown!r}.",
        "Ask who keeps the source for JSON, GeoJSON or CSV.",
    )


def _realtime(body: bytes) -> bool:
    """The bytes are GTFS Realtime, also where what reads it is not installed."""
    # Field 1 is the header, which begins with the version as a text.
    if not re.match(rb"\x0a[\x01-\x7f]\x0a[\x01-\x10]\d", body):
        return False
    try:
        gtfs_rt_message.message(body)
    except SourceFailed as failed:
        return "hanze[transit]" in failed.advice
    return True
