# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a TOML file into Structs; what is wrong is told in one sentence with file, key, value and fix."""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import fields

from hanze.errors import ConfigurationError

T = TypeVar("T", bound=Struct)


def read(file: Path, kind: type[T]) -> T:
    """The file as this Struct; ConfigurationError where it cannot be read, has an unknown key or a wrong value."""
    return parsed(file, text(file), kind)


def text(file: Path) -> str:
    """What stands in the file, its line ends as they are. Errors: ConfigurationError."""
    try:
        return file.read_bytes().decode()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read ({error.strerror}); check its name and rights.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file} is not UTF-8 text; save it as UTF-8.") from None


def parsed(file: Path, content: str, kind: type[T]) -> T:
    """This text of the file as the Struct. Errors: ConfigurationError."""
    try:
        raw = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is not TOML: {error}; mend that line.") from None
    return convert(file, raw, kind)


def line(content: str, key: str) -> int:
    """In which line of a TOML text a key stands, such as `part[0].limit`; where it does not, the line of its table."""
    found, here, last = 1, "", dict[str, int]()
    for number, text in enumerate(content.splitlines(), 1):
        if match := _TABLE.match(text):
            here = _numbered(match[2].strip(), last)
            if match[1] == "[[":
                last[here] = last.get(here, -1) + 1
                here += f"[{last[here]}]"
            name = here
        elif match := _KEY.match(text):
            name = ".".join(filter(None, (here, match[1].strip("\"'"))))
        else:
            continue
        if key == name or key.startswith((f"{name}.", f"{name}[")):
            found = number
    return found


_TABLE = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=")


def _numbered(path: str, last: Mapping[str, int]) -> str:
    """A path with the numbers of the elements that its lists are at."""
    parts = path.split(".")
    for place, part in enumerate(parts):
        before = ".".join(parts[: place + 1])
        if before in last and place + 1 < len(parts):
            parts[place] = f"{part}[{last[before]}]"
    return ".".join(parts)


def convert(file: Path, raw: dict[str, Any], kind: type[T], path: str = "") -> T:
    """A table of the file as this Struct; `path`: where it stands in the file, with a last dot."""
    known = {field.encode_name: field for field in fields(kind)}
    for key in raw:
        if key not in known:
            close = get_close_matches(key, known, 1, 0.6)
            fix = f"did you mean {path}{close[0]}?" if close else f"the keys here are {', '.join(known)}."
            raise ConfigurationError(f"{file}: there is no key {path}{key}; {fix}", key=path + key)
    for name, field in known.items():
        if field.required and name not in raw:
            raise ConfigurationError(f"{file}: {path}{name} is missing; give {_expected(field.type)}.", key=path + name)
    return kind(**{known[key].name: _value(file, value, known[key].type, path + key) for key, value in raw.items()})


def _value(file: Path, value: Any, type: Any, path: str) -> Any:
    struct = _struct(type)
    if struct is not None and isinstance(value, dict):
        return convert(file, value, struct, path + ".")
    part = _struct(_item(type))
    if part is not None and isinstance(value, list):
        return tuple(
            convert(file, item, part, f"{path}[{number}].") if isinstance(item, dict)
            else _plain(file, item, _item(type), f"{path}[{number}]", type)
            for number, item in enumerate(value)
        )  # fmt: skip
    return _plain(file, value, type, path, type)


def _plain(file: Path, value: Any, type: Any, path: str, told: Any) -> Any:
    try:
        return msgspec.convert(value, type)
    except msgspec.ValidationError:
        shown = f'"{value}"' if isinstance(value, str) else value
        raise ConfigurationError(f"{file}: {path} is {shown}; give {_expected(told)}.", key=path) from None


def _struct(kind: Any) -> type[Struct] | None:
    """The Struct that the type is, or that is one of its choices."""
    for one in _choices(kind):
        if isinstance(one, type) and issubclass(one, Struct):
            return one
    return None


def _choices(kind: Any) -> list[Any]:
    """The plain types that a type stands for: without Annotated, each part of a union."""
    if get_origin(kind) is Annotated:
        return _choices(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [one for part in get_args(kind) for one in _choices(part)]
    return [kind]


def _item(kind: Any) -> Any:
    """What the elements of a list are; the type itself where it is no list."""
    for one in _choices(kind):
        if get_origin(one) is tuple:
            return get_args(one)[0]
    return kind


def _expected(kind: Any) -> str:
    """The words that describe the type."""
    if get_origin(kind) is Annotated:
        for note in get_args(kind)[1:]:
            if isinstance(note, Meta) and note.description:
                return note.description
        return _expected(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return " or ".join(_expected(part) for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return f"a list of {_expected(get_args(kind)[0])}"
    return {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}.get(kind, "a table")
