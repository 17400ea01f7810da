# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A review as HTML: as part of a page of the site, and as a file of its own that needs nothing else."""

from importlib.resources import files

from markupsafe import Markup

from hanze.goals.review.document import Document
from hanze.web.drawing.style import STYLE
from hanze.web.language import Language
from hanze.web.templating import Templates


def body(document: Document, language: Language) -> str:
    """What stands in a page."""
    return _templates(language).render(language, "goals/review/body.html", _values(document))


def alone(document: Document, language: Language) -> str:
    """A whole page, with the look of the site."""
    style = STYLE + (files("hanze.web") / "static" / "site.css").read_text("utf-8")
    return _templates(language).render(
        language, "goals/review/alone.html", {**_values(document), "style": Markup(style)}
    )


def _values(document: Document) -> dict[str, object]:
    """`first`: by indicator, the goal under which all of it stands."""
    first: dict[str, int] = {}
    for goal in document.goals:
        for one in goal.known:
            first.setdefault(one.code, goal.number)
    return {"document": document, "first": first}


def _templates(language: Language) -> Templates:
    return Templates(("web", "goals"), (language,), lambda name: name)
