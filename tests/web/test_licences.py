# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Licences by their addresses."""

import pytest

from hanze.web import licences


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("http://creativecommons.org/licenses/by-sa/3.0/nl/", "CC BY-SA 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/deed.nl", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        ("https://creativecommons.org/", ""),
        ("https://creativecommons.org.example/licenses/by/4.0/", ""),
        ("https://opendatacommons.org/licenses/odbl/1-0/", ""),
    ],
)
def test_name(address: str, name: str) -> None:
    assert licences.name(address) == name
