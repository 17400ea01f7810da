# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence: each version stays and is signed, whoever changes a word is found out, and others get all that pooling takes."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from hanze.access.identity import Identity, known
from hanze.access.principal import ANYONE
from hanze.cli.verifying import command
from hanze.errors import ResourceNotFound
from hanze.experiments.evidence import api, keeping
from hanze.experiments.trials import running
from hanze.experiments.trials.looking.asked import Asked
from hanze.experiments.trials.looking.runner import Looking
from hanze.http.operation import Caller, Nothing
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City

pytestmark = pytest.mark.anyio

HOUR = 3_600_000_000


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    """A trial was stopped and judged."""
    made = City(tmp_path)
    made.started()
    made.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    made.now += HOUR
    assert await Looking(made.site).judge() == 1
    yield made
    await made.site.compute.stop()
    made.store.close()


def caller(city: City) -> Caller:
    return Caller(city.store, city.access, ANYONE, "/v1", city.now, city.site.lent)


async def test_all_that_pooling_takes_is_there_and_each_version_stays(city: City) -> None:
    [one] = api.every(caller(city), Nothing()).items
    card = one.card
    assert (card["where"]["city"], card["where"]["area"], card["trial"]["ended"]) == (CITY, "N", "2026-03-10")
    assert (
        card["finding"]["se"] > 0
        and card["finding"]["scale"] == "difference"
        and card["finding"]["counts"]["units"] == 8
    )
    assert (
        card["plan"]["hash"] == card["plan"]["versions"][-1]["hash"]
        and card["seed"] == 1
        and len(card["data_hash"]) == 64
    )
    # Asked once more it is signed once more, and the first one stays.
    city.site.tool(Asked).ask("stil", "person:ina")
    assert await Looking(city.site).judge() == 1
    found = api.one(caller(city), api.AskedEvidence("stil"))
    assert len(found.items) == 2 and found.wrong == [] and found.items[0].card == card
    assert [key.key for key in api.keys(caller(city), Nothing()).keys] == [found.items[0].key]
    with pytest.raises(ResourceNotFound):
        api.one(caller(city), api.AskedEvidence("nope"))


async def test_whoever_changes_a_word_is_found_out(city: City, tmp_path: Path) -> None:
    [one] = keeping.versions(city.store, CITY, "stil")
    better = {**one.card, "verdict": "made it worse"}
    assert [told.said() for told in keeping.wrong(better, one.signature, known(city.store))] == [keeping.UNSIGNED]
    other = Identity(tmp_path / "other")
    (tmp_path / "other").mkdir()
    other.make()
    assert [told.said() for told in keeping.wrong(better, other.sign(better), known(city.store))] == [keeping.STRANGE]
    assert keeping.wrong(better, other.sign(better), None) == ()


async def test_a_file_of_evidence_is_checked_without_a_node(city: City, tmp_path: Path) -> None:
    [one] = keeping.versions(city.store, CITY, "stil")
    file = tmp_path / "evidence-stil.json"
    file.write_bytes(msgspec.json.encode({"card": one.card, "signature": one.signature}))
    good = CliRunner().invoke(command, [str(file)])
    assert good.exit_code == 0 and "Testdam: Stille straat: worked" in good.output and one.signature.key in good.output
    file.write_bytes(msgspec.json.encode({"card": {**one.card, "nesta": 5}, "signature": one.signature}))
    bad = CliRunner().invoke(command, [str(file)])
    assert bad.exit_code == 1 and "was changed" in bad.output
    file.write_text("{}", "utf-8")
    assert "is no evidence" in str(CliRunner().invoke(command, [str(file)]).exception)
