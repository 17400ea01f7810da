# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The job of a worker that cleans a picture; the library that reads pictures is imported there and never in the node."""

from typing import Literal, NamedTuple

Reason = Literal["empty", "kind", "pdf", "drawing", "broken", "moves", "pixels"]
"""Why a file is no picture that can be used; hanze.web.attachments.taking has the words."""


class Picture(NamedTuple):
    """A JPEG with its size in pixels."""

    width: int
    height: int
    body: bytes


def clean(body: bytes) -> tuple[Picture, ...] | Reason:
    """See hanze.web.attachments.pictures."""
    from hanze.web.attachments import pictures

    return pictures.clean(body)
