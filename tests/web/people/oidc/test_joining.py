# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what the provider tells to a person with roles: known, invited, new or refused; roles anew each time."""

from typing import Any

import pytest

from hanze.access import audit
from hanze.store.base import UnitOfWork
from hanze.web.people import giving, own, people
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.people import Person
from hanze.web.people.vaults import PEOPLE, TICKETS
from tests.web.people.conftest import MINUTE, PASSWORD, SECOND, Town, said
from tests.web.people.oidc.conftest import Joined

pytestmark = pytest.mark.anyio

MAIL = "anne@city.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def person(town: Town, mail: str = MAIL) -> Person:
    found = people.find(town.store.vault(PEOPLE), mail=mail)
    assert found is not None
    return found


def acts(town: Town) -> list[tuple[str, str, Any]]:
    """Who did what, newest first, with the roles of it."""
    return [(one.principal, one.act, one.detail.get("roles")) for one in audit.lines(town.store, limit=20)]


async def test_who_has_no_account_and_no_group_is_refused(joined: Joined) -> None:
    answer = await joined.sign_in(joined.town.browser())
    assert answer.status_code == 403 and "You have no account here" in said(answer)
    assert joined.town.store.vault(PEOPLE).count() == 0


async def test_everyone_of_the_organisation_where_the_city_wants_it(joined: Joined) -> None:
    joined.set(new="resident")
    browser = joined.town.browser()
    answer = await joined.sign_in(browser, "/nl/sign-in/organisation")
    assert answer.headers["location"] == "/nl/account"
    found = person(joined.town)
    assert (found.name, found.roles, found.language) == ("Anne", ("resident",), "nl")
    assert "anne@city.example" in said(await browser.get("/en/account"))
    again = joined.town.browser()
    await joined.sign_in(again)
    assert person(joined.town).id == found.id and joined.town.store.vault(IDENTITIES).count() == 1


async def test_a_group_gives_roles_and_no_second_factor_is_asked(joined: Joined) -> None:
    joined.identity.person["groups"] = ["all", "unknown", 5]
    browser = joined.town.browser()
    answer = await joined.sign_in(browser)
    assert answer.headers["location"] == "/en/desk"
    assert (await browser.get("/en/people")).status_code == 200
    assert person(joined.town).roles == ("resident", "data-officer", "administrator")
    name = person(joined.town).principal.name
    assert acts(joined.town)[0] == (name, "signed in", None)
    assert acts(joined.town)[1] == ("organisation", "gave roles", ["resident", "data-officer", "administrator"])


async def test_roles_are_taken_anew_each_time_and_count_at_once(joined: Joined) -> None:
    town = joined.town
    joined.identity.person["groups"] = "all"
    browser = town.browser()
    await joined.sign_in(browser)
    assert (await browser.get("/en/people")).status_code == 200
    joined.identity.person["groups"] = ["data"]
    other = town.browser()
    await joined.sign_in(other)
    assert person(town).roles == ("resident", "data-officer")
    assert (await browser.get("/en/people")).status_code == 403
    joined.identity.person["groups"] = []
    await joined.sign_in(other)
    assert person(town).roles == ("resident",) and (await browser.get("/en/desk")).status_code == 403
    lines = len(acts(town))
    await joined.sign_in(other)
    # Nothing changed: no line about roles.
    assert len(acts(town)) == lines


async def test_roles_that_the_city_gives_itself_stay(joined: Joined) -> None:
    town = joined.town
    joined.identity.person["groups"] = ["data"]
    await joined.sign_in(town.browser())
    await town.do(lambda uow: giving.give(uow, MAIL, ["editor", "administrator"], "operator"))
    await joined.sign_in(town.browser())
    # editor is in no group of oidc.roles; administrator is, so the provider alone gives it.
    assert person(town).roles == ("editor", "data-officer")


async def test_an_invitation_with_the_same_proven_mail(joined: Joined) -> None:
    town = joined.town
    link = await town.invitation("Anne@City.example", "editor")
    joined.identity.person["email"] = "ANNE@city.example"
    answer = await joined.sign_in(town.browser())
    assert answer.headers["location"] == "/en/desk" and person(town).roles == ("editor",)
    # It is used up.
    assert (await town.browser().get(link)).status_code == 410
    assert town.store.vault(TICKETS).count({"purpose": "invitation"}) == 0


@pytest.mark.parametrize("proven", [None, False, "true", 1, "false"])
async def test_a_mail_address_that_is_not_proven_opens_nothing(joined: Joined, proven: Any) -> None:
    await joined.town.invitation(MAIL, "administrator")
    joined.set(new="resident")
    joined.identity.person["email_verified"] = proven
    answer = await joined.sign_in(joined.town.browser())
    assert answer.status_code == 403 and "did not tell us a mail address" in said(answer)
    assert joined.town.store.vault(PEOPLE).count() == 0
    assert joined.town.store.vault(TICKETS).count({"purpose": "invitation"}) == 1


async def test_the_organisation_may_vouch_for_all_its_addresses(joined: Joined) -> None:
    joined.set(new="resident", mail="upn", proven="")
    joined.identity.person = {"upn": "Anne@City.example", "groups": []}
    assert (await joined.sign_in(joined.town.browser())).status_code == 303
    assert person(joined.town).name == "anne"


async def test_an_account_that_was_there_before_opens_for_its_owner_only(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    before = await town.person(MAIL, "editor", totp=SECRET)
    stranger = town.browser()
    answer = await joined.sign_in(stranger)
    assert answer.status_code == 409 and "There is an account with your mail address already" in said(answer)
    assert not stranger.cookie("hanze-session") and town.store.vault(IDENTITIES).count() == 0
    await town.person("other@city.example")
    other = await town.signed_in("other@city.example")
    assert (await joined.sign_in(other)).status_code == 409
    owner = await town.signed_in(MAIL, SECRET)
    assert (await joined.sign_in(owner)).status_code == 303
    assert person(town).id == before.id and person(town).roles == ("editor",)
    # From now on the organisation is enough.
    assert (await joined.sign_in(stranger)).headers["location"] == "/en/desk"


async def test_the_same_subject_of_another_issuer_is_somebody_else(joined: Joined) -> None:
    joined.set(new="resident")
    await joined.sign_in(joined.town.browser())
    first = person(joined.town).id
    joined.town.store.submit(lambda uow: uow.vault(IDENTITIES).update({"person": first}, {"hash": "x"})).result()
    assert (await joined.sign_in(joined.town.browser())).status_code == 409


async def test_a_new_mail_address_is_kept_unless_it_is_of_another(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    await joined.sign_in(town.browser())
    joined.identity.person["email"] = "anne@married.example"
    await joined.sign_in(town.browser())
    assert person(town, "anne@married.example").name == "Anne"
    await town.person("taken@city.example")
    joined.identity.person["email"] = "taken@city.example"
    assert (await joined.sign_in(town.browser())).status_code == 303
    assert person(town, "anne@married.example").name == "Anne"


async def test_who_comes_in_another_way_has_no_role_of_the_organisation(joined: Joined) -> None:
    """Whoever may no longer sign in there must not work here by an old password or a mail."""
    town = joined.town
    joined.identity.person["groups"] = ["all"]
    browser = town.browser()
    await joined.sign_in(browser)
    id = person(town).id
    await town.do(lambda uow: uow.vault(PEOPLE).update({"id": id}, {"totp": SECRET}))
    local = await town.signed_in(MAIL, SECRET)
    assert (await local.get("/en/desk")).status_code == 403 and person(town).roles == ("resident",)
    assert (await browser.get("/en/people")).status_code == 403
    assert ("organisation", "gave roles", ["resident"]) in acts(town)
    # And has them again who comes by the organisation; the other browser is signed out then.
    await joined.sign_in(browser)
    assert (await browser.get("/en/people")).status_code == 200
    assert (await local.get("/en/account")).status_code == 303


async def test_a_browser_with_one_factor_gets_no_role_that_came_meanwhile(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    await joined.sign_in(town.browser())
    local = await town.signed_in(MAIL)
    assert (await local.get("/en/account")).status_code == 200
    joined.identity.person["groups"] = ["all"]
    await joined.sign_in(town.browser())
    assert (await local.get("/en/people")).status_code == 303


async def test_who_was_erased_by_the_city_stays_out_until_invited(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    joined.identity.person["groups"] = ["data"]
    browser = town.browser()
    await joined.sign_in(browser)

    def erase(uow: UnitOfWork) -> None:
        own.erase(uow, person(town), "operator")

    await town.do(erase)
    assert (await browser.get("/en/account")).status_code == 303
    answer = await joined.sign_in(browser)
    assert answer.status_code == 403 and "Your account here was closed" in said(answer)
    assert town.store.vault(PEOPLE).count() == 0
    await town.invitation(MAIL, "resident")
    assert (await joined.sign_in(browser)).status_code == 303
    assert person(town).roles == ("resident", "data-officer")


async def test_who_was_erased_and_took_a_new_invitation_comes_by_the_organisation_again(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    browser = town.browser()
    await joined.sign_in(browser)
    await town.do(lambda uow: own.erase(uow, person(town), "operator"))
    await town.browser().send(await town.invitation(MAIL, "resident"), {"name": "Anne"})
    assert (await joined.sign_in(browser)).status_code == 403
    await town.person("other@city.example")
    assert (await joined.sign_in(await town.signed_in("other@city.example"))).status_code == 403
    assert (await joined.sign_in(await town.signed_in(MAIL))).status_code == 303
    assert (await joined.sign_in(browser)).status_code == 303


async def test_who_erased_the_own_account_may_come_again_as_somebody_new(joined: Joined) -> None:
    town = joined.town
    joined.set(new="resident")
    browser = town.browser()
    await joined.sign_in(browser)
    before = person(town).id
    answer = await browser.send("/en/account/erase", {"sure": "yes"})
    assert answer.status_code == 303 and town.store.vault(IDENTITIES).count() == 0
    await joined.sign_in(browser)
    assert person(town).id != before


async def test_what_is_kept_of_it_can_be_taken_along(joined: Joined) -> None:
    joined.set(new="resident")
    joined.identity.person["groups"] = ["data"]
    browser = joined.town.browser()
    await joined.sign_in(browser)
    kept = (await browser.get("/en/account.json")).json()["organisation"]
    assert [(one["since"], one["roles"]) for one in kept] == [("2026-03-10T13:02:00Z", ["data-officer"])]
    # The name that the provider knows the person by stands nowhere.
    assert b"u-1" not in (joined.town.folder / "hanze.db").read_bytes()


async def test_the_only_administrator_loses_the_role_too(joined: Joined) -> None:
    joined.identity.person["groups"] = ["all"]
    await joined.sign_in(joined.town.browser())
    joined.identity.person["groups"] = []
    await joined.sign_in(joined.town.browser())
    assert person(joined.town).roles == ("resident",)


@pytest.mark.parametrize("groups", [["all"], []])
async def test_who_comes_by_the_organisation_comes_again_after_half_a_day(joined: Joined, groups: list[str]) -> None:
    joined.set(new="resident")
    joined.identity.person["groups"] = groups
    browser = joined.town.browser()
    await joined.sign_in(browser)
    joined.town.now += 12 * 60 * MINUTE - SECOND
    assert (await browser.get("/en/account")).status_code == 200
    joined.town.now += SECOND
    assert (await browser.get("/en/account")).status_code == 303


async def test_passwords_of_before_do_not_open_the_desk(joined: Joined) -> None:
    town = joined.town
    joined.identity.person["groups"] = ["all"]
    await joined.sign_in(town.browser())
    hash = await town.site.passwords.hashed(PASSWORD)
    id = person(town).id
    await town.do(lambda uow: uow.vault(PEOPLE).update({"id": id}, {"password": hash}))
    answer = await town.browser().send("/en/sign-in", {"mail": MAIL, "password": PASSWORD})
    assert answer.status_code == 422
