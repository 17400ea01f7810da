# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of an application: for who wrote it, and for the city and its jury from when the call closes."""

from starlette.responses import Response

from hanze.errors import ResourceNotFound
from hanze.experiments.challenges import jurors, phases, submissions
from hanze.experiments.challenges.pages import shared
from hanze.web.attachments import kept
from hanze.web.attachments.serving import HEADERS
from hanze.web.attachments.vaults import ATTACHMENTS, BODIES
from hanze.web.room import Visit

PATH = "call/picture"


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _picture(visit))


def _picture(visit: Visit) -> Response:
    """Errors: ResourceNotFound, also where it is not for these eyes."""
    application, store = visit.asked("application"), visit.site.store
    for one in (
        kept.of_thing(store.vault(ATTACHMENTS), submissions.pictured(application)) if _sees(visit, application) else ()
    ):
        found = kept.body(store.vault(BODIES), one.id, one.sizes[-1][0])
        if found is not None:
            return Response(found[1], headers=HEADERS, media_type="image/jpeg")
    raise ResourceNotFound("There is no such picture.")


def _sees(visit: Visit, application: str) -> bool:
    one, organisation = shared.found(visit), shared.organisation(visit)
    held = None if organisation is None else submissions.own(visit.site.store, one.code, organisation.id)
    if held is not None and held.id == application:
        return True
    juror = None if visit.person is None else jurors.find(visit.site.store, one.code, visit.person.id)
    judges = juror is not None and juror.declared is not None and application not in juror.conflicts
    if (
        not (judges or visit.has_role(shared.OFFICERS))
        or one.phase(shared.today(visit)) not in phases.MAY["open applications"]
    ):
        return False
    return any(each.id == application for each in submissions.opened(visit.site.store, one, shared.today(visit)))
