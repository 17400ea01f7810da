# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Indicators: declared texts that say how a number about the city comes from its entities and their history."""
