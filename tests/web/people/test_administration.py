# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: invitations, roles, the desk, and why something may not be done."""

import re

import pytest

from hanze.access import Access, Policy, audit
from hanze.store.scope import EVERYTHING
from hanze.web import visiting
from hanze.web.people import people
from hanze.web.people.pages import ROOM
from hanze.web.people.passkeys import kept
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import ATTEMPTS, PEOPLE, TICKETS
from tests.web.people.conftest import CITY, MINUTE, Browser, Town, said

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def administrator(town: Town) -> Browser:
    await town.person("m@city.nl", "administrator", totp=SECRET, name="Mia")
    return await town.signed_in("m@city.nl", SECRET)


async def test_a_colleague_is_invited_by_a_link_that_is_shown_once(town: Town) -> None:
    browser = await administrator(town)
    answer = await browser.send("/en/people/invite", {"mail": "no mail", "roles": ["editor"]})
    assert answer.status_code == 422 and 'value="no mail"' in answer.text and 'value="editor" checked' in answer.text
    answer = await browser.send("/en/people/invite", {"mail": "e@city.nl", "roles": ["editor", "data-officer"]})
    link = re.search(r"https://city\.example(/en/invitation\?token=[\w-]+)", answer.text)
    assert answer.status_code == 200 and link is not None
    colleague = town.browser()
    page = said(await colleague.get(link[1]))
    assert "e@city.nl" in page and "data officer : connects sources" in page
    await colleague.send(link[1], {"name": "Eva"})
    found = people.find(town.store.vault(PEOPLE), mail="e@city.nl")
    assert found is not None and found.roles == ("editor", "data-officer")
    answer = await browser.send("/en/people/invite", {"mail": "E@city.nl", "roles": ["editor"]})
    assert answer.status_code == 422 and "There is an account for this mail address already" in said(answer)


async def test_the_host_that_a_request_names_stands_in_no_link(town: Town) -> None:
    browser = await administrator(town)
    found = people.find(town.store.vault(PEOPLE), mail="m@city.nl")
    assert found is not None
    page = await browser.get(f"/en/people/person?id={found.id}")
    token = re.search(r'name="form-token" value="([^"]+)"', page.text)
    assert token is not None
    headers = {"host": "evil.example", "origin": "https://evil.example", "x-forwarded-host": "evil.example"}
    answer = await browser.client.post(
        f"/en/people/person?id={found.id}", data={"form-token": token[1], "act": "link"}, headers=headers
    )
    assert answer.status_code == 200 and "evil" not in answer.text and f"{CITY}/en/sign-in/link?token=" in answer.text


async def test_roles_are_given_and_count_at_once(town: Town) -> None:
    browser = await administrator(town)
    person = await town.person("d@city.nl", "data-officer", totp=SECRET, name="Dirk")
    theirs = await town.signed_in("d@city.nl", SECRET)
    assert town.access.scope(person.principal, "") == EVERYTHING
    page = f"/en/people/person?id={person.id}"
    assert 'value="data-officer" checked' in (await browser.get(page)).text
    assert (await browser.send(page, {"roles": []})).status_code == 422
    assert (await browser.send(page, {"roles": ["king"]})).status_code == 422
    assert (await browser.send(page, {"roles": ["editor"]})).status_code == 303
    after = people.find(town.store.vault(PEOPLE), id=person.id)
    assert after is not None and after.roles == ("editor",)
    assert town.access.scope(after.principal, "") != EVERYTHING
    assert "editor" in said(await theirs.get("/en/account")) and "data officer" not in said(
        await theirs.get("/en/account")
    )
    line = audit.lines(town.store, limit=1)[0]
    assert (line.act, line.subject, line.detail) == (
        "gave roles", f"person:{person.id}", {"roles": ["editor"], "before": ["data-officer"]}
    )  # fmt: skip
    assert line.principal.startswith("person:") and "city.nl" not in line.principal


async def test_who_comes_to_work_for_the_city_signs_in_anew(town: Town) -> None:
    browser = await administrator(town)
    person = await town.person("r@b.nl")
    theirs = await town.signed_in("r@b.nl")
    await browser.send(f"/en/people/person?id={person.id}", {"roles": ["resident", "editor"]})
    assert (await theirs.get("/en/account")).status_code == 303
    answer = await theirs.follow(await town.link("r@b.nl"))
    assert answer.headers["location"] == "/en/sign-in/code"


async def test_a_lost_telephone(town: Town) -> None:
    browser = await administrator(town)
    person = await town.person("e@city.nl", "editor", password="a long password", totp=SECRET)
    theirs = await town.signed_in("e@city.nl", SECRET)
    await browser.send(f"/en/people/person?id={person.id}", {"act": "reset"})
    assert (await theirs.get("/en/account")).status_code == 303
    row = town.store.vault(PEOPLE).select({"id": person.id})[0]
    assert (row["password"], row["totp"], row["totp_step"]) == (None, None, None)
    answer = await browser.send(f"/en/people/person?id={person.id}", {"act": "link"})
    link = re.search(r"/en/sign-in/link\?token=[\w-]+", answer.text)
    assert link is not None
    assert (await theirs.follow(link[0])).headers["location"] == "/en/sign-in/code"
    assert "data:image/svg+xml" in (await theirs.get("/en/sign-in/code")).text


async def test_an_account_is_erased_by_an_administrator_but_not_the_last_one(town: Town) -> None:
    browser = await administrator(town)
    person, mia = await town.person("e@city.nl", "editor"), people.find(town.store.vault(PEOPLE), mail="m@city.nl")
    assert mia is not None
    assert (await browser.send(f"/en/people/person?id={person.id}", {"act": "erase"})).status_code == 303
    assert people.find(town.store.vault(PEOPLE), id=person.id) is None
    assert (await browser.get(f"/en/people/person?id={person.id}")).status_code == 404
    for values in ({"act": "erase"}, {"roles": ["editor"]}):
        answer = await browser.send(f"/en/people/person?id={mia.id}", values)
        assert answer.status_code == 422 and "This is the only administrator" in said(answer)


@pytest.mark.parametrize("role", [*ROLES, ""])
async def test_each_page_with_each_role(town: Town, role: str) -> None:
    """Who may not, learns who may and who gives it; who is not signed in, signs in first."""
    browser = town.browser()
    if role:
        person = await town.person("p@city.nl", role, totp=SECRET)
        await town.do(lambda uow: kept.add(uow, person, "Telephone", id="telephone", key=b"", count=0))
        browser = await town.signed_in("p@city.nl", SECRET)
    for page in ROOM.pages:
        if not page.roles:
            continue
        asked = {"people/person": f"?id={person.id}" if role else "", "account/passkey": "?number=1"}
        path = f"/en/{page.path}{asked.get(page.path, '')}"
        answer = await browser.get(path)
        if not role:
            assert answer.status_code == 303 and answer.headers["location"].startswith("/en/sign-in?next=")
        elif role in page.roles:
            assert answer.status_code == 200, path
        else:
            told = said(answer)
            assert (
                answer.status_code == 403 and "This page is for: " in told and f"You are: {ROLES[role].name}." in told
            )
            assert all(ROLES[one].name in told for one in page.roles)
            assert "An administrator of the city gives roles" in told
        if role not in page.roles and page.post is not None:
            refused = await browser.post(path, {"roles": role, "act": "erase", "sure": "yes", "name": "x"})
            assert refused.status_code == (403 if role else 303)


async def test_the_desk_has_what_a_person_may_do_and_the_table_what_others_may(town: Town) -> None:
    browser = await administrator(town)
    desk = said(await browser.get("/en/desk"))
    assert "Welcome, Mia" in desk and "Invite somebody" in desk and "My desk" in said(await browser.get("/en/roles"))
    await town.person("e@city.nl", "editor", totp=SECRET)
    editor = await town.signed_in("e@city.nl", SECRET)
    assert "Invite somebody" not in said(await editor.get("/en/desk"))
    table = said(await town.browser().get("/en/roles"))
    for role in ROLES.values():
        assert role.name in table and role.does in table
    assert re.search(
        r"administrator invites people, .* Invite somebody An administrator of the city gives roles", table
    )


async def test_the_head_of_each_page_says_who_is_signed_in(town: Town) -> None:
    await town.person("r@b.nl", name="Rosalinde")
    browser = town.browser()
    assert 'href="/en/sign-in?next=roles">Sign in' in (await browser.get("/en/roles")).text
    browser = await town.signed_in("r@b.nl")
    for path in ("/en/roles", "/en/nothing-here"):
        text = (await browser.get(path)).text
        assert "Rosalinde" in text and "My desk" not in text and 'href="/en/account"' in text


async def test_a_person_may_not_do_less_than_a_stranger_on_an_open_node(town: Town) -> None:
    person = await town.person("r@b.nl")
    assert town.access.scope(person.principal, "") != EVERYTHING
    opened = Access(town.store, lambda: town.now, Policy(open=True))
    assert opened.scope(visiting._principal(person, opened), "") == EVERYTHING


async def test_old_tries_and_links_go_by_themselves(town: Town) -> None:
    await town.person("r@b.nl")
    await town.link("r@b.nl")
    await town.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": "guess"})
    town.now += 3 * 24 * 60 * MINUTE
    await town.do(lambda uow: uow.retain([], 1000))
    assert (town.store.vault(ATTEMPTS).count(), town.store.vault(TICKETS).count()) == (0, 0)
