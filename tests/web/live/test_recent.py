# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of the journal's end is what a reader of all its rows would find."""

from hypothesis import given
from hypothesis import strategies as st

from hanze.store.base import JournalRow
from hanze.web.live.recent import Recent

ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "other"]), st.booleans()), max_size=30)


def rows(told: list[tuple[str, str, bool]]) -> list[JournalRow]:
    return [
        JournalRow(seq, 0, tenant, id, [f"T{seq}"], "deleted" if deleted else "updated", [], [], None)
        for seq, (id, tenant, deleted) in enumerate(told, 1)
    ]


@given(ROWS, st.data())
def test_it_says_what_changed_since_any_number_it_knows(told: list[tuple[str, str, bool]], data: st.DataObject) -> None:
    journal = rows(told)
    numbers = st.integers(0, len(journal))
    begin, back, forgotten, after = (data.draw(numbers) for _ in range(4))
    recent = Recent()
    recent.begin(begin)
    recent.forward(journal[begin:])
    if back < begin:
        # A piece that is read may go further than where the others begin.
        recent.back(journal[back:], back)
    recent.forget(forgotten)
    floor = max(min(back, begin), forgotten)
    assert (recent.floor, recent.cursor) == (floor, len(journal))
    for tenant in ("", "other"):
        since = [row for row in journal[max(after, floor) :] if row.tenant == tenant]
        expected = {row.id: row for row in since}
        found = recent.since(tenant, max(after, floor))
        assert {id: (one.seq, one.types, one.deleted) for id, one in found.items()} == {
            id: (row.seq, tuple(row.types), row.kind == "deleted") for id, row in expected.items()
        }
        assert [one.seq for one in found.values()] == sorted(one.seq for one in found.values())


def test_it_grows_no_further_than_what_is_kept() -> None:
    recent = Recent()
    recent.forward(rows([(str(number), "", False) for number in range(1000)]))
    recent.forget(990)
    assert len(recent.since("", 990)) == 10
    recent.forget(1000)
    assert recent._tenants == {}
