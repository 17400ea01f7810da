# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a request may ask; each limit is told in the problem of the request that passes it."""

from typing import Annotated

from msgspec import Meta, Struct


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of one node; the section `limits` of its configuration."""

    body_bytes: Annotated[int, Meta(ge=1024, description="a number of bytes, at least 1024")] = 16 << 20
    """Largest body of a request."""
    page: Annotated[int, Meta(ge=1, le=100_000, description="a number of entities, at least 1")] = 1000
    """Most entities of one page (limit)."""
    default_page: Annotated[int, Meta(ge=1, le=100_000, description="a number of entities, at least 1")] = 20
    """Entities of one page where no limit is asked for."""
    batch: Annotated[int, Meta(ge=1, description="a number of entities, at least 1")] = 5000
    """Most entities of one batch operation."""
    parameters: Annotated[int, Meta(ge=1, description="a number of characters")] = 16_384
    """Longest query string of a URL."""
    instances: Annotated[int, Meta(ge=1, description="a number of instances")] = 10_000
    """Most instances of one attribute in a temporal answer."""
    context_bytes: Annotated[int, Meta(ge=1024, description="a number of bytes, at least 1024")] = 1 << 20
    """Largest remote @context."""
    context_seconds: Annotated[float, Meta(gt=0, description="a number of seconds")] = 5.0
    """Longest time to wait for a remote @context."""
    request_context_seconds: Annotated[float, Meta(gt=0, description="a number of seconds")] = 15.0
    """Longest time that one request waits for remote @contexts, all together."""
    streams: Annotated[int, Meta(ge=0, description="a number of streams")] = 1000
    """Most streams of live changes that are open at the same time."""
    streams_of_address: Annotated[int, Meta(ge=1, description="a number of streams, at least 1")] = 20
    """Most of them from one address; a browser has one for all its tabs."""
