# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form: its fields, and what came of it, with what is wrong beside each field and nothing of what was typed lost."""

from collections.abc import Iterable, Mapping

import msgspec
from starlette.datastructures import FormData, UploadFile

from hanze.web.forms.field import Field


class Filled(msgspec.Struct):
    """A form with answers. `given`: by name of the field, all that was answered; `wrong`: what is wrong, English sentences of the
    catalogues; under the empty name what is wrong with the whole."""

    form: "Form"
    given: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    files: dict[str, UploadFile] = {}

    def __getitem__(self, name: str) -> str:
        """The one answer to a field; empty where there is none."""
        return next(iter(self.given.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """The answers to a field that takes several."""
        return [one for one in self.given.get(name, ()) if one]

    @property
    def good(self) -> bool:
        return not self.wrong

    def fail(self, name: str, told: str) -> "Filled":
        """The same with one more thing wrong."""
        self.wrong[name] = told
        return self


class Form(msgspec.Struct, frozen=True):
    """Questions in their order; `send`: what its button says, an English text of the catalogues."""

    fields: tuple[Field, ...]
    send: str

    def empty(self, values: Mapping[str, str | list[str]] | None = None) -> Filled:
        """The form before it is filled in, with what is known already."""
        return Filled(self, {name: [one] if isinstance(one, str) else one for name, one in (values or {}).items()})

    def read(self, data: FormData) -> Filled:
        """The form as it came. What was not asked is passed over."""
        found = Filled(self)
        for field in self.fields:
            answers = data.getlist(field.name)
            if field.kind in ("file", "picture"):
                found.files.update((field.name, one) for one in answers if isinstance(one, UploadFile) and one.filename)
                # A picture that came before and is kept meanwhile: whether it can be used, who keeps it knows.
                found.given[field.name] = _texts(field, [one for one in answers if isinstance(one, str)])
                continue
            found.given[field.name] = texts = _texts(field, answers)
            if told := field.wrong(texts):
                found.wrong[field.name] = told
        return found


def _texts(field: Field, answers: Iterable[UploadFile | str]) -> list[str]:
    """Without space around it, which nobody means, but for passwords; line ends as everywhere; only signs that can be kept.
    Of a question that takes one answer the first counts, so that what is looked at is what is used."""
    if field.kind != "options":
        answers = list(answers)[:1]
    texts = [_kept(one).replace("\r\n", "\n") for one in answers if isinstance(one, str)]
    return texts if field.kind == "password" else [one.strip() for one in texts]


def _kept(text: str) -> str:
    """A charset that the sender names may give what is no text: half signs, and the end of a text in its middle."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")
