# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request as the APIs see it: path segments, parameters, headers and body, each decoded once."""

from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from typing import Any, AnyStr
from urllib.parse import parse_qsl, unquote

import msgspec

from hanze.errors import BadRequestData, InvalidRequest, LengthRequired, TooLarge
from hanze.http.limits import Limits
from hanze.http.room import FREE_BYTES, Room
from hanze.ngsild.checks import shown

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MOST_PARTS = 300_000
"""Commas and brackets of a body: each stands for a value, which takes far more memory than its text."""

_decode = msgspec.json.Decoder().decode


class Request:
    """One request; `segments` are the parts of the path below the API's root."""

    __slots__ = ("_headers", "_room", "held", "limits", "method", "params", "receive", "segments")

    def __init__(
        self, scope: MutableMapping[str, Any], receive: Receive, segments: list[str], limits: Limits,
        room: Room | None = None,
    ) -> None:  # fmt: skip
        """`room`: where the body takes its place; whoever made the request gives back what it `held`."""
        self._room = room
        self.held = 0
        self.method: str = scope["method"]
        self.receive = receive
        self.segments = segments
        self.limits = limits
        listed = scope["headers"]
        self._headers: dict[bytes, bytes] = dict(listed)
        if len(self._headers) < len(listed):
            self._headers = _joined(listed, b", ")
        query: bytes = scope["query_string"]
        self.params: dict[str, str] = self._parameters(query) if query else {}

    def _parameters(self, query: bytes) -> dict[str, str]:
        if len(query) > self.limits.parameters:
            raise InvalidRequest(
                f"The query string has {len(query)} characters; at most {self.limits.parameters} are allowed.",
                limit=self.limits.parameters,
            )
        try:
            listed = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
        except ValueError:
            raise InvalidRequest(
                "The query string cannot be read; encode it as UTF-8, at most 100 parameters."
            ) from None
        found = dict(listed)
        return found if len(found) == len(listed) else _joined(listed, ",")

    def header(self, name: bytes) -> str | None:
        """A header by its lower-case name."""
        found = self._headers.get(name)
        return None if found is None else found.decode("latin-1")

    def get(self, name: str) -> str | None:
        """A header, as `access` asks for it."""
        return self.header(name.encode())

    def allow(self, known: Collection[str]) -> None:
        """InvalidRequest where a parameter is not one of the known ones."""
        for name in self.params:
            if name not in known:
                raise InvalidRequest(
                    f"There is no parameter {shown(name)} here; the parameters are {', '.join(sorted(known))}."
                )

    async def body(self) -> bytes:
        """The body; LengthRequired without Content-Length, TooLarge beyond the limit."""
        text = self._headers.get(b"content-length")
        if text is None:
            raise LengthRequired("Content-Length is missing; send the length of the body.")
        most = self.limits.body_bytes
        if not text.isdigit() or len(text) > 15 or int(text) > most:
            raise TooLarge(f"The body has {text[:20].decode('latin-1')} bytes; at most {most} are allowed.", limit=most)
        parts: list[bytes] = []
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise InvalidRequest("The request ended before its body was whole; send it again.")
            parts.append(message.get("body", b""))
            most -= len(parts[-1])
            if self._room is not None and self.limits.body_bytes - most > FREE_BYTES and parts[-1]:
                await self._room.take(len(parts[-1]))
                self.held += len(parts[-1])
            if most < 0:
                # A server may let through more than the header says.
                raise TooLarge(
                    f"The body is longer than the {self.limits.body_bytes} bytes that are allowed.",
                    limit=self.limits.body_bytes,
                )
            if not message.get("more_body"):
                break
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def flag(self, name: str) -> bool:
        """A parameter that is true or false."""
        value = self.params.get(name, "false")
        if value not in ("true", "false"):
            raise BadRequestData(f"{name} is {shown(value)}; give true or false.")
        return value == "true"

    def number(self, name: str, default: int, lowest: int = 0) -> int:
        """A parameter that is a whole number."""
        text = self.params.get(name)
        if text is None:
            return default
        if not text.isdecimal() or len(text) > 15 or int(text) < lowest:
            raise BadRequestData(f"{name} is {shown(text)}; give a whole number from {lowest}.")
        return int(text)


def _joined(pairs: Iterable[tuple[AnyStr, AnyStr]], comma: AnyStr) -> dict[AnyStr, AnyStr]:
    """Headers or parameters of which some come more than once: their values are one list (RFC 9110, 5.3)."""
    found: dict[AnyStr, list[AnyStr]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: comma.join(values) for name, values in found.items()}


def segments(raw_path: bytes, root: int) -> list[str]:
    """The parts of the path after `root` bytes, each decoded, so that an encoded slash stays inside its part."""
    path = raw_path[root:].decode("ascii", "replace")
    found = path.removeprefix("/").split("/")
    return [unquote(part) for part in found] if "%" in path else found


def json(body: bytes) -> Any:
    """The body as JSON; InvalidRequest says where it breaks, TooLarge that it has too many parts."""
    if len(body) > MOST_PARTS and sum(map(body.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise TooLarge(f"The body has more than {MOST_PARTS} commas and brackets; send less at once.", limit=MOST_PARTS)
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidRequest(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise InvalidRequest("The body is too deeply nested; make it flatter.") from None
