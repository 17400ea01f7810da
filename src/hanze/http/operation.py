# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One thing that the API of resources (/v1) offers: where it stands, what may be asked, what is answered, and what answers it."""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from hanze.access import Access, Principal
from hanze.errors import ResourceNotFound
from hanze.http.negotiate import JSON
from hanze.store.base import Store
from hanze.store.scope import Scope

T = TypeVar("T")

Moment = Annotated[
    str, Meta(description="A moment in UTC, to the microsecond.", extra_json_schema={"format": "date-time"})
]


class Caller(msgspec.Struct, frozen=True):
    """Who asks, and what there is to answer from. `root`: the path of the API as clients see it; `now`: microseconds; `lent`: what
    the node lends to a room, by the class that the room made for it."""

    store: Store
    access: Access
    principal: Principal
    root: str
    now: int
    lent: tuple[Any, ...] = ()

    @property
    def scope(self) -> Scope:
        """What the caller may see."""
        return self.access.scope(self.principal, "")

    def tool(self, kind: type[T]) -> T:
        """Errors: ResourceNotFound where it was not lent."""
        return tool(self.lent, kind)


def tool(lent: Iterable[Any], kind: type[T]) -> T:
    """What was lent of this class. Errors: ResourceNotFound where nothing was."""
    for one in lent:
        if isinstance(one, kind):
            return one
    raise ResourceNotFound("This site does not offer that.")


class Nothing(msgspec.Struct, frozen=True, rename="camel"):
    """Nothing can be asked."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """GET of one resource.

    `path`: after the root, with the names of parameters in braces. `name`: its operationId. `asked`: a Struct of the parameters,
    those of the path too; `answer`: what `handler(caller, asked)` gives, which runs in a reader's thread. `kind`: media type.
    """

    path: str
    name: str
    summary: str
    tag: str
    handler: Callable[[Caller, Any], Any]
    answer: Any
    asked: type[msgspec.Struct] = Nothing
    kind: str = JSON

    @property
    def named(self) -> tuple[str, ...]:
        """The parameters that stand in the path."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    def parts(self, path: list[str]) -> dict[str, str] | None:
        """The parameters that this path has; None where it is the path of another resource."""
        own = self.path.strip("/").split("/")
        if len(own) != len(path):
            return None
        found: dict[str, str] = {}
        for mine, given in zip(own, path, strict=True):
            if mine.startswith("{") and given:
                found[mine[1:-1]] = given
            elif mine != given:
                return None
        return found
