# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a definition, which can be matched and delivered, of the JSON that is kept of a subscription."""

from collections.abc import Mapping
from typing import Any

from hanze.broker.subscriptions import members
from hanze.broker.subscriptions.model import DEFAULT_TRIGGERS, Definition, Endpoint, Selector, View
from hanze.http.negotiate import JSON
from hanze.http.reply import encode
from hanze.ngsild import times
from hanze.ngsild.context import CORE, Context, served
from hanze.ngsild.entity import CORE as NGSI_LD
from hanze.ngsild.language import geo, project, q, scope, types
from hanze.ngsild.render.form import Form, Representation
from hanze.ngsild.selection import Geo

TIMEOUT = 10.0
"""Seconds that a receiver has where the endpoint names none."""

REPRESENTATIONS: Mapping[str, Representation] = {
    "normalized": "normalized", "concise": "concise", "keyValues": "simplified", "simplified": "simplified"
}  # fmt: skip
OF_ATTRIBUTES = frozenset({"attributeCreated", "attributeUpdated", "attributeDeleted"})


def define(
    tenant: str, id: str, token: str, owner: str, kept: Mapping[str, Any], context: Context, query_context: Context
) -> Definition:
    """`context`: that of notifications; `query_context`: that in which q was written."""
    triggers = frozenset(kept.get("notificationTrigger", DEFAULT_TRIGGERS))
    if "entityUpdated" in triggers:
        triggers = (triggers - {"entityUpdated"}) | OF_ATTRIBUTES
    expires = kept.get("expiresAt")
    return Definition(
        tenant=tenant,
        id=id,
        token=token,
        owner=owner,
        selectors=tuple(_selector(one) for one in kept.get("entities", ())),
        watched=frozenset(kept.get("watchedAttributes", ())),
        triggers=triggers,
        q=_query(kept, query_context) if "q" in kept else None,
        geo=_geo(kept["geoQ"]) if "geoQ" in kept else None,
        scope_q=scope.parse(kept["scopeQ"]) if "scopeQ" in kept else None,
        active=kept.get("isActive", True),
        expires=None if expires is None else times.parse(expires, "expiresAt"),
        throttling=round(kept.get("throttling", 0) * 1_000_000),
        interval=round(kept.get("timeInterval", 0) * 1_000_000),
        view=_view(kept, context),
        endpoint=_endpoint(kept["notification"]["endpoint"]),
    )


def _query(kept: Mapping[str, Any], context: Context) -> Any:
    return q.parse(members.unescaped(kept["q"]), context, kept.get("expandValues", ()))


def _selector(info: Mapping[str, Any]) -> Selector:
    ids = info.get("id", ())
    return Selector(
        types=None if info["type"] == "*" else types.parse(info["type"], CORE),
        ids=frozenset([ids] if isinstance(ids, str) else ids),
        id_pattern=info.get("idPattern"),
    )


def _geo(given: Mapping[str, Any]) -> Geo:
    return geo.parse(given["georel"], given["geometry"], given["coordinates"], given.get("geoproperty"), CORE)


def _view(kept: Mapping[str, Any], context: Context) -> View:
    wanted = kept["notification"]
    attributes = wanted.get("attributes")
    datasets = kept.get("datasetId")
    form = Form(
        representation=REPRESENTATIONS[wanted.get("format", "normalized")],
        sys=wanted.get("sysAttrs", False),
        pick=project.parse(",".join(wanted["pick"]), CORE) if "pick" in wanted else (),
        omit=project.parse(",".join(wanted["omit"]), CORE, "omit") if "omit" in wanted else (),
        lang=kept.get("lang"),
        datasets=None if datasets is None else tuple(datasets),
    )
    return View(
        context=context,
        served=encode(kept.get("jsonldContext") or served(context)),
        form=form,
        accept=wanted["endpoint"].get("accept", JSON),
        attributes=None if attributes is None else frozenset(attributes),
        changes=wanted.get("showChanges", False),
        join=wanted.get("join", "@none"),
        level=wanted.get("joinLevel", 1),
        bare=any(name.lower() == "prefer" and value == "body=json" for name, value in _headers(wanted["endpoint"])),
        place=NGSI_LD + "location",
    )


def _endpoint(given: Mapping[str, Any]) -> Endpoint:
    timeout = given.get("timeout")
    return Endpoint(
        uri=given["uri"],
        accept=given.get("accept", JSON),
        headers=_headers(given),
        timeout=TIMEOUT if timeout is None else timeout / 1000,
        cooldown=given.get("cooldown", 0) / 1000,
    )


def _headers(endpoint: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((pair["key"], pair["value"]) for pair in endpoint.get("receiverInfo", ()))
