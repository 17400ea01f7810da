# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All vaults of a node: what its rooms keep that is not public."""

from collections.abc import Sequence

from hanze.access import vaults as access
from hanze.broker.subscriptions import keeping as subscriptions
from hanze.experiments import vaults as experiments
from hanze.explore import vaults as explore
from hanze.feeds.brought import BROUGHT
from hanze.feeds.record import SOURCES
from hanze.goals.journey import vaults as journey
from hanze.node.verbs.load import LOADS
from hanze.store.vault import Vault
from hanze.web.attachments import vaults as attachments
from hanze.web.outbox import vaults as outbox
from hanze.web.people import vaults as people
from hanze.web.steps.drafts import VAULTS as DRAFTS

VAULTS: Sequence[Vault] = (
    *access.VAULTS, *subscriptions.VAULTS, *people.VAULTS, *explore.VAULTS, *attachments.VAULTS, outbox.MAILS, *DRAFTS,
    *journey.VAULTS, *experiments.VAULTS, LOADS, SOURCES, BROUGHT,
)  # fmt: skip
