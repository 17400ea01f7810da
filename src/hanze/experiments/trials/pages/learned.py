# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we learned: all verdicts, found by a word or by what came of it; one that failed is worth as much as one that worked."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from starlette.responses import HTMLResponse, Response

from hanze.experiments.model import EXPERIMENT
from hanze.experiments.trials import keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, listing, verdicts
from hanze.explore import data
from hanze.goals.pages import told
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH, FORMATS = common.LEARNED, ("csv", "json", "parquet")


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (EXPERIMENT.iri,))
    judged = [one for one in keeping.every(visit.site.store, visit.scope, "evaluated", "closed") if one.facts.verdict]
    found = _found(visit, sorted(judged, key=lambda one: -(one.judged or 0)))
    if visit.format:
        return data.records(map(listing.record, found), listing.COLUMNS, visit.format)
    values: dict[str, Any] = {
        "any": bool(judged), "lines": listing.lines(visit, found), "asked": visit.asked("q"), "verdicts": _verdicts(visit, judged),
        "total": len(judged), "query": visit.query, "simulated": any(one.facts.simulated for one in found),
        "running": visit.address(common.TRIALS),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/learned.html", **values))


def _found(visit: Visit, judged: Sequence[Trial]) -> list[Trial]:
    """With all words that are asked for, in name, question, description or place; and with this verdict."""
    words, verdict = visit.asked("q").casefold().split(), visit.asked("verdict")
    areas = told.several(visit, {one.facts.area for one in judged if one.facts.area}) if words else {}
    return [
        one
        for one in judged
        if (verdict not in common.VERDICTS or one.facts.verdict == verdict)
        and all(word in _text(one, areas[one.facts.area].name if one.facts.area in areas else "") for word in words)
    ]


def _text(one: Trial, area: str) -> str:
    return " ".join((one.facts.name, one.facts.question, one.facts.description, area)).casefold()


def _verdicts(visit: Visit, judged: Sequence[Trial]) -> list[tuple[str, int, str, bool]]:
    """Each verdict with how many have it, also where none has: word, count, address, chosen."""
    asked = visit.asked("verdict")
    every = [
        (
            visit.language.say(_("all")),
            len(judged),
            visit.address(PATH, q=visit.asked("q")),
            asked not in common.VERDICTS,
        )
    ]
    return every + [
        (
            visit.language.say(verdicts.WORDS[one]), sum(each.facts.verdict == one for each in judged),
            visit.address(PATH, q=visit.asked("q"), verdict=one), one == asked,
        )
        for one in common.VERDICTS
    ]  # fmt: skip
