# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a gas weighs in air of a temperature and pressure: what joins parts per billion and micrograms per cubic metre.

An ideal gas; at the concentrations of the outside air that is exact enough by far.
"""

from fractions import Fraction

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown

_GAS_CONSTANT = Fraction("8.31446261815324")
"""J/(mol K), exact in the SI since 2019."""

_MOLAR_MASSES: dict[str, str] = {
    "NO2": "46.005", "NO": "30.006", "O3": "47.997", "SO2": "64.058", "CO": "28.010", "CO2": "44.009",
    "NH3": "17.031", "N2O": "44.013", "H2S": "34.076", "CH4": "16.043", "CH2O": "30.026",
    "C6H6": "78.114", "C7H8": "92.141", "C8H10": "106.168", "C4H6": "54.092",
}  # fmt: skip
"""Grams per mole, from the abridged standard atomic weights of IUPAC (2021)."""


class Air(msgspec.Struct, frozen=True):
    """The state of the air that a concentration is given for: kelvin and pascals."""

    kelvin: float = 293.15
    pascals: float = 101_325.0


EUROPE = Air()
"""20 °C and 1013 hPa, to which the European Union reports the concentrations of gases (Directive 2008/50/EC, annex VI)."""

AMERICA = Air(298.15)
"""25 °C and one atmosphere, to which the United States report them (40 CFR 50.3)."""


def density(gas: str, air: Air = EUROPE) -> Fraction:
    """Kilograms per cubic metre of a pure gas, named by its formula such as NO2, whichever letters are capitals.

    BadRequestData where it is not known, or air has no temperature or pressure.
    """
    mass = _MOLAR_MASSES.get(gas.upper())
    if mass is None:
        raise BadRequestData(f"gas is {shown(gas)}; give one of {', '.join(_MOLAR_MASSES)}.")
    if not (0 < air.kelvin < 10_000 and 0 < air.pascals < 10_000_000):
        raise BadRequestData(
            f"air has {air.kelvin} kelvin and {air.pascals} pascals; give what air can have, such as 293.15 and 101325."
        )
    return Fraction(mass) / 1000 * Fraction(air.pascals) / (_GAS_CONSTANT * Fraction(air.kelvin))
