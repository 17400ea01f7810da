# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All vaults of this room: what is confidential until a call closes, and what is never public."""

from hanze.experiments.agreements import vaults as agreements
from hanze.experiments.challenges import vaults as challenges
from hanze.experiments.organisations import vaults as organisations
from hanze.experiments.practice import vaults as practice
from hanze.experiments.trials import vaults as trials
from hanze.store.vault import Vault

VAULTS: tuple[Vault, ...] = (
    *organisations.VAULTS,
    *challenges.VAULTS,
    *agreements.VAULTS,
    *trials.VAULTS,
    *practice.VAULTS,
)
