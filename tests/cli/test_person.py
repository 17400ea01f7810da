# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze person: the same beside a running node as alone; and the first administrator of a real node comes in."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pyotp
import pytest

from tests.cli.conftest import said, sentence
from tests.running import running


@pytest.fixture(params=["alone", "beside a node"])
def place(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder with and without its node."""
    if request.param == "alone":
        yield folder
    else:
        with running(folder, open=False):
            yield folder


def test_people_are_invited_once_and_only_with_roles_that_are_there(place: Path) -> None:
    assert "Nobody has an account yet" in said("person", "list", "--folder", place).err
    made = said(
        "person", "invite", "Mia@City.example", "--role", "administrator", "--language", "en", "--folder", place
    )
    assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d+/en/invitation\?token=[\w-]{32}\n", made.out)
    assert "Send this to Mia@City.example" in made.err
    nl = said("person", "invite", "mia@city.example", "--role", "editor", "--folder", place).out
    assert "/nl/invitation" in nl
    wrong = said("person", "invite", "mia@city.example", "--role", "king", "--folder", place)
    assert "is not one of" in sentence(wrong)
    wrong = said("person", "invite", "mia", "--role", "editor", "--folder", place)
    assert sentence(wrong) == "'mia' is no mail address; give one like name@example.org."
    wrong = said("person", "invite", "a@b.nl", "--role", "editor", "--language", "fy", "--folder", place)
    assert sentence(wrong).startswith("language is 'fy'; the site has nl, en")
    for words in (
        ("link", "a@b.nl"),
        ("reset", "a@b.nl"),
        ("erase", "a@b.nl", "--yes"),
        ("roles", "a@b.nl", "--role", "editor"),
    ):
        assert sentence(said("person", *words, "--folder", place)) == "There is no account for a@b.nl."


def test_the_first_administrator_comes_in_and_the_rest_follows(folder: Path) -> None:
    """Through a real node: invitation, second factor, a role by the command that counts at once, the end of the account."""
    (folder / "hanze.toml").write_text(
        (folder / "hanze.toml").read_text() + '\n[site]\ncontact = "safe@city.example"\n'
    )
    with running(folder, open=False) as node:
        link = said(
            "person", "invite", "m@city.example", "--role", "administrator", "--language", "en", "--folder", folder
        )
        path = "/en/" + link.out.strip().partition("/en/")[2]
        browser = httpx2.Client(base_url=node.address, headers={"origin": node.address}, timeout=20)
        with browser:
            answer = send(browser, path, name="Mia", password="a sentence of mine")
            assert answer.headers["location"] == "/en/sign-in/code"
            secret = field(browser.get("/en/sign-in/code").text, "secret")
            answer = send(browser, "/en/sign-in/code", secret=secret, code=pyotp.TOTP(secret).now())
            assert answer.headers["location"] == "/en/desk"
            page = browser.get("/en/desk")
            assert "Welcome, Mia" in page.text and page.headers["cache-control"] == "no-store"
            assert "strict-transport-security" not in page.headers
            listed = said("person", "list", "--folder", folder).out
            assert "m@city.example" in listed and "two factors" in listed and "(Mia)" in listed
            assert "only administrator" in sentence(
                said("person", "roles", "m@city.example", "--role", "editor", "--folder", folder)
            )
            assert said(
                "person",
                "roles",
                "m@city.example",
                "--role",
                "administrator",
                "--role",
                "data-officer",
                "--folder",
                folder,
            )
            assert "data officer" in browser.get("/en/account").text
            kept = msgspec.json.decode(browser.get("/en/account.json").content)
            assert [one["act"] for one in kept["actsAboutYou"]] == ["make account", "gave roles"]
            assert said("person", "reset", "m@city.example", "--folder", folder).out.startswith(
                "m@city.example signs in by a link"
            )
            assert browser.get("/en/desk").status_code == 303
            told = browser.get("/.well-known/security.txt")
            assert (
                told.headers["content-type"].startswith("text/plain")
                and "Contact: mailto:safe@city.example\n" in told.text
            )
            assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", told.text, re.MULTILINE)
            ticket = (
                "/en/"
                + said("person", "link", "m@city.example", "--language", "en", "--folder", folder)
                .out.strip()
                .partition("/en/")[2]
            )
            assert send(browser, ticket).headers["location"] == "/en/sign-in/code"
        assert "Traceback" not in node.log()
        assert said("person", "invite", "n@city.example", "--role", "administrator", "--folder", folder).code == 0


def test_behind_a_proxy_with_tls_browsers_come_no_other_way(folder: Path) -> None:
    config = folder / "hanze.toml"
    config.write_text(config.read_text().replace("[server]", '[server]\ntrusted_proxies = ["127.0.0.1"]', 1))
    assert "trusted_proxies" in config.read_text()
    with running(folder, open=False) as node:
        tls = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
        page = node.client.get("/en/sign-in", headers=tls)
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert page.headers["set-cookie"].startswith("__Host-hanze-form=") and "Secure" in page.headers["set-cookie"]
        assert "strict-transport-security" in node.client.get("/health", headers=tls).headers
        assert "strict-transport-security" not in node.client.get("/health").headers


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def send(browser: httpx2.Client, path: str, **values: str) -> httpx2.Response:
    """Opens a page, fills in its form and sends it."""
    token = field(browser.get(path).text, "form-token")
    return browser.post(path, data={"form-token": token, **values})
