# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which pages there are, and for whom."""

from hanze.web.language import mark as _
from hanze.web.people.pages import account, administration, changing, coming, desk, factor, invited, passkeys, step
from hanze.web.people.roles import ROLES
from hanze.web.room import Help, Page, Room
from hanze.web.steps.room import STEPS

EVERYONE = tuple(ROLES)
"""Who is signed in."""

DESK = tuple(code for code, role in ROLES.items() if role.staff or role.desk)
ADMINISTRATORS = ("administrator",)

ROOM = Room(
    "web",
    (
        Page("sign-in", coming.ask, post=coming.take, help=Help(_("Sign in"), "web/help/sign-in.html")),
        Page("sign-in/link", coming.link, post=coming.follow),
        Page("sign-in/code", factor.ask, post=factor.take),
        Page("invitation", invited.ask, post=invited.take),
        Page("account", account.show, ("json",), post=account.sign_out, roles=EVERYONE),
        Page("account/signed-in", account.places, post=account.end, roles=EVERYONE),
        Page("account/name", changing.name, post=changing.take_name, roles=EVERYONE),
        Page("account/password", changing.password, post=changing.take_password, roles=EVERYONE, recent=True),
        Page("account/second", changing.second_factor, post=changing.take_second, roles=EVERYONE, recent=True),
        Page(
            "account/passkeys", passkeys.show, post=passkeys.take, roles=EVERYONE, recent=True,
            help=Help(_("Sign in without a password"), "web/help/passkeys.html"),
        ),
        Page("account/passkey", passkeys.one, post=passkeys.change, roles=EVERYONE, recent=True),
        Page("account/erase", changing.erase, post=changing.take_erase, roles=EVERYONE, recent=True),
        Page("desk", desk.show, roles=DESK),
        Page("roles", desk.roles),
        Page("people", administration.show, roles=ADMINISTRATORS, desk=_("See who has an account, and which roles")),
        Page(
            "people/invite", administration.ask, post=administration.invite, roles=ADMINISTRATORS, recent=True,
            desk=_("Invite somebody"),
        ),
        Page(
            "people/person", administration.person, post=administration.give, roles=ADMINISTRATORS, recent=True,
        ),
    ),
    steps=(*STEPS, step.STEP),
)  # fmt: skip
