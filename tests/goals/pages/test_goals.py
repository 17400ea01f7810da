# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the 17 goals."""

import pytest

from tests.explore.conftest import Pages

pytestmark = pytest.mark.anyio


async def test_all_goals_stand_there_in_both_languages(pages: Pages) -> None:
    for language, first in (("en", "No poverty"), ("nl", "Geen armoede")):
        page = await pages.ok(f"/{language}/goals")
        assert first in page
        assert page.count("<li>1") + page.count('<li class="goal') >= 1
