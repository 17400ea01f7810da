# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox: mails to people, kept in the same transaction as what caused them, and sent until the mail server takes them."""

from hanze.web.outbox.box import Mail, put
from hanze.web.outbox.sender import Sender
from hanze.web.outbox.vaults import MAILS

__all__ = ["MAILS", "Mail", "Sender", "put"]
