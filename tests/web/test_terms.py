# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What things are called, also those of which we have no word."""

import pytest

from hanze.feeds.havendam import still
from hanze.feeds.havendam.city import City
from hanze.feeds.probing.vocabulary import GENERAL, MODELS
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.web import terms
from hanze.web.attributes import STATED
from hanze.web.language import languages
from hanze.web.terms import Quantity

KNOWN_TYPES = (
    "GtfsStop",
    "GtfsStation",
    "GtfsAccessPoint",
    "GtfsRoute",
    "GtfsTrip",
    "GtfsAgency",
    "Alert",
    "ParkingSpot",
    "Garden",
)
"""Of timetables, lists of spots and of parks, which make no other types."""

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


@pytest.mark.parametrize("code", ["nl", "de"])
def test_every_name_that_the_feeds_give_has_words_in_the_language(code: str) -> None:
    """What Havendam tells, and all that a probed source may become."""
    language = languages()[code]
    city, moment = City(), times.parse("2026-03-10T13:00:00Z")
    every = (*city.now(moment), *city.buses(moment), *still.entities())
    told = {name for entity in every for name in entity.attributes}
    probed = {term.name for model in MODELS for term in model.terms} | {term.name for term in GENERAL}
    names = {terms.quantity(name).name for name in told | probed}
    types = {terms.subject(model.type) for model in MODELS} | {terms.subject(one) for one in KNOWN_TYPES}
    assert {name for name in names | types if language.tongue(name) != code} == set()


def test_a_name_without_words_says_that_it_is_english() -> None:
    nl = languages()["nl"]
    assert (nl.say("Ozone"), nl.tongue("Ozone")) == ("Ozon", "nl")
    assert (nl.say("Bee hive"), nl.tongue("Bee hive")) == ("Bee hive", "en")
    assert languages()["de"].tongue("Name") == "de"


@pytest.mark.parametrize("code", ["nl", "de"])
def test_words_of_closed_lists_are_said_and_those_that_somebody_wrote_are_not(code: str) -> None:
    language = languages()[code]
    told = {
        (name, text)
        for entity in City().now(times.parse("2026-03-10T13:00:00Z"))
        for name, (one, *_) in entity.attributes.items()
        if terms.short(name) in STATED
        for text in (one["value"] if isinstance(one["value"], list) else [one["value"]])
    }
    assert len(told) > 12
    assert {text for name, text in told if language.tongue(terms.state(name, text)) != code} == set()
    for number in ("0", "1", "2"):
        assert language.tongue(terms.state(DEFAULT + "wheelChairAccessible", number)) == code
    assert terms.state(DEFAULT + "wheelChairAccessible", "7") == "7"
    assert terms.state(DEFAULT + "description", "open") == "open" and terms.state(DEFAULT + "status", "odd") == "odd"


def test_a_name_of_our_own_vocabulary_means_nothing_in_another() -> None:
    assert terms.quantity(VOCABULARY + "level").name == "Kind of area"
    assert terms.quantity(CORE.expand("level")).name == "Level"
    assert terms.state(VOCABULARY + "colour", "red") == "bad"
    assert terms.state(CORE.expand("colour"), "red") == "red"
