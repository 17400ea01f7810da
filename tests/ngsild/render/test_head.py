# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The members of an entity that are no attributes, and what pick and omit leave of them."""

import pytest

from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import Entity
from hanze.ngsild.render import PLAIN, Form, Selector
from hanze.ngsild.render.form import MEMBERS, only
from hanze.ngsild.render.head import head, shows
from tests.ngsild.making import EARLIER, LATER, NOW, entity, iri

SPEED = iri("speed")
WHOLE = Entity("urn:ngsi-ld:T:1", [iri("T")], {}, ["/NL"], EARLIER, NOW, LATER)


def test_plain() -> None:
    assert head(WHOLE, CORE, PLAIN) == {"id": "urn:ngsi-ld:T:1", "type": "T", "scope": "/NL"}
    assert head(entity(), CORE, PLAIN) == {"id": "urn:ngsi-ld:T:1", "type": "T"}


def test_several_types_and_scopes() -> None:
    several = Entity("urn:x:1", [iri("T"), iri("U")], {}, ["/NL", "/BE"])
    assert head(several, CORE, PLAIN) == {"id": "urn:x:1", "type": ["T", "U"], "scope": ["/NL", "/BE"]}
    assert head(several, build({"Kind": iri("U")}, {}), PLAIN)["type"] == ["T", "Kind"]


def test_the_times_of_the_node_only_where_asked() -> None:
    shown = head(WHOLE, CORE, Form(sys=True))
    assert list(shown) == ["id", "type", "scope", "createdAt", "modifiedAt", "expiresAt"]
    assert (shown["createdAt"], shown["modifiedAt"], shown["expiresAt"]) == (EARLIER, NOW, LATER)
    assert "createdAt" not in head(Entity("urn:x:1", [iri("T")]), CORE, Form(sys=True))


def test_when_it_was_deleted_is_always_shown() -> None:
    assert head(WHOLE, CORE, PLAIN, LATER)["deletedAt"] == LATER
    assert "deletedAt" not in head(WHOLE, CORE, PLAIN)


@pytest.mark.parametrize(
    ("form", "members"),
    [
        (Form(pick=(Selector("id"),)), ["id"]),
        (Form(pick=(Selector("type"), Selector("scope"))), ["type", "scope"]),
        (Form(pick=(Selector(SPEED),)), []),
        (Form(omit=(Selector("id"),)), ["type", "scope"]),
        (Form(omit=(Selector(SPEED),)), ["id", "type", "scope"]),
        (Form(sys=True, pick=(Selector("createdAt"),)), ["createdAt"]),
        (Form(pick=(Selector("createdAt"),)), []),
        (Form(sys=True, omit=(Selector("createdAt"), Selector("id"))), ["type", "scope", "modifiedAt", "expiresAt"]),
    ],
)
def test_picked_or_omitted(form: Form, members: list[str]) -> None:
    assert list(head(WHOLE, CORE, form)) == members


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        (PLAIN, True),
        (Form(pick=(Selector(SPEED),)), True),
        (Form(pick=(Selector(SPEED, (Selector("id"),)),)), True),
        (Form(pick=(Selector("id"),)), False),
        (Form(omit=(Selector(SPEED),)), False),
        # What is left out of the entities that it leads to does not hide the attribute itself.
        (Form(omit=(Selector(SPEED, (Selector("id"),)),)), True),
        (Form(omit=(Selector("id"),)), True),
    ],
)
def test_which_attributes_are_seen(form: Form, seen: bool) -> None:
    assert shows(form, SPEED) is seen


def test_only_these_attributes_with_every_other_member() -> None:
    form = Form(sys=True, pick=only([SPEED]))
    assert head(WHOLE, CORE, form, LATER) == head(WHOLE, CORE, Form(sys=True), LATER)
    assert shows(form, SPEED) and not shows(form, iri("size"))
    assert [selector.name for selector in only([])] == list(MEMBERS)
