# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls to the provider, by the guarded client: small, quick, and never redirected."""

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec

from hanze.errors import CallFailed
from hanze.outgoing import Client, Response
from hanze.web.people.oidc.trouble import failed

T = TypeVar("T")

SECONDS = 10.0
MOST_BYTES = 256 << 10

ACCEPTED = (("Accept", "application/json"), ("Accept-Encoding", "identity"))
FORM = ("Content-Type", "application/x-www-form-urlencoded")


class Calls:
    """`client`: of the node."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def get(self, url: str, kind: type[T], **headers: str) -> T:
        """What stands there. Errors: SignInFailed."""
        answer = await self._call("GET", url, headers)
        if answer.status != 200:
            raise failed("down", f"{url} answers with status {answer.status}.")
        return read(url, answer.body, kind)

    async def post(self, url: str, fields: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body. Errors: SignInFailed."""
        answer = await self._call("POST", url, dict([FORM]), urlencode(fields).encode())
        return answer.status, answer.body

    async def _call(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Response:
        try:
            answer = await self._client.request(
                method, url, headers=[*ACCEPTED, *headers.items()], body=body, seconds=SECONDS, most_bytes=MOST_BYTES
            )
        except CallFailed as error:
            raise failed("down", error.detail) from None
        if answer.cut:
            raise failed("wrong", f"{url} has more than {MOST_BYTES} bytes.")
        if answer.status >= 500:
            raise failed("down", f"{url} answers with status {answer.status}.")
        return answer


def read(url: str, body: bytes, kind: type[T]) -> T:
    """JSON of this kind. Errors: SignInFailed."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise failed("wrong", f"What stands at {url} is not what it should be: {_told(error)}.") from None


def _told(error: Any) -> str:
    """Where, and never what stood there."""
    return str(error)[:200] if isinstance(error, msgspec.ValidationError) else "it is not JSON"
