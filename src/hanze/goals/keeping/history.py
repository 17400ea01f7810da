# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the history of an entity says, moment by moment: of each moment what was told last."""

from functools import cache
from typing import Any

import msgspec

from hanze.ngsild import times
from hanze.ngsild.described import Described
from hanze.ngsild.selection import Window
from hanze.store.base import Reads
from hanze.store.scope import EVERYTHING, Scope

EVER = Window()


class Told(msgspec.Struct):
    """`facts`: by the name of a field. `instances`: those that tell it, and those that told it before: attribute and number."""

    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    instances: list[tuple[str, int]] = msgspec.field(default_factory=list)


def history(
    reads: Reads, kind: Described, id: str, window: Window = EVER, scope: Scope = EVERYTHING
) -> dict[int, Told]:  # fmt: skip
    """By moment (microseconds), ascending; of the fields that are of a moment."""
    names = _names(kind)
    read = reads.temporal("", id, window, scope, attributes=tuple(names))
    found: dict[int, Told] = {}
    for attribute, instances in {} if read is None else read.attributes.items():
        for one in sorted(instances, key=lambda one: one.number):
            if "observedAt" in one.doc and one.deleted is None:
                told = found.setdefault(times.parse(one.doc["observedAt"]), Told())
                told.facts[names[attribute]] = one.doc.get("value", one.doc.get("json"))
                told.instances.append((attribute, one.number))
    return dict(sorted(found.items()))


@cache
def _names(kind: Described) -> dict[str, str]:
    """The fields of a moment, by their attributes."""
    return {kind.attribute(one): one.name for one in msgspec.structs.fields(kind.facts) if one.name in kind.timed}
