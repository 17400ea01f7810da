# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A receipt holds as long as nothing of what its value was made of is another one: one reading, one lamp, residents, the text."""

import asyncio
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.access import Policy
from hanze.cli.folder import hand
from hanze.goals.catalogue.reading import shipped
from hanze.http.limits import Limits
from hanze.ngsild import times
from tests.broker.conftest import served
from tests.cli.conftest import said
from tests.contract.conftest import Clock
from tests.goals import city
from tests.goals.demo import havendam

GOOD, DATA, TEXT = "good", "its data are other ones", "its definition is another one"

FEBRUARY = "timerel=between&timeAt=2026-02-10T00:00:00Z&endTimeAt=2026-02-11T00:00:00Z"


class Checked:
    """What a check of everything says, by indicator and the first day of the period."""

    def __init__(self, folder: Path) -> None:
        with hand(folder, "a test") as node:
            self.rows = node.run("goals.check", {"past": True})

    def areas(self, code: str) -> set[str]:
        """Those of which the value of an indicator is no longer as its receipt says."""
        return {row["area"] for row in self.rows if row["code"] == code and row["verdict"] != GOOD}

    def said(self, *verdicts: str) -> set[tuple[str, str]]:
        return {(row["code"], row["start"]) for row in self.rows if row["verdict"] in verdicts}

    @property
    def other(self) -> set[tuple[str, str]]:
        """What is no longer as its receipt says."""
        return {(row["code"], row["start"]) for row in self.rows if row["verdict"] != GOOD}


@pytest.fixture(scope="session")
def untouched(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return Checked(havendam.copied(demo, tmp_path_factory.mktemp("untouched") / "havendam"))


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    return havendam.copied(demo, tmp_path / "havendam")


def asked(folder: Path, method: str, path: str, body: Any = None) -> Any:
    """A request to the API of the folder's node, a minute after its values were worked out."""

    async def ask() -> Any:
        clock = Clock()
        clock.now = havendam.NOW + MINUTE
        store = havendam.opened(folder, clock.now)
        app = served(store, clock, Limits(), policy=Policy(open=True))
        try:
            async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
                answer = await client.request(method, path, json=body)
                assert answer.is_success, answer.text[:200]
                return answer.json() if answer.content else None
        finally:
            store.close()

    return asyncio.run(ask())


MINUTE = 60_000_000


def correct(folder: Path, id: str, attribute: str) -> None:
    """The first reading of the tenth of February is another one."""
    told = asked(folder, "GET", f"/temporal/entities/{id}?attrs={attribute}&options=sysAttrs&{FEBRUARY}")
    reading = told[attribute][0]
    path = f"/temporal/entities/{id}/attrs/{attribute}/{reading['instanceId']}"
    asked(folder, "PATCH", path, {"type": "Property", "value": reading["value"] + 0.01})


def periods(untouched: Checked, codes: Iterable[str]) -> set[tuple[str, str]]:
    return {(row["code"], row["start"]) for row in untouched.rows if row["code"] in set(codes)}


def test_all_receipts_hold_where_nothing_was_altered(untouched: Checked) -> None:
    assert untouched.other == set()
    # In all areas, and of the months that are over.
    assert {row["area"] for row in untouched.rows if row["code"] == "waste-full"} >= {"HVD", "HVD01", "HVD0101"}
    assert ("waste-full", "2026-02-01") in untouched.said(GOOD)
    assert len(untouched.said(GOOD)) > len(shipped())


def test_one_reading_that_is_corrected_breaks_those_that_it_went_into(folder: Path) -> None:
    correct(folder, "urn:ngsi-ld:AirQualityObserved:havendam:03", "no2")
    checked = Checked(folder)
    year = {(code, "2026-01-01") for code in ("air-no2-year", "air-no2-gap", "air-no2-over-who")}
    assert checked.other == checked.said(DATA) == year
    # Of the neighbourhood where it was measured, and of what that lies in.
    assert [len(area) for area in sorted(checked.areas("air-no2-year"), key=len)] == [3, 5, 7]
    assert [len(area) for area in sorted(checked.areas("air-no2-gap"), key=len)] == [3, 5]


def test_a_month_is_not_touched_by_another_and_values_follow(folder: Path) -> None:
    correct(folder, "urn:ngsi-ld:WasteContainer:havendam:07", "fillingLevel")
    february = {("waste-full", "2026-02-01"), ("waste-full-gap", "2026-02-01")}
    assert Checked(folder).other == february
    ran = said("goals", "verify", "--indicator", "waste-full", "--past", "--folder", folder)
    assert ran.code == 1 and DATA in ran.out
    assert said("goals", "verify", "--indicator", "waste-full", "--folder", folder).code == 0
    city.worked_out(folder, "2026-04-10T13:04:00Z")
    assert Checked(folder).other == set()


def test_what_came_to_be_later_breaks_nothing_and_counts_from_then_on(folder: Path) -> None:
    known = asked(folder, "GET", "/entities/urn:ngsi-ld:WasteContainer:havendam:07")
    level = {**known["fillingLevel"], "value": 0.99, "observedAt": times.text(havendam.NOW + MINUTE)}
    new = {"id": "urn:ngsi-ld:WasteContainer:havendam:new", "type": "WasteContainer", "location": known["location"]}
    asked(folder, "POST", "/entities", {**new, "fillingLevel": level})
    verify = ("goals", "verify", "--indicator", "waste-full", "--past", "--folder", folder)
    before = said(*verify)
    assert before.code == 0
    city.worked_out(folder, "2026-04-10T13:04:00Z")
    after = said(*verify)
    assert after.code == 0 and after.out != before.out, "the new one has told of an hour only, so that less is there"


def test_what_is_deleted_is_missed(folder: Path, untouched: Checked) -> None:
    asked(folder, "DELETE", "/entities/urn:ngsi-ld:Streetlight:havendam:05")
    lights = [code for code, one in shipped().items() if any(part.type == "Streetlight" for part in one.part)]
    checked = Checked(folder)
    assert checked.other == periods(untouched, [*lights, "lights-gap"])
    assert len(checked.areas("street-lights")) == 3


def test_other_residents_are_other_data(folder: Path, untouched: Checked, tmp_path: Path) -> None:
    """Residents weigh, and decide what is hidden: they go into all values of their areas."""
    (tmp_path / "people.csv").write_text("code,people\nHVD0101,1234\n")
    words = ("goals", "areas", folder / "areas.geojson", "--people", tmp_path / "people.csv", "--folder", folder)
    assert said(*words).code == 0
    checked = Checked(folder)
    assert checked.said(DATA) == periods(untouched, shipped())
    assert checked.areas("noise-lnight") == {"HVD", "HVD01", "HVD0101"}


def test_another_text_is_another_indicator(folder: Path, untouched: Checked) -> None:
    text = (files("hanze.goals.catalogue") / "waste-full.toml").read_text("utf-8")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "waste-full.toml").write_text(text.replace("limit = 0.8", "limit = 0.5"), "utf-8")
    checked = Checked(folder)
    assert checked.said(TEXT) == periods(untouched, ["waste-full"])
    assert {code for code, _ in checked.other} == {"waste-full", "waste-full-gap"}
