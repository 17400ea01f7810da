# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements about data: their terms, as ODRL, signed by both sides, and what a key that is bound to one may read."""
