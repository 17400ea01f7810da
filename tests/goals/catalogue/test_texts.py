# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The indicators that Hanze brings along: how many, of what, and whether people can read them."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.definition import Definition, Texts

SHIPPED = shipped()

LONGEST_SAID, LONGEST_TOLD = 20, 24
"""Words of a sentence: in what residents read first, and in how a number is made."""

FAMILIAR = {"nl": r"\b(je|jij|jou|jouw|jullie)\b", "de": r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b"}
"""Words of a speech that is too familiar for a city."""


def texts(one: Definition) -> Iterator[tuple[str, Texts]]:
    yield from (("name", one.name), ("says", one.says), ("how", one.how))
    yield from ((key, told) for key, told in (("words", one.words), ("waits", one.waits)) if told)
    yield from ((f"limits[{number}].name", line.name) for number, line in enumerate(one.limits))
    yield from ((f"part[{number}].asks", part.asks) for number, part in enumerate(one.part) if part.asks)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.:;!?])\s+", text) if sentence]


def test_there_are_enough_of_everything() -> None:
    assert len(SHIPPED) >= 48
    dimensions = Counter(one.dimension for one in SHIPPED.values())
    assert len(dimensions) == 3 and min(dimensions.values()) >= 10
    assert len({goal for one in SHIPPED.values() for goal in one.goals}) >= 12
    assert sum(one.waits is None for one in SHIPPED.values()) >= 30


def test_what_a_city_enters_waits_for_a_source() -> None:
    entered = {code for code, one in SHIPPED.items() if all(part.what == "entered" for part in one.part)}
    assert entered == {code for code, one in SHIPPED.items() if one.waits}


@pytest.mark.parametrize("code", SHIPPED)
def test_each_language_has_words_of_its_own(code: str) -> None:
    for key, told in texts(SHIPPED[code]):
        assert told.de, f"{key} is not told in German"
        assert len({told.en, told.nl, told.de}) == 3, f"{key}: two languages say the same"


@pytest.mark.parametrize("code", SHIPPED)
def test_sentences_are_short_and_polite(code: str) -> None:
    one = SHIPPED[code]
    for key, told in texts(one):
        for language in ("en", "nl", "de"):
            for sentence in sentences(told[language]):
                words = len(sentence.split())
                assert words <= (LONGEST_TOLD if key in ("how", "waits") else LONGEST_SAID), (key, words, sentence)
            assert not re.search(FAMILIAR.get(language, r"\bthou\b"), told[language], re.IGNORECASE), (
                key,
                told[language],
            )
    assert all(len(sentences(one.says[language])) <= 3 for language in ("en", "nl", "de"))


@pytest.mark.parametrize("code", SHIPPED)
def test_texts_for_people_name_nothing_of_the_machine(code: str) -> None:
    one = SHIPPED[code]
    names = {name for part in one.part for name in (part.type, part.attribute, part.where) if name} - {
        "delay",
        "status",
    }
    for key, told in texts(one):
        for language in ("en", "nl", "de"):
            shown = re.findall(r"[\w=\"-]+", told[language])
            assert not names & set(shown), key


def test_names_are_not_taken_twice() -> None:
    for language in ("en", "nl", "de"):
        assert max(Counter(one.name[language] for one in SHIPPED.values()).values()) == 1


@pytest.mark.parametrize("code", SHIPPED)
def test_who_says_so_is_told(code: str) -> None:
    """Each scale names a source, or says whose choice it is and why."""
    source = SHIPPED[code].scale.source
    assert re.search(r"WHO|EU |U4SSC|SDG|UN |VANG|Dutch|ETCCDI|KNMI|Eurostat", source) or "our own choice:" in source, (
        source
    )
    assert not re.search(r"our own choice:?\W*$", source), "the reason is not told"


@pytest.mark.parametrize("code", SHIPPED)
def test_colour_and_score_tell_the_same(code: str) -> None:
    """Scores are from 0 to 100: what is green has half of them at least, what is red has not nearly all."""
    scale = SHIPPED[code].scale
    green, red = ((mark - scale.worst) / (scale.best - scale.worst) for mark in (scale.green, scale.red))
    assert green >= 0.5 and red <= 0.75


def test_a_text_in_no_language_of_the_catalogue_is_english() -> None:
    assert SHIPPED["noise-lden"].name["fr"] == "Noise, day and night"
