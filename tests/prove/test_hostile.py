# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Three hundred rounds of the proof "hostile", and that its judge sees what is wrong."""

import pytest

from tests.prove import hostile
from tests.prove.hostile.judge import judge
from tests.prove.seen import Failed, total
from tests.prove.wire import Answer

PROBLEM = {"content-type": "application/problem+json"}
GOOD = b'{"type":"https://x.example/y","title":"T","status":400,"detail":"a is 1; give 2."}'


def test_hostile_requests() -> None:
    seen = total(hostile.prove(range(300), seed=7))
    assert seen.counts["requests"] > 250
    assert seen.counts["refused"] > seen.counts["taken"] > 30
    for kind in ("tricks with the protocol", "hostile contexts", "addresses of the inside", "bombs"):
        assert seen.counts.get(kind, 0) > 0, kind
    for kind in ("tricks with the protocol", "hostile contexts", "addresses of the inside", "bombs"):
        assert seen.counts[kind] > 3


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, PROBLEM, GOOD),
        Answer(503, PROBLEM, GOOD),
        Answer(400, {"content-type": "text/plain"}, b"no"),
        Answer(400, PROBLEM, GOOD.replace(b"400", b"404")),
        Answer(400, PROBLEM, GOOD.replace(b"give 2.", b"give 2")),
        Answer(400, PROBLEM, b'{"detail":"x."}'),
        Answer(400, PROBLEM, b"{"),
        Answer(200, {"content-type": "application/json"}, b"[NaN]"),
        Answer(411, {}, b"length"),
    ],
)
def test_a_bad_answer_is_seen(answer: Answer) -> None:
    with pytest.raises(Failed):
        judge(answer, "a request")


def test_good_answers_pass() -> None:
    assert judge(Answer(400, PROBLEM, GOOD), "a request") == "refused"
    assert judge(Answer(411, {}, b""), "a request") == "refused"
    assert judge(Answer(200, {"content-type": "application/json"}, b"[1]"), "a request") == "taken"
