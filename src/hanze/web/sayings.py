# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences that other rooms keep in English, said in another language: whole ones, and those in which something was filled in."""

import re
from collections.abc import Iterable

from hanze.web.language import Language

_GAP = re.compile(r"%\\\((\w+)\\\)s")


class Sayings:
    """`gapped`: the texts of the catalogues in which something is filled in, such as %(age)s."""

    def __init__(self, gapped: Iterable[str]) -> None:
        self._gapped = [(text, re.compile(_GAP.sub(r"(?P<\1>.+)", re.escape(text)))) for text in gapped]

    def say(self, language: Language, sentence: str) -> tuple[str, str]:
        """The sentence, and the code of the language that it is in: English where nothing is known of it."""
        if language.tongue(sentence) == language.code:
            return language.say(sentence), language.code
        for text, pattern in self._gapped:
            found = pattern.fullmatch(sentence)
            if found is not None and language.tongue(text) == language.code:
                filled = {name: self.say(language, part)[0] for name, part in found.groupdict().items()}
                return language.say(text) % filled, language.code
        return sentence, "en"
