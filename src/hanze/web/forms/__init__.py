# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of pages: what is asked, what came, what is wrong with it, and that it came from our own page."""

from hanze.web.forms.field import Check, Choice, Field, Kind, picture
from hanze.web.forms.form import Filled, Form

__all__ = ["Check", "Choice", "Field", "Filled", "Form", "Kind", "picture"]
