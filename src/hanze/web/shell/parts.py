# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which each part of which pages are made stands once, so that who changes the look of a city sees what it does."""

from starlette.responses import HTMLResponse, Response

from hanze.web.forms import Choice, Field, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Facet, Paging, Table

PATH = "developers/parts"

FORM = Form(
    (
        Field(name="part-name", label=_("Name"), help=_("An explanation stands here.")),
        Field(name="part-mail", label=_("Mail address"), kind="mail"),
        Field(name="part-text", label=_("Description"), kind="area", required=False),
        Field(
            name="part-choice",
            label=_("Choice"),
            kind="choice",
            choices=(Choice("yes", _("yes")), Choice("no", _("no"))),
        ),
    ),
    _("Save"),
)


async def answer(visit: Visit) -> Response:
    say, number = visit.language.say, visit.language.words.number
    filled = FORM.empty({"part-name": "Mia Visser", "part-mail": "mia", "part-choice": "yes"})
    filled.fail("part-mail", _("This is no mail address. Write it like name@example.org."))
    table = Table(
        say(_("A table")),
        (Column(say(_("Name")), sort="#table", sorted="ascending"), Column(say(_("How many")), number=True)),
        [(Cell("Bruggestraat", "#table"), Cell(number(1234))), (Cell("Kadeweg", "#table"), Cell(number(56)))],
    )
    values = {
        "filled": filled, "table": table, "pages": Paging(1, 2, 4, "", "#table"),
        "facets": [Facet("Oude Rede", 3, "#table", here=True), Facet("Zuiderkade", 2, "#table")],
    }  # fmt: skip
    return HTMLResponse(visit.html("web/showing.html", **values))
