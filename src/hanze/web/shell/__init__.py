# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages that every city has: its front page, help, the words it uses, and what it owes to its visitors."""

from hanze.web.shell.actions import actions
from hanze.web.shell.happened import happened
from hanze.web.shell.near import near
from hanze.web.shell.room import about, room
from hanze.web.shell.tasks import tasks

__all__ = ["about", "actions", "happened", "near", "room", "tasks"]
