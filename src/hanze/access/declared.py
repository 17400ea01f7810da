# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was declared public, restricted and owned when the node last ran; a change of it is an administrative act."""

from hanze.access import audit
from hanze.access.policy import Policy
from hanze.access.vaults import DECLARED
from hanze.store.base import UnitOfWork

ACTS = {"public": "made public", "restricted": "made restricted", "owned": "given to a room", "open": "opened"}
ENDS = {
    "public": "no longer public", "restricted": "no longer restricted", "owned": "no longer of a room", "open": "closed",
}  # fmt: skip


def subjects(policy: Policy) -> set[tuple[str, str]]:
    """The policy as pairs (what, subject)."""
    found = {("restricted", type) for type in policy.restricted}
    found |= {("owned", f"{type} ({room})") for type, room in policy.owned.items()}
    for public in policy.public:
        limits = "" if public.attributes is None else f" [{', '.join(sorted(public.attributes))}]"
        tenant = f" (tenant {public.tenant})" if public.tenant else ""
        found.add(("public", public.type + limits + tenant))
    if policy.open:
        found.add(("open", "the node"))
    return found


def store(work: UnitOfWork, policy: Policy, principal: str) -> int:
    """Keeps the policy and writes one audit line per difference with what was kept; how many there were."""
    table = work.vault(DECLARED)
    before = {(row["what"], row["subject"]) for row in table.select()}
    after = subjects(policy)
    for what, subject in sorted(after - before):
        table.insert({"what": what, "subject": subject})
        audit.note(work, principal, ACTS[what], subject)
    for what, subject in sorted(before - after):
        table.delete({"what": what, "subject": subject})
        audit.note(work, principal, ENDS[what], subject)
    return len(before ^ after)
