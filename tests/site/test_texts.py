# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page answers; and in a language that puts each text in signs, nothing is said outside of them but names and data."""

import re
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette

from hanze.web import cookies, language, site
from hanze.web.language import Catalogue, Language
from tests.site.whole import Whole, addresses

pytestmark = pytest.mark.anyio

LEFT, RIGHT = "\u27e6", "\u27e7"
"""Signs that no page has."""

HEARD = ("aria-label", "alt", "title", "placeholder", "data-words", "aria-description")
UNSAID = ("script", "style", "code", "pre")
"""Attributes that people read or hear, and elements with what is no language."""

NAMES = {
    "Havendam", "English", "CSV", "JSON", "GeoJSON", "Parquet", "NGSI", "LD", "Hanze", "API", "URL", "OpenAPI", "Anna", "v", "CC",
    "km²", "ha", "ODRL", "ZIP",
}  # fmt: skip
"""Proper names, and what is called the same in each language."""

ELSEWHERE = {"goals/review/whole"}
"""Pages that are made in another process, which knows nothing of the strange language."""

WORD = re.compile(r"[^\W\d_]{2,}…?")

MAIL = re.compile(r"\S+@\S+")


class Signs(Catalogue):
    """A catalogue that puts every text in signs."""

    def __contains__(self, text: str) -> bool:
        return False

    def gettext(self, message: str) -> str:
        return f"{LEFT}{message}{RIGHT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def signed(language: Language) -> Language:
    """The same language as if it were another one, words of pictures too."""
    words = language.words
    texts = {
        name: _signed(getattr(words, name))
        for name in words.__struct_fields__
        if name not in ("code", "decimal", "thousands")
    }
    return msgspec.structs.replace(
        language, catalogue=Signs(language.code), words=msgspec.structs.replace(words, **texts)
    )


def _signed(told: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return f"{LEFT}{told}{RIGHT}" if isinstance(told, str) else tuple(f"{LEFT}{one}{RIGHT}" for one in told)


@pytest.fixture(scope="module")
def strange(havendam: Whole) -> Iterator[Starlette]:
    """The site, of which one language is strange."""
    with pytest.MonkeyPatch.context() as patch:
        there = language.languages()
        patch.setattr(site, "languages", lambda: {"nl": signed(there["nl"]), "en": there["en"]})
        yield havendam.again()


@pytest.fixture
async def client(strange: Starlette, havendam: Whole) -> AsyncIterator[httpx2.AsyncClient]:
    """Signed in as an administrator."""
    transport, jar = httpx2.ASGITransport(strange), {cookies.SESSION: havendam.session}
    async with httpx2.AsyncClient(transport=transport, base_url="http://city", cookies=jar) as made:
        yield made


class Reader(HTMLParser):
    """All that a page says: texts, and attributes that are read or heard."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unsaid += tag in UNSAID
        self.said += [value for name, value in attrs if name in HEARD and value]

    def handle_endtag(self, tag: str) -> None:
        self._unsaid -= tag in UNSAID

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.said.append(data)


def outside(text: str) -> str:
    """What stands outside of all signs."""
    depth, found = 0, []
    for sign in text:
        depth += (sign == LEFT) - (sign == RIGHT)
        found.append(sign if depth == 0 and sign != RIGHT else " ")
    return "".join(found)


def fixed(html: str, data: set[str]) -> list[str]:
    """Words of a page that neither a catalogue nor the data gave."""
    reader = Reader()
    reader.feed(html)
    told = MAIL.sub(" ", outside(" ".join(reader.said)))
    return [word for word in WORD.findall(told) if not _known(word, data)]


def _known(word: str, data: set[str]) -> bool:
    """A name that a map had too little room for ends with an ellipsis."""
    return word in data or (word[-1] == "…" and any(one.startswith(word[:-1]) for one in data))


@pytest.mark.parametrize("address", addresses())
async def test_no_text_is_fixed(client: httpx2.AsyncClient, havendam: Whole, address: str) -> None:
    answer = await client.get(f"/nl/{address}")
    if answer.status_code == 303:
        return  # a page between two others, which nobody opens by its address
    assert answer.status_code in (200, 404, 410), answer.text
    assert answer.text.count(LEFT) == answer.text.count(RIGHT) > 5
    assert address in ELSEWHERE or fixed(answer.text, NAMES | havendam.words) == []


def test_a_fixed_text_would_be_found() -> None:
    html = (
        f'<p>{LEFT}Air{RIGHT} in Havendam</p><img alt="A map"><p>{LEFT}Of {LEFT}all{RIGHT} places{RIGHT} <b>12</b></p>'
    )
    assert fixed(html, {"Havendam"}) == ["in", "map"]
