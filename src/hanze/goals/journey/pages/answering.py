# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly question to residents: answered without an account, and what others answered, year by year."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.goals.journey import questions, wishes
from hanze.goals.journey.pages import asking, files
from hanze.goals.journey.vaults import WISHES
from hanze.goals.journey.wishes import Wish
from hanze.goals.model import QuestionFacts
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.goals.subjects import GOALS
from hanze.store.base import UnitOfWork
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.people import tokens
from hanze.web.room import Visit
from hanze.web.tables import Paging

PATH = "goals/question"

LONGEST = 500
"""Signs of an answer."""

ON_A_PAGE, IN_A_FILE = 50, 100_000

_PERSONAL = re.compile(r"\S@\S|(\d[\s./()-]{0,2}){9}")
"""A mail address, or so many digits that they may be a telephone number."""


class Shown(msgspec.Struct, frozen=True):
    """An answer as everyone reads it. `tongue`: the code of its language; `goals`: numbers with their names."""

    text: str
    tongue: str
    area: str
    goals: list[tuple[int, str]]


def personal(text: str) -> str:
    """What is wrong with a text that tells how to reach a person."""
    return _("Leave out mail addresses and telephone numbers.") if _PERSONAL.search(text) else ""


def _form(visit: Visit) -> Form:
    language = visit.language
    areas = [Choice(one.code, one.name) for one in _areas(visit)]
    where = [Field(name="area", label=_("Your neighbourhood"), kind="choice", required=False, choices=tuple(areas))]
    goals = tuple(Choice(str(number), f"{number}. {language.say(name)}") for number, name in GOALS.items())
    return Form(
        (
            Field(
                name="text", label=_("What will we need in this city?"), kind="area", longest=LONGEST, checks=(personal,),
                help=_("At most 500 signs. Do not write names or anything by which somebody can be known."),
            ),
            *(where if areas else ()),
            Field(name="goals", label=_("Which goals is it about?"), kind="options", required=False, choices=goals),
        ),
        _("Send this answer"),
    )  # fmt: skip


def _areas(visit: Visit) -> Sequence[Place]:
    city = told.city(visit)
    return told.within(visit, city) if city else ()


def _open(visit: Visit) -> QuestionFacts | None:
    return questions.open_one(questions.read(visit.site.store, visit.scope), asking.today(visit))


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    if visit.format:
        year = _year(visit, questions.read(visit.site.store, visit.scope))
        return files.wishes(visit, wishes.shown(visit.site.store.vault(WISHES), year, IN_A_FILE))
    return _page(visit, None)


def _year(visit: Visit, there: Sequence[QuestionFacts]) -> int:
    """The year that is asked for, else the newest that has something to read; 0 where there is none."""
    asked = [one.year for one in there if str(one.year) == visit.asked("year")]
    vault = visit.site.store.vault(WISHES)
    full = [one.year for one in there if wishes.counted(vault, one.year, "shown")]
    return next(iter([*asked, *full, *(one.year for one in there)]), 0)


def _page(visit: Visit, filled: Filled | None, status: int = 200) -> Response:
    there = questions.read(visit.site.store, visit.scope)
    vault, year, now = visit.site.store.vault(WISHES), _year(visit, there), _open(visit)
    if filled is None and now is not None:
        filled = _form(visit).empty()
    total, first = wishes.counted(vault, year, "shown"), _first(visit)
    found = wishes.shown(vault, year, ON_A_PAGE, first)
    names = {one.code: one.name for one in told.several(visit, {one.area for one in found if one.area}).values()}
    values = {
        "now": now, "filled": filled if now else None, "last_day": asking.said(visit, now.closes) if now else "",
        "thanks": bool(visit.asked("thanks")), "year": year, "years": _years(visit, there, year),
        "shown": [_shown(visit, one, names) for one in found], "total": total, "paging": _paging(visit, year, first, total),
        "left": _left(visit, year), "waiting": wishes.counted(vault, year, "new"),
        "simulated": any(one.simulated for one in there if one.year == year),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/journey/question.html", **values), status)


def _first(visit: Visit) -> int:
    asked = visit.asked("from")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _years(visit: Visit, there: Sequence[QuestionFacts], here: int) -> list[tuple[str, str, bool]]:
    return [(str(one.year), visit.address(PATH, year=str(one.year)) + "#answers", one.year == here) for one in there]


def _paging(visit: Visit, year: int, first: int, total: int) -> Paging | None:
    if total <= ON_A_PAGE:
        return None

    def at(place: int) -> str:
        return visit.address(PATH, year=str(year), **{"from": str(place)}) + "#answers"

    last = min(first + ON_A_PAGE, total)
    before = at(max(0, first - ON_A_PAGE)) if first else ""
    return Paging(min(first + 1, total), last, total, before, at(last) if last < total else "")


def _shown(visit: Visit, one: Wish, names: Mapping[str, str]) -> Shown:
    goals = [(number, visit.language.say(GOALS[number])) for number in one.goals if number in GOALS]
    return Shown(one.text, one.language, names.get(one.area, ""), goals)


def _left(visit: Visit, year: int) -> list[tuple[str, int]]:
    """Why answers of a year were left out, with how many."""
    found = wishes.left_out(visit.site.store.vault(WISHES), year)
    return [(visit.language.say(REASONS[reason]), count) for reason, count in found.items() if reason in REASONS]


REASONS = {
    "person": _("it told of a person"), "insult": _("it insulted somebody"),
    "other subject": _("it was about something else"), "advertising": _("it was advertising"),
    "double": _("it stood there already"),
}  # fmt: skip
"""Why an answer was left out; texts of the catalogues."""


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps an answer until somebody of the city has looked at it. Errors: Conflict where nothing is asked."""
    now, form = await visit.site.store.read(lambda: (_open(visit), _form(visit)))
    if now is None:
        raise Conflict("The question is closed; no answers are taken any more.")
    filled = form.read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled, 422))
    if visit.site.callers.take(visit.client, visit.real, "answer"):
        filled.fail("", _("Too many answers came from here. Try again in ten minutes."))
        return await visit.site.store.read(lambda: _page(visit, filled, 429))
    wish = Wish(
        tokens.made(visit.site.chance), now.year, filled["text"], visit.language.code, filled["area"],
        tuple(map(int, filled.all("goals"))), visit.real,
    )  # fmt: skip
    if not await visit.site.store.write(partial(_put, wish)):
        filled.fail("", _("So many answers wait to be looked at that no more can be taken today. Try again tomorrow."))
        return await visit.site.store.read(lambda: _page(visit, filled, 503))
    return RedirectResponse(visit.address(PATH, thanks="1"), 303)


def _put(wish: Wish, uow: UnitOfWork) -> bool:
    return wishes.put(uow, wish)
