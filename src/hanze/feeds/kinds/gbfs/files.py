# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all files of a GBFS system have in common: version, moment and ttl; and the list of them, gbfs.json."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.source import Found, Refused
from hanze.ngsild.checks import shown

VERSIONS = ("1", "2", "3")
TTL = 60.0
"""Seconds for which a file counts that does not say."""

LONGEST_TTL = 86_400.0
"""A file that claims to stay for longer is asked for once a day all the same."""

MOST_RECORDS = 50_000


class File(NamedTuple):
    """`updated`: microseconds, None where the file does not tell. `ttl`: seconds for which it need not be asked for again."""

    name: str
    document: dict[str, Any]
    updated: int | None
    ttl: float


def opened(body: bytes, name: str) -> File:
    """A file of the system. Errors: SourceFailed where it is none, or of a version that is not known."""
    document = answers.json(body, name)
    if not isinstance(document, dict):
        raise SourceFailed(f"{name} is {shown(document)}, where an object is awaited.", answers.CHANGED)
    version = document.get("version", "1.0")
    if str(version).partition(".")[0] not in VERSIONS:
        raise SourceFailed(f"{name} has version {shown(version)}; versions 1 to 3 can be read.", answers.CHANGED)
    try:
        updated = answers.moment(document.get("last_updated"), "last_updated")
    except BadRequestData:
        updated = None
    return File(name, document, updated, _ttl(document.get("ttl")))


def _ttl(told: Any) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return TTL
    return float(min(max(told, 0), LONGEST_TTL))


def listed(file: File, url: str, language: str) -> dict[str, str]:
    """Name to URL of the system's files. `url`: of the list itself; `language`: of the files of versions before 3, else
    the first. Errors: SourceFailed."""
    data = answers.member(file.document, file.name, "data", dict)
    if "feeds" not in data:
        languages = [name for name, value in data.items() if isinstance(value, dict)]
        if language and language not in languages:
            raise SourceFailed(
                f"{file.name} has no language {shown(language)}.",
                f"Write one of these as language: {', '.join(languages)}.",
            )
        data = data[language or languages[0]] if languages else data
    feeds = answers.member(data, file.name, "feeds", list)
    found = {}
    for feed in feeds:
        name, place = (feed.get("name"), feed.get("url")) if isinstance(feed, dict) else (None, None)
        if isinstance(name, str) and isinstance(place, str):
            found[name.removesuffix(".json")] = _joined(url, place)
    return found


def _joined(url: str, place: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError:
        return place


def records(file: File, found: Found, *names: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each record of the file's list stands, and the record; `names`: what the list is called, by version."""
    data = answers.member(file.document, file.name, "data", dict)
    name = next((one for one in names if one in data), names[0])
    some = answers.member(file.document, file.name, f"data.{name}", list)
    for place, record in enumerate(some):
        where = f"{file.name}, {name} {place}"
        if place >= MOST_RECORDS:
            found.refused.append(Refused(where, f"there are {len(some)} records; {MOST_RECORDS} are taken at most."))
            return
        if isinstance(record, dict):
            yield where, record
        else:
            found.refused.append(Refused(where, f"the record is {shown(record)}, which is no object."))


def identity(record: dict[str, Any], *names: str) -> str:
    """The id of a record, under the first of these names that it has. Errors: BadRequestData."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)
    raise BadRequestData(f"{names[0]} is {shown(record.get(names[0]))}, which is no id.")


def count(record: dict[str, Any], *names: str) -> int | None:
    """A whole number of 0 or more, under the first of these names that it has; None where it is missing."""
    name = next((one for one in names if record.get(one) is not None), None)
    if name is None:
        return None
    value = record[name]
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**9 or value != int(value):
        raise BadRequestData(f"{name} is {shown(value)}; a count is a whole number of 0 or more.")
    return int(value)


def flag(record: dict[str, Any], name: str, default: bool) -> bool:
    """A truth value, which version 1 writes as 0 or 1. Errors: BadRequestData."""
    value = record.get(name)
    if value is None:
        return default
    if value not in (0, 1) or isinstance(value, float):
        raise BadRequestData(f"{name} is {shown(value)}, where true or false is awaited.")
    return bool(value)


def reported(record: dict[str, Any], file: File) -> int | None:
    """When the record's state was reported, else when the file was made. Errors: BadRequestData."""
    told = record.get("last_reported")
    # What never reported has a 0 there in many systems.
    return answers.moment(told, "last_reported") if told else file.updated


def text(value: Any, language: str) -> str | None:
    """A text; of the texts in several languages of version 3 the one in this language, else the first."""
    if isinstance(value, list):
        told = {one.get("language"): one.get("text") for one in reversed(value) if _localized(one)}
        value = told.get(language, next(reversed(told.values()), None))
    return value if isinstance(value, str) else None


def _localized(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("language"), str) and isinstance(one.get("text"), str)
