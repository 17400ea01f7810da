# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an indicator asks of the data, as queries of the NGSI-LD API (ETSI GS CIM 009) by which anyone can ask the same."""

from datetime import tzinfo
from urllib.parse import quote

from hanze.goals.computing.compute import earlier
from hanze.goals.indicators.definition import Definition, Part
from hanze.goals.model import AREA, ENTERED, VALUE
from hanze.ngsild import times
from hanze.ngsild.calendar import Period


def queries(one: Definition, when: Period, zone: tzinfo) -> list[str]:
    """Of all parts of an indicator in a period, each once. Who lives in the areas is part of each value."""
    found = [query for part in one.part for query in _queries(one, part, earlier(one, when, part.ago, zone))]
    return list(dict.fromkeys(found))


def _queries(one: Definition, part: Part, then: Period) -> list[str]:
    span = f"timerel=between&timeAt={times.text(then.start)}&endTimeAt={times.text(then.end)}"
    match part.what:
        case "history":
            return [f"/temporal/entities?type={part.type}&attrs={part.attribute}{_where(part)}&{span}"]
        case "things" | "reach":
            return [f"/entities?type={part.type}{_where(part)}"]
        case "land":
            return [f"/entities?type={_name(AREA.iri)}"]
        case "entered":
            return [f"/temporal/entities?type={_name(ENTERED.iri)}{_is('indicator', one.code)}&{span}"]
        case "spread":
            # The value of a period that runs is current only.
            asked = f"type={VALUE.name}{_is('indicator', part.indicator)}"
            return [f"/entities?{asked}", f"/temporal/entities?{asked}&{span}"]
        case "open":
            return ["/types"]


def _where(part: Part) -> str:
    return f"&q={quote(part.where)}" if part.where else ""


def _is(fact: str, code: str) -> str:
    name = AREA.iri.removesuffix(AREA.name) + fact
    return f"&q={quote(f'{name}==')}%22{code}%22"


def _name(iri: str) -> str:
    return quote(iri, safe="")
