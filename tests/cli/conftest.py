# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command inside the test's own process, where no process of its own is needed, and a folder to use it on."""

import contextlib
import io
from pathlib import Path

import pytest

from hanze.cli import main
from tests.running import Ran


def said(*words: str | Path) -> Ran:
    """What the command says, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    code = ended.value.code
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())


def sentence(ran: Ran) -> str:
    """The one sentence of a command that could not do what was asked."""
    assert ran.code == 2, ran
    assert ran.err.startswith("hanze: "), ran
    assert ran.err.count("\n") == 1, ran
    text = ran.err.removeprefix("hanze: ").rstrip("\n")
    assert text.endswith((".", "?")), text
    assert "Traceback" not in text
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a new node."""
    place = tmp_path / "my-city"
    done = said("init", place)
    assert done.code == 0, done.err
    return place
