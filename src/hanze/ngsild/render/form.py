# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In what form entities are shown: representation, members picked or omitted, language, datasets, system attributes.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5, 4.15 (lang), 4.21 (pick, omit), 4.5.5 (datasetId) and 6.3.7, 6.3.11.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

Representation = Literal["normalized", "concise", "simplified"]


class Selector(msgspec.Struct, frozen=True):
    """One name of a pick or omit: `name` is an attribute's IRI, or, without a colon, a member of the entity itself:
    id, type, scope, createdAt, modifiedAt, expiresAt. `inner`: what is picked from, or omitted of, the entities that
    this attribute links to (`locatedAt{id,name}`)."""

    name: str
    inner: tuple["Selector", ...] = ()


class Form(msgspec.Struct, frozen=True):
    """`sys`: with createdAt, modifiedAt, expiresAt. `pick`: only these (empty: everything); `omit`: not these.

    `lang`: languages in order of preference, as in Accept-Language (`nl,en;q=0.5,*`). `datasets`: only instances with
    one of these datasetIds (`@none`: the default instance).
    """

    representation: Representation = "normalized"
    sys: bool = False
    pick: tuple[Selector, ...] = ()
    omit: tuple[Selector, ...] = ()
    lang: str | None = None
    datasets: tuple[str, ...] | None = None


PLAIN = Form()

MEMBERS = ("id", "type", "scope", "createdAt", "modifiedAt", "expiresAt", "deletedAt")
"""Members of an entity that are no attributes."""


def only(attributes: Iterable[str]) -> tuple[Selector, ...]:
    """What to pick to show these attributes (IRIs) and every member that is no attribute, as `attrs` asks for."""
    return tuple(Selector(name) for name in (*MEMBERS, *attributes))
