# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Probes a file of this machine, or a folder into which files come: the source that is proposed watches the folder."""

import io
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from hanze.errors import ConfigurationError, HanzeError, SourceFailed
from hanze.feeds.kinds.files.pieces import KNOWN, LINES, MOST_JSON, PARQUET, ending, pieces
from hanze.feeds.probing import names, signs
from hanze.feeds.probing.guess import guess
from hanze.feeds.probing.leaves import SAMPLE
from hanze.feeds.probing.looking import Probed
from hanze.feeds.probing.mapping import Mapped
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.provenance import complete
from hanze.feeds.source import Feed, Found, Option
from hanze.ngsild.context import CORE

KIND = "files"

LOAD = "To load it once instead, write the mapping to {1}.toml: hanze load {0} --mapping {1}.toml --folder my-city"
ALONE = "It is a file; give the address at which others get it, to see how that is connected."


def probe(place: Path, hints: Hints, options: dict[str, Option]) -> Probed:
    """What the file holds, or the newest one of the folder, and what would come of it.

    Errors: SourceFailed; ConfigurationError where no row of it can be taken.
    """
    file = _newest(place) if place.is_dir() else place
    with file.open("rb") as content:
        body = content.read(MOST_JSON + 1)
    name = hints.name or names.source_name(file.as_uri())
    proposal = guessed(file.name, file.as_uri(), body, Hints(name, hints.zone))
    mapping = None if proposal.feed is None else proposal.feed.mapping
    if proposal.table is None and mapping is None and not proposal.ready:
        if proposal.feed is not None:
            proposal.feed, proposal.notes = None, [*proposal.notes, ALONE]
        return Probed(proposal)
    if proposal.table is not None:
        proposal.notes.append(LOAD.format(file, name))
    chosen = {**_pattern(file), **options}
    proposal.feed = Feed(KIND, str(file.parent), name, options=chosen, mapping=mapping, table=proposal.table)
    return Probed(proposal, _tried(proposal.feed, file.name, body))


def _newest(folder: Path) -> Path:
    """The newest file of the most common ending. Errors: SourceFailed where there is none to read."""
    files = [one for one in folder.iterdir() if ending(one.name) in KNOWN - {PARQUET} and one.is_file()]
    if not files:
        raise SourceFailed(
            f"No file in {folder} has an ending that is known.",
            f"Put one there that ends in {', '.join(sorted(KNOWN - {PARQUET}))}.",
        )
    common = Counter(ending(one.name) for one in files).most_common(1)[0][0]
    return max((one for one in files if ending(one.name) == common), key=lambda one: one.stat().st_mtime)


def _pattern(file: Path) -> dict[str, Option]:
    """Which files are of the same sort, where others lie beside them."""
    others = {ending(one.name) for one in file.parent.iterdir()} & KNOWN - {ending(file.name)}
    return {"pattern": f"*{ending(file.name)}"} if others else {}


def guessed(file: str, url: str, body: bytes, hints: Hints) -> Proposal:
    """What a file of this name holds and how it could be mapped; `url`: where it stands. Pure. Errors: SourceFailed."""
    answer = Answer(url, body)
    if ending(file) not in LINES:
        return guess(answer, hints)
    things = _things(body)
    known = signs.service(things, answer, hints.name)
    if known is not None:
        return known
    mapped = Mapped(answer, things, hints, hints.name)
    return Proposal(
        hints.name, "Lines of JSON, a thing each.", Feed(KIND, "", hints.name, mapping=mapped.shape), mapped.notes
    )  # fmt: skip


def _things(body: bytes) -> list[Any]:
    """The first lines. Errors: SourceFailed where one is no JSON."""
    try:
        return [msgspec.json.decode(line) for line in islice(io.BytesIO(body), SAMPLE) if line.strip()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceFailed(f"A line of the file is no JSON: {error}.", "Mend the line.") from None


def _tried(feed: Feed, name: str, body: bytes) -> Found:
    """What the kind makes of the first piece."""
    whole = body if len(body) <= MOST_JSON or feed.table is None else body[: body.rfind(b"\n") + 1]
    try:
        _, found = next(pieces(io.BytesIO(whole), name, feed, lambda _: CORE, 0), (0, Found()))
    except HanzeError as error:
        raise ConfigurationError(error.detail) from None
    if not found.entities and found.refused:
        raise ConfigurationError(f"Nothing of it can be taken; {found.refused[0].where}: {found.refused[0].reason}.")
    return msgspec.structs.replace(found, entities=complete(feed, found))
