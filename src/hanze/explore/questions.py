# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A thing as questions of a form: each value as a text that a person can change, and back. Pure."""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from hanze.errors import BadRequestData
from hanze.explore.measured import is_number
from hanze.ngsild import checks, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance
from hanze.web import terms
from hanze.web.forms import Choice, Field, Kind
from hanze.web.language import mark as _

LONG = 80
"""Characters of a text that gets a large field."""

_NUMBER = re.compile(r"[+-]?\d{1,300}([.,]\d{1,300})?([eE][+-]?\d{1,3})?")

Read = Callable[[Any, str], Any]
"""From the value there was and what was typed to the new value; ValueError where it cannot be used."""


class Question(msgspec.Struct, frozen=True):
    """One field of the form: `attribute` (an IRI), `language` of a text that has several, what it says now, and how what is typed
    is read."""

    attribute: str
    kind: Kind
    text: str
    read: Read
    help: str = ""
    language: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """Of the field."""
        name = CORE.compact(self.attribute)
        return f"{name}@{self.language}" if self.language else name

    def field(self, say: Callable[[str], str]) -> Field:
        label = say(terms.quantity(self.attribute).name)
        return Field(
            name=self.name, label=f"{label} ({self.language})" if self.language else label, kind=self.kind,
            help=self.help, choices=self.choices, required=bool(self.text), checks=(self._check,),
        )  # fmt: skip

    def answer(self, instance: Instance, typed: str) -> Instance:
        """The instance with what was typed as its value; unit, time and all else stay. Errors: ValueError."""
        if self.language:
            texts = {**instance["languageMap"], self.language: self.read(None, typed)}
            made = {**instance, "languageMap": texts}
        elif instance["type"] == "Relationship":
            made = {**instance, "object": self.read(instance["object"], typed)}
        else:
            made = {**instance, "value": self.read(instance["value"], typed)}
        return {key: value for key, value in made.items() if key not in ("createdAt", "modifiedAt")}

    def _check(self, typed: str) -> str:
        try:
            self.read(None, typed)
        except ValueError as error:
            return str(error)
        return ""


def questions(entity: Entity, decimal: str) -> list[Question]:
    """What can be asked of the thing; `decimal`: the sign in numbers."""
    found: list[Question] = []
    for attribute in terms.order(entity.attributes, ("name", "description", *terms.QUANTITIES)):
        for one in entity.attributes[attribute]:
            if "datasetId" not in one:
                found += _of(attribute, one, decimal)
    return found


def _of(attribute: str, one: Instance, decimal: str) -> Iterator[Question]:
    kind, value = one["type"], one.get("value")
    if kind == "LanguageProperty":
        for language, text in one["languageMap"].items():
            if isinstance(text, str):
                yield Question(attribute, _size(text), text, _text, language=language)
    elif kind == "Relationship" and isinstance(one.get("object"), str):
        yield Question(attribute, "text", one["object"], _id, _("The id of what it leads to."))
    elif kind == "GeoProperty" and value is not None and value.get("type") == "Point":
        lon, lat = value["coordinates"][:2]
        yield Question(
            attribute, "text", f"{lat} / {lon}", _point, _("Latitude / longitude in degrees, such as 52.37 / 4.89.")
        )
    elif kind == "Property":
        yield from _plain(attribute, one, value, decimal)


def _plain(attribute: str, one: Instance, value: Any, decimal: str) -> Iterator[Question]:
    if isinstance(value, bool):
        answers = (Choice("true", _("yes")), Choice("false", _("no")))
        yield Question(
            attribute, "choice", "true" if value else "false", lambda _old, typed: typed == "true", choices=answers
        )
    elif is_number(value):
        unit = terms.shown(one.get("unitCode"), terms.Quantity(""))[0]
        yield Question(attribute, "number", str(value).replace(".", decimal), _number, unit)
    elif isinstance(value, str):
        yield Question(attribute, _size(value), value, _text)
    elif isinstance(value, dict) and value.get("@type") == "DateTime" and isinstance(value.get("@value"), str):
        yield Question(attribute, "text", value["@value"], _moment, _("A moment such as 2026-03-31T12:00:00Z."))


def _size(text: str) -> Kind:
    return "area" if len(text) > LONG or "\n" in text else "text"


def _text(old: Any, typed: str) -> str:
    return typed


def _number(old: Any, typed: str) -> int | float:
    """A whole number stays one."""
    found = float(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else math.nan
    if not math.isfinite(found):
        raise ValueError(_("This is no number. Write digits, such as 12.5."))
    return int(typed) if re.fullmatch(r"[+-]?\d{1,15}", typed) and not isinstance(old, float) else found


def _id(old: Any, typed: str) -> str:
    try:
        return checks.uri(typed, "object")
    except BadRequestData:
        raise ValueError(_("This is no id. Copy it from the page of the other thing.")) from None


def _moment(old: Any, typed: str) -> dict[str, str]:
    try:
        times.parse(typed)
    except BadRequestData:
        raise ValueError(_("This is no moment. Write it like 2026-03-31T12:00:00Z.")) from None
    return {"@type": "DateTime", "@value": typed}


def _point(old: Any, typed: str) -> dict[str, Any]:
    parts = [part.strip().replace(",", ".") for part in typed.split("/")]
    if len(parts) == 2 and all(map(_NUMBER.fullmatch, parts)):
        lat, lon = map(float, parts)
        if abs(lat) <= 90 and abs(lon) <= 180:
            return {"type": "Point", "coordinates": [lon, lat]}
    raise ValueError(_("This is no place. Write latitude / longitude, such as 52.37 / 4.89."))
