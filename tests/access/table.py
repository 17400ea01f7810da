# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each route answers to each role where it is about an entity of type Sensor in the default tenant.

`empty`: 200, with nothing of the entity in it. `none`: 204, and nothing is changed.
"""

from typing import Any

import msgspec

ROLES = ("anyone", "reader", "writer", "officer", "admin", "for it", "for another type", "for another tenant")
"""The last three are keys of a writer: of type Sensor in this tenant, of another type, of another tenant."""


class Case(msgspec.Struct, frozen=True):
    """`path` and `body` with {id}, {new}, {name}, {instance}, {subscription}. `statuses`: of each role on a closed node.
    `shows`: a word that stands in the answer where it shows the entity."""

    path: str
    statuses: str
    body: Any = None
    shows: str = ""


READ_LIST = "empty 200   200   200   200   200   empty empty"
READ_ONE = "  404   200   200   200   200   200   404   404"
CREATE = "    401   403   201   201   201   201   403   403"
CREATE_ALL = "401   403   201   201   201   201   207   403"
WRITE = "     401   403   204   204   204   204   404   403"
WRITE_ALL = " 401   403   204   204   204   204   207   403"
PROVIDE = "   401   403   204   204   204   204   403   403"
PURGE = "     401   403   204   204   204   204   none  403"
LISTED = "    401   200   200   200   200   200   200   403"
SUBSCRIBE = " 401   201   201   201   201   201   201   403"
OWNER = "     401   404   404   200   200   404   404   403"
OWNER_ONLY = "401   404   404   204   204   404   404   403"
ALL = "       200   200   200   200   200   200   200   200"
NAMELESS = "  401   403   400   400   400   400   400   403"

SEEN = {"type": "Property", "value": 5, "observedAt": "2025-06-01T00:00:00Z"}
VALUE = {"type": "Property", "value": 5}
NEW = {"id": "{new}", "type": "Sensor", "no2": VALUE}
SAME = {"id": "{id}", "type": "Sensor", "no2": VALUE}
SUBSCRIPTION = {
    "type": "Subscription", "entities": [{"type": "Sensor"}],
    "notification": {"endpoint": {"uri": "http://127.0.0.1:9/", "accept": "application/json"}},
}  # fmt: skip
QUERY = {"type": "Query", "entities": [{"type": "Sensor", "id": "{id}"}]}
WINDOW = {"timerel": "after", "timeAt": "2025-01-01T00:00:00Z"}

TABLE = {
    "GET entities": Case("/entities?type=Sensor&id={id}", READ_LIST, shows="{id}"),
    "POST entities": Case("/entities", CREATE, NEW),
    "DELETE entities": Case("/entities?type=Sensor&id={id}", PURGE),
    "GET entities/{id}": Case("/entities/{id}", READ_ONE, shows="{id}"),
    "PATCH entities/{id}": Case("/entities/{id}", WRITE, {"no2": VALUE}),
    "PUT entities/{id}": Case("/entities/{id}", PROVIDE, SAME),
    "DELETE entities/{id}": Case("/entities/{id}", WRITE),
    "POST entities/{id}/attrs": Case("/entities/{id}/attrs", WRITE, {"no2": VALUE}),
    "PATCH entities/{id}/attrs": Case("/entities/{id}/attrs", WRITE, {"no2": VALUE}),
    "PATCH entities/{id}/attrs/{name}": Case("/entities/{id}/attrs/no2", WRITE, VALUE),
    "PUT entities/{id}/attrs/{name}": Case("/entities/{id}/attrs/no2", WRITE, VALUE),
    "DELETE entities/{id}/attrs/{name}": Case("/entities/{id}/attrs/no2", WRITE),
    "POST entityOperations/create": Case("/entityOperations/create", CREATE_ALL, [NEW]),
    "POST entityOperations/upsert": Case("/entityOperations/upsert", WRITE_ALL, [SAME]),
    "POST entityOperations/update": Case("/entityOperations/update", WRITE_ALL, [{"id": "{id}", "no2": VALUE}]),
    "POST entityOperations/merge": Case("/entityOperations/merge", WRITE_ALL, [{"id": "{id}", "no2": VALUE}]),
    "POST entityOperations/delete": Case("/entityOperations/delete", WRITE_ALL, ["{id}"]),
    "POST entityOperations/query": Case("/entityOperations/query", READ_LIST, QUERY, shows="{id}"),
    "GET types": Case("/types", READ_LIST, shows="Sensor"),
    "GET types/{name}": Case("/types/Sensor", READ_ONE, shows="no2"),
    "GET attributes": Case("/attributes", READ_LIST, shows="no2"),
    "GET attributes/{name}": Case("/attributes/no2", READ_ONE, shows="Sensor"),
    "GET subscriptions": Case("/subscriptions", LISTED),
    "POST subscriptions": Case("/subscriptions", SUBSCRIBE, SUBSCRIPTION),
    "GET subscriptions/{id}": Case("/subscriptions/{subscription}", OWNER, shows="{subscription}"),
    "PATCH subscriptions/{id}": Case("/subscriptions/{subscription}", OWNER_ONLY, {"description": "{new}"}),
    "DELETE subscriptions/{id}": Case("/subscriptions/{subscription}", OWNER_ONLY),
    "GET temporal/entities": Case(
        "/temporal/entities?type=Sensor&id={id}&timerel=after&timeAt=2025-01-01T00:00:00Z", READ_LIST, shows="{id}"
    ),
    "POST temporal/entities": Case("/temporal/entities", PROVIDE, {**SAME, "no2": [SEEN]}),
    "GET temporal/entities/{id}": Case("/temporal/entities/{id}", READ_ONE, shows="{id}"),
    "DELETE temporal/entities/{id}": Case("/temporal/entities/{id}", WRITE),
    "POST temporal/entities/{id}/attrs": Case("/temporal/entities/{id}/attrs", WRITE, {"no2": [SEEN]}),
    "DELETE temporal/entities/{id}/attrs/{name}": Case("/temporal/entities/{id}/attrs/no2", WRITE),
    "DELETE temporal/entities/{id}/attrs/": Case("/temporal/entities/{id}/attrs//{instance}", NAMELESS),
    "PATCH temporal/entities/{id}/attrs/{name}/{instance}": Case(
        "/temporal/entities/{id}/attrs/no2/{instance}", WRITE, VALUE
    ),
    "DELETE temporal/entities/{id}/attrs/{name}/{instance}": Case(
        "/temporal/entities/{id}/attrs/no2/{instance}", WRITE
    ),
    "POST temporal/entityOperations/query": Case(
        "/temporal/entityOperations/query", READ_LIST, {**QUERY, "temporalQ": WINDOW}, shows="{id}"
    ),
    "GET info/sourceIdentity": Case("/info/sourceIdentity", ALL),
}

READS = {route for route, case in TABLE.items() if route.startswith("GET") or case.shows}
SUBSCRIPTIONS = {route for route in TABLE if "subscriptions" in route}
WRITES = TABLE.keys() - READS - SUBSCRIPTIONS
"""The routes that change entities or their history."""


def expected(route: str, role: str, *, open: bool) -> str:
    """On an open node those without a key have the rights of an officer."""
    column = "officer" if open and role == "anyone" else role
    return TABLE[route].statuses.split()[ROLES.index(column)]


def filled(template: Any, names: dict[str, str]) -> Any:
    """Path or body with the names put in."""
    if isinstance(template, str):
        for name, value in names.items():
            template = template.replace(f"{{{name}}}", value)
        return template
    if isinstance(template, list):
        return [filled(one, names) for one in template]
    if isinstance(template, dict):
        return {name: filled(one, names) for name, one in template.items()}
    return template
