# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an evaluation needs beyond the node: where it is not installed, one sentence says how to get it."""

from collections.abc import Iterator
from contextlib import contextmanager

from hanze.errors import ConfigurationError

EXTRA = frozenset({"holidays", "pandas", "scipy", "statsmodels"})
"""What the extra `experiments` brings."""


@contextmanager
def needed() -> Iterator[None]:
    """Errors: ConfigurationError where something inside needs what is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise ConfigurationError(
            f"An evaluation needs {error.name}; install it with pip install 'hanze[experiments]'."
        ) from None
