# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments verify: the chain of a plan is worked out once more, and what somebody altered is found."""

from pathlib import Path

import msgspec
import pytest

from hanze.experiments.model import ExperimentFacts
from hanze.experiments.trials import keeping, registered, running
from hanze.ngsild import operations, times
from hanze.ngsild.described import VOCABULARY
from hanze.node import config
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from tests.cli.conftest import said, sentence
from tests.experiments.trials.place import OFFICER, plan

NOW = times.parse("2026-02-01T12:00:00Z")


@pytest.fixture
def fixed(folder: Path) -> Path:
    """A node that does not run, with a plan that was changed once before its first day."""
    city = config.load(folder).city.code
    store = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)

    def work(uow: UnitOfWork) -> None:
        facts = ExperimentFacts("Stille straat", "Wordt het stiller?", "Minder auto's.", "nl", "preparing")
        keeping.write(uow, city, keeping.Trial("stil", facts))
        running.register(uow, city, "stil", plan(), OFFICER)
        running.register(uow, city, "stil", plan(bought=0.1), OFFICER, why="Meer budget.")

    store.submit(work).result()
    store.close()
    return folder


@pytest.mark.parametrize("name", ["stil", "urn:ngsi-ld:Experiment:my-city:stil"])
def test_a_plan_that_is_as_it_was_fixed_says_so(fixed: Path, name: str) -> None:
    ran = said("experiments", "verify", name, "--folder", fixed)
    assert ran.code == 0 and ran.out.endswith("Stille straat: each version is as it was fixed.\n")
    assert "2  2026-02-01T12:00:00.001Z  before it began; changed: bought" in ran.out


def test_a_plan_that_was_altered_is_found(fixed: Path) -> None:
    store = sqlite.open(fixed, clock=lambda: NOW, vaults=ALL_VAULTS)

    def forge(uow: UnitOfWork) -> None:
        entity = uow.entity("", registered.id_of(config.load(fixed).city.code, "stil"))
        assert entity is not None
        name = VOCABULARY + "plan"
        told = [{**entity.attributes[name][0], "json": msgspec.to_builtins(plan(bought=0.01))}]
        forged = msgspec.structs.replace(entity, attributes={**entity.attributes, name: told})
        uow.save("", operations.replace(entity, forged, uow.stamp))

    store.submit(forge).result()
    store.close()
    ran = said("experiments", "verify", "stil", "--folder", fixed)
    assert (
        ran.code == 1 and "Version 2 was changed after it was fixed" in ran.err and "as it was fixed.\n" not in ran.out
    )


def test_a_trial_that_is_not_there_is_told(folder: Path) -> None:
    assert "There is no trial 'nope'" in sentence(said("experiments", "verify", "nope", "--folder", folder))
