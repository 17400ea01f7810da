# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a mail of the outbox to a message as it travels.

Source: RFC 5322 (messages), RFC 3834 (answers of machines), RFC 8058 (one click to unsubscribe).
"""

from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from hanze.ngsild.times import EPOCH
from hanze.web.outbox.box import Waiting


def message(one: Waiting, city: str, sender: str) -> EmailMessage:
    """`sender`: the mail address of the city. The Message-ID is the same each time that it is tried.

    Errors: ValueError, IndexError or MessageError where the address of the person cannot be one.
    """
    made = EmailMessage()
    # First, since it takes away every header about the content.
    made.set_content(one.mail.text)
    made["From"] = Address(city, addr_spec=sender)
    made["To"] = Address(addr_spec=one.mail.to)
    made["Subject"] = one.mail.subject
    made["Date"] = format_datetime(EPOCH + timedelta(microseconds=one.created))
    made["Message-ID"] = f"<{one.number}.{one.created}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = one.mail.language
    if one.mail.stop:
        made["List-Unsubscribe"] = f"<{one.mail.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made
