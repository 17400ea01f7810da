# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the site says that it keeps of people: nothing is left out, whatever a room adds."""

import msgspec

from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store.vault import Column, Vault
from hanze.web.shell import privacy


def test_every_vault_has_words() -> None:
    """A new vault fails here until hanze.web.shell.privacy says what it holds, about whom, why and for how long."""
    assert not {one.name for one in ALL_VAULTS} - set(privacy.WORDS)


def test_what_is_kept_of_people_has_a_reason_and_an_end() -> None:
    for vault in ALL_VAULTS:
        words = privacy.WORDS[vault.name]
        if words.whom:
            assert words.why and (words.until or vault.retention is not None), vault.name


def test_an_account_is_told_of_and_days_come_from_the_vault() -> None:
    found = privacy.kept(ALL_VAULTS)
    assert [one.words for one in found][:2] == [privacy.WORDS["people"], privacy.WORDS["sessions"]]
    assert found[0].days is None and found[1].days == 1
    longer = [msgspec.structs.replace(one, retention=("expires", 9)) for one in ALL_VAULTS if one.name == "sessions"]
    assert [one.days for one in privacy.kept(longer)] == [9]


def test_what_is_about_nobody_is_left_out() -> None:
    assert privacy.kept([Vault(name="load", columns=(Column("source"),))]) == []
