# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities, history, journal, vaults and scopes: what a node keeps and how it is read."""
