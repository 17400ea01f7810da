# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a CSV of numbers that a city enters, and writes an empty one. Pure: either all rows can be used, or all that is wrong is
told and nothing is kept.

code,part,area,period,value,grade,source
unemployment,,,2025,4.1,survey,CBS StatLine
voter-turnout,votes,,2026,21400,measured,count of 18 March 2026
voter-turnout,entitled,,2026,40100,measured,count of 18 March 2026
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

import msgspec

from hanze.goals.entering import reading
from hanze.goals.entering.reading import Ground, Unfit
from hanze.goals.indicators.definition import Definition, Part
from hanze.goals.keeping.entered import Number
from hanze.ngsild.checks import shown
from hanze.ngsild.units import symbol
from hanze.web.language import mark as _

T = TypeVar("T")

NEEDED = ("code", "period", "value", "grade", "source")
COLUMNS = ("code", "part", "name", "unit", "area", "period", "value", "grade", "source")
"""`name` is only for who fills it in; `part` may be missing where no indicator has several, `area` where all is of the city."""

MOST_BYTES, MOST_ROWS = 1 << 19, 5_000


class Problem(msgspec.Struct, frozen=True):
    """`line`: of the file, from 1. `column`: its name, empty where the whole line is meant. `text`: of the catalogues in English;
    its gaps are filled with what is `given`."""

    line: int
    column: str
    text: str
    given: dict[str, str] = {}

    def told(self, say: Callable[[str], str]) -> str:
        return say(self.text) % self.given


class Read(msgspec.Struct):
    """What a table says; `lines`: where each number stands, by indicator, part, area and start. `empty`: so many rows have no
    value, and were passed over."""

    numbers: list[Number] = []
    lines: dict[tuple[str, str, str, int], int] = {}
    problems: list[Problem] = []
    empty: int = 0


def read(body: bytes, ground: Ground) -> Read:
    """The table; with problems it is not to be used."""
    found = Read()
    try:
        for line, cells in _rows(text(body)):
            _row(found, line, cells, ground)
    except _Wrong as error:
        found.problems.append(error.problem)
    if not found.numbers and not found.problems:
        found.problems.append(Problem(1, "value", _("No row has a value. Write at least one.")))
    return found


class _Wrong(Exception):
    """Nothing more can be read."""

    def __init__(self, line: int, column: str, text: str, **given: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, column, text, given)


def text(body: bytes) -> str:
    """As spreadsheets save it: UTF-8, UTF-16, or what Windows has in the west of Europe."""
    if len(body) > MOST_BYTES:
        raise _Wrong(1, "", _("The file has more than %(most)s kB. Cut it into parts."), most=str(MOST_BYTES >> 10))
    try:
        found = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        found = body.decode("cp1252", errors="replace")
    if "\0" in found or "\ufffd" in found:
        raise _Wrong(1, "", _("The file is no CSV. Save it as CSV in UTF-8."))
    return found


def _rows(content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that says something, with the line where it ends."""
    first = content.partition("\n")[0]
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    head: list[str] = []
    count = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _Wrong(reader.line_num, "", _("The row cannot be read. Look at its quotes.")) from None
        if cells is None:
            break
        if not head:
            head = [name.strip().lower() for name in cells]
            _headed(head)
        elif any(map(str.strip, cells)):
            count += 1
            _counted(reader.line_num, count, cells, head)
            yield reader.line_num, dict(zip(head, map(str.strip, cells), strict=True))


def _headed(head: Sequence[str]) -> None:
    columns = ", ".join(COLUMNS)
    for name in head:
        if name not in COLUMNS:
            raise _Wrong(
                1, "", _("%(name)s is no column. The columns are %(columns)s."), name=shown(name), columns=columns
            )
        if head.count(name) > 1:
            raise _Wrong(1, name, _("The column stands there twice. Keep one."))
    for name in NEEDED:
        if name not in head:
            raise _Wrong(1, name, _("The column is missing. The columns are %(columns)s."), columns=columns)


def _counted(line: int, count: int, cells: Sequence[str], head: Sequence[str]) -> None:
    if count > MOST_ROWS:
        raise _Wrong(line, "", _("There are more than %(most)s rows. Cut the file into parts."), most=str(MOST_ROWS))
    if len(cells) != len(head):
        text = _("The row has %(cells)s values, and there are %(columns)s columns. Give each its value.")
        raise _Wrong(line, "", text, cells=str(len(cells)), columns=str(len(head)))


def _row(found: Read, line: int, cells: Mapping[str, str], ground: Ground) -> None:
    if not cells["value"]:
        found.empty += 1
        return

    def take(column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(cells.get(column, ""))
        except Unfit as unfit:
            found.problems.append(Problem(line, column, unfit.text, unfit.given))
            return None

    one = take("code", lambda text: _definition(text, ground))
    part = take("part", lambda text: _part(text, one)) if one else None
    if one is None or part is None:
        return
    unit, area = take("unit", lambda text: _unit(text, part)), take("area", lambda text: reading.area(text, ground))
    period = take("period", lambda text: reading.period(text, one, ground))
    value = take("value", lambda text: reading.number(text, part))
    grade, source = take("grade", reading.grade), take("source", reading.source)
    if unit and area and period and value is not None and grade and source:
        _add(found, line, Number(one.code, one.name.en, part.name, unit, area, period.start, value, grade, source))


def _add(found: Read, line: int, number: Number) -> None:
    key = (number.code, number.part, number.area, number.start)
    if (before := found.lines.setdefault(key, line)) != line:
        text = _("The same stands in line %(line)s already. Keep one of them.")
        found.problems.append(Problem(line, "", text, {"line": str(before)}))
        return
    found.numbers.append(number)


def _definition(code: str, ground: Ground) -> Definition:
    one = ground.definitions.get(code)
    if one is None:
        near = get_close_matches(code, ground.definitions, 1)
        text = (
            _("There is no indicator %(value)s. Was %(near)s meant?") if near else _("There is no indicator %(value)s.")
        )
        raise Unfit(text, value=shown(code), near=(near or [""])[0])
    if not reading.entered(one):
        raise Unfit(_("%(value)s comes from data, and is not entered. Take the row away."), value=code)
    return one


def _part(name: str, one: Definition) -> Part:
    parts = reading.entered(one)
    if not name and len(parts) == 1:
        return parts[0]
    for part in parts:
        if part.name == name:
            return part
    names = ", ".join(part.name for part in parts)
    raise Unfit(_("%(value)s is no part of it. Write one of %(parts)s."), value=shown(name), parts=names)


def _unit(text: str, part: Part) -> str:
    if text not in ("", part.unit, symbol(part.unit)):
        raise Unfit(
            _("%(value)s is another unit. Give the number in %(unit)s."), value=shown(text), unit=symbol(part.unit)
        )
    return part.unit


def template(definitions: Mapping[str, Definition], language: str, delimiter: str = ",") -> str:
    """A CSV with a row for each number that can be entered, to be filled in; names in the language. `delimiter`: spreadsheets
    of countries that write a decimal comma expect a semicolon."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, restval="", delimiter=delimiter, lineterminator="\r\n")
    rows.writeheader()
    for one in definitions.values():
        for part in reading.entered(one):
            name = (part.asks or one.name)[language]
            rows.writerow({"code": one.code, "part": part.name, "name": name, "unit": symbol(part.unit)})
    return out.getvalue()
