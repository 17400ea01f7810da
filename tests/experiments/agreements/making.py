# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms of made-up agreements, one and any."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st

from hanze.experiments.agreements.terms import (
    BASES,
    PURPOSES,
    SHARINGS,
    Attribute,
    Part,
    Terms,
    normal,
)

ZONE = ZoneInfo("Europe/Amsterdam")
ID = "urn:ngsi-ld:DataAgreement:havendam:quiet"

TERMS = normal(
    Terms(
        name="Quiet street", about="To find out whether the street gets quieter.", city="Havendam", partner="noise-lab",
        partner_name="Noise Lab", data=(
            Part("NoiseLevelObserved", (Attribute("LAeq", "PT1H"), Attribute("name"))),
            Part("AirQualityObserved", (Attribute("no2"),)),
        ),
        purpose="trial", basis="none", area="HVD01", since="2026-01-01", until="2026-12-31", starts="2026-03-01", ends="2026-09-30",
        contact="data@havendam.example",
    )
)  # fmt: skip

SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[5.0, 52.0], [5.01, 52.0], [5.01, 52.01], [5.0, 52.01], [5.0, 52.0]]],
}

NAMES = ("no2", "pm10", "name", "location", "https://example.org/terms#own", "LAeq")
TYPES = ("AirQualityObserved", "NoiseLevelObserved", "https://example.org/types#Bench", "OffStreetParking")
LEVELS = ("", "PT15M", "PT1H", "P1D")

_days = st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(date.isoformat)
_text = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@st.composite
def parts(draw: st.DrawFn) -> tuple[Part, ...]:
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True))
    return tuple(
        Part(one, tuple(Attribute(name, draw(st.sampled_from(LEVELS))) for name in draw(_names))) for one in types
    )


_names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Any that can be agreed on."""
    starts, ends = sorted((draw(_days), draw(_days)))
    since, until = draw(
        st.sampled_from([("", ""), ("2025-06-01", ""), ("", "2026-06-30"), ("2025-10-26", "2026-03-29")])
    )
    area, shape = draw(st.sampled_from([("", None), ("HVD01", None), ("Wijk 3: noord", None), ("", SQUARE)]))
    made = Terms(
        name=draw(_text), about=draw(_text), city="Havendam", partner="noise-lab", partner_name=draw(_text), data=draw(parts()),
        purpose=draw(st.sampled_from(PURPOSES)), basis=draw(st.sampled_from(BASES)), area=area, shape=shape, since=since,
        until=until,
        starts=starts, ends=ends, rate=draw(st.integers(1, 6000)), sharing=draw(st.sampled_from(SHARINGS)),
        deletion=draw(st.integers(0, 3650)), proof=draw(st.booleans()), publication=draw(st.sampled_from(("none", "results"))),
        credit=draw(st.booleans()), contact="data@havendam.example", price=draw(st.just("0") | _text),
    )  # fmt: skip
    return normal(made)


def changed(terms: Terms = TERMS, **values: Any) -> Terms:
    return msgspec.structs.replace(terms, **values)
