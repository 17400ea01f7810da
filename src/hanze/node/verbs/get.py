# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One entity as JSON, as the operator of the folder sees it."""

from typing import Any

import msgspec

from hanze.access.principal import READ
from hanze.errors import ResourceNotFound
from hanze.ngsild import render
from hanze.ngsild.context import CORE
from hanze.ngsild.render import Form
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.scope import EVERYTHING


class Get(msgspec.Struct, frozen=True):
    id: str
    tenant: str = ""
    simplified: bool = False


def _get(desk: Desk, given: Get, progress: Progress) -> Any:
    found = desk.store.get(given.tenant, given.id, EVERYTHING)
    if found is None:
        raise ResourceNotFound(f"There is no entity {given.id}.")
    form = Form(representation="simplified") if given.simplified else Form(sys=True)
    return render.entity(found, CORE, form)


GET = Verb(Get, READ, _get)
