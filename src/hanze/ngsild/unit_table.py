# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The units a city measures in: UN/CEFACT code, symbol, UCUM code, name and size.

Codes: UN/CEFACT Recommendation 20 (2020), and UCUM 2.2. Sizes are exact by the definitions of the SI and of the international
yard and pound; only that of the radian is not, for it has π in it.
"""

from fractions import Fraction

import msgspec


class Unit(msgspec.Struct, frozen=True):
    """A value in this unit is (value + `offset`) * `factor` in the base unit of its quantity."""

    code: str
    symbol: str
    ucum: str
    name: str
    quantity: str
    factor: Fraction
    offset: Fraction = Fraction(0)


_QUANTITIES: tuple[tuple[str, tuple[tuple[str, str, str, str, str], ...]], ...] = (
    ("share", (
        ("C62", "1", "1", "one", "1"),
        ("P1", "%", "%", "percent", "1e-2"),
        ("NX", "‰", "[ppth]", "part per thousand", "1e-3"),
        ("59", "ppm", "[ppm]", "part per million", "1e-6"),
        ("61", "ppb", "[ppb]", "part per billion", "1e-9"),
    )),
    ("mass concentration", (
        ("KMQ", "kg/m³", "kg/m3", "kilogram per cubic metre", "1"),
        ("A93", "g/m³", "g/m3", "gram per cubic metre", "1e-3"),
        ("GP", "mg/m³", "mg/m3", "milligram per cubic metre", "1e-6"),
        ("GQ", "µg/m³", "ug/m3", "microgram per cubic metre", "1e-9"),
        ("GL", "g/l", "g/L", "gram per litre", "1"),
        ("M1", "mg/l", "mg/L", "milligram per litre", "1e-3"),
    )),
    ("number concentration", (
        ("C86", "1/m³", "/m3", "reciprocal cubic metre", "1"),
        ("H50", "1/cm³", "/cm3", "reciprocal cubic centimetre", "1e6"),
    )),
    ("temperature", (
        ("KEL", "K", "K", "kelvin", "1"),
    )),
    ("length", (
        ("KMT", "km", "km", "kilometre", "1e3"),
        ("MTR", "m", "m", "metre", "1"),
        ("DMT", "dm", "dm", "decimetre", "1e-1"),
        ("CMT", "cm", "cm", "centimetre", "1e-2"),
        ("MMT", "mm", "mm", "millimetre", "1e-3"),
        ("4H", "µm", "um", "micrometre", "1e-6"),
        ("C45", "nm", "nm", "nanometre", "1e-9"),
        ("SMI", "mi", "[mi_i]", "mile", "1609.344"),
        ("NMI", "n mile", "[nmi_i]", "nautical mile", "1852"),
        ("YRD", "yd", "[yd_i]", "yard", "0.9144"),
        ("FOT", "ft", "[ft_i]", "foot", "0.3048"),
        ("INH", "in", "[in_i]", "inch", "0.0254"),
    )),
    ("area", (
        ("KMK", "km²", "km2", "square kilometre", "1e6"),
        ("H18", "hm²", "hm2", "square hectometre", "1e4"),
        ("HAR", "ha", "har", "hectare", "1e4"),
        ("MTK", "m²", "m2", "square metre", "1"),
        ("CMK", "cm²", "cm2", "square centimetre", "1e-4"),
        ("MMK", "mm²", "mm2", "square millimetre", "1e-6"),
    )),
    ("volume", (
        ("HMQ", "Mm³", "10*6.m3", "million cubic metres", "1e6"),
        ("MAL", "Ml", "ML", "megalitre", "1e3"),
        ("MTQ", "m³", "m3", "cubic metre", "1"),
        ("K6", "kl", "kL", "kilolitre", "1"),
        ("HLT", "hl", "hL", "hectolitre", "1e-1"),
        ("LTR", "l", "L", "litre", "1e-3"),
        ("DMQ", "dm³", "dm3", "cubic decimetre", "1e-3"),
        ("MLT", "ml", "mL", "millilitre", "1e-6"),
        ("CMQ", "cm³", "cm3", "cubic centimetre", "1e-6"),
    )),
    ("volume flow", (
        ("MQS", "m³/s", "m3/s", "cubic metre per second", "1"),
        ("MQH", "m³/h", "m3/h", "cubic metre per hour", "1/3600"),
        ("G52", "m³/d", "m3/d", "cubic metre per day", "1/86400"),
        ("G51", "l/s", "L/s", "litre per second", "1e-3"),
        ("L2", "l/min", "L/min", "litre per minute", "1/60000"),
        ("E32", "l/h", "L/h", "litre per hour", "1/3600000"),
    )),
    ("mass", (
        ("KTN", "kt", "kt", "kilotonne", "1e6"),
        ("TNE", "t", "t", "tonne", "1e3"),
        ("KGM", "kg", "kg", "kilogram", "1"),
        ("GRM", "g", "g", "gram", "1e-3"),
        ("MGM", "mg", "mg", "milligram", "1e-6"),
        ("MC", "µg", "ug", "microgram", "1e-9"),
        ("LBR", "lb", "[lb_av]", "pound", "0.45359237"),
    )),
    ("mass flow", (
        ("KGS", "kg/s", "kg/s", "kilogram per second", "1"),
        ("E18", "t/h", "t/h", "tonne per hour", "1/3.6"),
        ("E93", "kg/h", "kg/h", "kilogram per hour", "1/3600"),
        ("F27", "g/h", "g/h", "gram per hour", "1/3600000"),
    )),
    ("mass per area", (
        ("28", "kg/m²", "kg/m2", "kilogram per square metre", "1"),
        ("GM", "g/m²", "g/m2", "gram per square metre", "1e-3"),
    )),
    ("time", (
        ("ANN", "y", "a", "year of 365.25 days", "31557600"),
        ("MON", "mo", "mo", "twelfth of a year", "2629800"),
        ("WEE", "wk", "wk", "week", "604800"),
        ("DAY", "d", "d", "day", "86400"),
        ("HUR", "h", "h", "hour", "3600"),
        ("MIN", "min", "min", "minute", "60"),
        ("SEC", "s", "s", "second", "1"),
        ("C26", "ms", "ms", "millisecond", "1e-3"),
        ("B98", "µs", "us", "microsecond", "1e-6"),
    )),
    ("frequency", (
        ("A86", "GHz", "GHz", "gigahertz", "1e9"),
        ("MHZ", "MHz", "MHz", "megahertz", "1e6"),
        ("KHZ", "kHz", "kHz", "kilohertz", "1e3"),
        ("HTZ", "Hz", "Hz", "hertz", "1"),
        ("C97", "1/s", "/s", "reciprocal second", "1"),
        ("C94", "1/min", "/min", "reciprocal minute", "1/60"),
        ("H10", "1/h", "/h", "reciprocal hour", "1/3600"),
        ("E91", "1/d", "/d", "reciprocal day", "1/86400"),
    )),
    ("speed", (
        ("MTS", "m/s", "m/s", "metre per second", "1"),
        ("KMH", "km/h", "km/h", "kilometre per hour", "1/3.6"),
        ("KNT", "kn", "[kn_i]", "knot", "1852/3600"),
        ("HM", "mi/h", "[mi_i]/h", "mile per hour", "0.44704"),
        ("2M", "cm/s", "cm/s", "centimetre per second", "1e-2"),
        ("H67", "mm/h", "mm/h", "millimetre per hour", "1/3600000"),
    )),
    ("acceleration", (
        ("MSK", "m/s²", "m/s2", "metre per second squared", "1"),
    )),
    ("angle", (
        ("DD", "°", "deg", "degree", "1"),
        ("D61", "'", "'", "minute of arc", "1/60"),
        ("D62", '"', "''", "second of arc", "1/3600"),
        ("A91", "gon", "gon", "gon", "0.9"),
        ("C81", "rad", "rad", "radian", "57.29577951308232087679815481410517"),
    )),
    ("force", (
        ("NEW", "N", "N", "newton", "1"),
    )),
    ("pressure", (
        ("ATM", "atm", "atm", "standard atmosphere", "101325"),
        ("MPA", "MPa", "MPa", "megapascal", "1e6"),
        ("BAR", "bar", "bar", "bar", "1e5"),
        ("KPA", "kPa", "kPa", "kilopascal", "1e3"),
        ("A97", "hPa", "hPa", "hectopascal", "1e2"),
        ("MBR", "mbar", "mbar", "millibar", "1e2"),
        ("PAL", "Pa", "Pa", "pascal", "1"),
    )),
    ("power", (
        ("A90", "GW", "GW", "gigawatt", "1e9"),
        ("MAW", "MW", "MW", "megawatt", "1e6"),
        ("KWT", "kW", "kW", "kilowatt", "1e3"),
        ("WTT", "W", "W", "watt", "1"),
        ("C31", "mW", "mW", "milliwatt", "1e-3"),
    )),
    ("energy", (
        ("D32", "TWh", "TW.h", "terawatt hour", "3.6e15"),
        ("GWH", "GWh", "GW.h", "gigawatt hour", "3.6e12"),
        ("MWH", "MWh", "MW.h", "megawatt hour", "3.6e9"),
        ("KWH", "kWh", "kW.h", "kilowatt hour", "3.6e6"),
        ("WHR", "Wh", "W.h", "watt hour", "3600"),
        ("D30", "TJ", "TJ", "terajoule", "1e12"),
        ("GV", "GJ", "GJ", "gigajoule", "1e9"),
        ("3B", "MJ", "MJ", "megajoule", "1e6"),
        ("KJO", "kJ", "kJ", "kilojoule", "1e3"),
        ("JOU", "J", "J", "joule", "1"),
    )),
    ("energy per volume", (
        ("E46", "kWh/m³", "kW.h/m3", "kilowatt hour per cubic metre", "3.6e6"),
        ("JM", "MJ/m³", "MJ/m3", "megajoule per cubic metre", "1e6"),
    )),
    ("apparent power", (
        ("D46", "VA", "V.A", "volt ampere", "1"),
        ("KVA", "kVA", "kV.A", "kilovolt ampere", "1e3"),
    )),
    ("voltage", (
        ("KVT", "kV", "kV", "kilovolt", "1e3"),
        ("VLT", "V", "V", "volt", "1"),
        ("2Z", "mV", "mV", "millivolt", "1e-3"),
    )),
    ("electric current", (
        ("AMP", "A", "A", "ampere", "1"),
        ("4K", "mA", "mA", "milliampere", "1e-3"),
        ("B84", "µA", "uA", "microampere", "1e-6"),
    )),
    ("electric charge", (
        ("AMH", "Ah", "A.h", "ampere hour", "3600"),
        ("COU", "C", "C", "coulomb", "1"),
    )),
    ("electric resistance", (
        ("B49", "kΩ", "kOhm", "kiloohm", "1e3"),
        ("OHM", "Ω", "Ohm", "ohm", "1"),
    )),
    ("electric field strength", (
        ("D50", "V/m", "V/m", "volt per metre", "1"),
    )),
    ("conductivity", (
        ("D10", "S/m", "S/m", "siemens per metre", "1"),
        ("H61", "mS/cm", "mS/cm", "millisiemens per centimetre", "1e-1"),
        ("G42", "µS/cm", "uS/cm", "microsiemens per centimetre", "1e-4"),
    )),
    ("illuminance", (
        ("KLX", "klx", "klx", "kilolux", "1e3"),
        ("LUX", "lx", "lx", "lux", "1"),
    )),
    ("luminous flux", (
        ("LUM", "lm", "lm", "lumen", "1"),
    )),
    ("luminance", (
        ("A24", "cd/m²", "cd/m2", "candela per square metre", "1"),
    )),
    ("irradiance", (
        ("D54", "W/m²", "W/m2", "watt per square metre", "1"),
        ("C32", "mW/m²", "mW/m2", "milliwatt per square metre", "1e-3"),
    )),
    ("radiant exposure", (
        ("B13", "J/m²", "J/m2", "joule per square metre", "1"),
        ("E43", "J/cm²", "J/cm2", "joule per square centimetre", "1e4"),
    )),
    ("level", (
        ("2N", "dB", "dB", "decibel", "1"),
    )),
    ("acidity", (
        ("Q30", "pH", "[pH]", "pH", "1"),
    )),
    ("turbidity", (
        ("NTU", "NTU", "{NTU}", "nephelometric turbidity unit", "1"),
    )),
    ("cloud cover", (
        ("A59", "okta", "{okta}", "eighth of the sky", "1"),
    )),
    ("persons", (
        ("IE", "person", "{person}", "person", "1"),
    )),
    ("amount concentration", (
        ("C36", "mol/m³", "mol/m3", "mole per cubic metre", "1"),
    )),
    ("radioactivity", (
        ("BQL", "Bq", "Bq", "becquerel", "1"),
    )),
    ("radioactivity per volume", (
        ("A19", "Bq/m³", "Bq/m3", "becquerel per cubic metre", "1"),
    )),
    ("dose rate", (
        ("P71", "mSv/h", "mSv/h", "millisievert per hour", "1e-3/3600"),
        ("P72", "µSv/h", "uSv/h", "microsievert per hour", "1e-6/3600"),
        ("P73", "nSv/h", "nSv/h", "nanosievert per hour", "1e-9/3600"),
    )),
    ("data", (
        ("E35", "TB", "TBy", "terabyte", "8e12"),
        ("E34", "GB", "GBy", "gigabyte", "8e9"),
        ("4L", "MB", "MBy", "megabyte", "8e6"),
        ("2P", "kB", "kBy", "kilobyte", "8e3"),
        ("AD", "B", "By", "byte", "8"),
        ("A99", "bit", "bit", "bit", "1"),
    )),
    ("data rate", (
        ("B80", "Gbit/s", "Gbit/s", "gigabit per second", "1e9"),
        ("E20", "Mbit/s", "Mbit/s", "megabit per second", "1e6"),
        ("C74", "kbit/s", "kbit/s", "kilobit per second", "1e3"),
        ("B10", "bit/s", "bit/s", "bit per second", "1"),
    )),
)  # fmt: skip
"""Per quantity: code, symbol, UCUM code, name, and how many base units it is."""


def _fraction(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or 1)


UNITS: tuple[Unit, ...] = (
    *(Unit(code, symbol, ucum, name, quantity, _fraction(size))
      for quantity, units in _QUANTITIES for code, symbol, ucum, name, size in units),
    Unit("CEL", "°C", "Cel", "degree Celsius", "temperature", Fraction(1), Fraction("273.15")),
    Unit("FAH", "°F", "[degF]", "degree Fahrenheit", "temperature", Fraction(5, 9), Fraction("459.67")),
)  # fmt: skip
