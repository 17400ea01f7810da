# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choice of a language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.render.language import choose
from tests.ngsild.making import LANGUAGES

STREET = {"fr": "Grand Place", "nl": "Grote Markt"}


@pytest.mark.parametrize(
    ("preferences", "language"),
    [
        ("nl", "nl"),
        ("NL", "nl"),
        ("fr;q=0.2,nl;q=0.9", "nl"),
        ("fr;q=0.2, nl ; q=0.9", "nl"),
        ("nl;q=0.5,fr", "fr"),
        ("nl-BE", "nl"),
        ("nl-BE,fr;q=0.9", "nl"),
        ("pt,nl;q=0.1", "nl"),
        ("pt,*;q=0.1", "fr"),
        ("*", "fr"),
        ("pt", "fr"),
        ("nl;q=0,fr;q=0.1", "fr"),
        ("nl;q=much,fr;q=0.1", "fr"),
        ("", "fr"),
    ],
)
def test_the_best_preference_that_is_there_is_chosen(preferences: str, language: str) -> None:
    assert choose(STREET, preferences) == (language, STREET[language])


def test_a_language_is_found_by_its_family() -> None:
    assert choose({"de": "Platz", "en-US": "Main Square"}, "en") == ("en-US", "Main Square")
    assert choose({"de": "Platz", "en-US": "Square"}, "eng") == ("de", "Platz")


def test_the_text_without_language_is_the_default() -> None:
    assert choose({"fr": "rue", "@none": "street"}, "nl") == ("@none", "street")
    assert choose({"fr": "rue", "@none": "street"}, "fr") == ("fr", "rue")


def test_several_texts_stay_a_list() -> None:
    assert choose({"en": ["school", "academy"]}, "en") == ("en", ["school", "academy"])


@given(LANGUAGES, st.text(st.sampled_from("nlen-GB,;q=0.91* "), max_size=20))
def test_there_is_always_one(languages: dict[str, object], preferences: str) -> None:
    tag, text = choose(languages, preferences)
    assert languages[tag] == text
