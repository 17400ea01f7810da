# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes pictures of what people meet, from real runs: into docs/shots those of the command and of the pages that matter most.

make shots                       what stands in docs/shots
make shots ARGS=all              every page, into .shots, which is not in the repository
make shots ARGS="front thing"    these pages, into .shots
"""

import enum
import itertools
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.browser import browser

from docs import cities, deeds, screens, sights

OUT = Path(__file__).parent / "shots"

OTHERS = Path(__file__).parents[1] / ".shots"

MOST_BYTES = 6 << 20
"""Of all pictures in the repository together."""


class Stage(enum.IntEnum):
    """When a picture is taken: before anything is done in the city, after that, after a night in which a trial stops."""

    FIRST, ROOM, LATER = range(3)


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in sights.SIGHTS and name != "all"]
    if unknown:
        sys.exit(f"There is no page {unknown[0]}; give all, or some of: {', '.join(sights.SIGHTS)}.")
    if names:
        OTHERS.mkdir(exist_ok=True)
        pages(sights.SIGHTS if "all" in names else names, OTHERS)
        return
    screens.write(OUT)
    pages([name for name, sight in sights.SIGHTS.items() if sight.kept], OUT)
    size = sum(file.stat().st_size for file in OUT.iterdir())
    if size > MOST_BYTES:
        sys.exit(f"docs/shots has {size >> 10} kB; it may have {MOST_BYTES >> 10}. Keep fewer pages in docs/sights.py.")


def pages(names: Iterable[str], out: Path) -> None:
    with tempfile.TemporaryDirectory() as place, browser() as chromium:
        folder = Path(place) / "node"
        with cities.havendam(folder) as address:
            session = cities.administrator(folder, address)
            fills = {"drop": cities.dropped(address, session), "loaded": cities.loaded(address, session)}
            here = [one for one in names if not sights.SIGHTS[one].empty]
            for stage, some in itertools.groupby(sorted(here, key=_order), key=_stage):
                # What is kept shows the demonstration as it is.
                if stage is Stage.ROOM:
                    fills |= deeds.done(folder, address, session)
                if stage is Stage.LATER:
                    deeds.stop(folder, address)
                _tell(sights.take(chromium, address, some, out, session, fills))
        new = [one for one in names if sights.SIGHTS[one].empty]
        if new:
            with cities.empty(Path(place) / "new") as address:
                _tell(sights.take(chromium, address, new, out, "", {}))


def _stage(name: str) -> Stage:
    sight = sights.SIGHTS[name]
    return Stage.LATER if sight.later else Stage.FIRST if sight.kept else Stage.ROOM


def _order(name: str) -> tuple[Stage, bool]:
    """Some pages want that somebody came in a few minutes ago."""
    return _stage(name), not sights.SIGHTS[name].person


def _tell(files: Iterable[Path]) -> None:
    for file in files:
        print(f"wrote {file}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
