# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mapping for a table of text: its delimiter, its header, and which of its columns is what."""

import csv
import io
import re
from collections import Counter

import msgspec

from hanze.feeds.probing import attributes, identity, moments, names, places, topic
from hanze.feeds.probing.attributes import Observed
from hanze.feeds.probing.leaves import Leaf
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.probing.vocabulary import Model
from hanze.feeds.tables.mapping import Attribute, Csv, Location, Mapping, Time

DELIMITERS = ";\t|,"
LOOKED = 1 << 20
MOST_ROWS = 1000
MOST_ABOVE = 20
"""Lines that may stand above the header."""

COMMA = re.compile(r"-?\d+,\d+")
MISSING = frozenset(Csv().missing)


def table(answer: Answer, hints: Hints, name: str) -> Proposal | None:
    """The mapping for `hanze load`; None where it is no table."""
    text, encoding = _text(answer.body[:LOOKED])
    found = None if text is None else _rows(text)
    if found is None:
        return None
    delimiter, above, header, rows = found
    decimal = "," if delimiter != "," and any(COMMA.fullmatch(cell) for row in rows for cell in row) else "."
    leaves = [Leaf(column, (column,), _values([row[at] for row in rows], decimal)) for at, column in enumerate(header)]
    leaves = [leaf for leaf in leaves if leaf.told and "{" not in leaf.path and "}" not in leaf.path]
    notes: list[str] = []
    mapping = _mapping(answer, hints, name, leaves, notes)
    if mapping is None:
        return None
    style = Csv(delimiter, decimal, encoding, above)
    what = f"A table of text (CSV) with the columns {', '.join(header[:12])}{' …' if len(header) > 12 else ''}."
    return Proposal(name, what, None, notes, table=msgspec.structs.replace(mapping, csv=style))


def _text(body: bytes) -> tuple[str | None, str]:
    if b"\0" in body:
        return None, ""
    # What is cut in the middle of a sign loses it.
    whole = body[: body.rfind(b"\n") + 1] or body
    try:
        return whole.decode("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        text = whole.decode("latin-1")
        return (
            text if sum(sign.isprintable() or sign in "\r\n\t" for sign in text) > 0.98 * len(text) else None
        ), "latin-1"


def _rows(text: str) -> tuple[str, int, list[str], list[list[str]]] | None:
    """Delimiter, lines above the header, header and rows; None where the lines do not have the same columns."""
    best: tuple[int, str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        lines = _split(text, delimiter)
        if not lines:
            continue
        width, times = Counter(len(line) for line in lines).most_common(1)[0]
        if (
            width > 1
            and times > 1
            and 10 * times >= 8 * min(len(lines), MOST_ROWS)
            and (best is None or width > best[0])
        ):
            best = width, delimiter, lines
    if best is None:
        return None
    width, delimiter, lines = best
    above = next(at for at, line in enumerate(lines) if len(line) == width)
    header = [cell.strip() for cell in lines[above]]
    rows = [line for line in lines[above + 1 :] if len(line) == width]
    if above > MOST_ABOVE or not all(header) or len(set(header)) < width or not rows:
        return None
    return delimiter, above, header, rows


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return [
            line for line, _ in zip(csv.reader(io.StringIO(text), delimiter=delimiter), range(MOST_ROWS), strict=False)
        ]
    except csv.Error:
        return []


def _values(cells: list[str], decimal: str) -> list[str | None]:
    found: list[str | None] = []
    for cell in cells:
        plain = cell.strip()
        if decimal == "," and COMMA.fullmatch(plain):
            plain = plain.replace(",", ".")
        found.append(None if plain in MISSING else plain)
    return found


def _mapping(answer: Answer, hints: Hints, name: str, found: list[Leaf], notes: list[str]) -> Mapping | None:
    place = places.place(found)
    readings = attributes.observed(found)
    written = moments.best(found, hints.zone, readings=readings is not None)
    if written is not None and not written.zoned:
        notes.append(f"The times in {written.moment.path} name no zone; {written.moment.zone} is taken.")
    subject = topic.about(answer.url, None, found)
    model = topic.model(subject, found, [] if readings is None else [str(one) for one in set(readings.name.told)])
    type = model.type if model else names.pascal(names.subject(answer.url)) or "Thing"
    id = identity.best(found) or identity.best(found, repeated=True)
    if id is None:
        id = found[0]
        notes.append(f"No column names a thing by its title; the first one, {id.path}, is taken.")
    taken = {id.path} | ({written.moment.path} if written else set())
    rest = [leaf for leaf in found if leaf.path not in taken and not places.used(place, leaf)]
    made = tuple(_attributes(rest, model, readings))
    if not made and place is None:
        return None
    return Mapping(
        type, f"urn:ngsi-ld:{type}:{name}:{{{id.path}}}", made,
        None if written is None else Time(written.moment.path, written.moment.zone, written.moment.format),
        None if place is None or not place.lon else Location(place.lon, place.lat),
    )  # fmt: skip


def _attributes(rest: list[Leaf], model: Model | None, readings: Observed | None) -> list[Attribute]:
    if readings is not None:
        return [Attribute(f"{{{readings.name.path}}}", readings.value.path, units=readings.units)]
    parts, _ = attributes.parts(rest, model)
    return [Attribute(part.name, part.path, part.unit, kind=part.kind) for part in parts]
