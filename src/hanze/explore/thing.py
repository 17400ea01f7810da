# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one thing: all that is known of it in plain words, as NGSI-LD, and how each value went."""

from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.explore import course, curve, data, drawn, past, places, rights
from hanze.explore.measured import Measured
from hanze.explore.naming import Names
from hanze.explore.told import told
from hanze.ngsild import checks, render, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import RESERVED, VALUE_MEMBER, Entity, Instance
from hanze.ngsild.render.form import Form
from hanze.web import terms
from hanze.web.attachments import kept, serving
from hanze.web.attachments.vaults import ATTACHMENTS
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Cell

PATH = "data/thing"


class Row(msgspec.Struct, frozen=True):
    """One attribute, or one of its datasets: what it is called in English and its name, its value, of when it is, what more is
    known of it, and the address of its history."""

    label: str
    name: str
    dataset: str
    value: list[Cell]
    when: str
    more: list[tuple[str, list[Cell]]]
    history: str


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def found(visit: Visit) -> Entity:
    """The thing that the address names. Errors: BadRequestData, ResourceNotFound where the visitor may not see it."""
    id = checks.uri(visit.asked("id"), "id")
    entity = visit.site.store.get("", id, visit.scope)
    if entity is None:
        raise ResourceNotFound(f"There is no {id} here.")
    return entity


def _answer(visit: Visit) -> Response | Rows:
    entity = found(visit)
    chosen = visit.asked("history")
    visit.site.access.note_read(visit.principal, "", entity.types, (CORE.expand(chosen),) if chosen else ())
    if visit.format:
        return _file(visit, entity, chosen)
    names = Names(visit)
    seen = serving.sees(visit.site, visit.principal, entity.id)
    pictures = kept.of_thing(visit.site.store.vault(ATTACHMENTS), entity.id) if seen else []
    values: dict[str, Any] = {
        "name": places.name(entity),
        "id": entity.id,
        "types": [(terms.subject(one), visit.address("data/type", type=CORE.compact(one))) for one in entity.types],
        "rows": [_row(visit, entity, name, one, names) for name, one in _each(entity)],
        "changed": visit.language.when(times.parse(entity.modified), visit.now, visit.site.zone),
        "made": visit.language.when(times.parse(entity.created), visit.now, visit.site.zone),
        "raw": msgspec.json.format(msgspec.json.encode(_document(entity)), indent=2).decode(),
        "files": {one: visit.address(f"{PATH}.{one}", id=entity.id) for one in ("json", "geojson")},
        "map": _map(visit, entity),
        "edit": visit.address("data/change", id=entity.id) if rights.writes(visit, entity) else "",
        "pictures": [(serving.shown(visit.site.base, one), rights.removes(visit, one.owner)) for one in pictures],
        "illustrate": visit.address("data/picture", id=entity.id) if visit.has_role(rights.ILLUSTRATORS) else "",
        "remove": visit.address("data/picture/remove"),
        "history": _history(visit, entity, chosen) if chosen else None,
    }
    return HTMLResponse(visit.html("explore/thing.html", **values))


def _document(entity: Entity) -> dict[str, Any]:
    return render.entity(entity, CORE, Form())


def _each(entity: Entity) -> list[tuple[str, Instance]]:
    order = terms.order(entity.attributes, ("name", "stationName", "title", "description", *terms.QUANTITIES))
    return [(name, one) for name in order for one in entity.attributes[name]]


def _row(visit: Visit, entity: Entity, attribute: str, one: Instance, names: Names) -> Row:
    at = one.get("observedAt")
    more = [
        (terms.quantity(name).name, told(visit, name, inner[0], names))
        for name, inner in one.items()
        if name not in RESERVED and isinstance(inner, list) and inner
    ]
    return Row(
        label=terms.quantity(attribute).name,
        name=CORE.compact(attribute),
        dataset=one.get("datasetId", ""),
        value=told(visit, attribute, one, names),
        when="" if at is None else visit.language.when(times.parse(at), visit.now, visit.site.zone),
        more=more,
        history=visit.address(PATH, id=entity.id, history=CORE.compact(attribute)) + "#history",
    )


def _map(visit: Visit, entity: Entity) -> drawn.Drawn | None:
    return drawn.places(visit, [(places.place(entity, ""), None)], places.name(entity), "", drawn.BESIDE)


def _history(visit: Visit, entity: Entity, chosen: str) -> dict[str, Any]:
    """How one attribute went: a chart of its numbers, and what it was before. Errors: ResourceNotFound, BadRequestData."""
    attribute = CORE.expand(chosen)
    if attribute not in entity.attributes:
        raise ResourceNotFound(f"{entity.id} has no {chosen}.")
    quantity = terms.quantity(attribute)
    label = visit.language.say(quantity.name)
    period = course.period(visit.asked("range"), visit.asked("until"), visit.now, visit.site.zone)
    numbers = course.read(visit.site.store, visit.scope, entity.id, Measured(entity.types[0], attribute), period)
    here = {"id": entity.id, "history": chosen, "range": period.span, "until": period.until}
    shown = curve.course(
        visit, f"{label}, {places.name(entity)}", places.name(entity), numbers, period, quantity,
        lambda **more: visit.address(PATH, **{**here, **more}) + "#history", here,
    )  # fmt: skip
    numeric = "value" in entity.attributes[attribute][0] and bool(len(numbers.moments) or period.span != "week")
    return {
        "label": label, "name": chosen, "course": shown if numeric or _is_number(entity, attribute) else None,
        "before": past.rows(visit, entity, attribute), "undo": rights.writes(visit, entity),
    }  # fmt: skip


def _is_number(entity: Entity, attribute: str) -> bool:
    one = entity.attributes[attribute][0]
    return isinstance(one.get(VALUE_MEMBER[one["type"]]), int | float) and not isinstance(one.get("value"), bool)


def _file(visit: Visit, entity: Entity, chosen: str) -> Response | Rows:
    if chosen:
        period = course.period(visit.asked("range"), visit.asked("until"), visit.now, visit.site.zone)
        measured = Measured(entity.types[0], CORE.expand(chosen))
        numbers = course.read(visit.site.store, visit.scope, entity.id, measured, period)
        return data.course(numbers, "json" if visit.format == "geojson" else visit.format, [places.origin(entity)])
    if visit.format == "geojson":
        body = render.feature(entity, CORE, Form(), places.LOCATION)
    elif visit.format == "json":
        body = _document(entity)
    else:
        raise ResourceNotFound("A thing is no table; ask for json or geojson, or for the history of an attribute.")
    return Response(msgspec.json.encode(body), media_type=data.KINDS[visit.format])
