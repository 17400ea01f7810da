# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms as an ODRL agreement: a permission for each part of the data, what is forbidden, and what the partner has to do."""

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from urllib.parse import unquote

import msgspec

from hanze.experiments.agreements import words
from hanze.experiments.agreements.odrl.graph import XSD, Ref, Term, Value
from hanze.experiments.agreements.odrl.policy import Constraint, Duty, Policy, Rule, Thing
from hanze.experiments.agreements.terms import FREE, Part, Terms
from hanze.experiments.trials import days
from hanze.feeds.making import urn
from hanze.goals.model import AREA
from hanze.ngsild import canonical, times
from hanze.ngsild.context import CORE

ORGANISATION, CITY = "Organization", "City"


def city_of(id: str) -> str:
    """The code of the city in the id of an agreement."""
    return unquote(id.split(":")[3])


def partner_of(id: str, terms: Terms) -> str:
    return urn(ORGANISATION, city_of(id), terms.partner)


def gone(terms: Terms) -> str:
    """The last day on which the partner may still have the data."""
    last = days.day(terms.ends)
    assert last is not None
    return (last + timedelta(days=terms.deletion)).isoformat()


def policy(id: str, terms: Terms, zone: tzinfo) -> Policy:
    """The same as the terms; `zone`: by whose clocks their days begin and end."""
    city = Thing(urn(CITY, city_of(id)), name=terms.city, mail=terms.contact)
    partner = Thing(partner_of(id, terms), name=terms.partner_name)
    return _Maker(id, terms, zone, city, partner).policy()


class _Maker(msgspec.Struct, frozen=True):
    id: str
    terms: Terms
    zone: tzinfo
    city: Thing
    partner: Thing

    def policy(self) -> Policy:
        return Policy(
            self.id, "Agreement", (*self._data(), *self._sharing()), tuple(self._duties()), (words.PROFILE,),
            title=self.terms.name, about=self.terms.about,
        )  # fmt: skip

    def _data(self) -> Iterator[Rule]:
        conditions = tuple(self._conditions())
        number = 0
        for part in self.terms.data:
            for level in dict.fromkeys(one.level for one in part.attributes):
                number += 1
                yield Rule(
                    f"{self.id}#data-{number}", "permission", _actions(level), (self._target(part, level),), (self.partner,),
                    (self.city,), conditions,
                )  # fmt: skip

    def _target(self, part: Part, level: str) -> Thing:
        names = [Ref(CORE.expand(one.name)) for one in part.attributes if one.level == level]
        return Thing(CORE.expand(part.type), True, (_constraint(words.ATTRIBUTE, words.ANY_OF, *names),))

    def _conditions(self) -> Iterator[Constraint]:
        terms = self.terms
        yield self._moment(words.MOMENT, words.GTEQ, days.since(terms.starts, self.zone))
        yield self._moment(words.MOMENT, words.LT, days.until(terms.ends, self.zone))
        yield _constraint(words.PURPOSE, words.EQ, Ref(words.PURPOSE_IRIS[terms.purpose]))
        yield _constraint(words.BASIS, words.EQ, Ref(words.BASIS_IRIS[terms.basis]))
        yield _constraint(words.COUNT, words.LTEQ, Value(str(terms.rate), XSD + "integer"), unit=words.PER_MINUTE)
        if terms.area:
            yield _constraint(words.SPATIAL, words.PART_OF, Ref(urn(AREA.name, city_of(self.id), terms.area)))
        if terms.shape:
            yield _constraint(
                words.SPATIAL, words.PART_OF, Value(canonical.canonical(terms.shape).decode(), words.GEOJSON)
            )
        if terms.since:
            yield self._moment(words.OBSERVED, words.GTEQ, days.since(terms.since, self.zone))
        if terms.until:
            yield self._moment(words.OBSERVED, words.LT, days.until(terms.until, self.zone))

    def _moment(self, left: str, operator: str, moment: int) -> Constraint:
        return _constraint(left, operator, Value(times.text(moment), XSD + "dateTime"))

    def _sharing(self) -> Iterator[Rule]:
        id = f"{self.id}#sharing"
        targets = tuple(Thing(CORE.expand(one.type), True) for one in self.terms.data)
        parts = ((Thing(words.DISTRIBUTE),), targets, (self.partner,), (self.city,))
        if self.terms.sharing == "no":
            yield Rule(id, "prohibition", *parts)
        else:
            asked = words.CONSENT if self.terms.sharing == "consent" else words.NEXT
            yield Rule(id, "permission", *parts, duties=(Duty(f"{id}-duty", (Thing(asked),)),))

    def _duties(self) -> Iterator[Duty]:
        terms = self.terms
        last = self._moment(words.MOMENT, words.LT, days.until(gone(terms), self.zone))
        yield self._duty("deletion", words.DELETE, conditions=(last,))
        if terms.proof:
            yield self._duty("proof", words.INFORM, f"{self.id}#deletion-report")
        if terms.publication == "results":
            yield self._duty("publication", words.DISTRIBUTE, f"{self.id}#results")
        if terms.credit:
            yield self._duty("credit", words.CREDIT)
        if terms.price != FREE:
            yield self._duty("price", words.PAY, about=terms.price)

    def _duty(
        self, name: str, action: str, target: str = "", conditions: tuple[Constraint, ...] = (), about: str = ""
    ) -> Duty:
        targets = (Thing(target),) if target else ()
        return Duty(
            f"{self.id}#{name}", (Thing(action),), targets, (self.partner,), (self.city,), conditions, about=about
        )  # fmt: skip


def _actions(level: str) -> tuple[Thing, ...]:
    """As it is, also taken together; or only taken together over periods of at least this length."""
    if not level:
        return Thing(words.READ), Thing(words.AGGREGATE)
    return (
        Thing(words.AGGREGATE, refinements=(_constraint(words.PERIOD, words.GTEQ, Value(level, XSD + "duration")),)),
    )


def _constraint(left: str, operator: str, *right: Term, unit: str = "") -> Constraint:
    """One without a name of its own."""
    return Constraint("_:", left, operator, right, unit)
