# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make mappings and tables, and to see what they become."""

from array import array
from pathlib import Path
from typing import Any

import pytest

from hanze.errors import ConfigurationError
from hanze.feeds.tables import Mapping, check, csv
from hanze.feeds.tables.shaping import Shaped
from hanze.ngsild import times
from hanze.toml import read

BASE = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
"""
TIMED = (
    BASE
    + """
[time]
column = "start"

[[attribute]]
name = "no2"
column = "value"
"""
)

Observed = dict[tuple[str, str], list[tuple[str, Any]]]
"""Entity and attribute to moments and values."""


def mapping(folder: Path, text: str) -> Mapping:
    """The mapping as the command reads it."""
    file = folder / "mapping.toml"
    file.write_text(text, "utf-8")
    found = read(file, Mapping)
    check(found, str(file))
    return found


def mistake(folder: Path, text: str) -> str:
    """The sentence about a mapping that is wrong, which begins with its file."""
    with pytest.raises(ConfigurationError) as found:
        mapping(folder, text)
    file, _, told = found.value.detail.partition("mapping.toml")
    assert file == f"{folder}/"
    return told


def table(folder: Path, text: str, told: str = TIMED, *, skip: int = 0, encoding: str = "utf-8") -> Shaped:
    """What a CSV file becomes, all its batches together."""
    file = folder / "table.csv"
    file.write_bytes(text.encode(encoding))
    return together([shaped for _, shaped in csv.batches(file, mapping(folder, told), skip)])


def together(parts: list[Shaped]) -> Shaped:
    whole = Shaped([], [], [])
    for part in parts:
        whole.series += part.series
        whole.facts += part.facts
        whole.rejected += part.rejected
    return whole


def observed(shaped: Shaped) -> Observed:
    """Moments as text, values as they are."""
    found: Observed = {}
    for one in shaped.series:
        assert isinstance(one.moments, array)
        pairs = found.setdefault((one.id.rpartition(":")[2], one.attribute), [])
        pairs += [(times.text(moment), value) for moment, value in zip(one.moments, one.values, strict=True)]
    return found


def values(shaped: Shaped) -> list[Any]:
    """The values of the only series."""
    (one,) = shaped.series
    return list(one.values)


def reasons(shaped: Shaped) -> dict[int, str]:
    """Number of each rejected row to why."""
    return {one.row: one.reason for one in shaped.rejected}
