# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about a new source: its address first, then its name, who gives it, and how often to look. Pure."""

import re
from urllib.parse import urlsplit

import msgspec

from hanze.explore.connecting.candidates import Asked
from hanze.feeds import options
from hanze.feeds.kinds.mqtt import SCHEMES
from hanze.feeds.source import Feed, Option
from hanze.outgoing import url as urls
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")

MINUTE = 60


def _address(typed: str) -> str:
    try:
        good = urlsplit(typed).scheme in (*urls.WEB, *SCHEMES) and bool(urlsplit(typed).hostname)
    except ValueError:
        good = False
    return "" if good else _("This is no address. Write it like https://example.org/parking.json.")


def _name(typed: str) -> str:
    good = _NAME.fullmatch(typed)
    return "" if good else _("Use small letters, digits and hyphens only, such as air.")


def _minutes(typed: str) -> str:
    good = re.fullmatch(r"[1-9]\d{0,4}", typed)
    return "" if good else _("This is no number of minutes. Write digits, such as 10.")


def _settings(typed: str) -> str:
    try:
        parsed(typed)
    except ValueError:
        return _("Write each on a line of its own, with = between name and value, such as stations=NL10636,NL49012.")
    return ""


ADDRESS = Field(
    name="url", label=_("Address of the data"), longest=2000, checks=(_address,),
    help=_("Of a file or an interface on the web, such as https://example.org/parking.json, or of an MQTT broker."),
)  # fmt: skip


def first(kinds: list[str]) -> Form:
    """Which address; `kinds`: of sources that there are."""
    fields = (
        ADDRESS,
        Field(
            name="kind", label=_("Kind of source"), kind="choice", required=False,
            choices=tuple(Choice(one, one) for one in kinds), help=_("Leave it empty: we find it out."),
        ),
        Field(
            name="options", label=_("Settings that this kind needs"), kind="area", required=False, longest=4000,
            checks=(_settings,), help=_("One on each line, such as stations=NL10636,NL49012."),
        ),
    )  # fmt: skip
    return Form(fields, _("Look what is there"))


def parsed(text: str) -> dict[str, Option]:
    """Errors: ValueError."""
    return dict(options.read(line.strip()) for line in text.splitlines() if line.strip())


def asked(filled: Filled) -> Asked:
    return Asked(filled["url"], filled["kind"], parsed(filled["options"]))


ADD = Form(
    (
        Field(
            name="name", label=_("Name of the source"), longest=48, checks=(_name,),
            help=_("It stands on the page of the sources: small letters, digits and hyphens."),
        ),
        Field(name="provider", label=_("Who gives these data"), required=False, longest=200),
        Field(
            name="licence", label=_("Address of their licence"), required=False, longest=500,
            help=_("Such as https://creativecommons.org/licenses/by/4.0/. Ask who gives the data, if you do not know."),
        ),
        Field(
            name="minutes", label=_("Minutes from one look to the next"), kind="number", required=False,
            checks=(_minutes,), help=_("Leave it empty: as often as is usual for this kind."),
        ),
    ),
    _("Add this source"),
)  # fmt: skip


def known(feed: Feed) -> dict[str, str]:
    """What the form says at first."""
    minutes = "" if feed.every is None else str(max(1, round(feed.every / MINUTE)))
    return {"name": feed.name, "provider": feed.provider, "licence": feed.licence, "minutes": minutes}


def completed(feed: Feed, filled: Filled) -> Feed:
    """The feed as the form says. What says the same keeps its seconds."""
    every = feed.every
    if filled["minutes"] != known(feed)["minutes"]:
        every = float(filled["minutes"]) * MINUTE if filled["minutes"] else None
    return msgspec.structs.replace(
        feed, name=filled["name"], provider=filled["provider"], licence=filled["licence"], every=every
    )
