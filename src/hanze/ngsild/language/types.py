# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Type selection, such as `Room,(Home;Vehicle)`. Source: ETSI GS CIM 009 V1.8.1, clause 4.17."""

from typing import Any

from hanze.ngsild.checks import name
from hanze.ngsild.context import Context
from hanze.ngsild.language.logic import Cursor, whole
from hanze.ngsild.selection import TypeIs


def parse(text: str, context: Context, field: str = "type") -> Any:
    """The selection; BadRequestData where the text is none."""

    def term(cursor: Cursor) -> TypeIs:
        found = cursor.until(",|;()")
        if not found:
            raise cursor.wrong("a type")
        return TypeIs(context.expand(name(found, field)))

    return whole(text, field, term, ",|")
