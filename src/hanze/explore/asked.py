# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an address asks of the things of one type: which of them, in which order, which columns, which page."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.datastructures import QueryParams

from hanze.errors import BadRequestData
from hanze.ngsild import collation
from hanze.ngsild.checks import shown
from hanze.ngsild.context import CORE
from hanze.ngsild.language import q
from hanze.ngsild.selection import All, Compare, EntitySelection, Literal, Order, Path, TypeIs
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.tables import Pairs

PATH = "data/type"

PAGE = 50
"""Rows of a page."""

MOST_PAGES = 2000

WAYS = {
    "is": _("is"), "not": _("is not"), "least": _("is at least"), "most": _("is at most"), "has": _("has the text"),
}  # fmt: skip
"""How a value is compared, and what a page calls that."""

_OPERATORS = {"is": "==", "not": "!=", "least": ">=", "most": "<=", "has": "~="}

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")


class Asked(msgspec.Struct, frozen=True):
    """`type` as in the address. `q`: a query of NGSI-LD. `attribute`, `way` (a key of WAYS) and `value`: one condition in
    plain words. `only`: pairs of attribute and text that were chosen from what there is. `sort`: an attribute, with a minus for
    descending. `columns`: empty for the usual ones. `view`: empty or map. All attributes as in the address, not expanded."""

    type: str
    q: str = ""
    attribute: str = ""
    way: str = ""
    value: str = ""
    only: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    columns: tuple[str, ...] = ()
    view: str = ""
    page: int = 1

    def pairs(self) -> Pairs:
        """The parameters of the address of it, those that say something; always from the first page."""
        names = ["type", "q", *(("attribute", "way", "value") if self.attribute and self.value else ()), "sort", "view"]
        found = [(name, str(getattr(self, name))) for name in names if getattr(self, name)]
        found += [("only", f"{name}={value}") for name, value in self.only]
        return found + [("column", name) for name in self.columns]

    def address(self, visit: Visit, ending: str = "", page: int = 1) -> str:
        """Where it is found."""
        pairs = self.pairs() + ([("page", str(page))] if page > 1 else [])
        return f"{visit.address(PATH + ending)}?{QueryParams(pairs)}"

    def narrowed(self) -> bool:
        """Not all things of the type are asked for."""
        return bool(self.q or self.only or (self.attribute and self.value))

    def selection(self) -> EntitySelection:
        """Errors: BadRequestData where the query is none."""
        parts: list[Any] = [_is(name, value) for name, value in self.only]
        if self.attribute and self.value:
            parts.append(_condition(self.attribute, self.way, self.value))
        if self.q:
            parts.append(q.parse(self.q, CORE))
        where = All(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)
        return EntitySelection(types=TypeIs(CORE.expand(self.type)), q=where)

    def order(self, language: str) -> tuple[Order, ...]:
        """Texts in the order of the language, where it has one that is known."""
        if not self.sort:
            return ()
        path = q.path(self.sort.removeprefix("-"), CORE, "sort")
        code = language if language in collation.LANGUAGES else "und"
        return (Order(path, self.sort.startswith("-"), collation=collation.parse(code)),)


def read(query: QueryParams) -> Asked:
    """What the parameters ask for. Errors: BadRequestData names the one that cannot be."""
    way = query.get("way", "")
    if way and way not in WAYS:
        raise BadRequestData(f"way is {shown(way)}; give one of {', '.join(WAYS)}.")
    view = query.get("view", "")
    if view not in ("", "map"):
        raise BadRequestData(f"view is {shown(view)}; give map, or leave it out.")
    return Asked(
        type=query.get("type", ""), q=query.get("q", "").strip(), attribute=query.get("attribute", ""), way=way or "is",
        value=query.get("value", "").strip(), only=_only(query.getlist("only")), sort=query.get("sort", ""),
        columns=tuple(dict.fromkeys(one for one in query.getlist("column") if one)), view=view, page=_page(query.get("page", "")),
    )  # fmt: skip


def _only(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise BadRequestData(f"only is {shown(one)}; give an attribute and a text, such as status=open.")
        found.append((name, value))
    return tuple(found)


def _page(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"\d{1,6}", text) or not 1 <= int(text) <= MOST_PAGES:
        raise BadRequestData(f"page is {shown(text)}; give a number from 1 to {MOST_PAGES}.")
    return int(text)


def _is(name: str, value: str) -> Compare:
    path = Path(CORE.expand(name))
    if value in ("true", "false"):
        return Compare(path, "==", (Literal("boolean", value == "true"), Literal("text", value)))
    return Compare(path, "==", (Literal("text", value),))


def _condition(name: str, way: str, value: str) -> Compare:
    """A number where one was typed, also with a decimal comma; else a text, which is a moment where it looks like one."""
    path, op, plain = Path(CORE.expand(name)), _OPERATORS[way], value.replace(",", ".")
    if way == "has":
        return Compare(path, op, (Literal("text", "(?i)" + re.escape(value[:200])),))
    if _NUMBER.fullmatch(plain):
        number = Literal("number", float(plain))
        return Compare(path, op, (number, Literal("text", value)) if way in ("is", "not") else (number,))
    if way in ("is", "not"):
        return Compare(path, op, _is(name, value).values)
    return Compare(path, op, (Literal("word", value),))
