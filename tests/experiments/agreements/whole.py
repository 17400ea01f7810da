# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements and organisations for the tests of the whole site: each page has something to show."""

from hanze.experiments.agreements import signing
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.experiments.organisations.vaults import INVITED
from hanze.store.base import UnitOfWork
from hanze.web.people import tokens
from tests.experiments.agreements.making import ZONE, changed
from tests.experiments.agreements.place import LAB

CITY = "havendam"

OWN = Organisation("own", "Noise Havendam", "residents' group", "micro", "city", False, "quay@havendam.example")

TOKEN = "invited"

ASKED = {
    "agreement": "id=quiet", "agreement/draft": "types=AirQualityObserved", "agreement/sign": "id=offered",
    "agreement/stop": "id=quiet", "agreement/keys": "id=quiet", "organisation/join": f"token={TOKEN}",
}  # fmt: skip
"""What the address of a page needs besides its path."""

MORE = (
    "agreement?id=offered",
    "agreement?id=draft",
    "agreement?id=changing",
    "agreement?id=stopped",
    "agreement/new?id=quiet",
)
"""Pages that say something else when they are asked something else."""


def fill(uow: UnitOfWork, person: str) -> None:
    """`person` speaks for an organisation that is no partner of these agreements."""
    for one in (LAB, OWN):
        organisations.save(uow, one, "test")
    organisations.join(uow, OWN.id, person, "test")
    uow.vault(INVITED).insert({"hash": tokens.hashed(TOKEN), "organisation": LAB.id, "expires": uow.real + 10**12})
    for code in ("quiet", "changing", "stopped"):
        _signed(uow, code, changed(name=f"Noise: {code}"))
    signing.key(uow, lambda count: b"7" * count, _id("quiet"), "meter", "lab")
    signing.suspend(uow, _id("stopped"), "The numbers were not right.", "data-officer", "officer", ZONE)
    signing.draft(uow, _id("changing"), changed(rate=5), "officer")
    signing.draft(uow, _id("draft"), changed(name="Noise"), "officer")
    signing.draft(uow, _id("offered"), changed(name="Noise of the night"), "officer")
    signing.offer(uow, _id("offered"), "officer", ZONE)


def _id(code: str) -> str:
    return f"urn:ngsi-ld:DataAgreement:{CITY}:{code}"


def _signed(uow: UnitOfWork, code: str, terms: Terms) -> None:
    id = _id(code)
    hash = signing.draft(uow, id, terms, "officer").hash
    signing.offer(uow, id, "officer", ZONE)
    signing.sign(uow, id, "city", "data-officer", hash, "officer", ZONE)
    signing.sign(uow, id, "partner", "partner", hash, "lab", ZONE)
