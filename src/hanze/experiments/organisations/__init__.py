# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations that work with the city: what they are, who speaks for them, and the page on which partners keep that."""
