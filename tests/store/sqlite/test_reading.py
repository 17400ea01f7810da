# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages and counts are the same whether all matches are gathered first or there are too many for that."""

from pathlib import Path

import pytest

from hanze.ngsild.selection import Compare, EntitySelection, Literal, TypeIs
from hanze.ngsild.selection import Path as Named
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import reading
from tests.contract.making import entity, iri, save


@pytest.mark.parametrize("most", [0, 9, 10, 100])
@pytest.mark.parametrize("count", [False, True])
def test_pages_of_what_matches_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, count: bool) -> None:
    monkeypatch.setattr(reading, "MOST_GATHERED", most)
    store = sqlite.open(tmp_path, clock=system)
    save(store, *(entity(str(n), level=[1, 2]) for n in range(10)), entity("low", level=[0]))
    asked = EntitySelection(types=TypeIs(iri("T")), q=Compare(Named(iri("level")), ">=", (Literal("number", 1),)))
    for offset, length in ((0, 4), (4, 4), (8, 2), (10, 0)):
        page = store.query("", asked, EVERYTHING, limit=4, offset=offset, count=count)
        assert [one.id for one in page.entities] == [f"urn:ngsi-ld:T:{n}" for n in range(offset, offset + length)]
        assert page.count == (10 if count else None)
    store.close()
