# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of agreements about data."""

from hanze.experiments.agreements.pages import drafting, keys, listing, shared, showing, signing, stopping
from hanze.experiments.model import CHALLENGE, EXPERIMENT
from hanze.web.language import mark as _
from hanze.web.room import Action, Help, Page

NEW = Page(
    shared.NEW, drafting.ask_types, post=drafting.take_types, roles=(shared.CITY,), desk=_("Agree on data with a partner"),
)  # fmt: skip

PAGES = (
    Page(
        shared.LIST, listing.answer, listing.FORMATS, foot=_("Data agreements"),
        help=Help(_("Agree on data"), "experiments/agreements/help.html"),
    ),
    Page(shared.ONE, showing.answer, showing.FORMATS, post=drafting.settle),
    NEW,
    Page(shared.DRAFT, drafting.ask, post=drafting.take, roles=(shared.CITY,)),
    Page(shared.SIGN, signing.ask, post=signing.take, roles=signing.SIGNERS),
    Page(shared.STOP, stopping.ask, post=stopping.take, roles=stopping.STOPPERS),
    Page(shared.KEYS, keys.ask, post=keys.take, roles=keys.HOLDERS),
)  # fmt: skip

ACTIONS = tuple(Action(one.iri, _("Agree on data"), NEW) for one in (CHALLENGE, EXPERIMENT))

tasks = listing.tasks

__all__ = ["ACTIONS", "PAGES", "tasks"]
