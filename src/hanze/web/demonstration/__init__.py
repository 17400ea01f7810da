# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What only a demonstration has: a clock that an administrator sets."""

from hanze.web.demonstration.clock import room

__all__ = ["room"]
