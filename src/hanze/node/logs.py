# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a node says on standard error: sentences to a person at a terminal, else one line of JSON per event."""

import logging
import sys
import traceback
from typing import Any

import msgspec

from hanze.ngsild import times

log = logging.getLogger("hanze")


class JsonLines(logging.Formatter):
    """Time in UTC, level, logger and message; a traceback stays inside the line, for the operator only."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": times.text(int(record.created * 1000) * 1000),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _clean(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = _clean("".join(traceback.format_exception(*record.exc_info)))
        return msgspec.json.encode(line).decode()


def _clean(text: str) -> str:
    """What cannot be UTF-8, such as half of a pair in the name of a file, is written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def set_up() -> None:
    """All of the process logs this way from now on: warnings and errors, and of Hanze what `say` says."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    log.setLevel("INFO")
    # What uvicorn warns of is what clients do wrong; they are told.
    logging.getLogger("uvicorn.error").setLevel("ERROR")
    logging.captureWarnings(True)


def say(text: str) -> None:
    """One sentence about the node as a whole: where it runs, what the operator should know."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)
    else:
        log.info("%s", text)
