# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The closed list of roles. A person may have several; what a role may do in a room, that room says."""

import msgspec

from hanze.access.principal import ADMINISTER, OVERSEE, READ, RESTRICTED, SUBSCRIBE, WRITE
from hanze.web.language import mark as _


class Role(msgspec.Struct, frozen=True):
    """`rights`: those of hanze.access.principal that it brings. `staff`: works for the city, so signs in with two factors.
    `desk`: works with the city, and so has a desk as staff has."""

    name: str
    does: str
    rights: frozenset[str] = frozenset()
    staff: bool = False
    desk: bool = False


ROLES = {
    "resident": Role(_("resident"), _("takes part, and follows what is done with it")),
    "partner": Role(_("partner"), _("answers calls of the city, and works on trials with it"), desk=True),
    "juror": Role(_("juror"), _("judges applications for calls of the city"), desk=True),
    "editor": Role(_("editor"), _("writes for the site and translates"), staff=True),
    "participation-officer": Role(_("participation officer"), _("prepares and runs what residents decide on"), staff=True),
    "innovation-officer": Role(_("innovation officer"), _("opens challenges, and follows trials to their result"), staff=True),
    "data-officer": Role(
        _("data officer"), _("connects sources, says what is public, and mends data"),
        frozenset({READ, SUBSCRIBE, WRITE, RESTRICTED, OVERSEE}), staff=True,
    ),
    "administrator": Role(
        _("administrator"), _("invites people, gives roles, and keeps the node"),
        frozenset({READ, SUBSCRIBE, WRITE, RESTRICTED, OVERSEE, ADMINISTER}), staff=True,
    ),
}  # fmt: skip
"""Code of a role to what it is."""


def rights(roles: tuple[str, ...]) -> frozenset[str]:
    """What these roles may do together."""
    return frozenset().union(*(ROLES[one].rights for one in roles if one in ROLES))
