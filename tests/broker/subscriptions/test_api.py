# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions are made, shown, changed and deleted over HTTP; each mistake names the member."""

from typing import Any

import pytest

from hanze.access import Policy, keys
from hanze.access.vaults import KEYS
from tests.broker.conftest import problem
from tests.broker.subscriptions.conftest import Site, subscription
from tests.broker.subscriptions.receiver import Receiver
from tests.contract.conftest import Clock

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Subscription:1"
HERE = f"/subscriptions/{ID}"
URL = "http://127.0.0.1:9/notify"
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
LD = "application/ld+json"


def made(**members: Any) -> dict[str, Any]:
    return subscription(URL, **members)


async def test_what_is_made_is_shown(site: Site) -> None:
    whole = made(
        id=ID,
        subscriptionName="rooms",
        description="what changes in rooms",
        entities=[{"type": "Room", "id": "urn:ngsi-ld:Room:1"}, {"type": "Hall", "idPattern": "^urn:.*[12]$"}],
        watchedAttributes=["n", "m"],
        notificationTrigger=["entityCreated", "attributeUpdated"],
        q="n>5;m",
        scopeQ="/NL/#",
        geoQ={"georel": "within", "geometry": "Point", "coordinates": [5, 52], "geoproperty": "spot"},
        isActive=False,
        expiresAt="2027-01-01T00:00:00Z",
        throttling=5,
        lang="nl",
        notification={"attributes": ["n"], "format": "concise", "showChanges": True, "sysAttrs": True},
        endpoint={
            "accept": LD, "timeout": 500, "cooldown": 10, "receiverInfo": [{"key": "X-A", "value": "b"}],
            "notifierInfo": [{"key": "c", "value": "d"}],
        },
    )  # fmt: skip
    answer = await site.api("POST", "/subscriptions", whole)
    assert (answer.status_code, answer.headers["location"], answer.content) == (201, HERE, b"")
    assert await site.api.ok("GET", HERE) == {**whole, "status": "paused"}
    assert await site.api.ok("GET", "/subscriptions") == [{**whole, "status": "paused"}]


async def test_the_node_gives_an_id_and_defaults(site: Site) -> None:
    answer = await site.api("POST", "/subscriptions/", made())
    found = await site.api.ok("GET", answer.headers["location"])
    assert found["id"].startswith("urn:ngsi-ld:Subscription:")
    assert (found["status"], found["notificationTrigger"]) == ("active", ["attributeCreated", "attributeUpdated"])
    assert not found.keys() & {"createdAt", "modifiedAt", "isActive"}


async def test_what_the_node_says_itself_is_not_taken(site: Site) -> None:
    await site.api.ok(
        "POST",
        "/subscriptions",
        made(id=ID, status="expired", createdAt="1999-01-01T00:00:00Z", unknown=1, notification={"timesSent": 99}),
    )
    found = await site.api.ok("GET", f"{HERE}?options=sysAttrs")
    assert (found["status"], found["createdAt"]) == ("active", "2026-01-01T00:00:00Z")
    assert "unknown" not in found
    assert "timesSent" not in found["notification"]


async def test_a_second_one_with_the_id_is_refused(site: Site) -> None:
    await site.api.ok("POST", "/subscriptions", made(id=ID))
    found = await site.api.wrong("POST", "/subscriptions", made(id=ID, description="other"))
    assert (found["status"], found["type"]) == (409, ETSI + "AlreadyExists")
    assert "description" not in await site.api.ok("GET", HERE)


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"type": "Subscriptions"}, "type"),
        ({"id": "one"}, "id"),
        ({"entities": []}, "entities"),
        ({"entities": None}, "watchedAttributes"),
        ({"entities": {}}, "entities"),
        ({"entities": ["Room"]}, "entities"),
        ({"entities": [{"id": "urn:a:1"}]}, "type"),
        ({"entities": [{"type": "Room", "id": "1"}]}, "entities.id"),
        ({"entities": [{"type": "Room", "idPattern": "("}]}, "pattern"),
        ({"entities": [{"type": "Room|"}]}, "entities.type"),
        ({"watchedAttributes": []}, "watchedAttributes"),
        ({"watchedAttributes": ["a b"]}, "watchedAttributes"),
        ({"watchedAttributes": ["n"] * 1001}, "watchedAttributes"),
        ({"notificationTrigger": ["entityMoved"]}, "notificationTrigger"),
        ({"notificationTrigger": "entityCreated"}, "notificationTrigger"),
        ({"q": "n>"}, "q"),
        ({"q": 5}, "q"),
        ({"q": ""}, "q"),
        ({"geoQ": {"georel": "within"}}, "geometry"),
        ({"geoQ": []}, "geoQ"),
        ({"scopeQ": "a//b"}, "scopeQ"),
        ({"isActive": "yes"}, "isActive"),
        ({"expiresAt": "tomorrow"}, "expiresAt"),
        ({"expiresAt": "2020-01-01T00:00:00Z"}, "expiresAt"),
        ({"throttling": -1}, "throttling"),
        ({"throttling": "5"}, "throttling"),
        ({"throttling": True}, "throttling"),
        ({"throttling": 1e300}, "throttling"),
        ({"timeInterval": 0}, "timeInterval"),
        ({"timeInterval": 5, "throttling": 5}, "timeInterval"),
        ({"timeInterval": 5, "watchedAttributes": ["n"]}, "timeInterval"),
        ({"timeInterval": 5, "entities": None, "watchedAttributes": ["n"]}, "entities"),
        ({"lang": 5}, "lang"),
        ({"jsonldContext": "context"}, "jsonldContext"),
        ({"notification": 5}, "notification"),
        ({"notification": {}}, "notification.endpoint"),
        ({"notification": {"endpoint": {}}}, "notification.endpoint.uri"),
        ({"notification": {"endpoint": {"uri": "there"}}}, "notification.endpoint.uri"),
        ({"notification": {"endpoint": {"uri": "http://"}}}, "notification.endpoint.uri"),
        ({"notification": {"endpoint": {"uri": "http://user:secret@example.org/"}}}, "notification.endpoint.uri"),
        ({"notification": {"endpoint": {"uri": URL, "accept": "text/html"}}}, "notification.endpoint.accept"),
        ({"notification": {"endpoint": {"uri": URL, "timeout": 0}}}, "notification.endpoint.timeout"),
        ({"notification": {"endpoint": {"uri": URL, "cooldown": -1}}}, "notification.endpoint.cooldown"),
        ({"notification": {"endpoint": {"uri": URL, "receiverInfo": [{"key": "a"}]}}}, "receiverInfo"),
        (
            {"notification": {"endpoint": {"uri": URL, "receiverInfo": [{"key": "Host", "value": "x"}]}}},
            "receiverInfo",
        ),
        (
            {"notification": {"endpoint": {"uri": URL, "receiverInfo": [{"key": "a b", "value": "x"}]}}},
            "receiverInfo",
        ),
        (
            {"notification": {"endpoint": {"uri": URL, "receiverInfo": [{"key": "a", "value": "x\r\nHost: y"}]}}},
            "receiverInfo",
        ),
        ({"notification": {"endpoint": {"uri": URL}, "format": "xml"}}, "notification.format"),
        ({"notification": {"endpoint": {"uri": URL}, "attributes": []}}, "notification.attributes"),
        ({"notification": {"endpoint": {"uri": URL}, "attributes": ["a"], "pick": ["b"]}}, "attributes"),
        ({"notification": {"endpoint": {"uri": URL}, "pick": ["b"], "omit": ["b"]}}, "pick"),
        ({"notification": {"endpoint": {"uri": URL}, "pick": ["{"]}}, "notification.pick"),
        ({"notification": {"endpoint": {"uri": URL}, "join": "deep"}}, "notification.join"),
        ({"notification": {"endpoint": {"uri": URL}, "joinLevel": 0}}, "notification.joinLevel"),
        ({"notification": {"endpoint": {"uri": URL}, "joinLevel": 1.5}}, "notification.joinLevel"),
        ({"notification": {"endpoint": {"uri": URL}, "joinLevel": 6}}, "at most 5"),
        ({"notification": {"endpoint": {"uri": URL, "timeout": 60_001}}}, "at most 60000"),
        (
            {"notification": {"endpoint": {"uri": URL}, "showChanges": True, "format": "keyValues"}},
            "notification.showChanges",
        ),
    ],
)
async def test_what_is_wrong_names_the_member(site: Site, members: dict[str, Any], word: str) -> None:
    body = {name: value for name, value in {**made(), **members}.items() if value is not None}
    found = await site.api.wrong("POST", "/subscriptions", body)
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), found
    assert word in found["detail"]
    assert await site.api.ok("GET", "/subscriptions") == []
    await site.api.ok("POST", "/subscriptions", made(id=ID))
    before = await site.api.ok("GET", HERE)
    patch = {name: value for name, value in members.items() if value is not None}
    if members.get("entities", ...) is None or "timeInterval" in members:
        return
    found = await site.api.wrong("PATCH", HERE, patch)
    assert (found["status"], word in found["detail"]) == (400, True), found
    assert await site.api.ok("GET", HERE) == before


async def test_schemes_that_are_not_offered(site: Site) -> None:
    for uri in ("mqtt://example.org/topic", "ftp://example.org/", "file:///etc/passwd"):
        found = await site.api.wrong("POST", "/subscriptions", subscription(uri))
        assert (found["status"], found["type"]) == (422, ETSI + "OperationNotSupported")


@pytest.mark.parametrize("body", [[], "x", {}, None])
async def test_what_is_no_subscription(site: Site, body: Any) -> None:
    answer = await site.api.raw(
        "POST", "/subscriptions", b"null" if body is None else str(body).replace("'", '"').encode(),
        [("Content-Type", "application/json")],
    )  # fmt: skip
    assert problem(answer)["status"] == 400


async def test_what_is_not_there(site: Site) -> None:
    for method, body in (("GET", None), ("PATCH", {"q": "n"}), ("DELETE", None)):
        found = await site.api.wrong(method, HERE, body)
        assert (found["status"], found["type"]) == (404, ETSI + "ResourceNotFound")
        assert (await site.api.wrong(method, "/subscriptions/one", body))["status"] == 400
    assert (await site.api.wrong("PUT", HERE, made()))["status"] == 405


async def test_a_patch_replaces_adds_and_takes_away(site: Site, clock: Clock) -> None:
    await site.api.ok("POST", "/subscriptions", made(id=ID, q="n>5", description="a", throttling=5))
    clock.forward(60)
    patch = {"q": "n>6", "lang": "nl", "description": None, "throttling": "urn:ngsi-ld:null"}
    answer = await site.api("PATCH", HERE, patch)
    assert (answer.status_code, answer.content) == (204, b"")
    found = await site.api.ok("GET", f"{HERE}?options=sysAttrs")
    assert (found["q"], found["lang"]) == ("n>6", "nl")
    assert not found.keys() & {"description", "throttling"}
    assert (found["createdAt"], found["modifiedAt"]) == ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")
    bodies: list[Any] = [{"id": "urn:a:2"}, {"type": "Entity"}, {"notification": None}, {"entities": None}, []]
    for wrong in bodies:
        assert (await site.api.wrong("PATCH", HERE, wrong))["status"] == 400, wrong
    assert await site.api.ok("GET", f"{HERE}?options=sysAttrs") == found


async def test_deleting(site: Site) -> None:
    await site.api.ok("POST", "/subscriptions", made(id=ID))
    answer = await site.api("DELETE", HERE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await site.api("GET", HERE)).status_code == 404
    await site.api.ok("POST", "/subscriptions", made(id=ID))


async def test_names_are_shown_with_the_context_that_is_asked_for(site: Site) -> None:
    context = {name: f"https://example.org/{name}" for name in ("Kamer", "aantal", "plek")}
    body = made(
        id=ID, entities=[{"type": "(Kamer|Zaal)"}], watchedAttributes=["aantal"], q="aantal>5",
        geoQ={"georel": "within", "geometry": "Point", "coordinates": [5, 52], "geoproperty": "plek"},
        notification={"pick": ["id", "aantal{plek}"]},
    )  # fmt: skip
    await site.api.ok("POST", "/subscriptions", {**body, "@context": context}, Content_Type=LD)
    found = await site.api.ok("GET", HERE)
    assert found["watchedAttributes"] == ["https://example.org/aantal"]
    assert found["entities"] == [{"type": "(https://example.org/Kamer|Zaal)"}]
    assert found["geoQ"]["geoproperty"] == "https://example.org/plek"
    linked = await site.api.ok("GET", HERE, Accept=LD)
    assert "@context" in linked


async def test_pages(site: Site) -> None:
    for number in range(5):
        await site.api.ok("POST", "/subscriptions", made(id=f"urn:a:{number}"))
    answer = await site.api("GET", "/subscriptions?limit=2&offset=2&count=true")
    assert [one["id"] for one in answer.json()] == ["urn:a:2", "urn:a:3"]
    assert answer.headers["ngsild-results-count"] == "5"
    links = answer.headers["link"].replace(" ", "")
    assert '</subscriptions?count=true&limit=2&offset=4>;rel="next";type="application/ld+json"' in links
    assert '</subscriptions?count=true&limit=2&offset=0>;rel="prev";type="application/ld+json"' in links
    empty = await site.api("GET", "/subscriptions?limit=0&count=true")
    assert (empty.json(), empty.headers["ngsild-results-count"]) == ([], "5")
    for query in ("limit=0", "limit=x", "limit=1001", "type=Room"):
        assert (await site.api.wrong("GET", f"/subscriptions?{query}"))["status"] in (400, 403), query


async def test_tenants_have_their_own(site: Site) -> None:
    await site.api.ok("POST", "/subscriptions", made(id=ID), NGSILD_Tenant="one")
    await site.api.ok("POST", "/subscriptions", made(id=ID, description="mine"))
    assert "description" not in await site.api.ok("GET", HERE, NGSILD_Tenant="one")
    await site.api.ok("DELETE", HERE, NGSILD_Tenant="one")
    assert (await site.api.ok("GET", HERE))["description"] == "mine"
    assert await site.api.ok("GET", "/subscriptions", NGSILD_Tenant="one") == []
    found = await site.api.wrong("GET", HERE, NGSILD_Tenant="two")
    assert found["type"] == ETSI + "NonexistentTenant"


class Keys:
    """Headers of keys with roles."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._number = 0

    async def key(self, role: str, types: list[str] | None = None) -> dict[str, str]:
        self._number += 1
        seed = self._number
        text, _ = await self._site.store.write(
            lambda work: keys.create(work, lambda size: bytes([seed] * size), "test", role, types=types)
        )
        self._site.access.forget_keys()
        return {"X_API_Key": text}


@pytest.mark.parametrize("rules", [Policy()])
async def test_owners_see_their_own_and_overseers_all_without_secrets(site: Site, rules: Policy) -> None:
    ring = Keys(site)
    ann, bob, officer = await ring.key("reader"), await ring.key("writer"), await ring.key("officer")
    info = [{"key": "X-Key", "value": "s3cret"}]
    await site.api.ok("POST", "/subscriptions", made(id=ID, endpoint={"receiverInfo": info}), **ann)
    assert (await site.api.ok("GET", HERE, **ann))["notification"]["endpoint"]["receiverInfo"] == info
    for method, body in (("GET", None), ("PATCH", {"q": "n"}), ("DELETE", None)):
        assert (await site.api.wrong(method, HERE, body, **bob))["status"] == 404
    assert await site.api.ok("GET", "/subscriptions", **bob) == []
    assert (await site.api("GET", "/subscriptions?limit=0&count=true", **bob)).headers["ngsild-results-count"] == "0"
    [seen] = await site.api.ok("GET", "/subscriptions", **officer)
    assert seen["id"] == ID
    assert "s3cret" not in str(seen)
    assert "s3cret" not in str(await site.api.ok("GET", HERE, **officer))
    for method, place, sent in (
        ("GET", "/subscriptions", None),
        ("POST", "/subscriptions", made()),
        ("GET", HERE, None),
    ):
        assert (await site.api.wrong(method, place, sent))["status"] == 401


@pytest.mark.parametrize(
    "rules", [Policy(restricted=frozenset({"https://uri.etsi.org/ngsi-ld/default-context/Complaint"}))]
)
async def test_a_subscription_tells_what_its_owner_may_see(site: Site, receiver: Receiver, rules: Policy) -> None:
    ring = Keys(site)
    reader, officer = await ring.key("reader"), await ring.key("officer")
    everything = subscription(receiver, entities=[{"type": "*"}])
    for headers, name in ((reader, "reader"), (officer, "officer")):
        await site.api.ok("POST", "/subscriptions", {**everything, "id": f"urn:a:{name}"}, **headers)
    for type in ("Complaint", "Room"):
        await site.api.ok("POST", "/entities", {"id": f"urn:ngsi-ld:{type}:1", "type": type, "n": 1}, **officer)
    await receiver.wait(3)
    await site.silence(receiver)
    came = sorted((body["subscriptionId"], body["data"][0]["type"]) for body in receiver.bodies)
    assert came == [("urn:a:officer", "Complaint"), ("urn:a:officer", "Room"), ("urn:a:reader", "Room")]
    [row] = [one for one in site.store.vault(KEYS).select() if one["role"] == "reader"]
    await site.store.write(lambda work: keys.revoke(work, "test", str(row["key"])))
    site.access.forget_keys()
    await site.api.ok("PATCH", "/entities/urn:ngsi-ld:Room:1", {"n": 2}, **officer)
    await receiver.wait(4)
    await site.silence(receiver)
    assert receiver.bodies[3]["subscriptionId"] == "urn:a:officer", "a revoked key is told nothing"
