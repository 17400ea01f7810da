# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the mails to who follows something say, in the person's language."""

from collections.abc import Mapping, Sequence

import msgspec
from starlette.datastructures import QueryParams

from hanze.explore import places
from hanze.explore.following.follows import Follow
from hanze.explore.measured import is_number
from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance
from hanze.web import terms
from hanze.web.drawing.words import measure
from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.room import Site, Teller

LONGEST = 300
"""Characters of one value."""

CONFIRM = _(
    "Hello,\n\nSomebody, we hope you, asked to be told what comes of this: %(name)s.\n\nIs that right? Then open this page "
    "and say yes:\n%(yes)s\n\nIf it was not you, you need not do anything: then you get no more mail about it.\n\n%(city)s\n"
)
CONFIRM_SUBJECT = _("Do you want to be told of %(name)s?")
NEWS = _(
    "Hello,\n\nThis is new since the last time.\n\n%(news)s\n\nYou get such a mail at most once a day.\n"
    "Stop all of them: %(stop)s\n\n%(city)s\n"
)
NEWS_SUBJECT = _("What is new about what you follow")
GONE = _("It is not public any more, or not there any more. You get no more mail about it.")


class News(msgspec.Struct, frozen=True):
    """What is new of one thing; `lines`: a value or a sentence each; `page`: path and parameters of its page. `gone`: it is not
    there for everyone any more."""

    follow: Follow
    name: str
    lines: tuple[str, ...] = ()
    gone: bool = False
    page: tuple[str, Mapping[str, str]] | None = None


def confirm(site: Site, language: Language, follow: Follow, name: str) -> Mail:
    given = {"name": name, "yes": link(site, follow, "follow/yes"), "city": site.city}
    return Mail(follow.mail, language.say(CONFIRM_SUBJECT) % given, language.say(CONFIRM) % given, language.code)


def news(site: Site, language: Language, found: Sequence[News]) -> Mail:
    """One mail about all that is new for one person."""
    first = found[0].follow
    stop = link(site, first, "follow/stop", all="yes")
    given = {"news": "\n\n".join(_about(site, language, one) for one in found), "stop": stop, "city": site.city}
    return Mail(first.mail, language.say(NEWS_SUBJECT), language.say(NEWS) % given, language.code, stop)


def link(site: Site, follow: Follow, path: str, **query: str) -> str:
    """An address that the person can open."""
    return f"{site.address or site.base}/{follow.language}/{path}?{QueryParams({'token': follow.token, **query})}"


def compared(
    site: Site, language: Language, follow: Follow, entity: Entity | None, tellers: Mapping[str, Teller]
) -> News | None:
    """What is new of a thing since the person was told; None where nothing is."""
    if entity is None:
        return News(follow, "", gone=True)
    since = follow.told or 0
    teller = next((tellers[type] for type in entity.types if type in tellers), None)
    if teller is not None:
        told = teller(site, language, entity, since)
        return News(follow, places.name(entity), told.lines, page=(told.path, told.query)) if told.lines else None
    lines = [
        _line(language, attribute, one)
        for attribute, instances in entity.attributes.items()
        for one in instances[:1]
        if times.parse(one["modifiedAt"]) > since
    ]
    known = tuple(line for line in lines if line)
    return News(follow, places.name(entity), known) if known else None


def _about(site: Site, language: Language, one: News) -> str:
    if one.gone:
        return language.say(GONE)
    path, query = one.page or ("data/thing", {"id": one.follow.thing})
    thing = f"{site.address or site.base}/{language.code}/{path}?{QueryParams(query)}"
    stop = language.say(_("Stop this one:")) + " " + link(site, one.follow, "follow/stop")
    return "\n".join([one.name, *(f"- {line}" for line in one.lines), thing, stop])


def _line(language: Language, attribute: str, one: Instance) -> str:
    """A value in a sentence that is not of a machine; empty where there is no way to say it."""
    quantity = terms.quantity(attribute)
    value, name = one.get("value"), language.say(quantity.name)
    if is_number(value):
        unit, factor = terms.shown(one.get("unitCode"), quantity)
        return f"{name}: {measure(language.words.number(value * factor), unit)}"
    if not isinstance(value, str) or one["type"] != "Property":
        return ""
    return f"{name}: {language.say(terms.state(attribute, value))[:LONGEST]}"
