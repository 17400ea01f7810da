# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people of a city's site: who they are, how they sign in, what each may do. It all stands in vaults, never in entities."""
