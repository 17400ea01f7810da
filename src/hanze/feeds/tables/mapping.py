# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a mapping says: which column is what. It is a small TOML file; the command reads it into these values.

type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:NL:{station}"

[time]
column = "start"
zone = "+01:00"

[[attribute]]
name = "{component}"        # one observation a row: the name comes from a column
column = "value"
rename = { "PM2.5" = "pm25" }
units = { pm25 = "GQ" }

Where each station has a column of its own, named by its code, [wide] makes rows of station and value of them:

[wide]
columns = "NL*"
name = "station"
"""

import re
from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(min_length=1)]
_FIELD = re.compile(r"\{([^{}]*)\}")


class Time(Struct, frozen=True, forbid_unknown_fields=True):
    """When a row was observed."""

    column: Annotated[Text, Meta(description='the name of a column, such as "start"')]
    zone: Annotated[Text, Meta(description='a zone such as "Europe/Amsterdam", "+01:00" or "UTC"')] = "UTC"
    """Zone of times that name none."""
    format: Annotated[Text, Meta(description='a form such as "%Y%m%d %H:%M"')] | None = None
    """Form of the times as for strptime; without it ISO 8601."""


class Attribute(Struct, frozen=True, forbid_unknown_fields=True):
    """One attribute; `name` may name columns in braces."""

    name: Annotated[Text, Meta(description='an attribute name such as "no2" or "{component}"')]
    column: Annotated[Text, Meta(description="the name of a column")]
    unit: Annotated[Text, Meta(description='a UN/CEFACT code such as "GQ"')] | None = None
    units: Annotated[dict[str, str], Meta(description='a table such as { pm25 = "GQ" }')] = {}
    """Unit per attribute name, where the name comes from a column."""
    rename: Annotated[dict[str, str], Meta(description='a table such as { "PM2.5" = "pm25" }')] = {}
    kind: Annotated[
        str, Meta(pattern="^(number|text|boolean|relationship)$", description="number, text, boolean or relationship")
    ] = "number"
    factor: Annotated[float, Meta(description="a number such as 0.1")] = 1.0
    """What a number is multiplied by, such as 0.1 where a table has tenths."""
    values: Annotated[dict[str, str], Meta(description='a table such as { "-1" = "0" }')] = {}
    """What stands in the table for what it means, before all else; an empty text is no value."""


class Location(Struct, frozen=True, forbid_unknown_fields=True):
    """Columns with longitude and latitude in degrees (WGS 84)."""

    lon: Annotated[Text, Meta(description="the name of the column with the longitude")]
    lat: Annotated[Text, Meta(description="the name of the column with the latitude")]


class Csv(Struct, frozen=True, forbid_unknown_fields=True):
    """How a CSV file is written."""

    delimiter: Annotated[str, Meta(min_length=1, max_length=1, description='one character such as ";"')] = ","
    decimal: Annotated[str, Meta(pattern="^[.,]$", description='"." or ","')] = "."
    encoding: Annotated[Text, Meta(description='an encoding such as "utf-8" or "latin-1"')] = "utf-8-sig"
    skip: Annotated[int, Meta(ge=0, description="how many lines stand above the header")] = 0
    header: Annotated[str, Meta(description='how the line of the header begins, such as "# STN"')] = ""
    """Where it is not known how many lines stand above the header."""
    columns: Annotated[tuple[str, ...], Meta(description='a list such as ["start", "value"]')] = ()
    """Names of the columns of a file without a header."""
    missing: Annotated[tuple[str, ...], Meta(description='a list such as ["", "-"]')] = ("", "NA", "NaN", "null")


class Wide(Struct, frozen=True, forbid_unknown_fields=True):
    """A table with a column for each thing: each cell of them becomes a row of its own, with the name of its column."""

    columns: Annotated[Text, Meta(description='a pattern of column names such as "NL*"')]
    name: Annotated[Text, Meta(description='what to call the name of the column, such as "station"')] = "name"
    value: Annotated[Text, Meta(description='what to call the cell, such as "value"')] = "value"


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """How the columns of a table become entities."""

    type: Annotated[Text, Meta(description='an entity type such as "AirQualityObserved"')]
    id: Annotated[Text, Meta(description='a form such as "urn:ngsi-ld:Station:{station}"')]
    attribute: tuple[Attribute, ...] = ()
    time: Time | None = None
    location: Location | None = None
    wide: Wide | None = None
    csv: Csv = Csv()
    context: Annotated[Text, Meta(description="the URL of an @context")] | None = None
    tenant: str = ""

    def columns(self) -> list[str]:
        """The columns that the mapping needs by name."""
        found = [*fields(self.id)]
        for attribute in self.attribute:
            found += [attribute.column, *fields(attribute.name)]
        if self.time:
            found.append(self.time.column)
        if self.location:
            found += [self.location.lon, self.location.lat]
        made = (self.wide.name, self.wide.value) if self.wide else ()
        return [one for one in dict.fromkeys(found) if one not in made]


def fields(form: str) -> list[str]:
    """The columns that a form such as `urn:x:{station}` names."""
    return _FIELD.findall(form)


def fill(form: str, values: dict[str, str]) -> str:
    """The form with the columns' values in place."""
    return put(form, values.__getitem__)


def put(form: str, value: Callable[[str], str]) -> str:
    """The form with what `value` makes of each name in braces."""
    return _FIELD.sub(lambda found: value(found.group(1)), form)
