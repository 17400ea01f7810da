# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with an account: invited, listed, given roles, let in, erased."""

from typing import Any

import msgspec

from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.errors import BadRequestData
from hanze.node.vaults import VAULTS
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.forms.field import is_mail
from hanze.web.language import languages
from hanze.web.people import giving, letters, links, own, people
from hanze.web.people.tickets import Purpose
from hanze.web.people.vaults import PEOPLE


class Invite(msgspec.Struct, frozen=True):
    """`language`: of the page that the link opens; empty: the first one of the site."""

    mail: str
    roles: list[str]
    language: str = ""


class Link(msgspec.Struct, frozen=True):
    mail: str
    language: str = ""


class Give(msgspec.Struct, frozen=True):
    mail: str
    roles: list[str]


class Person(msgspec.Struct, frozen=True):
    mail: str


class Nothing(msgspec.Struct, frozen=True):
    pass


BY = OPERATOR.name


def _invite(desk: Desk, given: Invite, progress: Progress) -> Any:
    if not is_mail(given.mail):
        raise BadRequestData(f"{given.mail!r} is no mail address; give one like name@example.org.")
    root = _root(desk, given.language)

    def work(uow: UnitOfWork) -> dict[str, Any]:
        token = giving.invite(uow, desk.random, given.mail, given.roles, BY)
        return _posted(uow, desk, root, "invitation", given.mail, token)

    return desk.store.submit(work).result()


def _link(desk: Desk, given: Link, progress: Progress) -> Any:
    root = _root(desk, given.language)

    def work(uow: UnitOfWork) -> dict[str, Any]:
        token = giving.link(uow, desk.random, given.mail, BY)
        return _posted(uow, desk, root, "sign-in", given.mail, token)

    return desk.store.submit(work).result()


def _posted(
    uow: UnitOfWork, desk: Desk, root: tuple[str, str], purpose: Purpose, mail: str, token: str
) -> dict[str, Any]:
    """The link; a mail takes it to the person where the node sends any."""
    link = links.address(*root, purpose, token)
    if desk.config.mails:
        outbox.put(uow, letters.letter(languages()[root[1]], desk.config.city.name, purpose, mail, link))
    return {"link": link, "mailed": desk.config.mails}


def _list(desk: Desk, given: Nothing, progress: Progress) -> Any:
    return people.every(desk.store.vault(PEOPLE))


def _give(desk: Desk, given: Give, progress: Progress) -> Any:
    return desk.store.submit(lambda uow: giving.give(uow, given.mail, given.roles, BY)).result()


def _reset(desk: Desk, given: Person, progress: Progress) -> Any:
    return desk.store.submit(lambda uow: giving.reset(uow, given.mail, BY)).result()


def _erase(desk: Desk, given: Person, progress: Progress) -> Any:
    def work(uow: UnitOfWork) -> people.Person:
        found = giving.known(uow, given.mail)
        own.erase(uow, found, BY, VAULTS)
        return found

    return desk.store.submit(work).result()


def _root(desk: Desk, language: str) -> tuple[str, str]:
    """Where people reach the site, and the language of the link. Errors: BadRequestData for one that the site does not have."""
    spoken = desk.config.site.languages
    if language and language not in spoken:
        raise BadRequestData(f"language is {language!r}; the site has {', '.join(spoken)}.")
    return desk.address, language or spoken[0]


INVITE = Verb(Invite, ADMINISTER, _invite)
LINK = Verb(Link, ADMINISTER, _link)
LIST = Verb(Nothing, ADMINISTER, _list)
ROLES = Verb(Give, ADMINISTER, _give)
RESET = Verb(Person, ADMINISTER, _reset)
ERASE = Verb(Person, ADMINISTER, _erase)
