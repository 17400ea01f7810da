# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What things are called for people: subjects and quantities of Smart Data Models, in English; catalogues translate them."""

import re
from collections.abc import Iterable

import msgspec

from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.units import symbol
from hanze.web.attributes import ATTRIBUTES, CODED, OWN, OWN_STATES, STATED, STATES
from hanze.web.language import mark as _


class Quantity(msgspec.Struct, frozen=True):
    """`share`: values from 0 to 1 are shown as percents. `unit`: what is counted, where the unit itself says nothing."""

    name: str
    share: bool = False
    unit: str = ""


SUBJECTS = {
    "AirQualityObserved": _("Air"),
    "NoiseLevelObserved": _("Noise"),
    "TrafficFlowObserved": _("Traffic"),
    "BikeHireDockingStation": _("Shared bicycles"),
    "OffStreetParking": _("Car parks"),
    "OnStreetParking": _("Parking in the street"),
    "WeatherObserved": _("Weather"),
    "WasteContainer": _("Waste"),
    "Streetlight": _("Street lighting"),
    "WaterQualityObserved": _("Water"),
    "WaterObserved": _("Water"),
    "EVChargingStation": _("Charging"),
    "Vehicle": _("Public transport"),
    "PublicTransportStop": _("Stops"),
    "RoadSegment": _("Roads"),
    "ItemFlowObserved": _("Passers-by"),
    "CrowdFlowObserved": _("Passers-by"),
    "GtfsStop": _("Stops"),
    "GtfsStation": _("Stations"),
    "GtfsAccessPoint": _("Entrances of stations"),
    "GtfsRoute": _("Lines"),
    "GtfsTrip": _("Journeys"),
    "AdministrativeArea": _("Areas"),
    "KeyPerformanceIndicator": _("Indicators"),
    "CityScore": _("Scores"),
    "CityTarget": _("Targets"),
    "CityForecast": _("Forecasts"),
    "YearlyQuestion": _("Yearly question"),
    "ReviewText": _("Texts of the review"),
    "Challenge": _("Challenges"),
    "DataAgreement": _("Data agreements"),
    "Experiment": _("Trials"),
    "PreRegistration": _("Plans fixed beforehand"),
    "Evidence": _("What we learned"),
    "Solution": _("Solutions"),
    "GtfsAgency": _("Transport companies"),
    "Alert": _("Notices"),
    "ParkingSpot": _("Parking spaces"),
    "Garden": _("Parks"),
    "Dataset": _("Data sets"),
    "Source": _("Sources"),
    "LandUse": _("Land use"),
    "LandUseChange": _("Changes of land use"),
    "SpatialPlan": _("Plans for land"),
}
"""Type of an entity to what a page calls it, in the order in which people are offered them."""

QUANTITIES = {
    "no2": Quantity(_("Nitrogen dioxide")),
    "pm25": Quantity(_("Fine particles, PM2.5")),
    "pm10": Quantity(_("Particles, PM10")),
    "pm1": Quantity(_("Particles, PM1")),
    "pm4": Quantity(_("Particles, PM4")),
    "o3": Quantity(_("Ozone")),
    "no": Quantity(_("Nitrogen monoxide")),
    "nox": Quantity(_("Nitrogen oxides")),
    "so2": Quantity(_("Sulphur dioxide")),
    "nh3": Quantity(_("Ammonia")),
    "co": Quantity(_("Carbon monoxide")),
    "co2": Quantity(_("Carbon dioxide")),
    "LAeq": Quantity(_("Sound level")),
    "LAmax": Quantity(_("Loudest sound")),
    "LAmin": Quantity(_("Softest sound")),
    "intensity": Quantity(_("Vehicles an hour")),
    "averageVehicleSpeed": Quantity(_("Average speed")),
    "travelTime": Quantity(_("Travel time")),
    "congested": Quantity(_("Congestion")),
    "availableBikeNumber": Quantity(_("Bicycles to take")),
    "freeSlotNumber": Quantity(_("Free places for bicycles")),
    "outOfServiceSlotNumber": Quantity(_("Places out of service")),
    "availableSpotNumber": Quantity(_("Free spaces")),
    "occupancy": Quantity(_("How full"), share=True),
    "temperature": Quantity(_("Temperature")),
    "windSpeed": Quantity(_("Wind speed")),
    "windDirection": Quantity(_("Wind direction")),
    "precipitation": Quantity(_("Rain")),
    "solarRadiation": Quantity(_("Sunshine")),
    "atmosphericPressure": Quantity(_("Air pressure")),
    "relativeHumidity": Quantity(_("Humidity"), share=True),
    "fillingLevel": Quantity(_("How full"), share=True),
    "illuminanceLevel": Quantity(_("Light"), share=True),
    "delay": Quantity(_("Delay")),
    "speed": Quantity(_("Speed")),
}
"""Attribute to what a page calls it, in the order in which people are offered them."""

_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


def short(iri: str) -> str:
    """The last part of a name: AirQualityObserved of any vocabulary is that of the Smart Data Models."""
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1] or iri


def subject(type: str) -> str:
    """What a page calls a type (an IRI)."""
    return SUBJECTS.get(short(type)) or _words(short(type))


def quantity(attribute: str) -> Quantity:
    """What a page calls an attribute (an IRI)."""
    name = short(attribute)
    if attribute.startswith(VOCABULARY) and name in OWN:
        return Quantity(OWN[name])
    return QUANTITIES.get(name) or Quantity(ATTRIBUTES.get(name) or _words(name))


def state(attribute: str, value: str) -> str:
    """What a page calls a value (an IRI and a text); the value itself where nobody closed the list of them."""
    name = short(attribute)
    if attribute.startswith(VOCABULARY) and value in OWN_STATES.get(name, {}):
        return OWN_STATES[name][value]
    return CODED[name].get(value, value) if name in CODED else STATES.get(value, value) if name in STATED else value


def shown(unit: str | None, quantity: Quantity) -> tuple[str, float]:
    """The unit as people write it, and what values are multiplied by to be in it; `unit`: UN/CEFACT code."""
    if quantity.share and unit in (None, "C62"):
        return "%", 100.0
    return ("" if unit in (None, "C62") else symbol(unit)), 1.0


def order(iris: Iterable[str], known: Iterable[str]) -> list[str]:
    """IRIs in the order of the names that are known, then the others by the alphabet."""
    places = {name: place for place, name in enumerate(known)}
    return sorted(iris, key=lambda iri: (places.get(short(iri), len(places)), short(iri), iri))


def _words(name: str) -> str:
    """A name of a program as words: camelCase becomes Camel case."""
    text = " ".join(part if part.isupper() else part.lower() for part in _SEAM.split(name) if part)
    return text[:1].upper() + text[1:]
