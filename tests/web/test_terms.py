# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What things are called, also those of which we have no word."""

import pytest

from hanze.web import terms
from hanze.web.terms import Quantity

DEFAULT = "https://uri.etsi.org/ngsi-ld/default-context/"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (DEFAULT + "AirQualityObserved", "Air"),
        ("https://smartdatamodels.org/dataModel.Environment/AirQualityObserved", "Air"),
        (DEFAULT + "BeeHive", "Bee hive"),
        ("https://example.org/ns#open_air-Stage", "Open air stage"),
        ("urn:x:NO2Sensor", "NO2 sensor"),
        (DEFAULT + "x", "X"),
    ],
)
def test_subject(iri: str, expected: str) -> None:
    assert terms.subject(iri) == expected


def test_quantity_and_unit() -> None:
    humidity = terms.quantity(DEFAULT + "relativeHumidity")
    assert terms.shown("C62", humidity) == ("%", 100.0)
    assert terms.shown(None, humidity) == ("%", 100.0)
    assert terms.shown("P1", humidity) == ("%", 1.0)
    assert terms.shown("GQ", terms.quantity(DEFAULT + "no2")) == ("µg/m³", 1.0)
    assert terms.shown("C62", terms.quantity(DEFAULT + "availableSpotNumber")) == ("", 1.0)
    assert terms.shown("XYZ", Quantity("Odd")) == ("XYZ", 1.0)


def test_order_is_ours_then_the_alphabet() -> None:
    given = [DEFAULT + name for name in ("zebra", "o3", "apple", "no2")]
    assert [terms.short(iri) for iri in terms.order(given, terms.QUANTITIES)] == ["no2", "o3", "apple", "zebra"]
