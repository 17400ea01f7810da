# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a folder of indicators, one TOML file each: those that Hanze brings along, or those of a city."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from hanze.errors import ConfigurationError
from hanze.goals.indicators.checking import checked
from hanze.goals.indicators.definition import Definition


def shipped() -> dict[str, Definition]:
    """The indicators of Hanze."""
    return read(files(__package__))


def read(folder: Traversable) -> dict[str, Definition]:
    """The indicators of the folder by code, in their order. Errors: ConfigurationError with file, key and fix."""
    each = (_indicator(path) for path in folder.iterdir() if path.name.endswith(".toml"))
    found = {one.code: one for one in sorted(each, key=lambda one: one.code)}
    for one in found.values():
        checked(one, found)
    return found


def _indicator(file: Traversable) -> Definition:
    try:
        one = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Definition)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file.name} is not TOML: {error}; mend that line.") from None
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{file.name}: {error}; mend that value.") from None
    if file.name != f"{one.code}.toml":
        raise ConfigurationError(
            f"{file.name}: code is {one.code!r}; give the code {file.name[:-5]!r}, or rename the file."
        )
    return one
