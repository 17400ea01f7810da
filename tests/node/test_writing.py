# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written as TOML is short, and is the same when it is read again."""

import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.shapes.shape import Moment, Part, Place, Shape
from hanze.feeds.tables.mapping import Attribute, Csv, Location, Mapping, Time
from hanze.node import writing

SHAPE = Shape(
    "Parking", "urn:x:{id}", "records",
    (Part("free", 'a."b c"', values={"n/a": "", "x": "1"}), Part("{f}", "v", units={"a b": "GQ"})),
    Moment("t"), Place(geometry="geometry"),
)  # fmt: skip
TABLE = Mapping(
    "Air", "urn:x:{s}", (Attribute("no2", "v", "GQ"),), Time("t", "UTC"), Location("x", "y"), csv=Csv(";", ",")
)


def test_what_is_as_usual_is_left_out() -> None:
    assert writing.table("mapping", SHAPE) == [
        "[mapping]", 'type = "Parking"', 'id = "urn:x:{id}"', 'items = "records"', 'time = { path = "t" }',
        'location = { geometry = "geometry" }', "", "[[mapping.attribute]]", 'name = "free"', 'path = "a.\\"b c\\""',
        'values = { "n/a" = "", x = "1" }', "", "[[mapping.attribute]]", 'name = "{f}"', 'path = "v"',
        'units = { "a b" = "GQ" }',
    ]  # fmt: skip


@pytest.mark.parametrize("value", [SHAPE, TABLE])
def test_a_table_is_read_again(value: Shape | Mapping) -> None:
    for name in ("", "mapping"):
        read = tomllib.loads("\n".join(writing.table(name, value)))
        assert msgspec.convert(read[name] if name else read, type(value)) == value


@given(
    st.dictionaries(st.text(min_size=1), st.text() | st.integers(-(10**9), 10**9) | st.booleans() | st.lists(st.text()))
)
def test_any_values_are_read_again(values: dict[str, object]) -> None:
    assert tomllib.loads("\n".join(writing.lines(values))) == {k: v for k, v in values.items() if v not in ("", [])}
