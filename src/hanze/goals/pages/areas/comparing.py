# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of two areas side by side, with the form that asks which."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.goals.model import AREA, SCORE, VALUE
from hanze.goals.pages import told
from hanze.goals.pages.areas import lists, naming
from hanze.goals.pages.areas.pair import SIDES, Pair
from hanze.goals.pages.told import Place
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "goals/compare"

OFFERED = 400
"""Names that the fields offer while somebody types."""

MANY = 20
"""Areas of one name that are offered to choose from."""

NONE = _("No area is called so here. Try a part of its name.")
SEVERAL = _("Several areas are called so. Choose one.")


class Half(msgspec.Struct, frozen=True):
    """One of the two: what was typed or followed. `place`: None where that is not one area; `choices`: areas it may mean, with
    their addresses; `wrong`: what to do, empty where nothing is wrong."""

    side: str
    typed: str
    place: Place | None = None
    choices: Sequence[tuple[str, str]] = ()
    wrong: str = ""


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (AREA.iri, VALUE.iri, SCORE.iri))
    if visit.format:
        both = [told.place(visit, visit.asked(side)) for side in SIDES]
        return lists.pairs(visit, Pair(visit, *both).records())
    halves = [_half(visit, side) for side in SIDES]
    one, other = (half.place for half in halves)
    values: dict[str, Any] = {"halves": halves, "offered": _offered(visit), "pair": None, "simulated": False}
    if one is not None and other is not None:
        values |= _values(visit, Pair(visit, one, other))
    return HTMLResponse(visit.html("goals/compare.html", **values))


def _values(visit: Visit, pair: Pair) -> dict[str, Any]:
    groups = list(pair.groups())
    verdicts = [row.verdict for group in groups for row in group.rows]
    return {
        "pair": pair, "groups": groups, "simulated": pair.simulated,
        "better": verdicts.count("better"), "worse": verdicts.count("worse"),
        "alike": verdicts.count("same") + verdicts.count("unsure"),
        "unknown": len(told.known(visit).indicators) - len(verdicts),
        "asked": {"one": pair.one.code, "other": pair.other.code},
    }  # fmt: skip


def _half(visit: Visit, side: str) -> Half:
    """What an address or the field of the form means: a code, else a name, else a part of one."""
    typed = visit.asked(side).strip()[: naming.LONGEST]
    if not typed:
        return Half(side, "")
    exact = told.several(visit, [typed]).get(typed)
    found = [exact] if exact else naming.named(visit, typed, MANY)
    if len(found) == 1:
        return Half(side, found[0].name, found[0])
    return Half(side, typed, None, _choices(visit, side, found), SEVERAL if found else NONE)


def _choices(visit: Visit, side: str, found: Sequence[Place]) -> list[tuple[str, str]]:
    uppers = told.several(visit, dict.fromkeys(one.facts.parent for one in found if one.facts.parent))
    asked = {one: visit.asked(one) for one in SIDES}
    return [(_full(one, uppers), visit.address(PATH, **{**asked, side: one.code})) for one in found]


def _full(one: Place, uppers: Mapping[str, Place]) -> str:
    """A name with that of what it lies in."""
    upper = uppers.get(one.facts.parent)
    return f"{one.name}, {upper.name}" if upper else one.name


def _offered(visit: Visit) -> list[str]:
    """Names for the fields, where the city has few areas enough."""
    page = visit.site.store.query("", naming.selection(), visit.scope, limit=OFFERED, count=True)
    return sorted({told.place_of(one).name for one in page.entities}) if (page.count or 0) <= OFFERED else []
