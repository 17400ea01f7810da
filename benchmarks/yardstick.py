# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this machine does with the bare tools: an empty ASGI application, and SQLite without anything around it.

Figures of different machines do not compare; how many times a yardstick a work takes does.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import apsw

from benchmarks import client

PORT = 9791
EMPTY = """
import uvicorn
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})
uvicorn.run(app, port=%d, log_level="error", lifespan="off")
"""


def requests() -> float:
    """Requests a second that an empty application answers under uvicorn, 32 connections."""
    with subprocess.Popen([sys.executable, "-c", EMPTY % PORT]) as server:
        try:
            client.wait(PORT)
            return client.wrk(f"http://127.0.0.1:{PORT}", client.script("GET", "", 10_000), 32, 5).rate
        finally:
            server.terminate()


def commits() -> float:
    """Durable single-row updates a second of bare SQLite, each in a transaction of its own."""
    with tempfile.TemporaryDirectory() as folder:
        connection = apsw.Connection(str(Path(folder) / "bare.db"))
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "full")
        connection.execute("CREATE TABLE t(k INTEGER PRIMARY KEY, v)")
        connection.execute(
            "WITH n(k) AS (VALUES (0) UNION ALL SELECT k + 1 FROM n WHERE k < 9999) INSERT INTO t SELECT k, 0 FROM n"
        )
        count, end = 0, time.monotonic() + 3
        while time.monotonic() < end:
            connection.execute("UPDATE t SET v = ? WHERE k = ?", (count, count * 7919 % 10_000))
            count += 1
        connection.close()
        return count / 3
