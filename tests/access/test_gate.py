# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The gate tells who asks by the headers, and what that one may read, now."""

from collections.abc import Callable

import pytest

from hanze.access import Access, Policy, Public, gate, keys
from hanze.access.keys import ID
from hanze.errors import NoRightToAccess
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING, NOTHING
from tests.contract.conftest import Clock


def access(store: Store, clock: Clock, **policy: object) -> Access:
    return Access(store, clock, Policy(**policy))  # type: ignore[arg-type]


def refused(of: Access, headers: dict[str, str]) -> str:
    with pytest.raises(NoRightToAccess) as found:
        of.principal(headers)
    assert found.value.status == 401
    return found.value.detail


def test_both_headers_and_the_first_counts(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    one, other = make(), make()
    closed = access(store, clock)
    for headers in (
        {"authorization": f"Bearer {one}"}, {"authorization": f"bearer  {one} "}, {"x-api-key": f" {one}"},
        {"authorization": f"Bearer {one}", "x-api-key": other}, {"authorization": f"Bearer {one}", "x-api-key": "none"},
    ):  # fmt: skip
        assert closed.principal(headers).id == one[ID], headers
    assert closed.principal({}).id == "anyone"
    assert closed.principal({}).rights == frozenset()


def test_on_a_closed_node_what_is_no_key_is_refused(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    closed, key = access(store, clock), make()
    assert "Bearer hz_" in refused(closed, {"authorization": f"Basic {key}"})
    assert "Bearer hz_" in refused(closed, {"authorization": ""})
    assert "not known" in refused(closed, {"authorization": "Bearer"})
    assert "not known" in refused(closed, {"authorization": "Bearer eyJhbGciOi"})
    assert "not known" in refused(closed, {"x-api-key": ""})


def test_an_open_node_passes_over_the_tokens_of_others(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    opened, key = access(store, clock, open=True), make()
    for headers in ({}, {"authorization": "Bearer eyJhbGciOi"}, {"authorization": "Basic abc"}):
        assert opened.principal(headers).id == "anyone"
    assert opened.principal({"authorization": "Basic abc", "x-api-key": key}).id == key[ID]
    assert opened.principal({"authorization": f"Bearer  {key}"}).id == key[ID]
    assert "not known" in refused(opened, {"authorization": f"Bearer {key[:-1]}"})
    assert "not known" in refused(opened, {"x-api-key": "eyJhbGciOi"})


def test_a_scope_is_worked_out_once(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    of = access(store, clock, restricted=frozenset("R"))
    principal = of.principal({"x-api-key": make()})
    assert of.scope(principal, "") is of.scope(principal, "north")
    assert of.scope(of.principal({}), "") is NOTHING


def test_little_is_remembered(
    store: Store, clock: Clock, make: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST_SCOPES", 4)
    of = access(store, clock)
    for _ in range(10):
        key = make("admin")
        assert of.scope(of.principal({"x-api-key": key}), "") is of.scope_of(key[ID]) is EVERYTHING
        assert max(len(of._scopes), len(of._owners)) <= 4


def test_the_scope_of_one_who_does_not_ask(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    of = access(store, clock, public=(Public("P"),))
    key = make("admin", expires=clock.now + 100_000_000)
    assert of.scope_of("operator") is EVERYTHING and of.scope_of(key[ID]) is EVERYTHING
    assert of.scope_of("anyone") == of.scope(of.principal({}), "")
    assert of.scope_of("00000000") is NOTHING
    store.submit(lambda work: keys.revoke(work, "operator", key[ID])).result()
    of.forget_keys()
    assert of.scope_of(key[ID]) is NOTHING


def test_an_expired_key_shows_nothing_within_ten_seconds(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    of = access(store, clock)
    key = make("admin", expires=clock.now + 5_000_000)
    assert of.scope_of(key[ID]) is EVERYTHING
    clock.forward(gate.OWNER_MICROSECONDS / 1e6)
    assert of.scope_of(key[ID]) is NOTHING


def test_a_revoked_key_is_refused_at_once(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    of, key = access(store, clock), make()
    of.principal({"x-api-key": key})
    store.submit(lambda work: keys.revoke(work, "operator", key[ID])).result()
    of.forget_keys()
    assert "revoked" in refused(of, {"x-api-key": key})
