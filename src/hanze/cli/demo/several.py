# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs commands that standard input holds as JSON, a list of words each, until one fails."""

import sys

import msgspec

from hanze.cli import main


def run() -> None:
    for words in msgspec.json.decode(sys.stdin.buffer.read(), type=list[list[str]]):
        try:
            main(words)
        except SystemExit as end:
            if end.code:
                raise


if __name__ == "__main__":
    run()
