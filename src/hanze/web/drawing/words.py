# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pictures say in a language: numbers, months and a few sentences; a further language is one more value."""

import math
from collections.abc import Sequence

from msgspec import Struct

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Words(Struct, frozen=True):
    """A language. In the sentences {} are filled; of pairs the first is for one, the second for more."""

    code: str
    decimal: str
    thousands: str
    large: tuple[str, str, str]
    """10⁶, 10⁹ and 10¹² in short."""
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    moment: str
    place: str
    value: str
    lowest: str
    average: str
    highest: str
    no_data: str
    nothing: str
    one_moment: str
    period: str
    one_value: str
    spread: str
    gaps: tuple[str, str]
    limit: str
    under: str
    at_least: str
    places: tuple[str, str]
    unknown: tuple[str, str]
    values: str

    def number(self, value: float) -> str:
        """To three digits, but whole numbers below a million in full."""
        if value == 0:
            return "0"
        size = abs(value)
        if size >= 999.5e12 or size < 1e-6:
            lead, power = f"{value:.2e}".split("e")
            return self._power(float(lead), int(power), 2)
        for zeros, word, least in zip((12, 9, 6), reversed(self.large), (0.9995, 0.9995, 1), strict=True):
            if size >= 10**zeros * least:
                return f"{self.number(value / 10**zeros)}\u00a0{word}"
        found = self.fixed(value, max(0, 2 - math.floor(math.log10(size))))
        return found.rstrip("0").rstrip(self.decimal) if self.decimal in found else found

    def fixed(self, value: float, decimals: int) -> str:
        """With so many decimals."""
        found = f"{abs(value):,.{decimals}f}".translate({ord(","): self.thousands, ord("."): self.decimal})
        return "\u2212" + found if value < 0 and any(sign in "123456789" for sign in found) else found

    def numbers(self, values: Sequence[float], step: float) -> list[str]:
        """Round numbers that lie a step apart, written alike."""
        top = max(map(abs, values), default=0.0)
        if top >= 1e15 or 0 < top < 1e-5:
            power = math.floor(math.log10(top))
            decimals = max(0, power - math.floor(math.log10(step) + 1e-9))
            leads = [value / 10.0**power for value in values]
            return ["0" if lead == 0 else self._power(lead, power, decimals) for lead in leads]
        decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if values else 0
        for zeros, word in zip((12, 9, 6), reversed(self.large), strict=True):
            fewer = -math.floor(math.log10(step) + 1e-9) + zeros if top >= 10**zeros else 9
            if fewer <= 2:
                found = [self.fixed(value / 10**zeros, max(0, fewer)) for value in values]
                return ["0" if value == 0 else f"{one}\u00a0{word}" for one, value in zip(found, values, strict=True)]
        return ["0" if value == 0 else self.fixed(value, decimals) for value in values]

    def _power(self, lead: float, power: int, decimals: int) -> str:
        return f"{self.fixed(lead, decimals)}\u00a0\u00d7\u00a010{str(power).translate(_RAISED)}"


def measure(number: str, unit: str) -> str:
    """A number with its unit; the two stay on one line."""
    return f"{number}\u00a0{unit}" if unit and unit != "%" else number + unit


def counted(forms: tuple[str, str], count: int) -> str:
    """The form for one or for more, with the number in it."""
    return forms[count != 1].format(count)


NL = Words(
    code="nl",
    decimal=",",
    thousands=".",
    large=("mln", "mld", "bln"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    short_months=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    moment="Moment",
    place="Plek",
    value="Waarde",
    lowest="Laagste",
    average="Gemiddeld",
    highest="Hoogste",
    no_data="geen gegevens",
    nothing="Geen gegevens in deze periode",
    one_moment="Op {}.",
    period="Van {} tot {}.",
    one_value="De waarde is {}.",
    spread="Laagste {}, hoogste {}, gemiddeld {}.",
    gaps=("Eén keer ontbreken er gegevens.", "{} keer ontbreken er gegevens."),
    limit="{}: {}.",
    under="onder {}",
    at_least="{} en meer",
    places=("Kaart met 1 plek.", "Kaart met {} plekken."),
    unknown=("Van 1 plek zijn er geen gegevens.", "Van {} plekken zijn er geen gegevens."),
    values="Hoogste: {}. Laagste: {}.",
)  # fmt: skip

EN = Words(
    code="en",
    decimal=".",
    thousands=",",
    large=("million", "billion", "trillion"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    moment="Moment",
    place="Place",
    value="Value",
    lowest="Lowest",
    average="Average",
    highest="Highest",
    no_data="no data",
    nothing="No data in this period",
    one_moment="On {}.",
    period="From {} to {}.",
    one_value="The value is {}.",
    spread="Lowest {}, highest {}, average {}.",
    gaps=("Data are missing once.", "Data are missing {} times."),
    limit="{}: {}.",
    under="under {}",
    at_least="{} and more",
    places=("Map with 1 place.", "Map with {} places."),
    unknown=("Of 1 place there are no data.", "Of {} places there are no data."),
    values="Highest: {}. Lowest: {}.",
)  # fmt: skip

DE = Words(
    code="de",
    decimal=",",
    thousands=".",
    large=("Mio.", "Mrd.", "Bio."),
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    short_months=("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    moment="Zeitpunkt",
    place="Ort",
    value="Wert",
    lowest="Niedrigster",
    average="Mittel",
    highest="Höchster",
    no_data="keine Daten",
    nothing="Keine Daten in diesem Zeitraum",
    one_moment="Am {}.",
    period="Von {} bis {}.",
    one_value="Der Wert ist {}.",
    spread="Niedrigster {}, höchster {}, Mittel {}.",
    gaps=("Einmal fehlen Daten.", "{}-mal fehlen Daten."),
    limit="{}: {}.",
    under="unter {}",
    at_least="{} und mehr",
    places=("Karte mit 1 Ort.", "Karte mit {} Orten."),
    unknown=("Von 1 Ort gibt es keine Daten.", "Von {} Orten gibt es keine Daten."),
    values="Höchster: {}. Niedrigster: {}.",
)  # fmt: skip

WORDS = {one.code: one for one in (NL, EN, DE)}
"""By the code of the language."""
