# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of a demonstration stand on a page, there only; wrong settings of mail are told with their fix."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest
from starlette.applications import Starlette

from hanze.access import Access, Policy
from hanze.errors import ConfigurationError
from hanze.node import config
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.web import outbox, site
from hanze.web.outbox import Mail
from hanze.web.outbox.page import ROOM
from hanze.web.room import Site

pytestmark = pytest.mark.anyio


async def test_mails_stand_there_and_their_links_work(tmp_path: Path) -> None:
    store = sqlite.open(tmp_path, clock=lambda: 0, vaults=VAULTS)
    zone = ZoneInfo("Europe/Amsterdam")
    shared = Site(store, Access(store, lambda: 0, Policy()), lambda: 0, "Havendam", zone, os.urandom)
    app = Starlette(routes=site.routes(shared, (ROOM,)))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        assert "Er zijn er nog geen" in (await client.get("/nl/demo/mails")).text
        mail = Mail("an@example.org", "Uw <link>", "Dag!\nKlik: http://city/nl/in?ticket=1\n", "nl")
        await store.write(lambda uow: outbox.put(uow, mail))
        html = (await client.get("/en/demo/mails")).text
    assert '<a href="http://city/nl/in?ticket=1"' in html
    assert "Uw &lt;link&gt;" in html and "To an@example.org, 01:00" in html
    store.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[mail]\nhost = "smtp.test"', "mail.sender is missing"),
        ('[mail]\nhost = "smtp.test"\nsender = "a@b.c"\nsecurity = "none"\nuser = "a"\npassword = "b"', 'give "starttls"'),
        ('[mail]\nhost = "smtp.test"\nsender = "a@b.c"\n[demo]\nmails = true', "take [mail] or demo.mails out"),
        ('[mail]\nsecurity = "ssl"', 'mail.security is "ssl"; give "starttls", "tls"'),
        ('[mail]\nsender = "nobody"', 'mail.sender is "nobody"; give a mail address'),
    ],
)  # fmt: skip
def test_wrong_settings_are_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / config.FILE).write_text(text)
    with pytest.raises(ConfigurationError) as wrong:
        config.load(tmp_path)
    assert told in wrong.value.detail
