# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A review as a tagged PDF (PDF/UA-1, ISO 14289-1), set by Typst from a template of ours; for workers and commands only."""

import importlib.util
from importlib.resources import files

import msgspec

from hanze.errors import NotAcceptable
from hanze.goals.review.document import Chart, Document
from hanze.web.drawing import paper

FONT = "Libertinus Serif"
"""One of those that Typst carries along; fonts of the machine are left out where they are not needed, so that the file is the
same everywhere."""

MISSING = (
    "A PDF is not offered here: Typst is not installed. Who keeps this site adds it with: pip install 'hanze[review]'"
)


def installed() -> bool:
    return importlib.util.find_spec("typst") is not None


def pdf(document: Document) -> bytes:
    """Errors: NotAcceptable where Typst is not installed."""
    if not installed():
        raise NotAcceptable(MISSING)
    import typst

    template = (files("hanze.goals.review") / "review.typ").read_bytes()
    # All texts are data of the template, never a part of it.
    given = {"document": msgspec.json.encode(document).decode(), "charts": _charts(document)}
    when = document.stamp // 1_000_000
    try:
        return typst.compile(
            template, format="pdf", sys_inputs=given, timestamp=when, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        # A text has signs that the fonts of Typst lack, which the standard forbids; some font of the machine may have them.
        return typst.compile(template, format="pdf", sys_inputs=given, timestamp=when)


def _charts(document: Document) -> str:
    """By indicator, its chart on paper."""
    charts: dict[str, Chart] = {one.code: one.chart for goal in document.goals for one in goal.known if one.chart}
    style = paper.sheet(FONT)
    drawn = {code: paper.on_paper(one.wide, style) for code, one in charts.items()}
    return msgspec.json.encode(drawn).decode()
