# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms become an ODRL agreement and terms again, the same; what has no place in terms is told by name."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from hanze.errors import BadRequestData
from hanze.experiments.agreements import agreeing, policies
from hanze.experiments.agreements.odrl import jsonld, turtle, writing
from hanze.experiments.agreements.odrl.reading import Reader
from hanze.experiments.agreements.odrl.vocabulary import CONTEXT, NAMESPACE, PREFIXES
from hanze.experiments.agreements.terms import Terms
from tests.experiments.agreements.making import ID, TERMS, ZONE, changed, terms


def written(one: Terms = TERMS) -> dict[str, Any]:
    """As it is downloaded."""
    document: dict[str, Any] = json.loads(json.dumps(writing.write(policies.policy(ID, one, ZONE))))
    return document


@settings(max_examples=150, deadline=None)
@given(terms())
def test_terms_come_back_the_same(one: Terms) -> None:
    assert agreeing.read(written(one), ZONE) == (ID, one)


def test_the_policy_is_odrl_as_others_read_it() -> None:
    document = written()
    assert document["@context"] == CONTEXT and document["@type"] == "Agreement" and document["uid"] == ID
    first = document["permission"][0]
    assert first["action"] == ["read", "aggregate"] and first["target"][0]["@type"] == "AssetCollection"
    assert {one["leftOperand"] for one in first["constraint"] if ":" not in one["leftOperand"]} == {
        "dateTime", "purpose", "count", "spatial",
    }  # fmt: skip
    assert [one["action"] for one in document["obligation"]] == [["delete"], ["inform"], ["distribute"], ["attribute"]]
    assert document["prohibition"][0]["action"] == ["distribute"]


def whole(value: Any) -> Any:
    """The same with each word of ODRL as a whole IRI."""
    if isinstance(value, list):
        return [whole(one) for one in value]
    if not isinstance(value, dict) or "@value" in value:
        return value
    names = {
        "uid": "@id",
        "dct:title": "http://purl.org/dc/terms/title",
        "dct:description": "http://purl.org/dc/terms/description",
    }
    told = {}
    for key, one in value.items():
        name = names.get(key) or (key if ":" in key or key.startswith("@") else NAMESPACE + key)
        if key in ("leftOperand", "operator", "action", "@type") and not isinstance(one, dict):
            told[name] = [
                each if ":" in str(each) or isinstance(each, dict) else NAMESPACE + each for each in _list(one)
            ]
        else:
            told[name] = whole(one)
    return {key: whole(one) if key.endswith("action") else one for key, one in told.items()}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def prefixed(value: Any) -> Any:
    """The same with prefixes."""
    return json.loads(
        json.dumps(whole(value)).replace(f'"{NAMESPACE}', '"odrl:').replace("http://purl.org/dc/terms/", "dct:")
    )


@pytest.mark.parametrize("form", [whole, prefixed])
def test_short_prefixed_and_whole_names_mean_the_same(form: Callable[[Any], Any]) -> None:
    """As others complain that they do not (tractusx-edc issue 1299)."""
    document = written()
    other = {**form({key: value for key, value in document.items() if key != "@context"}), "@context": CONTEXT}
    assert other != document
    assert agreeing.read(other, ZONE) == (ID, TERMS)


def test_a_processor_of_json_ld_reads_the_same_statements() -> None:
    """With what the context of ODRL says written out, for that one cannot be fetched here."""
    jsonld = pytest.importorskip("pyld").jsonld
    pytest.importorskip("rdflib")
    document = whole({key: value for key, value in written().items() if key != "@context"})
    document["@context"] = {name: PREFIXES[name] for name in ("schema", "rdf")}
    document[NAMESPACE + "profile"] = [{"@id": one} for one in document[NAMESPACE + "profile"]]
    triples = jsonld.to_rdf(_linked(document), {"format": "application/n-quads"})
    assert agreeing.terms(Reader(turtle.read(triples)).policy(ID), ZONE) == TERMS


def _linked(value: Any) -> Any:
    """Texts that are IRIs by the context of ODRL as links."""
    if isinstance(value, list):
        return [_linked(one) for one in value]
    if not isinstance(value, dict):
        return value
    links = {NAMESPACE + one for one in ("leftOperand", "operator", "action", "unit", "source")}
    return {
        key: [{"@id": one} if isinstance(one, str) else _linked(one) for one in _list(told)]
        if key in links
        else _linked(told)
        for key, told in value.items()
    }


def put(path: list[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        part: Any = document
        for step in path[:-1]:
            part = part[step]
        if value is None:
            del part[path[-1]]
        else:
            part[path[-1]] = value

    return change


STRANGE: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (put(["profile"], ["https://other.example/profile"]), "profile https://other.example/profile"),
    (put(["inheritFrom"], "urn:other"), "inheritFrom"),
    (put(["https://other.example/secret"], "x"), "https://other.example/secret"),
    (put(["conflict"], "perm"), "conflict perm"),
    (put(["@type"], "Offer"), "type Offer"),
    (put(["permission", 0, "constraint", 0, "leftOperand"], "event"), "constraint event"),
    (put(["permission", 0, "constraint", 0, "operator"], "neq"), "constraint dateTime"),
    (
        put(
            ["permission", 0, "constraint", 0, "rightOperand"],
            {"@value": "2026-03-01T12:00:00Z", "@type": "xsd:dateTime"},
        ),
        "midnight",
    ),
    (put(["permission", 0, "duty"], [{"action": "compensate"}]), "duty of"),
    (put(["permission", 0, "action"], "sell"), "permission"),
    (put(["permission", 0, "target", 0, "refinement", 0, "leftOperand"], "language"), "refinement language"),
    (put(["permission", 0, "target"], None), "everything"),
    (put(["prohibition", 0, "action"], "print"), "prohibition"),
    (put(["obligation", 0, "action"], "translate"), "deleted"),
    (put(["obligation", 1, "consequence"], [{"action": "compensate"}]), "consequence"),
    (put(["obligation", 1, "target"], [{"uid": "urn:other"}]), "obligation"),
    (put(["obligation", 3, "assignee"], [{"uid": "urn:other"}]), "other parties"),
    (put(["permission", 0, "constraint", 2, "rightOperand"], {"@id": "urn:other"}), "urn:other"),
    (put(["permission", 0, "assignee"], []), "0 assignees"),
    (put(["permission", 0, "assignee", 0, "uid"], "https://other.example/lab"), "https://other.example/lab"),
    (put(["permission", 0, "assigner", 0, "uid"], "urn:ngsi-ld:City:elsewhere"), "assigner urn:ngsi-ld:City:elsewhere"),
    (put(["permission", 0, "assigner", 0, "schema:name"], ""), "$.city"),
    (put(["uid"], "urn:other"), "urn:other"),
    (put(["uid"], "urn:ngsi-ld:DataAgreement::quiet"), "DataAgreement::quiet"),
    (put(["permission"], []), "permits to read nothing"),
    (put(["permission", 0, "constraint", 0, "rightOperand"], None), "rightOperand"),
    (put(["permission", 0, "constraint", 0, "operator"], "like"), "like"),
    (put(["permision"], []), "permision"),
    (put(["@context"], "https://other.example/context"), "https://other.example/context"),
]


STRANGE += [
    (put(["permission", 0, "constraint", 4, "rightOperand", "@value"], count), f"count '{count}'")
    for count in ("0", "-5", "6001", "1e3", "٣")
]
STRANGE += [
    (put(["permission", 0, "constraint", at, "rightOperand", "@value"], moment), f"the moment {moment}")
    for at in (0, 1)
    for moment in ("0001-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-29T02:30:00Z")
]


@pytest.mark.parametrize(("change", "told"), STRANGE, ids=[told for _, told in STRANGE])
def test_what_has_no_place_in_terms_is_told_by_name(change: Callable[[dict[str, Any]], None], told: str) -> None:
    document = written(changed(data=TERMS.data[:1]))
    change(document)
    with pytest.raises(BadRequestData) as found:
        agreeing.read(document, ZONE)
    assert told in found.value.detail


def test_a_number_of_thousands_of_digits_is_told_too() -> None:
    document = written()
    put(["permission", 0, "constraint", 4, "rightOperand", "@value"], "9" * 5000)(document)
    with pytest.raises(BadRequestData, match="count '999"):
        agreeing.read(document, ZONE)


def test_a_policy_that_holds_itself_is_no_trouble() -> None:
    loop: Any = {"uid": "urn:c", "and": [{"@id": "urn:c"}]}
    document = {**written(), "permission": [{**written()["permission"][0], "constraint": [loop]}]}
    with pytest.raises(BadRequestData, match="levels"):
        Reader(jsonld.read(document)).policy()
    deep: Any = {}
    for _ in range(2000):
        deep = {"and": [deep]}
    with pytest.raises(BadRequestData, match="within things"):
        jsonld.read({"@type": "Set", "uid": "urn:p", "permission": deep})
