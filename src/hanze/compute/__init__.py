# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long calculations in processes of their own, so that the node goes on serving; a worker imports no more than it needs."""

from collections.abc import Callable
from typing import Any

Tell = Callable[[float, float, str], None]
"""How far something is: so much is done, of so much, in English words of the catalogues."""

Shelf = dict[str, Any]
"""What a worker process keeps from one job to the next, by name; each worker has its own, and it goes with the process."""
