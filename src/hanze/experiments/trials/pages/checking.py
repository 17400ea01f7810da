# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that works the chain of a plan out once more, and says whether it is as it was fixed."""

from functools import partial

from starlette.responses import HTMLResponse, Response

from hanze.experiments.trials import registered, seen
from hanze.experiments.trials.pages import common, versions
from hanze.web.room import Visit

PATH = "trial/check"


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(partial(_page, visit)))


def _page(visit: Visit) -> str:
    trial = common.trial(visit)
    found = registered.versions(visit.site.store, common.city(visit), trial.code, visit.scope)
    broken = registered.broken(found, simulated=bool(trial.facts.simulated))
    values = {
        "trial": trial, "versions": versions.told(visit, found), "broken": [common.sentence(visit, one) for one in broken],
        "cannot": [common.sentence(visit, one) for one in seen.cannot()],
    }  # fmt: skip
    return visit.html("experiments/trials/check.html", **values)
