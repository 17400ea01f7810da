# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement about data says: who may use which data, for what, why that is allowed, where, how exact, how long, and what
the partner must do for it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from hanze.errors import BadRequestData
from hanze.errors import mark as _
from hanze.experiments.trials import days
from hanze.ngsild import checks, duration
from hanze.ngsild.context import CORE

Purpose = Literal["trial", "research", "evaluation", "service", "education"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

Basis = Literal[
    "none", "consent", "contract", "legal obligation", "vital interests", "public task", "legitimate interests"
]
"""Why it is allowed (GDPR, article 6, paragraph 1, a to f); none: there are no personal data in it."""

BASES: tuple[Basis, ...] = get_args(Basis)

Sharing = Literal["no", "consent", "same terms"]
"""Whether the partner may hand the data on: not at all, where the city agrees each time, to who keeps the same terms."""

SHARINGS: tuple[Sharing, ...] = get_args(Sharing)

Publication = Literal["none", "results"]
PUBLICATIONS: tuple[Publication, ...] = get_args(Publication)

FREE = "0"

SHORTEST, LONGEST = 60_000_000, 366 * 86_400_000_000
"""Microseconds of a level."""

MOST_RATE, MOST_DAYS = 6_000, 3_650

PERSONAL = frozenset(
    {
        "Person", "Patient", "Resident", "Citizen", "Employee", "Student", "Pupil", "Child", "Household", "User", "Account",
        "Contact", "PersonalData", "MedicalRecord", "Vote", "Ballot", "Candidate", "Beneficiary",
    }
)  # fmt: skip
"""Types that are about persons by their name (schema.org, Smart Data Models): no agreement opens them."""

Level = Annotated[
    str, Meta(description="Empty: as it is. Else the shortest period over which it is seen, such as PT1H.")
]
Day = Annotated[str, Meta(description="A day such as 2026-03-01.", pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class Attribute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribute, as it is or only as aggregate."""

    name: Annotated[str, Meta(description="Its name, such as no2.", min_length=1)]
    level: Level = ""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One type of things, and what is seen of them; nothing else is."""

    type: Annotated[str, Meta(description="Its name, such as AirQualityObserved.", min_length=1)]
    attributes: Annotated[tuple[Attribute, ...], Meta(description="At least one.", min_length=1)]


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """All that was agreed; both sides sign exactly this."""

    name: Annotated[str, Meta(description="What it is called.", min_length=1)]
    about: Annotated[str, Meta(description="What it is for, in plain words.")]
    city: Annotated[str, Meta(description="Who gives the data.", min_length=1)]
    partner: Annotated[str, Meta(description="The id of the organisation that gets them.", min_length=1)]
    partner_name: Annotated[str, Meta(description="Its name.", min_length=1)]
    data: Annotated[tuple[Part, ...], Meta(description="What may be seen.", min_length=1)]
    purpose: Annotated[Purpose, Meta(description="What for, and for nothing else.")]
    basis: Annotated[Basis, Meta(description="Why it is allowed (GDPR, article 6); none: no personal data.")]
    area: Annotated[str, Meta(description="The code of an area of the city; empty: no such limit.")] = ""
    shape: Annotated[dict[str, Any] | None, Meta(description="Or a polygon (GeoJSON, WGS 84).")] = None
    since: Day = ""
    """From the first of these days the data themselves are of, up to and including the last; empty: no limit."""
    until: Day = ""
    starts: Annotated[Day, Meta(description="The first day on which it holds.")]
    ends: Annotated[Day, Meta(description="The last day.")]
    rate: Annotated[int, Meta(description="Requests a minute.", ge=1, le=MOST_RATE)] = 60
    sharing: Sharing = "no"
    deletion: Annotated[int, Meta(description="Days after the end until all is deleted.", ge=0, le=MOST_DAYS)] = 30
    proof: Annotated[bool, Meta(description="The partner shows that it is deleted.")] = True
    publication: Publication = "results"
    credit: Annotated[bool, Meta(description="The partner names the city as the source.")] = True
    contact: Annotated[str, Meta(description="A mail address for questions.", min_length=3)]
    price: Annotated[str, Meta(description="0, or what is paid, in words.", min_length=1)] = FREE


def micro(level: str) -> int | None:
    """Microseconds of a level; None for as it is, and for what is no period of a fixed length."""
    try:
        return duration.parse(level).fixed if level else None
    except BadRequestData:
        return None


def term(name: str) -> str:
    """The name of a type or attribute as it is written everywhere. Errors: BadRequestData where it is none."""
    return CORE.compact(CORE.expand(checks.name(name, "name")))


class Wrong(msgspec.Struct, frozen=True):
    """`field`: of the terms; `value`: what stands there; `told`: an English sentence of the catalogues with the fix."""

    field: str
    value: str
    told: str


def wrong(terms: Terms) -> Iterator[Wrong]:
    """What cannot be agreed on."""
    yield from _data(terms)
    yield from _days(terms)
    if terms.area and terms.shape:
        yield Wrong("area", terms.area, _("Say in one way where: by an area or by a shape."))
    if terms.shape is not None:
        yield from _shape(terms.shape)
    if "@" not in terms.contact:
        yield Wrong("contact", terms.contact, _("This is no mail address. Write it like name@example.org."))


def _data(terms: Terms) -> Iterator[Wrong]:
    types = [one.type for one in terms.data]
    for part in terms.data:
        if types.count(part.type) > 1:
            yield Wrong("data", part.type, _("This type stands there twice. Put all its attributes in one line."))
        if is_personal(part.type):
            yield Wrong("data", part.type, _("Data about persons cannot be part of an agreement. Leave this type out."))
        names = [one.name for one in part.attributes]
        if len(set(names)) < len(names):
            yield Wrong("data", part.type, _("An attribute stands there twice. Leave one out."))
    for text in (one.level for part in terms.data for one in part.attributes):
        if text and not SHORTEST <= (micro(text) or 0) <= LONGEST:
            yield Wrong("data", text, _("Give a period from one minute to a year, such as PT1H or P1D."))


def is_personal(type: str) -> bool:
    """By its last word, whatever vocabulary it is of, and what this node keeps of people."""
    return type.replace("#", "/").rpartition("/")[2] in PERSONAL


def _days(terms: Terms) -> Iterator[Wrong]:
    for name in ("starts", "ends", "since", "until"):
        text = getattr(terms, name)
        if days.day(text) is None and (text or name in ("starts", "ends")):
            yield Wrong(name, text, _("This is no day. Write it like 2026-03-31."))
    if terms.ends < terms.starts:
        yield Wrong("ends", terms.ends, _("The last day comes after the first one."))
    if terms.since and terms.until and terms.until < terms.since:
        yield Wrong("until", terms.until, _("The last day comes after the first one."))


def _shape(shape: dict[str, Any]) -> Iterator[Wrong]:
    try:
        if checks.geometry(shape, "shape")["type"] not in ("Polygon", "MultiPolygon"):
            raise BadRequestData("shape is no polygon; give one.")
    except (BadRequestData, KeyError, TypeError):
        yield Wrong("shape", str(shape)[:80], _("This is no polygon. Give one in GeoJSON, in degrees."))


def normal(terms: Terms) -> Terms:
    """The same written in one way: names as the core context has them, in order. Errors: BadRequestData for what is no name."""
    parts = [
        Part(
            term(part.type), tuple(sorted((Attribute(term(one.name), one.level) for one in part.attributes), key=_name))
        )
        for part in terms.data
    ]
    return msgspec.structs.replace(terms, data=tuple(sorted(parts, key=lambda one: one.type)))


def _name(one: Attribute) -> str:
    return one.name


def check(terms: Terms) -> Terms:
    """In normal form. Errors: BadRequestData with all that is wrong, by field and value."""
    terms = normal(terms)
    if found := list(wrong(terms)):
        raise BadRequestData(" ".join(f"{one.field} is {checks.shown(one.value)}: {one.told}" for one in found))
    return terms


def read(value: Any) -> Terms:
    """From plain parts. Errors: BadRequestData that names the field."""
    try:
        return check(msgspec.convert(value, Terms))
    except msgspec.ValidationError as error:
        raise BadRequestData(f"The terms cannot be used: {error}; correct that field.") from None


def schema() -> dict[str, Any]:
    """JSON Schema of the terms."""
    return msgspec.json.schema(Terms)
