# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: what can be used, what is told beside which field, and that nothing typed is lost."""

import io

import pytest
from starlette.datastructures import FormData, UploadFile

from hanze.web.forms import Choice, Field, Form, picture

FORM = Form(
    (
        Field(name="name", label="Name", longest=10),
        Field(name="mail", label="Mail", kind="mail", required=False),
        Field(name="colour", label="Colour", kind="choice", choices=(Choice("r", "Red"), Choice("b", "Blue"))),
        Field(name="days", label="Days", kind="options", required=False, choices=(Choice("1", "Monday"), Choice("2", "T"))),
        Field(name="secret", label="Secret", kind="password", required=False),
        Field(name="even", label="Even", required=False, checks=(lambda text: "" if len(text) % 2 == 0 else "Odd.",)),
        Field(name="yes", label="Yes", kind="tick"),
    ),
    "Send",
)  # fmt: skip
GOOD = [
    ("name", " Anne "),
    ("mail", "a@b.nl"),
    ("colour", "r"),
    ("days", "1"),
    ("days", "2"),
    ("secret", " x "),
    ("yes", "yes"),
]


def data(*pairs: tuple[str, str]) -> FormData:
    return FormData([*pairs])


def test_what_came_without_the_space_around_it() -> None:
    found = FORM.read(data(*GOOD))
    assert found.good
    assert (found["name"], found["mail"], found["colour"], found.all("days")) == ("Anne", "a@b.nl", "r", ["1", "2"])
    assert found["secret"] == " x "
    assert found["nothing"] == "" and found["even"] == ""


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("name", "", "Fill this in."), ("name", "   ", "Fill this in."), ("name", "x" * 11, "This is too long. Make it shorter."),
        ("mail", "a", "This is no mail address. Write it like name@example.org."),
        ("mail", "a@b", "This is no mail address. Write it like name@example.org."),
        ("mail", "a b@c.nl", "This is no mail address. Write it like name@example.org."),
        ("mail", "a@b@c.nl", "This is no mail address. Write it like name@example.org."),
        ("colour", "green", "Choose one of the answers."), ("colour", "", "Choose one of the answers."),
        ("days", "3", "Choose one of the answers."), ("even", "abc", "Odd."), ("yes", "", "Tick this box to go on."),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_the_field_and_the_rest_stays(name: str, value: str, told: str) -> None:
    found = FORM.read(data(*((key, one) for key, one in GOOD if key != name), (name, value)))
    assert found.wrong == {name: told}
    assert found[name] == value.strip()
    assert all(found[key] for key, _ in GOOD if key != name)


def test_one_answer_is_looked_at_and_the_same_one_is_used() -> None:
    """A second answer to a question that takes one is no way around what is checked."""
    pairs = [one for one in GOOD if one[0] != "mail"]
    found = FORM.read(data(*pairs, ("mail", "a@b.nl"), ("mail", "rubbish"), ("mail", "")))
    assert found.good and found["mail"] == "a@b.nl" and found.all("mail") == ["a@b.nl"]
    assert not FORM.read(data(*pairs, ("mail", "rubbish"), ("mail", "a@b.nl"))).good
    empty = FORM.read(data(*(one for one in GOOD if one[0] != "name"), ("name", ""), ("name", "Anne")))
    assert empty.wrong == {"name": "Fill this in."} and empty["name"] == ""


def test_what_no_text_can_hold_is_replaced() -> None:
    found = FORM.read(data(*(one for one in GOOD if one[0] != "name"), ("name", "a\ud800b\0c")))
    assert found["name"] == "a?b\ufffdc"


def test_what_was_not_asked_is_passed_over() -> None:
    found = FORM.read(data(*GOOD, ("admin", "yes")))
    assert found.good and "admin" not in found.given


def test_a_picture_is_a_file_with_words_and_one_that_is_kept_stays() -> None:
    form = Form((*picture("photo", "Photo"), *picture("more", "More", required=False)), "Send")
    assert [(one.name, one.kind, one.required) for one in form.fields] == [
        ("photo", "picture", True),
        ("photo-alt", "text", True),
        ("more", "picture", False),
        ("more-alt", "text", False),
    ]
    file, empty = UploadFile(io.BytesIO(b"x"), filename="a.jpg"), UploadFile(io.BytesIO(), filename="")
    found = form.read(FormData([("photo", "kept"), ("photo", file), ("photo-alt", "A quay"), ("more", empty)]))
    assert found.good and found.files == {"photo": file} and (found["photo"], found["more"]) == ("kept", "")
    assert "photo-alt" in form.read(FormData([("photo", file)])).wrong
