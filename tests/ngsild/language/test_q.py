# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The grammar of q: what each form becomes, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError, TooComplexQuery
from hanze.ngsild.context import CORE, build
from hanze.ngsild.language import limits, q
from hanze.ngsild.selection import All, Any_, Compare, Exists, Linked, Literal, Path, Range
from tests.ngsild.making import iri

A, B, C = (Path(iri(name)) for name in "abc")


def parsed(text: str) -> Any:
    return q.parse(text, CORE)


def number(value: float) -> Literal:
    return Literal("number", value)


def text(value: str) -> Literal:
    return Literal("text", value)


def word(value: str) -> Literal:
    return Literal("word", value)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("a", A),
        ("a.b", Path(iri("a"), (iri("b"),))),
        ("a.b.c", Path(iri("a"), (iri("b"), iri("c")))),
        ("a.observedAt", Path(iri("a"), ("observedAt",))),
        ("a.b.unitCode", Path(iri("a"), (iri("b"), "unitCode"))),
        ("a.createdAt", Path(iri("a"), ("createdAt",))),
        ("a.modifiedAt", Path(iri("a"), ("modifiedAt",))),
        ("a.datasetId", Path(iri("a"), ("datasetId",))),
        ("a[b]", Path(iri("a"), (), ("b",))),
        ("a[b.c]", Path(iri("a"), (), ("b", "c"))),
        ("a.b[c.d]", Path(iri("a"), (iri("b"),), ("c", "d"))),
        ("a[*]", Path(iri("a"), (), ("*",))),
        ("id", Path("id")),
        ("type", Path("type")),
        ("createdAt", Path("createdAt")),
        ("modifiedAt", Path("modifiedAt")),
        ("location", Path("https://uri.etsi.org/ngsi-ld/location")),
        ("http://x.example/a.b", Path("http://x.example/a.b")),
        ("straße", Path(iri("straße"))),
    ],
)
def test_paths(written: str, path: Path) -> None:
    assert parsed(written) == Exists(path)
    assert parsed(written + ">5") == Compare(path, ">", (number(5),))
    assert q.path(written, CORE, "orderBy") == path


@pytest.mark.parametrize("op", ["==", "!=", ">", ">=", "<", "<="])
def test_operators(op: str) -> None:
    assert parsed(f"a{op}5") == Compare(A, op, (number(5),))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", number(5)), ("-5", number(-5)), ("+5", number(5)), ("0.5", number(0.5)), (".5", number(0.5)),
        ("5.", number(5.0)), ("1e3", number(1000.0)), ("-1.5E-3", number(-0.0015)), ("007", number(7)),
        ("true", Literal("boolean", True)), ("false", Literal("boolean", False)),
        ('"5"', text("5")), ('"true"', text("true")), ('""', text("")), ('"two words"', text("two words")),
        (r'"say \"hi\" \\ there"', text('say "hi" \\ there')), (r'"a\b"', text("a\\b")), ('"a;b|c,d(e)"', text("a;b|c,d(e)")),
        ('"日本"', text("日本")),
        ("open", word("open")), ("True", word("True")), ("5km", word("5km")), ("\u0665", word("\u0665")),
        ("urn:x:y", word("urn:x:y")),
        ("2026-01-31", word("2026-01-31")), ("2026-01-31T12:00:00.5Z", word("2026-01-31T12:00:00.5Z")),
        ("12:00:00Z", word("12:00:00Z")), ("http://x.example/?a=b&c", word("http://x.example/?a=b&c")),
    ],
)  # fmt: skip
def test_values(written: str, value: Literal) -> None:
    assert parsed(f"a=={written}") == Compare(A, "==", (value,))
    assert parsed(f"a=={written};b") == All((Compare(A, "==", (value,)), Exists(B)))


def test_a_whole_number_stays_one_however_long() -> None:
    assert parsed("a==123456789012345678901") == Compare(A, "==", (number(123456789012345678901),))
    assert parsed("a==" + "9" * 5000).op == "=="


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("1,2,3", (number(1), number(2), number(3))),
        ('"open",closed', (text("open"), word("closed"))),
        ("1..5", (Range(number(1), number(5)),)),
        ("-1.5..-.5", (Range(number(-1.5), number(-0.5)),)),
        ("1..5,8", (Range(number(1), number(5)), number(8))),
        ('"a".."c"', (Range(text("a"), text("c")),)),
        (
            "2026-01-01T00:00:00Z..2026-02-01T00:00:00Z",
            (Range(word("2026-01-01T00:00:00Z"), word("2026-02-01T00:00:00Z")),),
        ),
    ],
)
@pytest.mark.parametrize("op", ["==", "!="])
def test_lists_and_ranges(written: str, values: tuple[Any, ...], op: str) -> None:
    assert parsed(f"a{op}{written}") == Compare(A, op, values)


@pytest.mark.parametrize("op", ["~=", "!~="])
@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ('"^a.*z$"', "^a.*z$"), ("^a.*z$", "^a.*z$"), ("x(y|z)+", "x(y|z)+"), ("x{2,3}", "x{2,3}"),
        ('"a;b[)]"', "a;b[)]"), (r'"a\\.b"', r"a\.b"), ("a|b", "a|b"), ("(?i)street", "(?i)street"),
    ],
)  # fmt: skip
def test_patterns(written: str, pattern: str, op: str) -> None:
    condition = Compare(A, op, (Literal("text", pattern),))
    assert parsed(f"a{op}{written}") == condition
    assert parsed(f"b;(a{op}{written});c") == All((Exists(B), condition, Exists(C)))


def test_words_are_expanded_by_the_context_where_that_is_asked_for() -> None:
    context = build({"open": "http://x.example/open", "a": "http://x.example/a"}, {})
    a = Path("http://x.example/a")
    long = Literal("word", "open", "http://x.example/open")
    assert q.parse("a==open", context) == Compare(a, "==", (Literal("word", "open"),))
    assert q.parse("a==open", context, (a.attribute,)) == Compare(a, "==", (long,))
    assert q.parse('b{a}=="open"', context, (a.attribute,)) == Linked(
        Path(iri("b")), (), Compare(a, "==", (Literal("text", "open", long.expanded),))
    )
    assert q.parse('a=="not open"', context, (a.attribute,)) == Compare(a, "==", (Literal("text", "not open"),))


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("a{b}", Linked(A, (), Exists(B))),
        ("a{b}==5", Linked(A, (), Compare(B, "==", (number(5),)))),
        ("a{b{c}}>5", Linked(A, (), Linked(B, (), Compare(C, ">", (number(5),))))),
        ("a{T:b}", Linked(A, (iri("T"),), Exists(B))),
        ("a{T,U:b{V:c}}", Linked(A, (iri("T"), iri("U")), Linked(B, (iri("V"),), Exists(C)))),
        ("a.b{c.observedAt}", Linked(Path(iri("a"), (iri("b"),)), (), Exists(Path(iri("c"), ("observedAt",))))),
        ("a{b[x]}==5", Linked(A, (), Compare(Path(iri("b"), (), ("x",)), "==", (number(5),)))),
        ("a{http://x.example/b}", Linked(A, (), Exists(Path("http://x.example/b")))),
        ("a{ngsi-ld:b}", Linked(A, (), Exists(Path("https://uri.etsi.org/ngsi-ld/b")))),
        ("b;(a{b}==5|c)", All((Exists(B), Any_((Linked(A, (), Compare(B, "==", (number(5),))), Exists(C)))))),
    ],
)
def test_braces_ask_what_a_relationship_leads_to(written: str, query: Any) -> None:
    assert parsed(written) == query


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("a;b", All((Exists(A), Exists(B)))),
        ("a|b", Any_((Exists(A), Exists(B)))),
        ("a;b|c", Any_((All((Exists(A), Exists(B))), Exists(C)))),
        ("a|b;c", Any_((Exists(A), All((Exists(B), Exists(C)))))),
        ("(a|b);c", All((Any_((Exists(A), Exists(B))), Exists(C)))),
        ("a;(b|c)", All((Exists(A), Any_((Exists(B), Exists(C)))))),
        ("((a))", Exists(A)),
        ("a;b;c", All((Exists(A), Exists(B), Exists(C)))),
    ],
)
def test_and_binds_before_or_and_brackets_before_both(written: str, query: Any) -> None:
    assert parsed(written) == query


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "position 1 stands 'the end'; give the name of an attribute"),
        (";a", "the name of an attribute"),
        ("a;", "the name of an attribute"),
        ("a;;b", "the name of an attribute"),
        ("a||b", "the name of an attribute"),
        ("!a", "the name of an attribute"),
        ("()", "the name of an attribute"),
        ("(a", "the closing bracket )"),
        ("(a;b|c", "the closing bracket )"),
        ("a)", "; or | or the end"),
        ("a=5", "; or | or the end"),
        ("a==", "a value"),
        ("a>", "a value"),
        ("a==;b", "a value"),
        ("a==1,", "a value"),
        ("a==1..", "a value"),
        ("a==..5", "a value"),
        ("a>1,2", "one value only"),
        ("a>1..2", "a range of two"),
        ('a==1.."b"', "a range of two"),
        ("a==true..false", "a range of two"),
        ('a=="open', "no closing quote"),
        ('a=="open"x', "; or | or the end"),
        ("a~=", "a pattern"),
        ('a~="(b"', "'(b' cannot be used"),
        ('a~="(?=b)"', "give an RE2 expression"),
        ("a..b", "the name of an attribute"),
        (".a", "the name of an attribute"),
        ("a.", "the name of an attribute"),
        ("a[", "keys and the closing ]"),
        ("a[]", "keys and the closing ]"),
        ("a[b", "keys and the closing ]"),
        ("a[b].c", "; or | or the end"),
        ("a{", "the name of an attribute"),
        ("a{b", "the closing }"),
        ("a{b;c}", "the closing }"),
        ("a{b==5}", "the closing }"),
        ("a{:b}", "begins with a letter"),
        ("a{T:}", "the name of an attribute"),
        ("a}", "; or | or the end"),
        ("a b", "q is 'a b'"),
        ("id.a", "other than id and type"),
    ],
)
def test_what_is_malformed_is_said_with_its_position(written: str, says: str) -> None:
    with pytest.raises(HanzeError) as error:
        parsed(written)
    assert error.value.status == 400
    assert says in error.value.detail


@pytest.mark.parametrize(
    "written",
    [
        "a" * (limits.LONGEST + 1),
        "(" * (limits.DEEPEST + 1) + "a" + ")" * (limits.DEEPEST + 1),
        "a{" * (limits.DEEPEST + 1) + "a" + "}" * (limits.DEEPEST + 1),
        "(" * (limits.DEEPEST // 2 + 1) + "a{" * (limits.DEEPEST // 2 + 1) + "a" + "}" * 17 + ")" * 17,
        ";".join("a" for _ in range(limits.MOST_TERMS + 1)),
        "|".join("(a;b)" for _ in range(limits.MOST_TERMS // 2 + 1)),
    ],
)
def test_what_is_too_large_is_refused_with_the_limit(written: str) -> None:
    with pytest.raises(TooComplexQuery) as error:
        parsed(written)
    assert error.value.members["limit"] in (limits.LONGEST, limits.DEEPEST, limits.MOST_TERMS)


def test_what_just_fits() -> None:
    assert parsed("(" * limits.DEEPEST + "a" + ")" * limits.DEEPEST) == Exists(A)
    assert len(parsed(";".join("a" for _ in range(limits.MOST_TERMS))).of) == limits.MOST_TERMS
    # Brackets beside each other do not add up.
    assert len(parsed(";".join("((a))" for _ in range(100))).of) == 100


@given(st.text('ab12.,;|()[]{}<>=!~"\\ -TZ:', max_size=30) | st.text(max_size=20))
def test_no_text_makes_another_error(written: str) -> None:
    try:
        parsed(written)
    except HanzeError as error:
        assert error.status in (400, 403)
        assert len(error.detail) < 400
