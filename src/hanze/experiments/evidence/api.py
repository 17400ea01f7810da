# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence as resources of /v1, and the public keys by which anyone can check it."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.access import identity
from hanze.experiments.evidence import keeping
from hanze.experiments.evidence.keeping import Signed
from hanze.experiments.model import EVIDENCE
from hanze.experiments.trials import keeping as trials
from hanze.goals.indicators.known import Known
from hanze.http.operation import Caller, Moment, Nothing, Operation
from hanze.ngsild import times

TAG = "evidence"

TAGS = ((TAG, "Evidence: what was learned from trials, signed by the city."),)


class ListedEvidence(msgspec.Struct, frozen=True, rename="camel"):
    """`code`: of the trial. `card`: what was signed, in full; `signature`: Ed25519 (RFC 8032) over its canonical JSON (RFC 8785),
    and `key`: the public key, both base64."""

    code: str
    id: str
    trial: str
    verdict: str
    moment: Moment
    card: dict[str, Any]
    key: str
    signature: str


class AllEvidence(msgspec.Struct, frozen=True, rename="camel"):
    """The newest evidence of each trial, by what was signed last."""

    items: list[ListedEvidence]


class EvidenceVersions(msgspec.Struct, frozen=True, rename="camel"):
    """All that was signed about one trial, the earliest first. `wrong`: what is not in order with any of them, empty where each is
    as it was signed by a key of this city."""

    items: list[ListedEvidence]
    wrong: list[str]


class PublicKey(msgspec.Struct, frozen=True, rename="camel"):
    """`key`: of Ed25519, base64; used from `since` up to `until`, which is null for the one that is used now."""

    key: str
    since: Moment
    until: Moment | None


class Keys(msgspec.Struct, frozen=True, rename="camel"):
    """`city`: its code. `keys`: the public keys with which this city signs, and did, the oldest first."""

    city: str
    keys: list[PublicKey]


class AskedEvidence(msgspec.Struct, frozen=True, rename="camel"):
    code: Annotated[str, Meta(description="the code of a trial, as the list of trials gives it")]


def every(caller: Caller, asked: Nothing) -> AllEvidence:
    """Of those trials that the caller may see."""
    caller.access.note_read(caller.principal, "", (EVIDENCE.iri,), ())
    city = caller.tool(Known).city
    return AllEvidence([_listed(city, one) for one in keeping.every(caller.store, caller.scope)])


def one(caller: Caller, asked: AskedEvidence) -> EvidenceVersions:
    """Errors: ResourceNotFound."""
    caller.access.note_read(caller.principal, "", (EVIDENCE.iri,), ())
    city = caller.tool(Known).city
    trial = trials.demand(caller.store, city, asked.code, caller.scope)
    found = keeping.versions(caller.store, city, trial.code, caller.scope)
    keys = identity.known(caller.store)
    wrong = [told.said() for each in found for told in keeping.wrong(each.card, each.signature, keys)]
    return EvidenceVersions([_listed(city, each) for each in found], wrong)


def keys(caller: Caller, asked: Nothing) -> Keys:
    """For everyone."""
    found = [
        PublicKey(one.key, times.text(one.since), None if one.until is None else times.text(one.until))
        for one in identity.known(caller.store)
    ]
    return Keys(caller.tool(Known).city, found)


def _listed(city: str, one: Signed) -> ListedEvidence:
    return ListedEvidence(
        one.code, keeping.id_of(city, one.code), trials.id_of(city, one.code), one.verdict, times.text(one.at),
        dict(one.card), one.signature.key, one.signature.value,
    )  # fmt: skip


OPERATIONS = (
    Operation(
        path="/evidence", name="listEvidence", summary="What was learned from all trials", tag=TAG, handler=every,
        answer=AllEvidence,
    ),
    Operation(
        path="/evidence/{code}", name="getEvidence", summary="What was learned from one trial, with earlier versions", tag=TAG,
        handler=one, answer=EvidenceVersions, asked=AskedEvidence,
    ),
    Operation(
        path="/identity", name="getIdentity", summary="The public keys with which the city signs", tag=TAG, handler=keys,
        answer=Keys,
    ),
)  # fmt: skip
