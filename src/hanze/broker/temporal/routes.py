# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The resources below /temporal. Source: clauses 6.18 to 6.24."""

from collections.abc import Awaitable, Callable

from hanze.broker.temporal import consumption, provision
from hanze.errors import BadRequestData, ResourceNotFound
from hanze.http.reply import Reply
from hanze.ngsild.checks import shown

Table = dict[str, Callable[..., Awaitable[Reply]]]

_ENTITIES: Table = {"GET": consumption.query, "POST": provision.create_or_update}
_ENTITY: Table = {"GET": consumption.retrieve, "DELETE": provision.delete}
_ATTRIBUTES: Table = {"POST": provision.append}
_ATTRIBUTE: Table = {"DELETE": provision.delete_attribute}
_NAMELESS: Table = {"DELETE": provision.nameless}
_INSTANCE: Table = {"PATCH": provision.modify_instance, "DELETE": provision.delete_instance}


def route(path: list[str]) -> tuple[Table, tuple[str, ...]]:
    """The operations of a resource by method, and the parts of the path they take; `path` begins after /temporal."""
    match path:
        case ["entities"]:
            return _ENTITIES, ()
        case ["entities", id] if id:
            return _ENTITY, (id,)
        case ["entities", id, "attrs"] if id:
            return _ATTRIBUTES, (id,)
        case ["entities", id, "attrs", name] if id and name:
            return _ATTRIBUTE, (id, name)
        case ["entities", id, "attrs", name, instance] if id and name:
            return _INSTANCE, (id, name, instance)
        case ["entityOperations", "query"]:
            return {"POST": consumption.post}, ()
        case ["entities", "", *_]:
            raise BadRequestData("The id is missing in the path; put the entity's URI behind /temporal/entities/.")
        case ["entities", id, "attrs", "", *_] if id:
            return _NAMELESS, ()
    raise ResourceNotFound(f"There is no resource {shown('/temporal/' + '/'.join(path))} in this API.")
