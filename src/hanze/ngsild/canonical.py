# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One way of writing a value as JSON, so that everyone who hashes or signs it comes to the same bytes (RFC 8785)."""

import hashlib
from typing import Any

import msgspec
import rfc8785

from hanze.errors import BadRequestData


def canonical(value: Any) -> bytes:
    """`value`: plain parts or Structs. Errors: BadRequestData for a number that JSON cannot hold exactly."""
    try:
        return rfc8785.dumps(msgspec.to_builtins(value))
    except rfc8785.CanonicalizationError as error:
        raise BadRequestData(
            f"This cannot be written as canonical JSON: {error}; give finite numbers below 2^53."
        ) from None


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
