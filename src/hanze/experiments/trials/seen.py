# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who had read the outcome before the plan was fixed, by the access log of the node: counts, never names of people.

It backs or contradicts what the plan says of existing data, and says what it cannot know.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

from hanze.access.log import Entry, entries
from hanze.access.vaults import LOG_DAYS
from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.experiments.trials.outcome import Indicated, Measured, Outcome
from hanze.goals.model import VALUE
from hanze.ngsild.context import CORE
from hanze.store.base import Store

DAY = 86_400_000_000

Who = Literal["fixer", "person", "partner", "visitor", "operator"]
"""The person who fixes the plan, others with an account, programs with a key, visitors without either, the machine of the node."""


class Readers(msgspec.Struct, frozen=True):
    """Of one kind: how many there were (0: not known, for visitors are not told apart), how often they read, and how often the past
    too; the first and last minute (microseconds)."""

    who: Who
    many: int
    reads: int
    past: int
    first: int
    last: int


class Seen(msgspec.Struct, frozen=True):
    """`since`: from when the log could know (microseconds), `until`: when it was asked. `logged`: the log can know of it."""

    since: int
    until: int
    logged: bool
    readers: tuple[Readers, ...] = ()

    def of(self, who: Who) -> Readers | None:
        return next((one for one in self.readers if one.who == who), None)


def look(store: Store, outcome: Outcome, now: int, fixer: str) -> Seen:
    """Of all reads until now. `fixer`: the id of the principal who fixes the plan."""
    since = now - LOG_DAYS * DAY
    named = _named(outcome)
    if named is None:
        return Seen(since, now, False)
    types, attributes = named
    found = (one for one in entries(store, since=since) if one.minute <= now and _touches(one, types, attributes))
    return Seen(since, now, True, _grouped(found, fixer))


def _named(outcome: Outcome) -> tuple[str, str] | None:
    """Type and attribute (IRIs) under which reads of it are logged; None where they are not."""
    if isinstance(outcome, Measured):
        return CORE.expand(outcome.type), CORE.expand(outcome.attribute)
    if isinstance(outcome, Indicated):
        return VALUE.iri, CORE.expand("kpiValue")
    return None


def _touches(one: Entry, type: str, attribute: str) -> bool:
    """An entry of reads that names no type or attribute is not limited to any, so that this may have been among them."""
    there = (not one.types or type in one.types) and (not one.attributes or attribute in one.attributes)
    return there and one.reads > 0 and not one.tenant


def _grouped(found: Iterable[Entry], fixer: str) -> tuple[Readers, ...]:
    groups: dict[Who, list[Entry]] = {}
    for one in found:
        groups.setdefault(_who(one.principal, fixer), []).append(one)
    return tuple(
        _readers(who, groups[who]) for who in ("fixer", "person", "partner", "visitor", "operator") if who in groups
    )


def _who(principal: str, fixer: str) -> Who:
    if fixer and principal == fixer:
        return "fixer"
    if principal.startswith("person:"):
        return "person"
    if principal in ("anyone", "operator"):
        return "visitor" if principal == "anyone" else "operator"
    return "partner"


def _readers(who: Who, found: Sequence[Entry]) -> Readers:
    many = 0 if who == "visitor" else len({one.principal for one in found})
    minutes = [one.minute for one in found]
    past = sum(one.reads for one in found if one.period)
    return Readers(who, many, sum(one.reads for one in found), past, min(minutes), max(minutes))


SENTENCES: dict[Who, str] = {
    "fixer": _("Who fixed the plan had read it %(reads)s times, of which %(past)s times the past."),
    "person": _("%(many)s others with an account had read it %(reads)s times, of which %(past)s times the past."),
    "partner": _("%(many)s programs with a key had read it %(reads)s times, of which %(past)s times the past."),
    "visitor": _("Visitors without an account had read it %(reads)s times, of which %(past)s times the past."),
    "operator": _(
        "Commands on the computer of the city had read it %(reads)s times, of which %(past)s times the past."
    ),
}
NOBODY = _("By the access log nobody had read it.")
NOT_LOGGED = _(
    "The access log does not know of this outcome: it comes from a table or a survey, not from what is measured here."
)
CANNOT = (
    _("It cannot know what was read longer than %(days)s days ago."),
    _("It cannot know what was read in the minute before."),
    _("It cannot know who read the files of the computer itself, or a copy of them."),
    _("It cannot know who saw the same numbers elsewhere: in a report, in another city, or in the street."),
    _("It counts what was asked for. Whether somebody looked at it well, no log knows."),
)
"""What no access log knows."""


def told(seen: Seen) -> list[Told]:
    """Who had read it, in sentences."""
    if not seen.logged:
        return [Told(NOT_LOGGED)]
    found = [Told(SENTENCES[one.who], _numbers(one)) for one in seen.readers]
    return found or [Told(NOBODY)]


def _numbers(one: Readers) -> dict[str, float]:
    return {"many": float(one.many), "reads": float(one.reads), "past": float(one.past)}


def cannot() -> list[Told]:
    """What this cannot know, in sentences."""
    return [Told(one, {"days": float(LOG_DAYS)}) for one in CANNOT]


CLAIMED_UNREAD: Collection[str] = frozenset({"not created", "not observed", "not accessed"})


def contradicts(seen: Seen, existing: str) -> bool:
    """The plan says that nobody who works on it had seen the data, and who fixed it had read their past."""
    own = seen.of("fixer")
    return existing in CLAIMED_UNREAD and own is not None and own.past > 0
