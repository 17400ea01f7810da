# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses that open a door once."""

from hanze.web.people.tickets import Purpose

PATHS: dict[Purpose, str] = {"invitation": "invitation", "sign-in": "sign-in/link"}


def address(root: str, language: str, purpose: Purpose, token: str) -> str:
    """`root`: where people reach the site, as the node knows it and never as a request says it, since that may be a lie."""
    return f"{root}/{language}/{PATHS[purpose]}?token={token}"
