# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze serve: where it listens, what keeps it from starting, how it ends."""

import os
import pty
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from hanze.node.serve import listen
from tests.cli.conftest import sentence
from tests.running import HANZE, begun, folder_of, hanze, running


def taken() -> socket.socket:
    """A socket that listens at a port of its own."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    return made


def test_a_taken_port_is_told_and_the_next_free_one_is_used(folder: Path) -> None:
    with taken() as other:
        port = other.getsockname()[1]
        with running(folder, "--port", str(port)) as node:
            assert node.port > port
            assert f"Port {port} is taken; the node listens on {node.port}." in node.log()
            assert node.client.get("/health").status_code == 200


def test_two_nodes_that_start_at_one_port_get_two(tmp_path: Path) -> None:
    with taken() as other:
        port = str(other.getsockname()[1])
    folders = [folder_of(tmp_path / name) for name in ("one", "two")]
    with running(folders[0], "--port", port) as first, running(folders[1], "--port", port) as second:
        assert first.port != second.port
        assert first.client.get("/health").status_code == second.client.get("/health").status_code == 200


def test_a_port_is_taken_from_the_moment_that_a_node_has_it() -> None:
    """Two nodes that start in the same moment: the second learns of the first before either serves."""
    with taken() as other:
        port = other.getsockname()[1]
    with listen("127.0.0.1", port) as first, listen("127.0.0.1", port) as second:
        assert first.getsockname()[1] == port
        assert second.getsockname()[1] > port


def test_no_port_that_is_free(folder: Path) -> None:
    with socket.socket() as last:
        last.bind(("127.0.0.1", 65535))
        last.listen()
        text = sentence(hanze("serve", folder, "--port", "65535"))
    assert text == "Ports 65535 to 65535 are all taken; name another with --port."


def test_a_second_node_on_a_folder_is_refused(folder: Path) -> None:
    with running(folder) as node:
        text = sentence(hanze("serve", folder))
        assert text == (
            f"{folder} is in use by a running node (process {node.process.pid}); "
            "stop that one first, or give another folder with --folder."
        )
        assert node.client.get("/health").status_code == 200


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid", "300.1.1.1"])
def test_an_address_that_is_not_this_machines(folder: Path, host: str) -> None:
    text = sentence(hanze("serve", folder, "--host", host, "--port", "0"))
    assert text.startswith(f"server.host is '{host}', on which this machine cannot listen (")


def test_host_and_port_come_from_the_configuration_unless_they_are_given(tmp_path: Path) -> None:
    with taken() as other:
        port = other.getsockname()[1]
    folder = folder_of(tmp_path / "city", f'[server]\nhost = "127.0.0.2"\nport = {port}\n')
    with begun("serve", folder) as node:
        assert node.stderr is not None
        assert f"runs at http://127.0.0.2:{port}/ngsi-ld/v1" in node.stderr.readline()
        node.terminate()
    with running(folder, "--host", "127.0.0.1") as ours:
        assert ours.address.startswith("http://127.0.0.1:")


def test_a_node_that_is_not_open_says_nothing_of_it_and_lets_nobody_write(folder: Path) -> None:
    with running(folder, open=False) as node:
        assert "open" not in node.log()
        assert node.api("POST", "/entities", {"id": "urn:x:1", "type": "T"}).status_code == 401


def test_an_open_node_says_so(folder: Path) -> None:
    with running(folder) as node:
        assert "The node is open: anyone who reaches it may read and write." in node.log()


@pytest.mark.parametrize(("with_signal", "code"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 0)])
def test_it_ends_when_it_is_told_to_without_a_word(folder: Path, with_signal: int, code: int) -> None:
    with running(folder) as node:
        before = node.log()
        node.stop(with_signal)
        assert node.process.returncode == code
        assert node.log() == before
    assert not (folder / "hanze.sock").exists()


def test_a_person_at_a_terminal_reads_sentences(folder: Path) -> None:
    ours, theirs = pty.openpty()
    node = subprocess.Popen([*HANZE, "serve", str(folder), "--port", "0", "--open"], stderr=theirs)
    os.close(theirs)
    text = b""
    while b"/health)" not in text:
        text += os.read(ours, 1000)
    node.terminate()
    node.wait(20)
    os.close(ours)
    address = rb"http://127\.0\.0\.1:\d+"
    first, second = text.rstrip().split(b"\r\n")
    assert first.startswith(b"The node is open: anyone who reaches it may read and write.")
    assert re.fullmatch(rb"my-city runs at %b/ngsi-ld/v1 \(health: %b/health\)" % (address, address), second)
