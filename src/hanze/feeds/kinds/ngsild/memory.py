# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the file of such a source may say, and what is remembered of it."""

from msgspec import Struct


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`types`: none for all. `context`: URL of the @context in which types, q and scopeQ are written. `tenant`, `token`: at the
    other broker. `callback`: where the other broker reaches this node, with the base path."""

    types: list[str] = []
    context: str = ""
    tenant: str = ""
    token: str = ""
    q: str = ""
    scopeQ: str = ""
    callback: str = ""


class Memory(Struct):
    """`token`: what the other broker calls us with. `subscription`: its id there. `made`: stands for what it was made of, empty
    where it was not made yet."""

    token: str = ""
    subscription: str = ""
    made: str = ""
