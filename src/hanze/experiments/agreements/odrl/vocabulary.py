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
    "acceptTracking aggregate annotate anonymize archive attribute compensate concurrentUse delete derive "
    "digitize distribute ensureExclusivity execute grantUse include index inform install modify move nextPolicy "
    "obtainConsent play present print read reproduce reviewPolicy stream synchronize textToSpeech transform "
    "translate uninstall watermark"
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


_CORE = (
    "Policy Set Offer Agreement Request Assertion Privacy Ticket Asset AssetCollection Party PartyCollection "
    "Action Permission Prohibition Duty Rule Constraint LogicalConstraint LeftOperand Operator RightOperand "
    "permission prohibition obligation duty remedy consequence target assignee assigner function action "
    "constraint refinement leftOperand operator rightOperand rightOperandReference unit dataType status profile "
    "conflict inheritFrom partOf source uid relation hasPolicy output includedIn implies and or xone andSequence "
    "perm prohibit invalid policyUsage All All2ndConnections AllConnections AllGroups Group Individual"
)

_LEFT = (
    "absolutePosition absoluteSize absoluteSpatialPosition absoluteTemporalPosition count dateTime delayPeriod "
    "deliveryChannel device elapsedTime event fileFormat industry language media meteredTime payAmount percentage "
    "product purpose recipient relativePosition relativeSize relativeSpatialPosition relativeTemporalPosition "
    "resolution spatial spatialCoordinates system systemDevice timeInterval unitOfCount version virtualLocation"
)

_PARTIES = (
    "attributedParty attributingParty compensatedParty compensatingParty consentedParty consentingParty "
    "contractedParty contractingParty informedParty informingParty trackedParty trackingParty"
)

WORDS = frozenset(
    (
        *_CORE.split(), *_LEFT.split(), *_PARTIES.split(), *_USE.split(), *_OTHERS, *_SAME, "use", "transfer",
        *(one.removeprefix(NAMESPACE) for one in OPERATORS),
    )
)  # fmt: skip
"""Every word of the context that is understood without a prefix."""


def includes(wide: str, action: str) -> bool:
    """Whoever may do `wide` may do `action` (model, 2.4)."""
    wide, step = SAME.get(wide, wide), SAME.get(action, action)
    while step != wide:
        if step not in INCLUDED:
            return False
        step = INCLUDED[step]
    return True
