# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of ODRL that are understood here, and how actions include each other.

Source: W3C, ODRL Vocabulary & Expression 2.2, sections 3 (core) and 4 (common), with odrl:includedIn and skos:exactMatch.
"""

from collections.abc import Mapping

NAMESPACE = "http://www.w3.org/ns/odrl/2/"
CONTEXT = "http://www.w3.org/ns/odrl.jsonld"

PREFIXES: Mapping[str, str] = {
    "odrl": NAMESPACE, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#", "skos": "http://www.w3.org/2004/02/skos/core#", "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "foaf": "http://xmlns.com/foaf/0.1/", "schema": "http://schema.org/", "cc": "http://creativecommons.org/ns#",
}  # fmt: skip
"""What the JSON-LD context of ODRL declares."""

POLICIES = ("Policy", "Set", "Offer", "Agreement", "Request", "Assertion", "Privacy", "Ticket")

OPERATORS = frozenset(
    NAMESPACE + one
    for one in ("eq", "neq", "lt", "lteq", "gt", "gteq", "isA", "isAllOf", "isAnyOf", "isNoneOf", "hasPart", "isPartOf")
)

LOGICAL = ("and", "or", "xone", "andSequence")

_USE = (
    "acceptTracking aggregate annotate anonymize archive attribute compensate concurrentUse delete derive digitize distribute "
    "ensureExclusivity execute grantUse include index inform install modify move nextPolicy obtainConsent play present print "
    "read reproduce reviewPolicy stream synchronize textToSpeech transform translate uninstall watermark"
)

_OTHERS = {"display": "play", "extract": "reproduce", "give": "transfer", "sell": "transfer"}

_SAME = {
    "append": "modify", "appendTo": "modify", "copy": "reproduce", "export": "transform", "license": "grantUse",
    "pay": "compensate", "write": "modify", "writeTo": "modify",
}  # fmt: skip

_COMMONS = "Attribution CommercialUse DerivativeWorks Distribution Notice Reproduction ShareAlike Sharing SourceCode"

INCLUDED: Mapping[str, str] = {
    **{NAMESPACE + one: NAMESPACE + "use" for one in _USE.split()},
    **{NAMESPACE + one: NAMESPACE + other for one, other in _OTHERS.items()},
    **{PREFIXES["cc"] + one: NAMESPACE + "use" for one in _COMMONS.split()},
}
"""An action to the one that it is included in."""

SAME: Mapping[str, str] = {NAMESPACE + one: NAMESPACE + other for one, other in _SAME.items()}
"""A word of earlier versions to the one that means the same."""


def includes(wide: str, action: str) -> bool:
    """Whoever may do `wide` may do `action` (model, 2.4)."""
    wide, step = SAME.get(wide, wide), SAME.get(action, action)
    while step != wide:
        if step not in INCLUDED:
            return False
        step = INCLUDED[step]
    return True
