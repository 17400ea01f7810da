# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real payloads: every example of the Smart Data Models is taken, but for those that the standard refuses.

Their contexts are not fetched: the core context with one vocabulary for all names stands in for them.
"""

from pathlib import Path

import msgspec
import pytest

from hanze.errors import BadRequestData
from hanze.ngsild import parse
from hanze.ngsild.context import build

MODELS = Path(__file__).parents[3] / "shared/data/smart_data_models"
CONTEXT = build({"@vocab": "https://smartdatamodels.org/"}, {})

SIMPLE, NORMALIZED = "example.jsonld", "example-normalized.jsonld"

FOREIGN_TYPE = "address.type is 'PostalAddress'"
"""In the simplified representation, which is one of replies and of merges: only there a value may have any type."""

REFUSED = {
    # ids that are no URIs (clause 4.5.1)
    ("NightSkyQuality", NORMALIZED): "id is", ("NightSkyQuality", SIMPLE): "id is", ("Project", NORMALIZED): "id is",
    ("WeatherAlert", SIMPLE): "id is", ("WeatherForecast", NORMALIZED): "id is", ("WeatherForecast", SIMPLE): "id is",
    # kinds that there are not (5.2.4)
    ("FloodMonitoring", NORMALIZED): "type is 'string'", ("RestrictionException", NORMALIZED): "type is 'string'",
    ("SpecialRestriction", NORMALIZED): "type is 'string'", ("CityWork", NORMALIZED): "type is 'Property '",
    ("TransportStation", NORMALIZED): "type is 'DateTime'",
    ("AeroAllergenObserved", SIMPLE): FOREIGN_TYPE, ("AirQualityForecast", SIMPLE): FOREIGN_TYPE,
    ("AirQualityObserved", SIMPLE): FOREIGN_TYPE, ("IndoorEnvironmentObserved", SIMPLE): FOREIGN_TYPE,
    ("NoisePollution", SIMPLE): FOREIGN_TYPE, ("NoisePollutionForecast", SIMPLE): FOREIGN_TYPE,
    ("OffStreetParking", SIMPLE): FOREIGN_TYPE, ("TrafficFlowObserved", SIMPLE): FOREIGN_TYPE,
    ("WasteContainerIsle", SIMPLE): FOREIGN_TYPE,
    # a Relationship with a date (4.5.3.2), a latitude of 168 degrees (RFC 7946), a name with a blank (4.6.2)
    ("WaterObserved", NORMALIZED): "dateObserved.object is", ("AnprFlowObserved", SIMPLE): "longitude",
    ("RoadAccident", SIMPLE): "longitude", ("TransportStation", SIMPLE): "'featuredArtist '",
    # moments that are none, or not in UTC with Z (4.6.3)
    ("PhreaticObserved", NORMALIZED): "depth.observedAt is", ("Vehicle", NORMALIZED): "battery.observedAt is",
    # an attribute with the name of a member of attributes (4.5.1)
    ("VehicleFault", NORMALIZED): "observedAt is no name", ("VehicleFault", SIMPLE): "observedAt is no name",
}  # fmt: skip
"""Model and example to what is wrong with it."""

EXAMPLES = sorted(MODELS.glob("*/*/examples/*.jsonld"))


def _key(path: Path) -> tuple[str, str]:
    return path.parts[-3], path.name


@pytest.mark.skipif(not EXAMPLES, reason="the examples are not here")
def test_every_example_is_taken_but_those_that_the_standard_refuses() -> None:
    found = {}
    for path in EXAMPLES:
        payload = msgspec.json.decode(path.read_bytes())
        try:
            assert parse.entity(payload, CONTEXT).types
        except BadRequestData as error:
            found[_key(path)] = error.detail
    assert len(EXAMPLES) == 174
    assert found.keys() == REFUSED.keys()
    for key, reason in REFUSED.items():
        assert reason in found[key]


@pytest.mark.skipif(not EXAMPLES, reason="the examples are not here")
def test_what_is_taken_is_kept_whole() -> None:
    for path in EXAMPLES:
        if _key(path) in REFUSED:
            continue
        payload = msgspec.json.decode(path.read_bytes())
        names = {name for name in payload if name not in ("id", "type", "@context", "scope")}
        kept = parse.entity(payload, CONTEXT).attributes
        assert kept.keys() == {CONTEXT.expand(name) for name in names - {"createdAt", "modifiedAt", "deletedAt"}}
