# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options of a source as a person writes them, KEY=VALUE each, and back. Pure."""

from hanze.feeds.source import Option


def read(text: str) -> tuple[str, Option]:
    """Key and value: yes or no, a number, a list where there are commas (also after one value alone), else a text.

    Errors: ValueError where it is not KEY=VALUE.
    """
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise ValueError(f"{text} has no =; give KEY=VALUE, such as stations=NL10636,NL49012")
    if value in ("true", "false"):
        return key, value == "true"
    for kind in (int, float):
        try:
            return key, kind(value)
        except ValueError:
            continue
    return key, value.rstrip(",").split(",") if "," in value else value
