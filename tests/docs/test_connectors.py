# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages on sources tell people to type does what they say, with real brokers, replayed servers and a real package."""

import asyncio
import contextlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanze.ngsild import times
from tests.docs.reading import DOCS, blocks, commands
from tests.docs.test_examples import site
from tests.feeds.kinds.luchtmeetnet.test_looking import Network
from tests.feeds.kinds.serving import Answers, Question, Reply, source
from tests.feeds.kinds.test_mqtt import Broker
from tests.running import Ran, hanze, running, until

ROOT = DOCS.parent
QUAY = {"value": 61.5, "at": "2026-01-01T12:00:00Z"}


def typed(block: str, folder: Path, instead: dict[str, str]) -> list[Ran]:
    """What became of the commands of a block, with some words exchanged."""
    for told, real in instead.items():
        assert told in block, f"{told} is not in {block}"
        block = block.replace(told, real)
    ran = [hanze(*words[1:], cwd=folder) for words in commands(block)]
    for one in ran:
        assert one.code == 0, one
    return ran


def allowing(folder: Path) -> Path:
    """The folder of a new node that may call this machine."""
    assert hanze("init", "my-city", cwd=folder).code == 0
    with (folder / "my-city" / "hanze.toml").open("a") as file:
        file.write('\n[outgoing]\nallow = ["127.0.0.1"]\n')
    return folder / "my-city"


@pytest.mark.skipif(shutil.which("mosquitto") is None, reason="mosquitto is not here")
def test_a_broker_of_mqtt_is_connected_as_the_page_says(tmp_path: Path) -> None:
    look, connect, mapping, add = blocks("how-to/connect-mqtt.md")
    (tmp_path / "noise.toml").write_text(mapping, "utf-8")
    (tmp_path / "broker").mkdir()
    broker = Broker(tmp_path / "broker")
    asyncio.run(begun(broker))
    here = {"mqtt://192.0.2.7": f"mqtt://127.0.0.1:{broker.port}"}
    try:
        folder = allowing(tmp_path)
        (seen,) = typed(look, tmp_path, {**here, "--seconds 10": "--seconds 1"})
        assert "2 would come:" in seen.out and 'name = "{part[2]}"' in seen.out
        with running(folder) as node:
            typed(connect, tmp_path, {**here, "--write": "--seconds 1 --write"})
            typed(add, tmp_path, here)
            found = until(lambda: node.ok("GET", "/entities?type=NoiseLevelObserved"), "the noise is there")
            assert found[0]["id"] == "urn:ngsi-ld:NoiseLevelObserved:quay"
            assert found[0]["LAeq"] == {
                "type": "Property", "value": 61.5, "unitCode": "2N", "observedAt": "2026-01-01T12:00:00Z",
            }  # fmt: skip
            air = until(lambda: node.ok("GET", "/entities?type=AirQualityObserved&q=no2==21.5"), "the air is there")
            assert air[0]["dataProvider"]["value"] == "The city"
    finally:
        broker.stop()


async def begun(broker: Broker) -> None:
    await broker.start()
    await broker.say(("air/quay/no2", 21.5), ("air/park/pm10", 8), ("noise/quay/LAeq", QUAY), retain=True)


def test_luchtmeetnet_is_connected_as_the_page_says(tmp_path: Path) -> None:
    look, add = blocks("how-to/connect-luchtmeetnet.md")
    network = Network(0)
    network.numbers, network.until = ["NL10636", "NL49012", "NL10404"], times.system()
    answers = {**network.answers(), "/open_api/stations": paged(network)}
    folder = allowing(tmp_path)
    with replayed(answers) as address, running(folder) as node:
        here = {"https://api.luchtmeetnet.nl": address}
        (seen,) = typed(look, tmp_path, here)
        assert "The air quality of Luchtmeetnet" in seen.out and "AirQualityObserved:NL10404" in seen.out
        typed(add, tmp_path, here)
        found = until(lambda: node.ok("GET", "/entities?type=AirQualityObserved&q=no2;name"), "the stations are there")
    assert sorted(one["id"][-7:] for one in found) == ["NL10636", "NL49012"]
    assert found[0]["no2"]["value"] == 20 and found[0]["no2"]["unitCode"] == "GQ"
    assert found[0]["location"]["value"]["type"] == "Point" and found[0]["dataProvider"]["value"] == "Luchtmeetnet"


def paged(network: Network) -> Callable[[Question], Reply | bytes]:
    """The list of stations, whose first page comes without asking for a number."""
    listed: Any = network.answers()["/open_api/stations"]

    def answer(asked: Question) -> Reply | bytes:
        found: Reply | bytes = listed(asked._replace(query={"page": "1", **asked.query}))
        return found

    return answer


@contextlib.contextmanager
def replayed(answers: Answers) -> Iterator[str]:
    """The address of a server that gives these answers, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Awaitable[Any]) -> Any:
        async def run() -> Any:
            return await work

        return asyncio.run_coroutine_threadsafe(run(), loop).result(20)

    serving = source(answers)
    try:
        yield wait(serving.__aenter__()).url("").removesuffix("/")
        wait(serving.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The connector of the page, built and installed by pip into a folder that this process and its children look into."""
    _, code, project, _, case, _ = blocks("how-to/write-your-own-connector.md")
    place, installed = tmp_path / "hanze-tide", tmp_path / "installed"
    place.mkdir()
    for name, text in (("hanze_tide.py", code), ("pyproject.toml", project)):
        (place / name).write_text(text + "\n", "utf-8")
    words = ["install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", installed, place]
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (installed / "hanze_tide_case.py").write_text(case + "\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(installed), prepend=os.pathsep)
    return installed


@pytest.mark.usefixtures("package")
def test_a_connector_of_ones_own_works_as_the_page_says(tmp_path: Path) -> None:
    answer, *_, add, _, _ = blocks("how-to/write-your-own-connector.md")
    given = json.loads(answer)
    given["gauges"].append({"id": "odd", "cm": "high", "at": "2026-01-01T12:00:00Z"})
    (tmp_path / "tide.json").write_text(json.dumps(given), "utf-8")
    folder = allowing(tmp_path)
    with site(tmp_path) as here, running(folder) as node:
        typed(add, tmp_path, {"https://example.org": here})
        (found,) = until(lambda: node.ok("GET", "/entities?type=WaterObserved"), "the water is there")
        status = until(lambda: hanze("feed", "status", "--folder", folder).out, "it says how it is")
    assert found["waterLevel"] == {
        "type": "Property", "value": 112, "unitCode": "CMT", "observedAt": "2026-01-01T12:00:00Z",
    }  # fmt: skip
    assert (found["dataProvider"]["value"], found["source"]["value"]) == ("The harbour", "harbour")
    assert "refused: gauge 1: 'high' is no number" in status


@pytest.mark.usefixtures("package")
def test_a_connector_of_ones_own_is_tried_as_the_page_says() -> None:
    *_, line = blocks("how-to/write-your-own-connector.md")
    setting, program, *words = shlex.split(line)
    assert program == ".venv/bin/python"
    name, _, value = setting.partition("=")
    done = subprocess.run(
        [sys.executable, *words, "-q", "-p", "no:cacheprovider"], cwd=ROOT, env={**os.environ, name: value},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout, done.stdout
