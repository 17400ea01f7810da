# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of practice data."""

from hanze.experiments.practice.pages import showing, subject, taking
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

PAGES = (
    Page(
        subject.PATH, showing.answer, showing.FORMATS, post=taking.take, roles=subject.ROLES,
        help=Help(_("Practise with made-up data"), "experiments/practice/help.html"),
    ),
)  # fmt: skip

__all__ = ["PAGES"]
