# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements as resources of /v1: what was agreed and who signed, and the same as ODRL."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.experiments.agreements import keeping
from hanze.experiments.agreements.keeping import Agreement, Status, Stop
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.model import AGREEMENT
from hanze.goals.indicators.known import Known
from hanze.http.operation import Caller, Nothing, Operation

TAG = "agreements"

Code = Annotated[str, Meta(description="the code of an agreement, as the list of agreements gives it")]


class ListedAgreement(msgspec.Struct, frozen=True, rename="camel"):
    """An agreement. `starts`, `ends`: its first and last day; `types`: of the things of which data may be read."""

    code: str
    id: str
    name: str
    partner: str
    status: Status
    starts: str
    ends: str
    types: list[str]


class Agreements(msgspec.Struct, frozen=True, rename="camel"):
    """All that were offered or signed, that which ends last first."""

    items: list[ListedAgreement]


class AgreementSignature(msgspec.Struct, frozen=True, rename="camel"):
    """`side`: city or partner; `at`: a moment in UTC; `hash`: SHA-256 of the canonical JSON (RFC 8785) of the terms."""

    side: str
    at: str
    role: str
    hash: str


class WholeAgreement(ListedAgreement, frozen=True, rename="camel"):
    """An agreement with all its terms. `answers`: the id of what it is for; `stop`: null where it was not stopped early."""

    terms: Terms
    signatures: list[AgreementSignature]
    stop: Stop | None
    answers: str


class AskedAgreement(msgspec.Struct, frozen=True, rename="camel"):
    code: Code


def agreements(caller: Caller, asked: Nothing) -> Agreements:
    """Those that the caller may see; drafts are never here."""
    caller.access.note_read(caller.principal, "", (AGREEMENT.iri,))
    return Agreements([ListedAgreement(*_told(one)) for one in keeping.read(caller.store, caller.scope)])


def agreement(caller: Caller, asked: AskedAgreement) -> WholeAgreement:
    """With its terms and signatures."""
    caller.access.note_read(caller.principal, "", (AGREEMENT.iri,))
    one = keeping.find(caller.store, _id(caller, asked), caller.scope)
    if one is None:
        raise keeping.missing(asked.code)
    signed = [AgreementSignature(side, *msgspec.structs.astuple(given)) for side, given in one.signatures.items()]
    return WholeAgreement(*_told(one), one.terms, signed, one.stop, one.answers)


def policy(caller: Caller, asked: AskedAgreement) -> dict[str, Any]:
    """ODRL 2.2 in JSON-LD."""
    caller.access.note_read(caller.principal, "", (AGREEMENT.iri,))
    found = keeping.policy(caller.store, _id(caller, asked), caller.scope)
    if found is None:
        raise keeping.missing(asked.code)
    return found


def _id(caller: Caller, asked: AskedAgreement) -> str:
    return keeping.id_of(caller.tool(Known).city, asked.code)


def _told(one: Agreement) -> tuple[str, str, str, str, Status, str, str, list[str]]:
    terms = one.terms
    types = [part.type for part in terms.data]
    return one.code, one.id, terms.name, terms.partner_name, one.status, terms.starts, terms.ends, types


OPERATIONS = (
    Operation(
        path="/agreements", name="listAgreements", summary="Agreements about data", tag=TAG, handler=agreements, answer=Agreements,
    ),
    Operation(
        path="/agreements/{code}", name="getAgreement", summary="One agreement with its terms and signatures", tag=TAG,
        handler=agreement, answer=WholeAgreement, asked=AskedAgreement,
    ),
    Operation(
        path="/agreements/{code}/odrl", name="getAgreementPolicy", summary="One agreement as ODRL 2.2", tag=TAG, handler=policy,
        answer=dict[str, Any], asked=AskedAgreement, kind="application/ld+json",
    ),
)  # fmt: skip

TAGS = ((TAG, "Who may use which data of the city that are not public, for what, and until when."),)
