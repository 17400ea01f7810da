# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two whole nodes with the same agreement by one clock: a city, and its twin that has nothing but what the agreement shows."""

import asyncio
import random
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import uvicorn

from hanze.access import agreed, keys
from hanze.access.agreed import Agreed
from hanze.ngsild.context import CORE
from hanze.node import config
from hanze.node.node import Node
from hanze.node.serve import settings
from hanze.store.base import UnitOfWork
from tests.prove.agreements import content
from tests.prove.agreements.asking import ROOT, Call
from tests.prove.agreements.content import GRANTS, HOUR, NOW, QUIET, SENTINEL, History, Names, Thing
from tests.prove.seen import Failed, Seen, check
from tests.running import folder_of, until

SUBSCRIPTIONS: dict[str, dict[str, Any]] = {
    "plain": {"entities": [{"type": "*"}]},
    "q": {"entities": [{"type": "Noise"}], "q": "db>0|peak>1000|name~=.*"},
    "watched": {"entities": [{"type": "Noise"}, {"type": "Count"}], "watchedAttributes": ["db", "cars", "name"]},
    "geo": {
        "entities": [{"type": "*"}],
        "geoQ": {"georel": "near;maxDistance==90000", "geometry": "Point", "coordinates": [4.5, 52.5]},
    },
}  # fmt: skip


PATIENCE = 60.0
"""Seconds."""


class Served:
    """One of the nodes, as the partner meets it."""

    def __init__(self, node: Node, address: str) -> None:
        self.node = node
        self.client = httpx2.Client(base_url=address, timeout=30)
        self.key = ""
        self.sent: list[tuple[str, Any]] = []
        """What came of subscriptions: which one, and the data."""
        self.live: list[str] = []
        """What came of the stream, line by line."""

    def ask(self, asked: Call) -> httpx2.Response:
        body = None if asked.body is None else msgspec.json.encode(asked.body)
        kind = {} if body is None else {"Content-Type": "application/json"}
        headers = {**kind, **dict(asked.headers), "X-API-Key": self.key}
        return self.client.request(asked.method, asked.url, content=body, headers=headers)

    def put(self, documents: list[dict[str, Any]]) -> None:
        """Anyone may write: the node is open. What is not given any more of an entity goes."""
        for one in documents:
            answer = self.client.post(ROOT + "/entityOperations/upsert", json=[one])
            assert answer.is_success, answer.text

    def load(self, id: str, type: str, attribute: str, history: History) -> None:
        def work(uow: UnitOfWork) -> None:
            template = {"type": "Property"}
            moments, values = [at for at, _ in history], [value for _, value in history]
            uow.observe("", id, [CORE.expand(type)], CORE.expand(attribute), template, moments, values)

        if history:
            self.node.store.submit(work).result()

    def agree(self, chance: Callable[[int], bytes]) -> None:
        made = Agreed(id=QUIET, grants=GRANTS, starts=NOW - HOUR, ends=NOW + 1000 * HOUR)
        self.node.store.submit(lambda work: agreed.put(work, made)).result()
        self.key, _ = self.node.store.submit(
            lambda work: keys.create(work, chance, "operator", "reader", agreement=QUIET, name="noise lab")
        ).result()
        self.node.access.forget_keys()

    def subscribe(self, url: str) -> None:
        for name, part in SUBSCRIPTIONS.items():
            shown = {"sysAttrs": True, "showChanges": True} if name == "plain" else {"format": "keyValues"}
            notification = {"endpoint": {"uri": f"{url}{name}", "accept": "application/json"}, **shown}
            body = {
                "id": f"urn:ngsi-ld:Subscription:{name}",
                "type": "Subscription",
                **part,
                "notification": notification,
            }
            call = Call("", "POST", ROOT + "/subscriptions", (), body)
            answer = self.ask(call)
            assert answer.status_code == 201, answer.text

    def follow(self) -> None:
        """Reads the stream of changes until it ends."""
        with (
            httpx2.Client(base_url=self.client.base_url, timeout=None) as client,
            client.stream("GET", "/live", headers={"X-API-Key": self.key}) as answer,
        ):
            for line in answer.iter_lines():
                self.live.append(line)


class Cities:
    """`city`: with everything; `twin`: with what the agreement shows. `names`: words of what is shown and what is hidden."""

    def __init__(self, city: Served, twin: Served, clock: "Clock", seed: int) -> None:
        self.city, self.twin, self._clock = city, twin, clock
        self._bare: dict[str, bool] = {}
        chance = random.Random(f"{seed} content")
        self.names = Names(chance)
        self._things = content.things(chance, self.names)
        self._fill(chance)

    def _fill(self, chance: random.Random) -> None:
        other = Thing(
            "urn:ngsi-ld:Noise:zqtenant", ["Noise"], True, (4.5, 52.5), {"name": (self.names.word(hidden=True), None)}
        )
        headers = {"NGSILD-Tenant": "zqother"}
        assert self.city.client.post(ROOT + "/entities", json=other.whole(), headers=headers).status_code == 201
        for one in self._things:
            for type, attribute, make in (("Noise", "db", content.loudness), ("Count", "cars", content.counted)):
                if type in one.types:
                    real, twin = make(chance)
                    self.city.load(one.id, type, attribute, real)
                    if one.visible():
                        self.twin.load(one.id, type, attribute, twin)
        for one in self._things:
            self._put([one])

    def _put(self, found: list[Thing]) -> None:
        self.city.put([one.whole() for one in found])
        for one in found:
            seen = one.shown()
            # Where there is nothing to be seen of it, as before, nothing happened.
            if seen is not None and (len(seen) > 2 or self._bare.get(one.id) is not True):
                self.twin.put([seen])
                self._bare[one.id] = len(seen) == 2

    def change(self, chance: random.Random) -> None:
        """A second passes, and things change in both."""
        self._clock.now += 1_000_000
        self._put(content.changed(chance, self.names, self._things))

    def sent(self) -> Seen:
        """What came by itself is the same for both. It is waited for the sentinel, which comes last."""
        word = next(one for one in self._things if one.id == SENTINEL).values["name"][0]
        for one in (self.city, self.twin):
            try:
                until(partial(_reached, one, word), f"the sentinel {word} comes to all", PATIENCE)
            except AssertionError as error:
                raise Failed(f"{error}; {_late(one, word)}") from None
        told = [[(name, _steady(data)) for name, data in one.sent] for one in (self.city, self.twin)]
        for name in SUBSCRIPTIONS:
            mine, theirs = ([data for which, data in of if which == name] for of in told)
            check(mine == theirs, f"subscription {name} was sent\n{mine}\nand where nothing else is\n{theirs}")
        streams = [_streamed(one) for one in (self.city, self.twin)]
        check(streams[0] == streams[1], f"the stream tells\n{streams[0]}\nand where nothing else is\n{streams[1]}")
        self._no_word(msgspec.json.encode([self.city.sent, self.city.live]).decode(), "")
        counts = {"notifications": len(self.city.sent), "messages of the stream": len(self.city.live)}
        for one in (self.city, self.twin):
            one.sent.clear()
            one.live.clear()
        return Seen(counts)

    def ask(self, asked: Call) -> Seen:
        """The answers of both are the same, and no word of what is hidden stands in it that was not asked with."""
        mine, theirs = self.city.ask(asked), self.twin.ask(asked)
        told = f"{asked.method} {asked.url} {asked.body or ''} {dict(asked.headers)}"
        check(mine.status_code < 500, f"{told} is answered {mine.status_code}: {mine.text[:300]}")
        for part, one, other in (
            ("status", mine.status_code, theirs.status_code), ("headers", _headers(mine), _headers(theirs)),
            ("body", _steady_text(mine), _steady_text(theirs)),
        ):  # fmt: skip
            check(one == other, f"{told}\nhas the {part}\n{_apart(one, other)}")
        self._no_word(mine.text + str(mine.headers), asked.text())
        return Seen({"calls": 1, f"of {asked.face}": 1, "refused" if mine.status_code >= 400 else "answered": 1})

    def _no_word(self, answer: str, asked: str) -> None:
        for word in set(HIDDEN.findall(answer)):
            check(word in asked, f"{word} stands in an answer to {asked}")


class Clock:
    """Stands, but for a second now and then."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


NUMBERS = re.compile(
    r"(?<=\"createdAt\":)\"[^\"]*\"|urn:ngsi-ld:Instance:\d+|Notification:[^\"]+|(?<=name=\"token\" value=\")[^\"]*"
    r"|(?<=data-after=\")\d+|(?<=after=)\d+|:\d{4,5}(?=/)"
)
"""What counts writes, or differs each time; and when an attribute was made, which for the twin is when it came into sight."""

HIDDEN = re.compile(r"zq(?:out|both)-\d|zqtenant|zqowner|zqcode|Zqsecret|zq[a-hjkmnp]{9}")
"""Words that stand in hidden things only."""

FRACTION = re.compile(r"-?\d+\.\d{7,}(?:e[-+]?\d+)?|-?\d\.?\d*e-\d+")
"""Numbers that come of a calculation may differ in the last digits, by the order in which values were added."""


def _rounded(found: re.Match[str]) -> str:
    value = float(found[0])
    return "0" if abs(value) < 1e-4 else f"{value:.7g}"


def _steady_text(answer: httpx2.Response) -> str:
    """Without what may differ; members of JSON have no order."""
    text = answer.text
    if "json" in answer.headers.get("content-type", "") and text:
        text = msgspec.json.encode(msgspec.json.decode(text), order="sorted").decode()
    return FRACTION.sub(_rounded, NUMBERS.sub("#", text))


def _steady(data: Any) -> str:
    return NUMBERS.sub("#", msgspec.json.encode(data).decode())


def _headers(answer: httpx2.Response) -> dict[str, str]:
    named = (
        "link",
        "location",
        "ngsild-results-count",
        "content-range",
        "content-type",
        "allow",
        "retry-after",
        "ngsild-tenant",
    )
    return {name: NUMBERS.sub("#", answer.headers[name]) for name in named if name in answer.headers}


def _apart(one: Any, other: Any) -> str:
    """The first place where two texts are not the same."""
    mine, theirs = str(one), str(other)
    at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs)))
    return f"…{mine[max(0, at - 300) : at + 300]}\nand where nothing else is\n…{theirs[max(0, at - 300) : at + 300]}"


def _reached(one: Served, word: str) -> bool:
    return not _late(one, word)


def _late(one: Served, word: str) -> list[str]:
    """By which ways a word did not come yet."""
    came = {which for which, data in [*one.sent] if word in str(data)}
    late = [name for name in SUBSCRIPTIONS if name not in came]
    return late if any(word in line for line in [*one.live]) else [*late, f"the stream, {one.live[-3:]}"]


def _streamed(one: Served) -> dict[str, Any]:
    """Of each entity what was told last, and that it is gone."""
    told: dict[str, Any] = {}
    for line in one.live:
        if line.startswith("data: {"):
            found = msgspec.json.decode(line.removeprefix("data: "))
            told |= {entity["id"]: entity for entity in found.get("entities", ())} | dict.fromkeys(
                found.get("gone", ()), "gone"
            )
    return told


@contextmanager
def _receiving(sent: list[tuple[str, Any]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent.append((self.path.strip("/"), msgspec.json.decode(body)["data"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def _serving(folder: Path, clock: Clock) -> Iterator[Served]:
    bound = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    settled = config.load(folder)
    node = Node(folder, settled, clock, open=True, address="http://havendam.example")
    server = uvicorn.Server(settings(node.app, settled.server))
    thread = threading.Thread(target=lambda: asyncio.run(server._serve([bound])), daemon=True)
    thread.start()
    until(lambda: server.started, "the node runs", 60)
    served = Served(node, address)
    try:
        yield served
    finally:
        served.client.close()
        node.live.hub.end()
        server.should_exit = True
        thread.join(30)
        bound.close()


@contextmanager
def cities(place: Path, seed: int) -> Iterator[Cities]:
    """Both, with their subscriptions and streams."""
    clock = Clock()
    with ExitStack() as stack:
        both: list[Served] = []
        for name in ("city", "twin"):
            folder = folder_of(place / name, content.CONFIG)
            both.append(stack.enter_context(_serving(folder, clock)))
        found = Cities(both[0], both[1], clock, seed)
        threads: list[threading.Thread] = []
        for one in both:
            one.agree(random.Random(f"{seed} keys").randbytes)
            one.subscribe(stack.enter_context(_receiving(one.sent)))
            threads.append(threading.Thread(target=one.follow, daemon=True))
            threads[-1].start()
            until(lambda: one.node.live.hub.figures()["streams"], "the stream begins")  # noqa: B023
        yield found
