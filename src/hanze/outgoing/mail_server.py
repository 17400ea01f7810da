# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where mail goes."""

from typing import Literal

import msgspec

Security = Literal["starttls", "tls", "none"]


class Server(msgspec.Struct, frozen=True):
    """A mail server. `user` and `password`: empty where it asks for none. `sender`: the address that mails come from."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
