# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads large XML record by record: no more than one record is held, and there are no entities to expand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from hanze.errors import SourceFailed
from hanze.errors import mark as _

MOST_RECORD = 1 << 20
"""Bytes of one record, and of one tag."""

DEEPEST = 100
"""Elements within each other."""

ADVICE = _("See whether the URL is the right one; where it is, tell the keeper of the source.")


Unwanted = Callable[[str, Mapping[str, str]], bool]
"""From the name and the attributes of a record's own tag, or of one right in it: the record is of no use."""


def records(parts: Iterable[bytes], names: frozenset[str], unwanted: Unwanted | None = None) -> Iterator[Element]:
    """Each element with one of these names, whole; names of elements and attributes without their prefix.

    A record that is unwanted is passed over, which takes a third of the time of building it.
    Errors: SourceFailed where it is no XML, has a DOCTYPE, ends too early or is too deep; what came before was given.
    """
    reader = _Reader(names, unwanted)
    for part in parts:
        yield from reader.read(part)
    yield from reader.read(b"", last=True)


class _Reader:
    """Passes over what is outside of the records; builds each record as a small tree."""

    def __init__(self, names: frozenset[str], unwanted: Unwanted | None) -> None:
        self._names = names
        self._unwanted = unwanted
        self._tag = ""
        self._ready: list[Element] = []
        self._builder = TreeBuilder()
        self._outside = self._inside = 0
        self._began = self._fed = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _doctype
        self._pass_over()

    def read(self, part: bytes, last: bool = False) -> list[Element]:
        """The records that are whole now."""
        self._fed += len(part)
        try:
            self._parser.Parse(part, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise SourceFailed(f"What the source gave is not XML: {error}.", ADVICE) from None
        # What the parser holds back is the beginning of a tag; a record under way counts from its beginning.
        began = self._began if self._inside else self._parser.CurrentByteIndex
        if self._fed - began > MOST_RECORD + len(part):
            raise SourceFailed(f"A part of the XML has more than {MOST_RECORD} bytes.", ADVICE)
        ready, self._ready = self._ready, []
        return ready

    def _pass_over(self) -> None:
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._end_outside
        self._parser.CharacterDataHandler = None

    def _build(self, tag: str) -> None:
        self._tag = tag
        self._builder = TreeBuilder()
        self._began = self._parser.CurrentByteIndex
        self._parser.StartElementHandler = self._start_inside
        self._parser.EndElementHandler = self._end_inside
        self._parser.CharacterDataHandler = self._builder.data

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) in self._names:
            self._build(tag)
            self._start_inside(tag, attributes)
        else:
            self._outside += 1
            self._check()

    def _end_outside(self, tag: str) -> None:
        self._outside -= 1

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside += 1
        self._check()
        if attributes:
            attributes = {_local(name): value for name, value in attributes.items()}
        name = _local(tag)
        if self._inside <= 2 and self._unwanted is not None and self._unwanted(name, attributes):
            self._drop()
        else:
            self._builder.start(name, attributes)

    def _drop(self) -> None:
        self._parser.StartElementHandler = None
        self._parser.EndElementHandler = self._end_dropped
        self._parser.CharacterDataHandler = None

    def _end_dropped(self, tag: str) -> None:
        # Records do not stand within each other, so that the next end of this name is that of the record.
        if tag == self._tag:
            self._inside = 0
            self._pass_over()

    def _end_inside(self, tag: str) -> None:
        self._inside -= 1
        self._builder.end(_local(tag))
        if not self._inside:
            self._ready.append(self._builder.close())
            self._pass_over()

    def _check(self) -> None:
        if self._outside + self._inside > DEEPEST:
            raise SourceFailed(f"The XML is nested more than {DEEPEST} elements deep.", ADVICE)


def text(element: Element) -> str:
    """All text within an element, without white space around it."""
    return "".join(element.itertext()).strip()


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _doctype(*_: object) -> None:
    raise SourceFailed("The XML has a DOCTYPE, which is not read for safety.", ADVICE)
