# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The description of the API of resources, from its operations: OpenAPI 3.1, after the NL API Design Rules 2.1.

Source: https://logius-standaarden.github.io/API-Design-Rules/ and https://spec.openapis.org/oas/v3.1.0.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.structs import FieldInfo, fields

from hanze.http.operation import Operation

VERSION = "1.0.0"
"""Of the API, not of Hanze: its first number stands in the path and only goes up where something is taken away."""

PROBLEMS = {
    "400": ("BadRequest", "A parameter is not right; the detail names it and says what to give."),
    "401": ("Unauthorized", "The key is no good."),
    "403": ("Forbidden", "The key has no such right."),
    "404": ("NotFound", "It is not there, or not for you."),
    "406": ("NotAcceptable", "It is not offered in a media type that was asked for."),
    "500": ("InternalError", "The fault is ours."),
    "503": ("Unavailable", "The node cannot answer now; ask again in a while."),
}
"""Status to the name and meaning of its answer."""

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence that names field, value and fix."},
    },
    "required": ["type", "title", "status", "detail"],
}

VERSION_HEADER = {"description": "The whole version of the API.", "schema": {"type": "string", "examples": [VERSION]}}
KEY = {"type": "http", "scheme": "bearer", "description": "A key that the city gave, for what is not public."}

HEADERS = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}


class Contact(msgspec.Struct, frozen=True):
    """Whom to ask about the API of a city."""

    name: str
    url: str
    email: str


class About(msgspec.Struct, frozen=True):
    """`root`: the path of the API as clients see it. `tags`: what the operations are about, in their order."""

    title: str
    description: str
    contact: Contact
    root: str
    tags: tuple[tuple[str, str], ...]


def document(about: About, operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole description."""
    answers, components = msgspec.json.schema_components(
        [one.answer for one in operations], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Any] = {}
    for one, answer in zip(operations, answers, strict=True):
        paths[one.path] = {"get": _operation(one, answer)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": about.title, "description": about.description, "version": VERSION,
            "contact": msgspec.structs.asdict(about.contact),
        },
        "servers": [{"url": about.root}],
        "tags": [{"name": name, "description": told} for name, told in about.tags],
        "security": [{}, {"key": []}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": PROBLEM},
            "responses": {name: _problem(told) for name, told in PROBLEMS.values()},
            "headers": {"ApiVersion": VERSION_HEADER},
            "securitySchemes": {"key": KEY},
        },
    }  # fmt: skip


def _operation(one: Operation, answer: dict[str, Any]) -> dict[str, Any]:
    """Without parameters nothing that is asked can be wrong, and nothing be missing."""
    named = _parameters(one)
    left_out = set() if named else {"400", "404"}
    problems = {
        status: {"$ref": f"#/components/responses/{name}"}
        for status, (name, _) in PROBLEMS.items()
        if status not in left_out
    }
    good = {"description": one.summary, "headers": HEADERS, "content": {one.kind: {"schema": answer}}}
    made = {
        "operationId": one.name, "summary": one.summary, "description": (one.handler.__doc__ or one.summary).strip(),
        "tags": [one.tag], "responses": {"200": good, **problems},
    }  # fmt: skip
    return {**made, "parameters": named} if named else made


def _parameters(one: Operation) -> list[dict[str, Any]]:
    """Those of the path are needed, the others have a default."""
    schema = msgspec.json.schema(one.asked, ref_template="#/components/schemas/{name}")
    told = schema["$defs"][one.asked.__name__]["properties"] if "$defs" in schema else schema.get("properties", {})
    return [_parameter(field, told[field.encode_name], one.named) for field in _ordered(fields(one.asked), one.named)]


def _ordered(found: Iterable[FieldInfo], path: Sequence[str]) -> list[FieldInfo]:
    return sorted(found, key=lambda field: field.encode_name not in path)


def _parameter(field: FieldInfo, schema: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    name = field.encode_name
    schema = {key: value for key, value in _plain(schema).items() if (key, value) != ("default", None)}
    told = schema.pop("description", name)
    return {
        "name": name, "in": "path" if name in path else "query", "required": name in path, "description": told,
        "schema": schema,
    }  # fmt: skip


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is never null."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**choices[0], **rest} if choices else schema


def _problem(told: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": told, "headers": HEADERS, "content": content}
