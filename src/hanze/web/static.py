# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of the site that do not change while it runs: their address holds a hash of them all, so they may be kept for good."""

import asyncio
import gzip
import hashlib
import mimetypes
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hanze.web.drawing.style import STYLE

FOREVER = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"

KINDS = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "woff2": "font/woff2"}

TEXTS = ("text/javascript", "text/css", "image/svg+xml")
"""What is sent packed to who takes that."""


class Static:
    """All files of the folder `static`, and the style of drawings. What others made stands in `built`, where it was built."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._files = {"drawing.css": STYLE.encode(), **dict(_found(files("hanze.web") / "static", ""))}
        self._packed: dict[str, bytes] = {}
        whole = hashlib.sha256()
        for name, body in sorted(self._files.items()):
            whole.update(name.encode() + hashlib.sha256(body).digest())
        self._version = whole.hexdigest()[:12]

    def has(self, name: str) -> bool:
        return name in self._files

    def address(self, name: str) -> str:
        """Where a file is found; files that name each other by relative addresses find each other too."""
        if name not in self._files:
            raise LookupError(f"There is no file {name} for pages.")
        return f"{self._base}/static-{self._version}/{name}"

    async def answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        body = self._files.get(name)
        if body is None:
            raise HTTPException(404)
        known = request.path_params["version"] == self._version
        headers = {"cache-control": FOREVER if known else HOUR, "vary": "accept-encoding"}
        if _kind(name) in TEXTS and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = await self._pack(name, body)
        return Response(body, media_type=_kind(name), headers=headers)

    async def _pack(self, name: str, body: bytes) -> bytes:
        """Packed when it is first asked for, in a thread, since a large file takes a while."""
        packed = self._packed.get(name)
        if packed is None:
            packed = self._packed[name] = await asyncio.to_thread(gzip.compress, body)
        return packed


def _found(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    if not folder.is_dir():
        return []
    made: list[tuple[str, bytes]] = []
    for one in folder.iterdir():
        made += _found(one, f"{path}{one.name}/") if one.is_dir() else [(path + one.name, one.read_bytes())]
    return made


def _kind(name: str) -> str:
    return KINDS.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
