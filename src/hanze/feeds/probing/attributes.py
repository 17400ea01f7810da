# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the values become attributes, under which names: those of the Smart Data Models, else the source's own."""

import re
from typing import NamedTuple

from hanze.errors import BadRequestData
from hanze.feeds.probing import names
from hanze.feeds.probing.kinds_of_values import code_of, is_number, is_unit, kind, unit
from hanze.feeds.probing.leaves import Leaf
from hanze.feeds.probing.vocabulary import GENERAL, Model, Term
from hanze.feeds.shapes.shape import Part
from hanze.feeds.tables.checking import attribute_name

MOST = 25
"""Attributes of one thing; who wants more adds them."""

OTHERWISE = {"type": "kind", "id": "sourceId", "location": "place", "scope": "extent"}
"""What a name becomes that no attribute can have, or that means something else in NGSI-LD."""

HOLDERS = frozenset({"properties", "fields", "attributes"})
"""What stands around all values alike."""

IDLE = frozenset({"recordid", "datasetid", "record_timestamp", "bounds", "bbox"})
"""What portals add of their own."""

NAMING = re.compile(r"^(parameter|component|formula|pollutant|value_?type|quantity|observed_?property|property|stof) ")
MEASURED = re.compile(r"^(value|waarde|wert|result|measurement|meting) ")


class Observed(NamedTuple):
    """Things that are one reading each: `name` tells of what, `value` the number, `units` per name."""

    name: Leaf
    value: Leaf
    units: dict[str, str]


def observed(found: list[Leaf]) -> Observed | None:
    """Where a thing is one reading, what is read and of what; None where it is not."""
    for value in found:
        if not MEASURED.search(value.key) or not is_number(value):
            continue
        for name in found:
            words = [one for one in name.told if isinstance(one, str) and good(one)]
            if _names(name) and len(words) == len(name.values):
                return Observed(name, value, _units(name, found))
    return None


def parts(found: list[Leaf], model: Model | None) -> tuple[list[Part], list[str]]:
    """The attributes of the values, and the paths of those that found no place."""
    wanted = [leaf for leaf in found if _wanted(leaf)]
    made: dict[str, Part] = {}
    for term in (*(model.terms if model else ()), *GENERAL):
        leaf = _best(term, [one for one in wanted if one.path not in {part.path for part in made.values()}])
        if leaf is not None:
            made[term.name] = _part(term.name, leaf, found, term)
    left = []
    for leaf in wanted:
        if leaf.path in {part.path for part in made.values()}:
            continue
        name = _free(leaf, made)
        if name and len(made) < MOST:
            made[name] = _part(name, leaf, found)
        else:
            left.append(leaf.path)
    return list(made.values()), left


def beside(found: list[Leaf], name: Leaf) -> list[Leaf]:
    """The values that are not of what is read, such as the number of a pollutant."""
    return [leaf for leaf in found if leaf.steps[:-1] != name.steps[:-1] or (len(leaf.steps) == 1 and leaf is not name)]


def without_unit(made: list[Part], model: Model | None) -> str:
    """Says where a measured number has no unit, in one sentence; empty where all have one."""
    terms = {term.name for term in model.terms} if model is not None and model.measured else set()
    lacking = [part.name for part in made if part.name in terms or "{" in part.name]
    lacking = [part.name for part in made if part.name in lacking and not part.unit and not part.units]
    if not lacking:
        return ""
    return f"The source tells no unit of {', '.join(lacking)}; write it as unit, a UN/CEFACT code such as GQ for µg/m³."


def _names(leaf: Leaf) -> bool:
    if NAMING.search(leaf.key):
        return True
    above = names.key(leaf.steps[-2]) if len(leaf.steps) > 1 else ""
    return leaf.name.lower() == "name" and NAMING.search(above) is not None


def _units(name: Leaf, found: list[Leaf]) -> dict[str, str]:
    units: dict[str, set[str]] = {}
    for leaf in found:
        if is_unit(leaf) and leaf.steps[:-1] in (name.steps[:-1], ()):
            for told, of in zip(leaf.values, name.values, strict=True):
                units.setdefault(str(of), set()).add(code_of(told) or "")
    return {of: codes.pop() for of, codes in units.items() if len(codes) == 1 and "" not in codes}


def _wanted(leaf: Leaf) -> bool:
    if "_".join(names.words(leaf.name)) in IDLE or leaf.name.lower() in IDLE:
        return False
    return not (len(leaf.steps) == 1 and leaf.name == "type" and set(leaf.told) == {"Feature"}) and not any(
        isinstance(one, dict | list) for one in leaf.told
    )


def _best(term: Term, found: list[Leaf]) -> Leaf | None:
    """Of several values that fit the one whose name says least more."""
    fit = [leaf for leaf in found if term.fits(leaf.key) and (kind(leaf)[0] == "number") == (term.kind == "number")]
    exact = term.name.lower()
    return min(fit, key=lambda leaf: (leaf.name.lower() != exact, len(leaf.steps) > 3, len(leaf.name)), default=None)


def _part(name: str, leaf: Leaf, found: list[Leaf], term: Term | None = None) -> Part:
    type, missing = kind(leaf)
    told = None if type != "number" else (term.unit if term and term.unit else unit(leaf, found))
    return Part(name, leaf.path, "text" if term and term.kind == "text" else type, told, values=missing)


def _free(leaf: Leaf, made: dict[str, Part]) -> str:
    """A name that is not taken yet: the last word of the path, else with the one before it; empty where there is none."""
    above = [step for step in leaf.steps[-2:-1] if step.lower() not in HOLDERS]
    for steps in (leaf.steps[-1:], (*above, leaf.name)):
        name = names.camel(" ".join(steps))
        name = OTHERWISE.get(name, name)
        if name not in made and good(name):
            return name
    return ""


def good(name: str) -> bool:
    try:
        attribute_name(name, "attribute")
    except BadRequestData:
        return False
    return True
