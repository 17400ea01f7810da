# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One site for all tests of this folder; none of them changes it."""

from collections.abc import Iterator

import pytest

from tests.site.whole import Whole, whole


@pytest.fixture(scope="package")
def havendam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole(tmp_path_factory.mktemp("whole")) as made:
        yield made
