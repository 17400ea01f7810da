# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences that sources keep in English, said in another language with what was filled in."""

import pytest

from hanze.feeds import asking, sentences
from hanze.feeds.health import told
from hanze.outgoing import destination
from hanze.web.language import languages
from hanze.web.sayings import Sayings

SAYINGS = Sayings((*sentences.GAPPED, *destination.GAPPED))


@pytest.mark.parametrize(
    ("sentence", "dutch"),
    [
        (sentences.IN_ORDER, "De bron is in orde."),
        # An age that was filled in is said too.
        (sentences.OLD % {"age": told(3 * 3600)}, "De nieuwste waarde is 3 uur oud."),
        (sentences.STATUS % {"place": "a.example", "status": 403}, "a.example antwoordde met status 403."),
        (asking.ADVICE[403], "De bron laat deze site niet binnen. Kijk naar de sleutel, of vraag wie de bron beheert."),
        (
            destination.AWAY % {"place": "a.example:443", "reason": "it does not answer"},
            "a.example:443 is niet te bereiken (geen antwoord).",
        ),
        # What was filled in may hold any sign.
        (sentences.PARTLY % {"reason": "50% (of %(it)s)."}, "Een deel wordt geweigerd: 50% (of %(it)s)."),
    ],
)
def test_a_sentence_in_dutch(sentence: str, dutch: str) -> None:
    assert SAYINGS.say(languages()["nl"], sentence) == (dutch, "nl")
    assert SAYINGS.say(languages()["en"], sentence) == (sentence, "en")


def test_what_nobody_translated_stays_english_and_says_so() -> None:
    assert SAYINGS.say(languages()["nl"], "The zip has no stops.txt.") == ("The zip has no stops.txt.", "en")


@pytest.mark.parametrize("code", ["nl", "de"])
def test_each_sentence_with_gaps_keeps_them(code: str) -> None:
    language = languages()[code]
    for text in (*sentences.GAPPED, *destination.GAPPED):
        names = [part.partition(")")[0] for part in text.split("%(")[1:]]
        sentence = text % {name: f"<{name}>" for name in names}
        found, tongue = SAYINGS.say(language, sentence)
        assert tongue == code and all(f"<{name}>" in found for name in names), text
