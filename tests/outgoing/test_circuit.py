# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A destination that fails is left alone, longer each time, with one trial in between."""

from hanze.outgoing.circuit import FAILURES, LONGEST, SHORTEST, Circuit


def opened() -> Circuit:
    circuit = Circuit()
    for _ in range(FAILURES):
        assert circuit.wait(0.0) == 0.0
        circuit.failed(0.0)
    return circuit


def test_stays_closed_for_single_failures() -> None:
    circuit = Circuit()
    for _ in range(100):
        circuit.failed(0.0)
        circuit.succeeded()
        assert circuit.wait(0.0) == 0.0


def test_one_trial_when_the_pause_is_over() -> None:
    circuit = opened()
    assert 0 < circuit.wait(0.0) <= SHORTEST
    assert circuit.wait(SHORTEST) == 0.0, "the trial"
    assert circuit.wait(SHORTEST) > 0.0, "nobody beside the trial"


def test_pauses_grow_to_a_limit() -> None:
    circuit, now, pauses = opened(), 0.0, []
    for _ in range(10):
        pause = circuit.wait(now)
        pauses.append(pause)
        now += pause
        assert circuit.wait(now) == 0.0
        circuit.failed(now)
    assert pauses == sorted(pauses)
    assert pauses[0] == SHORTEST
    assert pauses[-1] == LONGEST


def test_closes_after_a_success() -> None:
    circuit = opened()
    circuit.wait(SHORTEST)
    circuit.succeeded()
    assert [circuit.wait(SHORTEST) for _ in range(3)] == [0.0, 0.0, 0.0]
