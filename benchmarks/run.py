# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make bench: the speed claims, measured on this machine in one run, with a table for the docs.

`make bench ARGS="updates reads"` measures some works and only prints them; without arguments all run, in about twelve
minutes, and the table goes into docs/reference/benchmarks.md (`--quick` leaves the million entities out and only prints).
"""

import signal
import sys
from collections.abc import Callable

from benchmarks import table
from benchmarks.works.agreements import agreements
from benchmarks.works.evaluation import evaluation
from benchmarks.works.export import export
from benchmarks.works.goals import goals
from benchmarks.works.havendam import havendam
from benchmarks.works.live import live
from benchmarks.works.mirror import mirror
from benchmarks.works.notifications import notifications
from benchmarks.works.pages import pages
from benchmarks.works.plain import batches, reads, updates
from benchmarks.works.queries import hundred_thousand, million
from benchmarks.works.rivm import rivm
from benchmarks.works.sources import gtfs_rt, mqtt

WORKS: dict[str, Callable[[], list[table.Row]]] = {
    "updates": updates, "reads": reads, "batches": batches, "queries": hundred_thousand, "million": million,
    "rivm": rivm, "notifications": notifications, "export": export,
    "havendam": havendam, "mirror": mirror, "live": live, "mqtt": mqtt,
    "gtfs_rt": gtfs_rt, "pages": pages, "goals": goals, "agreements": agreements,
    "evaluation": evaluation,
}  # fmt: skip


def main() -> None:
    # So that the nodes and brokers of a work end with it.
    signal.signal(signal.SIGTERM, lambda *told: sys.exit("ended"))
    words = sys.argv[1:]
    unknown = [word for word in words if word not in WORKS and word != "--quick"]
    if unknown:
        sys.exit(f"{unknown[0]!r} is no work; there are {', '.join(WORKS)}, and --quick.")
    names = [name for name in WORKS if name in words] or [n for n in WORKS if n != "million" or "--quick" not in words]
    rows: list[table.Row] = []
    print(table.machine())
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {name} …", flush=True)
        for row in WORKS[name]():
            rows.append(row)
            print("  " + row.line().strip("| "), flush=True)
    if not words:
        table.write(rows)
        print(f"wrote {table.OUT}")


if __name__ == "__main__":
    main()
