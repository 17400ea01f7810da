# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words by which cities call things in Dutch, German, English and French, and what the Smart Data Models call them.

Source of types and attribute names: Smart Data Models, dataModel.Parking, Transportation, Environment, Weather, WasteManagement.
"""

import re
from typing import NamedTuple


class Term(NamedTuple):
    """An attribute of a model. `words`, `never`: patterns of the source's name, as `names.key` writes it."""

    name: str
    words: str
    never: str = r"\b\B"
    kind: str = "number"
    unit: str | None = None

    def fits(self, key: str) -> bool:
        return re.search(self.words, key) is not None and re.search(self.never, key) is None


class Model(NamedTuple):
    """A type of the Smart Data Models. `topic`: words that tell of it, in the address and in the names of values.
    `measured`: its numbers are nothing without a unit."""

    type: str
    topic: str
    terms: tuple[Term, ...] = ()
    measured: bool = False


_PART = r"perc|proz|procent|pct|price|preis|tarief|ticket|id( |_)"
_SOME = r"long|behind|disab|invalid|frauen|vrouw|women|carshar|motor|elec|moto|extra|in_use|gebruik"

GENERAL = (
    Term("name", r"^(name|naam|title|titel|titre|nom|label|bezeichnung|displayname|display_name) ", kind="text"),
    Term("description", r"^(description|omschrijving|beschreibung|beschrijving) ", kind="text"),
    Term("status", r"^(status|state|toestand|zustand) ", kind="text"),
    Term("streetName", r"^(straat|straatnaam|strasse|street|street_?name|rue) ", kind="text"),
    Term("streetAddress", r"^(adres|adresse|address|street_?address) ", kind="text"),
)
"""Of things of any type."""

PARKING = Model(
    "OffStreetParking",
    r"park|garage|stellpl|p_r( |_)|p_und_r|p_en_r",
    (
        Term("availableSpotNumber", r"free|frei|vrij|avail|beschikb|libre|dispon", rf"{_PART}|{_SOME}|free_?park|barriere"),
        Term(
            "totalSpotNumber", r"total|gesamt|totaal|capac|kapaz|spaces|aantal|anzahl|plaatsen|plaetze|nombre",
            rf"free|frei|vrij|avail|occup|bezet|beleg|{_PART}|{_SOME}",
        ),
        Term("occupiedSpotNumber", r"occupied|bezet|belegt", rf"{_PART}|{_SOME}|trend"),
    ),
)  # fmt: skip
PARKING_SPOT = PARKING._replace(type="ParkingSpot")
"""Where a list of spots tells no free ones."""

GARAGE = re.compile(r"garage|haus|p_r( |_)|p_und_r|p_en_r|p_?ark_?and_?ride")

_POLLUTANT = r"(^|_){}( |_|$)"

MODELS = (
    PARKING,
    Model(
        "BikeHireDockingStation",
        r"bike|fiets|velo|fahrr|bicycl",
        (
            Term("availableBikeNumber", r"bike|fiets|velo|fahrr|bicycl", rf"dock|slot|total|capac|station|{_PART}|{_SOME}"),
            Term("freeSlotNumber", r"dock|slot|stand", rf"total|capac|bike|{_PART}|{_SOME}"),
            Term("totalSlotNumber", r"total|capac|gesamt|totaal", _PART),
        ),
    ),
    Model(
        "AirQualityObserved",
        r"air|lucht|luft|pollut|fijnstof|feinstaub",
        tuple(
            Term(name, _POLLUTANT.format(word))
            for name, word in (
                ("pm25", "pm_?2_?5"), ("pm10", "pm_?10"), ("pm1", "pm_?1"), ("no2", "no_?2"), ("nox", "nox"), ("no", "no"),
                ("o3", "o_?3"), ("so2", "so_?2"), ("nh3", "nh_?3"), ("co", "co"), ("co2", "co_?2"),
            )
        ),
        measured=True,
    ),
    Model(
        "NoiseLevelObserved",
        r"noise|geluid|laerm|bruit|sound|schall",
        (Term("LAeq", r"laeq|leq"), Term("LAmax", r"lamax|lmax"), Term("LAmin", r"lamin|lmin")),
        measured=True,
    ),
    Model(
        "WeatherObserved",
        r"weather|weer|wetter|meteo|climate|klima",
        (
            Term("temperature", r"temp", r"temporar"),
            Term("relativeHumidity", r"humid|vocht|feucht"),
            Term("windSpeed", r"wind.*(speed|snelh|geschw|kracht)"),
            Term("windDirection", r"wind.*(dir|richt)"),
            Term("precipitation", r"precip|neerslag|niederschl|rainfall|regen"),
            Term("atmosphericPressure", r"pressure|luchtdruk|luftdruck"),
        ),
        measured=True,
    ),
    Model(
        "TrafficFlowObserved",
        r"traffic|verkeer|verkehr|trafic|travel_?time|reistijd|reisezeit|wegvak",
        (
            Term("intensity", r"intens|flow|vehicle_?count|aantal_?voert|verkehrsst"),
            Term("averageVehicleSpeed", r"speed|snelh|geschw|velocity|vitesse", r"wind|max"),
            Term("travelTime", r"travel_?time|reistijd|reisezeit"),
        ),
        measured=True,
    ),
    Model(
        "WasteContainer",
        r"waste|afval|abfall|dechet|container|vuilnis|muell|recycl|glasbak",
        (Term("fillingLevel", r"fill|vulgraad|vulling|fuell|rempli"), Term("temperature", r"temp", r"temporar")),
        measured=True,
    ),
    Model(
        "EVChargingStation",
        r"charg|laadp|ladest|ladep|borne",
        (
            Term("availableCapacity", r"free|frei|vrij|avail|beschikb|libre", _PART),
            Term("socketNumber", r"socket|connector|outlet", _PART),
        ),
    ),
    Model("Vehicle", r"vehicle|voertuig|fahrzeug|deelwagen|deelauto|scooter"),
)  # fmt: skip

UNITS = (
    ("P1", r"perc|proz|procent|pct"),
    ("CEL", r"celsius|deg_?c( |_)"),
    ("KMH", r"km_?h( |_)|kmph|kph"),
    ("MTS", r"m_s( |_)|mps( |_)"),
    ("GQ", r"ug_?m_?3|microgram"),
    ("61", r"ppb( |_)"),
    ("59", r"ppm( |_)"),
    ("2N", r"(^|_)dba?( |_)"),
    ("A97", r"hpa( |_)"),
    ("KWT", r"(^|_)kw( |_)"),
    ("KWH", r"kwh( |_)"),
    ("MMT", r"(^|_)mm( |_)|millimet"),
    ("CMT", r"(^|_)cm( |_)|centimet"),
    ("KMT", r"(^|_)km |kilomet"),
    ("MTR", r"in_met(er|re)s?( |_)|met(er|re)s "),
    ("SEC", r"second(s|en)?( |_)|sekunden"),
    ("MIN", r"minut"),
    ("LUX", r"lux( |_)"),
)
"""UN/CEFACT code to the words for it at the end of a name."""
