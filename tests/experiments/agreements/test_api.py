# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements under /v1: the list, one with its terms, and the same as ODRL; only what the caller may see."""

import httpx2
import pytest
from starlette.applications import Starlette

from hanze.experiments.agreements import agreeing
from hanze.node import config
from hanze.node.resources import mount
from tests.experiments.agreements.making import ID, TERMS, ZONE
from tests.experiments.agreements.place import Place

pytestmark = pytest.mark.anyio


async def test_the_list_one_and_its_policy(place: Place) -> None:
    place.signed()
    place.drafted(TERMS, ID + "-draft")
    told = config.Config()
    app = Starlette(routes=[mount(told, "", place.store, place.access, lambda: place.now, place.site.lent)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://town") as client:
        listed = (await client.get("/v1/agreements")).json()["items"]
        assert [(one["code"], one["status"], one["types"]) for one in listed] == [
            ("quiet", "signed", ["AirQualityObserved", "NoiseLevelObserved"])
        ]
        one = (await client.get("/v1/agreements/quiet")).json()
        assert one["terms"]["name"] == TERMS.name and {each["side"] for each in one["signatures"]} == {
            "city",
            "partner",
        }
        policy = await client.get("/v1/agreements/quiet/odrl")
        assert policy.headers["content-type"].startswith("application/ld+json")
        assert agreeing.read(policy.json(), ZONE) == (ID, TERMS)
        for path in ("quiet-draft", "nothing", "quiet-draft/odrl"):
            assert (await client.get(f"/v1/agreements/{path}")).status_code == 404
