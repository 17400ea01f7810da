# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ODRL agreement permits is what a key of the agreement is shown, and nothing else: for any terms, things and moments."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.access import agreed, keys
from hanze.access.principal import Principal
from hanze.errors import HanzeError
from hanze.experiments.agreements import compiling, policies, words
from hanze.experiments.agreements.odrl.evaluating import evaluate
from hanze.experiments.agreements.odrl.graph import XSD, Ref, Term, Value
from hanze.experiments.agreements.odrl.policy import Asked, Policy, Request, World
from hanze.experiments.agreements.terms import Attribute, Part, Terms, normal
from hanze.feeds.making import urn
from hanze.goals.model import AREA
from hanze.ngsild import duration, times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import UnitOfWork
from hanze.store.scope import NOTHING, Scope
from tests.experiments.agreements.making import ID, ZONE, changed
from tests.experiments.agreements.place import CITY, Place

TYPES, ATTRIBUTES, PERIODS = ("Noise", "Air"), ("level", "peak"), ("PT15M", "PT1H", "P1D")
SPOTS = {"in": 5.005, "out": 5.015}
"""Inside and outside of the area of the agreement."""

START = times.parse("2026-02-01T00:00:00Z")
HOUR = 3_600_000_000
MOMENTS = [START + number * HOUR // 6 for number in range(6 * 48)]
"""Two days."""

EDGES = [times.parse(text) for text in ("2026-02-01T22:50:00Z", "2026-02-01T23:00:00Z", "2026-02-02T09:10:00Z")]
"""Just before midnight of the city, midnight, and later."""

NOWS = {
    text: times.parse(text)
    for text in ("2026-02-28T22:59:59Z", "2026-02-28T23:00:00Z", "2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z")
}
"""Just before the first day, its first moment, the last one of the last day, and just after."""


class Held(Place):
    """Two things of each type, each with two attributes, over two days; and a key of an agreement that is put anew each time."""

    def measured(self) -> None:
        for type, spot in itertools.product(TYPES, SPOTS):
            self.thing_of(type, 1 if spot == "in" else 2, SPOTS[spot])

            def work(uow: UnitOfWork, type: str = type, spot: str = spot) -> None:
                for name in ATTRIBUTES:
                    values = [float(number % 7) for number in range(len(MOMENTS))]
                    uow.observe(
                        "",
                        _thing(type, spot),
                        [CORE.expand(type)],
                        CORE.expand(name),
                        {"type": "Property"},
                        MOMENTS,
                        values,
                    )

            self.store.submit(work).result()

    def principal_of(self, terms: Terms) -> Principal:
        """Who has a key of an agreement on these terms."""

        def work(uow: UnitOfWork) -> str:
            agreed.put(uow, compiling.agreed(ID, terms, ZONE, compiling.area_of(uow, ID, terms)))
            return keys.create(uow, os.urandom, "test", "reader", agreement=ID)[0]

        text = self.store.submit(work).result()
        self.access.forget_keys()
        # A call is refused before and after; what goes on without one asks for the scope.
        now, self.now = self.now, NOWS["2026-02-28T23:00:00Z"]
        found = self.access.principal({"x-api-key": text})
        self.now = now
        return found


def _thing(type: str, spot: str) -> str:
    return f"urn:ngsi-ld:{type}:{1 if spot == 'in' else 2}"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder: Path = tmp_path_factory.mktemp("held")
    made = Held(folder)
    yield made
    made.store.close()


_part = st.lists(st.sampled_from(ATTRIBUTES), min_size=1, unique=True)


@st.composite
def any_terms(draw: st.DrawFn, since: tuple[str, ...], until: tuple[str, ...]) -> Terms:
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, unique=True))
    levels = st.sampled_from(("", "PT1H"))
    parts = tuple(Part(type, tuple(Attribute(name, draw(levels)) for name in draw(_part))) for type in types)
    area = draw(st.sampled_from(("", "HVD01")))
    return normal(
        changed(
            data=parts, area=area, since=draw(st.sampled_from(since)), until=draw(st.sampled_from(until)), starts="2026-03-01",
            ends="2026-03-31", rate=6000,
        )
    )  # fmt: skip


def permitted(
    policy: Policy, type: str, spot: str, name: str, action: str, now: int, observed: int, period: str = ""
) -> bool:
    """As ODRL says."""
    place = urn(AREA.name, CITY, "HVD01" if spot == "in" else "HVD02")
    context: dict[str, tuple[Term, ...]] = {
        words.ATTRIBUTE: (Ref(CORE.expand(name)),), words.OBSERVED: (Value(times.text(observed), XSD + "dateTime"),),
        words.PURPOSE: (Ref(words.PURPOSE_IRIS["trial"]),), words.BASIS: (Ref(words.BASIS_IRIS["none"]),),
        words.COUNT: (Value("1", XSD + "integer"),), words.SPATIAL: (Ref(place),),
    }  # fmt: skip
    if period:
        context[words.PERIOD] = (Value(period, XSD + "duration"),)
    thing = _thing(type, spot)
    world = World(Value(times.text(now), XSD + "dateTime"), {thing: frozenset({CORE.expand(type)})})
    asked = Asked("asked", action, thing, urn(policies.ORGANISATION, CITY, "noise-lab"), context)
    return evaluate(policy, Request("request", (asked,)), world).permitted


@settings(max_examples=25, deadline=None)
@given(any_terms(("", "2026-02-02", "2026-02-10"), ("", "2026-02-01", "2026-01-15")), st.sampled_from(sorted(NOWS)))
def test_single_values_are_shown_where_odrl_permits_to_read_them(held: Held, terms: Terms, now: str) -> None:
    policy, principal = policies.policy(ID, terms, ZONE), held.principal_of(terms)
    held.now = NOWS[now]
    scope = held.access.scope(principal, "")
    for type, spot in itertools.product(TYPES, SPOTS):
        shown = _shown(held, scope, _thing(type, spot))
        for name, observed in itertools.product(ATTRIBUTES, EDGES):
            may = permitted(policy, type, spot, name, words.READ, held.now, observed)
            assert ((CORE.expand(name), times.text(observed)) in shown) == may, (type, spot, name, observed)


def _shown(held: Held, scope: Scope, id: str) -> set[tuple[str, str]]:
    """Attributes and moments of which the scope shows a value."""
    if scope is NOTHING:
        return set()
    found = held.store.temporal("", id, Window(), scope)
    attributes: dict[str, Any] = {} if found is None else found.attributes
    return {
        (name, one.doc["observedAt"]) for name, kept in attributes.items() for one in kept if "observedAt" in one.doc
    }


@settings(max_examples=25, deadline=None)
@given(any_terms(("", "2026-01-15", "2026-02-10"), ("", "2026-02-20", "2026-01-20")), st.sampled_from(PERIODS))
def test_aggregates_are_shown_where_odrl_permits_them(held: Held, terms: Terms, period: str) -> None:
    policy, principal = policies.policy(ID, terms, ZONE), held.principal_of(terms)
    held.now = NOWS["2026-02-28T23:00:00Z"]
    scope = held.access.scope(principal, "")
    for type, spot, name in itertools.product(TYPES, SPOTS, ATTRIBUTES):
        may = permitted(policy, type, spot, name, words.AGGREGATE, held.now, START, period)
        assert _aggregated(held, scope, _thing(type, spot), name, period) == may, (type, spot, name, period)


def _aggregated(held: Held, scope: Scope, id: str, name: str, period: str) -> bool:
    window = Window(relation="between", start=START, end=START + 48 * HOUR)
    try:
        found = held.store.aggregate("", id, CORE.expand(name), None, window, scope, ["avg"], duration.parse(period))
    except HanzeError:
        return False
    return any(bucket.values["avg"] is not None for bucket in found)
