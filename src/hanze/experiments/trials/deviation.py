# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Room to experiment: the record of a rule that is deviated from in a trial, within which bounds, and how to object.

Source: what Dutch law asks of a deviation for an experiment: Crisis- en herstelwet article 2.4, Omgevingswet article 23.3.
"""

from collections.abc import Iterator

import msgspec

from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.experiments.trials import days, outcome
from hanze.experiments.trials.outcome import Wrong


class Deviation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`goal`: what it is for. `rule`, `article`, `version`: what is deviated from; `instead`: what applies. `area`: its code;
    `starts` and `ends`: its first day, and the last one on which it may be so, however often the trial is extended. `body`: who is
    responsible. `judged`: how it is decided whether it serves its goal, `evaluated`: by which day. `termination`: on which grounds
    it ends earlier. `objection`: how one can object, and where."""

    goal: str
    rule: str
    article: str
    version: str
    instead: str
    area: str
    starts: str
    ends: str
    body: str
    judged: str
    evaluated: str
    termination: str
    objection: str


LABELS = {
    "goal": _("What it is for"),
    "rule": _("The rule that is deviated from"),
    "article": _("Article"),
    "version": _("Version of the rule"),
    "instead": _("What applies instead"),
    "area": _("Where"),
    "starts": _("From"),
    "ends": _("At the longest until"),
    "body": _("Who is responsible"),
    "judged": _("How it is decided whether it serves its goal"),
    "evaluated": _("This is decided by"),
    "termination": _("When it ends earlier"),
    "objection": _("How you can object"),
}
"""What pages call each field, in the order in which they stand there."""

DAYS = ("starts", "ends", "evaluated")


def wrong(one: Deviation) -> Iterator[Wrong]:
    """What cannot be used, with the fix."""
    for name in LABELS:
        if not getattr(one, name).strip():
            yield Wrong(name, Told(outcome.MISSING))
        elif name in DAYS and days.day(getattr(one, name)) is None:
            yield Wrong(name, Told(_("This is no day. Write it like 2026-03-31.")))
    if all(days.day(getattr(one, name)) for name in DAYS):
        if one.ends < one.starts:
            yield Wrong("ends", Told(_("The last day comes after the first one.")))
        if one.evaluated < one.starts:
            yield Wrong("evaluated", Told(_("It cannot be decided before it begins.")))
