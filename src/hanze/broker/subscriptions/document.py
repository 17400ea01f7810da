# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON of a subscription: checks what a user gives, keeps it with expanded names, shows it with any @context."""

from collections.abc import Callable, Mapping
from typing import Any

from hanze.broker.subscriptions import members
from hanze.broker.subscriptions.members import Check, flag, many, name, number, one_of, text, uri
from hanze.broker.subscriptions.model import DEFAULT_TRIGGERS
from hanze.errors import BadRequestData, OperationNotSupported
from hanze.http.negotiate import GEO_JSON, JSON, JSON_LD
from hanze.ngsild import checks, times
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import NULL
from hanze.ngsild.language import project
from hanze.ngsild.render import join

SCHEMES = frozenset({"http", "https"})

LONGEST_WAIT = 60_000
"""Milliseconds that an endpoint may take for an answer: meanwhile it keeps a connection from others of its server."""

LONGEST_PAUSE = 86_400_000
"""Milliseconds between two attempts."""

ENDPOINT: Mapping[str, Check] = {
    "uri": uri,
    "accept": one_of(JSON, JSON_LD, GEO_JSON),
    "receiverInfo": many(members.header),
    "notifierInfo": many(members.pair),
    "timeout": number(0, LONGEST_WAIT, above=True),
    "cooldown": number(0, LONGEST_PAUSE),
}


def endpoint(value: Any, field: str, context: Context) -> dict[str, Any]:
    """Clause 5.2.15. OperationNotSupported for another scheme than http and https."""
    found = members.obj(value, field, ENDPOINT, context)
    if "uri" not in found:
        raise BadRequestData(f"{field}.uri is missing; give the address that notifications go to.")
    scheme = found["uri"].partition(":")[0].lower()
    if scheme not in SCHEMES:
        raise OperationNotSupported(f"{field}.uri has the scheme {scheme}; this node notifies over http and https.")
    return found


NOTIFICATION: Mapping[str, Check] = {
    "attributes": many(name),
    "pick": many(members.projection),
    "omit": many(members.projection),
    "format": one_of("normalized", "concise", "keyValues", "simplified"),
    "showChanges": flag,
    "sysAttrs": flag,
    "join": one_of("flat", "inline", "@none"),
    "joinLevel": number(1, join.DEEPEST, whole=True),
    "endpoint": endpoint,
}


def notification(value: Any, field: str, context: Context) -> dict[str, Any]:
    """Clause 5.2.14."""
    found = members.obj(value, field, NOTIFICATION, context)
    if "endpoint" not in found:
        raise BadRequestData(f"{field}.endpoint is missing; give an object with the uri that notifications go to.")
    if "attributes" in found and ("pick" in found or "omit" in found):
        raise BadRequestData(f"{field} has attributes beside pick or omit; leave one of them out.")
    both = set(found.get("pick", ())) & set(found.get("omit", ()))
    if both:
        raise BadRequestData(f"{field} has {min(both)} in pick and in omit; take it out of one.")
    if found.get("showChanges") and found.get("format") in ("keyValues", "simplified"):
        raise BadRequestData(f"{field}.showChanges goes with normalized or concise only; change the format.")
    return found


def info(value: Any, field: str, context: Context) -> dict[str, Any]:
    """Clause 5.2.33; a type is needed, * for any."""
    known: Mapping[str, Check] = {
        "id": many(uri, or_one=True), "idPattern": members.id_pattern, "type": members.type_selection
    }  # fmt: skip
    found = members.obj(value, field, known, context)
    if "type" not in found:
        raise BadRequestData(f"{field} has an element without type; give each one a type, or *.")
    if "id" in found and not isinstance(value["id"], list):
        found["id"] = found["id"][0]
    return found


SUBSCRIPTION: Mapping[str, Check] = {
    "subscriptionName": text,
    "description": text,
    "entities": many(info),
    "watchedAttributes": many(name),
    "notificationTrigger": many(members.trigger),
    "timeInterval": number(1),
    "q": members.query,
    "expandValues": many(name),
    "geoQ": members.geo_query,
    "scopeQ": members.scope_query,
    "csf": members.query,
    "temporalQ": members.member,
    "isActive": flag,
    "expiresAt": members.moment,
    "throttling": number(0),
    "lang": text,
    "datasetId": many(text, or_one=True),
    "jsonldContext": uri,
    "localOnly": flag,
    "notification": notification,
}


def checked(payload: Any, context: Context, now: int) -> dict[str, Any]:
    """What is kept of a new subscription: its members with expanded names, without id and type.

    Members that the node itself provides (status, timesSent …) and unknown ones are passed over (clause 5.2.12).
    Errors: BadRequestData, OperationNotSupported.
    """
    if not isinstance(payload, dict):
        raise BadRequestData("The body is no object; give a subscription.")
    if payload.get("type") != "Subscription":
        raise BadRequestData(f"type is {checks.shown(payload.get('type'))}; it must be Subscription.")
    return whole(members.obj(payload, "", SUBSCRIPTION, context), now)


def patched(kept: Mapping[str, Any], fragment: Any, context: Context, now: int) -> dict[str, Any]:
    """What is kept after a fragment came in: its members replace, null takes away (clauses 5.8.2 and 5.5.8)."""
    if not isinstance(fragment, dict):
        raise BadRequestData("The body is no object; give the members that change.")
    if fragment.get("type", "Subscription") != "Subscription":
        raise BadRequestData(f"type is {checks.shown(fragment.get('type'))}; it must stay Subscription.")
    gone = {key for key, value in fragment.items() if value is None or value == NULL}
    made = {key: value for key, value in kept.items() if key not in gone}
    changes = {key: value for key, value in fragment.items() if key not in gone}
    made.update(members.obj(changes, "", SUBSCRIPTION, context))
    return whole(made, now if "expiresAt" in changes else None)


def whole(kept: dict[str, Any], now: int | None) -> dict[str, Any]:
    """The rules between members. `now`: expiresAt must be later."""
    if "notification" not in kept:
        raise BadRequestData("notification is missing; give an object with the endpoint.")
    if "entities" not in kept and "watchedAttributes" not in kept:
        raise BadRequestData("entities and watchedAttributes are missing; give at least one of them.")
    if "timeInterval" in kept:
        if "entities" not in kept:
            raise BadRequestData("entities is missing; with timeInterval it says which entities are sent.")
        for other in ("throttling", "watchedAttributes"):
            if other in kept:
                raise BadRequestData(f"timeInterval and {other} cannot be given together; leave one of them out.")
    if now is not None and "expiresAt" in kept and times.parse(kept["expiresAt"], "expiresAt") <= now:
        raise BadRequestData(f"expiresAt is {kept['expiresAt']!r}, which has passed; give a later moment.")
    return kept


def status(kept: Mapping[str, Any], now: int) -> str:
    """The status of clause 5.2.12: active, paused or expired."""
    if "expiresAt" in kept and times.parse(kept["expiresAt"], "expiresAt") <= now:
        return "expired"
    return "active" if kept.get("isActive", True) else "paused"


def shown(id: str, kept: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The subscription as JSON with names compacted, without the members that the node adds."""
    made: dict[str, Any] = {"id": id, "type": "Subscription", "notificationTrigger": list(DEFAULT_TRIGGERS)}
    for key, value in kept.items():
        show = _SHOWN.get(key)
        made[key] = value if show is None else show(value, context)
    return made


def _names(value: Any, context: Context) -> Any:
    return [context.compact(one) for one in value]


def _infos(value: Any, context: Context) -> Any:
    return [{**one, "type": _types(one["type"], context)} for one in value]


def _types(value: str, context: Context) -> str:
    return members.words(value, context.compact)


def _geo(value: Any, context: Context) -> Any:
    return {**value, "geoproperty": context.compact(value["geoproperty"])} if "geoproperty" in value else value


def _notification(value: Any, context: Context) -> Any:
    made = dict(value)
    if "attributes" in value:
        made["attributes"] = _names(value["attributes"], context)
    for key in ("pick", "omit"):
        if key in value:
            made[key] = [_projection(one, context) for one in value[key]]
    return made


def _projection(value: str, context: Context) -> str:
    return ",".join(members.written(one, context.compact) for one in project.parse(value, CORE))


_SHOWN: Mapping[str, Callable[[Any, Context], Any]] = {
    "entities": _infos,
    "watchedAttributes": _names,
    "expandValues": _names,
    "geoQ": _geo,
    "notification": _notification,
}
