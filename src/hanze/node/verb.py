# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs: what the command line asks of a node, run inside the running node or by the command itself where none runs.

A verb is a plain function of a desk (store, access, configuration), its arguments and a way to tell how far it is. To
add one: write it in a module of `hanze.node.verbs`, make a `Verb` of it and name it in `VERBS`.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from hanze.access import Access
from hanze.access.keys import Random
from hanze.access.policy import demand
from hanze.access.principal import Principal
from hanze.errors import BadRequestData
from hanze.ngsild.times import Clock
from hanze.node.config import Config
from hanze.store.base import Store

Work = Callable[..., Any]
"""Gives what a function of a module returns for arguments that can be pickled; it may take long."""

Progress = Callable[[Any], None]
"""Takes a small value (numbers, texts, lists, mappings) that says how far a verb is."""


def here(function: Callable[..., Any], *arguments: Any) -> Any:
    """In this process: for a command that no node runs beside."""
    return function(*arguments)


class Desk(msgspec.Struct, frozen=True):
    """What a verb may use. `store` refuses to write types that a room owns. `address`: where people reach the site, with its
    base path. `work`: does what takes more than a moment, in a worker process where the node goes on serving."""

    folder: Path
    config: Config
    store: Store
    access: Access
    clock: Clock
    random: Random
    address: str = ""
    work: Work = here


class Verb(msgspec.Struct, frozen=True):
    """`run(desk, arguments, progress)` may block and gives a value of plain parts or Structs; `right`: what it takes."""

    arguments: type[msgspec.Struct]
    right: str
    run: Callable[[Desk, Any, Progress], Any]


VERBS = {
    "clock.show": "hanze.node.verbs.clock:SHOW",
    "clock.set": "hanze.node.verbs.clock:SET",
    "key.create": "hanze.node.verbs.keys:CREATE",
    "key.list": "hanze.node.verbs.keys:LIST",
    "key.renew": "hanze.node.verbs.keys:RENEW",
    "key.revoke": "hanze.node.verbs.keys:REVOKE",
    "backup": "hanze.node.verbs.backup:BACKUP",
    "erase": "hanze.node.verbs.erase:ERASE",
    "get": "hanze.node.verbs.get:GET",
    "feed.add": "hanze.node.verbs.feeds:ADD",
    "feed.list": "hanze.node.verbs.feeds:LIST",
    "feed.pause": "hanze.node.verbs.feeds:PAUSE",
    "feed.remove": "hanze.node.verbs.feeds:REMOVE",
    "goals.areas": "hanze.node.verbs.goals:AREAS",
    "goals.land": "hanze.node.verbs.goals:LAND",
    "goals.plan": "hanze.node.verbs.planning:DRAW",
    "goals.enter": "hanze.node.verbs.entering:ENTER",
    "goals.target": "hanze.node.verbs.journey:TARGET",
    "goals.question": "hanze.node.verbs.journey:QUESTION",
    "goals.answers": "hanze.node.verbs.journey:ANSWERS",
    "goals.values": "hanze.node.verbs.goals:VALUES",
    "goals.check": "hanze.node.verbs.goals:CHECK",
    "goals.scores": "hanze.node.verbs.scoring:SCORES",
    "goals.scores.check": "hanze.node.verbs.scoring:CHECK",
    "goals.review": "hanze.node.verbs.review:REVIEW",
    "experiments.verify": "hanze.node.verbs.trials:VERIFY",
    "experiments.tell": "hanze.node.verbs.telling:VERB",
    "experiments.tell.after": "hanze.node.verbs.telling:AFTER",
    "load.begin": "hanze.node.verbs.load:BEGIN",
    "load.part": "hanze.node.verbs.load:PART",
    "person.invite": "hanze.node.verbs.people:INVITE",
    "person.link": "hanze.node.verbs.people:LINK",
    "person.list": "hanze.node.verbs.people:LIST",
    "person.roles": "hanze.node.verbs.people:ROLES",
    "person.reset": "hanze.node.verbs.people:RESET",
    "person.erase": "hanze.node.verbs.people:ERASE",
    "log.reads": "hanze.node.verbs.logs:READS",
    "log.audit": "hanze.node.verbs.logs:AUDIT",
}
"""Name to where the Verb stands; imported on use, so that a command only loads what it needs."""


def find(name: str) -> Verb:
    """The verb of this name; BadRequestData where there is none."""
    place = VERBS.get(name)
    if place is None:
        raise BadRequestData(f"There is no verb {name!r}; the command and the node may be of different versions.")
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Verb)
    return found


def perform(desk: Desk, principal: Principal, name: str, arguments: Any, progress: Progress) -> Any:
    """Runs a verb for a principal and gives its result as plain parts; errors are those of `hanze.errors`."""
    verb = find(name)
    demand(principal, verb.right)
    try:
        given = msgspec.convert(arguments, type=verb.arguments)
    except msgspec.ValidationError as error:
        raise BadRequestData(f"Verb {name!r} was given wrong arguments: {error}.") from None
    return msgspec.to_builtins(verb.run(desk, given, progress), builtin_types=(bytes,))
