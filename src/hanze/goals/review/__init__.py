# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Voluntary Local Review: what the city reports of a year on the 17 goals, texts by people beside figures with their origin."""
