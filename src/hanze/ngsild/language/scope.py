# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scope queries, such as `/Europe/+/#,/Asia`. Source: ETSI GS CIM 009 V1.8.1, clause 4.19."""

from typing import Any

from hanze.ngsild.language.logic import Cursor, whole
from hanze.ngsild.selection import ScopeIs


def parse(text: str) -> Any:
    """The scope query; BadRequestData where the text is none."""
    return whole(text, "scopeQ", _term, ",|")


def _term(cursor: Cursor) -> ScopeIs:
    segments = cursor.until(",|;()").removeprefix("/").split("/")
    if not all(segments) or "#" in segments[:-1]:
        raise cursor.wrong("a scope such as /Europe/NL, with + for one level or a last # for all below")
    return ScopeIs(tuple(segments))
