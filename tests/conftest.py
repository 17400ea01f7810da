# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every test shares: the event loop, and how hard hypothesis tries."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# `test` repeats the same examples on every machine; `prove` looks for new ones, many of them.
settings.register_profile(
    "test", max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HANZE_PROFILE", "test"))


def pytest_configure() -> None:
    """Who starts the tests in the background may have Ctrl-C ignored for all that they start; tests send it to nodes."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The node runs on asyncio only."""
    return "asyncio"
