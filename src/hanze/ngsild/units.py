# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Units of measurement: from UN/CEFACT codes to UCUM and back, and from one unit to another.

A `unitCode` stays as it was given, a code of UN/CEFACT Recommendation 20 (clause 4.5.2 of ETSI GS CIM 009 V1.8.1). Values in
different units are converted or refused, never taken together.
"""

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown
from hanze.ngsild.gases import EUROPE, Air, density
from hanze.ngsild.unit_table import UNITS, Unit

_BY_CODE = {one.code: one for one in UNITS}
_BY_UCUM = {one.ucum: one for one in UNITS}
_BY_SYMBOL = {one.symbol: one for one in UNITS}

_MISTAKEN = {"HPA": ("hectolitre of pure alcohol", "A97 (hPa)"), "DB": ("dry pound", "2N (dB)")}
"""Codes that mean something else than they seem to: what, and the code that is sought."""


def unit(code: str) -> Unit:
    """The unit of a UN/CEFACT code; BadRequestData where Hanze cannot convert it, with the right code where it can be
    guessed."""
    found = _BY_CODE.get(code)
    if found is not None:
        return found
    if code in _MISTAKEN:
        meaning, instead = _MISTAKEN[code]
        raise BadRequestData(f"unitCode {code} is the {meaning}; the one that was meant may be {instead}.")
    meant = _BY_UCUM.get(code) or _BY_SYMBOL.get(code)
    fix = f"give {meant.code} for {meant.symbol}" if meant else "give a UN/CEFACT code such as GQ for µg/m³"
    raise BadRequestData(f"unitCode is {shown(code)}, which cannot be converted; {fix}.")


def from_ucum(text: str) -> Unit:
    """The unit of a UCUM code as it stands in the table, such as ug/m3; BadRequestData where there is none."""
    found = _BY_UCUM.get(text)
    if found is None:
        raise BadRequestData(f"The UCUM code {shown(text)} is not known; give one such as ug/m3, Cel or km/h.")
    return found


def label(code: str | None) -> str:
    """A unit as people know it, such as `GQ (µg/m³)`."""
    if code is None:
        return "no unitCode"
    known = _BY_CODE.get(code)
    return f"{code} ({known.symbol})" if known else shown(code).strip("'")


def symbol(code: str) -> str:
    """How people write the unit, such as µg/m³; the code itself where it is not known."""
    known = _BY_CODE.get(code)
    return known.symbol if known else code


class Conversion(msgspec.Struct, frozen=True):
    """From a value to that in another unit: times `factor`, plus `offset`; rounded once, to the nearest float."""

    factor: Fraction
    offset: Fraction = Fraction(0)

    def __call__(self, value: float) -> float:
        """BadRequestData for what is no number, or gives none that a float can hold."""
        try:
            return float(Fraction(value) * self.factor + self.offset)
        except (OverflowError, ValueError):
            raise BadRequestData(
                f"{shown(value)} cannot be converted; give a number that is finite in both units."
            ) from None


_SAME = Conversion(Fraction(1))


def conversion(source: str, target: str, *, gas: str | None = None, air: Air = EUROPE) -> Conversion:
    """How values with the unitCode `source` become values with `target`; a temperature is a point of its scale.

    Between parts (59, 61 …) and mass per volume (GQ …) only with the formula of the `gas`, in air of that temperature and
    pressure. BadRequestData where one is not known, or they measure different things.
    """
    if source == target:
        return _SAME
    one, other = unit(source), unit(target)
    scale = Fraction(1) if one.quantity == other.quantity else _through(one, other, gas, air)
    factor = one.factor * scale / other.factor
    return Conversion(factor, one.offset * factor - other.offset)


def convert(value: float, source: str, target: str, *, gas: str | None = None, air: Air = EUROPE) -> float:
    """One value; see `conversion`."""
    return conversion(source, target, gas=gas, air=air)(value)


def _through(one: Unit, other: Unit, gas: str | None, air: Air) -> Fraction:
    """What leads from one quantity to the other: the density of a gas, or nothing."""
    quantities = (one.quantity, other.quantity)
    if quantities not in (("share", "mass concentration"), ("mass concentration", "share")):
        raise BadRequestData(
            f"{label(one.code)} is a unit of {one.quantity} and {label(other.code)} of {other.quantity}; "
            "only units of the same quantity can be converted."
        )
    if gas is None:
        raise BadRequestData(
            f"How many {other.symbol} one {one.symbol} is depends on the gas; name it by its formula, such as NO2."
        )
    return density(gas, air) if one.quantity == "share" else 1 / density(gas, air)


def common(codes: Iterable[str | None], *, gas: str | None = None, air: Air = EUROPE) -> str | None:
    """The unitCode that values with these codes (None: without) are to be converted to before they are taken together:
    the first one. BadRequestData names two that cannot be."""
    target, *others = dict.fromkeys(codes) or [None]
    for code in others:
        if code is None or target is None:
            raise BadRequestData(
                f"Some values have {label(target)} and others {label(code)}; give all of them a unitCode, or none."
            )
        conversion(code, target, gas=gas, air=air)
    return target
