# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which entities the parameters of a request select, and whether that is narrow enough.

Source: clauses 4.17, 5.6.21.4, 5.7.2.4 and 6.4.3.2.
"""

from collections.abc import Mapping
from typing import Any

from hanze.broker import show
from hanze.errors import BadRequestData
from hanze.ngsild import checks, pattern
from hanze.ngsild.context import Context
from hanze.ngsild.entity import CORE
from hanze.ngsild.language import geo, q, scope, types
from hanze.ngsild.selection import EntitySelection, TypeSelection, asked

SELECTING = frozenset({"id", "type", "idPattern", "attrs", "q", "csf", "georel", "geometry", "coordinates", "geoproperty",
                       "scopeQ", "local", "expandValues"})  # fmt: skip

_MEMBERS = ("id", "type", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt")
SYSTEM = frozenset(_MEMBERS) | {CORE + name for name in _MEMBERS}
"""What every entity has, or may have by the node's doing: no restriction of a query."""


def kinds(params: Mapping[str, str], context: Context) -> TypeSelection | None:
    """The types that are asked for; None where any will do. `*` is every type of this node (clause 4.17)."""
    text = params.get("type")
    if text == "*" and params.get("local") == "false":
        raise BadRequestData(
            "type is '*' and local is false; every type can only be asked of this node, leave local out."
        )
    return types.parse(text, context) if text and text != "*" else None


def selection(params: Mapping[str, str], context: Context) -> EntitySelection:
    """Which entities the parameters select; BadRequestData names what is wrong."""
    ids = tuple(params["id"].split(",")) if params.get("id") else ()
    for id in ids:
        checks.uri(id, "id")
    if "idPattern" in params:
        pattern.compile(params["idPattern"])
    where = None
    if "georel" in params:
        where = geo.parse(
            params["georel"], params.get("geometry"), params.get("coordinates"), params.get("geoproperty"), context
        )
    if params.get("csf"):
        # There are no other sources to choose from, but what is asked must be a question.
        q.parse(params["csf"], context)
    expanded = show.names(params["expandValues"], context, "expandValues") if params.get("expandValues") else ()
    return EntitySelection(
        types=kinds(params, context),
        ids=ids,
        id_pattern=params.get("idPattern"),
        attributes=show.names(params["attrs"], context) if params.get("attrs") else (),
        q=q.parse(params["q"], context, expanded) if "q" in params else None,
        geo=where,
        scope_q=scope.parse(params["scopeQ"]) if "scopeQ" in params else None,
    )


def narrow(params: Mapping[str, str], wanted: EntitySelection) -> None:
    """BadRequestData where the query asks for everything: ids, patterns and what all entities have are not enough."""
    if (
        params.get("local") == "true"
        or params.get("type")
        or wanted.types is not None
        or wanted.geo is not None
        or wanted.scope_q is not None
        or not SYSTEM.issuperset(wanted.attributes)
        or not SYSTEM.issuperset(asked(wanted.q))
    ):
        return
    raise BadRequestData(
        "The query is too wide; give one of type, attrs, q, georel or scopeQ about more than what all entities have, "
        "or local=true."
    )


def type_names(wanted: EntitySelection) -> list[str]:
    """The types that a selection names, for the access log."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if part is None:
            return
        if hasattr(part, "iri"):
            found.append(part.iri)
        else:
            for inner in part.of:
                walk(inner)

    walk(wanted.types)
    return found
