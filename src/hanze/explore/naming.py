# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the things are called that relationships lead to, each asked for once."""

from hanze.explore import places
from hanze.web.room import Visit


class Names:
    """From an id to a name; empty where the visitor does not see the thing."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._known: dict[str, str] = {}

    def __call__(self, id: str) -> str:
        if id not in self._known:
            found = self._visit.site.store.get("", id, self._visit.scope)
            self._known[id] = "" if found is None else places.name(found)
        return self._known[id]
