# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a harmed node: it refuses, or runs and has everything, or says of a part that it cannot be read."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.prove.corrupt.city import City
from tests.prove.corrupt.harm import Harm
from tests.prove.kill import verify
from tests.prove.node import Node, hanze
from tests.prove.seen import Failed, Seen, check
from tests.prove.wire import Wire

_SENTENCE = re.compile(r"hanze: [^\n]*[.]")


class Look(NamedTuple):
    """`unreadable`: what the node says it cannot read; `different`: what differs from what it answered, or is gone."""

    unreadable: list[str]
    different: list[str]


def outcome(city: City, folder: Path, harm: Harm) -> Seen:
    """Failed where the node breaks its promise."""
    doctor = hanze("doctor", "--folder", folder)
    check(
        "Traceback" not in doctor.stdout + doctor.stderr and not doctor.stderr,
        f"{harm.name}: doctor says {doctor.stderr}",
    )
    node = Node(folder)
    try:
        node.ready()
    except Failed:
        _check_refusal(node, folder, harm)
        check(
            doctor.returncode == 1 and harm.file.removesuffix("-wal").removesuffix("-shm") in _mend(doctor.stdout),
            f"{harm.name}: the node refuses, but doctor says {doctor.stdout!r}",
        )
        return Seen({"harms": 1, "refused in one sentence": 1})
    try:
        seen = look(node.wire(), city)
        check(not node.tracebacks(), f"{harm.name}: in the node's log: {node.tracebacks()[:1]}")
    finally:
        node.kill()
    if seen.different and harm.hidden:
        return Seen({"harms": 1, "a value changed and no structure tells of it": 1})
    check(not seen.different, f"{harm.name}: the node runs without a word, but {seen.different[:3]}")
    if seen.unreadable:
        check(doctor.returncode == 1, f"{harm.name}: {seen.unreadable[0]}, but doctor says {doctor.stdout!r}")
        return Seen({"harms": 1, "told of a part that cannot be read": 1})
    return Seen({"harms": 1, "ran with all that was answered": 1})


def _check_refusal(node: Node, folder: Path, harm: Harm) -> None:
    last = node.lines[-1] if node.lines else ""
    check(
        node.process.returncode == 2 and not node.tracebacks(),
        f"{harm.name}: {node.process.returncode} {node.lines[-5:]}",
    )
    check(_SENTENCE.fullmatch(last), f"{harm.name}: the node says {last!r}")
    check("hanze." in last and str(folder) in last, f"{harm.name}: the node names no file: {last!r}")


def _mend(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.startswith("MEND"))


def look(wire: Wire, city: City) -> Look:
    """Everything that the city answered, asked again."""
    unreadable: list[str] = []
    different: list[str] = []
    book = city.book
    for id, values in book.state.items():
        try:
            found = verify.read(wire, id)
        except verify.Unreadable as error:
            unreadable.append(f"{id}: {error}")
        else:
            if found != values:
                different.append(f"{id} has {found}, answered was {values}")
    for (id, attribute), numbers in book.past.items():
        try:
            missing = numbers - verify.history(wire, id, attribute, len(numbers))
        except verify.Unreadable as error:
            unreadable.append(f"the history of {id}: {error}")
        else:
            if missing:
                different.append(f"the history of {attribute} of {id} lacks {sorted(missing)[:5]}")
    return Look(unreadable, different)
