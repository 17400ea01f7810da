# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node put together: store, access, contexts, API, regular work, and the socket for commands."""

import asyncio
import contextlib
import logging
import os
import random
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from hanze import __version__
from hanze.access import Access, identity, protected
from hanze.access.identity import Identity
from hanze.access.policy import demand
from hanze.access.principal import OPERATOR, OVERSEE
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts
from hanze.broker.services import Services
from hanze.broker.subscriptions.notifier import Notifier
from hanze.compute.pool import Pool
from hanze.errors import HanzeError, MethodNotAllowed, ResourceNotFound, Unavailable
from hanze.experiments.trials.looking.asked import Asked
from hanze.feeds.called import Lines
from hanze.feeds.runner import Runner
from hanze.http.reply import problem
from hanze.ngsild.checks import shown
from hanze.ngsild.context import CORE
from hanze.ngsild.times import Clock
from hanze.node import clock as clocks
from hanze.node import inbound, indicators, keeping, mails, pages, resources, sources
from hanze.node.config import Config
from hanze.node.front import Front
from hanze.node.memory import Memory
from hanze.node.metrics import Metrics
from hanze.node.policy import policy
from hanze.node.regular import Regular
from hanze.node.settings import Settings
from hanze.node.socket import Listener
from hanze.node.vaults import VAULTS
from hanze.node.verb import Desk
from hanze.outgoing import Client, Guard
from hanze.outgoing.documents import fetcher
from hanze.store import sqlite
from hanze.store.base import RetentionRule, Trimmed, UnitOfWork
from hanze.store.sqlite import sound
from hanze.web.live import Live
from hanze.web.room import Site

log = logging.getLogger("hanze.node")

API = "/ngsi-ld/v1"
UPKEEP_SECONDS = 1.0
KEPT_TURNS = 10
"""So many turns of the upkeep rows of the journal are kept at least: live streams read them, and are no consumers."""

EXPIRING_ROWS = 1000
FLUSH_SECONDS = 60.0
TIDY_SECONDS = 1.0
RETENTION_ROWS = 20_000
WRITER_SECONDS = 10
"""A write that takes longer is a sign that the disk does not answer."""

VERB_SECONDS = 900.0
"""A calculation that a command asks for may take no longer."""

SOURCES_SECONDS = 1.0
"""A file of a source that changed is seen after so long."""


class _Built(NamedTuple):
    """What the configuration makes of the site."""

    site: Site
    routes: list[BaseRoute]


class Node:
    """One node; `app` is its ASGI application."""

    def __init__(self, folder: Path, config: Config, clock: Clock, *, open: bool = False, address: str = "") -> None:
        """`address`: where others reach it, with its base path; empty where that is not known."""
        self.folder = folder
        self.config = config
        self.failure: HanzeError | None = None
        """Why it could not start."""
        self._memory = Memory()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._fast = clock if isinstance(clock, clocks.DemoClock) else None
        sleep = asyncio.sleep if self._fast is None else self._fast.sleep
        real = clock if self._fast is None else self._fast.real
        self.store = sqlite.open(folder, clock=clock, real=real, vaults=VAULTS)
        rules = policy(config, open=open)
        self.client = Client(Guard(config.outgoing.allow))
        limits = config.limits
        fetch = fetcher(self.client, seconds=limits.context_seconds, most_bytes=limits.context_bytes)
        outside = protected(self.store, rules.owned)
        self.access = Access(self.store, clock, rules, real)
        self.metrics = Metrics()
        self._damage = ""
        """What is wrong with the database, in one sentence."""
        self.notifier = Notifier(
            self.store,
            self.client,
            clock,
            self.access.scope_of,
            lambda: os.urandom(8).hex(),
            sleep,
            self.access.note_sent,
        )
        self.services = Services(
            store=outside,
            contexts=Contexts(fetch),
            access=self.access,
            clock=clock,
            limits=limits,
            root=config.server.base_path + API,
            identity=f"urn:ngsi-ld:ContextSourceIdentity:{config.city.code}",
            started=clock(),
            notifier=self.notifier,
        )
        self.live = Live(self.services)
        self._kinds = sources.kinds()
        lines = Lines(address, self.services.identity, fetch, os.urandom, real)
        self._sources = Runner(
            self.store, self.client, clock, self._kinds, config.city.code, random.random, sleep, lines
        )
        desk = Desk(folder, config, outside, self.access, clock, os.urandom, config.site.address or address, self._work)
        self._listener = Listener(desk, self.access.forget_keys)
        self._rules = [
            RetentionRule(
                rule.type and CORE.expand(rule.type), rule.attribute and CORE.expand(rule.attribute), rule.days
            )
            for rule in config.retention
        ]
        self._outbox = mails.sender(config, self.store, self.client.guard, clock)
        self._pool = Pool(config.compute.workers, config.compute.memory_bytes)
        self._settings = Settings(folder, config, self.store, self._built, self._take)
        self._open = open
        keeper = keeping.keeper(folder, outside, self.client.guard, self._kinds)
        known = indicators.known(folder, config.city.code)
        self._identity = Identity(folder)
        lent = (keeper, known, self._identity, Asked())
        self._told = (clock, VAULTS, address, real, self._pool, self._settings, lent)
        fixed: list[BaseRoute] = [Route("/health", self._health), Route("/metrics", self._metrics)]
        self._fixed = [*fixed, *self.live.routes(), inbound.route(lines, limits)]
        """Routes that stay when a page changed the settings."""
        self._site: Site | None = None
        built = self._built(config)
        self._site = built.site
        self._regular = Regular(built.site, known, config, sleep)
        base = config.server.base_path
        self._router = Router([*self._fixed, *built.routes], redirect_slashes=False)
        rest = Starlette(
            routes=[Mount(base, self._router)], lifespan=self._life, exception_handlers={HTTPException: self._refused}
        )
        rest.router.redirect_slashes = False
        self.app = Front(self.services.root + "/", NgsiLd(self.services), rest, self.metrics)

    def _built(self, config: Config) -> "_Built":
        """What people get by this configuration. Errors: ConfigurationError."""
        clock, _, address, *_, lent = self._told
        shared = pages.site_of(self.folder, config, self.store, self.access, *self._told)
        shared = pages.with_provider(shared, self.folder, config, self.client)
        if self._site is not None:
            kept = {name: getattr(self._site, name) for name in ("passwords", "callers", "challenges")}
            shared = msgspec.structs.replace(shared, **kept)
        about = resources.mount(config, address, self.store, self.access, clock, lent)
        return _Built(shared, [about, *pages.routes(shared, config)])

    async def _take(self, config: Config, built: "_Built", by: str) -> None:
        """The settings that a page wrote count from now on. What is known of those who sign in stays."""
        self.config = config
        self._router.routes = [*self._fixed, *built.routes]
        self._site = built.site
        self._regular.settle(built.site)
        self._listener.desk = msgspec.structs.replace(self._listener.desk, config=config, address=built.site.address)
        self.access.change(policy(config, open=self._open))
        await asyncio.wrap_future(self.access.declare(by))

    @contextlib.asynccontextmanager
    async def _life(self, app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        try:
            if self._fast is not None:
                await asyncio.to_thread(self._fast.start)
            await asyncio.wrap_future(self.access.declare(OPERATOR.name))
            self._identity.make()
            key = self._identity.key
            await self.store.write(lambda uow: identity.remember(uow, key, OPERATOR.name))
            await self.notifier.start()
            self.live.hub.start()
            await self._listener.open()
        except HanzeError as error:
            self.failure = error
            raise
        tasks = [
            asyncio.create_task(work())
            for work in (
                self._upkeep,
                self._flush,
                self._tidy,
                self._feed,
                self._keep_time,
                self._outbox,
                *self._regular.works(),
            )
        ]
        threading.Thread(target=self._inspect, name="inspection", daemon=True).start()
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._pool.stop()
            await self.live.hub.stop()
            await self._listener.close()
            await self._sources.stop()
            await self.notifier.stop()
            last = self.access.flush()
            if last is not None:
                await asyncio.wrap_future(last)
            self.client.close()
            if self._fast is not None:
                await asyncio.to_thread(self._fast.stop)
            self.store.close()

    def _inspect(self) -> None:
        """A database that is too large to be looked at page by page before the start is looked at beside the work."""
        try:
            if not sound.quick(self.store.path):
                sound.pages(self.store.path)
        except HanzeError as error:
            self._damage = error.detail
            log.error("%s", error.detail)

    async def _upkeep(self) -> None:
        """Every second: what expired goes, the journal is trimmed, what is past its retention goes.

        A second of the machine, also where the clock is faster: what has expired by the clock is out of every read anyway.
        """
        heads = deque([self.store.head()], KEPT_TURNS)
        while True:
            await asyncio.sleep(UPKEEP_SECONDS)
            try:
                while await self.store.write(lambda uow: uow.expire(EXPIRING_ROWS)) >= EXPIRING_ROWS:
                    pass
                trimmed = await self.store.write(partial(_trim, heads[0]))
                heads.append(self.store.head())
                self.notifier.trimmed(trimmed)
                for name in trimmed.behind:
                    log.warning("consumer %s was too far behind and lost journal rows before %d", name, trimmed.first)
                await self.store.write(lambda uow: uow.retain(self._rules, RETENTION_ROWS))
            except HanzeError as error:
                log.error("upkeep: %s", error.detail)

    async def _tidy(self) -> None:
        """Often: what large requests left in memory goes back to the system."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            await asyncio.to_thread(self._memory.tidy)

    async def _feed(self) -> None:
        """The sources go on as their files declare them, which may change at any time; as before where none can be read."""
        seen, trouble = None, ""
        while True:
            try:
                found = sources.stamp(self.folder)
                if found != seen:
                    feeds, wrong = sources.declared(self.folder, self._kinds)
                    for one in wrong:
                        log.error("%s", one.detail)
                    await self._sources.run(feeds, {Path(name).stem for name, *_ in found})
                    seen = found
                await self._sources.tell()
                trouble = ""
            except HanzeError as error:
                if error.detail != trouble:
                    log.error("sources: %s", error.detail)
                trouble = error.detail
            await asyncio.sleep(SOURCES_SECONDS)

    async def _keep_time(self) -> None:
        """Where the clock is that of a demonstration: how far it came is kept."""
        while self._fast is not None:
            await asyncio.sleep(clocks.KEEP_SECONDS)
            try:
                await asyncio.to_thread(self._fast.keep)
            except OSError as error:
                log.error("the clock cannot be kept and stands still: %s", error.strerror)

    def _work(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """For a verb, which waits in a thread of its own."""
        assert self._loop is not None
        asked = self._pool.run(function, *arguments, seconds=VERB_SECONDS, asker=OPERATOR.name)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()

    async def _flush(self) -> None:
        """Every minute: the access log goes to the store."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            self.access.flush()

    async def _health(self, request: Request) -> Response:
        """Whether the node can write, and its database is whole; no secrets. It does not wait in line with the writes."""
        writer = self.store.writer
        trouble = self._damage
        if not trouble and writer.busy() > WRITER_SECONDS:
            trouble = f"One write has taken {writer.busy():.0f} seconds so far."
        elif not trouble and writer.refused:
            try:
                await self.store.write(lambda uow: uow.touch())
            except HanzeError as error:
                trouble = error.detail
        if trouble:
            return _problem(Unavailable(trouble, version=__version__))
        return JSONResponse({"status": "up", "version": __version__, "journal": self.store.head()})

    async def _metrics(self, request: Request) -> Response:
        """For those who may oversee the node, and for its own machine."""
        # What comes by way of a proxy comes from elsewhere, also where the proxy stands on this machine.
        near = request.client is not None and request.client.host in ("127.0.0.1", "::1")
        if not near or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
            try:
                demand(self.access.principal(request.headers), OVERSEE, "")
            except HanzeError as error:
                return _problem(error)
        figures = {**self.notifier.figures(), **self.live.hub.figures(), **self._pool.figures()}
        text = self.metrics.text(self.store, figures)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    async def _refused(self, request: Request, error: Exception) -> Response:
        """What no route takes."""
        assert isinstance(error, HTTPException)
        path = request.url.path
        if error.status_code != 405:
            return _problem(
                ResourceNotFound(f"There is nothing at {shown(path)}; the API is at {self.services.root}/.")
            )
        methods = [*sorted((error.headers or {}).get("Allow", "").split(", ")), "OPTIONS"]
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join(methods)})
        return _problem(MethodNotAllowed(f"{request.method} is not offered at {shown(path)}.", methods=methods))


def _trim(upto: int, uow: UnitOfWork) -> Trimmed:
    return uow.trim(upto)


def _problem(error: HanzeError) -> Response:
    reply = problem(error)
    return Response(reply.body, reply.status, {name.decode(): value.decode() for name, value in reply.headers})
