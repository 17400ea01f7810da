# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The socket in the node's folder: commands hand their work to the running node over it; only the folder's owner can."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hanze.access.principal import OPERATOR
from hanze.errors import ConfigurationError, HanzeError
from hanze.node import frames
from hanze.node.verb import Desk, perform

FILE = "hanze.sock"
LONGEST = 100
"""Systems allow about 104 bytes for the path of a socket."""

THREADS = 4

log = logging.getLogger("hanze.socket")


@contextlib.contextmanager
def address(folder: Path):  # type: ignore[no-untyped-def]
    raise NotImplementedError
