# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person at a browser without JavaScript: reads what a page says, follows links, fills in forms as they stand there.

with Person(node.address) as mia:
    mia.open("/en/")
    mia.follow("Sign in")
    mia.send("Sign in", mail="mia@city.example", password="a sentence of mine")
    assert "Welcome" in mia.says
"""

import re
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx2

PATIENCE = 20.0
"""Seconds for which a page that asks to be loaded again is waited for."""

EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements of HTML that have no end."""


class Form:
    """A form as it stands in the page. `values`: what it would send as it is; `buttons`: what they say."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.action = told.get("action", "")
        self.method = told.get("method", "get")
        self.values: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        """Name of a field to its kind."""
        self.labels: dict[str, str] = {}
        """What stands at a field to its name; of a choice with its answer: "name=value"."""
        self.buttons: list[str] = []


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text: dict[int, list[str]] = {}
        self._ids: dict[str, str] = {}
        self._label_for: list[tuple[str, str, Form]] = []
        self._inside = ""

    @property
    def _form(self) -> Form | None:
        return self.forms[-1] if any(tag == "form" for tag, _ in self._open) else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told))
        if self._form is not None and "name" in told:
            self._field(self._form, tag, told)
        if tag not in EMPTY:
            self._open.append((tag, told))
            self._text[len(self._open)] = []

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", "text") if tag == "input" else tag
        form.names[name] = kind
        if "id" in told:
            self._ids[told["id"]] = name
        values = form.values.setdefault(name, [])
        if kind in ("radio", "checkbox"):
            self._inside = f"{name}={told.get('value', 'on')}"
            if "checked" in told:
                values.append(told.get("value", "on"))
        elif tag == "input" and kind != "file":
            values.append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            text = " ".join(" ".join(self._text.pop(len(self._open))).split())
            opened, told = self._open.pop()
            self._close(opened, told, text)
            if self._open:
                self._text[len(self._open)].append(text)
            if opened == tag:
                return

    def _close(self, tag: str, told: dict[str, str], text: str) -> None:
        form = self._form if tag != "form" else None
        if tag == "a" and "href" in told:
            self.links.append((text, told["href"]))
        if form is None:
            return
        if tag == "button":
            form.buttons.append(text)
        elif tag == "textarea":
            form.values[told["name"]] = [text]
        elif tag == "option" and ("selected" in told or not self._chosen(form)):
            form.values[self._select()] = [told.get("value", text)]
        elif tag == "label":
            if "for" in told:
                form.labels[text] = told["for"]
            elif self._inside:
                form.labels[text] = self._inside

    def _select(self) -> str:
        return next(told["name"] for tag, told in reversed(self._open) if tag == "select")

    def _chosen(self, form: Form) -> bool:
        return bool(form.values.get(self._select()))

    def handle_data(self, data: str) -> None:
        if any(tag in ("script", "style", "head") for tag, _ in self._open):
            return
        if self._open:
            self._text[len(self._open)].append(data)
        if data.strip():
            self.said.append(" ".join(data.split()))


class Person:
    """`address`: where the site is. `page`: the HTML before the person, `says`: what can be read of it."""

    def __init__(self, address: str, **headers: str) -> None:
        self.client = httpx2.Client(base_url=address, timeout=30, headers={"origin": address, **headers})
        self.page = ""
        self.at = ""
        self.status = 0
        self.pages: list[tuple[str, str]] = []
        """Path and text of each page that was seen."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.client.close()

    @property
    def says(self) -> str:
        return " ".join(self._read().said)

    def sees(self, *texts: str) -> None:
        """The page says each of these."""
        said = self.says
        for text in texts:
            assert text in said, f"{self.at} ({self.status}) does not say {text!r}: {said}"

    @property
    def forms(self) -> list[Form]:
        return self._read().forms

    @property
    def links(self) -> dict[str, str]:
        """What a link says to where it leads; of several that say the same the first one."""
        return dict(reversed(self._read().links))

    def _read(self) -> _Page:
        made = _Page()
        made.feed(self.page)
        made.close()
        return made

    def open(self, path: str) -> None:
        self._take(self.client.get(urljoin(self.at or "/", path)))

    def follow(self, text: str) -> None:
        """The link that says this, or the only one in which it stands."""
        links = self.links
        found = {links[text]} if text in links else {to for said, to in links.items() if text in said}
        assert len(found) == 1, f"{len(found)} links say {text!r} at {self.at}: {links}"
        self.open(found.pop())

    def send(self, button: str, files: Any = None, **answers: str | list[str]) -> None:
        """Fills in the form with this button, and presses it; what is not named stays as it is."""
        form = self._form(button)
        unknown = [name for name in answers if name not in form.names]
        assert not unknown, f"the form {button!r} at {self.at} asks for {sorted(form.names)}, not {unknown}"
        values = form.values | {name: [one] if isinstance(one, str) else one for name, one in answers.items()}
        place = urljoin(self.at, form.action or self.at)
        if form.method == "get":
            self._take(self.client.get(urlsplit(place).path, params=values))
            return
        self._take(self.client.post(place, data=values, files=files))

    def answers(self, button: str) -> dict[str, str]:
        """What the form with this button says as it is, by the names of its fields."""
        return {name: one[0] for name, one in self._form(button).values.items() if one}

    def choice(self, button: str, text: str) -> str:
        """What is sent for the answer that says this, in the form with this button."""
        return self._form(button).labels[text].partition("=")[2]

    def _form(self, button: str) -> Form:
        found = [form for form in self.forms if button in form.buttons]
        # What is only heard may follow, such as of which moment a value is.
        found = found or [form for form in self.forms if any(one.startswith(button) for one in form.buttons)]
        assert found, f"no button says {button!r} at {self.at}: {[form.buttons for form in self.forms]}\n{self.says}"
        return found[0]

    def wait(self, text: str) -> None:
        """Loads the page as often as it asks for it, until it says this."""
        end = time.monotonic() + PATIENCE
        while text not in self.says:
            assert time.monotonic() < end and self.again, f"{self.at} never said {text!r}: {self.says}"
            time.sleep(min(self.again, 0.5))
            self.open(self.at)

    def comes_to(self, path: str, text: str) -> None:
        """Opens the page again and again, until what goes on by itself has made it say this."""
        end = time.monotonic() + 3 * PATIENCE
        self.open(path)
        while text not in self.says and time.monotonic() < end:
            time.sleep(0.2)
            self.open(path)
        self.sees(text)

    def _take(self, answer: httpx2.Response) -> None:
        for _ in range(5):
            if answer.status_code not in (302, 303):
                break
            answer = self.client.get(urljoin(str(answer.url), answer.headers["location"]))
        self.status, self.page = answer.status_code, answer.text
        parts = urlsplit(str(answer.url))
        self.at = parts.path + (f"?{parts.query}" if parts.query else "")
        self.again = float(re.match(r"\d+", answer.headers.get("refresh", "0"))[0])  # type: ignore[index]
        self.pages.append((self.at, self.says))
