# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the node lends to pages, so that they can do with sources what its commands do."""

from collections.abc import Callable, Mapping

import msgspec

from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed
from hanze.outgoing import Guard


class Keeper(msgspec.Struct, frozen=True):
    """The sources of one node. `guard`: what may be called.

    The functions may block: call them in a thread. Their last text is the id of who does it, for the audit. Errors:
    ResourceNotFound where there is no such source, ConfigurationError where its file is wrong, or would be, AlreadyExists
    where a name is taken.
    """

    kinds: Mapping[str, Callable[[], Kind]]
    guard: Guard
    find: Callable[[str], Feed]
    add: Callable[[Feed, str], object]
    rest: Callable[[str, str], object]
    go_on: Callable[[str, str], object]
    remove: Callable[[str, str], object]
    """What it brought stays."""
