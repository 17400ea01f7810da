# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a folder of indicators, one TOML file each: those that Hanze brings along, or those of a city."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from hanze import toml
from hanze.errors import ConfigurationError
from hanze.goals.indicators.checking import problems
from hanze.goals.indicators.definition import Definition

EMPTY: Mapping[str, Definition] = {}


def shipped() -> dict[str, Definition]:
    """The indicators of Hanze."""
    return read(files(__package__))


def read(folder: Traversable, others: Mapping[str, Definition] = EMPTY) -> dict[str, Definition]:
    """The indicators of the folder by code, and the `others`, whose place they take where they have the same code. Errors:
    ConfigurationError with file, line, key and fix."""
    paths = [path for path in folder.iterdir() if path.name.endswith(".toml")]
    texts = {path.name: path.read_text("utf-8") for path in sorted(paths, key=lambda path: path.name)}
    read = {name: _indicator(Path(name), content) for name, content in texts.items()}
    found = dict(sorted({**others, **{one.code: one for one in read.values()}}.items()))
    for name, one in read.items():
        for key, sentence in problems(one, found):
            raise ConfigurationError(f"{name}, line {toml.line(texts[name], key)}: {key} {sentence}")
    return found


def _indicator(file: Path, content: str) -> Definition:
    try:
        one = toml.parsed(file, content, Definition)
    except ConfigurationError as error:
        if (key := error.members.get("key")) is None:
            raise
        told = error.detail.removeprefix(f"{file}: ")
        raise ConfigurationError(f"{file}, line {toml.line(content, str(key))}: {told}") from None
    if file.stem != one.code:
        raise ConfigurationError(
            f"{file}, line {toml.line(content, 'code')}: code is {one.code!r}; give the code {file.stem!r}, or rename the file."
        )
    return one
