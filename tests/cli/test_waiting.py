# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bar for long work: only for a person at a terminal, and only once it takes a while."""

import time

import pytest

from hanze.cli.waiting import Waiting


def shown(capsys: pytest.CaptureFixture[str], patience: float) -> str:
    with Waiting(patience) as waiting:
        for step in range(4):
            waiting.tell(step, 4, "Checking what was found")
            time.sleep(0.1)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_a_person_sees_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    told = shown(capsys, 0.05)
    assert "Checking what was found" in told and "%" in told


def test_short_work_needs_no_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "Checking" not in shown(capsys, 30)


def test_a_program_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, 0.05) == ""
