# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Units: their codes, and values from one to another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import units
from hanze.ngsild.gases import AMERICA, Air
from hanze.ngsild.unit_table import UNITS

CODES = st.sampled_from([one.code for one in UNITS])
VALUES = st.floats(-1e9, 1e9)


@pytest.mark.parametrize(
    ("code", "ucum", "symbol"),
    [
        ("GQ", "ug/m3", "µg/m³"), ("59", "[ppm]", "ppm"), ("61", "[ppb]", "ppb"), ("CEL", "Cel", "°C"), ("FAH", "[degF]", "°F"),
        ("KMH", "km/h", "km/h"), ("P1", "%", "%"), ("A97", "hPa", "hPa"), ("2N", "dB", "dB"), ("KWH", "kW.h", "kWh"),
        ("C62", "1", "1"), ("DD", "deg", "°"), ("LUX", "lx", "lx"), ("E34", "GBy", "GB"), ("ANN", "a", "y"), ("MTK", "m2", "m²"),
    ],
)  # fmt: skip
def test_codes_to_ucum_and_back(code: str, ucum: str, symbol: str) -> None:
    assert (units.unit(code).ucum, units.unit(code).symbol) == (ucum, symbol)
    assert units.from_ucum(ucum).code == code
    assert units.label(code) == f"{code} ({symbol})"


def test_every_unit_has_codes_of_its_own() -> None:
    assert len(UNITS) >= 150
    assert len({one.code for one in UNITS}) == len({one.symbol for one in UNITS}) == len(UNITS)
    assert all(units.from_ucum(one.ucum) is units.unit(one.code) is one for one in UNITS)
    assert all(one.ucum.isascii() and one.factor > 0 for one in UNITS)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (20, "CEL", "FAH", 68.0), (-40, "FAH", "CEL", -40.0), (0, "CEL", "KEL", 273.15), (451, "FAH", "KEL", 505.9277777777778),
        (36, "KMH", "MTS", 10.0), (1, "KNT", "KMH", 1.852), (1, "HM", "KMH", 1.609344), (0.1, "KMT", "MTR", 100.0),
        (55, "P1", "C62", 0.55), (1, "59", "61", 1000.0), (0.4, "GP", "GQ", 400.0), (1013.25, "A97", "ATM", 1.0),
        (2.5, "MWH", "GV", 9.0), (1, "ANN", "DAY", 365.25), (1, "INH", "MMT", 25.4), (90, "MIN", "HUR", 1.5),
        (1, "HAR", "MTK", 10_000.0), (1, "MTQ", "LTR", 1000.0), (1, "D10", "G42", 10_000.0), (180, "DD", "C81", math.pi),
        (120, "C94", "HTZ", 2.0), (3, "AD", "A99", 24.0), (1, "P72", "P73", 1000.0), (7, "LBR", "GRM", 3175.14659),
    ],
)  # fmt: skip
def test_values_that_are_known(value: float, source: str, target: str, expected: float) -> None:
    """Exactly these, not nearly."""
    assert units.convert(value, source, target) == expected


@given(VALUES, CODES, CODES)
def test_there_and_back_again(value: float, source: str, target: str) -> None:
    """Either both ways work, and lead back, or both are refused with a sentence that names both units."""
    try:
        there = units.convert(value, source, target)
    except BadRequestData as error:
        assert units.unit(source).symbol in error.detail and units.unit(target).symbol in error.detail
        with pytest.raises(BadRequestData):
            units.convert(value, target, source)
    else:
        assert units.convert(there, target, source) == pytest.approx(value, rel=1e-14, abs=1e-10)


TEMPERATURES = st.sampled_from([one.code for one in UNITS if one.quantity == "temperature"])


@given(VALUES, TEMPERATURES, TEMPERATURES, TEMPERATURES)
def test_it_does_not_matter_over_which_unit(value: float, source: str, middle: str, target: str) -> None:
    direct = units.convert(value, source, target)
    assert units.convert(units.convert(value, source, middle), middle, target) == pytest.approx(direct, abs=1e-6)


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("CEL", "A97", ["CEL (°C) is a unit of temperature", "A97 (hPa) of pressure"]),
        ("61", "GQ", ["one ppb is depends on the gas", "NO2"]),
        ("WTT", "JOU", ["power", "energy"]),
        ("BQL", "HTZ", ["radioactivity", "frequency"]),
        ("2N", "C62", ["level", "share"]),
        ("HPA", "PAL", ["hectolitre of pure alcohol", "A97"]),
        ("ppb", "GQ", ["'ppb'", "give 61 for ppb"]),
        ("ug/m3", "GP", ["'ug/m3'", "give GQ for µg/m³"]),
        ("XYZ", "GQ", ["'XYZ'", "such as GQ for µg/m³"]),
        ("cel", "KEL", ["'cel'"]),
        ("x" * 1000, "KEL", ["xxx..."]),
    ],
)
def test_what_is_refused(source: str, target: str, told: list[str]) -> None:
    with pytest.raises(BadRequestData) as error:
        units.conversion(source, target)
    assert all(part in error.value.detail for part in told), error.value.detail
    assert len(error.value.detail) < 250


def test_what_is_no_ucum_code() -> None:
    with pytest.raises(BadRequestData, match="UCUM code 'µg/m3'"):
        units.from_ucum("µg/m3")


@pytest.mark.parametrize(
    ("gas", "factor"),
    [
        ("NO2", 1.9125),
        ("O3", 1.9957),
        ("SO2", 2.6609),
        ("NO", 1.2473),
        ("CO", 1.1642),
        ("C6H6", 3.2430),
        ("C4H6", 2.2452),
    ],
)
def test_gases_weigh_what_is_published_for_20_degrees(gas: str, factor: float) -> None:
    """The factors that the United Kingdom publishes for reports to the European Union, at 20 °C and 1013 mbar."""
    assert units.convert(1, "61", "GQ", gas=gas) == pytest.approx(factor, rel=2e-3)
    assert units.convert(factor, "GQ", "61", gas=gas.lower()) == pytest.approx(1, rel=2e-3)
    assert units.convert(1, "59", "GP", gas=gas) == units.convert(1, "61", "GQ", gas=gas)


def test_a_gas_weighs_less_where_it_is_warm_or_high() -> None:
    """At 25 °C one mole takes 24.465 litres, as the United States reckon."""
    assert units.convert(1, "61", "GQ", gas="NO2", air=AMERICA) == pytest.approx(46.005 / 24.465, rel=1e-4)
    half = Air(pascals=101_325 / 2)
    assert units.convert(2, "61", "GQ", gas="O3", air=half) == pytest.approx(units.convert(1, "61", "GQ", gas="O3"))


def test_a_gas_changes_nothing_where_it_is_not_needed() -> None:
    assert units.convert(5, "GP", "GQ", gas="NO2") == 5000.0
    with pytest.raises(BadRequestData, match="temperature"):
        units.convert(5, "CEL", "GQ", gas="NO2")


@pytest.mark.parametrize(
    ("gas", "air", "told"),
    [("PM10", Air(), "gas is 'PM10'; give one of NO2, NO, O3"), ("NO2", Air(kelvin=0), "0 kelvin"),
     ("NO2", Air(pascals=math.inf), "inf pascals"), ("NO2", Air(kelvin=math.nan), "nan kelvin")],
)  # fmt: skip
def test_gases_and_air_that_there_are_not(gas: str, air: Air, told: str) -> None:
    with pytest.raises(BadRequestData, match=told):
        units.convert(1, "61", "GQ", gas=gas, air=air)


@pytest.mark.parametrize(
    ("value", "source", "target"), [(math.inf, "MTR", "KMT"), (math.nan, "CEL", "FAH"), (1e308, "KMT", "MMT")]
)
def test_values_that_no_float_holds_are_refused(value: float, source: str, target: str) -> None:
    with pytest.raises(BadRequestData, match="finite in both units"):
        units.convert(value, source, target)


def test_a_common_unit() -> None:
    assert units.common(["KMH", "MTS", "KMH", "KNT"]) == "KMH"
    assert units.common(["61", "GQ"], gas="NO2") == "61"
    assert units.common(["not a code", "not a code"]) == "not a code"
    assert units.common([None, None]) is units.common([]) is None


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["61", "GQ"], "depends on the gas"),
        (["CEL", "CEL", "P1"], "P1 .* is a unit of share and CEL .* of temperature"),
        (["GQ", None], r"Some values have GQ \(µg/m³\) and others no unitCode"),
        ([None, "GQ"], r"Some values have no unitCode and others GQ"),
        (["GQ", "XYZ"], "'XYZ'"),
    ],
)  # fmt: skip
def test_no_common_unit(codes: list[str | None], told: str) -> None:
    with pytest.raises(BadRequestData, match=told):
        units.common(codes)


def test_a_label_of_what_is_not_known_can_be_read() -> None:
    assert units.label("MyUnit") == "MyUnit"
    assert units.label(None) == "no unitCode"
    assert "\n" not in units.label("a\nb") and len(units.label("x" * 1000)) < 90
