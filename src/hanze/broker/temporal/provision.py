# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes history: instances are added, corrected and removed; the current entity stays as it is.

Source: clauses 5.6.11 to 5.6.16 and 6.18 to 6.22.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from hanze.broker.entities import missing
from hanze.broker.exchange import Exchange, writing
from hanze.errors import BadRequestData, InvalidRequest, ResourceNotFound
from hanze.http.reply import Reply
from hanze.ngsild import checks, parse
from hanze.ngsild.context import Context
from hanze.ngsild.entity import SCOPE, Entity, Instance
from hanze.store.base import UnitOfWork

PARAMETERS = frozenset({"local", "options", "format", "via"})
INSTANCE = "urn:ngsi-ld:Instance:"
"""Beginning of an instanceId; its number in this node follows."""


def known(uow: UnitOfWork, ex: Exchange, id: str) -> list[str]:
    """The types of an entity that the node knows; ResourceNotFound where the principal cannot see one, NoRightToAccess
    where it may see this one and not write it."""
    types = uow.types(ex.tenant, id)
    if types is None or not ex.sees(uow.entity(ex.tenant, id) or Entity(id, types)):
        raise missing(id)
    ex.check_write(types)
    return types


@writing
async def create_or_update(ex: Exchange) -> Reply:
    """POST /temporal/entities"""
    ex.request.allow(PARAMETERS)
    payload, context = await ex.payload()
    if not isinstance(payload, dict) or not payload.keys() - {"@context"}:
        raise InvalidRequest("The body is empty; give the entity its id, type and attribute instances.")
    entity = _entity(payload, context)
    if not entity.id or not entity.types:
        raise BadRequestData(f"{'type' if entity.id else 'id'} is missing; give the entity its id and type.")
    ex.check_write(entity.types)

    def work(uow: UnitOfWork) -> bool:
        types = uow.types(ex.tenant, entity.id)
        if types is not None:
            ex.check_known(uow.entity(ex.tenant, entity.id) or Entity(entity.id, types))
        uow.append_history(ex.tenant, entity)
        return types is None

    if not await ex.services.store.write(work):
        return ex.empty()
    place = f"{ex.services.root}/temporal/entities/{quote(entity.id, safe=':')}".encode()
    return ex.empty(201, [(b"location", place)])


def _entity(payload: Any, context: Context) -> Entity:
    """The history of the body. Its scope may be one too: instances of a Property, of which the last one is current."""
    scope = payload.get("scope") if isinstance(payload, dict) else None
    if not isinstance(scope, dict) and not (isinstance(scope, list) and any(isinstance(one, dict) for one in scope)):
        return parse.temporal(payload, context)
    entity = parse.temporal({name: value for name, value in payload.items() if name != "scope"}, context)
    instances = parse.instances(scope, context, field="scope", several=True)
    for one in instances:
        if one["type"] != "Property" or not {"type", "value", "observedAt"}.issuperset(one):
            raise BadRequestData(
                "scope has an instance with more than type Property, value and observedAt; leave it out."
            )
        one["value"] = checks.scopes(one["value"])
    entity.scopes = max(instances, key=lambda one: one.get("observedAt", ""))["value"]
    entity.attributes[SCOPE] = instances
    return entity


@writing
async def append(ex: Exchange, id: str) -> Reply:
    """POST /temporal/entities/{id}/attrs"""
    ex.request.allow(PARAMETERS)
    payload, context = await ex.payload()
    ex.existing_tenant()
    checks.uri(id, "id")
    fragment = _entity(payload, context)
    if fragment.id and fragment.id != id:
        raise BadRequestData(f"id is {fragment.id!r} in the body and {id!r} in the path; leave it out of the body.")
    ex.check_write(fragment.types)

    def work(uow: UnitOfWork) -> None:
        types = list(dict.fromkeys([*known(uow, ex, id), *fragment.types]))
        uow.append_history(ex.tenant, Entity(id, types, fragment.attributes, fragment.scopes))

    await ex.services.store.write(work)
    return ex.empty()


@writing
async def delete(ex: Exchange, id: str) -> Reply:
    """DELETE /temporal/entities/{id}"""
    ex.request.allow(("local", "type"))
    checks.uri(id, "id")
    ex.existing_tenant()
    return await _write(ex, id, lambda uow: uow.delete_history(ex.tenant, id), f"{id} has no history.")


@writing
async def delete_attribute(ex: Exchange, id: str, attribute: str) -> Reply:
    """DELETE /temporal/entities/{id}/attrs/{attribute}"""
    ex.request.allow(("datasetId", "deleteAll", "local", "type"))
    name = await _name(ex, id, attribute)
    dataset, every = ex.request.params.get("datasetId"), ex.request.flag("deleteAll")
    if dataset is not None and dataset != "@none":
        checks.uri(dataset, "datasetId")

    def verb(uow: UnitOfWork) -> bool:
        chosen = None if dataset == "@none" else dataset
        return uow.delete_history(ex.tenant, id, name, chosen, every_dataset=every)

    return await _write(ex, id, verb, f"{id} has no history of {attribute}, or none of this dataset.")


@writing
async def nameless(ex: Exchange) -> Reply:
    """DELETE /temporal/entities/{id}/attrs// and what stands behind: an attribute, of which the name is missing."""
    raise BadRequestData("The attribute is missing in the path; put its name behind /attrs/.")


@writing
async def delete_instance(ex: Exchange, id: str, attribute: str, instance: str) -> Reply:
    """DELETE /temporal/entities/{id}/attrs/{attribute}/{instance}"""
    ex.request.allow(("local", "type"))
    name = await _name(ex, id, attribute)
    number = _number(instance)
    return await _write(
        ex,
        id,
        lambda uow: uow.delete_history(ex.tenant, id, name, number=number),
        f"{attribute} of {id} has no instance {instance}.",
    )


@writing
async def modify_instance(ex: Exchange, id: str, attribute: str, instance: str) -> Reply:
    """PATCH /temporal/entities/{id}/attrs/{attribute}/{instance}"""
    ex.request.allow(PARAMETERS)
    payload, context = await ex.payload(patch=True)
    name = await _name(ex, id, attribute, context)
    number = _number(instance)
    doc = _instance(payload, attribute, context)
    return await _write(
        ex,
        id,
        lambda uow: uow.replace_instance(ex.tenant, id, name, number, doc),
        f"{attribute} of {id} has no instance {instance}.",
    )


async def _name(ex: Exchange, id: str, attribute: str, context: Context | None = None) -> str:
    """The attribute's IRI, after a check of what the path names."""
    checks.uri(id, "id")
    checks.name(attribute, "attribute name")
    ex.existing_tenant()
    return (context or await ex.context()).expand(attribute)


def _number(instance: str) -> int:
    """The number of an instanceId; ResourceNotFound where it is a URI, but none of this node."""
    checks.uri(instance, "instanceId")
    digits = instance.removeprefix(INSTANCE)
    if digits == instance or not digits.isdecimal() or len(digits) > 18:
        raise ResourceNotFound(f"There is no instance {instance}.")
    return int(digits)


def _instance(payload: Any, attribute: str, context: Context) -> Instance:
    """The one instance of the body: itself, or as the member of the attribute's name in an entity."""
    given = payload.get(attribute, payload) if isinstance(payload, dict) else payload
    found = parse.instances(given, context, nulls=True, field=attribute)
    if len(found) != 1:
        raise BadRequestData(
            f"{attribute} has {len(found)} instances in the body; give the one that is to be corrected."
        )
    return found[0]


async def _write(ex: Exchange, id: str, verb: Callable[[UnitOfWork], bool], otherwise: str) -> Reply:
    """Runs the verb on the history of a known entity; ResourceNotFound says `otherwise` where it had nothing to do."""

    def work(uow: UnitOfWork) -> None:
        known(uow, ex, id)
        if not verb(uow):
            raise ResourceNotFound(otherwise)

    await ex.services.store.write(work)
    return ex.empty()
