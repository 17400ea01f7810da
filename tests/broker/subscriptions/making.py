# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make definitions and changes."""

from typing import Any

from hanze.broker.subscriptions import document
from hanze.broker.subscriptions.definition import define
from hanze.broker.subscriptions.facts import Facts
from hanze.broker.subscriptions.model import Definition
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.store.base import JournalRow
from tests.contract.making import outcome

NOW = 0


def body(**members: Any) -> dict[str, Any]:
    """A subscription as a user gives it; a member that is None is left out."""
    made = {
        "type": "Subscription",
        "entities": [{"type": "T"}],
        "notification": {"endpoint": {"uri": "http://example.org/"}},
        **members,
    }
    return {name: value for name, value in made.items() if value is not None}


def definition(tenant: str = "", id: str = "urn:a:1", **members: Any) -> Definition:
    return define(tenant, id, "token", "anyone", document.checked(body(**members), CORE, NOW), CORE, CORE)


def change(before: Entity | None, after: Entity | None, *, tenant: str = "", seq: int = 1) -> Facts:
    """What the journal tells of the change from one state to the other."""
    made = outcome(before, after)
    kind = "created" if before is None else "deleted" if after is None else "updated"
    entity = after if after is not None else before
    assert entity is not None
    names = list(dict.fromkeys(one.attribute for one in made.changes))
    return Facts(JournalRow(seq, NOW, tenant, entity.id, entity.types, kind, names, made.changes, entity, 100), entity)
