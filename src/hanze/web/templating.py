# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a template and values to HTML, in a language."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from hanze.web.language import Language


class Templates:
    """The templates of the rooms, by names such as explore/now.html. `static`: from the name of a file to its address."""

    def __init__(self, rooms: Iterable[str], languages: Iterable[Language], static: Callable[[str], str]) -> None:
        loader = PrefixLoader({name: PackageLoader(f"hanze.{name}") for name in rooms})
        self._environments = {language.code: _environment(loader, language, static) for language in languages}

    def render(self, language: Language, name: str, values: Mapping[str, Any]) -> str:
        return self._environments[language.code].get_template(name).render(values)


def _environment(loader: PrefixLoader, language: Language, static: Callable[[str], str]) -> Environment:
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.globals.update(static=static, language=language)
    made.filters["number"] = language.words.number
    made.filters["named"] = partial(_named, language)
    made.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]
    return made


def _named(language: Language, text: str) -> Markup:
    """An English name in the language of the page; marked as English where it has no other, so that it is read aloud well
    (WCAG 2.2, 3.1.2). For the text of a page only, not for attributes of elements."""
    said, tongue = escape(language.say(text)), language.tongue(text)
    return said if tongue == language.code else Markup('<span lang="{}">{}</span>').format(tongue, said)
