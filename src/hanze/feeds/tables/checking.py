# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a mapping before a row is read: each mistake is told with file, key, value and fix."""

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NoReturn

from hanze.errors import BadRequestData, ConfigurationError
from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import Mapping, Time, fields, fill
from hanze.ngsild import checks

RESERVED = frozenset({"scope", "expiresAt", "createdAt", "modifiedAt", "deletedAt", "observedAt"})
"""Names that say something of the entity itself, so that no attribute can have them."""


def check(mapping: Mapping, file: str) -> None:
    """ConfigurationError where the mapping in this file cannot work with any table."""
    for key, form in _forms(mapping):
        _braces(file, key, form)
    if not fields(mapping.id):
        _wrong(file, "id", mapping.id, 'the same for all rows; name a column in braces, such as "{station}"')
    if not mapping.attribute and not mapping.location:
        raise ConfigurationError(
            f"{file}: the mapping makes no attribute; add [[attribute]] with name and column, or [location]."
        )
    try:
        # A column may bring any part of an id, also its beginning.
        checks.uri(fill(mapping.id, dict.fromkeys(fields(mapping.id), "a:a")), "id")
    except BadRequestData:
        _wrong(file, "id", mapping.id, 'not the form of a URI; give one such as "urn:ngsi-ld:Station:{station}"')
    _name(file, "type", mapping.type)
    _attributes(mapping, file)
    _csv(mapping, file)
    if mapping.time:
        _time(mapping.time, file)


def check_columns(mapping: Mapping, columns: Sequence[str], table: str) -> None:
    """ConfigurationError where the table lacks a column that the mapping names, or has it twice."""
    times_there = Counter(columns)
    for column in mapping.columns():
        if column not in times_there:
            raise ConfigurationError(
                f"{table} has no column {column!r} that the mapping names; its columns are {', '.join(columns)}."
            )
        if times_there[column] > 1:
            raise ConfigurationError(f"{table} has the column {column!r} more than once; give each its own name.")


def attribute_name(name: str, what: str) -> str:
    """The name, fit for an attribute; BadRequestData where it is none."""
    checks.name(name, what)
    if name in RESERVED:
        raise BadRequestData(f"{what} is {name!r}, which no attribute can be called; give another name.")
    return name


def _forms(mapping: Mapping) -> Iterator[tuple[str, str]]:
    yield "id", mapping.id
    for number, attribute in enumerate(mapping.attribute):
        yield f"attribute[{number}].name", attribute.name


def _braces(file: str, key: str, form: str) -> None:
    if re.search(r"[{}]", re.sub(r"\{[^{}]+\}", "", form)):
        _wrong(
            file,
            key,
            form,
            'with a brace too many or none inside; put the name of a column in each pair, as "{station}"',
        )


def _attributes(mapping: Mapping, file: str) -> None:
    seen = {"location"} if mapping.location else set[str]()
    for number, attribute in enumerate(mapping.attribute):
        if not math.isfinite(attribute.factor) or not attribute.factor:
            _wrong(
                file, f"attribute[{number}].factor", str(attribute.factor), "which makes no value; give one such as 0.1"
            )
        if attribute.factor != 1 and attribute.kind != "number":
            _wrong(
                file,
                f"attribute[{number}].factor",
                str(attribute.factor),
                "but only numbers have a factor; leave it out",
            )
        if fields(attribute.name):
            continue
        key = f"attribute[{number}].name"
        _name(file, key, attribute.name)
        if attribute.name in seen:
            _wrong(file, key, attribute.name, "a name that stands here twice; give each attribute its own")
        seen.add(attribute.name)


def _name(file: str, key: str, value: str) -> None:
    try:
        attribute_name(value, key)
    except BadRequestData as error:
        raise ConfigurationError(f"{file}: {error.detail}") from None


def _csv(mapping: Mapping, file: str) -> None:
    if mapping.csv.delimiter in '"\r\n':
        _wrong(file, "csv.delimiter", mapping.csv.delimiter, 'no delimiter; give one character such as ";"')
    if mapping.csv.header and mapping.csv.columns:
        _wrong(
            file, "csv.header", mapping.csv.header, "but csv.columns is for a file without a header; give one of them"
        )
    try:
        codecs.lookup(mapping.csv.encoding)
    except LookupError:
        _wrong(file, "csv.encoding", mapping.csv.encoding, 'not known here; give one such as "utf-8" or "latin-1"')


def _time(time: Time, file: str) -> None:
    try:
        times.zone(time.zone)
    except ValueError:
        _wrong(
            file, "time.zone", time.zone, 'not known to this machine; give one such as "Europe/Amsterdam" or "+01:00"'
        )
    if time.format is None:
        return
    try:
        datetime.strptime(datetime(2026, 1, 31).strftime(time.format), time.format)
    except ValueError as error:
        if "bad directive" in str(error) or "stray" in str(error):
            _wrong(file, "time.format", time.format, f'no form of a time ({error}); give one such as "%Y-%m-%d %H:%M"')


def _wrong(file: str, key: str, value: str, told: str) -> NoReturn:
    raise ConfigurationError(f'{file}: {key} is "{value}", {told}.')
