# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The examples of the Smart Data Models, put into a watched folder: each is taken, or refused with the reason that it deserves.

Their contexts are answered with one vocabulary for all names, since none is fetched.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hanze.outgoing import Response
from tests.feeds.kinds.files.making import Watching, quick
from tests.ngsild.test_smart_data_models import EXAMPLES, REFUSED, SIMPLE

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(not EXAMPLES, reason="the examples are not here")]

WRONG = {**REFUSED, ("EVChargingStation", SIMPLE): "@context is 'iudx:EVChargingStation'"}
"""Beside those that are wrong in themselves, one that names a context which no URL is."""


async def get(url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = 0) -> Response:
    return Response(200, {}, b'{"@context": {"@vocab": "https://smartdatamodels.org/"}}')


async def test_each_is_taken_or_refused_with_the_reason_that_it_deserves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    for path in EXAMPLES:
        (tmp_path / f"{path.parts[-3]}-{path.name}").write_bytes(path.read_bytes())
    found = await Watching(tmp_path, table=None).look(get=get)
    told = {one.where: one.reason for one in found.refused}
    wanted = {f"{model}-{name}, thing 1": reason for (model, name), reason in WRONG.items()}
    assert told.keys() == wanted.keys()
    for where, reason in wanted.items():
        assert reason in told[where]
    assert len(found.entities) == len(EXAMPLES) - len(WRONG) == 174 - len(WRONG)
