# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bytes as letters, as browsers write them (base64url without its end signs, RFC 4648, section 5)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def coded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    """Errors: ValueError where it is none."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
