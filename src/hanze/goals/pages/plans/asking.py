# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a plan: what it asks, and from its answers to the facts and the shape of the plan."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from hanze.errors import BadRequestData
from hanze.goals.areas.land import USES as KINDS
from hanze.goals.keeping.plans import STATUSES, Plan
from hanze.goals.model import PlanFacts
from hanze.goals.pages.told import Place
from hanze.goals.pages.uses import USES
from hanze.goals.plans import drawing
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PLANNERS = ("innovation-officer", "editor", "administrator")
"""Roles that draw plans."""

STATUS: Mapping[str, str] = {
    "idea": _("idea"),
    "proposed": _("proposed"),
    "decided": _("decided"),
    "built": _("built"),
    "dropped": _("dropped"),
}  # fmt: skip

MOST_BYTES = 4 << 20
SHOWN = 60
"""Corners: a plan with more is not written out to be changed, it is drawn anew."""

FIRST, LAST = 1900, 2200
FARTHEST = 20_000
"""Metres of the radius of a circle."""


def form(places: Sequence[Place], *, there: bool) -> Form:
    """`there`: the plan has a shape already, so that none need be given."""
    where = tuple(Choice(one.code, one.name) for one in places if one.geometry is not None)
    return Form(
        (
            Field(name="name", label=_("Name of the plan"), longest=100),
            Field(name="use", label=_("What would the land be used for?"), kind="choice", choices=_choices(USES, KINDS)),
            Field(name="year", label=_("In which year would it be there?"), kind="number", longest=4, checks=(_year,)),
            Field(name="status", label=_("How far is it?"), kind="choice", choices=_choices(STATUS, STATUSES)),
            Field(name="about", label=_("What is it about?"), kind="area", required=False, longest=2000,
                  help=_("A few sentences. Everyone can read them.")),
            Field(name="least", label=_("At least so many homes"), kind="number", required=False, longest=9, checks=(_count,),
                  help=_("Only for homes. Left empty, a usual number is taken.")),
            Field(name="most", label=_("At most so many homes"), kind="number", required=False, longest=9, checks=(_count,)),
            Field(name="corners", label=_("Corners, or GeoJSON"), kind="area", required=False, longest=200_000,
                  help=_("A corner on each line, east and then north, such as 4.9912, 52.9034.") if not there else
                  _("A corner on each line, east and then north. As it stands here it stays where it is.")),
            Field(name="file", label=_("Or a file"), kind="file", required=False, help=_("GeoJSON of polygons, at most 4 MB.")),
            Field(name="around", label=_("Or a circle around the middle of"), kind="choice", required=False, choices=where),
            Field(name="metres", label=_("with a radius in metres"), kind="number", required=False, longest=5, checks=(_radius,)),
            Field(name="seen", label="", kind="hidden", required=False, longest=64),
        ),
        _("Save the plan"),
    )  # fmt: skip


def _choices(told: Mapping[str, str], keys: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(one, told[one]) for one in keys)


def number(text: str) -> int | None:
    """A whole number as people write it, with or without a space or a point after the thousands; None where it is none."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(".", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def _year(text: str) -> str:
    found = number(text)
    return "" if found is not None and FIRST <= found <= LAST else _("Give a year, such as 2035.")


def _count(text: str) -> str:
    return "" if number(text) is not None else _("Give a whole number, such as 350.")


def _radius(text: str) -> str:
    found = number(text)
    return "" if found is not None and 10 <= found <= FARTHEST else _("Give a number of metres from 10 to 20,000.")


def answers(plan: Plan, seen: str) -> dict[str, str | list[str]]:
    """What the form of a plan says at first."""
    facts = plan.facts
    return {
        "name": facts.name, "use": facts.use, "year": str(facts.year), "status": facts.status, "about": facts.description,
        "least": _said(facts.leastHomes), "most": _said(facts.mostHomes), "corners": corners(plan.shape), "seen": seen,
    }  # fmt: skip


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def corners(shape: BaseGeometry) -> str:
    """A line for each corner; empty for a shape that cannot be written so, or has too many."""
    if shape.geom_type != "Polygon" or len(shape.interiors) or len(shape.exterior.coords) > SHOWN:
        return ""
    return "\n".join(f"{east:.6f}, {north:.6f}" for east, north in list(shape.exterior.coords)[:-1])


def facts(visit: Visit, filled: Filled) -> PlanFacts:
    """The facts of a form that is good."""
    assert visit.person is not None
    role = next(one for one in PLANNERS if one in visit.person.roles)
    year, least, most = (number(filled[name]) for name in ("year", "least", "most"))
    return PlanFacts(filled["name"], filled["use"], year or 0, filled["status"], role, filled["about"], least, most)


def shape(filled: Filled, file: bytes, places: Sequence[Place], before: Plan | None) -> BaseGeometry | None:
    """Where the plan lies, given in one way, or as before; None where the form tells what is wrong."""
    if "around" in filled.wrong:
        return None
    typed, around = filled["corners"], filled["around"]
    if before is not None and typed == corners(before.shape):
        typed = ""
    given = [name for name, told in (("corners", typed), ("file", file), ("around", around)) if told]
    if len(given) > 1:
        filled.fail(given[1], _("Say in one way where it lies, and leave the others empty."))
    elif not given and before is not None:
        return before.shape
    elif not given:
        filled.fail("corners", _("Say where it lies: here, by a file, or by a circle."))
    elif given == ["around"]:
        return _circle(filled, places)
    else:
        return _drawn(filled, given[0], typed if given == ["corners"] else file.decode("utf-8-sig", "replace"))
    return None


def _drawn(filled: Filled, name: str, text: str) -> BaseGeometry | None:
    try:
        return drawing.shape(text)
    except BadRequestData as error:
        filled.fail(name, error.detail)
        return None


def _circle(filled: Filled, places: Sequence[Place]) -> BaseGeometry | None:
    metres = number(filled["metres"])
    if not metres:
        filled.fail("metres", _("Say how large the circle is."))
        return None
    found = next(one.geometry for one in places if one.code == filled["around"])
    return drawing.circle(shapely.geometry.shape(found), metres)
