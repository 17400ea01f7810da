# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a valid request into one that is wrong somewhere, or several times."""

import random
from collections.abc import Callable
from typing import Any

from tests.prove.hostile import odd
from tests.prove.hostile.asked import Asked, Raw

Mutation = Callable[[Asked, random.Random], Asked]


def mutated(asked: Asked, chance: random.Random) -> Asked:
    """One to four mutations."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        asked = chance.choices(MUTATIONS, WEIGHTS)[0](asked, chance)
    return asked


def _body(asked: Asked, chance: random.Random) -> Asked:
    return asked if asked.body is None else asked.but(body=_inside(asked.body, chance))


def _inside(value: Any, chance: random.Random) -> Any:
    """A change somewhere in the value, more often deep inside than at its top."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        what = chance.random()
        if what < 0.1:
            return {name: one for name, one in value.items() if name != key}
        if what < 0.25:
            return {(odd.text(chance) if name == key else name): one for name, one in value.items()}
        if what < 0.35:
            return {**value, odd.text(chance): odd.value(chance)}
        return {**value, key: _inside(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        place = chance.randrange(len(value))
        if chance.random() < 0.1:
            return value * 50
        return [*value[:place], _inside(value[place], chance), *value[place + 1 :]]
    return odd.value(chance)


def _context(asked: Asked, chance: random.Random) -> Asked:
    """An @context in the body."""
    if not isinstance(asked.body, dict):
        return asked
    user: Any = chance.choice(
        (odd.value(chance), [odd.value(chance)] * 3, {odd.text(chance): odd.value(chance)}, {"a": "b:c", "b": "a:d"},
         {f"t{n}": f"t{n + 1}:x" for n in range(400)}, [[[]]], {"@vocab": odd.text(chance)},
         {"level": {"@id": odd.value(chance)}},
         {"@base": "http://x/"}, {"@import": "http://127.0.0.1:1/"}, {f"t{n}": "http://x/" for n in range(25_000)})
    )  # fmt: skip
    return asked.but(body={**asked.body, "@context": user}, headers=(("Content-Type", "application/ld+json"),))


def _text(asked: Asked, chance: random.Random) -> Asked:
    """Bytes changed, lost, doubled or put in."""
    data = bytearray(asked.data())
    if not data:
        return asked
    place = chance.randrange(len(data))
    what = chance.randrange(6)
    if what == 0:
        del data[place:]
    elif what == 1:
        data[place] ^= 1 << chance.randrange(8)
    elif what == 2:
        data[place:place] = chance.choice(
            (b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\0", b"\xef\xbb\xbf", b"\\u", b'"', b"//", b"\xf4\x90\x80\x80")
        )
    elif what == 3:
        data += data[place:]
    elif what == 4:
        data[:0] = chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b")]}',", b" " * 5000))
    else:
        data = bytearray(chance.randbytes(chance.randrange(300)))
    return asked.but(text=bytes(data))


def _params(asked: Asked, chance: random.Random) -> Asked:
    params = list(asked.params)
    what = chance.random()
    if params and what < 0.5:
        place = chance.randrange(len(params))
        params[place] = (params[place][0], _param(params[place][0], chance))
    elif params and what < 0.6:
        params.append(chance.choice(params))
    elif what < 0.63:
        params += [("attrs", "a")] * chance.choice((50, 120))
    else:
        name = chance.choice(odd.PARAMETERS)
        params.append((name, _param(name, chance)))
    return asked.but(params=tuple(params))


def _param(name: str, chance: random.Random) -> str:
    if name in ("q", "csf", "scopeQ", "type") and chance.random() < 0.7:
        return chance.choice(odd.QUERIES)
    if name == "idPattern" and chance.random() < 0.8:
        return chance.choice(odd.PATTERNS)
    return odd.text(chance)


def _header(asked: Asked, chance: random.Random) -> Asked:
    name, value = chance.choice(odd.HEADERS)
    kept = tuple(pair for pair in asked.headers if pair[0] != name or chance.random() < 0.2)
    return asked.but(headers=(*kept, (name, value)))


def _method(asked: Asked, chance: random.Random) -> Asked:
    return asked.but(method=chance.choice(odd.METHODS))


def _path(asked: Asked, chance: random.Random) -> Asked:
    parts = asked.path.split("/")
    place = chance.randrange(1, len(parts))
    parts[place] = chance.choice(
        ("", ".", "..", "%2e%2e", "%2F", "%00", "%ff", "%zz", "%0d%0a", "a" * 3000, "urn:ngsi-ld:Room:1", "attrs",
        "level", "@context",
         "urn:ngsi-ld:%C3%A9:1", "%F0%9F%92%A9", ";x=1", "*", "'", "http:%2F%2Fx%2Fy",
         "urn:ngsi-ld:Instance:99999999999999999999")
    )  # fmt: skip
    return asked.but(path="/".join(parts) + chance.choice(("", "", "", "/", "//", "/attrs", "/x/y/z")))


def _whole(asked: Asked, chance: random.Random) -> Asked:
    """Another body altogether."""
    return asked.but(body=chance.choice((odd.value(chance), [odd.value(chance)] * 20, Raw(""), [asked.body] * 30)))


MUTATIONS: tuple[Mutation, ...] = (_body, _params, _text, _header, _path, _context, _whole, _method)
WEIGHTS = (40, 20, 10, 8, 6, 6, 5, 4)
