# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures in the docs: each is of a page or a command that is still there, and together they stay small."""

import itertools
from pathlib import Path

from docs import screens, shots, sights
from hanze.node.pages import ROOMS
from hanze.web import demonstration, shell
from hanze.web.outbox import page as mailed
from hanze.web.people.oidc import pages as oidc

PICTURES = Path(__file__).parents[2] / "docs" / "shots"


def test_no_picture_is_of_something_that_is_gone() -> None:
    wanted = {f"{name}.svg" for name in screens.SCREENS}
    for name, sight in sights.SIGHTS.items():
        if sight.kept:
            ways = itertools.product(sights.LANGUAGES, (width for width, _ in sights.SIZES), ("light", "dark"))
            wanted |= {f"{name}-{code}-{width}-{shade}.webp" for code, width, shade in ways}
    assert {file.name for file in PICTURES.iterdir()} == wanted


def test_the_pictures_together_are_small() -> None:
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) <= shots.MOST_BYTES


LEFT_OUT = {
    "sign-in/link", "sign-in/code", "sign-in/organisation", "sign-in/organisation/back", "sign-in/organisation/out", "invitation",
    "follow/yes", "follow/stop", "people/person", "start/check", "sources/look", "sources/mapping", "data/drop/load",
    "data/drop/refused", "data/picture/remove", "data/undo",
    "organisation/join", "challenges/tell/yes", "challenges/tell/stop", "call/picture", "jury/score",
}  # fmt: skip
"""Pages that a link or a form leads to, which works once, and addresses that have no page."""


def test_every_page_is_on_a_picture() -> None:
    shown = {sight.path.partition("?")[0] for sight in sights.SIGHTS.values()}
    rooms = (*ROOMS, mailed.ROOM, oidc.ROOM, demonstration.room(lambda: None))  # type: ignore[arg-type]
    pages = {page.path for room in (shell.room(rooms), *rooms) for page in room.pages}
    assert pages - shown == LEFT_OUT
