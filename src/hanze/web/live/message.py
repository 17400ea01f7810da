# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bytes of a stream. Source: HTML standard, section 9.2, server-sent events."""

from collections.abc import Iterable

from hanze.http.reply import encode
from hanze.ngsild import times

RETRY_MILLISECONDS = 3000
"""After so long a browser asks again when its stream has ended."""


def greeting(seq: int) -> bytes:
    """The begin of a stream: when to come again, and the number to come with."""
    return b"retry: %d\n" % RETRY_MILLISECONDS + still(seq)


def still(seq: int) -> bytes:
    """The stream lives, and nothing up to this number is missing: a comment, for who waits for events, and an event for who
    keeps the number."""
    return b":\nid: %d\nevent: still\ndata:\n\n" % seq


def reset(seq: int) -> bytes:
    """Too much changed, or nobody knows what: all that was shown must be asked for anew."""
    return b"id: %d\nevent: reset\ndata: {}\n\n" % seq


def changes(seq: int, at: int, entities: Iterable[bytes], gone: list[str]) -> bytes:
    """Entities as they are now, each as JSON, and ids of those that are not seen any more. `at`: microseconds."""
    return b'id: %d\nevent: changes\ndata: {"entities":[%b],"gone":%b,"at":"%b"}\n\n' % (
        seq, b",".join(entities), encode(gone), times.text(at).encode(),
    )  # fmt: skip
