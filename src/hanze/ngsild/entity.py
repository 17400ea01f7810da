# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an entity is inside Hanze: expanded names, normalised attributes, one list of instances per attribute.

An attribute instance is the JSON object of the normalised representation with these differences
from the wire: attribute, sub-attribute, type and vocab names are expanded IRIs, and each attribute
or sub-attribute holds a *list* of instances (the default instance, without `datasetId`, first).
Members with a meaning of their own keep their short names: `type`, `value`, `valueType`, `object`, `objectType`,
`languageMap`, `vocab`, `json`, `valueList`, `objectList`, `datasetId`, `observedAt`, `unitCode`,
`createdAt`, `modifiedAt`, `expiresAt`. Every other key is an absolute IRI (has a colon): a sub-attribute.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5 and 5.2.
"""

from typing import Any

import msgspec

Instance = dict[str, Any]
"""One instance of one attribute, as described above. Never changed in place once it is part of an Entity."""

NULL = "urn:ngsi-ld:null"
"""NGSI-LD Null (clause 4.5.0): in a patch or merge it deletes."""

CORE = "https://uri.etsi.org/ngsi-ld/"
DEFAULT_VOCABULARY = "https://uri.etsi.org/ngsi-ld/default-context/"

SCOPE = CORE + "scope"
"""The scope of an entity where it counts as an attribute: in changes, in history, in results (clause 4.5.6)."""

VALUE_MEMBER = {
    "Property": "value",
    "GeoProperty": "value",
    "Relationship": "object",
    "LanguageProperty": "languageMap",
    "VocabProperty": "vocab",
    "JsonProperty": "json",
    "ListProperty": "valueList",
    "ListRelationship": "objectList",
}
"""Kind of attribute to the member that holds its value."""

RESERVED = frozenset(
    {
        "type",
        "value",
        "object",
        "objectType",
        "valueType",
        "languageMap",
        "vocab",
        "json",
        "valueList",
        "objectList",
        "datasetId",
        "observedAt",
        "unitCode",
        "createdAt",
        "modifiedAt",
        "expiresAt",
        "deletedAt",
        "instanceId",
    }
)
"""Members of an instance that are no sub-attributes."""


class Entity(msgspec.Struct, omit_defaults=True):
    """An entity with expanded names. Times are ISO 8601 in UTC with `Z`. Never changed in place: copy and replace."""

    id: str
    types: list[str]
    attributes: dict[str, list[Instance]] = {}
    scopes: list[str] = []
    created: str = ""
    modified: str = ""
    expires: str | None = None


class Change(msgspec.Struct, frozen=True):
    """One attribute instance that came, changed or went.

    `before` is None where it is new, `after` is None where it was deleted; both hold the same `datasetId`.
    """

    attribute: str
    before: Instance | None
    after: Instance | None


class Outcome(msgspec.Struct, frozen=True):
    """What an operation made of an entity: before (None: it did not exist), after (None: deleted), and the changes.

    `updated` and `not_updated` (attribute IRI, reason) are for the 207 UpdateResult of clause 5.2.18.
    """

    before: Entity | None
    after: Entity | None
    changes: list[Change]
    updated: list[str] = []
    not_updated: list[tuple[str, str]] = []
