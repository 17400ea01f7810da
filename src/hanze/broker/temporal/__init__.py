# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The temporal part of the API: history at /temporal. Source: clauses 5.6.11 to 5.6.16, 5.7.3, 5.7.4."""

from hanze.broker.temporal.routes import route

__all__ = ["route"]
