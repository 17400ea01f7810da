# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What practice data are made of: what the agreement shows and nothing else; of a challenge only what takes no agreement."""

from hanze.experiments.practice import granting
from hanze.experiments.practice.statics import SIMULATED
from hanze.goals.catalogue.reading import shipped
from hanze.ngsild.context import CORE
from hanze.store.scope import Grant
from tests.experiments.agreements.making import ID, SQUARE, TERMS, ZONE, changed

NOISE, AIR, LAEQ, NO2 = map(CORE.expand, ("NoiseLevelObserved", "AirQualityObserved", "LAeq", "no2"))
HOUR = 3_600_000_000


def test_of_terms_what_they_show_of_any_day_inside_the_area() -> None:
    shown = granting.of_terms(ID, changed(rate=7), ZONE, SQUARE)
    assert shown.types == [AIR, NOISE] and shown.levels == {LAEQ: HOUR}
    assert (shown.rate, shown.place) == (7, SQUARE)
    for one in shown.to_make():
        assert (one.tenants, one.area, one.level, one.since, one.until) == (frozenset({""}), SQUARE, None, None, None)
    assert shown.place == granting.of_terms(ID, changed(area="", shape=SQUARE), ZONE, None).place


def test_keys_read_the_tenant_alone_with_the_levels_of_the_terms() -> None:
    read = granting.of_terms(ID, TERMS, ZONE, SQUARE).to_read("practice-quiet")
    assert {one.tenants for one in read} == {frozenset({"practice-quiet"})}
    assert {one.attributes: one.level for one in read if LAEQ in (one.attributes or ())} == {frozenset({LAEQ}): HOUR}
    assert read[-1].attributes == frozenset({SIMULATED}) and read[-1].types == frozenset({AIR, NOISE})
    assert not [one for one in read if one.area or one.since or one.until]


def test_what_is_seen_as_it_is_somewhere_has_no_level() -> None:
    other = granting.of_terms(ID, TERMS, ZONE, None).grants
    plain = granting.Shown((*other, Grant(types=frozenset({AIR}), attributes=frozenset({LAEQ}))), 60)
    assert plain.levels == {}


def test_of_an_indicator_what_it_is_made_of_but_for_restricted_types() -> None:
    one = shipped()["noise-lden"]
    (grant,) = granting.of_indicator(one, ()).grants
    assert grant.types == frozenset({NOISE}) and grant.attributes == frozenset({LAEQ, *map(CORE.expand, granting.WITH)})
    assert granting.of_indicator(one, {NOISE}).grants == ()
