# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses are asked, also beside what was typed, and what is proposed is tried by its real kind with few calls."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.asking import Asking
from hanze.feeds.probing import looking, trial
from hanze.feeds.probing.proposal import Hints
from hanze.node.sources import kinds
from hanze.outgoing import Client, Guard
from tests.feeds.kinds.gbfs.making import ROUEN, encoded, listing, station, status
from tests.feeds.kinds.luchtmeetnet.test_looking import NOW, Network
from tests.feeds.kinds.serving import Answers, Question, Reply, Source, source

pytestmark = pytest.mark.anyio


async def probe(at: Source, path: str = "/", seconds: float = 5, **options: Any) -> looking.Probed:
    client = Client(Guard(["127.0.0.1"]))
    try:
        asking = Asking(client, lambda: NOW, seconds=seconds)
        return await looking.probe(at.url(path), asking, kinds(), Hints("mine"), NOW, options)
    finally:
        client.close()


async def test_json_is_asked_for_once_and_tried_by_the_kind() -> None:
    async with source({"/p": b'[{"id": 1, "free": 3}, {"id": "a b", "free": "many"}]'}) as at:
        found = await probe(at, "/p")
        assert found.found is not None and found.proposal.feed is not None
        assert [one.id for one in found.found.entities] == ["urn:ngsi-ld:P:mine:1", "urn:ngsi-ld:P:mine:a%20b"]
        assert (found.proposal.feed.name, at.paths) == ("mine", ["/p"])


async def test_what_would_be_refused_is_told() -> None:
    stations = [station("s1"), {**station("s2"), "lat": 95}]
    files: Answers = {
        "/gbfs.json": listing("", "station_information"),
        "/station_information.json": encoded(stations=stations),
    }
    async with source(files) as at:
        found = await probe(at, "/gbfs.json")
        assert found.found is not None and len(found.found.entities) == 1
        assert "latitude" in found.found.refused[0].reason


async def test_a_proposal_that_gives_nothing_is_told_with_its_reason() -> None:
    async with source({"/gbfs.json": listing("", "station_information")}) as at:
        found = await probe(at, "/gbfs.json")
        assert found.found is None and found.failure is not None and "404" in found.failure.detail


@pytest.mark.skipif(not ROUEN.exists(), reason="the recorded system is not here")
async def test_the_list_of_a_bicycle_system_is_found_beside_a_file_of_it() -> None:
    answers: dict[str, Reply | bytes | Callable[[Question], Reply | bytes]] = {
        f"/fr/{name}.json": (ROUEN / f"{name}.json").read_bytes() for name in ("station_information", "station_status")
    }
    answers["/fr/gbfs.json"] = listing("", "station_information", "station_status")
    async with source(answers) as at:
        found = await probe(at, "/fr/station_status.json")
        assert found.proposal.feed is not None and found.found is not None
        assert found.proposal.feed.url == at.url("/fr/gbfs.json")
        assert len(found.found.entities) == 244
        at.answers = {name: one for name, one in answers.items() if name != "/fr/gbfs.json"}
        with pytest.raises(SourceFailed, match="One file of a GBFS system"):
            await probe(at, "/fr/station_status.json")


@pytest.mark.parametrize("path", ["/open_api", "/open_api/stations?page=1&order_by=number", "/open_api/stations"])
async def test_luchtmeetnet_is_known_and_hardly_asked(path: str) -> None:
    def paged(asked: Question) -> Reply | bytes:
        return network.answers()["/open_api/stations"](
            Question(asked.path, {"page": "1", **asked.query}, asked.headers)
        )  # type: ignore[operator]

    network = Network(99)
    async with source({**network.answers(), "/open_api/stations": paged}) as at:
        found = await probe(at, path)
        assert found.proposal.feed is not None and found.found is not None
        assert (found.proposal.feed.kind, found.proposal.feed.url) == ("luchtmeetnet", at.url("/open_api"))
        assert found.proposal.feed.options == {}, "all stations, though three were tried"
        assert {one.id[-5:] for one in found.found.entities} == {"00001", "00002", "00003"}
        assert len(at.paths) < trial.MOST_CALLS


async def test_options_go_along() -> None:
    files: Answers = {"/gbfs.json": listing("", "station_status"), "/station_status.json": encoded(stations=[status()])}
    async with source(files) as at:
        found = await probe(at, "/gbfs.json", system="town")
        assert found.found is not None and found.found.entities[0].id == "urn:ngsi-ld:BikeHireDockingStation:town:s1"
        assert found.proposal.feed is not None and found.proposal.feed.options == {"system": "town"}


@pytest.mark.parametrize("path", ["/", "/ngsi-ld/v1/entities", "/ngsi-ld"])
async def test_another_broker_is_found_beside_its_root(path: str) -> None:
    room = {"id": "urn:ngsi-ld:Room:1", "type": "Room", "level": {"type": "Property", "value": 3}}
    types = {"id": "urn:ngsi-ld:EntityTypeList:1", "type": "EntityTypeList", "typeList": ["Room"]}

    def entities(asked: Question) -> Reply:
        return Reply(msgspec.json.encode([room])) if "type" in asked.query else Reply(b"{}", 400)

    answers: Answers = {"/ngsi-ld/v1/types": msgspec.json.encode(types), "/ngsi-ld/v1/entities": entities}
    async with source(answers) as at:
        found = await probe(at, path)
        assert found.proposal.what == "A broker of NGSI-LD."
        assert found.proposal.feed is not None and found.proposal.feed.kind == "ngsild"
        assert found.found is not None and [one.id for one in found.found.entities] == ["urn:ngsi-ld:Room:1"]
        assert all(one.path.startswith("/ngsi-ld") or one.path == path for one in at.asked)


@pytest.mark.parametrize(
    ("reply", "told", "calls"),
    [
        (Reply(status=404), "status 404", 3),
        (Reply(status=401), "status 401", 3),
        (b"<html>hello</html>", "web page", 3),
        (Reply(b"[]", after=2), "did not answer within", 1),
        (Reply(b"[1", promised=5), "closed the connection", 3),
    ],
)
async def test_what_cannot_be_read_is_told_as_it_was_typed(reply: Reply | bytes, told: str, calls: int) -> None:
    async with source({"/": reply}) as at:
        with pytest.raises(SourceFailed, match=told) as failed:
            await probe(at, "/", 0.3)
        assert failed.value.advice and len(at.asked) == calls


async def test_an_endless_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_BYTES", 1 << 20)
    async with source({"/": b"[" + b"1," * (1 << 20)}) as at:
        with pytest.raises(SourceFailed, match="more than 1 MB"):
            await probe(at)
        assert len(at.asked) == 1
