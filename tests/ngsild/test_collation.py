# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts in the order in which people read them."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import collation

TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs", "Mn")), max_size=12)


def ordered(tag: str, *texts: str) -> list[str]:
    how = collation.parse(tag)
    return sorted(texts, key=lambda text: collation.key(text, how))


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("und", ["A", "á", "b"]),
        ("nl", ["'s-Hertogenbosch", "Breda", "Coevorden", "Coëvorden", "Delft"]),
        ("und", ["1", "2", "a", "é", "f", "Z"]),
        ("und", ["a b", "a-b", "a1", "ab"]),
        ("und", ["resume", "Resume", "résumé", "Résumé", "resumes"]),
        ("und", ["Strasbourg", "straße", "strata"]),
        ("de", ["Ahre", "Ähre", "Zebra"]),
        ("de-u-co-phonebk", ["Ada", "Ähre", "Af", "Zebra"]),
    ],
)
def test_texts_stand_in_order(tag: str, texts: list[str]) -> None:
    assert ordered(tag, *reversed(texts)) == texts


@pytest.mark.parametrize(
    ("tag", "same"),
    [
        ("und-u-ks-level1", ["e", "E", "é", "É"]),
        ("und-u-ks-level2", ["é", "É"]),
        ("de-u-co-phonebk-ks-level2", ["ä", "ae", "AE", "Ä"]),
    ],
)
def test_a_lower_strength_passes_over_differences(tag: str, same: list[str]) -> None:
    how = collation.parse(tag)
    assert len({collation.key(one, how) for one in same}) == 1


@pytest.mark.parametrize(
    "tag", ["und", "und-x-icu", "nl", "NL", "nl-NL", "de-DE-u-co-standard", "und-u-ks-identic", "fr"]
)
def test_tags(tag: str) -> None:
    assert collation.parse(tag) == collation.Collation()


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "!!nope",
        "not a tag",
        "sv",
        "da-DK",
        "nl-u-co-phonebk",
        "und-u-co-pinyin",
        "und-u-ks-level9",
        "und-u-kn-true",
        "und-u",
        "u" * 200,
    ],
)
def test_what_cannot_be_honoured_is_refused(tag: str) -> None:
    with pytest.raises(BadRequestData, match="collation is"):
        collation.parse(tag)


@given(TEXTS, TEXTS)
def test_how_a_text_is_written_does_not_matter(one: str, other: str) -> None:
    how = collation.parse("und")
    text = one + other
    assert collation.key(unicodedata.normalize("NFD", text), how) == collation.key(
        unicodedata.normalize("NFC", text), how
    )


@given(TEXTS, TEXTS)
def test_letters_count_before_accents_and_these_before_case(one: str, other: str) -> None:
    levels = [collation.parse(f"und-u-ks-level{n}") for n in (1, 2, 3)]
    for weak, strong in pairwise(levels):
        if collation.key(one, weak) < collation.key(other, weak):
            assert collation.key(one, strong) < collation.key(other, strong)
