# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operations of NGSI-LD make of an entity: pure functions from the state before to an outcome.

`now` is ISO 8601 in UTC. Nothing is changed in place. Source: ETSI GS CIM 009 V1.8.1, clauses 5.5.8, 5.5.12 and 5.6.
"""

from hanze.ngsild.operations.attribute import delete_attribute, delete_attributes, patch_attribute, replace_attribute
from hanze.ngsild.operations.expiry import alive, expire, soonest
from hanze.ngsild.operations.fragment import append, merge, update
from hanze.ngsild.operations.whole import create, delete, replace

__all__ = [
    "alive",
    "append",
    "create",
    "delete",
    "delete_attribute",
    "delete_attributes",
    "expire",
    "merge",
    "patch_attribute",
    "replace",
    "replace_attribute",
    "soonest",
    "update",
]
