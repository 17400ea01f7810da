# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges as an Atom feed, so that a reader of news shows each new one.

Source: RFC 4287.
"""

from collections.abc import Sequence
from xml.etree import ElementTree

from starlette.responses import Response

from hanze.experiments.challenges.keeping import Challenge
from hanze.ngsild import times
from hanze.web.language import mark as _
from hanze.web.room import Visit

NAMESPACE = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml; charset=utf-8"


def feed(visit: Visit, found: Sequence[Challenge]) -> Response:
    """`found`: the newest first. An entry is as new as its last version."""
    root = visit.site.address or visit.site.base
    page = f"{root}/{visit.language.code}/challenges"
    made = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": visit.language.code})
    _text(made, "title", visit.language.say(_("Challenges of %(city)s")) % {"city": visit.site.city})
    _text(made, "id", f"{page}.atom" + (f"?{visit.query}" if visit.query else ""))
    _text(made, "updated", times.text(max((one.changed for one in found), default=visit.now)))
    ElementTree.SubElement(made, "link", {"rel": "alternate", "href": page})
    author = ElementTree.SubElement(made, "author")
    _text(author, "name", visit.site.city)
    for one in found:
        _entry(made, one, f"{root}/{visit.language.code}/challenge?id={one.code}")
    return Response(ElementTree.tostring(made, "utf-8", xml_declaration=True), media_type=KIND)


def _entry(made: ElementTree.Element, one: Challenge, address: str) -> None:
    entry = ElementTree.SubElement(made, "entry", {"xml:lang": one.facts.language})
    _text(entry, "title", one.facts.name)
    _text(entry, "id", one.id)
    _text(entry, "published", times.text(one.made))
    _text(entry, "updated", times.text(one.changed))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": address})
    _text(entry, "summary", one.facts.description)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
