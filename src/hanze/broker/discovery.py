# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What types and attributes there are. Source: clauses 5.7.5 to 5.7.10, 6.25 to 6.28."""

from typing import Any

from hanze.broker.exchange import Exchange
from hanze.errors import ResourceNotFound
from hanze.http.reply import Reply
from hanze.ngsild import checks
from hanze.ngsild.context import Context


def _id(kind: str, name: str) -> str:
    return f"urn:ngsi-ld:{kind}:{name}"


async def _begin(ex: Exchange, *known: str) -> tuple[Context, str]:
    ex.request.allow(("local", *known))
    accept = ex.accept()
    ex.existing_tenant()
    return await ex.context(), accept


async def types(ex: Exchange) -> Reply:
    """GET /types"""
    context, accept = await _begin(ex, "details")
    store, details = ex.services.store, ex.request.flag("details")

    def read() -> Any:
        found = store.types(ex.tenant, ex.scope)
        if not details:
            names = [context.compact(type) for type in found]
            return {"id": _id("EntityTypeList", "all"), "type": "EntityTypeList", "typeList": names}
        made = []
        for type in found:
            known = store.type_details(ex.tenant, type, ex.scope)
            names = sorted(context.compact(name) for name in (known[1] if known else ()))
            made.append({"id": type, "type": "EntityType", "typeName": context.compact(type), "attributeNames": names})
        return made

    return ex.reply(await store.read(read), context, accept)


async def type(ex: Exchange, name: str) -> Reply:
    """GET /types/{type}"""
    context, accept = await _begin(ex)
    store, iri = ex.services.store, context.expand(checks.name(name, "type"))
    known = await store.read(lambda: store.type_details(ex.tenant, iri, ex.scope))
    if known is None:
        raise ResourceNotFound(f"No entity has the type {name}.")
    count, attributes = known
    details = [
        {"id": attribute, "type": "Attribute", "attributeName": context.compact(attribute), "attributeTypes": kinds}
        for attribute, kinds in attributes.items()
    ]
    body = {"id": iri, "type": "EntityTypeInfo", "typeName": context.compact(iri), "entityCount": count,
            "attributeDetails": details}  # fmt: skip
    return ex.reply(body, context, accept)


async def attributes(ex: Exchange) -> Reply:
    """GET /attributes"""
    context, accept = await _begin(ex, "details")
    store, details = ex.services.store, ex.request.flag("details")

    def read() -> Any:
        found = store.attributes(ex.tenant, ex.scope)
        if not details:
            names = [context.compact(name) for name in found]
            return {"id": _id("AttributeList", "all"), "type": "AttributeList", "attributeList": names}
        made = []
        for name in found:
            known = store.attribute_details(ex.tenant, name, ex.scope)
            types = [context.compact(type) for type in (known[2] if known else ())]
            made.append({"id": name, "type": "Attribute", "attributeName": context.compact(name), "typeNames": types})
        return made

    return ex.reply(await store.read(read), context, accept)


async def attribute(ex: Exchange, name: str) -> Reply:
    """GET /attributes/{attribute}"""
    context, accept = await _begin(ex)
    if name in checks.KEYWORDS:
        raise ResourceNotFound(f"No entity has the attribute {name}; it is a member of every entity.")
    store, iri = ex.services.store, context.expand(checks.name(name, "attribute"))
    known = await store.read(lambda: store.attribute_details(ex.tenant, iri, ex.scope))
    if known is None:
        raise ResourceNotFound(f"No entity has the attribute {name}.")
    count, kinds, types = known
    body = {"id": iri, "type": "Attribute", "attributeName": context.compact(iri), "attributeCount": count,
            "attributeTypes": kinds, "typeNames": [context.compact(type) for type in types]}  # fmt: skip
    return ex.reply(body, context, accept)
