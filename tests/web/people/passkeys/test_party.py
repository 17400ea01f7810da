# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""For which addresses passkeys work."""

import re
from pathlib import Path

import pytest

from hanze.web.people.passkeys.party import Party, of
from tests.web.people.conftest import Town, said


@pytest.mark.parametrize(
    ("address", "id", "origin"),
    [
        ("https://city.example", "city.example", "https://city.example"),
        ("https://City.Example:443/base", "city.example", "https://city.example"),
        ("https://data.city.example:8443/base", "data.city.example", "https://data.city.example:8443"),
        ("https://kölle.example", "xn--klle-5qa.example", "https://xn--klle-5qa.example"),
        ("http://localhost:9090", "localhost", "http://localhost:9090"),
        ("http://127.0.0.1:9090/base", "localhost", "http://localhost:9090"),
        ("http://0.0.0.0:9090", "localhost", "http://localhost:9090"),
        ("http://[::1]:9090", "localhost", "http://localhost:9090"),
        ("http://demo.localhost:9090", "demo.localhost", "http://demo.localhost:9090"),
    ],
)
def test_addresses_with_which_passkeys_work(address: str, id: str, origin: str) -> None:
    assert of(address) == Party(id, origin)


@pytest.mark.parametrize(
    "address",
    ["", "/base", "http://city.example", "https://192.0.2.1", "https://[2001:db8::1]", "http://10.0.0.1:9090", "https://a:x",
     "http://localhost.city.example", "https://" + "x" * 70 + ".example", "https://["],
)  # fmt: skip
def test_addresses_with_which_they_do_not(address: str) -> None:
    assert of(address) is None


@pytest.mark.anyio
async def test_a_site_without_such_an_address_offers_none(tmp_path: Path) -> None:
    town = Town(tmp_path, address="http://10.0.0.1:9090")
    await town.person("r@b.nl")
    browser = await town.signed_in("r@b.nl")
    assert "no safe address of its own" in said(await browser.get("/en/account/passkeys"))
    for place in ("/en/sign-in", "/en/account/passkeys"):
        page = await browser.get(place)
        assert "data-passkey" not in page.text
        token = re.search(r'name="form-token" value="([^"]+)"', (await browser.get("/en/sign-in")).text)
        assert token is not None
        values = {"form-token": token[1], "name": "x", "passkey": "x"}
        assert (await browser.post(place, values)).status_code == 422
    await town.close()
