# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values, names, texts and headers that nobody sends who means well."""

import random
from typing import Any

from tests.prove.hostile.asked import Raw, Twice

LONG = 20_000
NULLS = "urn:ngsi-ld:null"

NUMBERS: tuple[Any, ...] = (
    0, -1, Raw("-0"), 1 << 31, 1 << 53, (1 << 63) - 1, 1 << 63, -(1 << 63) - 1, 1 << 64, 10**30, 1e308, -1e308, 5e-324,
    Raw("1e999"), Raw("-1e999"), Raw("1e-999"), Raw("NaN"), Raw("Infinity"), Raw("-Infinity"), Raw("01"), Raw("1."),
    Raw(".5"),
    Raw("0x10"), Raw("9" * 4299), Raw("9" * 10_000), Raw("1" + "0" * 10_000 + ".5"), Raw("0." + "1" * 10_000),
    Raw("1e" + "9" * 400),
)  # fmt: skip

TEXTS: tuple[str, ...] = (
    "", " ", "\0", "a\0b", "\r\n", "\t", "\x1b[31m", "\x7f", "\u2028", "\u202e", "\ufeff", "\uffff", "é" * 50,
    "e" + "\u0301" * 500,
    "\U0001f3f4", "x" * LONG, NULLS, "@none", "@id", "@type", "@context", "@vocab", "@value", "id", "type", "__proto__",
    "null", "true",
    "../../etc/passwd", "%00", "%0d%0aX: y", "%", "%zz", "'; DROP TABLE entity; --", "\" OR 1=1",
    "${jndi:ldap://127.0.0.1/a}",
    "<script>alert(1)</script>", "{{7*7}}", "http://127.0.0.1/", "http://[::1", "http://exa mple/", "urn:", ":",
    "urn:x:" + "y" * 3000,
    "2026-01-01T00:00:00Z", "2026-13-45T99:99:99Z", "9999-12-31T23:59:59.999999999Z", "0000-00-00T00:00:00Z",
    "-1000-01-01T00:00:00Z",
    "2026-01-01", "P1Y2M3DT4H", "PT0S", "P99999999999Y", "-P1D", "P", "PT" + "9" * 400 + "S", "(", ")", "(" * 500,
    "((((a))))", "a|b;c,d",
    "1" * 5000, "-0", "1e999", "NaN", ",", ",,,", ";", "|", "..", "a..b", "a[b", "a]b", "a[b.c[d]]", "a{b{c{d}}}",
    "{" * 200, "[" * 3000,
)  # fmt: skip

PATTERNS: tuple[str, ...] = (
    "(a+)+$", "(a|a)*$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(.*)*" * 20, "(?:a{0,1000}){0,1000}",
    "a{1000}{1000}",
    "((((((((((a{100}){100}){100}))))))))", "[", "(?<=a)b", "(?P<n>a)(?P=n)", "\\", "\\C", "(?i)" * 500, "." * 999,
    "(" * 999, "\\pL{1000}",
)  # fmt: skip

QUERIES: tuple[str, ...] = (
    "(" * 5000 + "a" + ")" * 5000, "a==1;" * 2000 + "a==1", "|".join(f"a{n}==1" for n in range(250)), "a" * 9000,
    'a~="(a+)+$"', "a~=(x+x+)+y",
    "a==1..", "a==..", "a==1,2,,3", 'a=="', 'a=="\\"', "a[", "a[b", "a.b.c.d.e.f.g.h.i.j==1", "a{b{c{d{e==1}}}}", "!a",
    "a=", "=1", "a==b==c",
    "a==9999999999999999999999", "a==1e999", "a==NaN", 'a=="\0"', "a==2026-01-01T00:00:00Z..2025-01-01T00:00:00Z",
    "a==99:99:99Z", "a;;b", "a||b",
    "(a==1", "a==1)", "a<true", 'a<"x"', "a~=1", "observedAt>1", "id==urn:x:1", "type==Room", "@context==1",
    "a==%22x%22", "a[0]==1", "a[*]==1",
)  # fmt: skip

HEADERS: tuple[tuple[str, str], ...] = (
    ("Accept", "text/html"), ("Accept", "*/*;q=0"), ("Accept", ";;;,,,"), ("Accept", "application/json;q=NaN"),
    ("Accept", "a" * 9000),
    ("Accept", "application/json;q=1e999"), ("Accept", ",".join(["application/ld+json;q=0.1"] * 900)), ("Content-Type",
    "text/plain"),
    ("Content-Type", ""), ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "application/ld+json"),
    ("Content-Type", "application/merge-patch+json"), ("NGSILD-Tenant", "../../x"), ("NGSILD-Tenant", "a" * 129),
    ("NGSILD-Tenant", "é"),
    ("NGSILD-Tenant", "nobody"), ("NGSILD-Tenant", "t1"), ("Link", "<>"), ("Link", "<" * 9000), ("Link", "<a>;" * 3000),
    ("Link", '<http://[::1>; rel="http://www.w3.org/ns/json-ld#context"'), ("Link",
    '<x>; rel="http://www.w3.org/ns/json-ld#context"'),
    ("Link", '<ftp://x/y>; rel="http://www.w3.org/ns/json-ld#context"'), ("Prefer", "body=json"), ("Prefer", "\x01"),
    ("Via", "1.1 x"),
    ("Authorization", "Bearer "), ("Authorization", "Bearer " + "x" * 9000), ("Authorization", "Basic \xff"),
    ("X-Auth-Token", "a"),
    ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https"), ("Range", "bytes=0-"), ("If-Match", "*"),
    ("Content-Encoding", "gzip"),
    ("Expect", "100-continue"), ("Expect", "200-ok"), ("Connection", "close"), ("Connection", "upgrade"), ("Cookie",
    "a=b;" * 900), ("TE", "trailers"),
    ("X-HTTP-Method-Override", "DELETE"),
)  # fmt: skip

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "LOCK", "PURGE", "REPORT")

PARAMETERS = (
    "id", "type", "idPattern", "attrs", "q", "csf", "georel", "geometry", "coordinates", "geoproperty", "scopeQ",
    "limit", "offset",
    "count", "orderBy", "collation", "options", "format", "lang", "pick", "omit", "datasetId", "join", "joinLevel",
    "containedBy", "local",
    "timerel", "timeAt", "endTimeAt", "timeproperty", "lastN", "aggrMethods", "aggrPeriodDuration", "observedAt",
    "deleteAll", "keep", "drop",
    "details", "sysAttrs", "jsonldContext", "via", "entityMap", "nothing",
)  # fmt: skip

GEOMETRIES: tuple[Any, ...] = (
    {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": [1e308, 1e308]}, {"type": "Point",
    "coordinates": [181, 91]},
    {"type": "Point", "coordinates": ["4", "52"]}, {"type": "Point", "coordinates": [4, 52, 1, 2]}, {"type": "Point",
    "coordinates": [None, None]},
    {"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0,
    1], [1, 0], [0, 0]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [0, 0], [0, 0], [0, 0]]]}, {"type": "Polygon", "coordinates": [[]]},
    {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] * 200}, {"type": "Circle",
    "coordinates": [0, 0]},
    {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]}, {"type": "Point"},
    {"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]},
    {"type": ["Point"], "coordinates": [1, 1]},
)  # fmt: skip


def nested(depth: int, chance: random.Random) -> Raw:
    """Lists or objects inside each other, closed or not."""
    if chance.random() < 0.5:
        return Raw("[" * depth + "]" * (depth if chance.random() < 0.8 else 0))
    return Raw('{"a":' * depth + "1" + "}" * (depth if chance.random() < 0.8 else 0))


def value(chance: random.Random) -> Any:
    """Any of the odd ones."""
    kind = chance.randrange(9)
    if kind < 2:
        return chance.choice(NUMBERS)
    if kind < 4:
        return text(chance)
    if kind == 4:
        return chance.choice((None, True, False, [], {}, [[]], [{}], [None], {"": ""}, {"@context": []}, {"@value": 1}))
    if kind == 5:
        return chance.choice(GEOMETRIES)
    if kind == 6:
        return nested(chance.choice((10, 100, 600, 1000, 10_000)), chance)
    if kind == 7:
        return Twice({chance.choice(("type", "value", "a")): value(chance)})
    return chance.choice(
        (
            ["x"] * 2000,
            {f"k{n}": n for n in range(500)},
            Raw('"\\ud800"'),
            Raw('"\\udc00\\ud800"'),
            Raw('"\\u0000"'),
            Raw("'a'"),
        )
    )


def text(chance: random.Random) -> str:
    return chance.choice(chance.choice((TEXTS, TEXTS, PATTERNS, QUERIES)))
