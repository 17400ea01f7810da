# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command as a whole: help, exit codes, and one sentence for whatever goes wrong."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hanze import __version__
from hanze.cli import VERBS, group
from tests.cli.conftest import said, sentence
from tests.running import HANZE, begun, bound_by_rights, hanze


def test_help_names_every_verb_with_what_it_does() -> None:
    done = said("--help")
    assert done.code == 0
    for name, told in VERBS.items():
        assert re.search(rf"^  {name} +{re.escape(told)}$", done.out, re.MULTILINE)
    assert "hanze init my-city" in done.out


@pytest.mark.parametrize("name", [name for name in VERBS if name != "version"])
def test_the_help_of_a_verb_shows_an_example_that_it_understands(name: str) -> None:
    done = said(name, "--help")
    assert done.code == 0
    examples = re.findall(rf"^ +hanze ({name} .*)$", done.out, re.MULTILINE)
    assert examples
    for example in examples:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', example)]
        command, rest = group.get_command(click.Context(group), name), words[1:]
        if isinstance(command, click.Group):
            command, rest = command.commands[rest[0]], rest[1:]
        assert command is not None
        command.make_context(name, rest)  # a usage error where the example is out of date


def test_without_a_verb_it_shows_its_help() -> None:
    done = said()
    assert done.code == 2
    assert "Each verb explains itself" in done.err


def test_versions() -> None:
    assert re.fullmatch(
        rf"hanze {re.escape(__version__)}, Python 3\.\d+\.\d+, SQLite 3\.\d+\.\d+\n", said("version").out
    )
    assert __version__ in said("--version").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lod"], "No such command 'lod'"),
        (["load"], "Missing argument 'FILE'; see 'hanze load --help'."),
        (["load", "a.csv", "--agian"], "No such option '--agian'"),
        (["load", "a.csv", "b.csv"], "unexpected extra argument (b.csv); see 'hanze load --help'."),
        (["key", "create"], "Missing option '--role'"),
        (["key", "create", "--role", "king"], "'king' is not one of 'reader', 'writer', 'officer', 'admin'"),
        (["key", "mend"], "No such command 'mend'"),
        (["erase", "urn:x:1"], "Missing option '--ground'"),
        (["serve", "--port", "web"], "'web' is not a valid integer"),
        (["serve", "--port", "70000"], "70000 is not in the range 0<=x<=65535"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_one_sentence_that_says_where_to_read_on(words: list[str], told: str) -> None:
    text = sentence(said(*words))
    assert told in text
    assert "--help" in text


def test_what_the_system_refuses_is_one_sentence_with_the_file(folder: Path) -> None:
    (folder / "hanze.db").unlink()
    (folder / "hanze.db").mkdir()
    assert f"{folder / 'hanze.db'} is a folder; move it away" in sentence(said("get", "urn:x:1", "--folder", folder))
    (folder / "hanze.lock").unlink()
    (folder / "hanze.lock").mkdir()
    text = sentence(said("get", "urn:x:1", "--folder", folder))
    assert text.startswith(f"{folder / 'hanze.lock'} cannot be opened (")


BROKEN = "from hanze.cli import main, version; version.platform = None; main()"


def test_an_error_of_ours_is_one_sentence_that_says_where_the_details_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, "version"], capture_output=True, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 70
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    (details,) = tmp_path.iterdir()
    assert f"hanze: something went wrong that is not your fault; the details are in {details}, " in done.stderr
    text = details.read_text("utf-8")
    assert text.startswith(f"hanze {__version__}: -c version\n")
    assert "AttributeError" in text
    assert details.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "hanze: interrupted.\n"),
        (OSError(5, "Input/output error"), 70, "the details are in "),
    ],
)
def test_what_interrupts_a_verb(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, raised: BaseException, code: int, told: str
) -> None:
    def failing() -> str:
        raise raised

    monkeypatch.setattr("platform.python_version", failing)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = said("version")
    assert done.code == code
    assert told in done.err
    assert done.out == ""


def test_an_output_that_nobody_reads_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*HANZE, "--help"], stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 1


def test_ctrl_c_at_a_question_is_a_no(folder: Path) -> None:
    asked = begun("erase", "urn:x:1", "--ground", "test", "--folder", folder, stdin=subprocess.PIPE)
    assert asked.stdout is not None
    assert asked.stdout.read(5) == "Erase"
    asked.send_signal(signal.SIGINT)
    _, err = asked.communicate(timeout=20)
    assert asked.returncode == 1
    assert err.strip() == "hanze: nothing was done."


def test_a_no_is_no_error_and_nothing_is_done(folder: Path) -> None:
    done = hanze("erase", "urn:x:1", "--ground", "test", "--folder", folder, given="n\n")
    assert done.code == 1
    assert done.err.strip() == "hanze: nothing was done."


def test_rights_that_are_missing_are_told_with_the_name(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = hanze("init", closed / "city", preexec_fn=bound_by_rights)
    assert sentence(done) == f"{closed / 'city'} cannot be made (Permission denied); name another folder."
    file = tmp_path / "a.csv"
    file.touch(mode=0)
    mapping = tmp_path / "a.toml"
    mapping.write_text('type = "T"\nid = "urn:x:{a}"\n[[attribute]]\nname = "b"\ncolumn = "b"\n', "utf-8")
    done = hanze("load", file, "--mapping", mapping, preexec_fn=bound_by_rights)
    assert f"'{file}' is not readable" in sentence(done)
    closed.chmod(0o600)
    done = hanze("get", "urn:x:1", "--folder", closed, preexec_fn=bound_by_rights)
    assert sentence(done) == f"{closed / 'hanze.toml'} cannot be used (Permission denied); check its name and rights."
