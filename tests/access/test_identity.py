# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of a node: made once, only its owner reads it, what it signed can be checked, also after it was renewed."""

from pathlib import Path

import pytest

from hanze.access import identity
from hanze.access.identity import Identity, Signature, verified
from hanze.errors import ConfigurationError
from hanze.store.base import Store


@pytest.fixture
def mine(tmp_path: Path) -> Identity:
    made = Identity(tmp_path)
    made.make()
    return made


def test_the_key_is_its_owners_alone_and_stays(mine: Identity) -> None:
    assert mine.file.stat().st_mode & 0o777 == 0o600
    key = mine.key
    mine.make()
    assert mine.key == key


def test_what_was_signed_can_be_checked_and_nothing_else(mine: Identity) -> None:
    signed = mine.sign({"b": 1, "a": [2.5]})
    assert verified({"a": [2.5], "b": 1}, signed)
    assert not verified({"a": [2.5], "b": 2}, signed)
    assert not verified({"a": [2.5], "b": 1}, Signature(signed.key, signed.value[:-4] + "AAA="))
    assert not verified({"a": [2.5], "b": 1}, Signature("no key", signed.value))


def test_another_key_counts_at_once_and_the_old_one_stays_known(mine: Identity, store: Store) -> None:
    first, signed = mine.key, mine.sign("a")
    store.submit(lambda work: identity.remember(work, first, "operator")).result()
    store.submit(lambda work: identity.remember(work, first, "operator")).result()
    mine.renew()
    second = mine.key
    store.submit(lambda work: identity.remember(work, second, "operator")).result()
    old, new = identity.known(store)
    assert (old.key, new.key) == (first, second) and old.until == new.since and new.until is None
    assert verified("a", signed) and mine.sign("a").key == second


def test_a_file_that_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / identity.FILE).write_text("no key")
    with pytest.raises(ConfigurationError, match="hanze key renew"):
        Identity(tmp_path).sign("a")
