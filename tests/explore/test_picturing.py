# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of things: added with words by a form, seen by who may see the thing, removed, exported and erased."""

import base64
import html
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hanze.access import audit
from hanze.errors import Unavailable
from hanze.explore import picturing
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.store.sqlite.backup import backup
from hanze.store.vault import Vault
from hanze.web.attachments import kept, taking
from hanze.web.attachments.vaults import ATTACHMENTS, BODIES, VAULTS
from hanze.web.people import people
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import PEOPLE
from tests.explore.reading import text
from tests.explore.staff import LAMP, MINUTE, SECRET, Town, Visitor
from tests.explore.test_changing import fields
from tests.web.attachments import making

pytestmark = pytest.mark.anyio

FORM = f"/en/{picturing.PATH}?id={LAMP}"
PAGE = f"/en/data/thing?id={LAMP}"
ALT = "A lamp <b>at</b> the quay"
DAY = 24 * 60 * MINUTE


@pytest.fixture
async def city(town: Town) -> AsyncIterator[Town]:
    yield town
    await town.site.compute.stop()


async def add(
    visitor: Visitor, body: bytes = b"", alt: str = ALT, name: str = "quay.jpg", form: str = FORM, **more: str
) -> tuple[int, str]:
    files = {"picture": (name, body, "image/jpeg")} if body or not more else {"picture": ("", b"")}
    answer = await visitor.post(form, {"picture-alt": alt, **more}, files=files)
    return answer.status_code, answer.text


def pictures(page: str) -> list[dict[str, str]]:
    """The pictures of a page, each with what its element says."""
    found = []
    for tag in re.findall(r"<img [^>]*>", page):
        told = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if "/attachments/" in told["src"]:
            found.append(told)
    return found


def drafted(page: str) -> str:
    """The draft that a form holds."""
    found = re.search(r'type="hidden" name="picture" value="([^"]+)"', page)
    assert found, "the form holds no draft"
    return found[1]


def rows(town: Town) -> tuple[int, int]:
    return town.store.vault(ATTACHMENTS).count(), town.store.vault(BODIES).count()


async def test_an_editor_adds_a_picture_and_residents_see_it(city: Town) -> None:
    async with city.visitor("editor") as editor, city.visitor() as resident:
        assert "Add a picture" in text(await editor.ok(PAGE))
        page = await editor.ok(FORM)
        assert 'enctype="multipart/form-data"' in page and 'accept="image/jpeg,image/png' in page
        assert (await add(editor, making.photo(6, 2000, 1000)))[0] == 303
        (one,) = pictures(await resident.ok(PAGE))
        assert one["alt"] == ALT and (one["width"], one["height"]) == ("480", "960")
        assert "Add a picture" not in text(await resident.ok(PAGE))
        addresses = [part.split()[0] for part in one["srcset"].split(", ")]
        assert one["src"] == addresses[0] and [part.split()[1] for part in one["srcset"].split(", ")] == [
            "480w",
            "1000w",
        ]
        for address in addresses:
            answer = await resident.get(address)
            assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
            assert making.SECRET not in answer.content and b"Exif" not in answer.content
            assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    (line, *_) = audit.lines(city.store, limit=1)
    assert (line.act, line.subject) == ("picture added", LAMP) and line.principal.startswith("person:")


async def test_it_is_served_as_nothing_but_a_picture(city: Town) -> None:
    async with city.visitor("data-officer") as officer:
        await add(officer, making.polyglot(), name="x.html")
        (one,) = pictures(await officer.ok(PAGE))
        answer = await officer.get(one["src"])
        assert b"script" not in answer.content
        told = answer.headers
        assert told["x-content-type-options"] == "nosniff" and "sandbox" in told["content-security-policy"]
        assert told["content-disposition"].startswith("inline; filename=") and told["cache-control"].startswith(
            "private"
        )
        again = await officer.client.get(one["src"], headers={"if-none-match": told["etag"]})
        assert again.status_code == 304 and not again.content
        for path in ("480.jpg", "481.jpg", "9" * 30 + ".jpg", "-1.jpg", "480.png", "../../hanze.db", "%00.jpg"):
            id = one["src"].split("/")[2] if path != "480.jpg" else "unknown"
            assert (await officer.get(f"/attachments/{id}/{path}")).status_code == 404, path


@pytest.mark.parametrize(
    ("body", "name", "told"),
    [
        (making.SVG, "a.svg", "SVG can hold programs"), (making.SVG, "a.png", "SVG can hold programs"),
        (making.PDF, "a.pdf", "PDF can hold programs"), (making.bomb(), "a.png", "more than 50 million points"),
        (making.photo()[:-3000], "a.jpg", "is damaged"), (b"MZ", "a.jpg", "no picture that can be used"),
        (b"\xff" * (10 << 20 | 1), "a.jpg", "more than 10 MB"),
    ],
    ids=["svg", "svg as png", "pdf", "bomb", "truncated", "program", "too large"],
)  # fmt: skip
async def test_what_cannot_be_used_is_told_beside_its_field_and_nothing_is_kept(
    city: Town, body: bytes, name: str, told: str
) -> None:
    async with city.visitor("editor") as editor:
        status, page = await add(editor, body, name=name)
    assert status == 422 and "Traceback" not in page
    assert re.search(r'id="picture-wrong">[^<]*' + re.escape(told), page)
    assert fields(page)["picture-alt"] == ALT, "what was typed is not lost"
    assert rows(city) == (0, 0)


async def test_the_end_of_a_name_says_nothing(city: Town) -> None:
    async with city.visitor("editor") as editor:
        assert (await add(editor, making.encoded(making.halves(), "PNG"), name="a.exe"))[0] == 303


async def test_nothing_chosen_and_an_empty_file(city: Town) -> None:
    async with city.visitor("editor") as editor:
        answer = await editor.post(FORM, {"picture-alt": ALT})
        assert answer.status_code == 422 and "Choose a picture." in answer.text
        answer = await editor.post(FORM, {"picture-alt": ALT}, files={"picture": ("a.jpg", b"")})
        assert answer.status_code == 422 and "There is nothing in this file" in answer.text
    assert rows(city) == (0, 0)


async def test_a_picture_need_not_be_chosen_again(city: Town) -> None:
    async with city.visitor("editor") as editor, city.visitor("editor") as other, city.visitor() as resident:
        status, page = await add(editor, making.photo(), alt=" ")
        assert status == 422 and "Your picture is kept" in page and "Say in a few words" in page
        draft = drafted(page)
        found = kept.find(city.store.vault(ATTACHMENTS), draft)
        assert found is not None and not found.thing
        (shown,) = pictures(page)
        address = shown["src"]
        assert [(await one.get(address)).status_code for one in (editor, other, resident)] == [200, 404, 404]
        assert pictures(await resident.ok(PAGE)) == []
        assert (await add(other, picture=draft))[0] == 422, "the draft of somebody else"
        # A file that is wrong does not take the good one away.
        status, page = await add(editor, b"no", picture=draft)
        assert status == 422 and drafted(page) == draft
        assert (await add(editor, picture=draft))[0] == 303
        assert (await add(editor, picture=draft))[0] == 422, "it is no draft any more"
        assert [one["alt"] for one in pictures(await resident.ok(PAGE))] == [ALT]


async def test_drafts_that_are_never_sent_go_after_a_day_and_there_are_never_many(city: Town) -> None:
    async with city.visitor("editor") as editor:
        assert (await add(editor, making.photo()))[0] == 303
        for _ in range(kept.MOST_DRAFTS + 3):
            await add(editor, making.photo(), alt="")
            city.now += MINUTE
    assert rows(city) == (kept.MOST_DRAFTS + 1,) * 2
    city.now += DAY + MINUTE
    await city.store.write(lambda uow: uow.retain((), 1000))
    assert rows(city) == (1, 1)


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_who_may_add(city: Town, role: str) -> None:
    may = role in ("editor", "data-officer", "administrator")
    async with city.visitor(role) as visitor:
        assert ("Add a picture" in await visitor.ok(PAGE)) == may
        assert (await visitor.get(FORM)).status_code == (200 if may else 403 if role else 303)
        status, _ = await add(visitor, making.photo())
        assert (status == 303 and rows(city) == (1, 1)) if may else rows(city) == (0, 0)


async def test_who_may_not_see_a_thing_does_not_see_its_pictures(city: Town) -> None:
    form = f"/en/{picturing.PATH}?id={SECRET}"
    async with city.visitor("data-officer") as officer, city.visitor("editor") as editor, city.visitor() as resident:
        assert (await add(officer, making.photo(), form=form))[0] == 303
        (one,) = pictures(await officer.ok(f"/en/data/thing?id={SECRET}"))
        answers = [await visitor.get(one["src"]) for visitor in (officer, editor, resident)]
        assert [answer.status_code for answer in answers] == [200, 404, 404]
        assert (await editor.get(form)).status_code == 404
        assert (await add(editor, making.photo(), form=form))[0] == 404


async def test_removed_by_who_added_it_and_by_an_administrator(city: Town) -> None:
    def id() -> str:
        return str(city.store.vault(ATTACHMENTS).select()[0]["id"])

    async with (
        city.visitor("editor") as editor,
        city.visitor("editor") as other,
        city.visitor("administrator") as chief,
    ):
        for remover in (editor, chief):
            assert (await add(editor, making.photo()))[0] == 303
            (one,) = pictures(await other.ok(PAGE))
            assert "Remove this picture" not in await other.ok(PAGE)
            assert (await other.post(f"/en/{picturing.REMOVE}", {"picture": id()})).status_code == 403
            assert "Remove this picture" in await remover.ok(PAGE)
            assert (await remover.post(f"/en/{picturing.REMOVE}", {"picture": id()})).status_code == 303
            assert rows(city) == (0, 0) and pictures(await editor.ok(PAGE)) == []
            assert (await editor.get(one["src"])).status_code == 404
            (line, *_) = audit.lines(city.store, limit=1)
            assert (line.act, line.subject) == ("picture removed", LAMP)
        assert (await editor.post(f"/en/{picturing.REMOVE}", {"picture": "unknown"})).status_code == 404
        assert (await editor.get(f"/en/{picturing.REMOVE}")).status_code == 404


async def test_a_thing_has_only_so_many(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    async with city.visitor("editor") as editor:
        assert [(await add(editor, making.photo()))[0] for _ in range(3)] == [303, 303, 422]
        assert len(pictures(await editor.ok(PAGE))) == 2


async def test_they_go_with_a_person_and_stand_in_what_is_kept_of_one(city: Town) -> None:
    async with city.visitor("editor") as editor, city.visitor("editor") as other:
        assert (await add(editor, making.photo()))[0] == 303
        await add(editor, making.photo(), alt="")
        assert (await add(other, making.photo(), alt="Another"))[0] == 303
    rowed = {one["owner"] for one in city.store.vault(ATTACHMENTS).select({"alt": ALT})}
    (person,) = (one for one in people.every(city.store.vault(PEOPLE)) if one.principal.id in rowed)
    found = own_pictures(city, person)
    assert [(one["thing"], one["alt"]) for one in found] == [(LAMP, ALT), (None, "")]
    assert Image.open(io.BytesIO(base64.b64decode(found[0]["jpeg"]))).size == (300, 200)
    await city.store.write(lambda uow: kept.erase(uow, owner=person.principal.id))
    assert rows(city) == (1, 1) and own_pictures(city, person) == []


def own_pictures(city: Town, person: people.Person) -> list[dict[str, str]]:
    return kept.export(city.store, person.principal.id)


async def test_a_backup_has_them(city: Town, tmp_path: Path) -> None:
    async with city.visitor("editor") as editor:
        await add(editor, making.photo(width=900))
    before = {one: city.store.vault(one).select() for one in VAULTS}
    folder = tmp_path / "copy"
    folder.mkdir()
    backup(tmp_path / "hanze.db", folder / "hanze.db")
    copy = sqlite.open(folder, clock=lambda: city.now, vaults=(*VAULTS, PEOPLE))

    def there(vault: Vault) -> object:
        return copy.vault(vault).select()

    try:
        assert len(before[BODIES]) == 2 and all(there(one) == found for one, found in before.items())
    finally:
        copy.close()


async def test_a_worker_that_breaks_or_has_no_time_is_told_beside_the_field(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*arguments: object, **options: object) -> None:
        raise Unavailable("Too many.")

    async with city.visitor("editor") as editor:
        monkeypatch.setattr(taking, "SECONDS", 0.0)
        status, page = await add(editor, making.photo())
        assert status == 422 and "This picture is damaged" in page
        monkeypatch.setattr(city.site.compute, "run", busy)
        status, page = await add(editor, making.photo())
        assert status == 422 and "too busy" in page
    assert rows(city) == (0, 0)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=st.binary(max_size=300), at=st.integers(0, 2000), seed=st.booleans())
async def test_rubbish_gives_no_fault_and_nothing_half(city: Town, body: bytes, at: int, seed: bool) -> None:
    whole = making.photo(width=64, height=48) if seed else making.encoded(making.halves(64, 48), "PNG")
    sent = whole[:at] + body + whole[at + len(body) :]
    async with city.visitor("editor") as editor:
        status, page = await add(editor, sent)
    assert status in (303, 422) and "Traceback" not in page
    there, bodies = (city.store.vault(one).select() for one in VAULTS)
    assert {(one["id"], width) for one in there for width, _ in one["sizes"]} == {
        (one["id"], one["width"]) for one in bodies
    }
    await city.store.write(lambda uow: _clear(uow))


def _clear(uow: UnitOfWork) -> None:
    for vault in VAULTS:
        uow.vault(vault).delete({})
