# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node that runs sends its mails over the server that hanze.toml names, as the page for people who set it up says."""

import asyncio
import re
from pathlib import Path

import pytest

from hanze.node import config
from tests.docs.reading import DOCS
from tests.outgoing.mail_box import receiving
from tests.running import Node, folder_of, running

pytestmark = pytest.mark.anyio

PARK = "urn:ngsi-ld:Park:1"
SETTINGS = """
[access]
public = ["Park"]
[outgoing]
allow = ["127.0.0.1"]
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "city@havendam.example"
"""


def ask(node: Node) -> None:
    """Somebody wants to be told of a park."""
    node.ok("POST", "/entities", {"id": PARK, "type": "Park", "name": {"type": "Property", "value": "Oude Park"}})
    page = node.client.get(f"/en/follow?thing={PARK}").text
    token = re.findall(r'name="form-token" value="([^"]*)"', page)[0]
    given = {"form-token": token, "mail": "an@example.org"}
    answer = node.client.post(f"/en/follow?thing={PARK}", data=given, headers={"origin": node.address})
    assert answer.status_code == 200, answer.text


async def test_a_mail_leaves_the_node_and_its_link_works(tmp_path: Path) -> None:
    async with receiving() as box:
        folder = await asyncio.to_thread(folder_of, tmp_path / "city", SETTINGS.format(port=box.port))
        with running(folder) as node:
            await asyncio.to_thread(ask, node)
            async with asyncio.timeout(10):
                while not box.mails:
                    await asyncio.sleep(0.05)
            (link,) = re.findall(r"http://\S+/en/follow/yes\S+", box.mails[0].get_content())
            answer = await asyncio.to_thread(node.client.get, link)
            assert "Oude Park" in answer.text and answer.status_code == 200
            assert await asyncio.to_thread(node.stop) < 5
            assert '"level":"error"' not in node.log()


def test_the_settings_of_the_page_are_good(tmp_path: Path) -> None:
    (settings,) = re.findall(r"```toml\n(.*?)```", (DOCS / "how-to/send-mail.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / config.FILE).write_text(settings, "utf-8")
    assert config.load(tmp_path).mail.host == "smtp.havendam.example"
