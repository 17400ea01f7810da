# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Land in balance: maps of land cut by area, what became what between two of them, and the urban edge. Pure functions."""
