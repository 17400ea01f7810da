# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The `hanze` command: one module per verb, imported when it is used."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from hanze import __version__
from hanze.errors import HanzeError

WRONG, OURS, INTERRUPTED = 2, 70, 130
"""Exit codes: what was asked cannot be done, an error of Hanze, Ctrl-C."""

VERBS = {
    "init": "Make the folder of a new node.",
    "serve": "Run the node of a folder.",
    "load": "Load a file: NGSI-LD JSON, CSV or Parquet.",
    "feed": "Connect live sources, and see how they are.",
    "get": "Show one entity.",
    "key": "Make, list and revoke keys.",
    "person": "Invite people to the site, give them roles.",
    "goals": "Areas and indicators of the city; scores on the SDGs.",
    "experiments": "Did a trial work? Answers from plain files.",
    "clock": "Show what time it is; let that of a demonstration run faster.",
    "backup": "Copy a node's data to one file while it runs.",
    "restore": "Put a backup in the place of a node's data.",
    "erase": "Take an entity or attribute out for good.",
    "doctor": "Check a node's folder and say what to mend.",
    "version": "Show versions.",
}


class Lazy(click.Group):
    """Finds a verb in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = import_module(f"hanze.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Lazy)
@click.version_option(__version__, prog_name="hanze")
def group() -> None:
    """Hanze: a context broker for cities that work as a network.

    \b
    hanze init my-city              make a node
    hanze serve my-city --open      run it on this laptop
    hanze load data.csv --mapping data.toml --folder my-city

    Each verb explains itself: hanze VERB --help.
    """


def main(words: Sequence[str] | None = None) -> NoReturn:
    """The entry point. Whatever goes wrong is one sentence on standard error, and an exit code that is not 0."""
    sys.exit(_run(words))


def _run(words: Sequence[str] | None) -> int:
    """The exit code. An OSError that names a file is what the system refused; any other one is an error of ours."""
    # Matrices of cities are small: several threads at one take many times longer than one, where others work too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        done = group.main(words, prog_name="hanze", standalone_mode=False)
        return done if isinstance(done, int) else 0
    except HanzeError as error:
        return _say(error.detail, WRONG)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG
    except click.ClickException as error:
        return _say(_usage(error), WRONG)
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            return _say("interrupted.", INTERRUPTED)
        return _say("nothing was done.", 1)
    except OSError as error:
        if error.filename is None:
            return _say(_details(), OURS)
        return _say(
            f"{os.fsdecode(error.filename)} cannot be used ({error.strerror}); check its name and rights.", WRONG
        )
    except Exception:
        return _say(_details(), OURS)


def _say(text: str, code: int) -> int:
    click.echo(f"hanze: {text}", err=True)
    return code


def _usage(error: click.ClickException) -> str:
    """What was typed wrong, and where to read on."""
    text = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{text}." if context is None else f"{text}; see '{context.command_path} --help'."


def _details() -> str:
    """Keeps the details of an error of ours for a report, and says where."""
    handle, place = tempfile.mkstemp(prefix="hanze-error-", suffix=".txt")
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as kept:
        kept.write(f"hanze {__version__}: {' '.join(sys.argv)}\n\n{traceback.format_exc()}")
    return f"something went wrong that is not your fault; the details are in {place}, please send them along with a report."
