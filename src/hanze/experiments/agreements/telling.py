# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement told in plain language, part by part, the same for partner and citizen."""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from hanze.experiments.agreements import policies
from hanze.experiments.agreements.terms import FREE, Part, Terms, micro
from hanze.experiments.agreements.wording import BASIS, LEVELS, PUBLICATION, PURPOSE, SHARING
from hanze.ngsild.context import CORE
from hanze.web import terms as names
from hanze.web.drawing import times
from hanze.web.language import Language
from hanze.web.language import mark as _

MINUTE = 60_000_000

Place = Callable[[str], tuple[str, str]]
"""From the code of an area to its name and the address of its page."""


class Line(msgspec.Struct, frozen=True):
    """A sentence, and where it leads; empty where it leads nowhere."""

    text: str
    address: str = ""


class Told(msgspec.Struct, frozen=True):
    """One part. `key`: names it in the page."""

    key: str
    title: str
    lines: tuple[Line, ...]


def day(language: Language, text: str) -> str:
    """Such as 3 March 2026."""
    return times.date(datetime.fromisoformat(text), language.words)


def period(language: Language, level: str) -> str:
    """Such as an hour."""
    if level in LEVELS:
        return language.say(LEVELS[level])
    return language.say(_("%(count)s minutes")) % {"count": language.words.number((micro(level) or 0) / MINUTE)}


def subject(language: Language, type: str) -> str:
    return language.say(names.subject(CORE.expand(type)))


def quantity(language: Language, name: str) -> str:
    return language.say(names.quantity(CORE.expand(name)).name)


def parts(language: Language, terms: Terms, place: Place) -> tuple[Told, ...]:
    """In the order in which people ask."""
    teller = _Teller(language, terms, place)
    every = (
        ("who", _("Who"), teller.who()),
        ("what", _("Which data"), teller.what()),
        ("purpose", _("What for"), teller.purpose()),
        ("why", _("Why it is allowed"), iter((Line(language.say(BASIS[terms.basis])),))),
        ("where", _("Where"), teller.where()),
        ("long", _("How long"), teller.how_long()),
        ("must", _("What the partner must do"), teller.must()),
    )
    return tuple(Told(key, language.say(title), tuple(lines)) for key, title, lines in every)


class _Teller(msgspec.Struct, frozen=True):
    language: Language
    terms: Terms
    place: Place

    def _line(self, text: str, **values: str) -> Line:
        return Line(self.language.say(text) % values)

    def who(self) -> Iterator[Line]:
        terms = self.terms
        yield self._line(_("%(city)s gives data to %(partner)s."), city=terms.city, partner=terms.partner_name)
        yield self._line(_("Questions: %(contact)s."), contact=terms.contact)

    def what(self) -> Iterator[Line]:
        for part in self.terms.data:
            yield from self._part(part)
        yield self._line(_("Nothing else that is not public."))

    def _part(self, part: Part) -> Iterator[Line]:
        what = subject(self.language, part.type)
        for level in dict.fromkeys(one.level for one in part.attributes):
            said = [quantity(self.language, one.name) for one in part.attributes if one.level == level]
            listed = ", ".join(one[:1].lower() + one[1:] if one[1:2].islower() else one for one in said)
            if level:
                text = _(
                    "%(what)s: %(names)s. Only averages and counts over at least %(period)s, no single measurement."
                )
                yield self._line(text, what=what, names=listed, period=period(self.language, level))
            else:
                yield self._line(_("%(what)s: %(names)s. Each measurement as it is."), what=what, names=listed)

    def purpose(self) -> Iterator[Line]:
        if self.terms.about:
            yield Line(self.terms.about)
        yield self._line(_("Only %(purpose)s."), purpose=self.language.say(PURPOSE[self.terms.purpose]))

    def where(self) -> Iterator[Line]:
        if self.terms.area:
            name, address = self.place(self.terms.area)
            yield Line(self.language.say(_("Only in %(area)s.")) % {"area": name}, address)
        elif self.terms.shape:
            yield self._line(_("Only in a part of the city that is drawn in the agreement."))
        else:
            yield self._line(_("In the whole city."))

    def how_long(self) -> Iterator[Line]:
        terms = self.terms
        starts, ends = (day(self.language, one) for one in (terms.starts, terms.ends))
        yield self._line(
            _("The agreement runs from %(starts)s up to and including %(ends)s."), starts=starts, ends=ends
        )
        if terms.since:
            yield self._line(_("Data from %(since)s on."), since=day(self.language, terms.since))
        if terms.until:
            yield self._line(_("Data up to and including %(until)s."), until=day(self.language, terms.until))
        rate = self.language.words.number(terms.rate)
        yield self._line(_("At most %(rate)s requests a minute."), rate=rate)

    def must(self) -> Iterator[Line]:
        terms = self.terms
        yield self._line(_("Delete all data by %(day)s."), day=day(self.language, policies.gone(terms)))
        if terms.proof:
            yield self._line(_("Show the city that they are deleted."))
        yield self._line(SHARING[terms.sharing])
        yield self._line(PUBLICATION[terms.publication])
        if terms.credit:
            yield self._line(_("Name the city as the source."))
        if terms.price == FREE:
            yield self._line(_("Pay nothing."))
        else:
            yield self._line(_("Pay: %(price)s."), price=terms.price)
