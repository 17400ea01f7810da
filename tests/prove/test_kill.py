# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A few rounds of the proof "kill", and that its bookkeeping sees a loss."""

import pytest

from tests.prove import kill
from tests.prove.kill.book import Book, Told, Write
from tests.prove.kill.receiver import Receiver
from tests.prove.seen import Failed, total


def test_nothing_answered_is_lost() -> None:
    seen = total(kill.prove(range(4), seed=7)).counts
    assert seen["kills"] >= 4
    assert seen["answered writes"] > 50
    assert seen["notifications"] > seen["answered writes"] / 2


def batch(number: int) -> Write:
    return Write("POST", "/", None, {f"urn:x:{part}": {"level": number} for part in "ab"})


def test_half_a_batch_is_seen() -> None:
    book = Book()
    book.begin(batch(1))
    book.done(batch(1))
    book.begin(batch(2))
    assert book.settle({"urn:x:a": {"level": 1}, "urn:x:b": {"level": 1}}) == []
    book.begin(batch(2))
    assert book.settle({"urn:x:a": {"level": 2}, "urn:x:b": {"level": 2}}) == []
    book.begin(batch(3))
    assert "half a write" in book.settle({"urn:x:a": {"level": 2}, "urn:x:b": {"level": 3}})[0]


def test_a_lost_answer_is_seen() -> None:
    book = Book()
    for number in (1, 2):
        book.begin(batch(number))
        book.done(batch(number))
    assert "answered was" in book.settle({"urn:x:a": {"level": 2}, "urn:x:b": {"level": 1}})[0]
    assert "answered was" in book.settle({"urn:x:a": None, "urn:x:b": {"level": 1}})[0]


def notification(number: int, level: int) -> dict[str, object]:
    id = f"urn:ngsi-ld:Notification:t:{number}"
    data = [{"id": "urn:ngsi-ld:Thing:0-1", "type": "Thing", "level": level}]
    return {"id": id, "subscriptionId": "urn:ngsi-ld:Subscription:things", "data": data}


def test_what_does_not_come_or_comes_in_the_wrong_order_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.prove.kill.receiver.ARRIVES_WITHIN", 0.1)
    receiver = Receiver(1)
    try:
        for number, level in ((1, 5), (2, 6), (1, 5)):
            receiver.take(notification(number, level))
        assert (receiver.notifications, receiver.again) == (3, 1)
        receiver.settle({Told("things", "urn:ngsi-ld:Thing:0-1", 5), Told("things", "urn:ngsi-ld:Thing:0-1", 6)})
        with pytest.raises(Failed, match="did not come"):
            receiver.settle({Told("things", "urn:ngsi-ld:Thing:0-1", 7)})
        receiver.take(notification(3, 4))
        with pytest.raises(Failed, match="out of order"):
            receiver.settle(set())
    finally:
        receiver.close()
