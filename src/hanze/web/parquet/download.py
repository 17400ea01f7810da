# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of a page as a Parquet file: its records are read part by part into a file, which a worker turns into another."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec
from starlette.responses import Response, StreamingResponse

from hanze.errors import HanzeError, NotAcceptable, TooLarge
from hanze.http.reply import problem
from hanze.ngsild import times
from hanze.web.parquet.job import write
from hanze.web.room import Visit

ENDING, KIND = "parquet", "application/vnd.apache.parquet"

MOST_BYTES = 512 << 20
"""Of the records of one file."""

SECONDS = 120.0
PIECE = 1 << 16

MISSING = (
    "Parquet is not offered here: pyarrow is not installed. Who keeps this site adds it with: pip install 'hanze[load]'"
)


class Rows(msgspec.Struct, frozen=True):
    """A table that becomes a file. `parts`: its records; each part is read in a reader's thread. `about`: what stands in the file
    beside where and when it was made; called when all parts were read."""

    parts: Iterator[Iterable[Mapping[str, object]]]
    about: Callable[[], Mapping[str, str]]


async def sent(visit: Visit, made: Response | Rows) -> Response:
    """The answer, made of rows where it is not there yet."""
    if isinstance(made, Response):
        return made
    try:
        if not visit.site.parquet:
            raise NotAcceptable(MISSING)
        return await _file(visit, made)
    except HanzeError as error:
        reply = problem(error)
        return Response(reply.body, reply.status, {name.decode(): value.decode() for name, value in reply.headers})


async def _file(visit: Visit, made: Rows) -> Response:
    with tempfile.TemporaryDirectory(prefix="hanze-") as folder:
        lines, target = Path(folder, "lines"), Path(folder, "table")
        with lines.open("wb") as file:
            while await visit.site.store.read(partial(_append, file, made.parts)):
                pass
        about = {**_origin(visit), **{name: text for name, text in made.about().items() if text}}
        await visit.site.compute.run(write, str(lines), str(target), about, seconds=SECONDS, asker=visit.asker)
        # It stays readable when its name goes with the folder.
        body = target.open("rb")
        size = target.stat().st_size
    return StreamingResponse(_pieces(body), headers={"content-length": str(size)}, media_type=KIND)


def _append(file: BinaryIO, parts: Iterator[Iterable[Mapping[str, object]]]) -> bool:
    """Whether there was another part. Errors: TooLarge."""
    part = next(parts, None)
    if part is None:
        return False
    file.writelines(msgspec.json.encode(record) + b"\n" for record in part)
    if file.tell() > MOST_BYTES:
        raise TooLarge(f"The table has more than {MOST_BYTES >> 20} MB; choose fewer things or columns.")
    return True


def _origin(visit: Visit) -> dict[str, str]:
    query = f"?{visit.query}" if visit.query else ""
    root = visit.site.address or visit.site.base
    return {
        "source": f"{root}/{visit.language.code}/{visit.path}{query}",
        "publisher": visit.site.city,
        "made": times.text(visit.now),
    }


def _pieces(body: BinaryIO) -> Iterator[bytes]:
    with body:
        while piece := body.read(PIECE):
            yield piece
