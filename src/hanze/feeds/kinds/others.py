# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kinds of sources that other packages bring: each is an entry point of the group hanze.feeds, under the name of the kind."""

from importlib.metadata import entry_points
from pkgutil import resolve_name
from typing import Any, ClassVar

from hanze.errors import SourceFailed
from hanze.errors import mark as _
from hanze.feeds.kinds import KINDS
from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed, Found, Get, State

GROUP = "hanze.feeds"

ADVICE = _("Bring the package that this kind is from up to date, or uninstall it, then start the node again.")


def offered() -> dict[str, str]:
    """Kind to where it stands, such as `tide.connector:Tide`. A kind of Hanze itself is never replaced."""
    return {one.name: one.value for one in entry_points(group=GROUP) if one.name not in KINDS}


def made(name: str, place: str) -> Kind:
    """The kind; where its package is broken, one in its place whose sources fail and say so."""
    try:
        found: Any = resolve_name(place)()
        wrong = _wrong(name, found)
    # Anything may go wrong in the code of others, and the node goes on.
    except (Exception, SystemExit) as error:
        wrong = f"{type(error).__name__}: {error}"
    if wrong:
        return Unusable(f'The kind "{name}" at {place} cannot be used ({wrong}).')
    kind: Kind = found
    return kind


def _wrong(name: str, found: Any) -> str:
    if getattr(found, "kind", None) != name:
        return f"it calls itself {getattr(found, 'kind', None)!r}"
    every = getattr(found, "every", None)
    if isinstance(every, bool) or not isinstance(every, int | float) or every <= 0:
        return f"its every is {every!r}, where seconds are awaited"
    if not any(callable(getattr(found, name, None)) for name in ("look", "listen", "join")):
        return "it has no look, no listen and no join"
    return ""


class Unusable:
    """Stands for a kind that cannot be used; `detail` says why."""

    kind: ClassVar[str] = "unusable"
    every: ClassVar[float] = 300.0

    def __init__(self, detail: str) -> None:
        self.detail = detail

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        raise SourceFailed(self.detail, ADVICE)
