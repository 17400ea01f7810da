# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The socket in a node's folder: who may connect, what it answers to nonsense, and that none of it harms the node."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.errors import ResourceNotFound, Unavailable
from hanze.node import frames
from hanze.node.socket import FILE, Line, NotListening
from tests.running import PATIENCE, Node, bound_by_rights, folder_of, hanze, room, running, until


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node with a room in it, for all tests of this module; in the end it has nothing to complain of."""
    with running(folder_of(tmp_path_factory.mktemp("socket") / "city")) as found:
        found.ok("POST", "/entities", room(1, temperature=21))
        yield found
        assert all(msgspec.json.decode(line)["level"] == "info" for line in found.log().splitlines())


class Raw:
    """A client that may send anything."""

    def __init__(self, folder: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(str(folder / FILE))
        self.file = self.socket.makefile("rb")

    def send(self, body: bytes) -> None:
        self.socket.sendall(len(body).to_bytes(4, "big") + body)

    def ask(self, verb: str, **arguments: Any) -> None:
        self.send(msgspec.msgpack.encode({"verb": verb, "arguments": arguments}))

    def answer(self) -> Any:
        head = self.file.read(4)
        return msgspec.msgpack.decode(self.file.read(int.from_bytes(head, "big"))) if head else None

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@pytest.fixture
def raw(node: Node) -> Iterator[Raw]:
    made = Raw(node.folder)
    yield made
    made.close()
    # Whatever was sent, the next one is served.
    line = Line(node.folder)
    line.send("get", {"id": "urn:ngsi-ld:Room:1", "simplified": True})
    assert line.receive()["temperature"] == 21
    line.close()


NONSENSE = {
    "no MessagePack": b"\xc1\xc1\xc1",
    "text": b"GET / HTTP/1.1\r\n\r\n",
    "empty": b"",
    "a list": msgspec.msgpack.encode([1, 2]),
    "no verb": msgspec.msgpack.encode({"arguments": {}}),
    "verb of a wrong type": msgspec.msgpack.encode({"verb": 5, "arguments": {}}),
    "arguments of a wrong type": msgspec.msgpack.encode({"verb": "get", "arguments": [1]}),
    "deep": b"\x91" * 5000 + b"\xc0",
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE.keys())
def test_a_frame_that_is_no_question_is_told_and_ends_the_conversation(raw: Raw, body: bytes) -> None:
    raw.send(body)
    told = raw.answer()["error"]
    assert told["class"] == "BadRequestData"
    assert told["detail"].startswith("The frame cannot be read (")
    assert raw.answer() is None


def test_a_frame_that_says_it_is_too_long_is_not_waited_for(raw: Raw) -> None:
    raw.socket.sendall(b"\xff\xff\xff\xff")
    told = raw.answer()["error"]
    assert told["class"] == "TooLarge"
    assert f"passes the limit of {frames.MOST_BYTES}; send smaller parts." in told["detail"]
    assert raw.answer() is None


@pytest.mark.parametrize(
    ("verb", "arguments", "kind", "told"),
    [
        ("gett", {}, "BadRequestData", "There is no verb 'gett'; the command and the node may be of different versions."),
        ("__init__", {}, "BadRequestData", "There is no verb '__init__'"),
        ("get", {}, "BadRequestData", "Verb 'get' was given wrong arguments: Object missing required field `id`."),
        ("get", {"id": 5}, "BadRequestData", "Verb 'get' was given wrong arguments: Expected `str`"),
        ("get", {"id": "urn:x:none"}, "ResourceNotFound", "There is no entity urn:x:none."),
        ("load.part", {"source": "s", "done": 1, "observations": [{
            "id": "urn:x:1", "type": "T", "attribute": "a", "template": {"type": "Property"},
            "moments": b"\0" * 16, "values": b"\0" * 8}]}, "BadRequestData", "There are 2 moments and 1 values"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_told_and_the_next_may_follow(
    raw: Raw, verb: str, arguments: dict[str, Any], kind: str, told: str
) -> None:
    raw.ask(verb, **arguments)
    found = raw.answer()["error"]
    assert (found["class"], found["detail"][: len(told)]) == (kind, told)
    raw.ask("get", id="urn:ngsi-ld:Room:1")
    assert raw.answer()["result"]["id"] == "urn:ngsi-ld:Room:1"


@pytest.mark.parametrize("sent", [b"", b"\0", b"\0\0\1\0", b"\0\0\1\0half"])
def test_a_client_that_vanishes_within_a_frame_is_forgotten(raw: Raw, sent: bytes) -> None:
    raw.socket.sendall(sent)
    raw.close()


def test_what_a_client_asked_is_done_although_it_vanished(raw: Raw, node: Node) -> None:
    entity = {"id": "urn:ngsi-ld:Room:7", "types": ["https://example.org/Late"], "attributes": {}, "scopes": []}
    raw.ask("load.part", source="vanished", done=1, entities=[entity])
    raw.close()
    until(lambda: node.api("GET", "/entities/urn:ngsi-ld:Room:7").is_success, "the entity is there")


def test_questions_are_answered_in_their_order(raw: Raw) -> None:
    for number in range(200):
        raw.ask("get", id="urn:ngsi-ld:Room:1" if number % 2 else f"urn:x:{number}")
    for number in range(200):
        found = raw.answer()
        if number % 2:
            assert found["result"]["id"] == "urn:ngsi-ld:Room:1"
        else:
            assert found["error"]["detail"] == f"There is no entity urn:x:{number}."


def test_many_talk_at_once(node: Node) -> None:
    lines = [Line(node.folder) for _ in range(20)]
    for line in lines:
        line.send("get", {"id": "urn:ngsi-ld:Room:1"})
    for line in reversed(lines):
        assert line.receive()["id"] == "urn:ngsi-ld:Room:1"
        line.close()


CONNECT = """
import os, socket, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
try:
    socket.socket(socket.AF_UNIX).connect(f"/proc/self/fd/{folder}/hanze.sock")
except PermissionError:
    sys.exit(3)
"""


def test_only_the_owner_may_connect(node: Node) -> None:
    file = node.folder / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    if os.geteuid() == 0:  # only root can be somebody else for a moment
        node.folder.chmod(0o711)
        try:
            done = subprocess.run([sys.executable, "-c", CONNECT, node.folder], capture_output=True, text=True)
        finally:
            node.folder.chmod(0o700)
        assert done.returncode == 3, done.stderr


def test_a_command_of_somebody_else_is_told(node: Node) -> None:
    file = node.folder / FILE
    file.chmod(0)
    try:
        done = hanze("get", "urn:x:1", "--folder", node.folder, preexec_fn=bound_by_rights)
    finally:
        file.chmod(0o600)
    assert done.code == 2
    assert (
        done.err == f"hanze: {node.folder} belongs to somebody else; give the command as the user who runs the node.\n"
    )


def test_a_line_raises_the_error_of_the_node(node: Node) -> None:
    line = Line(node.folder)
    line.send("get", {"id": "urn:x:none"})
    with pytest.raises(ResourceNotFound, match="There is no entity urn:x:none"):
        line.receive()
    line.close()


def test_a_folder_without_a_node(tmp_path: Path) -> None:
    with pytest.raises(NotListening):
        Line(tmp_path)
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(tmp_path / FILE))
    made.close()
    with pytest.raises(NotListening):  # left by a node that was killed
        Line(tmp_path)


def test_a_folder_however_deep(tmp_path: Path) -> None:
    """The system allows about 100 bytes for the path of a socket."""
    deep = tmp_path.joinpath(*["a-folder-with-a-rather-long-name"] * 6)
    with running(folder_of(deep / "city")) as node:
        assert len(str(node.folder / FILE)) > 200
        line = Line(node.folder)
        line.send("key.list", {})
        assert line.receive() == []
        line.close()


def test_a_node_that_stops_meanwhile_is_told(tmp_path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.settimeout(PATIENCE)
    listening.bind(str(tmp_path / FILE))
    listening.listen()
    line = Line(tmp_path)
    taken, _ = listening.accept()
    line.send("get", {"id": "urn:x:1"})
    taken.sendall(b"\0\0\0\x10half")
    taken.close()
    with pytest.raises(Unavailable, match="The node stopped before it had answered; give the same command again"):
        line.receive()
    with pytest.raises(Unavailable, match="The node stopped"):
        for _ in range(10):
            line.send("get", {"id": "x" * 100_000})
    line.close()
    listening.close()
