# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a challenge is: its days move it by themselves, the decision and a withdrawal are acts of people."""

from datetime import date
from typing import Literal, get_args

from hanze.errors import Conflict
from hanze.web.language import mark as _

Phase = Literal["draft", "announced", "open", "judging", "decided", "withdrawn"]

PHASES: tuple[Phase, ...] = get_args(Phase)

FINAL: frozenset[Phase] = frozenset({"decided", "withdrawn"})
"""In these it stays."""

WORDS: dict[Phase, str] = {
    "draft": _("being written"), "announced": _("announced"), "open": _("open for applications"),
    "judging": _("being judged"), "decided": _("decided"), "withdrawn": _("withdrawn"),
}  # fmt: skip

Act = Literal[
    "apply", "withdraw application", "ask", "invite juror", "open applications", "judge", "decide", "withdraw", "change"
]

MAY: dict[Act, frozenset[Phase]] = {
    "apply": frozenset({"open"}),
    "withdraw application": frozenset({"open", "judging"}),
    "ask": frozenset({"announced", "open"}),
    "invite juror": frozenset({"announced", "open", "judging"}),
    "open applications": frozenset({"judging", "decided"}),
    "judge": frozenset({"judging"}),
    "decide": frozenset({"judging"}),
    "withdraw": frozenset({"announced", "open", "judging"}),
    "change": frozenset({"announced", "open"}),
}
"""In which phases something may be done."""

REFUSED: dict[Act, str] = {
    "apply": _("The call is not open now, so no application can be sent. Its page says when it is."),
    "withdraw application": _("It was decided already, so an application can no longer be taken back."),
    "ask": _("No questions are taken any more: the call is closed."),
    "invite juror": _("No jury is needed any more: the call was decided or withdrawn."),
    "open applications": _("Applications stay closed for everyone, also for the city, until the call closes."),
    "judge": _("Applications can be judged from when the call closes until the decision."),
    "decide": _("A decision can be taken once, after the call has closed."),
    "withdraw": _("This challenge was decided or withdrawn already."),
    "change": _("The call has closed, so it cannot be changed any more."),
}
"""What a person is told who comes too early or too late."""


def phase(status: str, opens: str, closes: str, today: date) -> Phase:
    """That of today, in the city. `status`: as it was kept last; `opens`, `closes`: first and last day, such as 2026-03-01; on
    both is applied."""
    for one in (*FINAL, "draft"):
        if one == status:
            return one
    day = today.isoformat()
    return "announced" if day < opens else "open" if day <= closes else "judging"


def demand(act: Act, now: Phase) -> None:
    """Errors: Conflict, a sentence of the catalogues, where this may not be done now."""
    if now not in MAY[act]:
        raise Conflict(REFUSED[act])
