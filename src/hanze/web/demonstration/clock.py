# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which an administrator lets the time of a demonstration run faster, or jump to a later moment."""

import asyncio
from datetime import datetime, tzinfo
from functools import partial
from typing import Protocol

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.ngsild import times
from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.store.base import UnitOfWork
from hanze.web.drawing.times import local, when
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Page, Room, Visit

PATH = "demo/clock"

FARTHEST = 31 * 86_400_000_000
"""Microseconds of one jump, for which the sources of the demonstration still make all data."""


class Steered(Protocol):
    """The clock of a demonstration: it never goes back."""

    @property
    def rate(self) -> float:
        """Seconds of it in one of the machine's."""

    def __call__(self) -> int: ...

    def set(self, rate: float) -> None: ...

    def jump(self, moment: int) -> None: ...


FORM = Form(
    (
        Field(
            name="pace",
            label=_("How fast time runs"),
            kind="choice",
            choices=(
                Choice("1", _("as everywhere")),
                Choice("60", _("a minute in each second")),
                Choice("600", _("ten minutes in each second")),
                Choice("3600", _("an hour in each second")),
            ),
        ),
        Field(
            name="moment",
            label=_("Jump to"),
            required=False,
            longest=20,
            help=_("A day and a time such as 2026-12-24 08:00, at most 31 days from now. Empty: no jump."),
        ),
    ),
    _("Set the clock"),
)


class _Clock:
    """The page for one clock."""

    def __init__(self, clock: Steered) -> None:
        self._clock = clock

    async def show(self, visit: Visit) -> Response:
        return self._page(visit, FORM.empty({"pace": f"{self._clock.rate:g}"}))

    def _page(self, visit: Visit, filled: Filled) -> Response:
        now = when(local(self._clock() // 60_000_000 * 60_000_000, visit.site.zone), visit.language.words)
        return HTMLResponse(visit.html("web/clock.html", filled=filled, now=now), 200 if filled.good else 422)

    async def take(self, visit: Visit, data: FormData) -> Response:
        filled = FORM.read(data)
        to = _moment(filled, visit.site.zone)
        if to is not None and not 0 < to - self._clock() <= FARTHEST:
            filled.fail("moment", _("This is not in the next 31 days. The clock never goes back."))
        if not filled.good:
            return self._page(visit, filled)
        rate = float(filled["pace"])
        # It waits for the disk.
        await asyncio.to_thread(self._turn, rate, to)
        await visit.site.store.write(partial(_note, visit, rate, to))
        return RedirectResponse(visit.address(PATH), 303)

    def _turn(self, rate: float, to: int | None) -> None:
        self._clock.set(rate)
        if to is not None:
            self._clock.jump(to)


def _moment(filled: Filled, zone: tzinfo) -> int | None:
    """Microseconds; None where none was given, or it cannot be read, which the form then says."""
    if not filled["moment"] or "moment" in filled.wrong:
        return None
    try:
        read = datetime.strptime(filled["moment"], "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        return (read - EPOCH) // MICROSECOND
    except (ValueError, OverflowError):
        filled.fail("moment", _("This is no moment. Write it like 2026-12-24 08:00."))
        return None


def _note(visit: Visit, rate: float, to: int | None, uow: UnitOfWork) -> None:
    more = {} if to is None else {"to": times.text(to)}
    audit.note(uow, visit.principal.id, "clock", f"rate {rate:g}", **more)


def room(clock: Steered) -> Room:
    """Only where the configuration says that the clock is that of a demonstration."""
    page = _Clock(clock)
    return Room(
        "web",
        (
            Page(
                PATH, page.show, post=page.take, roles=("administrator",), desk=_("Set the clock of this demonstration")
            ),
        ),
    )
