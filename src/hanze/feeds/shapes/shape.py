# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a mapping of JSON says: where the things stand, and which of their values is what.

[mapping]
items = "records"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:gent:{recordid}"
time = { path = "fields.lastupdate" }
location = { lat = "fields.location[0]", lon = "fields.location[1]" }

[[mapping.attribute]]
name = "availableSpotNumber"
path = "fields.availablecapacity"
"""

from typing import Annotated

from msgspec import Meta, Struct

from hanze.feeds.shapes.path import steps
from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import fields

Text = Annotated[str, Meta(min_length=1)]
Path = Annotated[str, Meta(description='a path such as "fields.place[0]"')]


class Moment(Struct, frozen=True, forbid_unknown_fields=True):
    """When a thing was observed: a text, or seconds or milliseconds since 1970."""

    path: Path
    zone: Annotated[Text, Meta(description='a zone such as "Europe/Amsterdam", "+01:00" or "UTC"')] = "UTC"
    format: Annotated[Text, Meta(description='a form such as "%d.%m.%Y, %H:%M"')] | None = None


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a thing is, in degrees of WGS 84: two numbers, or a geometry of GeoJSON or of Esri's JSON."""

    lon: Path = ""
    lat: Path = ""
    geometry: Path = ""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One attribute. `values`: what the source's words become, such as { frei = "open" }. `units`: by attribute name, where
    that comes from a path."""

    name: Annotated[Text, Meta(description='an attribute name such as "availableSpotNumber" or "{part[2]}"')]
    path: Path
    kind: Annotated[
        str, Meta(pattern="^(number|text|boolean|relationship)$", description="number, text, boolean or relationship")
    ] = "number"
    unit: Annotated[Text, Meta(description='a UN/CEFACT code such as "C62"')] | None = None
    units: Annotated[dict[str, str], Meta(description='a table such as { pm25 = "GQ" }')] = {}
    values: Annotated[dict[str, str], Meta(description='a table such as { frei = "open" }')] = {}


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """How things in JSON become entities. `items`: the list of things; empty where the answer is the list, or one thing;
    with a last `.*` where they stand in an object, each under its key."""

    type: Annotated[Text, Meta(description='an entity type such as "OffStreetParking"')]
    id: Annotated[Text, Meta(description='a form such as "urn:ngsi-ld:OffStreetParking:gent:{recordid}"')]
    items: Path = ""
    attribute: tuple[Part, ...] = ()
    time: Moment | None = None
    location: Place | None = None

    @property
    def keyed(self) -> bool:
        """The things stand in an object, not in a list."""
        return self.items == "*" or self.items.endswith(".*")

    @property
    def holder(self) -> str:
        """The path of that list or object."""
        return self.items.removesuffix("*").removesuffix(".") if self.keyed else self.items

    def check(self) -> None:
        """ValueError says which key cannot be used, and why."""
        paths = {"items": self.holder, **{f"attribute {one.name}": one.path for one in self.attribute}}
        for form in (self.id, *(one.name for one in self.attribute)):
            paths |= {f"{{{path}}}": path for path in fields(form)}
        if self.time is not None:
            paths["time.path"] = self.time.path
            times.zone(self.time.zone)
        if self.location is not None:
            given = (bool(self.location.lon), bool(self.location.lat), bool(self.location.geometry))
            if given not in ((True, True, False), (False, False, True)):
                raise ValueError("location has neither lon and lat nor geometry alone; give either")
            paths |= {"location.lon": self.location.lon, "location.lat": self.location.lat}
            paths["location.geometry"] = self.location.geometry
        for name, path in paths.items():
            try:
                steps(path)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
