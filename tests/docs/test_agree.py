# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page about agreements tells the partner to type shows what was agreed, and nothing else."""

from pathlib import Path

from hanze.experiments.agreements import signing
from hanze.feeds import making
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from tests.docs.reading import blocks, call, commands, send
from tests.experiments.agreements.making import ID, ZONE, changed
from tests.running import hanze, running

PAGE = "how-to/agree-on-data.md"

HOUR = 3_600_000_000
NOISE = "urn:ngsi-ld:NoiseLevelObserved:1"


def test_a_partner_reads_as_the_page_says(tmp_path: Path) -> None:
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    folder = tmp_path / "my-city"
    signed(folder)
    plain, averages, key = [commands(block)[0] for block in blocks(PAGE)]
    made = hanze(*key[1:], cwd=tmp_path)
    assert made.code == 0, made.err
    text = next(word for word in (made.out + made.err).split() if word.startswith("hz_"))
    with running(folder, open=False) as node:

        def asked(words: list[str]) -> list[dict[str, object]] | dict[str, object]:
            request = call([word.replace("hz_…", text) for word in words])
            answer = send(request, node.address)
            assert answer.status_code == 200, answer.text
            found: list[dict[str, object]] | dict[str, object] = answer.json()
            return found

        (air,) = asked(plain)
        assert set(air) - {"@context"} == {"id", "type", "no2"}
        noise = asked(averages)
        assert isinstance(noise, dict) and len(noise["LAeq"]["avg"]) >= 2  # type: ignore[index]
        assert send(call(plain[:1] + plain[3:]), node.address).json() == [], "without a key there is nothing"


def signed(folder: Path) -> None:
    """An agreement that runs now, over air as it is and noise by the hour."""
    store = sqlite.open(folder, clock=times.system, vaults=VAULTS)
    terms = changed(area="", since="", until="", starts="2020-01-01", ends="2099-12-31")

    def work(uow: UnitOfWork) -> None:
        told = {"no2": making.number(21, at="2026-01-01T00:00:00Z"), "secret": making.number(7)}
        uow.save(
            "",
            operations.create(making.entity("urn:ngsi-ld:AirQualityObserved:1", "AirQualityObserved", told), uow.stamp),
        )
        start = uow.now - uow.now % HOUR - 6 * HOUR
        moments = [start + number * HOUR // 6 for number in range(24)]
        values = [float(number) for number in range(24)]
        uow.observe(
            "", NOISE, [CORE.expand("NoiseLevelObserved")], CORE.expand("LAeq"), {"type": "Property"}, moments, values
        )
        hash = signing.draft(uow, ID, terms, "officer").hash
        signing.offer(uow, ID, "officer", ZONE)
        for side, role in (("city", "data-officer"), ("partner", "partner")):
            signing.sign(uow, ID, side, role, hash, side, ZONE)  # type: ignore[arg-type]

    store.submit(work).result()
    store.close()
