# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys are shown once, kept as a hash, and open nothing once they are revoked or have expired."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from hanze.access import audit, keys
from hanze.access.keys import ID, LENGTH, PREFIX, Verifier
from hanze.access.principal import ROLES
from hanze.errors import BadRequestData, HanzeError, NoRightToAccess, ResourceNotFound
from hanze.store.base import Store
from tests.contract.conftest import Clock


def revoke(store: Store, name: str) -> None:
    store.submit(lambda work: keys.revoke(work, "operator", name)).result()


def refused(verifier: Verifier, text: str) -> str:
    """The sentence of the refusal."""
    with pytest.raises(NoRightToAccess) as found:
        verifier.verify(text)
    assert found.value.status == 401
    return found.value.detail


def test_a_key_says_who_asks_and_what_may_be_done(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    text = make("writer", name="sensors", types=["urn:T"], tenants=["", "north"])
    assert text.startswith(PREFIX) and len(text) == LENGTH
    found = Verifier(store, clock).verify(text)
    assert (found.id, found.name) == (text[ID], "sensors")
    assert found.rights == ROLES["writer"]
    assert (found.types, found.tenants) == (frozenset({"urn:T"}), frozenset({"", "north"}))
    assert Verifier(store, clock).by_id(found.id) == found


def test_only_a_hash_is_kept(tmp_path: Path, store: Store, make: Callable[..., str]) -> None:
    text = make(name="shown once")
    revoke(store, make())
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"shown once" in written and sha256(text.encode()).digest() in written
    secret = text[ID.stop :].encode()
    assert len(secret) == 43
    assert all(secret[start : start + 8] not in written for start in range(0, 36))


def test_no_key_is_like_another(store: Store, make: Callable[..., str]) -> None:
    texts = {make() for _ in range(50)}
    assert len({text[ID.stop :] for text in texts}) == 50
    assert len({key.id for key in keys.listed(store)}) == 50


@pytest.mark.parametrize("known", [False, True])
def test_what_is_no_key_is_refused(store: Store, clock: Clock, make: Callable[..., str], known: bool) -> None:
    text = make()
    verifier = Verifier(store, clock)
    if known:
        verifier.verify(text)
    last = "A" if text[-1] != "A" else "B"
    wrong = [
        "", " ", PREFIX, text[:-1], text + "A", text[:-1] + last, text.upper(), text.replace("hz_", "xx_"),
        PREFIX + "0" * 51, "é" * LENGTH, PREFIX + text[ID] + "\u0000" * 43, "x" * 100_000,
    ]  # fmt: skip
    for one in wrong:
        assert "not known here" in refused(verifier, one)
    assert verifier.verify(text).id == text[ID]


def test_expiry(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    text = make(expires=clock.now + 60_000_000)
    verifier = Verifier(store, clock)
    clock.forward(59)
    assert verifier.verify(text).id == verifier.by_id(text[ID]).id  # type: ignore[union-attr]
    clock.forward(1)
    assert "has expired" in refused(verifier, text)
    assert "has expired" in refused(Verifier(store, clock), text)
    assert verifier.by_id(text[ID]) is None
    with pytest.raises(BadRequestData, match="expires lies in the past"):
        make(expires=clock.now)


def test_a_revoked_key_opens_nothing(store: Store, clock: Clock, make: Callable[..., str]) -> None:
    text, other = make(name="lost"), make(name="kept")
    verifier = Verifier(store, clock)
    verifier.verify(text)
    revoke(store, "lost")
    verifier.forget()
    assert "revoked" in refused(verifier, text)
    assert verifier.by_id(text[ID]) is None
    assert verifier.verify(other).name == "kept"
    assert [key.revoked is not None for key in keys.listed(store)] == [True, False]


def test_which_key_is_revoked(store: Store, make: Callable[..., str]) -> None:
    first, second = make(name="twin"), make(name="twin")
    for name, error, says in (
        ("nobody", ResourceNotFound, "hanze key list"), ("twin", BadRequestData, "2 keys are named 'twin'"),
    ):  # fmt: skip
        with pytest.raises(error, match=says):
            revoke(store, name)
    revoke(store, first[ID])
    revoke(store, first)
    revoke(store, "twin")
    assert [line.subject for line in audit.lines(store, limit=10) if line.act == "key revoked"] == [
        second[ID], first[ID]
    ]  # fmt: skip


def test_a_role_that_there_is_not(make: Callable[..., str]) -> None:
    with pytest.raises(HanzeError, match="choose one of reader, writer, officer, admin"):
        make("root")


def test_little_is_remembered(
    store: Store, clock: Clock, make: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MOST_CACHED", 4)
    verifier = Verifier(store, clock)
    texts = [make() for _ in range(12)]
    for text in texts * 2:
        assert verifier.verify(text).id == text[ID]
        assert len(verifier._known) <= 4
    for text in texts:
        refused(verifier, text[:-1] + "!")
    assert len(verifier._known) <= 4
