# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze clock: in a demonstration time runs faster for all that the node does; elsewhere it refuses."""

from pathlib import Path

from hanze.ngsild import times
from tests.cli.conftest import said, sentence
from tests.outgoing.server import OK, Asked
from tests.prove.background import Background
from tests.running import hanze, room, running, until

DEMO = "[demo]\nclock = true\n"
MINUTE = 60_000_000


def test_the_time_of_a_real_city_is_the_real_one(folder: Path) -> None:
    ran = said("clock", folder)
    assert ran.out.startswith("It is 20") and ran.out.endswith("; the clock runs as fast as everywhere.\n")
    assert sentence(said("clock", folder, "--rate", "600")) == (
        "The time of this node is the real one. Only in a demonstration may it run faster: one with clock = true under [demo] in "
        f"{folder}/hanze.toml."
    )


def test_periodic_notifications_follow_it(folder: Path) -> None:
    (folder / "hanze.toml").write_text(DEMO)
    receiver = Background(_taken)
    with running(folder, "--allow-loopback") as node:
        node.ok("POST", "/entities", room(1, n=1))
        assert said("clock", folder, "--rate", "600").code == 0
        endpoint = {"uri": f"http://127.0.0.1:{receiver.port}/"}
        half_an_hour = {"type": "Subscription", "entities": [{"type": "Room"}], "timeInterval": 1800}
        node.ok("POST", "/subscriptions", {**half_an_hour, "notification": {"endpoint": endpoint}})
        until(lambda: receiver.paths, "half an hour has passed", 10)
    receiver.close()


async def _taken(asked: Asked) -> bytes:
    return OK


def test_a_rate_that_cannot_be_is_told(folder: Path) -> None:
    (folder / "hanze.toml").write_text(DEMO)
    assert "rate is 0.5; give 1" in sentence(said("clock", folder, "--rate", "0.5"))


def test_all_of_a_running_node_follows_it_and_a_restart_goes_on_from_there(folder: Path) -> None:
    (folder / "hanze.toml").write_text(DEMO)
    with running(folder) as node:
        begun = times.system()
        assert "runs 600 times as fast" in hanze("clock", str(folder), "--rate", "600").out
        # Ten minutes of the clock: what then has expired is gone, from reads and from the store.
        ends = times.text(begun // MINUTE * MINUTE + 10 * MINUTE)
        node.ok("POST", "/entities", {**room(1, n=1), "expiresAt": ends})
        until(lambda: node.api("GET", "/entities/urn:ngsi-ld:Room:1").status_code == 404, "it has expired")
        node.ok("POST", "/entities", room(2, n=1))
        made = times.parse(node.ok("GET", "/entities/urn:ngsi-ld:Room:2?options=sysAttrs")["createdAt"])
        assert made > begun + 8 * MINUTE
        key = hanze("key", "create", "--role", "reader", "--folder", str(folder))
        assert key.code == 0
        process = node.process
        process.kill()
        process.wait()
    with running(folder) as node:
        node.ok("POST", "/entities", room(3, n=1))
        later = times.parse(node.ok("GET", "/entities/urn:ngsi-ld:Room:3?options=sysAttrs")["createdAt"])
        assert later > made
        assert "runs as fast" in hanze("clock", str(folder), "--rate", "1").out
        node.stop()
    audit = said("clock", folder)
    assert "runs as fast as everywhere" in audit.out
    assert times.parse(audit.out.split()[2].rstrip(";")) >= later // 1_000_000 * 1_000_000
