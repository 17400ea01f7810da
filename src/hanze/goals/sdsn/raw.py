# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The raw values: a row for each country, or city, and a column for each indicator."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from hanze.goals.sdsn.codebook import Indicator
from hanze.goals.sdsn.plain import Table


class Unit(msgspec.Struct, frozen=True):
    """What is scored. `region`: its goals stand in for one that it has no value of; "" for none. `member`: of the OECD.
    `values`: by code, in the units of the codebook; what is missing is not there."""

    id: str
    region: str
    member: bool
    values: dict[str, float]


class Raw(msgspec.Struct, frozen=True):
    """`absent`: codes of the codebook that the file has no column for."""

    units: list[Unit]
    absent: list[str]


def read(file: Path, codebook: Sequence[Indicator]) -> Raw:
    """The units in the order of the file; ConfigurationError names line, column and value."""
    table = Table(file, ("id",))
    codes = [indicator.code for indicator in codebook if indicator.code in table.columns]
    if not codes:
        raise table.wrong(f"has no column of the codebook, such as {codebook[0].code!r}; are they of one edition?")
    found: dict[str, Unit] = {}
    for row in table.rows():
        id = row.text("id")
        if id in found:
            raise row.wrong(f"id {id!r} stands there a second time; each unit has one row")
        values = {code: value for code in codes if (value := row.maybe(code)) is not None}
        found[id] = Unit(id, row.cells.get("region", ""), row.flag("oecd"), values)
    if not found:
        raise table.wrong("has no row of values; one row for each unit")
    return Raw(list(found.values()), [one.code for one in codebook if one.code not in table.columns])
