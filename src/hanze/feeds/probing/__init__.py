# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guesses from what an address gives which kind of source it is, and how its values become entities."""
