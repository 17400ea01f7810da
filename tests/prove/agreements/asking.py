# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls by chance, over every face: most of them legal, some that look for what is hidden, some with rubbish in them."""

import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec

from hanze.ngsild.times import text
from tests.prove.agreements.content import ATTRIBUTES, DAY, HOUR, MINUTE, NOW, TYPES, Names

ROOT = "/ngsi-ld/v1"
RUBBISH = (
    "'",
    '"',
    ")",
    "(",
    "{",
    "}",
    "[",
    ";",
    "|",
    "\u2028",
    "\x00",
    "%",
    "*",
    "..",
    "-1",
    "1e999",
    "null",
    "@none",
    "~=",
    "9" * 30,
)


class Call(msgspec.Struct, frozen=True):
    """`face`: by which way it asks, for the counts."""

    face: str
    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in self.params)
        return self.path + (f"?{query}" if query else "")

    def text(self) -> str:
        """All that an answer may repeat."""
        return " ".join([self.path, *(value for _, value in self.params), json.dumps(self.body)])


def call(chance: random.Random, names: Names) -> Call:
    """One call."""
    ask = _Ask(chance, names)
    faces: list[tuple[int, Callable[[], Call]]] = [
        (22, ask.entities), (8, ask.entity), (10, ask.batch_query), (14, ask.histories), (10, ask.history), (6, ask.past_query),
        (8, ask.discovery), (4, ask.subscriptions), (3, ask.writes), (10, ask.page), (4, ask.resources), (1, ask.live),
    ]  # fmt: skip
    made = chance.choices([face for _, face in faces], [weight for weight, _ in faces])[0]()
    return ask.spoiled(made) if chance.random() < 0.12 else made


class _Ask:
    def __init__(self, chance: random.Random, names: Names) -> None:
        self._chance = chance
        self._names = names

    # words

    def _one(self, *of: Any) -> Any:
        return self._chance.choice(of)

    def _maybe(self, of: float) -> bool:
        return self._chance.random() < of

    def _type(self) -> str:
        return str(self._one(*TYPES, *TYPES, "*", "Noise|Zqsecret", "Noise,Count", "(Noise;Complaint)|Park", "Nowhere"))

    def _attribute(self) -> str:
        return str(self._one(*ATTRIBUTES, "unknown"))

    def _attributes(self) -> str:
        return ",".join(self._chance.sample(ATTRIBUTES, self._chance.randint(1, 3)))

    def _id(self) -> str:
        return str(self._one(*self._names.ids, "urn:ngsi-ld:Noise:none"))

    def _literal(self) -> str:
        words = [*self._chance.sample(self._names.hidden, 2), *self._chance.sample(self._names.shown, 2)]
        number = str(self._chance.randrange(100, 100_000) / 4)
        return str(
            self._one(
                *(f'"{word}"' for word in words), number, f"{number}..{float(number) + 9000}", "true", f'"{text(NOW)}"'
            )
        )

    def _condition(self) -> str:
        path = self._one(
            self._attribute(),
            self._attribute(),
            self._attribute() + ".observedAt",
            "modifiedAt",
            "createdAt",
            "db.unitCode",
        )
        if self._maybe(0.25):
            return str(path)
        op = self._one("==", "!=", ">", "<", ">=", "<=", "~=", "!~=")
        return f"{path}{op}" + ('"zq.*|ok[a-f].*"' if "~" in op else self._literal())

    def _q(self) -> str:
        parts = [self._condition() for _ in range(self._chance.randint(1, 3))]
        made = self._one(";", "|").join(parts)
        return f"({made});{self._condition()}" if self._maybe(0.2) else str(made)

    def _moment(self) -> str:
        back = self._chance.randrange(12 * 24) * HOUR
        return text(NOW - NOW % DAY - back + self._one(0, 0, 0, 1, 7 * MINUTE, 31 * MINUTE))

    # parts of a question

    def _select(self) -> dict[str, str]:
        made: dict[str, str] = {}
        if self._maybe(0.75):
            made["type"] = self._type()
        if self._maybe(0.2):
            made["id"] = ",".join(self._id() for _ in range(self._chance.randint(1, 3)))
        if self._maybe(0.1):
            made["idPattern"] = self._one(".*zq.*", "^urn:ngsi-ld:[NZ].*", ".*[0-3]$")
        if self._maybe(0.5):
            made["q"] = self._q()
        if self._maybe(0.25):
            made |= {
                "georel": self._one("near;maxDistance==40000", "within", "disjoint", "intersects", "near;minDistance==90000"),
                "geometry": "Point", "coordinates": self._one("[4.5,52.5]", "[6.5,52.5]", "[8.2,52.0]"),
            }  # fmt: skip
            if not made["georel"].startswith("near"):
                made |= {
                    "geometry": "Polygon",
                    "coordinates": "[[[4.2,52.2],[6.8,52.2],[6.8,52.8],[4.2,52.8],[4.2,52.2]]]",
                }
            if self._maybe(0.2):
                made["geoproperty"] = self._attribute()
        if not made or self._maybe(0.1):
            made["local"] = "true"
        return made

    def _show(self) -> dict[str, str]:
        made: dict[str, str] = {}
        if self._maybe(0.3):
            made[self._one("attrs", "pick", "omit")] = self._attributes()
        if self._maybe(0.4):
            made["options"] = self._one("keyValues", "sysAttrs", "concise", "keyValues,sysAttrs", "normalized")
        if self._maybe(0.05):
            made["lang"] = "nl"
        return made

    def _page(self) -> dict[str, str]:
        made: dict[str, str] = {}
        if self._maybe(0.4):
            made["count"] = "true"
        if self._maybe(0.4):
            made["limit"] = self._one("0", "1", "3", "7", "1000") if "count" in made else self._one("1", "3", "7")
        if self._maybe(0.2):
            made["offset"] = self._one("0", "2", "5")
        return made

    def _window(self, *, always: bool) -> dict[str, str]:
        made: dict[str, str] = {}
        if always or self._maybe(0.6):
            made = {"timerel": self._one("before", "after", "between"), "timeAt": self._moment()}
            if made["timerel"] == "between":
                made["endTimeAt"] = self._moment()
        if self._maybe(0.2):
            made["lastN"] = self._one("1", "2", "5")
        if self._maybe(0.15):
            made["timeproperty"] = self._one("modifiedAt", "createdAt", "observedAt")
        return made

    def _representation(self) -> dict[str, str]:
        if self._maybe(0.5):
            methods = ("totalCount", "sum", "avg", "stddev", "min", "max", "sumsq", "distinctCount")
            return {
                "options": "aggregatedValues",
                "aggrMethods": ",".join(
                    self._chance.sample(methods[: self._one(4, 4, 4, 8)], self._chance.randint(1, 3))
                ),
                "aggrPeriodDuration": self._one(
                    "PT1H", "PT1H", "PT2H", "PT6H", "P1D", "P1D", "P1W", "P1M", "PT1M", "PT90M", "PT0S"
                ),
            }
        return {"options": self._one("temporalValues", "sysAttrs", "normalized")} if self._maybe(0.6) else {}

    # the faces

    def entities(self) -> Call:
        made = self._select() | self._show() | self._page()
        if self._maybe(0.35):
            made["orderBy"] = self._one(
                self._attribute(),
                f"!{self._attribute()}",
                "id",
                "modifiedAt",
                "!modifiedAt",
                "createdAt",
                "type",
                "location",
            )
        if self._maybe(0.08):
            made |= {"join": self._one("inline", "flat"), "joinLevel": "1"}
        accept = self._one("application/json", "application/ld+json", "application/geo+json")
        return _get("entities", "/entities", made, accept, method=self._one("GET", "GET", "GET", "HEAD"))

    def entity(self) -> Call:
        accept = self._one("application/json", "application/geo+json")
        return _get("entities", f"/entities/{self._id()}", self._show(), accept)

    def _posted(self) -> dict[str, Any]:
        made = self._select()
        body: dict[str, Any] = {"type": "Query"}
        if "type" in made or "id" in made:
            body["entities"] = [
                {"type": made.get("type", "*"), **({"id": made["id"].split(",")[0]} if "id" in made else {})}
            ]
        if "q" in made:
            body["q"] = made["q"]
        if "georel" in made:
            body["geoQ"] = {
                "georel": made["georel"], "geometry": made["geometry"], "coordinates": json.loads(made["coordinates"]),
            }  # fmt: skip
        if self._maybe(0.3):
            body["attrs"] = self._attributes().split(",")
        if self._maybe(0.2):
            body["ordering"] = {"orderBy": [self._attribute()]}
        return body

    def batch_query(self) -> Call:
        made = self._page() | ({"options": "keyValues"} if self._maybe(0.4) else {})
        return Call("batch", "POST", ROOT + "/entityOperations/query", tuple(made.items()), self._posted())

    def histories(self) -> Call:
        made = self._select() | self._window(always=True) | self._representation() | self._page()
        if self._maybe(0.4):
            made["attrs"] = self._attributes()
        return _get("temporal", "/temporal/entities", made)

    def history(self) -> Call:
        made = self._window(always=False) | self._representation()
        if self._maybe(0.4):
            made["attrs"] = self._attributes()
        return _get("temporal", f"/temporal/entities/{self._id()}", made)

    def past_query(self) -> Call:
        body = self._posted() | {"temporalQ": self._window(always=True)}
        if "lastN" in body["temporalQ"]:
            body["temporalQ"]["lastN"] = int(body["temporalQ"]["lastN"])
        return Call("temporal", "POST", ROOT + "/temporal/entityOperations/query", tuple(self._page().items()), body)

    def discovery(self) -> Call:
        path = self._one("/types", "/attributes", f"/types/{self._one(*TYPES)}", f"/attributes/{self._attribute()}")
        return _get("discovery", str(path), {"details": "true"} if path.count("/") == 1 and self._maybe(0.5) else {})

    def subscriptions(self) -> Call:
        """None of them is made: those that there are stay the same in both cities."""
        path = self._one("/subscriptions", "/subscriptions/urn:ngsi-ld:Subscription:plain", "/subscriptions/urn:x:none")
        return _get("subscriptions", str(path), self._page() if path == "/subscriptions" else {})

    def writes(self) -> Call:
        id = self._id()
        body = {"id": id, "type": self._one(*TYPES), "name": {"type": "Property", "value": "mine"}}
        method, path, given = self._one(
            ("POST", "/entities", body), ("DELETE", f"/entities/{id}", None), ("PATCH", f"/entities/{id}", {"name": body["name"]}),
            ("POST", "/entityOperations/upsert", [body]), ("POST", "/entityOperations/delete", [id]),
            ("POST", "/temporal/entities", {**body, "name": [body["name"]]}), ("DELETE", f"/temporal/entities/{id}", None),
            ("DELETE", f"/entities/{id}/attrs/{self._attribute()}", None), ("PUT", f"/entities/{id}", body),
        )  # fmt: skip
        return Call("writes", method, ROOT + path, (), given)

    def page(self) -> Call:
        ending = self._one("", ".json", ".csv", ".geojson")
        table, span = "" if ending == ".geojson" else ending, self._one("day", "week", "month")
        path, made = self._one(
            ("/en/data/type" + ending, {"type": self._one(*TYPES)}), ("/en/data/type" + ending, {"type": "Noise", "q": self._q()}),
            ("/nl/data/thing" + (ending if ending != ".csv" else ""), {"id": self._id()}),
            ("/en/data/thing" + table, {"id": self._id(), "history": self._attribute(), "range": span}),
            ("/en/data" + table, {}), ("/nl/now" + ending, {"type": self._one(*TYPES), "attribute": self._attribute()}),
            ("/en/find", {"q": self._one(*self._names.hidden, *self._names.shown, "zq", "in-")}), ("/en/sources" + table, {}),
            ("/en/", {}),
        )  # fmt: skip
        return Call("pages", "GET", path, tuple(made.items()))

    def resources(self) -> Call:
        kind, name = self._one(*TYPES), self._attribute()
        path = self._one(
            "/v1/observed-properties", f"/v1/observed-properties/{kind}/{name}/places",
            f"/v1/observed-properties/{kind}/{name}/places/{self._id()}",
            f"/v1/observed-properties/{kind}/{name}/places/{self._id()}/values", "/v1/sources", "/v1/openapi.json",
        )  # fmt: skip
        return Call("v1", "GET", path)

    def live(self) -> Call:
        return Call("live", "HEAD", "/live", (("types", self._one(*TYPES)),))

    def spoiled(self, made: Call) -> Call:
        """The same with rubbish in one of its parts."""
        if made.params and self._maybe(0.8):
            params = list(made.params)
            at = self._chance.randrange(len(params))
            name, value = params[at]
            cut = self._chance.randrange(len(value) + 1)
            params[at] = name, value[:cut] + self._one(*RUBBISH) + value[cut:]
            return msgspec.structs.replace(made, params=tuple(params))
        return msgspec.structs.replace(made, headers=(("NGSILD-Tenant", self._one("zqother", "nowhere", "A B")),))


def _get(face: str, path: str, made: dict[str, str], accept: str = "application/json", method: str = "GET") -> Call:
    return Call(face, method, ROOT + path, tuple(made.items()), None, (("Accept", accept),))
