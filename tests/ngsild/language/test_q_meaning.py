# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What q selects, against a simple evaluator that knows only plain JSON and each condition's meaning in a line of Python.

The other evaluator that must agree, the store's SQL, is tried against this room's in `tests/store`.
"""

import operator
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild import match, parse
from hanze.ngsild.context import CORE
from hanze.ngsild.language import q
from tests.ngsild.making import iri

Plain = dict[str, Any]
"""An entity as a user writes it, attributes normalised."""

ORDERED = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
WORDS = ("open", "closed", "Open", "5", "true", 'say "hi"', "back\\slash", "a;b|c", "")
MOMENTS = ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00.5Z", "2025-12-31T23:59:59Z")
NUMBERS = (-3, 0, 1, 1.5, 2, 10**20)
SCALARS = st.sampled_from((*WORDS, *MOMENTS, *NUMBERS, True, False))
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.sampled_from("xy"), SCALARS | st.just({"x": 1}), max_size=2)
)


# entities


def properties(deep: int = 1) -> st.SearchStrategy[Any]:
    extra = {
        "observedAt": st.sampled_from(("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")),
        "unitCode": st.just("CEL"),
    }
    inner = {"s": properties(deep - 1)} if deep else {}
    return st.fixed_dictionaries({"type": st.just("Property"), "value": VALUES}, optional=extra | inner)


ATTRIBUTES = (
    properties()
    | st.builds(lambda value: {"type": "Relationship", "object": value}, st.sampled_from(("urn:x:1", "urn:x:2")))
    | st.builds(
        lambda value: {"type": "LanguageProperty", "languageMap": value},
        st.dictionaries(st.sampled_from(("nl", "en")), st.sampled_from(("open", "closed")), min_size=1),
    )
)  # fmt: skip
ENTITIES = st.dictionaries(
    st.sampled_from("abc"),
    ATTRIBUTES | st.tuples(properties(0), properties(0)).map(lambda two: [two[0], {**two[1], "datasetId": "urn:d:1"}]),
)


# what a path leads to, in plain JSON


class Where(NamedTuple):
    """A path: attribute, then a sub-attribute or member of it, then keys inside the value."""

    name: str
    sub: str = ""
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name + (f".{self.sub}" if self.sub else "") + (f"[{'.'.join(self.keys)}]" if self.keys else "")


def reached(e: Plain, where: Where) -> list[Any]:
    attribute = e.get(where.name, [])
    found: list[Any] = []
    for instance in attribute if isinstance(attribute, list) else [attribute]:
        if where.sub in ("observedAt", "unitCode"):
            found += [instance[where.sub]] if where.sub in instance else []
        elif not where.sub or where.sub in instance:
            found += inside(instance[where.sub] if where.sub else instance, where.keys)
    return found


def inside(instance: Plain, keys: tuple[str, ...]) -> list[Any]:
    if "languageMap" in instance:
        texts = instance["languageMap"]
        return [texts[tag] for tag in texts if not keys or keys[0] in (tag, "*")]
    value = instance.get("value", Link(instance.get("object", "")))
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return []
        value = value[key]
    return value if isinstance(value, list) and value else [value]


class Link(str):
    """Where a relationship leads to: the same as a text or not, but without order and pattern."""

    __slots__ = ()


# conditions: how they are written and what they mean


class Condition(NamedTuple):
    written: str
    holds: Callable[[Plain], bool]


WHERE = st.builds(
    Where,
    st.sampled_from("abc"),
    st.sampled_from(("", "", "s", "observedAt", "unitCode")),
    st.sampled_from(((), (), ("x",), ("x", "x"), ("nl",), ("*",))),
).map(lambda where: where if where.sub not in ("observedAt", "unitCode") else where._replace(keys=()))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def compares_as(op: str, value: Any) -> bool:
    return op == "==" or not isinstance(value, Link)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Operand(NamedTuple):
    """A value of a condition: as written, and whether something compares with it so."""

    written: str
    compares: Callable[[str, Any], bool]


def number_operand(wanted: float) -> Operand:
    return Operand(str(wanted), lambda op, value: is_number(value) and OPERATORS[op](value, wanted))


def text_operand(wanted: str) -> Operand:
    return Operand(
        quoted(wanted),
        lambda op, value: isinstance(value, str) and compares_as(op, value) and OPERATORS[op](value, wanted),
    )


def moment_operand(wanted: str) -> Operand:
    def compares(op: str, value: Any) -> bool:
        at, other = moment(value), moment(wanted)
        if at is None:
            return isinstance(value, str) and compares_as(op, value) and OPERATORS[op](value, wanted)
        return OPERATORS[op](at, other)

    return Operand(wanted, compares)


def boolean_operand(wanted: bool) -> Operand:
    return Operand("true" if wanted else "false", lambda op, value: op == "==" and value is wanted)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"==": operator.eq, **ORDERED}
OPERANDS = (
    st.sampled_from(NUMBERS).map(number_operand)
    | st.sampled_from(WORDS).map(text_operand)
    | st.sampled_from(MOMENTS).map(moment_operand)
    | st.booleans().map(boolean_operand)
)


def between(low: Operand, high: Operand) -> Operand:
    return Operand(
        f"{low.written}..{high.written}", lambda op, value: low.compares(">=", value) and high.compares("<=", value)
    )


RANGES = (
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)).map(lambda two: between(*map(number_operand, two)))
    | st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda two: between(*map(text_operand, two)))
    | st.tuples(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS)).map(lambda two: between(*map(moment_operand, two)))
)


def exists(where: Where) -> Condition:
    return Condition(str(where), lambda e: bool(reached(e, where)))


def ordered(where: Where, op: str, operand: Operand) -> Condition:
    return Condition(
        f"{where}{op}{operand.written}", lambda e: any(operand.compares(op, value) for value in reached(e, where))
    )


def one_of(where: Where, negated: bool, operands: list[Operand]) -> Condition:
    def holds(e: Plain) -> bool:
        found = reached(e, where)
        same = any(operand.compares("==", value) for value in found for operand in operands)
        return bool(found) and same is not negated

    return Condition(f"{where}{'!=' if negated else '=='}{','.join(one.written for one in operands)}", holds)


def like(where: Where, negated: bool, pattern: str, in_quotes: bool) -> Condition:
    def holds(e: Plain) -> bool:
        found = [value for value in reached(e, where) if not isinstance(value, Link)]
        fits = any(isinstance(value, str) and re.search(pattern, value) is not None for value in found)
        return bool(found) and fits is not negated

    condition = f"{where}{'!~=' if negated else '~='}"
    # Without quotes a pattern goes on to a bracket that it did not open.
    return Condition(condition + quoted(pattern) if in_quotes else f"({condition}{pattern})", holds)


SIMPLE = (
    st.builds(exists, WHERE)
    | st.builds(ordered, WHERE, st.sampled_from(list(ORDERED)), OPERANDS)
    | st.builds(one_of, WHERE, st.booleans(), st.lists(OPERANDS | RANGES, min_size=1, max_size=3))
    | st.builds(like, WHERE, st.booleans(), st.sampled_from(("^o", "(?i)^open$", "[0-9]+", "se", "^$")), st.booleans())
)


def joined(parts: list[Condition], sign: str) -> Condition:
    """Parts that are joined by `or` stand in brackets inside an `and`."""
    every = sign == ";"
    return Condition(
        sign.join(f"({part.written})" if every and "|" in part.written else part.written for part in parts),
        lambda e: (all if every else any)(part.holds(e) for part in parts),
    )


QUERIES = st.recursive(
    SIMPLE,
    lambda inner: st.builds(joined, st.lists(inner, min_size=2, max_size=3), st.sampled_from(";|")),
    max_leaves=6,
)


@given(ENTITIES, QUERIES)
def test_q_means_what_it_says(attributes: Plain, query: Condition) -> None:
    e = parse.entity({"id": "urn:ngsi-ld:T:1", "type": "T", **attributes}, CORE)
    assert match.query(e, q.parse(query.written, CORE)) is query.holds(attributes)


def holds(written: str, _expanded: tuple[str, ...] = (), **attributes: Any) -> bool:
    e = parse.entity({"id": "urn:ngsi-ld:T:1", "type": "T", **attributes}, CORE)
    return match.query(e, q.parse(written, CORE, _expanded))


@pytest.mark.parametrize(
    ("written", "value", "fits"),
    [
        ("a", 0, True), ("a", False, True), ("a", [], True), ("b", 0, False),
        ("a==1", 1, True), ("a==1", 1.0, True), ("a==1", "1", False), ("a==1", True, False), ('a=="1"', 1, False),
        ("a==true", True, True), ("a==true", 1, False), ('a=="true"', True, False), ("a>true", True, False),
        ("a!=1", 2, True), ("a!=1", 1, False), ("a!=1", "x", True), ("b!=1", 2, False), ('b!~="x"', 2, False),
        ("a==1,2", 2, True), ("a!=1,2", 2, False), ("a!=1,2", 3, True),
        ("a==1..2", 2, True), ("a==1..2", 2.01, False), ("a!=1..2", 3, True), ("a==2..1", 1.5, False),
        ("a==2", [1, 2], True), ("a!=2", [1, 2], False), ("a>1", [0, 2], True), ("a==1;a==2", [1, 2], True),
        ("a[x]==1", {"x": 1}, True), ("a[x.y]==1", {"x": {"y": 1}}, True), ("a[x]", {"y": 1}, False),
        ("a[x]==2", {"x": [1, 2]}, True), ("a[x]==1", [{"x": 1}], False),
        ("a>2026-01-01T00:00:00Z", "2026-01-01T00:30:00Z", True),
        ("a>2026-01-01T00:00:00Z", "2026-01-01T00:30:00+01:00", False),
        ("a==2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z", True),
        ('a=="2026-01-01T00:00:00Z"', "2026-01-01T00:00:00.000Z", False),
        ("a==2026-01-01T00:00:00Z", {"@type": "DateTime", "@value": "2026-01-01T01:00:00+01:00"}, True),
        ("a>2026-01-01", "2026-01-02", True), ("a<12:30:00Z", "12:00:00Z", True),
        ('a>"b"', "c", True), ('a>"b"', 5, False), ("a>open", "opened", True), ("a==open", "open", True),
        ("a~=^op", "open", True), ("a!~=^op", "open", False), ("a~=1", 1, False), ("a!~=1", 1, True),
    ],
)  # fmt: skip
def test_single_conditions(written: str, value: Any, fits: bool) -> None:
    assert holds(written, a={"type": "Property", "value": value}) is fits


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("category==monument", True), ('category=="monument"', True), (f"category=={iri('monument')}", True),
        ("category==museum", True), ("category==tree", False), ("category!=tree", True), ("category!=museum", False),
        ("category>a", False),
    ],
)  # fmt: skip
def test_words_of_a_vocabulary(written: str, fits: bool) -> None:
    words = {"type": "VocabProperty", "vocab": ["monument", "museum"]}
    assert holds(written, (iri("category"),), category=words) is fits


def test_words_are_whole_iris_where_nobody_expands_them() -> None:
    words = {"type": "VocabProperty", "vocab": "monument"}
    assert not holds("category==monument", category=words)
    assert holds(f"category=={iri('monument')}", category=words)


@pytest.mark.parametrize("kind", ["Relationship", "ListRelationship"])
@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("a==urn:x:b", True), ('a!="urn:x:c"', True), ("a>urn:x:a", False), ("a<=urn:x:b", False), ("a~=urn", False),
        ("a!~=nothing", False), ('a=="urn:x:a".."urn:x:c"', False), ("a", True),
    ],
)  # fmt: skip
def test_relationships_have_no_order_and_no_pattern(kind: str, written: str, fits: bool) -> None:
    member = "object" if kind == "Relationship" else "objectList"
    assert holds(written, a={"type": kind, member: ["urn:x:b"]}) is fits


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("a{b}==5", True), ("a{b}>5", False), ("a{b}", True), ("a{c}", False), ("a{b}!=6", True), ("a{T:b}==5", True),
        ("a{U,T:b}==5", True), ("a{U:b}==5", False), ("d{b}==5", False), ("a{a{b}}==5", True), ("a{U:a{b}}==5", False),
        ("e{b}==5", False), ("a{b}==5;a{c}", False), ("a{b}==6|a{b}==5", True),
    ],
)  # fmt: skip
def test_a_condition_on_what_relationships_lead_to(written: str, fits: bool) -> None:
    plain = {"id": "urn:x:1", "type": "T", "a": {"object": ["urn:x:2", "urn:x:1"]}, "b": 5, "d": {"object": "urn:x:9"}}
    one = parse.entity(plain | {"e": "urn:x:1"}, CORE)
    query = q.parse(written, CORE)
    assert match.query(one, query, {"urn:x:1": one}.get) is fits
    assert not match.query(one, query)


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ('name[nl]=="straat"', True), ('name[en]=="straat"', False), ('name[*]=="street"', True), ('name=="street"', True),
        ("name[fr]", False), ("name[nl]", True), ('name[fr]!="x"', False),
    ],
)  # fmt: skip
def test_languages(written: str, fits: bool) -> None:
    assert (
        holds(written, name={"type": "LanguageProperty", "languageMap": {"nl": "straat", "en": ["road", "street"]}})
        is fits
    )


@pytest.mark.parametrize(
    ("kind", "written", "fits"),
    [
        ({"type": "Relationship", "object": ["urn:x:1", "urn:x:2"]}, "a==urn:x:2", True),
        ({"type": "Relationship", "object": "urn:x:1"}, 'a=="urn:x:1"', True),
        ({"type": "ListRelationship", "objectList": ["urn:x:1"]}, "a==urn:x:1", True),
        ({"type": "ListProperty", "valueList": [1, 2]}, "a==2", True),
        ({"type": "JsonProperty", "json": {"x": {"y": 1}}}, "a[x.y]==1", True),
        ({"type": "Property", "value": 1, "unitCode": "CEL"}, 'a.unitCode=="CEL"', True),
        ({"type": "Property", "value": 1, "s": {"type": "Property", "value": {"x": 1}}}, "a.s[x]==1", True),
        ({"type": "Property", "value": 1, "s": {"type": "Relationship", "object": "urn:x:1"}}, "a.s==urn:x:1", True),
        ({"type": "Property", "value": 1}, "a.s", False),
        ([{"type": "Property", "value": 1}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"}], "a==2", True),
        (
            [{"type": "Property", "value": 1}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"}],
            "a.datasetId==urn:d:1",
            True,
        ),
    ],
)
def test_kinds_and_their_parts(kind: Any, written: str, fits: bool) -> None:
    assert holds(written, a=kind) is fits


def test_members_of_the_entity() -> None:
    assert holds("id==urn:ngsi-ld:T:1") and not holds("id==urn:ngsi-ld:T:2")
    assert holds("id~=T:1$")
    assert not holds("createdAt>2020-01-01T00:00:00Z")


def test_what_a_relationship_leads_to_is_not_known_from_one_entity() -> None:
    assert not holds("a{b}", a={"type": "Relationship", "object": "urn:x:1"})
