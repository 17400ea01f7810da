# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data for the tests of the whole site: of an agreement that are there, were interrupted, and failed."""

import msgspec

from hanze.experiments.practice import delivering, granting, keeping
from hanze.experiments.practice.distances import LIMITS
from hanze.experiments.practice.gathering import About
from hanze.ngsild.context import CORE
from hanze.store.base import UnitOfWork
from tests.experiments.agreements.making import TERMS, ZONE

CITY = "havendam"

ASKED = {"practice": "agreement=offered"}
"""What the address of a page needs besides its path."""

MORE = (
    "practice?agreement=draft",
    "practice?agreement=changing",
    "practice?agreement=quiet",
    "practice?challenge=stille-kade",
    "practice?challenge=volle-bakken",
)
"""Pages that say something else when they are asked something else."""


def fill(uow: UnitOfWork) -> None:
    """After agreements."""
    _begun(uow, "DataAgreement", "offered", state="done", about=(_about("NoiseLevelObserved", "LAeq"),))
    delivering.key(uow, lambda count: b"8" * count, f"urn:ngsi-ld:DataAgreement:{CITY}:offered", "meter", "lab")
    _begun(uow, "DataAgreement", "draft", beat=0, done=3, total=20)
    _begun(uow, "Challenge", "volle-bakken", state="failed", problem="Havendam.")


def _begun(uow: UnitOfWork, type: str, code: str, **told: object) -> None:
    id = f"urn:ngsi-ld:{type}:{CITY}:{code}"
    one = delivering.begin(uow, lambda count: b"9" * count, id, granting.of_terms(id, TERMS, ZONE, None), "lab")
    assert one is not None
    keeping.put(uow, msgspec.structs.replace(one, **told))


def _about(type: str, name: str) -> About:
    return About(CORE.expand(type), 12, 48, 26, {CORE.expand(name): 11}, (CORE.expand(name),), LIMITS)
