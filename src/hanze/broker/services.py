# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the API's handlers work with."""

import msgspec

from hanze.access import Access
from hanze.broker.contexts import Contexts
from hanze.broker.subscriptions.notifier import Notifier
from hanze.http.limits import Limits
from hanze.ngsild.times import Clock
from hanze.store.base import Store


class Services(msgspec.Struct, frozen=True):
    """`root`: path of the API as clients see it, with the base path of a proxy. `identity`: URI of this node.
    `notifier`: None where nothing is notified, so that nobody can subscribe."""

    store: Store
    contexts: Contexts
    access: Access
    clock: Clock
    limits: Limits
    root: str = "/ngsi-ld/v1"
    identity: str = "urn:ngsi-ld:ContextSourceIdentity:hanze"
    started: int = 0
    notifier: Notifier | None = None
