# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logs: whatever happens, each line is one JSON object; sentences for people at a terminal only."""

import io
import logging
import socket
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.times import parse
from hanze.node import logs
from tests.running import PATIENCE, folder_of, running


class Line(msgspec.Struct, forbid_unknown_fields=True):
    at: str
    level: str
    logger: str
    message: str
    error: str = ""


def formatted(message: str, *arguments: object, error: BaseException | None = None) -> Line:
    """What a record becomes; it is one line."""
    kind = (type(error), error, None) if error else None
    text = logs.JsonLines().format(logging.LogRecord("hanze.x", logging.ERROR, "", 0, message, arguments, kind))
    assert "\n" not in text
    return msgspec.json.decode(text, type=Line)


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_is_one_line_of_json(text: str, cause: str) -> None:
    found = formatted("%s", text, error=ValueError(cause))
    assert found.message == text.encode("utf-8", "backslashreplace").decode()
    assert found.error.startswith("ValueError")


def test_a_line_says_when_in_utc_how_bad_and_where() -> None:
    found = formatted("consumer %s lost %d rows", "x", 5)
    assert (found.level, found.logger, found.message, found.error) == ("error", "hanze.x", "consumer x lost 5 rows", "")
    assert found.at.endswith("Z")
    assert parse(found.at) > parse("2026-01-01T00:00:00Z")


def test_everything_of_the_process_goes_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    try:
        logs.set_up()
        logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=ValueError("x"))
        logging.getLogger("uvicorn.error").info("not said")
        logs.say("Havendam runs")
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before
        root.setLevel("WARNING")
    first, second = (msgspec.json.decode(line, type=Line) for line in written.getvalue().splitlines())
    assert (first.logger, first.error) == ("asyncio", "ValueError: x\n")
    assert (second.level, second.message) == ("info", "Havendam runs")


def test_a_node_that_is_badly_treated_logs_nothing_of_it(tmp_path: Path) -> None:
    with running(folder_of(tmp_path / "city")) as node:
        with socket.create_connection(("127.0.0.1", node.port), PATIENCE) as bad:
            bad.sendall(b"\x16\x03\x01\x02 this is TLS\r\n\r\n")
            assert bad.recv(100).startswith(b"HTTP/1.1 400 ")
        node.stop()
        lines = [msgspec.json.decode(line, type=Line) for line in node.log().splitlines()]
    assert [one.level for one in lines] == ["info", "info"], "what a client does wrong is not the operator's matter"
