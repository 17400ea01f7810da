# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as it comes in: no longer than its page takes, and no trouble of ours where it is none."""

import contextlib
from collections.abc import AsyncIterator

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from hanze.errors import InvalidRequest, TooLarge

MOST_FILES, MOST_FIELDS, MOST_BYTES = 5, 500, 1 << 20
"""Of one form; bytes of one field that is no file."""


@contextlib.asynccontextmanager
async def form(request: Request, most: int) -> AsyncIterator[FormData]:
    """What the form of a page sent, until the block ends. Errors: TooLarge beyond `most` bytes, InvalidRequest where it is
    no form."""
    left = most

    async def receive() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge(f"The form is longer than the {most} bytes that are allowed.", limit=most)
        return message

    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 15 or int(length) > most:
        raise TooLarge(f"The form is longer than the {most} bytes that are allowed.", limit=most)
    bounded = Request(request.scope, receive)
    try:
        data = await bounded.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES)
    except (HTTPException, MultiPartException, ClientDisconnect, ValueError) as error:
        raise InvalidRequest("What came is no whole form, or has too many fields.") from error
    try:
        yield data
    finally:
        await bounded.close()
