# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in through a real provider: a node as people run it, Glewlwyd beside it, and Chromium between them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from tests.browser import browser, needs_chromium
from tests.running import PATIENCE, Node, folder_of, hanze, running
from tests.web.people.oidc import glewlwyd
from tests.web.people.oidc.glewlwyd import PASSWORD, Glewlwyd, free_port, needs_glewlwyd

pytestmark = needs_glewlwyd

HOW_TO = Path(__file__).parents[4] / "docs/how-to/sign-in-by-your-organisation.md"

BESIDE = """
[city]
name = "Havendam"

[outgoing]
allow = ["127.0.0.1", "::1"]
"""

START = "/en/sign-in/organisation"


class Both(NamedTuple):
    """A node and its provider. Roles come from groups; who has none is refused."""

    node: Node
    provider: Glewlwyd

    def browser(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.node.address, timeout=PATIENCE)

    def sign_in(self, browser: httpx2.Client, name: str) -> httpx2.Response:
        """From the page to sign in to the provider and back, to the last answer that is no redirect."""
        sent = browser.get(START)
        assert sent.status_code == 303, sent.text
        return browser.get(self.provider.agree(sent.headers["location"], name), follow_redirects=True)


def configured(site: str, issuer: str) -> str:
    """What the how-to says, with the addresses of here."""
    found = re.search(r"```toml\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    assert found is not None
    text = found[1].replace("https://data.havendam.example", site).replace("https://login.havendam.example", issuer)
    assert site in text and issuer in text
    return BESIDE + text


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    place = tmp_path_factory.mktemp("oidc")
    with glewlwyd.running(place) as provider:
        port = free_port()
        site = f"http://127.0.0.1:{port}"
        folder = folder_of(place / "node", configured(site, provider.issuer))
        with running(folder, "--port", str(port), open=False) as node:
            assert node.address == site
            provider.client(site)
            yield Both(node, provider)


def words(answer: httpx2.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_group_of_the_provider_gives_a_role_and_takes_it_again(both: Both) -> None:
    both.provider.person("anne", "hanze-data", "others")
    with both.browser() as person:
        answer = both.sign_in(person, "anne")
        assert answer.url.path == "/en/desk" and "data officer" in words(answer)
        assert person.get("/en/people").status_code == 403
        both.provider.groups("anne", "hanze-admin")
        assert both.sign_in(person, "anne").url.path == "/en/desk"
        assert person.get("/en/people").status_code == 200
        both.provider.groups("anne")
        assert both.sign_in(person, "anne").url.path == "/en/account"
        assert person.get("/en/people").status_code == 403


def test_who_has_no_group_is_refused_until_invited(both: Both) -> None:
    both.provider.person("bo", "others")
    with both.browser() as person:
        answer = both.sign_in(person, "bo")
        assert answer.status_code == 403 and "You have no account here" in words(answer)
        ran = hanze("person", "invite", "bo@city.example", "--role", "editor", "--folder", both.node.folder)
        assert ran.code == 0, ran.err
        answer = both.sign_in(person, "bo")
        assert answer.url.path == "/en/desk" and "editor" in words(answer)


def test_an_answer_of_the_provider_counts_once(both: Both) -> None:
    both.provider.person("cas", "hanze-data")
    with both.browser() as person, both.browser() as thief:
        back = both.provider.agree(person.get(START).headers["location"], "cas")
        held = {one.name: one.value or "" for one in person.cookies.jar}
        assert person.get(back, follow_redirects=True).url.path == "/en/desk"
        for name, value in held.items():
            thief.cookies.set(name, value, domain="127.0.0.1")
        answer = thief.get(back, follow_redirects=True)
        assert answer.status_code == 410 and "Begin again" in words(answer)


def test_a_code_of_somebody_else_is_of_no_use(both: Both) -> None:
    """The provider binds a code to the verifier of one browser (PKCE)."""
    both.provider.person("dirk", "hanze-admin")
    both.provider.person("eva", "hanze-data")
    with both.browser() as owner, both.browser() as thief:
        stolen = httpx2.URL(both.provider.agree(owner.get(START).headers["location"], "dirk")).params["code"]
        own = httpx2.URL(both.provider.agree(thief.get(START).headers["location"], "eva"))
        answer = thief.get(own.copy_merge_params({"code": stolen}), follow_redirects=True)
        assert answer.status_code in (410, 502) and thief.get("/en/people").status_code == 303


def test_what_goes_wrong_is_in_the_log_without_secrets(both: Both) -> None:
    both.provider.person("fien", "hanze-data")
    with both.browser() as person:
        back = httpx2.URL(both.provider.agree(person.get(START).headers["location"], "fien"))
        answer = person.get(back.copy_set_param("state", "x"), follow_redirects=True)
    assert answer.status_code == 410
    log = both.node.log()
    assert "sign-in by the organisation: The answer is not of the attempt of this browser (state)." in log
    assert back.params["code"] not in log and "Traceback" not in log


def test_the_key_of_the_node_is_its_own(both: Both) -> None:
    file: Path = both.node.folder / "oidc-key.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    with both.browser() as person:
        (key,) = person.get("/oidc/jwks.json").json()["keys"]
    assert "d" not in key


@needs_chromium
def test_a_real_browser_goes_there_and_back_and_signs_out(both: Both) -> None:
    """Cookies and the content security policy let it through, though the provider is another site."""
    both.provider.person("gijs", "hanze-data")
    with browser() as chromium:
        page = chromium.page(both.node.address + "/en/sign-in")
        page.run("document.querySelector('a[href*=organisation]').click()")
        page.until("location.pathname == '/login.html' && document.readyState == 'complete'")
        for method, path, body in (
            ("POST", "/api/auth/", f'{{"username": "gijs", "password": "{PASSWORD}"}}'),
            ("PUT", "/api/auth/grant/hanze", '{"scope": "openid"}'),
        ):
            asked = f"{{method: '{method}', headers: {{'content-type': 'application/json'}}, body: '{body}'}}"
            assert page.run(f"fetch('{path}', {asked}).then(answer => answer.status)") == 200
        page.run("location.href = new URLSearchParams(location.search).get('callback_url') + '&g_continue'; 1")
        page.until("location.pathname == '/en/desk' && document.readyState == 'complete'")
        assert "data officer" in page.run("document.body.innerText")
        page.go(both.node.address + "/en/account")
        page.run(
            "[...document.querySelectorAll('form.press button')].find(one => /Sign out/.test(one.textContent)).click()"
        )
        page.until("location.pathname.endsWith('/organisation/out') && document.readyState == 'complete'")
        assert "Sign out at Gemeente Havendam too" in page.run("document.body.innerText")
        assert page.run("document.querySelector('a.main').href").startswith(both.provider.issuer + "/end_session?")
