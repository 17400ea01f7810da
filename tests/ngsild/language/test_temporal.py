# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Temporal queries."""

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.language import temporal
from hanze.ngsild.language.temporal import MOST_LAST
from hanze.ngsild.selection import Window

START, END = times.parse("2026-01-01T00:00:00Z"), times.parse("2026-02-01T00:00:00Z")
AT, TILL = {"timeAt": "2026-01-01T00:00:00Z"}, {"endTimeAt": "2026-02-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("given", "window"),
    [
        ({}, Window()),
        ({"lastN": "5"}, Window(last=5)),
        ({"timeproperty": "modifiedAt"}, Window(property="modifiedAt")),
        ({"timerel": "before", **AT}, Window(relation="before", start=START)),
        ({"timerel": "after", **AT}, Window(relation="after", start=START)),
        ({"timerel": "between", **AT, **TILL}, Window(relation="between", start=START, end=END)),
        ({"timerel": "between", **AT, "endTimeAt": AT["timeAt"]}, Window(relation="between", start=START, end=START)),
        (
            {"timerel": "after", "timeAt": "2026-01-01T01:00:00+01:00", "lastN": "1", "timeproperty": "createdAt"},
            Window(relation="after", start=START, last=1, property="createdAt"),
        ),
        ({"timerel": "after", "timeAt": "2026-01-01T01:00:00 01:00"}, Window(relation="after", start=START)),
        ({"lastN": str(MOST_LAST)}, Window(last=MOST_LAST)),
    ],
)
def test_windows(given: dict[str, str], window: Window) -> None:
    assert temporal.parse(given) == window


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (AT, "timerel is missing"),
        (TILL, "timerel is missing"),
        ({"timerel": "during", **AT}, "timerel is 'during'"),
        ({"timerel": "after"}, "timeAt is missing; timerel=after needs it"),
        ({"timerel": "after", "timeAt": ""}, "timeAt is missing"),
        ({"timerel": "after", "timeAt": "yesterday"}, "timeAt is 'yesterday'"),
        ({"timerel": "after", "timeAt": "2026-01-01"}, "timeAt is '2026-01-01'"),
        ({"timerel": "between", **AT}, "endTimeAt is missing"),
        ({"timerel": "between", **AT, "endTimeAt": "x"}, "endTimeAt is 'x'"),
        ({"timerel": "between", **AT, "endTimeAt": "2025-01-01T00:00:00Z"}, "before timeAt"),
        ({"timeproperty": "value"}, "timeproperty is 'value'"),
        *(
            ({"lastN": text}, "lastN is ")
            for text in ("0", "-1", "1.5", "", "x", str(MOST_LAST + 1), "00000000019999999999")
        ),
        ({"lastN": "1" + "0" * 5000}, "lastN is "),
    ],
)
def test_what_is_wrong(given: dict[str, str], says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        temporal.parse(given)
    assert says in error.value.detail
    assert len(error.value.detail) < 200
