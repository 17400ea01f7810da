# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms with rubbish in them: never a fault of ours, and nothing stored half.

`make test` sends a share; HANZE_PROFILE=prove sends 10 000 and other ones each time.
"""

import logging
import os
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from hanze.web.people.pages import ROOM
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import PEOPLE, SESSIONS, TICKETS
from tests.web.people.conftest import CITY, MINUTE, Browser, Town

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROVE = os.environ.get("HANZE_PROFILE") == "prove"
MANY = 10_000 if PROVE else 400

NAMES = (
    "mail",
    "password",
    "name",
    "roles",
    "code",
    "secret",
    "which",
    "act",
    "sure",
    "remove",
    "form-token",
    "next",
    "",
    "\u20ac",
)
TEXTS = (
    "", " ", "a", "r@b.nl", "m@city.nl", "R@B.NL", "x" * 300, "x" * 20_000, "\0", "a\0b@c.nl", "\u202e", "\U0001f600",
    "' OR 1=1 --", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s%n", "../../etc/passwd", "all", "yes", "123456",
    "\u0661\u0662\u0663\u0664\u0665\u0666", "A" * 32, SECRET, "-1", "1e999", "NaN", "\r\nset-cookie: a=b", *ROLES,
)  # fmt: skip
MEANT = {
    "act": ("link", "reset", "roles", "erase"),
    "roles": tuple(ROLES),
    "which": ("all",),
    "sure": ("yes",),
    "name": ("Anne",),
}
"""Answers that do something."""

KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "",
    "multipart/form-data; boundary=x; charset=utf-16", "multipart/form-data; boundary=x; charset=raw_unicode_escape",
    "multipart/form-data; boundary=x; charset=idna", "multipart/form-data; boundary=" + "y" * 300, "application/json",
)  # fmt: skip


FIELDS = {
    "sign-in": ("mail", "password"), "sign-in/code": ("code", "secret"), "invitation": ("name", "password"),
    "account/signed-in": ("which",), "account/name": ("name",), "account/password": ("password", "remove"),
    "account/second": ("secret", "code", "remove"), "account/erase": ("sure",), "people/invite": ("mail", "roles"),
    "people/person": ("act", "roles"), "account/passkeys": ("name", "passkey"),
}  # fmt: skip
"""What the forms of a page ask."""


def bodies(chance: random.Random, page: str, token: str) -> tuple[str, bytes]:
    """A content type and a body, most of them forms that are nearly right."""
    names = [
        chance.choice(FIELDS.get(page, NAMES) if chance.random() < 0.7 else NAMES) for _ in range(chance.randrange(6))
    ]
    pairs = [(name, chance.choice(MEANT.get(name, TEXTS) if chance.random() < 0.5 else TEXTS)) for name in names]
    if chance.random() < 0.9:
        pairs.append(("form-token", token))
    kind = chance.choice(KINDS) if chance.random() < 0.3 else KINDS[0]
    if "boundary=x" in kind:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"{chance.choice(("", "; filename=f"))}\r\n\r\n{text}\r\n'
            for name, text in pairs
        ]
        body = ("".join(parts) + "--x--\r\n").encode(errors="replace") + b"\\ud800" * (chance.random() < 0.1)
    else:
        body = "&".join(f"{_quoted(name)}={_quoted(text)}" for name, text in pairs).encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.randbytes(chance.randrange(9)) + body[at:]
    return kind, body


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode(errors="replace"))


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the site says of faults of its own."""
    found: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(str(record.exc_info or record.getMessage()))

    ear = Ear(logging.WARNING)
    logging.getLogger("hanze").addHandler(ear)
    yield found
    logging.getLogger("hanze").removeHandler(ear)


def whole(town: Town) -> None:
    """What is kept makes sense: every row by itself, and rows with each other."""
    people = town.store.vault(PEOPLE).select()
    for one in people:
        assert one["mail"] == one["mail"].casefold() and "@" in one["mail"] and "\0" not in one["name"] + one["mail"]
        assert 0 < len(one["name"]) <= 100 and one["roles"] and set(one["roles"]) <= set(ROLES)
        assert one["password"] is None or one["password"].startswith("$argon2id$")
        assert (one["totp"] is None) or re.fullmatch("[A-Z2-7]{32}", one["totp"])
        assert one["totp_step"] is None or one["totp"] is not None
    assert any("administrator" in one["roles"] for one in people)
    for session in town.store.vault(SESSIONS).select():
        assert session["person"] in {one["id"] for one in people}
    for ticket in town.store.vault(TICKETS).select():
        assert set(ticket["roles"]) <= set(ROLES) and "@" in ticket["mail"]


# Of a file that a form breaks off in, the parser leaves the closing to the collector of garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_forms_with_rubbish(town: Town, faults: list[str]) -> None:
    seed = int.from_bytes(os.urandom(4), "big") if PROVE else 20260310
    chance = random.Random(seed)
    await town.person("m@city.nl", "administrator", totp=SECRET)
    await town.person("n@city.nl", "administrator", totp=SECRET)
    pages = [page.path for page in ROOM.pages if page.post is not None]
    browser, statuses = await fresh(town), set()
    for number in range(MANY):
        if number % 50 == 0 or (await browser.get("/en/account")).status_code != 200:
            browser = await fresh(town)
        page = chance.choice(pages)
        path = page + await query(town, page, chance)
        kind, body = bodies(chance, page, await token(browser))
        headers: dict[str, str] = {"origin": CITY, **({"content-type": kind} if kind else {})}
        answer = await browser.client.post(f"/en/{path}", content=body, headers=headers)
        statuses.add(answer.status_code)
        told = f"seed {seed}, number {number}: {path} {kind} {body[:300]!r}"
        assert answer.status_code in (200, 303, 400, 403, 404, 410, 413, 422, 429), told
        assert not faults, told
        assert "Traceback" not in answer.text and "a=b" not in str(answer.headers), told
        if answer.is_error or number % 20 == 0:
            whole(town)
    assert {303, 403, 410, 422} <= statuses


async def fresh(town: Town) -> Browser:
    """An administrator who just came in, whatever was done to that account before."""
    town.now += MINUTE
    mail = f"{town.now}@city.nl"
    await town.person(mail, "administrator", totp=SECRET)
    return await town.signed_in(mail, SECRET, address=f"198.51.100.{town.now // MINUTE % 250}")


async def token(browser: Browser) -> str:
    found = re.search(r'name="form-token" value="([^"]+)"', (await browser.get("/en/sign-in")).text)
    assert found is not None
    return found[1]


async def query(town: Town, page: str, chance: random.Random) -> str:
    """What the page needs in its address, or rubbish."""
    if chance.random() < 0.8 and page == "people/person":
        return f"?id={chance.choice(town.store.vault(PEOPLE).select())['id']}"
    if chance.random() < 0.8 and page == "invitation":
        return (await town.invitation(f"{chance.randrange(1 << 30)}@b.nl", "resident")).partition("invitation")[2]
    return chance.choice(("", "?id=%00", "?token=x", "?token=%00", f"?token={'A' * 32}", "?next=//evil.example"))


async def test_more_than_a_page_takes_is_refused(town: Town) -> None:
    browser = town.browser()
    form = await token(browser)
    for body in (b"mail=" + b"x" * (1 << 20), b"&".join([b"a=b"] * 501)):
        headers = {"origin": CITY, "content-type": KINDS[0]}
        answer = await browser.client.post("/en/sign-in", content=body, headers=headers)
        assert answer.status_code in (400, 413) and "This " in answer.text

        async def pieces(body: bytes = body) -> Any:
            for at in range(0, len(body), 65_536):
                yield body[at : at + 65_536]

        answer = await browser.client.post("/en/sign-in", content=pieces(), headers=headers)
        assert answer.status_code in (400, 413)
    assert (
        await browser.post("/en/sign-in", {"form-token": form, "mail": "a@b.nl", "password": "x"})
    ).status_code == 422
