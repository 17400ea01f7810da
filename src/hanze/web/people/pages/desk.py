# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""My desk: what a person may do here; and who may do what, with who may give it."""

from starlette.responses import Response

from hanze.web.people.pages import answers
from hanze.web.people.roles import ROLES
from hanze.web.room import Visit


async def show(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: answers.page(visit, "desk", person=visit.person, roles=ROLES))


async def roles(visit: Visit) -> Response:
    return answers.page(visit, "roles", roles=ROLES, person=visit.person)
