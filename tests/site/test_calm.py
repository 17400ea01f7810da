# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""No page of challenges, trials and agreements says what is meant for machines, but under “Data and origin”; and none asks for two
things at once."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest

from hanze.web import cookies
from tests.explore.test_now import MACHINE
from tests.site.whole import Whole, addresses

pytestmark = pytest.mark.anyio

ROOM = re.compile(r"(challenge|call|jury|trial|learned|dossier|agreement|organisation|practice)")

NAMED = re.compile(r"agreement/new")
"""There who keeps the data chooses types by their names."""

MACHINES = re.compile(r'<section class="origin".*?</section>|<(script|style|head|code|textarea)\b.*?</\1>', re.DOTALL)
"""What people open to see how it was made, copy into a program, or wrote themselves."""

MAIN = 'utrecht-button--primary-action"'


def there() -> list[str]:
    return [one for one in addresses() if ROOM.match(one)]


@pytest.fixture(params=(False, True), ids=("anyone", "signed in"))
async def client(havendam: Whole, request: pytest.FixtureRequest) -> AsyncIterator[httpx2.AsyncClient]:
    jar = {cookies.SESSION: havendam.session} if request.param else {}
    transport = httpx2.ASGITransport(havendam.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://city", cookies=jar, timeout=60) as made:
        yield made


async def test_nothing_is_said_to_machines_and_one_thing_is_asked(client: httpx2.AsyncClient) -> None:
    """In one test, for most pages take no time."""
    read = 0
    for address in there():
        answer = await client.get(f"/en/{address}")
        if answer.status_code != 200:
            continue
        read += 1
        body = answer.text.partition("<main")[2]
        said = re.sub(r"<[^>]+>", " ", MACHINES.sub("", body))
        found = [] if NAMED.match(address) else [one[0] for one in MACHINE.finditer(said)]
        assert found == [], f"{address} says {found}"
        assert body.count(MAIN) <= 1, f"{address} has {body.count(MAIN)} main buttons"
    assert read > 25
