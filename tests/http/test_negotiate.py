# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accept is read as RFC 9110 says: weights first, then our order; the most precise range gives the weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import NotAcceptable
from hanze.http.negotiate import GEO_JSON, JSON, JSON_LD, choose

ALL = (JSON, JSON_LD, GEO_JSON)


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON_LD, JSON_LD),
        ("Application/LD+JSON", JSON_LD),
        (f"{JSON_LD},{JSON}", JSON),
        (f"{JSON_LD};q=0.9,{JSON};q=0.8", JSON_LD),
        (f"{JSON};q=0.5, */*;q=0.9", JSON_LD),
        (f"{JSON};q=0,application/*", JSON_LD),
        (f"{JSON};q=0,{JSON_LD};q=0,*/*;q=0.1", GEO_JSON),
        (f"text/html, {GEO_JSON} ; q=0.3 , */*;q=0.2", GEO_JSON),
        (f"{JSON_LD}; profile=compact; q=1", JSON_LD),
        (f"{JSON};q=none,{GEO_JSON};q=0.1", JSON),
        (f"{JSON_LD};q=high", JSON_LD),
        (f"{JSON};q=0.9,{JSON_LD};q=7", JSON_LD),
        (f"{JSON};q=nan,{GEO_JSON};q=-1", JSON),
        (",,*/*;q=0.1,", JSON),
    ],
)
def test_the_best_of_what_is_offered(accept: str | None, best: str) -> None:
    assert choose(accept, ALL) == best


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", "*/*;q=0", "application", GEO_JSON, ";q=1"])
def test_nothing_of_it(accept: str) -> None:
    with pytest.raises(NotAcceptable, match=r"application/json, application/ld\+json"):
        choose(accept, (JSON, JSON_LD))


WEIGHTS = st.sampled_from(["0", "0.0", "0.001", "0.3", "1", "1.000"])
RANGES = st.sampled_from([*ALL, "*/*", "application/*", "text/html", "text/*"])


@given(st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_nothing_that_is_offered_has_a_higher_weight(ranges: list[tuple[str, str]]) -> None:
    weights = dict(ranges)

    def weight(kind: str) -> float:
        found = (weights.get(name) for name in (kind, "application/*", "*/*"))
        return float(next((one for one in found if one is not None), "0"))

    accept = ", ".join(f"{name};q={q}" for name, q in ranges)
    try:
        chosen = choose(accept, ALL)
    except NotAcceptable:
        assert not any(map(weight, ALL))
    else:
        assert weight(chosen) == max(map(weight, ALL)) > 0
        assert not any(weight(kind) == weight(chosen) for kind in ALL[: ALL.index(chosen)])


@given(st.text(max_size=60))
def test_any_text_is_answered(accept: str) -> None:
    try:
        assert choose(accept, ALL) in ALL
    except NotAcceptable as refused:
        assert refused.status == 406
