# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of NGSI-LD: one entity, a list, one a line; what is no entity is rejected with its number."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.errors import ConfigurationError, ContextNotAvailable
from hanze.feeds import documents
from hanze.feeds.tables.shaping import Shaped
from hanze.ngsild.context import Context, MissingDocument, build

ROOM: dict[str, Any] = {"id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": {"type": "Property", "value": 21}}


def room(number: int, **more: Any) -> dict[str, Any]:
    return {**ROOM, "id": f"urn:ngsi-ld:Room:{number}", **more}


def find(user: Any) -> Context:
    """Without any call."""
    try:
        return build(user, {})
    except MissingDocument as missing:
        raise ContextNotAvailable(f"@context {missing.url} is away.") from None


def read(items: list[Any], skip: int = 0) -> list[tuple[int, Shaped]]:
    return list(documents.batches(items, find, skip))


def names(shaped: Shaped) -> list[str]:
    return [one.id.rpartition(":")[2] for one in shaped.entities]


def reasons(shaped: Shaped) -> dict[int, str]:
    return {one.row: one.reason for one in shaped.rejected}


def test_one_entity_is_a_list_of_one(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(msgspec.json.encode(ROOM))
    ((done, shaped),) = read(documents.whole(file))
    assert done == 1
    assert names(shaped) == ["1"]


def test_what_is_no_entity_is_rejected_and_the_others_stay() -> None:
    items = [
        room(1),
        5,
        {"type": "Room"},
        room(4, temperature={"type": "Property"}),
        room(5, **{"@context": "https://x.test/c"}),
        room(6),
    ]
    ((done, shaped),) = read(items)
    assert done == 6
    assert names(shaped) == ["1", "6"]
    told = reasons(shaped)
    assert list(told) == [2, 3, 4, 5]
    assert told[2] == "An entity is a JSON object; this is 5."
    assert told[3].startswith("id is missing; ")
    assert told[5] == "@context https://x.test/c is away."


def test_a_context_is_asked_for_once_however_many_entities_have_it() -> None:
    asked: list[Any] = []

    def away(user: Any) -> Context:
        asked.append(user)
        return find(user)

    items = [
        room(n, **{"@context": url}) for url in ("https://x.test/c", {"Room": "https://a.test/Room"}) for n in range(5)
    ]
    ((_, shaped),) = documents.batches(items, away)
    assert (len(shaped.rejected), len(shaped.entities), len(asked)) == (5, 5, 2)


def test_each_entity_has_its_own_context() -> None:
    first, second = {"Room": "https://a.test/Room"}, {"Room": "https://b.test/Room"}
    ((_, shaped),) = read([room(1, **{"@context": one}) for one in (first, first, second)] + [room(1)])
    assert [one.types[0] for one in shaped.entities] == [
        "https://a.test/Room", "https://a.test/Room", "https://b.test/Room",
        "https://uri.etsi.org/ngsi-ld/default-context/Room",
    ]  # fmt: skip


def test_the_core_context_needs_no_call() -> None:
    core = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
    ((_, shaped),) = read([room(1, **{"@context": [core, {"Room": "https://a.test/Room"}]})])
    assert shaped.entities[0].types == ["https://a.test/Room"]


@pytest.mark.parametrize("skip", [0, 1, documents.BATCH - 1, documents.BATCH, documents.BATCH + 1])
def test_a_load_that_goes_on_takes_the_rest_under_the_same_numbers(skip: int) -> None:
    items = [*(room(number) for number in range(documents.BATCH)), "no entity", room(documents.BATCH + 1)]
    found = read(items, skip)
    assert found[-1][0] == len(items)
    assert [name for _, shaped in found for name in names(shaped)] == [
        str(number) for number in range(skip, documents.BATCH + 2) if number != documents.BATCH
    ]
    told = {row: reason for _, shaped in found for row, reason in reasons(shaped).items()}
    assert list(told) == ([documents.BATCH + 1] if skip <= documents.BATCH else [])


def test_lines_are_entities_and_empty_ones_are_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rooms.ndjson"
    good = msgspec.json.encode(room(1)).decode()
    file.write_bytes(f"{good}\n\n{good[:-5]}\n[1\r\n{good}\r\n\r\n".encode() + b'{"id": "\xff"}\n' + good.encode())
    ((done, shaped),) = documents.batches(documents.lines(file), find)
    assert done == 8
    assert names(shaped) == ["1", "1", "1"]
    assert list(reasons(shaped)) == [3, 4, 7]
    assert all(one.startswith("the line is not JSON: ") for one in reasons(shaped).values())


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "rooms.ndjson"
    file.write_bytes(b"\n".join(msgspec.json.encode(room(number)) for number in range(3 * documents.BATCH)))
    given: list[int] = []

    def watched() -> Iterator[Any]:
        for number, item in enumerate(documents.lines(file)):
            given.append(number)
            yield item

    next(documents.batches(watched(), find))
    assert len(given) == documents.BATCH


@pytest.mark.parametrize("content", [b"", b"{", b"[1,]", b'{"a": "\xff"}', b"[" * 100_000, b"{}\n{}\n"])
def test_a_file_that_is_no_json_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.jsonld"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as found:
        documents.whole(file)
    assert found.value.detail.startswith(f"{file} is not JSON: ")
    assert found.value.detail.endswith("end its name in .ndjson where each line is an entity.")


def test_nothing_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"[]")
    assert read(documents.whole(file)) == []
    empty = tmp_path / "a.ndjson"
    empty.write_bytes(b"")
    assert list(documents.batches(documents.lines(empty), find)) == []
