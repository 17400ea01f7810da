# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the examples of a page: its indented blocks, and the commands in them."""

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import httpx2

DOCS = Path(__file__).parents[2] / "docs"
NODE = "http://127.0.0.1:9090"
"""Where the pages say that the node is."""


class Call(NamedTuple):
    """What a curl command asks for."""

    method: str
    url: str
    headers: dict[str, str]
    body: str | None


def blocks(page: str) -> list[str]:
    """The indented blocks of a page, without their indent."""
    text = (DOCS / page).read_text("utf-8")
    found = re.findall(r"(?:^    .*\n(?:\n+(?=    ))?)+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in found]


def commands(block: str) -> list[list[str]]:
    """The commands of a block, each as its words; comments are left out."""
    whole = block.replace("\\\n", " ")
    starts = [match.start() for match in re.finditer(r"^(?:hanze|curl) ", whole, re.MULTILINE)]
    parts = [whole[start:end] for start, end in pairwise([*starts, len(whole)])]
    return [shlex.split(part, comments=True) for part in parts]


def call(words: list[str]) -> Call:
    """The request of a curl command with -i, -s, -X, -H and -d."""
    method, url, headers, body = "GET", "", dict[str, str](), None
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body, method = next(rest), "POST" if method == "GET" else method
        elif word not in ("-i", "-s"):
            url = word
    assert url.startswith("http"), words
    return Call(method, url, headers, body)


def send(asked: Call, address: str) -> httpx2.Response:
    """The answer of the node at the address to what the page asks of its own."""
    url = asked.url.replace(NODE, address)
    assert url != asked.url, f"{asked.url} does not begin with {NODE}"
    return httpx2.request(asked.method, url, headers=asked.headers, content=asked.body)
