# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a room of the site offers, and what a page gets to know of its visitor."""

import os
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Literal, TypeVar

import msgspec
from markupsafe import Markup
from starlette.datastructures import FormData, QueryParams
from starlette.responses import Response

from hanze.access import Access, Principal
from hanze.compute.pool import Pool
from hanze.http.operation import Operation, tool
from hanze.ngsild.entity import Entity
from hanze.ngsild.times import Clock
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.store.vault import Vault
from hanze.web import parquet
from hanze.web.background import Background
from hanze.web.cookies import Jar
from hanze.web.forms import guard
from hanze.web.language import Language
from hanze.web.look import Look
from hanze.web.people.oidc.provider import Provider
from hanze.web.people.passkeys.challenges import Challenges
from hanze.web.people.passwords import Passwords
from hanze.web.people.people import Person
from hanze.web.people.sessions import Session
from hanze.web.people.tokens import Chance
from hanze.web.people.waiting import Callers
from hanze.web.settings import Settings

T = TypeVar("T")


class Site(msgspec.Struct, frozen=True):
    """What all pages of a node share. `base`: the path under which a proxy shows it. `background`: what lies
    under its maps. `chance`: random bytes. `vaults`: all in which something is kept, `contact`: whom people write to,
    `languages`: codes, the first for who prefers none; `look`: that of the city."""

    store: Store
    access: Access
    clock: Clock
    city: str
    zone: tzinfo
    chance: Chance
    base: str = ""
    background: Background = Background()
    address: str = ""
    """Where people reach the site, with its base, such as https://data.havendam.example: for links that are sent."""
    mails: bool = False
    """Mails are sent, or shown in a demonstration."""
    real: Clock | None = None
    """That of the machine, for what people do, where `clock` is that of a demonstration."""
    passwords: Passwords = msgspec.field(default_factory=Passwords)
    callers: Callers = msgspec.field(default_factory=Callers)
    provider: Provider | None = None
    """Of the organisation by which people sign in."""
    challenges: Challenges = msgspec.field(default_factory=lambda: Challenges(os.urandom))
    """What passkeys sign."""
    vaults: tuple[Vault, ...] = ()
    contact: str = ""
    languages: tuple[str, ...] = ("nl", "en")
    look: Look = Look()
    compute: Pool = msgspec.field(default_factory=Pool)
    """Where long calculations run."""
    parquet: bool = msgspec.field(default_factory=parquet.installed)
    """Tables can be had as Parquet."""
    settings: Settings | None = None
    """None: they cannot be changed by pages."""
    lent: tuple[Any, ...] = ()
    """What the node lends to a room, by the class that the room made for it."""
    happened: "Happened" = lambda visit, goal: ()
    """What the rooms of the site tell of a goal, the earliest first."""

    def tool(self, kind: type[T]) -> T:
        """Errors: ResourceNotFound where it was not lent."""
        return tool(self.lent, kind)


class FormKey(msgspec.Struct):
    """What a form of this visitor proves by that it is ours: the token of the session, else of a cookie of its own, which is
    only set where a page has a form (`new`)."""

    key: str
    made: Callable[[], str]
    new: bool = False

    @property
    def held(self) -> str:
        """What this browser holds in a cookie and no other does, from now on where it held none."""
        if not self.key:
            self.key, self.new = self.made(), True
        return self.key

    @property
    def token(self) -> str:
        """Another one each time, so that its length and signs tell nothing in what is sent packed (BREACH)."""
        return guard.token(self.held, self.made())


class Visit(msgspec.Struct, frozen=True):
    """One request for a page. `path`: that of the page, after the language; `format`: the ending, empty for the page itself;
    `principal`: as whom the visitor reads and writes; `person`, `session`: None where nobody is signed in. `now`: microseconds;
    `agent`: the browser as it names itself; `render`: from a template such as explore/now.html and its values to HTML."""

    site: Site
    language: Language
    path: str
    format: str
    query: QueryParams
    principal: Principal
    person: Person | None
    session: Session | None
    key: FormKey
    agent: str
    now: int
    real: int
    """By the clock of the machine, for what people do."""
    render: Callable[[str, Mapping[str, Any]], str]
    jar: Jar
    client: str
    """The address that asks, as far as the node knows it."""

    @property
    def scope(self) -> Scope:
        """What the visitor may see."""
        return self.site.access.scope(self.principal, "")

    @property
    def asker(self) -> str:
        """Whose calculations these are, for the turns of hanze.compute."""
        return self.principal.id if self.principal.id != "anyone" else self.client

    def asked(self, name: str) -> str:
        """A parameter of the address; empty where it is missing."""
        return str(self.query.get(name, ""))

    def address(self, path: str, **query: str) -> str:
        """Where a page stands in the visitor's language; parameters that are empty are left out."""
        given = str(QueryParams({name: value for name, value in query.items() if value}))
        return f"{self.site.base}/{self.language.code}/{path}" + (f"?{given}" if given else "")

    def has_role(self, roles: Collection[str]) -> bool:
        """Somebody is signed in and has one of these roles."""
        return self.person is not None and not set(roles).isdisjoint(self.person.roles)

    def may(self, page: "Page") -> bool:
        """The visitor can do what the page is for."""
        if page.roles:
            return self.has_role(page.roles)
        return not page.right or page.right in self.principal.rights

    def html(self, template: str, **values: Any) -> str:
        """Takes a while where the page holds pictures: call it in a thread."""
        return self.render(template, {"visit": self, **values})


Handler = Callable[[Visit], Awaitable[Response]]
Taker = Callable[[Visit, FormData], Awaitable[Response]]
"""What answers a page, and what takes the form that it sends."""


class Help(msgspec.Struct, frozen=True):
    """`title`: what it is about, a task; `template`: its steps, which extends web/help.html."""

    title: str
    template: str


class Page(msgspec.Struct, frozen=True):
    """A page at /LANGUAGE/path. `formats`: endings under which it gives the same as data. `menu`: what it is called in the
    menu, empty where it does not stand there; `foot`: the same below every page. `post`: takes what its form sends.
    `help`: how it is used, None where that is plain."""

    path: str
    handler: Handler
    formats: tuple[str, ...] = ()
    menu: str = ""
    post: Taker | None = None
    roles: tuple[str, ...] = ()
    """Who may open it: persons with one of these roles; empty: everyone."""
    desk: str = ""
    """What a person does there, an English text of the catalogues: it stands on My desk of those who may."""
    right: str = ""
    """What it takes (hanze.access.principal), where no roles are named; such a page refuses others itself."""
    recent: bool = False
    """Only for who came in a few minutes ago: what a stranger at an open screen should not do."""
    most: int = 1 << 20
    """Bytes of what its form may send."""
    proven: bool = False
    """Its form is taken also from elsewhere, such as from a mail program (RFC 8058): a secret in the address proves it."""
    foot: str = ""
    help: Help | None = None
    stage: str = ""
    """The stage of the loop that it opens, a key of hanze.web.shell.loop.STAGES."""


Slot = Literal["ask", "stands", "said", "beside", "below"]
"""A part of the front page: the question on top, how the city stands, sentences under it, the picture beside them, what follows."""

Front = Callable[[Visit], Mapping[Slot, Markup]]
"""What a room puts on the front page for a visitor; called in a thread of the readers."""


Near = Callable[[Visit, str, Sequence[Mapping[str, Any]]], Markup]
"""What a room tells a visitor who looks for what is near: of what was typed, and the shapes (GeoJSON) of what was found by that;
empty where it knows nothing. Called in a thread of the readers."""


class Happening(msgspec.Struct, frozen=True):
    """Something that was done for a goal, or learned on the way. `at`: microseconds; `title`: in the visitor's language."""

    kind: Literal["tried", "learned"]
    at: int
    title: str
    address: str


Happened = Callable[[Visit, int], Sequence[Happening]]
"""What a room tells of one of the 17 goals. Called in a thread of the readers."""


class Step(msgspec.Struct, frozen=True):
    """One step by which a city is set up: a page with one form. `order`: among those of all rooms, low ones first. `title` and
    `means`, what it is for, are English texts of the catalogues. `done`: the city itself shows that it is; called in a thread
    of the readers."""

    order: int
    page: Page
    title: str
    means: str
    done: Callable[[Visit], bool]


class Action(msgspec.Struct, frozen=True):
    """Something that people of a room can do with a thing of another one, such as to open a challenge on a plan; it stands on the
    page of that thing. `type`: the IRI of what it can be done with; `text`: an English text of the catalogues; `page`: where it is
    done, which is given the id of the thing as `about`."""

    type: str
    text: str
    page: Page


class Task(msgspec.Struct, frozen=True):
    """Something that waits for somebody, in the visitor's language. `late`: it should have been done by now."""

    text: str
    address: str
    late: bool = False


Tasks = Callable[[Visit], Sequence[Task]]
"""What waits for a visitor in a room, the most urgent first. Called in a thread of the readers."""


class Tidings(msgspec.Struct, frozen=True):
    """What is new of a thing, in sentences of the language, and the path and parameters of its page."""

    lines: tuple[str, ...]
    path: str
    query: Mapping[str, str]


Teller = Callable[[Site, Language, Entity, int], Tidings]
"""What a room tells by mail of one of its entities to who follows it, since a moment (microseconds); no lines where nothing is new.
Called in a thread of the readers."""


class Room(msgspec.Struct, frozen=True):
    """A room of the site; its templates stand in the package hanze.NAME. `operations`: what it offers under /v1."""

    name: str
    pages: tuple[Page, ...]
    front: Callable[[], Front] | None = None
    """Called once for a site, so that it may remember something."""
    operations: tuple[Operation, ...] = ()
    steps: tuple[Step, ...] = ()
    near: Near | None = None
    happened: Happened | None = None
    actions: tuple[Action, ...] = ()
    tasks: Tasks | None = None
    tidings: Mapping[str, Teller] = {}
    """By the IRI of a type; of others the values that changed are told."""
