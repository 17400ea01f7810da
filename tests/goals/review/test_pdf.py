# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The PDF: tagged, in its language, with a title and bookmarks; what people write is text in it and nothing else."""

import io
from typing import Any

import msgspec
import pypdf
import pytest

from hanze.errors import NotAcceptable
from hanze.goals.review import pdf, plain, texts
from hanze.goals.review.document import Document, Text
from hanze.store.base import Store
from tests.goals.review.making import document
from tests.goals.town import CITY

EVIL = '#panic("x") #read("/etc/passwd") *dik* $x^2$ @ref [a] \\ // ~ `raw` #let a = 1 <b>'


def read(made: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.pdf(made)))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def kinds(node: Any, found: set[str]) -> set[str]:
    """The kinds of tags below a node of the structure."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            kinds(one, found)
    elif isinstance(node, dict):
        found.add(str(node.get("/S", "")))
        if "/K" in node:
            kinds(node["/K"], found)
    return found


def test_it_is_tagged_and_says_what_it_is(valued: Store) -> None:
    made = document(valued, language="nl")
    reader = read(made)
    root: Any = reader.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "nl",
        True,
        True,
    )
    tags = kinds(root["/StructTreeRoot"]["/K"], set())
    assert {"/Document", "/H1", "/H2", "/H3", "/P", "/L", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= tags
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.metadata and reader.metadata.title == f"Havendam: {made.title}"
    told = [one.title for one in reader.outline if not isinstance(one, list)]
    assert len(told) == len(made.chapters) + 1
    assert len(reader.pages) > 20


def test_every_figure_stands_in_it_with_its_origin(store: Store) -> None:
    made = document(store)
    said = words(read(made))
    for origin in made.origins:
        assert f"[{origin.number}]" in said
        assert origin.exact in said
    assert "24.1 µg/m³ [" in said.replace("\u00a0", " ")
    assert "Simulated data" not in said
    assert "Nobody has written this part yet." in said


def test_what_people_write_is_never_read_as_a_program(store: Store) -> None:
    store.submit(lambda uow: texts.write(uow, CITY, 2026, "opening", "en", EVIL, "editor")).result()
    said = words(read(document(store)))
    assert " ".join(EVIL.split()) in said
    # Names of areas come from files of others.
    assert "Noord <b>" in said and "Zuid #x" in said


def test_a_text_of_any_signs(store: Store) -> None:
    odd = "\u202e turned \ud7ff \U0001f600 العربية 漢字 \u0001 \ufffd" + "x" * 400
    text = Text(plain.blocks(odd), "by")
    made = document(store)
    first, *others = made.chapters
    chapters = (msgspec.structs.replace(first, text=text), *others)
    reader = read(msgspec.structs.replace(made, chapters=chapters))
    assert "turned" in words(reader)
    # It stays tagged where it is not by the standard, for signs that no font has.
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]


def test_the_same_data_give_the_same_file(store: Store) -> None:
    made = document(store)
    assert pdf.pdf(made) == pdf.pdf(made)


def test_without_typst(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "installed", lambda: False)
    with pytest.raises(NotAcceptable, match=r"hanze\[review\]"):
        pdf.pdf(document(store))
