# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mapping of a dropped file as a form, and back. Pure."""

from collections.abc import Callable, Iterator

import msgspec

from hanze.errors import BadRequestData, ConfigurationError
from hanze.feeds.shapes.shape import Moment, Part, Place, Shape
from hanze.feeds.source import Feed
from hanze.feeds.tables import Mapping as Table
from hanze.feeds.tables import check
from hanze.feeds.tables.checking import attribute_name
from hanze.feeds.tables.mapping import Attribute, Location, Time, fields
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _

KINDS = (
    Choice("number", _("number")), Choice("text", _("text")), Choice("boolean", _("yes or no")),
    Choice("relationship", _("the id of another thing")),
)  # fmt: skip

MOST = 60
"""Columns that a form asks about."""

NONE = "(none)"
"""What is answered where no column tells it."""

Say = Callable[[str], str]


def form(feed: Feed, header: list[str], say: Say) -> Form:
    """The questions: what each row becomes, and what each column tells. `header`: the columns of a table, empty for JSON."""
    asked = [
        Field(name="type", label=_("Type of the things"), help=_("A name such as AirQualityObserved."), longest=200),
        Field(name="id", label=_("Id of each thing"), help=_("Names of columns stand in braces."), longest=500),
    ]
    if feed.table is not None:
        columns = (*(Choice(name, name) for name in header), Choice(NONE, _("none")))
        asked += [
            Field(name="time", label=_("Column with the time"), kind="choice", required=False, choices=columns),
            Field(name="zone", label=_("Time zone where the times name none"), required=False, longest=60),
            Field(name="lon", label=_("Column with the longitude"), kind="choice", required=False, choices=columns),
            Field(name="lat", label=_("Column with the latitude"), kind="choice", required=False, choices=columns),
            Field(name="decimal", label=_("Decimal sign"), kind="choice", choices=(Choice(".", "."), Choice(",", ","))),
        ]
    else:
        path = _("A path in the data, such as fields.place[0]. Empty: there is none.")
        asked += [
            Field(name="time", label=_("Where the time stands"), required=False, longest=200, help=path),
            Field(name="zone", label=_("Time zone where the times name none"), required=False, longest=60),
            Field(name="lon", label=_("Where the longitude stands"), required=False, longest=200, help=path),
            Field(name="lat", label=_("Where the latitude stands"), required=False, longest=200, help=path),
            Field(
                name="geometry",
                label=_("Where the place stands, if it is one geometry"),
                required=False,
                longest=200,
                help=path,
            ),
        ]
    for number, column in enumerate(_columns(feed, header)):
        asked += _about(number, column, say)
    asked += [
        Field(name="provider", label=_("Who gave these data"), required=False, longest=200),
        Field(name="licence", label=_("Address of their licence"), required=False, longest=500),
    ]
    return Form(tuple(asked), _("Use this"))


def _about(number: int, column: str, say: Say) -> list[Field]:
    """What is asked of one column."""
    name, kind, unit = (f"{column}: {say(one)}" for one in (_("name"), _("kind"), _("unit")))
    code = _("A UN/CEFACT code such as GQ for µg/m³.")
    return [
        Field(name=f"name {number}", label=name, required=False, help=_("Empty: it is left out."), longest=200),
        Field(name=f"kind {number}", label=kind, kind="choice", choices=KINDS, required=False),
        Field(name=f"unit {number}", label=unit, required=False, help=code, longest=40),
    ]


def answers(feed: Feed, header: list[str]) -> dict[str, str]:
    """What the form says where nothing was corrected yet."""
    shape = feed.table or feed.mapping
    assert shape is not None
    told = {"type": shape.type, "id": shape.id, "provider": feed.provider, "licence": feed.licence}
    if feed.table is not None:
        table = feed.table
        told |= {"decimal": table.csv.decimal, "zone": table.time.zone if table.time else ""}
        told |= {"time": table.time.column if table.time else NONE}
        told |= {
            "lon": table.location.lon if table.location else NONE,
            "lat": table.location.lat if table.location else NONE,
        }
    if feed.mapping is not None:
        moment, place = feed.mapping.time, feed.mapping.location
        told |= {"time": moment.path, "zone": moment.zone} if moment else {}
        told |= {"lon": place.lon, "lat": place.lat, "geometry": place.geometry} if place else {}
    for number, column in enumerate(_columns(feed, header)):
        one = _known(feed, column)
        told |= {f"kind {number}": one.kind if one else "text"}
        told |= {f"name {number}": one.name, f"unit {number}": one.unit or ""} if one else {}
    return told


def corrected(feed: Feed, header: list[str], filled: Filled) -> Feed | None:
    """The feed as the form says; None where that cannot be, in which case the form tells why."""
    try:
        if feed.table is not None:
            made = msgspec.structs.replace(feed, table=_table(feed, feed.table, header, filled))
        else:
            made = msgspec.structs.replace(feed, mapping=_shape(feed, filled))
    except (ConfigurationError, BadRequestData) as error:
        filled.fail("", error.detail)
        return None
    except ValueError as error:
        filled.fail("", f"{error}.")
        return None
    return msgspec.structs.replace(made, provider=filled["provider"], licence=filled["licence"])


def _columns(feed: Feed, header: list[str]) -> list[str]:
    if feed.mapping is not None:
        return [one.path for one in feed.mapping.attribute][:MOST]
    return header[:MOST]


def _known(feed: Feed, column: str) -> Attribute | Part | None:
    """What is made of the column at present."""
    if feed.table is not None:
        return next((one for one in feed.table.attribute if one.column == column), None)
    assert feed.mapping is not None
    return next((one for one in feed.mapping.attribute if one.path == column), None)


def _table(feed: Feed, table: Table, header: list[str], filled: Filled) -> Table:
    """Errors: ConfigurationError."""
    made = msgspec.structs.replace(
        table,
        type=filled["type"],
        id=filled["id"],
        attribute=tuple(_attributes(feed, header, filled)),
        time=_time(table, filled),
        location=_location(filled),
        csv=msgspec.structs.replace(table.csv, decimal=filled["decimal"]),
    )
    check(made, _NAME)
    missing = [one for one in made.columns() if one not in header]
    if missing:
        raise ConfigurationError(f"There is no column {missing[0]!r}; the columns are {', '.join(header)}.")
    return made


_NAME = "The mapping"


def _attributes(feed: Feed, header: list[str], filled: Filled) -> Iterator[Attribute]:
    for number, column in enumerate(_columns(feed, header)):
        name, unit = filled[f"name {number}"], filled[f"unit {number}"] or None
        if not name:
            continue
        known = _known(feed, column)
        kind = filled[f"kind {number}"] or "text"
        if isinstance(known, Attribute):
            factor = known.factor if kind == "number" else 1.0
            yield msgspec.structs.replace(known, name=name, kind=kind, unit=unit, factor=factor)
        else:
            yield Attribute(name, column, unit, kind=kind)


def _told(filled: Filled, name: str) -> str:
    """A column; empty where none was chosen."""
    return "" if filled[name] == NONE else filled[name]


def _location(filled: Filled) -> Location | None:
    """Errors: ConfigurationError where only half of it was chosen."""
    lon, lat = _told(filled, "lon"), _told(filled, "lat")
    if bool(lon) != bool(lat):
        raise ConfigurationError(
            "A place needs a column with the longitude and one with the latitude; choose both, or none."
        )
    return Location(lon, lat) if lon else None


def _time(table: Table, filled: Filled) -> Time | None:
    if not _told(filled, "time"):
        return None
    same = table.time is not None and table.time.column == filled["time"]
    return Time(filled["time"], filled["zone"] or "UTC", table.time.format if same and table.time else None)


def _moment(shape: Shape, filled: Filled) -> Moment | None:
    if not filled["time"]:
        return None
    same = shape.time is not None and shape.time.path == filled["time"]
    return Moment(filled["time"], filled["zone"] or "UTC", shape.time.format if same and shape.time else None)


def _place(filled: Filled) -> Place | None:
    told = {name: filled[name] for name in ("lon", "lat", "geometry")}
    return Place(**told) if any(told.values()) else None


def _shape(feed: Feed, filled: Filled) -> Shape:
    """Errors: BadRequestData, ValueError."""
    assert feed.mapping is not None
    made = []
    for number, one in enumerate(feed.mapping.attribute):
        name = filled[f"name {number}"] if number < MOST else one.name
        if not name:
            continue
        if not fields(name):
            attribute_name(name, "a name")
        told = (
            {"kind": filled[f"kind {number}"] or one.kind, "unit": filled[f"unit {number}"] or None}
            if number < MOST
            else {}
        )
        made.append(msgspec.structs.replace(one, name=name, **told))
    attribute_name(filled["type"], "the type")
    if len({one.name for one in made}) < len(made):
        raise BadRequestData("Two columns have the same name; give each its own.")
    shape = msgspec.structs.replace(
        feed.mapping, type=filled["type"], id=filled["id"], attribute=tuple(made), time=_moment(feed.mapping, filled),
        location=_place(filled),
    )  # fmt: skip
    # What is one thing alone has an id without a column.
    if fields(feed.mapping.id) and not fields(shape.id):
        raise BadRequestData("The id is the same for all things; name a column in braces.")
    shape.check()
    return shape
