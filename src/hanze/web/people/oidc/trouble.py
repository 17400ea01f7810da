# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why somebody could not be let in, in words for people; the log has what a keeper of the node needs."""

import msgspec

from hanze.errors import SignInFailed
from hanze.web.language import mark as _


class Reason(msgspec.Struct, frozen=True):
    """`status`: of the page. `text`: an English text of the catalogues."""

    status: int
    text: str


REASONS = {
    "down": Reason(503, _("Your organisation does not answer now. Try again in a few minutes, or sign in another way.")),
    "refused": Reason(403, _("You stopped, or your organisation did not let you go on. You can try again.")),
    "old": Reason(410, _("This took too long, or it was begun in another browser. Begin again.")),
    "wrong": Reason(502, _("What your organisation answered cannot be used. If this goes on, tell the people of this site.")),
    "weak": Reason(403, _("Here you must sign in with your organisation in a safer way, such as with a second step.")),
    "mail": Reason(403, _("Your organisation did not tell us a mail address that is proven to be yours. Ask its help desk.")),
    "unknown": Reason(403, _("You have no account here. Ask the people of this site for an invitation.")),
    "taken": Reason(
        409,
        _("There is an account with your mail address already. Sign in to it first, and then once more with your organisation."),
    ),
    "closed": Reason(403, _("Your account here was closed. Ask the people of this site.")),
    "behalf": Reason(403, _("You came in the name of somebody else. Here everyone signs in for oneself.")),
}  # fmt: skip


def failed(reason: str, detail: str) -> SignInFailed:
    """`detail`: for the log; no token, code or key stands in it."""
    return SignInFailed(detail, reason=reason, status=REASONS[reason].status)
