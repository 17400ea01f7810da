# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences about what is found."""

from typing import get_args

import pytest

from hanze.goals.areas.findings import SENTENCES, Finding, Kind, size


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_has_a_sentence(kind: Kind) -> None:
    told = Finding(kind, "N1", "Oost", (1, 2), ("West", "Zuid"), 1.0, 0.5).told()
    assert told.endswith(".") and "%" not in told.replace("50%", "") and "  " not in told
    assert ("Oost (N1)" in told) == (kind != "hole")


def test_there_are_no_other_sentences() -> None:
    assert set(SENTENCES) == set(get_args(Kind))


def test_a_name_that_is_the_code_is_said_once() -> None:
    assert Finding("no surface", "N1", "N1").told() == "The shape of N1 has no surface; it is kept without a shape."


@pytest.mark.parametrize(
    ("names", "told"),
    [(("A",), "Beside A lies"), (("A", "B"), "Beside A and B lies"), (("A", "B", "C", "D"), "Beside A, B, C and D lies"),
     (tuple("ABCDE"), "Beside A, B, C and 2 others lies")],
)  # fmt: skip
def test_names_in_a_row(names: tuple[str, ...], told: str) -> None:
    assert Finding("hole", others=names).told().startswith(told)


@pytest.mark.parametrize(
    ("square_metres", "told"),
    [
        (0.2, "0 m²"),
        (1234.5, "1 234 m²"),
        (999_999, "999 999 m²"),
        (999_999.6, "1.00 km²"),
        (35_081_767_213, "35 081.77 km²"),
    ],
)
def test_sizes_as_people_read_them(square_metres: float, told: str) -> None:
    assert size(square_metres) == told


def test_smaller_and_larger() -> None:
    assert Finding("mended", "a", square_metres=-5).told().endswith("5 m² smaller.")
    assert Finding("mended", "a", square_metres=5).told().endswith("5 m² larger.")
    assert "which did not change its surface" in Finding("mended", "a", square_metres=-0.2).told()
