# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A story from a TOML file; what cannot be used is told with file, line, field and fix."""

import re
import tomllib
from pathlib import Path
from typing import NoReturn

import msgspec

from hanze import toml
from hanze.errors import ConfigurationError
from hanze.experiments.telling.checking import wrong
from hanze.experiments.telling.story import Story

_PLACE = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_FIELD = re.compile(r"(?:required|unknown) field `(?P<name>.+?)`")


def read(file: Path) -> Story:
    """Errors: ConfigurationError."""
    content = toml.text(file)
    try:
        found = msgspec.convert(tomllib.loads(content), Story)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is not TOML: {error}; mend that line.") from None
    except msgspec.ValidationError as error:
        _refuse(file, content, str(error))
    for one in wrong(found):
        raise ConfigurationError(f"{file}, line {toml.line(content, one.field)}: {one.field}: {one.told}")
    return found


def _refuse(file: Path, content: str, told: str) -> NoReturn:
    """What msgspec says of a value, with the line in which it stands, or in which its table begins."""
    place, field = _PLACE.search(told), _FIELD.search(told)
    path = "" if place is None else place["path"]
    named = ".".join(filter(None, (path, field["name"] if field else "")))
    sentence = _PLACE.sub("", told).replace("`", "")
    raise ConfigurationError(f"{file}, line {toml.line(content, named)}: {named}: {sentence}; mend that line.")
