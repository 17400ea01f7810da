# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""/metrics: valid text for Prometheus, figures that follow what happens, and only for those who may see them."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hanze.node.metrics import EDGES, METRICS, Metrics
from tests.cli.conftest import said
from tests.running import PATIENCE, Node, folder_of, room, running, until

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(
    rf"({NAME})(?:\{{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\n]|\\[\\\"n])*\",?)*)\}})? "
    r"([+-]?(?:Inf|NaN|\d+(?:\.\d+)?(?:e[+-]?\d+)?))"
)
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"')


class Family(NamedTuple):
    kind: str
    told: str
    samples: dict[tuple[str, tuple[tuple[str, str], ...]], float]


def parsed(text: str) -> dict[str, Family]:
    """The page by the rules of the text format 0.0.4: help and type before the samples, each family once, each sample once."""
    assert text.endswith("\n")
    found: dict[str, Family] = {}
    told = name = ""
    for line in text.splitlines():
        if line.startswith("# HELP "):
            _, _, name, told = line.split(" ", 3)
            assert name not in found
        elif line.startswith("# TYPE "):
            _, _, typed, kind = line.split(" ")
            assert typed == name and kind in ("counter", "gauge", "histogram")
            found[name] = Family(kind, told, {})
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            family = found[name]
            base = re.sub(r"_(bucket|sum|count)$", "", match[1]) if family.kind == "histogram" else match[1]
            assert base == name
            key = (match[1], tuple(LABEL.findall(match[2] or "")))
            assert key not in family.samples
            family.samples[key] = float(match[3])
    return found


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with running(folder_of(tmp_path_factory.mktemp("metrics") / "city"), "--allow-loopback") as found:
        yield found


def page(node: Node) -> dict[str, Family]:
    answer = node.client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return parsed(answer.text)


def figure(node: Node, name: str) -> float:
    (value,) = page(node)[name].samples.values()
    return value


def test_the_page_is_valid_and_has_every_metric_with_its_meaning(node: Node) -> None:
    found = page(node)
    assert {name: (one.kind, one.told) for name, one in found.items()} == METRICS
    for name, family in found.items():
        assert name.startswith("hanze_")
        assert name.endswith("_total") == (family.kind == "counter")
        assert family.samples or name == "hanze_requests_total"


def test_the_reference_page_names_every_metric() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "metrics.md").read_text("utf-8")
    for name, (kind, told) in METRICS.items():
        assert f"| {name} | {kind} | {told} |" in text


def test_requests_are_counted_by_method_and_status(node: Node) -> None:
    def count(method: str, status: str) -> float:
        samples = page(node)["hanze_requests_total"].samples
        return samples.get(("hanze_requests_total", (("method", method), ("status", status))), 0)

    before = count("GET", "404"), count("HEAD", "200"), count("GET", "200")
    for _ in range(3):
        node.api("GET", "/entities/urn:x:none")
    node.client.head("/health")
    # A look at the page is counted after it was answered: three looks lie between the two.
    assert (count("GET", "404"), count("HEAD", "200")) == (before[0] + 3, before[1] + 1)
    assert count("GET", "200") == before[2] + 3


def test_the_histogram_is_cumulative(node: Node) -> None:
    samples = page(node)["hanze_request_seconds"].samples
    buckets = [(dict(labels)["le"], value) for (name, labels), value in samples.items() if name.endswith("_bucket")]
    assert [edge for edge, _ in buckets] == [*map(str, EDGES), "+Inf"]
    counts = [value for _, value in buckets]
    assert counts == sorted(counts)
    assert counts[-1] == samples["hanze_request_seconds_count", ()] > 0
    assert 0 < samples["hanze_request_seconds_sum", ()] < 60


def test_a_time_goes_into_the_bucket_of_its_upper_edge() -> None:
    metrics = Metrics()
    for seconds in (0.0005, 0.001, 0.0011, 10.0, 11.0):
        metrics.note("GET", 200, seconds)
    assert (metrics.buckets[0], metrics.buckets[1], metrics.buckets[-2], metrics.buckets[-1]) == (2, 1, 1, 1)
    assert metrics.seconds == pytest.approx(21.0026)


def test_writes_move_journal_and_counters(node: Node) -> None:
    names = "hanze_journal_head", "hanze_writes_total", "hanze_commits_total"
    before = {name: figure(node, name) for name in names}
    for number in range(5):
        node.ok("POST", "/entities", room(number))
    assert figure(node, "hanze_journal_head") == before["hanze_journal_head"] + 5
    for name in names[1:]:
        assert figure(node, name) >= before[name] + 5
    for name in ("hanze_database_bytes", "hanze_memory_bytes"):
        assert figure(node, name) > 100_000
    assert figure(node, "hanze_writer_queue") == 0


def test_the_figures_of_notifications(node: Node) -> None:
    with socket.socket() as closed, socket.create_server(("127.0.0.1", 0)) as receiver:
        receiver.settimeout(PATIENCE)
        closed.bind(("127.0.0.1", 0))  # bound, and nobody listens
        for number, port in enumerate((receiver.getsockname()[1], closed.getsockname()[1])):
            uri = f"http://127.0.0.1:{port}/"
            node.ok("POST", "/subscriptions", {
                "id": f'urn:x:subscription:{number}', "type": "Subscription", "entities": [{"type": "Watched"}],
                "notification": {"endpoint": {"uri": uri}},
            })  # fmt: skip
        assert figure(node, "hanze_subscriptions") == 2
        node.ok("POST", "/entities", {**room(9, temperature=21), "type": "Watched"})
        taken, _ = receiver.accept()
        taken.settimeout(PATIENCE)
        taken.recv(65536)
        taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        taken.close()
        until(lambda: figure(node, "hanze_notifications_sent_total") == 1, "one was sent")
        until(lambda: figure(node, "hanze_notifications_failed_total") >= 1, "one failed")
        until(lambda: figure(node, "hanze_subscriptions_failing") == 1, "one fails")
        until(lambda: figure(node, "hanze_notifier_lag") == 0, "all was looked at")
        for number in range(2):
            node.ok("DELETE", f"/subscriptions/urn:x:subscription:{number}")
    assert figure(node, "hanze_subscriptions") == figure(node, "hanze_subscriptions_failing") == 0


def told(node: Node, **headers: str) -> tuple[int, Any]:
    answer = node.client.get("/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return answer.status_code, answer.headers["content-type"]


def test_who_comes_by_way_of_a_proxy_needs_a_key_that_may_oversee(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "city")
    with running(folder, open=False) as node:
        assert told(node)[0] == 200
        for header in ("x_forwarded_for", "forwarded"):
            assert told(node, **{header: "127.0.0.1"}) == (401, "application/problem+json")
        for role, status in (("writer", 403), ("officer", 200)):
            key = said("key", "create", "--role", role, "--folder", folder).out.strip()
            assert told(node, x_forwarded_for="203.0.113.5", authorization=f"Bearer {key}")[0] == status
