# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of our profile of ODRL: what agreements of this city say that ODRL has no word for.

Legal bases are those of the Data Privacy Vocabulary of W3C (https://w3id.org/dpv), GDPR article 6, paragraph 1, a to f.
"""

from collections.abc import Mapping

from hanze.experiments.agreements.odrl.vocabulary import NAMESPACE
from hanze.experiments.agreements.terms import Basis, Purpose
from hanze.ngsild.described import VOCABULARY

PROFILE = VOCABULARY + "dataAgreements"

ATTRIBUTE = VOCABULARY + "attribute"
"""Left operand: which attribute of a thing is meant."""

PERIOD = VOCABULARY + "aggregationPeriod"
"""Left operand: the length of the periods over which values are taken together."""

OBSERVED = VOCABULARY + "observedAt"
"""Left operand: the moment of which a value is."""

BASIS = VOCABULARY + "legalBasis"
"""Left operand: why personal data may be used, or that there are none."""

PER_MINUTE = VOCABULARY + "perMinute"
"""Unit: times a minute."""

GEOJSON = "http://www.opengis.net/ont/geosparql#geoJSONLiteral"

PURPOSE_IRIS: Mapping[Purpose, str] = {
    "trial": VOCABULARY + "purposeTrial", "research": VOCABULARY + "purposeResearch",
    "evaluation": VOCABULARY + "purposeEvaluation", "service": VOCABULARY + "purposeService",
    "education": VOCABULARY + "purposeEducation",
}  # fmt: skip

_GDPR = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-"

BASIS_IRIS: Mapping[Basis, str] = {
    "none": VOCABULARY + "noPersonalData", "consent": _GDPR + "a", "contract": _GDPR + "b", "legal obligation": _GDPR + "c",
    "vital interests": _GDPR + "d", "public task": _GDPR + "e", "legitimate interests": _GDPR + "f",
}  # fmt: skip

MOMENT, PURPOSE, SPATIAL, COUNT = (NAMESPACE + one for one in ("dateTime", "purpose", "spatial", "count"))

EQ, LT, LTEQ, GTEQ, ANY_OF, PART_OF = (NAMESPACE + one for one in ("eq", "lt", "lteq", "gteq", "isAnyOf", "isPartOf"))

READ, AGGREGATE, DISTRIBUTE, DELETE, INFORM, CREDIT, PAY, CONSENT, NEXT = (
    NAMESPACE + one
    for one in (
        "read", "aggregate", "distribute", "delete", "inform", "attribute", "compensate", "obtainConsent", "nextPolicy",
    )
)  # fmt: skip
