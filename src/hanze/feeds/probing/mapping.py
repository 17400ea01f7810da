# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mapping for JSON of any shape: where the things stand, what names them, when and where they are, what they tell."""

from typing import Any

from hanze.errors import SourceFailed
from hanze.feeds.probing import attributes, identity, items, moments, names, places, topic
from hanze.feeds.probing.leaves import Leaf, leaves
from hanze.feeds.probing.moments import Written
from hanze.feeds.probing.proposal import Answer, Hints
from hanze.feeds.probing.vocabulary import Model
from hanze.feeds.shapes.shape import Part, Shape
from hanze.ngsild import times

ADVICE = "Look at what stands there, and write the mapping by hand: docs/how-to/connect-a-source.md."


class Mapped:
    """`shape`: the mapping. `notes`: what to know of it. `count`: of the things that the answer has."""

    def __init__(self, answer: Answer, document: Any, hints: Hints, name: str) -> None:
        """Errors: SourceFailed where no values are found in the answer."""
        self.notes: list[str] = []
        self.items = _items(document)
        self.count = len(self.items.things)
        found = leaves(self.items.things)
        self._note(items.part(document))
        if self.items.others:
            self._note(f"There are {self.items.others + 1} lists like {self.items.path}; only this one is taken.")
        self.shape = self._shape(answer, document, found, hints, name)

    def _shape(self, answer: Answer, document: Any, found: list[Leaf], hints: Hints, name: str) -> Shape:
        place = places.place(found)
        if place is None:
            self._note(places.elsewhere(found, document))
        readings = attributes.observed(found)
        written = moments.best(found, hints.zone, readings=readings is not None)
        if written is not None:
            written = self._zoned(found, written, hints.zone, moments.told(answer.headers, document))
        subject = topic.about(answer.url, document, found)
        model = topic.model(subject, found, [] if readings is None else [str(one) for one in set(readings.name.told)])
        type = self._type(model, answer.url)
        id = self._id(found if readings is None else attributes.beside(found, readings.name), written)
        taken = {written.moment.path} if written else set()
        rest = [leaf for leaf in found if leaf.path not in taken and not places.used(place, leaf) and leaf.path != id]
        parts = self._parts(rest, model, readings)
        self._note(attributes.without_unit(parts, model))
        if not parts and place is None:
            raise SourceFailed("The things in the answer have no values that can be attributes.", ADVICE)
        form = f"urn:ngsi-ld:{type}:{name}" + (f":{{{id}}}" if id else "")
        return Shape(type, form, self.items.path, tuple(parts), written.moment if written else None, place)

    def _zoned(self, found: list[Leaf], written: Written, zone: str, now: int | None) -> Written:
        zoned = moments.zone_of(found, written, zone, now)
        if not zoned.zoned:
            self._note(
                f"The times at {zoned.moment.path} name no zone; {zoned.moment.zone} is taken, by which the newest is "
                f"{times.text(zoned.newest)}."
            )
        return zoned

    def _type(self, model: Model | None, url: str) -> str:
        if model is not None:
            return model.type
        made = names.pascal(names.subject(url)) or "Thing"
        self._note(f"No Smart Data Model is known for it; the type {made} is made of the address.")
        return made

    def _id(self, found: list[Leaf], written: Written | None) -> str:
        """The path of what names a thing; empty where they are readings of one thing."""
        leaf = identity.best(found)
        if leaf is None and written is not None:
            leaf = identity.best(found, repeated=True)
            if leaf is not None:
                self._note(f"Several things have the same {leaf.path}; they are taken as readings of one entity.")
        if leaf is None:
            self._note(
                "Nothing names each thing; they are taken as readings of one entity."
                if written is not None or self.count == 1
                else "Nothing names each thing and no moment tells them apart; the last one wins. Give the id a path."
            )
            return ""
        if identity.content_made(leaf):
            self._note(
                f"The id is made of {leaf.path}, which changes with the content in some portals; see that it stays."
            )
        return leaf.path

    def _parts(self, rest: list[Leaf], model: Model | None, readings: attributes.Observed | None) -> list[Part]:
        if readings is not None:
            gone = {readings.name.path, readings.value.path}
            rest = [leaf for leaf in rest if leaf.path not in gone]
        parts, left = attributes.parts(rest, model)
        if left:
            self._note(f"Left out, as there are many values: {', '.join(left[:3])}{' and others' * (len(left) > 3)}.")
        if readings is None:
            return parts
        reading = Part(f"{{{readings.name.path}}}", readings.value.path, units=readings.units)
        return [reading, *(part for part in parts if part.kind != "number" and part.name in ("name", "status"))]

    def _note(self, text: str) -> None:
        if text:
            self.notes.append(text)


def _items(document: Any) -> items.Items:
    found = items.items(document)
    if found is None:
        empty = isinstance(document, list | dict) and not document
        raise SourceFailed(
            "The answer is JSON, but " + ("empty." if empty else "no list of things and no object with values."), ADVICE
        )
    return found
