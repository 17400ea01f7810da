# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages: what is in a review, the whole of it, the PDF, and the form by which people write it."""

import io
import re
from itertools import pairwise

import pypdf
import pytest

from hanze.access import audit
from hanze.goals.review import outline, pdf, texts
from hanze.goals.review.making import TITLE
from hanze.store.scope import EVERYTHING
from hanze.web.language import languages
from tests.explore.conftest import Pages
from tests.explore.reading import text
from tests.goals.review.conftest import Written
from tests.goals.town import CITY

pytestmark = pytest.mark.anyio

WRITE = "/en/goals/review/write?year=2026&part=opening"

EVIL = "<script>alert(1)</script> & {{ 7 * 7 }}\n\n- <img src=x onerror=alert(1)>"


async def test_what_is_in_it_in_each_language(pages: Pages) -> None:
    for code in ("nl", "en"):
        language = languages()[code]
        page = await pages.ok(f"/{code}/goals/review")
        said = text(page)
        assert language.say(TITLE) % {"year": 2026} in said
        for part in outline.parts():
            assert outline.title(language, part) in said
        assert f"/{code}/goals/review/whole.pdf?year=2026" in page
        assert "goals/review/write" not in page


async def test_the_whole_on_one_page(pages: Pages) -> None:
    page = await pages.ok("/nl/goals/review/whole?year=2026")
    closed = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    said = text(closed)
    assert "Havendam (simulated)" in said
    assert said.count(languages()["nl"].say("Simulated data")) >= len(outline.CHAPTERS) + 10
    for kind in ("urn:", "None", "KeyPerformance", "{'", "T00:00"):
        assert kind not in said
    # Each number in brackets leads to an origin that is there.
    leads = set(re.findall(r'href="#(origin-\d+)"', page))
    assert leads and leads == set(re.findall(r'id="(origin-\d+)"', page))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    levels = [int(one) for one in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


async def test_the_pdf(pages: Pages) -> None:
    answer = await pages("/en/goals/review/whole.pdf?year=2026")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "review-2026-en.pdf" in answer.headers["content-disposition"]
    assert str(pypdf.PdfReader(io.BytesIO(answer.content)).root_object["/Lang"]) == "en"


async def test_without_typst_the_page_says_so(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "installed", lambda: False)
    page = await pages.ok("/en/goals/review")
    assert "not offered as PDF" in page and ".pdf" not in page
    assert (await pages("/en/goals/review/whole.pdf")).status_code == 406


@pytest.mark.parametrize("year", ["2027", "26", "abcd", "9999", "٢٠٢٦"])
async def test_a_year_that_is_none(pages: Pages, year: str) -> None:
    for path in ("goals/review", "goals/review/whole"):
        assert (await pages(f"/en/{path}?year={year}")).status_code == 400


async def test_who_may_write(written: Written) -> None:
    for role in ("", "resident", "partner", "participation-officer", "data-officer", "administrator"):
        async with written.visitor(role) as one:
            assert (await one.get(WRITE)).status_code in (302, 303, 403, 404)
            posted = await one.post(WRITE, {"text-en": "No.", "was-en": ""})
            assert posted.status_code in (302, 303, 403, 404)
    assert texts.read(written.store, EVERYTHING, CITY, 2026, "en") == {}


async def test_a_text_is_written_and_shown(written: Written) -> None:
    async with written.visitor("innovation-officer") as one:
        assert WRITE.replace("&", "&amp;") in await one.ok("/en/goals/review?year=2026")
        fields = {"text-en": EVIL, "was-en": "", "text-nl": "", "was-nl": ""}
        answer = await one.post(WRITE, fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/goals/review?year=2026#opening")
        form = await one.ok(WRITE)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in form
        page = await one.ok("/en/goals/review/whole?year=2026")
    assert "<script>alert" not in page and "<img src=x" not in page
    said = text(page)
    assert "<script>alert(1)</script> & {{ 7 * 7 }}" in said and "<img src=x onerror=alert(1)>" in said
    assert "innovation officer" in said and "Somebody" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)
    (line,) = [one for one in audit.lines(written.store, limit=5) if one.act == "review text written"]
    assert line.subject == texts.id_of(CITY, 2026, "opening", "en")
    assert set(texts.read(written.store, EVERYTHING, CITY, 2026, "nl")) == set()


async def test_two_at_the_same_time_lose_nothing(written: Written) -> None:
    async with written.visitor("editor") as one, written.visitor("innovation-officer") as other:
        await one.post(WRITE, {"text-en": "First.", "was-en": ""})
        late = await other.post(WRITE, {"text-en": "Second.", "was-en": "", "text-nl": "Ook.", "was-nl": ""})
        assert late.status_code == 422
        assert "Somebody else changed this meanwhile" in late.text
        assert "Second." in late.text and "First." in late.text and "Ook." in late.text
        assert texts.read(written.store, EVERYTHING, CITY, 2026, "en")["opening"].text == "First."
        assert "opening" not in texts.read(written.store, EVERYTHING, CITY, 2026, "nl")
        again = await other.post(WRITE, {"text-en": "Second.", "was-en": "First.", "text-nl": "Ook.", "was-nl": ""})
        assert again.status_code == 303
    assert texts.read(written.store, EVERYTHING, CITY, 2026, "en")["opening"].text == "Second."


async def test_too_long_a_text_stays_in_the_form(written: Written) -> None:
    async with written.visitor("editor") as one:
        long = "a" * (texts.LONGEST + 1)
        answer = await one.post(WRITE, {"text-en": long, "was-en": ""})
        assert answer.status_code == 422 and long in answer.text
        assert (await one.get("/en/goals/review/write?year=2026&part=goal-18")).status_code == 404
