# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mapping for messages of an MQTT broker: which part of a topic names a thing and which a value."""

from collections import Counter
from typing import Any, NamedTuple

from hanze.errors import SourceFailed
from hanze.feeds.probing import attributes, identity, moments, names, places, topic
from hanze.feeds.probing.kinds_of_values import kind
from hanze.feeds.probing.leaves import Leaf, leaves
from hanze.feeds.probing.proposal import Hints, Proposal
from hanze.feeds.shapes.shape import Part, Shape
from hanze.feeds.source import Feed, Option

Document = dict[str, Any]
"""A message as a mapping sees it: topic, part and payload."""


class _Sort(NamedTuple):
    """Messages of one sort: their topics have as many parts, their payloads are all objects, or all none."""

    messages: list[Document]
    objects: bool

    @property
    def parts(self) -> list[list[str]]:
        return [message["part"] for message in self.messages]

    @property
    def varying(self) -> list[int]:
        """Which parts of the topic differ."""
        return [at for at, several in enumerate(zip(*self.parts, strict=True)) if len(set(several)) > 1]

    @property
    def filter(self) -> str:
        """What to subscribe to, to get these messages."""
        return "/".join("+" if at in self.varying else part for at, part in enumerate(self.parts[0]))


def propose(feed: Feed, heard: list[Document], hints: Hints) -> Proposal:
    """The source with a mapping and topics. Errors: SourceFailed where no message says anything that can be used."""
    usable = [
        one for one in heard if one["payload"] is not None and isinstance(one["payload"], dict | str | int | float)
    ]
    if not usable:
        raise SourceFailed(
            f"None of {len(heard)} messages is JSON or a text, such as on {heard[0]['topic']}.",
            "Listen to other topics with --set topics=…",
        )
    counted = Counter((len(one["part"]), isinstance(one["payload"], dict)) for one in usable)
    (length, objects), count = counted.most_common(1)[0]
    chosen = [one for one in usable if len(one["part"]) == length and isinstance(one["payload"], dict) == objects]
    notes: list[str] = []
    other = next((one["topic"] for one in heard if one not in chosen), None)
    if other is not None:
        notes.append(
            f"{len(heard) - count} messages are of another sort, such as on {other}; connect those on their own."
        )
    sort = _Sort(chosen, objects)
    shape = _of_objects(sort, hints, notes) if objects else _of_values(sort, notes)
    options: dict[str, Option] = {**feed.options, "topics": [sort.filter]}
    made = Feed(feed.kind, feed.url, feed.name, options=options, mapping=shape)
    return Proposal(feed.name, f"A broker of MQTT, of which {len(heard)} messages were heard.", made, notes)


def _of_values(sort: _Sort, notes: list[str]) -> Shape:
    """Each message is one value: the first part that differs names the thing, the last one the value."""
    first, last = sort.varying[:1], sort.varying[1:][-1:]
    if first and not last and first[0] < len(sort.parts[0]) - 1:
        last = [len(sort.parts[0]) - 1]
    values = Leaf("payload", ("payload",), [message["payload"] for message in sort.messages])
    words = sorted({part[last[0]] for part in sort.parts}) if last else []
    named = bool(words) and all(attributes.good(word) for word in words)
    model = topic.model(_subject(sort), [], words if named else [])
    type = _type(model.type if model else "", sort, notes)
    id = f"{{part[{first[0]}]}}" if named else "{topic}"
    name = f"{{part[{last[0]}]}}" if named else "value"
    part = Part(name, "payload", kind(values)[0])
    notes += [note] if (note := attributes.without_unit([part], model)) else []
    return Shape(type, f"urn:ngsi-ld:{type}:{id}", attribute=(part,))


def _of_objects(sort: _Sort, hints: Hints, notes: list[str]) -> Shape:
    """Each message tells several values of a thing, which its payload or its topic names."""
    found = [leaf for leaf in leaves(sort.messages) if leaf.steps[0] == "payload"]
    place = places.place(found)
    written = moments.best(found, hints.zone)
    if written is not None and not written.zoned:
        notes.append(f"The times at {written.moment.path} name no zone; {written.moment.zone} is taken.")
    leaf = identity.best(found, repeated=True)
    named = f"{{{leaf.path}}}" if leaf is not None and not sort.varying else ""
    id = named or (f"{{part[{sort.varying[0]}]}}" if len(sort.varying) == 1 else "{topic}")
    taken = {written.moment.path} if written else set[str]()
    rest = [
        one for one in found if one.path not in taken and not places.used(place, one) and named != f"{{{one.path}}}"
    ]
    model = topic.model(_subject(sort), rest, [])
    type = _type(model.type if model else "", sort, notes)
    parts, _ = attributes.parts(rest, model)
    if not parts and place is None:
        raise SourceFailed("The messages have no values that can be attributes.", "Write the mapping by hand.")
    notes += [note] if (note := attributes.without_unit(parts, model)) else []
    return Shape(
        type, f"urn:ngsi-ld:{type}:{id}", "", tuple(parts), None if written is None else written.moment, place
    )  # fmt: skip


def _subject(sort: _Sort) -> str:
    return " ".join(names.key(part) for part in dict.fromkeys(part for parts in sort.parts for part in parts))


def _type(known: str, sort: _Sort, notes: list[str]) -> str:
    if known:
        return known
    fixed = [part for at, part in enumerate(sort.parts[0]) if at not in sort.varying and names.camel(part)]
    made = names.pascal(fixed[-1]) if fixed else "Thing"
    notes.append(f"No Smart Data Model is known for it; the type {made} is made of the topic.")
    return made
