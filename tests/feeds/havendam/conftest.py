# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year of the town, worked out once."""

import pytest

from hanze.feeds.havendam.city import City
from hanze.feeds.tables.shaping import Series
from tests.feeds.havendam.asking import SEED, Told, at, told


@pytest.fixture(scope="session")
def series() -> list[Series]:
    return list(City(SEED).hours(at("2025-01-01T00:00"), at("2026-01-01T00:00")))


@pytest.fixture(scope="session")
def year(series: list[Series]) -> dict[tuple[str, str], Told]:
    """By id and attribute."""
    return told(series)
